//! The signed forms of declarations and amendments (`specs/keel.md` 9).

use std::collections::BTreeMap;

use super::super::legacy_json;
use super::super::moment::moment;
use crate::canonical::write_string;
use crate::digest::Digest;
use crate::json::{Node, Value};

/// Members of an object on their way to its canonical bytes: names in the order of their code points.
pub(super) type Members = BTreeMap<String, Vec<u8>>;

/// The value without nulls, at every depth.
fn pruned<'a>(node: &Node<'a>) -> Node<'a> {
    let value = match &node.value {
        Value::Object(members) => {
            let kept = members.iter().filter(|member| !member.value.is_null());
            Value::Object(
                kept.map(|member| crate::json::Member {
                    value: pruned(&member.value),
                    ..member.clone()
                })
                .collect(),
            )
        }
        Value::Array(items) => Value::Array(items.iter().map(pruned).collect()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => node.value.clone(),
    };
    Node { value, span: node.span }
}

/// The canonical bytes of a value as it stands; none where it has none (a lone surrogate).
fn as_it_stands(node: &Node<'_>) -> Option<Vec<u8>> {
    legacy_json::bytes(node).ok()
}

/// The canonical bytes of a value without its nulls.
fn without_nulls(node: &Node<'_>) -> Option<Vec<u8>> {
    as_it_stands(&pruned(node))
}

fn text(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    write_string(text, &mut out);
    out
}

/// The canonical bytes of an object.
pub(super) fn object(members: &Members) -> Vec<u8> {
    let mut out = vec![b'{'];
    for (index, (name, value)) in members.iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        write_string(name, &mut out);
        out.push(b':');
        out.extend_from_slice(value);
    }
    out.push(b'}');
    out
}

/// The members of a value that is an object, without nulls.
fn members_of(node: &Node<'_>) -> Option<Members> {
    let members = node.members().iter().filter(|member| !member.value.is_null());
    members
        .map(|member| Some((member.name.as_str()?.to_owned(), without_nulls(&member.value)?)))
        .collect()
}

/// These members of the record, by other names, where they are there and not null.
fn picked(record: &Node<'_>, names: &[(&str, &str)]) -> Option<Members> {
    let there = names.iter().filter_map(|(from, to)| Some((*to, record.get(from)?)));
    there
        .filter(|(_, value)| !value.is_null())
        .map(|(name, value)| Some((name.to_owned(), without_nulls(value)?)))
        .collect()
}

/// The object of that name, or one made of members that stand beside it.
fn object_or(record: &Node<'_>, names: &[&str], members: &[(&str, &str)]) -> Option<Members> {
    let objects = names.iter().filter_map(|name| record.get(name));
    match objects.into_iter().find(|value| value.is_object()) {
        Some(object) => members_of(object),
        None => picked(record, members),
    }
}

/// What the workflow intends.
pub(super) fn intent(record: &Node<'_>) -> Option<Members> {
    let names = [
        "expected_calls",
        "max_calls",
        "expected_model",
        "expected_input_tokens_per_call",
        "expected_output_tokens_per_call",
        "max_duration_seconds",
    ];
    object_or(record, &["intent_json", "intent"], &names.map(|name| (name, name)))
}

/// What an amendment changes.
pub(super) fn delta(record: &Node<'_>) -> Option<Members> {
    let names = [
        "applied_against_version",
        "previous_max_calls",
        "new_max_calls",
        "previous_expected_calls",
        "new_expected_calls",
        "reason_provided",
    ];
    object_or(record, &["delta"], &names.map(|name| (name, name)))
}

fn cost(record: &Node<'_>) -> Option<Members> {
    let names = [
        ("projection_amount_micros", "amount_micros"),
        ("projection_currency", "currency"),
        ("projection_methodology", "methodology"),
    ];
    let mut cost = object_or(record, &["projected_cost"], &names)?;
    let stated = record.get("projected_cost").is_some_and(Node::is_object);
    if !stated && record.get("projection_currency").is_none() {
        cost.insert("currency".to_owned(), text("USD"));
    }
    Some(cost)
}

/// Who acted: `{type, id}`, or ids that stand in members of their own.
fn principal(record: &Node<'_>, prefix: &str) -> Option<Members> {
    let stated = record.get(prefix);
    let member = |name: &str| stated?.get(name)?.as_str();
    let named = match (member("type"), member("id")) {
        (Some("api_key"), Some(id)) => Some(("api_key_id", id)),
        (Some("dashboard_session"), Some(id)) => Some(("dashboard_session_id", id)),
        _ => None,
    };
    if let Some((name, id)) = named {
        return Some(Members::from([(name.to_owned(), text(id))]));
    }
    let api_key = format!("{prefix}_api_key_id");
    let session = format!("{prefix}_dashboard_session_id");
    picked(record, &[(&api_key, "api_key_id"), (&session, "dashboard_session_id")])
}

