//! A window of a sequence as marks on a ribbon: as many as can be told apart, whatever the window holds.

use super::{Run, Sequence, State, Totals, Window};

/// The width of a ribbon; every place on it is given in these parts.
pub const UNITS: u32 = 100_000;

/// What is kept free beside the numbers, for the ends of which nothing can be known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ends {
    /// Units before the first number.
    pub before: u32,
    /// Units after the last one.
    pub after: u32,
}

impl Ends {
    /// Units left for the numbers.
    #[must_use]
    pub fn area(self) -> u32 {
        UNITS.saturating_sub(self.before).saturating_sub(self.after)
    }
}

/// How fine a ribbon is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// The most places that can be told apart.
    pub columns: u32,
    /// Up to so many numbers, each has a mark of its own.
    pub cells: u32,
}

/// One stretch of a ribbon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// Where it begins, in [`UNITS`].
    pub left: u32,
    /// How wide it is.
    pub width: u32,
    /// Its first number.
    pub first: i64,
    /// Its last number.
    pub last: i64,
    /// How many of its numbers are in each state.
    pub totals: Totals,
}

impl Mark {
    /// The gravest state among its numbers.
    #[must_use]
    pub fn state(&self) -> State {
        self.totals.gravest()
    }

    /// Whether all its numbers are in one state.
    #[must_use]
    pub fn is_pure(&self) -> bool {
        self.totals.of(self.state()) == self.totals.all()
    }

    /// Whether another mark is all in the same state as this one is.
    #[must_use]
    pub fn joins(&self, next: &Mark) -> bool {
        self.is_pure() && next.is_pure() && self.state() == next.state()
    }

    /// Takes in the mark to its right, which is in the same state.
    pub fn join(&mut self, next: &Mark) {
        self.width = (next.left + next.width).saturating_sub(self.left);
        self.last = next.last;
        self.totals.add(self.state(), next.totals.all());
    }

    /// How much of it is in a state, in percent; at least one where any of it is.
    #[must_use]
    pub fn percent(&self, state: State) -> u32 {
        let (some, all) = (u128::from(self.totals.of(state)), u128::from(self.totals.all().max(1)));
        let share = u32::try_from(some * 100 / all).unwrap_or(100);
        if some > 0 { share.max(1) } else { 0 }
    }
}

impl Sequence {
    /// A window of it as marks, from left to right.
    ///
    /// A place that holds several numbers holds all of their states; places that hold one and the same state are one
    /// mark. So one number among a million has a place as wide as any, and the marks are never more than the columns.
    #[must_use]
    pub fn marks(&self, window: Window, ends: Ends, shape: Shape) -> Vec<Mark> {
        let count = window.count();
        let from = self.runs().partition_point(|run| run.last < window.first);
        let runs = self.runs().get(from..).unwrap_or_default();
        let scale = Scale { window, ends };
        if count <= u128::from(shape.cells) {
            cells(runs, &scale)
        } else if count <= u128::from(shape.columns) {
            whole_runs(runs, &scale)
        } else {
            buckets(runs, &scale, shape.columns.max(1))
        }
    }
}

/// Where numbers lie on the ribbon.
struct Scale {
    window: Window,
    ends: Ends,
}

impl Scale {
    fn mark(&self, first: i64, last: i64, totals: Totals) -> Mark {
        let left = self.edge(u128::from(first.abs_diff(self.window.first)));
        let right = self.edge(u128::from(last.abs_diff(self.window.first)) + 1);
        Mark {
            left,
            width: right.saturating_sub(left),
            first,
            last,
            totals,
        }
    }

    /// Where the number after so many others begins.
    fn edge(&self, before: u128) -> u32 {
        let inside = u128::from(self.ends.area()) * before / self.window.count();
        self.ends.before + u32::try_from(inside).unwrap_or(UNITS)
    }

    fn clip(&self, run: &Run) -> Option<Run> {
        let clipped = Run {
            state: run.state,
            first: run.first.max(self.window.first),
            last: run.last.min(self.window.last),
        };
        (clipped.first <= clipped.last).then_some(clipped)
    }
}

fn totals_of(run: &Run) -> Totals {
    let mut totals = Totals::default();
    totals.add(run.state, run.count());
    totals
}

fn cells(runs: &[Run], scale: &Scale) -> Vec<Mark> {
    runs.iter()
        .map_while(|run| scale.clip(run))
        .flat_map(|run| {
            (run.first..=run.last).map(move |number| Run {
                state: run.state,
                first: number,
                last: number,
            })
        })
        .map(|cell| scale.mark(cell.first, cell.last, totals_of(&cell)))
        .collect()
}

fn whole_runs(runs: &[Run], scale: &Scale) -> Vec<Mark> {
    runs.iter()
        .map_while(|run| scale.clip(run))
        .map(|run| scale.mark(run.first, run.last, totals_of(&run)))
        .collect()
}

fn buckets(runs: &[Run], scale: &Scale, columns: u32) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    let mut rest = runs;
    for column in 0..columns {
        let Some((first, last)) = bucket(scale.window, column, columns) else {
            continue;
        };
        let mark = scale.mark(first, last, take(&mut rest, first, last));
        match marks.last_mut() {
            Some(before) if before.joins(&mark) => before.join(&mark),
            _ => marks.push(mark),
        }
    }
    marks
}

/// The numbers of one place.
fn bucket(window: Window, column: u32, columns: u32) -> Option<(i64, i64)> {
    let edge = |column: u32| {
        let before = window.count() * u128::from(column) / u128::from(columns);
        Some(i128::from(window.first) + i128::try_from(before).ok()?)
    };
    let (first, end) = (edge(column)?, edge(column.saturating_add(1))?);
    let last = i64::try_from(end - 1).ok()?;
    Some((i64::try_from(first).ok()?, last)).filter(|(first, last)| first <= last)
}

