//! The report as JSON: `sealcheck.report/1` (`design.md` 4).
//!
//! Members stand in RFC 8785 order without blanks, so the text of `body` in the file is exactly what `bodySha256` is
//! over. Records wait in a temporary file until the rest is known: memory does not grow with their number.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Seek, SeekFrom, Write};

use evidence::json::{Bounds, DEPTH_CEILING};
use evidence::{
    Check, Digest, Finding, Hasher, Outcome, Part, Question, RaisedLimit, ReasonCode, Record, Recorder, Report, RollUp,
    Statement,
};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

mod session;

pub use session::{Session, binary_sha256};

/// The JSON Schema of the report, as published by `sealcheck schema`.
pub const JSON_SCHEMA: &str = include_str!("report.schema.json");

/// How far a stated time may be ahead of the clock before it is remarked.
const CLOCK_TOLERANCE: SignedDuration = SignedDuration::from_mins(5);

/// Keeps the records of a run in a temporary file, in the report's form.
#[derive(Debug)]
pub struct Spool {
    rows: BufWriter<File>,
    row: CanonicalRow,
    records: u64,
    latest: Option<(Timestamp, String)>,
}

impl Spool {
    /// An empty one; its file has no name and is gone with it.
    ///
    /// # Errors
    /// When no temporary file can be made.
    pub fn new() -> std::io::Result<Spool> {
        Ok(Spool {
            rows: BufWriter::with_capacity(1 << 16, tempfile::tempfile()?),
            row: CanonicalRow::default(),
            records: 0,
            latest: None,
        })
    }

    /// Remarks that this machine's clock gives rise to: a stated time ahead of it.
    #[must_use]
    pub fn clock_remarks(&self, now: &str) -> Vec<Finding> {
        let Ok(now) = now.parse::<Timestamp>() else {
            return Vec::new();
        };
        match &self.latest {
            Some((time, record)) if time.duration_since(now) > CLOCK_TOLERANCE => {
                vec![Finding::new(ReasonCode::ClockSuspect, record, time.to_string())]
            }
            _ => Vec::new(),
        }
    }

    /// Writes the whole report and gives back the digest of its `body`.
    ///
    /// # Errors
    /// When it cannot be written, or the temporary file cannot be read back.
    pub fn write(self, report: &Report, session: &Session, out: &mut dyn Write) -> std::io::Result<Digest> {
        let digest = self.write_head(report, out)?;
        write!(out, ",\"schema\":\"{}\",\"session\":", evidence::SCHEMA)?;
        canonical(session, out)?;
        out.write_all(b"}")?;
        Ok(digest)
    }

    /// Writes a finished note: the same with the reviewer's work in it.
    ///
    /// # Errors
    /// As [`Spool::write`].
    pub(crate) fn write_note(
        self,
        report: &Report,
        session: &Session,
        review: &impl Serialize,
        out: &mut dyn Write,
    ) -> std::io::Result<Digest> {
        let digest = self.write_head(report, out)?;
        out.write_all(b",\"review\":")?;
        canonical(review, out)?;
        write!(out, ",\"schema\":\"{}\",\"session\":", crate::note::SCHEMA)?;
        canonical(session, out)?;
        out.write_all(b"}")?;
        Ok(digest)
    }

    /// The digest of the report's `body`, which a sign-off covers.
    ///
    /// # Errors
    /// When the temporary file cannot be read back.
    pub fn body_sha256(self, report: &Report) -> std::io::Result<Digest> {
        self.write_head(report, &mut std::io::sink())
    }

    fn write_head(self, report: &Report, out: &mut dyn Write) -> std::io::Result<Digest> {
        let mut rows = self.rows.into_inner().map_err(|failed| failed.into_error())?;
        rows.seek(SeekFrom::Start(0))?;
        out.write_all(b"{\"body\":")?;
        let mut body = Hashed {
            out,
            hasher: Hasher::new(),
        };
        write_body(report, rows, &mut body)?;
        let digest = body.hasher.finish();
        write!(out, ",\"bodySha256\":\"{digest}\"")?;
        Ok(digest)
    }

