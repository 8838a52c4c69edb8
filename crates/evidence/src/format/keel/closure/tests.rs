use ed25519_dalek::{Signer as _, SigningKey};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::super::chain::Seat;
use super::result::ClosuresResult;
use super::*;
use crate::canonical;
use crate::check::Outcome;
use crate::digest::Digest;
use crate::format::keel::{legacy_json, moment};
use crate::json::{Bounds, Node, parse};
use crate::reason::ReasonCode;
use crate::signature::PublicKey;

fn signing_key() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

fn binding_keys() -> BindingKeys {
    let key = PublicKey::from_bytes(signing_key().verifying_key().as_bytes()).expect("a key");
    BindingKeys::new([BindingKey {
        key,
        valid_from: None,
        valid_to: None,
        revoked: false,
    }])
}

/// The signed fields of a closure of this version about permit `p`.
fn fields(version: &str) -> Value {
    let mut fields = json!({
        "binding_version": version, "permit_id": "p", "execution_id": "x", "correlation_id": null, "provider": "é",
        "model": "m", "provider_response_digest_v1": "pd", "client_response_digest_v1": "cd",
        "closure_status": "closed", "status_code": 200, "provider_response_id": "r",
        "provider_response_digest_semantics": "provider_bytes_received_by_keel",
        "client_response_digest_semantics": null, "request_created_at": null, "started_at": null,
        "completed_at": 1.0, "provider_response_received_at": null, "client_response_delivered_at": null,
        "closure_signed_at": "2026-05-07T12:00:00Z", "binding_key_id": null,
    });
    if version != "closure_v1" {
        fields["dispatch_request_digest_v1"] = json!("dd");
        fields["dispatch_request_digest_semantics"] = json!("approved_request_body_bytes_at_dispatch_time");
    }
    fields
}

/// A `permit.closed` entry over these fields, sealed.
fn sealed(fields: &Value) -> Value {
    let text = fields.to_string();
    let parsed = parse(text.as_bytes(), &Bounds::default()).expect("JSON");
    let bytes = match fields["binding_version"].as_str() {
        Some("closure_v3") => canonical::bytes(&parsed.root).expect("a canonical form"),
        _ => legacy_json::bytes(&parsed.root).expect("a canonical form"),
    };
    let hash = Digest::of(&bytes).to_hex();
    let mut payload = fields.clone();
    let signature = signing_key().sign(hash.as_bytes()).to_bytes();
    payload["closure_signature_b64"] = json!(data_encoding::BASE64.encode(&signature));
    payload["closure_canonical_hash"] = json!(hash);
    json!({"event_type": "permit.closed", "payload_json": payload})
}

fn event(kind: &str, payload: &Value) -> Value {
    json!({"event_type": kind, "payload_json": payload})
}

/// The two events that a closure of permit `p` agrees with.
fn events() -> Vec<Value> {
    vec![
        event(
            "provider.response.received",
            &json!({"permit_id": "p", "provider_response_digest_v1": "pd"}),
        ),
        event(
            "execution.completed",
            &json!({"permit_id": "p", "client_response_digest_v1": "cd"}),
        ),
    ]
}

fn permit() -> Value {
    json!({"id": "p", "binding_request_hash": "dd", "decision": "allow"})
}

/// Judges one record: its permit and its entries.
fn judge(permit: &Value, entries: &[Value]) -> ClosuresResult {
    let mut closures = Closures::default();
    with(permit, |node| closures.permit(1, node));
    for (row, entry) in (1..).zip(entries) {
        let carried = with(entry, |node| read(node, &binding_keys()));
        carried
            .into_iter()
            .for_each(|carried| closures.add(Seat { array: 1, row }, carried));
    }
    closures.finish("payload", true)
}

