use serde_json::{Value, json};

use super::super::chain::{Entry, Seat, Sequence, Shape, Walk, WalkResult};
use super::compare::State;
use super::*;
use crate::container::Limits;
use crate::json::{Bounds, parse};
use crate::signature::PublicKey;

/// An entry's text with its true record hash.
fn entry(scope: &str, sequence: u64, prev_hash: &str) -> (String, String) {
    let nine = format!("e|t||||info|2026-05-07T12:00:00.000000|{prev_hash}|{sequence}");
    let hash = Digest::of(nine.as_bytes()).to_hex();
    let text = json!({
        "event_id": "e", "event_type": "t", "severity": "info", "chain_scope": scope, "sequence_number": sequence,
        "prev_hash": prev_hash, "record_hash": hash, "created_at": "2026-05-07T12:00:00Z",
    });
    (text.to_string(), hash)
}

/// A window of one scope, entries 5 to 8, and the hashes of entries 4 to 8.
fn window(watched: u64) -> (WalkResult, Vec<String>) {
    let watched = Watched {
        scope: "a".to_owned(),
        sequence: Sequence::parse(&watched.to_string()).expect("a number"),
    };
    let mut walk = Walk::new(Shape::JsonLines, [watched], &Limits::default());
    let mut hashes = vec![Digest::of(b"the entry before").to_hex()];
    for sequence in 5..=8 {
        let (text, hash) = entry("a", sequence, hashes.last().expect("one"));
        let parsed = parse(text.as_bytes(), &Bounds::default()).expect("JSON");
        walk.add(
            Seat {
                array: 0,
                row: sequence,
            },
            Entry::read(&parsed.root, Shape::JsonLines),
        );
        hashes.push(hash);
    }
    (walk.finish("payload", true), hashes)
}

fn head(sequence: u64, hash: &str) -> Head {
    Head {
        scope: "a".to_owned(),
        sequence: Sequence::parse(&sequence.to_string()).expect("a number"),
        hash: hash.to_owned(),
    }
}

#[track_caller]
fn check_place(sequence: u64, hash: Option<usize>, side: Side, expected: State) {
    let (walk, hashes) = window(sequence);
    let hash = hash.map_or_else(|| Digest::of(b"another").to_hex(), |index| hashes[index].clone());
    let found = compare(&[head(sequence, &hash)], side, "checkpoint", &walk);
    assert_eq!(found.anchors[0].state, expected, "{}", found.anchors[0].detail);
    let failed = found.check.outcome == Outcome::Fail(ReasonCode::BracketDiscontinuity);
    assert_eq!(failed, expected == State::Contradicts);
}

#[test]
fn a_window_is_anchored_where_hash_and_number_meet() {
    check_place(4, Some(0), Side::Before, State::AnchoredBefore);
    check_place(6, Some(2), Side::Any, State::AnchoredInside);
    check_place(8, Some(4), Side::After, State::AnchoredAfter);
}

#[test]
fn another_hash_at_the_same_number_contradicts() {
    check_place(4, None, Side::Before, State::Contradicts);
    check_place(6, None, Side::Any, State::Contradicts);
    check_place(8, None, Side::After, State::Contradicts);
}

#[test]
fn events_between_checkpoint_and_window_leave_them_unlinked() {
    check_place(3, Some(0), Side::Before, State::NotLinked);
    check_place(9, Some(0), Side::After, State::NotLinked);
}

#[test]
fn a_closing_bracket_cannot_lie_before_the_end_of_the_window() {
    check_place(6, Some(2), Side::After, State::Contradicts);
    check_place(4, Some(0), Side::After, State::Contradicts);
}

#[test]
fn a_scope_without_entries_cannot_be_compared() {
    let (walk, _) = window(5);
    let other = Head {
        scope: "b".to_owned(),
        ..head(5, "h")
    };
    let found = compare(&[other], Side::Any, "checkpoint", &walk);
    assert_eq!(found.anchors[0].state, State::NotInExport);
    assert_eq!(found.check.outcome, Outcome::Skipped(ReasonCode::NotAnswerable));
}

