//! The sequence of each organisation: which numbers are there, which are missing, which are claimed twice
//! (`specs/invoance.md` 7).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::ranges::{KEPT, Range, Ranges};
use super::table::Table;
use crate::container::Limits;
use crate::digest::Digest;
use crate::format::invoance::event::Judged;
use crate::run::Progress;
use crate::verdict::Verdict;

/// Organisations of one run that are told apart within the documented limits; enough for every honest log.
const ORGANISATIONS: usize = 10_000;

/// Bytes of an organisation's name, beyond which it is none.
const LONGEST_NAME: usize = 1024;

/// Keys of one organisation that are told apart.
const KEYS: usize = 1_000;

/// The organisations of a run.
#[derive(Debug)]
pub(super) struct Sequences {
    organisations: BTreeMap<Arc<str>, Sequence>,
    /// Organisations that are told apart.
    most: usize,
    /// Rows whose organisation is one too many.
    beyond: u64,
}

impl Sequences {
    /// No row yet.
    pub(super) fn new(within: &Limits) -> Sequences {
        Sequences {
            organisations: BTreeMap::new(),
            most: within.with_records(ORGANISATIONS),
            beyond: 0,
        }
    }

    /// Organisations that are told apart.
    pub(super) fn most(&self) -> usize {
        self.most
    }

    /// Adds a row that claims a place in a sequence, verifying or not.
    pub(super) fn add(&mut self, row: &Judged) {
        let Some(seat) = &row.seat else { return };
        if let Some(sequence) = self.organisations.get_mut(&seat.org) {
            return sequence.add(seat.seq, row);
        }
        if self.organisations.len() >= self.most || seat.org.len() > LONGEST_NAME {
            self.beyond += 1;
            return;
        }
        let mut sequence = Sequence::default();
        sequence.add(seat.seq, row);
        self.organisations.insert(Arc::clone(&seat.org), sequence);
    }

    /// Rows that no sequence took.
    pub(super) fn beyond(&self) -> u64 {
        self.beyond
    }

    /// The figures of each organisation, by name; unfinished ones when the run is cancelled meanwhile.
    pub(super) fn finish(self, progress: &Progress) -> Vec<(Arc<str>, Figures)> {
        let figures = |(org, sequence): (Arc<str>, Sequence)| (org, sequence.finish(progress));
        self.organisations.into_iter().map(figures).collect()
    }
}

/// A row that verifies. Digests are cut to 16 bytes: as good as whole ones against rows made to look alike.
#[derive(Debug, Clone, Copy)]
struct Seated {
    seq: i64,
    hash: [u8; 16],
    id: [u8; 16],
}

#[derive(Debug, Default)]
struct Sequence {
    valid: Table<Seated>,
    invalid: Table<i64>,
    order: Option<Order>,
    last: Option<(i64, Option<i64>)>,
    backwards: u64,
    keys: BTreeSet<[u8; 32]>,
    /// Rows that do not verify and prove a mismatch.
    failed: u64,
}

/// In which order the rows came. Information only: order is not signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "lowercase")]
pub(super) enum Order {
    Single,
    Ascending,
    Descending,
    Mixed,
}

impl Order {
    fn then(self, before: i64, now: i64) -> Order {
        match (self, now.cmp(&before)) {
            (order, std::cmp::Ordering::Equal) => order,
            (Order::Single | Order::Ascending, std::cmp::Ordering::Greater) => Order::Ascending,
            (Order::Single | Order::Descending, std::cmp::Ordering::Less) => Order::Descending,
            _ => Order::Mixed,
        }
    }
}

impl Sequence {
    fn add(&mut self, seq: i64, row: &Judged) {
        self.follow(seq, row.ingested_ms.filter(|_| row.valid));
        match row.hash.filter(|_| row.valid) {
            Some(hash) => self.valid.push(Seated {
                seq,
                hash: short(hash),
                id: short(Digest::of(row.id.as_bytes())),
            }),
            None => self.invalid.push(seq),
        }
        self.failed += u64::from(row.record.verdict == Verdict::Failed);
        if let Some(key) = row.key.as_ref().filter(|_| row.valid && self.keys.len() < KEYS) {
            self.keys.insert(*key.as_bytes());
        }
    }

    /// Compares a row with the one before it in the file.
    fn follow(&mut self, seq: i64, ingested: Option<i64>) {
        let Some((before, ingested_before)) = self.last.replace((seq, ingested)) else {
            self.order = Some(Order::Single);
            return;
        };
        self.order = self.order.map(|order| order.then(before, seq));
        if let (Some(before_at), Some(at)) = (ingested_before, ingested) {
            let backwards = (seq > before && at < before_at) || (seq < before && at > before_at);
            self.backwards += u64::from(backwards);
        }
    }

