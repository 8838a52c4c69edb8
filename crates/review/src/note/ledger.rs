//! The history and what it comes to. Nothing else is stored: replaying the entries gives the note as it stands, and as it
//! stood at any earlier entry.

use super::action::Action;
use super::apply::apply;
use super::history::{Entry, Stamp};
use super::review::{Review, Status};
use super::undo::Undo;

/// Why an act is not allowed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Not at this point of the work.
    #[error("{}", too_late(*.0))]
    Status(Status),
    /// There is nothing of that name.
    #[error("there is no {0} of that name in this note")]
    Absent(&'static str),
    /// Something that must be stated is empty.
    #[error("{0} is missing")]
    Missing(&'static str),
    /// Only the last act can be taken back, and only while nobody has signed off.
    #[error("this can no longer be taken back")]
    NotUndoable,
    /// A note of somebody who has signed off already.
    #[error("this note was signed off; add a note of your own or open the review note again")]
    SignedOff,
    /// What was stated does not agree with itself.
    #[error("{0} does not agree with itself")]
    Inconsistent(&'static str),
}

impl Refused {
    /// A stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Refused::Status(_) => "NOTE_STATUS",
            Refused::Absent(_) => "NOTE_ITEM_ABSENT",
            Refused::Missing(_) => "FIELD_MISSING",
            Refused::NotUndoable => "NOTE_NOT_UNDOABLE",
            Refused::SignedOff => "NOTE_SIGNED_OFF",
            Refused::Inconsistent(_) => "NOTE_INCONSISTENT",
        }
    }
}

fn too_late(status: Status) -> &'static str {
    match status {
        Status::Draft => "the note is a draft; this comes after the preparer has signed off",
        Status::Prepared => "the preparer has signed off; open the note again to change this",
        Status::Reviewed => "the reviewer has signed off; open the note again to change this",
        Status::Released => "the note is released; open it again to change anything",
    }
}

/// A history, and the note it comes to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ledger {
    entries: Vec<Entry>,
    undo: Undo,
    review: Review,
    status: Status,
    /// Number of the entry that ended the last stage.
    stage: u64,
}

impl Ledger {
    /// Replays a history whose chain is whole ([`verify_chain`](super::verify_chain)).
    ///
    /// # Errors
    /// The number of the first entry that was not possible at its place.
    pub fn replay(entries: Vec<Entry>) -> Result<Ledger, (u64, Refused)> {
        let mut ledger = Ledger::default();
        for entry in entries {
            ledger.permit(&entry).map_err(|refused| (entry.seq, refused))?;
            ledger.note(entry);
        }
        ledger.rebuild()?;
        Ok(ledger)
    }

    /// The note as it stood after that entry.
    ///
    /// # Errors
    /// Never for an entry of this history.
    pub fn as_of(&self, seq: u64) -> Result<Ledger, (u64, Refused)> {
        Ledger::replay(
            self.entries
                .iter()
                .take_while(|entry| entry.seq <= seq)
                .cloned()
                .collect(),
        )
    }

    /// The note.
    #[must_use]
    pub fn review(&self) -> &Review {
        &self.review
    }

    /// The history.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entry that the next act would follow.
    #[must_use]
    pub fn last(&self) -> Option<&Entry> {
        self.entries.last()
    }

    /// The entry to take back so that the last act no longer counts.
    #[must_use]
    pub fn undoable(&self) -> Option<u64> {
        self.undo.next()
    }

    /// The entry to take back so that what was last taken back counts again.
    #[must_use]
    pub fn redoable(&self) -> Option<u64> {
        self.undo.next_redo()
    }

    /// Whether an act was taken back and counts no longer.
    #[must_use]
    pub fn is_taken_back(&self, seq: u64) -> bool {
        self.undo.is_taken_back(seq)
    }

    /// Number of the entry that ended the last stage; 0 in the first. What came before it can no longer be changed.
    #[must_use]
    pub fn stage(&self) -> u64 {
        self.stage
    }

    /// The next entry, if the act is allowed now.
    ///
    /// # Errors
    /// When it is not.
    pub fn next(&self, stamp: Stamp<'_>, action: Action) -> Result<Entry, Refused> {
        if stamp.actor.trim().is_empty() {
            return Err(Refused::Missing("the name of the person"));
        }
        let entry = Entry::after(self.last(), stamp, action);
        // On a copy without the history: a refused act leaves nothing.
        let mut tried = Ledger {
            entries: Vec::new(),
            undo: self.undo.clone(),
            review: self.review.clone(),
            ..*self
        };
        tried.permit(&entry)?;
        apply(&mut tried.review, &entry, self.stage)?;
        Ok(entry)
    }

    /// Takes an entry that [`Ledger::next`] has given and that was kept.
    ///
    /// # Errors
    /// When it is not possible here.
    pub fn push(&mut self, entry: Entry) -> Result<(), Refused> {
        self.permit(&entry)?;
        if matches!(entry.action, Action::Undone { .. }) {
            self.note(entry);
            return self.rebuild().map_err(|(_, refused)| refused);
        }
        apply(&mut self.review, &entry, self.stage)?;
        self.note(entry);
        Ok(())
    }

    /// Whether the entry may stand at its place, by the order of acts alone.
    fn permit(&mut self, entry: &Entry) -> Result<(), Refused> {
        let begins = matches!(entry.action, Action::Started { .. });
        if begins != (entry.seq == 1) {
            return Err(Refused::Inconsistent("the beginning of the history"));
        }
        if !begins && !entry.action.allowed_in(self.status) {
            return Err(Refused::Status(self.status));
        }
        if let Action::Undone { seq } = &entry.action {
            self.undo.take_back(*seq, entry.seq)?;
        }
        self.status = entry.action.leads_to(self.status);
        self.undo.did(entry.seq, &entry.action);
        Ok(())
    }

    fn note(&mut self, entry: Entry) {
        if entry.action.ends_stage() {
            self.stage = entry.seq;
        }
        self.entries.push(entry);
    }

    /// Makes the note anew from the entries that count. An act that counts was done when exactly the acts before it that
    /// count now counted: something new clears what could be brought back, and only the last act is taken back.
    fn rebuild(&mut self) -> Result<(), (u64, Refused)> {
        let mut review = Review::default();
        let mut stage = 0;
        let counting = self.entries.iter().filter(|entry| !self.undo.is_taken_back(entry.seq));
        for entry in counting {
            apply(&mut review, entry, stage).map_err(|refused| (entry.seq, refused))?;
            if entry.action.ends_stage() {
                stage = entry.seq;
            }
        }
        self.review = review;
        Ok(())
    }
}

#[cfg(test)]
pub(super) mod tests;
