//! What a person wrote, as values of tables.

use super::block::Value;
use crate::note::{Annotation, Decision, DecisionValue, Target};
use crate::present::time_to_the_second;
use crate::words::sentence::{count, number};

/// "Accepted: as agreed with the client".
pub(super) fn decision_words(decision: &Decision) -> String {
    let word = decided(decision.value);
    if decision.reason.is_empty() {
        word.to_owned()
    } else {
        format!("{word}: {}", decision.reason)
    }
}

/// The word of a decision.
pub(super) fn decided(value: DecisionValue) -> &'static str {
    crate::words::note::decision(value).word
}

/// Notes in one text, tags in brackets.
pub(super) fn note_text<'a>(notes: impl Iterator<Item = &'a Annotation>) -> String {
    notes.map(with_tags).collect::<Vec<_>>().join("\n")
}

/// "Asked the vendor. [open, vendor]"
pub(super) fn with_tags(note: &Annotation) -> String {
    match (note.text.is_empty(), note.tags.is_empty()) {
        (_, true) => note.text.clone(),
        (true, false) => format!("[{}]", note.tags.join(", ")),
        (false, false) => format!("{} [{}]", note.text, note.tags.join(", ")),
    }
}

/// What a note or decision is about, in words.
pub(super) fn about(target: &Target) -> String {
    match target {
        Target::Pack { reference, .. } => format!("Pack {reference}"),
        Target::Record {
            reference, number: no, ..
        } => format!("Record {}, {reference}", number(*no)),
        Target::Records {
            reference, count: many, ..
        } => {
            format!("{}: {reference}", count(*many, "record", "records"))
        }
        Target::Check {
            reference,
            subject,
            number: no,
            ..
        } => match no {
            Some(no) => format!("Record {}, check {reference}", number(*no)),
            None => format!("Check {reference} of {subject}"),
        },
        Target::Field {
            reference, number: no, ..
        } => format!("Record {}, field {reference}", number(*no)),
    }
}

/// A time of the note, to the second.
pub(super) fn at(time: &str) -> Value {
    Value::words(time_to_the_second(time))
}
