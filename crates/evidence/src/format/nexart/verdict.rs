//! From the spec's own results to the product's checks (`specs/nexart.md` 8.2, `design.md` 2): the one place for it.
//!
//! The verdict is then the pure roll-up of these checks; a test holds it against the table for every case.

use super::integrity::{Integrity, Steps};
use super::judgement::{Grade, Judgement};
use super::layer::{KeySource, Layer, State, push_new};
use crate::check::{Check, CheckId, Outcome};
use crate::reason::ReasonCode;
use crate::verdict::{Verdict, roll_up, verdict};

/// The product's checks of one record.
pub(super) fn checks(judgement: &Judgement, subject: &str) -> Vec<Check> {
    let envelope = &judgement.envelope.layer;
    let vouches = judgement.envelope_vouches();
    let ended = judgement.integrity.ended;
    vec![
        check(
            CheckId::BundleIntegrity,
            subject,
            &judgement.integrity.layer,
            integrity(judgement),
        ),
        check(
            CheckId::ReceiptConsistency,
            subject,
            &judgement.receipts.consistency,
            plain(&judgement.receipts.consistency, ended),
        ),
        check(
            CheckId::NodeSignature,
            subject,
            &judgement.receipts.signature,
            signature(&judgement.receipts.signature, ended, vouches),
        ),
        check(
            CheckId::VerificationEnvelope,
            subject,
            envelope,
            envelope_outcome(judgement, ended),
        ),
    ]
}

/// Whether nothing in a record is proven wrong although its grade says FAILED: the exceptions of the table.
pub(super) fn undecided(judgement: &Judgement) -> bool {
    verdict(&roll_up(&checks(judgement, ""))) == Verdict::Indeterminate
}

/// Whether a result that somebody else obtained can be contradicted by this one (9.3).
///
/// Not by a missing key, and not by another key than the sender had: the sender could verify what we cannot.
pub(super) fn comparable(judgement: &Judgement) -> bool {
    let only_signatures = judgement.codes.iter().all(|code| {
        matches!(
            code,
            ReasonCode::NodeSignatureInvalid | ReasonCode::EnvelopeSignatureInvalid
        )
    });
    let other_key =
        only_signatures && (judgement.receipts.signature.key_conflict || judgement.envelope.layer.key_conflict);
    judgement.grade != Grade::Incomplete && !(judgement.grade == Grade::Failed && (undecided(judgement) || other_key))
}

fn check(id: CheckId, subject: &str, layer: &Layer, (outcome, also): (Outcome, Vec<ReasonCode>)) -> Check {
    let mut check = Check::new(id, subject, outcome)
        .expected(layer.expected.clone())
        .found(layer.found.clone());
    check.also = also;
    check.details.clone_from(&layer.details);
    check
}

fn integrity(judgement: &Judgement) -> (Outcome, Vec<ReasonCode>) {
    let Integrity { layer, steps, .. } = &judgement.integrity;
    match (layer.state, layer.codes.as_slice()) {
        (State::Pass, _) if *steps == Steps::Undecided => {
            (Outcome::Undetermined(ReasonCode::ProjectStepFailed), Vec::new())
        }
        (State::Pass, _) => (Outcome::Pass, Vec::new()),
        // A newer format is not tampering.
        (State::Fail, [ReasonCode::SchemaVersionUnsupported]) => {
            (Outcome::Undetermined(ReasonCode::SchemaVersionUnsupported), Vec::new())
        }
        (State::Fail, [ReasonCode::ProjectStepFailed]) if *steps == Steps::Undecided => {
            (Outcome::Undetermined(ReasonCode::ProjectStepFailed), Vec::new())
        }
        (State::Fail, codes) => failed(codes, ReasonCode::BundleCorrupted),
        (State::Skipped, _) => (Outcome::Skipped(ReasonCode::NotAnswerable), Vec::new()),
    }
}

