//! The check `verificationEnvelope` (`specs/nexart.md` 6).

use super::envelope_forms::{Candidate, Form, candidates, summary};
use super::hash::normalise;
use super::layer::{Layer, State};
use super::receipt::{Facts, take_answer};
use super::subject::{Envelope, Subject};
use super::trust::{KeyUse, Trust, Wanted};
use crate::json::Node;
use crate::reason::ReasonCode;

const ED25519: &str = "Ed25519";
const VERSION_2: &str = "nexart.verification.envelope.v2";
/// What the envelope came to.
#[derive(Debug, Clone, Default)]
pub(super) struct EnvelopeResult {
    /// The layer.
    pub(super) layer: Layer,
    /// Notes in order of discovery.
    pub(super) notes: Vec<ReasonCode>,
    /// Keys that mattered.
    pub(super) keys: Vec<(KeyUse, Option<String>)>,
    /// The form that verified, or the first that was tried.
    pub(super) form: Option<Form>,
    /// The bytes of that form.
    pub(super) bytes: Vec<u8>,
    /// Members of the record that it covers, when it verified.
    pub(super) covers: Vec<String>,
}

/// The check. `receipt` holds the facts of the record's receipt; a signature that fits nothing is `excused` where
/// content was taken out of a record that is whole otherwise.
pub(super) fn verification_envelope(
    subject: &Subject<'_, '_>,
    trust: &Trust,
    receipt: Option<&Facts>,
    excused: bool,
) -> EnvelopeResult {
    let mut result = EnvelopeResult::default();
    let Some(envelope) = subject.envelope() else {
        return result;
    };
    let metadata = envelope.metadata;
    let version_2 = metadata.get("envelopeType").and_then(Node::as_str) == Some(VERSION_2);
    result.layer = Layer::pass();
    let Some(signature) = well_formed(subject, &envelope, version_2) else {
        result.layer.add(ReasonCode::EnvelopeMalformed);
        return result;
    };
    if let Some(algorithm) = other_algorithm(metadata) {
        result.layer.add(ReasonCode::EnvelopeMalformed);
        result.layer.detail("algorithm", algorithm);
        result.layer.accuses_nobody = true;
        return result;
    }
    let wanted = match wanted(subject, metadata, version_2, receipt) {
        Ok(wanted) => wanted,
        Err(code) => {
            result.layer.add(code);
            return result;
        }
    };
    describe(&mut result.layer, wanted, signature);
    let candidates = if version_2 {
        candidates(subject, &envelope)
    } else {
        summary(metadata)
    };
    hold(&mut result, trust, wanted, signature, candidates);
    if excused && result.layer.codes == [ReasonCode::EnvelopeSignatureInvalid] {
        // Redacted content: the signed object cannot be rebuilt from what is left.
        result.layer.state = State::Skipped;
        result.layer.codes.clear();
        result.notes.push(ReasonCode::EnvelopeNotReconstructible);
        return result;
    }
    if version_2 && disagrees(metadata, receipt) {
        result.layer.add(ReasonCode::EnvelopeReceiptMismatch);
    }
    if !version_2 && result.layer.state == State::Pass {
        result.notes.push(ReasonCode::EnvelopeV1Limited);
    }
    result
}

fn describe(layer: &mut Layer, wanted: Wanted<'_>, signature: &str) {
    layer.detail("signature", signature);
    for (label, value) in [
        ("keyId", wanted.kid),
        ("nodeId", wanted.node_id),
        ("signedAt", wanted.signed_at),
    ] {
        if let Some(value) = value {
            layer.detail(label, value);
        }
    }
}

/// The algorithm, when it is a word that this version does not know.
fn other_algorithm<'n>(metadata: &'n Node<'_>) -> Option<&'n str> {
    let algorithm = metadata.get("algorithm").and_then(Node::as_str);
    algorithm.filter(|algorithm| *algorithm != ED25519)
}

