//! Small reads from a large file, in its order.

use crate::container::fault::Fault;
use crate::container::file::Source;
use crate::container::number::{at_most, wide};

/// Read at once where headers lie close together.
const LONG: usize = 64 * 1024;
/// Read at once where they lie far apart.
const SHORT: usize = 512;

/// A piece of the file in memory. Reading ahead pays only while entries are small.
#[derive(Debug)]
pub(super) struct Window {
    source: Source,
    at: u64,
    bytes: Vec<u8>,
}

impl Window {
    pub(super) fn new(source: Source) -> Window {
        Window {
            source,
            at: 0,
            bytes: Vec::new(),
        }
    }

    /// How many bytes the file has.
    pub(super) fn size(&self) -> u64 {
        self.source.size()
    }

    /// The `length` bytes at `offset`, fewer where the file ends.
    pub(super) fn get(&mut self, offset: u64, length: usize) -> Result<&[u8], Fault> {
        if !self.holds(offset, length) {
            self.load(offset, length)?;
        }
        let start = usize::try_from(offset.saturating_sub(self.at)).unwrap_or(usize::MAX);
        let bytes = self.bytes.get(start..).unwrap_or_default();
        Ok(bytes.get(..length.min(bytes.len())).unwrap_or_default())
    }

    fn end(&self) -> u64 {
        self.at.saturating_add(wide(self.bytes.len()))
    }

    fn holds(&self, offset: u64, length: usize) -> bool {
        let end = offset.saturating_add(wide(length)).min(self.source.size());
        offset >= self.at && end <= self.end()
    }

    fn load(&mut self, offset: u64, length: usize) -> Result<(), Fault> {
        let near = offset.abs_diff(self.end()) < wide(LONG);
        let ahead = if near { LONG } else { SHORT };
        let left = self.source.size().saturating_sub(offset);
        self.bytes.resize(at_most(left, length.max(ahead)), 0);
        self.at = offset;
        self.source.fill_at(offset, &mut self.bytes)
    }
}
