//! Reports for the tests: a small one, one full of hostile text, one with more records than a page lists.

use evidence::{Counts, Digest, Record, Recorder as _, Report};

use super::{Document, Material, Profile};
use crate::case_file::CaseFile;
use crate::fixture;
use crate::note::document::tests as note;
use crate::note::{Ledger, Role};

/// A report with its records.
pub(super) struct Case {
    pub(super) report: Report,
    pub(super) case_file: CaseFile,
    pub(super) note: Option<Ledger>,
}

impl Case {
    pub(super) fn holding(mut report: Report, records: Vec<Record>) -> Case {
        let mut counts = Counts::default();
        for record in &records {
            counts.add_record(record);
        }
        for check in report.parts.iter().flat_map(|part| &part.checks) {
            counts.add_check(check);
        }
        report.counts = counts;
        let mut case_file = CaseFile::temporary(&report.input).unwrap();
        let mut writer = case_file.writer().unwrap();
        for record in records {
            writer.record(record).unwrap();
        }
        writer.finish(&report).unwrap();
        Case {
            report,
            case_file,
            note: None,
        }
    }

    pub(super) fn document(&self, profile: Profile) -> Document<'_> {
        let material = Material {
            report: &self.report,
            case_file: &self.case_file,
            note: self.note.as_ref(),
        };
        Document::of(material, profile).unwrap()
    }
}

/// Three records, one of them with a mismatch, and a note with something of everything.
pub(super) fn small() -> Case {
    let mut case = Case::holding(fixture::report(), fixture::records());
    let mut ledger = note::ledger();
    note::sign(&mut ledger, Role::Preparer, note::body_sha256());
    case.note = Some(ledger);
    case
}

/// Text that somebody would send to whoever opens the report.
pub(super) const HOSTILE: [&str; 7] = [
    "=HYPERLINK(\"http://evil.example\",\"x\")",
    "<script>alert(1)</script><img src=http://evil.example/x onerror=alert(1)>",
    "+1;=1+2",
    "invoice\u{202e}fdp.exe",
    "a\u{0}b\u{7}c\r\nd\u{200b}e",
    "#let x = read(\"/etc/passwd\") \\ ]]> --> &lt; _x0041_",
    "名前 \u{1f600} Ж Ω \u{e000}\u{fffe}",
];

/// The small report with such text wherever a pack can put text, and one value longer than a cell of a workbook.
pub(super) fn hostile() -> Case {
    let mut report = fixture::report();
    report.input.name = HOSTILE.concat();
    report.format.because = HOSTILE.join(" ");
    for (file, text) in report.files.iter_mut().zip(HOSTILE) {
        file.path = text.to_owned();
    }
    let mut records = Vec::new();
    for (number, text) in (0_u64..).zip(HOSTILE) {
        let mut record = fixture::records().remove(usize::try_from(number % 3).unwrap());
        record.id = text.to_owned();
        record.source.path = format!("records/{text}");
        for name in ["executionId", "app", "executionTimestamp", "certificateHash"] {
            record.fields.insert(name.into(), text.into());
        }
        records.push(record);
    }
    records[0].fields.insert("executionId".into(), long().into());
    Case::holding(report, records)
}

/// 40,000 characters without a blank.
pub(super) fn long() -> String {
    "Lang\u{e9}".repeat(8_000)
}

/// So many records that a page does not list them all, the mismatches at the end.
pub(super) fn large(count: u64) -> Case {
    let records = (1..=count).map(|number| {
        let mut record = fixture::records().remove(if number > count - 3 { 1 } else { 0 });
        record.id = Digest::of(&number.to_be_bytes()).prefixed();
        record
            .fields
            .insert("executionId".into(), format!("run-{number}").into());
        record
    });
    Case::holding(fixture::report(), records.collect())
}
