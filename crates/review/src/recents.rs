//! Recent reviews: a short list in the state folder, which can be turned off.

use std::path::{Path, PathBuf};

use evidence::Verdict;
use serde::{Deserialize, Serialize};

use crate::save::{Existing, SaveError, save};

/// How many are kept.
const KEPT: usize = 12;

/// The list, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Recents {
    /// Whether reviews are remembered.
    pub keep: bool,
    entries: Vec<Recent>,
}

/// One review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recent {
    /// What was opened in one gesture.
    pub paths: Vec<PathBuf>,
    /// The pack's name.
    pub name: String,
    /// What it came to then: the report's word.
    verdict: String,
    /// When (RFC 3339, UTC).
    pub when: String,
}

impl Recent {
    /// A review that has just ended.
    #[must_use]
    pub fn new(paths: Vec<PathBuf>, name: &str, verdict: Verdict, when: &str) -> Recent {
        Recent {
            paths,
            name: name.to_owned(),
            verdict: verdict.as_str().to_owned(),
            when: when.to_owned(),
        }
    }

    /// What it came to then; undecided where the file's word is unknown.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        self.verdict.parse().unwrap_or(Verdict::Indeterminate)
    }
}

impl Default for Recents {
    fn default() -> Recents {
        Recents {
            keep: true,
            entries: Vec::new(),
        }
    }
}

impl Recents {
    /// The list at `path`; an empty one where it cannot be read: it is a convenience, never a reason to stop.
    #[must_use]
    pub fn load(path: &Path) -> Recents {
        std::fs::read(path)
            .ok()
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .unwrap_or_default()
    }

    /// The reviews, newest first.
    #[must_use]
    pub fn entries(&self) -> &[Recent] {
        &self.entries
    }

    /// Remembers a review, unless that is turned off; the same pack moves to the top.
    pub fn add(&mut self, recent: Recent) {
        if !self.keep {
            return;
        }
        self.entries.retain(|entry| entry.paths != recent.paths);
        self.entries.insert(0, recent);
        self.entries.truncate(KEPT);
    }

    /// Turns remembering on or off; off forgets what was kept.
    pub fn set_keep(&mut self, keep: bool) {
        self.keep = keep;
        if !keep {
            self.entries.clear();
        }
    }

    /// Writes the list.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn save(&self, path: &Path) -> Result<(), SaveError> {
        let failed = |source| SaveError::Io {
            path: path.to_owned(),
            source,
        };
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(failed)?;
        }
        let bytes = serde_json::to_vec_pretty(self).map_err(|error| failed(error.into()))?;
        save(path, Existing::Replace, &bytes)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recent(name: &str) -> Recent {
        Recent::new(vec![PathBuf::from(name)], name, Verdict::Failed, "2026-11-25T09:00:00Z")
    }

    #[test]
    fn the_list_survives_a_restart() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state/recents.json");
        let mut list = Recents::default();
        list.add(recent("a"));
        list.save(&path).unwrap();
        let read = Recents::load(&path);
        assert_eq!(read, list);
        assert_eq!(read.entries()[0].verdict(), Verdict::Failed);
    }

    #[test]
    fn a_pack_stands_once_and_the_newest_first() {
        let mut list = Recents::default();
        for name in ["a", "b", "a"] {
            list.add(recent(name));
        }
        let names: Vec<_> = list.entries().iter().map(|entry| entry.name.as_str()).collect();
        assert_eq!(names, ["a", "b"]);
    }

    #[test]
    fn the_list_stays_short() {
        let mut list = Recents::default();
        for number in 0..50 {
            list.add(recent(&number.to_string()));
        }
        assert_eq!(list.entries().len(), KEPT);
    }

    #[test]
    fn turned_off_it_forgets_and_keeps_nothing_new() {
        let mut list = Recents::default();
        list.add(recent("a"));
        list.set_keep(false);
        list.add(recent("b"));
        assert_eq!(list.entries(), []);
    }

    #[test]
    fn a_broken_list_is_an_empty_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("recents.json");
        std::fs::write(&path, "{").unwrap();
        assert_eq!(Recents::load(&path), Recents::default());
    }
}
