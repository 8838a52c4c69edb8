//! What was to be there, what is there, and what could not be seen.

use evidence::Question;

use crate::document::block::{Block, Value, Words};
use crate::document::gathered::Gathered;
use crate::document::table::{Row, Table};
use crate::present::{manifest, scope, sequence_rows, tile, visible};
use crate::view::ManifestListView;
use crate::words::reason;

/// The statement of completeness.
pub(super) fn complete(gathered: &Gathered<'_>) -> Vec<Block> {
    let report = gathered.report;
    let tile = tile(report, &gathered.groups, Question::Complete);
    let mut known: Vec<(Words, Value)> = vec![
        ("Answer".into(), Value::Mark(tile.outcome, tile.lead.into())),
        ("Why".into(), Value::words(tile.text)),
        ("Records found".into(), Value::Number(report.counts.records)),
    ];
    let declared: Vec<u64> = report
        .parts
        .iter()
        .flat_map(|part| &part.manifests)
        .filter_map(|list| list.declared)
        .collect();
    if let [one] = declared[..] {
        known.push(("Records declared by the sender".into(), Value::Number(one)));
    }
    if let Some(scope) = scope(report) {
        known.push((scope.title.into(), Value::words(scope.sentence)));
    }
    let mut blocks = vec![Block::Facts(known)];
    let lists = manifest(report);
    if lists.lists.is_empty() {
        blocks.extend([Block::heading("List of the sender"), Block::paragraph(lists.empty)]);
    }
    for list in &lists.lists {
        blocks.extend(list_blocks(list));
    }
    blocks.extend(sequences(gathered));
    blocks.extend(limits(gathered));
    blocks
}

fn list_blocks(list: &ManifestListView) -> [Block; 2] {
    [
        Block::heading(format!("List of the sender: {}", list.path)),
        Block::paragraph(&list.sentence),
    ]
}

fn sequences(gathered: &Gathered<'_>) -> Vec<Block> {
    let rows: Vec<Row> = sequence_rows(gathered.report, &gathered.sequences)
        .map(|row| {
            vec![
                Value::code(row.name),
                Value::Mark(row.outcome, row.word.into()),
                Value::words(row.numbers),
                Value::words(row.counts),
            ]
        })
        .collect();
    if rows.is_empty() {
        return vec![Block::paragraph(
            "The records carry no numbers that follow each other, so no gap between them could be seen.",
        )];
    }
    let columns = [
        ("Sequence", 30),
        ("Result", 34),
        ("Numbers", 22),
        ("Gaps and other troubles", 34),
    ];
    vec![
        Block::heading("Numbers that follow each other"),
        Block::Table(Table::all("Sequences", ["sequence", "sequences"], &columns, rows)),
    ]
}

/// What a limit of the program kept from being seen.
fn limits(gathered: &Gathered<'_>) -> Vec<Block> {
    let limits = &gathered.report.limits;
    if limits.is_empty() {
        return vec![Block::paragraph(
            "No limit of this program was hit: everything in the pack was looked at.",
        )];
    }
    let rows = limits
        .iter()
        .map(|limit| {
            vec![
                Value::code(visible(&limit.subject)),
                Value::words(format!("{} {}", reason(limit.code).plain, limit.effect)),
                Value::Number(limit.value),
                Value::code(limit.code.as_str()),
            ]
        })
        .collect();
    let columns = [
        ("About", 30),
        ("What was not looked at", 50),
        ("Limit", 14),
        ("Code", 26),
    ];
    vec![
        Block::heading("Limits that were hit"),
        Block::Table(Table::all("Limits", ["limit", "limits"], &columns, rows)),
    ]
}
