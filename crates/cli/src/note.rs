//! `sealcheck note`: what a review note comes to.

use std::io::Write;
use std::path::Path;

use evidence::{Digest, Pack, Progress};
use review::case_file::input_of;
use review::keybook_file::KeyBookFile;
use review::note::verify::{NotRead, NoteReport, NoteTrust, text, verify};
use review::places::Places;
use review::present::visible;

use crate::args::{ListFormat, NoteAction, NoteArgs, NoteVerifyArgs};
use crate::end::{End, Failure};
use crate::output::Output;
use crate::trust;

pub(crate) fn run(arguments: &NoteArgs, progress: &Progress) -> Result<End, Failure> {
    match &arguments.action {
        NoteAction::Verify(arguments) => check(arguments, progress),
    }
}

fn check(arguments: &NoteVerifyArgs, progress: &Progress) -> Result<End, Failure> {
    let supplied = trust::supplied(&arguments.keys, &arguments.key)?;
    let book = KeyBookFile::load(&Places::of_user().key_book())?;
    let pack = arguments
        .pack
        .as_deref()
        .map(|path| digest(path, progress))
        .transpose()?;
    let read: Vec<_> = std::iter::once(arguments.file.clone())
        .chain(arguments.pack.clone())
        .collect();
    let mut output = Output::open(&arguments.output, &read)?;
    let report = match verify(&arguments.file, pack, &NoteTrust::of(&book, &supplied)) {
        Ok(report) => report,
        Err(not_read) => return Ok(refused(&arguments.file, &not_read)),
    };
    match arguments.format {
        ListFormat::Text => output.write_all(text::render(&report).as_bytes())?,
        ListFormat::Json => as_json(&report, &mut output)?,
    }
    output.finish(progress)?;
    Ok(report.verdict.into())
}

fn as_json(report: &NoteReport, output: &mut Output) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(report).map_err(std::io::Error::other)?;
    Ok(writeln!(output, "{text}")?)
}

/// The digest of the pack at hand; one that cannot be read has none, which is not the note's fault.
fn digest(path: &Path, progress: &Progress) -> Result<Digest, Failure> {
    let pack = Pack::open(&[path.to_owned()], progress)?;
    let digest = input_of(&pack, progress)?.sha256;
    digest.ok_or_else(|| Failure::Usage(format!("--pack {}: it could not be read", path.display())))
}

/// What is no note has nothing to check; what cannot be read says so.
fn refused(file: &Path, not_read: &NotRead) -> End {
    let told = format!("{}: {not_read}", file.display());
    eprintln!("sealcheck: {}", visible(&told));
    match not_read {
        NotRead::NotANote => End::NotEvidence,
        NotRead::Newer(_) => End::Indeterminate,
        NotRead::Malformed(_) | NotRead::Io(_) => End::Unreadable,
    }
}
