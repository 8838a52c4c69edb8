//! The bytes of a stream, with the place of the next one.

use std::io::{BufRead, BufReader, ErrorKind, Read};

use crate::json::{BOM, Fault, count};
use crate::reason::ReasonCode;

/// Artifacts are many and mostly small: a larger buffer would cost more than it saves.
const BUFFER: usize = 8 << 10;

/// Room for the beginning of a stream, enough for most records.
const HEAD: usize = 4 << 10;

/// A place in a stream: offset from 0, line and column (in characters) from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Position {
    pub(super) offset: u64,
    line: u64,
    column: u64,
}

impl Position {
    const START: Position = Position {
        offset: 0,
        line: 1,
        column: 1,
    };

    fn pass(&mut self, bytes: &[u8]) {
        self.offset += count(bytes.iter());
        let lines = count(bytes.iter().filter(|byte| **byte == b'\n'));
        let tail = bytes.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
        if lines > 0 {
            self.line += lines;
            self.column = 1;
        }
        self.column += count(tail.iter().filter(|byte| **byte & 0xC0 != 0x80));
    }

    /// A fault at this place.
    pub(super) fn fault(self, code: ReasonCode) -> Fault {
        Fault {
            code,
            offset: usize::try_from(self.offset).unwrap_or(usize::MAX),
            line: self.line,
            column: self.column,
            names: Vec::new(),
        }
    }

    /// A fault in a text that starts at this place, by its place in the stream.
    pub(super) fn fault_after(self, fault: Fault) -> Fault {
        let base = self.fault(fault.code);
        Fault {
            offset: base.offset.saturating_add(fault.offset),
            line: self.line + fault.line - 1,
            column: if fault.line == 1 {
                self.column + fault.column - 1
            } else {
                fault.column
            },
            ..fault
        }
    }
}

/// A reader with what was read of it to see its beginning.
pub(super) struct Source<R: Read> {
    /// The beginning, as far as it was looked at.
    head: Vec<u8>,
    /// How much of the beginning is passed.
    passed: usize,
    rest: BufReader<R>,
    at: Position,
}

/// A line as it was found.
pub(super) enum Line {
    /// Its bytes, without the LF.
    Read(Vec<u8>),
    /// It was longer than allowed, and is passed over.
    TooLong,
}

impl<R: Read> Source<R> {
    pub(super) fn new(reader: R) -> Source<R> {
        Source {
            head: Vec::new(),
            passed: 0,
            rest: BufReader::with_capacity(BUFFER, reader),
            at: Position::START,
        }
    }

    pub(super) fn into_reader(self) -> R {
        self.rest.into_inner()
    }

    pub(super) fn position(&self) -> Position {
        self.at
    }

    /// The next bytes, as many as are at hand; none at the end.
    pub(super) fn fill(&mut self) -> Result<Option<&[u8]>, Fault> {
        if self.ahead().is_empty() {
            fill(&mut self.rest).map_err(|_| self.at.fault(ReasonCode::IoReadFailed))?;
        }
        let bytes = self.at_hand();
        Ok((!bytes.is_empty()).then_some(bytes))
    }

    /// The bytes that the last [`Source::fill`] gave.
    fn at_hand(&self) -> &[u8] {
        let ahead = self.ahead();
        if ahead.is_empty() { self.rest.buffer() } else { ahead }
    }

    /// Passes over bytes that [`Source::fill`] gave.
    pub(super) fn consume(&mut self, count: usize) {
        let mut at = self.at;
        at.pass(self.at_hand().get(..count).unwrap_or_default());
        self.at = at;
        if self.ahead().is_empty() {
            self.rest.consume(count);
        } else {
            self.passed += count;
        }
        if self.ahead().is_empty() {
            self.head = Vec::new();
            self.passed = 0;
        }
    }

    /// What was read ahead, passed over: without a copy, as it may be long.
    pub(super) fn take_ahead(&mut self) -> Vec<u8> {
        let mut ahead = std::mem::take(&mut self.head);
        ahead.drain(..std::mem::take(&mut self.passed));
        self.at.pass(&ahead);
        ahead
    }

    pub(super) fn peek(&mut self) -> Result<Option<u8>, Fault> {
        Ok(self.fill()?.and_then(|bytes| bytes.first().copied()))
    }

    pub(super) fn skip_blanks(&mut self) -> Result<(), Fault> {
        while let Some(bytes) = self.fill()? {
            let blanks = bytes.iter().take_while(|byte| is_blank(**byte)).count();
            if blanks == 0 {
                break;
            }
            self.consume(blanks);
        }
        Ok(())
    }

