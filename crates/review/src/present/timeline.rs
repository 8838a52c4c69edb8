//! The timeline: the numbers of each organisation or chain, and when the events happened.

mod anchors;
mod events;
mod facts;
mod numbers;
mod ribbon;
mod runs;
mod sequence;

use evidence::{Outcome, Report};

use crate::sequence::{Ends, Kind, Listed, Sequence, Sequences, Shape, State, UNITS, Window};
use crate::view::{OutcomeView, SequencePage, SequenceQuery, SequenceRow, StateView, TimelineView};
use crate::words::sentence::{count, length};

use super::outcome_view;
use super::text::visible;

pub use events::events;
pub use ribbon::ribbon;
pub use runs::run_page;
pub use sequence::sequence;

/// Rows of one page, whatever was asked for.
const PAGE: u32 = 200;

/// The ribbons in the list of several are small, and have no ends.
const SMALL: Shape = Shape { columns: 60, cells: 0 };

/// What the timeline needs once.
#[must_use]
pub fn timeline(report: &Report, sequences: &Sequences) -> TimelineView {
    let all = sequences.all();
    let open = all.iter().filter(|listed| is_open(listed.outcome)).count();
    let total = length(all.len());
    let chains = all.iter().filter(|listed| kind(report, listed) == Kind::Chain).count();
    let (one, many) = match chains {
        0 => ("organisation", "organisations"),
        chains if chains == all.len() => ("chain", "chains"),
        _ => ("sequence", "sequences"),
    };
    let sentence = match total {
        0 => String::new(),
        1 => format!("One {one}, by number."),
        _ => format!(
            "{}, each numbered by itself. {} an open point.",
            count(total, one, many),
            match open {
                0 => "None has".to_owned(),
                1 => "One has".to_owned(),
                open => format!("{} have", length(open)),
            }
        ),
    };
    TimelineView {
        what: one.to_owned(),
        total,
        first: 0,
        sentence,
        empty: if total == 0 {
            "Its records carry no numbers that follow each other, so no gap between them could be seen.".to_owned()
        } else {
            String::new()
        },
    }
}

/// What a sequence counts within.
fn kind(report: &Report, listed: &Listed) -> Kind {
    listed
        .population(report)
        .map_or(Kind::Organisation, |population| population.of)
}

/// The name of a sequence; a chain without one is called by its file.
fn name(report: &Report, listed: &Listed) -> String {
    if !listed.sequence.name.is_empty() {
        return visible(&listed.sequence.name);
    }
    let path = listed.thread(report).and_then(|thread| thread.path);
    format!("without a name, in {}", visible(path.unwrap_or_default()))
}

/// A page of the sequences, the gravest result first.
#[must_use]
pub fn sequence_page(report: &Report, sequences: &Sequences, query: &SequenceQuery) -> SequencePage {
    let search = query.search.trim().to_lowercase();
    let named = |listed: &Listed| search.is_empty() || listed.sequence.name.to_lowercase().contains(&search);
    let matching = || (0..).zip(sequences.all()).filter(|(_, listed)| named(listed));
    SequencePage {
        request: query.request,
        matching: length(matching().count()),
        start: query.start,
        rows: matching()
            .skip(usize::try_from(query.start).unwrap_or(usize::MAX))
            .take(usize::try_from(query.count.min(PAGE)).unwrap_or(usize::MAX))
            .map(|(place, listed)| row(report, place, listed))
            .collect(),
    }
}

/// Every sequence, for what is handed over.
pub(crate) fn sequence_rows(report: &Report, sequences: &Sequences) -> impl Iterator<Item = SequenceRow> {
    (0..)
        .zip(sequences.all())
        .map(move |(place, listed)| row(report, place, listed))
}

fn row(report: &Report, place: u32, listed: &Listed) -> SequenceRow {
    let sequence = &listed.sequence;
    let whole = sequence.whole();
    SequenceRow {
        sequence: place,
        name: name(report, listed),
        outcome: outcome_view(listed.outcome),
        word: facts::lead(report, listed),
        numbers: numbers::stretch(whole.first, whole.last),
        counts: numbers::troubles(sequence.totals()),
        marks: sequence
            .marks(whole, Ends::default(), SMALL)
            .iter()
            .map(ribbon::mark)
            .collect(),
    }
}

/// Whether a result leaves something to look into.
fn is_open(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::Fail(_) | Outcome::Undetermined(_))
}

/// A state for the page.
fn state_view(state: State) -> StateView {
    match state {
        State::Present => StateView::Present,
        State::Twice => StateView::Twice,
        State::SpoiltCopy => StateView::SpoiltCopy,
        State::Missing => StateView::Missing,
        State::Unverified => StateView::Unverified,
        State::Unlinked => StateView::Unlinked,
        State::Conflict => StateView::Conflict,
    }
}

/// The icon of a state, which depends on what is proven: a gap in a filtered export is nothing to look into, and a record
/// without a key is no mismatch.
fn state_outcome(state: State, listed: &Listed, scope: &str) -> OutcomeView {
    match state {
        State::Present | State::Twice => OutcomeView::Pass,
        State::Conflict | State::Unlinked => OutcomeView::Fail,
        State::SpoiltCopy | State::Unverified if listed.mismatch => OutcomeView::Fail,
        State::SpoiltCopy | State::Unverified => OutcomeView::Undetermined,
        State::Missing => match (listed.outcome, scope) {
            (_, "filtered") => OutcomeView::Skipped,
            (_, "full" | "seq_range") => OutcomeView::Fail,
            (Outcome::Fail(evidence::ReasonCode::Gaps), _) => OutcomeView::Fail,
            // Where every link holds, the issuer did not give out the number.
            (Outcome::Pass, "chain") => OutcomeView::Skipped,
            _ => OutcomeView::Undetermined,
        },
    }
}

/// Where nothing can be known: after the last number always, before the first where there may be some.
fn ends(sequence: &Sequence, window: Window) -> Ends {
    let whole = sequence.whole();
    Ends {
        before: if window.first == whole.first && starts_late(sequence) {
            UNITS / 20
        } else {
            0
        },
        after: if window.last == whole.last { UNITS / 16 } else { 0 },
    }
}

/// Whether numbers below the first may exist: they start at 1.
fn starts_late(sequence: &Sequence) -> bool {
    sequence.whole().first > 1
}

#[cfg(test)]
mod chain_tests;
#[cfg(test)]
mod tests;
