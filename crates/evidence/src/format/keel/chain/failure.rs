//! The failures of a walk, in the order of its rules (`specs/keel.md` 5.3).

use std::collections::BTreeMap;

use super::Seat;
use super::sequence::Sequence;
use crate::reason::ReasonCode;

/// One entry that fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Failure {
    /// Which rule.
    pub(in super::super) code: ReasonCode,
    /// Where it stands.
    pub(in super::super) seat: Seat,
    /// Its scope; none for null.
    pub(in super::super) scope: Option<String>,
    /// Its number, when it is an integer.
    pub(in super::super) sequence: Option<Sequence>,
    /// What exactly was seen.
    pub(in super::super) detail: String,
}

/// The steps of the walk, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    /// A format that is not known.
    Format,
    /// A number of the wrong type.
    Type,
    /// The order inside an array.
    Order,
    /// A number used again.
    Repeat,
    /// Hash and link, entry by entry.
    Entry,
}

/// How many failures of one code are kept.
const KEPT: u64 = 10_000;

/// Every failure: the first ones of each code in full, all of them counted.
#[derive(Debug, Default)]
pub(super) struct Failures {
    kept: Vec<(Step, Failure)>,
    counts: BTreeMap<ReasonCode, u64>,
}

impl Failures {
    pub(super) fn push(&mut self, step: Step, failure: Failure) {
        if self.count(failure.code, 1) <= KEPT {
            self.kept.push((step, failure));
        }
    }

    /// Counts failures that are not kept one by one; says how many there are now.
    pub(super) fn count(&mut self, code: ReasonCode, more: u64) -> u64 {
        let count = self.counts.entry(code).or_default();
        *count = count.saturating_add(more);
        *count
    }

    /// The failures in the order in which the rules meet them, and the number of each code.
    pub(super) fn in_order(mut self) -> (Vec<Failure>, BTreeMap<ReasonCode, u64>) {
        self.kept.sort_by(|(step, one), (other_step, other)| {
            let by_step = step.cmp(other_step);
            if *step != Step::Entry || by_step.is_ne() {
                return by_step.then_with(|| one.seat.cmp(&other.seat));
            }
            let number = |failure: &Failure| (failure.sequence.is_none(), failure.sequence.clone());
            one.scope
                .cmp(&other.scope)
                .then_with(|| number(one).cmp(&number(other)))
                .then_with(|| one.seat.cmp(&other.seat))
        });
        (self.kept.into_iter().map(|(_, failure)| failure).collect(), self.counts)
    }
}
