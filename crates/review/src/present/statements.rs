//! The service's own answers about the numbers of logs, field by field beside ours (`specs/invoance.md` 8 and 13).

use evidence::Report;
use serde_json::Value;

use crate::view::{OutcomeView, StatementRow, StatementView};
use crate::words::sentence::{count, length, number};

use super::population::{Organisation, Statement, organisations, ranges};
use super::text::{label, visible};

/// Every answer that came with the pack and is about one of its logs.
pub(super) fn statements(report: &Report) -> Vec<StatementView> {
    let all = organisations(report);
    all.iter()
        .filter_map(|log| Some(view(log, log.statement.as_ref()?)))
        .collect()
}

/// One answer beside ours.
pub(super) fn view(log: &Organisation, statement: &Statement) -> StatementView {
    let rows: Vec<StatementRow> = FIELDS.iter().map(|name| row(log, statement, name)).collect();
    let differing = length(
        rows.iter()
            .filter(|row| row.outcome == OutcomeView::Undetermined)
            .count(),
    );
    let compared = length(rows.iter().filter(|row| row.outcome != OutcomeView::Skipped).count());
    let fact = match differing {
        0 => format!("{} compared, none differs.", count(compared, "value", "values")),
        1 => format!("{} compared, 1 differs.", count(compared, "value", "values")),
        many => format!(
            "{} compared, {} differ.",
            count(compared, "value", "values"),
            number(many)
        ),
    };
    let range = if statement.whole_log {
        ""
    } else {
        " It is about a part of the log."
    };
    StatementView {
        path: visible(&statement.path),
        organisation: label(&log.org_id),
        sentence: format!("{fact}{range} Nobody signed it: it is a claim of the sender."),
        rows,
    }
}

/// The fields of the service's answer, in its order.
const FIELDS: [&str; 10] = [
    "org_id",
    "from",
    "to",
    "last_seq",
    "count",
    "expected",
    "contiguous",
    "gaps",
    "gaps_truncated",
    "note",
];

fn row(log: &Organisation, statement: &Statement, name: &str) -> StatementRow {
    let theirs = statement.integrity.get(name);
    let ours = ours(log, name);
    let agrees = statement.agrees.get(name).copied();
    StatementRow {
        name: name.to_owned(),
        theirs: theirs.map_or_else(|| "not stated".to_owned(), shown),
        ours,
        outcome: match agrees {
            Some(true) => OutcomeView::Pass,
            Some(false) => OutcomeView::Undetermined,
            None => OutcomeView::Skipped,
        },
        note: note(name, theirs).to_owned(),
    }
}

fn ours(log: &Organisation, name: &str) -> String {
    let integrity = &log.integrity;
    match name {
        "org_id" => shown(&integrity.org_id),
        "from" => shown(&integrity.from),
        "to" => shown(&integrity.to),
        "last_seq" => shown(&integrity.last_seq),
        "count" => shown(&integrity.count),
        "expected" => shown(&integrity.expected),
        "contiguous" => shown(&integrity.contiguous),
        "gaps" if integrity.gaps.is_empty() => "none".to_owned(),
        "gaps" => ranges(&integrity.gaps),
        "gaps_truncated" => shown(&integrity.gaps_truncated),
        "note" => shown(&integrity.note),
        _ => String::new(),
    }
}

/// Why a value of one name need not be the same.
fn note(name: &str, theirs: Option<&Value>) -> &'static str {
    match name {
        "from" | "to" if theirs.is_none_or(Value::is_null) => "",
        "last_seq" => "Theirs is the last number of the log, ours that of the file.",
        "count" => "Ours counts rows that match, each number once.",
        "expected" => "Theirs counts from 1, ours from the first number in the file.",
        "contiguous" => "Ours also needs every number to have a row that matches.",
        "from" | "to" => "Whether theirs are numbers or times is not documented.",
        _ => "",
    }
}

/// A value of the evidence on one line: numbers with commas, an empty list as "none".
fn shown(value: &Value) -> String {
    match value {
        Value::Null => "none".to_owned(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::Number(stated) => stated.as_u64().map_or_else(|| stated.to_string(), number),
        Value::String(text) => long(text),
        Value::Array(items) if items.is_empty() => "none".to_owned(),
        Value::Array(_) | Value::Object(_) => long(&value.to_string()),
    }
}

/// At most three hundred characters, hidden ones made visible.
fn long(text: &str) -> String {
    const LONGEST: usize = 300;
    let cut: String = text.chars().take(LONGEST).collect();
    let ellipsis = if cut.len() < text.len() { "…" } else { "" };
    visible(&cut) + ellipsis
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_without_marks_of_their_format() {
        let texts: Vec<String> = [
            serde_json::json!(1_200),
            serde_json::json!([]),
            serde_json::json!(null),
            serde_json::json!(true),
            serde_json::json!([{"from": 7, "to": 7}]),
        ]
        .iter()
        .map(shown)
        .collect();
        assert_eq!(texts, ["1,200", "none", "none", "yes", r#"[{"from":7,"to":7}]"#]);
    }
}
