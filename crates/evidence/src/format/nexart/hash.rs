//! The hash form, `sha256:` and 64 hex digits, and the values that are hashed (`specs/nexart.md` 2 and 4).

use crate::canonical;
use crate::digest::Digest;
use crate::json::Node;
use crate::reason::ReasonCode;

/// Reads a hash as the spec compares it: trimmed, lower-cased, with or without prefix.
pub(super) fn normalise(text: &str) -> Option<Digest> {
    let text = text.trim().to_ascii_lowercase();
    Digest::from_hex(text.strip_prefix("sha256:").unwrap_or(&text))
}

/// The members of `value` named in `names` that are present, in the order of `names`.
pub(super) fn present<'n, 'a, 's>(value: &'n Node<'a>, names: &[&'s str]) -> Vec<(&'s str, &'n Node<'a>)> {
    names
        .iter()
        .filter_map(|name| value.get(name).map(|member| (*name, member)))
        .collect()
}

/// A whole number however it is written: every number is a double, so `3.0` is 3 (2.5).
pub(super) fn whole_number(value: &Node<'_>) -> Option<u64> {
    let number: f64 = value.as_number()?.parse().ok()?;
    // The shortest form of a whole double has no fraction.
    format!("{number}").parse().ok()
}

/// Canonical bytes of an object of exactly these members.
pub(super) fn object_bytes(members: &[(&str, &Node<'_>)]) -> Result<Vec<u8>, ReasonCode> {
    let mut bytes = Vec::with_capacity(1024);
    canonical::write_members(members.iter().copied(), &mut bytes)?;
    Ok(bytes)
}

/// Hash of an input or output: a string's raw bytes, anything else's canonical bytes (4.1).
pub(super) fn content(value: &Node<'_>) -> Option<Digest> {
    match value.as_str() {
        Some(text) => Some(Digest::of(text.as_bytes())),
        None => Some(Digest::of(&canonical::bytes(value).ok()?)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_and_a_missing_prefix_are_the_same_digest() {
        let hex = Digest::of(b"x").to_hex();
        assert_eq!(normalise(&format!(" SHA256:{} ", hex.to_uppercase())), normalise(&hex));
    }

    #[test]
    fn a_whole_number_is_one_however_it_is_written() {
        let read = |text: &str| {
            let parsed = crate::json::parse(text.as_bytes(), &crate::json::Bounds::default());
            parsed.ok().and_then(|parsed| whole_number(&parsed.root))
        };
        assert_eq!(["3", "3.0", "0.3e1"].map(read), [Some(3); 3]);
        assert_eq!(["3.5", "-1", "\"3\"", "1e300"].map(read), [None; 4]);
    }

    #[test]
    fn an_abbreviated_hash_is_none() {
        assert_eq!(normalise("sha256:abcdef..."), None);
    }
}
