//! The part of a record that a row of a table shows.

use evidence::{ReasonCode, Record, Verdict};

/// One row of the table of records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordLine {
    /// The record's number, from 1.
    pub number: u64,
    /// Its verdict.
    pub verdict: Verdict,
    /// Its identity, e.g. a certificate hash.
    pub id: String,
    /// Execution id; empty when it states none, like every text below.
    pub execution_id: String,
    /// Record-type label.
    pub record_type: String,
    /// Surface.
    pub surface: String,
    /// App.
    pub app: String,
    /// Project.
    pub project: String,
    /// When it says it was created.
    pub created_at: String,
    /// The ecosystem's own status word.
    pub status: String,
    /// The first reason why it is not verified.
    pub reason: Option<ReasonCode>,
    /// Path of its artifact.
    pub path: String,
    /// Its line in an NDJSON file, from 1.
    pub line: Option<u64>,
    /// Its position in an array, from 0.
    pub element: Option<u64>,
}

/// A field's text; empty when it is absent or no text.
pub(crate) fn text<'r>(record: &'r Record, field: &str) -> &'r str {
    record
        .fields
        .get(field)
        .and_then(|value| value.as_str())
        .unwrap_or_default()
}

/// What a person calls the record: its execution id, else its id.
pub(crate) fn label(record: &Record) -> &str {
    match text(record, "executionId") {
        "" => &record.id,
        name => name,
    }
}

/// Worst first, so that sorting by verdict shows what needs attention.
pub(super) fn verdict_rank(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Failed => 0,
        Verdict::Error => 1,
        Verdict::Indeterminate => 2,
        Verdict::NotEvidence => 3,
        Verdict::Verified => 4,
    }
}

pub(super) fn verdict_of(rank: u8) -> Option<Verdict> {
    [
        Verdict::Failed,
        Verdict::Error,
        Verdict::Indeterminate,
        Verdict::NotEvidence,
        Verdict::Verified,
    ]
    .get(usize::from(rank))
    .copied()
}
