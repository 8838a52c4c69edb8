//! Where a pack's case file lies.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use evidence::Input;

use super::schema;

/// Extension of a case file.
const EXTENSION: &str = "sealnote";

/// The case file's path: `<pack name>.sealnote` beside the pack, in `cases` where that folder cannot be written.
///
/// Beside a folder pack is the folder that holds it, never the pack itself. A file of that name that is about another
/// pack, or is no case file, keeps its name: ours then carries the first digits of the pack's digest.
#[must_use]
pub fn place(pack: &Path, input: &Input, cases: &Path) -> PathBuf {
    let folder = match pack.parent() {
        Some(parent) if parent.as_os_str().is_empty() => Path::new("."),
        Some(parent) => parent,
        None => cases,
    };
    let folder = if writable(folder) { folder } else { cases };
    let name = pack
        .file_name()
        .map_or_else(|| OsString::from(&input.name), OsString::from);
    let plain = folder.join(file_name(&name, None));
    let digest = input.sha256.map(|digest| digest.to_hex());
    if !plain.exists() || schema::pack_digest(&plain) == digest {
        return plain;
    }
    let mark: String = digest.unwrap_or_default().chars().take(8).collect();
    folder.join(file_name(&name, Some(&mark)))
}

fn file_name(name: &OsString, mark: Option<&str>) -> OsString {
    let mut file = name.clone();
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
    use evidence::Digest;

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
        let found = place(&folder.path().join("pack.zip"), &input(b"a"), Path::new("/nowhere"));
        assert_eq!(found, folder.path().join("pack.zip.sealnote"));
    }

    #[test]
    fn beside_a_folder_pack_is_outside_of_it() {
        let folder = tempfile::tempdir().unwrap();
        let pack = folder.path().join("pack");
        std::fs::create_dir(&pack).unwrap();
        let found = place(&pack, &input(b"a"), Path::new("/nowhere"));
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
}
