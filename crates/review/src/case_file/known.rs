//! Which case files were made, by the digest of their pack: a pack that was moved or copied finds its note again.

use std::path::{Path, PathBuf};

use evidence::Digest;
use serde::{Deserialize, Serialize};

use crate::save::{Existing, save};

/// So many are remembered, the newest; older ones are still found beside their pack.
const REMEMBERED: usize = 5_000;

/// Its file, among the case files of the data folder.
const FILE: &str = "known.json";

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Known {
    sha256: Digest,
    path: PathBuf,
}

/// Where the case files about these bytes were, the newest first. Whether they still are there is for the caller to see.
pub(super) fn recall(cases: &Path, digest: &Digest) -> Vec<PathBuf> {
    let known = read(cases).into_iter().rev();
    known
        .filter(|entry| entry.sha256 == *digest)
        .map(|entry| entry.path)
        .collect()
}

/// Remembers one. Where that cannot be written, the note is found beside its pack alone.
pub(super) fn remember(cases: &Path, digest: &Digest, path: &Path) {
    // Relative to nothing: the program may be started elsewhere next time.
    let Ok(path) = std::path::absolute(path) else {
        return;
    };
    let entry = Known { sha256: *digest, path };
    let mut known = read(cases);
    if known.last() == Some(&entry) {
        return;
    }
    known.retain(|there| *there != entry);
    known.push(entry);
    let surplus = known.len().saturating_sub(REMEMBERED);
    known.drain(..surplus);
    // A path that is no text cannot be written down; nothing else is lost by that.
    if let Ok(text) = serde_json::to_vec(&known) {
        let _ = std::fs::create_dir_all(cases);
        let _ = save(&cases.join(FILE), Existing::Replace, &text);
    }
}

fn read(cases: &Path) -> Vec<Known> {
    std::fs::read(cases.join(FILE))
        .ok()
        .and_then(|text| serde_json::from_slice(&text).ok())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_remembered_last_comes_first_and_other_bytes_never() {
        let cases = tempfile::tempdir().unwrap();
        let (one, other) = (Digest::of(b"1"), Digest::of(b"2"));
        remember(cases.path(), &one, Path::new("/a"));
        remember(cases.path(), &other, Path::new("/b"));
        remember(cases.path(), &one, Path::new("/c"));
        remember(cases.path(), &one, Path::new("/a"));
        assert_eq!(recall(cases.path(), &one), [PathBuf::from("/a"), PathBuf::from("/c")]);
        assert_eq!(recall(cases.path(), &Digest::of(b"3")), Vec::<PathBuf>::new());
    }

    #[test]
    fn a_damaged_list_is_begun_anew() {
        let cases = tempfile::tempdir().unwrap();
        std::fs::write(cases.path().join(FILE), b"{").unwrap();
        remember(cases.path(), &Digest::of(b"1"), Path::new("/a"));
        assert_eq!(recall(cases.path(), &Digest::of(b"1")).len(), 1);
    }
}
