//! What an export covers: the question, who answered it, and what each answer does.

use evidence::{Outcome, Question, ReasonCode, Report, Scope};

use crate::view::{ScopeAnswer, ScopeView};
use crate::words::{SCOPES, scope as words, scope_of};

use super::population::{Organisation, organisations};

/// The question, for a pack that holds a log; `stated` is what the reviewer answered in this session.
#[must_use]
pub fn scope(report: &Report, stated: Option<Scope>) -> Option<ScopeView> {
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

/// Whether an answer could settle what is open: nobody, or only an unsigned export job, said what the export covers.
fn asked(report: &Report, stated: Option<Scope>) -> bool {
    let complete = report.questions.get(&Question::Complete).map(|roll_up| roll_up.outcome);
    let open = matches!(
        complete,
        Some(Outcome::Undetermined(
            ReasonCode::GapsUnexplained
                | ReasonCode::UnverifiedInSequence
                | ReasonCode::ContiguousRange
                | ReasonCode::NotEvaluableFiltered
                | ReasonCode::GapsInTimeRange
        ))
    );
    stated.is_none() && open
}

/// "The file does not say.", "You stated that it covers the whole log."
fn sentence(stated: Option<Scope>, logs: &[Organisation]) -> String {
    if let Some(stated) = stated {
        if stated == Scope::Unknown {
            return "You stated that it is not known.".to_owned();
        }
        return format!("You stated that it covers {}.", words(stated).clause);
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
