//! The note that belongs to a result: open beside it, and closed before the next run opens the same case file.

use std::path::{Path, PathBuf};

use evidence::Input;
use review::note::{self, Note, NoteError};
use review::present::Surroundings;
use review::view::CommandError;
use review::words::sentence::first_upper;

use crate::fault::{IntoFault as _, fault};

/// Where the note of a result is to be kept.
pub(crate) enum Kept {
    /// In this case file.
    In(PathBuf),
    /// In a case file that goes with the result: a sample's.
    WhileOpen(tempfile::TempDir),
    /// Nowhere, and why: one sentence.
    Nowhere(String),
}

/// The note of a result, if there is one.
pub(crate) struct Noted {
    kept: Kept,
    input: Input,
    who: String,
    note: Option<Note>,
    /// Why there is none.
    shut: Option<String>,
    /// That a note about other bytes lies beside the pack.
    other: Option<String>,
}

/// The case file of a sample, in a folder that goes with it.
pub(crate) fn passing_case(folder: &Path) -> PathBuf {
    folder.join("sample.sealnote")
}

impl Noted {
    /// Opens the note where it is kept. `who` is what another window is told.
    pub(crate) fn open(kept: Kept, input: &Input, who: String, other: Option<String>) -> Noted {
        let mut noted = Noted {
            kept,
            input: input.clone(),
            who,
            note: None,
            shut: None,
            other,
        };
        noted.reopen();
        noted
    }

    /// Lets go of the note and opens it again, as it now is on the disk.
    fn reopen(&mut self) {
        self.note = None;
        let path = match &self.kept {
            Kept::In(path) => path.clone(),
            Kept::WhileOpen(folder) => passing_case(folder.path()),
            Kept::Nowhere(why) => {
                self.shut = Some(why.clone());
                return;
            }
        };
        match Note::open(&path, &self.input, &self.who) {
            Ok(note) => {
                self.shut = note.read_only().map(|why| sentence(&why.to_string()));
                self.note = Some(note);
            }
            Err(error) => self.shut = Some(sentence(&error.to_string())),
        }
    }

    /// Lets go of the note: another run may open it.
    pub(crate) fn close(&mut self) {
        self.note = None;
        self.shut = Some("The pack is being checked again.".to_owned());
    }

    /// The note.
    pub(crate) fn note(&self) -> Option<&Note> {
        self.note.as_ref()
    }

    /// The note as it stands; an empty one where there is none.
    pub(crate) fn review(&self) -> note::Review {
        self.note.as_ref().map(|note| note.review().clone()).unwrap_or_default()
    }

    /// That there is no note, and why.
    pub(crate) fn absent(&self) -> CommandError {
        fault("NOTE_ABSENT", self.shut.clone().unwrap_or_default())
    }

    /// What the page is told beside it.
    pub(crate) fn surroundings(&self, actor: String) -> Surroundings {
        Surroundings {
            read_only: self.shut.clone(),
            other_note: self.other.clone(),
            path_words: self.place(),
            actor,
        }
    }

    fn place(&self) -> String {
        match &self.kept {
            Kept::In(path) => {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                format!("in {}", review::present::visible(&name))
            }
            Kept::WhileOpen(_) => "for as long as this sample is open".to_owned(),
            Kept::Nowhere(_) => String::new(),
        }
    }

    /// Changes the note. A note that another window changed meanwhile is opened again, so that the next try goes on
    /// from what is there.
    ///
    /// # Errors
    /// When there is none, or the change is refused or could not be kept: then nothing has changed.
    pub(crate) fn change(
        &mut self,
        change: impl FnOnce(&mut Note) -> Result<(), NoteError>,
    ) -> Result<(), CommandError> {
        let changed = match &mut self.note {
            Some(note) => change(note),
            None => return Err(self.absent()),
        };
        if matches!(changed, Err(NoteError::ChangedElsewhere)) {
            self.reopen();
        }
        changed.or_fault()
    }
}

fn sentence(text: &str) -> String {
    format!("{}.", first_upper(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use evidence::Digest;
    use review::case_file::CaseFile;
    use review::note::{Action, Stamp, Target};

    fn input() -> Input {
        Input {
            name: "pack.zip".to_owned(),
            kind: "zip".to_owned(),
            size: 4,
            sha256: Some(Digest::of(b"pack")),
        }
    }

    fn write(note: &mut Note, text: &str) -> Result<(), NoteError> {
        let stamp = Stamp {
            actor: "Jana",
            at: "2026-11-25T09:00:00Z",
        };
        let action = Action::NoteAdded {
            target: Target::Pack {
                reference: "pack.zip".to_owned(),
                content_sha256: Digest::of(b"pack"),
            },
            text: text.to_owned(),
            tags: Vec::new(),
        };
        note.act(stamp, action, None).map(|_| ())
    }

    fn noted(folder: &Path) -> Noted {
        let path = folder.join("pack.zip.sealnote");
        drop(CaseFile::create(&path, &input()).unwrap());
        Noted::open(Kept::In(path), &input(), "Jana, since 09:00".to_owned(), None)
    }

    #[test]
    fn a_note_that_another_window_changed_is_opened_again_for_the_next_try() {
        let folder = tempfile::tempdir().unwrap();
        let mut noted = noted(folder.path());
        // As on a disk that knows no locks.
        std::fs::remove_file(folder.path().join(".pack.zip.sealnote.lock")).unwrap();
        let mut elsewhere = Note::open(&folder.path().join("pack.zip.sealnote"), &input(), "Ben").unwrap();
        write(&mut elsewhere, "theirs").unwrap();
        let refused = noted.change(|note| write(note, "ours")).unwrap_err();
        assert_eq!(refused.code, "NOTE_CHANGED_ELSEWHERE");
        drop(elsewhere);
        noted.change(|note| write(note, "ours")).unwrap();
        assert_eq!(noted.note().unwrap().review().annotations.len(), 2);
    }

    #[test]
    fn where_there_is_no_note_the_reason_is_said() {
        let why = "The pack could not be read, so there is nothing to write a note about.";
        let mut noted = Noted::open(Kept::Nowhere(why.to_owned()), &input(), String::new(), None);
        let refused = noted.change(|note| write(note, "a")).unwrap_err();
        assert_eq!((refused.code.as_str(), refused.message.as_str()), ("NOTE_ABSENT", why));
        assert_eq!(noted.surroundings(String::new()).read_only.unwrap(), why);
    }

    #[test]
    fn a_second_window_is_told_who_writes_and_a_closed_note_can_be_opened_elsewhere() {
        let folder = tempfile::tempdir().unwrap();
        let mut first = noted(folder.path());
        let path = folder.path().join("pack.zip.sealnote");
        let second = Noted::open(Kept::In(path.clone()), &input(), "Ben".to_owned(), None);
        let told = second.surroundings(String::new()).read_only.unwrap();
        assert_eq!(
            told,
            "The note is open in another window (Jana, since 09:00); it can be read here."
        );
        first.close();
        let third = Noted::open(Kept::In(path), &input(), "Ben".to_owned(), None);
        assert_eq!(third.surroundings(String::new()).read_only, None);
    }

    #[test]
    fn the_note_of_a_sample_goes_with_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = passing_case(folder.path());
        drop(CaseFile::create(&path, &input()).unwrap());
        let mut noted = Noted::open(Kept::WhileOpen(folder), &input(), String::new(), None);
        noted.change(|note| write(note, "a")).unwrap();
        assert!(path.exists());
        drop(noted);
        assert!(!path.exists());
    }
}
