//! A judged record as the report shows it: checks, native words, and its fields (`fields`).

use std::collections::BTreeMap;

use serde_json::Value;

use super::fields::{fields, original_hash};
use super::hash::normalise;
use super::judgement::{Grade, Judgement};
use super::lists::MissingEntry;
use super::protocol::profile;
use super::subject::Subject;
use super::verdict::checks;
use crate::check::{Check, CheckId, Outcome};
use crate::pack::Refusal;
use crate::reason::ReasonCode;
use crate::report::{Attached, Ecosystem, Native, Record, Source, Word};
use crate::verdict::{Verdict, roll_up, verdict};

/// The report's record of a judgement.
pub(super) fn record(
    subject: &Subject<'_, '_>,
    judgement: &Judgement,
    source: Source,
    attached: Vec<Attached>,
    project: Option<&str>,
) -> Record {
    let id = identity(subject, &source);
    let mut checks = checks(judgement, &id);
    if let Some(integrity) = checks.first_mut() {
        integrity.details.push(("profile", profile(subject).to_owned()));
    }
    if let Some(hint) = rehashed_on_export(subject) {
        add_hint(&mut checks, hint);
    }
    let rolled = roll_up(&checks);
    Record {
        id,
        source,
        ecosystem: Ecosystem::NexArt,
        verdict: verdict(&rolled),
        native: native(judgement),
        fields: fields(subject, judgement, project),
        reason_codes: rolled.reasons,
        notes: judgement.notes.clone(),
        checks,
        attached,
    }
}

/// A record that never carried a seal (kind 15): `BUNDLE_CORRUPTED` by the spec, no evidence for the product.
pub(super) fn never_sealed(source: Source) -> Record {
    let outcome = Outcome::Skipped(ReasonCode::BundleCorrupted);
    let check = Check::new(CheckId::BundleIntegrity, place(&source), outcome);
    bare_record(source, Verdict::NotEvidence, Grade::Failed, vec![check])
}

/// A record whose JSON cannot be read to its end, or is ambiguous.
pub(super) fn corrupted(source: Source, detail: &str, at: &str) -> Record {
    let subject = place(&source);
    let mut checks = vec![
        Check::new(
            CheckId::BundleIntegrity,
            &subject,
            Outcome::Fail(ReasonCode::BundleCorrupted),
        )
        .detail("cause", detail),
        Check::new(
            CheckId::ReceiptConsistency,
            &subject,
            Outcome::Skipped(ReasonCode::Blocked),
        ),
        Check::new(CheckId::NodeSignature, &subject, Outcome::Skipped(ReasonCode::Blocked)),
        Check::new(
            CheckId::VerificationEnvelope,
            &subject,
            Outcome::Skipped(ReasonCode::Blocked),
        ),
    ];
    if let (Some(check), false) = (checks.first_mut(), at.is_empty()) {
        check.details.push(("position", at.to_owned()));
    }
    bare_record(source, Verdict::Failed, Grade::Failed, checks)
}

/// A record that was there in the first pass and can no longer be read: nothing is known of it.
pub(super) fn unreadable(source: Source, refusal: &Refusal) -> Record {
    let subject = place(&source);
    let check = |id, outcome| Check::new(id, &subject, outcome);
    let checks = vec![
        check(CheckId::BundleIntegrity, Outcome::Undetermined(refusal.code)).detail("cause", &refusal.detail),
        check(CheckId::NodeSignature, Outcome::Skipped(ReasonCode::Blocked)),
    ];
    bare_record(source, Verdict::Indeterminate, Grade::Incomplete, checks)
}

