//! One scope of the chain while its entries come in (`specs/keel.md` 5.3).

use super::sequence::Sequence;
use super::thread::{Link, Row, Thread};

/// One scope. Its entries are followed as they come as long as they come in ascending order, and kept in short so that
/// they can be sorted if they do not.
#[derive(Debug)]
pub(super) struct ScopeState {
    /// The entries so far; none once there were too many to keep.
    pub(super) rows: Option<Vec<Row>>,
    /// Whether they came in ascending order without repeats, each with a number.
    pub(super) ascending: bool,
    pub(super) thread: Thread,
    pub(super) count: u64,
    /// Where links break, in the order of the file.
    pub(super) breaks: Vec<Break>,
    /// The array at hand and its last number, for the order inside it.
    at: Option<(u32, Sequence)>,
}

/// A link that breaks, or a number that is used again.
#[derive(Debug)]
pub(super) struct Break {
    pub(super) row: Row,
    pub(super) link: Link,
    /// What it would have to state.
    pub(super) expected: Option<super::hash_text::HashText>,
}

/// Breaks that are kept in full.
pub(super) const BREAKS_KEPT: usize = 10_000;

impl Default for ScopeState {
    fn default() -> ScopeState {
        ScopeState {
            rows: Some(Vec::new()),
            ascending: true,
            thread: Thread::default(),
            count: 0,
            breaks: Vec::new(),
            at: None,
        }
    }
}

impl ScopeState {
    /// The next entry in file order: how it stands to the one before, and whether it is smaller than its predecessor in
    /// its array.
    pub(super) fn add(&mut self, row: Row) -> Added {
        self.count = self.count.saturating_add(1);
        let inversion = self.inverts(&row);
        let next = row
            .sequence
            .as_ref()
            .is_some_and(|sequence| self.thread.is_next(sequence));
        self.ascending = self.ascending && next;
        let link = if self.ascending {
            follow(&mut self.thread, &mut self.breaks, &row)
        } else {
            Link::Incomparable
        };
        if let Some(rows) = &mut self.rows {
            rows.push(row);
        }
        Added { link, inversion }
    }

    /// The predecessor's number, if this entry's is smaller.
    fn inverts(&mut self, row: &Row) -> Option<Sequence> {
        let sequence = row.sequence.clone()?;
        let before = self.at.replace((row.seat.array, sequence.clone()));
        let (array, before) = before?;
        (array == row.seat.array && sequence < before).then_some(before)
    }

    /// Sorts the entries that did not come in ascending order, and follows them anew.
    pub(super) fn settle(&mut self) -> Settled {
        if self.ascending {
            return Settled::AsTheyCame;
        }
        let Some(mut rows) = self.rows.take() else {
            // A link that broke while the entries came may only have been out of order.
            self.breaks.clear();
            self.thread.breaks = 0;
            return Settled::NotSorted;
        };
        rows.sort_by(|one, other| {
            let absent = one.sequence.is_none().cmp(&other.sequence.is_none());
            absent
                .then_with(|| one.sequence.cmp(&other.sequence))
                .then_with(|| one.seat.cmp(&other.seat))
        });
        self.thread = Thread::default();
        self.breaks.clear();
        for row in &rows {
            follow(&mut self.thread, &mut self.breaks, row);
        }
        Settled::Sorted
    }

    /// Takes over the entries of another part of the same scope.
    pub(super) fn join(&mut self, other: ScopeState) {
        self.count = self.count.saturating_add(other.count);
        self.ascending = false;
        match (&mut self.rows, other.rows) {
            (Some(rows), Some(others)) => rows.extend(others),
            (rows, _) => *rows = None,
        }
    }
}

/// How the entries of a scope were put in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Settled {
    /// They came in order.
    AsTheyCame,
    /// They were sorted.
    Sorted,
    /// There were too many of them to sort.
    NotSorted,
}

/// What adding an entry showed.
pub(super) struct Added {
    pub(super) link: Link,
    /// The predecessor's number, when this entry's is smaller.
    pub(super) inversion: Option<Sequence>,
}

fn follow(thread: &mut Thread, breaks: &mut Vec<Break>, row: &Row) -> Link {
    let link = thread.follow(row);
    if matches!(link, Link::Breaks | Link::Repeats) && breaks.len() < BREAKS_KEPT {
        breaks.push(Break {
            row: row.clone(),
            link,
            expected: thread.expected(),
        });
    }
    link
}
