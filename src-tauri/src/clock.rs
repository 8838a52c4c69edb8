//! The one clock: the engine has none, and reports keep its answers apart from what they found.

use jiff::Timestamp;

/// Now, UTC, to the millisecond: `2026-11-25T09:00:00.000Z`.
pub(crate) fn now() -> String {
    format!("{:.3}", Timestamp::now())
}
