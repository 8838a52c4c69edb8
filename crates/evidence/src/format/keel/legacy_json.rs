//! Keel's legacy canonical JSON: what Python's `json.dumps` writes with sorted keys, no blanks and no ASCII escapes
//! (`specs/keel.md` 6.2).

use crate::canonical::write_string;
use crate::json::{LONGEST_LITERAL, Node, Text, Value};
use crate::reason::ReasonCode;

/// The canonical bytes of a value.
///
/// That no name occurs twice is for the caller to have seen: all members are written.
///
/// # Errors
/// `JSON_LONE_SURROGATE` or `JSON_NUMBER_RANGE`, for what has no such form.
pub(super) fn bytes(node: &Node<'_>) -> Result<Vec<u8>, ReasonCode> {
    let mut out = Vec::new();
    write(node, &mut out)?;
    Ok(out)
}

/// Writes an object of exactly these members, sorted by code point.
///
/// # Errors
/// As [`bytes`].
pub(super) fn write_members<'n, 'a: 'n>(
    members: impl IntoIterator<Item = (&'n str, &'n Node<'a>)>,
    out: &mut Vec<u8>,
) -> Result<(), ReasonCode> {
    let mut members: Vec<_> = members.into_iter().collect();
    // The bytes of UTF-8 order as code points do.
    members.sort_by_key(|(name, _)| *name);
    out.push(b'{');
    for (index, (name, value)) in members.into_iter().enumerate() {
        comma(index, out);
        write_string(name, out);
        out.push(b':');
        write(value, out)?;
    }
    out.push(b'}');
    Ok(())
}

fn write(node: &Node<'_>, out: &mut Vec<u8>) -> Result<(), ReasonCode> {
    match &node.value {
        Value::Null => out.extend_from_slice(b"null"),
        Value::Bool(true) => out.extend_from_slice(b"true"),
        Value::Bool(false) => out.extend_from_slice(b"false"),
        Value::Number(literal) => write_number(literal, out)?,
        Value::String(text) => write_string(whole(text)?, out),
        Value::Array(items) => {
            out.push(b'[');
            for (index, item) in items.iter().enumerate() {
                comma(index, out);
                write(item, out)?;
            }
            out.push(b']');
        }
        Value::Object(members) => {
            let named: Result<Vec<_>, ReasonCode> = members
                .iter()
                .map(|member| Ok((whole(&member.name)?, &member.value)))
                .collect();
            write_members(named?, out)?;
        }
    }
    Ok(())
}

fn comma(index: usize, out: &mut Vec<u8>) {
    if index > 0 {
        out.push(b',');
    }
}

fn whole<'t>(text: &'t Text<'_>) -> Result<&'t str, ReasonCode> {
    text.as_str().ok_or(ReasonCode::JsonLoneSurrogate)
}

/// Writes an integer as its digits, and anything else as Python's `repr` of the nearest double.
fn write_number(literal: &str, out: &mut Vec<u8>) -> Result<(), ReasonCode> {
    if literal.len() > LONGEST_LITERAL {
        return Err(ReasonCode::JsonNumberRange);
    }
    if !literal.contains(['.', 'e', 'E']) {
        let digits = if literal == "-0" { "0" } else { literal };
        out.extend_from_slice(digits.as_bytes());
        return Ok(());
    }
    let value: f64 = literal.parse().map_err(|_| ReasonCode::JsonNumberRange)?;
    if !value.is_finite() {
        return Err(ReasonCode::JsonNumberRange);
    }
    let text = repr(value).ok_or(ReasonCode::JsonNumberRange)?;
    out.extend_from_slice(text.as_bytes());
    Ok(())
}

/// The shortest digits that name a double, as Python spells them: an exponent below -4 and from 16 on, else a point.
fn repr(value: f64) -> Option<String> {
    let scientific = format!("{value:e}");
    let (mantissa, exponent) = scientific.split_once('e')?;
    let exponent: i32 = exponent.parse().ok()?;
    if (-4..16).contains(&exponent) {
        let plain = format!("{value}");
        return Some(if plain.contains('.') { plain } else { plain + ".0" });
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    Some(format!("{mantissa}e{sign}{:02}", exponent.unsigned_abs()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{Bounds, parse};

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let parsed = parse(text.as_bytes(), &Bounds::default()).expect("JSON");
        let written = bytes(&parsed.root).expect("a canonical form");
        assert_eq!(String::from_utf8(written).expect("UTF-8"), expected);
    }

    #[test]
    fn floats_are_spelled_as_python_spells_them() {
        for (literal, expected) in [
            ("1.0", "1.0"),
            ("1e0", "1.0"),
            ("0.0000001", "1e-07"),
            ("0.0001", "0.0001"),
            ("0.00001", "1e-05"),
            ("1e15", "1000000000000000.0"),
            ("1e16", "1e+16"),
            ("123456789012345678.0", "1.2345678901234568e+17"),
            ("1.5e300", "1.5e+300"),
            ("-0.0", "-0.0"),
            ("2.50", "2.5"),
            ("5e-324", "5e-324"),
        ] {
            check(literal, expected);
        }
    }

    #[test]
    fn integers_keep_every_digit() {
        check("123456789012345678901234567890", "123456789012345678901234567890");
        check("-0", "0");
    }

    #[test]
    fn names_are_sorted_by_code_point_at_every_level() {
        check(
            r#"{"b":1,"a":{"\uffee":1,"\ud83d\ude00":2,"é":3}}"#,
            "{\"a\":{\"é\":3,\"\u{ffee}\":1,\"\u{1f600}\":2},\"b\":1}",
        );
    }

    #[test]
    fn only_what_must_be_is_escaped() {
        check(
            r#""\u00e9\/\u007f\u0001\u001f\n\t\"\\""#,
            "\"é/\u{7f}\\u0001\\u001f\\n\\t\\\"\\\\\"",
        );
    }

    #[test]
    fn what_python_cannot_write_has_no_form() {
        for (text, code) in [
            (r#""\ud800""#, ReasonCode::JsonLoneSurrogate),
            (r#"{"\ud800":1}"#, ReasonCode::JsonLoneSurrogate),
            ("1e400", ReasonCode::JsonNumberRange),
        ] {
            let parsed = parse(text.as_bytes(), &Bounds::default()).expect("JSON");
            assert_eq!(bytes(&parsed.root), Err(code), "{text}");
        }
    }
}
