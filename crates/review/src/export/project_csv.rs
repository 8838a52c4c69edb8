//! The project summary (`specs/nexart.md` 10.2): eleven columns, one row per record.
//!
//! The quoting rule is the vendor's, with the differences that the spec names; no library writes that form, so the few
//! lines are here and a test reads them back with one.

use std::borrow::Cow;
use std::io::{Read, Write};
use std::path::Path;

use evidence::{Ecosystem, Record, Recorder};

use crate::present::visible_cell;
use crate::save::{Draft, Existing, SaveError, Saved};

/// The columns, in their order.
pub const COLUMNS: [&str; 11] = [
    "created_at",
    "project",
    "app",
    "execution_id",
    "bundle_type",
    "surface",
    "certificate_hash",
    "verification_status",
    "stamp_status",
    "protocol_version",
    "sdk_version",
];

/// The form of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// The vendor's: LF between rows, none at the end, no byte-order mark, quotes where needed.
    Standard,
    /// What spreadsheet programs open without questions: byte-order mark, CRLF, every field quoted.
    Excel,
}

/// Whether a field that a spreadsheet could run as a formula gets an apostrophe in front.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guard {
    /// It does.
    On,
    /// Every value stays exactly as it is.
    Off,
}

/// Writes the project summary, row by row.
#[derive(Debug)]
pub struct CsvWriter<W: Write> {
    out: W,
    profile: Profile,
    guard: Guard,
    project: Option<String>,
    rows: u64,
}

impl<W: Write> CsvWriter<W> {
    /// Starts with the header. `project` is what the reviewer typed, for records that name none.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn new(mut out: W, profile: Profile, guard: Guard, project: Option<&str>) -> std::io::Result<CsvWriter<W>> {
        if profile == Profile::Excel {
            out.write_all("\u{feff}".as_bytes())?;
        }
        let mut writer = CsvWriter {
            out,
            profile,
            guard,
            project: project.map(str::to_owned),
            rows: 0,
        };
        writer.line(COLUMNS)?;
        Ok(writer)
    }

    /// Adds a record's row.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn row(&mut self, record: &Record) -> std::io::Result<()> {
        if self.profile == Profile::Standard {
            self.out.write_all(b"\n")?;
        }
        let project = self.project.clone();
        self.line(values(record, project.as_deref()))?;
        self.rows += 1;
        Ok(())
    }

    /// How many records it has written.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// Ends the file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(mut self) -> std::io::Result<(W, u64)> {
        self.out.flush()?;
        Ok((self.out, self.rows))
    }

    fn line(&mut self, fields: [&str; COLUMNS.len()]) -> std::io::Result<()> {
        let mut line = String::with_capacity(256);
        for (index, field) in fields.iter().enumerate() {
            if index > 0 {
                line.push(',');
            }
            self.field(field, &mut line);
        }
        if self.profile == Profile::Excel {
            line.push_str("\r\n");
        }
        self.out.write_all(line.as_bytes())
    }

    fn field(&self, text: &str, line: &mut String) {
        let guarded = self.guard == Guard::On && guarded(text);
        // What a person would not see is no part of the vendor's form: it is shown, unless every value is to stay exact.
        let text = match self.guard {
            Guard::On => visible_cell(text),
            Guard::Off => Cow::Borrowed(text),
        };
        if !guarded && self.profile == Profile::Standard && !needs_quotes(&text) {
            line.push_str(&text);
            return;
        }
        line.push('"');
        if guarded {
            line.push('\'');
        }
        line.push_str(&text.replace('"', "\"\""));
        line.push('"');
    }
}

impl<W: Write> Recorder for CsvWriter<W> {
    fn record(&mut self, record: Record) -> std::io::Result<()> {
        self.row(&record)
    }
}

/// A field's text under NexArt's name for it, where the record states one that is not empty.
pub(super) fn field<'r>(record: &'r Record, name: &str) -> Option<&'r str> {
    let own = |name| record.fields.get(name)?.as_str().filter(|text| !text.is_empty());
    match record.ecosystem {
        Ecosystem::Invoance => own(of_event(name)?),
        Ecosystem::NexArt | Ecosystem::Keel => own(name),
    }
}

/// The field of an audit event that corresponds to one of NexArt's.
fn of_event(name: &str) -> Option<&'static str> {
    match name {
        "createdAt" => Some("ingested_at"),
        "executionTimestamp" => Some("occurred_at"),
        "project" => Some("org_id"),
        "executionId" => Some("event_id"),
        "recordType" => Some("schema"),
        "certificateHash" => Some("payload_hash"),
        _ => None,
    }
}

