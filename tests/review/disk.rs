//! Disks that are full, folders that cannot be written, files that are open elsewhere: the old or the new state, whole, and
//! a plain message.

use std::io::Write;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};

use review::note::{Note, NoteError, ReadOnly, verify_chain};

use crate::bench::{STAMP, all_words, case, child, input, is_child, make_case, open, skipped, tell, told, words};

/// Runs a child and gives what it told, after it ended well.
fn run(mut command: Command) -> Vec<String> {
    let mut running = command.spawn().unwrap();
    let told = told(running.stdout.take().unwrap());
    assert!(running.wait().unwrap().success(), "{told:?}");
    told
}

/// Writes notes until the disk takes no more, then looks at what is there.
fn fills_the_disk(folder: &Path) {
    make_case(folder);
    let mut note = open(folder).unwrap();
    let mut confirmed = 0;
    let refused = loop {
        match note.act(STAMP, words(&format!("{confirmed} {}", "x".repeat(4_000))), None) {
            Ok(_) => confirmed += 1,
            Err(refused) => break refused,
        }
    };
    tell(&format!("{} {refused}", refused.code()));
    // What is on the screen still is what is on the disk.
    assert_eq!(all_words(&note).len(), confirmed);
    drop(note);
    let again = open(folder).unwrap();
    assert_eq!(all_words(&again).len(), confirmed);
    verify_chain(again.ledger().entries()).unwrap();
    tell(&format!("{confirmed} whole"));
}

fn a_limit_was_met(told: &[String], code: &str, words: &str) {
    assert!(told[0].starts_with(code) && told[0].contains(words), "{told:?}");
    assert!(told[0].contains("nothing was changed"), "{told:?}");
    let (confirmed, whole) = told[1].split_once(' ').unwrap();
    assert!(confirmed.parse::<u32>().unwrap() > 3 && whole == "whole", "{told:?}");
}

/// Runs a child behind a shell that prepares its world.
fn behind(shell: &str, test: &str, folder: &Path) -> Command {
    let child = child(test, folder);
    let mut command = Command::new("unshare");
    command
        .args(["--map-root-user", "--mount", "sh", "-c", shell, "sh"])
        .arg(child.get_program())
        .args(child.get_args())
        .stdin(Stdio::null())
        .stdout(Stdio::piped());
    for (name, value) in child.get_envs() {
        command.env(name, value.unwrap());
    }
    command
}

/// Whether this user may make file systems of its own; they vanish with the child.
fn may_mount() -> bool {
    let tried = Command::new("unshare")
        .args(["--map-root-user", "--mount", "true"])
        .stderr(Stdio::null())
        .status();
    let may = tried.is_ok_and(|status| status.success());
    if !may {
        skipped("this user may not mount a small disk");
    }
    may
}

#[test]
fn a_full_disk_keeps_the_old_state_and_says_so() {
    if is_child(fills_the_disk) {
        return;
    }
    if !may_mount() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let shell = format!(
        "mount -t tmpfs -o size=600k tmpfs '{}' && exec \"$@\"",
        folder.path().display()
    );
    let told = run(behind(
        &shell,
        "disk::a_full_disk_keeps_the_old_state_and_says_so",
        folder.path(),
    ));
    a_limit_was_met(&told, "IO_DISK_FULL", "the disk is full");
}

#[test]
fn a_file_that_may_not_grow_keeps_the_old_state() {
    if is_child(fills_the_disk) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let child = child("disk::a_file_that_may_not_grow_keeps_the_old_state", folder.path());
    let mut command = Command::new("sh");
    // The limit is a refused write, not a signal, as a quota is; bash and dash count in 1024 and 512 bytes.
    command
        .args(["-c", "trap '' XFSZ; ulimit -f 600; exec \"$@\"", "sh"])
        .arg(child.get_program())
        .args(child.get_args())
        .stdout(Stdio::piped());
    for (name, value) in child.get_envs() {
        command.env(name, value.unwrap());
    }
    let told = run(command);
    a_limit_was_met(&told, "IO_WRITE_FAILED", "the disk did not take the note");
}

/// Reads a note on a disk that is read-only.
fn reads_what_cannot_be_written(folder: &Path) {
    let mut note = open(folder).unwrap();
    assert_eq!(note.read_only(), Some(&ReadOnly::Folder));
    assert_eq!(all_words(&note), ["before"]);
    let refused = note.act(STAMP, words("after"), None).unwrap_err();
    tell(&format!("{} {refused}", refused.code()));
}

/// A folder with a note in it.
fn with_a_note() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    make_case(folder.path());
    open(folder.path()).unwrap().act(STAMP, words("before"), None).unwrap();
    folder
}

fn it_could_be_read(told: &[String]) {
    assert_eq!(
        told,
        ["NOTE_READ_ONLY the note's folder cannot be written; the note can be read here"]
    );
}

