//! What was received, what is in it, and who had it.

use super::{fact, not_written};
use crate::document::block::{Block, Value};
use crate::document::gathered::Gathered;
use crate::document::table::{Row, Table};
use crate::note::Custody;
use crate::present::{files, time};
use crate::words::{cover, file_role};

/// Input, custody, files.
pub(super) fn received(gathered: &Gathered<'_>) -> Vec<Block> {
    let report = gathered.report;
    let mut known = vec![
        ("Name".into(), Value::code(&report.input.name)),
        ("Kind".into(), Value::words(&report.input.kind)),
        ("Bytes".into(), Value::Number(report.input.size)),
    ];
    known.extend(fact("SHA-256", Value::digest(report.input.sha256)));
    let mut blocks = vec![Block::Facts(known), Block::heading("Custody")];
    let custody = gathered.review().map_or(&[][..], |review| &review.custody);
    blocks.push(if custody.is_empty() {
        not_written(gathered, "record of custody")
    } else {
        let columns = [
            ("What", 20),
            ("From", 18),
            ("By", 18),
            ("When", 20),
            ("Medium", 16),
            ("Purpose and note", 30),
        ];
        let rows = custody.iter().map(handed_over).collect();
        Block::Table(Table::all("Custody", ["hand-over", "hand-overs"], &columns, rows))
    });
    blocks.push(Block::heading("Files"));
    blocks.push(Block::paragraph(files(report).sentence));
    let columns = [
        ("Path", 44),
        ("Bytes", 12),
        ("Role", 24),
        ("Covered", 26),
        ("SHA-256", 36),
    ];
    let rows = report.files.iter().map(file).collect();
    blocks.push(Block::Table(Table::all("Files", ["file", "files"], &columns, rows)));
    blocks
}

fn handed_over(one: &Custody) -> Row {
    let more = [one.purpose.as_str(), one.note.as_str()];
    let more: Vec<&str> = more.into_iter().filter(|text| !text.is_empty()).collect();
    vec![
        Value::words(&one.input),
        Value::words(&one.received_from),
        Value::words(&one.received_by),
        Value::words(time(&one.received_at)),
        Value::words(&one.medium),
        Value::words(more.join("\n")),
    ]
}

fn file(file: &evidence::FileRow) -> Row {
    vec![
        Value::code(&file.path),
        Value::Number(file.size),
        Value::words(file_role(&file.role)),
        Value::words(cover(&file.role, file.verdict)),
        Value::digest(file.sha256),
    ]
}
