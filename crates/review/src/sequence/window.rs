//! The part of a sequence that a ribbon shows.

/// Numbers from `first` to `last`, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// The first.
    pub first: i64,
    /// The last.
    pub last: i64,
}

/// One step of zooming shows a third of what was shown, or three times as much.
const STEP: u128 = 3;

/// The fewest numbers that a ribbon shows, where there are as many.
const FEWEST: u128 = 20;

/// Parts of a window's width in which a place inside it is given.
const PLACES: u32 = 1000;

impl Window {
    /// How many numbers it has: up to 2^64, which a `u64` cannot hold.
    #[must_use]
    pub fn count(&self) -> u128 {
        u128::from(self.last.abs_diff(self.first)) + 1
    }

    /// Whether a number lies in it.
    #[must_use]
    pub fn holds(&self, number: i64) -> bool {
        (self.first..=self.last).contains(&number)
    }

    /// A third of it, about the place `at` (in thousandths of its width), which stays where it is.
    #[must_use]
    pub fn nearer(self, at: u32, whole: Window) -> Window {
        let count = (self.count() / STEP).max(FEWEST).min(self.count());
        self.about(at, count, whole)
    }

    /// Three times as much, about the place `at`, which stays where it is.
    #[must_use]
    pub fn farther(self, at: u32, whole: Window) -> Window {
        self.about(at, self.count() * STEP, whole)
    }

    /// Moved by half of its width: down for `back`, else up.
    #[must_use]
    pub fn moved(self, back: bool, whole: Window) -> Window {
        let by = i128::try_from((self.count() / 2).max(1)).unwrap_or(i128::MAX);
        let first = i128::from(self.first) + if back { -by } else { by };
        Window::within(first, self.count(), whole)
    }

    /// As many numbers about the place `at` of the whole (in thousandths of its width).
    #[must_use]
    pub fn centred(self, at: u32, whole: Window) -> Window {
        let middle = whole.count() * u128::from(at.min(PLACES)) / u128::from(PLACES);
        let offset =
            i128::try_from(middle).unwrap_or(i128::MAX) - i128::try_from(self.count() / 2).unwrap_or(i128::MAX);
        Window::within(i128::from(whole.first) + offset, self.count(), whole)
    }

    /// These numbers with as many again on either side, so that they are seen among their neighbours.
    #[must_use]
    pub fn around(first: i64, last: i64, whole: Window) -> Window {
        let count = Window { first, last }.count();
        let wanted = (count * STEP).max(FEWEST);
        let before = i128::try_from((wanted - count) / 2).unwrap_or(i128::MAX);
        Window::within(i128::from(first) - before, wanted, whole)
    }

    /// The part of it that lies in `whole`; all of `whole` where they do not meet.
    #[must_use]
    pub fn clipped(self, whole: Window) -> Window {
        let first = self.first.max(whole.first);
        let last = self.last.min(whole.last);
        if first > last { whole } else { Window { first, last } }
    }

    fn about(self, at: u32, count: u128, whole: Window) -> Window {
        let at = u128::from(at.min(PLACES));
        let share = |count: u128| i128::try_from(count * at / u128::from(PLACES)).unwrap_or(i128::MAX);
        let first = i128::from(self.first) + share(self.count()) - share(count);
        Window::within(first, count, whole)
    }

    /// `count` numbers from `first` on, moved so far that they lie in `whole`.
    fn within(first: i128, count: u128, whole: Window) -> Window {
        if count >= whole.count() {
            return whole;
        }
        // Fewer than all of them: less than 2^64.
        let count = i128::try_from(count).unwrap_or(i128::MAX);
        let latest = i128::from(whole.last) - count + 1;
        let first = first.clamp(i128::from(whole.first), latest.max(i128::from(whole.first)));
        match (i64::try_from(first), i64::try_from(first + count - 1)) {
            (Ok(first), Ok(last)) => Window { first, last },
            _ => whole,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const WHOLE: Window = Window {
        first: 1,
        last: 1_000_000,
    };

    #[test]
    fn zooming_in_keeps_the_place_and_zooming_out_comes_back() {
        let near = WHOLE.nearer(500, WHOLE);
        assert_eq!((near.first, near.count()), (333_335, 333_333));
        assert_eq!(near.farther(500, WHOLE).count(), 999_999);
        assert_eq!(WHOLE.nearer(0, WHOLE).first, 1);
        assert_eq!(WHOLE.nearer(1000, WHOLE).last, 1_000_000);
    }

    #[test]
    fn zooming_ends_at_a_few_numbers_and_at_all_of_them() {
        let mut window = WHOLE;
        for _ in 0..40 {
            window = window.nearer(370, WHOLE);
        }
        assert_eq!(window.count(), FEWEST);
        for _ in 0..40 {
            window = window.farther(370, WHOLE);
        }
        assert_eq!(window, WHOLE);
    }

    #[test]
    fn one_number_is_shown_among_its_neighbours() {
        let window = Window::around(500, 500, WHOLE);
        assert!(window.holds(500) && window.holds(491) && window.count() == FEWEST);
        assert_eq!(Window::around(1, 1, WHOLE).first, 1);
        assert_eq!(Window::around(3, 4, Window { first: 1, last: 9 }).count(), 9);
    }

    proptest! {
        #[test]
        fn no_step_leaves_the_sequence_or_overflows(
            ends in (any::<i64>(), any::<i64>()), part in (any::<i64>(), any::<i64>()), at in 0..2000_u32, steps in prop::collection::vec(0..6_u8, 0..12)
        ) {
            let whole = Window { first: ends.0.min(ends.1), last: ends.0.max(ends.1) };
            let mut window = Window { first: part.0.min(part.1), last: part.0.max(part.1) }.clipped(whole);
            for step in steps {
                window = match step {
                    0 => window.nearer(at, whole),
                    1 => window.farther(at, whole),
                    2 => window.moved(true, whole),
                    3 => window.moved(false, whole),
                    4 => window.centred(at, whole),
                    _ => Window::around(window.first, window.last, whole),
                };
                prop_assert!(window.first <= window.last);
                prop_assert!(whole.holds(window.first) && whole.holds(window.last));
            }
        }
    }
}
