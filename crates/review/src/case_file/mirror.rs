//! A record and a check as compact JSON: everything is given back as it was.
//!
//! The engine's own serialisation is the report's, which leaves out what a report does not show.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Mutex;

use evidence::{Attached, Check, Native, Outcome, ReasonCode, Record, Source};
use serde::{Deserialize, Serialize};

use super::CaseError;

type Name = Cow<'static, str>;

#[derive(Serialize, Deserialize)]
struct StoredRecord {
    id: String,
    source: StoredSource,
    eco: Name,
    verdict: Name,
    native: StoredNative,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    fields: BTreeMap<Name, serde_json::Value>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    codes: Vec<Name>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    notes: Vec<Name>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    checks: Vec<StoredCheck>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    attached: Vec<(Name, StoredSource)>,
}

#[derive(Serialize, Deserialize)]
struct StoredSource {
    path: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    element: Option<u64>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pointer: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    span: Option<(u64, u64)>,
}

#[derive(Serialize, Deserialize)]
struct StoredNative {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    eco: Option<Name>,
    status: Name,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    grade: Option<Name>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    checks: BTreeMap<Name, Name>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    codes: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    notes: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    coverage: Vec<String>,
}

#[derive(Serialize, Deserialize)]
struct StoredCheck {
    id: Name,
    /// Absent when it is the record's id, as for most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    subject: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    optional: bool,
    outcome: Name,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reason: Option<Name>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    also: Vec<Name>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    expected: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    found: Option<String>,
    /// What was found is what was expected, as for every comparison that passed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    same: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    details: Vec<(Name, String)>,
}

/// The stored form of a record.
pub(super) fn write_record(record: Record) -> Result<String, CaseError> {
    let checks = record.checks.into_iter();
    let stored = StoredRecord {
        checks: checks.map(|check| store_check(check, &record.id)).collect(),
        id: record.id,
        source: store_source(record.source),
        eco: record.ecosystem.as_str().into(),
        verdict: record.verdict.as_str().into(),
        native: store_native(record.native),
        fields: record.fields,
        codes: store_codes(record.reason_codes),
        notes: store_codes(record.notes),
        attached: record
            .attached
            .into_iter()
            .map(|attached| (attached.role.into(), store_source(attached.source)))
            .collect(),
    };
    serde_json::to_string(&stored).map_err(|_| CaseError::Damaged)
}

/// The stored form of a check of the pack.
pub(super) fn write_check(check: Check) -> Result<String, CaseError> {
    serde_json::to_string(&store_check(check, "")).map_err(|_| CaseError::Damaged)
}

/// The record.
pub(super) fn read_record(text: &str) -> Result<Record, CaseError> {
    let stored: StoredRecord = serde_json::from_str(text).map_err(|_| CaseError::Damaged)?;
    let checks = stored.checks.into_iter();
    Ok(Record {
        checks: checks
            .map(|check| load_check(check, &stored.id))
            .collect::<Result<_, _>>()?,
        id: stored.id,
        source: load_source(stored.source),
        ecosystem: parse(&stored.eco)?,
        verdict: parse(&stored.verdict)?,
        native: load_native(stored.native)?,
        fields: stored.fields,
        reason_codes: load_codes(&stored.codes)?,
        notes: load_codes(&stored.notes)?,
        attached: stored
            .attached
            .into_iter()
            .map(|(role, source)| Attached {
                role: intern(&role),
                source: load_source(source),
            })
            .collect(),
    })
}

/// The check of the pack.
pub(super) fn read_check(text: &str) -> Result<Check, CaseError> {
    load_check(serde_json::from_str(text).map_err(|_| CaseError::Damaged)?, "")
}

