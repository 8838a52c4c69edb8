//! What can be exported.

use evidence::{Ecosystem, Report};

use crate::document::LISTED;
use crate::view::{Choice, ExportItem, ExportView};
use crate::words::sentence::{count, number};

use super::text::visible;

/// The choices, for the record that is open or for the pack.
#[must_use]
pub fn exports(report: &Report, record: Option<u64>) -> ExportView {
    let base = base_name(&report.input.name);
    let rows = count(report.counts.records, "row", "rows");
    let none = if report.counts.records == 0 {
        "There is no record in this pack."
    } else {
        ""
    };
    let [html, pdf, xlsx] = documents(report, &base);
    ExportView {
        profiles: profiles(),
        items: vec![
            html,
            pdf,
            xlsx,
            audit_report(report, record, &base, none),
            ExportItem {
                id: "projectCsv".to_owned(),
                title: "Project summary".to_owned(),
                about: "CSV, eleven columns, one row per record.".to_owned(),
                file_name: format!("{base}-records.csv"),
                size: rows.clone(),
                unavailable: none.to_owned(),
                per_record: false,
                profiles: false,
            },
            ExportItem {
                id: "projectCsvExcel".to_owned(),
                title: "Project summary for Excel".to_owned(),
                about: "The same rows, written so that Excel reads every letter.".to_owned(),
                file_name: format!("{base}-records-excel.csv"),
                size: rows,
                unavailable: none.to_owned(),
                per_record: false,
                profiles: false,
            },
            ExportItem {
                id: "report".to_owned(),
                title: "Full report".to_owned(),
                about: "JSON with every check, key, file and reason code. Another person can repeat it.".to_owned(),
                file_name: format!("{base}.report.json"),
                size: count(report.counts.checks.total(), "check", "checks"),
                unavailable: String::new(),
                per_record: false,
                profiles: false,
            },
        ],
    }
}

/// How much of a report can be had.
fn profiles() -> Vec<Choice> {
    let choice = |id: &str, label: &str| Choice {
        id: id.to_owned(),
        label: label.to_owned(),
    };
    vec![
        choice("full", "Full: all fourteen sections"),
        choice("short", "Short: result, conclusion, exceptions, sign-offs"),
    ]
}

/// The report that is filed, in three forms. The reviewer's note stands in it as far as it is written.
fn documents(report: &Report, base: &str) -> [ExportItem; 3] {
    let records = count(report.counts.records, "record", "records");
    let listed = match u64::try_from(LISTED) {
        Ok(most) if report.counts.records > most => format!("{} of {records}", number(most)),
        _ => records.clone(),
    };
    let item = |id: &str, title: &str, about: &str, ending: &str, size: &str| ExportItem {
        id: id.to_owned(),
        title: title.to_owned(),
        about: about.to_owned(),
        file_name: format!("{base}.report.{ending}"),
        size: size.to_owned(),
        unavailable: String::new(),
        per_record: false,
        profiles: true,
    };
    [
        item(
            "html",
            "Report to read",
            "HTML, one file for any browser, with your review note. Prints on A4 and Letter.",
            "html",
            &listed,
        ),
        item(
            "pdf",
            "Report to file",
            "PDF for the archive, with your review note. Tagged, fonts inside.",
            "pdf",
            &listed,
        ),
        item(
            "xlsx",
            "Workbook",
            "XLSX with every record, check and file in sheets of their own.",
            "xlsx",
            &records,
        ),
    ]
}

fn audit_report(report: &Report, record: Option<u64>, base: &str, none: &str) -> ExportItem {
    let corresponds = report.parts.iter().any(|part| {
        let ecosystem = part.native.ecosystem;
        ecosystem == Some(Ecosystem::NexArt) || ecosystem == Some(Ecosystem::Invoance)
    });
    let unavailable = match (none, corresponds) {
        ("", true) => "",
        ("", false) => "This report has NexArt's field names. The pack has no record whose fields correspond to them.",
        (none, _) => none,
    };
    let one = record.or((report.counts.records == 1).then_some(1));
    ExportItem {
        id: "auditReport".to_owned(),
        title: "Single-record audit report".to_owned(),
        about: "JSON with NexArt's field names, one file per record.".to_owned(),
        file_name: match one {
            Some(at) => format!("{base}-record-{at}.audit-report.json"),
            None => format!("{base}-audit-reports"),
        },
        size: match one {
            Some(at) => format!("record {}", number(at)),
            None => count(report.counts.records, "file", "files"),
        },
        unavailable: unavailable.to_owned(),
        per_record: true,
        profiles: false,
    }
}

/// The pack's name without its ending and without characters that a file name cannot have everywhere.
pub(super) fn base_name(name: &str) -> String {
    let shown = visible(name);
    let stem = [".tar.gz", ".ndjson", ".jsonl", ".json", ".zip", ".tar", ".gz", ".csv"]
        .iter()
        .find_map(|ending| shown.strip_suffix(ending))
        .unwrap_or(&shown);
    let base: String = stem
        .chars()
        .map(|c| {
            if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') {
                c
            } else {
                '_'
            }
        })
        .collect();
    let trimmed = base.trim_matches('.');
    if trimmed.is_empty() {
        "evidence".to_owned()
    } else {
        trimmed.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proposed_name_has_no_character_that_a_file_system_refuses() {
        assert_eq!(base_name("run: 4/5.zip"), "run__4_5");
        assert_eq!(base_name("governed-run-004.zip"), "governed-run-004");
        assert_eq!(base_name("...zip"), "evidence");
    }
}
