//! The table beside the ribbon: the same runs, with exact numbers.

use evidence::Report;
use jiff::{Timestamp, tz::TimeZone};

use crate::case_file::Seat;
use crate::sequence::{Listed, Run, Sequences, State, Thread};
use crate::view::{OutcomeView, RunPage, RunQuery, RunRow, StateView};
use crate::words::sentence::{length, number};
use crate::words::{UNKNOWABLE, state as words};

use super::numbers::{signed, stretch};
use super::{PAGE, starts_late, state_outcome, state_view};

/// A page of runs; nothing where there is no such sequence. `seat` finds the record on a number.
#[must_use]
pub fn run_page(
    report: &Report,
    sequences: &Sequences,
    query: &RunQuery,
    seat: impl Fn(Thread<'_>, i64) -> Option<Seat>,
) -> Option<RunPage> {
    let listed = sequences.get(query.sequence)?;
    let start = usize::try_from(query.start).unwrap_or(usize::MAX);
    let count = usize::try_from(query.count.min(PAGE)).unwrap_or(usize::MAX);
    let thread = listed.thread(report)?;
    let table = Table {
        listed,
        scope: listed
            .population(report)
            .map_or("unknown", |population| population.scope()),
        seat: &|number| seat(thread, number),
    };
    let rows = if query.troubled {
        let runs = listed.sequence.troubled_from(start).take(count);
        runs.zip(query.start..)
            .map(|(run, place)| table.row(place, run))
            .collect()
    } else {
        (query.start..table.rows())
            .take(count)
            .filter_map(|place| table.at(place))
            .collect()
    };
    Some(RunPage {
        request: query.request,
        matching: if query.troubled {
            listed.sequence.troubled()
        } else {
            table.rows()
        },
        start: query.start,
        rows,
    })
}

struct Table<'a> {
    listed: &'a Listed,
    scope: &'a str,
    seat: &'a dyn Fn(i64) -> Option<Seat>,
}

impl Table<'_> {
    /// A row for what lies before the numbers, if anything may.
    fn before(&self) -> u64 {
        u64::from(starts_late(&self.listed.sequence))
    }

    fn rows(&self) -> u64 {
        self.before() + length(self.listed.sequence.runs().len()) + 1
    }

    fn at(&self, place: u64) -> Option<RunRow> {
        let whole = self.listed.sequence.whole();
        let Some(behind) = place.checked_sub(self.before()) else {
            let numbers = format!("before {}", signed(whole.first));
            return Some(unknowable(place, numbers, "Not in this evidence. It cannot say why."));
        };
        let runs = self.listed.sequence.runs();
        match usize::try_from(behind).ok().and_then(|behind| runs.get(behind)) {
            Some(run) => Some(self.row(place, run)),
            None if behind == length(runs.len()) => {
                let numbers = format!("after {}", signed(whole.last));
                Some(unknowable(place, numbers, "Records removed here would leave no gap."))
            }
            None => None,
        }
    }

    fn row(&self, place: u64, run: &Run) -> RunRow {
        let seat = match run.state {
            State::Missing => run.first.checked_sub(1).and_then(self.seat),
            State::Present
            | State::Twice
            | State::SpoiltCopy
            | State::Unverified
            | State::Unlinked
            | State::Conflict => (self.seat)(run.first),
        };
        RunRow {
            run: place,
            state: state_view(run.state),
            outcome: state_outcome(run.state, self.listed, self.scope),
            word: words(run.state).word.to_owned(),
            numbers: stretch(run.first, run.last),
            count: number(run.count()),
            note: self.note(run, seat),
            first: run.first.to_string(),
            last: run.last.to_string(),
            record: seat.map(|seat| seat.record),
            link: match (seat, run.state) {
                (None, _) => String::new(),
                (Some(seat), State::Missing) => format!("{} before it", number(seat.record)),
                (Some(seat), _) => number(seat.record),
            },
        }
    }

    fn note(&self, run: &Run, before: Option<Seat>) -> String {
        let after = run.last.checked_add(1);
        let around = match run.state {
            State::Missing => before
                .and_then(|seat| seat.time)
                .zip(after.and_then(self.seat).and_then(|seat| seat.time)),
            State::Present
            | State::Twice
            | State::SpoiltCopy
            | State::Unverified
            | State::Unlinked
            | State::Conflict => None,
        };
        match around {
            Some((from, to)) => between(from, to),
            None => words(run.state).note.to_owned(),
        }
    }
}

fn unknowable(place: u64, numbers: String, note: &str) -> RunRow {
    RunRow {
        run: place,
        state: StateView::Unknowable,
        outcome: OutcomeView::Skipped,
        word: UNKNOWABLE.to_owned(),
        numbers,
        count: String::new(),
        note: note.to_owned(),
        first: String::new(),
        last: String::new(),
        record: None,
        link: String::new(),
    }
}

/// The claimed times of the records on both sides of a gap, which need not be in order.
fn between(one: i64, other: i64) -> String {
    let (from, to) = (second(one.min(other)), second(one.max(other)));
    match (from.split_once(' '), to.split_once(' ')) {
        _ if from == to => format!("At {from} UTC, claimed."),
        (Some((day, _)), Some((same, time))) if day == same => format!("Between {from} and {time} UTC, claimed."),
        _ => format!("Between {from} and {to} UTC, claimed."),
    }
}

fn second(micros: i64) -> String {
    Timestamp::from_microsecond(micros)
        .map(|instant| {
            instant
                .to_zoned(TimeZone::UTC)
                .strftime("%Y-%m-%d %H:%M:%S")
                .to_string()
        })
        .unwrap_or_default()
}