    fn finish(mut self, progress: &Progress) -> Figures {
        let mut figures = Figures {
            valid: wide(self.valid.len()),
            invalid: wide(self.invalid.len()),
            failed: self.failed,
            order: self.order.unwrap_or(Order::Single),
            keys: self.keys.iter().copied().collect(),
            backwards: self.backwards,
            ..Figures::default()
        };
        let mut numbers = Numbers::default();
        let mut invalid = self.invalid.sorted_by(progress, |seq| *seq).peekable();
        let mut valid = self.valid.sorted_by(progress, |row| (row.seq, row.hash)).peekable();
        while !progress.is_cancelled() {
            let next = match (valid.peek(), invalid.peek()) {
                (Some(row), Some(seq)) => row.seq.min(*seq),
                (Some(row), None) => row.seq,
                (None, Some(seq)) => *seq,
                (None, None) => break,
            };
            while invalid.next_if(|seq| *seq == next).is_some() {}
            let mut copies = Copies::default();
            while let Some(row) = valid.next_if(|row| row.seq == next) {
                copies.add(row.hash);
            }
            numbers.add(next, &copies, &mut figures);
        }
        drop((valid, invalid));
        figures.id_conflicts = self.id_conflicts(progress);
        figures
    }

    /// Ids that stand under more than one number.
    fn id_conflicts(&mut self, progress: &Progress) -> u64 {
        let mut conflicts = 0;
        let mut rows = self.valid.sorted_by(progress, |row| (row.id, row.seq)).peekable();
        while let Some(first) = rows.next().filter(|_| !progress.is_cancelled()) {
            let mut several = false;
            while let Some(row) = rows.next_if(|row| row.id == first.id) {
                several |= row.seq != first.seq;
            }
            conflicts += u64::from(several);
        }
        conflicts
    }
}

fn short(digest: Digest) -> [u8; 16] {
    digest.as_bytes().first_chunk().copied().unwrap_or_default()
}

