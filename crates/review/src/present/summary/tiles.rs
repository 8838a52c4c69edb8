//! The three questions.

use evidence::{CheckId, Outcome, Question, ReasonCode, Report, Verdict};

use crate::view::{Target, TileView, ViewName};
use crate::words::sentence::{count, first_lower, number};
use crate::words::{check, question as question_word, reason, tile_lead};

use super::view;
use crate::present::checks::link_and_rest;
use crate::present::groups::{CheckGroup, group_key, tally, worst_first};
use crate::present::keys::{confirmed_in_short, signer_label};
use crate::present::outcome_view;
use crate::present::text::visible;

/// One question's tile.
#[must_use]
pub fn tile(report: &Report, groups: &[CheckGroup], question: Question) -> TileView {
    let outcome = report
        .questions
        .get(&question)
        .map_or(Outcome::Skipped(ReasonCode::NotPresent), |roll_up| roll_up.outcome);
    let mine: Vec<&CheckGroup> = worst_first(groups)
        .into_iter()
        .filter(|group| group.id.question() == question)
        .collect();
    let tally = tally(mine.iter().copied());
    let deciding = mine
        .iter()
        .copied()
        .find(|group| group.required && group.outcome == outcome);
    let (link, rest) = link_and_rest(&tally);
    TileView {
        question: question_word(question).to_owned(),
        outcome: outcome_view(outcome),
        lead: lead(report, question, outcome).to_owned(),
        text: match unanswered(report.verdict) {
            Some(words) => words.to_owned(),
            None => {
                numbers(report, question, outcome).unwrap_or_else(|| text(report, groups, question, outcome, deciding))
            }
        },
        link,
        rest,
        target: Target {
            check: deciding
                .or(mine.first().copied())
                .map(|group| group_key(group.id, group.outcome, group.required)),
            ..view(ViewName::Checks)
        },
    }
}

/// What the numbers of a log say about *Complete?*; none where the pack holds no log.
fn numbers(report: &Report, question: Question, outcome: Outcome) -> Option<String> {
    (question == Question::Complete)
        .then(|| super::sequence::told(report, outcome))
        .flatten()
}

/// What a tile says when there is no answer, because the input is no evidence or could not be read.
fn unanswered(verdict: Verdict) -> Option<&'static str> {
    match verdict {
        Verdict::NotEvidence => Some("There is no known evidence here to ask this about."),
        Verdict::Error => Some("The check stopped before this could be answered."),
        Verdict::Verified | Verdict::Failed | Verdict::Indeterminate => None,
    }
}

fn lead(report: &Report, question: Question, outcome: Outcome) -> &'static str {
    match (question, outcome) {
        _ if unanswered(report.verdict).is_some() => "Not checked.",
        (Question::Complete, Outcome::Skipped(ReasonCode::NotPresent)) if is_keel(report) => "Nothing to compare with.",
        (Question::Complete, Outcome::Skipped(ReasonCode::NotPresent)) => {
            tile_lead(question, Outcome::Skipped(ReasonCode::ManifestAbsent))
        }
        (Question::Complete, Outcome::Pass) if skips_numbers(report) => "Linked, but numbers are missing.",
        _ => tile_lead(question, outcome),
    }
}

/// Whether all evidence of the pack is Keel's, where entries and checkpoints take the place of a list.
fn is_keel(report: &Report) -> bool {
    !report.parts.is_empty() && report.parts.iter().all(|part| part.format.id.starts_with("keel."))
}

/// Whether a chain that holds together has gaps in its numbers.
fn skips_numbers(report: &Report) -> bool {
    let mut findings = report.parts.iter().flat_map(|part| &part.findings);
    findings.any(|finding| finding.code == ReasonCode::SequenceGap)
}

fn text(
    report: &Report,
    groups: &[CheckGroup],
    question: Question,
    outcome: Outcome,
    deciding: Option<&CheckGroup>,
) -> String {
    match outcome {
        Outcome::Pass => match question {
            Question::Unchanged => unchanged(groups),
            Question::FromWhom => from_whom(report),
            Question::Complete if skips_numbers(report) => reason(ReasonCode::SequenceGap).means.to_owned(),
            Question::Complete => complete(report, deciding),
        },
        Outcome::Fail(code) => mismatch(code, deciding),
        Outcome::Undetermined(code) => undecided(code, deciding),
        Outcome::Skipped(ReasonCode::NotPresent) if question == Question::Complete && is_keel(report) => {
            "No entries are here whose order could be followed. Open export, manifest and checkpoint together."
                .to_owned()
        }
        Outcome::Skipped(ReasonCode::NotPresent) if question == Question::Complete => {
            let words = reason(ReasonCode::ManifestAbsent);
            format!("{} {}", words.means, words.next)
        }
        Outcome::Skipped(code) => reason(code).plain.to_owned(),
    }
}

