//! Number literals: the grammar, and whether a double can hold them.

use crate::reason::ReasonCode;

/// The longest literal that is read as a number; beyond it, `JSON_NUMBER_RANGE`.
pub(crate) const LONGEST_LITERAL: usize = 1_024;

/// Below this length a literal without exponent can neither overflow nor vanish.
const SHORT: usize = 300;

const LARGEST_SAFE: u64 = (1 << 53) - 1;

/// A literal found at the start of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Literal {
    /// Its bytes.
    pub(super) length: usize,
    /// Whether it has a point or an exponent.
    form: Form,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Integer,
    Fraction,
    Exponent,
}

/// The number literal that `bytes` starts with, or the place within it that is wrong.
pub(super) fn literal(bytes: &[u8]) -> Result<Literal, usize> {
    let mut length = usize::from(bytes.first() == Some(&b'-'));
    length = match bytes.get(length) {
        Some(b'0') => length + 1,
        _ => digits(bytes, length)?,
    };
    let mut form = Form::Integer;
    if bytes.get(length) == Some(&b'.') {
        length = digits(bytes, length + 1)?;
        form = Form::Fraction;
    }
    if matches!(bytes.get(length), Some(b'e' | b'E')) {
        let signed = matches!(bytes.get(length + 1), Some(b'+' | b'-'));
        length = digits(bytes, length + 1 + usize::from(signed))?;
        form = Form::Exponent;
    }
    Ok(Literal { length, form })
}

/// The end of one or more digits that start at `from`; `from` where there is none.
fn digits(bytes: &[u8], from: usize) -> Result<usize, usize> {
    let rest = bytes.get(from..).unwrap_or_default();
    let count = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if count == 0 { Err(from) } else { Ok(from + count) }
}

/// What is wrong with the number when it becomes a double.
pub(super) fn flaw(text: &str, literal: Literal) -> Option<ReasonCode> {
    if literal.form == Form::Integer {
        return integer_flaw(text);
    }
    if literal.length > LONGEST_LITERAL {
        return Some(ReasonCode::JsonNumberRange);
    }
    let mantissa = text.split(['e', 'E']).next().unwrap_or(text);
    let zero = !mantissa.contains(|digit| matches!(digit, '1'..='9'));
    if zero {
        return text.starts_with('-').then_some(ReasonCode::JsonNumberUnsafe);
    }
    if literal.form == Form::Fraction && literal.length < SHORT {
        return None;
    }
    match text.parse::<f64>() {
        Ok(0.0) => Some(ReasonCode::JsonNumberUnsafe),
        Ok(value) if value.is_finite() => None,
        Ok(_) | Err(_) => Some(ReasonCode::JsonNumberRange),
    }
}

fn integer_flaw(text: &str) -> Option<ReasonCode> {
    let digits = text.trim_start_matches('-');
    match digits.len() {
        0..=15 => (text == "-0").then_some(ReasonCode::JsonNumberUnsafe),
        16..SHORT => {
            let safe = digits.parse().is_ok_and(|value: u64| value <= LARGEST_SAFE);
            (!safe).then_some(ReasonCode::JsonNumberUnsafe)
        }
        SHORT..=LONGEST_LITERAL if text.parse().is_ok_and(f64::is_finite) => Some(ReasonCode::JsonNumberUnsafe),
        _ => Some(ReasonCode::JsonNumberRange),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<ReasonCode>) {
        let found = literal(text.as_bytes()).expect("a number");
        assert_eq!(found.length, text.len());
        assert_eq!(flaw(text, found), expected, "{text}");
    }

    #[test]
    fn integers_beyond_a_double_are_unsafe() {
        check("9007199254740991", None);
        check("-9007199254740991", None);
        check("9007199254740992", Some(ReasonCode::JsonNumberUnsafe));
        check("-9007199254740992", Some(ReasonCode::JsonNumberUnsafe));
        check(&"9".repeat(40), Some(ReasonCode::JsonNumberUnsafe));
    }

    #[test]
    fn integers_that_become_infinite_are_out_of_range() {
        check(&"9".repeat(308), Some(ReasonCode::JsonNumberUnsafe));
        check(&"9".repeat(310), Some(ReasonCode::JsonNumberRange));
        check(&"1".repeat(2_000), Some(ReasonCode::JsonNumberRange));
    }

    #[test]
    fn negative_zero_is_unsafe_however_it_is_written() {
        check("0", None);
        check("-0", Some(ReasonCode::JsonNumberUnsafe));
        check("-0.00", Some(ReasonCode::JsonNumberUnsafe));
        check("-0e5", Some(ReasonCode::JsonNumberUnsafe));
        check("0.0e-5", None);
    }

    #[test]
    fn a_number_that_vanishes_is_unsafe_and_one_that_overflows_is_out_of_range() {
        check("5e-324", None);
        check("1e-999", Some(ReasonCode::JsonNumberUnsafe));
        check(&format!("0.{}1", "0".repeat(400)), Some(ReasonCode::JsonNumberUnsafe));
        check("1.7976931348623157e308", None);
        check("-1e400", Some(ReasonCode::JsonNumberRange));
    }

    #[test]
    fn a_literal_that_is_too_long_is_out_of_range() {
        check(&format!("0.{}", "1".repeat(1_022)), None);
        check(&format!("0.{}", "1".repeat(1_023)), Some(ReasonCode::JsonNumberRange));
    }

    #[test]
    fn what_is_no_number_names_the_place() {
        for (text, place) in [
            ("-", 1),
            ("1.", 2),
            (".5", 0),
            ("1e", 2),
            ("1e+", 3),
            ("-a", 1),
            ("", 0),
        ] {
            assert_eq!(literal(text.as_bytes()), Err(place), "{text}");
        }
    }
}
