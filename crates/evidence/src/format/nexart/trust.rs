//! Which key a signature is held against (`specs/nexart.md` 5.3, 5.4; `design.md` 3).

use super::keyset::{KeySet, SetEntry, base64};
use super::layer::KeySource;
use super::pack_keys::PackKeys;
use super::period::{Placed, place};
use crate::confirmation::Confirmation;
use crate::json;
use crate::keybook::{KeyBook, KeyEntry};
use crate::reason::ReasonCode;
use crate::report::{Ecosystem, KeyState};
use crate::signature::PublicKey;

/// Every key at hand for one run: the reviewer's, and what the pack supplies.
#[derive(Debug, Default)]
pub(super) struct Trust {
    /// Key sets given for this run, with their names.
    supplied: Vec<(String, KeySet)>,
    /// Names of files given for this run that hold no key set, and why.
    unusable: Vec<(String, ReasonCode)>,
    /// NexArt entries of the key book.
    book: Vec<KeyEntry>,
    /// The key book's name.
    book_name: String,
    /// Bare keys given for this run.
    bare: Vec<PublicKey>,
    /// Key sets of the pack.
    pub(super) pack: PackKeys,
}

/// What a signature says of its key.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted<'w> {
    /// The key id inside the signed content.
    pub(super) kid: Option<&'w str>,
    /// The node it names.
    pub(super) node_id: Option<&'w str>,
    /// The signed time.
    pub(super) signed_at: Option<&'w str>,
    /// Folder of the record.
    pub(super) folder: &'w str,
}

/// What holding a signature against the keys at hand came to.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    /// The failure code, when it did not fit.
    pub(super) result: Result<(), ReasonCode>,
    /// Where the key came from.
    pub(super) source: KeySource,
    /// The key that was used or would have been.
    pub(super) used: KeyUse,
    /// Notes.
    pub(super) notes: Vec<ReasonCode>,
    /// The pack lists another key for the node and key id of the pinned one.
    pub(super) conflict: bool,
    /// What a laxer rule would say of a refused signature.
    pub(super) explanation: Option<ReasonCode>,
    /// The fault lies in the reviewer's own key file, or in an algorithm that this version does not know.
    pub(super) accuses_nobody: bool,
    /// Why a file was not read that may hold the key: then a signature that does not fit proves nothing.
    pub(super) not_read: Option<ReasonCode>,
}

/// A key that mattered to one signature.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct KeyUse {
    /// Key id as the signature names it.
    pub(super) kid: Option<String>,
    /// Node as the signature names it.
    pub(super) node_id: Option<String>,
    /// The raw key in hex.
    pub(super) public_key: Option<String>,
    /// File of the pack, or name of the key book or of the file given for this run.
    pub(super) source: String,
    /// Status word of the key set.
    pub(super) status: Option<String>,
    /// Start of its period as stated.
    pub(super) valid_from: Option<String>,
    /// End of its period as stated.
    pub(super) valid_to: Option<String>,
    /// How it was confirmed.
    pub(super) confirmed: Option<Confirmation>,
    /// What it comes to.
    pub(super) state: Option<KeyState>,
}

/// One entry found for a signature.
struct Candidate {
    entry: SetEntry,
    node_id: Option<String>,
    source: KeySource,
    from: String,
    confirmed: Option<Confirmation>,
    /// It is the pack's, and this kept a file from being read that may be chosen before it.
    not_read: Option<ReasonCode>,
}

impl Trust {
    /// Bare keys and nothing else.
    pub(super) fn of_keys(keys: &[PublicKey]) -> Trust {
        Trust {
            bare: keys.to_vec(),
            ..Trust::default()
        }
    }

