//! Closures: signed statements about what became of a permit (`specs/keel.md` 6).
//!
//! [`read`] takes from one chain entry what closures need and checks a closure's hash and signature; it is pure, so that
//! batches are read on all cores. [`Closures`] then joins closures, events and permits through an index by permit id.

use jiff::Timestamp;

use super::chain::Seat;
use crate::check::{Check, Outcome};
use crate::json::Node;
use crate::reason::ReasonCode;
use crate::report::Finding;
use crate::signature::PublicKey;

/// A key of purpose `permit_binding_signing` from the trust root. An entry with a bound that does not parse is left out.
pub(super) struct BindingKey {
    /// The key.
    pub(super) key: PublicKey,
    /// Start of its period.
    pub(super) valid_from: Option<Timestamp>,
    /// End of its period, inclusive.
    pub(super) valid_to: Option<Timestamp>,
    /// Revoked or compromised: it verifies nothing.
    pub(super) revoked: bool,
}

/// The binding keys of the trust root.
pub(super) struct BindingKeys(pub(super) Vec<BindingKey>);

/// What an entry says that matters to closures.
pub(super) struct Carried {
    /// For an entry that is a closure: whether its hash and signature are good.
    pub(super) signature: Option<Outcome>,
    /// Remarks on it.
    pub(super) notes: Vec<ReasonCode>,
}

/// Reads one chain entry; none when it says nothing about closures.
pub(super) fn read(entry: &Node<'_>, keys: &BindingKeys) -> Option<Carried> {
    let _ = (entry, keys);
    None
}

/// The closures of a bundle, joined with its events and permits.
#[derive(Default)]
pub(super) struct Closures {}

impl Closures {
    /// The `permit` object of a record (`record` from 1, as [`Seat::array`]); before or after its entries.
    pub(super) fn permit(&mut self, record: u32, permit: &Node<'_>) {
        let _ = (record, permit);
    }

    /// What an entry carries, in file order.
    pub(super) fn add(&mut self, seat: Seat, carried: Carried) {
        let _ = (seat, carried);
    }

    /// What they came to. `required`: closures were asked for.
    pub(super) fn finish(self, subject: &str, required: bool) -> ClosuresResult {
        let _ = (subject, required);
        ClosuresResult {
            closures: 0,
            failures: Vec::new(),
            checks: Vec::new(),
            warnings: Vec::new(),
            allowed_without_closure: Vec::new(),
        }
    }
}

/// What the closures of a bundle came to.
pub(super) struct ClosuresResult {
    /// How many there are.
    pub(super) closures: u64,
    /// Every failure in file order; the first 10,000 of each code.
    pub(super) failures: Vec<ClosureFailure>,
    /// `closureSignatures` and `closureDigests`.
    pub(super) checks: Vec<Check>,
    /// Warnings.
    pub(super) warnings: Vec<Finding>,
    /// Ids of permits with decision allow that have no closure.
    pub(super) allowed_without_closure: Vec<String>,
}

/// One closure that fails.
pub(super) struct ClosureFailure {
    /// Which rule.
    pub(super) code: ReasonCode,
    /// Where it stands.
    pub(super) seat: Seat,
    /// Its permit.
    pub(super) permit_id: String,
    /// What exactly was seen.
    pub(super) detail: String,
}
