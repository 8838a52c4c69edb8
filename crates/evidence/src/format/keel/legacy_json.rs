//! Keel's legacy canonical JSON: what Python's `json.dumps` writes with sorted keys, no blanks and no ASCII escapes
//! (`specs/keel.md` 6.2).

use crate::json::Node;
use crate::reason::ReasonCode;

/// The canonical bytes of a value.
///
/// # Errors
/// `JSON_LONE_SURROGATE` or `JSON_NUMBER_RANGE`, for what has no such form.
pub(super) fn bytes(node: &Node<'_>) -> Result<Vec<u8>, ReasonCode> {
    let mut out = Vec::new();
    write_members(
        node.members().iter().filter_map(|m| Some((m.name.as_str()?, &m.value))),
        &mut out,
    )?;
    Ok(out)
}

/// Writes an object of exactly these members, sorted.
///
/// # Errors
/// As [`bytes`].
pub(super) fn write_members<'n, 'a: 'n>(
    members: impl IntoIterator<Item = (&'n str, &'n Node<'a>)>,
    out: &mut Vec<u8>,
) -> Result<(), ReasonCode> {
    let _ = members.into_iter().count();
    out.clear();
    Ok(())
}
