//! The files of a new pack, gathered in a temporary file, and written in the order of their names with fixed times: the
//! same files always give the same bytes.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Read, Seek, SeekFrom, Write};

use evidence::{Digest, Hasher, Pack};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::names::Names;
use crate::save::{Draft, FolderDraft, SaveError};

/// Files with their exact bytes.
pub(super) struct Contents {
    spool: BufWriter<File>,
    length: u64,
    files: BTreeMap<String, Place>,
    names: Names,
}

/// Where a file's bytes lie.
struct Place {
    offset: u64,
    length: u64,
    sha256: Digest,
}

impl Contents {
    pub(super) fn new() -> std::io::Result<Contents> {
        Ok(Contents {
            spool: BufWriter::with_capacity(1 << 16, tempfile::tempfile()?),
            length: 0,
            files: BTreeMap::new(),
            names: Names::default(),
        })
    }

    /// A name that no file has yet.
    pub(super) fn free(&mut self, before: &str, name: &str, after: &str) -> String {
        self.names.free(before, name, after)
    }

    /// Adds a file under a name that was free.
    pub(super) fn add(&mut self, name: String, bytes: &[u8]) -> std::io::Result<()> {
        self.add_from(name, bytes)
    }

    /// Adds what a reader gives.
    pub(super) fn add_from(&mut self, name: String, from: impl Read) -> std::io::Result<()> {
        let mut file = self.begin(name);
        let mut from = from;
        std::io::copy(&mut from, &mut file)?;
        file.end();
        Ok(())
    }

    /// Begins a file that is written piece by piece.
    pub(super) fn begin(&mut self, name: String) -> Growing<'_> {
        Growing {
            offset: self.length,
            contents: self,
            name,
            hasher: Hasher::new(),
        }
    }

    /// The digest of the folder that these files are: over the lines that `sha256sum` prints.
    pub(super) fn listing_digest(&self) -> Digest {
        let digests: Vec<(&str, Digest)> = self
            .files
            .iter()
            .map(|(name, place)| (name.as_str(), place.sha256))
            .collect();
        Pack::listing_digest(&digests)
    }

    /// Writes them as a zip.
    pub(super) fn zip_to(&mut self, draft: &mut Draft) -> Result<(), SaveError> {
        let written = self.write_zip(draft);
        written.map_err(|source| draft.error(source))
    }

    fn write_zip(&mut self, draft: &mut Draft) -> std::io::Result<()> {
        self.spool.flush()?;
        let spool = self.spool.get_mut();
        let mut zip = ZipWriter::new(draft);
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644);
        for (name, place) in &self.files {
            let large = place.length >= u64::from(u32::MAX);
            zip.start_file(name.as_str(), options.large_file(large))?;
            spool.seek(SeekFrom::Start(place.offset))?;
            std::io::copy(&mut Read::by_ref(spool).take(place.length), &mut zip)?;
        }
        zip.finish()?;
        Ok(())
    }

    /// Writes them as a folder, and gives their bytes together.
    pub(super) fn copy_to(&mut self, draft: &FolderDraft) -> Result<u64, SaveError> {
        let mut bytes = 0;
        let unread = |source| SaveError::Io {
            path: draft.place().to_owned(),
            source,
        };
        self.spool.flush().map_err(unread)?;
        let spool = self.spool.get_mut();
        for (name, place) in &self.files {
            spool.seek(SeekFrom::Start(place.offset)).map_err(unread)?;
            bytes += draft.file(name, Read::by_ref(spool).take(place.length))?;
        }
        Ok(bytes)
    }
}

/// A file that grows.
pub(super) struct Growing<'c> {
    contents: &'c mut Contents,
    name: String,
    offset: u64,
    hasher: Hasher,
}

impl Growing<'_> {
    /// Ends it.
    pub(super) fn end(self) {
        let place = Place {
            offset: self.offset,
            length: self.contents.length - self.offset,
            sha256: self.hasher.finish(),
        };
        self.contents.files.insert(self.name, place);
    }
}

impl Write for Growing<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.contents.spool.write_all(bytes)?;
        self.contents.length += u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        self.hasher.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.contents.spool.flush()
    }
}
