//! What a part's population says of one organisation's numbers, read from the report.

use evidence::{ReasonCode, Report};
use serde_json::Value;

use super::Thread;
use crate::words::sentence::length;

/// Single numbers that the report lists at most.
const LISTED: usize = 100_000;

/// One entry of a part's population that is about a sequence.
#[derive(Debug, Clone, Copy)]
pub struct Population<'r> {
    /// What the sequence counts within.
    pub of: Kind,
    /// Its name in the evidence, which is what records have as their scope; empty for a chain without one.
    pub name: &'r str,
    entry: &'r Value,
}

/// What numbers count within.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The log of one organisation.
    Organisation,
    /// A chain whose records hold the hash of the one before.
    Chain,
}

/// Every sequence that a report tells of, in its order.
pub fn populations(report: &Report) -> impl Iterator<Item = Population<'_>> {
    report
        .parts
        .iter()
        .flat_map(|part| &part.population)
        .filter_map(Population::of)
}

impl<'r> Population<'r> {
    /// The entry, when it is about numbers that follow each other.
    pub(crate) fn of(entry: &'r Value) -> Option<Population<'r>> {
        let (of, name) = match entry.get("of")?.as_str()? {
            "organisation" => (Kind::Organisation, entry.get("org_id")?.as_str()?),
            "chainScope" => (Kind::Chain, entry.get("scope")?.as_str().unwrap_or_default()),
            _ => return None,
        };
        Some(Population { of, name, entry })
    }

    /// What its records count within.
    #[must_use]
    pub fn thread(&self) -> Thread<'r> {
        Thread {
            scope: self.name,
            path: match self.of {
                Kind::Organisation => None,
                Kind::Chain => self.get("path").as_str(),
            },
        }
    }

    /// A count of the entry.
    #[must_use]
    pub fn count(&self, member: &str) -> u64 {
        self.get(member).as_u64().unwrap_or_default()
    }

    /// The result of the completeness check, in the report's word.
    #[must_use]
    pub fn result(&self) -> Option<ReasonCode> {
        self.get("completeness").as_str()?.parse().ok()
    }

    /// What the export covers, in the report's word; `chain` where records are linked by themselves.
    #[must_use]
    pub fn scope(&self) -> &'r str {
        match self.of {
            Kind::Organisation => self.get("scope").as_str().unwrap_or("unknown"),
            Kind::Chain => "chain",
        }
    }

    /// Who stated that, in the report's word.
    #[must_use]
    pub fn scope_stated_by(&self) -> &'r str {
        self.get("scopeStatedBy").as_str().unwrap_or("nobody")
    }

    /// How many ids stand under two numbers.
    #[must_use]
    pub fn id_conflicts(&self) -> u64 {
        self.get("id_conflicts").as_u64().unwrap_or_default()
    }

    /// The entry itself.
    #[must_use]
    pub fn entry(&self) -> &'r Value {
        self.entry
    }

    /// A member of the entry; null where it is not there.
    #[must_use]
    pub fn get(&self, member: &str) -> &'r Value {
        self.entry.get(member).unwrap_or(&Value::Null)
    }

    /// A member of the integrity object of our own making.
    #[must_use]
    pub fn integrity(&self, member: &str) -> &'r Value {
        self.get("integrity").get(member).unwrap_or(&Value::Null)
    }

    /// The numbers that stand for two signed records: those that the report lists, in ascending order, and whether it
    /// may have left out larger ones.
    #[must_use]
    pub fn conflicts(&self) -> (Vec<i64>, bool) {
        let listed = self.get("seq_conflicts").as_array().into_iter().flatten();
        let mut numbers: Vec<i64> = listed.filter_map(Value::as_i64).collect();
        numbers.sort_unstable();
        let full = numbers.len() >= LISTED;
        (numbers, full)
    }

    /// How many stretches need a look.
    #[must_use]
    pub fn open_points(&self) -> u64 {
        if self.of == Kind::Chain {
            return ["breaks", "repeats", "gapCount"]
                .iter()
                .map(|name| self.count(name))
                .sum();
        }
        let listed = [
            self.integrity("gaps"),
            self.get("unverified_seq"),
            self.get("seq_conflicts"),
        ];
        length(listed.iter().filter_map(|listed| Some(listed.as_array()?.len())).sum())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_words_of_the_report_are_read() {
        let entry = json!({
            "of": "organisation", "org_id": "aorg_1", "completeness": "GAPS_UNEXPLAINED", "scope": "filtered",
            "integrity": {"gaps": [{"from": 7, "to": 7, "count": 1}, {"from": 12, "to": 14, "count": 3}]},
            "unverified_seq": [{"from": 20, "to": 20, "count": 1}], "seq_conflicts": [9, 3], "id_conflicts": 2,
        });
        let population = Population::of(&entry).unwrap();
        assert_eq!(population.result(), Some(ReasonCode::GapsUnexplained));
        assert_eq!(
            (population.scope(), population.scope_stated_by()),
            ("filtered", "nobody")
        );
        assert_eq!(population.conflicts(), (vec![3, 9], false));
        assert_eq!((population.id_conflicts(), population.open_points()), (2, 5));
    }

    #[test]
    fn a_chain_counts_within_its_file() {
        let entry = json!({
            "of": "chainScope", "scope": "project:1", "path": "events.jsonl", "breaks": 1, "repeats": 0, "gapCount": 2,
        });
        let population = Population::of(&entry).unwrap();
        assert_eq!(population.thread().path, Some("events.jsonl"));
        assert_eq!(population.open_points(), 3);
    }

    #[test]
    fn what_is_no_sequence_is_passed_over() {
        assert!(Population::of(&json!({"of": "manifest", "path": "manifest.json"})).is_none());
        let nameless = json!({"of": "organisation"});
        assert!(Population::of(&nameless).is_none());
    }
}
