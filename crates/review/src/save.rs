//! Writing a file so that it is whole or not there at all: a draft in the same folder, flushed to the disk, then
//! renamed. A failure leaves the old file as it was.

use std::fs::File;
use std::io::{BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use evidence::{Digest, Hasher, ReasonCode};
use tempfile::{NamedTempFile, TempDir};

/// What to do with a file of that name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    /// It stays and nothing is written.
    Keep,
    /// It is replaced.
    Replace,
}

/// Why a file was not written.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// There is one of that name, and it was not to be replaced.
    #[error("{0} exists")]
    Exists(PathBuf),
    /// What was written reads back as something else.
    #[error("{path} was not kept: {written} rows were written, {read} read back")]
    ReadBack {
        /// The file.
        path: PathBuf,
        /// Rows written.
        written: u64,
        /// Rows read back.
        read: u64,
    },
    /// The system could not do it.
    #[error("{path} could not be written: {}", cause(source))]
    Io {
        /// The file.
        path: PathBuf,
        /// The system's answer.
        source: std::io::Error,
    },
}

impl SaveError {
    /// A stable code: `IO_DISK_FULL`, `IO_READ_ONLY`, `IO_PERMISSION`, `IO_NOT_FOUND`, `FILE_EXISTS`, `READ_BACK_DIFFERS` or
    /// `IO_WRITE_FAILED`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            SaveError::Exists(_) => "FILE_EXISTS",
            SaveError::ReadBack { .. } => "READ_BACK_DIFFERS",
            SaveError::Io { source, .. } => write_code(source),
        }
    }
}

/// The stable code of a write that the system refused.
#[must_use]
pub fn write_code(error: &std::io::Error) -> &'static str {
    io_code(error).map_or("IO_WRITE_FAILED", ReasonCode::as_str)
}

fn io_code(error: &std::io::Error) -> Option<ReasonCode> {
    use std::io::ErrorKind;
    #[expect(clippy::wildcard_enum_match_arm, reason = "the list of kinds is open")]
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Some(ReasonCode::IoDiskFull),
        ErrorKind::ReadOnlyFilesystem => Some(ReasonCode::IoReadOnly),
        ErrorKind::PermissionDenied => Some(ReasonCode::IoPermission),
        ErrorKind::NotFound | ErrorKind::NotADirectory => Some(ReasonCode::IoNotFound),
        _ => None,
    }
}

/// The cause in one phrase: the system's own names the draft, which nobody asked for.
#[must_use]
pub fn cause(error: &std::io::Error) -> String {
    match io_code(error) {
        Some(ReasonCode::IoDiskFull) => "the disk is full".to_owned(),
        Some(ReasonCode::IoReadOnly) => "the disk is read-only".to_owned(),
        Some(ReasonCode::IoPermission) => "there is no permission to write in this folder".to_owned(),
        Some(ReasonCode::IoNotFound) => "its folder is not there".to_owned(),
        _ => error.to_string(),
    }
}

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// Where.
    pub path: PathBuf,
    /// Bytes.
    pub bytes: u64,
    /// Digest of what is on the disk.
    pub sha256: Digest,
}

/// A file on its way: dropped without [`Draft::keep`], nothing of it stays.
#[derive(Debug)]
pub struct Draft {
    path: PathBuf,
    file: BufWriter<NamedTempFile>,
}

impl Draft {
    /// Starts a file that will lie at `path`.
    ///
    /// # Errors
    /// When nothing can be written in its folder.
    pub fn of(path: &Path) -> Result<Draft, SaveError> {
        // As any program would make it: the user's own mask decides.
        Draft::with_mode(path, 0o666)
    }

    /// The same for what nobody but its owner may read, a private key for one.
    ///
    /// # Errors
    /// As [`Draft::of`].
    pub fn private(path: &Path) -> Result<Draft, SaveError> {
        Draft::with_mode(path, 0o600)
    }