fn plain(layer: &Layer, ended: bool) -> (Outcome, Vec<ReasonCode>) {
    match layer.state {
        State::Pass => (Outcome::Pass, Vec::new()),
        State::Fail => match layer.proven_first() {
            (proven, [first, rest @ ..]) if proven.is_empty() => (Outcome::Undetermined(*first), rest.to_vec()),
            (proven, not_read) => failed(&[&proven, not_read].concat(), ReasonCode::ReceiptHashMismatch),
        },
        State::Skipped => (skipped(ended), Vec::new()),
    }
}

fn skipped(ended: bool) -> Outcome {
    Outcome::Skipped(if ended {
        ReasonCode::Blocked
    } else {
        ReasonCode::NotPresent
    })
}

fn signature(layer: &Layer, ended: bool, envelope_vouches: bool) -> (Outcome, Vec<ReasonCode>) {
    match layer.state {
        State::Skipped if ended => (skipped(true), Vec::new()),
        State::Skipped if envelope_vouches => (skipped(false), Vec::new()),
        State::Skipped => (Outcome::Undetermined(ReasonCode::NotAttested), Vec::new()),
        State::Pass | State::Fail => signed(layer),
    }
}

fn envelope_outcome(judgement: &Judgement, ended: bool) -> (Outcome, Vec<ReasonCode>) {
    let layer = &judgement.envelope.layer;
    match layer.state {
        State::Skipped if judgement.notes.contains(&ReasonCode::EnvelopeNotReconstructible) => {
            (Outcome::Skipped(ReasonCode::EnvelopeNotReconstructible), Vec::new())
        }
        State::Skipped => (skipped(ended), Vec::new()),
        State::Pass | State::Fail => signed(layer),
    }
}

/// A signature that fits an unconfirmed key is undecided; a missing key proves nothing; all else is a mismatch.
fn signed(layer: &Layer) -> (Outcome, Vec<ReasonCode>) {
    if layer.state == State::Pass {
        return match layer.key_source {
            KeySource::Pinned => (Outcome::Pass, Vec::new()),
            KeySource::Pack | KeySource::None => (Outcome::Undetermined(ReasonCode::KeyNotConfirmed), Vec::new()),
        };
    }
    let proven: Vec<ReasonCode> = layer
        .codes
        .iter()
        .copied()
        .filter(|code| !proves_nothing(layer, *code))
        .collect();
    if proven.is_empty() {
        return missing(layer);
    }
    if layer.key_conflict {
        return (Outcome::Fail(ReasonCode::KeyConflict), layer.codes.clone());
    }
    let (told, not_read) = layer.proven_first();
    failed(&[&told, not_read].concat(), ReasonCode::NodeSignatureInvalid)
}

fn proves_nothing(layer: &Layer, code: ReasonCode) -> bool {
    matches!(
        code,
        ReasonCode::NodeKeyUnavailable | ReasonCode::NodeKeyNotFound | ReasonCode::ReceiptFormatUnsupported
    ) || layer.not_read.contains(&code)
        || (layer.accuses_nobody
            && matches!(
                code,
                ReasonCode::NodeKeyMalformed | ReasonCode::NodeKeyAmbiguous | ReasonCode::EnvelopeMalformed
            ))
}

fn missing(layer: &Layer) -> (Outcome, Vec<ReasonCode>) {
    let no_key = |code: &ReasonCode| matches!(code, ReasonCode::NodeKeyUnavailable | ReasonCode::NodeKeyNotFound);
    let mut reasons = Vec::new();
    if layer.codes.iter().any(no_key) {
        reasons.push(ReasonCode::KeyNotFound);
    }
    for code in &layer.codes {
        push_new(&mut reasons, *code);
    }
    let (first, rest) = reasons.split_first().unwrap_or((&ReasonCode::KeyNotFound, &[]));
    (Outcome::Undetermined(*first), rest.to_vec())
}

fn failed(codes: &[ReasonCode], otherwise: ReasonCode) -> (Outcome, Vec<ReasonCode>) {
    let (first, rest) = codes.split_first().unwrap_or((&otherwise, &[]));
    (Outcome::Fail(*first), rest.to_vec())
}

#[cfg(test)]
mod tests;
