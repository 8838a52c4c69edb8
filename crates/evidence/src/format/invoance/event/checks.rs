//! From the spec's result of a row to the product's checks and the spec's own words (`design.md` 2 and 3).

use std::collections::BTreeMap;

use super::steps::{Content, Stated, Steps};
use crate::check::{Check, CheckId, Outcome};
use crate::format::invoance::keys::Level;
use crate::reason::ReasonCode;
use crate::report::{KeyState, Native, Word};

use super::row::Row;

/// Whether a row is unchanged, and whose signature it bears.
pub(super) fn checks(steps: &Steps, row: &Row<'_, '_>, subject: &str) -> Vec<Check> {
    match &steps.content {
        Some(content) => vec![payload_hash(content, row, subject), signature(content, subject)],
        None => ended(steps.reason.unwrap_or(ReasonCode::ParseError), subject).into(),
    }
}

/// The checks of a row whose content could not be established.
pub(super) fn ended(reason: ReasonCode, subject: &str) -> [Check; 2] {
    let outcome = if proves_nothing(reason) {
        Outcome::Undetermined(reason)
    } else {
        Outcome::Fail(reason)
    };
    [
        Check::new(CheckId::PayloadHash, subject, outcome),
        Check::new(CheckId::Signature, subject, Outcome::Skipped(ReasonCode::Blocked)),
    ]
}

/// A newer format is not tampering, and neither is a limit of ours or a file that can no longer be read.
fn proves_nothing(reason: ReasonCode) -> bool {
    reason == ReasonCode::UnsupportedSchema || !is_of_the_spec(reason)
}

/// Whether a reason is one of section 4.
pub(in super::super) fn is_of_the_spec(reason: ReasonCode) -> bool {
    matches!(
        reason,
        ReasonCode::InvalidUtf8
            | ReasonCode::ParseError
            | ReasonCode::DuplicateKey
            | ReasonCode::NotAnEvent
            | ReasonCode::UnsupportedSchema
            | ReasonCode::CanonicalizationFailed
            | ReasonCode::PayloadHashMismatch
            | ReasonCode::NoPublicKey
            | ReasonCode::NoSignature
            | ReasonCode::SignatureInvalid
            | ReasonCode::KeyMismatch
    )
}

fn payload_hash(content: &Content, row: &Row<'_, '_>, subject: &str) -> Check {
    let verified = content.signed && content.answer.result.is_ok();
    let outcome = match content.stated {
        Stated::Different => Outcome::Fail(ReasonCode::PayloadHashMismatch),
        Stated::Equal => Outcome::Pass,
        // The signature covers the content itself; the hash is only a label of it.
        Stated::Absent if verified => Outcome::Pass,
        Stated::Absent => Outcome::Skipped(ReasonCode::NoPayloadHash),
    };
    let stated = row
        .payload_hash
        .map(|stated| stated.as_str().unwrap_or_default().to_owned());
    Check::new(CheckId::PayloadHash, subject, outcome)
        .expected(stated)
        .found(Some(content.hash.to_hex()))
}

fn signature(content: &Content, subject: &str) -> Check {
    let (outcome, also) = signature_outcome(content);
    let answer = &content.answer;
    let used = answer.result.as_ref().ok().or(content.row_key.key());
    let mut check = Check::new(CheckId::Signature, subject, outcome)
        .expected(answer.expected.as_ref().map(|key| key.fingerprint().to_hex()))
        .found(used.map(|key| key.fingerprint().to_hex()));
    check.also.extend(also);
    if let Some(key) = used {
        check = check.detail("publicKey", key.to_hex());
    }
    if answer.result.is_ok() {
        check = check.detail("keySource", source(answer.level));
    }
    if let Some(word) = speaks_against(answer.state) {
        check = check.detail("keyState", word);
    }
    if answer.explanation == Some(ReasonCode::SigNotStrict) {
        check = check.detail("laxerRule", ReasonCode::SigNotStrict.as_str());
    }
    check
}

fn signature_outcome(content: &Content) -> (Outcome, Option<ReasonCode>) {
    let answer = &content.answer;
    match &answer.result {
        Err(reason @ ReasonCode::NoPublicKey) if !content.signed => {
            (Outcome::Undetermined(ReasonCode::NotAttested), Some(*reason))
        }
        // A log is a set of signed rows: one without a signature fails by the spec's word (section 9).
        _ if !content.signed => (Outcome::Fail(ReasonCode::NotAttested), Some(ReasonCode::NoSignature)),
        Ok(_) if answer.level == Level::Pinned => (Outcome::Pass, None),
        Ok(_) => (Outcome::Undetermined(ReasonCode::KeyNotConfirmed), None),
        Err(reason @ ReasonCode::NoPublicKey) => (Outcome::Undetermined(ReasonCode::KeyNotFound), Some(*reason)),
        Err(reason @ ReasonCode::KeyMismatch) if answer.supplied == Level::Pinned => {
            (Outcome::Fail(ReasonCode::KeyConflict), Some(*reason))
        }
        Err(reason) if !is_of_the_spec(*reason) => (Outcome::Undetermined(*reason), None),
        // That a signature does not fit content that is known to have changed says nothing about the signer.
        Err(ReasonCode::SignatureInvalid) if content.stated == Stated::Different => {
            (Outcome::Skipped(ReasonCode::Blocked), None)
        }
        Err(reason) => (Outcome::Fail(*reason), None),
    }
}

fn source(level: Level) -> &'static str {
    match level {
        Level::Pinned => "pinned",
        Level::PackKey => "pack",
        Level::Embedded | Level::Mismatch | Level::None => "row",
    }
}

fn speaks_against(state: KeyState) -> Option<&'static str> {
    match state {
        KeyState::Revoked => Some("revoked"),
        KeyState::OutsideWindow => Some("outsideWindow"),
        KeyState::Confirmed
        | KeyState::SuppliedBySender
        | KeyState::Conflict
        | KeyState::Malformed
        | KeyState::NotAtHand => None,
    }
}

/// The spec's own words about a row.
pub(super) fn native(reason: Option<ReasonCode>, level: Level, notes: &[ReasonCode]) -> Native {
    let (payload_hash, signature) = match reason {
        None => ("PASS", by_level(level)),
        Some(reason) if !is_of_the_spec(reason) => ("NOT_EVALUABLE", "NOT_EVALUABLE"),
        Some(
            ReasonCode::NoPublicKey | ReasonCode::NoSignature | ReasonCode::SignatureInvalid | ReasonCode::KeyMismatch,
        ) => ("PASS", "FAIL"),
        Some(_) => ("FAIL", "NOT_EVALUABLE"),
    };
    let status = match reason {
        None => signature,
        Some(reason) if is_of_the_spec(reason) => "FAIL",
        Some(_) => "NOT_EVALUABLE",
    };
    let check = |id: CheckId, word: &'static str| (Word::from(id.as_str()), Word::from(word));
    Native {
        ecosystem: None,
        status: status.into(),
        grade: Some(level.as_str().into()),
        checks: BTreeMap::from([
            check(CheckId::PayloadHash, payload_hash),
            check(CheckId::Signature, signature),
        ]),
        reason_codes: reason.iter().map(|code| in_lower_case(*code)).collect(),
        notes: notes.iter().map(|code| in_lower_case(*code)).collect(),
        coverage: Vec::new(),
    }
}

fn by_level(level: Level) -> &'static str {
    if level == Level::Pinned { "PASS" } else { "WARN" }
}

/// A code in the spec's spelling.
pub(in super::super) fn in_lower_case(code: ReasonCode) -> String {
    code.as_str().to_ascii_lowercase()
}
