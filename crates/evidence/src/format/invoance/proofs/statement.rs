//! What an attestation's signature is over: a statement in JSON (`specs/invoance.md` 10).

use jiff::Timestamp;

use super::super::event::canonical::value;
use super::super::event::doubts::Doubts;
use crate::json::Node;
use crate::reason::ReasonCode;

/// A displayed field that is not what was signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Difference {
    /// The field.
    pub(super) name: String,
    /// What the record shows.
    pub(super) shown: String,
    /// What was signed.
    pub(super) signed: String,
}

/// Whether a statement can be understood: no member twice, and version 1.
///
/// # Errors
/// `DUPLICATE_KEY`, or `UNSUPPORTED_STATEMENT_VERSION` for anything that is not a statement of version 1.
pub(super) fn understood(statement: &Node<'_>) -> Result<(), ReasonCode> {
    if Doubts::about(statement).doubled {
        Err(ReasonCode::DuplicateKey)
    } else if statement.get("v").and_then(Node::as_number) == Some("1") {
        Ok(())
    } else {
        Err(ReasonCode::UnsupportedStatementVersion)
    }
}

/// Whether the record shows a signed field as it was signed: a time in that spelling.
pub(super) fn is_shown_as_signed(statement: &Node<'_>, name: &str, shown: &Node<'_>) -> bool {
    statement.get(name).is_some_and(|signed| same_value(shown, signed))
}

/// Every signed field that the record shows otherwise.
pub(super) fn differences(statement: &Node<'_>, record: &Node<'_>) -> Vec<Difference> {
    let mut found = Vec::new();
    for member in statement.members() {
        let Some(name) = member.name.as_str() else { continue };
        let Some(shown) = record.get(name) else { continue };
        if !same(name, shown, &member.value) {
            found.push(Difference {
                name: name.to_owned(),
                shown: text(shown),
                signed: text(&member.value),
            });
        }
    }
    found
}

/// The same value; of a time also the same moment in another spelling.
fn same(name: &str, shown: &Node<'_>, signed: &Node<'_>) -> bool {
    let moment = |node: &Node<'_>| node.as_str().and_then(|text| text.parse::<Timestamp>().ok());
    same_value(shown, signed)
        || (name == "created_at"
            && moment(shown)
                .zip(moment(signed))
                .is_some_and(|(shown, signed)| shown == signed))
}

fn same_value(shown: &Node<'_>, signed: &Node<'_>) -> bool {
    let values = value(shown).zip(value(signed));
    values.is_some_and(|(shown, signed)| shown == signed)
}

fn text(node: &Node<'_>) -> String {
    match node.as_str() {
        Some(text) => text.to_owned(),
        None => value(node).map_or_else(String::new, |bytes| String::from_utf8_lossy(&bytes).into_owned()),
    }
}