    /// `mode` is the file's on Unix; elsewhere its folder decides.
    fn with_mode(path: &Path, mode: u32) -> Result<Draft, SaveError> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(".").suffix(".part");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            builder.permissions(std::fs::Permissions::from_mode(mode));
        }
        #[cfg(not(unix))]
        let _ = mode;
        let file = builder.tempfile_in(folder(path)).map_err(|source| SaveError::Io {
            path: path.to_owned(),
            source,
        })?;
        Ok(Draft {
            path: path.to_owned(),
            file: BufWriter::with_capacity(1 << 16, file),
        })
    }

    /// What was written so far, from the start.
    ///
    /// # Errors
    /// When it cannot be read back.
    pub fn reread(&mut self) -> Result<impl Read + '_, SaveError> {
        let rewind = |file: &mut BufWriter<NamedTempFile>| {
            file.flush()?;
            file.get_mut().as_file_mut().seek(SeekFrom::Start(0))
        };
        rewind(&mut self.file).map_err(|source| self.error(source))?;
        Ok(self.file.get_mut().as_file_mut())
    }

    /// Puts it in its place: it is on the disk when this returns.
    ///
    /// # Errors
    /// When there is a file of that name that is to be kept, or the disk does not take it.
    pub fn keep(mut self, existing: Existing) -> Result<Saved, SaveError> {
        let path = self.path.clone();
        let error = |source| SaveError::Io {
            path: path.clone(),
            source,
        };
        let (bytes, sha256) = digest(self.reread()?).map_err(error)?;
        let file = self.file.into_inner().map_err(|failed| error(failed.into_error()))?;
        file.as_file().sync_all().map_err(error)?;
        match existing {
            Existing::Replace => file.persist(&path),
            Existing::Keep => file.persist_noclobber(&path),
        }
        .map_err(|failed| {
            if failed.error.kind() == std::io::ErrorKind::AlreadyExists {
                SaveError::Exists(path.clone())
            } else {
                error(failed.error)
            }
        })?;
        sync_folder(folder(&path)).map_err(error)?;
        Ok(Saved { path, bytes, sha256 })
    }

    /// Where the draft lies until it is kept, with everything that was written so far in it.
    ///
    /// # Errors
    /// When the disk does not take it.
    pub fn place(&mut self) -> Result<PathBuf, SaveError> {
        self.file.flush().map_err(|source| self.error(source))?;
        Ok(self.file.get_ref().path().to_owned())
    }

    /// The error of this file.
    #[must_use]
    pub fn error(&self, source: std::io::Error) -> SaveError {
        SaveError::Io {
            path: self.path.clone(),
            source,
        }
    }
}

impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}

impl Seek for Draft {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.file.seek(to)
    }
}

/// A folder on its way: dropped without [`FolderDraft::keep`], nothing of it stays.
#[derive(Debug)]
pub struct FolderDraft {
    path: PathBuf,
    folder: TempDir,
}

impl FolderDraft {
    /// Starts a folder that will lie at `path`, where nothing lies yet.
    ///
    /// # Errors
    /// When there is something of that name, or nothing can be written beside it.
    pub fn of(path: &Path) -> Result<FolderDraft, SaveError> {
        if path.exists() {
            return Err(SaveError::Exists(path.to_owned()));
        }
        let mut builder = tempfile::Builder::new();
        builder.prefix(".").suffix(".part");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            // As any program would make it: the user's own mask decides.
            builder.permissions(std::fs::Permissions::from_mode(0o777));
        }
        let folder = builder.tempdir_in(folder(path)).map_err(|source| SaveError::Io {
            path: path.to_owned(),
            source,
        })?;
        Ok(FolderDraft {
            path: path.to_owned(),
            folder,
        })
    }

    /// Writes one file of it, by its path inside with `/` between segments; it is on the disk when this returns.
    ///
    /// # Errors
    /// When the path leaves the folder, or the disk does not take it.
    pub fn file(&self, inside: &str, mut from: impl Read) -> Result<u64, SaveError> {
        let stays = |segment: &str| !matches!(segment, "" | "." | "..") && !segment.contains(['\\', ':', '\0']);
        let mut write = || {
            if !inside.split('/').all(stays) {
                return Err(std::io::Error::from(std::io::ErrorKind::InvalidInput));
            }
            let path = self.folder.path().join(inside);
            if let Some(parent) = path.parent() {
                std::fs::create_dir_all(parent)?;
            }
            let mut file = File::create_new(&path)?;
            let bytes = std::io::copy(&mut from, &mut file)?;
            file.sync_all()?;
            Ok(bytes)
        };
        write().map_err(|source| SaveError::Io {
            path: self.path.join(inside),
            source,
        })
    }

    /// Where the draft lies until it is kept.
    #[must_use]
    pub fn place(&self) -> &Path {
        self.folder.path()
    }

    /// Puts it in its place.
    ///
    /// # Errors
    /// When something of that name was made meanwhile, or the disk does not take it.
    pub fn keep(self) -> Result<PathBuf, SaveError> {
        let FolderDraft { path, folder: draft } = self;
        if path.exists() {
            return Err(SaveError::Exists(path));
        }
        let moved = std::fs::rename(draft.path(), &path).and_then(|()| {
            // It lies elsewhere now: there is nothing left to remove.
            let _ = draft.keep();
            sync_folder(folder(&path))
        });
        match moved {
            Ok(()) => Ok(path),
            Err(source) => Err(SaveError::Io { path, source }),
        }
    }
}