    fn note_time(&mut self, record: &Record) {
        for name in [
            "attestedAt",
            "createdAt",
            "executionTimestamp",
            "ingested_at",
            "occurred_at",
        ] {
            let text = record.fields.get(name).and_then(|value| value.as_str());
            let Some(time) = text.and_then(|text| text.parse::<Timestamp>().ok()) else {
                continue;
            };
            if self.latest.as_ref().is_none_or(|(latest, _)| time > *latest) {
                self.latest = Some((time, record.id.clone()));
            }
        }
    }
}

impl Recorder for Spool {
    fn record(&mut self, record: Record) -> std::io::Result<()> {
        self.note_time(&record);
        if self.records > 0 {
            self.rows.write_all(b",")?;
        }
        self.records += 1;
        self.rows.write_all(self.row.of(&row(&record))?)
    }
}

/// Writes rows in canonical form with the engine's own writer, into buffers used again for each: a report may have a
/// million.
#[derive(Debug, Default)]
struct CanonicalRow {
    text: Vec<u8>,
    canonical: Vec<u8>,
}

/// Our own text: nothing about it is hostile.
const UNBOUNDED: Bounds = Bounds {
    depth: DEPTH_CEILING,
    nodes: usize::MAX,
    string: usize::MAX,
    memory: usize::MAX,
};

impl CanonicalRow {
    fn of(&mut self, row: &impl Serialize) -> std::io::Result<&[u8]> {
        self.text.clear();
        self.canonical.clear();
        serde_json::to_writer(&mut self.text, row)?;
        let parsed = evidence::json::parse(&self.text, &UNBOUNDED).map_err(std::io::Error::other)?;
        evidence::canonical::write(&parsed.root, &mut self.canonical)
            .map_err(|code| std::io::Error::other(code.as_str()))?;
        Ok(&self.canonical)
    }
}

/// A record's row: only the checks that did not pass are listed, `native.checks` and the counts tell the rest.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row<'a> {
    id: &'a str,
    ecosystem: &'static str,
    source: &'a evidence::Source,
    verdict: &'static str,
    native: &'a evidence::Native,
    fields: &'a BTreeMap<evidence::Word, serde_json::Value>,
    reason_codes: &'a [ReasonCode],
    notes: &'a [ReasonCode],
    checks: Vec<&'a Check>,
}

fn row(record: &Record) -> Row<'_> {
    Row {
        id: &record.id,
        ecosystem: record.ecosystem.as_str(),
        source: &record.source,
        verdict: record.verdict.as_str(),
        native: &record.native,
        fields: &record.fields,
        reason_codes: &record.reason_codes,
        notes: &record.notes,
        checks: record
            .checks
            .iter()
            .filter(|check| check.outcome != Outcome::Pass)
            .collect(),
    }
}

/// One part of a pack that holds several.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PartRow<'a> {
    format: &'a evidence::Format,
    subject: &'a str,
    verdict: evidence::Verdict,
    native: &'a evidence::Native,
    reason_codes: &'a [ReasonCode],
    questions: BTreeMap<&'static str, Answer<'a>>,
    counts: &'a evidence::Counts,
    manifest: Option<&'a evidence::Manifest>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Answer<'a> {
    outcome: &'static str,
    reason_codes: &'a [ReasonCode],
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
    rules: &'static str,
}

/// The members in RFC 8785 order; a test compares the text with the canonical form of itself.
fn write_body(report: &Report, rows: File, out: &mut dyn Write) -> std::io::Result<()> {
    let parts = &report.parts;
    let only = match parts.as_slice() {
        [part] => Some(part),
        _ => None,
    };
    let several: &[Part] = if only.is_some() { &[] } else { parts };
    let mut body = Members { out, any: false };
    body.add("checks", &all(parts, &report.checks, |part| &part.checks))?;
    body.add("counts", &report.counts)?;
    body.add("doesNotProve", &statements(parts, |part| &part.does_not_prove))?;
    body.add("files", &report.files)?;
    body.add("findings", &all(parts, &report.findings, |part| &part.findings))?;
    body.add("format", &report.format)?;
    body.add(
        "furtherManifests",
        &parts
            .iter()
            .flat_map(|part| part.manifests.iter().skip(1))
            .collect::<Vec<_>>(),
    )?;
    body.add("input", &report.input)?;
    body.add("keys", &all(parts, &[], |part| &part.keys))?;
    body.add("limits", &report.limits)?;
    body.add("manifest", &only.and_then(|part| part.manifests.first()))?;
    body.add("native", &only.map(|part| &part.native))?;
    body.add("nodeMetadata", &all(parts, &[], |part| &part.node_metadata))?;
    body.add("parts", &several.iter().map(part_row).collect::<Vec<_>>())?;
    body.add("policy", &stated(report))?;
    body.add("population", &all(parts, &[], |part| &part.population))?;
    body.add("proves", &statements(parts, |part| &part.proves))?;
    body.add("questions", &answers(&report.questions))?;
    body.add("reasonCodes", &report.reason_codes)?;
    body.add_rows("records", rows)?;
    body.add("referenceTime", &report.policy.reference_time)?;
    body.add("snapshotComparison", &all(parts, &[], |part| &part.snapshot_comparison))?;
    body.add("tool", &TOOL)?;
    body.add("verdict", &report.verdict)?;
    body.end()
}

