//! One entry of a chain: its fields, and whether it matches its own record hash (`specs/keel.md` 5.1 and 5.2).

use super::hash_text::HashText;
use super::sequence::Number;
use super::wall_clock::WallClock;
use crate::digest::{Digest, Hasher};
use crate::json::{Node, Value};

/// Where the entries of a payload stand, which decides the defaults of their fields (5.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Shape {
    /// `records` of a `keel.governance_events/v1` document; its `project_id` is told by
    /// [`Walk::project`](super::Walk::project).
    GovernanceEvents,
    /// Lines; the first `project_id` that is a text names the scope of entries without one.
    JsonLines,
    /// `chain_entries` of an `audit_export_bundle`: no defaults.
    Bundle,
}

/// One entry, read and hashed.
#[derive(Debug)]
pub(in super::super) struct Entry {
    /// Its scope; none for null, and for a missing one.
    pub(super) scope: Option<Box<str>>,
    /// Its `project_id`, where that can name a scope.
    pub(super) project: Option<Box<str>>,
    pub(super) number: Number,
    /// Whether `chain_format_version` is one we know.
    pub(super) known_format: bool,
    pub(super) prev_hash: Option<HashText>,
    pub(super) record_hash: Option<HashText>,
    pub(super) hash: Hashed,
    /// Whether its time names an offset, which the hash does not see.
    pub(super) elsewhere: bool,
    /// Whether a hashed field holds the separator.
    pub(super) separator: bool,
}

/// How the stated record hash and the recomputed one compare.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Hashed {
    Matches,
    Differs {
        stated: Box<str>,
        found: Digest,
    },
    /// A field that is hashed is not what it must be.
    Unreadable(&'static str),
}

impl Entry {
    /// Reads and hashes one entry (an object). Pure: batches of entries are read on all cores.
    pub(in super::super) fn read(node: &Node<'_>, shape: Shape) -> Entry {
        let number = Number::of(node.get("sequence_number"));
        let text = |name| node.get(name).and_then(Node::as_str).filter(|text| !text.is_empty());
        let clock = time(node, shape).and_then(WallClock::read);
        let stated = text("record_hash");
        let record_hash = stated.map(HashText::of);
        let hash = match hash(node, &number, clock.as_ref()) {
            Err(field) => Hashed::Unreadable(field),
            Ok(found) if record_hash.and_then(HashText::digest) == Some(found) => Hashed::Matches,
            Ok(found) => Hashed::Differs {
                stated: stated.unwrap_or_default().into(),
                found,
            },
        };
        let project = if shape == Shape::JsonLines {
            text("project_id")
        } else {
            None
        };
        Entry {
            scope: scope(node, shape),
            project: project.map(Box::from),
            number,
            known_format: is_known_format(node.get("chain_format_version"), shape),
            prev_hash: text("prev_hash").map(HashText::of),
            record_hash,
            hash,
            elsewhere: clock.is_some_and(|clock| clock.elsewhere),
            separator: SEPARABLE
                .iter()
                .any(|name| text(name).is_some_and(|text| text.contains('|'))),
        }
    }
}

/// The fields between which a separator can be moved.
const SEPARABLE: [&str; 6] = [
    "event_id",
    "event_type",
    "resource_type",
    "resource_id",
    "outcome",
    "severity",
];

/// Null and absent are no name; an empty one is none where the project's stands in.
fn scope(node: &Node<'_>, shape: Shape) -> Option<Box<str>> {
    let name = node.get("chain_scope").and_then(Node::as_str);
    name.filter(|name| shape == Shape::Bundle || !name.is_empty())
        .map(Box::from)
}

fn is_known_format(version: Option<&Node<'_>>, shape: Shape) -> bool {
    match version.map(|version| &version.value) {
        None | Some(Value::Null) => shape != Shape::Bundle,
        Some(Value::String(text)) => match text.as_str() {
            Some("v1") => true,
            Some("") => shape != Shape::Bundle,
            Some(_) | None => false,
        },
        Some(Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_)) => false,
    }
}

/// The text of the time that is hashed.
fn time<'n>(node: &'n Node<'_>, shape: Shape) -> Option<&'n str> {
    let given = |name| {
        let value: &Node<'_> = node.get(name)?;
        (!value.is_null() && value.as_str() != Some("")).then_some(value)
    };
    let occurred = if shape == Shape::Bundle {
        None
    } else {
        given("occurred_at")
    };
    occurred.or_else(|| given("created_at")).and_then(Node::as_str)
}

