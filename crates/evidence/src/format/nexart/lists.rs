//! Every manifest of a pack, held against the records that are there (`specs/nexart.md` 9.3).

use std::collections::{HashMap, HashSet};

use super::manifest::{EntrySeen, ManifestSeen};
use crate::check::{Check, CheckId, Outcome};
use crate::digest::Digest;
use crate::reason::ReasonCode;
use crate::report::{EntryState, Finding, Manifest, ManifestEntry, Source};
use crate::told::Told;

/// Findings of one kind, and rows of unlisted records, that are kept; more is more than anybody reads.
const KEPT: u64 = 10_000;

/// Every manifest of a pack while the records pass by.
#[derive(Debug, Default)]
pub(super) struct Lists {
    lists: Vec<List>,
    /// Every digest that a manifest lists, with the records of it that passed by.
    listed: HashMap<Digest, Option<Met>>,
    /// Records that no manifest lists.
    unlisted: Vec<ManifestEntry>,
    /// How many findings of each kind there are.
    told: Told,
    /// Why something of the pack was not read: a record that is missing may be in it.
    not_read: Option<ReasonCode>,
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
    /// None when it could not be read.
    execution_id: Option<String>,
    /// Copies of it disagree about the execution id.
    mixed: bool,
}

impl Met {
    /// One more record of the same digest.
    fn again(&mut self, execution_id: Option<&str>) {
        match (&self.execution_id, execution_id) {
            (Some(known), Some(other)) => self.mixed |= known != other,
            (None, Some(other)) => self.execution_id = Some(other.to_owned()),
            (_, None) => {}
        }
    }
}

/// An entry without its record.
pub(super) struct MissingEntry {
    pub(super) source: Source,
    pub(super) execution_id: String,
    pub(super) digest: String,
    /// Why something was not read that it may be in.
    pub(super) not_read: Option<ReasonCode>,
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

    /// Something of the pack was not read, for this reason.
    pub(super) fn not_read(&mut self, code: ReasonCode) {
        self.not_read.get_or_insert(code);
    }

    /// A record passes by; one that could not be read has no known execution id.
    pub(super) fn record(&mut self, id: &str, digest: Option<Digest>, execution_id: Option<&str>, source: &Source) {
        if self.lists.is_empty() {
            return;
        }
        match digest.and_then(|digest| self.listed.get_mut(&digest)) {
            Some(Some(met)) => met.again(execution_id),
            Some(met @ None) => {
                *met = Some(Met {
                    source: source.clone(),
                    execution_id: execution_id.map(str::to_owned),
                    mixed: false,
                });
            }
            None if self.told.keeps(ReasonCode::ManifestRecordUnlisted, KEPT) => self.unlisted.push(ManifestEntry {
                id: execution_id.filter(|id| !id.is_empty()).unwrap_or(id).to_owned(),
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
        let Some(met) = self.met(entry) else {
            return EntryState::Missing;
        };
        let differs = |id: &String| met.mixed || *id != entry.execution_id;
        if !entry.execution_id.is_empty() && met.execution_id.as_ref().is_some_and(differs) {
            EntryState::Differs
        } else {
            EntryState::Present
        }
    }

    /// Why the record of an entry may be in what was not read. An entry without a hash names none that could be there.
    fn may_be_unread(&self, entry: &EntrySeen) -> Option<ReasonCode> {
        self.not_read.filter(|_| entry.digest.is_some())
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
                        not_read: self.may_be_unread(entry),
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
            result.checks.push(self.check(&list, &states));
            let findings = self.findings(&list, &states);
            result.findings.extend(findings);
            let unlisted = std::mem::take(&mut self.unlisted);
            result.findings.extend(unlisted.iter().map(unlisted_finding));
            result.manifests.push(self.report(list, &states, unlisted));
        }
        let subject = result.manifests.first().map_or("", |manifest| &manifest.path);
        result.findings.extend(self.told.truncated(KEPT, subject));
        result
    }

    fn findings(&mut self, list: &List, states: &[EntryState]) -> Vec<Finding> {
        let mut findings: Vec<Finding> = list.count_mismatch().into_iter().collect();
        for (entry, state) in list.seen.entries.iter().zip(states) {
            let code = match state {
                EntryState::Missing => ReasonCode::ManifestRecordMissing,
                EntryState::Differs => ReasonCode::ManifestExecutionIdMismatch,
                EntryState::Present | EntryState::Unlisted => continue,
            };
            if !self.told.keeps(code, KEPT) {
                continue;
            }
            let detail = match self.met(entry) {
                Some(met) => format!("{}: {}", entry.execution_id, met.source.path),
                None => entry.execution_id.clone(),
            };
            findings.push(Finding::new(code, &entry.hash, detail));
        }
        findings
    }

    /// The list against what is there. A record that is missing although everything was read is proven to be missing.
    fn check(&self, list: &List, states: &[EntryState]) -> Check {
        let (listed, found) = (states.len(), present(states));
        let miscounted = list.count_mismatch().map(|finding| finding.code);
        let entries = list.seen.entries.iter().zip(states);
        let mut missing = entries.filter(|(_, state)| **state == EntryState::Missing);
        let missing_for_sure = missing.any(|(entry, _)| self.may_be_unread(entry).is_none());
        let missing = (found < listed).then_some(ReasonCode::ManifestRecordMissing);
        let not_read = self.not_read.filter(|_| missing.is_some() && !missing_for_sure);
        let reasons: Vec<ReasonCode> = [miscounted, not_read, missing].into_iter().flatten().collect();
        let outcome = match reasons.first() {
            None => Outcome::Pass,
            // The list contradicts itself, whatever was not read.
            Some(first) if miscounted.is_none() && not_read.is_some() => Outcome::Undetermined(*first),
            Some(first) => Outcome::Fail(*first),
        };
        let declared = list.seen.declared.clone().unwrap_or_else(|| listed.to_string());
        let mut check = Check::new(CheckId::Manifest, &list.source.path, outcome)
            .expected(Some(format!("records: {declared}")))
            .found(Some(format!("listed: {listed}, in the pack: {found}")));
        check.also = reasons.into_iter().skip(1).collect();
        check
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
                lists.record("", Some(hash), Some(id), &source(id));
            }
            assert_eq!(codes(lists), [ReasonCode::ManifestExecutionIdMismatch]);
        }
    }

