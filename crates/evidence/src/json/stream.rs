//! JSON values one by one from a reader, so that memory holds one value and never the file.
//!
//! Evidence comes as one document, as an array of records, or as a value per line; which of them is decided by the
//! bytes. Here values are only cut apart: each is then read by [`super::parse`].

mod beginning;
mod cut;
mod members;
mod nested;
mod source;

use std::io::Read;

use super::{Bounds, Fault, parse};
use crate::reason::ReasonCode;
use beginning::Kind;
use cut::Cut;
pub use members::{Members, NamedPiece};
pub use nested::{Nested, Piece};
use source::{Position, Source, take_on};

/// One value, cut out and not yet read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chunk {
    /// Its exact bytes. A line without its LF (a CR stays); an element without the blanks around it; of a single value
    /// everything after the byte-order mark.
    pub text: Vec<u8>,
    /// The first byte's offset in the stream.
    pub offset: u64,
    /// What it is.
    pub place: Place,
}

/// What a chunk is in its stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The only value.
    Whole,
    /// A line, from 1. Blank lines are chunks, too.
    Line(u64),
    /// An element of the outermost array, from 0.
    Element(u64),
}

/// What a stream may hold. The defaults are the documented limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StreamBounds {
    /// Bytes of a single value or of one element. Else `LIMIT_ENTRY_SIZE`.
    pub value: u64,
    /// Bytes of one line. Else `LIMIT_LINE_LENGTH`.
    pub line: u64,
    /// Lines. Else `LIMIT_LINE_COUNT`.
    pub lines: u64,
}

impl Default for StreamBounds {
    fn default() -> StreamBounds {
        StreamBounds {
            value: 256 << 20,
            line: 16 << 20,
            lines: 50_000_000,
        }
    }
}

/// The values of a stream, in their order.
///
/// A byte-order mark at the start is skipped. What a chunk holds may still be no JSON: elements are cut bracket by
/// bracket, so a fault inside one is found by whoever parses it. What breaks the array around the elements, and an
/// element that breaks off, comes as one `Err`, and then nothing more. A line that is too long comes as an `Err`, too,
/// and the next lines follow. When the reader fails the fault is `IO_READ_FAILED`.
pub struct Values<R: Read> {
    source: Source<R>,
    bounds: StreamBounds,
    state: State,
    had_bom: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Start { lines_only: bool },
    Line(u64),
    Element(u64),
    End,
}

impl<R: Read> Values<R> {
    /// The values of a stream of any kind: an array's elements, the one value, or the lines.
    ///
    /// It is read as lines when its first line is a whole value (or no value at all) and more follows.
    pub fn new(reader: R, bounds: &StreamBounds) -> Values<R> {
        Values::starting(reader, bounds, false)
    }

    /// The lines of a stream that is said to be one value per line, whatever they hold.
    pub fn lines(reader: R, bounds: &StreamBounds) -> Values<R> {
        Values::starting(reader, bounds, true)
    }

    fn starting(reader: R, bounds: &StreamBounds, lines_only: bool) -> Values<R> {
        Values {
            source: Source::new(reader),
            bounds: *bounds,
            state: State::Start { lines_only },
            had_bom: false,
        }
    }

    /// Whether the stream began with a byte-order mark; known from the first value on.
    pub fn had_bom(&self) -> bool {
        self.had_bom
    }

    /// The reader, to finish it or to ask it why it failed. It may have been read further than the values so far.
    pub fn into_reader(self) -> R {
        self.source.into_reader()
    }

    /// The next value; `Ok(None)` at the end.
    fn advance(&mut self) -> Result<Option<Chunk>, Fault> {
        if let State::Start { lines_only } = self.state {
            self.had_bom = self.source.skip_bom()?;
            match self.kind(lines_only)? {
                Kind::Line => self.state = State::Line(1),
                Kind::Element => self.state = State::Element(0),
                Kind::Whole => return self.whole().map(Some),
            }
        }
        match self.state {
            State::Line(number) => self.line(number),
            State::Element(index) => self.element(index),
            State::Start { .. } | State::End => Ok(None),
        }
    }

    /// How a stream would be read by [`Values::new`], by its beginning.
    ///
    /// # Errors
    /// When it is empty, or cannot be read.
    pub fn beginning(reader: R, bounds: &StreamBounds) -> Result<Place, Fault> {
        let mut values = Values::new(reader, bounds);
        values.had_bom = values.source.skip_bom()?;
        Ok(match values.kind(false)? {
            Kind::Line => Place::Line(1),
            Kind::Element => Place::Element(0),
            Kind::Whole => Place::Whole,
        })
    }