/// The record hash of format v1, or the field that stands in its way.
fn hash(node: &Node<'_>, number: &Number, clock: Option<&WallClock>) -> Result<Digest, &'static str> {
    let mut hasher = Hasher::new();
    feed(node, number, clock, &mut |bytes| hasher.update(bytes))?;
    Ok(hasher.finish())
}

/// The exact bytes that the record hash of an entry is over; none where it cannot be computed.
pub(in super::super) fn hashed_bytes(node: &Node<'_>, shape: Shape) -> Option<Vec<u8>> {
    let number = Number::of(node.get("sequence_number"));
    let clock = time(node, shape).and_then(WallClock::read);
    let mut bytes = Vec::new();
    feed(node, &number, clock.as_ref(), &mut |piece| {
        bytes.extend_from_slice(piece)
    })
    .ok()?;
    Some(bytes)
}

/// The member whose time is hashed.
pub(in super::super) fn hashed_time(node: &Node<'_>, shape: Shape) -> &'static str {
    let occurred = node
        .get("occurred_at")
        .is_some_and(|value| !value.is_null() && value.as_str() != Some(""));
    if occurred && shape != Shape::Bundle {
        "occurred_at"
    } else {
        "created_at"
    }
}

/// Gives out the nine texts and what stands between them.
fn feed(
    node: &Node<'_>,
    number: &Number,
    clock: Option<&WallClock>,
    out: &mut impl FnMut(&[u8]),
) -> Result<(), &'static str> {
    let required = |name: &'static str| {
        let text = node.get(name).and_then(Node::as_str);
        text.filter(|text| !text.is_empty()).ok_or(name)
    };
    let optional = |name: &'static str| match node.get(name) {
        None => Ok(""),
        Some(value) if value.is_null() => Ok(""),
        Some(value) => value.as_str().ok_or(name),
    };
    if let Some(scope) = node.get("chain_scope").filter(|scope| !scope.is_null()) {
        scope.as_str().ok_or("chain_scope")?;
    }
    let Number::Integer(sequence) = number else {
        return Err("sequence_number");
    };
    required("record_hash")?;
    let clock = clock.ok_or("timestamp")?;
    let mut field = |text: &str| {
        out(text.as_bytes());
        out(b"|");
    };
    field(required("event_id")?);
    field(required("event_type")?);
    field(optional("resource_type")?);
    field(optional("resource_id")?);
    field(optional("outcome")?);
    field(required("severity")?);
    out(&clock.text);
    out(b"|");
    out(required("prev_hash")?.as_bytes());
    out(b"|");
    out(sequence.to_string().as_bytes());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{Bounds, parse};

    /// An entry whose record hash was computed independently of this program (`sha256sum`).
    const GOOD: &str = r#"{"event_id":"e1","event_type":"permit.created","severity":"info","sequence_number":9007199254740993,
        "prev_hash":"p","created_at":"2026-05-07T12:00:00.25+05:00","chain_format_version":"v1",
        "record_hash":"HASH"}"#;

    fn good() -> String {
        let nine = "e1|permit.created||||info|2026-05-07T12:00:00.250000|p|9007199254740993";
        GOOD.replace("HASH", &Digest::of(nine.as_bytes()).to_hex())
    }

    #[test]
    fn the_bytes_shown_are_the_bytes_hashed() {
        let text = good();
        let parsed = parse(text.as_bytes(), &Bounds::default()).expect("JSON");
        let bytes = hashed_bytes(&parsed.root, Shape::JsonLines).expect("an entry");
        assert_eq!(
            bytes,
            b"e1|permit.created||||info|2026-05-07T12:00:00.250000|p|9007199254740993"
        );
    }

    fn read(text: &str, shape: Shape) -> Entry {
        let parsed = parse(text.as_bytes(), &Bounds::default()).expect("JSON");
        Entry::read(&parsed.root, shape)
    }

    #[test]
    fn the_record_hash_is_over_nine_texts() {
        let entry = read(&good(), Shape::Bundle);
        assert_eq!(entry.hash, Hashed::Matches);
        assert!(entry.elsewhere && entry.known_format && !entry.separator);
    }

    #[test]
    fn the_hash_is_compared_as_text() {
        let hex = Digest::of(b"e1|permit.created||||info|2026-05-07T12:00:00.250000|p|9007199254740993").to_hex();
        for spelled in [hex.to_uppercase(), format!("sha256:{hex}")] {
            let entry = read(&GOOD.replace("HASH", &spelled), Shape::Bundle);
            assert!(matches!(entry.hash, Hashed::Differs { .. }), "{spelled}");
        }
    }

    #[test]
    fn a_field_of_the_wrong_type_cannot_be_hashed() {
        let cases = [
            (r#""event_id":"e1""#, r#""event_id":1"#, "event_id"),
            (r#""severity":"info""#, r#""severity":null"#, "severity"),
            (r#""severity":"info""#, r#""severity":"info","outcome":true"#, "outcome"),
            (r#""prev_hash":"p""#, r#""prev_hash":"""#, "prev_hash"),
            ("9007199254740993", "\"9007199254740993\"", "sequence_number"),
            ("2026-05-07T", "07.05.2026T", "timestamp"),
            (r#""event_id":"e1""#, r#""event_id":"\ud800""#, "event_id"),
        ];
        for (from, to, field) in cases {
            let entry = read(&good().replacen(from, to, 1), Shape::Bundle);
            assert_eq!(entry.hash, Hashed::Unreadable(field), "{to}");
        }
    }

    #[test]
    fn only_a_bundle_must_state_its_format() {
        let silent = good().replace(r#""chain_format_version":"v1","#, "");
        assert!(!read(&silent, Shape::Bundle).known_format);
        assert!(read(&silent, Shape::JsonLines).known_format);
        let newer = good().replace("\"v1\"", "\"v2\"");
        assert!(!read(&newer, Shape::JsonLines).known_format);
    }

    #[test]
    fn when_it_occurred_wins_except_in_a_bundle() {
        let both = good().replace(
            "\"created_at\"",
            "\"created_at\":\"2020-01-01T00:00:00Z\",\"occurred_at\"",
        );
        assert_eq!(read(&both, Shape::GovernanceEvents).hash, Hashed::Matches);
        assert!(matches!(read(&both, Shape::Bundle).hash, Hashed::Differs { .. }));
        let empty = good().replace("\"created_at\"", "\"occurred_at\":\"\",\"created_at\"");
        assert_eq!(read(&empty, Shape::JsonLines).hash, Hashed::Matches);
    }
}
