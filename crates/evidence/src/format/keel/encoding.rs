//! Keys and signatures as Keel writes them (`specs/keel.md` 2): `ed25519:` and padded standard base64, to the letter.

use data_encoding::BASE64;

use crate::reason::ReasonCode;
use crate::signature::PublicKey;

const PREFIX: &str = "ed25519:";

/// A signature's 64 bytes, or fewer or more where the text holds something else in base64.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SignatureText {
    /// The decoded bytes.
    pub(super) bytes: Vec<u8>,
    /// Whether the prefix is there.
    pub(super) prefixed: bool,
}

/// Reads a signature.
///
/// # Errors
/// `SIGNATURE_ENCODING` for anything that a lenient reader would have to overlook.
pub(super) fn signature(text: &str) -> Result<SignatureText, ReasonCode> {
    let rest = text.strip_prefix(PREFIX);
    let bytes = BASE64.decode(rest.unwrap_or(text).as_bytes());
    Ok(SignatureText {
        bytes: bytes.map_err(|_| ReasonCode::SignatureEncoding)?,
        prefixed: rest.is_some(),
    })
}

/// The raw key that evidence names: the prefix has to be there.
pub(super) fn embedded_key(text: &str) -> Option<[u8; 32]> {
    raw_key(text.strip_prefix(PREFIX)?)
}

/// The key of a trust root, whose prefix may be absent.
///
/// # Errors
/// `KEY_MALFORMED` or `KEY_WEAK`.
pub(super) fn listed_key(text: &str) -> Result<PublicKey, ReasonCode> {
    let raw = raw_key(text.strip_prefix(PREFIX).unwrap_or(text)).ok_or(ReasonCode::KeyMalformed)?;
    PublicKey::from_bytes(&raw)
}

fn raw_key(base64: &str) -> Option<[u8; 32]> {
    BASE64.decode(base64.as_bytes()).ok()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_lenient_reader_overlooks_is_refused() {
        for text in [
            "ed25519:AA A=",
            "ed25519:AAA",
            "ed25519:AAB=",
            "ed25519:A-_=",
            "Ed25519:AAA=",
            "ed25519:ed25519:AAA=",
        ] {
            assert_eq!(signature(text), Err(ReasonCode::SignatureEncoding), "{text}");
        }
    }

    #[test]
    fn a_signature_without_prefix_is_read_and_told() {
        let read = signature("AAA=").unwrap();
        assert_eq!((read.bytes, read.prefixed), (vec![0, 0], false));
    }

    #[test]
    fn a_key_in_evidence_needs_its_prefix() {
        let key = "YEgXaAB762BZyXNrFV0MjZ7UhNyZiMr2qhVHiLGiXt8=";
        assert!(embedded_key(key).is_none());
        assert!(embedded_key(&format!("ed25519:{key}")).is_some());
        assert!(listed_key(key).is_ok());
    }
}
