//! Fills the page's views from a report: pure functions, no file, no clock.
//!
//! What lies in the case file (the groups of checks, one record, one subject) comes in as arguments, so that the
//! window, the command line and the tests share every sentence.

mod checkpoints;
mod checks;
mod compare;
mod content;
mod detail;
mod exports;
mod files;
mod groups;
mod handed_note;
mod hex;
mod keys;
mod manifest;
mod my_review;
mod note;
mod other_tools;
mod packs;
mod population;
mod progress;
mod raise;
mod record;
mod records;
mod scope;
mod signed;
mod statements;
mod steps;
mod summary;
mod text;
mod timeline;
mod work;

use crate::view::{OutcomeView, TermView, VerdictView};
use crate::words::GLOSSARY;
use evidence::{Outcome, Verdict};

pub use checks::{checks, counts, group_title};
pub use compare::compare;
pub use content::content;
pub use detail::check_detail;
pub(crate) use detail::found;
pub use exports::exports;
pub use files::{file_page, file_text, files};
pub(crate) use groups::worst_first;
pub use groups::{CheckGroup, CheckSubject, Groups, NoteCount, group_key, parse_group_key, record_label, tally};
pub use handed_note::{AtHand, handed_note, reviewer_proposal};
pub use hex::{comparison, short_hex};
pub use keys::{key_at, key_proposal, keys, signer_label, ways};
pub(crate) use manifest::snapshot_rows;
pub use manifest::{manifest, manifest_page, snapshot_page};
pub(crate) use my_review::proposed;
pub use my_review::{note_file_name, review_page, sample_row, suggested};
pub use note::{Surroundings, decision_view, history, note, note_subject, row_review};
pub use packs::{exact_offer, exact_sentence, pack_offer, packed_sentence, query_in_words};
pub use progress::{SoFar, progress};
pub use raise::met as limits_met;
pub(crate) use raise::{raised, raised_limits};
pub(crate) use record::place;
pub use record::record;
pub(crate) use records::full_cells;
pub use records::{Layout, numbered, record_row, records, records_line, review_filter, review_values, values};
pub use scope::scope;
pub(crate) use scope::stated;
pub(crate) use signed::signed;
pub use summary::workpaper;
pub use summary::{Banner, Context, about, banner, summary, tile};
pub(crate) use summary::{does_not_show, items, remarks, shows, stated_labels};
pub use text::{
    claimed_time, local_time, local_zone, time, time_to_the_second, visible, visible_segments, visible_source,
};
pub(crate) use text::{label as short_label, visible_cell};
pub(crate) use timeline::sequence_rows;
pub use timeline::{events, ribbon, run_page, sequence, sequence_page, timeline};
pub use work::{Work, work};

/// The program and its version, as it stands in reports and sentences.
pub const TOOL: &str = concat!("Sealcheck ", env!("CARGO_PKG_VERSION"));

/// A verdict for the page.
#[must_use]
pub fn verdict_view(verdict: Verdict) -> VerdictView {
    match verdict {
        Verdict::Verified => VerdictView::Verified,
        Verdict::Failed => VerdictView::Failed,
        Verdict::Indeterminate => VerdictView::Undecided,
        Verdict::NotEvidence => VerdictView::NotEvidence,
        Verdict::Error => VerdictView::Error,
    }
}

/// An outcome for the page.
#[must_use]
pub fn outcome_view(outcome: Outcome) -> OutcomeView {
    match outcome {
        Outcome::Pass => OutcomeView::Pass,
        Outcome::Fail(_) => OutcomeView::Fail,
        Outcome::Undetermined(_) => OutcomeView::Undetermined,
        Outcome::Skipped(_) => OutcomeView::Skipped,
    }
}

/// The glossary for the page.
#[must_use]
pub fn glossary() -> Vec<TermView> {
    GLOSSARY
        .iter()
        .map(|term| TermView {
            term: term.term.to_owned(),
            text: term.text.to_owned(),
        })
        .collect()
}

#[cfg(test)]
pub(crate) mod fixtures;
#[cfg(test)]
mod tests;
