//! The rules for one name: a path inside a pack, or one that a manifest quotes (`notes/hostile-input.md`, "Names").
//!
//! A name is a label and never a path that gets opened. The rules keep out what two systems would read differently.

pub(crate) mod collision;
mod cp437;
mod segment;

use unicode_normalization::UnicodeNormalization as _;

use super::limits::Limits;
use crate::reason::ReasonCode;

/// A name that may be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Name {
    /// The path, `/` between segments, without one at the end.
    pub(crate) path: String,
    /// Whether it ended in a separator.
    pub(crate) folder: bool,
    /// What to remark about it.
    pub(crate) remarks: Vec<ReasonCode>,
}

/// The text of a name's bytes, and a remark when the bytes did not say how to read them.
///
/// # Errors
/// `PATH_NOT_UTF8` when they claim to be UTF-8 and are not.
pub(crate) fn decode(bytes: &[u8], says_utf8: bool) -> Result<(String, Option<ReasonCode>), ReasonCode> {
    match std::str::from_utf8(bytes) {
        Ok(text) if says_utf8 || text.is_ascii() => Ok((text.to_owned(), None)),
        Ok(text) => Ok((text.to_owned(), Some(ReasonCode::PathLegacyEncoding))),
        Err(_) if says_utf8 => Err(ReasonCode::PathNotUtf8),
        Err(_) => Ok((cp437::decode(bytes), Some(ReasonCode::PathLegacyEncoding))),
    }
}

/// Applies the rules to a name as it stands in an archive or manifest.
///
/// # Errors
/// With the code of the first rule it breaks, the dangerous ones first.
pub(crate) fn check(text: &str, limits: &Limits) -> Result<Name, ReasonCode> {
    if text.is_empty() {
        return Err(ReasonCode::PathEmpty);
    }
    if text.len() > limits.path_length {
        return Err(ReasonCode::PathTooLong);
    }
    characters(text)?;
    let path = text.replace('\\', "/");
    if is_absolute(&path) {
        return Err(ReasonCode::PathAbsolute);
    }
    traversal(&path)?;
    let mut remarks = Vec::new();
    if text.contains('\\') {
        remarks.push(ReasonCode::PathBackslash);
    }
    let (path, folder) = match path.strip_suffix('/') {
        Some(path) => (path.to_owned(), true),
        None => (path, false),
    };
    let mut depth = 0;
    for part in path.split('/') {
        remarks.extend(segment::check(part, limits)?);
        depth += 1;
    }
    if depth > limits.path_depth {
        return Err(ReasonCode::PathTooDeep);
    }
    Ok(Name { path, folder, remarks })
}

/// Characters that no name may hold anywhere.
fn characters(text: &str) -> Result<(), ReasonCode> {
    for character in text.chars() {
        if character.is_control() {
            return Err(ReasonCode::PathControlChar);
        }
        if is_invisible(character) {
            return Err(ReasonCode::PathBidiControl);
        }
    }
    Ok(())
}

/// Bidirectional controls and characters without width: two names could look alike, or one like another.
fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}' | '\u{feff}')
}

/// From the root, from another machine or from a drive (`C:` too, which is relative to that drive's folder).
fn is_absolute(path: &str) -> bool {
    let mut characters = path.chars();
    let (first, second) = (characters.next(), characters.next());
    first == Some('/') || (second == Some(':') && first.is_some_and(|letter| letter.is_ascii_alphabetic()))
}

/// A step upwards, plain or in disguise.
fn traversal(path: &str) -> Result<(), ReasonCode> {
    if has_step_up(path) {
        return Err(ReasonCode::PathTraversal);
    }
    let plain = path.is_ascii() && !path.contains('%');
    if !plain && disguised_forms(path).iter().any(|form| has_step_up(form)) {
        return Err(ReasonCode::PathEncodedTraversal);
    }
    Ok(())
}

fn has_step_up(path: &str) -> bool {
    path.split(['/', '\\']).any(|part| part == "..")
}