    /// The reviewer's keys for NexArt evidence.
    pub(super) fn of(book: &KeyBook) -> Trust {
        let (mut supplied, mut unusable) = (Vec::new(), Vec::new());
        for keys in book.supplied.iter().filter(|keys| keys.ecosystem == Ecosystem::NexArt) {
            match read_set(&keys.bytes) {
                Ok(set) => supplied.push((keys.name.clone(), set)),
                Err(code) => unusable.push((keys.name.clone(), code)),
            }
        }
        let entries = book
            .entries
            .iter()
            .filter(|entry| Ecosystem::from(entry.ecosystem) == Ecosystem::NexArt);
        Trust {
            supplied,
            unusable,
            book: entries.cloned().collect(),
            book_name: book.name.clone(),
            bare: book.bare.clone(),
            pack: PackKeys::default(),
        }
    }

    /// Holds a signature over exactly `message` against the one key that the rules choose.
    pub(super) fn verify(&self, wanted: Wanted<'_>, message: &[u8], signature: &str) -> Answer {
        let signature = base64(signature);
        match self.select(wanted) {
            Ok(candidate) => self.with_candidate(&candidate, wanted, message, signature.as_deref()),
            Err(code) => self.without_candidate(code, wanted, message, signature.as_deref()),
        }
    }

    /// Whether a key set of the pack lists another key for a node and key id that the reviewer has pinned.
    pub(super) fn conflicts(&self) -> Vec<(String, String)> {
        let mut found = Vec::new();
        for (path, set) in self.pack.sets() {
            for entry in &set.entries {
                let Some(node) = set.node_id.as_deref() else { continue };
                if self.contradicted(node, &entry.kid, entry.key.as_ref()) {
                    found.push((path.clone(), entry.kid.clone()));
                }
            }
        }
        found
    }

    /// Whether the reviewer holds a key for this node and key id, and it is another one.
    fn contradicted(&self, node: &str, kid: &str, key: Option<&PublicKey>) -> bool {
        let pinned = self.pinned_for(node, kid);
        key.is_some() && !pinned.is_empty() && pinned.iter().all(|pinned| Some(pinned) != key)
    }

    /// The reviewer's keys that say to sign for this node under this key id.
    fn pinned_for(&self, node: &str, kid: &str) -> Vec<PublicKey> {
        let supplied = self
            .supplied
            .iter()
            .filter(|(_, set)| set.node_id.as_deref() == Some(node))
            .flat_map(|(_, set)| set.named(kid))
            .filter_map(|entry| entry.key.clone());
        let book = self
            .book
            .iter()
            .filter(|entry| signs_for(entry, node) && entry.key_id.as_deref() == Some(kid));
        supplied.chain(book.map(|entry| entry.public_key.clone())).collect()
    }

    /// The entry that the rules choose (5.3), before its own faults are looked at.
    fn select(&self, wanted: Wanted<'_>) -> Result<Candidate, ReasonCode> {
        let kid = wanted.kid.unwrap_or_default();
        if let Some(candidate) = self.pinned(wanted, kid)? {
            return Ok(candidate);
        }
        let Some((path, set)) = self.pack.nearest(wanted.folder, wanted.node_id) else {
            let pinned_at_hand = !self.supplied.is_empty() || self.book_speaks_for(wanted.node_id);
            return Err(if pinned_at_hand {
                ReasonCode::NodeKeyNotFound
            } else {
                ReasonCode::NodeKeyUnavailable
            });
        };
        let entry = exactly_one(set.named(kid))?.ok_or(ReasonCode::NodeKeyNotFound)?;
        let mut candidate = Candidate {
            entry: entry.clone(),
            node_id: set.node_id.clone(),
            source: KeySource::Pack,
            from: path.clone(),
            confirmed: None,
            not_read: self.not_read(wanted),
        };
        self.confirm(&mut candidate, wanted.node_id);
        Ok(candidate)
    }

    /// Files given for this run that hold no key set, and why.
    pub(super) fn unusable(&self) -> &[(String, ReasonCode)] {
        &self.unusable
    }

