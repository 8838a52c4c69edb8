//! What checking a note came to, for people.

use evidence::{Question, Verdict};

use super::{NoteCheck, NoteCheckId, NoteKind, NoteOutcome, NoteReport, Signer};
use crate::present::visible;
use crate::words;
use crate::words::sentence::{count, first_lower};

/// The result as text, lines of a terminal.
#[must_use]
pub fn render(report: &NoteReport) -> String {
    let mut text = format!("{}\n{}\n\n", visible(&report.name), headline(report));
    for question in [Question::Unchanged, Question::FromWhom, Question::Complete] {
        let outcome = report.questions.get(&question).copied();
        text.push_str(&format!(
            "{:<12} {:<13} {}\n",
            words::question(question),
            outcome.map_or("", NoteOutcome::as_str),
            answer(question, outcome)
        ));
    }
    text.push('\n');
    for check in &report.checks {
        text.push_str(&line(check));
    }
    text.push('\n');
    text.push_str(&about(report));
    for signer in &report.signers {
        text.push_str(&signed(signer));
    }
    text
}

/// One sentence that can stand alone.
#[must_use]
pub fn headline(report: &NoteReport) -> String {
    match report.verdict {
        Verdict::Verified => "VERIFIED: the review note is unchanged, and its signers are in your key book.",
        Verdict::Failed => "FAILED: the review note does not hold together.",
        Verdict::Indeterminate | Verdict::NotEvidence | Verdict::Error => {
            "INDETERMINATE: something is missing to say that the review note is whole and whose it is."
        }
    }
    .to_owned()
}

/// The answer to a question about a note.
#[must_use]
pub fn answer(question: Question, outcome: Option<NoteOutcome>) -> &'static str {
    match (outcome.and_then(NoteOutcome::reason), question) {
        (Some(reason), _) => reason.text().found,
        (None, Question::Unchanged) => "Result, history and words are as they were written.",
        (None, Question::FromWhom) => "Every sign-off carries a signature by a key that you know.",
        (None, Question::Complete) => "Nothing is missing up to the last sign-off, and it is about one pack.",
    }
}

fn line(check: &NoteCheck) -> String {
    let mut text = format!("  {:<13} {}", check.outcome.as_str(), title(check.id));
    if !check.subject.is_empty() {
        text.push_str(&format!(": {}", visible(&check.subject)));
    }
    text.push('\n');
    let explained = match check.outcome {
        NoteOutcome::Fail(reason) | NoteOutcome::Undetermined(reason) => Some(reason),
        NoteOutcome::Pass | NoteOutcome::Skipped(_) => None,
    };
    if let Some(reason) = explained {
        let words = reason.text();
        for part in [words.found, words.next, reason.as_str()] {
            text.push_str(&format!("                {part}\n"));
        }
        if let (Some(expected), Some(found)) = (&check.expected, &check.found) {
            text.push_str(&format!(
                "                stated {expected}\n                found  {found}\n"
            ));
        }
    }
    text
}

/// What a check is called.
#[must_use]
pub fn title(id: NoteCheckId) -> &'static str {
    match id {
        NoteCheckId::Result => "Result as stated",
        NoteCheckId::History => "History whole",
        NoteCheckId::Content => "Words as in the history",
        NoteCheckId::SignedResult => "Signed off this result",
        NoteCheckId::Signature => "Signature",
        NoteCheckId::End => "Nothing cut off",
        NoteCheckId::SamePack => "One pack throughout",
        NoteCheckId::PackAtHand => "Same as the pack at hand",
        NoteCheckId::Targets => "Records named",
        NoteCheckId::Sample => "Sample drawn again",
    }
}

/// What kind of file a note is.
#[must_use]
pub fn kind(kind: NoteKind) -> &'static str {
    match kind {
        NoteKind::Document => "Finished note",
        NoteKind::CaseFile => "Case file",
    }
}

fn about(report: &NoteReport) -> String {
    let mut text = format!(
        "{}, version {}, {}, {}",
        kind(report.kind),
        report.version,
        first_lower(words::note::status(report.status).word),
        count(report.entries, "entry", "entries")
    );
    if report.after_last_signoff > 0 && !report.signers.is_empty() {
        text.push_str(&format!(
            ", {} of them after the last sign-off",
            report.after_last_signoff
        ));
    }
    text.push('\n');
    if let Some(pack) = &report.pack {
        text.push_str(&format!("About {}, SHA-256 {}\n", visible(&pack.name), pack.sha256));
    }
    if let Some(verdict) = &report.pack_verdict {
        text.push_str(&format!("Its result says of that pack: {}\n", visible(verdict)));
    }
    text
}

fn signed(signer: &Signer) -> String {
    let mut text = format!("{}: {}, {}", signer.role, visible(&signer.name), visible(&signer.at));
    match (&signer.fingerprint, &signer.confirmed) {
        (None, _) => text.push_str(", typed name"),
        (Some(fingerprint), Some(confirmed)) => {
            text.push_str(&format!(", {}\n  fingerprint {fingerprint}", visible(confirmed)));
        }
        (Some(fingerprint), None) => text.push_str(&format!(", key not confirmed\n  fingerprint {fingerprint}")),
    }
    text.push('\n');
    text
}
