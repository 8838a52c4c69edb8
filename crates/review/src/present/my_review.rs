//! *My review*: the parts of the note beside notes and decisions, in a calm order, and how far each is.

mod checklist;
mod conclusion;
mod exceptions;
mod file_name;
mod received;
mod sample;
mod signing;

use evidence::Report;

use crate::acts::Case;
use crate::note::{Note, Review, Status};
use crate::view::{OutlineItem, ReviewPage};
use crate::words::sentence::{count, length};

use super::CheckGroup;

pub use checklist::suggested;
pub(crate) use exceptions::proposed;
pub use file_name::note_file_name;
pub use sample::sample_row;

/// The page, of an empty note where there is none.
#[must_use]
pub fn review_page(case: &Case<'_>, note: Option<&Note>) -> ReviewPage {
    let writable = note.is_some_and(|note| note.read_only().is_none());
    let empty = Review::default();
    page(note.map_or(&empty, Note::review), case.report, case.groups, writable)
}

/// `writable` is false where nothing can be written, whatever the status.
fn page(review: &Review, report: &Report, groups: &[CheckGroup], writable: bool) -> ReviewPage {
    ReviewPage {
        editable: writable && review.status == Status::Draft,
        standing: standing(review),
        outline: outline(review),
        engagement: review.engagement.clone(),
        custody: review.custody.clone(),
        new_custody: received::hand_over(report),
        received: received::received(report),
        procedure: review.procedure.clone(),
        performed: received::performed(report),
        sample: sample::section(review, report),
        checklist: checklist::section(review, report),
        exceptions: exceptions::section(review, groups),
        contradicting: review.contradicting.clone(),
        conclusion: conclusion::section(review, report),
        retention: review.retention.clone(),
        signing: signing::section(review, report, writable),
        versions: signing::versions(review),
    }
}

fn standing(review: &Review) -> String {
    match review.status {
        Status::Draft if review.version > 1 => format!(
            "Draft of version {}. Every change is saved when you see it. Your words never change the verdict.",
            review.version
        ),
        Status::Draft => {
            "Draft. Every change is saved when you see it. Your words never change the verdict.".to_owned()
        }
        Status::Prepared => {
            "Prepared. The reviewer comes next. Whoever wants to change something opens the note again.".to_owned()
        }
        Status::Reviewed => {
            "Reviewed. The approver comes next. Whoever wants to change something opens the note again.".to_owned()
        }
        Status::Released => "Released. Nothing changes any more, unless the note is opened again.".to_owned(),
    }
}

/// How far a section is that nobody has begun.
const NOT_STATED: &str = "not stated yet";

/// The sections in the order of the page.
fn outline(review: &Review) -> Vec<OutlineItem> {
    let item = |id: &str, label: &str, state: String, open: &str| OutlineItem {
        id: id.to_owned(),
        label: label.to_owned(),
        stated: !state.is_empty(),
        state: if state.is_empty() { open.to_owned() } else { state },
    };
    let some = |stated: bool| if stated { "stated" } else { "" }.to_owned();
    let several = |len: usize, one, many| match length(len) {
        0 => String::new(),
        len => count(len, one, many),
    };
    vec![
        item(
            "engagement",
            "Engagement",
            some(review.engagement != Default::default()),
            NOT_STATED,
        ),
        item(
            "custody",
            "Evidence and custody",
            several(review.custody.len(), "hand-over", "hand-overs"),
            "no hand-over yet",
        ),
        item(
            "procedure",
            "Procedure",
            some(review.procedure != Default::default()),
            NOT_STATED,
        ),
        item("sample", "Sample", sample::state(review), "not drawn yet"),
        item("checklist", "Checklist", checklist::progress(review), "not chosen yet"),
        item(
            "decisions",
            "Decisions",
            several(review.decisions.len(), "decision", "decisions"),
            "none yet",
        ),
        item(
            "exceptions",
            "Exceptions",
            several(review.exceptions.len(), "exception", "exceptions"),
            "none yet",
        ),
        item(
            "contradicting",
            "What speaks against it",
            several(review.contradicting.len(), "point", "points"),
            "none yet",
        ),
        item("conclusion", "Conclusion", conclusion::state(review), NOT_STATED),
        item(
            "retention",
            "Retention",
            some(review.retention != Default::default()),
            NOT_STATED,
        ),
        item("signing", "Sign-off", signing::state(review), "not signed yet"),
    ]
}

#[cfg(test)]
mod tests;
