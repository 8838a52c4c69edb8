//! The single-record audit report (`specs/nexart.md` 10.1): the vendor's own fields in their order, and under one
//! member what this program adds.

use std::path::Path;

use evidence::{CheckId, Digest, Record, Report};
use serde::Serialize;

use crate::save::{Existing, SaveError, Saved, save};

/// What an export is told that stands in no pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occasion<'a> {
    /// Now, UTC, `YYYY-MM-DDTHH:MM:SS.mmmZ`, from the caller's clock.
    pub exported_at: &'a str,
    /// The project as the reviewer typed it; used where the evidence names none.
    pub project: Option<&'a str>,
}

#[derive(Serialize)]
struct AuditReport<'a> {
    #[serde(rename = "exportType")]
    export_type: &'static str,
    #[serde(rename = "exportedAt")]
    exported_at: &'a str,
    execution_id: Option<&'a str>,
    certificate_hash: Option<&'a str>,
    bundle_type: Option<&'a str>,
    surface: Option<&'a str>,
    project: Option<&'a str>,
    app: Option<&'a str>,
    verification: Verification<'a>,
    stamp_status: Option<&'a str>,
    stamp_mode: Option<&'a str>,
    attestor_key_id: Option<&'a str>,
    node_url: Option<&'a str>,
    protocol_version: Option<&'a str>,
    sdk_version: Option<&'a str>,
    execution_timestamp: Option<&'a str>,
    auto_stamp_status: Option<&'a str>,
    sealcheck: Sealcheck<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Verification<'a> {
    status: &'a str,
    bundle_integrity: Option<&'a str>,
    node_signature: Option<&'a str>,
    receipt_consistency: Option<&'a str>,
}

#[derive(Serialize)]
struct Sealcheck<'a> {
    verdict: &'static str,
    grade: Option<&'a str>,
    #[serde(rename = "verificationEnvelope")]
    verification_envelope: Option<&'a str>,
    #[serde(rename = "reasonCodes")]
    reason_codes: Vec<&'static str>,
    notes: Vec<&'a str>,
    coverage: &'a [String],
    #[serde(rename = "keySource")]
    key_source: Option<&'a str>,
    cer_bundle_type: Option<&'a str>,
    attested_at: Option<&'a str>,
    source_file: &'a str,
    source_sha256: Option<String>,
    tool: &'static str,
    reviewer_notes: [&'static str; 0],
}

/// The audit report of one record, pretty-printed with two spaces.
#[must_use]
pub fn audit_report(report: &Report, record: &Record, occasion: Occasion<'_>) -> String {
    let field = |name| super::project_csv::field(record, name);
    let document = AuditReport {
        export_type: "audit-report",
        exported_at: occasion.exported_at,
        execution_id: field("executionId"),
        certificate_hash: field("certificateHash"),
        bundle_type: field("recordType"),
        surface: field("surface"),
        project: field("project").or(occasion.project),
        app: field("app"),
        verification: Verification {
            status: field("status").unwrap_or(&record.native.status),
            bundle_integrity: field("bundleIntegrity").or(ended(record, CheckId::PayloadHash)),
            node_signature: field("nodeSignature").or(ended(record, CheckId::Signature)),
            receipt_consistency: field("receiptConsistency"),
        },
        stamp_status: field("stampStatus"),
        stamp_mode: field("stampMode"),
        attestor_key_id: field("attestorKeyId"),
        node_url: field("nodeUrl"),
        protocol_version: field("protocolVersion"),
        sdk_version: field("sdkVersion"),
        execution_timestamp: field("executionTimestamp"),
        auto_stamp_status: field("autoStampStatus"),
        sealcheck: additions(report, record),
    };
    serde_json::to_string_pretty(&document).unwrap_or_default()
}

fn additions<'a>(report: &Report, record: &'a Record) -> Sealcheck<'a> {
    let field = |name| super::project_csv::field(record, name);
    let mut notes: Vec<&str> = record.native.notes.iter().map(String::as_str).collect();
    for note in record.notes.iter().map(|note| note.as_str()) {
        if !notes.contains(&note) {
            notes.push(note);
        }
    }
    Sealcheck {
        verdict: record.verdict.as_str(),
        grade: record.native.grade.as_deref(),
        verification_envelope: field("verificationEnvelope"),
        reason_codes: record.reason_codes.iter().map(|code| code.as_str()).collect(),
        notes,
        coverage: &record.native.coverage,
        key_source: field("keySource").or(key_source(record)),
        cer_bundle_type: field("bundleType"),
        attested_at: field("attestedAt"),
        source_file: &record.source.path,
        source_sha256: digest_of(report, &record.source.path).map(|digest| digest.to_hex()),
        tool: concat!("sealcheck@", env!("CARGO_PKG_VERSION")),
        reviewer_notes: [],
    }
}

/// How a check of an audit event ended; none where the record has no such check.
fn ended(record: &Record, id: CheckId) -> Option<&'static str> {
    let check = record.checks.iter().find(|check| check.id == id)?;
    Some(check.outcome.as_str())
}

