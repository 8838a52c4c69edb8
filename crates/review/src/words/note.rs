//! The reviewer's note: how far it is, what can be decided, what was done.

use crate::note::{Action, DecisionValue, Role, Status};

/// A word, and what it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meaning {
    /// The word.
    pub word: &'static str,
    /// What it means, in one or two sentences.
    pub about: &'static str,
}

/// The words for a decision.
#[must_use]
pub fn decision(value: DecisionValue) -> Meaning {
    match value {
        DecisionValue::Accepted => Meaning {
            word: "Accepted",
            about: "It is relied upon as it is.",
        },
        DecisionValue::AcceptedWithException => Meaning {
            word: "Accepted with exception",
            about: "It is relied upon, with the exception that the reason describes.",
        },
        DecisionValue::Rejected => Meaning {
            word: "Rejected",
            about: "It is not relied upon.",
        },
        DecisionValue::MoreEvidence => Meaning {
            word: "More evidence needed",
            about: "It stays open until what the reason names has come.",
        },
        DecisionValue::NotApplicable => Meaning {
            word: "Not applicable",
            about: "It lies outside of this work.",
        },
    }
}

/// The words for a stage.
#[must_use]
pub fn status(status: Status) -> Meaning {
    match status {
        Status::Draft => Meaning {
            word: "Draft",
            about: "Nobody has signed off yet.",
        },
        Status::Prepared => Meaning {
            word: "Prepared",
            about: "The preparer has signed off. Notes can be added; anything else needs the review opened again.",
        },
        Status::Reviewed => Meaning {
            word: "Reviewed",
            about: "The reviewer has signed off. Notes can be added; anything else needs the review opened again.",
        },
        Status::Released => Meaning {
            word: "Released",
            about: "The review is closed. To change anything, open it again and say why.",
        },
    }
}

/// "preparer": a role inside a sentence.
#[must_use]
pub fn role(role: Role) -> &'static str {
    match role {
        Role::Preparer => "preparer",
        Role::Reviewer => "reviewer",
        Role::Approver => "approver",
    }
}

/// What an act was, without its item: "Note written", "Decided".
#[must_use]
pub fn act(action: &Action) -> &'static str {
    match action {
        Action::Started { .. } => "Review begun",
        Action::EngagementStated { .. } => "Engagement stated",
        Action::CustodyStated { .. } => "Custody stated",
        Action::ProcedureStated { .. } => "Procedure described",
        Action::NoteAdded { .. } => "Note written",
        Action::NoteChanged { .. } => "Note changed",
        Action::NoteRemoved { .. } => "Note removed",
        Action::Decided { .. } => "Decided",
        Action::ChecklistChosen { .. } => "Checklist chosen",
        Action::ChecklistAnswered { .. } => "Checklist answered",
        Action::SampleDrawn { .. } => "Sample drawn",
        Action::ExceptionsAdded { .. } => "Exceptions added",
        Action::ExceptionChanged { .. } => "Exception changed",
        Action::ExceptionRemoved { .. } => "Exception removed",
        Action::ContradictingStated { .. } => "Contradicting information stated",
        Action::Concluded { .. } => "Conclusion drawn",
        Action::RetentionStated { .. } => "Retention stated",
        Action::SignedOff { .. } => "Signed off",
        Action::Reopened { .. } => "Opened again",
        Action::Undone { .. } => "Taken back",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use strum::IntoEnumIterator as _;

    #[test]
    fn no_sentence_is_longer_than_twenty_words() {
        let stages = [Status::Draft, Status::Prepared, Status::Reviewed, Status::Released];
        let about = DecisionValue::iter()
            .map(|value| decision(value).about)
            .chain(stages.map(|stage| status(stage).about));
        for sentence in about.flat_map(|text| text.split_terminator('.')) {
            assert!(sentence.split_whitespace().count() <= 20, "{sentence}");
        }
    }
}
