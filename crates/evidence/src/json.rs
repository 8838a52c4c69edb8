//! A strict JSON reader of our own (RFC 8259, and what RFC 7493 asks of anything hashed).
//!
//! Ordinary readers keep one of two equal member names without a word, round big integers, and refuse escaped lone
//! surrogates: each lets two readers see different content in one text. This one keeps the text of every number, the
//! place of every value, and reports what makes a document unfit as evidence as [`Flaw`]s (`notes/hostile-input.md`,
//! section JSON). What is no JSON at all is a [`Fault`].

mod flaws;
mod gather;
mod names;
mod node;
mod number;
mod reader;
mod scan;
pub mod stream;
mod string;
mod text;

pub use flaws::{FLAWS_KEPT, Flaw};
pub use node::{Member, Node, Value};
pub(crate) use number::LONGEST_LITERAL;
pub(crate) use scan::plain_run;
pub use text::Text;

use crate::reason::ReasonCode;

/// The deepest nesting that any setting can allow; the reader's own recursion never goes further.
pub const DEPTH_CEILING: usize = 128;

/// Names kept in a [`Fault`]: enough to recognise a document, few enough for any text.
const NAMES_KEPT: usize = 1_000;

/// Byte offsets into the text that was parsed: `start` is the first byte, `end` the first byte after.
///
/// Kept in 32 bits each, since a document may have millions of values: [`parse`] takes no text of 4 GiB or more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// The bytes from `start` up to `end`.
    pub(crate) fn new(start: usize, end: usize) -> Span {
        let place = |offset| u32::try_from(offset).unwrap_or(u32::MAX);
        Span {
            start: place(start),
            end: place(end),
        }
    }

    /// The first byte.
    #[must_use]
    pub fn start(self) -> usize {
        self.range().start
    }

    /// How many bytes.
    pub(crate) fn length(self) -> usize {
        self.range().len()
    }

    /// The same as a range, to cut the piece out of the text.
    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        let place = |offset| usize::try_from(offset).unwrap_or(usize::MAX);
        place(self.start)..place(self.end)
    }
}

/// A document that is JSON, with what makes it doubtful.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed<'a> {
    /// The one value of the document.
    pub root: Node<'a>,
    /// What makes it unfit or doubtful as evidence, by offset; at most [`FLAWS_KEPT`] of each code.
    pub flaws: Vec<Flaw>,
}

/// Why a text is not a JSON document that this reader accepts.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code} at line {line}, column {column}")]
pub struct Fault {
    /// `JSON_SYNTAX`, `JSON_TRAILING_DATA`, `JSON_EMPTY`, `JSON_BOM`, `JSON_NOT_UTF8`, or the limit that was met.
    pub code: ReasonCode,
    /// The byte where reading stopped; equal to the length of the text when that breaks off.
    pub offset: usize,
    /// The line of that byte, from 1; lines end with LF.
    pub line: u64,
    /// The column of that byte, from 1, counted in characters.
    pub column: u64,
    /// The member names of the outermost object read before the fault, so that a document that breaks off is still
    /// recognised.
    pub names: Vec<String>,
}

/// What one document may hold. The defaults are the documented limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Nesting, the outermost object or array being 1; never more than [`DEPTH_CEILING`]. Else `LIMIT_JSON_DEPTH`.
    pub depth: usize,
    /// Values in the document, containers included. Else `LIMIT_JSON_NODES`.
    pub nodes: usize,
    /// Bytes of one string as written, quotes not counted. Else `LIMIT_LINE_LENGTH`.
    pub string: usize,
    /// Bytes of memory for the text, its canonical copy and the tree. Else `LIMIT_JSON_NODES`: values take up to ten times
    /// their text, so their number alone would not keep a run within the 300 MiB that are promised for any input.
    pub memory: usize,
}

/// The tree that a text of any length may have.
const SMALLEST_TREE: usize = 16 << 20;

impl Bounds {
    /// The memory that is left for the tree of a text.
    fn memory_of_tree(&self, text: usize) -> usize {
        let left = self.memory.saturating_sub(text.saturating_mul(2));
        left.max(self.memory.min(SMALLEST_TREE))
    }
}

impl Default for Bounds {
    fn default() -> Bounds {
        Bounds {
            depth: DEPTH_CEILING,
            nodes: 5_000_000,
            string: 16 << 20,
            memory: 240 << 20,
        }
    }
}

/// Reads one JSON document.
///
/// `text` is the whole document in UTF-8. A byte-order mark is refused; a caller whose format allows one takes it away
/// with [`without_bom`] first.
///
/// # Errors
/// The first fault met. Bytes that are not UTF-8 are reported before any other fault.
pub fn parse<'a>(text: &'a [u8], bounds: &Bounds) -> Result<Parsed<'a>, Fault> {
    if text.starts_with(BOM) {
        return Err(Fault::new(text, ReasonCode::JsonBom, 0, Vec::new()));
    }
    match std::str::from_utf8(text) {
        Ok(valid) => reader::read(valid, bounds).map_err(|broken| broken.into_fault(text)),
        Err(error) => {
            let valid = text.get(..error.valid_up_to()).unwrap_or_default();
            let names = names_read(valid, bounds);
            Err(Fault::new(text, ReasonCode::JsonNotUtf8, valid.len(), names))
        }
    }
}

/// The text without a leading UTF-8 byte-order mark.
#[must_use]
pub fn without_bom(text: &[u8]) -> &[u8] {
    text.strip_prefix(BOM).unwrap_or(text)
}

const BOM: &[u8] = b"\xEF\xBB\xBF";

/// The member names that the valid beginning of a text holds.
fn names_read(valid: &[u8], bounds: &Bounds) -> Vec<String> {
    let Ok(valid) = std::str::from_utf8(valid) else {
        return Vec::new();
    };
    match reader::read(valid, bounds) {
        Ok(parsed) => {
            let names = parsed
                .root
                .members()
                .iter()
                .map(|member| member.name.lossy().into_owned());
            names.take(NAMES_KEPT).collect()
        }
        Err(broken) => broken.names,
    }
}

impl Fault {
    fn new(text: &[u8], code: ReasonCode, offset: usize, names: Vec<String>) -> Fault {
        let (line, column) = place(text, offset);
        Fault {
            code,
            offset,
            line,
            column,
            names,
        }
    }
}

/// Line and column of a byte, both from 1.
fn place(text: &[u8], offset: usize) -> (u64, u64) {
    let before = text.get(..offset).unwrap_or(text);
    let mut lines = before.split(|byte| *byte == b'\n');
    let last = lines.next_back().unwrap_or_default();
    // Continuation bytes of UTF-8 start no character.
    let characters = last.iter().filter(|byte| **byte & 0xC0 != 0x80);
    (1 + count(lines), 1 + count(characters))
}

fn count(items: impl Iterator) -> u64 {
    u64::try_from(items.count()).unwrap_or(u64::MAX)
}

#[cfg(test)]
pub(crate) mod tests;
