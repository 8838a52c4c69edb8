//! The reviewer's note as the page shows it.

mod history;
mod place;

use strum::IntoEnumIterator as _;

use super::my_review::review_page;
use super::{local_time, time_to_the_second, visible};
use crate::acts::{ActError, Case};
use crate::case_file::Marks;
use crate::note::{Annotation, Decision, DecisionValue, Ledger, Note, Review, Role, Status, Target};
use crate::view::{
    DecisionChoice, DecisionItem, DecisionView, DraftItem, NoteItem, NoteSubject, NoteTarget, NoteView, RowReview,
    StageView, StatusView,
};
use crate::words::note::{decision, status};
use crate::words::sentence::{count, length};

pub use history::history;
pub(super) use history::history_of;
use history::what;
use place::{about, link, place};

/// What the page is told beside the note itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// Why there is no note, or why it can only be read.
    pub read_only: Option<String>,
    /// That a note about other bytes lies beside the pack, and what differs.
    pub other_note: Option<String>,
    /// Where the note is kept, in words.
    pub path_words: String,
    /// The name that will stand beside the next act.
    pub actor: String,
}

/// The note, whole; an empty one where there is none.
#[must_use]
pub fn note(case: &Case<'_>, note: Option<&Note>, around: Surroundings) -> NoteView {
    let empty = Ledger::default();
    let ledger = note.map_or(&empty, Note::ledger);
    let review = ledger.review();
    let words = status(review.status);
    NoteView {
        status: status_view(review.status),
        status_word: words.word.to_owned(),
        status_words: format!("{}. {}", words.word, words.about),
        stages: stages(review),
        read_only: around.read_only,
        other_note: around.other_note,
        path_words: around.path_words,
        saved_at: ledger.last().map(|last| time_to_the_second(&last.at)),
        actor: around.actor,
        notes: review
            .annotations
            .iter()
            .map(|note| item(case, note, is_open(review, ledger, note)))
            .collect(),
        decisions: counting(review).map(|decision| decision_item(case, decision)).collect(),
        records_decided: Marks::of(review).decided.count(),
        choices: DecisionValue::iter().map(choice).collect(),
        can_undo: ledger.undoable().map(|seq| what(ledger, seq)),
        can_redo: ledger.redoable().map(|seq| what(ledger, seq)),
        drafts: note.map(drafts).unwrap_or_default(),
        tags: review.tags().into_iter().map(str::to_owned).collect(),
        entries: length(ledger.entries().len()),
        review: review_page(case, note),
    }
}

/// What the reader has before her, as the note calls it, with the decision about it that counts.
///
/// # Errors
/// When it is not there.
pub fn note_subject(case: &Case<'_>, note: Option<&Note>, target: &NoteTarget) -> Result<NoteSubject, ActError> {
    let target = case.named(target)?;
    let decisions = note.map(|note| note.review().decisions.as_slice()).unwrap_or_default();
    let decision = decisions.iter().rev().find(|decision| speaks_of(decision, &target));
    Ok(NoteSubject {
        place: place(&target),
        title: title(case, &target),
        decision: decision.map(|decision| decision_item(case, decision)),
    })
}

/// What the reviewer did about a record, for the table.
#[must_use]
pub fn row_review(review: &Review, record: u64) -> Option<RowReview> {
    let word = review.decision_on(record).map(|made| decision(made.value).word);
    let notes = length(review.notes_on(record).count());
    let told = (notes > 0).then(|| count(notes, "note", "notes"));
    let words: Vec<&str> = word.into_iter().chain(told.as_deref()).collect();
    (!words.is_empty()).then(|| RowReview {
        word: word.unwrap_or_default().to_owned(),
        notes,
        words: words.join(", "),
    })
}

/// The decisions without those that a later one about the same replaced, the last one first.
fn counting(review: &Review) -> impl Iterator<Item = &Decision> {
    let mut seen = std::collections::HashSet::new();
    review
        .decisions
        .iter()
        .rev()
        .filter(move |decision| seen.insert(place(&decision.target)))
}

