//! One row of an audit log, judged by itself (`specs/invoance.md` 4).

use std::sync::Arc;

use super::keys::{Keys, Level};
use crate::digest::Digest;
use crate::json::{Bounds, Node};
use crate::reason::ReasonCode;
use crate::report::{Record, Source};
use crate::signature::PublicKey;

/// One row, judged by itself: what the sequence and the report need of it.
#[derive(Debug, Clone)]
pub(super) struct Judged {
    /// The report's record, complete.
    pub(super) record: Record,
    /// The place in a sequence that it claims, verifying or not.
    pub(super) seat: Option<Seat>,
    /// Whether it verifies by the rules of section 4.
    pub(super) valid: bool,
    /// Why it does not: the first reason, by the order of the steps.
    pub(super) reason: Option<ReasonCode>,
    /// What the key that it was held against comes to.
    pub(super) level: Level,
    /// The key that verified it.
    pub(super) key: Option<PublicKey>,
    /// The key on the row, if it can be read.
    pub(super) row_key: Option<PublicKey>,
    /// The recomputed payload hash.
    pub(super) hash: Option<Digest>,
    /// The signed id (`id`, else `event_id`); may be empty.
    pub(super) id: String,
    /// `occurred_at` in milliseconds since 1970, where it can be normalised.
    pub(super) occurred_ms: Option<i64>,
    /// `ingested_at` likewise.
    pub(super) ingested_ms: Option<i64>,
}

/// A place in the sequence of an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Seat {
    /// The organisation.
    pub(super) org: Arc<str>,
    /// The number.
    pub(super) seq: i64,
}

/// Judges one row from its exact text: a line, or an element of an array.
pub(super) fn judge(text: &[u8], source: Source, keys: &Keys, bounds: &Bounds) -> Judged {
    let _ = (text, source, keys, bounds);
    todo!()
}

/// Judges one row that is already parsed, alone or inside a page or an array.
pub(super) fn judge_node(node: &Node<'_>, source: Source, keys: &Keys) -> Judged {
    let _ = (node, source, keys);
    todo!()
}

/// A row that could not be cut out or parsed, for a reason of the reader or of the container.
pub(super) fn unreadable(source: Source, code: ReasonCode, detail: String) -> Judged {
    let _ = (source, code, detail);
    todo!()
}

/// Whether a value is an event: an object with `action` and (`actor` or `seq`) (section 6).
pub(super) fn is_event(node: &Node<'_>) -> bool {
    node.get("action").is_some() && (node.get("actor").is_some() || node.get("seq").is_some())
}