    /// Why a file was not read that may list another key than the set of the pack that is chosen.
    fn not_read(&self, wanted: Wanted<'_>) -> Option<ReasonCode> {
        let unusable = self.unusable.first().map(|(_, code)| *code);
        unusable.or_else(|| self.pack.nearer_not_read(wanted.folder, wanted.node_id))
    }

    /// The reviewer's entry of this key id: sets given for this run whatever their node, key book entries of the node.
    fn pinned(&self, wanted: Wanted<'_>, kid: &str) -> Result<Option<Candidate>, ReasonCode> {
        let mut sets: Vec<&(String, KeySet)> = self
            .supplied
            .iter()
            .filter(|(_, set)| set.named(kid).next().is_some())
            .collect();
        if sets.iter().any(|(_, set)| names_node(set, wanted.node_id)) {
            sets.retain(|(_, set)| names_node(set, wanted.node_id));
        }
        let mut chosen: Option<Candidate> = None;
        for (name, set) in sets {
            let Some(entry) = exactly_one(set.named(kid))? else {
                continue;
            };
            if chosen.as_ref().is_some_and(|chosen| chosen.entry.key != entry.key) {
                return Err(ReasonCode::NodeKeyAmbiguous);
            }
            chosen.get_or_insert_with(|| Candidate {
                entry: entry.clone(),
                node_id: set.node_id.clone(),
                source: KeySource::Pinned,
                from: name.clone(),
                confirmed: Some(Confirmation::Given(Some(name.clone()))),
                not_read: None,
            });
        }
        if chosen.is_some() {
            return Ok(chosen);
        }
        let Some(node) = wanted.node_id else { return Ok(None) };
        self.in_book(node, kid)
    }

    /// The key book's entry for a node and key id; entries that repeat the same key are one.
    fn in_book(&self, node: &str, kid: &str) -> Result<Option<Candidate>, ReasonCode> {
        let mut entries = self
            .book
            .iter()
            .filter(|entry| signs_for(entry, node) && entry.key_id.as_deref() == Some(kid));
        let Some(first) = entries.next() else { return Ok(None) };
        let mut candidate = self.book_candidate(first, Some(node));
        for entry in entries {
            if entry.public_key != first.public_key {
                return Err(ReasonCode::NodeKeyAmbiguous);
            }
            candidate.entry.revoked |= entry.revoked_at.is_some();
        }
        Ok(Some(candidate))
    }

    fn book_candidate(&self, entry: &KeyEntry, node: Option<&str>) -> Candidate {
        Candidate {
            entry: SetEntry {
                kid: entry.key_id.clone().unwrap_or_default(),
                key: Some(entry.public_key.clone()),
                other_algorithm: false,
                status: None,
                revoked: entry.revoked_at.is_some(),
                valid_from: entry.valid_from.clone(),
                valid_to: entry.valid_to.clone(),
            },
            node_id: node.map(str::to_owned),
            source: KeySource::Pinned,
            from: self.book_name.clone(),
            confirmed: Some(Confirmation::from(entry)),
            not_read: None,
        }
    }

    /// A key that the reviewer holds is the reviewer's whatever the pack calls it: matching is by key bytes, and what
    /// the key book says of its period and revocation counts.
    fn confirm(&self, candidate: &mut Candidate, node: Option<&str>) {
        let Some(key) = candidate.entry.key.clone() else { return };
        let mut held = self
            .book
            .iter()
            .filter(|entry| entry.public_key == key && may_sign_for(entry, node));
        if let Some(first) = held.next() {
            let entry = &mut candidate.entry;
            entry.valid_from = first.valid_from.clone().or(entry.valid_from.take());
            entry.valid_to = first.valid_to.clone().or(entry.valid_to.take());
            entry.revoked |= first.revoked_at.is_some() || held.any(|entry| entry.revoked_at.is_some());
            candidate.confirmed = Some(Confirmation::from(first));
        } else if self.bare.contains(&key) {
            candidate.confirmed = Some(Confirmation::Given(None));
        }
        if candidate.confirmed.is_some() {
            candidate.source = KeySource::Pinned;
        }
    }

