//! SHA-256 digests as a type.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest as _, Sha256};

/// The 32 bytes of SHA-256 over stated bytes. Its text form is 64 lower-case hex digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; 32]);

impl Digest {
    /// The digest of `bytes`.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Digest {
        Digest(Sha256::digest(bytes).into())
    }

    /// A digest from its 32 bytes.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> Digest {
        Digest(bytes)
    }

    /// Reads exactly 64 hex digits, upper or lower case, without prefix or blanks.
    #[must_use]
    pub fn from_hex(text: &str) -> Option<Digest> {
        let mut bytes = [0; 32];
        if text.len() != 2 * bytes.len() {
            return None;
        }
        let decoded = data_encoding::HEXLOWER_PERMISSIVE.decode_mut(text.as_bytes(), &mut bytes);
        decoded.is_ok().then_some(Digest(bytes))
    }

    /// The raw bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// 64 lower-case hex digits.
    #[must_use]
    pub fn to_hex(&self) -> String {
        data_encoding::HEXLOWER.encode(&self.0)
    }

    /// Whether a text is exactly [`Digest::to_hex`].
    pub(crate) fn is_written(&self, text: &str) -> bool {
        let mut hex = [0; 64];
        data_encoding::HEXLOWER.encode_mut(&self.0, &mut hex);
        text.as_bytes() == hex
    }

    /// `sha256:` and 64 lower-case hex digits.
    #[must_use]
    pub fn prefixed(&self) -> String {
        format!("sha256:{}", self.to_hex())
    }
}

impl std::fmt::Display for Digest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.to_hex())
    }
}

impl std::fmt::Debug for Digest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Digest({self})")
    }
}

impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_hex())
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Digest, D::Error> {
        let text = String::deserialize(deserializer)?;
        Digest::from_hex(&text)
            // A digest in our own documents has one spelling.
            .filter(|digest| digest.to_hex() == text)
            .ok_or_else(|| serde::de::Error::custom("a digest is 64 lower-case hex digits"))
    }
}

/// A SHA-256 computation over bytes that arrive in pieces.
#[derive(Clone, Default)]
pub struct Hasher(Sha256);

impl Hasher {
    /// Starts over no bytes.
    #[must_use]
    pub fn new() -> Hasher {
        Hasher::default()
    }

    /// Adds the next bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The digest of everything added.
    #[must_use]
    pub fn finish(self) -> Digest {
        Digest(self.0.finalize().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digest_of_nothing_is_the_published_value() {
        assert_eq!(
            Digest::of(b"").to_hex(),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
    }

    #[test]
    fn it_is_shown_as_its_hex_digits() {
        let digest = Digest::of(b"");
        assert_eq!(digest.to_string(), digest.to_hex());
        assert_eq!(format!("{digest:?}"), format!("Digest({})", digest.to_hex()));
    }

    #[test]
    fn in_our_own_documents_a_digest_is_lower_case() {
        let text = Digest::of(b"").to_hex();
        let read = |text: &str| serde_json::from_str::<Digest>(&format!("\"{text}\"")).ok();
        assert_eq!(read(&text), Some(Digest::of(b"")));
        assert_eq!(read(&text.to_uppercase()), None);
    }

    #[test]
    fn truncated_hex_is_no_digest() {
        assert!(Digest::from_hex(&Digest::of(b"").to_hex()[1..]).is_none());
    }
}
