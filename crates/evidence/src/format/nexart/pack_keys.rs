//! The key sets that a pack supplies, found by folder and by node however many copies there are (`specs/nexart.md` 9.3).

use std::collections::{BTreeMap, HashMap};

use super::keyset::KeySet;
use super::place::folder_of;
use crate::digest::Digest;
use crate::reason::ReasonCode;
use crate::signature::PublicKey;

/// Public keys that one pack may supply; further sets are not used (`LIMIT_KEY_COUNT`).
pub(super) const KEYS: usize = 10_000;

/// Every key set of a pack; equal ones are kept once.
#[derive(Debug, Default)]
pub(super) struct PackKeys {
    sets: Vec<(String, KeySet)>,
    known: HashMap<Digest, usize>,
    by_folder: HashMap<String, InFolder>,
    by_node: HashMap<String, usize>,
    /// Different keys under one node and key id.
    named: HashMap<(String, String), Vec<PublicKey>>,
    keys: usize,
    /// Folders of files that were not read, and why: each may be a key set.
    not_read: BTreeMap<String, ReasonCode>,
}

/// The key sets of one folder.
#[derive(Debug)]
struct InFolder {
    first: usize,
    by_node: HashMap<String, usize>,
}

impl PackKeys {
    /// Adds a key set; false when the pack supplies more keys than are looked at.
    pub(super) fn add(&mut self, path: &str, set: KeySet) -> bool {
        let identity = Digest::of(format!("{set:?}").as_bytes());
        let place = match self.known.get(&identity) {
            Some(place) => *place,
            None => {
                self.keys += set.entries.len();
                if self.keys > KEYS {
                    return false;
                }
                self.name_keys(&set);
                self.known.insert(identity, self.sets.len());
                self.sets.push((path.to_owned(), set));
                self.sets.len() - 1
            }
        };
        let folder = self
            .by_folder
            .entry(folder_of(path).to_owned())
            .or_insert_with(|| InFolder {
                first: place,
                by_node: HashMap::new(),
            });
        if let Some(node) = self.sets.get(place).and_then(|(_, set)| set.node_id.clone()) {
            folder.by_node.entry(node.clone()).or_insert(place);
            self.by_node.entry(node).or_insert(place);
        }
        true
    }

    fn name_keys(&mut self, set: &KeySet) {
        let Some(node) = &set.node_id else { return };
        for entry in &set.entries {
            if let Some(key) = &entry.key {
                let keys = self.named.entry((node.clone(), entry.kid.clone())).or_default();
                if !keys.contains(key) {
                    keys.push(key.clone());
                }
            }
        }
    }

    /// The different sets, each with the path it was first seen at.
    pub(super) fn sets(&self) -> &[(String, KeySet)] {
        &self.sets
    }

    /// The set for a record: same folder, nearest ancestor, the node's, the only one. Of several in one folder it is
    /// the node's.
    pub(super) fn nearest(&self, folder: &str, node: Option<&str>) -> Option<&(String, KeySet)> {
        let mut folder = folder;
        loop {
            if let Some(sets) = self.by_folder.get(folder) {
                let of_node = node.and_then(|node| sets.by_node.get(node));
                return self.sets.get(of_node.copied().unwrap_or(sets.first));
            }
            if folder.is_empty() {
                break;
            }
            folder = folder_of(folder);
        }
        let of_node = node
            .and_then(|node| self.by_node.get(node))
            .and_then(|place| self.sets.get(*place));
        of_node.or(match self.sets.as_slice() {
            [only] => Some(only),
            _ => None,
        })
    }

    /// A file was not read, for this reason.
    pub(super) fn not_read(&mut self, path: &str, code: ReasonCode) {
        self.not_read.entry(folder_of(path).to_owned()).or_insert(code);
    }

    /// Why a file was not read that may be a nearer set than the one that is [`PackKeys::nearest`]. In one folder the
    /// node's own set is as near as any.
    pub(super) fn nearer_not_read(&self, folder: &str, node: Option<&str>) -> Option<ReasonCode> {
        let mut folder = folder;
        loop {
            let sets = self.by_folder.get(folder);
            let own = |sets: &InFolder| node.is_some_and(|node| sets.by_node.contains_key(node));
            if sets.is_some_and(own) {
                return None;
            }
            let not_read = self.not_read.get(folder).copied();
            if not_read.is_some() || sets.is_some() {
                return not_read;
            }
            if folder.is_empty() {
                break;
            }
            folder = folder_of(folder);
        }
        let of_node = node.is_some_and(|node| self.by_node.contains_key(node));
        self.not_read.values().next().copied().filter(|_| !of_node)
    }

    /// Whether the pack lists another key for a node and key id than this one.
    pub(super) fn contradicts(&self, node: &str, kid: &str, key: Option<&PublicKey>) -> bool {
        let name = (node.to_owned(), kid.to_owned());
        self.named
            .get(&name)
            .is_some_and(|keys| keys.iter().any(|other| Some(other) != key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(node: &str) -> KeySet {
        KeySet {
            node_id: Some(node.to_owned()),
            ..KeySet::default()
        }
    }

    #[test]
    fn the_nearest_folder_wins_over_the_node() {
        let mut keys = PackKeys::default();
        keys.add("a/node-metadata.json", set("one"));
        keys.add("a/b/node-metadata.json", set("two"));
        let found = keys.nearest("a/b/c", Some("one")).map(|(_, set)| set.node_id.clone());
        assert_eq!(found, Some(Some("two".to_owned())));
    }

    #[test]
    fn of_two_sets_in_one_folder_the_nodes_own_is_taken() {
        let mut keys = PackKeys::default();
        keys.add("keys-1.json", set("one"));
        keys.add("keys-2.json", set("two"));
        let found = |node| keys.nearest("records", node).map(|(path, _)| path.as_str());
        assert_eq!(found(Some("two")), Some("keys-2.json"));
        assert_eq!(found(Some("three")), Some("keys-1.json"));
    }

    #[test]
    fn equal_sets_are_kept_once_and_found_in_each_folder() {
        let mut keys = PackKeys::default();
        keys.add("a/node-metadata.json", set("one"));
        keys.add("b/node-metadata.json", set("one"));
        assert_eq!(keys.sets().len(), 1);
        assert!(keys.nearest("b", None).is_some());
    }

    #[test]
    fn a_file_that_was_not_read_may_be_a_nearer_set() {
        let mut keys = PackKeys::default();
        keys.add("node-metadata.json", set("one"));
        let code = ReasonCode::LimitEntrySize;
        assert_eq!(keys.nearer_not_read("a/b", Some("one")), None);
        keys.not_read("a/keys.json", code);
        for (folder, node, not_read) in [
            ("a/b", Some("one"), Some(code)),
            ("a", None, Some(code)),
            ("c", Some("one"), None),
            ("", Some("one"), None),
            ("c", Some("two"), None),
        ] {
            assert_eq!(keys.nearer_not_read(folder, node), not_read, "{folder} {node:?}");
        }
        // Beside a set of another node it may be the node's own.
        keys.not_read("more.json", code);
        assert_eq!(keys.nearer_not_read("c", Some("two")), Some(code));
        assert_eq!(keys.nearer_not_read("c", Some("one")), None);
        // Where no folder has any, the only one is taken: another may be there.
        let mut elsewhere = PackKeys::default();
        elsewhere.add("keys/one.json", set("one"));
        elsewhere.not_read("other/two.json", code);
        assert_eq!(elsewhere.nearer_not_read("a", Some("one")), None);
        assert_eq!(elsewhere.nearer_not_read("a", Some("two")), Some(code));
    }
}
