//! The note that belongs to a result: open beside it, and closed before the next run opens the same case file.

use std::path::{Path, PathBuf};

use evidence::Input;
use review::note::{Note, NoteError};
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
        let note = self.note.as_mut().ok_or_else(|| {
            let why = self.shut.clone().unwrap_or_default();
            fault("NOTE_ABSENT", why)
        })?;
        let changed = change(note);
        if matches!(changed, Err(NoteError::ChangedElsewhere)) {
            self.reopen();
        }
        changed.or_fault()
    }
}

fn sentence(text: &str) -> String {
    format!("{}.", first_upper(text))
}
