//! What a page shows of a manifest: what the signature proves, and what the manifest only claims.

use serde_json::{Value, json};

use super::chain::WalkResult;
use super::manifest::Manifest;
use crate::check::{Check, CheckId, Outcome};
use crate::report::{KeySeen, Manifest as Listed};

/// The labels, every one a claim.
pub(super) fn card(path: &str, manifest: &Manifest, rows: Option<u64>) -> Listed {
    Listed {
        path: path.to_owned(),
        claims: manifest.labels.clone(),
        declared: manifest.record_count,
        listed: 0,
        found: rows.unwrap_or(0),
        entries: Vec::new(),
    }
}

/// The two groups: `provedBySignature` holds what hash and signature establish, and nothing where they do not.
pub(super) fn groups(path: &str, manifest: &Manifest, checks: &[Check], keys: &[KeySeen]) -> Option<Value> {
    let passed = |id: CheckId| {
        checks
            .iter()
            .any(|check| check.id == id && check.outcome == Outcome::Pass)
    };
    let hash = passed(CheckId::ContentHash);
    let signature = passed(CheckId::Signature);
    let key = keys.first();
    let proved = json!({
        "contentHash": hash.then_some(&manifest.content_hash),
        "keyId": key.filter(|_| signature).and_then(|key| key.key_id.clone()),
        "keyFingerprint": key.filter(|_| signature).and_then(|key| key.fingerprint.clone()),
    });
    let signed = ["content_hash", "signature"];
    let claimed: Vec<Value> = manifest
        .labels
        .iter()
        .filter(|(name, _)| !signed.contains(&name.as_str()))
        .map(|(name, text)| json!({"name": name, "text": text, "known": !manifest.extras.contains(name)}))
        .collect();
    Some(json!({
        "of": "export",
        "path": path,
        "exportType": manifest.export_type,
        "provedBySignature": proved,
        "claimedByManifest": claimed,
    }))
}

/// `chain_integrity` beside the walk: a hint, never a proof.
pub(super) fn chain_hint(path: &str, manifest: &Manifest, walk: &WalkResult) -> Option<Value> {
    let label = |name: &str| {
        let named = manifest.labels.iter().find(|(label, _)| label == name);
        named.map(|(_, text)| text.as_str())
    };
    let hash = label("chain_integrity.last_verified_hash");
    let length = label("chain_integrity.chain_length");
    (hash.is_some() || length.is_some()).then(|| {
        json!({
            "of": "chainIntegrity",
            "path": path,
            "stated": {
                "verifiedAt": label("chain_integrity.verified_at"),
                "chainLength": length,
                "lastVerifiedHash": hash,
                "error": manifest.chain_error,
            },
            "walkedEntries": walk.entries,
            "note": "information of the issuer, not signed; the chain may be longer than the export",
        })
    })
}
