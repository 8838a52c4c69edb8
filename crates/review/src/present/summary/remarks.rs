//! Reservations and findings: what decides nothing and should be seen.

use std::collections::BTreeMap;

use evidence::{Finding, ReasonCode, Report};

use crate::present::groups::NoteCount;
use crate::present::text::{label, visible};
use crate::view::{RemarkView, Target, ViewName};
use crate::words::reason;
use crate::words::sentence::{count, length};

use super::view;

/// One remark per code: notes of records, then findings of the pack and its parts, then limits. What the verdict rests
/// on is not among them; it stands with the points.
pub(crate) fn remarks(report: &Report, notes: &[NoteCount]) -> Vec<RemarkView> {
    let mut remarks: Vec<RemarkView> = notes.iter().map(note).collect();
    let of_parts = report.parts.iter().flat_map(|part| &part.findings);
    let mut by_code: BTreeMap<ReasonCode, Vec<&Finding>> = BTreeMap::new();
    let decides = |code: ReasonCode| report.reason_codes.contains(&code);
    for finding in report
        .findings
        .iter()
        .chain(of_parts)
        .filter(|finding| !decides(finding.code))
    {
        by_code.entry(finding.code).or_default().push(finding);
    }
    remarks.extend(by_code.iter().map(|(code, findings)| of_findings(*code, findings)));
    remarks.extend(report.limits.iter().filter(|limit| !decides(limit.code)).map(|limit| {
        RemarkView {
            code: limit.code.as_str().to_owned(),
            text: format!("{} {}", reason(limit.code).plain, visible(&limit.effect))
                .trim_end()
                .to_owned(),
            subject: label(&limit.subject),
            target: Some(view(ViewName::Files)),
        }
    }));
    remarks
}

fn note(note: &NoteCount) -> RemarkView {
    RemarkView {
        code: note.code.as_str().to_owned(),
        text: reason(note.code).plain.to_owned(),
        subject: match (note.count, note.first) {
            (1, Some(record)) => format!("Record {}", crate::words::sentence::number(record)),
            (many, _) => count(many, "record", "records"),
        },
        target: note.first.map(|record| Target {
            record: Some(record),
            ..view(ViewName::Records)
        }),
    }
}

fn of_findings(code: ReasonCode, findings: &[&Finding]) -> RemarkView {
    let subject = match findings {
        [only] => label(&only.subject),
        many => count(length(many.len()), "item", "items"),
    };
    let detail = match findings {
        [only] if !only.detail.is_empty() => format!(" Seen: {}.", label(&only.detail)),
        _ => String::new(),
    };
    RemarkView {
        code: code.as_str().to_owned(),
        text: format!("{}{detail}", reason(code).plain),
        subject,
        target: Some(view(place(code))),
    }
}

/// The view on which a finding can be looked at.
fn place(code: ReasonCode) -> ViewName {
    let of_manifest = matches!(
        code,
        ReasonCode::ManifestAbsent
            | ReasonCode::ManifestMultiple
            | ReasonCode::ManifestCountMismatch
            | ReasonCode::ManifestRecordMissing
            | ReasonCode::ManifestRecordUnlisted
            | ReasonCode::ManifestExecutionIdMismatch
            | ReasonCode::SnapshotContradicted
            | ReasonCode::ReportContradicted
    );
    let of_keys = matches!(code, ReasonCode::KeyConflictsWithPinned | ReasonCode::KeySelfAsserted);
    match (of_manifest, of_keys) {
        (true, _) => ViewName::Manifest,
        (_, true) => ViewName::Keys,
        (false, false) => ViewName::Files,
    }
}
