//! tar archives (ustar, pax and GNU long names), plain or inside gz: walked once, then read in place.
//!
//! A plain tar is read by position. A tar.gz has no positions to go to, so its entries are kept in memory while it is
//! walked, deflated again, as far as [`tape::KEPT`] allows; what does not fit is had by decoding the file again up to there.

mod header;
mod pax;
mod tape;
mod walk;

use std::sync::Arc;

use super::file::Source;
use super::limits::Limits;
use super::listing::Listed;
use super::open::Halt;
use crate::reason::ReasonCode;
use crate::run::Progress;
use tape::{GzTape, PlainTape};
use walk::Walk;

/// Whether a file that begins with `head` is a tar: by the magic, or by a check value that fits.
pub(crate) fn is_header(head: &[u8]) -> bool {
    head.get(257..262) == Some(b"ustar")
        || head
            .first_chunk()
            .is_some_and(|block| header::Header::parse(block).is_ok())
}

/// Walks a plain tar and lists what it holds.
pub(crate) fn list(source: &Source, name: &str, limits: &Limits, progress: &Progress) -> Result<Listed, Halt> {
    let mut tape = PlainTape::new(source.clone());
    Walk::new(limits, name, progress).run(&mut tape)
}

/// Walks a tar inside gz; gives the entries that were kept, too.
pub(crate) fn list_gz(
    source: &Source,
    name: &str,
    limits: &Limits,
    progress: &Progress,
) -> Result<(Listed, Arc<Vec<u8>>), Halt> {
    let mut tape = GzTape::new(source.clone(), limits, progress);
    let mut listed = Walk::new(limits, name, progress).run(&mut tape)?;
    for code in tape.remarks() {
        listed.notes.remark(limits, code, name, "");
    }
    tape.affordable(limits)?;
    Ok((listed, tape.into_kept()))
}

/// The code of one name twice: tar allows it, and the last would win.
const DUPLICATE: ReasonCode = ReasonCode::TarDuplicateName;

#[cfg(test)]
mod tests;
