//! A note that is only to be read: its history replayed, refused where it does not hold together.

use std::path::Path;

use super::read::{NotRead, read};
use crate::note::ledger::Ledger;

/// Why a note's work cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Unusable {
    /// The file is no note, or cannot be read.
    #[error(transparent)]
    NotRead(#[from] NotRead),
    /// Its history was changed, or shows other words than the note.
    #[error("the review note does not hold together; \"sealcheck note verify\" says where")]
    Changed,
    /// It holds something that this program does not know.
    #[error("the review note was written by a newer version")]
    Newer,
}

/// The work in a finished note or a case file, as its history gives it. Signatures are not looked at.
///
/// # Errors
/// When it is no note, or one whose history and words do not agree.
pub fn ledger_of(path: &Path) -> Result<Ledger, Unusable> {
    let note = read(path)?;
    if note.newer {
        return Err(Unusable::Newer);
    }
    if note.broken.is_some() {
        return Err(Unusable::Changed);
    }
    let shown = note.shown;
    let ledger = Ledger::replay(note.entries).map_err(|_| Unusable::Changed)?;
    let told = serde_json::to_value(ledger.review()).map_err(|_| Unusable::Changed)?;
    if shown.is_some_and(|shown| shown != told) {
        return Err(Unusable::Changed);
    }
    Ok(ledger)
}