    /// Passes over a byte-order mark, if the stream starts with one. For the start only.
    pub(super) fn skip_bom(&mut self) -> Result<bool, Fault> {
        self.look_further(BOM_LENGTH)?;
        let found = self.ahead() == BOM;
        if found {
            self.consume(BOM.len());
            // No character of the text: the first one stands in column 1.
            self.at.column = 1;
        }
        Ok(found)
    }

    /// The next line, passed over with its LF; none at the end.
    pub(super) fn line(&mut self, longest: u64) -> Result<Option<Line>, Fault> {
        let start = self.at;
        let mut text = Vec::new();
        let mut too_long = false;
        while let Some(bytes) = self.fill()? {
            let line = to_line_end(bytes);
            let count = line.len();
            let (line, ended) = match line.strip_suffix(b"\n") {
                Some(line) => (line, true),
                None => (line, false),
            };
            too_long |= length(&text).saturating_add(length(line)) > longest;
            if too_long {
                text = Vec::new();
            } else {
                text.extend_from_slice(line);
            }
            self.consume(count);
            if ended {
                break;
            }
        }
        if self.at.offset == start.offset {
            return Ok(None);
        }
        Ok(Some(if too_long { Line::TooLong } else { Line::Read(text) }))
    }

    /// What was read to see the beginning, and not passed over since.
    pub(super) fn ahead(&self) -> &[u8] {
        self.head.get(self.passed..).unwrap_or_default()
    }

    /// Reads up to so many more bytes ahead; whether as many came.
    pub(super) fn look_further(&mut self, bytes: u64) -> Result<bool, Fault> {
        let at = self.at;
        self.head.reserve(HEAD);
        let read = self.rest.by_ref().take(bytes).read_to_end(&mut self.head);
        let read = read.map_err(|_| at.fault(ReasonCode::IoReadFailed))?;
        Ok(u64::try_from(read) == Ok(bytes))
    }

    /// Reads ahead to the end of the line, but no further than so many bytes.
    pub(super) fn look_to_line_end(&mut self, bytes: u64) -> Result<(), Fault> {
        let mut left = bytes;
        while left > 0 {
            let at = self.at;
            fill(&mut self.rest).map_err(|_| at.fault(ReasonCode::IoReadFailed))?;
            let line = to_line_end(self.rest.buffer());
            let count = line.len().min(usize::try_from(left).unwrap_or(usize::MAX));
            let line = line.get(..count).unwrap_or(line);
            let ended = line.is_empty() || line.ends_with(b"\n");
            take_on(&mut self.head, line, bytes);
            self.rest.consume(count);
            left -= u64::try_from(count).unwrap_or(left);
            if ended {
                break;
            }
        }
        Ok(())
    }
}

/// Takes on more of a text that gets no longer than about `most`. A long one gets all its room at once, of which only what
/// is written costs memory: doubling would leave its own length behind in blocks that were outgrown.
pub(super) fn take_on(text: &mut Vec<u8>, bytes: &[u8], most: u64) {
    let needed = text.len().saturating_add(bytes.len());
    if needed > text.capacity() {
        let most = usize::try_from(most).unwrap_or(usize::MAX).saturating_add(SLACK);
        let doubled = text.capacity().saturating_mul(2).min(most);
        let room = if needed > LONG { most } else { doubled };
        text.reserve_exact(room.max(needed).saturating_sub(text.len()));
    }
    text.extend_from_slice(bytes);
}

/// From this length on a text is long.
const LONG: usize = 4 << 20;

/// Room beyond the longest text that is taken: for what was read to see its beginning, and for the buffer that goes over.
const SLACK: usize = 1 << 20;

const BOM_LENGTH: u64 = 3;

fn fill(reader: &mut impl BufRead) -> std::io::Result<()> {
    loop {
        match reader.fill_buf() {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            result => return result.map(drop),
        }
    }
}

/// The bytes up to and with the first LF, or all.
pub(super) fn to_line_end(bytes: &[u8]) -> &[u8] {
    let mut rest = bytes;
    // Reading from memory does not fail; this is the standard library's quick search.
    let count = rest.skip_until(b'\n').unwrap_or(0);
    bytes.get(..count).unwrap_or(bytes)
}

pub(super) fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

fn length(bytes: &[u8]) -> u64 {
    count(bytes.iter())
}
