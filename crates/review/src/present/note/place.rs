//! What a note or decision is about: its place, its words, and where it is shown.

use evidence::CheckId;

use crate::note::Target;
use crate::present::groups::{CheckGroup, group_key};
use crate::present::text::label;
use crate::view::{self, ViewName};
use crate::words;
use crate::words::sentence::{count, number};

/// The place: equal for the same item, whatever a new run made of it.
pub(super) fn place(target: &Target) -> String {
    match target {
        Target::Pack { .. } => "pack".to_owned(),
        Target::Record { number, .. } => format!("record/{number}"),
        // The digest names the list, however long it is.
        Target::Records { content_sha256, .. } => format!("records/{content_sha256}"),
        Target::Check {
            reference,
            subject,
            number,
            ..
        } => {
            let number = number.map_or_else(|| "-".to_owned(), |number| number.to_string());
            format!("check/{reference}/{number}/{subject}")
        }
        Target::Field { reference, number, .. } => format!("field/{number}{reference}"),
    }
}

/// "Record 3", "37 records", "Content fingerprint, record 3".
pub(super) fn about(target: &Target) -> String {
    match target {
        Target::Pack { .. } => "Whole pack".to_owned(),
        Target::Record { number: of, .. } => format!("Record {}", number(*of)),
        Target::Records { count: of, .. } => count(*of, "record", "records"),
        Target::Check {
            reference,
            subject,
            number: of,
            ..
        } => {
            let id: Option<CheckId> = reference.parse().ok();
            let check = id.map_or_else(|| label(reference), |id| words::check(id).name.to_owned());
            match of {
                Some(of) => format!("{check}, record {}", number(*of)),
                None if subject.is_empty() => check,
                None => format!("{check}, {}", label(subject)),
            }
        }
        Target::Field {
            reference, number: of, ..
        } => format!("Field {}, record {}", label(reference), number(*of)),
    }
}

/// Where it is shown.
pub(super) fn link(groups: &[CheckGroup], target: &Target) -> view::Target {
    let to = |view, check, record| view::Target {
        view,
        check,
        record,
        key: None,
    };
    match target {
        Target::Pack { .. } => to(ViewName::Summary, None, None),
        Target::Records { .. } => to(ViewName::Records, None, None),
        Target::Record { number, .. }
        | Target::Field { number, .. }
        | Target::Check {
            number: Some(number), ..
        } => to(ViewName::Records, None, Some(*number)),
        Target::Check {
            reference,
            number: None,
            ..
        } => {
            let group = groups.iter().find(|group| group.id.as_str() == reference);
            let key = group.map(|group| group_key(group.id, group.outcome, group.required));
            to(ViewName::Checks, key, None)
        }
    }
}
