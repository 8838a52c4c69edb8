//! Sequence numbers, exact at any size: never a float.

use std::cmp::Ordering;

use crate::json::{Node, Value};

/// A sequence number.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(in super::super) enum Sequence {
    /// Nearly every one.
    Small(i64),
    /// The decimal digits of one that does not fit, with its sign.
    Large(Box<str>),
}

/// What stands as a `sequence_number`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Number {
    /// An integer.
    Integer(Sequence),
    /// `null`, or nothing.
    Null,
    /// A text, a boolean, a number with a point or an exponent, or no scalar at all.
    Wrong,
}

impl Number {
    pub(super) fn of(node: Option<&Node<'_>>) -> Number {
        match node.map(|node| &node.value) {
            None | Some(Value::Null) => Number::Null,
            Some(Value::Number(literal)) => Sequence::parse(literal).map_or(Number::Wrong, Number::Integer),
            Some(Value::Bool(_) | Value::String(_) | Value::Array(_) | Value::Object(_)) => Number::Wrong,
        }
    }

    pub(super) fn integer(self) -> Option<Sequence> {
        match self {
            Number::Integer(sequence) => Some(sequence),
            Number::Null | Number::Wrong => None,
        }
    }
}

impl Sequence {
    /// Reads the literal of a JSON number; none unless it is written as an integer.
    pub(in super::super) fn parse(literal: &str) -> Option<Sequence> {
        let digits = literal.strip_prefix('-').unwrap_or(literal);
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        Some(
            literal
                .parse()
                .map_or_else(|_| Sequence::Large(literal.into()), Sequence::Small),
        )
    }

    /// How many numbers lie between this one and a greater one, where both fit.
    pub(super) fn between(&self, greater: &Sequence) -> Option<i128> {
        match (self, greater) {
            (Sequence::Small(one), Sequence::Small(other)) => Some(i128::from(*other) - i128::from(*one) - 1),
            (Sequence::Small(_) | Sequence::Large(_), _) => None,
        }
    }

    /// Whether `next` is the number right after this one.
    pub(in super::super) fn is_followed_by(&self, next: &Sequence) -> bool {
        match self {
            Sequence::Small(number) => match number.checked_add(1) {
                Some(successor) => *next == Sequence::Small(successor),
                None => next.to_string() == (i128::from(*number) + 1).to_string(),
            },
            Sequence::Large(digits) => next.to_string() == successor(digits),
        }
    }

    /// Its sign and digits, by which numbers of any size compare.
    fn parts(&self) -> (bool, String) {
        let text = self.to_string();
        match text.strip_prefix('-') {
            Some(digits) => (true, digits.to_owned()),
            None => (false, text),
        }
    }
}

/// The digits of the number after this one, which does not fit an `i64`.
fn successor(digits: &str) -> String {
    match digits.strip_prefix('-') {
        Some(magnitude) => format!("-{}", step(magnitude, b'0', b'9', -1)),
        None => step(digits, b'9', b'0', 1),
    }
}

/// Adds one to decimal digits, or takes one away: `full` is the digit that turns over to `empty` and carries on.
fn step(digits: &str, full: u8, empty: u8, by: i8) -> String {
    let mut bytes = digits.as_bytes().to_vec();
    for byte in bytes.iter_mut().rev() {
        if *byte != full {
            *byte = byte.saturating_add_signed(by);
            return String::from_utf8(bytes)
                .unwrap_or_default()
                .trim_start_matches('0')
                .to_owned();
        }
        *byte = empty;
    }
    format!("1{}", String::from_utf8(bytes).unwrap_or_default())
}

impl Ord for Sequence {
    fn cmp(&self, other: &Sequence) -> Ordering {
        if let (Sequence::Small(one), Sequence::Small(other)) = (self, other) {
            return one.cmp(other);
        }
        let ((negative, one), (other_negative, two)) = (self.parts(), other.parts());
        let magnitude = one.len().cmp(&two.len()).then_with(|| one.cmp(&two));
        match (negative, other_negative) {
            (false, false) => magnitude,
            (true, true) => magnitude.reverse(),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
        }
    }
}

impl PartialOrd for Sequence {
    fn partial_cmp(&self, other: &Sequence) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl std::fmt::Display for Sequence {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Sequence::Small(number) => number.fmt(f),
            Sequence::Large(digits) => f.write_str(digits),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(literal: &str) -> Sequence {
        Sequence::parse(literal).expect("an integer")
    }

    #[test]
    fn only_what_is_written_as_an_integer_is_one() {
        for literal in ["3.0", "3e0", "3E2", "-", ""] {
            assert_eq!(Sequence::parse(literal), None, "{literal}");
        }
        assert_eq!(number("-0"), number("0"));
    }

    #[test]
    fn numbers_above_a_double_stay_exact() {
        assert!(number("9007199254740993") > number("9007199254740992"));
        assert_eq!(number("9007199254740993").to_string(), "9007199254740993");
    }

    #[test]
    fn numbers_of_any_size_compare_as_numbers() {
        let ascending = [
            "-99999999999999999999999",
            "-9999999999999999999999",
            "-9223372036854775809",
            "-9223372036854775808",
            "0",
            "9223372036854775807",
            "9223372036854775808",
            "10000000000000000000000",
        ];
        for pair in ascending.windows(2) {
            assert!(number(pair[0]) < number(pair[1]), "{pair:?}");
        }
    }

    #[test]
    fn the_number_after_is_known_at_any_size() {
        for (one, next) in [
            ("1", "2"),
            ("9223372036854775807", "9223372036854775808"),
            ("99999999999999999999", "100000000000000000000"),
            ("-9223372036854775809", "-9223372036854775808"),
            ("-10000000000000000000", "-9999999999999999999"),
        ] {
            assert!(number(one).is_followed_by(&number(next)), "{one}");
            assert!(!number(next).is_followed_by(&number(one)), "{next}");
        }
    }
}
