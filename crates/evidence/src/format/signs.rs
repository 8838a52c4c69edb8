//! Signs of each ecosystem's evidence that no other's has. Formats do not know each other; by these one can tell that a file
//! it reads fits another one as well, which the reader should know.

use crate::json::Node;

/// Whether a value is a row of an Invoance log beyond doubt.
pub(crate) fn is_audit_row(value: &Node<'_>) -> bool {
    [
        "org_id",
        "seq",
        "action",
        "actor",
        "occurred_at",
        "ingested_at",
        "signature",
    ]
    .iter()
    .all(|name| value.get(name).is_some())
}
