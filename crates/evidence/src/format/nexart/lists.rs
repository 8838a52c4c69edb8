//! Every manifest of a pack, held against the records that are there (`specs/nexart.md` 9.3).

use std::collections::{HashMap, HashSet};

use super::manifest::{EntrySeen, ManifestSeen};
use crate::check::{Check, CheckId, Outcome};
use crate::digest::Digest;
use crate::reason::ReasonCode;
use crate::report::{EntryState, Finding, Manifest, ManifestEntry, Source};

/// Findings of one kind, and rows of unlisted records, that are kept; more is more than anybody reads.
const KEPT: usize = 10_000;

/// Every manifest of a pack while the records pass by.
#[derive(Debug, Default)]
pub(super) struct Lists {
    lists: Vec<List>,
    /// Every digest that a manifest lists, with the records of it that passed by.
    listed: HashMap<Digest, Option<Met>>,
    /// Records that no manifest lists.
    unlisted: Vec<ManifestEntry>,
}

#[derive(Debug)]
struct List {
    source: Source,
    seen: ManifestSeen,
}

/// The records of one digest.
#[derive(Debug)]
struct Met {
    source: Source,
    execution_id: String,
    /// Copies of it disagree about the execution id.
    mixed: bool,
}

/// An entry without its record.
pub(super) struct MissingEntry {
    pub(super) source: Source,
    pub(super) execution_id: String,
    pub(super) digest: String,
}

/// What the lists came to.
#[derive(Default)]
pub(super) struct ListsResult {
    pub(super) manifests: Vec<Manifest>,
    pub(super) checks: Vec<Check>,
    pub(super) findings: Vec<Finding>,
}

impl Lists {
    /// Adds a manifest.
    pub(super) fn add(&mut self, source: Source, seen: ManifestSeen) {
        let digests = seen.entries.iter().filter_map(|entry| entry.digest);
        self.listed.extend(digests.map(|digest| (digest, None)));
        self.lists.push(List { source, seen });
    }

    /// Whether the pack has a manifest.
    pub(super) fn is_empty(&self) -> bool {
        self.lists.is_empty()
    }

    /// The project that the only manifest, or the first that says so, names.
    pub(super) fn project(&self) -> Option<&str> {
        self.lists.iter().find_map(|list| list.seen.project())
    }

    /// A record passes by.
    pub(super) fn record(&mut self, id: &str, digest: Option<Digest>, execution_id: &str, source: &Source) {
        if self.lists.is_empty() {
            return;
        }
        match digest.and_then(|digest| self.listed.get_mut(&digest)) {
            Some(Some(met)) => met.mixed |= met.execution_id != execution_id,
            Some(met @ None) => {
                *met = Some(Met {
                    source: source.clone(),
                    execution_id: execution_id.to_owned(),
                    mixed: false,
                });
            }
            None if self.unlisted.len() < KEPT => self.unlisted.push(ManifestEntry {
                id: if execution_id.is_empty() { id } else { execution_id }.to_owned(),
                digest: digest.map(|digest| digest.prefixed()).unwrap_or_default(),
                label: String::new(),
                state: EntryState::Unlisted,
                source: Some(source.clone()),
            }),
            None => {}
        }
    }

    fn met(&self, entry: &EntrySeen) -> Option<&Met> {
        self.listed.get(&entry.digest?)?.as_ref()
    }

    fn state(&self, entry: &EntrySeen) -> EntryState {
        match self.met(entry) {
            None => EntryState::Missing,
            Some(_) if entry.execution_id.is_empty() => EntryState::Present,
            Some(met) if met.mixed || met.execution_id != entry.execution_id => EntryState::Differs,
            Some(_) => EntryState::Present,
        }
    }

