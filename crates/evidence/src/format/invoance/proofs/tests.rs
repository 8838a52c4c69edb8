//! Attestations against the shared vectors, and what the other proofs come to.

use ed25519_dalek::{Signer as _, SigningKey};
use serde_json::json;

use super::*;
use crate::json::{Bounds, parse};
use crate::keybook::KeyBook;
use crate::vectors;
use crate::verdict::Verdict;

fn judged(text: &[u8], keys: &Keys, beside: &[Beside<'_>]) -> JudgedProof {
    let parsed = parse(text, &Bounds::default()).expect("JSON");
    let proof = recognise(&parsed.root).expect("a proof");
    let around = Around {
        files: beside,
        left_out: None,
    };
    judge(proof, &parsed.root, Source::default(), keys, around)
}

/// A file that is shipped as it is.
fn as_it_is<'b>(path: &'b str, bytes: &'b [u8]) -> Beside<'b> {
    Beside {
        path,
        bytes,
        shipped: Digest::of(bytes),
    }
}

fn none() -> Keys {
    Keys::new(&KeyBook::default(), &[]).0
}

fn pinned(keys: &[&str]) -> Keys {
    let read = |text: &&str| crate::keytext::read_key_text(text).expect("a key").key;
    let book = KeyBook {
        bare: keys.iter().map(read).collect(),
        ..KeyBook::default()
    };
    Keys::new(&book, &[]).0
}

fn outcome(judged: &JudgedProof, id: CheckId) -> Outcome {
    let check = judged.record.checks.iter().find(|check| check.id == id);
    check.expect("the check").outcome
}

#[test]
fn every_attestation_of_the_vectors_comes_out_as_expected() {
    let folder = "invoance/attestations";
    let Some(expected) = vectors::json(&format!("{folder}/expected.json")) else {
        return;
    };
    let cases = expected.as_object().expect("cases");
    assert_eq!(cases.len(), 9);
    for (name, case) in cases {
        let path = vectors::path(&format!("{folder}/{name}")).expect("the vector");
        let (record, beside) = if path.is_dir() {
            let files = vectors::files(&format!("{folder}/{name}"));
            files.into_iter().partition(|(file, _)| file == "attestation.json")
        } else {
            (vec![(name.clone(), std::fs::read(path).expect("a vector"))], Vec::new())
        };
        let beside: Vec<Beside<'_>> = beside.iter().map(|(path, bytes)| as_it_is(path, bytes)).collect();
        let keys: Vec<&str> = case["options"]["pinned_keys"]
            .as_array()
            .unwrap()
            .iter()
            .map(|key| key.as_str().unwrap())
            .collect();
        let judged = judged(&record[0].1, &pinned(&keys), &beside);
        let native = &judged.record.native;
        assert_eq!(*native.status, case["expected"], "{name}: {:?}", judged.record.checks);
        let reason = case["reason"].as_str().map(str::to_owned);
        assert_eq!(native.reason_codes.first(), reason.as_ref(), "{name}");
        let verdict = match native.status.as_ref() {
            "PASS" => Verdict::Verified,
            "FAIL" => Verdict::Failed,
            _ => Verdict::Indeterminate,
        };
        assert_eq!(judged.record.verdict, verdict, "{name}");
        // Without a confirmed key nothing is verified, and what was proven stays proven.
        let unpinned = self::judged(&record[0].1, &none(), &beside);
        assert_ne!(unpinned.record.verdict, Verdict::Verified, "{name}");
    }
}

const REQUEST: &str =
    r#"{ "type": "output", "payload": {"input": "é?", "output": "yes", "n": 1.50}, "context": {"b": 1, "a": null} }"#;

fn statement() -> Value {
    let compact = r#"{"type":"output","payload":{"input":"é?","output":"yes","n":1.50},"context":{"b":1,"a":null}}"#;
    let hash = |text: &str| crate::Digest::of(text.as_bytes()).to_hex();
    json!({
        "v": 1, "attestation_id": "at_1", "tenant_id": "t_1", "attestation_type": "output", "input_hash": hash("é?"),
        "output_hash": hash("yes"), "payload_hash": hash(compact), "model_name": "gpt", "created_at": "2026-07-04T12:00:00.123456Z"
    })
}

/// An attestation record that shows what its statement signs.
fn attestation(statement: &str, shown: &Value) -> Value {
    let key = SigningKey::from_bytes(&[7; 32]);
    let mut record = shown.clone();
    record["v"] = Value::Null;
    record.as_object_mut().unwrap().remove("v");
    record.as_object_mut().unwrap().remove("payload_hash");
    record["signed_payload"] = json!(data_encoding::HEXLOWER.encode(statement.as_bytes()));
    record["signature"] = json!(data_encoding::HEXLOWER.encode(&key.sign(statement.as_bytes()).to_bytes()));
    record["public_key"] = json!(data_encoding::HEXLOWER.encode(key.verifying_key().as_bytes()));
    record
}

fn signed() -> Value {
    attestation(&statement().to_string(), &statement())
}

fn ours() -> Keys {
    pinned(&[&data_encoding::HEXLOWER.encode(SigningKey::from_bytes(&[7; 32]).verifying_key().as_bytes())])
}

#[track_caller]
fn check(record: &Value, beside: &[Beside<'_>], code: Option<ReasonCode>, verdict: Verdict) -> JudgedProof {
    let judged = judged(record.to_string().as_bytes(), &ours(), beside);
    let codes: Vec<String> = code.into_iter().map(in_lower_case).collect();
    assert_eq!(judged.record.native.reason_codes, codes, "{:?}", judged.record.checks);
    assert_eq!(judged.record.verdict, verdict, "{:?}", judged.record.checks);
    judged
}

#[test]
fn a_shown_field_is_compared_whatever_its_name() {
    check(&signed(), &[], None, Verdict::Verified);
    for (name, value) in [
        ("model_name", json!("gpt2")),
        ("model_name", Value::Null),
        ("attestation_type", json!(1)),
        ("created_at", json!("2026-07-04T12:00:00.123457Z")),
        (
            "output_hash",
            json!(statement()["output_hash"].as_str().unwrap().to_uppercase()),
        ),
    ] {
        let mut record = signed();
        record[name] = value;
        let judged = check(&record, &[], Some(ReasonCode::DisplayedFieldDiffers), Verdict::Failed);
        assert!(judged.record.checks[0].found.as_ref().unwrap().starts_with(name));
        // What was signed is what is shown.
        assert_eq!(judged.record.fields["model_name"], "gpt");
    }
    let mut record = signed();
    record["created_at"] = json!("2026-07-04T14:00:00.123456+02:00");
    check(&record, &[], None, Verdict::Verified);
    // The same moment, in a spelling that nobody signed.
    let shown = |record: &serde_json::Value| {
        let text = record.to_string();
        let parsed = parse(text.as_bytes(), &Bounds::default()).expect("JSON");
        shown_as_signed(Proof::Attestation, &parsed.root).contains(&"created_at".to_owned())
    };
    assert!(shown(&signed()) && !shown(&record));
    record["model_vendor"] = json!("shown only");
    check(&record, &[], None, Verdict::Verified);
}

#[test]
fn a_statement_that_two_readers_could_read_differently_is_refused() {
    let text = statement().to_string().replacen('{', r#"{"model_name":"other","#, 1);
    check(
        &attestation(&text, &statement()),
        &[],
        Some(ReasonCode::DuplicateKey),
        Verdict::Failed,
    );
}

#[test]
fn a_statement_that_is_not_understood_is_open() {
    for text in [
        "not JSON",
        "[]",
        r#"{"v":"1"}"#,
        r#"{"v":1.0}"#,
        r#"{"v":2,"model_name":"x"}"#,
    ] {
        let record = attestation(text, &statement());
        check(
            &record,
            &[],
            Some(ReasonCode::UnsupportedStatementVersion),
            Verdict::Indeterminate,
        );
    }
}

fn file(bytes: &[u8]) -> [Beside<'_>; 1] {
    [as_it_is("raw.json", bytes)]
}

#[test]
fn the_request_beside_it_is_hashed_as_it_is_and_then_compacted() {
    let judged = check(&signed(), &file(REQUEST.as_bytes()), None, Verdict::Verified);
    assert_eq!(judged.used, [0]);
    let details = &judged.record.checks[0].details;
    assert!(
        details.contains(&("recomputed", "input_hash, output_hash, payload_hash".to_owned())),
        "{details:?}"
    );
    for (from, to) in [
        ("yes", "no"),
        ("1.50", "1.5"),
        ("\"b\": 1", "\"b\": 2"),
        ("é", "e\u{301}"),
    ] {
        let changed = REQUEST.replace(from, to);
        check(
            &signed(),
            &file(changed.as_bytes()),
            Some(ReasonCode::ContentHashMismatch),
            Verdict::Failed,
        );
    }
    // A file that is no request says nothing; the bare output does.
    check(&signed(), &file(b"readme"), None, Verdict::Verified);
    assert_eq!(check(&signed(), &file(b"yes"), None, Verdict::Verified).used, [0]);
}

#[test]
fn of_several_requests_the_signed_one_counts() {
    let other = REQUEST.replace("yes", "no");
    let third = REQUEST.replace("yes", "perhaps");
    let file = |bytes| as_it_is("raw.json", bytes);
    let both = [file(other.as_bytes()), file(REQUEST.as_bytes())];
    assert_eq!(check(&signed(), &both, None, Verdict::Verified).used, [1]);
    let neither = [file(other.as_bytes()), file(third.as_bytes())];
    check(
        &signed(),
        &neither,
        Some(ReasonCode::ContentHashMismatch),
        Verdict::Indeterminate,
    );
}

#[test]
fn what_was_not_read_beside_an_attestation_may_be_its_request() {
    let other = REQUEST.replace("yes", "no");
    let limit = Outcome::Undetermined(ReasonCode::LimitRecordCount);
    let judged = |bytes: &[u8]| {
        let files = file(bytes);
        let around = Around {
            files: &files,
            left_out: Some(ReasonCode::LimitRecordCount),
        };
        let text = signed().to_string();
        let parsed = parse(text.as_bytes(), &Bounds::default()).expect("JSON");
        let judged = judge(Proof::Attestation, &parsed.root, Source::default(), &ours(), around);
        (outcome(&judged, CheckId::PayloadHash), judged.left_out)
    };
    let open = (limit, Some(ReasonCode::LimitRecordCount));
    assert_eq!(judged(other.as_bytes()), open);
    assert_eq!(judged(b"readme"), open);
    assert_eq!(judged(b"yes"), open);
    // The signed request is there: what else lies beside it says nothing.
    assert_eq!(judged(REQUEST.as_bytes()), (Outcome::Pass, None));
}

#[test]
fn an_attestation_without_a_checkable_signature_is_open() {
    let mut record = signed();
    record["signature"] = Value::Null;
    check(&record, &[], Some(ReasonCode::NoSignature), Verdict::Indeterminate);
    let mut record = signed();
    record["public_key"] = json!("invoance:pk_cf912d40");
    record["signature"] = json!("ed25519:AAAA");
    check(&record, &[], None, Verdict::Indeterminate);
    let mut record = signed();
    record["signature_alg"] = json!("ed448");
    check(&record, &[], None, Verdict::Verified);
    record["signature"] = json!("00".repeat(114));
    check(&record, &[], Some(ReasonCode::SignatureInvalid), Verdict::Indeterminate);
}

#[test]
fn a_document_is_known_by_its_hash_and_an_anchor_is_never_verified() {
    let key = SigningKey::from_bytes(&[7; 32]);
    let encode = |bytes: &[u8]| data_encoding::BASE64.encode(bytes);
    let anchor = json!({
        "event_id": "e_1", "document_ref": "contract.pdf", "document_hash": crate::Digest::of(b"contract").to_hex(),
        "signed_payload_b64": encode(b"payload"), "signature_b64": encode(&key.sign(b"payload").to_bytes()),
        "public_key_b64": encode(key.verifying_key().as_bytes())
    });
    let file = |path, bytes: &'static [u8]| [as_it_is(path, bytes)];
    let alone = check(&anchor, &[], None, Verdict::Indeterminate);
    assert_eq!(
        outcome(&alone, CheckId::PayloadHash),
        Outcome::Skipped(ReasonCode::NotPresent)
    );
    assert_eq!(alone.record.native.status, "NOT_EVALUABLE");
    assert!(
        alone.record.checks[1]
            .details
            .contains(&("asDocumented", "fits".to_owned()))
    );
    let there = check(&anchor, &file("a/any.pdf", b"contract"), None, Verdict::Indeterminate);
    assert_eq!(outcome(&there, CheckId::PayloadHash), Outcome::Pass);
    let changed = file("a/contract.pdf", b"contract!");
    check(
        &anchor,
        &changed,
        Some(ReasonCode::ContentHashMismatch),
        Verdict::Failed,
    );
    let unrelated = check(&anchor, &file("readme.txt", b"x"), None, Verdict::Indeterminate);
    assert!(unrelated.used.is_empty());
    // Shipped in gz: its own bytes count as well as what they decode to.
    let packed = |bytes, shipped: &[u8]| {
        [Beside {
            shipped: Digest::of(shipped),
            ..as_it_is("contract.pdf", bytes)
        }]
    };
    for file in [packed(b"decoded", b"contract"), packed(b"contract", b"gz")] {
        let there = check(&anchor, &file, None, Verdict::Indeterminate);
        assert_eq!(outcome(&there, CheckId::PayloadHash), Outcome::Pass);
    }
    let parsed = anchor.to_string();
    let parsed = parse(parsed.as_bytes(), &Bounds::default()).expect("JSON");
    let around = |files| Around {
        files,
        left_out: Some(ReasonCode::IoPermission),
    };
    let judged = |files| {
        let judged = judge(Proof::Anchor, &parsed.root, Source::default(), &ours(), around(files));
        (outcome(&judged, CheckId::PayloadHash), judged.left_out)
    };
    let open = Outcome::Undetermined(ReasonCode::IoPermission);
    assert_eq!(judged(&[]), (open, Some(ReasonCode::IoPermission)));
    // The file of that name was read.
    let fails = (Outcome::Fail(ReasonCode::ContentHashMismatch), None);
    assert_eq!(judged(&changed), fails);
}

#[test]
fn a_ledger_event_binds_its_payload_to_no_one() {
    let hash = |text: &str| crate::Digest::of(text.as_bytes()).to_hex();
    let event = |payload: Value, stated: String| json!({"event_id": "e_1", "event_type": "x", "payload": payload, "payload_hash": stated});
    for stated in [hash(r#"{"a":1,"b":null}"#), hash(r#"{"a":1}"#)] {
        let judged = check(
            &event(json!({"b": null, "a": 1}), stated),
            &[],
            None,
            Verdict::Indeterminate,
        );
        assert_eq!(outcome(&judged, CheckId::PayloadHash), Outcome::Pass);
    }
    let changed = event(json!({"a": 2}), hash(r#"{"a":1}"#));
    check(&changed, &[], Some(ReasonCode::PayloadHashMismatch), Verdict::Failed);
    // A fraction has no one text: nothing is proven either way.
    let fraction = event(json!({"a": 1.5}), hash("x"));
    check(&fraction, &[], None, Verdict::Indeterminate);
}

fn trace(by_hex: bool) -> Value {
    let items = [("2026-01-02", r#"{"n":2}"#), ("2026-01-01", r#"{"n":1}"#)];
    let hashes = items.map(|(_, payload)| crate::Digest::of(payload.as_bytes()));
    let mut joined = Vec::new();
    for hash in hashes.iter().rev() {
        joined.extend(if by_hex {
            hash.to_hex().into_bytes()
        } else {
            hash.as_bytes().to_vec()
        });
    }
    let events: Vec<Value> = items
        .iter()
        .zip(hashes)
        .map(|((time, payload), hash)| {
            let payload: Value = serde_json::from_str(payload).unwrap();
            json!({"event_id": "e", "timestamp": time, "payload": payload, "content_hash": hash.to_hex()})
        })
        .collect();
    json!({
        "trace_id": "tr_1", "composite_hash": crate::Digest::of(&joined).to_hex(), "event_count": 2, "events": events,
        "verification": {"composite_hash_valid": true, "all_signatures_valid": true}
    })
}

#[test]
fn a_trace_is_recomputed_either_way_and_never_verified() {
    for (by_hex, form) in [
        (true, "hex text, in the order of time"),
        (false, "raw bytes, in the order of time"),
    ] {
        let judged = check(&trace(by_hex), &[], None, Verdict::Indeterminate);
        assert_eq!(outcome(&judged, CheckId::PayloadHash), Outcome::Pass);
        assert_eq!(outcome(&judged, CheckId::Completeness), Outcome::Pass);
        assert!(judged.record.checks[1].details.contains(&("form", form.to_owned())));
    }
    let mut changed = trace(true);
    changed["events"][0]["payload"]["n"] = json!(3);
    check(&changed, &[], Some(ReasonCode::PayloadHashMismatch), Verdict::Failed);
    let mut short = trace(true);
    short["events"].as_array_mut().unwrap().pop();
    check(&short, &[], Some(ReasonCode::StatementDisagrees), Verdict::Failed);
    let mut other = trace(true);
    other["composite_hash"] = json!("00");
    let other = check(&other, &[], None, Verdict::Indeterminate);
    assert_eq!(
        outcome(&other, CheckId::Integrity),
        Outcome::Undetermined(ReasonCode::ContentHashMismatch)
    );
}

#[test]
fn a_proof_with_a_doubled_member_is_refused() {
    let text = signed().to_string().replacen('{', r#"{"model_name":"x","#, 1);
    let judged = judged(text.as_bytes(), &ours(), &[]);
    assert_eq!(judged.record.reason_codes, [ReasonCode::DuplicateKey]);
    assert_eq!(judged.record.verdict, Verdict::Failed);
}

#[test]
fn a_key_of_small_order_vouches_for_no_attestation() {
    let mut record = signed();
    record["public_key"] = json!(format!("01{}", "00".repeat(31)));
    record["signature"] = json!(format!("01{}", "00".repeat(63)));
    let judged = judged(record.to_string().as_bytes(), &none(), &[]);
    assert_eq!(judged.record.verdict, Verdict::Failed);
    assert!(judged.keys.is_some_and(|keys| keys.named.is_none()));
}
