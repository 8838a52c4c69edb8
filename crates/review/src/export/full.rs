//! The full report (`sealcheck.report/1`) as a file.

use std::path::Path;

use evidence::Report;

use crate::report_json::{Session, Spool};
use crate::save::{Draft, Existing, SaveError, Saved};

/// Writes the report with the records of `spool`.
///
/// # Errors
/// When the file cannot be written; an old one stays.
pub fn save_report(
    path: &Path,
    existing: Existing,
    report: &Report,
    spool: Spool,
    session: &Session,
) -> Result<Saved, SaveError> {
    let mut draft = Draft::of(path)?;
    spool
        .write(report, session, &mut draft)
        .map_err(|source| draft.error(source))?;
    draft.keep(existing)
}
