//! The hash form: `sha256:` and 64 hex digits (`specs/nexart.md` 4).

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
    fn an_abbreviated_hash_is_none() {
        assert_eq!(normalise("sha256:abcdef..."), None);
    }
}
