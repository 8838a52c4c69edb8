//! What the sender's own software said, beside what this check says.

use crate::document::block::{Block, Value};
use crate::document::gathered::Gathered;
use crate::document::table::{Row, Table};
use crate::present::{manifest, snapshot_rows};
use crate::view::{OutcomeView, SnapshotRowView, StatementRow, StatementView};

/// Saved results and statements of the sender.
pub(super) fn snapshot(gathered: &Gathered<'_>) -> Vec<Block> {
    let view = manifest(gathered.report);
    let mut blocks = vec![Block::paragraph(view.snapshot_sentence)];
    let case_file = gathered.material.case_file;
    let number_of = |hash: &str| case_file.record_by_hash(hash).ok().flatten();
    let rows: Vec<Row> = snapshot_rows(gathered.report, number_of).map(compared).collect();
    if !rows.is_empty() {
        let columns = [
            ("About", 18),
            ("Check", 24),
            ("Theirs", 18),
            ("Ours", 18),
            ("Compared", 14),
            ("Why they differ", 34),
            ("When, claimed", 22),
        ];
        blocks.push(Block::Table(Table::all(
            "Saved results",
            ["value", "values"],
            &columns,
            rows,
        )));
    }
    for statement in view.statements {
        blocks.extend(stated(statement));
    }
    blocks
}

fn compared(row: SnapshotRowView) -> Row {
    vec![
        Value::words(row.subject),
        Value::words(row.check),
        Value::code(row.theirs),
        Value::code(row.ours),
        Value::Mark(row.outcome, agrees(row.outcome).into()),
        Value::words(row.cause),
        Value::words(row.when),
    ]
}

fn stated(statement: StatementView) -> Vec<Block> {
    let columns = [
        ("Value", 24),
        ("Theirs", 26),
        ("Ours", 26),
        ("Compared", 14),
        ("Note", 36),
    ];
    let rows = statement
        .rows
        .into_iter()
        .map(|row: StatementRow| {
            vec![
                Value::words(row.name),
                Value::words(row.theirs),
                Value::words(row.ours),
                Value::Mark(row.outcome, agrees(row.outcome).into()),
                Value::words(row.note),
            ]
        })
        .collect();
    vec![
        Block::heading(format!("{}, {}", statement.organisation, statement.path)),
        Block::paragraph(statement.sentence),
        Block::Table(Table::all("Sender's statements", ["value", "values"], &columns, rows)),
    ]
}

/// Whether two values agree, in a word.
fn agrees(outcome: OutcomeView) -> &'static str {
    match outcome {
        OutcomeView::Pass => "agrees",
        OutcomeView::Fail | OutcomeView::Undetermined => "differs",
        OutcomeView::Skipped => "not compared",
    }
}
