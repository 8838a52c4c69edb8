//! The check of a note that somebody hands over: the words of `sealcheck note verify`, laid out for the page.

use evidence::Question;
use strum::IntoEnumIterator;

use crate::note::verify::{Examined, NoteCheck, NoteOutcome, NoteReason, NoteReport, Signer, text};
use crate::note::{Review, SignOff};
use crate::view::{
    Fact, HandedNoteView, KeyProposal, NoteCheckRow, NoteConclusion, NotePack, NoteQuestion, NoteSigner, OutcomeView,
};
use crate::words;
use crate::words::sentence::{count, first_lower, first_upper, number};

use super::note::history_of;
use super::{time_to_the_second, verdict_view, visible, ways};

/// Which pack is at hand while a note is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AtHand {
    /// None.
    Nothing,
    /// The one that the note is about, and the page's handle of it.
    Same(u32),
    /// Another one.
    Other,
}

/// The check of a note, for the page.
#[must_use]
pub fn handed_note(token: u32, examined: &Examined, at_hand: AtHand) -> HandedNoteView {
    let report = &examined.report;
    HandedNoteView {
        token,
        name: visible(&report.name),
        verdict: verdict_view(report.verdict),
        word: format!("{}.", words::verdict(report.verdict)),
        sentence: sentence(report),
        questions: Question::iter().map(|asked| question(report, asked)).collect(),
        checks: report.checks.iter().map(check).collect(),
        facts: facts(report),
        pack: report.pack.as_ref().map(|pack| NotePack {
            name: visible(&pack.name),
            sha256: pack.sha256.to_hex(),
            open: match at_hand {
                AtHand::Same(token) => Some(token),
                AtHand::Nothing | AtHand::Other => None,
            },
            sentence: match at_hand {
                AtHand::Same(_) => "The pack is at hand, and it is the one that the note is about.",
                AtHand::Other => "The pack at hand is another one. Open the one with this fingerprint.",
                AtHand::Nothing => "The pack is not at hand. Open it as well to compare it with the note.",
            }
            .to_owned(),
        }),
        signers: signers(examined),
        conclusion: conclusion(&examined.review),
        history: history_of(&examined.entries),
        repeat: repeat(report),
    }
}

/// The headline without its machine word.
fn sentence(report: &NoteReport) -> String {
    let headline = text::headline(report);
    let (_, sentence) = headline.split_once(": ").unwrap_or(("", &headline));
    first_upper(sentence)
}

fn question(report: &NoteReport, question: Question) -> NoteQuestion {
    let outcome = report.questions.get(&question).copied();
    NoteQuestion {
        question: words::question(question).to_owned(),
        outcome: outcome_view(outcome),
        word: word(outcome).to_owned(),
        answer: text::answer(question, outcome).to_owned(),
    }
}

fn outcome_view(outcome: Option<NoteOutcome>) -> OutcomeView {
    match outcome {
        Some(NoteOutcome::Pass) => OutcomeView::Pass,
        Some(NoteOutcome::Fail(_)) => OutcomeView::Fail,
        Some(NoteOutcome::Undetermined(_)) => OutcomeView::Undetermined,
        Some(NoteOutcome::Skipped(_)) | None => OutcomeView::Skipped,
    }
}

fn word(outcome: Option<NoteOutcome>) -> &'static str {
    match outcome {
        Some(NoteOutcome::Pass) => "Passed",
        Some(NoteOutcome::Fail(_)) => "Mismatch",
        Some(NoteOutcome::Undetermined(_)) => "Undecided",
        Some(NoteOutcome::Skipped(_)) | None => "Not checked",
    }
}

fn check(check: &NoteCheck) -> NoteCheckRow {
    let reason = check.outcome.reason();
    let explained = reason.map(NoteReason::text);
    NoteCheckRow {
        outcome: outcome_view(Some(check.outcome)),
        word: word(Some(check.outcome)).to_owned(),
        title: text::title(check.id).to_owned(),
        subject: visible(&check.subject),
        found: explained.as_ref().map_or("", |words| words.found).to_owned(),
        next: explained.as_ref().map_or("", |words| words.next).to_owned(),
        code: reason.map_or("", NoteReason::as_str).to_owned(),
        expected: check.expected.as_deref().map(visible),
        recomputed: check.found.as_deref().map(visible),
    }
}