#[test]
fn on_a_read_only_disk_a_note_is_read() {
    if is_child(reads_what_cannot_be_written) {
        return;
    }
    if !may_mount() {
        return;
    }
    let folder = with_a_note();
    let place = folder.path().display();
    let shell = format!("mount --bind '{place}' '{place}' && mount -o remount,ro,bind '{place}' && exec \"$@\"");
    it_could_be_read(&run(behind(
        &shell,
        "disk::on_a_read_only_disk_a_note_is_read",
        folder.path(),
    )));
    assert_eq!(all_words(&open(folder.path()).unwrap()), ["before"]);
}

/// The same command as a user without rights: to the superuser every folder is open.
fn without_rights(mut command: Command) -> Command {
    if std::fs::metadata("/proc/self").is_ok_and(|me| me.uid() == 0) {
        command.uid(65_534).gid(65_534);
    }
    command
}

fn set_mode(path: &Path, mode: u32) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn in_a_folder_without_permission_a_note_is_read() {
    if is_child(reads_what_cannot_be_written) {
        return;
    }
    let folder = with_a_note();
    set_mode(&case(folder.path()), 0o444);
    set_mode(folder.path(), 0o555);
    let child = child("disk::in_a_folder_without_permission_a_note_is_read", folder.path());
    it_could_be_read(&run(without_rights(child)));
    set_mode(folder.path(), 0o755);
}

/// The folder loses its permission while the note is open.
fn loses_its_folder(folder: &Path) {
    let own = folder.join("own");
    std::fs::create_dir(&own).unwrap();
    make_case(&own);
    let mut note = open(&own).unwrap();
    note.act(STAMP, words("before"), None).unwrap();
    set_mode(&own, 0o555);
    let refused = note.act(STAMP, words("after"), None).unwrap_err();
    tell(&format!("{} {refused}", refused.code()));
    set_mode(&own, 0o755);
    // The text on the screen can be saved once the folder takes it again.
    note.act(STAMP, words("after"), None).unwrap();
    drop(note);
    assert_eq!(all_words(&open(&own).unwrap()), ["before", "after"]);
}

#[test]
fn a_folder_that_closes_while_the_note_is_open_takes_it_again_later() {
    if is_child(loses_its_folder) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    set_mode(folder.path(), 0o777);
    let told = run(without_rights(child(
        "disk::a_folder_that_closes_while_the_note_is_open_takes_it_again_later",
        folder.path(),
    )));
    assert_eq!(
        told,
        ["IO_READ_ONLY the note's folder cannot be written; nothing was changed"]
    );
}

/// A case file that may not even be read.
fn may_not_read(folder: &Path) {
    let refused = open(folder).unwrap_err();
    tell(&format!("{} {refused}", refused.code()));
}

#[test]
fn a_note_that_may_not_be_read_says_so() {
    if is_child(may_not_read) {
        return;
    }
    let folder = with_a_note();
    set_mode(&case(folder.path()), 0o000);
    set_mode(folder.path(), 0o755);
    let told = run(without_rights(child(
        "disk::a_note_that_may_not_be_read_says_so",
        folder.path(),
    )));
    assert_eq!(told, ["IO_NOT_FOUND the case file cannot be opened"]);
}

/// Holds the note until its parent says a word.
fn holds_the_note(folder: &Path) {
    let mut note = Note::open(&case(folder), &input(), "Ben on station 4, 09:01").unwrap();
    note.act(STAMP, words("Ben's"), None).unwrap();
    tell("open");
    let mut word = String::new();
    std::io::stdin().read_line(&mut word).unwrap();
    drop(note);
    tell("closed");
}

#[test]
fn a_second_process_reads_until_the_first_is_done_or_dead() {
    if is_child(holds_the_note) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    make_case(folder.path());
    for killed in [false, true] {
        let mut first = child(
            "disk::a_second_process_reads_until_the_first_is_done_or_dead",
            folder.path(),
        )
        .spawn()
        .unwrap();
        let mut out = first.stdout.take().unwrap();
        wait_for(&mut out, "told:open");
        let mut second = open(folder.path()).unwrap();
        assert_eq!(
            second.read_only(),
            Some(&ReadOnly::Elsewhere("Ben on station 4, 09:01".to_owned()))
        );
        assert!(all_words(&second).contains(&"Ben's".to_owned()));
        let refused = second.act(STAMP, words("mine"), None).unwrap_err();
        assert!(matches!(&refused, NoteError::ReadOnly(_)));
        assert!(refused.to_string().contains("open in another window"), "{refused}");
        drop(second);
        if killed {
            first.kill().unwrap();
        } else {
            first.stdin.take().unwrap().write_all(b"done\n").unwrap();
        }
        first.wait().unwrap();
        let mut second = open(folder.path()).unwrap();
        assert_eq!(second.read_only(), None);
        second.act(STAMP, words("mine"), None).unwrap();
    }
}

/// Reads until a text has come.
fn wait_for(out: &mut impl std::io::Read, text: &str) {
    let mut seen = Vec::new();
    let mut byte = [0];
    while !String::from_utf8_lossy(&seen).contains(text) {
        assert_eq!(out.read(&mut byte).unwrap(), 1, "{text} never came");
        seen.push(byte[0]);
    }
}