    /// The entries without their record: each digest once, and every entry that names none.
    pub(super) fn missing(&self) -> Vec<MissingEntry> {
        let mut told = HashSet::new();
        let mut missing = Vec::new();
        for list in &self.lists {
            for (position, entry) in list.seen.entries.iter().enumerate() {
                let new = entry.hash.is_empty() || told.insert(entry.hash.as_str());
                if self.state(entry) == EntryState::Missing && new {
                    missing.push(MissingEntry {
                        source: Source {
                            pointer: format!("{}/records/{position}", list.source.pointer),
                            ..list.source.clone()
                        },
                        execution_id: entry.execution_id.clone(),
                        digest: entry
                            .digest
                            .map_or_else(|| entry.hash.clone(), |digest| digest.prefixed()),
                    });
                }
            }
        }
        missing
    }

    /// What the lists came to, after every record passed by. Records that none of them lists stand with the first.
    pub(super) fn finish(mut self) -> ListsResult {
        let mut result = ListsResult::default();
        if let [_, second, ..] = self.lists.as_slice() {
            let finding = Finding::new(ReasonCode::ManifestMultiple, &second.source.path, "");
            result.findings.push(finding);
        }
        let lists = std::mem::take(&mut self.lists);
        for list in lists {
            let states: Vec<EntryState> = list.seen.entries.iter().map(|entry| self.state(entry)).collect();
            result.checks.push(list.check(&states));
            result.findings.extend(self.findings(&list, &states));
            let unlisted = std::mem::take(&mut self.unlisted);
            result.findings.extend(unlisted.iter().map(unlisted_finding));
            result.manifests.push(self.report(list, &states, unlisted));
        }
        result
    }

    fn findings(&self, list: &List, states: &[EntryState]) -> Vec<Finding> {
        let mut findings: Vec<Finding> = list.count_mismatch().into_iter().collect();
        let entries = list.seen.entries.iter().zip(states);
        for (entry, state) in entries
            .filter(|(_, state)| matches!(state, EntryState::Missing | EntryState::Differs))
            .take(KEPT)
        {
            let code = if *state == EntryState::Missing {
                ReasonCode::ManifestRecordMissing
            } else {
                ReasonCode::ManifestExecutionIdMismatch
            };
            let detail = match self.met(entry) {
                Some(met) => format!("{}: {}", entry.execution_id, met.source.path),
                None => entry.execution_id.clone(),
            };
            findings.push(Finding::new(code, &entry.hash, detail));
        }
        findings
    }

    fn report(&self, list: List, states: &[EntryState], unlisted: Vec<ManifestEntry>) -> Manifest {
        let count = |value: usize| u64::try_from(value).unwrap_or(u64::MAX);
        let (listed, found) = (states.len(), present(states));
        let entries = list.seen.entries.into_iter().zip(states);
        let entries = entries.map(|(entry, state)| ManifestEntry {
            source: self.met(&entry).map(|met| met.source.clone()),
            id: entry.execution_id,
            digest: entry.hash,
            label: entry.label,
            state: *state,
        });
        Manifest {
            path: list.source.path,
            claims: list.seen.claims,
            declared: list.seen.declared.and_then(|declared| declared.parse().ok()),
            listed: count(listed),
            found: count(found),
            entries: entries.chain(unlisted).collect(),
        }
    }
}

impl List {
    /// `recordCount` says another number than `records` holds.
    fn count_mismatch(&self) -> Option<Finding> {
        let declared = self.seen.declared.as_ref()?;
        let listed = self.seen.entries.len();
        (*declared != listed.to_string()).then(|| {
            let detail = format!("says {declared}, lists {listed}");
            Finding::new(ReasonCode::ManifestCountMismatch, &self.source.path, detail)
        })
    }

