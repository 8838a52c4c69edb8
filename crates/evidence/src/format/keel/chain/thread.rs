//! The entries of one scope in ascending order: links, gaps, and both ends (`specs/keel.md` 5.3, step 5).

use super::Seat;
use super::hash_text::HashText;
use super::sequence::Sequence;

/// What is kept of an entry.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// Its number; none when it is null or no integer, and then it stands last.
    pub(super) sequence: Option<Sequence>,
    pub(super) prev_hash: Option<HashText>,
    pub(super) record_hash: Option<HashText>,
    pub(super) seat: Seat,
}

/// How an entry stands to the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Link {
    /// It is the first.
    First,
    /// It continues the one before.
    Continues,
    /// It states another hash.
    Breaks,
    /// It has the number of the one before.
    Repeats,
    /// One of the two has no number or no hash to compare.
    Incomparable,
}

/// Gaps that are kept; beyond, they are counted.
const GAPS_KEPT: usize = 10_000;
/// Copies of one number whose hashes are kept, any of which the next entry may continue.
const COPIES_KEPT: usize = 8;

/// Numbers that are not there, between two that are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Gap {
    /// The last number before.
    pub(in super::super) after: Sequence,
    /// The first number behind.
    pub(in super::super) before: Sequence,
}

/// The gaps of a scope.
#[derive(Debug, Default)]
pub(super) struct Gaps {
    pub(super) kept: Vec<Gap>,
    pub(super) count: u64,
    /// Numbers missing in all, where that can be told.
    pub(super) missing: Option<i128>,
}

impl Gaps {
    fn push(&mut self, gap: Gap) {
        let missing = gap.after.between(&gap.before);
        self.missing = match (self.count, self.missing, missing) {
            (0, _, missing) => missing,
            (_, Some(sum), Some(missing)) => sum.checked_add(missing),
            (_, _, _) => None,
        };
        self.count = self.count.saturating_add(1);
        if self.kept.len() < GAPS_KEPT {
            self.kept.push(gap);
        }
    }
}

/// A scope followed entry by entry, in ascending order of the numbers.
#[derive(Debug, Default)]
pub(super) struct Thread {
    pub(super) first: Option<Row>,
    pub(super) last: Option<Row>,
    pub(super) gaps: Gaps,
    pub(super) links: u64,
    pub(super) breaks: u64,
    pub(super) repeats: u64,
    /// Record hashes of the entries with the last number, and with the number before it.
    current: Vec<HashText>,
    before: Vec<HashText>,
}

impl Thread {
    /// Whether an entry with this number comes after all so far.
    pub(super) fn is_next(&self, sequence: &Sequence) -> bool {
        let last = self.last.as_ref().and_then(|row| row.sequence.as_ref());
        last.is_none_or(|last| last < sequence)
    }

    /// The next entry.
    pub(super) fn follow(&mut self, row: &Row) -> Link {
        let Some(sequence) = &row.sequence else {
            return Link::Incomparable;
        };
        let last = self.last.as_ref().and_then(|last| last.sequence.clone());
        let Some(last) = last else {
            self.first = Some(row.clone());
            self.current.extend(row.record_hash);
            self.last = Some(row.clone());
            return Link::First;
        };
        let repeats = last == *sequence;
        if !repeats {
            self.before = std::mem::take(&mut self.current);
            if !last.is_followed_by(sequence) {
                self.gaps.push(Gap {
                    after: last,
                    before: sequence.clone(),
                });
            }
            self.last = Some(row.clone());
        }
        if self.current.len() < COPIES_KEPT {
            self.current.extend(row.record_hash);
        }
        if repeats {
            self.repeats = self.repeats.saturating_add(1);
            return Link::Repeats;
        }
        self.link(row)
    }

    fn link(&mut self, row: &Row) -> Link {
        let Some(prev_hash) = row.prev_hash.filter(|_| !self.before.is_empty()) else {
            return Link::Incomparable;
        };
        self.links = self.links.saturating_add(1);
        if self.before.contains(&prev_hash) {
            return Link::Continues;
        }
        self.breaks = self.breaks.saturating_add(1);
        Link::Breaks
    }

    /// What the entry now following would have to state.
    pub(super) fn expected(&self) -> Option<HashText> {
        self.before.first().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(sequence: i64, prev: &str, record: &str) -> Row {
        Row {
            sequence: Some(Sequence::Small(sequence)),
            prev_hash: Some(HashText::of(prev)),
            record_hash: Some(HashText::of(record)),
            seat: Seat { array: 0, row: 1 },
        }
    }

    #[test]
    fn an_entry_continues_the_one_before_it() {
        let mut thread = Thread::default();
        let links = [row(4, "c", "d"), row(5, "d", "e"), row(6, "x", "f")].map(|row| thread.follow(&row));
        assert_eq!(links, [Link::First, Link::Continues, Link::Breaks]);
        assert_eq!((thread.links, thread.breaks), (2, 1));
    }

    #[test]
    fn after_a_repeated_number_either_copy_may_be_continued() {
        let mut thread = Thread::default();
        let rows = [row(1, "z", "a"), row(2, "a", "b"), row(2, "a", "c"), row(3, "c", "d")];
        let links = rows.map(|row| thread.follow(&row));
        assert_eq!(links, [Link::First, Link::Continues, Link::Repeats, Link::Continues]);
    }

    #[test]
    fn gaps_are_counted_and_the_numbers_in_them() {
        let mut thread = Thread::default();
        for row in [row(1, "z", "a"), row(3, "a", "b"), row(7, "b", "c")] {
            thread.follow(&row);
        }
        assert_eq!((thread.gaps.count, thread.gaps.missing), (2, Some(4)));
        let gap = &thread.gaps.kept[1];
        assert_eq!(
            (gap.after.to_string(), gap.before.to_string()),
            ("3".into(), "7".into())
        );
    }
}