/// Checks that compare one item's content with its fingerprint.
fn compares_content(id: CheckId) -> bool {
    matches!(
        id,
        CheckId::BundleIntegrity | CheckId::ContentHash | CheckId::RecordHashes | CheckId::PayloadHash
    )
}

fn unchanged(groups: &[CheckGroup]) -> String {
    let matching = tally(groups.iter().filter(|group| compares_content(group.id))).pass;
    match matching {
        0 => "Every required check of this question passed.".to_owned(),
        1 => "The sealed item matches its recorded fingerprint.".to_owned(),
        many => format!(
            "{0} of {0} sealed items match their recorded fingerprints.",
            number(many)
        ),
    }
}

fn from_whom(report: &Report) -> String {
    let signer = signer_label(report).unwrap_or_else(|| "a key in your key book".to_owned());
    let signer = crate::words::sentence::first_upper(&signer);
    let confirmed = confirmed_in_short(report).map_or_else(String::new, |how| format!(", {how}"));
    format!("{signer}{confirmed}.{}", limit_of_signature(report))
}

/// A signature vouches for what it covers: where content does not match, not for the content at hand.
fn limit_of_signature(report: &Report) -> &'static str {
    match report
        .questions
        .get(&Question::Unchanged)
        .map(|roll_up| roll_up.outcome)
    {
        Some(Outcome::Fail(_)) => {
            " It vouches for the recorded fingerprints, not for content that does not match them."
        }
        Some(Outcome::Undetermined(ReasonCode::ExportPayloadAbsent)) => {
            " It vouches for the stated fingerprint. The file itself is not here."
        }
        Some(Outcome::Pass | Outcome::Undetermined(_) | Outcome::Skipped(_)) | None => "",
    }
}

fn complete(report: &Report, deciding: Option<&CheckGroup>) -> String {
    let listed: u64 = report
        .parts
        .iter()
        .flat_map(|part| &part.manifests)
        .map(|manifest| manifest.listed)
        .sum();
    match (listed, deciding) {
        (0, Some(group)) => check(group.id).passed.to_owned(),
        (0, None) => "Every required check of this question passed.".to_owned(),
        (1, _) => "The one listed record is present, once. The list itself is not signed.".to_owned(),
        (many, _) => format!(
            "All {} are present, once each. The list itself is not signed.",
            count(many, "listed record", "listed records")
        ),
    }
}

fn mismatch(code: ReasonCode, deciding: Option<&CheckGroup>) -> String {
    let words = reason(code);
    // The lead says what is wrong; a reason without a lead of its own says it here.
    let fact = match (deciding, words.lead) {
        (Some(group), Some(_)) => format!("Concerns {}.", in_sentence(group)),
        (Some(group), None) => format!("{}: {}.", group.subject(), words.clause()),
        (None, _) => words.plain.to_owned(),
    };
    match words.typical_causes() {
        Some(causes) => format!("{fact} {causes}"),
        None => fact,
    }
}

/// "record 2", "3 records", "the pack", a path.
fn in_sentence(group: &CheckGroup) -> String {
    match &group.first {
        Some(first) if first.record.is_none() && first.label.is_empty() => "the pack".to_owned(),
        Some(first) if first.record.is_none() => group.subject(),
        _ => first_lower(&group.subject()),
    }
}

fn undecided(code: ReasonCode, deciding: Option<&CheckGroup>) -> String {
    let words = reason(code);
    let meaning = words
        .means
        .split_inclusive(". ")
        .next()
        .unwrap_or(words.means)
        .trim_end();
    match deciding.and_then(named_key) {
        Some(key) if names_a_missing_key(code) => {
            format!("The signature names key {key}. {} {}", words.plain, words.next)
        }
        _ => format!("{} {meaning}", words.plain),
    }
}

fn names_a_missing_key(code: ReasonCode) -> bool {
    matches!(
        code,
        ReasonCode::KeyNotFound | ReasonCode::NodeKeyUnavailable | ReasonCode::NodeKeyNotFound
    )
}

/// The key id that the first check of a group names.
fn named_key(group: &CheckGroup) -> Option<String> {
    let check = &group.first.as_ref()?.check;
    let (_, key) = check.details.iter().find(|(name, _)| *name == "keyId")?;
    Some(visible(key))
}
