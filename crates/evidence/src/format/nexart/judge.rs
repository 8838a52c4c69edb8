//! One record judged: every check in its order, and the notes of special records (`specs/nexart.md` 7 and 8).

use super::envelope::{EnvelopeResult, verification_envelope};
use super::integrity::{Steps, bundle_integrity};
use super::judgement::{Grade, Judgement};
use super::layer::{State, push_new};
use super::project;
use super::receipt::{Receipts, receipts};
use super::record_type::RecordType;
use super::subject::Subject;
use super::trust::Trust;
use super::verdict::undecided;
use crate::reason::ReasonCode;

/// Judges a record. Every layer is evaluated even after another failed, unless the record's shape ends it.
pub(super) fn judge(subject: &Subject<'_, '_>, trust: &Trust) -> Judgement {
    let mut integrity = bundle_integrity(subject);
    if integrity.ended {
        return Judgement::of(integrity, Receipts::default(), EnvelopeResult::default(), Vec::new());
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
    Judgement::of(integrity, receipts, envelope, notes)
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
