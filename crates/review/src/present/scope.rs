//! What an export covers: the question, who answered it, and what each answer does.

use evidence::{Outcome, Question, ReasonCode, Report, Scope};

use crate::view::{ScopeAnswer, ScopeView};
use crate::words::{SCOPES, scope as words, scope_of};

use super::population::{Organisation, organisations};

/// The question, for a pack that holds a log.
#[must_use]
pub fn scope(report: &Report) -> Option<ScopeView> {
    let stated = report.policy.scope;
    let logs = organisations(report);
    let first = logs.first()?;
    let taken = stated.or_else(|| scope_of(&first.scope)).unwrap_or(Scope::Unknown);
    Some(ScopeView {
        title: "What does this export cover?".to_owned(),
        sentence: sentence(stated, &logs),
        chosen: words(taken).id.to_owned(),
        asked: asked(report, stated),
        stated: stated.is_some(),
        answers: SCOPES
            .into_iter()
            .map(|one| ScopeAnswer {
                id: words(one).id.to_owned(),
                lead: words(one).lead.to_owned(),
                text: words(one).text.to_owned(),
            })
            .collect(),
    })
}

/// ", scope stated by the reviewer: the whole log", where the pack holds a log and somebody did.
#[must_use]
pub(crate) fn stated(report: &Report) -> String {
    match report.policy.scope {
        Some(scope) if !organisations(report).is_empty() => {
            format!(", scope stated by the reviewer: {}", words(scope).clause)
        }
        _ => String::new(),
    }
}

/// Whether an answer could settle what is open: nobody, or only an unsigned export job, said what the export covers.
fn asked(report: &Report, stated: Option<Scope>) -> bool {
    let complete = report.questions.get(&Question::Complete).map(|roll_up| roll_up.outcome);
    stated.is_none() && complete.is_some_and(settles)
}

/// Whether saying what an export covers could settle an open check.
pub(super) fn settles(outcome: Outcome) -> bool {
    matches!(
        outcome,
        Outcome::Undetermined(
            ReasonCode::GapsUnexplained
                | ReasonCode::UnverifiedInSequence
                | ReasonCode::ContiguousRange
                | ReasonCode::NotEvaluableFiltered
                | ReasonCode::GapsInTimeRange
        )
    )
}

/// "The file does not say.", "You stated: the whole log."
fn sentence(stated: Option<Scope>, logs: &[Organisation]) -> String {
    if let Some(stated) = stated {
        return format!("You stated: {}.", words(stated).clause);
    }
    let job = logs.iter().find(|log| log.scope_stated_by == "exportJob");
    match job.and_then(|log| scope_of(&log.scope)) {
        Some(claimed) => format!(
            "The export job in the pack says: {}. Nobody signed that.",
            words(claimed).clause
        ),
        None => "The file does not say.".to_owned(),
    }
}
