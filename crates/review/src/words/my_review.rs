//! The reviewer's own choices in words: what can be answered, weighed, concluded, and stated at the end.

use crate::note::sample::Method;
use crate::note::{AnswerValue, Reliance, Role, Severity};

/// An answer of the checklist.
#[must_use]
pub fn answer(value: AnswerValue) -> &'static str {
    match value {
        AnswerValue::Yes => "Yes",
        AnswerValue::No => "No",
        AnswerValue::NotApplicable => "Not applicable",
    }
}

/// How much an exception weighs.
#[must_use]
pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::NotAssessed => "Not assessed yet",
        Severity::Low => "Low",
        Severity::Medium => "Medium",
        Severity::High => "High",
    }
}

/// Whether the evidence may be relied upon.
#[must_use]
pub fn reliance(reliance: Reliance) -> &'static str {
    match reliance {
        Reliance::MayRely => "May rely",
        Reliance::MayRelyWithLimits => "May rely, with limits",
        Reliance::DoNotRely => "Do not rely",
        Reliance::NoConclusion => "No conclusion",
    }
}

/// A way of drawing a sample, and what it does.
#[must_use]
pub fn method(method: Method) -> (&'static str, &'static str) {
    match method {
        Method::Random => ("Random", "Each record has the same chance."),
        Method::Interval => ("Interval", "Evenly along the report, from a start that the seed gives."),
        Method::AllFailures => (
            "All failures and some others",
            "Every record that failed, and so many of the others at random.",
        ),
    }
}

/// What signing off in a role does to the note.
#[must_use]
pub fn signed_as(role: Role) -> &'static str {
    match role {
        Role::Preparer => "Prepared",
        Role::Reviewer => "Reviewed",
        Role::Approver => "Released",
    }
}

/// What is stated with a sign-off; it stands in the note.
#[must_use]
pub fn statement_of(role: Role) -> &'static str {
    match role {
        Role::Preparer => "I did this work, and the note says what I did and found.",
        Role::Reviewer => "I reviewed this work and agree with its conclusion.",
        Role::Approver => "I release this note.",
    }
}

/// What a person is told before she signs; `{name}` is hers.
pub const SIGNING: &str =
    "You are signing the review as {name}. After this, changes need a reason and keep the earlier version.";
