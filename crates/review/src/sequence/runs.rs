//! From the records that claim a number to runs that cover every number once.

use super::{Claim, Run, State};

/// The runs from the lowest number claimed to the highest. `claims` are in ascending order of their numbers; `conflict`
/// is asked about numbers that several records fill.
pub(super) fn runs(claims: &[Claim], mut conflict: impl FnMut(i64) -> bool) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for same in claims.chunk_by(|one, other| one.number == other.number) {
        let Some(number) = same.first().map(|claim| claim.number) else {
            continue;
        };
        if let Some(gap) = gap(runs.last(), number) {
            runs.push(gap);
        }
        let state = state(same, || conflict(number));
        match runs.last_mut() {
            Some(run) if run.state == state => run.last = number,
            _ => runs.push(Run {
                state,
                first: number,
                last: number,
            }),
        }
    }
    runs
}

/// What lies between a run and the next number that is claimed.
fn gap(before: Option<&Run>, number: i64) -> Option<Run> {
    let (first, last) = (before?.last.checked_add(1)?, number.checked_sub(1)?);
    (first <= last).then_some(Run {
        state: State::Missing,
        first,
        last,
    })
}

fn state(claims: &[Claim], conflict: impl FnOnce() -> bool) -> State {
    let filling = claims.iter().filter(|claim| claim.fills).count();
    match filling {
        0 => State::Unverified,
        2.. if conflict() => State::Conflict,
        _ if claims.iter().any(|claim| claim.fills && !claim.linked) => State::Unlinked,
        _ if filling < claims.len() => State::SpoiltCopy,
        1 => State::Present,
        _ => State::Twice,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(state: State, first: i64, last: i64) -> Run {
        Run { state, first, last }
    }

    fn claim(number: i64, fills: bool) -> Claim {
        Claim {
            scope: 0,
            number,
            fills,
            linked: true,
            failed: !fills,
        }
    }

    fn good(numbers: impl IntoIterator<Item = i64>) -> Vec<Claim> {
        numbers.into_iter().map(|number| claim(number, true)).collect()
    }

    fn of(claims: &[Claim]) -> Vec<Run> {
        runs(claims, |_| false)
    }

    #[test]
    fn numbers_without_a_gap_are_one_run() {
        assert_eq!(of(&good(1..=25)), [run(State::Present, 1, 25)]);
        assert_eq!(of(&[]), []);
    }

    #[test]
    fn a_record_that_does_not_continue_the_one_before_it_stands_out() {
        let mut claims = good(1..=3);
        claims[1].linked = false;
        let expected = [
            run(State::Present, 1, 1),
            run(State::Unlinked, 2, 2),
            run(State::Present, 3, 3),
        ];
        assert_eq!(of(&claims), expected);
    }

    #[test]
    fn a_gap_parts_what_is_present() {
        let expected = [
            run(State::Present, 2, 6),
            run(State::Missing, 7, 9),
            run(State::Present, 10, 10),
        ];
        assert_eq!(of(&good([2, 3, 4, 5, 6, 10])), expected);
    }

    #[test]
    fn a_record_that_does_not_verify_does_not_fill_its_place() {
        let found = of(&[claim(1, true), claim(2, false), claim(2, false), claim(3, true)]);
        assert_eq!(found[1], run(State::Unverified, 2, 2));
    }

    #[test]
    fn beside_one_that_verifies_it_is_a_spoilt_copy() {
        assert_eq!(of(&[claim(2, false), claim(2, true)]), [run(State::SpoiltCopy, 2, 2)]);
    }

    #[test]
    fn several_that_verify_are_copies_or_a_conflict() {
        let claims = good([4, 4, 5, 5, 5]);
        assert_eq!(of(&claims), [run(State::Twice, 4, 5)]);
        let expected = [run(State::Twice, 4, 4), run(State::Conflict, 5, 5)];
        assert_eq!(runs(&claims, |number| number == 5), expected);
    }

    #[test]
    fn a_number_at_the_far_end_costs_no_more_than_a_near_one() {
        let found = of(&good([i64::MIN, 9_000_000_000_000_000_000, i64::MAX]));
        assert_eq!(found.len(), 5);
        assert_eq!(found[1].count(), 18_223_372_036_854_775_807);
        assert_eq!(found[4], run(State::Present, i64::MAX, i64::MAX));
    }
}
