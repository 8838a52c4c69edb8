//! The hash of a payload with its members sorted, as the ledger and the traces state it (`specs/invoance.md` 10).

use super::super::event::canonical::{value, value_with_nulls};
use crate::digest::Digest;
use crate::json::{Node, Value};

/// How a stated hash and a payload compare.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Compared {
    /// It recomputes.
    Equal,
    /// It does not; what was recomputed.
    Different(String),
    /// It cannot be recomputed: a value without one defined text, or no hash to compare with.
    Unknown,
}

/// Recomputes a hash over a sorted payload. Whether nulls stay is not documented: either way counts.
pub(super) fn compare(payload: Option<&Node<'_>>, stated: Option<&str>) -> Compared {
    let (Some(payload), Some(stated)) = (payload, stated) else {
        return Compared::Unknown;
    };
    let (Some(with), Some(without)) = (value_with_nulls(payload), value(payload)) else {
        return Compared::Unknown;
    };
    let (with, without) = (Digest::of(&with), Digest::of(&without));
    if Digest::from_hex(stated).is_some_and(|stated| stated == with || stated == without) {
        Compared::Equal
    } else if matches!(payload.value, Value::Object(_)) {
        Compared::Different(with.to_hex())
    } else {
        Compared::Unknown
    }
}
