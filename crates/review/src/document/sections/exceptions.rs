//! What is not as it should be: found by the program, and assessed by the reviewer.

use evidence::Outcome;

use super::not_written;
use crate::document::block::{Block, Value};
use crate::document::gathered::Gathered;
use crate::document::table::{Row, Table};
use crate::note::Exception;
use crate::present::{CheckGroup, outcome_view, worst_first};
use crate::words::{check, outcome, reason, severity};

/// Open points of the check, then the reviewer's exceptions.
pub(super) fn exceptions(gathered: &Gathered<'_>) -> Vec<Block> {
    let mut blocks = vec![Block::heading("Found by the check")];
    let open: Vec<Row> = worst_first(&gathered.groups)
        .into_iter()
        .filter(|group| matches!(group.outcome, Outcome::Fail(_) | Outcome::Undetermined(_)))
        .map(open_point)
        .collect();
    blocks.push(if open.is_empty() {
        Block::paragraph("No check found a mismatch, and none stayed open.")
    } else {
        let columns = [
            ("Result", 8),
            ("About", 22),
            ("What was found and what to do", 56),
            ("Code", 26),
        ];
        Block::Table(Table::all("Open points", ["open point", "open points"], &columns, open))
    });
    blocks.push(Block::heading("Assessed by the reviewer"));
    let review = gathered.review();
    let all = review.map_or(&[][..], |review| &review.exceptions);
    blocks.push(if all.is_empty() {
        not_written(gathered, "exceptions")
    } else {
        let columns = [
            ("No.", 5),
            ("Weight", 11),
            ("What was seen", 42),
            ("Cause and effect", 32),
            ("Follow-up", 28),
        ];
        let rows = all.iter().map(assessed).collect();
        Block::Table(Table::all("Exceptions", ["exception", "exceptions"], &columns, rows))
    });
    blocks
}

fn open_point(group: &CheckGroup) -> Row {
    let about = match &group.first {
        Some(first) if group.count == 1 && !first.label.is_empty() => first.label.clone(),
        _ => group.subject(),
    };
    let text = group.outcome.reason().map_or_else(String::new, |code| {
        let words = reason(code);
        format!("{}: {} {}", check(group.id).name, words.plain, words.next)
    });
    vec![
        Value::Mark(outcome_view(group.outcome), outcome(group.outcome).into()),
        Value::words(about),
        Value::words(text),
        group
            .outcome
            .reason()
            .map_or(Value::None, |code| Value::code(code.as_str())),
    ]
}

fn assessed(exception: &Exception) -> Row {
    let lines = |parts: &[(&str, &str)]| {
        let told = parts.iter().filter(|(_, text)| !text.trim().is_empty());
        let line = |(lead, text): &(&str, &str)| format!("{lead}{text}");
        Value::words(told.map(line).collect::<Vec<_>>().join("\n"))
    };
    let code = exception.reason_code.as_deref().unwrap_or_default();
    let other = exception.alternative_explanations.join("; ");
    vec![
        Value::words(&exception.id),
        Value::words(severity(exception.severity)),
        lines(&[("", &exception.description), ("", code)]),
        lines(&[
            ("Cause: ", &exception.cause),
            ("Effect: ", &exception.effect),
            ("Could also be: ", &other),
        ]),
        lines(&[
            ("", &exception.follow_up),
            ("By: ", &exception.owner),
            ("Until: ", &exception.due),
        ]),
    ]
}
