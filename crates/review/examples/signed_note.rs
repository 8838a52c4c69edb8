//! Writes a finished review note with two sign-offs, each with a key of its own, into a folder:
//! `cargo run -p review --example signed_note -- FOLDER`.
//!
//! The pack is a built-in sample. Beside the note lie the public halves of both keys.

use std::error::Error;
use std::path::{Path, PathBuf};

use evidence::{KeyBook, Pack, Policy, Progress, Recorder as _};
use review::case_file::{CaseFile, input_of};
use review::note::key::{ReviewerKey, public_pem};
use review::note::{Action, Note, Role, SignOffForm, Stamp, prefill};
use review::report_json::{Session, Spool};
use review::save::{Existing, save};
use review::{export, samples, words};

const AT: Stamp<'static> = Stamp {
    actor: "J. Lindqvist",
    at: "2026-11-25T09:00:00Z",
};

fn main() -> Result<(), Box<dyn Error>> {
    let folder: PathBuf = std::env::args_os().nth(1).ok_or("name a folder")?.into();
    let work = tempfile::tempdir()?;
    let path = work.path().join("failed.zip");
    std::fs::write(&path, samples::by_id("failed").ok_or("no such sample")?.bytes)?;

    // Check the pack; its records go into a case file.
    let progress = Progress::default();
    let pack = Pack::open(std::slice::from_ref(&path), &progress)?;
    let mut case = CaseFile::create(&work.path().join("failed.zip.sealnote"), &input_of(&pack, &progress)?)?;
    let mut writer = case.writer()?;
    let report = evidence::verify(&pack, &KeyBook::default(), &Policy::default(), &progress, &mut writer)?;
    writer.finish(&report)?;
    let spool = || -> std::io::Result<Spool> {
        let mut spool = Spool::new()?;
        case.each_record(|_, record| spool.record(record))?;
        Ok(spool)
    };

    // Conclude, then sign off twice.
    let mut note = Note::open(case.path().ok_or("no case file")?, &report.input, AT.actor)?;
    let mut conclusion = prefill::conclusion(&report);
    conclusion.text = "Not relied upon.".to_owned();
    note.act(AT, Action::Concluded { conclusion }, None)?;
    for (role, name) in [(Role::Preparer, "J. Lindqvist"), (Role::Reviewer, "M. Okafor")] {
        let key = key_of(&folder, role)?;
        let form = SignOffForm {
            role,
            name: name.to_owned(),
            title: "Auditor".to_owned(),
            statement: words::statement_of(role).to_owned(),
        };
        note.sign_off(AT, form, spool()?.body_sha256(&report)?, Some(key))?;
    }
    let path = folder.join("failed.zip.review.json");
    let session = Session {
        started_at: AT.at.to_owned(),
        finished_at: AT.at.to_owned(),
        ..Session::default()
    };
    export::save_note(&path, Existing::Replace, &report, spool()?, &session, note.ledger())?;
    Ok(())
}

/// A new key; its public half is written into the folder.
fn key_of(folder: &Path, role: Role) -> Result<ReviewerKey, Box<dyn Error>> {
    let (key, _) = ReviewerKey::create("not kept anywhere")?;
    let path = folder.join(format!("{}.pub.pem", role.as_str()));
    save(&path, Existing::Replace, public_pem(&key.public()?).as_bytes())?;
    Ok(key)
}
