//! The envelope of an export: hash and signature (`specs/keel.md` 2 and 16, steps 1 to 6).

use super::encoding;
use super::keys::{Claim, Keys, Purpose, Resolved};
use super::manifest::{Manifest, Signature};
use crate::check::{Check, CheckId, Outcome};
use crate::container::is_limit;
use crate::digest::Digest;
use crate::reason::ReasonCode;
use crate::report::{Finding, KeySeen};
use crate::signature::PublicKey;

/// What hash and signature of one signed thing came to.
pub(super) struct Head {
    /// `contentHash`.
    pub(super) hash: Check,
    /// `signature`.
    pub(super) signature: Check,
    /// The key that mattered.
    pub(super) keys: Vec<KeySeen>,
    /// Warnings.
    pub(super) warnings: Vec<Finding>,
}

impl Head {
    /// A manifest that cannot be read: nothing in it counts. A limit of ours proves nothing.
    pub(super) fn broken(subject: &str, code: ReasonCode, detail: &str) -> Head {
        let outcome = if is_limit(code) {
            Outcome::Undetermined(code)
        } else {
            Outcome::Fail(code)
        };
        let hash = Check::new(CheckId::ContentHash, subject, outcome).detail("cause", detail);
        Head {
            hash,
            signature: Check::new(CheckId::Signature, subject, Outcome::Skipped(ReasonCode::Blocked)),
            keys: Vec::new(),
            warnings: Vec::new(),
        }
    }

    /// Content without a manifest: unsigned, nothing verified.
    pub(super) fn unsigned(payload: &str, digest: Option<Digest>) -> Head {
        let found = digest.map(|digest| digest.prefixed());
        let absent = Outcome::Undetermined(ReasonCode::ExportManifestAbsent);
        Head {
            hash: Check::new(CheckId::ContentHash, payload, absent).found(found),
            signature: Check::new(
                CheckId::Signature,
                payload,
                Outcome::Undetermined(ReasonCode::NotAttested),
            ),
            keys: Vec::new(),
            warnings: Vec::new(),
        }
    }

    /// Judges a manifest and the payload that belongs to it.
    pub(super) fn judge(
        manifest: &Manifest,
        places: Places<'_>,
        payload: Option<Result<Digest, ReasonCode>>,
        keys: &Keys,
    ) -> Head {
        let hash = content_hash(&manifest.content_hash, places.payload, payload);
        let mut warnings = Vec::new();
        let mut seen = Vec::new();
        let signature = if matches!(hash.outcome, Outcome::Fail(_)) {
            Check::new(
                CheckId::Signature,
                places.manifest,
                Outcome::Skipped(ReasonCode::Blocked),
            )
        } else {
            let signed = Signed {
                message: manifest.content_hash.as_bytes(),
                signature: &manifest.signature,
                claim: manifest.claim(),
                purpose: Purpose::ExportSigning,
            };
            signed.check(CheckId::Signature, places.manifest, keys, &mut warnings, &mut seen)
        };
        Head {
            hash,
            signature,
            keys: seen,
            warnings,
        }
    }
}

/// Where manifest and payload lie.
#[derive(Debug, Clone, Copy)]
pub(super) struct Places<'p> {
    /// The manifest's path.
    pub(super) manifest: &'p str,
    /// The payload's path; that of the manifest where there is none.
    pub(super) payload: &'p str,
}

/// The stated hash against the bytes, as text and to the letter. Bytes that could not be read contradict nothing.
fn content_hash(stated: &str, subject: &str, payload: Option<Result<Digest, ReasonCode>>) -> Check {
    let found = payload.and_then(Result::ok).map(|digest| digest.prefixed());
    let outcome = match (payload, &found) {
        (Some(Err(code)), _) => Outcome::Undetermined(code),
        (_, None) => Outcome::Undetermined(ReasonCode::ExportPayloadAbsent),
        (_, Some(found)) if found == stated => Outcome::Pass,
        (_, Some(_)) => Outcome::Fail(ReasonCode::ContentHashMismatch),
    };
    Check::new(CheckId::ContentHash, subject, outcome)
        .expected(Some(stated.to_owned()))
        .found(found)
        .detail("hashed", "the file exactly as it was shipped")
}

