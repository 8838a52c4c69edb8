//! Results that somebody else obtained, beside this run (`specs/nexart.md` 9.1, 9.3, 9.5, 10.1): claims, never answers.

use std::collections::BTreeSet;

use super::hash::normalise;
use super::judgement::Grade;
use super::layer::State;
use crate::check::{Check, CheckId, Outcome};
use crate::digest::Digest;
use crate::json::Node;
use crate::reason::ReasonCode;
use crate::report::{Finding, Record, SnapshotRow, Source};

/// A shipped result as the first pass reads it.
#[derive(Debug, Default, Clone)]
pub(super) struct SnapshotSeen {
    /// The record it names.
    pub(super) hash: Option<Digest>,
    verified_at: Option<String>,
    status: String,
    checks: Vec<(String, String)>,
    codes: Vec<String>,
    audit_report: bool,
}

impl SnapshotSeen {
    /// Reads a protocol snapshot or a dashboard verification report.
    pub(super) fn read(value: &Node<'_>) -> SnapshotSeen {
        let text = |name: &str| value.get(name).and_then(Node::as_str).map(str::to_owned);
        let codes = value.get("reasonCodes").map(Node::items).unwrap_or_default();
        SnapshotSeen {
            hash: value.get("certificateHash").and_then(Node::as_str).and_then(normalise),
            verified_at: text("verifiedAt").or_else(|| text("exportedAt")),
            status: text("status").or_else(|| text("verdict")).unwrap_or_default(),
            checks: checks(value),
            codes: codes.iter().filter_map(Node::as_str).map(str::to_owned).collect(),
            audit_report: false,
        }
    }

    /// Reads a single-record audit report, in this program's nesting or the real exporter's.
    pub(super) fn of_audit_report(value: &Node<'_>) -> SnapshotSeen {
        let verification = value.get("verification");
        let text = |name: &str| {
            verification
                .and_then(|node| node.get(name))
                .and_then(Node::as_str)
                .map(str::to_owned)
        };
        let names = [
            ("bundleIntegrity", "bundle_integrity_status"),
            ("nodeSignature", "node_signature_status"),
            ("receiptConsistency", "receipt_consistency_status"),
        ];
        let checks = names
            .into_iter()
            .filter_map(|(name, other)| Some((name.to_owned(), text(name).or_else(|| text(other))?)));
        SnapshotSeen {
            hash: value.get("certificate_hash").and_then(Node::as_str).and_then(normalise),
            verified_at: value.get("exportedAt").and_then(Node::as_str).map(str::to_owned),
            status: text("status")
                .or_else(|| text("verification_status"))
                .unwrap_or_default(),
            checks: checks.collect(),
            codes: Vec::new(),
            audit_report: true,
        }
    }

    /// Whether the sender's result says that all is well, or that something is wrong; neither for the words between.
    fn says(&self) -> Option<bool> {
        match self.status.trim().to_ascii_uppercase().as_str() {
            "VERIFIED" | "PASS" | "VERIFIED_CONFIDENTIAL" | "VERIFIED (SUPPLEMENTAL)" | "LEGACY_VERIFIED" => Some(true),
            "FAILED" | "INVALID" | "FAIL" => Some(false),
            _ => None,
        }
    }

    /// The status in the spec's vocabulary (8.2); a partial result is sealed where no signature was looked at.
    fn status_in_our_words(&self) -> &str {
        match self.says() {
            Some(true) => Grade::Verified.status(),
            Some(false) => Grade::Failed.status(),
            None if self.status == "PARTIAL" => {
                let skipped = |(name, value): &(String, String)| {
                    name == "nodeSignature" && check_in_our_words(value) == State::Skipped.as_str()
                };
                if self.checks.iter().any(skipped) {
                    Grade::Sealed.status()
                } else {
                    Grade::Incomplete.status()
                }
            }
            None => &self.status,
        }
    }
}

