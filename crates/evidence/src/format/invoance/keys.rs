//! Which keys a row is held against (`specs/invoance.md` 4.2, 5; `design.md` 3).

use super::event::Judged;
use crate::keybook::KeyBook;
use crate::report::{Finding, KeySeen};

/// What the keys of a result come to, worst first; `NONE` is for a log without records (section 5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, strum::IntoStaticStr)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum Level {
    /// Signed by another key than the supplied ones.
    Mismatch,
    /// No records, or no key to hold them against.
    None,
    /// Only the row's own key.
    Embedded,
    /// A key document inside the pack.
    PackKey,
    /// A key that the auditor confirmed outside the pack.
    Pinned,
}

impl Level {
    /// The spec's word.
    pub(super) fn as_str(self) -> &'static str {
        self.into()
    }
}

/// Every key at hand for one run: the reviewer's, the pack's key documents, and the row keys met so far.
#[derive(Debug, Default)]
pub(super) struct Keys {}

impl Keys {
    /// The keys of a run; `documents` are the key documents of the pack, as (path, bytes).
    pub(super) fn new(book: &KeyBook, documents: &[(String, Vec<u8>)]) -> (Keys, Vec<Finding>) {
        let _ = (book, documents);
        todo!()
    }

    /// Whether keys are supplied for an organisation, and by whom: `Pinned`, `PackKey`, or `None` when there are none.
    pub(super) fn level(&self, org: Option<&str>) -> Level {
        let _ = org;
        todo!()
    }
}

/// The keys that mattered, gathered row by row in any order.
#[derive(Debug, Default)]
pub(super) struct KeysSeen {}

impl KeysSeen {
    /// Counts a row.
    pub(super) fn add(&mut self, row: &Judged) {
        let _ = row;
        todo!()
    }

    /// The report's list, supplied keys first, and what was too much to keep.
    pub(super) fn finish(self, keys: &Keys) -> (Vec<KeySeen>, Vec<Finding>) {
        let _ = keys;
        todo!()
    }
}