/// The spellings of a time that may have been signed: as it stands, and in UTC as Python writes it.
fn issued(record: &Node<'_>, names: &[&str]) -> Vec<String> {
    let stated = names
        .iter()
        .find_map(|name| record.get(name)?.as_str().filter(|text| !text.is_empty()));
    let Some(stated) = stated else { return Vec::new() };
    let mut spellings = vec![stated.trim().to_owned()];
    let in_utc = moment(stated).map(python);
    spellings.extend(in_utc.filter(|utc| *utc != stated.trim()));
    spellings
}

/// Python's `isoformat` of a moment in UTC.
fn python(at: jiff::Timestamp) -> String {
    let civil = at.to_zoned(jiff::tz::TimeZone::UTC).datetime();
    let micros = civil.subsec_nanosecond() / 1_000;
    let seconds = civil.strftime("%Y-%m-%dT%H:%M:%S");
    if micros == 0 {
        format!("{seconds}+00:00")
    } else {
        format!("{seconds}.{micros:06}+00:00")
    }
}

/// `signed_payload`, with the key id where it has none.
fn signed_payload(record: &Node<'_>, key_id: &str) -> Option<Vec<u8>> {
    let payload = record.get("signed_payload").filter(|payload| payload.is_object())?;
    let members = payload.members().iter();
    let mut members: Members = members
        .map(|member| Some((member.name.as_str()?.to_owned(), as_it_stands(&member.value)?)))
        .collect::<Option<_>>()?;
    members
        .entry("binding_key_id".to_owned())
        .or_insert_with(|| text(key_id));
    Some(object(&members))
}

/// The member of that name, trimmed.
fn trimmed(record: &Node<'_>, name: &str) -> Option<Vec<u8>> {
    Some(text(record.get(name)?.as_str()?.trim()))
}

/// The hashes that a declaration may state, signed by the key of this id.
pub(super) fn declaration(record: &Node<'_>, key_id: &str) -> Vec<Digest> {
    let build = |issued_at: &str| {
        let budget = record
            .get("budget_envelope_id")
            .map_or(Some(b"null".to_vec()), as_it_stands);
        Some(object(&Members::from([
            ("binding_version".to_owned(), text("workflow_declaration.v1")),
            ("project_id".to_owned(), trimmed(record, "project_id")?),
            ("workflow_id".to_owned(), trimmed(record, "workflow_id")?),
            ("intent".to_owned(), object(&intent(record)?)),
            ("budget_envelope_id".to_owned(), budget?),
            ("declared_by".to_owned(), object(&principal(record, "declared_by")?)),
            ("projected_cost".to_owned(), object(&cost(record)?)),
            ("status".to_owned(), trimmed(record, "status")?),
            ("issued_at".to_owned(), text(issued_at)),
            ("binding_key_id".to_owned(), text(key_id)),
        ])))
    };
    let times = issued(record, &["declaration_signed_at", "declared_at", "created_at"]);
    let built = times.iter().filter_map(|time| build(time));
    signed_payload(record, key_id)
        .into_iter()
        .chain(built)
        .map(|bytes| Digest::of(&bytes))
        .collect()
}

/// The hashes that an amendment may state: with its changes nested or flattened, with or without its own id.
pub(super) fn amendment(record: &Node<'_>, key_id: &str) -> Vec<Digest> {
    let mut hashes: Vec<Digest> = signed_payload(record, key_id)
        .iter()
        .map(|bytes| Digest::of(bytes))
        .collect();
    for time in issued(record, &["amendment_signed_at", "created_at"]) {
        hashes.extend(shapes(record, key_id, &time).unwrap_or_default());
    }
    hashes
}

fn shapes(record: &Node<'_>, key_id: &str, issued_at: &str) -> Option<Vec<Digest>> {
    let delta = delta(record)?;
    let base = Members::from([
        ("binding_version".to_owned(), text("workflow_amendment.v1")),
        ("project_id".to_owned(), trimmed(record, "project_id")?),
        (
            "workflow_declaration_id".to_owned(),
            text(&super::records::declaration_id(record)?),
        ),
        ("amended_by".to_owned(), object(&principal(record, "amended_by")?)),
        ("issued_at".to_owned(), text(issued_at)),
        ("binding_key_id".to_owned(), text(key_id)),
    ]);
    let id = super::records::amendment_id(record).map(|id| text(&id));
    let mut hashes = Vec::new();
    for own in [None, id] {
        let mut base = base.clone();
        if let Some(own) = own {
            base.insert("workflow_amendment_id".to_owned(), own);
        }
        let mut nested = base.clone();
        nested.insert("delta".to_owned(), object(&delta));
        let mut flat = base;
        flat.extend(delta.clone());
        hashes.extend([nested, flat].iter().map(|members| Digest::of(&object(members))));
    }
    Some(hashes)
}