/// The signature text, when the envelope is one: an object with its parts, and for v1 about this record.
fn well_formed<'n>(subject: &Subject<'n, '_>, envelope: &Envelope<'n, '_>, version_2: bool) -> Option<&'n str> {
    let metadata = envelope.metadata;
    let signature = envelope.signature.and_then(Node::as_str)?;
    let algorithm = metadata.get("algorithm").filter(|value| !value.is_null());
    if !metadata.is_object() || algorithm.is_some_and(|value| value.as_str().is_none()) {
        return None;
    }
    if version_2 {
        return metadata
            .get("attestation")
            .filter(|attestation| attestation.is_object())
            .map(|_| signature);
    }
    // A genuine receipt used again as an envelope verifies cryptographically; it is not an envelope.
    let about = metadata
        .get("certificateHash")
        .and_then(Node::as_str)
        .and_then(normalise);
    let stated = subject.stated_hash().and_then(normalise);
    (metadata.get("receiptVersion").is_none() && about.is_some() && about == stated).then_some(signature)
}

fn wanted<'n>(
    subject: &Subject<'n, '_>,
    metadata: &'n Node<'_>,
    version_2: bool,
    receipt: Option<&'n Facts>,
) -> Result<Wanted<'n>, ReasonCode> {
    let outer = metadata.get("kid").and_then(Node::as_str);
    let inner = metadata.pointer("/attestation/kid").and_then(Node::as_str);
    if outer.zip(inner).is_some_and(|(outer, inner)| outer != inner) {
        return Err(ReasonCode::KidMismatch);
    }
    let time = if version_2 {
        metadata.pointer("/attestation/attestedAt")
    } else {
        metadata.get("attestedAt")
    };
    let node_id = metadata.pointer("/attestation/nodeId").and_then(Node::as_str);
    Ok(Wanted {
        kid: inner.or(outer),
        node_id: node_id.or(receipt.and_then(|receipt| receipt.node_id.as_deref())),
        signed_at: time.and_then(Node::as_str),
        folder: subject.folder,
    })
}

/// Holds the signature against each candidate; a problem of the key ends it at once.
fn hold(result: &mut EnvelopeResult, trust: &Trust, wanted: Wanted<'_>, signature: &str, candidates: Vec<Candidate>) {
    let mut refused = None;
    for candidate in candidates {
        let answer = trust.verify(wanted, &candidate.bytes, signature);
        match answer.result {
            Ok(()) => {
                result.form = Some(candidate.form);
                result.bytes = candidate.bytes;
                result.covers = candidate.covers;
                result.layer.detail("form", candidate.form.name());
                take_answer(&mut result.layer, answer, &mut result.notes, &mut result.keys);
                return;
            }
            Err(ReasonCode::NodeSignatureInvalid) => {
                refused.get_or_insert((answer, candidate));
            }
            Err(_) => {
                result.form = Some(candidate.form);
                result.bytes = candidate.bytes;
                take_answer(&mut result.layer, answer, &mut result.notes, &mut result.keys);
                return;
            }
        }
    }
    if let Some((mut answer, candidate)) = refused {
        let conflict = answer.conflict;
        answer.result = Err(ReasonCode::EnvelopeSignatureInvalid);
        result.form = Some(candidate.form);
        result.bytes = candidate.bytes;
        result.layer.detail("form", candidate.form.name());
        take_answer(&mut result.layer, answer, &mut result.notes, &mut result.keys);
        result.layer.key_conflict = conflict;
    } else {
        result.layer.add(ReasonCode::EnvelopeSignatureInvalid);
    }
}

/// Envelope and receipt name the same attestation.
fn disagrees(metadata: &Node<'_>, receipt: Option<&Facts>) -> bool {
    let Some(receipt) = receipt else { return false };
    let pairs = [
        ("/attestation/attestationId", &receipt.attestation_id),
        ("/attestation/attestedAt", &receipt.attested_at),
        ("/attestation/nodeRuntimeHash", &receipt.node_runtime_hash),
    ];
    pairs.into_iter().any(|(pointer, stated)| {
        let here = metadata.pointer(pointer).and_then(Node::as_str);
        matches!((here, stated.as_deref()), (Some(here), Some(there)) if here != there)
    })
}
