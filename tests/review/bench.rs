//! What the tests of this file share: a pack with its case file, and children that do one thing in a process of their own.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use evidence::{Digest, Input};
use review::case_file::CaseFile;
use review::note::{Action, Note, NoteError, Stamp, Target};

/// What a child is told its folder by.
const FOLDER: &str = "SEALCHECK_TEST_FOLDER";

/// What a child tells its parent begins so, whatever else is on the line.
const TOLD: &str = "told:";

/// The pack of these tests.
pub(crate) fn input() -> Input {
    Input {
        name: "pack.zip".to_owned(),
        kind: "zip".to_owned(),
        size: 4,
        sha256: Some(Digest::of(b"pack")),
    }
}

/// Who acts.
pub(crate) const STAMP: Stamp<'static> = Stamp {
    actor: "A. Auditor",
    at: "2026-11-25T09:00:00Z",
};

/// The case file of a folder.
pub(crate) fn case(folder: &Path) -> PathBuf {
    folder.join("pack.zip.sealnote")
}

/// Makes the case file, as opening the pack does.
pub(crate) fn make_case(folder: &Path) {
    drop(CaseFile::create(&case(folder), &input()).unwrap());
}

/// Opens the note.
pub(crate) fn open(folder: &Path) -> Result<Note, NoteError> {
    Note::open(&case(folder), &input(), "Anna, 09:00")
}

/// A note about the pack.
pub(crate) fn words(text: &str) -> Action {
    Action::NoteAdded {
        target: Target::Pack {
            reference: "pack.zip".to_owned(),
            content_sha256: Digest::of(b"pack"),
        },
        text: text.to_owned(),
        tags: Vec::new(),
    }
}

/// The words of every note.
pub(crate) fn all_words(note: &Note) -> Vec<String> {
    note.review().annotations.iter().map(|note| note.text.clone()).collect()
}

/// This program again, running only the test that asks, in a folder: there [`is_child`] does the child's part.
pub(crate) fn child(test: &str, folder: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", test, "--nocapture", "--test-threads=1"])
        .env(FOLDER, folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit());
    command
}

/// Whether this process was started by [`child`]; then it has done the child's part when this returns.
pub(crate) fn is_child(part: impl FnOnce(&Path)) -> bool {
    let folder = std::env::var_os(FOLDER);
    if let Some(folder) = &folder {
        part(Path::new(folder));
    }
    folder.is_some()
}

/// A child says that something is done.
pub(crate) fn tell(what: &str) {
    println!("{TOLD}{what}");
}

/// What a child told, for as far as whole lines came.
pub(crate) fn told(out: impl std::io::Read) -> Vec<String> {
    let mut told = Vec::new();
    each_told(out, |line| told.push(line));
    told
}

/// The same, each line as it comes.
pub(crate) fn each_told(out: impl std::io::Read, mut each: impl FnMut(String)) {
    let mut reader = BufReader::new(out);
    let mut line = String::new();
    while reader.read_line(&mut line).is_ok_and(|read| read > 0) {
        if let (Some((_, what)), true) = (line.split_once(TOLD), line.ends_with('\n')) {
            each(what.trim_end().to_owned());
        }
        line.clear();
    }
}

/// Skips with words where something is not at hand; never where everything should be.
pub(crate) fn skipped(why: &str) {
    assert!(
        std::env::var_os("CI").is_none(),
        "{why}, and this is where nothing is skipped"
    );
    eprintln!("skipped: {why}");
}
