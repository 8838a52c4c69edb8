//! *Compare with a value you were given*: same, different from a character on, or another kind of value.

use data_encoding::{BASE64, BASE64_NOPAD, BASE64URL, BASE64URL_NOPAD, HEXLOWER, HEXLOWER_PERMISSIVE};

use crate::view::{CompareView, OutcomeView};
use crate::words::sentence::number;

use super::hex::marked;
use super::text::visible_segments;

/// Compares a value of ours (hex, with or without `sha256:`) with one that somebody gave the reviewer.
///
/// Blanks, line ends, colons, hyphens, upper case, a `sha256:` or `sha-256` prefix and base64 forms are accepted.
#[must_use]
pub fn compare(ours: &str, given: &str) -> CompareView {
    let ours = reduce(ours);
    let reduced = read(given, ours.len());
    match reduced {
        Some(given) if given == ours => answer(OutcomeView::Pass, "Same value.".to_owned(), &ours, &given),
        Some(given) => {
            let from = first_difference(&ours, &given);
            answer(
                OutcomeView::Fail,
                format!("Different from character {} on.", number(from)),
                &ours,
                &given,
            )
        }
        None => CompareView {
            outcome: OutcomeView::Undetermined,
            sentence: other_kind(given, ours.len()),
            ours: marked(&ours, &ours, true),
            given: visible_segments(given.trim()),
        },
    }
}

fn answer(outcome: OutcomeView, sentence: String, ours: &str, given: &str) -> CompareView {
    CompareView {
        outcome,
        sentence,
        ours: marked(ours, given, true),
        given: marked(given, ours, true),
    }
}

fn first_difference(ours: &str, given: &str) -> u64 {
    let same = ours.chars().zip(given.chars()).take_while(|(a, b)| a == b).count();
    crate::words::sentence::length(same.saturating_add(1))
}

/// Lower-case hex without prefix, blanks and separators.
fn reduce(text: &str) -> String {
    let lower: String = text
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect::<String>()
        .to_lowercase();
    let bare = ["sha256:", "sha-256:", "sha256=", "sha-256=", "sha256", "sha-256"]
        .iter()
        .find_map(|prefix| lower.strip_prefix(prefix))
        .unwrap_or(&lower);
    bare.chars().filter(|c| !matches!(c, ':' | '-')).collect()
}

/// The given value as hex of the wanted length; `None` when it is another kind of value.
fn read(given: &str, wanted: usize) -> Option<String> {
    let hex = reduce(given);
    if hex.len() == wanted && HEXLOWER_PERMISSIVE.decode(hex.as_bytes()).is_ok() {
        return Some(hex);
    }
    let compact: String = given.chars().filter(|c| !c.is_whitespace()).collect();
    let bare = ["sha256:", "sha256-", "SHA256:"]
        .iter()
        .find_map(|prefix| compact.strip_prefix(prefix))
        .unwrap_or(&compact);
    [BASE64, BASE64_NOPAD, BASE64URL, BASE64URL_NOPAD]
        .iter()
        .filter_map(|encoding| encoding.decode(bare.as_bytes()).ok())
        .map(|bytes| HEXLOWER.encode(&bytes))
        .find(|hex| hex.len() == wanted)
}

fn other_kind(given: &str, wanted: usize) -> String {
    let reduced = reduce(given);
    let is_hex = !reduced.is_empty() && reduced.chars().all(|c| c.is_ascii_hexdigit());
    let wanted = number(crate::words::sentence::length(wanted));
    if is_hex {
        let has = number(crate::words::sentence::length(reduced.len()));
        return format!("Different kind of value: it has {has} characters, ours has {wanted}.");
    }
    if given.trim().is_empty() {
        return "Nothing was given to compare.".to_owned();
    }
    format!("Different kind of value: it is not a fingerprint of {wanted} characters.")
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    fn check(given: &str, sentence: &str) {
        assert_eq!(compare(OURS, given).sentence, sentence, "{given:?}");
    }

    #[test]
    fn every_way_of_writing_the_same_value_is_the_same() {
        let colons: String = OURS
            .as_bytes()
            .chunks(2)
            .map(|pair| String::from_utf8_lossy(pair).into_owned())
            .collect::<Vec<_>>()
            .join(":");
        let raw = HEXLOWER.decode(OURS.as_bytes()).unwrap();
        for given in [
            OURS.to_owned(),
            OURS.to_uppercase(),
            format!("sha256:{OURS}"),
            format!("SHA-256: {OURS}\n"),
            format!("{} {}\n{}", &OURS[..8], &OURS[8..32], &OURS[32..]),
            colons,
            BASE64.encode(&raw),
            BASE64URL_NOPAD.encode(&raw),
            format!("sha256-{}", BASE64.encode(&raw)),
        ] {
            check(&given, "Same value.");
        }
    }

    #[test]
    fn the_first_differing_character_is_named() {
        check(&format!("{}0", &OURS[..63]), "Different from character 64 on.");
        check(&format!("f{}", &OURS[1..]), "Different from character 1 on.");
    }

    #[test]
    fn another_kind_of_value_is_not_called_different() {
        check("0a1b2c", "Different kind of value: it has 6 characters, ours has 64.");
        check(
            "k1 of the node",
            "Different kind of value: it is not a fingerprint of 64 characters.",
        );
        check("  ", "Nothing was given to compare.");
    }

    #[test]
    fn hidden_characters_in_a_given_value_are_shown() {
        let view = compare(OURS, "abc\u{202E}def");
        assert!(view.given.iter().any(|segment| segment.text == "[U+202E]"));
    }
}
