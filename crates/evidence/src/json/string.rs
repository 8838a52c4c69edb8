//! String literals: from the text between two quotes to a [`Text`].

use super::Text;
use super::scan::plain_run;
use crate::reason::ReasonCode;

/// A string literal read from after its opening quote.
pub(super) struct Literal<'a> {
    /// What it says.
    pub(super) text: Text<'a>,
    /// Bytes up to its closing quote.
    pub(super) length: usize,
    /// Where a lone surrogate is escaped.
    pub(super) lone_surrogate: Option<usize>,
    /// Whether it holds a character that Unicode reserves for no one.
    pub(super) noncharacter: bool,
}

/// Reads a literal; `rest` starts after the opening quote.
///
/// # Errors
/// The offset in `rest` of what is wrong: a control character, an unknown escape, the end of the text.
#[inline]
pub(super) fn literal(rest: &str) -> Result<Literal<'_>, usize> {
    let run = plain_run(rest.as_bytes());
    if rest.as_bytes().get(run.length) != Some(&b'"') {
        return Unescaper::new(rest).run();
    }
    let text = rest.get(..run.length).ok_or(run.length)?;
    Ok(Literal {
        text: Text::verbatim(text),
        length: run.length,
        lone_surrogate: None,
        noncharacter: !run.ascii && text.contains(is_noncharacter),
    })
}

fn is_noncharacter(character: char) -> bool {
    let code = u32::from(character);
    matches!(code, 0xFDD0..=0xFDEF) || code & 0xFFFE == 0xFFFE
}

/// A literal with escapes on its way to a string.
struct Unescaper<'a> {
    rest: &'a str,
    at: usize,
    utf8: String,
    /// In use, instead of `utf8`, from the first lone surrogate on.
    utf16: Vec<u16>,
    lone_surrogate: Option<usize>,
}

impl<'a> Unescaper<'a> {
    fn new(rest: &'a str) -> Unescaper<'a> {
        Unescaper {
            rest,
            at: 0,
            utf8: String::new(),
            utf16: Vec::new(),
            lone_surrogate: None,
        }
    }

    fn run(mut self) -> Result<Literal<'a>, usize> {
        loop {
            let bytes = self.rest.as_bytes().get(self.at..).unwrap_or_default();
            let end = self.at + plain_run(bytes).length;
            let plain = self.rest.get(self.at..end).ok_or(self.at)?;
            self.push_str(plain);
            self.at = end;
            match self.byte(0) {
                Some(b'"') => return Ok(self.finish()),
                Some(b'\\') => self.escape()?,
                _ => return Err(self.at),
            }
        }
    }

    fn finish(self) -> Literal<'a> {
        let noncharacter = if self.lone_surrogate.is_some() {
            let mut characters = char::decode_utf16(self.utf16.iter().copied()).flatten();
            characters.any(is_noncharacter)
        } else {
            self.utf8.contains(is_noncharacter)
        };
        let text = match self.lone_surrogate {
            Some(_) => Text::from_units(self.utf16),
            None => Text::unescaped(self.utf8),
        };
        Literal {
            text,
            length: self.at,
            lone_surrogate: self.lone_surrogate,
            noncharacter,
        }
    }

    fn byte(&self, ahead: usize) -> Option<u8> {
        self.rest.as_bytes().get(self.at + ahead).copied()
    }

    fn push_str(&mut self, plain: &str) {
        if self.lone_surrogate.is_some() {
            self.utf16.extend(plain.encode_utf16());
        } else {
            self.utf8.push_str(plain);
        }
    }

    fn push(&mut self, character: char) {
        self.push_str(character.encode_utf8(&mut [0; 4]));
    }

    /// One escape, from its backslash on.
    fn escape(&mut self) -> Result<(), usize> {
        let character = match self.byte(1) {
            Some(b'u') => return self.unicode_escape(),
            Some(byte @ (b'"' | b'\\' | b'/')) => char::from(byte),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{C}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            _ => return Err(self.at + 1),
        };
        self.push(character);
        self.at += 2;
        Ok(())
    }

    fn unicode_escape(&mut self) -> Result<(), usize> {
        let first = self.unit(0)?;
        if let Some(character) = char::from_u32(first.into()) {
            self.push(character);
            self.at += 6;
            return Ok(());
        }
        let second_follows = self.byte(6) == Some(b'\\') && self.byte(7) == Some(b'u');
        if matches!(first, 0xD800..=0xDBFF) && second_follows {
            let second = self.unit(6)?;
            if let Some(Ok(character)) = char::decode_utf16([first, second]).next() {
                self.push(character);
                self.at += 12;
                return Ok(());
            }
        }
        self.push_lone(first);
        self.at += 6;
        Ok(())
    }

    fn push_lone(&mut self, unit: u16) {
        if self.lone_surrogate.is_none() {
            self.utf16 = self.utf8.encode_utf16().collect();
            self.lone_surrogate = Some(self.at);
        }
        self.utf16.push(unit);
    }

    /// The four hex digits of the escape that starts `ahead` bytes from here.
    fn unit(&self, ahead: usize) -> Result<u16, usize> {
        let start = self.at + ahead + 2;
        let mut unit = 0;
        for place in start..start + 4 {
            let byte = self.rest.as_bytes().get(place).ok_or(place)?;
            let digit = char::from(*byte).to_digit(16).ok_or(place)?;
            unit = unit * 16 + digit;
        }
        u16::try_from(unit).map_err(|_| start)
    }
}

