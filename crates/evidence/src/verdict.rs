//! The verdict: one pure function of checks.

use serde::{Serialize, Serializer};

use crate::check::{Check, Outcome, Question};
use crate::reason::ReasonCode;

/// The answer for a record, a part or a pack.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, strum::IntoStaticStr, strum::EnumString, strum::EnumIter,
)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Verdict {
    /// Every required check passed.
    Verified,
    /// A required check proved a mismatch.
    Failed,
    /// A required check could not be answered, or nothing required passed.
    Indeterminate,
    /// Readable, but not a kind of evidence this version knows.
    NotEvidence,
    /// Could not be read, or a limit was reached.
    Error,
}

impl Verdict {
    /// The report's word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

impl Serialize for Verdict {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// What a roll-up of checks comes to: the same rule serves the verdict and each of the three questions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RollUp {
    /// The outcome; its reason is the first one that caused it.
    pub outcome: Outcome,
    /// Every reason that caused it, in order of discovery, no repeats.
    pub reasons: Vec<ReasonCode>,
}

/// The roll-up of required checks (`design.md` 2): a failure decides; else a missing answer; else at least one pass is needed.
pub fn roll_up<'a>(checks: impl IntoIterator<Item = &'a Check>) -> RollUp {
    let mut tally = Tally::default();
    for check in checks {
        tally.add(check);
    }
    tally.finish()
}

/// A roll-up in the making, for checks that pass by one at a time.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tally {
    passed: bool,
    failed: Vec<ReasonCode>,
    undetermined: Vec<ReasonCode>,
    skipped: Vec<ReasonCode>,
}

impl Tally {
    /// Adds one check; one that is not required decides nothing.
    pub(crate) fn add(&mut self, check: &Check) {
        if !check.required {
            return;
        }
        let reasons = match check.outcome {
            Outcome::Pass => {
                self.passed = true;
                return;
            }
            Outcome::Fail(_) => &mut self.failed,
            Outcome::Undetermined(_) => &mut self.undetermined,
            Outcome::Skipped(_) => &mut self.skipped,
        };
        add_new(reasons, check.reasons());
    }

    /// What it comes to. Failures lead; what is also unanswered stays readable behind them.
    pub(crate) fn finish(mut self) -> RollUp {
        if let Some(first) = self.failed.first().copied() {
            add_new(&mut self.failed, self.undetermined.into_iter());
            return RollUp {
                outcome: Outcome::Fail(first),
                reasons: self.failed,
            };
        }
        if let Some(first) = self.undetermined.first().copied() {
            return RollUp {
                outcome: Outcome::Undetermined(first),
                reasons: self.undetermined,
            };
        }
        if self.passed {
            return RollUp {
                outcome: Outcome::Pass,
                reasons: Vec::new(),
            };
        }
        let first = self.skipped.first().copied().unwrap_or(ReasonCode::NotPresent);
        RollUp {
            outcome: Outcome::Skipped(first),
            reasons: self.skipped,
        }
    }
}

fn add_new(list: &mut Vec<ReasonCode>, reasons: impl Iterator<Item = ReasonCode>) {
    for reason in reasons {
        if !list.contains(&reason) {
            list.push(reason);
        }
    }
}

/// The verdict that a roll-up gives: nothing required that passed is undecided, never verified.
#[must_use]
pub fn verdict(roll_up: &RollUp) -> Verdict {
    match roll_up.outcome {
        Outcome::Pass => Verdict::Verified,
        Outcome::Fail(_) => Verdict::Failed,
        Outcome::Undetermined(_) | Outcome::Skipped(_) => Verdict::Indeterminate,
    }
}

/// The roll-up of one question: only the checks that answer it.
pub fn question<'a>(checks: impl IntoIterator<Item = &'a Check>, question: Question) -> RollUp {
    roll_up(checks.into_iter().filter(|check| check.question() == question))
}

/// The verdict of things that have verdicts of their own (records of a part, parts of a pack).
///
/// Failed before error before undecided before not recognised before verified. `None` for nothing at all.
pub fn worst(verdicts: impl IntoIterator<Item = Verdict>) -> Option<Verdict> {
    fn rank(verdict: Verdict) -> u8 {
        match verdict {
            Verdict::Failed => 4,
            Verdict::Error => 3,
            Verdict::Indeterminate => 2,
            Verdict::NotEvidence => 1,
            Verdict::Verified => 0,
        }
    }
    verdicts.into_iter().max_by_key(|verdict| rank(*verdict))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::CheckId;

    fn check(outcome: Outcome) -> Check {
        Check::new(CheckId::BundleIntegrity, "record", outcome)
    }

    #[test]
    fn one_failure_decides_whatever_passed() {
        let checks = [
            check(Outcome::Pass),
            check(Outcome::Fail(ReasonCode::BundleHashMismatch)),
        ];
        assert_eq!(verdict(&roll_up(&checks)), Verdict::Failed);
    }

    #[test]
    fn skipped_alone_is_never_verified() {
        let checks = [check(Outcome::Skipped(ReasonCode::NotPresent))];
        assert_eq!(verdict(&roll_up(&checks)), Verdict::Indeterminate);
    }

    #[test]
    fn nothing_is_never_verified() {
        assert_eq!(verdict(&roll_up(&[])), Verdict::Indeterminate);
    }

    #[test]
    fn a_question_is_answered_by_its_own_checks_alone() {
        let checks = [
            check(Outcome::Fail(ReasonCode::BundleHashMismatch)),
            Check::new(CheckId::Signature, "record", Outcome::Pass),
        ];
        let answer = |asked| question(&checks, asked).outcome;
        assert_eq!(answer(Question::FromWhom), Outcome::Pass);
        assert_eq!(
            answer(Question::Unchanged),
            Outcome::Fail(ReasonCode::BundleHashMismatch)
        );
        assert_ne!(answer(Question::Complete), Outcome::Pass);
    }

    #[test]
    fn a_check_that_is_not_required_decides_nothing() {
        let checks = [
            check(Outcome::Pass),
            check(Outcome::Fail(ReasonCode::BundleHashMismatch)).not_required(),
        ];
        assert_eq!(verdict(&roll_up(&checks)), Verdict::Verified);
    }
}
