//! A row's fields as tables and exports show them.

use std::collections::BTreeMap;

use serde_json::Value;

use super::canonical::SCHEMA;
use super::row::Row;
use super::time::Moment;
use crate::digest::Digest;
use crate::json::{self, Node};

/// Targets listed at most; the record itself has them all.
const TARGETS: usize = 100;

/// The fields that a row has or claims; times as they are signed, so that no unsigned digit is shown.
pub(super) fn fields(row: &Row<'_, '_>, hash: Option<Digest>) -> BTreeMap<String, Value> {
    let mut fields = BTreeMap::new();
    let mut set = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            fields.insert(name.to_owned(), Value::from(value));
        }
    };
    let inside = |node: Option<&Node<'_>>, name: &str| node.and_then(|node| node.get(name)).and_then(text);
    set("org_id", row.org_id.and_then(text));
    set("event_id", row.signed_id().and_then(text));
    set("action", row.action.and_then(text));
    set("occurred_at", row.occurred_at.and_then(time));
    set("ingested_at", row.ingested_at.and_then(time));
    set("actor_type", inside(row.actor, "type"));
    set("actor_id", inside(row.actor, "id"));
    set("actor_name", inside(row.actor, "name"));
    set("targets", row.targets.map(targets));
    set("location", inside(row.context, "location"));
    set("payload_hash", hash.map(|hash| hash.to_hex()));
    set("schema", Some(SCHEMA.to_owned()));
    let seq = row
        .number()
        .map(Value::from)
        .or_else(|| row.seq.and_then(text).map(Value::from));
    if let Some(seq) = seq {
        fields.insert("seq".to_owned(), seq);
    }
    fields
}

/// A time as it is signed; the row's text where that cannot be made.
fn time(node: &Node<'_>) -> Option<String> {
    match node.as_str().and_then(Moment::read) {
        Some(moment) => Some(moment.text()),
        None => text(node),
    }
}

/// A scalar as text; none for null and for what has an inside.
fn text(node: &Node<'_>) -> Option<String> {
    match &node.value {
        json::Value::String(text) => Some(text.lossy().into_owned()),
        json::Value::Number(literal) => Some((*literal).to_owned()),
        json::Value::Bool(truth) => Some(truth.to_string()),
        json::Value::Null | json::Value::Array(_) | json::Value::Object(_) => None,
    }
}

/// `type:id` of each target, joined by `|`.
fn targets(node: &Node<'_>) -> String {
    let items = node.items();
    let part = |target: &Node<'_>, name: &str| target.get(name).and_then(text).unwrap_or_default();
    let mut named: Vec<String> = items
        .iter()
        .take(TARGETS)
        .map(|target| format!("{}:{}", part(target, "type"), part(target, "id")))
        .collect();
    if items.len() > TARGETS {
        named.push("…".to_owned());
    }
    named.join("|")
}
