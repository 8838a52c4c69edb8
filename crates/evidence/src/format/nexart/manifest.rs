//! The export's list of records, held against what is there (`specs/nexart.md` 9.3, 9.4).

use std::collections::HashMap;

use super::hash::normalise;
use crate::check::{Check, CheckId, Outcome};
use crate::digest::Digest;
use crate::json::Node;
use crate::reason::ReasonCode;
use crate::report::{EntryState, Finding, Manifest, ManifestEntry, Source};

/// A manifest as the first pass reads it.
#[derive(Debug, Default)]
pub(super) struct ManifestSeen {
    /// Its labels: claims.
    claims: Vec<(String, String)>,
    /// `recordCount`, as stated.
    declared: Option<String>,
    /// `records`, in order.
    entries: Vec<EntrySeen>,
}

#[derive(Debug)]
struct EntrySeen {
    execution_id: String,
    hash: String,
    digest: Option<Digest>,
    label: String,
}

impl ManifestSeen {
    /// Reads a manifest.
    pub(super) fn read(value: &Node<'_>) -> ManifestSeen {
        let claims = ["exportedAt", "exportedBy", "exportScope", "verificationTool"];
        let records = value.get("records").map(Node::items).unwrap_or_default();
        ManifestSeen {
            claims: claims
                .into_iter()
                .filter_map(|name| Some((name.to_owned(), value.get(name)?.as_str()?.to_owned())))
                .collect(),
            declared: value.get("recordCount").map(|count| {
                count
                    .as_number()
                    .map_or_else(|| "not a number".to_owned(), plain_number)
            }),
            entries: records.iter().map(EntrySeen::read).collect(),
        }
    }

    /// The project that the export says to cover.
    pub(super) fn project(&self) -> Option<&str> {
        let scope = self.claims.iter().find(|(name, _)| name == "exportScope")?;
        scope.1.strip_prefix("project:")
    }
}

/// A number as a person writes it: `3.0` counts as 3.
fn plain_number(literal: &str) -> String {
    literal
        .parse::<f64>()
        .map_or_else(|_| literal.to_owned(), |number| number.to_string())
}

impl EntrySeen {
    fn read(entry: &Node<'_>) -> EntrySeen {
        let text = |name: &str| entry.get(name).and_then(Node::as_str).unwrap_or_default().to_owned();
        let hash = text("certificateHash");
        EntrySeen {
            execution_id: text("executionId"),
            digest: normalise(&hash),
            hash,
            label: text("bundleType"),
        }
    }
}

/// Every manifest of a pack while the records pass by.
#[derive(Debug, Default)]
pub(super) struct Lists {
    lists: Vec<List>,
}

#[derive(Debug)]
struct List {
    source: Source,
    seen: ManifestSeen,
    /// Entries by digest; the first of equal ones.
    by_digest: HashMap<Digest, usize>,
    /// State and place of each entry.
    states: Vec<(EntryState, Option<Source>)>,
    unlisted: Vec<ManifestEntry>,
}

/// An entry without its record.
pub(super) struct MissingEntry {
    pub(super) source: Source,
    pub(super) execution_id: String,
    pub(super) digest: String,
}

/// What the lists came to.
pub(super) struct ListsResult {
    pub(super) manifests: Vec<Manifest>,
    pub(super) checks: Vec<Check>,
    pub(super) findings: Vec<Finding>,
}

impl Lists {
    /// Adds a manifest.
    pub(super) fn add(&mut self, source: Source, seen: ManifestSeen) {
        let mut by_digest = HashMap::with_capacity(seen.entries.len());
        for (position, entry) in seen.entries.iter().enumerate() {
            if let Some(digest) = entry.digest {
                by_digest.entry(digest).or_insert(position);
            }
        }
        let states = vec![(EntryState::Missing, None); seen.entries.len()];
        self.lists.push(List {
            source,
            seen,
            by_digest,
            states,
            unlisted: Vec::new(),
        });
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
        for list in &mut self.lists {
            let position = digest.and_then(|digest| list.by_digest.get(&digest).copied());
            let entry = position.and_then(|position| list.seen.entries.get(position));
            let state = position.and_then(|position| list.states.get_mut(position));
            match (entry, state) {
                (Some(entry), Some(state)) => {
                    let differs = !entry.execution_id.is_empty() && entry.execution_id != execution_id;
                    let kept = if differs {
                        EntryState::Differs
                    } else {
                        EntryState::Present
                    };
                    *state = (kept, Some(source.clone()));
                }
                _ => list.unlisted.push(ManifestEntry {
                    id: if execution_id.is_empty() {
                        id.to_owned()
                    } else {
                        execution_id.to_owned()
                    },
                    digest: digest.map(|digest| digest.prefixed()).unwrap_or_default(),
                    label: String::new(),
                    state: EntryState::Unlisted,
                    source: Some(source.clone()),
                }),
            }
        }
    }