/// Writes a whole file.
///
/// # Errors
/// As [`Draft::of`] and [`Draft::keep`].
pub fn save(path: &Path, existing: Existing, bytes: &[u8]) -> Result<Saved, SaveError> {
    let mut draft = Draft::of(path)?;
    draft.write_all(bytes).map_err(|source| draft.error(source))?;
    draft.keep(existing)
}

/// Whether writing `target` would change one of the packs: a pack itself, or a file inside a folder pack.
#[must_use]
pub fn touches(target: &Path, packs: &[PathBuf]) -> bool {
    let Ok(folder) = folder(target).canonicalize() else {
        return false;
    };
    let target = match target.file_name() {
        Some(name) => folder.join(name),
        None => folder,
    };
    packs
        .iter()
        .filter_map(|pack| pack.canonicalize().ok())
        .any(|pack| target.starts_with(pack))
}

fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

fn digest(mut from: impl Read) -> std::io::Result<(u64, Digest)> {
    let mut hasher = Hasher::new();
    let mut bytes = 0;
    let mut block = vec![0; 1 << 16];
    loop {
        let read = from.read(&mut block)?;
        let Some(part) = block.get(..read).filter(|part| !part.is_empty()) else {
            return Ok((bytes, hasher.finish()));
        };
        hasher.update(part);
        bytes += u64::try_from(read).unwrap_or(u64::MAX);
    }
}

/// The rename itself is on the disk once its folder is.
fn sync_folder(folder: &Path) -> std::io::Result<()> {
    if cfg!(unix) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_saved_file_holds_what_was_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        let saved = save(&path, Existing::Keep, b"{}").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"{}");
        assert_eq!((saved.bytes, saved.sha256), (2, Digest::of(b"{}")));
    }

    #[test]
    fn an_existing_file_stays_unless_it_may_be_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        save(&path, Existing::Keep, b"old").unwrap();
        let refused = save(&path, Existing::Keep, b"new").unwrap_err();
        assert_eq!(refused.code(), "FILE_EXISTS");
        assert_eq!(std::fs::read(&path).unwrap(), b"old");
        save(&path, Existing::Replace, b"new").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"new");
    }

    #[test]
    fn a_draft_that_is_not_kept_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let mut draft = Draft::of(&folder.path().join("a.json")).unwrap();
        draft.write_all(b"half").unwrap();
        drop(draft);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[cfg(unix)]
    #[test]
    fn a_private_file_is_its_owners_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key.pem");
        let mut draft = Draft::private(&path).unwrap();
        draft.write_all(b"secret").unwrap();
        draft.keep(Existing::Keep).unwrap();
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn a_folder_that_is_not_kept_leaves_nothing_and_a_kept_one_is_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        let draft = FolderDraft::of(&path).unwrap();
        draft.file("b/c.json", &b"{}"[..]).unwrap();
        drop(draft);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        let draft = FolderDraft::of(&path).unwrap();
        draft.file("b/c.json", &b"{}"[..]).unwrap();
        assert_eq!(draft.keep().unwrap(), path);
        assert_eq!(std::fs::read(path.join("b/c.json")).unwrap(), b"{}");
        assert_eq!(FolderDraft::of(&path).unwrap_err().code(), "FILE_EXISTS");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_path_that_leaves_the_folder_is_not_written() {
        let folder = tempfile::tempdir().unwrap();
        let draft = FolderDraft::of(&folder.path().join("a")).unwrap();
        for inside in ["../b", "/b", "b//c", "b/./c", "c:b", "b\\c", ""] {
            assert!(draft.file(inside, &b""[..]).is_err(), "{inside}");
        }
    }

    #[test]
    fn a_full_disk_and_a_read_only_one_have_codes_of_their_own() {
        let code = |kind| {
            SaveError::Io {
                path: PathBuf::from("a"),
                source: std::io::Error::from(kind),
            }
            .code()
        };
        assert_eq!(code(std::io::ErrorKind::StorageFull), "IO_DISK_FULL");
        assert_eq!(code(std::io::ErrorKind::ReadOnlyFilesystem), "IO_READ_ONLY");
        assert_eq!(code(std::io::ErrorKind::PermissionDenied), "IO_PERMISSION");
        assert_eq!(code(std::io::ErrorKind::NotFound), "IO_NOT_FOUND");
        assert_eq!(code(std::io::ErrorKind::TimedOut), "IO_WRITE_FAILED");
    }

    #[test]
    fn a_place_inside_a_pack_or_the_pack_itself_is_known() {
        let folder = tempfile::tempdir().unwrap();
        let pack = folder.path().join("pack");
        std::fs::create_dir_all(pack.join("deep")).unwrap();
        let packs = [pack.clone()];
        assert!(touches(&pack.join("report.json"), &packs));
        assert!(touches(&pack.join("deep/../deep/report.json"), &packs));
        assert!(touches(&pack, &packs));
        assert!(!touches(&folder.path().join("pack.json"), &packs));
    }
}