/// A signature over a text, and who it says made it.
pub(super) struct Signed<'s> {
    /// The signed bytes.
    pub(super) message: &'s [u8],
    /// The signature.
    pub(super) signature: &'s Signature,
    /// The signer.
    pub(super) claim: Claim<'s>,
    /// What the key must be listed for.
    pub(super) purpose: Purpose,
}

impl Signed<'_> {
    /// Verifies it under the key that the reviewer's trust names, and says what there is to say about the key.
    pub(super) fn check(
        &self,
        id: CheckId,
        subject: &str,
        keys: &Keys,
        warnings: &mut Vec<Finding>,
        seen: &mut Vec<KeySeen>,
    ) -> Check {
        let text = match self.signature {
            Signature::Missing => return self.missing(id, subject),
            Signature::Other => "",
            Signature::Text(text) => text,
        };
        let resolved = self.resolve(keys, text);
        seen.push(resolved.seen(&self.claim, subject));
        let (outcome, also) = self.outcome(text, &resolved);
        if outcome == Outcome::Pass || matches!(outcome, Outcome::Undetermined(_)) {
            let unprefixed = encoding::signature(text).is_ok_and(|signature| !signature.prefixed);
            let code = ReasonCode::SignaturePrefixMissing;
            warnings.extend(unprefixed.then(|| Finding::new(code, subject, "")));
        }
        let mut check = Check::new(id, subject, outcome)
            .detail("signedBytes", String::from_utf8_lossy(self.message).into_owned())
            .detail("keyId", self.claim.key_id.unwrap_or("not stated"));
        check.also = also;
        if !resolved.detail.is_empty() {
            check = check.detail("trust", resolved.detail);
        }
        check
    }

    fn missing(&self, id: CheckId, subject: &str) -> Check {
        let mut check = Check::new(id, subject, Outcome::Fail(ReasonCode::NotAttested));
        check.also = vec![ReasonCode::ManifestSignatureMissing];
        check
    }

    /// The key; where nothing in the evidence names one, a key given by itself that fits.
    fn resolve<'k>(&self, keys: &'k Keys, text: &str) -> Resolved<'k> {
        let fits = |key: &PublicKey| {
            encoding::signature(text).is_ok_and(|signature| key.verify(self.message, &signature.bytes).is_ok())
        };
        keys.untold(self.purpose, &self.claim, &fits)
            .unwrap_or_else(|| keys.resolve(self.purpose, &self.claim))
    }

    fn outcome(&self, text: &str, resolved: &Resolved<'_>) -> (Outcome, Vec<ReasonCode>) {
        let signature = match encoding::signature(text) {
            Ok(signature) if matches!(self.signature, Signature::Text(_)) => signature,
            Ok(_) | Err(_) => return (Outcome::Fail(ReasonCode::SignatureEncoding), Vec::new()),
        };
        let verified = resolved
            .key
            .as_ref()
            .map(|key| key.verify(self.message, &signature.bytes));
        let unfit = ReasonCode::SignatureVerificationFailed;
        match (resolved.doubt, verified) {
            (None, Some(Ok(()))) => (Outcome::Pass, Vec::new()),
            (None, Some(Err(why))) => (Outcome::Fail(unfit), explained(why)),
            (None, None) => (Outcome::Fail(unfit), Vec::new()),
            (Some(ReasonCode::SelfAssertedKey), Some(Err(why))) => (Outcome::Fail(unfit), explained(why)),
            (Some(doubt @ ReasonCode::SelfAssertedKey), _) => {
                (Outcome::Undetermined(ReasonCode::KeyNotConfirmed), vec![doubt])
            }
            // It does not even fit the key that it came with.
            (Some(doubt @ ReasonCode::TrustRootUnresolvable), Some(Err(_))) => (Outcome::Fail(doubt), vec![unfit]),
            (Some(doubt @ ReasonCode::TrustRootUnresolvable), _) => {
                (Outcome::Undetermined(ReasonCode::KeyNotFound), vec![doubt])
            }
            (Some(doubt @ ReasonCode::ManifestPublicKeyMismatch), _) => {
                (Outcome::Fail(ReasonCode::KeyConflict), vec![doubt])
            }
            (Some(doubt), _) => (Outcome::Fail(doubt), Vec::new()),
        }
    }
}

