use super::super::ledger::tests::{concluded, note, stamp};
use super::super::{Numbers, Refused, Role, Status, verify_chain};
use super::*;
use crate::case_file::CaseFile;
use rusqlite::Connection;
use std::path::PathBuf;
use tempfile::TempDir;

fn input() -> Input {
    Input {
        name: "pack.zip".to_owned(),
        kind: "zip".to_owned(),
        size: 4,
        sha256: Some(Digest::of(b"pack")),
    }
}

fn case() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pack.zip.sealnote");
    drop(CaseFile::create(&path, &input()).unwrap());
    (folder, path)
}

fn open(path: &Path) -> Note {
    Note::open(path, &input(), "Anna, 09:00").unwrap()
}

fn form(role: Role) -> SignOffForm {
    SignOffForm {
        role,
        name: "A. Auditor".to_owned(),
        title: "Manager".to_owned(),
        statement: "I have done this work.".to_owned(),
    }
}

#[test]
fn what_was_done_is_there_when_it_is_opened_again() {
    let (_folder, path) = case();
    let mut first = open(&path);
    first.act(stamp(), note("a"), None).unwrap();
    first.act(stamp(), note("b"), None).unwrap();
    first.undo(stamp()).unwrap();
    let before = first.ledger().clone();
    drop(first);
    let again = open(&path);
    assert_eq!(again.ledger(), &before);
    assert_eq!(again.read_only(), None);
    verify_chain(again.ledger().entries()).unwrap();
}

#[test]
fn looking_at_a_note_begins_nothing() {
    let (_folder, path) = case();
    drop(open(&path));
    assert_eq!(open(&path).ledger().entries(), []);
}

