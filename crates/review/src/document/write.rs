//! Writing a document to a file, whole or not at all.

use std::path::Path;

use evidence::Digest;

use super::{Document, Material, Profile, write_html, write_workbook};
use crate::case_file::CaseError;
use crate::save::{Draft, Existing, SaveError, Saved};

/// The kinds of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, strum::EnumIter)]
pub enum Form {
    /// For reading on a screen, and for printing.
    Html,
    /// For filing.
    #[cfg(feature = "pdf")]
    Pdf,
    /// For sorting and filtering.
    Xlsx,
}

/// Why a report was not written.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The records could not be read.
    #[error(transparent)]
    Case(#[from] CaseError),
    /// The file could not be written.
    #[error(transparent)]
    Save(#[from] SaveError),
    /// A part of it could not be made.
    #[error("the report could not be made: {0}")]
    Io(#[from] std::io::Error),
    /// The writer of that kind of file refused.
    #[error("the report could not be made: {0}")]
    Form(String),
}

/// A report that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// The file.
    pub saved: Saved,
    /// Digest of the report's body, which the file quotes.
    pub body_sha256: Digest,
    /// Rows of records in it; none where the profile has no such table.
    pub rows: Option<u64>,
}

/// Writes a report to a file.
///
/// # Errors
/// When the records cannot be read or the file cannot be written; an old one stays.
pub fn save_document(
    path: &Path,
    existing: Existing,
    form: Form,
    profile: Profile,
    material: Material<'_>,
) -> Result<Exported, ReportError> {
    let mut draft = Draft::of(path)?;
    let document = Document::of(material, profile)?;
    let rows = match form {
        Form::Html => {
            write_html(&document, &mut draft)?;
            listed(&document)
        }
        #[cfg(feature = "pdf")]
        Form::Pdf => {
            use std::io::Write as _;
            draft.write_all(&super::pdf(&document)?)?;
            listed(&document)
        }
        Form::Xlsx => write_workbook(&document, &mut draft)?,
    };
    Ok(Exported {
        saved: draft.keep(existing)?,
        body_sha256: document.body_sha256,
        rows,
    })
}

/// How many rows of records a page lists.
fn listed(document: &Document<'_>) -> Option<u64> {
    let mut tables = document.tables();
    let records = tables.find(|table| table.name == "Records")?;
    Some(crate::words::sentence::length(records.listed().len()))
}
