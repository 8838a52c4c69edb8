//! The finished note (`sealcheck.review/1`) as a file.

use std::path::Path;

use evidence::Report;

use crate::note::{Ledger, document};
use crate::report_json::{Session, Spool};
use crate::save::{Draft, Existing, SaveError, Saved};

/// Writes the note with the report's records of `spool`. The second value names who signed off another result than this
/// one: such a note does not verify.
///
/// # Errors
/// When the file cannot be written; an old one stays.
pub fn save_note(
    path: &Path,
    existing: Existing,
    report: &Report,
    spool: Spool,
    session: &Session,
    ledger: &Ledger,
) -> Result<(Saved, Vec<String>), SaveError> {
    let mut draft = Draft::of(path)?;
    let written = document::write(spool, report, session, ledger, &mut draft).map_err(|source| draft.error(source))?;
    Ok((draft.keep(existing)?, written.stale))
}