    fn book_speaks_for(&self, node: Option<&str>) -> bool {
        node.is_some_and(|node| self.book.iter().any(|entry| signs_for(entry, node)))
    }

    fn with_candidate(
        &self,
        candidate: &Candidate,
        wanted: Wanted<'_>,
        message: &[u8],
        signature: Option<&[u8]>,
    ) -> Answer {
        let mut answer = Answer {
            result: Ok(()),
            source: candidate.source,
            used: KeyUse {
                kid: wanted.kid.map(str::to_owned),
                node_id: wanted.node_id.or(candidate.node_id.as_deref()).map(str::to_owned),
                public_key: candidate.entry.key.as_ref().map(PublicKey::to_hex),
                source: candidate.from.clone(),
                status: candidate.entry.status.clone(),
                valid_from: candidate.entry.valid_from.clone(),
                valid_to: candidate.entry.valid_to.clone(),
                confirmed: candidate.confirmed.clone(),
                state: None,
            },
            notes: Vec::new(),
            conflict: self.pack_contradicts(candidate, wanted),
            explanation: None,
            accuses_nobody: false,
            not_read: candidate.not_read,
        };
        if candidate.source == KeySource::Pack {
            answer.notes.push(ReasonCode::KeySelfAsserted);
        }
        answer.result = usable(candidate, wanted, &mut answer.notes).and_then(|key| {
            key.verify(message, signature.unwrap_or_default()).map_err(|code| {
                answer.explanation = Some(code);
                ReasonCode::NodeSignatureInvalid
            })
        });
        answer.accuses_nobody = answer.result == Err(ReasonCode::NodeKeyMalformed)
            && (candidate.source == KeySource::Pinned || candidate.entry.other_algorithm);
        answer.used.state = Some(state(&answer));
        answer
    }

    fn pack_contradicts(&self, candidate: &Candidate, wanted: Wanted<'_>) -> bool {
        let nodes = [candidate.node_id.as_deref(), wanted.node_id];
        let (kid, key) = (&candidate.entry.kid, candidate.entry.key.as_ref());
        candidate.source == KeySource::Pinned
            && nodes
                .into_iter()
                .flatten()
                .any(|node| self.pack.contradicts(node, kid, key))
    }

    /// No entry bears the key id: keys whose name or node is not stated are tried, and prove nothing when they do not fit.
    fn without_candidate(
        &self,
        code: ReasonCode,
        wanted: Wanted<'_>,
        message: &[u8],
        signature: Option<&[u8]>,
    ) -> Answer {
        if matches!(code, ReasonCode::NodeKeyUnavailable | ReasonCode::NodeKeyNotFound)
            && let Some(candidate) = self.fitting(wanted, message, signature)
        {
            return self.with_candidate(&candidate, wanted, message, signature);
        }
        let own_file = code == ReasonCode::NodeKeyAmbiguous && !self.pack_is_ambiguous(wanted);
        Answer {
            result: Err(code),
            source: if own_file { KeySource::Pinned } else { KeySource::None },
            used: KeyUse {
                kid: wanted.kid.map(str::to_owned),
                node_id: wanted.node_id.map(str::to_owned),
                ..KeyUse::default()
            },
            notes: Vec::new(),
            conflict: false,
            explanation: None,
            accuses_nobody: own_file,
            not_read: (code == ReasonCode::NodeKeyAmbiguous && !own_file)
                .then(|| self.not_read(wanted))
                .flatten(),
        }
    }