/// Whether a decision is about this item, alone or among others.
fn speaks_of(decision: &Decision, target: &Target) -> bool {
    let of_record = match target {
        Target::Record { number, .. } => decision.target.includes(*number),
        Target::Pack { .. } | Target::Records { .. } | Target::Check { .. } | Target::Field { .. } => false,
    };
    of_record || place(&decision.target) == place(target)
}

/// "Record 3, exec-004" where the record says more than its number.
fn title(case: &Case<'_>, target: &Target) -> String {
    match target {
        Target::Record { number, .. } => case
            .record(*number)
            .map_or_else(|_| about(target), |record| super::record_label(*number, &record)),
        Target::Pack { .. } | Target::Records { .. } | Target::Check { .. } | Target::Field { .. } => about(target),
    }
}

fn item(case: &Case<'_>, note: &Annotation, open: bool) -> NoteItem {
    NoteItem {
        id: note.id.clone(),
        place: place(&note.target),
        about: about(&note.target),
        target: link(case.groups, &note.target),
        text: note.text.clone(),
        tags: note.tags.clone(),
        by: by(&note.author, &note.at),
        hint: local_time(&note.at),
        open,
    }
}

/// A note of somebody who has signed off stays as it is.
fn is_open(review: &Review, ledger: &Ledger, note: &Annotation) -> bool {
    let made: Option<u64> = note.id.strip_prefix('n').and_then(|seq| seq.parse().ok());
    match review.status {
        Status::Draft => true,
        Status::Prepared | Status::Reviewed => made.is_some_and(|seq| seq > ledger.stage()),
        Status::Released => false,
    }
}

fn decision_item(case: &Case<'_>, made: &Decision) -> DecisionItem {
    DecisionItem {
        place: place(&made.target),
        about: about(&made.target),
        target: link(case.groups, &made.target),
        value: decision_view(made.value),
        word: decision(made.value).word.to_owned(),
        reason: made.reason.clone(),
        by: by(&made.author, &made.at),
        hint: local_time(&made.at),
    }
}

fn by(author: &str, at: &str) -> String {
    format!("{}, {}", visible(author), time_to_the_second(at))
}

fn choice(value: DecisionValue) -> DecisionChoice {
    let words = decision(value);
    DecisionChoice {
        value: decision_view(value),
        word: words.word.to_owned(),
        about: words.about.to_owned(),
    }
}

/// What was being typed; where that cannot be read, there is nothing to go on with.
fn drafts(note: &Note) -> Vec<DraftItem> {
    let kept = note.drafts().unwrap_or_default().into_iter();
    kept.map(|draft| DraftItem {
        at: time_to_the_second(&draft.at),
        place: draft.place,
        text: draft.text,
    })
    .collect()
}

fn stages(review: &Review) -> Vec<StageView> {
    let signed = |role: Role| {
        let signoff = review.signoffs.iter().rev().find(|signoff| signoff.role == role);
        signoff.map_or_else(String::new, |signoff| by(&signoff.name, &signoff.at))
    };
    let stage = |to: Status, by: String| StageView {
        status: status_view(to),
        word: status(to).word.to_owned(),
        reached: to <= review.status,
        by,
    };
    std::iter::once(stage(Status::Draft, String::new()))
        .chain(Role::iter().map(|role| stage(role.leads_to(), signed(role))))
        .collect()
}

fn status_view(status: Status) -> StatusView {
    match status {
        Status::Draft => StatusView::Draft,
        Status::Prepared => StatusView::Prepared,
        Status::Reviewed => StatusView::Reviewed,
        Status::Released => StatusView::Released,
    }
}

/// A decision for the page.
#[must_use]
pub fn decision_view(value: DecisionValue) -> DecisionView {
    match value {
        DecisionValue::Accepted => DecisionView::Accepted,
        DecisionValue::AcceptedWithException => DecisionView::AcceptedWithException,
        DecisionValue::Rejected => DecisionView::Rejected,
        DecisionValue::MoreEvidence => DecisionView::MoreEvidence,
        DecisionValue::NotApplicable => DecisionView::NotApplicable,
    }
}

#[cfg(test)]
mod tests;
