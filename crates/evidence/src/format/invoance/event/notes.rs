//! Remarks on a row that verifies; none of them is a failure (`specs/invoance.md` 4).

use super::row::Row;
use super::steps::{Content, Stated};
use crate::format::invoance::keys::RowKey;
use crate::json::{Member, Node, Value};
use crate::reason::ReasonCode;

/// Limits of the service at write time (section 2).
const METADATA_NAMES: usize = 50;
const METADATA_NAME_LENGTH: usize = 40;
const METADATA_TEXT_LENGTH: usize = 500;

/// The notes of a row, in the order of the spec.
pub(super) fn notes(row: &Row<'_, '_>, content: &Content) -> Vec<ReasonCode> {
    let mut notes = Vec::new();
    let mut note = |code, applies| {
        if applies {
            notes.push(code);
        }
    };
    note(ReasonCode::NoPayloadHash, content.stated == Stated::Absent);
    let verified_by_named = content.answer.result.as_ref().ok() == content.row_key.key();
    let absent = matches!(content.row_key, RowKey::Absent);
    note(ReasonCode::EmbeddedKeyDiffers, !absent && !verified_by_named);
    note(ReasonCode::NoEmbeddedKey, absent);
    note(ReasonCode::IdConflict, ids_differ(row));
    note(ReasonCode::UnsignedFields, row.decorated);
    let metadata = row.metadata;
    note(
        ReasonCode::MetadataNotScalar,
        metadata.is_some_and(|metadata| !is_flat(metadata)),
    );
    note(ReasonCode::MetadataLimits, metadata.is_some_and(is_large));
    note(ReasonCode::ActorShape, !row.actor.is_some_and(is_named));
    let targets = row.targets.filter(|targets| targets.is_array());
    let items = targets.map(Node::items).unwrap_or_default();
    note(ReasonCode::TargetShape, !items.iter().all(is_named));
    note(ReasonCode::TargetsNotArray, targets.is_none());
    note(
        ReasonCode::SeqNotPositiveInteger,
        row.number().is_none_or(|seq| seq < 1),
    );
    notes
}

fn ids_differ(row: &Row<'_, '_>) -> bool {
    let value = |node: &Node<'_>| super::canonical::value(node);
    row.id
        .zip(row.event_id)
        .is_some_and(|(id, event_id)| value(id) != value(event_id))
}

/// Members that are not null: to the signature the others are absent.
fn present<'n, 'a>(object: &'n Node<'a>) -> impl Iterator<Item = &'n Member<'a>> {
    object.members().iter().filter(|member| !member.value.is_null())
}

fn is_flat(metadata: &Node<'_>) -> bool {
    let scalar = |value: &Node<'_>| matches!(value.value, Value::String(_) | Value::Number(_) | Value::Bool(_));
    metadata.is_object() && present(metadata).all(|member| scalar(&member.value))
}

fn is_large(metadata: &Node<'_>) -> bool {
    let longer = |text: Option<&str>, limit: usize| {
        let text = text.unwrap_or_default();
        text.len() > limit && text.chars().count() > limit
    };
    present(metadata).count() > METADATA_NAMES
        || present(metadata).any(|member| {
            longer(member.name.as_str(), METADATA_NAME_LENGTH) || longer(member.value.as_str(), METADATA_TEXT_LENGTH)
        })
}

/// An actor or a target: an object with the texts `type` and `id`.
fn is_named(node: &Node<'_>) -> bool {
    ["type", "id"]
        .into_iter()
        .all(|name| node.get(name).and_then(Node::as_str).is_some())
}