/// The three named checks, as an object or as the dashboard's list of labels.
fn checks(value: &Node<'_>) -> Vec<(String, String)> {
    let Some(checks) = value.get("checks") else {
        return Vec::new();
    };
    let listed = checks.items().iter().filter_map(|item| {
        let name = match item.get("label")?.as_str()? {
            "Bundle Integrity" => "bundleIntegrity",
            "Node Signature" => "nodeSignature",
            "Receipt Consistency" => "receiptConsistency",
            other => other,
        };
        Some((name.to_owned(), item.get("status")?.as_str()?.to_owned()))
    });
    let named = checks
        .members()
        .iter()
        .filter_map(|member| Some((member.name.as_str()?.to_owned(), member.value.as_str()?.to_owned())));
    listed.chain(named).collect()
}

/// A shipped result with the record it is about; none for a pack of several.
#[derive(Debug)]
pub(super) struct Shipped {
    pub(super) source: Source,
    pub(super) seen: SnapshotSeen,
}

/// How the shipped results compare, while the records pass by.
#[derive(Debug, Default)]
pub(super) struct Comparison {
    rows: Vec<SnapshotRow>,
    findings: Vec<Finding>,
    contradicted: Vec<String>,
    agreed: u64,
    compared: u64,
    left_out: u64,
}

/// Rows that are kept in full; beyond them only those that differ.
const ROWS_KEPT: usize = 10_000;

impl Comparison {
    /// Holds a shipped result against this run's record. `comparable` is false when a key was missing here.
    pub(super) fn record(&mut self, shipped: &Shipped, record: &Record, comparable: bool) {
        let failed = record.native.grade.as_deref() == Some(Grade::Failed.as_str());
        let ours = record.native.status.as_ref();
        // What it says of another record accuses nobody; that all is well, where a record failed, is contradicted.
        let about = shipped.seen.hash.map(|hash| hash.prefixed());
        let comparable = comparable && (failed || about.is_none_or(|about| about == record.id));
        self.weigh(shipped, &record.id, comparable, failed);
        let seen = &shipped.seen;
        let row = |check: &str, theirs: &str, ours: &str, agrees| SnapshotRow {
            path: shipped.source.path.clone(),
            record: record.id.clone(),
            verified_at: seen.verified_at.clone(),
            check: check.to_owned(),
            theirs: theirs.to_owned(),
            ours: ours.to_owned(),
            agrees,
            cause: record.reason_codes.first().copied().filter(|_| !agrees),
        };
        self.row(row("status", &seen.status, ours, seen.status_in_our_words() == ours));
        for (name, theirs) in &seen.checks {
            if let Some(ours) = record.native.checks.get(name.as_str()) {
                self.row(row(name, theirs, ours, check_in_our_words(theirs) == ours));
            }
        }
        let codes = &record.native.reason_codes;
        if !seen.codes.is_empty() || (!codes.is_empty() && !seen.audit_report) {
            let agrees = in_our_words(&seen.codes) == codes.iter().map(String::as_str).collect();
            self.row(row("reasonCodes", &seen.codes.join(", "), &codes.join(", "), agrees));
        }
    }

    /// Holds a result about the whole pack against the pack's grade.
    pub(super) fn pack(&mut self, shipped: &Shipped, grade: Option<Grade>, undecided: bool, cause: Option<ReasonCode>) {
        let Some(grade) = grade else { return };
        let failed = grade == Grade::Failed;
        // One that names a record that is not here says nothing of the others.
        let comparable = grade != Grade::Incomplete && !(failed && undecided) && shipped.seen.hash.is_none();
        self.weigh(shipped, "", comparable, failed);
        let agrees = shipped.seen.status_in_our_words() == grade.status();
        self.row(SnapshotRow {
            path: shipped.source.path.clone(),
            record: String::new(),
            verified_at: shipped.seen.verified_at.clone(),
            check: "status".to_owned(),
            theirs: shipped.seen.status.clone(),
            ours: grade.status().to_owned(),
            agrees,
            cause: cause.filter(|_| !agrees),
        });
    }

    /// Counts one comparison; a contradiction is a finding.
    fn weigh(&mut self, shipped: &Shipped, record: &str, comparable: bool, failed: bool) {
        let Some(well) = shipped.seen.says().filter(|_| comparable) else {
            return;
        };
        self.compared += 1;
        if well != failed {
            self.agreed += 1;
            return;
        }
        let code = if shipped.seen.audit_report {
            ReasonCode::ReportContradicted
        } else {
            ReasonCode::SnapshotContradicted
        };
        let detail = format!("says {}; {record}", shipped.seen.status);
        self.findings.push(Finding::new(code, &shipped.source.path, detail));
        if !shipped.seen.audit_report {
            self.contradicted.push(shipped.source.path.clone());
        }
    }

