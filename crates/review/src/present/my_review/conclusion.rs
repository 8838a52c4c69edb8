//! The conclusion of *My review*.

use evidence::Report;
use strum::IntoEnumIterator;

use crate::note::{Reliance, Review, prefill};
use crate::view::{ConclusionSection, RelianceChoice};
use crate::words;

/// The conclusion, and what to begin with.
pub(super) fn section(review: &Review, report: &Report) -> ConclusionSection {
    ConclusionSection {
        stated: review.conclusion.clone(),
        proposed: prefill::conclusion(report),
        reliances: Reliance::iter()
            .map(|reliance| RelianceChoice {
                id: reliance,
                label: words::reliance(reliance).to_owned(),
            })
            .collect(),
    }
}

/// How far it is, for the outline.
pub(super) fn state(review: &Review) -> String {
    review.conclusion.as_ref().map_or_else(String::new, |conclusion| {
        words::reliance(conclusion.reliance).to_owned()
    })
}
