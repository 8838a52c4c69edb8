//! A JSON Web Key (RFC 7517) of the Ed25519 kind (RFC 8037).

use super::base64::{self, Convention};
use super::{ReadKey, from_raw};
use crate::json::Node;
use crate::reason::ReasonCode;

/// Reads the key of a JWK object. That no member stands twice is for the reader of the document to have seen.
///
/// # Errors
/// `KEY_PRIVATE_MATERIAL` if it has a private part; else as [`super::read_key_text`].
pub fn read_jwk(jwk: &Node<'_>) -> Result<ReadKey, ReasonCode> {
    if jwk.get("d").is_some() {
        return Err(ReasonCode::KeyPrivateMaterial);
    }
    expect(jwk.get("kty"), &["OKP"])?;
    expect(jwk.get("crv"), &["Ed25519"])?;
    if jwk.get("alg").is_some() {
        expect(jwk.get("alg"), &["EdDSA", "Ed25519"])?;
    }
    let x = jwk.get("x").and_then(Node::as_str).ok_or(ReasonCode::KeyMalformed)?;
    let decoded = base64::decode(x, Convention::Url)?;
    let raw = decoded
        .bytes
        .as_slice()
        .try_into()
        .map_err(|_| ReasonCode::KeyMalformed)?;
    Ok(from_raw(raw)?.noting(decoded.odd))
}

/// The member must be one of these words.
fn expect(member: Option<&Node<'_>>, words: &[&str]) -> Result<(), ReasonCode> {
    let word = member.and_then(Node::as_str).ok_or(ReasonCode::KeyMalformed)?;
    if !words.contains(&word) {
        return Err(ReasonCode::KeyWrongAlgorithm);
    }
    Ok(())
}
