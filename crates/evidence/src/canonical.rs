//! RFC 8785 (JCS): the one way to write a JSON value that hashes and signatures are over.
//!
//! Members are sorted by the UTF-16 code units of their names, numbers go through a double and come out as ECMAScript
//! prints them, strings escape only what they must, and there is no white space (`specs/nexart.md` 3.1).

use std::cmp::Ordering;

use crate::json::{LONGEST_LITERAL, Member, Node, Text, Value, plain_run};
use crate::reason::ReasonCode;

/// Writes the canonical bytes of a value.
///
/// That no name occurs twice is for the caller to have seen (`JSON_DUPLICATE_KEY`): all members are written.
///
/// # Errors
/// `JSON_LONE_SURROGATE` or `JSON_NUMBER_RANGE`, for what has no canonical form; `out` then holds a part.
pub fn write<'n, 'a>(node: &'n Node<'a>, out: &mut Vec<u8>) -> Result<(), ReasonCode> {
    Writer::new(out).node(node)
}

/// The canonical bytes of a value.
///
/// # Errors
/// As [`write`].
pub fn bytes(node: &Node<'_>) -> Result<Vec<u8>, ReasonCode> {
    let mut out = Vec::with_capacity(node.span.length());
    write(node, &mut out)?;
    Ok(out)
}

/// Writes an object of exactly these members, sorted.
///
/// # Errors
/// As [`write`].
pub fn write_members<'n, 'a: 'n>(
    members: impl IntoIterator<Item = (&'n str, &'n Node<'a>)>,
    out: &mut Vec<u8>,
) -> Result<(), ReasonCode> {
    let mut members: Vec<_> = members.into_iter().collect();
    members.sort_by(|(one, _), (other, _)| utf16_order(one, other));
    let mut writer = Writer::new(out);
    writer.out.push(b'{');
    for (index, (name, value)) in members.into_iter().enumerate() {
        writer.comma(index);
        write_string(name, writer.out);
        writer.out.push(b':');
        writer.node(value)?;
    }
    writer.out.push(b'}');
    Ok(())
}

/// Writes a string with its quotes.
pub fn write_string(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    let mut rest = text.as_bytes();
    loop {
        let (plain, after) = rest.split_at_checked(plain_run(rest).length).unwrap_or((rest, &[]));
        out.extend_from_slice(plain);
        let Some((special, after)) = after.split_first() else {
            break;
        };
        write_escape(*special, out);
        rest = after;
    }
    out.push(b'"');
}

/// Writes the escape of a quote, a backslash or a control character.
fn write_escape(byte: u8, out: &mut Vec<u8>) {
    let short = match byte {
        b'"' | b'\\' => byte,
        0x08 => b'b',
        0x09 => b't',
        0x0A => b'n',
        0x0C => b'f',
        0x0D => b'r',
        _ => {
            let mut hex = [0; 2];
            data_encoding::HEXLOWER.encode_mut(&[byte], &mut hex);
            out.extend_from_slice(b"\\u00");
            out.extend_from_slice(&hex);
            return;
        }
    };
    out.extend_from_slice(&[b'\\', short]);
}

/// Compares two names by their UTF-16 code units, without computing them.
///
/// UTF-8 bytes order as code points do. The units order the same, except that the surrogates of a character beyond
/// U+FFFF (lead bytes from F0) come before U+E000 to U+FFFF (lead bytes EE and EF).
fn utf16_order(one: &str, other: &str) -> Ordering {
    let rank = |byte: u8| u16::from(byte) + if matches!(byte, 0xEE | 0xEF) { 0x100 } else { 0 };
    one.bytes().map(rank).cmp(other.bytes().map(rank))
}

/// A value on its way to its canonical bytes.
struct Writer<'o, 'n, 'a> {
    out: &'o mut Vec<u8>,
    /// The members of the objects being written, those of the innermost last: one buffer for all.
    sorted: Vec<(&'n str, &'n Member<'a>)>,
}

impl<'o, 'n, 'a> Writer<'o, 'n, 'a> {
    fn new(out: &'o mut Vec<u8>) -> Writer<'o, 'n, 'a> {
        let sorted = Vec::new();
        Writer { out, sorted }
    }

    fn node(&mut self, node: &'n Node<'a>) -> Result<(), ReasonCode> {
        match &node.value {
            Value::Null => self.out.extend_from_slice(b"null"),
            Value::Bool(true) => self.out.extend_from_slice(b"true"),
            Value::Bool(false) => self.out.extend_from_slice(b"false"),
            Value::Number(literal) => write_number(literal, self.out)?,
            Value::String(text) => self.text(text)?,
            Value::Array(items) => self.array(items)?,
            Value::Object(members) => self.object(members)?,
        }
        Ok(())
    }

    fn array(&mut self, items: &'n [Node<'a>]) -> Result<(), ReasonCode> {
        self.out.push(b'[');
        for (index, item) in items.iter().enumerate() {
            self.comma(index);
            self.node(item)?;
        }
        self.out.push(b']');
        Ok(())
    }

    fn object(&mut self, members: &'n [Member<'a>]) -> Result<(), ReasonCode> {
        let first = self.sorted.len();
        for member in members {
            let name = member.name.as_str().ok_or(ReasonCode::JsonLoneSurrogate)?;
            self.sorted.push((name, member));
        }
        let mine = self.sorted.get_mut(first..).unwrap_or_default();
        mine.sort_by(|(one, _), (other, _)| utf16_order(one, other));
        self.out.push(b'{');
        for index in 0..members.len() {
            let Some((_, member)) = self.sorted.get(first + index).copied() else {
                break;
            };
            self.comma(index);
            self.text(&member.name)?;
            self.out.push(b':');
            self.node(&member.value)?;
        }
        self.out.push(b'}');
        self.sorted.truncate(first);
        Ok(())
    }

    fn comma(&mut self, index: usize) {
        if index > 0 {
            self.out.push(b',');
        }
    }

    fn text(&mut self, text: &Text<'_>) -> Result<(), ReasonCode> {
        if let Some(plain) = text.as_verbatim() {
            self.out.push(b'"');
            self.out.extend_from_slice(plain.as_bytes());
            self.out.push(b'"');
            return Ok(());
        }
        write_string(text.as_str().ok_or(ReasonCode::JsonLoneSurrogate)?, self.out);
        Ok(())
    }
}

/// Writes a number as ECMAScript prints the double nearest to it.
fn write_number(literal: &str, out: &mut Vec<u8>) -> Result<(), ReasonCode> {
    if is_plain_integer(literal) {
        out.extend_from_slice(literal.as_bytes());
        return Ok(());
    }
    let value: f64 = literal.parse().map_err(|_| ReasonCode::JsonNumberRange)?;
    if literal.len() > LONGEST_LITERAL || !value.is_finite() {
        return Err(ReasonCode::JsonNumberRange);
    }
    out.extend_from_slice(ryu_js::Buffer::new().format_finite(value).as_bytes());
    Ok(())
}

/// Whether the literal is already what a double would print.
fn is_plain_integer(literal: &str) -> bool {
    let digits = literal.strip_prefix('-').unwrap_or(literal);
    digits.len() <= 15 && literal != "-0" && digits.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod generator;
#[cfg(test)]
mod tests;
