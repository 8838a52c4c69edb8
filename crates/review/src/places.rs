//! Where things are kept: one resolver for window and command line (`notes/conventions.md` 1.2).

use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The folders of this program. Nothing is made until something is kept there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    /// Settings.
    pub config: PathBuf,
    /// Key book, and case files that cannot lie beside their pack.
    pub data: PathBuf,
    /// Recent reviews, window state.
    pub state: PathBuf,
    /// What may be deleted at any time.
    pub cache: PathBuf,
}

impl Places {
    /// The places of the person who runs the program.
    #[must_use]
    pub fn of_user() -> Places {
        Places::resolve(|name| std::env::var_os(name))
    }

    /// The places that an environment gives. A variable that is unset, empty or not absolute counts as unset, as the
    /// XDG rules say.
    #[must_use]
    pub fn resolve(variable: impl Fn(&str) -> Option<OsString>) -> Places {
        let folder = |name: &str| variable(name).map(PathBuf::from).filter(|path| path.is_absolute());
        if cfg!(windows) {
            windows(&folder)
        } else if cfg!(target_os = "macos") {
            macos(&folder)
        } else {
            xdg(&folder)
        }
    }

    /// All places inside one folder: for portable use and for tests.
    #[must_use]
    pub fn under(root: &Path) -> Places {
        Places {
            config: root.join("config"),
            data: root.join("data"),
            state: root.join("state"),
            cache: root.join("cache"),
        }
    }

    /// The key book's file.
    #[must_use]
    pub fn key_book(&self) -> PathBuf {
        self.data.join("keybook.json")
    }

    /// The reviewer's settings.
    #[must_use]
    pub fn settings(&self) -> PathBuf {
        self.config.join("settings.json")
    }

    /// Case files of packs whose folder cannot be written.
    #[must_use]
    pub fn cases(&self) -> PathBuf {
        self.data.join("cases")
    }

    /// The list of recent reviews.
    #[must_use]
    pub fn recents(&self) -> PathBuf {
        self.state.join("recents.json")
    }

    /// The built-in samples, when they are opened.
    #[must_use]
    pub fn samples(&self) -> PathBuf {
        self.cache.join("samples")
    }
}

type Folder<'a> = &'a dyn Fn(&str) -> Option<PathBuf>;

fn xdg(folder: Folder<'_>) -> Places {
    let home = folder("HOME").unwrap_or_else(std::env::temp_dir);
    let place = |name: &str, below: &str| folder(name).unwrap_or_else(|| home.join(below)).join("sealcheck");
    Places {
        config: place("XDG_CONFIG_HOME", ".config"),
        data: place("XDG_DATA_HOME", ".local/share"),
        state: place("XDG_STATE_HOME", ".local/state"),
        cache: place("XDG_CACHE_HOME", ".cache"),
    }
}

fn windows(folder: Folder<'_>) -> Places {
    let roaming = folder("APPDATA").unwrap_or_else(std::env::temp_dir).join("Sealcheck");
    let local = folder("LOCALAPPDATA")
        .unwrap_or_else(std::env::temp_dir)
        .join("Sealcheck");
    Places {
        config: roaming.clone(),
        data: roaming,
        state: local.clone(),
        cache: local.join("Cache"),
    }
}

fn macos(folder: Folder<'_>) -> Places {
    let library = folder("HOME").unwrap_or_else(std::env::temp_dir).join("Library");
    let support = library.join("Application Support/Sealcheck");
    Places {
        config: support.clone(),
        data: support.clone(),
        state: support,
        cache: library.join("Caches/Sealcheck"),
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    fn places(variables: &[(&str, &str)]) -> Places {
        Places::resolve(|name| {
            variables
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| OsString::from(value))
        })
    }

    #[test]
    fn without_variables_everything_lies_below_home() {
        let found = places(&[("HOME", "/home/a")]);
        assert_eq!(
            found.key_book(),
            Path::new("/home/a/.local/share/sealcheck/keybook.json")
        );
        assert_eq!(
            found.recents(),
            Path::new("/home/a/.local/state/sealcheck/recents.json")
        );
        assert_eq!(found.config, Path::new("/home/a/.config/sealcheck"));
        assert_eq!(found.cache, Path::new("/home/a/.cache/sealcheck"));
    }

    #[test]
    fn a_relative_or_empty_variable_counts_as_unset() {
        for value in ["", "data"] {
            let found = places(&[("HOME", "/home/a"), ("XDG_DATA_HOME", value)]);
            assert_eq!(found.data, Path::new("/home/a/.local/share/sealcheck"));
        }
    }

    #[test]
    fn an_absolute_variable_decides() {
        let found = places(&[("HOME", "/home/a"), ("XDG_DATA_HOME", "/d")]);
        assert_eq!(found.cases(), Path::new("/d/sealcheck/cases"));
    }
}
