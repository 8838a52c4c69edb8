//! One document that is too large to be read whole: the elements of its outermost array, or of one array inside its
//! outermost object.

use std::io::Read;

use super::cut::Cut;
use super::source::{Position, Source};
use super::{Chunk, Place, chunk, parse};
use crate::json::{Bounds, Fault};
use crate::reason::ReasonCode;

/// The pieces of one document, in their order.
///
/// Pieces are cut out bracket by bracket, so a fault inside one is found by whoever parses it. What breaks the document
/// around the pieces, and a piece that breaks off, comes as one `Err`, and then nothing more.
pub struct Nested<R: Read> {
    source: Source<R>,
    /// The member whose array is cut apart.
    streamed: &'static str,
    /// Bytes of one piece that are kept.
    longest: u64,
    elements: u64,
    state: State,
    had_bom: bool,
}

/// One piece of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// A member of the outermost object: its name and the text of its value. No text where the value is the array whose
    /// elements follow, or is longer than allowed.
    Member(String, Option<Vec<u8>>),
    /// An element; elements are counted through the document.
    Element(Chunk),
    /// An element that is longer than allowed, passed over.
    TooLong {
        /// Its first byte's offset in the stream.
        offset: u64,
        /// Its number, from 0.
        element: u64,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Start,
    Members { first: bool },
    Elements { first: bool, in_object: bool },
    End,
}

impl<R: Read> Nested<R> {
    /// The pieces of the document that `reader` holds. `streamed` is the member of an outermost object whose array is cut
    /// apart; a piece of more than `longest` bytes is passed over.
    pub fn new(reader: R, streamed: &'static str, longest: u64) -> Nested<R> {
        Nested {
            source: Source::new(reader),
            streamed,
            longest,
            elements: 0,
            state: State::Start,
            had_bom: false,
        }
    }

    /// Whether the document began with a byte-order mark; known from the first piece on.
    pub fn had_bom(&self) -> bool {
        self.had_bom
    }

    /// The reader, to finish it or to ask it why it failed. It may have been read further than the pieces so far.
    pub fn into_reader(self) -> R {
        self.source.into_reader()
    }

    fn advance(&mut self) -> Result<Option<Piece>, Fault> {
        loop {
            match std::mem::replace(&mut self.state, State::End) {
                State::Start => self.start()?,
                State::Members { first } => {
                    if self.closes(b'}', first)? {
                        return self.after();
                    }
                    return self.member().map(Some);
                }
                State::Elements { first, in_object } => {
                    if !self.closes(b']', first)? {
                        return self.element(in_object).map(Some);
                    }
                    if !in_object {
                        return self.after();
                    }
                    self.state = State::Members { first: false };
                }
                State::End => return Ok(None),
            }
        }
    }

    fn start(&mut self) -> Result<(), Fault> {
        self.had_bom = self.source.skip_bom()?;
        self.source.skip_blanks()?;
        self.state = match self.source.peek()? {
            Some(b'[') => State::Elements {
                first: true,
                in_object: false,
            },
            Some(b'{') => State::Members { first: true },
            Some(_) => return Err(self.syntax()),
            None => return Err(self.source.position().fault(ReasonCode::JsonEmpty)),
        };
        self.source.consume(1);
        Ok(())
    }

    /// Steps over the closing bracket, or over the comma before all but the first item.
    fn closes(&mut self, bracket: u8, first: bool) -> Result<bool, Fault> {
        self.source.skip_blanks()?;
        let next = self.source.peek()?;
        if next == Some(bracket) {
            self.source.consume(1);
            return Ok(true);
        }
        if !first {
            self.expect(b',')?;
        }
        self.source.skip_blanks()?;
        Ok(false)
    }

    fn member(&mut self) -> Result<Piece, Fault> {
        if self.source.peek()? != Some(b'"') {
            return Err(self.syntax());
        }
        let start = self.source.position();
        let name = self.cut()?.ok_or_else(|| start.fault(ReasonCode::LimitLineLength))?;
        let name = parse(&name, &Bounds::default()).map_err(|fault| start.fault_after(fault))?;
        let crate::json::Value::String(name) = &name.root.value else {
            return Err(start.fault(ReasonCode::JsonSyntax));
        };
        let name = name.lossy().into_owned();
        self.source.skip_blanks()?;
        self.expect(b':')?;
        self.source.skip_blanks()?;
        if name == self.streamed && self.source.peek()? == Some(b'[') {
            self.source.consume(1);
            self.state = State::Elements {
                first: true,
                in_object: true,
            };
            return Ok(Piece::Member(name, None));
        }
        let value = self.cut()?;
        self.state = State::Members { first: false };
        Ok(Piece::Member(name, value))
    }

    fn element(&mut self, in_object: bool) -> Result<Piece, Fault> {
        let start = self.source.position();
        let element = self.elements;
        let text = self.cut()?;
        self.elements += 1;
        self.state = State::Elements {
            first: false,
            in_object,
        };
        Ok(match text {
            Some(text) => Piece::Element(chunk(text, start, Place::Element(element))),
            None => Piece::TooLong {
                offset: start.offset,
                element,
            },
        })
    }