fn with<T>(value: &Value, look: impl FnOnce(&Node<'_>) -> T) -> T {
    let text = value.to_string();
    look(&parse(text.as_bytes(), &Bounds::default()).expect("JSON").root)
}

fn codes(result: &ClosuresResult) -> Vec<ReasonCode> {
    result.failures.iter().map(|failure| failure.code).collect()
}

#[test]
fn every_version_verifies_in_its_own_canonical_form() {
    for version in ["closure_v1", "closure_v2", "closure_v3"] {
        let mut entries = events();
        entries.push(sealed(&fields(version)));
        let result = judge(&permit(), &entries);
        assert_eq!(codes(&result), [], "{version}: {:?}", result.failures);
        assert!(
            result.checks.iter().all(|check| check.outcome == Outcome::Pass),
            "{version}"
        );
        assert!(result.warnings.is_empty(), "{version}: {:?}", result.warnings);
    }
}

#[test]
fn a_field_beside_the_signed_ones_is_told() {
    let mut entry = sealed(&fields("closure_v2"));
    entry["payload_json"]["note"] = json!("unsigned");
    let carried = with(&entry, |node| read(node, &binding_keys())).expect("a closure");
    assert_eq!(carried.signature(), Some(Outcome::Pass));
    assert_eq!(carried.notes().collect::<Vec<_>>(), [ReasonCode::ClosureUnsignedField]);
}

#[test]
fn signature_text_is_decoded_strictly() {
    for (name, change) in [("blank", " "), ("line break", "\n")] {
        let mut entry = sealed(&fields("closure_v2"));
        let text = entry["payload_json"]["closure_signature_b64"]
            .as_str()
            .expect("a text")
            .to_owned();
        let (one, two) = text.split_at(20);
        entry["payload_json"]["closure_signature_b64"] = json!(format!("{one}{change}{two}"));
        let outcome = with(&entry, |node| read(node, &binding_keys()))
            .expect("a closure")
            .signature();
        assert_eq!(
            outcome,
            Some(Outcome::Fail(ReasonCode::WalkClosureSignatureInvalid)),
            "{name}"
        );
    }
}

#[test]
fn without_any_binding_key_a_closure_is_undetermined() {
    let entry = sealed(&fields("closure_v2"));
    let outcome = with(&entry, |node| read(node, &BindingKeys::default()))
        .expect("a closure")
        .signature();
    assert_eq!(outcome, Some(Outcome::Undetermined(ReasonCode::KeyNotFound)));
}

#[test]
fn a_number_that_we_do_not_write_proves_nothing_against_a_closure() {
    for version in ["closure_v1", "closure_v2", "closure_v3"] {
        let entry = sealed(&fields(version)).to_string();
        for (status, outcome) in [
            ("200".to_owned(), Outcome::Pass),
            ("201".to_owned(), Outcome::Fail(ReasonCode::WalkClosureSignatureInvalid)),
            ("1e400".to_owned(), Outcome::Undetermined(ReasonCode::JsonNumberRange)),
            ("1".repeat(1_025), Outcome::Undetermined(ReasonCode::JsonNumberRange)),
        ] {
            let text = entry.replacen("\"status_code\":200", &format!("\"status_code\":{status}"), 1);
            let parsed = parse(text.as_bytes(), &Bounds::default()).expect("JSON");
            let carried = read(&parsed.root, &binding_keys()).expect("a closure");
            assert_eq!(carried.signature(), Some(outcome), "{version} {status}");
        }
    }
}

#[test]
fn events_may_stand_after_the_closure() {
    let mut entries = vec![sealed(&fields("closure_v2"))];
    entries.extend(events());
    assert_eq!(codes(&judge(&permit(), &entries)), []);
}

#[test]
fn all_digest_faults_of_a_closure_are_listed() {
    let result = judge(
        &json!({"id": "p", "binding_request_hash": "other"}),
        &[sealed(&fields("closure_v2"))],
    );
    assert_eq!(
        codes(&result),
        [
            ReasonCode::WalkClosureDispatchDigestMismatch,
            ReasonCode::WalkClosureDigestMissing,
            ReasonCode::WalkClosureDigestMissing,
        ]
    );
}

#[test]
fn an_allowed_permit_without_a_closure_is_listed() {
    let result = judge(&permit(), &events());
    assert_eq!(result.allowed_without_closure, ["p"]);
    let outcome = Outcome::Undetermined(ReasonCode::ClosureNoEvaluableSubjects);
    assert!(result.checks.iter().all(|check| check.outcome == outcome));
}

#[test]
fn an_entry_outside_a_record_finds_its_permit_by_id() {
    let mut closures = Closures::default();
    let mut entries = events();
    entries.push(sealed(&fields("closure_v2")));
    for (row, entry) in (1..).zip(&entries) {
        let carried = with(entry, |node| read(node, &binding_keys())).expect("something");
        closures.add(Seat { array: 0, row }, carried);
    }
    with(&permit(), |node| closures.permit(1, node));
    let result = closures.finish("payload", true);
    assert_eq!(codes(&result), []);
    assert!(result.warnings.is_empty() && result.allowed_without_closure.is_empty());
}

#[test]
fn the_end_of_an_authority_is_recognised_and_fails_nothing() {
    let entry = event("permit.closed", &json!({"closure_status": "authority_ended"}));
    let result = judge(&permit(), &[entry]);
    assert_eq!((codes(&result), result.closures), (vec![], 0));
    assert_eq!(result.warnings[0].code, ReasonCode::NotEvaluated);
}

proptest! {
    /// Whatever one signed field becomes, the closure verifies no more.
    #[test]
    fn any_changed_signed_field_is_found(index in 0_usize..22, text in "[a-z]{8}") {
        let entry = sealed(&fields("closure_v2"));
        let name = fields("closure_v2").as_object().expect("an object").keys().nth(index).expect("a name").clone();
        let mut changed = entry;
        changed["payload_json"][&name] = json!(text);
        let outcome = with(&changed, |node| read(node, &binding_keys())).expect("a closure").signature();
        prop_assert_ne!(outcome, Some(Outcome::Pass));
    }
}

/// The keys of purpose `permit_binding_signing` of a trust root of the vectors.
fn trusted(name: &str) -> BindingKeys {
    let root = crate::vectors::json(&format!("keel/{name}")).expect("a trust root");
    let keys = root["keys"]
        .as_array()
        .expect("keys")
        .iter()
        .filter(|key| key["purpose"] == "permit_binding_signing");
    BindingKeys::new(keys.map(|key| {
        let text = key["public_key"]
            .as_str()
            .expect("a key")
            .trim_start_matches("ed25519:");
        let raw = data_encoding::BASE64.decode(text.as_bytes()).expect("base64");
        let bound = |name: &str| key[name].as_str().and_then(moment::moment);
        BindingKey {
            key: PublicKey::from_bytes(&raw.try_into().expect("32 bytes")).expect("a key"),
            valid_from: bound("valid_from"),
            valid_to: bound("valid_to"),
            revoked: key["status"] == "revoked",
        }
    }))
}

fn judge_bundle(root: &Node<'_>, keys: &BindingKeys) -> ClosuresResult {
    let mut closures = Closures::default();
    let records = root.get("records").map(Node::items).unwrap_or_default();
    for (array, record) in (1..).zip(records) {
        record
            .get("permit")
            .into_iter()
            .for_each(|permit| closures.permit(array, permit));
    }
    let mut add = |array: u32, entries: Option<&Node<'_>>| {
        for (row, entry) in (1..).zip(entries.map(Node::items).unwrap_or_default()) {
            read(entry, keys)
                .into_iter()
                .for_each(|carried| closures.add(Seat { array, row }, carried));
        }
    };
    if root.get("chain_entries").is_some() {
        add(0, root.get("chain_entries"));
    } else {
        (1..)
            .zip(records)
            .for_each(|(array, record)| add(array, record.get("chain_entries")));
    }
    closures.finish("payload", true)
}

