//! Cuts the logs of a pack into pieces, file after file, in batches that are judged side by side.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;

use super::gathered::{self, Log};
use super::left_out::LeftOut;
use super::look::{Item, PageSeen};
use super::remarks::Remarks;
use super::survey::EVENTS;
use super::surveyed::Form;
use super::watched::{Passed, Watched};
use crate::container::{ArtifactReader, Limits, is_unread};
use crate::json::stream::{Chunk, Nested, Piece, Place, Values};
use crate::json::{self, Fault};
use crate::pack::{Pack, Refusal};
use crate::reason::ReasonCode;
use crate::report::{Finding, Source};
use crate::run::Progress;

/// Pieces judged before they are handed over, and their text. The first batch is small, so that something is known at
/// once; each after it is twice the one before.
const FIRST_BATCH: usize = 64;
const BATCH: usize = 1024;
const BATCH_BYTES: usize = 4 << 20;

/// Members of one page that are told apart.
const MEMBERS: usize = 10_000;

/// Bytes of a document that holds one row or one proof: 32 MiB within the documented limits.
fn longest_whole(limits: &Limits) -> u64 {
    limits.whole_entry_size / 8
}

/// An array of exactly so many rows is what the vendor's viewer leaves after its cap.
const VIEWER_CAP: u64 = 10_000;

type Reader<'p> = Watched<'p, ArtifactReader<'p>>;

/// The logs, piece by piece.
pub(super) struct Feed<'p> {
    pack: &'p Pack,
    progress: &'p Progress,
    logs: &'p [Log],
    /// Which log comes next.
    next: usize,
    /// Pieces of the next batch.
    size: usize,
    open: Option<Open<'p>>,
    /// What was seen on the way.
    pub(super) found: Found,
}

/// What reading the logs tells beside their rows.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) remarks: Remarks,
    pub(super) read: BTreeMap<usize, gathered::Read>,
    pub(super) left_out: LeftOut,
    pub(super) findings: Vec<Finding>,
    /// The wrapper of a log that is one page.
    pub(super) pages: Vec<(usize, PageSeen)>,
}

/// A log that is being read.
struct Open<'p> {
    /// Its place among the logs.
    number: usize,
    log: &'p Log,
    pieces: Pieces<'p>,
    passed: Passed,
    /// The piece before the next: the last one of a file is told apart.
    held: Option<Item>,
    wrapper: Wrapper,
}

