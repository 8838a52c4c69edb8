//! What stands inside the evidence: claims of the sender, remarks of the check. None of it decides anything.

use crate::document::block::{Block, Value, Words};
use crate::document::gathered::Gathered;
use crate::document::table::Table;
use crate::present::{content, remarks, signed, stated_labels};
use crate::view::{ContentGroup, Fact, SignedView};

/// Claims and remarks.
pub(super) fn says(gathered: &Gathered<'_>) -> Vec<Block> {
    let report = gathered.report;
    let mut blocks = vec![Block::paragraph(
        "What follows was read from the evidence. It is what the sender states, and it decides nothing.",
    )];
    let stated = facts(&stated_labels(report));
    blocks.push(if stated.is_empty() {
        Block::paragraph("The sender's manifest states nothing about the pack.")
    } else {
        Block::Facts(stated)
    });
    for export in signed(report) {
        blocks.extend(signed_export(export));
    }
    let counted = content(report, gathered.material.case_file);
    for group in counted.into_iter().flat_map(|view| view.groups) {
        blocks.push(Block::Facts(counted_rows(&group)));
        if !group.note.is_empty() {
            blocks.push(Block::paragraph(group.note));
        }
    }
    blocks.push(Block::heading("Remarks"));
    blocks.push(remarked(gathered));
    blocks
}

fn counted_rows(group: &ContentGroup) -> Vec<(Words, Value)> {
    let rows = group.rows.iter();
    rows.map(|row| {
        let label = format!("{}: {}", group.title, row.label);
        (label.into(), Value::words(&row.count))
    })
    .collect()
}

/// What a signature over an export proves, and what its labels claim.
fn signed_export(view: SignedView) -> Vec<Block> {
    let mut blocks = vec![Block::heading(view.path), Block::paragraph(view.sentence)];
    for (note, stated) in [(view.proved_note, view.proved), (view.claimed_note, view.claimed)] {
        if !stated.is_empty() {
            blocks.push(Block::paragraph(note));
            blocks.push(Block::Facts(facts(&stated)));
        }
    }
    blocks
}

/// Facts of the page as values.
pub(super) fn facts(stated: &[Fact]) -> Vec<(Words, Value)> {
    let value = |fact: &Fact| {
        let value = if fact.from_evidence {
            Value::code(&fact.value)
        } else {
            Value::words(&fact.value)
        };
        (Words::of(&fact.label), value)
    };
    stated.iter().map(value).collect()
}

fn remarked(gathered: &Gathered<'_>) -> Block {
    let rows: Vec<_> = remarks(gathered.report, &gathered.notes)
        .into_iter()
        .map(|remark| {
            vec![
                Value::words(remark.subject),
                Value::words(remark.text),
                Value::code(remark.code),
            ]
        })
        .collect();
    if rows.is_empty() {
        return Block::paragraph("There are no remarks.");
    }
    let columns = [("About", 24), ("Remark", 62), ("Code", 28)];
    Block::Table(Table::all("Remarks", ["remark", "remarks"], &columns, rows))
}
