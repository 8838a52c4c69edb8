//! A window of a ribbon: marks, the numbers under them, and how the window moves.

use std::cmp::Reverse;

use crate::sequence::{Ends, Mark, Sequence, Sequences, Shape, State, UNITS, Window, ticks};
use crate::view::{MarkView, RibbonQuery, RibbonStep, RibbonView, StateView, TickView};
use crate::words::UNKNOWABLE;
use crate::words::sentence::first_upper;

use super::numbers::{counted, signed, states, stretch};
use super::{ends, state_view};

/// The most places of a ribbon, whatever was asked for.
const COLUMNS: u32 = 400;

/// Columns that one number needs to be drawn as a cell of its own.
const CELL: u32 = 5;

/// Texts above a ribbon that are tried; a handful has room.
const LABELS: usize = 60;

/// From here on, places that lack a part of their numbers have no text.
const CROWD: usize = 24;

/// Columns between two numbers under the ribbon.
const TICK: u32 = 30;

/// A window of a ribbon; nothing where there is no such sequence.
#[must_use]
pub fn ribbon(sequences: &Sequences, query: &RibbonQuery) -> Option<RibbonView> {
    let sequence = &sequences.get(query.sequence)?.sequence;
    let whole = sequence.whole();
    let window = window(query, whole);
    let ends = ends(sequence, window);
    let columns = query.columns.clamp(CELL, COLUMNS);
    let shape = Shape {
        columns,
        cells: columns / CELL,
    };
    let known = sequence.marks(window, ends, shape);
    let (window_left, window_width) = in_whole(sequence, window);
    Some(RibbonView {
        request: query.request,
        first: window.first.to_string(),
        last: window.last.to_string(),
        sentence: sentence(window, whole),
        whole: window == whole,
        deepest: window.nearer(500, whole).count() == window.count(),
        window_left,
        window_width,
        labels: labels(&known, ends),
        marks: marks(sequence, &known, ends),
        ticks: ticks(window, ends, columns / TICK)
            .into_iter()
            .map(|tick| TickView {
                at: tick.at,
                label: signed(tick.number),
            })
            .collect(),
    })
}

fn window(query: &RibbonQuery, whole: Window) -> Window {
    let asked = match (query.first.parse(), query.last.parse()) {
        (Ok(first), Ok(last)) if first <= last => Window { first, last }.clipped(whole),
        _ => whole,
    };
    match query.step {
        RibbonStep::Stay => asked,
        RibbonStep::All => whole,
        RibbonStep::Nearer => asked.nearer(query.at, whole),
        RibbonStep::Farther => asked.farther(query.at, whole),
        RibbonStep::Back => asked.moved(true, whole),
        RibbonStep::On => asked.moved(false, whole),
        RibbonStep::Around => Window::around(asked.first, asked.last, whole),
        RibbonStep::Centre => asked.centred(query.at, whole),
    }
}

fn marks(sequence: &Sequence, known: &[Mark], ends: Ends) -> Vec<MarkView> {
    let whole = sequence.whole();
    let before = (ends.before > 0).then(|| {
        let text = format!("Before {}: {UNKNOWABLE}", signed(whole.first));
        unknowable(0, ends.before, text)
    });
    let after = (ends.after > 0).then(|| {
        let text = format!("After {}: {UNKNOWABLE}", signed(whole.last));
        unknowable(UNITS - ends.after, ends.after, text)
    });
    before.into_iter().chain(known.iter().map(mark)).chain(after).collect()
}

fn unknowable(left: u32, width: u32, text: String) -> MarkView {
    MarkView {
        left,
        width,
        state: StateView::Unknowable,
        missing: 0,
        text,
        first: String::new(),
        last: String::new(),
        single: true,
    }
}

/// What stands above the marks: what is not simply present, neighbours in one state together, the gravest first.
fn labels(known: &[Mark], ends: Ends) -> Vec<TickView> {
    let mut found: Vec<Mark> = Vec::new();
    for mark in known.iter().filter(|mark| mark.state() != State::Present) {
        match found.last_mut() {
            Some(before) if before.left + before.width == mark.left && before.joins(mark) => before.join(mark),
            _ => found.push(*mark),
        }
    }
    if found.len() > CROWD {
        // Where nearly every place lacks something, a text over one of them says nothing about it.
        found.retain(|mark| mark.is_pure() || mark.state() > State::Missing);
    }
    found.sort_by_key(|mark| Reverse((mark.state(), mark.totals.of(mark.state()))));
    let end = (ends.after > 0).then(|| TickView {
        at: UNITS - ends.after / 2,
        label: UNKNOWABLE.to_owned(),
    });
    let start = (ends.before > 0).then(|| TickView {
        at: ends.before / 2,
        label: UNKNOWABLE.to_owned(),
    });
    let marked = found.iter().take(LABELS).map(|mark| TickView {
        at: mark.left + mark.width / 2,
        label: counted(&mark.totals, mark.state()),
    });
    marked.chain(end).chain(start).collect()
}

/// A mark for the page.
pub(super) fn mark(mark: &Mark) -> MarkView {
    let state = mark.state();
    MarkView {
        left: mark.left,
        width: mark.width,
        state: state_view(state),
        missing: mark.percent(State::Missing),
        text: format!("{}: {}", stretch(mark.first, mark.last), says(mark)),
        first: mark.first.to_string(),
        last: mark.last.to_string(),
        single: mark.is_pure(),
    }
}

fn says(mark: &Mark) -> String {
    if mark.is_pure() && mark.first == mark.last {
        crate::words::state(mark.state()).word.to_owned()
    } else {
        states(&mark.totals)
    }
}

/// "Numbers 30,403 to 30,430: 28 of 48,230."
fn sentence(window: Window, whole: Window) -> String {
    let (shown, all) = (window.count(), whole.count());
    let name = if shown == 1 { "number" } else { "numbers" };
    let range = first_upper(&format!("{name} {}", stretch(window.first, window.last)));
    if window == whole {
        format!("{range}: all {}.", grouped(all))
    } else {
        format!("{range}: {} of {}.", grouped(shown), grouped(all))
    }
}

/// A count that may be one more than a `u64` holds.
fn grouped(count: u128) -> String {
    crate::words::sentence::number(u64::try_from(count).unwrap_or(u64::MAX))
}

/// Where a window lies in the strip that shows the whole.
fn in_whole(sequence: &Sequence, window: Window) -> (u32, u32) {
    let whole = sequence.whole();
    let ends = ends(sequence, whole);
    let place = |before: u128| {
        let inside = u128::from(ends.area()) * before / whole.count();
        ends.before + u32::try_from(inside).unwrap_or(UNITS)
    };
    let left = place(u128::from(window.first.abs_diff(whole.first)));
    let right = place(u128::from(window.last.abs_diff(whole.first)) + 1);
    (left, right.saturating_sub(left))
}