#[test]
fn nothing_else_stays_beside_the_pack() {
    let (folder, path) = case();
    let mut opened = open(&path);
    opened.act(stamp(), note("a"), None).unwrap();
    drop(opened);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_second_window_reads_and_is_told_who_writes() {
    let (_folder, path) = case();
    let mut first = open(&path);
    first.act(stamp(), note("a"), None).unwrap();
    let mut second = Note::open(&path, &input(), "Ben, 09:01").unwrap();
    assert_eq!(second.review(), first.review());
    let refused = second.act(stamp(), note("b"), None).unwrap_err();
    assert_eq!(refused.code(), "NOTE_READ_ONLY");
    assert!(refused.to_string().contains("Anna, 09:00"), "{refused}");
    drop(first);
    assert_eq!(open(&path).read_only(), None);
}

#[test]
fn two_writers_that_do_not_see_each_others_lock_still_never_mix() {
    let (_folder, path) = case();
    let mut first = open(&path);
    first.act(stamp(), note("a"), None).unwrap();
    // As on a disk that knows no locks.
    std::fs::remove_file(path.with_file_name(".pack.zip.sealnote.lock")).unwrap();
    let mut second = open(&path);
    second.act(stamp(), note("b"), None).unwrap();
    let refused = first.act(stamp(), note("c"), None).unwrap_err();
    assert_eq!(refused.code(), "NOTE_CHANGED_ELSEWHERE");
    drop((first, second));
    assert_eq!(open(&path).review().annotations.len(), 2);
}

#[test]
fn a_refused_act_changes_nothing_and_does_not_begin_a_note() {
    let (_folder, path) = case();
    let mut opened = open(&path);
    assert_eq!(opened.act(stamp(), note(""), None).unwrap_err().code(), "FIELD_MISSING");
    assert_eq!(opened.undo(stamp()).unwrap_err().code(), "NOTE_NOT_UNDOABLE");
    assert_eq!(opened.ledger().entries(), []);
    drop(opened);
    assert_eq!(open(&path).ledger().entries(), []);
}

#[test]
fn a_draft_is_kept_until_its_act_is_done() {
    let (_folder, path) = case();
    let draft = Draft {
        place: "note on 3".to_owned(),
        text: "half a sent".to_owned(),
        at: stamp().at.to_owned(),
    };
    let mut opened = open(&path);
    opened.keep_draft(&draft).unwrap();
    drop(opened);
    let mut again = open(&path);
    assert_eq!(again.drafts().unwrap(), [draft]);
    again.act(stamp(), note("half a sentence"), Some("note on 3")).unwrap();
    assert_eq!(again.drafts().unwrap(), []);
}

#[test]
fn the_three_sign_in_turn_over_the_same_result() {
    let (_folder, path) = case();
    let mut opened = open(&path);
    opened.act(stamp(), concluded(), None).unwrap();
    let body = Digest::of(b"body");
    opened.sign_off(stamp(), form(Role::Preparer), body, None).unwrap();
    let other = opened.sign_off(stamp(), form(Role::Reviewer), Digest::of(b"another"), None);
    assert_eq!(other.unwrap_err().code(), "NOTE_RESULT_CHANGED");
    opened.sign_off(stamp(), form(Role::Reviewer), body, None).unwrap();
    let review = opened.sign_off(stamp(), form(Role::Approver), body, None).unwrap();
    assert_eq!(review.status, Status::Released);
    assert_eq!(review.signoffs[0].title, "Manager");
}

#[test]
fn a_key_signs_the_statement_about_this_pack() {
    let (_folder, path) = case();
    let mut opened = open(&path);
    opened.act(stamp(), concluded(), None).unwrap();
    let (key, _) = ReviewerKey::create("correct horse battery").unwrap();
    let public = key.public().unwrap();
    let review = opened
        .sign_off(stamp(), form(Role::Preparer), Digest::of(b"body"), Some(key))
        .unwrap();
    let signature = review.signoffs[0].signature.as_ref().unwrap();
    let statement = dsse::statement(review.pack.as_ref().unwrap(), &review.signoffs[0]);
    assert_eq!(signature.envelope.verify(&statement, &public), Ok(()));
    let text = String::from_utf8(statement).unwrap();
    assert!(text.contains(&format!(
        r#""subject":[{{"digest":{{"sha256":"{}"}},"name":"pack.zip"}}]"#,
        Digest::of(b"pack")
    )));
}

#[test]
fn signing_off_an_empty_note_is_refused() {
    let (_folder, path) = case();
    let mut opened = open(&path);
    let refused = opened.sign_off(stamp(), form(Role::Preparer), Digest::of(b"body"), None);
    assert!(matches!(refused, Err(NoteError::Refused(Refused::Missing(_)))));
}

#[test]
fn a_history_changed_by_hand_is_shown_and_takes_nothing_more() {
    let (_folder, path) = case();
    let mut opened = open(&path);
    opened.act(stamp(), note("before"), None).unwrap();
    drop(opened);
    Connection::open(&path)
        .unwrap()
        .execute(
            "UPDATE review_history SET entry = replace(entry, 'before', 'after') WHERE seq = 2",
            [],
        )
        .unwrap();
    let mut again = open(&path);
    assert!(matches!(again.read_only(), Some(ReadOnly::Broken(how)) if how.contains("entry 2")));
    assert_eq!(again.review().annotations[0].text, "after");
    assert_eq!(
        again.act(stamp(), note("more"), None).unwrap_err().code(),
        "NOTE_READ_ONLY"
    );
}

#[test]
fn a_pack_without_a_digest_has_no_note() {
    let (_folder, path) = case();
    let input = Input {
        sha256: None,
        ..input()
    };
    assert_eq!(Note::open(&path, &input, "").unwrap_err().code(), "NOTE_NO_DIGEST");
}

#[test]
fn triggers_in_somebody_elses_case_file_do_not_run() {
    let (_folder, path) = case();
    Connection::open(&path)
        .unwrap()
        .execute_batch("CREATE TRIGGER t AFTER INSERT ON review_history BEGIN DELETE FROM review_history; END;")
        .unwrap();
    let mut opened = open(&path);
    opened.act(stamp(), note("a"), None).unwrap();
    drop(opened);
    assert_eq!(open(&path).ledger().entries().len(), 2);
}

#[test]
fn records_are_decided_in_bulk_by_their_numbers() {
    let (_folder, path) = case();
    let case = CaseFile::create(&path, &input()).unwrap();
    let numbers: Numbers = "1-3".parse().unwrap();
    // None of them is in this empty report, so there is nothing to decide.
    let target = super::super::records_target(&case, &numbers).unwrap();
    assert_eq!(target.count(), 0);
    let decided = Action::Decided {
        target,
        value: super::super::DecisionValue::Accepted,
        reason: "Looked at.".to_owned(),
    };
    assert_eq!(
        open(&path).act(stamp(), decided, None).unwrap_err().code(),
        "NOTE_INCONSISTENT"
    );
}