/// The keys of purpose `integrity_checkpoint` of the vectors' trust root, looked up by key id, else the only one.
fn trusted(root: &Value, claimed: &Claimed<'_>) -> Signer {
    let keys = root["keys"].as_array().expect("keys").iter();
    let mut mine = keys.filter(|key| key["purpose"] == "integrity_checkpoint");
    let entry = match claimed.key_id {
        Some(id) => mine.find(|key| key["key_id"] == id),
        None => mine.next(),
    };
    let key = |text: &str| {
        let raw = data_encoding::BASE64
            .decode(text.trim_start_matches("ed25519:").as_bytes())
            .ok()?;
        PublicKey::from_bytes(&raw.try_into().ok()?).ok()
    };
    match entry {
        Some(entry) => Signer {
            key: key(entry["public_key"].as_str().expect("a key")),
            doubt: None,
        },
        None => Signer {
            key: claimed.public_key.and_then(key),
            doubt: Some(ReasonCode::TrustRootUnresolvable),
        },
    }
}

#[test]
fn the_shared_checkpoint_vectors_agree() {
    let Some(expected) = crate::vectors::json("keel/expected.json") else {
        return;
    };
    let mut roots = Roots::default();
    roots
        .add(&crate::vectors::bytes("keel/keys/test-tsa-ca.pem").expect("a root"))
        .expect("a root");
    let trust = crate::vectors::json("keel/keys/trust.json").expect("a trust root");
    let mut seen = 0;
    for case in expected["cases"].as_array().expect("cases") {
        let id = case["id"].as_str().expect("an id");
        if !id.starts_with("checkpoint/") {
            continue;
        }
        seen += 1;
        let name = format!("keel/{}/checkpoint.json", case["dir"].as_str().expect("a folder"));
        let bytes = crate::vectors::bytes(&name).expect("a checkpoint");
        let parsed = parse(&bytes, &Bounds::default()).expect("JSON");
        let judged = judge(
            &parsed.root,
            "checkpoint.json",
            &|claimed| trusted(&trust, claimed),
            &roots,
        );
        check_case(id, &case["expected"], &judged);
    }
    assert_eq!(seen, 18);
}

fn check_case(id: &str, expected: &Value, judged: &Judged) {
    let codes = expected["codes"]
        .as_array()
        .expect("codes")
        .iter()
        .filter_map(Value::as_str);
    // A standing notice: no reader can detect the edit.
    let wanted: Vec<&str> = codes.filter(|code| *code != "UNSIGNED_FIELD_NOT_ATTESTED").collect();
    let beside = [ReasonCode::NotPresent, ReasonCode::Blocked, ReasonCode::KeyNotFound];
    let reasons = judged
        .checks
        .iter()
        .flat_map(Check::reasons)
        .filter(|code| !beside.contains(code));
    let mut found: Vec<&str> = reasons
        .chain(judged.warnings.iter().map(|warning| warning.code))
        .map(ReasonCode::as_str)
        .collect();
    found.dedup();
    assert_eq!(found, wanted, "{id}: {judged:?}");
    let failed = judged
        .checks
        .iter()
        .any(|check| matches!(check.outcome, Outcome::Fail(_)));
    let unlisted = wanted == ["TRUST_ROOT_UNRESOLVABLE"];
    assert_eq!(failed, expected["result"] == "failed" && !unlisted, "{id}");
}

#[test]
fn an_authority_outside_the_roots_is_a_warning() {
    let Some(bytes) = crate::vectors::bytes("keel/checkpoint/checkpoint-tsa/checkpoint.json") else {
        return;
    };
    let parsed = parse(&bytes, &Bounds::default()).expect("JSON");
    let signer = |_: &Claimed<'_>| Signer { key: None, doubt: None };
    let judged = judge(&parsed.root, "checkpoint.json", &signer, &Roots::default());
    assert_eq!(judged.warnings[0].code, ReasonCode::TsaUntrustedRoot);
    let stamp = judged
        .checks
        .iter()
        .find(|check| check.id == CheckId::Timestamp)
        .expect("a check");
    assert!(!stamp.required);
}
