//! Files of the pack: opened once, read by position through the same handle.

use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use super::fault::Fault;
use super::number::{at_most, wide};
use crate::reason::ReasonCode;

/// What tells a file from what it was before: size, time of change and the file's own id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stamp {
    /// Bytes.
    pub(crate) size: u64,
    modified: Option<SystemTime>,
    id: (u64, u64),
}

impl Stamp {
    /// The stamp of a file.
    pub(crate) fn of(metadata: &Metadata) -> Stamp {
        Stamp {
            size: metadata.len(),
            modified: metadata.modified().ok(),
            id: file_id(metadata),
        }
    }
}

/// Device and number of the file.
#[cfg(unix)]
fn file_id(metadata: &Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt as _;
    (metadata.dev(), metadata.ino())
}

/// Windows has no stable way to ask for the file's number; its time of creation changes when a file is replaced.
#[cfg(not(unix))]
fn file_id(metadata: &Metadata) -> (u64, u64) {
    let created = metadata.created().ok();
    let since = created.and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok());
    since.map_or((0, 0), |since| (since.as_secs(), u64::from(since.subsec_nanos())))
}

/// The device a file lies on: another one inside a folder is a mount point.
#[cfg(unix)]
pub(crate) fn device(metadata: &Metadata) -> u64 {
    use std::os::unix::fs::MetadataExt as _;
    metadata.dev()
}

#[cfg(not(unix))]
pub(crate) fn device(_: &Metadata) -> u64 {
    0
}

/// Opens a file of a folder: its own name must not be a link, and a pipe must not make us wait.
pub(crate) fn open_unlinked(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    forbid_links(&mut options);
    options.open(path)
}

#[cfg(unix)]
fn forbid_links(options: &mut OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt as _;
    options.custom_flags(libc::O_NOFOLLOW | libc::O_NONBLOCK);
}

#[cfg(windows)]
fn forbid_links(options: &mut OpenOptions) {
    use std::os::windows::fs::OpenOptionsExt as _;
    const FILE_FLAG_OPEN_REPARSE_POINT: u32 = 0x0020_0000;
    options.custom_flags(FILE_FLAG_OPEN_REPARSE_POINT);
}

#[cfg(not(any(unix, windows)))]
fn forbid_links(_: &mut OpenOptions) {}

/// Bytes that can be read by position from several threads at once.
#[derive(Debug, Clone)]
pub(crate) enum Source {
    /// An open file, with its size when it was opened.
    File(Arc<File>, u64),
    /// Bytes already read.
    Memory(Arc<Vec<u8>>),
}

impl Source {
    /// How many bytes there are.
    pub(crate) fn size(&self) -> u64 {
        match self {
            Source::File(_, size) => *size,
            Source::Memory(bytes) => wide(bytes.len()),
        }
    }

    /// Reads at `offset`; 0 only at the end.
    fn read_at(&self, offset: u64, into: &mut [u8]) -> io::Result<usize> {
        match self {
            Source::File(file, _) => loop {
                match file_read_at(file, offset, into) {
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    outcome => return outcome,
                }
            },
            Source::Memory(bytes) => {
                let from = usize::try_from(offset).unwrap_or(usize::MAX);
                bytes.get(from..).unwrap_or_default().read(into)
            }
        }
    }

    /// Fills `into` from `offset` on.
    pub(crate) fn fill_at(&self, offset: u64, into: &mut [u8]) -> Result<(), Fault> {
        Slice::new(self.clone(), offset, wide(into.len()))
            .read_exact(into)
            .map_err(|error| Fault::of(&error))
    }

    /// The `length` bytes at `offset`, or fewer where the file ends; `length` is a small constant of the caller.
    pub(crate) fn bytes_at(&self, offset: u64, length: usize) -> Result<Vec<u8>, Fault> {
        let mut bytes = vec![0; at_most(self.size().saturating_sub(offset), length)];
        self.fill_at(offset, &mut bytes)?;
        Ok(bytes)
    }
}

#[cfg(unix)]
fn file_read_at(file: &File, offset: u64, into: &mut [u8]) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, into, offset)
}

#[cfg(windows)]
fn file_read_at(file: &File, offset: u64, into: &mut [u8]) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, into, offset)
}

/// A run of bytes of a [`Source`]. Fewer bytes than announced means that the file shrank after it was opened.
#[derive(Debug)]
pub(crate) struct Slice {
    source: Source,
    at: u64,
    end: u64,
}

impl Slice {
    /// The `size` bytes at `at`.
    pub(crate) fn new(source: Source, at: u64, size: u64) -> Slice {
        Slice {
            source,
            at,
            end: at.saturating_add(size),
        }
    }
}

impl Read for Slice {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let wanted = at_most(self.end.saturating_sub(self.at), into.len());
        let Some(into) = into.get_mut(..wanted).filter(|into| !into.is_empty()) else {
            return Ok(0);
        };
        let read = self.source.read_at(self.at, into)?;
        if read == 0 {
            let detail = format!("the file ends at byte {}, {} were announced", self.at, self.end);
            return Err(Fault::new(ReasonCode::IoChangedWhileReading, detail).into());
        }
        self.at = self.at.saturating_add(wide(read));
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(bytes: &[u8]) -> Source {
        Source::Memory(Arc::new(bytes.to_vec()))
    }

    #[test]
    fn a_slice_gives_its_own_bytes_only() {
        let mut read = Vec::new();
        Slice::new(source(b"abcdef"), 1, 3).read_to_end(&mut read).unwrap();
        assert_eq!(read, b"bcd");
    }

    #[test]
    fn a_file_that_shrank_is_told() {
        let error = Slice::new(source(b"ab"), 0, 3)
            .read_to_end(&mut Vec::new())
            .unwrap_err();
        assert_eq!(Fault::of(&error).code, ReasonCode::IoChangedWhileReading);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let link = folder.path().join("link");
        std::os::unix::fs::symlink("/etc/hostname", &link).unwrap();
        let error = open_unlinked(&link).unwrap_err();
        assert_eq!(Fault::of(&error).code, ReasonCode::FsSymlink);
    }
}