    fn kind(&mut self, lines_only: bool) -> Result<Kind, Fault> {
        if lines_only {
            Ok(Kind::Line)
        } else {
            beginning::kind(&mut self.source, self.bounds.value)
        }
    }

    fn whole(&mut self) -> Result<Chunk, Fault> {
        self.state = State::End;
        let start = self.source.position();
        let mut text = self.source.take_ahead();
        self.check_size(&text, start)?;
        let most = self.bounds.value;
        while let Some(bytes) = self.source.fill()? {
            take_on(&mut text, bytes, most);
            let count = bytes.len();
            self.source.consume(count);
            self.check_size(&text, start)?;
        }
        Ok(chunk(text, start, Place::Whole))
    }

    fn line(&mut self, number: u64) -> Result<Option<Chunk>, Fault> {
        self.state = State::End;
        let start = self.source.position();
        let Some(line) = self.source.line(self.bounds.line)? else {
            return Ok(None);
        };
        if number > self.bounds.lines {
            return Err(start.fault(ReasonCode::LimitLineCount));
        }
        self.state = State::Line(number + 1);
        match line {
            source::Line::Read(text) => Ok(Some(chunk(text, start, Place::Line(number)))),
            source::Line::TooLong => Err(start.fault(ReasonCode::LimitLineLength)),
        }
    }

    fn element(&mut self, index: u64) -> Result<Option<Chunk>, Fault> {
        self.state = State::End;
        let opening = if index == 0 { b'[' } else { b',' };
        if index > 0 && self.next_is(b']')? {
            return self.after_array();
        }
        if !self.next_is(opening)? {
            return Err(self.source.position().fault(ReasonCode::JsonSyntax));
        }
        if index == 0 && self.next_is(b']')? {
            return self.after_array();
        }
        self.source.skip_blanks()?;
        let start = self.source.position();
        let text = self.cut(start)?;
        self.state = State::Element(index + 1);
        Ok(Some(chunk(text, start, Place::Element(index))))
    }

    /// Steps over blanks and then over this byte, if it comes next.
    fn next_is(&mut self, byte: u8) -> Result<bool, Fault> {
        self.source.skip_blanks()?;
        let found = self.source.peek()? == Some(byte);
        if found {
            self.source.consume(1);
        }
        Ok(found)
    }

    fn after_array(&mut self) -> Result<Option<Chunk>, Fault> {
        self.source.skip_blanks()?;
        match self.source.peek()? {
            None => Ok(None),
            Some(_) => Err(self.source.position().fault(ReasonCode::JsonTrailingData)),
        }
    }

    /// The bytes of the element that starts here.
    fn cut(&mut self, start: Position) -> Result<Vec<u8>, Fault> {
        let first = self.source.peek()?;
        let Some(mut cut) = first.and_then(Cut::starting_with) else {
            return Err(start.fault(ReasonCode::JsonSyntax));
        };
        let mut text = Vec::new();
        let most = self.bounds.value;
        while let Some(bytes) = self.source.fill()? {
            let end = cut.end_in(bytes);
            let mine = end.and_then(|end| bytes.get(..end)).unwrap_or(bytes);
            take_on(&mut text, mine, most);
            let count = mine.len();
            self.source.consume(count);
            self.check_size(&text, start)?;
            if end.is_some() {
                return Ok(text);
            }
        }
        Err(self.broken_off(&text, start))
    }

    /// The fault of an element that the stream ends in.
    fn broken_off(&self, text: &[u8], start: Position) -> Fault {
        match parse(text, &Bounds::default()) {
            Err(fault) => start.fault_after(fault),
            Ok(_) => self.source.position().fault(ReasonCode::JsonSyntax),
        }
    }

    fn check_size(&self, text: &[u8], start: Position) -> Result<(), Fault> {
        let size = u64::try_from(text.len()).unwrap_or(u64::MAX);
        if size > self.bounds.value {
            return Err(start.fault(ReasonCode::LimitEntrySize));
        }
        Ok(())
    }
}

impl<R: Read> Iterator for Values<R> {
    type Item = Result<Chunk, Fault>;

    fn next(&mut self) -> Option<Result<Chunk, Fault>> {
        let next = self.advance();
        if let State::Start { .. } = self.state {
            // The beginning itself could not be read.
            self.state = State::End;
        }
        next.transpose()
    }
}

fn chunk(text: Vec<u8>, start: Position, place: Place) -> Chunk {
    let offset = start.offset;
    Chunk { text, offset, place }
}

#[cfg(test)]
mod tests;
