//! Where the bytes of artifacts lie, and how they are had again.

use std::fs::{self, File};
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::fault::Fault;
use super::file::{Slice, Source, Stamp, open_unlinked};
use super::gz::Gunzip;
use super::inflate::Inflate;
use super::limits::Limits;
use super::number::wide;
use super::zip::{Spot, Unzip};
use crate::reason::ReasonCode;

/// Where one artifact lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// Nowhere that could be read: it was refused.
    Nowhere,
    /// A run of bytes of the pack's file.
    Slice {
        /// First byte.
        at: u64,
        /// How many.
        size: u64,
    },
    /// An entry of a zip.
    Zipped(Spot),
    /// A file of its own, named by the artifact's path.
    Disk {
        /// Which of the store's bases the path starts from.
        base: u32,
        /// The file when it was listed.
        stamp: Stamp,
    },
    /// A deflated run of bytes kept while a tar.gz was listed.
    Kept {
        /// First byte.
        at: usize,
        /// How many.
        size: usize,
    },
    /// A run of bytes of the decoded tar.gz.
    Streamed {
        /// First byte.
        at: u64,
        /// How many.
        size: u64,
    },
}

/// What a pack reads from.
#[derive(Debug)]
pub(crate) enum Store {
    /// Nothing: the pack was refused.
    Nothing,
    /// One file, or bytes in memory.
    One(One),
    /// Files on disk, each opened when it is read.
    Disk {
        /// The folders that the artifacts' paths start from.
        bases: Vec<PathBuf>,
    },
}

/// The one file of a pack, open.
#[derive(Debug)]
pub(crate) struct One {
    /// Its bytes.
    pub(crate) source: Source,
    /// Where it was and what it was when it was opened; absent for bytes in memory.
    pub(crate) origin: Option<(PathBuf, Stamp)>,
    /// Small entries of a tar.gz.
    pub(crate) kept: Arc<Vec<u8>>,
}

/// The bytes of an artifact as they were shipped.
pub(crate) type Bytes = Box<dyn Read + Send>;

impl Store {
    /// The bytes of the artifact `path` that lies at `place`.
    pub(crate) fn bytes(&self, path: &str, place: &Place, limits: &Limits) -> Result<Bytes, Fault> {
        match (self, place) {
            (Store::One(one), Place::Slice { at, size }) => Ok(Box::new(Slice::new(one.source.clone(), *at, *size))),
            (Store::One(one), Place::Zipped(spot)) => Ok(Box::new(Unzip::new(one.source.clone(), *spot))),
            (Store::One(one), Place::Kept { at, size }) => {
                let kept = Slice::new(Source::Memory(Arc::clone(&one.kept)), wide(*at), wide(*size));
                Ok(Box::new(Inflate::new(BufReader::new(kept))))
            }
            (Store::One(one), Place::Streamed { at, size }) => one.streamed(*at, *size, limits),
            (Store::Disk { bases }, Place::Disk { base, stamp }) => {
                let base = usize::try_from(*base).ok().and_then(|base| bases.get(base));
                let base = base.map(PathBuf::as_path).unwrap_or(Path::new(""));
                Ok(Box::new(OnDisk::open(&base.join(path), *stamp)?))
            }
            (Store::Nothing | Store::One(_) | Store::Disk { .. }, _) => Err(Fault::new(
                ReasonCode::IoNotFound,
                "it was refused when the pack was opened",
            )),
        }
    }

    /// What changed on disk since the pack was opened, if anything did.
    pub(crate) fn changed<'a>(&self, items: impl Iterator<Item = (&'a str, &'a Place)>) -> Option<(String, Fault)> {
        match self {
            Store::Nothing => None,
            Store::One(one) => one.changed(),
            Store::Disk { bases } => items.into_iter().find_map(|(path, place)| {
                let Place::Disk { base, stamp } = place else {
                    return None;
                };
                let base = bases.get(usize::try_from(*base).ok()?)?;
                let fault = difference(fs::symlink_metadata(base.join(path)), *stamp)?;
                Some((path.to_owned(), fault))
            }),
        }
    }
}

impl One {
    /// A run of the decoded tar.gz, decoded again from the start.
    fn streamed(&self, at: u64, size: u64, limits: &Limits) -> Result<Bytes, Fault> {
        let whole = BufReader::with_capacity(BUFFER, Slice::new(self.source.clone(), 0, self.source.size()));
        let mut decoded = Gunzip::new(whole, limits).whole_pack(limits);
        let skipped = io::copy(&mut (&mut decoded).take(at), &mut io::sink()).map_err(|error| Fault::of(&error))?;
        if skipped < at {
            return Err(Fault::new(
                ReasonCode::IoChangedWhileReading,
                "the archive ends earlier than before",
            ));
        }
        Ok(Box::new(decoded.take(size)))
    }

    /// The open file must be what it was, and its path must not have come to name another one. That it has no name any
    /// more changes nothing about what was read.
    fn changed(&self) -> Option<(String, Fault)> {
        let (path, stamp) = self.origin.as_ref()?;
        let Source::File(file, _) = &self.source else {
            return None;
        };
        let by_path = || fs::metadata(path).ok().and_then(|now| difference(Ok(now), *stamp));
        let fault = difference(file.metadata(), *stamp).or_else(by_path)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Some((name, fault))
    }
}

/// Bytes taken at once where a stream is read through.
const BUFFER: usize = 256 * 1024;

/// How the file is no longer what it was, if so.
fn difference(now: io::Result<fs::Metadata>, before: Stamp) -> Option<Fault> {
    let detail = match now.map(|metadata| Stamp::of(&metadata)) {
        Ok(now) if now == before => return None,
        Ok(now) if now.size != before.size => format!("it had {} bytes and has {}", before.size, now.size),
        Ok(_) => "it was written to or replaced".to_owned(),
        Err(error) => error.to_string(),
    };
    Some(Fault::new(ReasonCode::IoChangedWhileReading, detail))
}

/// A file of a folder, read through one handle and compared with its stamp at both ends.
#[derive(Debug)]
struct OnDisk {
    file: Arc<File>,
    stamp: Stamp,
    bytes: Slice,
}

impl OnDisk {
    fn open(path: &Path, stamp: Stamp) -> Result<OnDisk, Fault> {
        let file = Arc::new(open_unlinked(path).map_err(|error| Fault::of(&error))?);
        if let Some(fault) = difference(file.metadata(), stamp) {
            return Err(fault);
        }
        let source = Source::File(Arc::clone(&file), stamp.size);
        Ok(OnDisk {
            file,
            stamp,
            bytes: Slice::new(source, 0, stamp.size),
        })
    }
}

impl Read for OnDisk {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.bytes.read(into)?;
        if read == 0
            && !into.is_empty()
            && let Some(fault) = difference(self.file.metadata(), self.stamp)
        {
            return Err(fault.into());
        }
        Ok(read)
    }
}
