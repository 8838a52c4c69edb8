//! Counts and roll-ups over a run, kept while checks pass by: memory does not grow with the record count.

use std::collections::BTreeMap;

use crate::check::{Check, Question};
use crate::report::{Counts, Record};
use crate::verdict::{RollUp, Tally, Verdict, worst};

/// Everything a part or a pack says of its checks as a whole.
#[derive(Debug, Clone, Default)]
pub(crate) struct RunTally {
    /// How many of each.
    pub(crate) counts: Counts,
    all: Tally,
    questions: [Tally; 3],
    worst_record: Option<Verdict>,
}

impl RunTally {
    /// Adds a record with its checks.
    pub(crate) fn record(&mut self, record: &Record) {
        self.counts.add_record(record);
        self.worst_record = worst(self.worst_record.into_iter().chain([record.verdict]));
        for check in &record.checks {
            self.roll(check);
        }
    }

    /// Adds a check of the part or of the container.
    pub(crate) fn check(&mut self, check: &Check) {
        self.counts.add_check(check);
        self.roll(check);
    }

    fn roll(&mut self, check: &Check) {
        self.all.add(check);
        let place = match check.question() {
            Question::Unchanged => 0,
            Question::FromWhom => 1,
            Question::Complete => 2,
        };
        if let Some(question) = self.questions.get_mut(place) {
            question.add(check);
        }
    }

    /// The worst verdict among the records.
    pub(crate) fn worst_record(&self) -> Option<Verdict> {
        self.worst_record
    }

    /// The roll-up of every check.
    pub(crate) fn all(&self) -> RollUp {
        self.all.clone().finish()
    }

    /// The roll-up of each question.
    pub(crate) fn questions(&self) -> BTreeMap<Question, RollUp> {
        let [unchanged, from_whom, complete] = self.questions.clone();
        BTreeMap::from([
            (Question::Unchanged, unchanged.finish()),
            (Question::FromWhom, from_whom.finish()),
            (Question::Complete, complete.finish()),
        ])
    }
}
