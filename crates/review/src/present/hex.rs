//! Fingerprints as people compare them, and two values under each other.

use crate::view::{ComparisonView, Segment, SegmentKind};
use crate::words::sentence::{count, length, number};

use super::text::{Layout, cut};
use super::text::{append, push, visible};

/// The hex digits of a SHA-256 value, with or without its prefix.
pub(super) fn sha256_digits(text: &str) -> Option<String> {
    let text = text.trim();
    let digits = text.strip_prefix("sha256:").unwrap_or(text);
    (digits.len() == 64 && digits.bytes().all(|b| b.is_ascii_hexdigit())).then(|| digits.to_ascii_lowercase())
}

/// A fingerprint in short form with both ends: `9f86d081 … b0f00a08`; other text as it is, made visible.
#[must_use]
pub fn short_hex(text: &str) -> String {
    match sha256_digits(text) {
        Some(digits) => format!(
            "{} … {}",
            digits.get(..8).unwrap_or(&digits),
            digits.get(56..).unwrap_or_default()
        ),
        None => visible(text),
    }
}

/// `text` in segments, characters that differ from `other` at the same place marked; groups of eight for fingerprints.
pub(super) fn marked(text: &str, other: &str, grouped: bool) -> Vec<Segment> {
    let mut segments = Vec::new();
    let mut others = other.chars();
    for (place, c) in text.chars().enumerate() {
        if grouped && place > 0 && place.is_multiple_of(8) {
            append(&mut segments, " ", SegmentKind::Plain);
        }
        let kind = if others.next() == Some(c) {
            SegmentKind::Plain
        } else {
            SegmentKind::Differs
        };
        push(&mut segments, c.encode_utf8(&mut [0; 4]), kind, Layout::Value);
    }
    segments
}

/// How many places differ, missing ones included.
pub(super) fn differing(text: &str, other: &str) -> u64 {
    let longest = text.chars().count().max(other.chars().count());
    let same = text.chars().zip(other.chars()).filter(|(a, b)| a == b).count();
    length(longest - same)
}

/// The recorded value over the recomputed one.
#[must_use]
pub fn comparison(expected: &str, found: &str) -> ComparisonView {
    let digits = sha256_digits(expected).zip(sha256_digits(found));
    let grouped = digits.is_some();
    let (expected, found) = digits.unwrap_or_else(|| (value(expected), value(found)));
    let differ = differing(&expected, &found);
    let kind = if grouped { "SHA-256" } else { "Text" };
    ComparisonView {
        note: if differ == 0 {
            format!("{kind}, same value")
        } else {
            format!(
                "{kind}, {} of {} differ and are underlined",
                number(differ),
                count(
                    length(expected.chars().count().max(found.chars().count())),
                    "character",
                    "characters"
                )
            )
        },
        expected_label: "Recorded".to_owned(),
        expected: marked(&expected, &found, grouped),
        expected_plain: plain(&expected, grouped),
        found_label: "Recomputed".to_owned(),
        found: marked(&found, &expected, grouped),
        found_plain: plain(&found, grouped),
    }
}

/// The longest value that is compared character by character on the page.
const LONGEST: usize = 4_096;

fn value(text: &str) -> String {
    cut(text, LONGEST).0.to_owned()
}

fn plain(text: &str, grouped: bool) -> String {
    if grouped {
        format!("sha256:{text}")
    } else {
        visible(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONES: &str = "1111111111111111111111111111111111111111111111111111111111111111";

    #[test]
    fn a_short_fingerprint_keeps_both_ends() {
        let text = format!("sha256:aaaaaaaa{}bbbbbbbb", &ONES[16..]);
        assert_eq!(short_hex(&text), "aaaaaaaa … bbbbbbbb");
    }

    #[test]
    fn a_value_that_is_no_fingerprint_is_not_shortened() {
        assert_eq!(short_hex("sha256:abcd..."), "sha256:abcd...");
    }

    #[test]
    fn fingerprints_stand_in_eight_groups_with_differing_characters_marked() {
        let other = format!("2{}", &ONES[1..]);
        let view = comparison(ONES, &format!("sha256:{other}"));
        let text: String = view.found.iter().map(|s| s.text.as_str()).collect();
        assert_eq!(text.split(' ').count(), 8);
        assert_eq!(view.found[0].text, "2");
        assert_eq!(view.found[0].kind, SegmentKind::Differs);
        assert_eq!(view.note, "SHA-256, 1 of 64 characters differ and are underlined");
    }

    #[test]
    fn a_longer_value_differs_behind_the_end_of_the_shorter() {
        assert_eq!(differing("abc", "ab"), 1);
        assert_eq!(comparison("3", "3").note, "Text, same value");
    }
}
