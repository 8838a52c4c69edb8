//! The exact bytes that a row's signature is over (`specs/invoance.md` 3).

use super::row::Row;
use super::time::Moment;
use crate::canonical::write_string;
use crate::json::{Member, Node, Text, Value};
use crate::reason::ReasonCode;

/// The schema whose rules these are; signed into every row.
pub(in super::super) const SCHEMA: &str = "invoance.audit/1";

/// The canonical bytes of a row.
///
/// # Errors
/// `CANONICALIZATION_FAILED` where a required field is missing, a time cannot be normalised, or a value has no defined
/// text.
pub(super) fn bytes(row: &Row<'_, '_>) -> Result<Vec<u8>, ReasonCode> {
    let mut writer = Writer::default();
    writer.row(row).ok_or(ReasonCode::CanonicalizationFailed)?;
    Ok(writer.out)
}

/// The compact form of a value with its members sorted and its nulls removed, as rows write it; none where it has no
/// defined text.
pub(in super::super) fn value(node: &Node<'_>) -> Option<Vec<u8>> {
    let mut writer = Writer::default();
    writer.node(node)?;
    Some(writer.out)
}

/// The same with its nulls kept.
pub(in super::super) fn value_with_nulls(node: &Node<'_>) -> Option<Vec<u8>> {
    let mut writer = Writer {
        nulls_kept: true,
        ..Writer::default()
    };
    writer.node(node)?;
    Some(writer.out)
}

/// A value on its way to its canonical bytes. Where one has no defined text, writing ends with none.
#[derive(Default)]
struct Writer<'n, 'a> {
    out: Vec<u8>,
    /// The members of the objects being written, those of the innermost last: one buffer for all.
    sorted: Vec<(&'n str, &'n Member<'a>)>,
    nulls_kept: bool,
}

impl<'n, 'a> Writer<'n, 'a> {
    /// The signed fields in the order of their names; the schema is the constant, whatever the row says.
    fn row(&mut self, row: &Row<'n, 'a>) -> Option<()> {
        self.out.reserve(ROOM);
        self.sorted.reserve(MEMBERS);
        self.out.extend_from_slice(b"{\"action\":");
        self.node(row.action?)?;
        self.field(",\"actor\":", Some(row.actor?))?;
        self.field(",\"context\":", row.context)?;
        self.field(",\"event_id\":", Some(row.signed_id()?))?;
        self.time(",\"ingested_at\":", row.ingested?);
        self.field(",\"metadata\":", row.metadata)?;
        self.time(",\"occurred_at\":", row.occurred?);
        self.field(",\"org_id\":", Some(row.org_id?))?;
        self.out.extend_from_slice(b",\"schema_id\":");
        write_string(SCHEMA, &mut self.out);
        self.field(",\"seq\":", Some(row.seq?))?;
        self.field(",\"targets\":", Some(row.targets?))?;
        self.out.push(b'}');
        Some(())
    }

    fn field(&mut self, name: &str, node: Option<&'n Node<'a>>) -> Option<()> {
        let Some(node) = node else { return Some(()) };
        self.out.extend_from_slice(name.as_bytes());
        self.node(node)
    }

    fn time(&mut self, name: &str, moment: Moment) {
        self.out.extend_from_slice(name.as_bytes());
        self.out.push(b'"');
        self.out.extend_from_slice(&moment.ascii());
        self.out.push(b'"');
    }

    fn node(&mut self, node: &'n Node<'a>) -> Option<()> {
        match &node.value {
            Value::Null => self.out.extend_from_slice(b"null"),
            Value::Bool(true) => self.out.extend_from_slice(b"true"),
            Value::Bool(false) => self.out.extend_from_slice(b"false"),
            Value::Number(literal) => self.out.extend_from_slice(integer(literal)?.as_bytes()),
            Value::String(text) => self.text(text)?,
            Value::Array(items) => self.array(items)?,
            Value::Object(members) => self.object(members)?,
        }
        Some(())
    }

