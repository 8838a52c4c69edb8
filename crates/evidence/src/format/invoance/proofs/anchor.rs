//! A document anchor: the hash of a document (`specs/invoance.md` 10). No official code verifies its signature.

use super::{Around, Beside, Draft};
use crate::check::{CheckId, Outcome};
use crate::digest::Digest;
use crate::json::Node;
use crate::reason::ReasonCode;
use crate::signature::PublicKey;

/// Judges a document anchor.
pub(super) fn judge(mut draft: Draft, anchor: &Node<'_>, around: Around<'_>) -> Draft {
    let beside = around.files;
    draft.show(
        anchor,
        &["event_id", "tenant_id", "document_ref", "document_hash", "created_at"],
    );
    let text = |name: &str| anchor.get(name).and_then(Node::as_str);
    let stated = text("document_hash");
    let expected = stated.and_then(Digest::from_hex);
    let is_it = |file: &Beside<'_>| expected.is_some_and(|expected| file.digests().contains(&expected));
    let found = beside.iter().position(is_it);
    let named = text("document_ref").filter(|name| !name.is_empty());
    let called = |file: &Beside<'_>| named.is_some() && file.path.rsplit('/').next() == named;
    let other = beside.iter().position(called);
    draft.left_out = around
        .left_out
        .filter(|_| expected.is_some() && found.or(other).is_none());
    let outcome = match (found, other) {
        _ if expected.is_none() => Outcome::Undetermined(ReasonCode::ContentHashMismatch),
        (Some(_), _) => Outcome::Pass,
        (None, Some(_)) => Outcome::Fail(ReasonCode::ContentHashMismatch),
        (None, None) => draft
            .left_out
            .map_or(Outcome::Skipped(ReasonCode::NotPresent), Outcome::Undetermined),
    };
    draft.used.extend(found.or(other));
    let file = draft.used.first().and_then(|position| beside.get(*position));
    let mut content = draft
        .check(CheckId::PayloadHash, outcome)
        .expected(stated.map(str::to_owned))
        .found(file.map(|file| found_digest(file, expected).to_hex()));
    if let Some(file) = file {
        content = content.detail("document", file.path);
    }
    if let Outcome::Fail(code) = outcome {
        draft.codes.push(code);
    }
    let fits = if fits_as_documented(anchor) {
        "fits"
    } else {
        "doesNotFit"
    };
    let signature = draft
        .check(CheckId::Signature, Outcome::Undetermined(ReasonCode::NotEvaluated))
        .detail("asDocumented", fits);
    draft.checks = vec![content, signature];
    draft
}

/// The digest of a file that is the expected one, or of its bytes as shipped.
fn found_digest(file: &Beside<'_>, expected: Option<Digest>) -> Digest {
    let equal = file.digests().into_iter().find(|digest| Some(*digest) == expected);
    equal.unwrap_or(file.shipped)
}

/// The bytes that the signature is said to be over.
pub(super) fn signed_bytes(anchor: &Node<'_>) -> Option<Vec<u8>> {
    bytes(anchor, "signed_payload_b64")
}

fn bytes(anchor: &Node<'_>, name: &str) -> Option<Vec<u8>> {
    let text = anchor.get(name).and_then(Node::as_str)?;
    data_encoding::BASE64.decode(text.as_bytes()).ok()
}

/// Whether the signature fits the signed payload in the way that the names of the fields suggest.
fn fits_as_documented(anchor: &Node<'_>) -> bool {
    let raw = bytes(anchor, "public_key_b64");
    let key = raw.and_then(|raw| PublicKey::from_bytes(raw.as_slice().try_into().ok()?).ok());
    let parts = key.zip(signed_bytes(anchor)).zip(bytes(anchor, "signature_b64"));
    parts.is_some_and(|((key, message), signature)| key.verify(&message, &signature).is_ok())
}
