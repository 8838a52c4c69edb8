//! Ed25519 keys and signatures, strictly (RFC 8032; `notes/hostile-input.md`, keys and signatures).

use ed25519_dalek::VerifyingKey;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::digest::Digest;
use crate::reason::ReasonCode;

/// An Ed25519 public key: canonical, on the curve, not of small order.
#[derive(Clone, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

impl PublicKey {
    /// A key from its raw 32 bytes.
    ///
    /// # Errors
    /// `KEY_MALFORMED` when y is not below p or the point is not on the curve, `KEY_WEAK` when it is of small order.
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<PublicKey, ReasonCode> {
        let key = VerifyingKey::from_bytes(bytes).map_err(|_| ReasonCode::KeyMalformed)?;
        // A non-canonical encoding decompresses, but compresses to other bytes.
        let compressed = key.to_edwards().compress();
        if compressed.as_bytes() != bytes {
            return Err(ReasonCode::KeyMalformed);
        }
        if key.is_weak() {
            return Err(ReasonCode::KeyWeak);
        }
        Ok(PublicKey(key))
    }

    /// The raw 32 bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }

    /// 64 lower-case hex digits of the raw bytes.
    #[must_use]
    pub fn to_hex(&self) -> String {
        data_encoding::HEXLOWER.encode(self.as_bytes())
    }

    /// SHA-256 of the raw bytes: the fingerprint that people compare.
    #[must_use]
    pub fn fingerprint(&self) -> Digest {
        Digest::of(self.as_bytes())
    }

    /// Verifies a signature of raw 64 bytes over exactly `message`.
    ///
    /// # Errors
    /// `SIG_MALFORMED` when it is not 64 bytes; `SIG_NOT_STRICT` when only a laxer rule would accept it; else `SIG_INVALID`.
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> Result<(), ReasonCode> {
        let bytes: &[u8; 64] = signature.try_into().map_err(|_| ReasonCode::SigMalformed)?;
        let signature = ed25519_dalek::Signature::from_bytes(bytes);
        self.0
            .verify_strict(message, &signature)
            .map_err(|_| ReasonCode::SigInvalid)
    }
}

impl std::fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PublicKey({})", self.to_hex())
    }
}

impl Serialize for PublicKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_hex())
    }
}

impl<'de> Deserialize<'de> for PublicKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<PublicKey, D::Error> {
        let text = String::deserialize(deserializer)?;
        let bytes = data_encoding::HEXLOWER
            .decode(text.as_bytes())
            .ok()
            .and_then(|bytes| <[u8; 32]>::try_from(bytes).ok())
            .ok_or_else(|| serde::de::Error::custom("a public key is 64 lower-case hex digits"))?;
        PublicKey::from_bytes(&bytes).map_err(|code| serde::de::Error::custom(code.as_str()))
    }
}