fn facts(report: &NoteReport) -> Vec<Fact> {
    let mut facts = vec![
        fact("What it is", text::kind(report.kind).to_owned()),
        fact(
            "Version",
            format!(
                "{}, {}",
                number(report.version),
                first_lower(words::note::status(report.status).word)
            ),
        ),
    ];
    let entries = count(report.entries, "entry", "entries");
    facts.push(fact(
        "History",
        if report.after_last_signoff > 0 && !report.signers.is_empty() {
            format!(
                "{entries}, {} of them after the last sign-off",
                number(report.after_last_signoff)
            )
        } else {
            entries
        },
    ));
    if let Some(verdict) = &report.pack_verdict {
        facts.push(fact("Its result says of the pack", visible(verdict)));
    }
    facts
}

fn fact(label: &str, value: String) -> Fact {
    Fact {
        label: label.to_owned(),
        value,
        from_evidence: false,
        hint: String::new(),
    }
}

/// The signers of this version with their titles, each with the outcome of her signature.
fn signers(examined: &Examined) -> Vec<NoteSigner> {
    let signatures = examined
        .report
        .checks
        .iter()
        .filter(|check| check.id == crate::note::verify::NoteCheckId::Signature);
    let signoffs = examined.review.signoffs.iter();
    examined
        .report
        .signers
        .iter()
        .zip(signatures)
        .zip(signoffs)
        .map(|((signer, check), signoff)| NoteSigner {
            role: first_upper(words::note::role(signoff.role)),
            name: named(&signoff.name, &signoff.title),
            at: time_to_the_second(&signer.at),
            how: how(signer, check),
            outcome: outcome_view(Some(check.outcome)),
            fingerprint: signer.fingerprint.clone(),
        })
        .collect()
}

/// What the reviewer sees before confirming the key of a sign-off, `place` of its note; none without a signature.
#[must_use]
pub fn reviewer_proposal(place: u32, signoff: &SignOff, confirmed_by: &str) -> Option<KeyProposal> {
    let key = &signoff.signature.as_ref()?.public_key;
    Some(KeyProposal {
        key: place.into(),
        fingerprint: key.fingerprint().to_hex(),
        facts: vec![
            fact("Name, as typed", named(&signoff.name, &signoff.title)),
            fact("Signed off as", words::note::role(signoff.role).to_owned()),
            fact("At, by the signer's own clock", time_to_the_second(&signoff.at)),
        ],
        issuer: visible(&signoff.name),
        confirmed_by: confirmed_by.to_owned(),
        ways: ways(),
    })
}

fn named(name: &str, title: &str) -> String {
    if title.trim().is_empty() {
        visible(name)
    } else {
        format!("{}, {}", visible(name), visible(title))
    }
}

fn how(signer: &Signer, check: &NoteCheck) -> String {
    match (check.outcome, &signer.confirmed) {
        (NoteOutcome::Pass, Some(confirmed)) => first_upper(&visible(confirmed)),
        (outcome, _) => outcome.reason().map_or("", |reason| reason.text().found).to_owned(),
    }
}

fn conclusion(review: &Review) -> Option<NoteConclusion> {
    let conclusion = review.conclusion.as_ref()?;
    Some(NoteConclusion {
        text: super::visible_source(&conclusion.text),
        reliance: words::reliance(conclusion.reliance).to_owned(),
        limits: conclusion.limits.iter().map(|limit| visible(limit)).collect(),
    })
}

/// The same check without this window.
fn repeat(report: &NoteReport) -> String {
    let pack = report
        .pack
        .as_ref()
        .map(|pack| format!(" --pack {}", quoted(&pack.name)));
    format!(
        "sealcheck note verify {}{}",
        quoted(&report.name),
        pack.unwrap_or_default()
    )
}

/// A name as one word of a shell.
fn quoted(name: &str) -> String {
    format!("'{}'", visible(name).replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests;
