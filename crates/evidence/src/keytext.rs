//! Key text that a reviewer supplies, in every encoding the specs name (`notes/hostile-input.md`, keys and signatures).
//!
//! Each encoding has one reader. A key field inside evidence is read as its spec says, no wider: by the one or two
//! readers that fit, not by [`read_key_text`].

mod base64;
mod der;
mod jwk;
mod pem;

pub use jwk::read_jwk;
pub use pem::read_pem;

use crate::json::{Bounds, parse};
use crate::reason::ReasonCode;
use crate::signature::PublicKey;
use base64::Convention;

/// A key, and what was odd about its text or about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadKey {
    /// The key.
    pub key: PublicKey,
    /// `KEY_ENCODING_NONSTANDARD` for odd padding or text around a PEM block, `KEY_MIXED_ORDER`.
    pub warnings: Vec<ReasonCode>,
}

/// Reads one key: raw 32 bytes in hex, base64 or base64url, also behind `ed25519:`; SubjectPublicKeyInfo in the same or
/// as PEM; or a JWK. Blanks around the text are no part of it.
///
/// # Errors
/// `KEY_PRIVATE_MATERIAL`, `KEY_WRONG_ALGORITHM`, `KEY_ENCODING_NONSTANDARD`, `KEY_WEAK` or `KEY_MALFORMED`.
pub fn read_key_text(text: &str) -> Result<ReadKey, ReasonCode> {
    let text = text.trim();
    if text.starts_with('{') {
        return read_jwk_text(text);
    }
    if text.contains(pem::BEGIN) {
        return read_pem(text);
    }
    let text = text.strip_prefix("ed25519:").unwrap_or(text);
    if is_hex(text) {
        return read_hex(text);
    }
    read_base64(text)
}

/// Reads a raw key or a SubjectPublicKeyInfo in base64 or base64url: which it is, its length decides.
///
/// # Errors
/// As [`read_key_text`].
pub fn read_base64(text: &str) -> Result<ReadKey, ReasonCode> {
    let decoded = base64::decode(text, Convention::Either)?;
    Ok(from_raw_or_spki(&decoded.bytes)?.noting(decoded.odd))
}

/// Reads a raw key or a SubjectPublicKeyInfo in hex, either case.
///
/// # Errors
/// As [`read_key_text`].
pub fn read_hex(text: &str) -> Result<ReadKey, ReasonCode> {
    let bytes = data_encoding::HEXLOWER_PERMISSIVE.decode(text.as_bytes());
    from_raw_or_spki(&bytes.map_err(|_| ReasonCode::KeyMalformed)?)
}

fn read_jwk_text(text: &str) -> Result<ReadKey, ReasonCode> {
    let parsed = parse(text.as_bytes(), &Bounds::default()).map_err(|_| ReasonCode::KeyMalformed)?;
    let doubled = parsed
        .flaws
        .iter()
        .any(|flaw| flaw.code == ReasonCode::JsonDuplicateKey);
    match read_jwk(&parsed.root) {
        Ok(_) if doubled => Err(ReasonCode::KeyMalformed),
        result => result,
    }
}

/// Whether this is hex rather than base64, of which 32 and 44 bytes have these lengths.
fn is_hex(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_hexdigit()) && !matches!(text.len(), 43 | 44 | 59 | 60)
}

fn from_raw_or_spki(bytes: &[u8]) -> Result<ReadKey, ReasonCode> {
    match bytes.try_into() {
        Ok(raw) => from_raw(raw),
        Err(_) => from_raw(&der::ed25519_in_spki(bytes)?),
    }
}

fn from_raw(raw: &[u8; 32]) -> Result<ReadKey, ReasonCode> {
    let key = PublicKey::from_bytes(raw)?;
    let warnings = key.is_mixed_order().then_some(ReasonCode::KeyMixedOrder);
    Ok(ReadKey {
        key,
        warnings: warnings.into_iter().collect(),
    })
}

impl ReadKey {
    /// The same, with a warning where the encoding was odd.
    fn noting(mut self, odd: bool) -> ReadKey {
        if odd {
            self.warnings.insert(0, ReasonCode::KeyEncodingNonstandard);
        }
        self
    }
}

#[cfg(test)]
mod tests;
