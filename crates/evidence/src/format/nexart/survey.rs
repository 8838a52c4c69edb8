//! The first pass over an artifact: what it holds, and where (`specs/nexart.md` 1 and 9.3).

use std::io::Read;

use super::hash::normalise;
use super::keyset::KeySet;
use super::kind::{Kind, is_placeholder, recognise, was_record};
use super::layer::push_new;
use super::manifest::ManifestSeen;
use super::receipt::is_fatal;
use super::snapshot::SnapshotSeen;
use super::subject::{RecordType, Subject};
use crate::digest::Digest;
use crate::json::stream::{Chunk, Place, StreamBounds, Values};
use crate::json::{self, FLAWS_KEPT, Fault, Flaw, Node, Span};
use crate::pack::{Pack, Refusal};
use crate::reason::ReasonCode;
use crate::report::{Finding, Source};
use crate::run::Progress;

/// One artifact after the first pass.
#[derive(Debug)]
pub(super) struct Surveyed {
    /// Its index in the pack.
    pub(super) index: usize,
    /// Digest of its bytes as shipped; none when it could not be read to its end.
    pub(super) digest: Option<Digest>,
    /// Bytes as shipped.
    pub(super) size: u64,
    /// What it was recognised as; none when NexArt does not claim it.
    pub(super) role: Option<&'static str>,
    /// What is in it.
    pub(super) items: Vec<Item>,
    /// Doubts about its JSON that decide nothing.
    pub(super) findings: Vec<Finding>,
    /// Why it, or a piece of it, is not used.
    pub(super) refusals: Vec<Refusal>,
    /// Values in it that are nothing this program knows.
    pub(super) unknown: Unknown,
}

/// Values that were not recognised: how many, and where the first lies.
#[derive(Debug, Default)]
pub(super) struct Unknown {
    count: u64,
    first: Option<String>,
}

/// One thing found in an artifact.
#[derive(Debug)]
pub(super) struct Item {
    /// The document, line or element.
    pub(super) place: Place,
    /// Its offset and length in the decoded artifact.
    pub(super) span: (u64, u64),
    /// JSON pointer inside it.
    pub(super) pointer: String,
    /// What it is.
    pub(super) found: Found,
}

/// What an item is.
#[derive(Debug)]
pub(super) enum Found {
    /// A record.
    Record(RecordSeen),
    /// A receipt for a record elsewhere.
    Receipt(ReceiptSeen),
    /// A node's keys.
    KeySet(Box<KeySet>),
    /// A list of records.
    Manifest(Box<ManifestSeen>),
    /// A result somebody else obtained, or an audit report.
    Snapshot(Box<SnapshotSeen>),
}

/// A record, as far as the first pass needs it.
#[derive(Debug, Default)]
pub(super) struct RecordSeen {
    /// Its hash in normal form.
    pub(super) hash: Option<Digest>,
    /// Why its JSON cannot be used, with the place of the fault.
    pub(super) broken: Option<(ReasonCode, String)>,
    /// It never carried a seal.
    pub(super) renderer: bool,
    /// Doubts about its JSON that decide nothing, each code once.
    pub(super) doubts: Vec<ReasonCode>,
    /// Its links to other steps.
    pub(super) step: Option<Box<StepSeen>>,
}

/// Which step of which run a governed record is, and which steps it follows.
#[derive(Debug)]
pub(super) struct StepSeen {
    pub(super) run: String,
    pub(super) id: String,
    pub(super) parents: Vec<String>,
}

/// A receipt, as far as the first pass needs it.
#[derive(Debug)]
pub(super) struct ReceiptSeen {
    /// The hash it names.
    pub(super) hash: Option<Digest>,
    /// Its text, unless it is a file of its own and can be read again.
    pub(super) text: Option<Box<[u8]>>,
}

impl Item {
    /// Where it lies.
    pub(super) fn source(&self, path: &str) -> Source {
        source(path, self.place, self.span, &self.pointer)
    }
}

