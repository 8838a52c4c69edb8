//! Checks gathered into groups: of one kind, that ended alike.

use std::collections::BTreeMap;

use evidence::{Check, CheckCounts, CheckId, Outcome, ReasonCode, Record, Report};

use super::text::label;

/// Checks of one kind that ended alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckGroup {
    /// Which check.
    pub id: CheckId,
    /// How they ended.
    pub outcome: Outcome,
    /// Whether the verdict needs them.
    pub required: bool,
    /// How many there are.
    pub count: u64,
    /// Those among them that are about the pack or a whole part, and not about a record.
    pub of_pack: u64,
    /// The first of them, in the order of the report.
    pub first: Option<CheckSubject>,
}

/// One check of a group with the item it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckSubject {
    /// The record's number in the report, from 1; none for a check of the pack or a part.
    pub record: Option<u64>,
    /// "Record 2, nemo_guardrails_check", or the check's own subject; hidden characters made visible.
    pub label: String,
    /// The check.
    pub check: Check,
}

impl CheckSubject {
    /// "Record 2", "Pack", or the label of anything else.
    #[must_use]
    pub fn short(&self) -> String {
        match self.record {
            Some(number) => format!("Record {}", crate::words::sentence::number(number)),
            None if self.label.is_empty() => "Pack".to_owned(),
            None => self.label.clone(),
        }
    }
}

impl CheckGroup {
    /// "Record 2", "3 records", a path, "3 items".
    #[must_use]
    pub fn subject(&self) -> String {
        match (&self.first, self.count) {
            (Some(first), 1) => first.short(),
            (Some(first), count) if first.record.is_some() && self.of_pack == 0 => {
                crate::words::sentence::count(count, "record", "records")
            }
            (_, count) => crate::words::sentence::count(count, "item", "items"),
        }
    }
}

/// How often a note stands on records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteCount {
    /// Which note.
    pub code: ReasonCode,
    /// On how many records.
    pub count: u64,
    /// The first of them, from 1.
    pub first: Option<u64>,
}

/// What a record is called: its place in the report, and its execution id or sequence number where it has one.
#[must_use]
pub fn record_label(number: u64, record: &Record) -> String {
    let number = crate::words::sentence::number(number);
    let seq = ["seq", "sequence_number"]
        .iter()
        .find_map(|name| record.fields.get(*name)?.as_i64());
    match (record.fields.get("executionId").and_then(|id| id.as_str()), seq) {
        (Some(id), _) => format!("Record {number}, {}", label(id)),
        (None, Some(seq)) => format!("Record {number}, sequence number {}", super::population::plain(seq)),
        (None, None) => format!("Record {number}"),
    }
}

/// The handle of a group: check, outcome, reason, and whether the verdict needs it.
#[must_use]
pub fn group_key(id: CheckId, outcome: Outcome, required: bool) -> String {
    let reason = outcome.reason().map_or("-", ReasonCode::as_str);
    let weight = if required { "required" } else { "optional" };
    format!("{}.{}.{reason}.{weight}", id.as_str(), outcome.as_str())
}

/// What a handle made by [`group_key`] stands for.
#[must_use]
pub fn parse_group_key(key: &str) -> Option<(CheckId, Outcome, bool)> {
    let mut parts = key.split('.');
    let id = parts.next()?.parse().ok()?;
    let word = parts.next()?;
    let reason: Option<ReasonCode> = parts.next()?.parse().ok();
    let outcome = match (word, reason) {
        ("PASS", None) => Outcome::Pass,
        ("FAIL", Some(reason)) => Outcome::Fail(reason),
        ("UNDETERMINED", Some(reason)) => Outcome::Undetermined(reason),
        ("SKIPPED", Some(reason)) => Outcome::Skipped(reason),
        _ => return None,
    };
    let required = match parts.next()? {
        "required" => true,
        "optional" => false,
        _ => return None,
    };
    parts.next().is_none().then_some((id, outcome, required))
}

/// The counts of the groups by outcome.
#[must_use]
pub fn tally<'a>(groups: impl IntoIterator<Item = &'a CheckGroup>) -> CheckCounts {
    let mut counts = CheckCounts::default();
    for group in groups {
        let count = match group.outcome {
            Outcome::Pass => &mut counts.pass,
            Outcome::Fail(_) => &mut counts.fail,
            Outcome::Undetermined(_) => &mut counts.undetermined,
            Outcome::Skipped(_) => &mut counts.skipped,
        };
        *count += group.count;
    }
    counts
}

