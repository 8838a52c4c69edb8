//! One record judged: the four checks, codes, notes and the grade (`specs/nexart.md` 8).

use super::envelope::{EnvelopeResult, Form, verification_envelope};
use super::integrity::{Integrity, Steps, bundle_integrity};
use super::layer::{Layer, State, push_new};
use super::project;
use super::receipt::{Receipts, receipts};
use super::subject::{RecordType, Subject};
use super::trust::Trust;
use super::verdict::undecided;
use crate::reason::ReasonCode;

/// Everything the rules say of one record.
#[derive(Debug, Clone)]
pub(super) struct Judgement {
    /// `bundleIntegrity` and what it covered.
    pub(super) integrity: Integrity,
    /// `nodeSignature` and `receiptConsistency`.
    pub(super) receipts: Receipts,
    /// `verificationEnvelope`.
    pub(super) envelope: EnvelopeResult,
    /// Failure codes in order of discovery, no repeats.
    pub(super) codes: Vec<ReasonCode>,
    /// Notes in order of discovery, no repeats.
    pub(super) notes: Vec<ReasonCode>,
    /// The spec's finer word.
    pub(super) grade: Grade,
}

/// The grade (8.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, strum::IntoStaticStr)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum Grade {
    /// Unchanged since sealing; nobody vouches for it.
    Sealed,
    /// Verified with reservations.
    VerifiedSupplemental,
    /// Verified.
    Verified,
    /// Could not be fully checked.
    Incomplete,
    /// Do not rely on it.
    Failed,
    /// Listed, not there.
    NotFound,
}

impl Grade {
    /// The spec's word.
    pub(super) fn as_str(self) -> &'static str {
        self.into()
    }

    /// The protocol's status (8.2).
    pub(super) fn status(self) -> &'static str {
        match self {
            Grade::Sealed | Grade::VerifiedSupplemental | Grade::Verified => "VERIFIED",
            Grade::Incomplete | Grade::Failed => "FAILED",
            Grade::NotFound => "NOT_FOUND",
        }
    }
}

const RESERVATIONS: [ReasonCode; 5] = [
    ReasonCode::ContextNotProtected,
    ReasonCode::HashOnly,
    ReasonCode::KeySelfAsserted,
    ReasonCode::KeyValidFromAfterSigning,
    ReasonCode::LegacyHashScope,
];

impl Judgement {
    /// The layers in the order of the report.
    pub(super) fn layers(&self) -> [&Layer; 4] {
        [
            &self.integrity.layer,
            &self.receipts.signature,
            &self.receipts.consistency,
            &self.envelope.layer,
        ]
    }
}

/// Judges a record. Every layer is evaluated even after another failed, unless the record's shape ends it.
pub(super) fn judge(subject: &Subject<'_, '_>, trust: &Trust) -> Judgement {
    let mut integrity = bundle_integrity(subject);
    if integrity.ended {
        return finish(integrity, Receipts::default(), EnvelopeResult::default(), Vec::new());
    }
    if subject.record_type() == Some(RecordType::Project) {
        project::steps(subject, &mut integrity, &|step| embedded(&judge(step, trust)));
    }
    let mut notes = integrity.notes.clone();
    special_notes(subject, &mut notes);
    let receipts = receipts(subject, trust);
    for note in &receipts.notes {
        push_new(&mut notes, *note);
    }
    let excused = integrity.layer.state == State::Pass && notes.contains(&ReasonCode::RedactedContent);
    let envelope = verification_envelope(subject, trust, receipts.facts.as_ref(), excused);
    for note in &envelope.notes {
        push_new(&mut notes, *note);
    }
    finish(integrity, receipts, envelope, notes)
}

/// What a project takes from a record embedded in it: its grade, and whether anything about it is proven wrong.
fn embedded(step: &Judgement) -> project::Embedded {
    let status = match step.grade {
        Grade::Sealed | Grade::VerifiedSupplemental | Grade::Verified => Steps::Hold,
        Grade::Incomplete => Steps::Undecided,
        Grade::Failed | Grade::NotFound if undecided(step) => Steps::Undecided,
        Grade::Failed | Grade::NotFound => Steps::Fail,
    };
    project::Embedded {
        failed: step.grade == Grade::Failed,
        steps: status,
    }
}

/// What kind of special record it is (section 7).
fn special_notes(subject: &Subject<'_, '_>, notes: &mut Vec<ReasonCode>) {
    if subject.is_reseal() {
        push_new(notes, ReasonCode::RedactedReseal);
    }
    if subject.record_type() == Some(RecordType::HashOnly) || subject.mode() == Some("hash-only") {
        push_new(notes, ReasonCode::HashOnly);
    }
    let has_receipt =
        !subject.receipts.is_empty() || subject.attestation().is_some_and(|block| block.receipt.is_some());
    if !has_receipt && subject.attestation().is_some() {
        push_new(notes, ReasonCode::LegacyStamp);
    }
}

fn finish(integrity: Integrity, receipts: Receipts, envelope: EnvelopeResult, notes: Vec<ReasonCode>) -> Judgement {
    let mut judgement = Judgement {
        integrity,
        receipts,
        envelope,
        codes: Vec::new(),
        notes,
        grade: Grade::Failed,
    };
    let found = [
        &judgement.integrity.layer,
        &judgement.receipts.consistency,
        &judgement.receipts.signature,
        &judgement.envelope.layer,
    ];
    let mut codes = Vec::new();
    for code in found.into_iter().flat_map(|layer| &layer.codes) {
        push_new(&mut codes, *code);
    }
    judgement.codes = codes;
    let only_envelope = judgement.integrity.layer.state == State::Pass
        && judgement.receipts.signature.state == State::Skipped
        && judgement.envelope.layer.state == State::Pass
        && judgement.envelope.form != Some(Form::Summary);
    if only_envelope {
        push_new(&mut judgement.notes, ReasonCode::EnvelopeOnly);
    }
    judgement.grade = grade(&judgement, only_envelope);
    judgement
}

/// The first line of the table in 8.2 that fits.
fn grade(judgement: &Judgement, only_envelope: bool) -> Grade {
    if matches!(
        judgement.codes.as_slice(),
        [ReasonCode::NodeKeyUnavailable | ReasonCode::ReceiptFormatUnsupported]
    ) {
        return Grade::Incomplete;
    }
    if !judgement.codes.is_empty() || judgement.layers().iter().any(|layer| layer.state == State::Fail) {
        return Grade::Failed;
    }
    if only_envelope {
        return Grade::VerifiedSupplemental;
    }
    if judgement.integrity.layer.state == State::Pass && judgement.receipts.signature.state == State::Skipped {
        return Grade::Sealed;
    }
    if judgement.receipts.signature.state == State::Skipped {
        // Nothing to recompute and nothing signed: nobody vouches for anything.
        return Grade::Sealed;
    }
    if judgement.notes.iter().any(|note| RESERVATIONS.contains(note)) {
        return Grade::VerifiedSupplemental;
    }
    Grade::Verified
}
