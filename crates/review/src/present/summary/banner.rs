//! The verdict in one word, one sentence and one next step.

use evidence::{CheckCounts, KeyState, Outcome, ReasonCode, Report, Verdict};

use crate::view::{NextStep, Target, ViewName};
use crate::words::sentence::{count, first_lower, length, number};
use crate::words::{reason, verdict};

use super::view;
use crate::present::checks::needs_attention;
use crate::present::groups::{CheckGroup, group_key, tally, worst_first};
use crate::present::keys::signer_label;
use crate::present::text::visible;

/// The banner's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Banner {
    /// "Problem found."
    pub word: String,
    /// The sentence.
    pub sentence: String,
    /// The one next step.
    pub next: Option<NextStep>,
}

/// The banner of a report.
#[must_use]
pub fn banner(report: &Report, groups: &[CheckGroup]) -> Banner {
    let open = worst_first(groups).into_iter().find(|group| needs_attention(group));
    let (sentence, next) = match report.verdict {
        Verdict::Verified => (
            verified(report, groups),
            Some(step("Look at the records", ViewName::Records)),
        ),
        Verdict::Failed => (
            failed(report, groups, open),
            open.map(|group| to_group("See the first mismatch", group)),
        ),
        Verdict::Indeterminate => (undecided(report, groups, open), undecided_next(report, open)),
        Verdict::NotEvidence => (
            not_evidence(report),
            Some(step("Show the list of files", ViewName::Files)),
        ),
        Verdict::Error => (error(report), files_step(report)),
    };
    Banner {
        word: format!("{}.", verdict(report.verdict)),
        sentence,
        next,
    }
}

fn required(groups: &[CheckGroup]) -> CheckCounts {
    tally(groups.iter().filter(|group| group.required))
}

/// Checks that ended with an answer or with an open question.
fn asked(tally: &CheckCounts) -> u64 {
    tally.pass + tally.fail + tally.undetermined
}

fn verified(report: &Report, groups: &[CheckGroup]) -> String {
    let passed = required(groups).pass;
    let signer = signer_label(report).unwrap_or_else(|| "a key in your key book".to_owned());
    format!(
        "All {} passed. The content is unchanged since it was signed with {signer}.",
        count(passed, "required check", "required checks")
    )
}

fn failed(report: &Report, groups: &[CheckGroup], first: Option<&CheckGroup>) -> String {
    let tally = required(groups);
    match first {
        Some(group) if tally.fail > 0 => format!(
            "{} of {} found a mismatch. First, {}.",
            number(tally.fail),
            count(asked(&tally), "required check", "required checks"),
            first_reason(group)
        ),
        _ => format!("A mismatch was found. {}", cause(report)),
    }
}

/// "record 2 (nemo_guardrails_check): its content does not match the recorded fingerprint".
fn first_reason(group: &CheckGroup) -> String {
    let clause = group
        .outcome
        .reason()
        .map_or_else(String::new, |code| reason(code).clause());
    match &group.first {
        // A question that is asked of the whole export too is not one of its first record.
        _ if group.of_pack > 0 && group.count > 1 => clause,
        Some(subject) if subject.record.is_some() => format!("{}: {clause}", in_brackets(&first_lower(&subject.label))),
        Some(subject) if !subject.label.is_empty() => format!("{}: {clause}", subject.label),
        _ => clause,
    }
}

/// "record 2, id" as "record 2 (id)".
fn in_brackets(label: &str) -> String {
    match label.split_once(", ") {
        Some((number, id)) => format!("{number} ({id})"),
        None => label.to_owned(),
    }
}

fn cause(report: &Report) -> &'static str {
    report
        .reason_codes
        .first()
        .map_or("The reason stands with the records.", |code| reason(*code).plain)
}

fn undecided(report: &Report, groups: &[CheckGroup], open: Option<&CheckGroup>) -> String {
    let clean = tally(groups).fail == 0 && report.counts.failed == 0;
    let fact = if clean {
        "Nothing was found to be wrong"
    } else {
        "No required check found a mismatch"
    };
    let tally = required(groups);
    let missing = missing(groups);
    match (open, missing) {
        (Some(_), Some(missing)) => format!(
            "{fact}, but {missing} is needed to finish {}.",
            count(tally.undetermined, "check", "checks")
        ),
        (Some(group), None) => format!(
            "{fact}, but {} of {} could not be finished. First, {}.",
            number(tally.undetermined),
            count(asked(&tally), "required check", "required checks"),
            first_reason(group)
        ),
        (None, _) => format!("{fact}, but no required check could be made. {}", cause(report)),
    }
}

/// What is missing, when one thing would finish every open check.
fn missing(groups: &[CheckGroup]) -> Option<&'static str> {
    let mut needed = groups
        .iter()
        .filter(|group| group.required && matches!(group.outcome, Outcome::Undetermined(_)))
        .map(|group| group.outcome.reason().and_then(|code| reason(code).missing));
    let first = needed.next()??;
    needed.all(|other| other == Some(first)).then_some(first)
}

fn undecided_next(report: &Report, open: Option<&CheckGroup>) -> Option<NextStep> {
    let group = open?;
    let code = group.outcome.reason()?;
    if code == ReasonCode::KeyNotConfirmed {
        return Some(NextStep {
            label: "Confirm this key…".to_owned(),
            target: Target {
                key: unconfirmed_key(report),
                ..view(ViewName::Keys)
            },
        });
    }
    let key_missing = matches!(
        code,
        ReasonCode::KeyNotFound | ReasonCode::NodeKeyUnavailable | ReasonCode::NodeKeyNotFound
    );
    Some(if key_missing {
        step("See which key is missing", ViewName::Keys)
    } else {
        to_group("See what is missing", group)
    })
}

/// The first key that came only with the pack and that a signature fits.
pub(super) fn unconfirmed_key(report: &Report) -> Option<u64> {
    report
        .parts
        .iter()
        .flat_map(|part| &part.keys)
        .position(|key| key.state == KeyState::SuppliedBySender && key.signatures > 0)
        .map(length)
}

fn not_evidence(report: &Report) -> String {
    format!(
        "{} is readable, but it is not a kind of evidence pack this version knows.",
        visible(&report.input.name)
    )
}

fn error(report: &Report) -> String {
    let code = report.reason_codes.first().copied();
    let finding = report.findings.iter().find(|finding| Some(finding.code) == code);
    let limit = report.limits.iter().find(|limit| Some(limit.code) == code);
    let item = finding
        .map(|finding| finding.subject.as_str())
        .or(limit.map(|limit| limit.subject.as_str()))
        .filter(|subject| !subject.is_empty())
        .unwrap_or(&report.input.name);
    let cause = code.map_or_else(|| "it could not be read".to_owned(), |code| reason(code).clause());
    format!(
        "It stopped at {}: {cause}. This says nothing about the evidence itself.",
        visible(item)
    )
}

fn files_step(report: &Report) -> Option<NextStep> {
    (!report.files.is_empty()).then(|| step("Show the list of files", ViewName::Files))
}

fn step(label: &str, name: ViewName) -> NextStep {
    NextStep {
        label: label.to_owned(),
        target: view(name),
    }
}

fn to_group(label: &str, group: &CheckGroup) -> NextStep {
    NextStep {
        label: label.to_owned(),
        target: Target {
            check: Some(group_key(group.id, group.outcome, group.required)),
            record: group.first.as_ref().and_then(|subject| subject.record),
            ..view(ViewName::Checks)
        },
    }
}
