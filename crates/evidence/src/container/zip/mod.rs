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
mod extra;
mod local;
mod tiling;
mod unzip;
mod window;

use super::fault::Fault;
use super::file::Source;
use super::limits::Limits;
use super::listing::{Listed, Listing};
use super::names;
use super::open::{Halt, unless_cancelled};
use super::store::Place;
use crate::reason::ReasonCode;
use crate::run::Progress;
use central::Central;
use local::Extent;
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
    if !end.comment.is_empty() {
        let comment = String::from_utf8_lossy(&end.comment).into_owned();
        listing.remark(ReasonCode::ZipCommentPresent, name, comment);
    }
    let mut examination = Examination {
        source,
        limits,
        progress,
        listing,
        directory: &directory,
        shipped: 0,
        decoded: 0,
    };
    let extents = examination.locals()?;
    tiling::check(source, &extents, directory.at)?;
    examination.entries(&extents)?;
    examination.totals()?;
    Ok(examination.listing.finish()?)
}

struct Examination<'a> {
    source: &'a Source,
    limits: &'a Limits,
    progress: &'a Progress,
    listing: Listing<'a>,
    directory: &'a central::Directory,
    shipped: u64,
    decoded: u64,
}

impl Examination<'_> {
    /// Compares every local header with the directory, in the order of the file.
    fn locals(&mut self) -> Result<Vec<Extent>, Halt> {
        let mut order: Vec<u32> = (0..).take(self.directory.entries.len()).collect();
        order.sort_by_key(|index| self.entry(*index).map(|entry| entry.offset));
        let mut window = window::Window::new(self.source.clone());
        let mut extents = Vec::with_capacity(order.len());
        for (position, index) in order.iter().enumerate() {
            if position % 1024 == 0 {
                unless_cancelled(self.progress)?;
            }
            let next = order
                .get(position.saturating_add(1))
                .and_then(|index| self.entry(*index));
            let next = next.map_or(self.directory.at, |entry| entry.offset);
            if let Some(entry) = self.entry(*index) {
                let name = self.directory.name(entry);
                let place = local::Place {
                    index: *index,
                    next,
                    directory_at: self.directory.at,
                };
                let extra = self.directory.extra(entry);
                let extent = local::compare(&mut window, place, entry, name, extra)?;
                if extent.flag_differs {
                    let shown = String::from_utf8_lossy(name).into_owned();
                    let detail = "only one of the two headers says that the name is UTF-8";
                    self.listing.remark(ReasonCode::ZipHeaderMismatch, &shown, detail);
                }
                extents.push(extent);
            }
        }
        Ok(extents)
    }

    fn entry(&self, index: u32) -> Option<&Central> {
        self.directory.entries.get(usize::try_from(index).ok()?)
    }

    /// Lists every entry with what is wrong with it.
    fn entries(&mut self, extents: &[Extent]) -> Result<(), Halt> {
        for (position, extent) in extents.iter().enumerate() {
            if position % 1024 == 0 {
                unless_cancelled(self.progress)?;
            }
            let directory = self.directory;
            let index = usize::try_from(extent.index).unwrap_or(usize::MAX);
            if let Some(entry) = directory.entries.get(index) {
                self.add(entry, extent);
            }
        }
        Ok(())
    }

    fn add(&mut self, entry: &Central, extent: &Extent) {
        let bytes = self.directory.name(entry);
        let (name, mut fault) = match names::decode(bytes, entry.says_utf8()) {
            Ok((name, remark)) => {
                if let Some(code) = remark {
                    self.listing
                        .remark(code, &name, "the archive does not say how the name is encoded");
                }
                (name, None)
            }
            Err(code) => (
                String::from_utf8_lossy(bytes).into_owned(),
                Some(Fault::new(code, "the name says it is UTF-8 and is not")),
            ),
        };
        let folder = name.ends_with(['/', '\\']);
        fault = fault
            .or_else(|| extent.unicode_path.as_deref().cloned())
            .or_else(|| entry::fault(entry, folder, self.limits));
        if entry::is_folder_with_file_mode(entry, folder) {
            let detail = "a folder's name with a file's mode";
            self.listing.remark(ReasonCode::ZipTypeConflict, &name, detail);
        }
        if folder {
            self.listing.folder(&name, fault);
            return;
        }
        if entry.has_descriptor() && !entry.is_deflated() {
            let detail = "its size stands behind its data";
            self.listing.remark(ReasonCode::ZipStoredWithDescriptor, &name, detail);
        }
        if fault.is_none() {
            self.shipped = self.shipped.saturating_add(entry.compressed);
            self.decoded = self.decoded.saturating_add(entry.size);
        }
        let place = Place::Zipped(Spot {
            at: extent.data,
            compressed: entry.compressed,
            size: entry.size,
            crc: entry.crc,
            deflated: entry.is_deflated(),
        });
        self.listing.file(&name, entry.size, place, fault);
    }

    /// What all used entries come to together.
    fn totals(&self) -> Result<(), Fault> {
        if self.decoded > self.limits.total_size {
            let detail = format!(
                "{} bytes together, the limit is {}",
                self.decoded, self.limits.total_size
            );
            return Err(Fault::new(ReasonCode::LimitTotalSize, detail));
        }
        if self.limits.over_pack_ratio(self.shipped, self.decoded) {
            let detail = format!(
                "{} bytes out of {}, the limit for a pack is {}:1",
                self.decoded, self.shipped, self.limits.pack_ratio
            );
            return Err(Fault::new(ReasonCode::LimitCompressionRatio, detail));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
