//! Why something could not be done to a note, in words that can stand on the screen.

use std::path::PathBuf;

use evidence::Digest;
use rusqlite::ErrorCode;

use super::key::ReviewerKeyError;
use super::ledger::Refused;
use super::review::PackRef;

/// Why a note could not be opened or changed. Whatever it is, what was on the disk before is there still, and whole.
#[derive(Debug, thiserror::Error)]
pub enum NoteError {
    /// The act is not allowed now, or lacks something.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// The note can be read and not written.
    #[error("{0}")]
    ReadOnly(ReadOnly),
    /// Another program or window has written since.
    #[error("the note was changed in another window; open it again to see the change")]
    ChangedElsewhere,
    /// The case file is about other bytes.
    #[error("{0}")]
    OtherPack(Box<OtherPack>),
    /// The pack has no digest to know it by.
    #[error("the pack could not be read, so there is nothing to write a note about")]
    NoDigest,
    /// An entry that could not have happened.
    #[error("entry {0} of the history is not possible at its place ({1})")]
    Impossible(u64, Refused),
    /// What it holds cannot be read.
    #[error("the case file is damaged")]
    Damaged,
    /// The report changed since an earlier person signed off.
    #[error("the result is no longer the one that {0} signed off; open the note again, then sign off anew")]
    ResultChanged(String),
    /// The signing key could not be used.
    #[error(transparent)]
    Key(#[from] ReviewerKeyError),
    /// The disk or its folder does not take it.
    #[error("{}", storage(.0))]
    Storage(rusqlite::Error),
}

impl From<rusqlite::Error> for NoteError {
    fn from(error: rusqlite::Error) -> NoteError {
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => NoteError::Damaged,
            _ => NoteError::Storage(error),
        }
    }
}

impl NoteError {
    /// A stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            NoteError::Refused(refused) => refused.code(),
            NoteError::ReadOnly(_) => "NOTE_READ_ONLY",
            NoteError::ChangedElsewhere => "NOTE_CHANGED_ELSEWHERE",
            NoteError::OtherPack(_) => "NOTE_OTHER_PACK",
            NoteError::NoDigest => "NOTE_NO_DIGEST",
            NoteError::Impossible(..) => "NOTE_HISTORY_BROKEN",
            NoteError::Damaged => "NOTE_DAMAGED",
            NoteError::ResultChanged(_) => "NOTE_RESULT_CHANGED",
            NoteError::Key(error) => error.code(),
            NoteError::Storage(error) => storage_code(error),
        }
    }
}

/// Why a note is open for reading alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadOnly {
    /// Another window has it open; who and since when, if that is known.
    Elsewhere(String),
    /// The file or its folder cannot be written.
    Folder,
    /// Its history does not hold together.
    Broken(String),
}

impl std::fmt::Display for ReadOnly {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            ReadOnly::Elsewhere(holder) if holder.is_empty() => {
                f.write_str("the note is open in another window; it can be read here")
            }
            ReadOnly::Elsewhere(holder) => {
                write!(f, "the note is open in another window ({holder}); it can be read here")
            }
            ReadOnly::Folder => f.write_str("the note's folder cannot be written; the note can be read here"),
            ReadOnly::Broken(how) => write!(f, "{how}; the note can be read here and nothing can be added"),
        }
    }
}

/// A case file beside a pack that is about other bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherPack {
    /// Which case file.
    pub path: PathBuf,
    /// What it is about.
    pub theirs: PackRef,
    /// What was opened.
    pub ours: PackRef,
}

/// What differs, in one sentence.
impl std::fmt::Display for OtherPack {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (theirs, ours) = (&self.theirs, &self.ours);
        let name = self.path.file_name().unwrap_or_default().to_string_lossy();
        write!(f, "{name} is about other bytes: ")?;
        if theirs.name != ours.name {
            write!(f, "it was begun for {}, this is {}; ", theirs.name, ours.name)?;
        }
        if theirs.size == ours.size {
            write!(f, "the size is the same ({} bytes); ", ours.size)?;
        } else {
            write!(f, "{} bytes then, {} bytes now; ", theirs.size, ours.size)?;
        }
        write!(f, "SHA-256 {} then, {} now", ends(&theirs.sha256), ends(&ours.sha256))
    }
}

fn ends(digest: &Digest) -> String {
    crate::present::short_hex(&digest.to_hex())
}

fn storage(error: &rusqlite::Error) -> String {
    match storage_code(error) {
        "IO_DISK_FULL" => "the disk is full; nothing was changed".to_owned(),
        "IO_READ_ONLY" => "the note's folder cannot be written; nothing was changed".to_owned(),
        "IO_PERMISSION" => "there is no permission to write the note here; nothing was changed".to_owned(),
        "NOTE_BUSY" => "another program is writing to the note; nothing was changed, try again".to_owned(),
        "IO_NOT_FOUND" => "the case file cannot be opened".to_owned(),
        _ => format!("the disk did not take the note; nothing was changed ({error})"),
    }
}

fn storage_code(error: &rusqlite::Error) -> &'static str {
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => "IO_DISK_FULL",
        Some(ErrorCode::ReadOnly) => "IO_READ_ONLY",
        Some(ErrorCode::PermissionDenied | ErrorCode::AuthorizationForStatementDenied) => "IO_PERMISSION",
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::FileLockingProtocolFailed) => "NOTE_BUSY",
        Some(ErrorCode::CannotOpen) => "IO_NOT_FOUND",
        _ => "IO_WRITE_FAILED",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_said_in_one_sentence() {
        let pack = |name: &str, size, bytes: &[u8]| PackRef {
            name: name.to_owned(),
            kind: "zip".to_owned(),
            size,
            sha256: Digest::of(bytes),
        };
        let other = OtherPack {
            path: PathBuf::from("pack.zip.sealnote"),
            theirs: pack("pack.zip", 10, b"a"),
            ours: pack("pack.zip", 11, b"b"),
        };
        let text = NoteError::OtherPack(Box::new(other)).to_string();
        assert_eq!(
            text,
            "pack.zip.sealnote is about other bytes: 10 bytes then, 11 bytes now; SHA-256 ca978112 … ee48bb then, 3e23e816 … 94a6d6 now"
                .replace("ee48bb", &Digest::of(b"a").to_hex()[56..])
                .replace("94a6d6", &Digest::of(b"b").to_hex()[56..])
        );
    }
}
