//! The chain walk (`specs/keel.md` 5).
//!
//! [`Entry::read`] parses and hashes one entry; it is pure, so that batches of entries are read on all cores. [`Walk::add`]
//! then takes the entries one by one in file order and keeps little of each.

use crate::check::{Check, Outcome};
use crate::json::Node;
use crate::reason::ReasonCode;
use crate::report::Finding;

/// Where the entries of a payload stand, which decides the defaults of their fields (5.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// `records` of a `keel.governance_events/v1` document; its `project_id` is told by [`Walk::project`].
    GovernanceEvents,
    /// Lines; the first `project_id` that is a text names the scope of entries without one.
    JsonLines,
    /// `chain_entries` of an `audit_export_bundle`: no defaults.
    Bundle,
}

/// The place of an entry: which array of the payload, and where in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Seat {
    /// 0 for the only list (the lines, `records`, the bundle's own `chain_entries`), else the record's number from 1.
    pub(super) array: u32,
    /// The line, or the position in the list, from 1.
    pub(super) row: u64,
}

/// One entry, read and hashed.
pub(super) struct Entry {}

impl Entry {
    /// Reads and hashes one entry (an object).
    pub(super) fn read(node: &Node<'_>, shape: Shape) -> Entry {
        let _ = (node, shape);
        Entry {}
    }
}

/// What is known of an entry as soon as it was added.
pub(super) struct EntrySeen {
    /// Its scope; none for null.
    pub(super) scope: Option<String>,
    /// Its number in decimal, when it is an integer.
    pub(super) sequence: Option<String>,
    /// Whether it matches its own record hash.
    pub(super) hash: Outcome,
    /// Whether it continues the entry before it in the file; `Skipped` for the first one of a scope, and where the order
    /// of the file is not the order of the chain (then only [`Walk::finish`] knows).
    pub(super) link: Outcome,
    /// Remarks: `NON_UTC_TIMESTAMP`, `SEPARATOR_IN_HASHED_FIELD`.
    pub(super) notes: Vec<ReasonCode>,
    /// The stated record hash.
    pub(super) stated: Option<String>,
    /// The recomputed one.
    pub(super) found: Option<String>,
}

/// An entry that must be looked out for, because a checkpoint names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Watched {
    /// The scope.
    pub(super) scope: String,
    /// The number, in decimal.
    pub(super) sequence: String,
}

/// The walk.
pub(super) struct Walk {}

impl Walk {
    /// A walk that notes the record hashes of the watched entries as it passes them.
    pub(super) fn new(shape: Shape, watched: impl IntoIterator<Item = Watched>) -> Walk {
        let _ = (shape, watched.into_iter().count());
        Walk {}
    }

    /// The document's own `project_id`; may come at any time.
    pub(super) fn project(&mut self, id: &str) {
        let _ = id;
    }

    /// The next entry in file order.
    pub(super) fn add(&mut self, seat: Seat, entry: Entry) -> EntrySeen {
        let _ = (seat, entry);
        EntrySeen {
            scope: None,
            sequence: None,
            hash: Outcome::Skipped(ReasonCode::NotEvaluated),
            link: Outcome::Skipped(ReasonCode::NotEvaluated),
            notes: Vec::new(),
            stated: None,
            found: None,
        }
    }

    /// What the walk came to. `required`: the chain was asked for, so that its absence is undetermined.
    pub(super) fn finish(self, subject: &str, required: bool) -> WalkResult {
        let _ = (subject, required);
        WalkResult {
            entries: 0,
            failures: Vec::new(),
            scopes: Vec::new(),
            checks: Vec::new(),
            warnings: Vec::new(),
        }
    }
}

/// What the walk came to.
pub(super) struct WalkResult {
    /// Entries walked.
    pub(super) entries: u64,
    /// Every failure, in the order of the rules; the first 10,000 of each code.
    pub(super) failures: Vec<Failure>,
    /// The scopes, in the order of their labels.
    pub(super) scopes: Vec<ScopeResult>,
    /// `recordHashes` and `chainLinks`.
    pub(super) checks: Vec<Check>,
    /// Warnings (`SEQUENCE_GAP`, `GENESIS_NOT_RECOGNISED`, `NON_UTC_TIMESTAMP`, `SEPARATOR_IN_HASHED_FIELD`).
    pub(super) warnings: Vec<Finding>,
}

/// One entry that fails.
pub(super) struct Failure {
    /// Which rule.
    pub(super) code: ReasonCode,
    /// Where it stands.
    pub(super) seat: Seat,
    /// Its scope; none for null.
    pub(super) scope: Option<String>,
    /// Its number in decimal, when it is an integer.
    pub(super) sequence: Option<String>,
    /// What exactly was seen.
    pub(super) detail: String,
}

/// One scope of the chain.
pub(super) struct ScopeResult {
    /// Its name; none for null.
    pub(super) scope: Option<String>,
    /// For `Part.population`: first, last, count, gaps, genesis, head.
    pub(super) population: serde_json::Value,
}
