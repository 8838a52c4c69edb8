//! The exceptions of *My review*.

use strum::IntoEnumIterator;

use crate::note::{Exception, Review, Severity, prefill};
use crate::present::{CheckGroup, group_key};
use crate::view::{ExceptionRow, ExceptionsSection, SeverityChoice, Target, ViewName};
use crate::words;
use crate::words::sentence::{count, length};

/// The exceptions, and what can be proposed.
pub(super) fn section(review: &Review, groups: &[CheckGroup]) -> ExceptionsSection {
    let proposed = proposed(review, groups).len();
    ExceptionsSection {
        rows: review
            .exceptions
            .iter()
            .map(|exception| ExceptionRow {
                severity: words::severity(exception.severity).to_owned(),
                target: target(exception, groups),
                exception: exception.clone(),
            })
            .collect(),
        severities: Severity::iter().map(choice).collect(),
        proposal: match length(proposed) {
            0 => String::new(),
            kinds => format!(
                "{} failed without an exception here. A proposal says what it means and what else could explain it.",
                count(kinds, "kind of check", "kinds of checks")
            ),
        },
        proposed: u32::try_from(proposed).unwrap_or(u32::MAX),
        fresh: fresh(),
    }
}

/// One exception per kind of failed check that the note does not list yet.
#[must_use]
pub(crate) fn proposed(review: &Review, groups: &[CheckGroup]) -> Vec<Exception> {
    let listed = |proposal: &Exception| {
        let same = |there: &Exception| there.check == proposal.check && there.reason_code == proposal.reason_code;
        review.exceptions.iter().any(same)
    };
    let mut proposals = prefill::exceptions(groups);
    proposals.retain(|proposal| !listed(proposal));
    proposals
}

fn fresh() -> Exception {
    Exception {
        id: String::new(),
        severity: Severity::NotAssessed,
        description: String::new(),
        cause: String::new(),
        effect: String::new(),
        alternative_explanations: Vec::new(),
        follow_up: String::new(),
        owner: String::new(),
        due: String::new(),
        check: None,
        reason_code: None,
        count: None,
    }
}

fn choice(severity: Severity) -> SeverityChoice {
    SeverityChoice {
        id: severity,
        label: words::severity(severity).to_owned(),
    }
}

/// The checks that an exception came from.
fn target(exception: &Exception, groups: &[CheckGroup]) -> Option<Target> {
    let (check, code) = (exception.check.as_deref()?, exception.reason_code.as_deref()?);
    let group = groups.iter().find(|group| {
        group.id.as_str() == check && group.outcome.reason().is_some_and(|reason| reason.as_str() == code)
    })?;
    Some(Target {
        view: ViewName::Checks,
        check: Some(group_key(group.id, group.outcome, group.required)),
        record: None,
        key: None,
    })
}
