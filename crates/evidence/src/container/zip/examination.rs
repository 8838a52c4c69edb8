//! The examination of one archive: entry by entry, in the order of the file.

use super::central::{Central, Directory};
use super::entry;
use super::local::{self, Extent};
use super::tiling::Tiling;
use super::unzip::Spot;
use super::window::Window;
use crate::container::fault::Fault;
use crate::container::file::Source;
use crate::container::limits::Limits;
use crate::container::listing::Listing;
use crate::container::names;
use crate::container::open::{Halt, unless_cancelled};
use crate::container::store::Place;
use crate::reason::ReasonCode;
use crate::run::Progress;

/// One examination.
pub(super) struct Examination<'a> {
    source: &'a Source,
    limits: &'a Limits,
    listing: Listing<'a>,
    /// Bytes in the archive of the entries used.
    shipped: u64,
    /// Decoded bytes of the entries used.
    decoded: u64,
}

impl<'a> Examination<'a> {
    pub(super) fn new(source: &'a Source, limits: &'a Limits, listing: Listing<'a>) -> Examination<'a> {
        Examination {
            source,
            limits,
            listing,
            shipped: 0,
            decoded: 0,
        }
    }

    /// Holds every local header against the directory and the rule of tiling, and lists the entries.
    pub(super) fn run(mut self, directory: &Directory, progress: &Progress) -> Result<Listing<'a>, Halt> {
        let mut window = Window::new(self.source.clone());
        let mut tiling = Tiling::new(self.source);
        for entry in directory.entries() {
            unless_cancelled(progress)?;
            let (entry, next) = entry?;
            let extent = local::compare(&mut window, &entry, next, directory.at)?;
            tiling.claim(&extent)?;
            self.add(&entry, extent);
        }
        tiling.reaches(directory.at)?;
        self.totals()?;
        Ok(self.listing)
    }

    /// Lists an entry with what is wrong with it.
    fn add(&mut self, entry: &Central<'_>, extent: Extent) {
        let (name, undecodable) = self.name(entry);
        let folder = name.ends_with(['/', '\\']);
        self.remarks(entry, &extent, &name, folder);
        let fault = undecodable
            .or(extent.unicode_path)
            .or_else(|| entry::fault(entry, folder, self.limits));
        if folder {
            self.listing.folder(&name, fault);
            return;
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

    fn name(&mut self, entry: &Central<'_>) -> (String, Option<Fault>) {
        match names::decode(entry.name, entry.says_utf8()) {
            Ok((name, remark)) => {
                if let Some(code) = remark {
                    self.listing
                        .remark(code, &name, "the archive does not say how the name is encoded");
                }
                (name, None)
            }
            Err(code) => (
                String::from_utf8_lossy(entry.name).into_owned(),
                Some(Fault::new(code, "the name says it is UTF-8 and is not")),
            ),
        }
    }

    fn remarks(&mut self, entry: &Central<'_>, extent: &Extent, name: &str, folder: bool) {
        if extent.flag_differs {
            let detail = "only one of the two headers says that the name is UTF-8";
            self.listing.remark(ReasonCode::ZipHeaderMismatch, name, detail);
        }
        if entry::is_folder_with_file_mode(entry, folder) {
            let detail = "a folder's name with a file's mode";
            self.listing.remark(ReasonCode::ZipTypeConflict, name, detail);
        }
        if !folder && entry.has_descriptor() && !entry.is_deflated() {
            let detail = "its size stands behind its data";
            self.listing.remark(ReasonCode::ZipStoredWithDescriptor, name, detail);
        }
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
