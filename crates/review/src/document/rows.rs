//! The two tables that may be long: every record, and every check.

use evidence::{Check, Record, Report, Verdict};

use super::block::Value;
use super::gathered::Gathered;
use super::note_rows::{decision_words, note_text};
use super::table::{Column, Row, Rows, Streamed, Table};
use super::write::ReportError;
use crate::note::Review;
use crate::present::{Layout, found, full_cells, outcome_view, place, record_label, records};
use crate::view::{ColumnView, OutcomeView};
use crate::words::sentence::first_upper;
use crate::words::{check as check_words, outcome, reason, record_verdict};

/// The largest number that every spreadsheet program keeps to the last digit.
const LARGEST_NUMBER: u64 = 999_999_999_999_999;

/// The table of records.
pub(super) struct RecordTable<'a> {
    layout: Layout,
    columns: Vec<ColumnView>,
    review: Option<&'a Review>,
}

impl<'a> RecordTable<'a> {
    pub(super) fn of(report: &Report, review: Option<&'a Review>) -> RecordTable<'a> {
        RecordTable {
            layout: Layout::of(report),
            columns: records(report, |_| 0).columns,
            review,
        }
    }

    /// Values of the record that stand between its number and what it comes to.
    fn stated(&self) -> impl Iterator<Item = (usize, &ColumnView)> {
        let columns = self.columns.iter().enumerate();
        columns.filter(|(_, column)| !matches!(column.key.as_str(), "number" | "verdict"))
    }

    fn columns(&self) -> Vec<Column> {
        let mut columns = vec![Column::of("Record", 5), Column::of("Result", 8)];
        columns.extend(self.stated().map(|(_, column)| {
            let share = u16::try_from(column.width).unwrap_or(12);
            let label = if column.key == "seq" {
                "Sequence number"
            } else {
                &column.label
            };
            let one = Column::of(label, share).short();
            // On paper an app or a type is the least of what is known; the workbook has them.
            if matches!(column.key.as_str(), "app" | "type") {
                one.workbook_only()
            } else {
                one
            }
        }));
        columns.extend([
            Column::of("Reasons", 32),
            Column::of("Where it lies", 30).workbook_only(),
            Column::of("Id", 30).workbook_only(),
        ]);
        if self.review.is_some() {
            columns.extend([Column::of("Decision", 14), Column::of("Notes", 24)]);
        }
        columns
    }

    pub(super) fn row(&self, number: u64, record: &Record) -> Row {
        let cells = full_cells(number, record, self.layout);
        let mut row = vec![
            Value::Number(number),
            Value::Mark(sign(record.verdict), record_verdict(record.verdict).into()),
        ];
        let shown = |(at, column): (usize, &ColumnView)| value(column, cells.get(at).map_or("", String::as_str));
        row.extend(self.stated().map(shown));
        row.extend([
            Value::words(reasons(record)),
            Value::code(place(record)),
            Value::code(&record.id),
        ]);
        if let Some(review) = self.review {
            let decided = review.decision_on(number);
            row.extend([
                Value::words(decided.map_or_else(String::new, decision_words)),
                Value::words(note_text(review.notes_on(number))),
            ]);
        }
        row
    }

    /// The table with the rows that a page lists.
    pub(super) fn table(gathered: &Gathered<'_>) -> Table {
        let table = RecordTable::of(gathered.report, gathered.review());
        Table {
            name: "Records",
            of: ["record", "records"],
            columns: table.columns(),
            rows: Rows::Some(
                gathered.listed.clone(),
                gathered.report.counts.records,
                Streamed::Records,
            ),
            tally: false,
        }
    }
}

/// The sign that a record's verdict has.
fn sign(verdict: Verdict) -> OutcomeView {
    match verdict {
        Verdict::Verified => OutcomeView::Pass,
        Verdict::Failed => OutcomeView::Fail,
        Verdict::Indeterminate => OutcomeView::Undetermined,
        Verdict::NotEvidence | Verdict::Error => OutcomeView::Skipped,
    }
}

/// A stated number that every program keeps is a number; longer ones and ids stay text.
fn value(column: &ColumnView, text: &str) -> Value {
    if column.key == "seq" {
        let number = text.replace(',', "").parse::<u64>().ok();
        return match number.filter(|number| *number <= LARGEST_NUMBER) {
            Some(number) => Value::Number(number),
            None => Value::words(text),
        };
    }
    if column.mono {
        Value::code(text)
    } else {
        Value::words(text)
    }
}

/// The reasons in words, each with its code.
fn reasons(record: &Record) -> String {
    let mut codes: Vec<_> = record.reason_codes.iter().chain(&record.notes).collect();
    codes.dedup();
    let one = |code: &&evidence::ReasonCode| format!("{} ({code})", first_upper(&reason(**code).clause()));
    codes.iter().map(one).collect::<Vec<_>>().join(". ")
}

/// The table of every check, which only the workbook has.
pub(super) struct CheckTable;

impl CheckTable {
    pub(super) fn table(gathered: &Gathered<'_>) -> Table {
        let columns = [
            ("Record", 8),
            ("About", 30),
            ("Check", 20),
            ("Result", 12),
            ("Required", 10),
            ("What was found", 60),
            ("Reason codes", 30),
            ("Recorded", 40),
            ("Recomputed", 40),
        ];
        Table {
            name: "Every check",
            of: ["check", "checks"],
            columns: columns.map(|(label, share)| Column::of(label, share)).into(),
            rows: Rows::Some(Vec::new(), gathered.report.counts.checks.total(), Streamed::Checks),
            tally: false,
        }
    }

    fn row(number: Option<u64>, about: &str, check: &Check) -> Row {
        let codes: Vec<&str> = check.reasons().map(|code| code.as_str()).collect();
        vec![
            number.map_or(Value::None, Value::Number),
            Value::words(about),
            Value::words(check_words(check.id).name),
            Value::Mark(outcome_view(check.outcome), outcome(check.outcome).into()),
            Value::words(if check.required { "yes" } else { "no" }),
            Value::words(found(check)),
            Value::words(codes.join(", ")),
            check.expected.as_deref().map_or(Value::None, Value::code),
            check.found.as_deref().map_or(Value::None, Value::code),
        ]
    }
}

/// Hands every row of a long table to `each`, in the order of the report.
pub(super) fn each_row(
    gathered: &Gathered<'_>,
    streamed: Streamed,
    mut each: impl FnMut(Row) -> Result<(), ReportError>,
) -> Result<(), ReportError> {
    let report = gathered.report;
    match streamed {
        Streamed::Records => {
            let table = RecordTable::of(report, gathered.review());
            let case_file = gathered.material.case_file;
            case_file.each_record(|number, record| each(table.row(number, &record)))
        }
        Streamed::Checks => {
            let of_parts = report.parts.iter().flat_map(|part| &part.checks);
            for check in report.checks.iter().chain(of_parts) {
                each(CheckTable::row(None, &check.subject, check))?;
            }
            gathered.material.case_file.each_record(|number, record| {
                let about = record_label(number, &record);
                let mut checks = record.checks.iter();
                checks.try_for_each(|check| each(CheckTable::row(Some(number), &about, check)))
            })
        }
    }
}