    fn check(&self, states: &[EntryState]) -> Check {
        let (listed, found) = (states.len(), present(states));
        let reasons: Vec<ReasonCode> = [
            (self.count_mismatch().is_some(), ReasonCode::ManifestCountMismatch),
            (found < listed, ReasonCode::ManifestRecordMissing),
        ]
        .into_iter()
        .filter(|(met, _)| *met)
        .map(|(_, code)| code)
        .collect();
        let outcome = reasons.first().map_or(Outcome::Pass, |first| Outcome::Fail(*first));
        let declared = self.seen.declared.clone().unwrap_or_else(|| listed.to_string());
        let mut check = Check::new(CheckId::Manifest, &self.source.path, outcome)
            .expected(Some(format!("records: {declared}")))
            .found(Some(format!("listed: {listed}, in the pack: {found}")));
        check.also = reasons.into_iter().skip(1).collect();
        check
    }
}

fn present(states: &[EntryState]) -> usize {
    states.iter().filter(|state| **state != EntryState::Missing).count()
}

fn unlisted_finding(entry: &ManifestEntry) -> Finding {
    let place = entry.source.as_ref().map(|source| source.path.clone());
    Finding::new(
        ReasonCode::ManifestRecordUnlisted,
        &entry.digest,
        place.unwrap_or_default(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    fn source(path: &str) -> Source {
        Source {
            path: path.to_owned(),
            ..Source::default()
        }
    }

    fn lists(texts: &[String]) -> Lists {
        let mut lists = Lists::default();
        for text in texts {
            let parsed = json::parse(text.as_bytes(), &json::Bounds::default());
            if let Ok(parsed) = parsed {
                lists.add(source("manifest.json"), ManifestSeen::read(&parsed.root));
            }
        }
        lists
    }

    fn manifest(entries: &[(&Digest, &str)]) -> String {
        let entries: Vec<String> = entries
            .iter()
            .map(|(hash, id)| format!(r#"{{"executionId":"{id}","certificateHash":"{}"}}"#, hash.to_hex()))
            .collect();
        format!(r#"{{"records":[{}],"exportedAt":"now"}}"#, entries.join(","))
    }

    fn codes(lists: Lists) -> Vec<ReasonCode> {
        lists
            .finish()
            .findings
            .into_iter()
            .map(|finding| finding.code)
            .collect()
    }

    #[test]
    fn a_copy_with_another_execution_id_cannot_be_hidden_by_one_that_fits() {
        let hash = Digest::of(b"record");
        for order in [["a", "b"], ["b", "a"]] {
            let mut lists = lists(&[manifest(&[(&hash, "a")])]);
            for id in order {
                lists.record("", Some(hash), id, &source(id));
            }
            assert_eq!(codes(lists), [ReasonCode::ManifestExecutionIdMismatch]);
        }
    }

    #[test]
    fn every_entry_of_a_digest_listed_twice_is_compared() {
        let hash = Digest::of(b"record");
        let mut lists = lists(&[manifest(&[(&hash, "a"), (&hash, "b")])]);
        lists.record("", Some(hash), "a", &source("a"));
        assert_eq!(codes(lists), [ReasonCode::ManifestExecutionIdMismatch]);
    }

    #[test]
    fn a_record_is_unlisted_only_when_no_manifest_lists_it() {
        let (one, two, three) = (Digest::of(b"1"), Digest::of(b"2"), Digest::of(b"3"));
        let mut lists = lists(&[manifest(&[(&one, "1")]), manifest(&[(&two, "2")])]);
        for (digest, id) in [(one, "1"), (two, "2"), (three, "3")] {
            lists.record("", Some(digest), id, &source(id));
        }
        assert_eq!(
            codes(lists),
            [ReasonCode::ManifestMultiple, ReasonCode::ManifestRecordUnlisted]
        );
    }

    #[test]
    fn a_count_of_null_says_nothing_and_a_count_of_text_is_none() {
        let count = |count: &str| codes(lists(&[format!(r#"{{"records":[],"recordCount":{count}}}"#)]));
        assert_eq!(count("null"), []);
        assert_eq!(count("0.0"), []);
        assert_eq!(count("-1"), [ReasonCode::ManifestCountMismatch]);
        assert_eq!(count("\"0\""), [ReasonCode::ManifestCountMismatch]);
    }
}