/// What the name becomes for a reader that decodes percent signs (once or twice) or folds wide characters.
fn disguised_forms(path: &str) -> [String; 3] {
    let wide: String = path.nfkc().map(ascii_separator).collect();
    let once = percent_decoded(&wide);
    let twice = percent_decoded(&once);
    [wide, once, twice]
}

/// Slashes that NFKC leaves alone.
fn ascii_separator(character: char) -> char {
    match character {
        '\u{2044}' | '\u{2215}' | '\u{29f8}' => '/',
        '\u{2216}' | '\u{29f5}' | '\u{29f9}' => '\\',
        other => other,
    }
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let escape = after.get(..2).filter(|_| *first == b'%');
        match escape.and_then(|digits| data_encoding::HEXLOWER_PERMISSIVE.decode(digits).ok()) {
            Some(decoded) => {
                decoded.iter().for_each(|byte| push_decoded(&mut bytes, *byte));
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Adds a decoded byte; the overlong forms of dot and slash, which careless decoders accept, become what they stand for.
fn push_decoded(bytes: &mut Vec<u8>, byte: u8) {
    let overlong = bytes.last() == Some(&0xc0);
    let plain = match byte {
        0xae if overlong => b'.',
        0xaf if overlong => b'/',
        other => {
            bytes.push(other);
            return;
        }
    };
    bytes.pop();
    bytes.push(plain);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> Option<ReasonCode> {
        check(text, &Limits::default()).err()
    }

    #[test]
    fn ordinary_names_pass() {
        for text in [
            "a.json",
            "records/cer-1.json",
            "~/x",
            "ünïcode/é.json",
            "a b.txt",
            "100%.txt",
            "a..b",
        ] {
            assert_eq!(code(text), None, "{text}");
        }
    }

    #[test]
    fn absolute_names_are_refused_whatever_the_system() {
        for text in ["/a", "\\a", "\\\\server\\share", "\\\\?\\C:\\a", "C:\\a", "c:a"] {
            assert_eq!(code(text), Some(ReasonCode::PathAbsolute), "{text}");
        }
    }

    #[test]
    fn a_step_up_is_refused_even_inside() {
        for text in ["../a", "a/../b", "a\\..\\b", "a/.."] {
            assert_eq!(code(text), Some(ReasonCode::PathTraversal), "{text}");
        }
    }

    #[test]
    fn a_step_up_in_disguise_is_refused() {
        for text in [
            "%2e%2e/a",
            "..%2fa",
            "%252e%252e%252fa",
            "%c0%ae%c0%ae/a",
            "．．/a",
            "..／a",
            "\u{2025}/a",
        ] {
            assert_eq!(code(text), Some(ReasonCode::PathEncodedTraversal), "{text}");
        }
    }

    #[test]
    fn empty_segments_are_refused_and_a_folder_is_told() {
        assert_eq!(code("a//b"), Some(ReasonCode::PathEmpty));
        assert_eq!(code(""), Some(ReasonCode::PathEmpty));
        assert!(check("a/", &Limits::default()).unwrap().folder);
    }

    #[test]
    fn lengths_and_depth_have_limits() {
        assert_eq!(code(&"a/".repeat(600)), Some(ReasonCode::PathTooLong));
        assert_eq!(code(&"a".repeat(256)), Some(ReasonCode::PathTooLong));
        assert_eq!(code(&vec!["a"; 33].join("/")), Some(ReasonCode::PathTooDeep));
        assert_eq!(code(&vec!["a"; 32].join("/")), None);
    }

    #[test]
    fn bytes_that_only_claim_utf8_are_refused() {
        assert_eq!(decode(b"\xff", true), Err(ReasonCode::PathNotUtf8));
        assert_eq!(
            decode(b"caf\x82", false),
            Ok(("café".to_owned(), Some(ReasonCode::PathLegacyEncoding)))
        );
        assert_eq!(decode(b"plain", false), Ok(("plain".to_owned(), None)));
    }
}
