//! SubjectPublicKeyInfo (RFC 5280), as far as it takes to find an Ed25519 key (RFC 8410) or to say what else it is.

use crate::reason::ReasonCode;

/// Everything of an Ed25519 SubjectPublicKeyInfo before the raw key: DER leaves no other way to write it.
const ED25519_PREFIX: [u8; 12] = [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00];

const ED25519_OID: [u8; 3] = [0x2B, 0x65, 0x70];

const INTEGER: u8 = 0x02;
const OBJECT_IDENTIFIER: u8 = 0x06;
const SEQUENCE: u8 = 0x30;

/// The raw key in a SubjectPublicKeyInfo.
///
/// # Errors
/// `KEY_WRONG_ALGORITHM` for another algorithm's key, `KEY_PRIVATE_MATERIAL` for a private key, else `KEY_MALFORMED`.
pub(super) fn ed25519_in_spki(der: &[u8]) -> Result<[u8; 32], ReasonCode> {
    let raw = der.strip_prefix(&ED25519_PREFIX).and_then(|raw| raw.try_into().ok());
    raw.ok_or_else(|| other(der).unwrap_or(ReasonCode::KeyMalformed))
}

/// What this is instead of an Ed25519 public key, if that can be told.
fn other(der: &[u8]) -> Option<ReasonCode> {
    let outer = element(der, SEQUENCE)?;
    if !outer.after.is_empty() {
        return None;
    }
    if let Some(version) = element(outer.content, INTEGER) {
        // PKCS #8 and the older private forms begin with a version, a public key with its algorithm.
        return (version.content.len() == 1 && !version.after.is_empty()).then_some(ReasonCode::KeyPrivateMaterial);
    }
    let algorithm = element(outer.content, SEQUENCE)?;
    let oid = element(algorithm.content, OBJECT_IDENTIFIER)?;
    (oid.content != ED25519_OID).then_some(ReasonCode::KeyWrongAlgorithm)
}

struct Element<'a> {
    content: &'a [u8],
    after: &'a [u8],
}

/// The element with this tag that `der` begins with.
fn element(der: &[u8], tag: u8) -> Option<Element<'_>> {
    let (found, rest) = der.split_first()?;
    let (first, rest) = rest.split_first()?;
    if *found != tag {
        return None;
    }
    let (length, rest) = match *first {
        short @ 0..=0x7F => (usize::from(short), rest),
        0x81 => {
            let (length, rest) = rest.split_first()?;
            (usize::from(*length), rest)
        }
        0x82 => {
            let (length, rest) = rest.split_first_chunk::<2>()?;
            (usize::from(u16::from_be_bytes(*length)), rest)
        }
        _ => return None,
    };
    let (content, after) = rest.split_at_checked(length)?;
    Some(Element { content, after })
}
