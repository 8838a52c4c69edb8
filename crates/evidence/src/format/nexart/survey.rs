//! The first pass over an artifact: what it holds, and where (`specs/nexart.md` 1 and 9.3).

use std::io::Read;

use super::doubt::is_fatal;
use super::found::{Broken, Found, Item, RecordSeen, Surveyed};
use super::kind::{stopped_beside_record, was_record};
use super::lines;
use super::place::path_of;
use super::walk::Walk;
use crate::container::{is_limit, is_unread};
use crate::format::signs;
use crate::json::stream::{Chunk, Place, Values};
use crate::json::{self, Fault, Flaw};
use crate::pack::{Pack, Refusal};
use crate::reason::ReasonCode;
use crate::report::Finding;
use crate::run::Progress;
use crate::told::Told;

/// Findings and refusals of one code that are kept of one artifact; of the whole pack no more are shown.
const FINDINGS: u64 = 10_000;

/// Reads one artifact to its end.
pub(super) fn survey(pack: &Pack, index: usize, progress: &Progress) -> Surveyed {
    let path = path_of(pack, index);
    let mut surveyed = Surveyed {
        index,
        within: pack.within().clone(),
        ..Surveyed::default()
    };
    if progress.is_cancelled() {
        // Nobody looks at the rest: a pack may have 200,000 artifacts to open.
        return surveyed;
    }
    let mut reader = match pack.reader(index) {
        Ok(reader) => reader,
        Err(refusal) => {
            surveyed.refusals.push(refusal);
            return surveyed;
        }
    };
    let mut watched = Watched {
        reader: &mut reader,
        progress,
    };
    surveyed.read(path, &mut watched);
    // The digest is over all of it, also where a reader stopped early.
    if std::io::copy(&mut watched, &mut std::io::sink()).is_err() && progress.is_cancelled() {
        return surveyed;
    }
    match reader.finish() {
        Ok(end) => {
            surveyed.digest = Some(end.digest);
            surveyed.size = end.size;
            let warnings = end.warnings.into_iter();
            surveyed
                .findings
                .extend(warnings.map(|code| Finding::new(code, path, "")));
        }
        // What was read from a damaged artifact is not used.
        Err(refusal) => {
            surveyed.items.clear();
            surveyed.refusals = vec![refusal];
        }
    }
    surveyed.name_unknown(path);
    if surveyed.role.is_some() && surveyed.has_audit_row {
        // Those rows are not judged, so the pack cannot be verified.
        let detail = "it holds rows of an Invoance log".to_owned();
        surveyed.refuse(ReasonCode::ClaimedTwice, path, detail);
    }
    let told = std::mem::take(&mut surveyed.told);
    surveyed.findings.extend(told.truncated(FINDINGS, path));
    // Most artifacts hold one thing, and there may be many of them.
    surveyed.items.shrink_to_fit();
    surveyed
}

/// A reader that counts what passes, and stops when the run is cancelled.
struct Watched<'p, R> {
    reader: R,
    progress: &'p Progress,
}

impl<R: Read> Read for Watched<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        if self.progress.is_cancelled() {
            return Err(std::io::Error::other("cancelled"));
        }
        let read = self.reader.read(into)?;
        self.progress.add_bytes(u64::try_from(read).unwrap_or(u64::MAX));
        Ok(read)
    }
}

fn fill(reader: &mut impl Read, head: &mut [u8]) -> usize {
    let mut filled = 0;
    while let Some(rest) = head.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match reader.read(rest) {
            Ok(0) | Err(_) => break,
            Ok(read) => filled += read,
        }
    }
    filled
}

enum Form {
    /// By its name, or only because it begins like JSON.
    Json {
        by_name: bool,
    },
    Plain(Option<&'static str>),
}

/// JSON by its first byte or its name; a few companions by theirs.
fn form(path: &str, head: &[u8]) -> Form {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    let ends = |suffixes: &[&str]| suffixes.iter().any(|suffix| name.ends_with(suffix));
    let first = json::without_bom(head).iter().find(|byte| !byte.is_ascii_whitespace());
    let by_name = ends(&[".json", ".ndjson", ".jsonl"]);
    if matches!(first, Some(b'{' | b'[')) || by_name {
        return Form::Json { by_name };
    }
    let text = String::from_utf8_lossy(json::without_bom(head))
        .trim_start()
        .to_ascii_lowercase();
    if ends(&[".html", ".htm"]) || text.starts_with("<!doctype html") || text.starts_with("<html") {
        return Form::Plain(Some("senderPage"));
    }
    if text.starts_with("created_at,project,app,execution_id,bundle_type,surface,certificate_hash,") {
        return Form::Plain(Some("nexart.projectCsv"));
    }
    if ends(&[".txt", ".md"]) {
        return Form::Plain(Some("readMe"));
    }
    Form::Plain(None)
}

/// A limit of this program, or a reader that failed: it says nothing about the record. Deep nesting is the vendor's own
/// limit (`specs/nexart.md` 2), but only inside the record.
fn is_our_limit(fault: &Fault) -> bool {
    if fault.code == ReasonCode::LimitJsonDepth {
        return stopped_beside_record(&fault.names);
    }
    is_unread(fault.code)
}

/// Whether a beginning may go on as JSON: text that breaks off is no fault of it, and neither is a limit.
fn is_json_so_far(head: &[u8]) -> bool {
    let head = json::without_bom(head);
    let whole = match std::str::from_utf8(head) {
        Err(cut) if cut.error_len().is_none() => head.get(..cut.valid_up_to()).unwrap_or_default(),
        Ok(_) | Err(_) => head,
    };
    match json::parse(whole, &json::Bounds::default()) {
        Ok(_) => true,
        Err(fault) => {
            let broke_off = fault.code == ReasonCode::JsonSyntax && fault.offset >= whole.trim_ascii_end().len();
            broke_off || fault.code == ReasonCode::JsonTrailingData || is_limit(fault.code)
        }
    }
}

impl Surveyed {
    /// Reads what the artifact holds, by its form.
    fn read(&mut self, path: &str, mut reader: impl Read) {
        let mut head = [0u8; 512];
        let read = fill(&mut reader, &mut head);
        let head = head.get(..read).unwrap_or_default();
        match form(path, head) {
            Form::Json { by_name } => {
                let mut values = Values::new(head.chain(reader), &lines::bounds(&self.within, path)).peekable();
                while let Some(value) = values.next() {
                    let last = values.peek().is_none();
                    self.value(path, value, last);
                }
                self.after_lines(path);
                if !by_name && self.role.is_none() {
                    // It only began like JSON: text of some other kind. What kept JSON from being read stands.
                    let is_json = is_json_so_far(head);
                    self.refusals.retain(|refusal| is_json && is_limit(refusal.code));
                    self.findings.clear();
                    self.told = Told::default();
                }
            }
            Form::Plain(role) => self.role = role,
        }
    }

