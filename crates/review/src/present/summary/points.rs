//! What needs attention.

use evidence::{CheckId, Finding, Outcome, Report, Verdict};

use crate::view::{PointView, PointsView, Target, ViewName};
use crate::words::reason;
use crate::words::sentence::{count, length, number};

use super::view;
use crate::present::checks::needs_attention;
use crate::present::groups::{CheckGroup, group_key, tally, worst_first};
use crate::present::outcome_view;
use crate::present::text::{label, visible};

/// How many points the first page lists.
const SHOWN: usize = 6;

/// Mismatches first, then what is undecided.
pub(super) fn points(report: &Report, groups: &[CheckGroup]) -> PointsView {
    let open: Vec<&CheckGroup> = worst_first(groups)
        .into_iter()
        .filter(|group| needs_attention(group))
        .collect();
    let hidden = length(open.len().saturating_sub(SHOWN));
    PointsView {
        title: title(report.verdict, &open),
        rows: open.iter().take(SHOWN).map(|group| point(report, group)).collect(),
        more: match hidden {
            0 => String::new(),
            hidden => format!("and {} more", number(hidden)),
        },
        to_do: to_do(report.verdict, &open),
    }
}

fn to_do(verdict: Verdict, open: &[&CheckGroup]) -> String {
    if verdict == Verdict::NotEvidence {
        return "Ask the sender which system exported this, and for the evidence pack as that system wrote it. \
                A spreadsheet, print or copy of it cannot be checked."
            .to_owned();
    }
    open.first()
        .and_then(|group| group.outcome.reason())
        .map_or_else(String::new, |code| reason(code).next.to_owned())
}

fn title(verdict: Verdict, open: &[&CheckGroup]) -> String {
    let tally = tally(open.iter().copied());
    match (tally.fail, tally.undetermined) {
        _ if verdict == Verdict::NotEvidence => "What to do next".to_owned(),
        _ if verdict == Verdict::Error => "What stopped the check".to_owned(),
        (0, 0) => "Nothing needs attention".to_owned(),
        (0, _) => "What is missing".to_owned(),
        (1, 0) => "The mismatch".to_owned(),
        (failed, 0) => format!("The {} mismatches", number(failed)),
        (failed, undecided) => format!(
            "{} and {} undecided",
            count(failed, "mismatch", "mismatches"),
            number(undecided)
        ),
    }
}

/// The findings that name the items of a group of the pack as a whole: same code, no record.
pub(crate) fn items<'a>(report: &'a Report, group: &CheckGroup) -> Vec<&'a Finding> {
    let of_record = group.first.as_ref().is_some_and(|first| first.record.is_some());
    let code = group.outcome.reason();
    let of_parts = report.parts.iter().flat_map(|part| &part.findings);
    report
        .findings
        .iter()
        .chain(of_parts)
        .filter(|finding| !of_record && Some(finding.code) == code && !finding.subject.is_empty())
        .collect()
}

/// What a point is about, in few words, and the path where that is a file.
fn subject(report: &Report, group: &CheckGroup) -> (String, String) {
    let path = match items(report, group).as_slice() {
        [] => return (group.subject(), String::new()),
        [only] => visible(&only.subject),
        many => return (count(length(many.len()), "item", "items"), String::new()),
    };
    if group.id == CheckId::Snapshot {
        return ("Saved result".to_owned(), path);
    }
    if group.id == CheckId::Manifest {
        // The finding names the record that is missing or not listed; its own point does so too.
        return ("List of records".to_owned(), group.subject());
    }
    match path.rsplit_once('/') {
        Some((_, name)) if !name.is_empty() => (label(name), path),
        _ => (label(&path), String::new()),
    }
}

fn point(report: &Report, group: &CheckGroup) -> PointView {
    let text = match group.outcome {
        Outcome::Fail(code) | Outcome::Undetermined(code) | Outcome::Skipped(code) => reason(code).plain,
        Outcome::Pass => "",
    };
    let single = group.count == 1;
    let (subject, path) = subject(report, group);
    PointView {
        outcome: outcome_view(group.outcome),
        subject,
        path,
        text: text.to_owned(),
        target: Target {
            check: Some(group_key(group.id, group.outcome, group.required)),
            record: group
                .first
                .as_ref()
                .and_then(|subject| subject.record)
                .filter(|_| single),
            ..view(ViewName::Checks)
        },
    }
}
