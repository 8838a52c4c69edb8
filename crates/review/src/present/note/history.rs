//! The history of a note: who did what and when, and whether its entries hold together.

use super::place::about;
use crate::note::{Action, Entry, Ledger, Note, verify_chain};
use crate::present::{local_time, time_to_the_second, visible, visible_source};
use crate::view::{HistoryRow, HistoryView};
use crate::words::note::{act, decision, role};
use crate::words::sentence::{count, first_lower, length};

/// So many entries are shown, the last ones; a finished note holds all of them.
const SHOWN: usize = 500;

/// The history, checked anew.
#[must_use]
pub fn history(note: &Note) -> HistoryView {
    shown(note.ledger(), note.ledger().entries())
}

/// The history of a note that somebody hands over, which may not be one that can be replayed.
pub(in crate::present) fn history_of(entries: &[Entry]) -> HistoryView {
    shown(&Ledger::replay(entries.to_vec()).unwrap_or_default(), entries)
}

fn shown(ledger: &Ledger, entries: &[Entry]) -> HistoryView {
    let checked = verify_chain(entries);
    let all = count(length(entries.len()), "entry", "entries");
    HistoryView {
        sentence: match &checked {
            Ok(()) if entries.is_empty() => "Nothing was done yet. The first act begins the history.".to_owned(),
            Ok(()) if entries.len() > SHOWN => {
                format!("History checked: {all} hold together. The last {SHOWN} are shown.")
            }
            Ok(()) => format!("History checked: {all} hold together."),
            Err(broken) => format!("The history does not hold together: {broken}."),
        },
        whole: checked.is_ok(),
        entries: entries
            .iter()
            .rev()
            .take(SHOWN)
            .map(|entry| row(ledger, entry))
            .collect(),
    }
}

fn row(ledger: &Ledger, entry: &Entry) -> HistoryRow {
    HistoryRow {
        seq: entry.seq,
        at: time_to_the_second(&entry.at),
        hint: local_time(&entry.at),
        who: visible(&entry.actor),
        what: told(ledger, &entry.action),
        words: visible_source(words(&entry.action)),
        taken_back: ledger.is_taken_back(entry.seq),
        sha256: entry.sha256.to_hex(),
    }
}

/// What an entry was, inside a sentence: "note on record 3".
pub(super) fn what(ledger: &Ledger, seq: u64) -> String {
    match action_of(ledger, seq) {
        Some(Action::NoteAdded { target, .. }) => format!("note on {}", inside(&about(target))),
        Some(Action::NoteChanged { id, .. }) => format!("change of the note on {}", noted(ledger, id)),
        Some(Action::NoteRemoved { id }) => format!("removal of the note on {}", noted(ledger, id)),
        Some(Action::Decided { target, .. }) => format!("decision on {}", inside(&about(target))),
        // Bringing back names what comes back.
        Some(Action::Undone { seq: of }) if *of != seq => what(ledger, *of),
        Some(action) => first_lower(&told(ledger, action)),
        None => String::new(),
    }
}

fn action_of(ledger: &Ledger, seq: u64) -> Option<&Action> {
    let entry = ledger.entries().iter().find(|entry| entry.seq == seq)?;
    Some(&entry.action)
}

/// "the whole pack", "record 3": the words for an item inside a sentence.
fn inside(about: &str) -> String {
    match about {
        "Whole pack" => "the whole pack".to_owned(),
        other => first_lower(other),
    }
}

/// What a note is about, inside a sentence.
fn noted(ledger: &Ledger, id: &str) -> String {
    target_of(ledger, id).map_or_else(|| "an item".to_owned(), |about| inside(&about))
}

/// What an act was: "Note written: record 3".
fn told(ledger: &Ledger, action: &Action) -> String {
    let lead = act(action);
    match action {
        Action::NoteAdded { target, .. } => format!("{lead}: {}", inside(&about(target))),
        Action::NoteChanged { id, .. } | Action::NoteRemoved { id } => format!("{lead}: {}", noted(ledger, id)),
        Action::Decided { target, value, .. } => {
            format!("{}: {}", decision(*value).word, inside(&about(target)))
        }
        Action::ChecklistChosen { template } => format!("{lead}: {}", visible(&template.title)),
        Action::SampleDrawn { sample } => format!("{lead}: {}", count(sample.size, "record", "records")),
        Action::ExceptionsAdded { exceptions } => format!("{lead}: {}", length(exceptions.len())),
        Action::SignedOff { signoff } => format!("{lead} as {}", role(signoff.role)),
        Action::Undone { seq } => undone(ledger, *seq),
        Action::Started { .. }
        | Action::EngagementStated { .. }
        | Action::CustodyStated { .. }
        | Action::ProcedureStated { .. }
        | Action::ChecklistAnswered { .. }
        | Action::ExceptionChanged { .. }
        | Action::ExceptionRemoved { .. }
        | Action::ContradictingStated { .. }
        | Action::Concluded { .. }
        | Action::RetentionStated { .. }
        | Action::Reopened { .. } => lead.to_owned(),
    }
}

fn undone(ledger: &Ledger, seq: u64) -> String {
    match action_of(ledger, seq) {
        Some(Action::Undone { .. }) => format!("Brought back: {}", what(ledger, seq)),
        _ => format!("Taken back: {}", what(ledger, seq)),
    }
}

fn target_of(ledger: &Ledger, id: &str) -> Option<String> {
    let seq: u64 = id.strip_prefix('n')?.parse().ok()?;
    let Some(Action::NoteAdded { target, .. }) = action_of(ledger, seq) else {
        return None;
    };
    Some(about(target))
}

/// The person's own words in an act.
fn words(action: &Action) -> &str {
    match action {
        Action::NoteAdded { text, .. } | Action::NoteChanged { text, .. } => text,
        Action::Decided { reason, .. } | Action::Reopened { reason } => reason,
        Action::Concluded { conclusion } => &conclusion.text,
        Action::SignedOff { signoff } => &signoff.statement,
        Action::ChecklistAnswered { remark, .. } => remark,
        Action::ExceptionChanged { exception } => &exception.description,
        Action::Started { .. }
        | Action::EngagementStated { .. }
        | Action::CustodyStated { .. }
        | Action::ProcedureStated { .. }
        | Action::NoteRemoved { .. }
        | Action::ChecklistChosen { .. }
        | Action::SampleDrawn { .. }
        | Action::ExceptionsAdded { .. }
        | Action::ExceptionRemoved { .. }
        | Action::ContradictingStated { .. }
        | Action::RetentionStated { .. }
        | Action::Undone { .. } => "",
    }
}
