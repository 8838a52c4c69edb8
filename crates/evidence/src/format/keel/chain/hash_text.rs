//! A hash as a row states it: compared as text, kept in few bytes.

use crate::digest::Digest;

/// The text of a hash. Two are equal exactly when their texts are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in super::super) struct HashText {
    /// The digest that the text spells, or the digest of the text when it spells none.
    bytes: Digest,
    /// Whether it is 64 lower-case hex digits.
    plain: bool,
}

impl HashText {
    pub(in super::super) fn of(text: &str) -> HashText {
        let lower = !text.bytes().any(|byte| byte.is_ascii_uppercase());
        match Digest::from_hex(text).filter(|_| lower) {
            Some(bytes) => HashText { bytes, plain: true },
            None => HashText {
                bytes: Digest::of(text.as_bytes()),
                plain: false,
            },
        }
    }

    /// The digest, when the text is one in lower-case hex without a prefix.
    pub(in super::super) fn digest(self) -> Option<Digest> {
        self.plain.then_some(self.bytes)
    }

    /// The text, where it is known; else a word for it.
    pub(in super::super) fn shown(self) -> String {
        match self.digest() {
            Some(digest) => digest.to_hex(),
            None => "a text that is no lower-case SHA-256".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_digest_are_different_texts() {
        let hex = Digest::of(b"").to_hex();
        assert_ne!(HashText::of(&hex), HashText::of(&hex.to_uppercase()));
        assert_ne!(HashText::of(&hex), HashText::of(&format!("sha256:{hex}")));
        assert_eq!(HashText::of("GENESIS"), HashText::of("GENESIS"));
    }

    #[test]
    fn a_text_is_not_taken_for_the_digest_of_itself() {
        let spelled = Digest::of(b"GENESIS").to_hex();
        assert_ne!(HashText::of("GENESIS"), HashText::of(&spelled));
    }
}
