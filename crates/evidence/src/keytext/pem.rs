//! PEM armour (RFC 7468) around one SubjectPublicKeyInfo.

use super::base64::{self, Convention};
use super::{ReadKey, der, from_raw};
use crate::reason::ReasonCode;

pub(super) const BEGIN: &str = "-----BEGIN ";
const BEGIN_PUBLIC: &str = "-----BEGIN PUBLIC KEY-----";
const END_PUBLIC: &str = "-----END PUBLIC KEY-----";

/// Reads the one `PUBLIC KEY` block of a text; other lines around it are worth a warning.
///
/// # Errors
/// `KEY_PRIVATE_MATERIAL` if any block is a private key; `KEY_MALFORMED` unless there is exactly one block, on lines of
/// its own; else as [`super::read_key_text`].
pub fn read_pem(text: &str) -> Result<ReadKey, ReasonCode> {
    if text.contains("PRIVATE KEY-----") {
        return Err(ReasonCode::KeyPrivateMaterial);
    }
    if text.contains("-----BEGIN RSA PUBLIC KEY-----") {
        return Err(ReasonCode::KeyWrongAlgorithm);
    }
    if text.matches(BEGIN).count() != 1 {
        return Err(ReasonCode::KeyMalformed);
    }
    let mut lines = text.lines();
    let before = lines.by_ref().take_while(|line| *line != BEGIN_PUBLIC);
    let mut odd = before.filter(|line| !line.trim().is_empty()).count() > 0;
    let body: Vec<_> = lines.by_ref().take_while(|line| *line != END_PUBLIC).collect();
    if body.is_empty() || !text.lines().any(|line| line == END_PUBLIC) {
        return Err(ReasonCode::KeyMalformed);
    }
    odd |= lines.any(|line| !line.trim().is_empty());
    let decoded = base64::decode(&body.concat(), Convention::Standard)?;
    Ok(from_raw(&der::ed25519_in_spki(&decoded.bytes)?)?.noting(odd || decoded.odd))
}