/// What the person who ran the check stated and asked for.
#[derive(Serialize)]
struct Stated<'r> {
    #[serde(rename = "raisedLimits", skip_serializing_if = "<[RaisedLimit]>::is_empty")]
    raised_limits: &'r [RaisedLimit],
    require: Vec<&'static str>,
    scope: Option<&'static str>,
}

fn stated(report: &Report) -> Stated<'_> {
    Stated {
        raised_limits: &report.raised,
        require: report.policy.require.iter().map(|layer| (*layer).into()).collect(),
        scope: report.policy.scope.map(|scope| crate::words::scope(scope).id),
    }
}

const TOOL: Tool = Tool {
    name: "sealcheck",
    version: env!("CARGO_PKG_VERSION"),
    rules: evidence::RULES,
};

fn all<'a, T>(parts: &'a [Part], own: &'a [T], of: impl Fn(&'a Part) -> &'a Vec<T>) -> Vec<&'a T> {
    own.iter().chain(parts.iter().flat_map(of)).collect()
}

/// The sentences of all parts, each once.
fn statements<'a>(parts: &'a [Part], of: impl Fn(&'a Part) -> &'a Vec<Statement>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for sentence in parts.iter().flat_map(of).map(crate::words::statement) {
        if !found.contains(&sentence) {
            found.push(sentence);
        }
    }
    found
}

fn part_row(part: &Part) -> PartRow<'_> {
    PartRow {
        format: &part.format,
        subject: &part.subject,
        verdict: part.verdict,
        native: &part.native,
        reason_codes: &part.reason_codes,
        questions: answers(&part.questions),
        counts: &part.counts,
        manifest: part.manifests.first(),
    }
}

/// Always three: a question that no check asks is skipped.
fn answers(questions: &BTreeMap<Question, RollUp>) -> BTreeMap<&'static str, Answer<'_>> {
    [Question::Unchanged, Question::FromWhom, Question::Complete]
        .into_iter()
        .map(|question| {
            let answer = match questions.get(&question) {
                Some(roll_up) => Answer {
                    outcome: roll_up.outcome.as_str(),
                    reason_codes: &roll_up.reasons,
                },
                None => Answer {
                    outcome: "SKIPPED",
                    reason_codes: &[],
                },
            };
            (question.into(), answer)
        })
        .collect()
}

struct Members<'w> {
    out: &'w mut dyn Write,
    any: bool,
}

impl Members<'_> {
    fn name(&mut self, name: &str) -> std::io::Result<()> {
        let before = if self.any { "," } else { "{" };
        self.any = true;
        write!(self.out, "{before}\"{name}\":")
    }

    fn add(&mut self, name: &str, value: &impl Serialize) -> std::io::Result<()> {
        self.name(name)?;
        canonical(value, self.out)
    }

    fn add_rows(&mut self, name: &str, rows: impl Read) -> std::io::Result<()> {
        self.name(name)?;
        self.out.write_all(b"[")?;
        std::io::copy(&mut BufReader::with_capacity(1 << 16, rows), self.out)?;
        self.out.write_all(b"]")
    }

    fn end(self) -> std::io::Result<()> {
        self.out.write_all(b"}")
    }
}

fn canonical(value: &impl Serialize, mut out: &mut dyn Write) -> std::io::Result<()> {
    // The kind of the error stays: a closed pipe is no fault.
    Ok(serde_json_canonicalizer::to_writer(value, &mut out)?)
}

