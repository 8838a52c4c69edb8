//! The fields of a row by their names (`specs/invoance.md` 2).

use super::time::Moment;
use crate::json::Node;

/// A row's fields; one whose value is null counts as absent.
#[derive(Debug, Default)]
pub(super) struct Row<'n, 'a> {
    pub(super) id: Option<&'n Node<'a>>,
    pub(super) event_id: Option<&'n Node<'a>>,
    pub(super) org_id: Option<&'n Node<'a>>,
    pub(super) seq: Option<&'n Node<'a>>,
    pub(super) ingested_at: Option<&'n Node<'a>>,
    pub(super) action: Option<&'n Node<'a>>,
    pub(super) occurred_at: Option<&'n Node<'a>>,
    pub(super) actor: Option<&'n Node<'a>>,
    pub(super) targets: Option<&'n Node<'a>>,
    pub(super) context: Option<&'n Node<'a>>,
    pub(super) metadata: Option<&'n Node<'a>>,
    pub(super) payload_hash: Option<&'n Node<'a>>,
    pub(super) signature: Option<&'n Node<'a>>,
    pub(super) signing_public_key: Option<&'n Node<'a>>,
    pub(super) schema_id: Option<&'n Node<'a>>,
    pub(super) schema: Option<&'n Node<'a>>,
    /// `occurred_at` as it is signed, where it can be.
    pub(super) occurred: Option<Moment>,
    /// `ingested_at` likewise.
    pub(super) ingested: Option<Moment>,
    /// Whether it has members that the format does not know, and so does not sign.
    pub(super) decorated: bool,
}

/// What a member of a row is to its signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Part {
    /// One of the signed fields.
    Signed,
    /// Hash, signature or key.
    Proof,
    /// Known to the format, signed by nothing.
    Label,
    /// Not known to the format.
    Unknown,
}

/// What a top-level member of a row is. `event_id` is signed only where there is no `id`.
pub(in super::super) fn part_of(name: &str) -> Part {
    match name {
        "id" | "event_id" | "org_id" | "seq" | "ingested_at" | "action" | "occurred_at" | "actor" | "targets"
        | "context" | "metadata" => Part::Signed,
        "payload_hash" | "signature" | "signing_public_key" => Part::Proof,
        "schema_id" | "schema" | "version" => Part::Label,
        _ => Part::Unknown,
    }
}

impl<'n, 'a> Row<'n, 'a> {
    /// The fields of an object; of a name that occurs twice, the last one.
    pub(super) fn of(node: &'n Node<'a>) -> Row<'n, 'a> {
        let mut row = Row::default();
        for member in node.members() {
            let value = Some(&member.value).filter(|value| !value.is_null());
            match member.name.as_str().and_then(|name| row.field(name)) {
                Some(field) => *field = value,
                None => row.decorated |= member.name.as_str() != Some("version"),
            }
        }
        let moment = |node: Option<&Node<'_>>| node.and_then(Node::as_str).and_then(Moment::read);
        row.occurred = moment(row.occurred_at);
        row.ingested = moment(row.ingested_at);
        row
    }

    fn field(&mut self, name: &str) -> Option<&mut Option<&'n Node<'a>>> {
        Some(match name {
            "id" => &mut self.id,
            "event_id" => &mut self.event_id,
            "org_id" => &mut self.org_id,
            "seq" => &mut self.seq,
            "ingested_at" => &mut self.ingested_at,
            "action" => &mut self.action,
            "occurred_at" => &mut self.occurred_at,
            "actor" => &mut self.actor,
            "targets" => &mut self.targets,
            "context" => &mut self.context,
            "metadata" => &mut self.metadata,
            "payload_hash" => &mut self.payload_hash,
            "signature" => &mut self.signature,
            "signing_public_key" => &mut self.signing_public_key,
            "schema_id" => &mut self.schema_id,
            "schema" => &mut self.schema,
            _ => return None,
        })
    }

    /// The id that is signed.
    pub(super) fn signed_id(&self) -> Option<&'n Node<'a>> {
        self.id.or(self.event_id)
    }

    /// The organisation, where it is text.
    pub(super) fn org(&self) -> Option<&'n str> {
        self.org_id.and_then(Node::as_str)
    }

    /// The number, where it is an integer of 64 bits.
    pub(super) fn number(&self) -> Option<i64> {
        let literal = self.seq?.as_number()?;
        literal.parse().ok().filter(|_| literal != "-0")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{Bounds, parse};

    #[test]
    fn null_is_absent_and_the_last_of_two_counts() {
        let text = br#"{"id":null,"event_id":"e","seq":1,"seq":2,"version":1}"#;
        let parsed = parse(text, &Bounds::default()).expect("JSON");
        let row = Row::of(&parsed.root);
        assert_eq!(row.signed_id().and_then(Node::as_str), Some("e"));
        assert_eq!(row.number(), Some(2));
        assert!(!row.decorated);
    }

    #[test]
    fn only_an_integer_is_a_number_of_a_sequence() {
        for (text, expected) in [
            ("-3", Some(-3)),
            ("9223372036854775807", Some(i64::MAX)),
            ("9223372036854775808", None),
            ("1.0", None),
            ("1e2", None),
            ("-0", None),
            ("\"1\"", None),
            ("true", None),
        ] {
            let text = format!("{{\"seq\":{text}}}");
            let parsed = parse(text.as_bytes(), &Bounds::default()).expect("JSON");
            assert_eq!(Row::of(&parsed.root).number(), expected, "{text}");
        }
    }
}
