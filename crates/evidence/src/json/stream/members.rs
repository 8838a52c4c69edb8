//! The members of one large object, one by one, so that a list of a million elements never lies in memory.

use std::io::Read;

use super::{Chunk, Place, StreamBounds, Values, chunk};
use crate::json::{Bounds, Fault, Value, parse};
use crate::reason::ReasonCode;

/// A member of the outermost object, or an element of one of its lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedPiece {
    /// The member's name after unescaping.
    pub name: String,
    /// Its exact bytes; the place is [`Place::Element`] for an element of a list.
    pub chunk: Chunk,
}

/// The members of the one object of a stream. Members named as lists come element by element where they are arrays; an
/// empty array comes as nothing but its name in [`Members::lists_met`].
///
/// What breaks the object comes as one `Err`, and then nothing more. A name met twice is such a fault.
pub struct Members<R: Read> {
    values: Values<R>,
    lists: &'static [&'static str],
    names: Vec<String>,
    lists_met: Vec<String>,
    state: State,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Start,
    Member,
    Element(u64),
    End,
}

impl<R: Read> Members<R> {
    /// The members of the object that `reader` holds.
    pub fn new(reader: R, bounds: &StreamBounds, lists: &'static [&'static str]) -> Members<R> {
        Members {
            values: Values::new(reader, bounds),
            lists,
            names: Vec::new(),
            lists_met: Vec::new(),
            state: State::Start,
        }
    }

    /// The reader, to finish it or to ask it why it failed.
    pub fn into_reader(self) -> R {
        self.values.into_reader()
    }

    /// The lists that were met so far.
    pub fn lists_met(&self) -> &[String] {
        &self.lists_met
    }

    /// The names met so far.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    fn advance(&mut self) -> Result<Option<NamedPiece>, Fault> {
        loop {
            let state = std::mem::replace(&mut self.state, State::End);
            let opening = match state {
                State::End => return Ok(None),
                State::Element(index) => match self.element(index)? {
                    Some(piece) => return Ok(Some(piece)),
                    None => continue,
                },
                State::Start => b'{',
                State::Member => b',',
            };
            if state == State::Member && self.values.next_is(b'}')? {
                return self.after();
            }
            if !self.values.next_is(opening)? {
                return Err(self.syntax());
            }
            if state == State::Start && self.values.next_is(b'}')? {
                return self.after();
            }
            if let Some(piece) = self.member()? {
                return Ok(Some(piece));
            }
        }
    }

    /// The next member; none where it is a list, whose elements come next.
    fn member(&mut self) -> Result<Option<NamedPiece>, Fault> {
        let name = self.name()?;
        if !self.values.next_is(b':')? {
            return Err(self.syntax());
        }
        self.values.source.skip_blanks()?;
        if self.lists.contains(&name.as_str()) && self.values.source.peek()? == Some(b'[') {
            self.lists_met.push(name);
            self.state = State::Element(0);
            return Ok(None);
        }
        let start = self.values.source.position();
        let text = self.values.cut(start)?;
        self.state = State::Member;
        Ok(Some(NamedPiece {
            name,
            chunk: chunk(text, start, Place::Whole),
        }))
    }

    fn name(&mut self) -> Result<String, Fault> {
        self.values.source.skip_blanks()?;
        let start = self.values.source.position();
        if self.values.source.peek()? != Some(b'"') {
            return Err(start.fault(ReasonCode::JsonSyntax));
        }
        let text = self.values.cut(start)?;
        let parsed = parse(&text, &Bounds::default()).map_err(|fault| start.fault_after(fault))?;
        let Value::String(name) = &parsed.root.value else {
            return Err(start.fault(ReasonCode::JsonSyntax));
        };
        let name = name.lossy().into_owned();
        if self.names.contains(&name) {
            return Err(start.fault(ReasonCode::JsonDuplicateKey));
        }
        if self.names.len() >= NAMES {
            return Err(start.fault(ReasonCode::LimitJsonNodes));
        }
        self.names.push(name.clone());
        Ok(name)
    }

    fn element(&mut self, index: u64) -> Result<Option<NamedPiece>, Fault> {
        let opening = if index == 0 { b'[' } else { b',' };
        if index > 0 && self.values.next_is(b']')? {
            self.state = State::Member;
            return Ok(None);
        }
        if !self.values.next_is(opening)? {
            return Err(self.syntax());
        }
        if index == 0 && self.values.next_is(b']')? {
            self.state = State::Member;
            return Ok(None);
        }
        self.values.source.skip_blanks()?;
        let start = self.values.source.position();
        let text = self.values.cut(start)?;
        self.state = State::Element(index.saturating_add(1));
        Ok(Some(NamedPiece {
            name: self.lists_met.last().cloned().unwrap_or_default(),
            chunk: chunk(text, start, Place::Element(index)),
        }))
    }

    fn after(&mut self) -> Result<Option<NamedPiece>, Fault> {
        self.values.source.skip_blanks()?;
        match self.values.source.peek()? {
            None => Ok(None),
            Some(_) => Err(self.values.source.position().fault(ReasonCode::JsonTrailingData)),
        }
    }

    fn syntax(&self) -> Fault {
        self.values.source.position().fault(ReasonCode::JsonSyntax)
    }
}

/// Members of the outermost object at most: more than any format has.
const NAMES: usize = 1_000;

impl<R: Read> Iterator for Members<R> {
    type Item = Result<NamedPiece, Fault>;

    fn next(&mut self) -> Option<Result<NamedPiece, Fault>> {
        self.advance().transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<String>, ReasonCode> {
        let members = Members::new(text.as_bytes(), &StreamBounds::default(), &["records"]);
        members
            .map(|piece| {
                let piece = piece.map_err(|fault| fault.code)?;
                let text = String::from_utf8(piece.chunk.text.clone()).unwrap();
                assert_eq!(text, text.trim());
                Ok(format!("{} {:?} {text}", piece.name, piece.chunk.place))
            })
            .collect()
    }

    #[test]
    fn members_come_whole_and_lists_by_element() {
        let text = "{ \"a\" : [1] , \"records\":[ {\"x\":\"]\"} ,2], \"b\\u0063\":{} } \n";
        let expected = [
            "a Whole [1]",
            "records Element(0) {\"x\":\"]\"}",
            "records Element(1) 2",
            "bc Whole {}",
        ];
        assert_eq!(read(text).unwrap(), expected);
    }

    #[test]
    fn an_empty_list_or_object_has_nothing() {
        assert_eq!(read("{}").unwrap(), [""; 0]);
        assert_eq!(read("{\"records\":[]}").unwrap(), [""; 0]);
    }

    #[test]
    fn what_is_no_object_is_a_fault() {
        for text in [
            "[1]",
            "{\"a\" 1}",
            "{\"a\":1",
            "{\"a\":1,}",
            "{a:1}",
            "{\"records\":[1,]}",
            "{\"records\":[1 2]}",
        ] {
            assert_eq!(read(text), Err(ReasonCode::JsonSyntax), "{text}");
        }
        assert_eq!(read("{} {}"), Err(ReasonCode::JsonTrailingData));
    }

    #[test]
    fn a_name_met_twice_is_a_fault_however_it_is_written() {
        assert_eq!(read(r#"{"a":1,"\u0061":2}"#), Err(ReasonCode::JsonDuplicateKey));
    }
}
