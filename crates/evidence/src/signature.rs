//! Ed25519 keys and signatures, strictly (RFC 8032; `notes/hostile-input.md`, keys and signatures).

use std::sync::Arc;

use curve25519_dalek::Scalar;
use curve25519_dalek::edwards::{CompressedEdwardsY, EdwardsPoint};
use curve25519_dalek::traits::IsIdentity;
use ed25519_dalek::VerifyingKey;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest as _, Sha512};

use crate::digest::Digest;
use crate::reason::ReasonCode;

mod block;
mod comb;

pub(crate) use block::{Claim, accepted};
use comb::Comb;

/// An Ed25519 public key: canonical, on the curve, not of small order.
///
/// Copies share one object: records carry them by the million.
#[derive(Clone)]
pub struct PublicKey(Arc<Shared>);

struct Shared {
    key: VerifyingKey,
    /// What makes many signatures by one key quicker to verify.
    comb: Comb,
}

impl PartialEq for PublicKey {
    fn eq(&self, other: &PublicKey) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0.key == other.0.key
    }
}

impl Eq for PublicKey {}

impl PublicKey {
    /// A key from its raw 32 bytes.
    ///
    /// # Errors
    /// `KEY_MALFORMED` when y is not below p or the point is not on the curve, `KEY_WEAK` when it is of small order.
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<PublicKey, ReasonCode> {
        let key = VerifyingKey::from_bytes(bytes).map_err(|_| ReasonCode::KeyMalformed)?;
        if key.is_weak() {
            return Err(ReasonCode::KeyWeak);
        }
        // A non-canonical encoding decompresses, but compresses to other bytes.
        if key.to_edwards().compress().as_bytes() != bytes {
            return Err(ReasonCode::KeyMalformed);
        }
        Ok(PublicKey(Arc::new(Shared {
            key,
            comb: Comb::default(),
        })))
    }

    /// Whether the point has a component of small order (`KEY_MIXED_ORDER`): no key generation yields one, and
    /// software differs about its signatures.
    #[must_use]
    pub fn is_mixed_order(&self) -> bool {
        !self.0.key.to_edwards().is_torsion_free()
    }

    /// The raw 32 bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        self.0.key.as_bytes()
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
    /// The rule is RFC 8032's with everything canonical, no point of small order, and the equation without cofactor.
    ///
    /// # Errors
    /// `SIG_MALFORMED` when it is not 64 bytes; `SIG_NOT_STRICT` when only a laxer rule accepts it, which is said as an
    /// explanation and refuses as well; else `SIG_INVALID`.
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> Result<(), ReasonCode> {
        let bytes: &[u8; 64] = signature.try_into().map_err(|_| ReasonCode::SigMalformed)?;
        let Shared { key, comb } = self.0.as_ref();
        if comb.accepts(key, message, bytes) {
            return Ok(());
        }
        match key.verify_strict(message, &ed25519_dalek::Signature::from_bytes(bytes)) {
            Ok(()) => Ok(()),
            Err(_) if laxer_rule_accepts(key, message, bytes) => Err(ReasonCode::SigNotStrict),
            Err(_) => Err(ReasonCode::SigInvalid),
        }
    }
}

/// Whether the rule of ZIP 215 accepts: S below L, any encoding of A and R, the equation times the cofactor.
///
/// Whatever the plain rule of RFC 8032 accepts (the equation without cofactor), this one accepts as well.
fn laxer_rule_accepts(key: &VerifyingKey, message: &[u8], signature: &[u8; 64]) -> bool {
    let (Some(r_bytes), Some(s_bytes)) = (signature.first_chunk::<32>(), signature.last_chunk::<32>()) else {
        return false;
    };
    let Some(s) = Scalar::from_canonical_bytes(*s_bytes).into_option() else {
        return false;
    };
    let Some(r) = CompressedEdwardsY(*r_bytes).decompress() else {
        return false;
    };
    let k = challenge(key, r_bytes, message);
    let expected_r = EdwardsPoint::vartime_double_scalar_mul_basepoint(&k, &-key.to_edwards(), &s);
    (expected_r - r).mul_by_cofactor().is_identity()
}

/// The scalar that binds R, the key and the message (RFC 8032 5.1.7, step 2).
fn challenge(key: &VerifyingKey, r: &[u8; 32], message: &[u8]) -> Scalar {
    let hash = Sha512::new()
        .chain_update(r)
        .chain_update(key.as_bytes())
        .chain_update(message);
    Scalar::from_bytes_mod_order_wide(&hash.finalize().into())
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

#[cfg(test)]
pub(crate) mod tests;
