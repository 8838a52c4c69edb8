//! The numbers that stand under a ribbon.

use super::marks::Ends;
use super::{UNITS, Window};

/// A number under a ribbon, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tick {
    /// The number.
    pub number: i64,
    /// The middle of its place, in [`UNITS`] of the ribbon's width.
    pub at: u32,
}

/// Round numbers inside a window, at most about `most` of them, with its first and its last.
#[must_use]
pub fn ticks(window: Window, ends: Ends, most: u32) -> Vec<Tick> {
    let step = i128::try_from(step(window.count(), u128::from(most.max(1)))).unwrap_or(i128::MAX);
    let (first, last) = (i128::from(window.first), i128::from(window.last));
    // Less than half a step from an end, a round number would only crowd the end's own.
    let inner = (1..=i128::from(most) + 1)
        .map(|place| (first.div_euclid(step) + place) * step)
        .filter(|number| 2 * (number - first) >= step && 2 * (last - number) >= step);
    std::iter::once(first)
        .chain(inner)
        .chain(std::iter::once(last).filter(|last| *last != first))
        .filter_map(|number| i64::try_from(number).ok())
        .filter(|number| window.holds(*number))
        .map(|number| Tick {
            number,
            at: middle(number, window, ends),
        })
        .collect()
}

fn middle(number: i64, window: Window, ends: Ends) -> u32 {
    let area = u128::from(ends.area());
    let before = u128::from(number.abs_diff(window.first));
    let inside = area * (2 * before + 1) / (2 * window.count());
    ends.before + u32::try_from(inside).unwrap_or(UNITS)
}

/// The smallest of 1, 2, 5, 10, 20, 50 … that a window holds at most `most` times.
fn step(count: u128, most: u128) -> u128 {
    let mut power = 1;
    loop {
        for lead in [1, 2, 5] {
            if count / (lead * power) <= most {
                return lead * power;
            }
        }
        power *= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BARE: Ends = Ends { before: 0, after: 0 };

    fn numbers(first: i64, last: i64, most: u32) -> Vec<i64> {
        let found = ticks(Window { first, last }, BARE, most);
        found.into_iter().map(|tick| tick.number).collect()
    }

    #[test]
    fn round_numbers_stand_between_the_ends() {
        assert_eq!(numbers(1, 48_230, 6), [1, 10_000, 20_000, 30_000, 40_000, 48_230]);
        assert_eq!(numbers(1, 5, 20), [1, 2, 3, 4, 5]);
        assert_eq!(numbers(7, 7, 6), [7]);
    }

    #[test]
    fn a_round_number_next_to_an_end_gives_way() {
        assert_eq!(numbers(1, 20_100, 4), [1, 5_000, 10_000, 15_000, 20_100]);
    }

    #[test]
    fn the_whole_range_of_numbers_has_ticks() {
        let found = numbers(i64::MIN, i64::MAX, 5);
        assert_eq!((found[0], found[found.len() - 1]), (i64::MIN, i64::MAX));
        assert!(found.contains(&0), "{found:?}");
    }

    #[test]
    fn a_tick_stands_under_the_middle_of_its_number() {
        let found = ticks(Window { first: 1, last: 4 }, BARE, 10);
        let places: Vec<u32> = found.iter().map(|tick| tick.at).collect();
        assert_eq!(places, [12_500, 37_500, 62_500, 87_500]);
    }
}