enum Pieces<'p> {
    Lines(Values<Reader<'p>>),
    Nested(Nested<Reader<'p>>),
    Whole { reader: Reader<'p>, done: bool, most: u64 },
}

/// What stands around the elements of a document.
#[derive(Default)]
struct Wrapper {
    names: BTreeSet<String>,
    seen: PageSeen,
    elements: u64,
}

impl<'p> Feed<'p> {
    pub(super) fn new(pack: &'p Pack, progress: &'p Progress, logs: &'p [Log]) -> Feed<'p> {
        let sizes = logs.iter().filter_map(|log| pack.artifacts.get(log.index));
        progress.expect_bytes(sizes.map(|artifact| artifact.size).sum());
        Feed {
            pack,
            progress,
            logs,
            next: 0,
            size: FIRST_BATCH,
            open: None,
            found: Found::default(),
        }
    }

    /// The next pieces; none at the end, or when the run is cancelled.
    pub(super) fn batch(&mut self) -> Vec<Item> {
        let size = self.size;
        self.size = BATCH.min(2 * size);
        let mut batch = Vec::with_capacity(size);
        let mut bytes = 0;
        while batch.len() < size && bytes < BATCH_BYTES && !self.progress.is_cancelled() {
            let Some(open) = self.open.as_mut() else {
                if self.open_next() {
                    continue;
                }
                break;
            };
            match open.piece(&mut self.found) {
                Some(item) => {
                    if let Some(ready) = open.held.replace(item) {
                        bytes += ready.text.len();
                        batch.push(ready);
                    }
                }
                None => batch.extend(self.close()),
            }
        }
        batch
    }

    /// Opens the next log that can be read; false when there is none left.
    fn open_next(&mut self) -> bool {
        let logs = self.logs;
        let Some(log) = logs.get(self.next) else { return false };
        let number = self.next;
        self.next += 1;
        self.progress.at(&log.path);
        let within = self.pack.within();
        match self.pack.reader(log.index) {
            Ok(reader) => {
                let reader = Watched::new(reader, self.progress);
                self.open = Some(Open {
                    number,
                    log,
                    passed: reader.passed(),
                    pieces: match log.form {
                        Form::Lines => Pieces::Lines(Values::lines(reader, &within.stream())),
                        Form::Nested => Pieces::Nested(Nested::new(reader, EVENTS, within.line_length)),
                        Form::Whole => Pieces::Whole {
                            reader,
                            done: false,
                            most: longest_whole(within),
                        },
                    },
                    held: None,
                    wrapper: Wrapper::default(),
                });
            }
            Err(refusal) => self.found.left_out.refuse(refusal),
        }
        true
    }

    /// Ends a log: its last piece, its digest, and what is only known now.
    fn close(&mut self) -> Option<Item> {
        let open = self.open.take()?;
        let had_bom = open.had_bom();
        let Open {
            number,
            log,
            pieces,
            passed,
            mut held,
            wrapper,
        } = open;
        if let Some(last) = held.as_mut() {
            last.unterminated = last.unterminated || (log.form == Form::Lines && ends_at(&last.source, passed.bytes()));
        }
        if had_bom {
            self.found.remarks.add(&log.path, ReasonCode::Utf8Bom, String::new);
        }
        if log.form == Form::Nested {
            if wrapper.names.is_empty() && wrapper.elements == VIEWER_CAP {
                self.found
                    .remarks
                    .add(&log.path, ReasonCode::ExportCapReached, String::new);
            }
            if !wrapper.names.is_empty() {
                self.found.pages.push((number, wrapper.seen));
            }
        }
        self.finish(log, pieces.into_reader());
        held
    }

    fn finish(&mut self, log: &Log, mut reader: Reader<'_>) {
        // The digest is over all of it, also where a limit stopped the rows.
        let drained = std::io::copy(&mut reader, &mut std::io::sink());
        if drained.is_err() && self.progress.is_cancelled() {
            return;
        }
        match reader.reader.finish() {
            Ok(end) => {
                let findings = end.warnings.into_iter().map(|code| Finding::new(code, &log.path, ""));
                self.found.findings.extend(findings);
                let read = gathered::Read {
                    digest: Some(end.digest),
                    size: end.size,
                    role: None,
                };
                self.found.read.insert(log.index, read);
            }
            Err(refusal) => self.found.left_out.refuse(refusal),
        }
    }
}

/// Whether the last line reaches to the end of the file.
fn ends_at(source: &Source, end: u64) -> bool {
    source
        .span
        .is_some_and(|(offset, length)| offset.saturating_add(length) == end)
}

impl<'p> Pieces<'p> {
    fn into_reader(self) -> Reader<'p> {
        match self {
            Pieces::Lines(values) => values.into_reader(),
            Pieces::Nested(nested) => nested.into_reader(),
            Pieces::Whole { reader, .. } => reader,
        }
    }
}

impl Open<'_> {
    fn had_bom(&self) -> bool {
        match &self.pieces {
            Pieces::Lines(values) => values.had_bom(),
            Pieces::Nested(nested) => nested.had_bom(),
            Pieces::Whole { .. } => false,
        }
    }

    /// The next piece that answers for itself.
    fn piece(&mut self, found: &mut Found) -> Option<Item> {
        loop {
            let next = match &mut self.pieces {
                Pieces::Lines(values) => values.next().map(Next::Line),
                Pieces::Nested(nested) => nested.next().map(Next::Piece),
                Pieces::Whole { .. } => return self.whole(found),
            };
            let item = match next? {
                Next::Line(Ok(chunk)) => self.line(chunk, found),
                Next::Piece(Ok(piece)) => self.nested(piece, found),
                Next::Line(Err(fault)) | Next::Piece(Err(fault)) => self.fault(&fault, found),
            };
            if item.is_some() {
                return item;
            }
        }
    }

    /// A line: a CR before its end is no part of it, and one of blanks is passed over.
    fn line(&self, mut chunk: Chunk, found: &mut Found) -> Option<Item> {
        let Place::Line(number) = chunk.place else { return None };
        let at = || format!("line {number}");
        let full = wide(chunk.text.len());
        if chunk.text.last() == Some(&b'\r') {
            chunk.text.pop();
            found.remarks.add(&self.log.path, ReasonCode::Crlf, at);
        }
        if chunk.text.trim_ascii().is_empty() {
            found.remarks.add(&self.log.path, ReasonCode::BlankLines, at);
            return None;
        }
        let source = Source {
            line: Some(number),
            ..self.source(chunk.offset, full)
        };
        Some(self.item(chunk.text, source))
    }

    fn nested(&mut self, piece: Piece, found: &mut Found) -> Option<Item> {
        match piece {
            Piece::Member(name, value) => {
                let is_null = value.as_deref().is_some_and(|value| value.trim_ascii() == b"null");
                self.wrapper.seen.more |= name == "next_cursor" && !is_null;
                let known = self.wrapper.names.contains(&name);
                self.wrapper.seen.doubled |= known;
                if self.wrapper.names.len() < MEMBERS {
                    self.wrapper.names.insert(name);
                } else if !known {
                    // One of those behind may be there twice.
                    found.left_out.refuse(Refusal {
                        limit: u64::try_from(MEMBERS).ok(),
                        ..Refusal::new(
                            ReasonCode::LimitJsonNodes,
                            &self.log.path,
                            format!("more than {MEMBERS} members around the rows"),
                        )
                    });
                }
                None
            }
            Piece::Element(chunk) => {
                self.wrapper.elements += 1;
                let source = self.source(chunk.offset, wide(chunk.text.len()));
                Some(self.item(chunk.text, element_of(source, chunk.place)))
            }
            Piece::TooLong { offset, element } => {
                self.wrapper.elements += 1;
                let source = element_of(self.source(offset, 0), Place::Element(element));
                Some(self.too_long(source, found, ReasonCode::LimitLineLength, None))
            }
        }
    }

    /// What could not be cut out. A reader that failed answers for itself when it is finished.
    fn fault(&mut self, fault: &Fault, found: &mut Found) -> Option<Item> {
        if fault.code == ReasonCode::IoReadFailed {
            return None;
        }
        let offset = u64::try_from(fault.offset).unwrap_or(u64::MAX);
        let source = Source {
            line: Some(fault.line),
            ..self.source(offset, 0)
        };
        if is_unread(fault.code) {
            return Some(self.too_long(source, found, fault.code, None));
        }
        let unterminated = offset >= self.passed.bytes();
        let detail = format!("line {}, column {}", fault.line, fault.column);
        Some(Item {
            fault: Some((fault.code, detail)),
            unterminated,
            ..self.item(Vec::new(), source)
        })
    }

    fn too_long(&self, source: Source, found: &mut Found, code: ReasonCode, limit: Option<u64>) -> Item {
        let at = place(&source);
        found.left_out.refuse(Refusal {
            limit,
            ..Refusal::new(code, &self.log.path, &at)
        });
        Item {
            fault: Some((code, at)),
            ..self.item(Vec::new(), source)
        }
    }

    /// The document of one row or proof.
    fn whole(&mut self, found: &mut Found) -> Option<Item> {
        let Pieces::Whole { reader, done, most } = &mut self.pieces else {
            return None;
        };
        let (mut text, most) = (Vec::new(), *most);
        if std::mem::replace(done, true) || reader.take(most.saturating_add(1)).read_to_end(&mut text).is_err() {
            return None;
        }
        let shipped = wide(text.len());
        let mark = text.len() - json::without_bom(&text).len();
        if mark > 0 {
            text.drain(..mark);
            found.remarks.add(&self.log.path, ReasonCode::Utf8Bom, String::new);
        }
        let source = self.source(wide(mark), wide(text.len()));
        if shipped > most {
            return Some(self.too_long(source, found, ReasonCode::LimitEntrySize, Some(most)));
        }
        Some(self.item(text, source))
    }

    fn source(&self, offset: u64, length: u64) -> Source {
        Source {
            path: self.log.path.clone(),
            span: Some((offset, length)),
            ..Source::default()
        }
    }

    fn item(&self, text: Vec<u8>, source: Source) -> Item {
        Item {
            text,
            source,
            log: self.number,
            in_page: !self.wrapper.names.is_empty(),
            fault: None,
            unterminated: false,
        }
    }
}

enum Next {
    Line(Result<Chunk, Fault>),
    Piece(Result<Piece, Fault>),
}

fn element_of(source: Source, place: Place) -> Source {
    match place {
        Place::Element(element) => Source {
            element: Some(element),
            ..source
        },
        Place::Whole | Place::Line(_) => source,
    }
}

/// Where a piece lies, for a remark.
pub(super) fn place(source: &Source) -> String {
    match (source.line, source.element) {
        (Some(line), _) => format!("line {line}"),
        (None, Some(element)) => format!("element {element}"),
        (None, None) => String::new(),
    }
}

fn wide(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
