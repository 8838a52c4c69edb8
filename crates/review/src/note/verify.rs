//! Checking a note that somebody hands over: unchanged? from whom? complete?
//!
//! A finished note (`sealcheck.review/1`) and a case file are checked alike; a case file has no report in it, so what needs
//! one is left out and says so. The signer's key follows `design.md` 3: a key that only came with the note proves nothing
//! about who signed, and the answer is undecided.

use std::collections::BTreeMap;
use std::path::Path;

use evidence::{Digest, PublicKey, Question, Verdict};
use serde::{Serialize, Serializer};

use super::history::Entry;
use super::review::{PackRef, Review, Status};
use crate::keybook_file::{KeyBookFile, ReviewerEntry, Supplied};

mod checks;
mod ledger;
mod read;
mod reason;
mod signer;
pub mod text;

pub use ledger::{Unusable, ledger_of};
pub use read::{NotRead, is_note};
pub use reason::{NoteReason, ReasonText};

/// What a check of a note is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, strum::IntoStaticStr, strum::EnumIter)]
#[serde(rename_all = "camelCase")]
#[strum(serialize_all = "camelCase")]
pub enum NoteCheckId {
    /// The report in the note has the digest that is stated.
    Result,
    /// Each entry of the history matches its digest and continues the one before.
    History,
    /// What is shown is what the history comes to.
    Content,
    /// A sign-off is about this result.
    SignedResult,
    /// A signature fits, and whose it is.
    Signature,
    /// Nothing is missing at the end of the history.
    End,
    /// Note, report and history name the same pack.
    SamePack,
    /// The pack at hand is the one the note is about.
    PackAtHand,
    /// Records that are named are those of the report.
    Targets,
    /// The sample can be drawn again.
    Sample,
}

impl NoteCheckId {
    /// The question it answers.
    #[must_use]
    pub fn question(self) -> Question {
        match self {
            NoteCheckId::Result | NoteCheckId::History | NoteCheckId::Content | NoteCheckId::SignedResult => {
                Question::Unchanged
            }
            NoteCheckId::Signature => Question::FromWhom,
            NoteCheckId::End
            | NoteCheckId::SamePack
            | NoteCheckId::PackAtHand
            | NoteCheckId::Targets
            | NoteCheckId::Sample => Question::Complete,
        }
    }
}

/// How a check of a note ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoteOutcome {
    /// Established by recomputing.
    Pass,
    /// A mismatch is proven.
    Fail(NoteReason),
    /// Something needed is absent.
    Undetermined(NoteReason),
    /// There is nothing to check.
    Skipped(NoteReason),
}

impl NoteOutcome {
    /// `PASS`, `FAIL`, `UNDETERMINED` or `SKIPPED`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            NoteOutcome::Pass => "PASS",
            NoteOutcome::Fail(_) => "FAIL",
            NoteOutcome::Undetermined(_) => "UNDETERMINED",
            NoteOutcome::Skipped(_) => "SKIPPED",
        }
    }

    /// The reason, for all but `Pass`.
    #[must_use]
    pub fn reason(self) -> Option<NoteReason> {
        match self {
            NoteOutcome::Pass => None,
            NoteOutcome::Fail(reason) | NoteOutcome::Undetermined(reason) | NoteOutcome::Skipped(reason) => {
                Some(reason)
            }
        }
    }

    /// Worse is larger: a skipped check weighs nothing beside one that was answered.
    fn weight(self) -> u8 {
        match self {
            NoteOutcome::Skipped(_) => 0,
            NoteOutcome::Pass => 1,
            NoteOutcome::Undetermined(_) => 2,
            NoteOutcome::Fail(_) => 3,
        }
    }
}

impl Serialize for NoteOutcome {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// One check of a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteCheck {
    /// Which.
    pub id: NoteCheckId,
    /// About what: a person, an entry, a file.
    pub subject: String,
    /// How it ended.
    pub outcome: NoteOutcome,
    /// What is stated.
    pub expected: Option<String>,
    /// What was recomputed.
    pub found: Option<String>,
}

impl Serialize for NoteCheck {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", &self.id)?;
        map.serialize_entry("question", &self.id.question())?;
        map.serialize_entry("subject", &self.subject)?;
        map.serialize_entry("outcome", &self.outcome)?;
        map.serialize_entry("reasonCode", &self.outcome.reason().map(NoteReason::as_str))?;
        map.serialize_entry("expected", &self.expected)?;
        map.serialize_entry("found", &self.found)?;
        map.end()
    }
}