fn wide(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

/// The rows that verify under one number, by their hash.
#[derive(Default)]
struct Copies {
    rows: u64,
    distinct: u64,
    last: Option<[u8; 16]>,
}

impl Copies {
    fn add(&mut self, hash: [u8; 16]) {
        self.rows += 1;
        if self.last.replace(hash) != Some(hash) {
            self.distinct += 1;
        }
    }
}

/// The numbers in ascending order, one by one.
#[derive(Default)]
struct Numbers {
    last: Option<i64>,
}

impl Numbers {
    fn add(&mut self, seq: i64, copies: &Copies, figures: &mut Figures) {
        if let Some(last) = self.last.replace(seq)
            && last.abs_diff(seq) > 1
        {
            figures.gaps.push(Range {
                from: last.saturating_add(1),
                to: seq.saturating_sub(1),
            });
        }
        figures.first_seq.get_or_insert(seq);
        figures.last_seq = Some(seq);
        if copies.rows == 0 {
            figures.unverified.push_number(seq);
            return;
        }
        figures.count += 1;
        if copies.rows > copies.distinct {
            figures.duplicates += copies.rows - copies.distinct;
            keep(&mut figures.duplicate_seq, seq);
        }
        if copies.distinct > 1 {
            keep(&mut figures.seq_conflicts, seq);
        }
    }
}

fn keep(list: &mut Vec<i64>, seq: i64) {
    if list.len() < KEPT {
        list.push(seq);
    }
}

/// What the sequence of one organisation comes to.
#[derive(Debug, Clone)]
pub(super) struct Figures {
    /// Rows that verify, copies included.
    pub(super) valid: u64,
    /// Rows that do not.
    pub(super) invalid: u64,
    /// Of those, the ones that prove a mismatch.
    pub(super) failed: u64,
    pub(super) first_seq: Option<i64>,
    pub(super) last_seq: Option<i64>,
    /// Numbers that verify, each counted once.
    pub(super) count: u64,
    /// Numbers that no row claims.
    pub(super) gaps: Ranges,
    /// Numbers that only rows claim which do not verify.
    pub(super) unverified: Ranges,
    /// Copies beyond the first.
    pub(super) duplicates: u64,
    pub(super) duplicate_seq: Vec<i64>,
    /// Numbers with two signed histories.
    pub(super) seq_conflicts: Vec<i64>,
    /// Ids under two numbers.
    pub(super) id_conflicts: u64,
    pub(super) order: Order,
    /// The keys of the rows that verify.
    pub(super) keys: Vec<[u8; 32]>,
    /// Neighbours in the file whose arrival times run against their numbers.
    pub(super) backwards: u64,
}

impl Default for Figures {
    fn default() -> Figures {
        Figures {
            valid: 0,
            invalid: 0,
            failed: 0,
            first_seq: None,
            last_seq: None,
            count: 0,
            gaps: Ranges::default(),
            unverified: Ranges::default(),
            duplicates: 0,
            duplicate_seq: Vec::new(),
            seq_conflicts: Vec::new(),
            id_conflicts: 0,
            order: Order::Single,
            keys: Vec::new(),
            backwards: 0,
        }
    }
}

impl Figures {
    /// Numbers from the first to the last.
    pub(super) fn expected(&self) -> u64 {
        match (self.first_seq, self.last_seq) {
            (Some(from), Some(to)) => Range { from, to }.count(),
            _ => 0,
        }
    }

    /// Neither a gap nor a number without a row that verifies.
    pub(super) fn is_contiguous(&self) -> bool {
        self.gaps.is_empty() && self.unverified.is_empty()
    }

    /// Two signed histories.
    pub(super) fn has_conflict(&self) -> bool {
        !self.seq_conflicts.is_empty() || self.id_conflicts > 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Figures of rows given as (seq, content), content 0 for one that does not verify.
    fn figures(rows: &[(i64, u8)]) -> Figures {
        let mut sequence = Sequence::default();
        for (seq, content) in rows {
            sequence.follow(*seq, Some(*seq));
            match content {
                0 => sequence.invalid.push(*seq),
                _ => sequence.valid.push(Seated {
                    seq: *seq,
                    hash: [*content; 16],
                    id: [*content; 16],
                }),
            }
        }
        sequence.finish(&Progress::default())
    }

    fn pairs(ranges: &Ranges) -> Vec<(i64, i64)> {
        ranges.kept().iter().map(|range| (range.from, range.to)).collect()
    }

    #[test]
    fn a_number_that_no_row_claims_is_missing_and_one_that_does_not_verify_is_not() {
        let figures = figures(&[(5, 5), (4, 0), (2, 2), (1, 1)]);
        assert_eq!(pairs(&figures.gaps), [(3, 3)]);
        assert_eq!(pairs(&figures.unverified), [(4, 4)]);
        assert_eq!((figures.count, figures.expected()), (3, 5));
    }

    #[test]
    fn a_row_that_does_not_verify_can_be_the_first_or_the_last() {
        let figures = figures(&[(9, 0), (5, 5), (2, 0)]);
        assert_eq!((figures.first_seq, figures.last_seq), (Some(2), Some(9)));
        assert_eq!(pairs(&figures.gaps), [(3, 4), (6, 8)]);
    }

    #[test]
    fn equal_copies_are_duplicates_and_different_ones_a_conflict() {
        let duplicates = figures(&[(1, 1), (2, 2), (2, 2), (2, 2)]);
        assert_eq!((duplicates.duplicates, &*duplicates.duplicate_seq), (2, &[2][..]));
        assert!(!duplicates.has_conflict());
        let conflict = figures(&[(1, 1), (2, 2), (2, 3)]);
        assert_eq!((conflict.duplicates, &*conflict.seq_conflicts), (0, &[2][..]));
    }

    #[test]
    fn a_copy_that_does_not_verify_is_no_conflict() {
        let figures = figures(&[(1, 1), (2, 2), (2, 0)]);
        assert!(!figures.has_conflict() && figures.is_contiguous());
    }

    #[test]
    fn one_id_under_two_numbers_is_a_conflict_counted_once() {
        let figures = figures(&[(1, 7), (2, 7), (3, 7)]);
        assert_eq!(figures.id_conflicts, 1);
    }

    #[test]
    fn order_is_told_however_copies_stand() {
        let order = |seqs: &[i64]| figures(&seqs.iter().map(|seq| (*seq, 0)).collect::<Vec<_>>()).order;
        assert_eq!(order(&[1, 1]), Order::Single);
        assert_eq!(order(&[1, 1, 2]), Order::Ascending);
        assert_eq!(order(&[3, 2, 2, 1]), Order::Descending);
        assert_eq!(order(&[1, 3, 2]), Order::Mixed);
    }

    #[test]
    fn the_ends_of_the_number_line_are_no_trap() {
        let figures = figures(&[(i64::MIN, 1), (i64::MAX, 2)]);
        assert_eq!(figures.expected(), u64::MAX);
        assert_eq!(pairs(&figures.gaps), [(i64::MIN + 1, i64::MAX - 1)]);
    }
}
