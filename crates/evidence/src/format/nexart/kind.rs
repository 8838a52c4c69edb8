//! What a JSON value of a pack is, by its content (`specs/nexart.md` 1). First match wins.

use super::record_type::RecordType;
use crate::json::Node;

/// What one JSON value is recognised as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// `{cer, receipt?, signature?, …}`: the transport form, or the node's certify response.
    Package,
    /// `{bundle: {bundleType, …}, …}`: an answer of the public resolver.
    Lookup,
    /// A project bundle: one record that holds others.
    Project,
    /// A bare record.
    Cer,
    /// The node's listing of governed steps.
    Steps,
    /// A node's published keys.
    KeySet,
    /// The export's list of records.
    Manifest,
    /// A result somebody else obtained.
    Snapshot,
    /// A single-record audit report: a summary, no proof.
    AuditReport,
    /// A project export in JSON: summary rows, no proof.
    ProjectExport,
    /// A receipt with its signature, for a record elsewhere.
    Receipt,
    /// A receipt alone, its signature elsewhere.
    BareReceipt,
    /// What the exporter writes when it has nothing: counts as absent.
    Placeholder,
    /// A renderer example without hash: cannot be verified offline.
    Renderer,
    /// None of these.
    Unknown,
}

/// Recognises one value; lists are the caller's business.
pub(super) fn recognise(value: &Node<'_>) -> Kind {
    if !value.is_object() {
        return Kind::Unknown;
    }
    let companion = || holder(value).or_else(|| companion(value));
    sealed(value).or_else(companion).unwrap_or_else(|| rest(value))
}

/// Rows 2 to 5: records, in a wrapper or bare.
fn sealed(value: &Node<'_>) -> Option<Kind> {
    let text = |name: &str| value.get(name).and_then(Node::as_str);
    if value.get("cer").is_some_and(Node::is_object) {
        return Some(Kind::Package);
    }
    let bundle = value.get("bundle").and_then(|bundle| bundle.get("bundleType"));
    if bundle.is_some() {
        return Some(Kind::Lookup);
    }
    match (text("bundleType"), text("certificateHash")) {
        (Some("cer.project.bundle.v1"), _) => Some(Kind::Project),
        (Some(_), Some(_)) => Some(Kind::Cer),
        _ => None,
    }
}

/// Rows 6 to 8: what holds records, keys or names of records.
fn holder(value: &Node<'_>) -> Option<Kind> {
    if holds(value, "steps", |step| step.pointer("/proof/proofJson").is_some()) {
        return Some(Kind::Steps);
    }
    if key_list(value).is_some() {
        return Some(Kind::KeySet);
    }
    let exported = value.get("recordCount").is_some() || value.get("exportedAt").is_some();
    (exported && manifest_records(value)).then_some(Kind::Manifest)
}

/// Rows 9 to 14: what speaks about records elsewhere.
fn companion(value: &Node<'_>) -> Option<Kind> {
    let has = |name: &str| value.get(name).is_some();
    if has("checks") && (has("status") || has("verdict")) {
        return Some(Kind::Snapshot);
    }
    match value.get("exportType").and_then(Node::as_str) {
        Some("audit-report" | "nexart_audit_report_v1") => return Some(Kind::AuditReport),
        Some("nexart_project_export_v1") => return Some(Kind::ProjectExport),
        Some(_) | None => {}
    }
    let receipt = value.get("receipt");
    if receipt.is_some_and(|receipt| receipt.is_object() || receipt.as_str().is_some()) {
        return Some(Kind::Receipt);
    }
    let names_key = has("attestorKeyId") || has("kid");
    let names_time = has("attestedAt") || has("timestamp");
    if !has("bundleType") && has("certificateHash") && names_key && names_time {
        return Some(Kind::BareReceipt);
    }
    is_placeholder(value).then_some(Kind::Placeholder)
}

/// Row 15, and records that lack what would make them one.
fn rest(value: &Node<'_>) -> Kind {
    let has = |name: &str| value.get(name).is_some();
    if !has("bundleType") && (has("runtime") || has("expectedImageHash")) {
        Kind::Renderer
    } else if is_maimed_record(value) {
        Kind::Cer
    } else {
        Kind::Unknown
    }
}

/// A record that lost its hash or its type still answers for itself.
fn is_maimed_record(value: &Node<'_>) -> bool {
    let text = |name: &str| value.get(name).and_then(Node::as_str);
    let typed = |kind: &str| kind.starts_with("cer.") || RecordType::of(kind).is_some();
    let has_content = ["snapshot", "protectedSet"]
        .iter()
        .any(|name| value.get(name).is_some());
    text("bundleType").is_some_and(typed) || (text("certificateHash").is_some() && has_content)
}

/// What the exporter writes where it has no receipt or no keys: it counts as absent.
pub(super) fn is_placeholder(value: &Node<'_>) -> bool {
    value.get("note").is_some()
        && value
            .members()
            .iter()
            .all(|member| matches!(member.name.as_str(), Some("note" | "nodeUrl")))
}

/// Whether JSON that breaks off was a record, by the member names read before the fault.
pub(super) fn was_record(names: &[String]) -> bool {
    names
        .iter()
        .any(|name| name == "bundleType" || name == "certificateHash" || name == "cer")
}

/// Whether reading stopped in a member of a wrapper that is not its record.
pub(super) fn stopped_beside_record(names: &[String]) -> bool {
    names.iter().any(|name| name == "cer") && names.last().is_none_or(|last| last != "cer")
}

/// The list of keys of a key set: objects with a key id under `keys` or `publicKeys`.
pub(super) fn key_list<'n, 'a>(value: &'n Node<'a>) -> Option<&'n [Node<'a>]> {
    let named = |key: &Node<'_>| key.is_object() && (key.get("kid").is_some() || key.get("id").is_some());
    // An entry with `publicKey` but no name is malformed, not somebody else's format.
    let with_text = |key: &Node<'_>| key.is_object() && key.get("publicKey").is_some() && key.get("purpose").is_none();
    let lists = ["keys", "publicKeys"].into_iter().filter_map(|name| value.get(name));
    lists
        .map(Node::items)
        .find(|items| items.iter().any(named) || (!items.is_empty() && items.iter().all(with_text)))
}

/// A list of records; one entry without a hash does not make it something else. An empty one that names another export
/// type is that export.
fn manifest_records(value: &Node<'_>) -> bool {
    let Some(records) = value.get("records").filter(|records| records.is_array()) else {
        return false;
    };
    let listed = |record: &Node<'_>| record.get("certificateHash").is_some();
    records.items().iter().any(listed) || (records.items().is_empty() && value.get("exportType").is_none())
}

fn holds(value: &Node<'_>, name: &str, test: impl Fn(&Node<'_>) -> bool) -> bool {
    value.get(name).is_some_and(|list| list.items().iter().any(test))
}
