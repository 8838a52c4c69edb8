//! Zip archives: examined whole before anything in them is used, then read in place.
//!
//! The examination answers one question: does every byte of the file belong to exactly one thing? Readers that skip it
//! disagree about hostile archives (`notes/hostile-input.md`, "ZIP"), so what it does not accept is not used.
//!
//! Entries are inflated here and not through a zip library: its readers borrow an archive that has to hold a second
//! directory in memory, and they do not tell how many bytes the deflate stream took, which decides `ZIP_SIZE_LIE`.

mod central;
mod end;
mod entry;
mod examination;
mod extra;
mod local;
mod tiling;
mod unzip;
mod window;

use super::fault::Fault;
use super::file::Source;
use super::limits::Limits;
use super::listing::{Listed, Listing};
use super::open::Halt;
use crate::reason::ReasonCode;
use crate::run::Progress;
use examination::Examination;
pub(crate) use unzip::{Spot, Unzip};

/// Whether an end record fits the end of the file.
pub(crate) fn has_end(source: &Source) -> Result<bool, Fault> {
    end::fits(source)
}

/// Examines an archive and lists what it holds.
///
/// A structural fault refuses it whole; a fault of one entry refuses that entry.
pub(crate) fn list(source: &Source, name: &str, limits: &Limits, progress: &Progress) -> Result<Listed, Halt> {
    let end = end::find(source)?;
    let directory = central::read(source, &end, limits)?;
    let mut listing = Listing::new(limits, name, ReasonCode::ZipDuplicateName);
    listing.expect(directory.count());
    if !end.comment.is_empty() {
        let comment = String::from_utf8_lossy(&end.comment).into_owned();
        listing.remark(ReasonCode::ZipCommentPresent, name, comment);
    }
    let listing = Examination::new(source, limits, listing).run(&directory, progress)?;
    drop(directory);
    Ok(listing.finish()?)
}

#[cfg(test)]
mod tests;
