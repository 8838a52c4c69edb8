//! A row's fields as tables and exports show them.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::Value;

use super::canonical::SCHEMA;
use super::row::Row;
use super::time::Moment;
use crate::digest::Digest;
use crate::json::{self, Node};
use crate::report::Word;

/// Targets listed at most; the record itself has them all.
const TARGETS: usize = 100;

/// The fields that a row has or claims; times as they are signed, so that no unsigned digit is shown.
pub(super) fn fields(row: &Row<'_, '_>, hash: Option<Digest>) -> BTreeMap<Word, Value> {
    let inside = |node: Option<&Node<'_>>, name: &str| node.and_then(|node| node.get(name)).and_then(text);
    let time =
        |moment: Option<Moment>, node: Option<&Node<'_>>| moment.map(Moment::text).or_else(|| node.and_then(text));
    let texts = [
        ("action", row.action.and_then(text)),
        ("actor_id", inside(row.actor, "id")),
        ("actor_name", inside(row.actor, "name")),
        ("actor_type", inside(row.actor, "type")),
        ("event_id", row.signed_id().and_then(text)),
        ("ingested_at", time(row.ingested, row.ingested_at)),
        ("location", inside(row.context, "location")),
        ("occurred_at", time(row.occurred, row.occurred_at)),
        ("org_id", row.org_id.and_then(text)),
        ("payload_hash", hash.map(|hash| hash.to_hex())),
        ("schema", Some(SCHEMA.to_owned())),
        ("targets", row.targets.map(targets)),
    ];
    let texts = texts.into_iter().map(|(name, text)| (name, text.map(Value::from)));
    let seq = row
        .number()
        .map(Value::from)
        .or_else(|| row.seq.and_then(text).map(Value::from));
    let fields = texts.chain([("seq", seq)]);
    fields.filter_map(|(name, value)| Some((name.into(), value?))).collect()
}

/// A scalar as text; none for null and for what has an inside.
fn text(node: &Node<'_>) -> Option<String> {
    said(node).map(Cow::into_owned)
}

fn said<'n>(node: &'n Node<'_>) -> Option<Cow<'n, str>> {
    match &node.value {
        json::Value::String(text) => Some(text.lossy()),
        json::Value::Number(literal) => Some(Cow::Borrowed(*literal)),
        json::Value::Bool(true) => Some(Cow::Borrowed("true")),
        json::Value::Bool(false) => Some(Cow::Borrowed("false")),
        json::Value::Null | json::Value::Array(_) | json::Value::Object(_) => None,
    }
}

/// `type:id` of each target, joined by `|`.
fn targets(node: &Node<'_>) -> String {
    let items = node.items();
    let mut named = String::with_capacity(64);
    for (place, target) in items.iter().take(TARGETS).enumerate() {
        if place > 0 {
            named.push('|');
        }
        named.push_str(&target.get("type").and_then(said).unwrap_or_default());
        named.push(':');
        named.push_str(&target.get("id").and_then(said).unwrap_or_default());
    }
    if items.len() > TARGETS {
        named.push_str("|…");
    }
    named
}