    #[test]
    fn every_entry_of_a_digest_listed_twice_is_compared() {
        let hash = Digest::of(b"record");
        let mut lists = lists(&[manifest(&[(&hash, "a"), (&hash, "b")])]);
        lists.record("", Some(hash), Some("a"), &source("a"));
        assert_eq!(codes(lists), [ReasonCode::ManifestExecutionIdMismatch]);
    }

    #[test]
    fn a_record_is_unlisted_only_when_no_manifest_lists_it() {
        let (one, two, three) = (Digest::of(b"1"), Digest::of(b"2"), Digest::of(b"3"));
        let mut lists = lists(&[manifest(&[(&one, "1")]), manifest(&[(&two, "2")])]);
        for (digest, id) in [(one, "1"), (two, "2"), (three, "3")] {
            lists.record("", Some(digest), Some(id), &source(id));
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

    #[test]
    fn a_record_may_be_missing_in_what_was_not_read_but_an_entry_without_a_hash_names_none() {
        let hash = Digest::of(b"record");
        let outcome = |text: String, not_read: Option<ReasonCode>| {
            let mut lists = lists(&[text]);
            not_read.into_iter().for_each(|code| lists.not_read(code));
            let missing: Vec<Option<ReasonCode>> = lists.missing().iter().map(|entry| entry.not_read).collect();
            let check = lists.finish().checks.swap_remove(0);
            (check.outcome, check.also, missing)
        };
        let (missing, code) = (ReasonCode::ManifestRecordMissing, ReasonCode::IoPermission);
        let whole = manifest(&[(&hash, "a")]);
        let read = outcome(whole.clone(), None);
        assert_eq!(read, (Outcome::Fail(missing), vec![], vec![None]));
        let unread = outcome(whole.clone(), Some(code));
        assert_eq!(unread, (Outcome::Undetermined(code), vec![missing], vec![Some(code)]));
        let cut = outcome(whole.replace(&hash.to_hex(), "0123..."), Some(code));
        assert_eq!(cut, (Outcome::Fail(missing), vec![], vec![None]));
        // Nothing that was not read explains a list that miscounts itself.
        let miscounted = outcome(
            whole.replace("\"exportedAt\"", "\"recordCount\":2,\"exportedAt\""),
            Some(code),
        );
        let also = vec![code, missing];
        assert_eq!(
            miscounted,
            (Outcome::Fail(ReasonCode::ManifestCountMismatch), also, vec![Some(code)])
        );
    }

    #[test]
    fn a_record_that_could_not_be_read_contradicts_no_execution_id() {
        let hash = Digest::of(b"record");
        let states = |ids: &[Option<&str>]| {
            let mut lists = lists(&[manifest(&[(&hash, "a")])]);
            for id in ids {
                lists.record("", Some(hash), *id, &source("a"));
            }
            codes(lists)
        };
        assert_eq!(states(&[None]), []);
        assert_eq!(states(&[None, Some("a")]), []);
        for ids in [[None, Some("b")], [Some("b"), None]] {
            assert_eq!(states(&ids), [ReasonCode::ManifestExecutionIdMismatch]);
        }
    }

    #[test]
    fn of_very_many_findings_the_first_are_told_and_all_are_counted() {
        let digest = |number: u64| Digest::of(&number.to_be_bytes());
        let listed: Vec<Digest> = (0..=KEPT).map(digest).collect();
        let entries: Vec<(&Digest, &str)> = listed.iter().map(|digest| (digest, "a")).collect();
        let told = |records: &mut dyn Iterator<Item = (Digest, &str)>| {
            let mut lists = lists(&[manifest(&entries)]);
            for (digest, id) in records {
                lists.record("", Some(digest), Some(id), &source("a"));
            }
            let findings = lists.finish().findings;
            let truncated = findings
                .iter()
                .filter(|finding| finding.code == ReasonCode::FindingsTruncated);
            (
                findings.len(),
                truncated.map(|finding| finding.detail.clone()).collect::<Vec<_>>(),
            )
        };
        let in_all = |code: &str| vec![format!("{code}: 10001 in all, the first 10000 are listed")];
        assert_eq!(
            told(&mut std::iter::empty()),
            (10_001, in_all("MANIFEST_RECORD_MISSING"))
        );
        let mut other = listed.iter().map(|digest| (*digest, "b"));
        assert_eq!(told(&mut other), (10_001, in_all("MANIFEST_EXECUTION_ID_MISMATCH")));
        let same = listed.iter().map(|digest| (*digest, "a"));
        let mut more = same.chain((0..=KEPT).map(|number| (digest(KEPT + 1 + number), "c")));
        assert_eq!(told(&mut more), (10_001, in_all("MANIFEST_RECORD_UNLISTED")));
    }
}