/// A manifest entry without its record (9.3). Where it may be in something that was not read, nothing is proven.
pub(super) fn not_found(missing: MissingEntry) -> Record {
    let absent = ReasonCode::RecordNotFound;
    let (outcome, verdict, grade) = match missing.not_read {
        None => (Outcome::Fail(absent), Verdict::Failed, Grade::NotFound),
        Some(code) => (Outcome::Undetermined(code), Verdict::Indeterminate, Grade::Incomplete),
    };
    let (execution_id, digest) = (missing.execution_id, missing.digest);
    let subject = if execution_id.is_empty() {
        &digest
    } else {
        &execution_id
    };
    let mut check = Check::new(CheckId::Manifest, subject, outcome).expected(Some(digest.clone()));
    check.also.extend(missing.not_read.map(|_| absent));
    let mut record = bare_record(missing.source, verdict, grade, vec![check]);
    digest.clone_into(&mut record.id);
    let mut set = |name: &'static str, value: String| record.fields.insert(name.into(), Value::from(value));
    set("certificateHash", digest);
    if !execution_id.is_empty() {
        set("executionId", execution_id);
    }
    record
}

fn bare_record(source: Source, verdict: Verdict, grade: Grade, checks: Vec<Check>) -> Record {
    let value = |name: &'static str, failed: bool| (name.into(), if failed { "FAIL" } else { "SKIPPED" }.into());
    let is_there = checks.iter().all(|check| check.id != CheckId::Manifest);
    let reasons = roll_up(&checks).reasons;
    Record {
        id: place(&source),
        source,
        ecosystem: Ecosystem::NexArt,
        verdict,
        native: Native {
            status: grade.status().into(),
            grade: Some(grade.as_str().into()),
            checks: if is_there {
                BTreeMap::from([
                    value("bundleIntegrity", grade == Grade::Failed),
                    value("nodeSignature", false),
                    value("receiptConsistency", false),
                    value("verificationEnvelope", false),
                ])
            } else {
                BTreeMap::new()
            },
            reason_codes: reasons.iter().map(|code| code.as_str().to_owned()).collect(),
            ..Native::default()
        },
        fields: BTreeMap::from([("status".into(), Value::from(grade.status()))]),
        reason_codes: reasons,
        notes: Vec::new(),
        checks,
        attached: Vec::new(),
    }
}

/// The certificate hash in its normal form; a record without a readable one is known by its place.
fn identity(subject: &Subject<'_, '_>, source: &Source) -> String {
    match subject.stated_hash().and_then(normalise) {
        Some(digest) => digest.prefixed(),
        None => place(source),
    }
}

/// A record's place in words: path, line or position, pointer.
pub(super) fn place(source: &Source) -> String {
    let mut text = source.path.clone();
    if let Some(line) = source.line {
        text.push_str(&format!(", line {line}"));
    }
    if let Some(element) = source.element {
        text.push_str(&format!(", element {element}"));
    }
    if !source.pointer.is_empty() {
        text.push_str(&format!(" at {}", source.pointer));
    }
    text
}

/// A dashboard export hashes what it exports (7.2): the attested original has another hash.
fn rehashed_on_export(subject: &Subject<'_, '_>) -> Option<String> {
    match subject.at("/meta/provenance/kind") {
        Some("full_export" | "redacted_export") => {}
        Some(_) | None => return None,
    }
    let original = original_hash(subject).unwrap_or("not stated");
    Some(format!(
        "hashed again on export; the attested original has hash {original}"
    ))
}

fn add_hint(checks: &mut [Check], hint: String) {
    if let Some(check) = checks.iter_mut().find(|check| check.id == CheckId::ReceiptConsistency) {
        check.details.push(("hint", hint));
    }
}

fn native(judgement: &Judgement) -> Native {
    let names = [
        "bundleIntegrity",
        "nodeSignature",
        "receiptConsistency",
        "verificationEnvelope",
    ];
    let states = judgement
        .layers()
        .into_iter()
        .map(|layer| Word::from(layer.state.as_str()));
    Native {
        ecosystem: None,
        status: judgement.grade.status().into(),
        grade: Some(judgement.grade.as_str().into()),
        checks: names.into_iter().map(Word::from).zip(states).collect(),
        reason_codes: judgement.codes.iter().map(|code| code.as_str().to_owned()).collect(),
        notes: judgement.notes.iter().map(|note| note.as_str().to_owned()).collect(),
        coverage: judgement.integrity.coverage.clone().unwrap_or_default(),
    }
}
