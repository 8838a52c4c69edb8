//! One window at a time writes a note. A small file beside the case file is locked while the note is open; the system
//! lets go of the lock when the program ends, however it ends, so a crash locks nobody out.
//!
//! This is a courtesy. That two programs never mix their acts is seen to by the case file itself, which takes an act only
//! after the one that the writer knows ([`Store`](super::store)).

use std::ffi::OsString;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

/// A lock that is held.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    /// Closing it lets go.
    _file: File,
}

/// What came of trying.
#[derive(Debug)]
pub(super) enum Locking {
    /// This program holds it now.
    Held(Lock),
    /// Another one does: who, since when, as it wrote down.
    Elsewhere(String),
    /// The place knows no locks; the case file alone keeps order.
    Unknown,
}

/// Tries to lock the note of a case file; `who` is written down for others to read.
pub(super) fn lock(case: &Path, who: &str) -> Locking {
    let path = beside(case);
    let opened = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(&path);
    let Ok(mut file) = opened else {
        return Locking::Unknown;
    };
    match file.try_lock() {
        Ok(()) => {
            // Who holds it is told as far as it can be.
            let _ = file.set_len(0).and_then(|()| file.write_all(who.as_bytes()));
            Locking::Held(Lock { path, _file: file })
        }
        Err(TryLockError::WouldBlock) => {
            let mut holder = String::new();
            // On systems where a locked file cannot be read, nobody is named.
            let _ = file.take(1_000).read_to_string(&mut holder);
            Locking::Elsewhere(holder)
        }
        Err(TryLockError::Error(_)) => Locking::Unknown,
    }
}

/// Whether another window has the note of a case file open for writing.
#[must_use]
pub fn is_open_elsewhere(case: &Path) -> bool {
    case.exists() && matches!(lock(case, ""), Locking::Elsewhere(_))
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Nothing but the case file stays beside the pack.
        let _ = std::fs::remove_file(&self.path);
    }
}

/// `.pack.zip.sealnote.lock`
fn beside(case: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(case.file_name().unwrap_or_default());
    name.push(".lock");
    case.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_one_is_told_who_holds_it_until_the_first_lets_go() {
        let folder = tempfile::tempdir().unwrap();
        let case = folder.path().join("a.sealnote");
        std::fs::write(&case, "").unwrap();
        assert!(!is_open_elsewhere(&case));
        let Locking::Held(first) = lock(&case, "Anna, 09:00") else {
            panic!("free");
        };
        assert!(is_open_elsewhere(&case));
        assert!(matches!(lock(&case, "Ben, 09:01"), Locking::Elsewhere(holder) if holder == "Anna, 09:00"));
        drop(first);
        assert!(matches!(lock(&case, "Ben, 09:02"), Locking::Held(_)));
        let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
        assert_eq!(left.len(), 1, "the case file alone");
    }

    #[test]
    fn a_file_left_by_a_crash_locks_nobody_out() {
        let folder = tempfile::tempdir().unwrap();
        let case = folder.path().join("a.sealnote");
        std::fs::write(beside(&case), "Anna, 09:00, who is gone").unwrap();
        assert!(matches!(lock(&case, "Ben, 09:01"), Locking::Held(_)));
    }
}
