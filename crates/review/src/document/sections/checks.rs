//! Every kind of check in one row, mismatches in detail, and the records.

use evidence::Outcome;

use crate::document::block::{Block, Value, Words};
use crate::document::gathered::Gathered;
use crate::document::rows::{CheckTable, RecordTable};
use crate::document::table::{Row, Table};
use crate::present::{CheckGroup, found, group_title, outcome_view, worst_first};
use crate::words::sentence::{count, length};
use crate::words::{check, outcome, reason};

/// So many kinds of mismatches are told in detail; each stands in the table whatever their number.
const DETAILED: usize = 25;

/// The checks.
pub(super) fn checks(gathered: &Gathered<'_>) -> Vec<Block> {
    let worst = worst_first(&gathered.groups);
    let columns = [
        ("Result", 8),
        ("Question", 40),
        ("What was found", 46),
        ("Code", 26),
        ("Checks", 9),
    ];
    let rows = worst.iter().map(|group| kind(group)).collect();
    let mut blocks = vec![Block::Table(Table::all(
        "Kinds of checks",
        ["kind of check by result", "kinds of checks by result"],
        &columns,
        rows,
    ))];
    let failed: Vec<&CheckGroup> = worst
        .into_iter()
        .filter(|group| matches!(group.outcome, Outcome::Fail(_)))
        .collect();
    for group in failed.iter().take(DETAILED) {
        blocks.extend(in_detail(group));
    }
    if let Some(more) = failed.len().checked_sub(DETAILED).filter(|more| *more > 0) {
        let more = count(length(more), "more kind", "more kinds");
        blocks.push(Block::paragraph(format!(
            "{more} of mismatches stand in the table above."
        )));
    }
    blocks.push(Block::heading("Every check"));
    blocks.push(Block::Table(CheckTable::table(gathered)));
    blocks.push(Block::heading("Records"));
    blocks.push(Block::Table(RecordTable::table(gathered)));
    blocks
}

fn kind(group: &CheckGroup) -> Row {
    let said = match (&group.first, group.outcome) {
        (Some(first), _) if group.count == 1 => found(&first.check),
        (_, Outcome::Pass) => check(group.id).passed.to_owned(),
        (_, other) => other
            .reason()
            .map_or_else(String::new, |code| reason(code).found.to_owned()),
    };
    let optional = if group.required {
        ""
    } else {
        "\nNot required for the verdict."
    };
    vec![
        Value::Mark(outcome_view(group.outcome), outcome(group.outcome).into()),
        Value::words(group_title(group)),
        Value::words(format!("{said}{optional}")),
        group
            .outcome
            .reason()
            .map_or(Value::None, |code| Value::code(code.as_str())),
        Value::Number(group.count),
    ]
}

/// The first of the mismatches of one kind, with both values.
fn in_detail(group: &CheckGroup) -> Vec<Block> {
    let Some((first, code)) = group.first.as_ref().zip(group.outcome.reason()) else {
        return Vec::new();
    };
    let words = reason(code);
    let title = match group.count {
        1 => format!("Mismatch: {}", first.short()),
        many => format!(
            "Mismatch: {}, the first of {}",
            first.short(),
            count(many, "check", "checks")
        ),
    };
    let label = |text: &str| Words::of(text);
    let mut known = vec![
        (label("About"), Value::words(&first.label)),
        (label("What we did"), Value::words(check(group.id).did)),
        (label("What we found"), Value::words(found(&first.check))),
        (label("What it means"), Value::words(words.meaning())),
        (label("What to do next"), Value::words(words.next)),
    ];
    for (name, value) in [("Recorded", &first.check.expected), ("Recomputed", &first.check.found)] {
        if let Some(value) = value {
            known.push((label(name), Value::code(value)));
        }
    }
    known.push((label("Code"), Value::code(code.as_str())));
    vec![Block::heading(title), Block::Facts(known)]
}
