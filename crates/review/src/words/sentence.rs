//! Small parts of sentences: numbers, plurals, the case of a first letter, named values.

use std::collections::BTreeMap;

/// A number with commas between thousands: `48,211`.
#[must_use]
pub fn number(value: u64) -> String {
    let digits = value.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The length of a list as a number for people.
#[must_use]
pub fn length(len: usize) -> u64 {
    u64::try_from(len).unwrap_or(u64::MAX)
}

/// `1 record`, `3 records`.
#[must_use]
pub fn count(value: u64, one: &str, many: &str) -> String {
    format!("{} {}", number(value), if value == 1 { one } else { many })
}

/// The text with a small first letter, unless its first word is a name or an abbreviation.
#[must_use]
pub fn first_lower(text: &str) -> String {
    const NAMES: [&str; 5] = ["NexArt", "Keel", "Invoance", "Sealcheck", "Windows"];
    let word = text.split([' ', '\'']).next().unwrap_or(text);
    let abbreviation = word.chars().count() > 1 && word.chars().all(|c| c.is_uppercase() || c.is_numeric());
    if abbreviation || NAMES.contains(&word) {
        return text.to_owned();
    }
    with_first(text, |first| first.to_lowercase().collect())
}

/// The text with a capital first letter.
#[must_use]
pub fn first_upper(text: &str) -> String {
    with_first(text, |first| first.to_uppercase().collect())
}

fn with_first(text: &str, change: impl Fn(char) -> String) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => change(first) + letters.as_str(),
        None => String::new(),
    }
}

/// A template with its `{named}` values filled in; `None` when a value is missing.
#[must_use]
pub fn fill(template: &str, values: &BTreeMap<String, String>) -> Option<String> {
    let mut text = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, behind) = after.split_once('}')?;
        text.push_str(before);
        text.push_str(values.get(name)?);
        rest = behind;
    }
    text.push_str(rest);
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_separated() {
        let written: Vec<String> = [0, 999, 1_000, 48_213, 1_000_000].map(number).to_vec();
        assert_eq!(written, ["0", "999", "1,000", "48,213", "1,000,000"]);
    }

    #[test]
    fn names_and_abbreviations_keep_their_capital() {
        assert_eq!(first_lower("Its content"), "its content");
        assert_eq!(first_lower("JSON text"), "JSON text");
        assert_eq!(first_lower("Keel export"), "Keel export");
        assert_eq!(first_lower("A step"), "a step");
    }

    #[test]
    fn a_template_without_its_value_is_not_filled() {
        assert_eq!(fill("{count} records", &BTreeMap::new()), None);
    }
}