    fn row(&mut self, row: SnapshotRow) {
        if row.agrees && self.rows.len() >= ROWS_KEPT {
            self.left_out += 1;
        } else {
            self.rows.push(row);
        }
    }

    /// The check, the rows and the findings. `any` says whether the pack ships a result at all.
    pub(super) fn finish(self, any: bool) -> (Check, Vec<SnapshotRow>, Vec<Finding>) {
        let outcome = if !self.contradicted.is_empty() {
            Outcome::Fail(ReasonCode::SnapshotContradicted)
        } else if self.agreed > 0 {
            Outcome::Pass
        } else if any {
            Outcome::Skipped(ReasonCode::NotAnswerable)
        } else {
            Outcome::Skipped(ReasonCode::NotPresent)
        };
        let subject = self
            .contradicted
            .first()
            .cloned()
            .or(self.rows.first().map(|row| row.path.clone()));
        let mut check = Check::new(CheckId::Snapshot, subject.unwrap_or_default(), outcome);
        if any {
            check = check
                .expected(Some(format!("results compared: {}", self.compared)))
                .found(Some(format!("in agreement: {}", self.agreed)));
        }
        if self.left_out > 0 {
            check = check.detail("agreeingValuesNotListed", self.left_out.to_string());
        }
        (check, self.rows, self.findings)
    }
}

/// A check's value in the spec's vocabulary (8.2).
fn check_in_our_words(theirs: &str) -> &str {
    match theirs {
        "N/A" => "SKIPPED",
        "PASSED" => "PASS",
        "FAILED" => "FAIL",
        other => other,
    }
}

/// Reason codes in the spec's vocabulary (8.3), as a set. What it reads as a note or as no attestation is no failure.
fn in_our_words(theirs: &[String]) -> BTreeSet<&str> {
    let words = theirs.iter().filter_map(|word| match word.as_str() {
        "CERTIFICATE_HASH_MISMATCH" | "HASH_MISMATCH" => Some("BUNDLE_HASH_MISMATCH"),
        "SIGNATURE_INVALID" | "STAMP_INVALID" => Some("NODE_SIGNATURE_INVALID"),
        "STAMP_KEY_FETCH_FAILED" => Some("NODE_KEY_UNAVAILABLE"),
        "RECEIPT_BUNDLE_HASH_MISMATCH" => Some("RECEIPT_HASH_MISMATCH"),
        "UNSUPPORTED_BUNDLE_TYPE" => Some("SCHEMA_VERSION_UNSUPPORTED"),
        "SCHEMA_ERROR" | "CANONICALIZATION_ERROR" => Some("BUNDLE_CORRUPTED"),
        "STAMP_NOT_PRESENT" | "STAMP_LEGACY" => None,
        other => Some(other),
    });
    words.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    fn seen(text: &str) -> SnapshotSeen {
        let parsed = json::parse(text.as_bytes(), &json::Bounds::default());
        parsed
            .map(|parsed| SnapshotSeen::read(&parsed.root))
            .unwrap_or_default()
    }

    #[test]
    fn a_partial_result_is_sealed_where_there_was_no_signature_and_incomplete_where_there_was() {
        let partial = |signature: &str| {
            let text =
                format!(r#"{{"verdict":"PARTIAL","checks":[{{"label":"Node Signature","status":"{signature}"}}]}}"#);
            seen(&text).status_in_our_words().to_owned()
        };
        assert_eq!(partial("N/A"), "VERIFIED");
        assert_eq!(partial("FAIL"), "FAILED");
    }

    #[test]
    fn codes_are_compared_as_a_set_in_the_specs_words() {
        let theirs = ["STAMP_LEGACY", "HASH_MISMATCH", "SIGNATURE_INVALID"].map(str::to_owned);
        let ours = BTreeSet::from(["NODE_SIGNATURE_INVALID", "BUNDLE_HASH_MISMATCH"]);
        assert_eq!(in_our_words(&theirs), ours);
    }
}