/// Passes bytes on and hashes them.
struct Hashed<'w> {
    out: &'w mut dyn Write,
    hasher: Hasher,
}

impl Write for Hashed<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let taken = self.out.write(bytes)?;
        self.hasher.update(bytes.get(..taken).unwrap_or(bytes));
        Ok(taken)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;
    use serde_json::Value;

    fn session() -> Session {
        Session {
            started_at: "2026-11-25T09:00:00Z".to_owned(),
            finished_at: "2026-11-25T09:00:01Z".to_owned(),
            ..Session::default()
        }
    }

    fn written(report: &Report) -> (String, Digest) {
        let mut spool = Spool::new().unwrap();
        for record in fixture::records() {
            spool.record(record).unwrap();
        }
        let mut out = Vec::new();
        let digest = spool.write(report, &session(), &mut out).unwrap();
        (String::from_utf8(out).unwrap(), digest)
    }

    #[test]
    fn the_text_is_its_own_canonical_form() {
        let (text, _) = written(&fixture::report());
        assert_eq!(serde_json_canonicalizer::pipe(&text).unwrap(), text);
    }

    #[test]
    fn the_digest_is_over_the_body_as_it_stands() {
        let (text, digest) = written(&fixture::report());
        let document: Value = serde_json::from_str(&text).unwrap();
        let body = serde_json_canonicalizer::to_vec(&document["body"]).unwrap();
        assert_eq!(digest, Digest::of(&body));
        assert_eq!(document["bodySha256"], digest.to_hex());
    }

    #[test]
    fn the_whole_report_reads_as_the_design_says() {
        let (text, _) = written(&fixture::report());
        let mut document: Value = serde_json::from_str(&text).unwrap();
        document["body"]["tool"]["version"] = "[version]".into();
        document["bodySha256"] = "[digest]".into();
        insta::assert_json_snapshot!(document);
    }

    #[test]
    fn a_record_lists_only_what_did_not_pass() {
        let (text, _) = written(&fixture::report());
        let document: Value = serde_json::from_str(&text).unwrap();
        let listed = |record: usize| document["body"]["records"][record]["checks"].as_array().unwrap().len();
        assert_eq!((listed(0), listed(1), listed(2)), (0, 1, 1));
    }

    #[test]
    fn several_parts_stand_apart_and_the_pack_has_no_words_of_its_own() {
        let mut report = fixture::report();
        report.parts.push(report.parts[0].clone());
        let (text, _) = written(&report);
        let document: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(document["body"]["parts"].as_array().unwrap().len(), 2);
        assert_eq!(document["body"]["native"], Value::Null);
        assert_eq!(serde_json_canonicalizer::pipe(&text).unwrap(), text);
    }

    #[test]
    fn the_published_schema_holds_for_one_part_and_for_two() {
        let schema: Value = serde_json::from_str(JSON_SCHEMA).unwrap();
        let validator = jsonschema::validator_for(&schema).unwrap();
        let mut report = fixture::report();
        for _ in 0..2 {
            let document: Value = serde_json::from_str(&written(&report).0).unwrap();
            let faults: Vec<String> = validator
                .iter_errors(&document)
                .map(|fault| format!("{}: {fault}", fault.instance_path()))
                .collect();
            assert_eq!(faults, [""; 0]);
            report.parts.push(report.parts[0].clone());
        }
    }

    #[test]
    fn the_published_schema_refuses_a_verdict_of_another_scale() {
        let schema: Value = serde_json::from_str(JSON_SCHEMA).unwrap();
        let validator = jsonschema::validator_for(&schema).unwrap();
        let mut document: Value = serde_json::from_str(&written(&fixture::report()).0).unwrap();
        document["body"]["verdict"] = "PROBABLY".into();
        assert!(!validator.is_valid(&document));
    }

    #[test]
    fn a_time_ahead_of_the_clock_is_remarked_in_the_session_alone() {
        let mut spool = Spool::new().unwrap();
        spool.record(fixture::records().remove(0)).unwrap();
        assert_eq!(spool.clock_remarks("2026-09-17T11:00:00Z"), []);
        let remarks = spool.clock_remarks("2026-09-17T10:00:00Z");
        assert_eq!(remarks[0].code, ReasonCode::ClockSuspect);
    }
}
