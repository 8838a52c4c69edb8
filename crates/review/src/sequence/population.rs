//! What a part's population says of one organisation's numbers, read from the report.

use evidence::{ReasonCode, Report};
use serde_json::Value;

use super::{Run, Sequence, State};
use crate::words::sentence::length;

/// One entry of a part's population that is about a sequence.
#[derive(Debug, Clone, Copy)]
pub struct Population<'r> {
    /// What the sequence counts within: `organisation`.
    pub of: &'r str,
    /// Its name in the evidence, which is what records have as their scope.
    pub name: &'r str,
    entry: &'r Value,
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
    pub(super) fn of(entry: &'r Value) -> Option<Population<'r>> {
        let of = entry.get("of")?.as_str()?;
        let name = match of {
            "organisation" => entry.get("org_id")?.as_str()?,
            _ => return None,
        };
        Some(Population { of, name, entry })
    }

    /// Its numbers, as far as the records claim any; `more` are stretches that the report does not tell apart.
    #[must_use]
    pub fn sequence(&self, more: impl Iterator<Item = Run>) -> Option<Sequence> {
        let first = self.get("first_seq").as_i64()?;
        let last = self.integrity("last_seq").as_i64()?;
        let mut stretches: Vec<Run> = more.collect();
        for (state, listed) in [
            (State::Missing, self.integrity("gaps")),
            (State::Unverified, self.get("unverified_seq")),
            (State::Twice, self.get("duplicate_seq")),
            (State::Conflict, self.get("seq_conflicts")),
        ] {
            stretches.extend(ranges(listed).map(|(first, last)| Run { state, first, last }));
        }
        Sequence::new(self.name, first, last, &stretches)
    }

    /// The result of the completeness check, in the report's word.
    #[must_use]
    pub fn result(&self) -> Option<ReasonCode> {
        self.get("completeness").as_str()?.parse().ok()
    }

    /// What the export covers, in the report's word.
    #[must_use]
    pub fn scope(&self) -> &'r str {
        self.get("scope").as_str().unwrap_or("unknown")
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

    /// How many records do not verify beyond those whose number nothing else fills. A number may have several such
    /// records, so there may be fewer copies than this says, but none where it says none.
    #[must_use]
    pub fn spoilt_copies(&self) -> u64 {
        let unfilled = ranges(self.get("unverified_seq")).fold(0_u64, |sum, (first, last)| {
            sum.saturating_add(last.abs_diff(first).saturating_add(1))
        });
        self.get("invalid")
            .as_u64()
            .unwrap_or_default()
            .saturating_sub(unfilled)
    }

    /// How many stretches need a look.
    #[must_use]
    pub fn open_points(&self) -> u64 {
        let listed = [
            self.integrity("gaps"),
            self.get("unverified_seq"),
            self.get("seq_conflicts"),
        ];
        length(listed.iter().filter_map(|listed| Some(listed.as_array()?.len())).sum())
    }
}

/// The stretches of a list of the report, in its order.
fn ranges(listed: &Value) -> impl Iterator<Item = (i64, i64)> {
    listed.as_array().into_iter().flatten().filter_map(range)
}

/// A stretch as the report writes it: one number, or an object with both ends.
fn range(value: &Value) -> Option<(i64, i64)> {
    match value.as_i64() {
        Some(number) => Some((number, number)),
        None => Some((value.get("from")?.as_i64()?, value.get("to")?.as_i64()?)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn entry() -> Value {
        json!({
            "of": "organisation", "org_id": "aorg_1", "completeness": "GAPS_UNEXPLAINED", "scope": "unknown",
            "integrity": {"last_seq": 25, "gaps": [{"from": 7, "to": 7, "count": 1}, {"from": 12, "to": 14, "count": 3}]},
            "first_seq": 2, "unverified_seq": [{"from": 20, "to": 20, "count": 1}], "duplicate_seq": [3, 4], "seq_conflicts": [9],
        })
    }

    #[test]
    fn the_states_of_the_numbers_are_those_of_the_report() {
        let entry = entry();
        let population = Population::of(&entry).unwrap();
        let sequence = population.sequence(std::iter::empty()).unwrap();
        let count = |state| sequence.totals().of(state);
        assert_eq!(
            [State::Missing, State::Unverified, State::Twice, State::Conflict].map(count),
            [4, 1, 2, 1]
        );
        assert_eq!((sequence.whole().first, sequence.whole().last), (2, 25));
        assert_eq!(sequence.totals().all(), 24);
        assert_eq!(sequence.troubled(), 4);
        assert_eq!(population.result(), Some(ReasonCode::GapsUnexplained));
    }

    #[test]
    fn a_copy_that_does_not_verify_is_told_from_a_number_that_nothing_fills() {
        let mut entry = entry();
        entry["invalid"] = json!(1);
        assert_eq!(Population::of(&entry).unwrap().spoilt_copies(), 0);
        entry["invalid"] = json!(3);
        let population = Population::of(&entry).unwrap();
        assert_eq!(population.spoilt_copies(), 2);
        let copies = [5, 20].map(|number| Run {
            state: State::SpoiltCopy,
            first: number,
            last: number,
        });
        let sequence = population.sequence(copies.into_iter()).unwrap();
        let count = |state| sequence.totals().of(state);
        assert_eq!([State::SpoiltCopy, State::Unverified].map(count), [1, 1]);
    }

    #[test]
    fn what_is_no_sequence_is_passed_over() {
        assert!(Population::of(&json!({"of": "manifest", "path": "manifest.json"})).is_none());
        let nameless = json!({"of": "organisation"});
        assert!(Population::of(&nameless).is_none());
    }

    #[test]
    fn an_organisation_without_numbers_has_no_sequence() {
        let entry =
            json!({"of": "organisation", "org_id": "aorg_1", "first_seq": null, "integrity": {"last_seq": null}});
        assert!(Population::of(&entry).unwrap().sequence(std::iter::empty()).is_none());
    }
}
