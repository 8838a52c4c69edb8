//! Numbers as ranges: a log without gap takes one entry, however long it is.

/// Ranges kept of one list; what is beyond is counted.
pub(super) const KEPT: usize = 100_000;

/// From one number to another, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Range {
    pub(super) from: i64,
    pub(super) to: i64,
}

impl Range {
    /// How many numbers.
    pub(super) fn count(self) -> u64 {
        self.to.abs_diff(self.from).saturating_add(1)
    }
}

/// Ranges in ascending order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Ranges {
    kept: Vec<Range>,
    /// Ranges in all.
    total: u64,
}

impl Ranges {
    /// Adds a range behind those that are there; one that follows on directly makes the last one longer.
    pub(super) fn push(&mut self, range: Range) {
        if let Some(last) = self
            .kept
            .last_mut()
            .filter(|last| last.to.checked_add(1) == Some(range.from))
        {
            last.to = range.to;
            return;
        }
        self.total += 1;
        if self.kept.len() < KEPT {
            self.kept.push(range);
        }
    }

    /// Adds one number.
    pub(super) fn push_number(&mut self, number: i64) {
        self.push(Range {
            from: number,
            to: number,
        });
    }

    pub(super) fn kept(&self) -> &[Range] {
        &self.kept
    }

    pub(super) fn is_empty(&self) -> bool {
        self.total == 0
    }

    /// Whether there were more than are kept.
    pub(super) fn is_truncated(&self) -> bool {
        u64::try_from(self.kept.len()).is_ok_and(|kept| kept < self.total)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_follow_on_are_one_range() {
        let mut ranges = Ranges::default();
        for number in [1, 2, 3, 7, 9, 10] {
            ranges.push_number(number);
        }
        let pairs: Vec<(i64, i64)> = ranges.kept().iter().map(|range| (range.from, range.to)).collect();
        assert_eq!(pairs, [(1, 3), (7, 7), (9, 10)]);
        assert_eq!(ranges.kept().first().map(|range| range.count()), Some(3));
    }

    #[test]
    fn the_widest_range_is_counted_without_overflow() {
        let range = Range {
            from: i64::MIN,
            to: i64::MAX,
        };
        assert_eq!(range.count(), u64::MAX);
    }
}