    fn after(&mut self) -> Result<Option<Piece>, Fault> {
        self.source.skip_blanks()?;
        match self.source.peek()? {
            None => Ok(None),
            Some(_) => Err(self.source.position().fault(ReasonCode::JsonTrailingData)),
        }
    }

    /// The bytes of the value that starts here; none where they are too many.
    fn cut(&mut self) -> Result<Option<Vec<u8>>, Fault> {
        let start = self.source.position();
        let first = self.source.peek()?;
        let Some(mut cut) = first.and_then(Cut::starting_with) else {
            return Err(self.syntax());
        };
        let mut text = Some(Vec::new());
        while let Some(bytes) = self.source.fill()? {
            let end = cut.end_in(bytes);
            let mine = end.and_then(|end| bytes.get(..end)).unwrap_or(bytes);
            let count = mine.len();
            if let Some(kept) = &mut text {
                kept.extend_from_slice(mine);
            }
            text = text.filter(|kept| u64::try_from(kept.len()).is_ok_and(|length| length <= self.longest));
            self.source.consume(count);
            if end.is_some() {
                return Ok(text);
            }
        }
        Err(self.broken_off(&text.unwrap_or_default(), start))
    }

    /// The fault of a piece that the document ends in.
    fn broken_off(&self, text: &[u8], start: Position) -> Fault {
        match parse(text, &Bounds::default()) {
            Err(fault) => start.fault_after(fault),
            Ok(_) => self.syntax(),
        }
    }

    fn expect(&mut self, byte: u8) -> Result<(), Fault> {
        if self.source.peek()? != Some(byte) {
            return Err(self.syntax());
        }
        self.source.consume(1);
        Ok(())
    }

    fn syntax(&self) -> Fault {
        self.source.position().fault(ReasonCode::JsonSyntax)
    }
}

impl<R: Read> Iterator for Nested<R> {
    type Item = Result<Piece, Fault>;

    fn next(&mut self) -> Option<Result<Piece, Fault>> {
        let next = self.advance();
        if next.is_err() {
            self.state = State::End;
        }
        next.transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pieces in short: `name=value`, `name[` for the array that is cut apart, the text of an element, `?` for one
    /// that is too long, and the code of a fault.
    fn pieces(text: &str) -> Vec<String> {
        let short = |piece: Result<Piece, Fault>| match piece {
            Ok(Piece::Member(name, Some(value))) => format!("{name}={}", String::from_utf8_lossy(&value)),
            Ok(Piece::Member(name, None)) => format!("{name}["),
            Ok(Piece::Element(chunk)) => {
                let start = usize::try_from(chunk.offset).unwrap();
                assert_eq!(text.as_bytes().get(start..start + chunk.text.len()), Some(&*chunk.text));
                String::from_utf8(chunk.text).unwrap()
            }
            Ok(Piece::TooLong { .. }) => "?".to_owned(),
            Err(fault) => fault.code.as_str().to_owned(),
        };
        Nested::new(text.as_bytes(), "events", 16).map(short).collect()
    }

    #[test]
    fn an_array_comes_element_by_element() {
        assert_eq!(pieces(" [ {\"a\":1} ,[2], 3 ] "), ["{\"a\":1}", "[2]", "3"]);
        assert!(pieces("[]").is_empty());
    }

    #[test]
    fn the_named_array_of_an_object_comes_element_by_element() {
        let text = r#"{"next":null,"events":[{"a":1},2],"x":"y"}"#;
        assert_eq!(pieces(text), ["next=null", "events[", "{\"a\":1}", "2", "x=\"y\""]);
        assert_eq!(pieces(r#"{"\u0065vents":[1]}"#), ["events[", "1"]);
        assert_eq!(pieces(r#"{"events":{"a":1}}"#), [r#"events={"a":1}"#]);
    }

    #[test]
    fn a_long_piece_is_passed_over() {
        assert_eq!(pieces(r#"[1,"0123456789abcdef",2]"#), ["1", "?", "2"]);
        assert_eq!(pieces(r#"{"a":"0123456789abcdef","b":2}"#), ["a[", "b=2"]);
    }

    #[test]
    fn what_breaks_the_document_is_told_once_behind_what_came_before() {
        assert_eq!(pieces("[1,]"), ["1", "JSON_SYNTAX"]);
        assert_eq!(pieces("[1 2]"), ["1", "JSON_SYNTAX"]);
        assert_eq!(pieces("[1,{\"a\":"), ["1", "JSON_SYNTAX"]);
        assert_eq!(pieces("[1] x"), ["1", "JSON_TRAILING_DATA"]);
        assert_eq!(pieces(r#"{"events":[1}"#), ["events[", "1", "JSON_SYNTAX"]);
        assert_eq!(pieces(r#"{"a":1"#), ["JSON_SYNTAX"]);
        assert_eq!(pieces(r#"{"a":1,}"#), ["a=1", "JSON_SYNTAX"]);
        assert_eq!(pieces("7"), ["JSON_SYNTAX"]);
        assert_eq!(pieces(" "), ["JSON_EMPTY"]);
    }

    #[test]
    fn a_mark_before_the_document_is_passed_and_told() {
        let mut nested = Nested::new("\u{feff}[1]".as_bytes(), "events", 12);
        assert!(matches!(nested.next(), Some(Ok(Piece::Element(chunk))) if chunk.offset == 4));
        assert!(nested.had_bom());
    }
}