/// What a laxer reader would have said of a signature that is refused.
fn explained(why: ReasonCode) -> Vec<ReasonCode> {
    if why == ReasonCode::SigNotStrict {
        vec![why]
    } else {
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keybook::KeyBook;
    use crate::signature::tests::lax_signature;

    /// The check of a signature by a key that nobody lists.
    fn unlisted(signature: &Signature) -> Check {
        let signed = Signed {
            message: b"message",
            signature,
            claim: Claim {
                key_id: Some("k9"),
                ..Claim::default()
            },
            purpose: Purpose::ExportSigning,
        };
        let (mut warnings, mut seen) = (Vec::new(), Vec::new());
        signed.check(
            CheckId::Signature,
            "manifest.json",
            &Keys::default(),
            &mut warnings,
            &mut seen,
        )
    }

    #[test]
    fn without_a_trust_root_a_signature_is_open_and_says_why() {
        let text = format!("ed25519:{}", data_encoding::BASE64.encode(&[1; 64]));
        let check = unlisted(&Signature::Text(text));
        assert_eq!(check.outcome, Outcome::Undetermined(ReasonCode::KeyNotFound));
        let trust = check.details.iter().find(|(label, _)| *label == "trust");
        assert_eq!(trust.map(|(_, text)| text.as_str()), Some("no trust root was given"));
    }

    #[test]
    fn what_a_laxer_rule_accepts_is_said_of_a_signature_that_is_refused() {
        let key = ed25519_dalek::SigningKey::from_bytes(&[1; 32]).verifying_key();
        let keys = Keys::of(&KeyBook {
            bare: vec![PublicKey::from_bytes(key.as_bytes()).expect("a key")],
            ..KeyBook::default()
        });
        let embedded = format!("ed25519:{}", data_encoding::BASE64.encode(key.as_bytes()));
        for (signed, explanation) in [
            (&b"message"[..], vec![ReasonCode::SigNotStrict]),
            (&b"another"[..], Vec::new()),
        ] {
            let lax = lax_signature(1, signed);
            let text = Signature::Text(format!("ed25519:{}", data_encoding::BASE64.encode(&lax)));
            let signed = Signed {
                message: b"message",
                signature: &text,
                claim: Claim {
                    public_key: Some(&embedded),
                    ..Claim::default()
                },
                purpose: Purpose::ExportSigning,
            };
            let (mut warnings, mut seen) = (Vec::new(), Vec::new());
            let check = signed.check(CheckId::Signature, "manifest.json", &keys, &mut warnings, &mut seen);
            let unfit = Outcome::Fail(ReasonCode::SignatureVerificationFailed);
            assert_eq!((check.outcome, check.also), (unfit, explanation));
            assert!(check.details.iter().all(|(label, _)| *label != "trust"));
        }
    }

    #[test]
    fn what_is_no_text_is_no_signature_whoever_is_trusted() {
        for signature in [Signature::Other, Signature::Text("x".to_owned())] {
            let check = unlisted(&signature);
            assert_eq!(check.outcome, Outcome::Fail(ReasonCode::SignatureEncoding));
        }
        let check = unlisted(&Signature::Missing);
        assert_eq!(check.outcome, Outcome::Fail(ReasonCode::NotAttested));
    }
}