/// A source from its parts.
pub(super) fn source(path: &str, place: Place, span: (u64, u64), pointer: &str) -> Source {
    let (line, element) = match place {
        Place::Whole => (None, None),
        Place::Line(line) => (Some(line), None),
        Place::Element(element) => (None, Some(element)),
    };
    Source {
        path: path.to_owned(),
        line,
        element,
        pointer: pointer.to_owned(),
        span: Some(span),
    }
}

/// Reads one artifact to its end.
pub(super) fn survey(pack: &Pack, index: usize, progress: &Progress) -> Surveyed {
    let path = pack
        .artifacts
        .get(index)
        .map(|artifact| artifact.path.as_str())
        .unwrap_or_default();
    let mut surveyed = Surveyed {
        index,
        digest: None,
        size: 0,
        role: None,
        items: Vec::new(),
        findings: Vec::new(),
        refusals: Vec::new(),
        unknown: Unknown::default(),
    };
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
    let mut head = [0u8; 512];
    let read = fill(&mut watched, &mut head);
    let head = head.get(..read).unwrap_or_default();
    match form(path, head) {
        Form::Json { by_name } => {
            for value in Values::new(head.chain(&mut watched), &StreamBounds::default()) {
                surveyed.value(path, value);
            }
            if !by_name && surveyed.role.is_none() {
                // It only began like JSON: text of some other kind.
                surveyed.refusals.clear();
                surveyed.findings.clear();
            }
        }
        Form::Plain(role) => surveyed.role = role,
    }
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

impl Surveyed {
    fn value(&mut self, path: &str, value: Result<Chunk, Fault>) {
        match value {
            Ok(chunk) => self.chunk(path, &chunk),
            Err(fault) => self.fault(path, Place::Whole, (0, 0), &fault),
        }
    }

    fn chunk(&mut self, path: &str, chunk: &Chunk) {
        if let (Place::Line(line), true) = (chunk.place, chunk.text.trim_ascii().is_empty()) {
            self.findings
                .push(Finding::new(ReasonCode::NdjsonBlankLine, path, format!("line {line}")));
            return;
        }
        let span = (chunk.offset, u64::try_from(chunk.text.len()).unwrap_or(u64::MAX));
        match json::parse(&chunk.text, &json::Bounds::default()) {
            Ok(parsed) => {
                let before = self.items.len();
                let records_before = self.records();
                let mut seen = Seen {
                    surveyed: self,
                    place: chunk.place,
                    span,
                    text: &chunk.text,
                    flaws: &parsed.flaws,
                };
                seen.recognise(&parsed.root, "", path);
                let recognised = self.items.len() > before;
                // A record shows the doubts about its own text itself.
                if self.records() == records_before {
                    self.doubts(path, chunk.place, &parsed.flaws, recognised);
                }
            }
            Err(fault) => self.fault(path, chunk.place, span, &fault),
        }
    }

    /// JSON that breaks off: still a record when it began like one; else not used.
    fn fault(&mut self, path: &str, place: Place, span: (u64, u64), fault: &Fault) {
        let at = format!("line {}, column {}", fault.line, fault.column);
        if was_record(&fault.names) {
            let broken = Some((fault.code, at));
            let record = RecordSeen {
                broken,
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
        self.refusals.push(Refusal {
            code: fault.code,
            subject: path.to_owned(),
            detail: at,
        });
    }

    /// In an artifact that holds something else as well, what was not recognised is named here; elsewhere the whole
    /// artifact is.
    fn name_unknown(&mut self, path: &str) {
        let Unknown { count, first } = std::mem::take(&mut self.unknown);
        if let (Some(_), Some(first)) = (self.role, first) {
            let detail = match count {
                1 => first,
                _ => format!("{first}, and {} more", count - 1),
            };
            self.findings
                .push(Finding::new(ReasonCode::UnrecognisedFile, path, detail));
        }
    }

    fn records(&self) -> usize {
        self.items
            .iter()
            .filter(|item| matches!(item.found, Found::Record(_)))
            .count()
    }

    fn add(&mut self, role: &'static str, item: Item) {
        self.claim(role);
        self.items.push(item);
    }

    fn claim(&mut self, role: &'static str) {
        self.role = match self.role {
            None => Some(role),
            Some(first) if first == role => Some(first),
            Some(_) => Some("nexart.list"),
        };
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
                self.findings.push(Finding::new(flaw.code, path, at));
            } else if !recognised {
                self.refusals.push(Refusal {
                    code: flaw.code,
                    subject: path.to_owned(),
                    detail: at,
                });
            }
        }
    }
}

/// One parsed document, line or element on its way into the survey.
struct Seen<'s, 't> {
    surveyed: &'s mut Surveyed,
    place: Place,
    span: (u64, u64),
    text: &'t [u8],
    flaws: &'t [Flaw],
}

impl Seen<'_, '_> {
    fn recognise(&mut self, value: &Node<'_>, pointer: &str, path: &str) {
        if value.is_array() {
            for (position, item) in value.items().iter().enumerate() {
                self.recognise(item, &format!("{pointer}/{position}"), path);
            }
            return;
        }
        match recognise(value) {
            Kind::Package => self.record("nexart.package", format!("{pointer}/cer"), value.get("cer"), value.span),
            Kind::Lookup => self.record(
                "nexart.lookup",
                format!("{pointer}/bundle"),
                value.get("bundle"),
                value.span,
            ),
            Kind::Project => self.record("nexart.project", pointer.to_owned(), Some(value), value.span),
            Kind::Cer => self.record("nexart.cer", pointer.to_owned(), Some(value), value.span),
            Kind::Steps => self.steps(value, pointer),
            Kind::Renderer => {
                let record = RecordSeen {
                    renderer: true,
                    ..RecordSeen::default()
                };
                self.push("nexart.renderer", pointer, Found::Record(record));
            }
            Kind::KeySet => self.key_set(value, pointer, path),
            Kind::Manifest => self.usable("nexart.manifest", value, pointer, path, |value| {
                Some(Found::Manifest(Box::new(ManifestSeen::read(value))))
            }),
            Kind::Snapshot => self.usable("nexart.snapshot", value, pointer, path, |value| {
                Some(Found::Snapshot(Box::new(SnapshotSeen::read(value))))
            }),
            Kind::AuditReport => self.usable("nexart.auditReport", value, pointer, path, |value| {
                Some(Found::Snapshot(Box::new(SnapshotSeen::of_audit_report(value))))
            }),
            Kind::ProjectExport => self.surveyed.claim("nexart.projectExport"),
            Kind::Receipt | Kind::BareReceipt => self.receipt(value, pointer),
            Kind::Placeholder => self.surveyed.claim("nexart.placeholder"),
            Kind::Unknown => {
                let name = path.rsplit('/').next().unwrap_or(path);
                if name.starts_with("reviewer-notes") {
                    self.surveyed.claim("reviewerNotes");
                } else {
                    self.unknown(pointer);
                }
            }
        }
    }

    fn unknown(&mut self, pointer: &str) {
        let place = self.place;
        let unknown = &mut self.surveyed.unknown;
        unknown.count += 1;
        unknown.first.get_or_insert_with(|| match place {
            Place::Whole => pointer.to_owned(),
            Place::Line(line) => format!("line {line} {pointer}").trim_end().to_owned(),
            Place::Element(element) => format!("element {element} {pointer}").trim_end().to_owned(),
        });
    }

    fn push(&mut self, role: &'static str, pointer: &str, found: Found) {
        let item = Item {
            place: self.place,
            span: self.span,
            pointer: pointer.to_owned(),
            found,
        };
        self.surveyed.add(role, item);
    }

    /// A companion whose text must not be ambiguous: with a doubled member it is not used.
    fn usable(
        &mut self,
        role: &'static str,
        value: &Node<'_>,
        pointer: &str,
        path: &str,
        read: impl Fn(&Node<'_>) -> Option<Found>,
    ) {
        self.surveyed.claim(role);
        if let Some(code) = fatal_within(self.flaws, value.span) {
            let refusal = Refusal {
                code,
                subject: path.to_owned(),
                detail: format!("in {role}"),
            };
            self.surveyed.refusals.push(refusal);
        } else if let Some(found) = read(value) {
            self.push(role, pointer, found);
        }
    }

    fn key_set(&mut self, value: &Node<'_>, pointer: &str, path: &str) {
        self.usable("nexart.keySet", value, pointer, path, |value| {
            KeySet::read(value).map(|set| Found::KeySet(Box::new(set)))
        });
    }

    /// A record; `guard` is the text whose ambiguity would touch it.
    fn record(&mut self, role: &'static str, pointer: String, cer: Option<&Node<'_>>, guard: Span) {
        let Some(cer) = cer else { return };
        let subject = Subject::alone(cer);
        let mut seen = RecordSeen {
            hash: subject.stated_hash().and_then(normalise),
            step: step_of(&subject),
            ..RecordSeen::default()
        };
        if let Some(code) = fatal_within(self.flaws, guard) {
            seen.broken = Some((code, String::new()));
        }
        for flaw in self
            .flaws
            .iter()
            .filter(|flaw| !is_fatal(flaw.code) && within(flaw, guard))
        {
            push_new(&mut seen.doubts, flaw.code);
        }
        self.push(role, &pointer, Found::Record(seen));
    }

    /// The node's listing: each step answers for itself; a doubt outside every step touches them all.
    fn steps(&mut self, value: &Node<'_>, pointer: &str) {
        let steps = value.get("steps").map(Node::items).unwrap_or_default();
        let outside = self
            .flaws
            .iter()
            .any(|flaw| is_fatal(flaw.code) && !steps.iter().any(|step| within(flaw, step.span)));
        for (position, step) in steps.iter().enumerate() {
            let guard = if outside { value.span } else { step.span };
            match step.pointer("/proof/proofJson") {
                Some(cer) => {
                    let pointer = format!("{pointer}/steps/{position}/proof/proofJson");
                    self.record("nexart.steps", pointer, Some(cer), guard);
                }
                // A step that comes without its proof.
                None => self.unknown(&format!("{pointer}/steps/{position}")),
            }
        }
    }

    fn receipt(&mut self, value: &Node<'_>, pointer: &str) {
        let inner = value.get("receipt").unwrap_or(value);
        if is_placeholder(inner) {
            self.surveyed.claim("nexart.placeholder");
            return;
        }
        let hash = match inner.as_str() {
            Some(text) => hash_in_text(text),
            None => hash_in(inner),
        };
        let alone = self.place == Place::Whole && pointer.is_empty();
        let text = (!alone).then(|| self.text.get(value.span.range()).unwrap_or_default().into());
        self.push("nexart.receipt", pointer, Found::Receipt(ReceiptSeen { hash, text }));
    }
}

fn hash_in(receipt: &Node<'_>) -> Option<Digest> {
    let stated = receipt
        .pointer("/payload/certificateHash")
        .or_else(|| receipt.get("certificateHash"))?;
    stated.as_str().and_then(normalise)
}

fn hash_in_text(text: &str) -> Option<Digest> {
    hash_in(&json::parse(text.as_bytes(), &json::Bounds::default()).ok()?.root)
}

fn step_of(subject: &Subject<'_, '_>) -> Option<Box<StepSeen>> {
    if subject.record_type() != Some(RecordType::GovernedStep) {
        return None;
    }
    let parents = subject
        .cer
        .pointer("/step/parentStepIds")
        .map(Node::items)
        .unwrap_or_default();
    Some(Box::new(StepSeen {
        run: subject.text("bundleId")?.to_owned(),
        id: subject.at("/step/stepId")?.to_owned(),
        parents: parents.iter().filter_map(Node::as_str).map(str::to_owned).collect(),
    }))
}

fn within(flaw: &Flaw, span: Span) -> bool {
    span.range().contains(&flaw.offset)
}

/// The first flaw inside `span` that makes it ambiguous. Where more flaws were met than are kept, all is doubtful.
pub(super) fn fatal_within(flaws: &[Flaw], span: Span) -> Option<ReasonCode> {
    let fatal = || flaws.iter().filter(|flaw| is_fatal(flaw.code));
    let overflow = fatal().nth(FLAWS_KEPT.saturating_sub(1));
    fatal()
        .find(|flaw| within(flaw, span))
        .or(overflow)
        .map(|flaw| flaw.code)
}