/// Where the key of an audit event's signature was taken from.
fn key_source(record: &Record) -> Option<&str> {
    let check = record.checks.iter().find(|check| check.id == CheckId::Signature)?;
    let (_, source) = check.details.iter().find(|(name, _)| *name == "keySource")?;
    Some(source)
}

/// The digest of a file of the pack; the report lists them by path bytes.
fn digest_of(report: &Report, path: &str) -> Option<Digest> {
    let files = &report.files;
    let found = files.binary_search_by(|file| file.path.as_bytes().cmp(path.as_bytes()));
    files.get(found.ok()?)?.sha256
}

/// The file name of a record's audit report: `<safe execution id or first 16 digits of the hash>-audit-report.json`.
#[must_use]
pub fn audit_file_name(record: &Record) -> String {
    let id = super::project_csv::field(record, "executionId");
    let hash = record.id.strip_prefix("sha256:").unwrap_or(&record.id);
    let name: String = match id {
        Some(id) => id.chars().map(safe).take(60).collect(),
        None => hash.chars().map(safe).take(16).collect(),
    };
    format!("{name}-audit-report.json")
}

fn safe(character: char) -> char {
    match character {
        'A'..='Z' | 'a'..='z' | '0'..='9' | '.' | '_' | '-' => character,
        _ => '_',
    }
}

/// Writes a record's audit report.
///
/// # Errors
/// When the file cannot be written; an old one stays.
pub fn save_audit_report(
    path: &Path,
    existing: Existing,
    report: &Report,
    record: &Record,
    occasion: Occasion<'_>,
) -> Result<Saved, SaveError> {
    save(path, existing, audit_report(report, record, occasion).as_bytes())
}

#[cfg(test)]
mod tests {
    use evidence::{Check, Ecosystem, Outcome, ReasonCode};

    use super::*;
    use crate::fixture;

    const NOW: Occasion<'_> = Occasion {
        exported_at: "2026-11-25T09:00:00.000Z",
        project: None,
    };

    #[test]
    fn the_report_has_the_vendors_fields_in_their_order() {
        let records = fixture::records();
        let text = audit_report(&fixture::report(), &records[1], NOW);
        insta::assert_snapshot!(text.replace(env!("CARGO_PKG_VERSION"), "[version]"));
    }

    #[test]
    fn an_audit_event_says_how_its_two_checks_ended() {
        let mut event = fixture::records().remove(0);
        event.ecosystem = Ecosystem::Invoance;
        event.fields.clear();
        event.fields.insert("event_id".into(), "aevt_1".into());
        event.checks = vec![
            Check::new(CheckId::PayloadHash, "aevt_1", Outcome::Pass),
            Check::new(
                CheckId::Signature,
                "aevt_1",
                Outcome::Undetermined(ReasonCode::KeyNotConfirmed),
            )
            .detail("keySource", "event"),
        ];
        let text = audit_report(&fixture::report(), &event, NOW);
        let document: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(document["execution_id"], "aevt_1");
        assert_eq!(document["verification"]["bundleIntegrity"], "PASS");
        assert_eq!(document["verification"]["nodeSignature"], "UNDETERMINED");
        assert_eq!(document["sealcheck"]["keySource"], "event");
        assert_eq!(audit_file_name(&event), "aevt_1-audit-report.json");
    }

    #[test]
    fn what_is_not_present_is_null_and_never_left_out() {
        let mut record = fixture::records().remove(0);
        record.fields.clear();
        let text = audit_report(&fixture::report(), &record, NOW);
        let document: serde_json::Value = serde_json::from_str(&text).unwrap();
        for name in ["execution_id", "certificate_hash", "node_url", "auto_stamp_status"] {
            assert_eq!(document.get(name), Some(&serde_json::Value::Null), "{name}");
        }
        assert_eq!(document["verification"]["status"], "VERIFIED");
    }

    #[test]
    fn a_typed_project_counts_only_where_the_evidence_names_none() {
        let mut record = fixture::records().remove(0);
        let typed = Occasion {
            project: Some("typed"),
            ..NOW
        };
        let project = |record: &Record| {
            let text = audit_report(&fixture::report(), record, typed);
            serde_json::from_str::<serde_json::Value>(&text).unwrap()["project"].clone()
        };
        assert_eq!(project(&record), "typed");
        record.fields.insert("project".into(), "stated".into());
        assert_eq!(project(&record), "stated");
    }

    #[test]
    fn a_file_name_never_leaves_its_folder() {
        let mut record = fixture::records().remove(0);
        record.fields.insert("executionId".into(), "../../etc/pass wd".into());
        assert_eq!(audit_file_name(&record), ".._.._etc_pass_wd-audit-report.json");
        record.fields.remove("executionId");
        assert_eq!(audit_file_name(&record).len(), 16 + "-audit-report.json".len());
    }
}