    /// The entries without their record, each digest once.
    pub(super) fn missing(&mut self) -> Vec<MissingEntry> {
        let mut told = std::collections::HashSet::new();
        let mut missing = Vec::new();
        for list in &mut self.lists {
            list.settle_doubles();
            for (position, (entry, (state, _))) in list.seen.entries.iter().zip(&list.states).enumerate() {
                if *state == EntryState::Missing && told.insert(entry.hash.clone()) {
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

    /// What the lists came to, after every record passed by.
    pub(super) fn finish(self) -> ListsResult {
        let mut result = ListsResult {
            manifests: Vec::new(),
            checks: Vec::new(),
            findings: Vec::new(),
        };
        if let [_, second, ..] = self.lists.as_slice() {
            result
                .findings
                .push(Finding::new(ReasonCode::ManifestMultiple, &second.source.path, ""));
        }
        for list in self.lists {
            list.finish(&mut result);
        }
        result
    }
}

impl List {
    /// A digest listed twice stands for one record: the second line is there when the first is.
    fn settle_doubles(&mut self) {
        for (position, entry) in self.seen.entries.iter().enumerate() {
            let first = entry.digest.and_then(|digest| self.by_digest.get(&digest).copied());
            let state = first
                .filter(|first| *first != position)
                .and_then(|first| self.states.get(first).cloned());
            if let (Some(state), Some(own)) = (state, self.states.get_mut(position)) {
                *own = state;
            }
        }
    }

    fn finish(self, result: &mut ListsResult) {
        let count = |wanted: EntryState| self.states.iter().filter(|(state, _)| *state == wanted).count();
        let listed = self.seen.entries.len();
        let missing = count(EntryState::Missing);
        let path = self.source.path.clone();
        let mut reasons = Vec::new();
        if self
            .seen
            .declared
            .as_ref()
            .is_some_and(|declared| *declared != listed.to_string())
        {
            let declared = self.seen.declared.clone().unwrap_or_default();
            let detail = format!("says {declared}, lists {listed}");
            result
                .findings
                .push(Finding::new(ReasonCode::ManifestCountMismatch, &path, detail));
            reasons.push(ReasonCode::ManifestCountMismatch);
        }
        let kept = 10_000;
        for (entry, (state, source)) in self
            .seen
            .entries
            .iter()
            .zip(&self.states)
            .filter(|(_, (state, _))| matches!(state, EntryState::Missing | EntryState::Differs))
            .take(kept)
        {
            let (code, subject) = match state {
                EntryState::Missing => (ReasonCode::ManifestRecordMissing, &entry.hash),
                EntryState::Differs | EntryState::Present | EntryState::Unlisted => {
                    (ReasonCode::ManifestExecutionIdMismatch, &entry.hash)
                }
            };
            let place = source.as_ref().map(|source| source.path.clone()).unwrap_or_default();
            let detail = if place.is_empty() {
                entry.execution_id.clone()
            } else {
                format!("{}: {place}", entry.execution_id)
            };
            result.findings.push(Finding::new(code, subject, detail));
        }
        if missing > 0 {
            reasons.push(ReasonCode::ManifestRecordMissing);
        }
        for entry in self.unlisted.iter().take(kept) {
            let place = entry
                .source
                .as_ref()
                .map(|source| source.path.clone())
                .unwrap_or_default();
            result
                .findings
                .push(Finding::new(ReasonCode::ManifestRecordUnlisted, &entry.digest, place));
        }
        let outcome = reasons.first().map_or(Outcome::Pass, |first| Outcome::Fail(*first));
        let mut check = Check::new(CheckId::Manifest, &path, outcome)
            .expected(Some(format!(
                "records: {}",
                self.seen.declared.clone().unwrap_or_else(|| listed.to_string())
            )))
            .found(Some(format!(
                "listed: {listed}, in the pack: {}",
                listed.saturating_sub(missing)
            )));
        check.also = reasons.into_iter().skip(1).collect();
        result.checks.push(check);
        result.manifests.push(self.into_report(listed, missing));
    }

    fn into_report(self, listed: usize, missing: usize) -> Manifest {
        let count = |value: usize| u64::try_from(value).unwrap_or(u64::MAX);
        let entries = self
            .seen
            .entries
            .into_iter()
            .zip(self.states)
            .map(|(entry, (state, source))| ManifestEntry {
                id: entry.execution_id,
                digest: entry.hash,
                label: entry.label,
                state,
                source,
            });
        Manifest {
            path: self.source.path,
            claims: self.seen.claims,
            declared: self.seen.declared.and_then(|declared| declared.parse().ok()),
            listed: count(listed),
            found: count(listed.saturating_sub(missing)),
            entries: entries.chain(self.unlisted).collect(),
        }
    }
}
