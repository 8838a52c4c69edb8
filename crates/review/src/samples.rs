//! The built-in sample packs, with a key book of their own that is used for them alone: their keys are public
//! knowledge and never enter the reviewer's.

use std::path::{Path, PathBuf};

use evidence::{Digest, Verdict};

use crate::keybook_file::{KeyBookError, KeyBookFile};
use crate::save::{Existing, SaveError, save};

/// File name of the samples' key book.
pub const KEY_BOOK_NAME: &str = "samples-keybook.json";

const KEY_BOOK: &[u8] = include_bytes!("../samples/samples-keybook.json");

/// One sample pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sample {
    /// `verified`, `failed`, `undecided` or `log`.
    pub id: &'static str,
    /// Its name.
    pub name: &'static str,
    /// One sentence.
    pub about: &'static str,
    /// What it comes to with the samples' key book.
    pub verdict: Verdict,
    /// Its file name.
    pub file_name: &'static str,
    /// The zip.
    pub bytes: &'static [u8],
}

/// The samples: one per verdict, and a log that asks what it covers.
pub const SAMPLES: [Sample; 4] = [
    Sample {
        id: "verified",
        name: "All records verified",
        about: "Records that match their seals, signed with a confirmed key.",
        verdict: Verdict::Verified,
        file_name: "verified.zip",
        bytes: include_bytes!("../samples/verified.zip"),
    },
    Sample {
        id: "failed",
        name: "A record was changed",
        about: "One record no longer matches the fingerprint it was sealed with.",
        verdict: Verdict::Failed,
        file_name: "failed.zip",
        bytes: include_bytes!("../samples/failed.zip"),
    },
    Sample {
        id: "undecided",
        name: "The signer is not confirmed",
        about: "Nothing was changed, but the only key came with the pack.",
        verdict: Verdict::Indeterminate,
        file_name: "undecided.zip",
        bytes: include_bytes!("../samples/undecided.zip"),
    },
    Sample {
        id: "log",
        name: "A log with a missing number",
        about: "Every event is signed. Whether the missing one counts depends on what the log covers.",
        verdict: Verdict::Indeterminate,
        file_name: "log.zip",
        bytes: include_bytes!("../samples/log.zip"),
    },
];

/// The sample of that id.
#[must_use]
pub fn by_id(id: &str) -> Option<&'static Sample> {
    SAMPLES.iter().find(|sample| sample.id == id)
}

/// The sample with exactly these bytes: whatever it is called and wherever it lies.
#[must_use]
pub fn by_digest(digest: &Digest) -> Option<&'static Sample> {
    SAMPLES.iter().find(|sample| Digest::of(sample.bytes) == *digest)
}

/// The samples' key book.
///
/// # Errors
/// Never, with the file that is built in.
pub fn key_book() -> Result<KeyBookFile, KeyBookError> {
    KeyBookFile::parse(KEY_BOOK_NAME, KEY_BOOK)
}

impl Sample {
    /// Puts the pack into a folder, where it is opened like any other.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write_to(&self, folder: &Path) -> Result<PathBuf, SaveError> {
        let path = folder.join(self.file_name);
        if std::fs::read(&path).is_ok_and(|bytes| bytes == self.bytes) {
            return Ok(path);
        }
        write(&path, self.bytes)?;
        Ok(path)
    }
}

/// Puts all samples and their key book into a folder, which is made when it is not there.
///
/// # Errors
/// When one cannot be written; a file of such a name with other bytes is kept and is the error.
pub fn write_all(folder: &Path, existing: Existing) -> Result<Vec<PathBuf>, SaveError> {
    let files = SAMPLES
        .iter()
        .map(|sample| (sample.file_name, sample.bytes))
        .chain([(KEY_BOOK_NAME, KEY_BOOK)]);
    let mut written = Vec::new();
    for (name, bytes) in files {
        let path = folder.join(name);
        if !std::fs::read(&path).is_ok_and(|there| there == bytes) {
            make_folder(folder)?;
            save(&path, existing, bytes)?;
        }
        written.push(path);
    }
    Ok(written)
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), SaveError> {
    if let Some(folder) = path.parent() {
        make_folder(folder)?;
    }
    save(path, Existing::Replace, bytes)?;
    Ok(())
}

fn make_folder(folder: &Path) -> Result<(), SaveError> {
    std::fs::create_dir_all(folder).map_err(|source| SaveError::Io {
        path: folder.to_owned(),
        source,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_key_book_can_be_read() {
        assert_eq!(key_book().unwrap().entries().len(), 2);
    }

    #[test]
    fn a_sample_is_known_by_its_bytes_alone() {
        let sample = by_digest(&Digest::of(SAMPLES[1].bytes)).unwrap();
        assert_eq!(sample.id, "failed");
        assert_eq!(by_digest(&Digest::of(b"")), None);
    }

    #[test]
    fn a_written_sample_has_its_exact_bytes_also_over_an_older_one() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("failed.zip"), "old").unwrap();
        let path = by_id("failed").unwrap().write_to(folder.path()).unwrap();
        assert_eq!(std::fs::read(path).unwrap(), SAMPLES[1].bytes);
    }

    #[test]
    fn somebody_elses_file_is_not_written_over() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("failed.zip"), "mine").unwrap();
        let refused = write_all(folder.path(), Existing::Keep).unwrap_err();
        assert_eq!(refused.code(), "FILE_EXISTS");
        assert_eq!(write_all(folder.path(), Existing::Replace).unwrap().len(), 5);
    }
}
