//! The checklist of *My review*.

use evidence::{Ecosystem, Report};
use strum::IntoEnumIterator;

use crate::note::checklist::{TemplateRef, built_in};
use crate::note::{AnswerValue, ChecklistItem, Review};
use crate::present::{time_to_the_second, visible};
use crate::view::{AnswerChoice, ChecklistRow, ChecklistSection, Choice};
use crate::words;
use crate::words::sentence::{length, number};

/// The questions with their answers, and the checklists there are.
pub(super) fn section(review: &Review, report: &Report) -> ChecklistSection {
    ChecklistSection {
        templates: templates(suggested(report)),
        title: review.checklist_template.as_ref().map(title).unwrap_or_default(),
        progress: progress(review),
        items: review.checklist.iter().map(row).collect(),
        answers: AnswerValue::iter()
            .map(|value| AnswerChoice {
                id: value,
                label: words::answer(value).to_owned(),
            })
            .collect(),
    }
}

/// The ecosystem whose checklist fits the pack: that of its first part.
#[must_use]
pub fn suggested(report: &Report) -> Option<Ecosystem> {
    report.parts.iter().find_map(|part| part.native.ecosystem)
}

/// The built-in checklists, the suggested one first.
fn templates(suggested: Option<Ecosystem>) -> Vec<Choice> {
    let others = [Ecosystem::NexArt, Ecosystem::Keel, Ecosystem::Invoance]
        .into_iter()
        .filter(|ecosystem| Some(*ecosystem) != suggested);
    suggested
        .into_iter()
        .chain(others)
        .filter_map(|ecosystem| {
            Some(Choice {
                id: ecosystem.as_str().to_owned(),
                label: built_in(ecosystem).ok()?.title,
            })
        })
        .collect()
}

fn title(template: &TemplateRef) -> String {
    format!("{}, version {}", visible(&template.title), visible(&template.version))
}

/// "4 of 13 answered"; empty before a checklist is chosen.
pub(super) fn progress(review: &Review) -> String {
    if review.checklist.is_empty() {
        return String::new();
    }
    let answered = review.checklist.iter().filter(|item| item.answer.is_some()).count();
    format!(
        "{} of {} answered",
        number(length(answered)),
        number(length(review.checklist.len()))
    )
}

fn row(item: &ChecklistItem) -> ChecklistRow {
    let answer = item.answer.as_ref();
    ChecklistRow {
        item: item.item.clone(),
        text: visible(&item.text),
        value: answer.map(|answer| answer.value),
        remark: answer.map(|answer| answer.remark.clone()).unwrap_or_default(),
        evidence_refs: answer.map(|answer| answer.evidence_refs.clone()).unwrap_or_default(),
        by: answer.map_or_else(String::new, |answer| {
            format!("{}, {}", visible(&answer.author), time_to_the_second(&answer.at))
        }),
    }
}