/// Counts the states from `first` to `last`, and drops the runs that end there.
fn take(rest: &mut &[Run], first: i64, last: i64) -> Totals {
    let mut totals = Totals::default();
    while let [run, behind @ ..] = *rest {
        if run.first > last {
            break;
        }
        let part = Run {
            state: run.state,
            first: run.first.max(first),
            last: run.last.min(last),
        };
        totals.add(part.state, part.count());
        if run.last > last {
            break;
        }
        *rest = behind;
    }
    totals
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use strum::IntoEnumIterator as _;

    const SHAPE: Shape = Shape {
        columns: 300,
        cells: 40,
    };
    const BARE: Ends = Ends { before: 0, after: 0 };

    /// Numbers that are present but for these stretches, which do not overlap.
    fn sequence(first: i64, last: i64, listed: &[(State, i64, i64)]) -> Sequence {
        let mut runs = Vec::new();
        let mut push = |state, first, last| {
            if first <= last {
                runs.push(Run { state, first, last });
            }
        };
        let mut next = first;
        for (state, first, last) in listed {
            push(State::Present, next, first - 1);
            push(*state, *first, *last);
            next = last + 1;
        }
        push(State::Present, next, last);
        Sequence::of_runs("org", runs)
    }

    fn whole(sequence: &Sequence) -> Vec<Mark> {
        sequence.marks(sequence.whole(), BARE, SHAPE)
    }

    #[test]
    fn few_numbers_have_a_mark_each() {
        let marks = whole(&sequence(1, 25, &[(State::Missing, 7, 8)]));
        assert_eq!(marks.len(), 25);
        assert_eq!((marks[6].first, marks[6].state()), (7, State::Missing));
        assert!(marks.iter().all(|mark| mark.width == UNITS / 25));
    }

    #[test]
    fn one_missing_number_of_a_million_has_a_place_of_its_own() {
        let marks = whole(&sequence(1, 1_000_000, &[(State::Missing, 500_000, 500_000)]));
        assert_eq!(marks.len(), 3);
        let mark = marks[1];
        assert_eq!(mark.state(), State::Missing);
        assert_eq!(mark.totals.of(State::Missing), 1);
        assert!(mark.width >= UNITS / SHAPE.columns, "{mark:?}");
        assert!(!mark.is_pure());
        assert_eq!(mark.percent(State::Missing), 1);
    }

    #[test]
    fn a_place_shows_its_gravest_state_and_counts_all() {
        let listed = [
            (State::Missing, 10, 11),
            (State::Unverified, 12, 12),
            (State::Twice, 13, 13),
        ];
        let marks = whole(&sequence(1, 100_000, &listed));
        let mark = marks[0];
        assert_eq!(mark.state(), State::Unverified);
        let counts = [State::Missing, State::Unverified, State::Twice].map(|state| mark.totals.of(state));
        assert_eq!(counts, [2, 1, 1]);
    }

    #[test]
    fn a_gap_at_the_far_end_of_all_numbers_costs_nothing() {
        let found = sequence(1, i64::MAX, &[(State::Missing, 2, i64::MAX - 1)]);
        let marks = whole(&found);
        assert!(marks.len() <= 3, "{marks:?}");
        assert_eq!(
            marks.iter().map(|mark| mark.totals.of(State::Missing)).sum::<u64>(),
            i64::MAX.unsigned_abs() - 2
        );
    }

    #[test]
    fn a_window_shows_only_itself() {
        let found = sequence(1, 48_230, &[(State::Missing, 30_410, 30_425)]);
        let window = Window {
            first: 30_403,
            last: 30_430,
        };
        let marks = found.marks(window, BARE, SHAPE);
        assert_eq!(marks.len(), 28);
        assert_eq!(marks.iter().filter(|mark| mark.state() == State::Missing).count(), 16);
    }

    #[test]
    fn every_other_number_missing_stays_within_the_columns() {
        let listed: Vec<(State, i64, i64)> = (1..50_000).map(|half| (State::Missing, 2 * half, 2 * half)).collect();
        let marks = whole(&sequence(1, 99_999, &listed));
        assert_eq!(marks.len(), 300);
        assert!(
            marks
                .iter()
                .all(|mark| (49..=51).contains(&mark.percent(State::Missing)))
        );
    }

    proptest! {
        #[test]
        fn marks_cover_the_window_once_and_count_every_number(
            listed in prop::collection::vec((0..6_usize, 0..90_i64, 0..40_i64), 0..60),
            from in 0..3000_i64, more in 0..3000_i64, before in 0..9000_u32, after in 0..9000_u32
        ) {
            let states: Vec<State> = State::iter().collect();
            let mut next = 0;
            let mut stretches = Vec::new();
            for (state, skip, more) in listed {
                let (first, last) = (next + skip, (next + skip + more).min(3000));
                if first <= last {
                    stretches.push((states[state], first, last));
                }
                next = last + 1;
            }
            let found = sequence(0, 3000, &stretches);
            let window = Window { first: from, last: from + more }.clipped(found.whole());
            let marks = found.marks(window, Ends { before, after }, SHAPE);
            prop_assert!(marks.len() <= 300);
            let (mut number, mut place) = (window.first, before);
            for mark in &marks {
                prop_assert_eq!((mark.first, mark.left), (number, place));
                prop_assert_eq!(u128::from(mark.totals.all()), Window { first: mark.first, last: mark.last }.count());
                (number, place) = (mark.last + 1, mark.left + mark.width);
            }
            prop_assert_eq!((number, place), (window.last + 1, UNITS - after));
        }
    }
}
