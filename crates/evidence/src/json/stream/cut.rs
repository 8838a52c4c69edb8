//! Where a value ends, without reading it.

use crate::json::plain_run;

/// A value being cut out of a stream, piece by piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cut {
    /// A number or a word, that ends before what separates values.
    Word,
    /// A container or a string, that ends with its last bracket or quote.
    Enclosed(Enclosed),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Enclosed {
    /// Brackets open. Their kinds are not compared: that is for the reader of the value.
    depth: u64,
    in_string: bool,
    escaped: bool,
}

impl Cut {
    /// For a value with this first byte, which is to be given to [`Cut::end_in`] with the rest; none where no value
    /// starts so.
    pub(super) fn starting_with(first: u8) -> Option<Cut> {
        match first {
            b'{' | b'[' | b'"' => Some(Cut::Enclosed(Enclosed::default())),
            _ if separates(first) => None,
            _ => Some(Cut::Word),
        }
    }

    /// How many of the next bytes belong to the value, if it ends among them.
    pub(super) fn end_in(&mut self, bytes: &[u8]) -> Option<usize> {
        match self {
            Cut::Word => bytes.iter().position(|byte| separates(*byte)),
            Cut::Enclosed(enclosed) => enclosed.end_in(bytes),
        }
    }
}

fn separates(byte: u8) -> bool {
    matches!(byte, b',' | b':' | b']' | b'}' | b' ' | b'\t' | b'\r' | b'\n')
}

impl Enclosed {
    fn end_in(&mut self, bytes: &[u8]) -> Option<usize> {
        let mut at = 0;
        while at < bytes.len() {
            let rest = bytes.get(at..).unwrap_or_default();
            at += if self.in_string {
                self.string(rest)
            } else {
                self.brackets(rest)
            };
            if self.depth == 0 && !self.in_string {
                return Some(at);
            }
        }
        None
    }

    /// Passes bytes of a string, up to and with its closing quote.
    fn string(&mut self, bytes: &[u8]) -> usize {
        if std::mem::take(&mut self.escaped) {
            return 1;
        }
        let run = plain_run(bytes).length;
        match bytes.get(run) {
            Some(b'"') => self.in_string = false,
            Some(b'\\') => self.escaped = true,
            _ => {}
        }
        bytes.len().min(run + 1)
    }

    /// Passes bytes outside strings, up to and with the next opening quote or the last closing bracket.
    fn brackets(&mut self, bytes: &[u8]) -> usize {
        for (index, byte) in bytes.iter().enumerate() {
            match byte {
                b'"' => {
                    self.in_string = true;
                    return index + 1;
                }
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' => {
                    self.depth = self.depth.saturating_sub(1);
                    if self.depth == 0 {
                        return index + 1;
                    }
                }
                _ => {}
            }
        }
        bytes.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, value: &str) {
        let bytes = text.as_bytes();
        for size in 1..=bytes.len() {
            let mut cut = Cut::starting_with(bytes[0]).expect("a value");
            let mut passed = 0;
            let end = bytes.chunks(size).find_map(|piece| {
                let end = cut.end_in(piece).map(|end| passed + end);
                passed += piece.len();
                end
            });
            assert_eq!(end, Some(value.len()), "{text} in pieces of {size}");
        }
    }

    #[test]
    fn a_value_ends_at_the_same_place_however_it_arrives() {
        check(r#"{"a":[1,{"b":"}]"}]} , "#, r#"{"a":[1,{"b":"}]"}]}"#);
        check(r#""a\\\"b" ]"#, r#""a\\\"b""#);
        check(r#""\\" ]"#, r#""\\""#);
        check("[[]]]", "[[]]");
        check("-1.5e3,", "-1.5e3");
        check("nulls]", "nulls");
    }

    #[test]
    fn an_open_value_does_not_end() {
        for text in [r#"{"a":"#, r#"{"a}"#, "[[]", r#""\""#, "12"] {
            let bytes = text.as_bytes();
            assert_eq!(
                Cut::starting_with(bytes[0]).and_then(|mut cut| cut.end_in(bytes)),
                None,
                "{text}"
            );
        }
    }
}