fn values<'a>(record: &'a Record, project: Option<&'a str>) -> [&'a str; COLUMNS.len()] {
    let text = |name| field(record, name).unwrap_or_default();
    [
        text("createdAt"),
        field(record, "project").or(project).unwrap_or_default(),
        text("app"),
        text("executionId"),
        text("recordType"),
        text("surface"),
        text("certificateHash"),
        field(record, "status").unwrap_or(&record.native.status),
        text("stampStatus"),
        text("protocolVersion"),
        text("sdkVersion"),
    ]
}

fn needs_quotes(text: &str) -> bool {
    text.contains([',', '"', '\n', '\r']) || text.starts_with(' ') || text.ends_with(' ')
}

/// Whether a spreadsheet program could run the text as a formula (`notes/hostile-input.md`, Output).
#[must_use]
pub fn guarded(text: &str) -> bool {
    if text.starts_with(['\t', '\r', '\n']) {
        return true;
    }
    text.chars()
        .find(|character| !character.is_whitespace() && !invisible(*character))
        .is_some_and(|first| "=+-@|%\u{ff1d}\u{ff0b}\u{ff0d}\u{ff20}".contains(first))
}

/// Characters that take no room: a spreadsheet may drop them and see what follows.
fn invisible(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// The vendor's file name: the project in lower case, runs of blanks as `-`, then `-records.csv`; characters that a
/// file name cannot hold become `_`.
#[must_use]
pub fn csv_file_name(project: &str) -> String {
    let name: String = project
        .to_lowercase()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join("-")
        .chars()
        .map(|character| match character {
            '/' | '\\' | '<' | '>' | ':' | '"' | '|' | '?' | '*' => '_',
            other if other.is_control() || invisible(other) => '_',
            other => other,
        })
        .take(100)
        .collect();
    format!("{name}-records.csv")
}

/// Writes the summary to a file; `fill` hands over the records. The rows are read back and counted before the file
/// takes its place.
///
/// # Errors
/// When the file cannot be written or does not read back as it was written; an old one stays.
pub fn save_project_csv(
    path: &Path,
    existing: Existing,
    (profile, guard): (Profile, Guard),
    project: Option<&str>,
    fill: impl FnOnce(&mut CsvWriter<&mut Draft>) -> std::io::Result<()>,
) -> Result<(Saved, u64), SaveError> {
    let mut draft = Draft::of(path)?;
    let written = write_all(&mut draft, profile, guard, project, fill).map_err(|source| draft.error(source))?;
    let read = count_rows(draft.reread()?);
    if read != written {
        return Err(SaveError::ReadBack {
            path: path.to_owned(),
            written,
            read,
        });
    }
    Ok((draft.keep(existing)?, written))
}

fn write_all(
    draft: &mut Draft,
    profile: Profile,
    guard: Guard,
    project: Option<&str>,
    fill: impl FnOnce(&mut CsvWriter<&mut Draft>) -> std::io::Result<()>,
) -> std::io::Result<u64> {
    let mut writer = CsvWriter::new(draft, profile, guard, project)?;
    fill(&mut writer)?;
    Ok(writer.finish()?.1)
}

/// Rows after the header that have every column.
fn count_rows(from: impl Read) -> u64 {
    let rows = csv::Reader::from_reader(from)
        .into_byte_records()
        .take_while(Result::is_ok)
        .count();
    u64::try_from(rows).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    fn csv(records: &[Record], profile: Profile, guard: Guard) -> String {
        let mut writer = CsvWriter::new(Vec::new(), profile, guard, None).unwrap();
        for record in records {
            writer.row(record).unwrap();
        }
        String::from_utf8(writer.finish().unwrap().0).unwrap()
    }

    /// One record whose fields are the given ones.
    fn with(fields: &[(&str, &str)]) -> Record {
        let mut record = fixture::records().remove(0);
        record.fields = fields
            .iter()
            .map(|(name, text)| ((*name).to_owned().into(), (*text).into()))
            .collect();
        record
    }

    #[test]
    fn the_standard_form_is_the_vendors() {
        insta::assert_snapshot!(csv(&fixture::records(), Profile::Standard, Guard::On));
    }

    #[test]
    fn the_spreadsheet_form_quotes_every_field() {
        insta::assert_debug_snapshot!(csv(&fixture::records(), Profile::Excel, Guard::On));
    }

    #[test]
    fn an_audit_event_fills_the_columns_that_correspond() {
        let mut event = with(&[
            ("event_id", "aevt_1"),
            ("org_id", "aorg_1"),
            ("ingested_at", "2026-01-01T00:00:02.000Z"),
            ("occurred_at", "2026-01-01T00:00:01.000Z"),
            ("payload_hash", "00ff"),
            ("schema", "invoance.audit/1"),
        ]);
        event.ecosystem = Ecosystem::Invoance;
        event.native.status = "PASS".into();
        let rows = csv(&[event], Profile::Standard, Guard::On);
        let row = rows.lines().nth(1).unwrap();
        assert_eq!(
            row,
            "2026-01-01T00:00:02.000Z,aorg_1,,aevt_1,invoance.audit/1,,00ff,PASS,,,"
        );
    }

    #[test]
    fn no_records_leave_the_header_alone() {
        assert_eq!(csv(&[], Profile::Standard, Guard::On), COLUMNS.join(","));
    }

    #[test]
    fn a_formula_is_quoted_behind_an_apostrophe() {
        let rows = csv(&[with(&[("app", "=1+1;=1+2")])], Profile::Standard, Guard::On);
        assert!(rows.contains(",\"'=1+1;=1+2\","), "{rows}");
        let exact = csv(&[with(&[("app", "=1+1")])], Profile::Standard, Guard::Off);
        assert!(exact.contains(",=1+1,"), "{exact}");
    }

    #[test]
    fn a_carriage_return_and_outer_spaces_are_quoted_too() {
        let rows = csv(
            &[with(&[("app", "a\rb"), ("project", " c"), ("surface", "d ")])],
            Profile::Standard,
            Guard::On,
        );
        assert!(rows.contains("\" c\",\"a\rb\","), "{rows}");
        assert!(rows.contains("\"d \""), "{rows}");
    }

    #[test]
    fn a_saved_summary_tells_how_many_rows_it_has() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        let hostile = with(&[("app", "line\r\nbreak \"x\", y"), ("executionId", "\u{202e}=1\n")]);
        for profile in [Profile::Standard, Profile::Excel] {
            let form = (profile, Guard::On);
            let (saved, rows) = save_project_csv(&path, Existing::Replace, form, None, |writer| {
                writer.row(&hostile)?;
                writer.row(&hostile)
            })
            .unwrap();
            assert_eq!((rows, saved.bytes), (2, std::fs::metadata(&path).unwrap().len()));
        }
    }

    #[test]
    fn a_file_name_is_the_vendors_and_stays_one_name() {
        assert_eq!(csv_file_name("Vendor  risk,\tQ3"), "vendor-risk,-q3-records.csv");
        assert_eq!(csv_file_name("../a:b"), ".._a_b-records.csv");
    }

    #[test]
    fn hidden_characters_are_shown_unless_every_value_is_to_stay_exact() {
        let records = [with(&[("app", "a\u{1b}[2Jb\u{202e}c\td")])];
        let shown = csv(&records, Profile::Standard, Guard::On);
        assert!(shown.contains("a[U+001B][2Jb[U+202E]c\td"), "{shown}");
        assert!(csv(&records, Profile::Standard, Guard::Off).contains("a\u{1b}[2Jb\u{202e}c"));
    }

    #[test]
    fn the_shared_cases_are_guarded_as_they_say() {
        let Some(text) = fixture::vector("common/csv/formula_cases.json") else {
            return;
        };
        let document: serde_json::Value = serde_json::from_str(&text).unwrap();
        for case in document["cases"].as_array().unwrap() {
            let value = case["value"].as_str().unwrap();
            assert_eq!(guarded(value), case["dangerous"].as_bool().unwrap(), "{value:?}");
        }
    }

    #[test]
    fn without_guard_the_form_is_the_real_exporters() {
        let Some(text) = fixture::vector("nexart/csv-export.json") else {
            return;
        };
        let document: serde_json::Value = serde_json::from_str(&text).unwrap();
        let names = [
            ("createdAt", "created_at"),
            ("project", "project"),
            ("app", "app"),
            ("executionId", "execution_id"),
            ("recordType", "bundle_type"),
            ("surface", "surface"),
            ("certificateHash", "certificate_hash"),
            ("status", "verification_status"),
            ("stampStatus", "stamp_status"),
            ("protocolVersion", "protocol_version"),
            ("sdkVersion", "sdk_version"),
        ];
        let records: Vec<Record> = document["rows"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| with(&names.map(|(field, column)| (field, row[column].as_str().unwrap()))))
            .collect();
        assert_eq!(
            csv(&records, Profile::Standard, Guard::Off),
            document["csv_real_exporter"].as_str().unwrap()
        );
    }
}