/// Somebody who signed off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Signer {
    /// In which role.
    pub role: String,
    /// The typed name.
    pub name: String,
    /// When, by the signer's own clock.
    pub at: String,
    /// Fingerprint of the key, if there is a signature.
    pub fingerprint: Option<String>,
    /// Whose key it is by the key book, and how that was confirmed.
    pub confirmed: Option<String>,
}

/// What kind of file was checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum NoteKind {
    /// A finished note, `sealcheck.review/1`.
    Document,
    /// A case file.
    CaseFile,
}

/// What checking a note came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NoteReport {
    /// The file's name.
    pub name: String,
    /// What kind of file it is.
    pub kind: NoteKind,
    /// The pack it is about.
    pub pack: Option<PackRef>,
    /// How far it is.
    pub status: Status,
    /// Its version.
    pub version: u64,
    /// How many entries its history has.
    pub entries: u64,
    /// How many of them came after the last sign-off.
    pub after_last_signoff: u64,
    /// The verdict about the note, which is not the one about the pack.
    pub verdict: Verdict,
    /// What the note's report says about the pack.
    pub pack_verdict: Option<String>,
    /// Each question's outcome.
    pub questions: BTreeMap<Question, NoteOutcome>,
    /// Every check.
    pub checks: Vec<NoteCheck>,
    /// Who signed off this version.
    pub signers: Vec<Signer>,
}

/// Whose keys count.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NoteTrust {
    /// Confirmed keys of reviewers.
    pub reviewers: Vec<ReviewerEntry>,
    /// Keys given for this run.
    pub bare: Vec<PublicKey>,
}

impl NoteTrust {
    /// The key book's reviewers, and what was given for this run.
    #[must_use]
    pub fn of(book: &KeyBookFile, supplied: &Supplied) -> NoteTrust {
        let reviewers = book.reviewers().iter().chain(&supplied.reviewers);
        NoteTrust {
            reviewers: reviewers.cloned().collect(),
            bare: supplied.bare.clone(),
        }
    }
}

/// A note that was checked, with what it shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Examined {
    /// What checking it came to.
    pub report: NoteReport,
    /// What it shows, for as far as it can be read.
    pub review: Review,
    /// Its history, for as far as this program knows its acts.
    pub entries: Vec<Entry>,
}

/// Checks the note in a file. `pack` is the digest of the pack at hand, if one is.
///
/// # Errors
/// When the file is no note, or cannot be read.
pub fn verify(path: &Path, pack: Option<Digest>, trust: &NoteTrust) -> Result<NoteReport, NotRead> {
    examine(path, pack, trust).map(|examined| examined.report)
}

/// The same, with what the note shows.
///
/// # Errors
/// As [`verify`].
pub fn examine(path: &Path, pack: Option<Digest>, trust: &NoteTrust) -> Result<Examined, NotRead> {
    let read = read::read(path)?;
    let checks = checks::all(&read, pack, trust);
    let questions = [Question::Unchanged, Question::FromWhom, Question::Complete].map(|question| {
        let asked = checks.iter().filter(|check| check.id.question() == question);
        (question, roll_up(asked.map(|check| check.outcome)))
    });
    let verdict = match questions.iter().map(|(_, outcome)| outcome.weight()).max() {
        Some(3) => Verdict::Failed,
        Some(1) => Verdict::Verified,
        _ => Verdict::Indeterminate,
    };
    let review = read.shown();
    let stage = read.entries.iter().rposition(|entry| entry.action.ends_stage());
    let signed = read.entries.len() - stage.map_or(0, |place| place + 1);
    let report = NoteReport {
        name: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        kind: read.kind,
        pack: review.pack.clone(),
        status: review.status,
        version: review.version,
        entries: crate::words::sentence::length(read.entries.len()),
        after_last_signoff: crate::words::sentence::length(signed),
        verdict,
        pack_verdict: read.result.as_ref().map(|result| result.verdict.clone()),
        questions: questions.into(),
        signers: review
            .signoffs
            .iter()
            .map(|signoff| signer::of(signoff, trust))
            .collect(),
        checks,
    };
    Ok(Examined {
        report,
        review: review.clone(),
        entries: read.entries,
    })
}

/// The worst outcome; of equal ones the first.
fn roll_up(outcomes: impl Iterator<Item = NoteOutcome>) -> NoteOutcome {
    outcomes
        .reduce(|worst, next| if next.weight() > worst.weight() { next } else { worst })
        .unwrap_or(NoteOutcome::Undetermined(NoteReason::NotSignedOff))
}

#[cfg(test)]
mod tests;
