//! What a JSON value of a pack is, by its content (`specs/invoance.md` 6). First match wins.

use crate::format::invoance::event::is_event;
use crate::format::invoance::proofs::{self, Proof};
use crate::json::Node;

/// What one JSON value is recognised as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// One row of a log.
    Event,
    /// An answer of the API with rows in it.
    Page,
    /// Another proof.
    Proof(Proof),
    /// What the service says about the sequence of an organisation.
    Integrity,
    /// What the service says about one row.
    VerifyResponse,
    /// Published keys.
    KeyDocument,
    /// A list named `keys` whose entries are of no known form: a key document only beside other Invoance files.
    PerhapsKeys,
    /// What was asked of an export.
    Job,
    /// None of these.
    Unknown,
}

/// Recognises one value; lists are the caller's business.
///
/// A row comes first: whatever is added to it, it must answer for itself.
pub(super) fn recognise(value: &Node<'_>) -> Kind {
    let has = |name: &str| value.get(name).is_some();
    if is_event(value) {
        Kind::Event
    } else if let Some(proof) = proofs::recognise(value) {
        Kind::Proof(proof)
    } else if value.get("events").is_some_and(Node::is_array) {
        Kind::Page
    } else if has("last_seq") && has("contiguous") {
        Kind::Integrity
    } else if value.get("valid").and_then(Node::as_bool).is_some() && has("key_source") {
        Kind::VerifyResponse
    } else if let Some(kind) = keys(value) {
        kind
    } else if has("format") && (has("status") || has("filters")) {
        Kind::Job
    } else {
        Kind::Unknown
    }
}

/// Three ecosystems share a list named `keys` (`design.md` 8).
fn keys(value: &Node<'_>) -> Option<Kind> {
    let has = |name: &str| value.get(name).is_some();
    if has("public_key") && (has("domain") || has("algorithm")) {
        return Some(Kind::KeyDocument);
    }
    kind_of_keys(value.get("keys")?)
}

/// What a list named `keys` makes of its document.
pub(super) fn kind_of_keys(list: &Node<'_>) -> Option<Kind> {
    let entries = Some(list).filter(|keys| keys.is_array())?.items();
    let has = |name: &str| entries.iter().any(|entry| entry.get(name).is_some());
    if has("kid") || has("publicKey") || has("purpose") {
        None
    } else if has("public_key") {
        Some(Kind::KeyDocument)
    } else {
        Some(Kind::PerhapsKeys)
    }
}

/// Whether JSON that breaks off was a row, by the member names read before the fault.
pub(super) fn was_event(names: &[String]) -> bool {
    let has = |name: &str| names.iter().any(|read| read == name);
    has("org_id") && has("seq") || has("action") && (has("actor") || has("seq"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{Bounds, parse};

    #[track_caller]
    fn check(text: &str, kind: Kind) {
        let parsed = parse(text.as_bytes(), &Bounds::default()).unwrap();
        assert_eq!(recognise(&parsed.root), kind, "{text}");
    }

    #[test]
    fn the_table_of_section_6() {
        check(r#"{"action":"a","seq":1}"#, Kind::Event);
        check(r#"{"action":"a","actor":{}}"#, Kind::Event);
        check(r#"{"action":"a"}"#, Kind::Unknown);
        check(r#"{"events":[],"next_cursor":null}"#, Kind::Page);
        check(r#"{"events":{}}"#, Kind::Unknown);
        check(r#"{"composite_hash":"","events":[]}"#, Kind::Proof(Proof::Trace));
        check(
            r#"{"attestation_id":"","signed_payload":"","public_key":"","algorithm":""}"#,
            Kind::Proof(Proof::Attestation),
        );
        check(r#"{"last_seq":1,"contiguous":true}"#, Kind::Integrity);
        check(r#"{"valid":true,"key_source":"event"}"#, Kind::VerifyResponse);
        check(r#"{"valid":1,"key_source":"event"}"#, Kind::Unknown);
        check(r#"{"public_key":"","domain":""}"#, Kind::KeyDocument);
        check(r#"{"keys":[{"public_key":""}]}"#, Kind::KeyDocument);
        check(r#"{"keys":[]}"#, Kind::PerhapsKeys);
        check(r#"{"format":"ndjson","filters":null}"#, Kind::Job);
        check("[]", Kind::Unknown);
        check("null", Kind::Unknown);
    }

    #[test]
    fn lists_of_keys_of_other_ecosystems_are_theirs() {
        check(r#"{"keys":[{"kid":"a","public_key":""}]}"#, Kind::Unknown);
        check(r#"{"keys":[{"publicKey":""}]}"#, Kind::Unknown);
        check(
            r#"{"keys":[{"public_key":"","purpose":"export_signing"}]}"#,
            Kind::Unknown,
        );
    }

    #[test]
    fn a_row_that_is_dressed_up_as_a_page_is_still_a_row() {
        check(r#"{"action":"a","seq":1,"events":[]}"#, Kind::Event);
    }
}