#[test]
fn the_shared_closure_vectors_agree() {
    let Some(expected) = crate::vectors::json("keel/expected.json") else {
        return;
    };
    let mut seen = 0;
    for case in expected["cases"].as_array().expect("cases") {
        let id = case["id"].as_str().expect("an id");
        if !id.starts_with("closure/") || id.ends_with("closure-on-governance-events") {
            continue;
        }
        seen += 1;
        let name = format!("keel/{}/full_audit.json", case["dir"].as_str().expect("a folder"));
        let bytes = crate::vectors::bytes(&name).expect("a bundle");
        let parsed = parse(&bytes, &Bounds::default()).expect("JSON");
        let keys = trusted(case["trust_root"].as_str().expect("a trust root"));
        let result = judge_bundle(&parsed.root, &keys);
        let mut found: Vec<&str> = result.warnings.iter().map(|warning| warning.code.as_str()).collect();
        found.extend(
            result
                .checks
                .iter()
                .flat_map(|check| check.reasons().map(ReasonCode::as_str)),
        );
        found.sort_unstable();
        found.dedup();
        let wanted: Vec<&str> = case["expected"]["codes"]
            .as_array()
            .expect("codes")
            .iter()
            .filter_map(Value::as_str)
            .collect();
        assert_eq!(found, wanted, "{id}: {:?}", result.failures);
    }
    assert_eq!(seen, 24);
}