    fn value(&mut self, path: &str, value: Result<Chunk, Fault>, last: bool) {
        match value {
            Ok(chunk) => self.chunk(path, &chunk, last),
            Err(fault) => self.fault(path, Place::Whole, (0, 0), &lines::too_long(fault, path)),
        }
    }

    fn chunk(&mut self, path: &str, chunk: &Chunk, last: bool) {
        self.line_end(path, chunk);
        if let (Place::Line(line), true) = (chunk.place, chunk.text.trim_ascii().is_empty()) {
            self.remark(ReasonCode::NdjsonBlankLine, path, format!("line {line}"));
            return;
        }
        let span = (chunk.offset, u64::try_from(chunk.text.len()).unwrap_or(u64::MAX));
        match json::parse(&chunk.text, &self.within.json()) {
            Ok(parsed) => {
                self.line_value(path, chunk.place, &parsed.root);
                let before = self.items.len();
                let mut walk = Walk {
                    surveyed: self,
                    place: chunk.place,
                    span,
                    text: &chunk.text,
                    flaws: &parsed.flaws,
                };
                walk.value(&parsed.root, "", path);
                self.has_audit_row |= signs::is_audit_row(&parsed.root);
                let found = self.items.get(before..).unwrap_or_default();
                // A record shows the doubts about its own text itself.
                if !found.iter().any(|item| matches!(item.found, Found::Record(_))) {
                    let recognised = !found.is_empty();
                    self.doubts(path, chunk.place, &parsed.flaws, recognised);
                }
            }
            Err(fault) => self.fault(path, chunk.place, span, &lines::cut_off(fault, chunk, last)),
        }
    }

    /// JSON that breaks off: still a record when it began like one; else not used.
    fn fault(&mut self, path: &str, place: Place, span: (u64, u64), fault: &Fault) {
        let line = match place {
            Place::Line(line) => line,
            Place::Whole | Place::Element(_) => fault.line,
        };
        let at = format!("line {line}, column {}", fault.column);
        if was_record(&fault.names) {
            let broken = Broken {
                code: fault.code,
                at,
                not_read: is_our_limit(fault),
            };
            let record = RecordSeen {
                broken: Some(broken),
                ..RecordSeen::default()
            };
            self.add(
                "nexart.cer",
                Item {
                    place,
                    span,
                    pointer: String::new(),
                    found: Found::Record(record),
                },
            );
            return;
        }
        self.refuse(fault.code, path, at);
    }

    pub(super) fn remark(&mut self, code: ReasonCode, path: &str, at: String) {
        if self.told.keeps(code, FINDINGS) {
            self.findings.push(Finding::new(code, path, at));
        }
    }

    pub(super) fn refuse(&mut self, code: ReasonCode, path: &str, at: String) {
        if self.told.keeps(code, FINDINGS) {
            self.refusals.push(Refusal::new(code, path.to_owned(), at));
        }
    }

    /// In an artifact that holds something else as well, what was not recognised is named here; elsewhere the whole
    /// artifact is.
    fn name_unknown(&mut self, path: &str) {
        let unknown = std::mem::take(&mut self.unknown).told();
        if let Some(detail) = unknown.filter(|_| self.role.is_some()) {
            self.findings
                .push(Finding::new(ReasonCode::UnrecognisedFile, path, detail));
        }
    }

    /// Doubts that decide nothing; where they make a text ambiguous and no record answers for it, it is not used.
    fn doubts(&mut self, path: &str, place: Place, flaws: &[Flaw], recognised: bool) {
        let mut told = Vec::new();
        for flaw in flaws {
            if told.contains(&flaw.code) {
                continue;
            }
            told.push(flaw.code);
            let at = match place {
                Place::Whole => format!("byte {}", flaw.offset),
                Place::Line(line) => format!("line {line}, byte {}", flaw.offset),
                Place::Element(element) => format!("element {element}, byte {}", flaw.offset),
            };
            if !is_fatal(flaw.code) {
                self.remark(flaw.code, path, at);
            } else if !recognised {
                self.refuse(flaw.code, path, at);
            }
        }
    }
}