    fn array(&mut self, items: &'n [Node<'a>]) -> Option<()> {
        self.out.push(b'[');
        for (index, item) in items.iter().enumerate() {
            self.comma(index);
            self.node(item)?;
        }
        self.out.push(b']');
        Some(())
    }

    /// Members by the code points of their names, which is how `str` orders; those that are null are left out of a row.
    fn object(&mut self, members: &'n [Member<'a>]) -> Option<()> {
        let first = self.sorted.len();
        let kept = self.nulls_kept;
        for member in members.iter().filter(|member| kept || !member.value.is_null()) {
            self.sorted.push((member.name.as_str()?, member));
        }
        let mine = self.sorted.get_mut(first..).unwrap_or_default();
        mine.sort_by_key(|(name, _)| *name);
        let count = mine.len();
        self.out.push(b'{');
        for index in 0..count {
            let (_, member) = self.sorted.get(first + index).copied()?;
            self.comma(index);
            self.text(&member.name)?;
            self.out.push(b':');
            self.node(&member.value)?;
        }
        self.out.push(b'}');
        self.sorted.truncate(first);
        Some(())
    }

    fn comma(&mut self, index: usize) {
        if index > 0 {
            self.out.push(b',');
        }
    }

    fn text(&mut self, text: &Text<'_>) -> Option<()> {
        if let Some(plain) = text.as_verbatim() {
            self.out.push(b'"');
            self.out.extend_from_slice(plain.as_bytes());
            self.out.push(b'"');
        } else {
            write_string(text.as_str()?, &mut self.out);
        }
        Some(())
    }
}

/// What most rows need.
const ROOM: usize = 1_024;
const MEMBERS: usize = 16;

/// The text of an integer of 64 bits, which is its literal; a fraction, an exponent, a minus zero have none.
fn integer(literal: &str) -> Option<&str> {
    (literal != "-0" && literal.parse::<i64>().is_ok()).then_some(literal)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{Bounds, parse};

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let parsed = parse(text.as_bytes(), &Bounds::default()).expect("JSON");
        let found = value(&parsed.root).map(|bytes| String::from_utf8(bytes).expect("UTF-8"));
        assert_eq!(found.as_deref(), expected, "{text}");
    }

    #[test]
    fn members_are_sorted_by_code_point_and_nulls_removed_at_every_depth() {
        check(
            r#"{"b":{"z":null,"y":{},"a":[null,{"n":null}]},"a":null,"":1}"#,
            Some(r#"{"":1,"b":{"a":[null,{}],"y":{}}}"#),
        );
        check(
            "{\"\u{1F600}\":1,\"\u{FF61}\":2,\"B\":3,\"a\":4}",
            Some("{\"B\":3,\"a\":4,\"\u{FF61}\":2,\"\u{1F600}\":1}"),
        );
    }

    #[test]
    fn integers_are_exact_over_64_bits_and_other_numbers_have_no_text() {
        for good in [
            "0",
            "-1",
            "9007199254740993",
            "9223372036854775807",
            "-9223372036854775808",
        ] {
            check(good, Some(good));
        }
        for bad in [
            "-0",
            "1.0",
            "1e2",
            "1E400",
            "0e0",
            "9223372036854775808",
            "-9223372036854775809",
            "18446744073709551615",
        ] {
            check(bad, None);
        }
        check(&format!("1{}", "0".repeat(5_000)), None);
    }

    #[test]
    fn characters_count_and_not_their_escapes() {
        check(r#""\u00e9\/\u003c\u2028""#, Some("\"é/<\u{2028}\""));
        check(
            r#""\"\\\b\f\n\r\t\u0000\u001F\u007f""#,
            Some("\"\\\"\\\\\\b\\f\\n\\r\\t\\u0000\\u001f\u{7f}\""),
        );
        check("\"e\u{301} \u{e9} \u{feff}\"", Some("\"e\u{301} \u{e9} \u{feff}\""));
    }

    #[test]
    fn a_lone_surrogate_has_no_text_in_a_value_or_a_name() {
        check(r#""\ud800""#, None);
        check(r#"{"\udc00":1}"#, None);
    }
}
