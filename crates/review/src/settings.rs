//! What the reviewer set once for every pack: a short file in the settings folder.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::save::{Existing, SaveError, save};

/// Longest name that is kept, in characters.
const LONGEST: usize = 200;

/// The settings. What an older or newer program wrote and this one does not know is passed over.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Settings {
    /// The person's name, as it stands in the note; empty until she was asked.
    pub name: String,
}

impl Settings {
    /// The settings at `path`; the first ones where it cannot be read: the name is then asked for again.
    #[must_use]
    pub fn load(path: &Path) -> Settings {
        std::fs::read(path)
            .ok()
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .unwrap_or_default()
    }

    /// Takes a name as it was typed: one line, without blanks around it.
    pub fn set_name(&mut self, typed: &str) {
        let words: Vec<&str> = typed.split_whitespace().collect();
        self.name = words.join(" ").chars().take(LONGEST).collect();
    }

    /// Writes them.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn save(&self, path: &Path) -> Result<(), SaveError> {
        let text = serde_json::to_vec_pretty(self).unwrap_or_default();
        if let Some(folder) = path.parent() {
            // Where this fails, writing does too, and says why.
            let _ = std::fs::create_dir_all(folder);
        }
        save(path, Existing::Replace, &text).map(|_| ())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_asked_for_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config").join("settings.json");
        assert_eq!(Settings::load(&path).name, "");
        let mut settings = Settings::default();
        settings.set_name("  Jana \n Lindqvist ");
        settings.save(&path).unwrap();
        assert_eq!(Settings::load(&path).name, "Jana Lindqvist");
    }

    #[test]
    fn settings_of_a_newer_program_are_read_as_far_as_they_are_known() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.json");
        std::fs::write(&path, r#"{"name":"Jana","theme":"dark"}"#).unwrap();
        assert_eq!(Settings::load(&path).name, "Jana");
    }
}
