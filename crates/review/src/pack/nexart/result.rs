//! The result of this run as a snapshot beside a record (`specs/nexart.md` 9.5).

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::choice::{Cer, Item};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Snapshot<'a> {
    verified_at: &'a str,
    status: &'a str,
    checks: BTreeMap<&'a str, &'a str>,
    reason_codes: &'a [String],
    verifier: &'static str,
    /// With a `bundleType` beside it, as one page of the vendor shows, it would be read as a record (section 1, row 5).
    certificate_hash: &'a str,
}

/// The protocol's three checks.
const CHECKS: [&str; 3] = ["bundleIntegrity", "nodeSignature", "receiptConsistency"];

/// The snapshot; none where the result says more about the keys at hand than about the record. Whoever has the key that
/// was missing here comes to another result, and nobody's word would be contradicted by that.
pub(super) fn of(item: &Item, cer: &Cer, verified_at: &str) -> Option<String> {
    let is_hash = item.id.starts_with("sha256:");
    let check = |name: &str| cer.checks.iter().find(|(known, _)| known == name);
    let proven = ["bundleIntegrity", "receiptConsistency"]
        .into_iter()
        .any(|name| check(name).is_some_and(|(_, value)| value == "FAIL"));
    if !is_hash || !(cer.status == "VERIFIED" || proven) {
        return None;
    }
    let snapshot = Snapshot {
        verified_at,
        status: &cer.status,
        checks: CHECKS
            .into_iter()
            .filter_map(|name| check(name).map(|(_, value)| (name, value.as_str())))
            .collect(),
        reason_codes: &cer.codes,
        verifier: concat!("sealcheck@", env!("CARGO_PKG_VERSION")),
        certificate_hash: &item.id,
    };
    serde_json::to_string_pretty(&snapshot).ok()
}