/// The codes of the flaws that a literal carries, with their offsets from its opening quote.
pub(super) fn flaws(literal: &Literal<'_>) -> impl Iterator<Item = (ReasonCode, usize)> + use<> {
    let lone = literal.lone_surrogate.map(|at| (ReasonCode::JsonLoneSurrogate, at + 1));
    let noncharacter = literal.noncharacter.then_some((ReasonCode::JsonNoncharacter, 0));
    lone.into_iter().chain(noncharacter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(rest: &str, expected: &str) {
        let literal = literal(rest).unwrap_or_else(|at| panic!("{rest} is refused at {at}"));
        assert_eq!(literal.text.as_str(), Some(expected));
    }

    #[test]
    fn a_literal_without_escapes_is_borrowed() {
        let literal = literal("grüße\" and more").unwrap_or_else(|at| panic!("refused at {at}"));
        assert_eq!(literal.text.as_verbatim(), Some("grüße"));
        assert_eq!(literal.length, "grüße".len());
    }

    #[test]
    fn every_escape_is_undone() {
        check(r#"\"\\\/\b\f\n\r\t\u00e9""#, "\"\\/\u{8}\u{C}\n\r\té");
    }

    #[test]
    fn a_surrogate_pair_is_one_character() {
        check(r#"a\ud83d\uDE00b""#, "a😀b");
    }

    #[test]
    fn lone_surrogates_keep_their_units() {
        for (rest, units, at) in [
            (r#"\ud800""#, vec![0xD800], 0),
            (r#"a\udc00\ud800""#, vec![0x61, 0xDC00, 0xD800], 1),
            (r#"\ud800\ud83d\ude00é""#, vec![0xD800, 0xD83D, 0xDE00, 0xE9], 0),
            (r#"\ud800\n""#, vec![0xD800, 0x0A], 0),
        ] {
            let literal = literal(rest).unwrap_or_else(|at| panic!("{rest} is refused at {at}"));
            assert_eq!(literal.text.lone_units(), Some(units.as_slice()), "{rest}");
            assert_eq!(literal.text.as_str(), None);
            assert_eq!(literal.lone_surrogate, Some(at));
        }
    }

    #[test]
    fn noncharacters_are_seen_raw_and_escaped() {
        for rest in [
            "\u{FFFE}\"",
            r#"\uffff""#,
            "\u{FDD0}\"",
            r#"\ud83f\udfff""#,
            r#"\ud800\ufdef""#,
        ] {
            assert!(literal(rest).is_ok_and(|literal| literal.noncharacter), "{rest}");
        }
        assert!(literal("\u{FFFD}\u{FDCF}\u{FDF0}\"").is_ok_and(|literal| !literal.noncharacter));
    }

    #[test]
    fn what_is_wrong_is_named_by_its_place() {
        for (rest, place) in [
            ("abc", 3),
            ("a\u{1F}\"", 1),
            (r#"\x""#, 1),
            (r#"\u12g4""#, 4),
            (r#"\u123"#, 5),
            ("\\", 1),
            (r#"\ud800\u12""#, 10),
        ] {
            assert_eq!(literal(rest).err(), Some(place), "{rest}");
        }
    }
}
