//! The table of records.

use evidence::{Counts, Verdict};

use crate::case_file::RecordLine;
use crate::view::{ColumnView, RecordRow, RecordsView, VerdictCount};
use crate::words::sentence::{count, number};
use crate::words::{record_type, record_verdict};

use super::hex::short_hex;
use super::text::{label, time};
use super::verdict_view;

/// Keys of the columns, as the case file sorts by them, in the order of a row's cells.
pub const COLUMNS: [&str; 7] = [
    "number",
    "executionId",
    "recordType",
    "createdAt",
    "app",
    "id",
    "verdict",
];

/// What the table needs once.
#[must_use]
pub fn records(counts: &Counts) -> RecordsView {
    let one = |verdict: Verdict, count| VerdictCount {
        verdict: verdict_view(verdict),
        label: record_verdict(verdict).to_owned(),
        count,
    };
    RecordsView {
        sentence: records_line(counts),
        total: counts.records,
        verdicts: vec![
            one(Verdict::Failed, counts.failed),
            one(Verdict::Indeterminate, counts.indeterminate),
            one(Verdict::Verified, counts.verified),
            one(Verdict::NotEvidence, counts.not_evidence),
        ],
        columns: columns(),
    }
}

fn columns() -> Vec<ColumnView> {
    let [number, execution, kind, created, app, id, verdict] = COLUMNS;
    let column = |key: &str, label: &str, mono, numeric, width| ColumnView {
        key: key.to_owned(),
        label: label.to_owned(),
        mono,
        numeric,
        width,
    };
    vec![
        column(number, "Number", false, true, 8),
        column(execution, "Execution id", true, false, 24),
        column(kind, "Type", false, false, 14),
        column(created, "Time, claimed", false, false, 20),
        column(app, "App or surface", true, false, 14),
        column(id, "Recorded fingerprint", true, false, 20),
        column(verdict, "Result", false, false, 12),
    ]
}

/// "48,211 of 48,213 records verified, 2 with a mismatch".
#[must_use]
pub fn records_line(counts: &Counts) -> String {
    if counts.records == 0 {
        return "No records".to_owned();
    }
    let mut line = format!(
        "{} of {} verified",
        number(counts.verified),
        count(counts.records, "record", "records")
    );
    for (value, words) in [
        (counts.failed, "with a mismatch"),
        (counts.indeterminate, "undecided"),
        (counts.not_evidence, "not recognised"),
    ] {
        if value > 0 {
            line.push_str(&format!(", {} {words}", number(value)));
        }
    }
    line
}

/// One row of the table.
#[must_use]
pub fn record_row(line: &RecordLine) -> RecordRow {
    let app = if line.app.is_empty() { &line.surface } else { &line.app };
    RecordRow {
        record: line.number,
        verdict: verdict_view(line.verdict),
        word: record_verdict(line.verdict).to_owned(),
        cells: vec![
            number(line.number),
            label(&line.execution_id),
            label(&record_type(&line.record_type)),
            time(&line.created_at),
            label(app),
            short_hex(&line.id),
            record_verdict(line.verdict).to_owned(),
        ],
    }
}
