//! From the stretches that somebody listed to the runs that cover every number once.

use strum::IntoEnumIterator as _;

use super::{Run, STATES, State};

/// Where the coverage by one state changes. Wider than a number: the place after the last number has to fit.
struct Edge {
    at: i128,
    state: State,
    opens: bool,
}

/// The runs from `first` to `last`. Where stretches overlap the gravest state counts; what lies outside is left out;
/// neighbours in one state are one run.
pub(super) fn runs(first: i64, last: i64, stretches: &[Run]) -> Vec<Run> {
    let end = i128::from(last) + 1;
    let mut cover = Cover {
        open: [0; STATES],
        runs: Vec::new(),
        at: i128::from(first),
    };
    for edge in edges(stretches) {
        cover.up_to(edge.at.min(end));
        cover.turn(&edge);
    }
    cover.up_to(end);
    cover.runs
}

fn edges(stretches: &[Run]) -> Vec<Edge> {
    let mut edges: Vec<Edge> = stretches
        .iter()
        .filter(|stretch| stretch.first <= stretch.last)
        .flat_map(|stretch| {
            let edge = |at, opens| Edge {
                at,
                state: stretch.state,
                opens,
            };
            [
                edge(i128::from(stretch.first), true),
                edge(i128::from(stretch.last) + 1, false),
            ]
        })
        .collect();
    edges.sort_by_key(|edge| edge.at);
    edges
}

struct Cover {
    open: [u64; STATES],
    runs: Vec<Run>,
    /// The first number that no run has yet.
    at: i128,
}

impl Cover {
    fn up_to(&mut self, end: i128) {
        if end <= self.at {
            return;
        }
        let state = self.state();
        // Both lie between the sequence's own ends, which are numbers.
        let (Ok(first), Ok(last)) = (i64::try_from(self.at), i64::try_from(end - 1)) else {
            return;
        };
        match self.runs.last_mut() {
            Some(run) if run.state == state => run.last = last,
            _ => self.runs.push(Run { state, first, last }),
        }
        self.at = end;
    }

    fn state(&self) -> State {
        State::iter()
            .rev()
            .find(|state| self.open.get(state.place()).is_some_and(|open| *open > 0))
            .unwrap_or(State::Present)
    }

    fn turn(&mut self, edge: &Edge) {
        if let Some(open) = self.open.get_mut(edge.state.place()) {
            *open = if edge.opens {
                open.saturating_add(1)
            } else {
                open.saturating_sub(1)
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn run(state: State, first: i64, last: i64) -> Run {
        Run { state, first, last }
    }

    #[test]
    fn what_nobody_listed_is_present() {
        assert_eq!(runs(1, 25, &[]), [run(State::Present, 1, 25)]);
    }

    #[test]
    fn a_gap_parts_what_is_present() {
        let found = runs(1, 25, &[run(State::Missing, 7, 7)]);
        let expected = [
            run(State::Present, 1, 6),
            run(State::Missing, 7, 7),
            run(State::Present, 8, 25),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn neighbours_in_one_state_are_one_run() {
        let listed = [run(State::Twice, 3, 3), run(State::Twice, 4, 4)];
        assert_eq!(runs(3, 4, &listed), [run(State::Twice, 3, 4)]);
    }

    #[test]
    fn a_conflict_inside_doubles_is_seen() {
        let listed = [run(State::Twice, 1, 9), run(State::Conflict, 5, 5)];
        let expected = [
            run(State::Twice, 1, 4),
            run(State::Conflict, 5, 5),
            run(State::Twice, 6, 9),
        ];
        assert_eq!(runs(1, 9, &listed), expected);
    }

    #[test]
    fn the_largest_numbers_need_no_more_room_than_small_ones() {
        let listed = [run(State::Missing, i64::MIN + 1, i64::MAX - 1)];
        let found = runs(i64::MIN, i64::MAX, &listed);
        assert_eq!(found.len(), 3);
        assert_eq!(found[1].count(), u64::MAX - 1);
        assert_eq!(found[2], run(State::Present, i64::MAX, i64::MAX));
    }

    #[test]
    fn what_lies_outside_or_the_wrong_way_round_is_left_out() {
        let listed = [
            run(State::Missing, -5, 0),
            run(State::Missing, 90, 99),
            run(State::Unverified, 6, 4),
        ];
        assert_eq!(runs(1, 10, &listed), [run(State::Present, 1, 10)]);
    }

    proptest! {
        #[test]
        fn every_number_is_in_exactly_one_run_with_the_gravest_state(
            listed in prop::collection::vec((0..6_usize, -20..60_i64, 0..9_i64), 0..20)
        ) {
            let all: Vec<State> = State::iter().collect();
            let stretches: Vec<Run> = listed.iter().map(|(state, first, more)| run(all[*state], *first, first + more)).collect();
            let found = runs(0, 40, &stretches);
            let mut next = 0;
            for one in &found {
                prop_assert_eq!(one.first, next);
                for number in one.first..=one.last {
                    let gravest = stretches.iter().filter(|s| (s.first..=s.last).contains(&number)).map(|s| s.state).max();
                    prop_assert_eq!(one.state, gravest.unwrap_or(State::Present));
                }
                next = one.last + 1;
            }
            prop_assert_eq!(next, 41);
            prop_assert!(found.windows(2).all(|pair| pair[0].state != pair[1].state));
        }
    }
}