/// Worst first: mismatches, undecided, not checked, passed; what the verdict needs before what it does not; then in the
/// order of the questions and checks. This order ranks the headline.
pub(crate) fn worst_first(groups: &[CheckGroup]) -> Vec<&CheckGroup> {
    let mut sorted: Vec<&CheckGroup> = groups.iter().collect();
    sorted.sort_by_key(|group| {
        let rank = match group.outcome {
            Outcome::Fail(_) => 0,
            Outcome::Undetermined(_) => 1,
            Outcome::Skipped(_) => 2,
            Outcome::Pass => 3,
        };
        (rank, !group.required, group.id.question(), group.id)
    });
    sorted
}

/// Gathers groups and notes while records go by: memory grows with the kinds of results, not with the records.
#[derive(Debug, Default)]
pub struct Groups {
    groups: BTreeMap<String, CheckGroup>,
    notes: BTreeMap<ReasonCode, NoteCount>,
    records: u64,
}

impl Groups {
    /// Adds the next record; its number is one more than that of the record before.
    pub fn record(&mut self, record: &Record) {
        self.records += 1;
        let number = self.records;
        for check in &record.checks {
            self.add(check, false, || CheckSubject {
                record: Some(number),
                label: record_label(number, record),
                check: check.clone(),
            });
        }
        for code in &record.notes {
            let note = self.notes.entry(*code).or_insert(NoteCount {
                code: *code,
                count: 0,
                first: Some(number),
            });
            note.count += 1;
        }
    }

    /// Adds the checks of the pack and its parts, and ends.
    #[must_use]
    pub fn finish(mut self, report: &Report) -> (Vec<CheckGroup>, Vec<NoteCount>) {
        let of_parts = report.parts.iter().flat_map(|part| &part.checks);
        for check in report.checks.iter().chain(of_parts) {
            self.add(check, true, || CheckSubject {
                record: None,
                label: label(&check.subject),
                check: check.clone(),
            });
        }
        (self.groups.into_values().collect(), self.notes.into_values().collect())
    }

    fn add(&mut self, check: &Check, of_pack: bool, subject: impl FnOnce() -> CheckSubject) {
        let key = group_key(check.id, check.outcome, check.required);
        let group = self.groups.entry(key).or_insert_with(|| CheckGroup {
            id: check.id,
            outcome: check.outcome,
            required: check.required,
            count: 0,
            of_pack: 0,
            first: Some(subject()),
        });
        group.count += 1;
        group.of_pack += u64::from(of_pack);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_key_leads_back_to_its_group() {
        for outcome in [
            Outcome::Pass,
            Outcome::Fail(ReasonCode::BundleHashMismatch),
            Outcome::Undetermined(ReasonCode::PathNotUtf8),
            Outcome::Skipped(ReasonCode::NotPresent),
        ] {
            for required in [true, false] {
                let key = group_key(CheckId::VerificationEnvelope, outcome, required);
                assert_eq!(
                    parse_group_key(&key),
                    Some((CheckId::VerificationEnvelope, outcome, required)),
                    "{key}"
                );
            }
        }
    }

    #[test]
    fn a_made_up_group_key_leads_nowhere() {
        for key in [
            "",
            "bundleIntegrity",
            "bundleIntegrity.FAIL.-.required",
            "x.PASS.-.required",
        ] {
            assert_eq!(parse_group_key(key), None, "{key}");
        }
    }

    #[test]
    fn a_check_asked_of_records_and_of_their_export_is_not_said_to_be_of_records() {
        let case = crate::present::fixtures::failed();
        let mut groups = Groups::default();
        let record = &case.records[0];
        groups.record(record);
        groups.record(record);
        let check = record.checks[0].clone();
        let mut report = case.report.clone();
        report.checks = vec![check.clone()];
        report.parts.clear();
        let (groups, _) = groups.finish(&report);
        let group = groups.iter().find(|group| group.id == check.id).unwrap();
        assert_eq!(
            (group.count, group.of_pack, group.subject().as_str()),
            (3, 1, "3 items")
        );
    }
}
