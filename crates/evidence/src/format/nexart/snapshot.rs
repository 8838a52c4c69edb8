//! Results that somebody else obtained, beside this run (`specs/nexart.md` 9.1, 9.3, 9.5, 10.1): claims, never answers.

use super::hash::normalise;
use super::judge::Grade;
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

const CHECKS: [&str; 4] = [
    "bundleIntegrity",
    "nodeSignature",
    "receiptConsistency",
    "verificationEnvelope",
];

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
        let ours = record.native.status.as_str();
        let contradicted = comparable && shipped.seen.says().is_some_and(|well| well == failed);
        self.verdict(shipped, &record.id, contradicted);
        let cause = record.reason_codes.first().copied();
        self.row(shipped, &record.id, "status", &shipped.seen.status, ours, cause);
        for (name, theirs) in &shipped.seen.checks {
            if let Some(ours) = CHECKS
                .contains(&name.as_str())
                .then(|| record.native.checks.get(name))
                .flatten()
            {
                self.row(shipped, &record.id, name, theirs, ours, cause);
            }
        }
        let theirs = shipped.seen.codes.join(", ");
        let ours = record.native.reason_codes.join(", ");
        if !theirs.is_empty() || (!ours.is_empty() && !shipped.seen.audit_report) {
            self.row(shipped, &record.id, "reasonCodes", &theirs, &ours, cause);
        }
        self.compared += u64::from(comparable && shipped.seen.says().is_some());
        self.agreed += u64::from(comparable && !contradicted && shipped.seen.says().is_some());
    }

    /// Holds a result about the whole pack against the pack's grade.
    pub(super) fn pack(&mut self, shipped: &Shipped, grade: Option<Grade>, undecided: bool, cause: Option<ReasonCode>) {
        let Some(grade) = grade else { return };
        let failed = grade == Grade::Failed;
        let comparable = grade != Grade::Incomplete && !(failed && undecided);
        let contradicted = comparable && shipped.seen.says().is_some_and(|well| well == failed);
        self.verdict(shipped, "", contradicted);
        self.row(shipped, "", "status", &shipped.seen.status, grade.status(), cause);
        self.compared += u64::from(comparable && shipped.seen.says().is_some());
        self.agreed += u64::from(comparable && !contradicted && shipped.seen.says().is_some());
    }

    fn verdict(&mut self, shipped: &Shipped, record: &str, contradicted: bool) {
        if !contradicted {
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

    fn row(
        &mut self,
        shipped: &Shipped,
        record: &str,
        check: &str,
        theirs: &str,
        ours: &str,
        cause: Option<ReasonCode>,
    ) {
        let agrees = in_our_words(theirs) == ours;
        if agrees && self.rows.len() >= ROWS_KEPT {
            self.left_out += 1;
            return;
        }
        self.rows.push(SnapshotRow {
            path: shipped.source.path.clone(),
            record: record.to_owned(),
            verified_at: shipped.seen.verified_at.clone(),
            check: check.to_owned(),
            theirs: theirs.to_owned(),
            ours: ours.to_owned(),
            agrees,
            cause: cause.filter(|_| !agrees),
        });
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

/// Others' words in the spec's vocabulary (8.2, 8.3).
fn in_our_words(theirs: &str) -> String {
    let words = theirs.split(", ").map(|word| match word {
        "INVALID" => "FAILED",
        "N/A" => "SKIPPED",
        "PASSED" => "PASS",
        "CERTIFICATE_HASH_MISMATCH" | "HASH_MISMATCH" => "BUNDLE_HASH_MISMATCH",
        "SIGNATURE_INVALID" | "STAMP_INVALID" => "NODE_SIGNATURE_INVALID",
        "STAMP_KEY_FETCH_FAILED" => "NODE_KEY_UNAVAILABLE",
        "RECEIPT_BUNDLE_HASH_MISMATCH" => "RECEIPT_HASH_MISMATCH",
        "UNSUPPORTED_BUNDLE_TYPE" => "SCHEMA_VERSION_UNSUPPORTED",
        "SCHEMA_ERROR" | "CANONICALIZATION_ERROR" => "BUNDLE_CORRUPTED",
        other => other,
    });
    words.collect::<Vec<_>>().join(", ")
}