/// An outcome from its word and reason.
pub(super) fn outcome(word: &str, reason: Option<&str>) -> Option<Outcome> {
    let reason = reason.and_then(|reason| reason.parse::<ReasonCode>().ok());
    match (word, reason) {
        ("PASS", None) => Some(Outcome::Pass),
        ("FAIL", Some(reason)) => Some(Outcome::Fail(reason)),
        ("UNDETERMINED", Some(reason)) => Some(Outcome::Undetermined(reason)),
        ("SKIPPED", Some(reason)) => Some(Outcome::Skipped(reason)),
        _ => None,
    }
}

fn parse<T: std::str::FromStr>(text: &str) -> Result<T, CaseError> {
    text.parse().map_err(|_| CaseError::Damaged)
}

fn store_codes(codes: Vec<ReasonCode>) -> Vec<Name> {
    codes.into_iter().map(|code| code.as_str().into()).collect()
}

fn load_codes(codes: &[Name]) -> Result<Vec<ReasonCode>, CaseError> {
    codes.iter().map(|code| parse(code)).collect()
}

fn store_source(source: Source) -> StoredSource {
    StoredSource {
        path: source.path,
        line: source.line,
        element: source.element,
        pointer: source.pointer,
        span: source.span,
    }
}

fn load_source(stored: StoredSource) -> Source {
    Source {
        path: stored.path,
        line: stored.line,
        element: stored.element,
        pointer: stored.pointer,
        span: stored.span,
    }
}

fn store_native(native: Native) -> StoredNative {
    StoredNative {
        eco: native.ecosystem.map(|ecosystem| ecosystem.as_str().into()),
        status: native.status,
        grade: native.grade,
        checks: native.checks,
        codes: native.reason_codes,
        notes: native.notes,
        coverage: native.coverage,
    }
}

fn load_native(stored: StoredNative) -> Result<Native, CaseError> {
    Ok(Native {
        ecosystem: stored.eco.as_deref().map(parse).transpose()?,
        status: stored.status,
        grade: stored.grade,
        checks: stored.checks,
        reason_codes: stored.codes,
        notes: stored.notes,
        coverage: stored.coverage,
    })
}

fn store_check(check: Check, record: &str) -> StoredCheck {
    let same = check.found.is_some() && check.found == check.expected;
    StoredCheck {
        id: check.id.as_str().into(),
        subject: Some(check.subject).filter(|subject| subject != record),
        optional: !check.required,
        outcome: check.outcome.as_str().into(),
        reason: check.outcome.reason().map(|reason| reason.as_str().into()),
        also: store_codes(check.also),
        expected: check.expected,
        found: check.found.filter(|_| !same),
        same,
        details: check
            .details
            .into_iter()
            .map(|(label, text)| (label.into(), text))
            .collect(),
    }
}

fn load_check(stored: StoredCheck, record: &str) -> Result<Check, CaseError> {
    Ok(Check {
        id: parse(&stored.id)?,
        subject: stored.subject.unwrap_or_else(|| record.to_owned()),
        required: !stored.optional,
        outcome: outcome(&stored.outcome, stored.reason.as_deref()).ok_or(CaseError::Damaged)?,
        also: load_codes(&stored.also)?,
        found: if stored.same {
            stored.expected.clone()
        } else {
            stored.found
        },
        expected: stored.expected,
        details: stored
            .details
            .into_iter()
            .map(|(label, text)| (intern(&label), text))
            .collect(),
    })
}

/// At most so many labels are kept for the life of the program; the engine has a few dozen.
const LABELS: usize = 512;

/// The label as the engine's own type has it. Labels live in the engine's source, so there are few; a file that
/// somebody else filled with more gets them under one name.
fn intern(label: &str) -> &'static str {
    static KNOWN: Mutex<Vec<&'static str>> = Mutex::new(Vec::new());
    let mut known = KNOWN.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    if let Some(found) = known.iter().find(|entry| **entry == label) {
        return found;
    }
    if known.len() >= LABELS {
        return "detail";
    }
    let kept: &'static str = Box::leak(label.to_owned().into_boxed_str());
    known.push(kept);
    kept
}
