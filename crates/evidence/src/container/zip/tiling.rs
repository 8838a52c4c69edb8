//! Every byte belongs to exactly one thing: entries, one behind the other, fill the file up to the directory.

use super::local::Extent;
use crate::container::fault::Fault;
use crate::container::file::Source;
use crate::reason::ReasonCode;

/// The rule, applied to one entry after the other in the order of the file.
#[derive(Debug)]
pub(super) struct Tiling<'a> {
    source: &'a Source,
    /// First byte that no entry claimed so far.
    claimed: u64,
}

impl<'a> Tiling<'a> {
    /// Nothing is claimed yet.
    pub(super) fn new(source: &'a Source) -> Tiling<'a> {
        Tiling { source, claimed: 0 }
    }

    /// The next entry must begin where the last one ended.
    pub(super) fn claim(&mut self, extent: &Extent) -> Result<(), Fault> {
        self.reaches(extent.start)?;
        self.claimed = extent.end;
        Ok(())
    }

    /// What was claimed so far must end exactly at `next`: an entry, or the directory at last.
    pub(super) fn reaches(&self, next: u64) -> Result<(), Fault> {
        let claimed = self.claimed;
        if claimed == next {
            return Ok(());
        }
        if claimed > next {
            let detail = format!("bytes {next} to {claimed} are claimed twice");
            return Err(Fault::new(ReasonCode::ZipOverlap, detail));
        }
        let hidden_entry = self.source.bytes_at(claimed, 4)? == b"PK\x03\x04";
        let code = if claimed == 0 && !hidden_entry {
            ReasonCode::ZipPrefixData
        } else {
            ReasonCode::ZipUnreferencedData
        };
        Err(Fault::new(code, format!("bytes {claimed} to {next}")))
    }
}
