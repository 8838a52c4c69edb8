//! Everything found about one record, and the grade that follows (`specs/nexart.md` 8.2).

use super::envelope::EnvelopeResult;
use super::envelope_forms::Form;
use super::integrity::Integrity;
use super::layer::{Layer, State, push_new};
use super::receipt::Receipts;
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

    /// From what was found, with the grade that follows.
    pub(super) fn of(
        integrity: Integrity,
        receipts: Receipts,
        envelope: EnvelopeResult,
        notes: Vec<ReasonCode>,
    ) -> Judgement {
        let mut judgement = Judgement {
            integrity,
            receipts,
            envelope,
            codes: Vec::new(),
            notes,
            grade: Grade::Failed,
        };
        judgement.codes = judgement.discovered();
        if judgement.only_envelope() {
            push_new(&mut judgement.notes, ReasonCode::EnvelopeOnly);
        }
        judgement.grade = grade(&judgement);
        judgement
    }

    /// Failure codes of all layers; a receipt is compared before its signature is looked at.
    fn discovered(&self) -> Vec<ReasonCode> {
        let [integrity, signature, consistency, envelope] = self.layers();
        let mut codes = Vec::new();
        for layer in [integrity, consistency, signature, envelope] {
            for code in &layer.codes {
                push_new(&mut codes, *code);
            }
        }
        codes
    }

    /// Whether the envelope vouches for the record by itself. What it signs leaves out the hash, so it does only where
    /// that hash was recomputed; a summary covers nothing but its own words.
    pub(super) fn envelope_vouches(&self) -> bool {
        self.integrity.layer.state == State::Pass
            && self.envelope.layer.state == State::Pass
            && self.envelope.form != Some(Form::Summary)
    }

    fn only_envelope(&self) -> bool {
        self.envelope_vouches() && self.receipts.signature.state == State::Skipped
    }
}

/// The first line of the table in 8.2 that fits. What was not read is no failure by the spec: it leaves the rest
/// incomplete.
fn grade(judgement: &Judgement) -> Grade {
    let not_read = |code: &&ReasonCode| judgement.layers().iter().any(|layer| layer.not_read.contains(code));
    let told: Vec<ReasonCode> = judgement.codes.iter().filter(|code| !not_read(code)).copied().collect();
    match told.as_slice() {
        [ReasonCode::NodeKeyUnavailable | ReasonCode::ReceiptFormatUnsupported] => return Grade::Incomplete,
        [] if !judgement.codes.is_empty() => return Grade::Incomplete,
        _ => {}
    }
    if !judgement.codes.is_empty() || judgement.layers().iter().any(|layer| layer.state == State::Fail) {
        return Grade::Failed;
    }
    if judgement.only_envelope() {
        return Grade::VerifiedSupplemental;
    }
    // Also where there is nothing to recompute: nobody vouches for anything.
    if judgement.receipts.signature.state == State::Skipped {
        return Grade::Sealed;
    }
    if judgement.notes.iter().any(|note| RESERVATIONS.contains(note)) {
        return Grade::VerifiedSupplemental;
    }
    Grade::Verified
}
