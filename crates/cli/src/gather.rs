//! What the text output needs of the records: the groups of checks, and the first records that are not verified.

use std::collections::BTreeMap;

use evidence::{Check, CheckId, Outcome, Record, Recorder, Report, Verdict};
use review::case_file::{CheckGroup, CheckSubject};

/// How many records the text names; the counts tell the rest.
const NAMED: usize = 20;

/// Gathers it while the records pass; memory does not grow with their number.
#[derive(Debug, Default)]
pub(crate) struct Gather {
    groups: BTreeMap<(u8, CheckId, Option<&'static str>, bool), CheckGroup>,
    failed: Vec<(u64, Record)>,
    others: Vec<(u64, Record)>,
    number: u64,
}

impl Gather {
    /// The groups, worst first, and the named records, failed ones first.
    pub(crate) fn finish(mut self, report: &Report) -> (Vec<CheckGroup>, Vec<(u64, Record)>) {
        for check in report
            .checks
            .iter()
            .chain(report.parts.iter().flat_map(|part| &part.checks))
        {
            self.add(check, None, &check.subject);
        }
        self.failed.extend(self.others);
        self.failed.truncate(NAMED);
        (self.groups.into_values().collect(), self.failed)
    }

    fn add(&mut self, check: &Check, record: Option<u64>, label: &str) {
        let key = (
            rank(check.outcome),
            check.id,
            check.outcome.reason().map(|reason| reason.as_str()),
            !check.required,
        );
        self.groups
            .entry(key)
            .or_insert_with(|| CheckGroup {
                id: check.id,
                outcome: check.outcome,
                required: check.required,
                count: 0,
                first: Some(CheckSubject {
                    record,
                    label: label.to_owned(),
                    check: check.clone(),
                }),
            })
            .count += 1;
    }
}

impl Recorder for Gather {
    fn record(&mut self, record: Record) -> std::io::Result<()> {
        self.number += 1;
        let label = record.fields.get("executionId").and_then(|value| value.as_str());
        for check in &record.checks {
            self.add(check, Some(self.number), label.unwrap_or(&record.id));
        }
        let list = match record.verdict {
            Verdict::Verified => return Ok(()),
            Verdict::Failed => &mut self.failed,
            Verdict::Indeterminate | Verdict::NotEvidence | Verdict::Error => &mut self.others,
        };
        if list.len() < NAMED {
            list.push((self.number, record));
        }
        Ok(())
    }
}

fn rank(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::Fail(_) => 0,
        Outcome::Undetermined(_) => 1,
        Outcome::Skipped(_) => 2,
        Outcome::Pass => 3,
    }
}
