//! What the reviewer noted, decided and answered.

use super::not_written;
use crate::document::block::{Block, Value};
use crate::document::gathered::Gathered;
use crate::document::note_rows::{about, at, decided, with_tags};
use crate::document::table::{Row, Table};
use crate::note::{Annotation, ChecklistItem, Decision, Review};
use crate::words::answer;

/// Notes, decisions, checklist.
pub(super) fn work(gathered: &Gathered<'_>) -> Vec<Block> {
    let Some(review) = gathered.review() else {
        return vec![not_written(gathered, "notes, decisions or answers")];
    };
    let mut blocks = vec![Block::heading("Notes")];
    blocks.push(if review.annotations.is_empty() {
        not_written(gathered, "notes")
    } else {
        let columns = [("About", 34), ("Note and tags", 60), ("Who", 20), ("When", 22)];
        let rows = review.annotations.iter().map(noted).collect();
        Block::Table(Table::all("Notes", ["note", "notes"], &columns, rows))
    });
    blocks.push(Block::heading("Decisions"));
    blocks.push(if review.decisions.is_empty() {
        not_written(gathered, "decisions")
    } else {
        let columns = [("About", 34), ("Decision", 22), ("Why", 40), ("Who", 20), ("When", 22)];
        let rows = review.decisions.iter().map(decision).collect();
        Block::Table(Table::all("Decisions", ["decision", "decisions"], &columns, rows))
    });
    blocks.extend(checklist(gathered, review));
    blocks
}

fn noted(note: &Annotation) -> Row {
    vec![
        Value::words(about(&note.target)),
        Value::words(with_tags(note)),
        Value::words(&note.author),
        at(&note.at),
    ]
}

fn decision(decision: &Decision) -> Row {
    vec![
        Value::words(about(&decision.target)),
        Value::words(decided(decision.value)),
        Value::words(&decision.reason),
        Value::words(&decision.author),
        at(&decision.at),
    ]
}

fn checklist(gathered: &Gathered<'_>, review: &Review) -> Vec<Block> {
    let mut blocks = vec![Block::heading("Checklist")];
    if review.checklist.is_empty() {
        blocks.push(not_written(gathered, "checklist"));
        return blocks;
    }
    if let Some(template) = &review.checklist_template {
        blocks.push(Block::Facts(vec![
            (
                "Template".into(),
                Value::words(format!("{}, version {}", template.title, template.version)),
            ),
            ("SHA-256 of the template".into(), Value::Hash(template.sha256.to_hex())),
        ]));
    }
    let columns = [
        ("Question", 52),
        ("Answer", 14),
        ("Remark and evidence", 44),
        ("Who", 18),
        ("When", 20),
    ];
    let rows = review.checklist.iter().map(question).collect();
    blocks.push(Block::Table(Table::all(
        "Checklist",
        ["question", "questions"],
        &columns,
        rows,
    )));
    blocks
}

fn question(item: &ChecklistItem) -> Row {
    let Some(given) = &item.answer else {
        return vec![
            Value::words(&item.text),
            Value::words("Open"),
            Value::None,
            Value::None,
            Value::None,
        ];
    };
    let shown_by = match given.evidence_refs.as_slice() {
        [] => String::new(),
        refs => format!("Shown by: {}", refs.join(", ")),
    };
    let remark = [given.remark.as_str(), &shown_by];
    let remark: Vec<&str> = remark.into_iter().filter(|text| !text.is_empty()).collect();
    vec![
        Value::words(&item.text),
        Value::words(answer(given.value)),
        Value::words(remark.join("\n")),
        Value::words(&given.author),
        at(&given.at),
    ]
}
