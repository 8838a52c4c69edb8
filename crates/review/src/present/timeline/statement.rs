//! Our integrity object beside the one that the sender's service stated, field by field.

use serde_json::Value;

use crate::sequence::{Population, ranges};
use crate::view::{OutcomeView, StatementRow, StatementView};

use super::numbers::{signed, stretches};
use crate::present::text::{label, visible};

/// The fields of the object, in the order in which the service writes them.
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

/// Stretches of a list that are written out.
const SHOWN: usize = 6;

pub(super) fn statement(population: &Population) -> StatementView {
    let theirs = population.get("statement");
    let integrity = theirs.get("integrity");
    let own = FIELDS.iter().copied();
    let unknown = integrity
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
        .map(|(name, _)| name.as_str());
    let rows = own
        .chain(unknown.filter(|name| !FIELDS.contains(name)))
        .map(|field| row(field, population.integrity(field), integrity, theirs.get("agrees")))
        .collect();
    StatementView {
        sentence: sentence(theirs),
        present: integrity.is_some(),
        rows,
    }
}

fn sentence(theirs: &Value) -> String {
    let Some(path) = theirs.get("path").and_then(Value::as_str) else {
        return "No statement of the sender's service came with this evidence. Ask the sender for it: it would say how far the log goes.".to_owned();
    };
    let covers = match theirs.get("whole_log").and_then(Value::as_bool) {
        Some(false) => " It is about a part of the log only.",
        Some(true) | None => "",
    };
    format!(
        "What the sender's service says, in {}. It is not signed.{covers}",
        visible(path)
    )
}

fn row(field: &str, ours: &Value, theirs: Option<&Value>, agrees: Option<&Value>) -> StatementRow {
    let agrees = agrees.and_then(|agrees| agrees.get(field)).and_then(Value::as_bool);
    let (outcome, word) = match agrees {
        Some(true) => (Some(OutcomeView::Pass), "same"),
        Some(false) => (Some(OutcomeView::Fail), "differs"),
        None => (None, ""),
    };
    StatementRow {
        field: label(field),
        ours: written(ours),
        theirs: theirs.map_or_else(String::new, |theirs| written(theirs.get(field).unwrap_or(&Value::Null))),
        outcome,
        word: word.to_owned(),
        note: note(field).to_owned(),
    }
}

fn note(field: &str) -> &'static str {
    match field {
        "expected" => "Ours counts from the first number here, theirs from 1.",
        _ => "",
    }
}

fn written(value: &Value) -> String {
    match value {
        Value::Null => "none".to_owned(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::Number(number) => number.as_i64().map_or_else(|| number.to_string(), signed),
        Value::String(text) => visible(text),
        Value::Array(items) if items.is_empty() => "none".to_owned(),
        Value::Array(items) => match ranges(value).count() {
            known if known == items.len() => stretches(ranges(value), SHOWN),
            _ => label(&value.to_string()),
        },
        Value::Object(_) => label(&value.to_string()),
    }
}
