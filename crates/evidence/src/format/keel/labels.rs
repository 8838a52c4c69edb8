//! Unsigned labels of the manifest against the payload (`specs/keel.md` 4): they warn, and never decide.

use super::content::{Content, Shown};
use super::manifest::Manifest;
use crate::check::{Check, CheckId, Outcome};
use crate::reason::ReasonCode;
use crate::report::Finding;

/// What the bytes show that labels speak of.
pub(super) struct Bytes<'b> {
    /// The payload's path.
    pub(super) path: &'b str,
    /// Whether it is gz as shipped.
    pub(super) gzip: bool,
    /// What was read of it; none where it was not opened.
    pub(super) content: Option<&'b Content>,
}

/// Compares the labels; the check is not required, and each difference is a warning.
pub(super) fn compare(manifest: &Manifest, subject: &str, bytes: &Bytes<'_>) -> (Check, Vec<Finding>) {
    let mut warnings = Vec::new();
    let mut warn = |code, detail: String| warnings.push(Finding::new(code, subject, detail));
    if !manifest.absent.is_empty() {
        warn(ReasonCode::ManifestFieldsMissing, manifest.absent.join(", "));
    }
    if let Some(error) = &manifest.chain_error {
        warn(ReasonCode::ChainIntegrityErrorDisclosed, error.clone());
    }
    let mut counted = None;
    if let Some(content) = bytes.content {
        counted = content.counted;
        if let Some(detail) = flag(manifest, bytes, content) {
            warn(ReasonCode::CompressedFlagMismatch, detail);
        }
        if let Some(detail) = count(manifest, content, bytes.path) {
            warn(ReasonCode::ExportScopeRecordCountMismatch, detail);
        }
        if let Some(detail) = project(manifest, content) {
            warn(ReasonCode::ExportScopeProjectIdMismatch, detail);
        }
        if let Some(detail) = shape(manifest, content) {
            warn(ReasonCode::ExportTypeShapeMismatch, detail);
        }
    }
    let first = warnings.first().map(|finding| finding.code);
    let outcome = match (first, counted) {
        (Some(code), _) => Outcome::Fail(code),
        (None, Some(_)) if manifest.record_count.is_some() => Outcome::Pass,
        (None, Some(_)) => Outcome::Skipped(ReasonCode::ExportScopeIdentityIncomplete),
        (None, None) => Outcome::Skipped(ReasonCode::ExportScopeIdentityUnverifiable),
    };
    let mut check = Check::new(CheckId::Labels, subject, outcome)
        .not_required()
        .expected(manifest.record_count.map(|count| count.to_string()))
        .found(counted.map(|count| count.to_string()));
    check.also = warnings.iter().skip(1).map(|finding| finding.code).collect();
    (check, warnings)
}

/// `compressed` says whether a file is gz; of a zip it is not known how it is set.
fn flag(manifest: &Manifest, bytes: &Bytes<'_>, content: &Content) -> Option<String> {
    let stated = manifest.compressed.filter(|_| content.shape != Shown::Zip)?;
    let is = |gzip: bool| if gzip { "compressed" } else { "not compressed" };
    (stated != bytes.gzip).then(|| format!("stated: {}; the file is {}", is(stated), is(bytes.gzip)))
}

fn count(manifest: &Manifest, content: &Content, path: &str) -> Option<String> {
    let (stated, found) = (manifest.record_count?, content.counted?);
    let what = if content.shape == Shown::Lines {
        "lines"
    } else {
        "records"
    };
    (stated != found).then(|| format!("{path} has {found} {what}, the manifest says {stated}"))
}

fn project(manifest: &Manifest, content: &Content) -> Option<String> {
    let stated = manifest.project_id.as_deref()?;
    let other = content.projects.iter().find(|project| *project != stated)?;
    Some(format!("the payload names {other}, the manifest {stated}"))
}

/// Whether the bytes have the shape that the export type is known to have. Types without a known shape have any.
fn shape(manifest: &Manifest, content: &Content) -> Option<String> {
    let stated = manifest.export_type.as_deref()?;
    let all_entries = content.rows > 0 && content.entries == content.rows && content.shape != Shown::Bundle;
    let fits = match stated {
        "governance_events" => match content.shape {
            Shown::Csv | Shown::Unknown => true,
            Shown::Lines | Shown::Governance => content.rows == 0 || content.entries > 0,
            Shown::Document | Shown::Bundle | Shown::Evidence | Shown::Zip => false,
        },
        "usage" | "permits" | "financial_reconciliation" => {
            !all_entries
                && !matches!(
                    content.shape,
                    Shown::Bundle | Shown::Evidence | Shown::Zip | Shown::Governance
                )
        }
        "full_audit" => !(matches!(content.shape, Shown::Governance | Shown::Evidence | Shown::Zip) || all_entries),
        "soc2_evidence" | "hipaa_audit" => !all_entries && matches!(content.shape, Shown::Lines | Shown::Unknown),
        "vanta_evidence" => matches!(content.shape, Shown::Evidence | Shown::Unknown),
        "access_review" => matches!(content.shape, Shown::Zip | Shown::Unknown),
        // A payload of this type that is no zip fails by its own rule.
        "incident_evidence" => true,
        _ => return None,
    };
    let words = match content.shape {
        Shown::Lines | Shown::Governance | Shown::Document if all_entries => "chain entries and nothing else",
        Shown::Unknown => "of no known shape",
        Shown::Lines => "lines",
        Shown::Governance => "a document of governance events",
        Shown::Bundle => "an audit export bundle",
        Shown::Evidence => "a document of decisions",
        Shown::Document => "a JSON document",
        Shown::Csv => "comma-separated values",
        Shown::Zip => "a zip archive",
    };
    (!fits).then(|| format!("the manifest says {stated}, the payload is {words}"))
}
