//! A sign-off as a signature that other tools can verify: a DSSE envelope around an in-toto Statement v1.
//!
//! What is signed is DSSE's pre-authentication encoding: `DSSEv1 <length of type> <type> <length of payload> <payload>`.

use data_encoding::BASE64;
use evidence::{Digest, PublicKey, ReasonCode};
use serde::{Deserialize, Serialize};

use super::history::canonical;
use super::key::{ReviewerKey, ReviewerKeyError};
use super::review::PackRef;
use super::signoff::SignOff;

/// The payload's type (in-toto).
pub const PAYLOAD_TYPE: &str = "application/vnd.in-toto+json";

/// The statement's type (in-toto Statement v1).
pub const STATEMENT_TYPE: &str = "https://in-toto.io/Statement/v1";

/// The predicate's type: a sign-off.
pub const PREDICATE_TYPE: &str = "urn:sealcheck:signoff:1";

/// A signed payload.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Envelope {
    /// The statement, base64.
    pub payload: String,
    /// Always [`PAYLOAD_TYPE`].
    pub payload_type: String,
    /// Always one.
    pub signatures: Vec<EnvelopeSignature>,
}

/// A signature of an envelope.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EnvelopeSignature {
    /// SHA-256 of the raw public key, hex: the fingerprint that the key book shows.
    pub keyid: String,
    /// The signature's 64 bytes, base64.
    pub sig: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Statement<'a> {
    #[serde(rename = "_type")]
    kind: &'static str,
    subject: [Subject<'a>; 1],
    predicate_type: &'static str,
    predicate: Predicate<'a>,
}

#[derive(Serialize)]
struct Subject<'a> {
    name: &'a str,
    digest: SubjectDigest,
}

#[derive(Serialize)]
struct SubjectDigest {
    sha256: Digest,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Predicate<'a> {
    role: &'static str,
    name: &'a str,
    title: &'a str,
    at: &'a str,
    statement: &'a str,
    body_sha256: Digest,
    history_sha256: Digest,
    covers_sha256: Digest,
}

/// The bytes of the statement that a sign-off signs.
#[must_use]
pub fn statement(pack: &PackRef, signoff: &SignOff) -> Vec<u8> {
    canonical(&Statement {
        kind: STATEMENT_TYPE,
        subject: [Subject {
            name: &pack.name,
            digest: SubjectDigest { sha256: pack.sha256 },
        }],
        predicate_type: PREDICATE_TYPE,
        predicate: Predicate {
            role: signoff.role.as_str(),
            name: &signoff.name,
            title: &signoff.title,
            at: &signoff.at,
            statement: &signoff.statement,
            body_sha256: signoff.body_sha256,
            history_sha256: signoff.history_sha256,
            covers_sha256: signoff.covers_sha256,
        },
    })
}

/// DSSE's pre-authentication encoding.
#[must_use]
pub fn pre_authentication(payload_type: &str, payload: &[u8]) -> Vec<u8> {
    let mut bytes = format!("DSSEv1 {} {payload_type} {} ", payload_type.len(), payload.len()).into_bytes();
    bytes.extend_from_slice(payload);
    bytes
}

/// Signs a statement; the key is used up.
///
/// # Errors
/// When the key's public half is not acceptable.
pub fn sign(payload: &[u8], key: ReviewerKey) -> Result<(PublicKey, Envelope), ReviewerKeyError> {
    let public = key.public()?;
    let signature = key.sign(&pre_authentication(PAYLOAD_TYPE, payload));
    let envelope = Envelope {
        payload: BASE64.encode(payload),
        payload_type: PAYLOAD_TYPE.to_owned(),
        signatures: vec![EnvelopeSignature {
            keyid: public.fingerprint().to_hex(),
            sig: BASE64.encode(&signature),
        }],
    };
    Ok((public, envelope))
}

impl Envelope {
    /// Whether the key signed exactly this payload.
    ///
    /// # Errors
    /// `SIG_MALFORMED` when it is no envelope of one signature about `payload`, or the engine's answer.
    pub fn verify(&self, payload: &[u8], key: &PublicKey) -> Result<(), ReasonCode> {
        let [signature] = self.signatures.as_slice() else {
            return Err(ReasonCode::SigMalformed);
        };
        let decoded = |text: &str| BASE64.decode(text.as_bytes()).map_err(|_| ReasonCode::SigMalformed);
        if self.payload_type != PAYLOAD_TYPE || signature.keyid != key.fingerprint().to_hex() {
            return Err(ReasonCode::SigMalformed);
        }
        if decoded(&self.payload)? != payload {
            return Err(ReasonCode::SigInvalid);
        }
        key.verify(&pre_authentication(PAYLOAD_TYPE, payload), &decoded(&signature.sig)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encoding_is_that_of_the_dsse_specification() {
        assert_eq!(
            pre_authentication("http://example.com/HelloWorld", b"hello world"),
            b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
        );
    }

    /// The public key of RFC 8032's first test.
    const OTHER: [u8; 32] = [
        0xd7, 0x5a, 0x98, 0x01, 0x82, 0xb1, 0x0a, 0xb7, 0xd5, 0x4b, 0xfe, 0xd3, 0xc9, 0x64, 0x07, 0x3a, 0x0e, 0xe1,
        0x72, 0xf3, 0xda, 0xa6, 0x23, 0x25, 0xaf, 0x02, 0x1a, 0x68, 0xf7, 0x07, 0x51, 0x1a,
    ];

    fn signed() -> (PublicKey, Envelope) {
        let key = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n-----END PRIVATE KEY-----\n";
        sign(b"payload", ReviewerKey::read(key.as_bytes(), None).unwrap()).unwrap()
    }

    #[test]
    fn an_envelope_verifies_for_its_payload_and_key_alone() {
        let (key, envelope) = signed();
        assert_eq!(envelope.verify(b"payload", &key), Ok(()));
        assert_eq!(envelope.verify(b"payloae", &key), Err(ReasonCode::SigInvalid));
        let other = PublicKey::from_bytes(&OTHER).unwrap();
        assert_eq!(envelope.verify(b"payload", &other), Err(ReasonCode::SigMalformed));
    }

    #[test]
    fn a_changed_envelope_does_not_verify() {
        let (key, envelope) = signed();
        let mut changed = envelope.clone();
        changed.payload = BASE64.encode(b"payloae");
        assert!(changed.verify(b"payloae", &key).is_err());
        changed = envelope.clone();
        changed.payload_type = "application/json".to_owned();
        assert!(changed.verify(b"payload", &key).is_err());
        changed = envelope.clone();
        changed.signatures.push(changed.signatures[0].clone());
        assert!(changed.verify(b"payload", &key).is_err());
    }
}
