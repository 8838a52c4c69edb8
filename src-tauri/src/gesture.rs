//! Which paths make which packs: what arrives in one gesture is one pack, except that several archives or folders are a pack
//! each, and that a review note is no part of a pack.

use std::ffi::OsString;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use review::note::verify::is_note;
use tauri::Url;

/// The paths named on a command line. `directory` is the one it was typed in; words that start with `-` are not paths.
pub(crate) fn named_paths(words: impl IntoIterator<Item = OsString>, directory: &Path) -> Vec<PathBuf> {
    words
        .into_iter()
        .skip(1)
        .filter(|word| !word.to_string_lossy().starts_with('-'))
        .map(|word| match file_address(&word) {
            Some(path) => path,
            None => directory.join(word),
        })
        .collect()
}

/// The path of a `file://` address, percent-decoded.
fn file_address(word: &OsString) -> Option<PathBuf> {
    let text = word.to_str()?;
    if !text.starts_with("file://") {
        return None;
    }
    Url::parse(text).ok()?.to_file_path().ok()
}

/// Tells the review notes of one gesture from the evidence, by their content: notes, then the rest.
pub(crate) fn notes_and_evidence(paths: Vec<PathBuf>) -> (Vec<PathBuf>, Vec<PathBuf>) {
    paths.into_iter().partition(|path| path.is_file() && is_note(path))
}

/// Divides the paths of one gesture into packs.
pub(crate) fn into_packs(paths: Vec<PathBuf>) -> Vec<Vec<PathBuf>> {
    let (whole, loose): (Vec<_>, Vec<_>) = paths.iter().cloned().partition(|path| stands_alone(path));
    if whole.len() < 2 {
        return if paths.is_empty() { Vec::new() } else { vec![paths] };
    }
    let mut packs: Vec<_> = whole.into_iter().map(|path| vec![path]).collect();
    if !loose.is_empty() {
        packs.push(loose);
    }
    packs
}

/// Whether it is a folder or an archive by its first bytes: something that holds other files.
fn stands_alone(path: &Path) -> bool {
    path.is_dir() || is_archive(path)
}

fn is_archive(path: &Path) -> bool {
    let name = path.to_string_lossy().to_lowercase();
    if name.ends_with(".tar.gz") || name.ends_with(".tgz") {
        return true;
    }
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(512).read_to_end(&mut head));
    let zip = head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06");
    let tar = head.get(257..262) == Some(b"ustar".as_slice());
    read.is_ok() && (zip || tar)
}

/// The name a pack is shown under: its file or folder, or the first of several.
pub(crate) fn name(paths: &[PathBuf]) -> String {
    let first = paths.first().map(|path| match path.file_name() {
        Some(name) => name.to_string_lossy().into_owned(),
        None => path.to_string_lossy().into_owned(),
    });
    match (first, paths.len()) {
        (None, _) => String::new(),
        (Some(first), 1) => first,
        (Some(first), 2) => format!("{first} and 1 more"),
        (Some(first), count) => format!("{first} and {} more", count.saturating_sub(1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(words: &[&str]) -> Vec<PathBuf> {
        named_paths(words.iter().map(OsString::from), Path::new("/packs"))
    }

    #[test]
    fn a_relative_path_is_resolved_against_the_directory_it_was_typed_in() {
        assert_eq!(
            paths(&["app", "a.zip", "/b.zip"]),
            [PathBuf::from("/packs/a.zip"), PathBuf::from("/b.zip")]
        );
    }

    #[test]
    fn a_word_that_starts_with_a_dash_is_no_path() {
        assert!(paths(&["app", "--help", "-x"]).is_empty());
    }

    #[test]
    fn a_file_address_is_decoded() {
        assert_eq!(
            paths(&["app", "file:///tmp/a%20b.zip"]),
            [PathBuf::from("/tmp/a b.zip")]
        );
    }

    #[test]
    fn an_address_of_another_host_is_taken_as_a_name_and_not_fetched() {
        assert_eq!(
            paths(&["app", "http://example.org/a.zip"]),
            [PathBuf::from("/packs/http://example.org/a.zip")]
        );
    }

    /// A folder with a file of each kind.
    fn folder() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).unwrap();
        write("a.zip", b"PK\x03\x04rest");
        write("b.bin", b"PK\x05\x06rest");
        write("export.json", b"{}");
        write("manifest.json", b"{}");
        let mut tar = vec![0; 257];
        tar.extend_from_slice(b"ustar\0");
        write("c.tar", &tar);
        std::fs::create_dir(folder.path().join("inner")).unwrap();
        folder
    }

    /// How many paths each pack of the gesture has.
    fn sizes(names: &[&str]) -> Vec<usize> {
        let folder = folder();
        let paths = names.iter().map(|name| folder.path().join(name)).collect();
        into_packs(paths).iter().map(Vec::len).collect()
    }

    #[test]
    fn files_dropped_together_are_one_pack() {
        assert_eq!(sizes(&["export.json", "manifest.json"]), [2]);
    }

    #[test]
    fn one_archive_and_a_file_are_one_pack() {
        assert_eq!(sizes(&["a.zip", "manifest.json"]), [2]);
    }

    #[test]
    fn several_archives_and_folders_are_a_pack_each() {
        assert_eq!(sizes(&["a.zip", "b.bin", "c.tar", "inner"]), [1, 1, 1, 1]);
    }

    #[test]
    fn files_beside_several_archives_are_a_pack_of_their_own() {
        assert_eq!(sizes(&["a.zip", "inner", "export.json", "manifest.json"]), [1, 1, 2]);
    }

    #[test]
    fn a_note_is_known_by_its_content_and_not_by_its_name() {
        let folder = folder();
        let path = |name: &str| folder.path().join(name);
        std::fs::write(
            path("note.txt"),
            r#"{"body":{},"review":{},"schema":"sealcheck.review/1"}"#,
        )
        .unwrap();
        std::fs::write(
            path("report.review.json"),
            r#"{"body":{},"schema":"sealcheck.report/1"}"#,
        )
        .unwrap();
        let names = ["note.txt", "report.review.json", "a.zip", "inner"];
        let (notes, evidence) = notes_and_evidence(names.map(path).to_vec());
        assert_eq!(notes, [path("note.txt")]);
        assert_eq!(evidence.len(), 3);
    }

    #[test]
    fn nothing_dropped_is_no_pack() {
        assert!(into_packs(Vec::new()).is_empty());
    }
}
