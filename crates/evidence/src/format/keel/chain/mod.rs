//! The chain walk (`specs/keel.md` 5).
//!
//! [`Entry::read`] parses and hashes one entry; it is pure, so that batches of entries are read on all cores. [`Walk::add`]
//! then takes the entries one by one in file order and keeps little of each.

mod entry;
mod failure;
mod genesis;
mod hash_text;
mod population;
mod result;
mod scope;
mod sequence;
mod thread;
mod walk;
mod wall_clock;

pub(super) use entry::{Entry, Shape, hashed_bytes, hashed_time};
pub(super) use failure::Failure;
pub(super) use hash_text::HashText;
pub(super) use result::{End, ScopeResult, WalkResult, absent};
pub(super) use sequence::Sequence;
pub(super) use walk::Walk;

use crate::check::Outcome;
use crate::reason::ReasonCode;

/// The place of an entry: which array of the payload, and where in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Seat {
    /// 0 for the only list (the lines, `records`, the bundle's own `chain_entries`), else the record's number from 1.
    pub(super) array: u32,
    /// The line, or the position in the list, from 1.
    pub(super) row: u64,
}

impl std::fmt::Display for Seat {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.array {
            0 => write!(f, "row {}", self.row),
            record => write!(f, "record {record}, entry {}", self.row),
        }
    }
}

/// What is known of an entry as soon as it was added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct EntrySeen {
    /// Its scope; none for null.
    pub(super) scope: Option<String>,
    /// Whether it matches its own record hash.
    pub(super) hash: Outcome,
    /// Whether it continues the entry before it. `Skipped(NOT_ANSWERABLE)` for the first one of a scope;
    /// `Skipped(NOT_EVALUATED)` where the order of the file is not the order of the chain: only [`Walk::finish`] knows.
    pub(super) link: Outcome,
    /// Remarks: `NON_UTC_TIMESTAMP`, `SEPARATOR_IN_HASHED_FIELD`.
    pub(super) notes: Vec<ReasonCode>,
    /// The stated record hash, where it differs.
    pub(super) stated: Option<String>,
    /// The recomputed one, where it differs.
    pub(super) found: Option<String>,
}

/// An entry that must be looked out for, because a checkpoint names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Watched {
    /// The scope.
    pub(super) scope: String,
    /// The number.
    pub(super) sequence: Sequence,
}

/// The name of a scope as it is told.
fn label(scope: Option<&str>) -> &str {
    scope.unwrap_or("<none>")
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{}: {}, scope {}",
            self.code,
            self.seat,
            label(self.scope.as_deref())
        )?;
        if let Some(sequence) = &self.sequence {
            write!(f, ", number {sequence}")?;
        }
        write!(f, ": {}", self.detail)
    }
}

#[cfg(test)]
mod tests;
