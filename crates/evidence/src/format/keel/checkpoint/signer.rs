//! Who signed a checkpoint (`specs/keel.md` 7, step 2).

use crate::check::{Check, CheckId, Outcome};
use crate::json::Node;
use crate::reason::ReasonCode;
use crate::report::Finding;
use crate::signature::PublicKey;

/// Who a checkpoint says signed it: the question to the reviewer's trust (3.3, purpose `integrity_checkpoint`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) struct Claimed<'c> {
    /// `key_id`, when it is a text.
    pub(in super::super) key_id: Option<&'c str>,
    /// `public_key`, when it is a text.
    pub(in super::super) public_key: Option<&'c str>,
    /// `computed_at`, which is not signed.
    pub(in super::super) signed_at: Option<&'c str>,
}

/// What the reviewer's trust says of it.
#[derive(Debug, Clone)]
pub(in super::super) struct Signer {
    /// The key to verify with: the trusted one, else the embedded one when it is readable and sound.
    pub(in super::super) key: Option<PublicKey>,
    /// Why it is not trusted: `TRUST_ROOT_UNRESOLVABLE`, `MANIFEST_PUBLIC_KEY_MISMATCH`, `SIGNING_KEY_REVOKED`,
    /// `KEY_EXPIRED_AT_SIGNING_TIME`.
    pub(in super::super) doubt: Option<ReasonCode>,
}

impl<'c> Claimed<'c> {
    pub(super) fn of(document: &'c Node<'_>) -> Claimed<'c> {
        let text = |name| document.get(name).and_then(Node::as_str);
        Claimed {
            key_id: text("key_id"),
            public_key: text("public_key"),
            signed_at: text("computed_at"),
        }
    }
}

/// Checks the signature over the text of the composite hash. A doubt about the key comes after a signature that does not
/// fit, since that is proven by the bytes alone.
pub(super) fn check(
    document: &Node<'_>,
    subject: &str,
    composite: Option<&str>,
    signer: &dyn Fn(&Claimed<'_>) -> Signer,
) -> (Check, Option<Finding>) {
    let claimed = Claimed::of(document);
    let done = |outcome| Check::new(CheckId::CheckpointSignature, subject, outcome);
    let Some(signature) = document
        .get("signature")
        .and_then(Node::as_str)
        .filter(|text| !text.is_empty())
    else {
        return (done(Outcome::Fail(ReasonCode::CheckpointSignatureMissing)), None);
    };
    let Some(composite) = composite else {
        return (done(Outcome::Skipped(ReasonCode::Blocked)), None);
    };
    let bare = signature.strip_prefix("ed25519:");
    let warning = bare
        .is_none()
        .then(|| Finding::new(ReasonCode::SignaturePrefixMissing, subject, ""));
    let Ok(bytes) = data_encoding::BASE64.decode(bare.unwrap_or(signature).as_bytes()) else {
        return (done(Outcome::Fail(ReasonCode::SignatureEncoding)), warning);
    };
    let signer = signer(&claimed);
    let fits = signer.key.as_ref().map(|key| key.verify(composite.as_bytes(), &bytes));
    let mut check = match (fits, signer.doubt) {
        // As with manifests: another key than the trusted one is told as such, not as a signature that does not fit.
        (_, Some(doubt @ ReasonCode::ManifestPublicKeyMismatch)) => {
            let mut check = done(Outcome::Fail(ReasonCode::KeyConflict));
            check.also.push(doubt);
            check
        }
        (_, Some(doubt @ (ReasonCode::SigningKeyRevoked | ReasonCode::KeyExpiredAtSigningTime))) => {
            done(Outcome::Fail(doubt))
        }
        (Some(Err(code)), _) => {
            let mut check = done(Outcome::Fail(ReasonCode::SignatureVerificationFailed));
            check.also.extend(signer.doubt);
            check.detail("commonCode", code.as_str())
        }
        (_, Some(ReasonCode::TrustRootUnresolvable)) => unlisted(done),
        (_, Some(doubt)) => {
            let mut check = done(Outcome::Undetermined(ReasonCode::KeyNotConfirmed));
            check.also.push(doubt);
            check
        }
        (Some(Ok(())), None) => done(Outcome::Pass),
        (None, None) => unlisted(done),
    };
    for (label, text) in [("keyId", claimed.key_id), ("statedTime", claimed.signed_at)] {
        if let Some(text) = text {
            check = check.detail(label, text);
        }
    }
    (check, warning)
}

/// A key that the trust root does not list proves nothing: undecided, with the spec's word beside ours.
fn unlisted(done: impl Fn(Outcome) -> Check) -> Check {
    let mut check = done(Outcome::Undetermined(ReasonCode::KeyNotFound));
    check.also.push(ReasonCode::TrustRootUnresolvable);
    check
}
