//! Verdicts, outcomes and the three questions.

use evidence::{Outcome, Question, Verdict};

use super::reasons::reason;

/// The banner's word.
#[must_use]
pub fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Verified => "Verified",
        Verdict::Failed => "Problem found",
        Verdict::Indeterminate => "Cannot be decided yet",
        Verdict::NotEvidence => "Not recognised",
        Verdict::Error => "The check did not finish",
    }
}

/// The word for one record.
#[must_use]
pub fn record_verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Verified => "Verified",
        Verdict::Failed => "Mismatch",
        Verdict::Indeterminate => "Undecided",
        Verdict::NotEvidence => "Not recognised",
        Verdict::Error => "Not finished",
    }
}

/// The answer of a check.
#[must_use]
pub fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Pass => "Passed",
        Outcome::Fail(_) => "Mismatch",
        Outcome::Undetermined(_) => "Undecided",
        Outcome::Skipped(_) => "Not checked",
    }
}

/// The question as it stands on its tile.
#[must_use]
pub fn question(question: Question) -> &'static str {
    match question {
        Question::Unchanged => "Unchanged?",
        Question::FromWhom => "From whom?",
        Question::Complete => "Complete?",
    }
}

/// The tile's answer in one word or sentence.
#[must_use]
pub fn tile_lead(question: Question, outcome: Outcome) -> &'static str {
    match (question, outcome) {
        (Question::Unchanged, Outcome::Pass) => "Unchanged.",
        (Question::FromWhom, Outcome::Pass) => "Signed with a key in your key book:",
        (Question::Complete, Outcome::Pass) => "No gap seen.",
        (_, Outcome::Fail(code)) => reason(code).lead.unwrap_or("Does not match."),
        (_, Outcome::Undetermined(code)) => reason(code).lead.unwrap_or("Cannot be decided yet."),
        (_, Outcome::Skipped(code)) => reason(code).lead.unwrap_or("Not checked."),
    }
}