    /// A key of the reviewer that no name leads to, but that made the signature.
    fn fitting(&self, wanted: Wanted<'_>, message: &[u8], signature: Option<&[u8]>) -> Option<Candidate> {
        let fits = |key: &PublicKey| key.verify(message, signature.unwrap_or_default()).is_ok();
        let unnamed = |entry: &&KeyEntry| {
            (entry.key_id.is_none() || entry.key_id.as_deref() == wanted.kid) && may_sign_for(entry, wanted.node_id)
        };
        if let Some(key) = self.bare.iter().find(|key| fits(key)) {
            let mut candidate = Candidate {
                entry: SetEntry::of_key(key.clone()),
                node_id: None,
                source: KeySource::Pinned,
                from: self.book_name.clone(),
                confirmed: None,
                not_read: None,
            };
            self.confirm(&mut candidate, wanted.node_id);
            return Some(candidate);
        }
        let entry = self.book.iter().filter(unnamed).find(|entry| fits(&entry.public_key))?;
        let mut candidate = self.book_candidate(entry, wanted.node_id);
        self.confirm(&mut candidate, wanted.node_id);
        Some(candidate)
    }

    fn pack_is_ambiguous(&self, wanted: Wanted<'_>) -> bool {
        let kid = wanted.kid.unwrap_or_default();
        matches!(self.pinned(wanted, kid), Ok(None))
    }
}

/// The key set of a file given for this run.
fn read_set(bytes: &[u8]) -> Result<KeySet, ReasonCode> {
    let parsed = json::parse(json::without_bom(bytes), &json::Bounds::default()).map_err(|fault| fault.code)?;
    KeySet::read(&parsed.root).ok_or(ReasonCode::KeyMalformed)
}

fn state(answer: &Answer) -> KeyState {
    match answer.result {
        Err(ReasonCode::NodeKeyMalformed) => KeyState::Malformed,
        Err(ReasonCode::NodeKeyRevoked) => KeyState::Revoked,
        Err(ReasonCode::NodeKeyOutsideValidity) => KeyState::OutsideWindow,
        _ if answer.conflict => KeyState::Conflict,
        _ if answer.source == KeySource::Pinned => KeyState::Confirmed,
        _ => KeyState::SuppliedBySender,
    }
}

/// The faults of a chosen entry, in the spec's order: malformed, revoked, other node, outside its period.
fn usable<'c>(
    candidate: &'c Candidate,
    wanted: Wanted<'_>,
    notes: &mut Vec<ReasonCode>,
) -> Result<&'c PublicKey, ReasonCode> {
    let key = candidate.entry.key.as_ref().ok_or(ReasonCode::NodeKeyMalformed)?;
    if candidate.entry.revoked {
        return Err(ReasonCode::NodeKeyRevoked);
    }
    let other = |(stated, listed)| stated != listed;
    if wanted.node_id.zip(candidate.node_id.as_deref()).is_some_and(other) {
        return Err(ReasonCode::NodeIdMismatch);
    }
    let entry = &candidate.entry;
    match place(wanted.signed_at, entry.valid_from.as_deref(), entry.valid_to.as_deref()) {
        Placed::After => return Err(ReasonCode::NodeKeyOutsideValidity),
        Placed::Before => notes.push(ReasonCode::KeyValidFromAfterSigning),
        Placed::Inside => {}
    }
    Ok(key)
}

fn exactly_one<T>(mut entries: impl Iterator<Item = T>) -> Result<Option<T>, ReasonCode> {
    let first = entries.next();
    if entries.next().is_some() {
        return Err(ReasonCode::NodeKeyAmbiguous);
    }
    Ok(first)
}

fn signs_for(entry: &KeyEntry, node: &str) -> bool {
    entry.signs_for.iter().any(|name| name == node)
}

/// Whether an entry speaks for this node, or does not say for whom; where the evidence names no node, any may.
fn may_sign_for(entry: &KeyEntry, node: Option<&str>) -> bool {
    entry.signs_for.is_empty() || node.is_none_or(|node| signs_for(entry, node))
}

fn names_node(set: &KeySet, node: Option<&str>) -> bool {
    node.is_some() && set.node_id.as_deref() == node
}

#[cfg(test)]
mod tests;
