//! The list of checks.

use evidence::{CheckCounts, Outcome, Question, Report};
use strum::IntoEnumIterator;

use crate::view::{CheckGroupView, ChecksView, CountView, CountsView, OutcomeView, QuestionView};
use crate::words::sentence::{count, first_upper, number};
use crate::words::{check, outcome, question};

use super::groups::{CheckGroup, group_key, tally, worst_first};
use super::outcome_view;

/// The list of checks, by question, worst first.
#[must_use]
pub fn checks(report: &Report, groups: &[CheckGroup]) -> ChecksView {
    ChecksView {
        steps: super::steps::steps(report),
        counts: counts(&tally(groups)),
        questions: Question::iter().map(|one| question_view(one, groups)).collect(),
    }
}

fn question_view(one: Question, groups: &[CheckGroup]) -> QuestionView {
    let mine: Vec<&CheckGroup> = worst_first(groups)
        .into_iter()
        .filter(|group| group.id.question() == one)
        .collect();
    let tally = tally(mine.iter().copied());
    QuestionView {
        question: question(one).to_owned(),
        summary: summary_line(&tally) + &not_checked(&tally),
        groups: mine.into_iter().map(group_view).collect(),
    }
}

fn group_view(group: &CheckGroup) -> CheckGroupView {
    CheckGroupView {
        key: group_key(group.id, group.outcome, group.required),
        outcome: outcome_view(group.outcome),
        title: group_title(group),
        count: count(group.count, "check", "checks"),
        outcome_word: outcome(group.outcome).to_owned(),
        required: group.required,
    }
}

/// The check as a question: "Record 2: does the content match its recorded fingerprint?"
#[must_use]
pub fn group_title(group: &CheckGroup) -> String {
    let words = check(group.id);
    let first = group.first.as_ref();
    match (group.count, first.and_then(|subject| subject.record)) {
        (1, Some(record)) => format!("Record {}: {}", number(record), words.one),
        (_, Some(_)) => format!("{}: {}", group.subject(), words.many),
        (1, None) => first_upper(words.one),
        (_, None) => first_upper(words.many),
    }
}

/// "3 of 8 checks found a mismatch", "1 of 2 checks undecided", "7 of 7 checks passed".
fn summary_line(tally: &CheckCounts) -> String {
    let checked = tally.pass + tally.fail + tally.undetermined;
    let of = format!("of {}", count(checked, "check", "checks"));
    match (tally.fail, tally.undetermined) {
        (0, 0) if checked == 0 => "No check applies".to_owned(),
        (0, 0) => format!("{} {of} passed", number(tally.pass)),
        (0, undecided) => format!("{} {of} undecided", number(undecided)),
        (failed, 0) => format!("{} {of} found a mismatch", number(failed)),
        (failed, undecided) => format!(
            "{} {of} found a mismatch, {} undecided",
            number(failed),
            number(undecided)
        ),
    }
}

/// What the link of a tile says, and what stands behind it: the first of mismatches, undecided and passed.
pub(super) fn link_and_rest(tally: &CheckCounts) -> (String, String) {
    let line = summary_line(tally);
    let rest = not_checked(tally);
    match line.split_once(" mismatch, ") {
        Some((found, undecided)) => (format!("{found} mismatch"), format!(", {undecided}{rest}")),
        None => (line, rest),
    }
}

/// ", 1 not checked"; empty when there is none.
fn not_checked(tally: &CheckCounts) -> String {
    match tally.skipped {
        0 => String::new(),
        skipped => format!(", {} not checked", number(skipped)),
    }
}

/// Four outcomes that add up to the total.
#[must_use]
pub fn counts(tally: &CheckCounts) -> CountsView {
    let one = |outcome, count, words: &str| CountView {
        outcome,
        count,
        text: format!("{} {words}", number(count)),
    };
    CountsView {
        total: count(tally.total(), "check", "checks"),
        outcomes: vec![
            one(OutcomeView::Pass, tally.pass, "passed"),
            one(OutcomeView::Fail, tally.fail, "with a mismatch"),
            one(OutcomeView::Undetermined, tally.undetermined, "undecided"),
            one(OutcomeView::Skipped, tally.skipped, "not checked"),
        ],
    }
}

/// Whether a group needs attention: a mismatch or an open question that the verdict needs, or any mismatch.
pub(super) fn needs_attention(group: &CheckGroup) -> bool {
    match group.outcome {
        Outcome::Fail(_) => true,
        Outcome::Undetermined(_) => group.required,
        Outcome::Pass | Outcome::Skipped(_) => false,
    }
}
