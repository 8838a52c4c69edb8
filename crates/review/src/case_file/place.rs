//! Where a pack's case file lies.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use evidence::{Digest, Input};

use super::{known, schema};

/// Extension of a case file.
const EXTENSION: &str = "sealnote";

/// So many case files of one folder are looked into.
const MOST: usize = 500;

/// The case file's path: the one that is there for these bytes, wherever the pack lies now, or else
/// `<pack name>.sealnote` beside the pack, in `cases` where that folder cannot be written. It is remembered in `cases`.
///
/// Beside a folder pack is the folder that holds it, never the pack itself. A file of that name that is about another
/// pack, or is no case file, keeps its name: ours then carries the first digits of the pack's digest.
#[must_use]
pub fn place(pack: &Path, input: &Input, cases: &Path) -> PathBuf {
    let folder = folder(pack, cases);
    let path = match input.sha256 {
        Some(digest) => there(pack, input, &digest, folder, cases),
        None => None,
    }
    .unwrap_or_else(|| fresh(pack, input, folder));
    if let Some(digest) = &input.sha256 {
        known::remember(cases, digest, &path);
    }
    path
}

/// The folder of a new case file.
fn folder<'p>(pack: &'p Path, cases: &'p Path) -> &'p Path {
    let folder = match pack.parent() {
        Some(parent) if parent.as_os_str().is_empty() => Path::new("."),
        Some(parent) => parent,
        None => cases,
    };
    if writable(folder) { folder } else { cases }
}

/// The case file of these bytes that is there already: beside the pack under its name or another, or where it was last.
fn there(pack: &Path, input: &Input, digest: &Digest, folder: &Path, cases: &Path) -> Option<PathBuf> {
    let named = names(pack, input).map(|name| folder.join(name));
    let remembered = known::recall(cases, digest).into_iter().filter(|path| {
        // One in a folder that takes nothing any more could not be written on.
        path.parent().is_some_and(writable)
    });
    named
        .into_iter()
        .chain(beside(folder))
        .chain(remembered)
        .find(|path| schema::pack_digest(path) == Some(digest.to_hex()))
}

/// Case files of a folder, under any name; the pack may have been renamed.
fn beside(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == EXTENSION))
        .take(MOST)
        .collect();
    found.sort();
    found
}

fn fresh(pack: &Path, input: &Input, folder: &Path) -> PathBuf {
    let [plain, marked] = names(pack, input).map(|name| folder.join(name));
    if !plain.exists() || (input.sha256.is_none() && schema::pack_digest(&plain).is_none()) {
        plain
    } else {
        marked
    }
}

/// The name of a pack's case file, if nothing else has that name.
pub(super) fn beside_name(pack: &Path, input: &Input) -> OsString {
    let [plain, _] = names(pack, input);
    plain
}

/// `<pack name>.sealnote`, and the same with the first digits of the pack's digest.
fn names(pack: &Path, input: &Input) -> [OsString; 2] {
    let name = pack
        .file_name()
        .map_or_else(|| OsString::from(&input.name), OsString::from);
    let digest = input.sha256.map(|digest| digest.to_hex()).unwrap_or_default();
    let mark: String = digest.chars().take(8).collect();
    [file_name(&name, None), file_name(&name, Some(&mark))]
}

fn file_name(name: &OsStr, mark: Option<&str>) -> OsString {
    let mut file = name.to_os_string();
    if let Some(mark) = mark {
        file.push("-");
        file.push(mark);
    }
    file.push(".");
    file.push(EXTENSION);
    file
}

/// Whether a file can be made there: the only answer that counts is trying, and the try leaves nothing behind.
fn writable(folder: &Path) -> bool {
    tempfile::tempfile_in(folder).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case_file::CaseFile;

    fn input(text: &[u8]) -> Input {
        Input {
            name: "pack.zip".to_owned(),
            kind: "zip".to_owned(),
            size: 1,
            sha256: Some(Digest::of(text)),
        }
    }

    #[test]
    fn a_case_file_lies_beside_its_pack() {
        let folder = tempfile::tempdir().unwrap();
        let cases = tempfile::tempdir().unwrap();
        let found = place(&folder.path().join("pack.zip"), &input(b"a"), cases.path());
        assert_eq!(found, folder.path().join("pack.zip.sealnote"));
    }

    #[test]
    fn beside_a_folder_pack_is_outside_of_it() {
        let folder = tempfile::tempdir().unwrap();
        let pack = folder.path().join("pack");
        std::fs::create_dir(&pack).unwrap();
        let cases = tempfile::tempdir().unwrap();
        let found = place(&pack, &input(b"a"), cases.path());
        assert_eq!(found, folder.path().join("pack.sealnote"));
    }

    #[test]
    fn where_the_pack_cannot_be_written_beside_it_goes_to_the_cases() {
        let cases = tempfile::tempdir().unwrap();
        let found = place(Path::new("/proc/pack.zip"), &input(b"a"), cases.path());
        assert_eq!(found, cases.path().join("pack.zip.sealnote"));
    }

    #[test]
    fn the_same_pack_finds_its_case_file_again() {
        let folder = tempfile::tempdir().unwrap();
        let pack = folder.path().join("pack.zip");
        let first = place(&pack, &input(b"a"), folder.path());
        drop(CaseFile::create(&first, &input(b"a")).unwrap());
        assert_eq!(place(&pack, &input(b"a"), folder.path()), first);
    }

    #[test]
    fn another_pack_of_that_name_leaves_the_first_case_file_alone() {
        let folder = tempfile::tempdir().unwrap();
        let pack = folder.path().join("pack.zip");
        let first = place(&pack, &input(b"a"), folder.path());
        drop(CaseFile::create(&first, &input(b"a")).unwrap());
        let second = place(&pack, &input(b"b"), folder.path());
        assert_ne!(second, first);
        assert!(second.to_string_lossy().ends_with(".sealnote"));
    }

    #[test]
    fn a_moved_and_renamed_pack_finds_its_case_file_again_and_an_altered_one_does_not() {
        let (before, after, cases) = (
            tempfile::tempdir().unwrap(),
            tempfile::tempdir().unwrap(),
            tempfile::tempdir().unwrap(),
        );
        let first = place(&before.path().join("pack.zip"), &input(b"a"), cases.path());
        drop(CaseFile::create(&first, &input(b"a")).unwrap());
        let moved = after.path().join("renamed.zip");
        assert_eq!(place(&moved, &input(b"a"), cases.path()), first);
        assert_eq!(
            place(&moved, &input(b"b"), cases.path()),
            after.path().join("renamed.zip.sealnote")
        );
    }

    #[test]
    fn a_case_file_that_was_moved_with_its_pack_is_found_under_any_name() {
        let (before, after, cases) = (
            tempfile::tempdir().unwrap(),
            tempfile::tempdir().unwrap(),
            tempfile::tempdir().unwrap(),
        );
        let first = place(&before.path().join("pack.zip"), &input(b"a"), cases.path());
        drop(CaseFile::create(&first, &input(b"a")).unwrap());
        let moved = after.path().join("kept under this name.sealnote");
        std::fs::rename(first, &moved).unwrap();
        assert_eq!(place(&after.path().join("p.zip"), &input(b"a"), cases.path()), moved);
    }
}
