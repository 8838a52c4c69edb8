//! What was not used, and the first reason for it.

use crate::pack::Refusal;
use crate::reason::ReasonCode;

/// What was not used of a log or beside it, for reasons that say nothing about the evidence.
#[derive(Debug, Default)]
pub(super) struct LeftOut {
    pub(super) refusals: Vec<Refusal>,
    /// The first reason; rows that are told one by one count as well.
    pub(super) first: Option<ReasonCode>,
}

impl LeftOut {
    /// Something is not used; of one file it is told once for each reason.
    pub(super) fn refuse(&mut self, refusal: Refusal) {
        self.note(refusal.code);
        self.tell(refusal);
    }

    /// Something is not used that could hold no row.
    pub(super) fn tell(&mut self, refusal: Refusal) {
        let told = |known: &Refusal| known.code == refusal.code && known.subject == refusal.subject;
        if !self.refusals.iter().any(told) {
            self.refusals.push(refusal);
        }
    }

    /// Something is not used that is told elsewhere.
    pub(super) fn note(&mut self, reason: ReasonCode) {
        self.first.get_or_insert(reason);
    }

    /// Adds what another part of the run left out.
    pub(super) fn extend(&mut self, other: LeftOut) {
        self.first = self.first.or(other.first);
        self.refusals.extend(other.refusals);
    }
}
