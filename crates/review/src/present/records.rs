//! The table of records.

use evidence::{Counts, Record, Verdict};

use crate::view::{ColumnView, RecordRow, RecordsView, VerdictCount};
use crate::words::sentence::{count, number};
use crate::words::{record_type, record_verdict};

use super::hex::short_hex;
use super::text::{label, local_time, time};
use super::verdict_view;

/// Keys of the columns, for sorting, in the order of a row's cells.
pub const COLUMNS: [&str; 7] = ["number", "executionId", "type", "time", "app", "hash", "verdict"];

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
    let [number, execution, kind, time, app, hash, verdict] = COLUMNS;
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
        column(time, "Time UTC, claimed", false, false, 22),
        column(app, "App or surface", true, false, 14),
        column(hash, "Fingerprint", true, false, 19),
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
pub fn record_row(number: u64, record: &Record) -> RecordRow {
    let text = |names: &[&str]| names.iter().find_map(|name| field(record, name));
    let shown = |names: &[&str]| text(names).map_or_else(String::new, label);
    let when = text(&["executionTimestamp", "createdAt", "attestedAt"]);
    RecordRow {
        record: number,
        verdict: verdict_view(record.verdict),
        word: record_verdict(record.verdict).to_owned(),
        cells: vec![
            crate::words::sentence::number(number),
            shown(&["executionId"]),
            text(&["bundleType"]).map_or_else(String::new, |kind| label(&record_type(kind))),
            when.map_or_else(String::new, time_cell),
            shown(&["app", "surface"]),
            text(&["certificateHash"]).map_or_else(String::new, short_hex),
            record_verdict(record.verdict).to_owned(),
        ],
        hint: when.map_or_else(String::new, local_time),
    }
}

/// A time without its zone, which stands in the column's heading.
fn time_cell(text: &str) -> String {
    let shown = time(text);
    shown.strip_suffix(" UTC").map(str::to_owned).unwrap_or(shown)
}

fn field<'a>(record: &'a Record, name: &str) -> Option<&'a str> {
    record.fields.get(name)?.as_str().filter(|text| !text.is_empty())
}
