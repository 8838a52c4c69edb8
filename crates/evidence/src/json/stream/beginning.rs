//! What kind of stream this is, by its beginning.

use std::io::Read;

use super::cut::Cut;
use super::source::{Source, is_blank, to_line_end};
use crate::json::Fault;
use crate::reason::ReasonCode;

/// How many blanks are passed to find what stands after them; a stream with more is read as lines.
const LOOK_AHEAD: u64 = 64 << 10;

pub(super) enum Kind {
    /// One value.
    Whole,
    /// A value per line.
    Line,
    /// An array of values.
    Element,
}

/// Looks ahead as far as needed: at most the first line, where that is no longer than `longest`, and some blanks.
pub(super) fn kind<R: Read>(source: &mut Source<R>, longest: u64) -> Result<Kind, Fault> {
    let more = source.look_further(LOOK_AHEAD)?;
    let Some(start) = first_non_blank(source.ahead(), 0) else {
        return if more {
            Ok(Kind::Line)
        } else {
            Err(source.position().fault(ReasonCode::JsonEmpty))
        };
    };
    if source.ahead().get(start) == Some(&b'[') {
        return Ok(Kind::Element);
    }
    if more && !to_line_end(from(source.ahead(), start)).ends_with(b"\n") {
        source.look_to_line_end(longest)?;
    }
    let line = to_line_end(from(source.ahead(), start));
    let end = start + line.len();
    if !is_whole(line) {
        return Ok(Kind::Whole);
    }
    if first_non_blank(source.ahead(), end).is_some() {
        return Ok(Kind::Line);
    }
    let more = source.look_further(LOOK_AHEAD)?;
    let follows = first_non_blank(source.ahead(), end).is_some();
    Ok(if more || follows { Kind::Line } else { Kind::Whole })
}

/// Whether a line holds a value from beginning to end, or nothing that could go on in the next.
fn is_whole(line: &[u8]) -> bool {
    match line.first().copied().and_then(Cut::starting_with) {
        None | Some(Cut::Word) => true,
        Some(mut cut) => cut.end_in(line).is_some(),
    }
}

fn first_non_blank(bytes: &[u8], start: usize) -> Option<usize> {
    let found = from(bytes, start).iter().position(|byte| !is_blank(*byte));
    found.map(|found| start + found)
}

fn from(bytes: &[u8], start: usize) -> &[u8] {
    bytes.get(start..).unwrap_or_default()
}
