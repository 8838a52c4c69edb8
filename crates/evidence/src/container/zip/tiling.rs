//! Every byte belongs to exactly one thing: entries, one behind the other, fill the file up to the directory.

use super::local::Extent;
use crate::container::fault::Fault;
use crate::container::file::Source;
use crate::reason::ReasonCode;

/// Holds the extents, sorted by their start, against the rule.
pub(super) fn check(source: &Source, extents: &[Extent], directory_at: u64) -> Result<(), Fault> {
    let mut claimed = 0;
    for extent in extents {
        reaches(source, claimed, extent.start)?;
        claimed = extent.end;
    }
    reaches(source, claimed, directory_at)
}

/// What was claimed so far must end exactly where the next thing begins.
fn reaches(source: &Source, claimed: u64, next: u64) -> Result<(), Fault> {
    let detail = format!("bytes {claimed} to {next}");
    if claimed > next {
        let detail = format!("bytes {next} to {claimed} are claimed twice");
        return Err(Fault::new(ReasonCode::ZipOverlap, detail));
    }
    if claimed == next {
        return Ok(());
    }
    let hidden_entry = source.bytes_at(claimed, 4)? == b"PK\x03\x04";
    if claimed == 0 && !hidden_entry {
        return Err(Fault::new(ReasonCode::ZipPrefixData, detail));
    }
    Err(Fault::new(ReasonCode::ZipUnreferencedData, detail))
}
