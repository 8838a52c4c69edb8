//! base64 and base64url (RFC 4648), told apart and held to the letter.

use data_encoding::{BASE64_NOPAD, BASE64URL_NOPAD, DecodeKind};

use crate::reason::ReasonCode;

/// What the place asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Convention {
    /// base64 with padding, or base64url without.
    Either,
    /// base64 with padding (PEM).
    Standard,
    /// base64url without padding (JWK).
    Url,
}

/// Decoded bytes.
pub(super) struct Decoded {
    pub(super) bytes: Vec<u8>,
    /// Whether padding, or in a JWK the alphabet, was other than asked for.
    pub(super) odd: bool,
}

/// Decodes a text.
///
/// # Errors
/// `KEY_ENCODING_NONSTANDARD` for what some decoders overlook: white space, both alphabets in one text, trailing bits
/// that are not zero. `KEY_MALFORMED` for anything else.
pub(super) fn decode(text: &str, convention: Convention) -> Result<Decoded, ReasonCode> {
    let standard = text.contains(['+', '/']);
    let url = text.contains(['-', '_']);
    if text.contains(|character: char| character.is_ascii_whitespace()) || (standard && url) {
        return Err(ReasonCode::KeyEncodingNonstandard);
    }
    let digits = text.trim_end_matches('=');
    let padded = digits.len() < text.len();
    if padded && (!text.len().is_multiple_of(4) || text.len() - digits.len() > 2) {
        return Err(ReasonCode::KeyMalformed);
    }
    let encoding = if url { BASE64URL_NOPAD } else { BASE64_NOPAD };
    let bytes = encoding.decode(digits.as_bytes()).map_err(|error| match error.kind {
        DecodeKind::Trailing => ReasonCode::KeyEncodingNonstandard,
        DecodeKind::Length | DecodeKind::Symbol | DecodeKind::Padding => ReasonCode::KeyMalformed,
    })?;
    let unpadded = !padded && !digits.len().is_multiple_of(4);
    let odd = match convention {
        Convention::Either => (standard && unpadded) || (url && padded),
        Convention::Standard => unpadded || url,
        Convention::Url => padded || standard,
    };
    Ok(Decoded { bytes, odd })
}
