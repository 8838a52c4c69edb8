//! Rows against the shared vectors, and rows that mean harm.

use ed25519_dalek::{Signer as _, SigningKey};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::check::{CheckId, Outcome};
use crate::keybook::{EcosystemName, KeyBook, KeyEntry};
use crate::vectors;
use crate::verdict::Verdict;

const FOLDER: &str = "invoance";

fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

fn public(key: &SigningKey) -> PublicKey {
    PublicKey::from_bytes(key.verifying_key().as_bytes()).expect("a public key")
}

fn pinned(keys: &[&SigningKey]) -> Keys {
    let book = KeyBook {
        bare: keys.iter().map(|key| public(key)).collect(),
        ..KeyBook::default()
    };
    Keys::new(&book, &[]).0
}

fn nothing_pinned() -> Keys {
    Keys::new(&KeyBook::default(), &[]).0
}

fn judged_text(text: &str, keys: &Keys) -> Judged {
    judge(text.as_bytes(), Source::default(), keys, &Bounds::default())
}

fn canonical_of(text: &[u8]) -> Option<Vec<u8>> {
    let parsed = json::parse(text, &Bounds::default()).expect("JSON");
    canonical::bytes(&Row::of(&parsed.root)).ok()
}

fn event() -> Value {
    json!({
        "id": "aevt_1", "org_id": "aorg_1", "seq": 7, "occurred_at": "2026-01-01T00:00:01.5Z",
        "ingested_at": "2026-01-01T00:00:02.250Z", "action": "user.signed_in",
        "actor": {"type": "user", "id": "u_1", "name": "Ada"}, "targets": [{"type": "doc", "id": "d_1"}],
        "context": {"location": "Berlin"}, "metadata": {"plan": "growth", "seats": 51}
    })
}

/// The event with hash, signature and key.
fn sign(mut event: Value, key: &SigningKey) -> Value {
    let canonical = canonical_of(event.to_string().as_bytes()).expect("canonical bytes");
    event["payload_hash"] = json!(Digest::of(&canonical).to_hex());
    event["signature"] = json!(data_encoding::HEXLOWER.encode(&key.sign(&canonical).to_bytes()));
    event["signing_public_key"] = json!(public(key).to_hex());
    event
}

#[track_caller]
fn check(row: &Value, keys: &Keys, reason: Option<ReasonCode>, verdict: Verdict) -> Judged {
    let judged = judged_text(&row.to_string(), keys);
    assert_eq!(judged.reason, reason, "{row}");
    assert_eq!(judged.valid, reason.is_none());
    assert_eq!(judged.record.verdict, verdict, "{row}");
    let native: Vec<String> = reason.into_iter().map(checks::in_lower_case).collect();
    assert_eq!(judged.record.native.reason_codes, native);
    judged
}

#[track_caller]
fn outcome(judged: &Judged, id: CheckId) -> Outcome {
    let check = judged.record.checks.iter().find(|check| check.id == id);
    check.expect("the check").outcome
}

// The vectors.

#[test]
fn the_official_vectors_reproduce_byte_for_byte() {
    let Some(golden) = vectors::json(&format!("{FOLDER}/real/golden_vectors.json")) else {
        return;
    };
    let vectors = golden["vectors"].as_array().expect("vectors");
    assert_eq!(vectors.len(), 15);
    for vector in vectors {
        let name = &vector["name"];
        let mut event = vector["event"].clone();
        let canonical = canonical_of(event.to_string().as_bytes()).expect("canonical bytes");
        assert_eq!(
            String::from_utf8_lossy(&canonical),
            vector["canonical_utf8"].as_str().unwrap(),
            "{name}"
        );
        event["payload_hash"] = vector["payload_hash_sha256"].clone();
        event["signature"] = vector["signature_ed25519"].clone();
        event["signing_public_key"] = vector["public_key"].clone();
        let judged = judged_text(&event.to_string(), &nothing_pinned());
        assert_eq!(judged.reason, None, "{name}");
        assert_eq!(
            judged.hash.map(|hash| hash.to_hex()).as_deref(),
            vector["payload_hash_sha256"].as_str()
        );
    }
}

#[test]
fn the_cases_of_the_other_kits_reproduce() {
    let Some(cases) = vectors::json(&format!("{FOLDER}/real/sdk_canonical_cases.json")) else {
        return;
    };
    for case in cases["cases"].as_array().expect("cases") {
        let canonical = canonical_of(case["event"].to_string().as_bytes()).expect("canonical bytes");
        assert_eq!(
            String::from_utf8_lossy(&canonical),
            case["canonical_utf8"].as_str().unwrap()
        );
        assert_eq!(Digest::of(&canonical).to_hex(), case["payload_hash"].as_str().unwrap());
    }
    for pair in cases["timestamps"].as_array().expect("pairs") {
        let moment = Moment::read(pair[0].as_str().unwrap()).map(Moment::text);
        assert_eq!(moment.as_deref(), pair[1].as_str());
    }
}

/// Rows of a vector in their order: exact text and place, as far as rows are cut out of its form.
fn rows(file: &str, bytes: &[u8], keys: &Keys) -> Vec<Judged> {
    let whole = json::without_bom(bytes);
    let source = |line: u64| Source {
        path: file.to_owned(),
        line: Some(line),
        ..Source::default()
    };
    if let Ok(parsed) = json::parse(whole, &Bounds::default()) {
        return of_value(&parsed.root, &source(1), keys);
    }
    let mut found = Vec::new();
    for (index, line) in whole.split(|byte| *byte == b'\n').enumerate() {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.trim_ascii().is_empty() {
            continue;
        }
        let source = source(u64::try_from(index).unwrap() + 1);
        match json::parse(line, &Bounds::default()) {
            Ok(parsed) => found.extend(of_value(&parsed.root, &source, keys)),
            Err(_) => found.push(judge(line, source, keys, &Bounds::default())),
        }
    }
    found
}

/// The rows of an array, a page, or of one event alone.
fn of_value(node: &Node<'_>, source: &Source, keys: &Keys) -> Vec<Judged> {
    let list = node.get("events").unwrap_or(node);
    if list.is_array() {
        list.items()
            .iter()
            .map(|item| judge_node(item, source.clone(), keys))
            .collect()
    } else {
        vec![judge_node(node, source.clone(), keys)]
    }
}

fn book_of(options: &Value) -> KeyBook {
    let texts = options["pinned_keys"].as_array().expect("keys");
    let key = |text: &Value| {
        crate::keytext::read_key_text(text.as_str().unwrap())
            .expect("a key")
            .key
    };
    KeyBook {
        bare: texts.iter().map(key).collect(),
        ..KeyBook::default()
    }
}

#[test]
fn every_row_of_every_generated_vector_has_its_reason_and_its_notes() {
    let Some(expected) = vectors::json(&format!("{FOLDER}/generated/expected.json")) else {
        return;
    };
    let mut checked = 0;
    for (name, case) in expected.as_object().expect("cases") {
        // A comma-separated file and one in UTF-16 have no rows to judge.
        if name.ends_with(".csv") || name.contains("utf16") {
            continue;
        }
        let path = vectors::path(&format!("{FOLDER}/generated/{name}")).expect("the vector");
        let mut files = Vec::new();
        if path.is_dir() {
            files.extend(vectors::files(&format!("{FOLDER}/generated/{name}")));
        } else {
            files.push((name.clone(), std::fs::read(&path).expect("a vector")));
        }
        let (events, others): (Vec<_>, Vec<_>) = files
            .into_iter()
            .partition(|(file, _)| file == name || file.starts_with("events"));
        let documents: Vec<_> = others.into_iter().filter(|(file, _)| file.starts_with("key")).collect();
        let (keys, findings) = Keys::new(&book_of(&case["options"]), &documents);
        assert_eq!(findings, [], "{name}");
        let judged: Vec<Judged> = events
            .iter()
            .flat_map(|(file, bytes)| rows(file, bytes, &keys))
            .collect();
        assert_eq!(json!(judged.len()), case["records"], "{name}");
        compare(name, case, &judged);
        checked += 1;
    }
    assert!(checked > 90, "{checked}");
}

fn compare(name: &str, case: &Value, judged: &[Judged]) {
    let lower = |codes: &[ReasonCode]| codes.iter().copied().map(checks::in_lower_case).collect::<Vec<_>>();
    let place = |(position, row): (usize, &Judged)| json!({"file": row.record.source.path, "line": row.record.source.line, "record": position + 1});
    let mut problems = Vec::new();
    let mut notes = Vec::new();
    for (position, row) in judged.iter().enumerate() {
        let mut entry = place((position, row));
        if let Some(reason) = row.reason {
            entry["reason"] = json!(checks::in_lower_case(reason));
            problems.push(entry);
            assert_eq!(row.record.native.status, "FAIL", "{name}");
            assert_ne!(row.record.verdict, Verdict::Verified, "{name}");
        } else if !row.record.notes.is_empty() {
            entry["notes"] = json!(lower(&row.record.notes));
            notes.push(entry);
        }
    }
    assert_eq!(Value::from(problems), case["problems"], "{name}");
    assert_eq!(Value::from(notes), case["record_notes"], "{name}");
    levels(name, case, judged);
}

/// What the keys come to over all rows that verify, or are another signer's.
fn levels(name: &str, case: &Value, judged: &[Judged]) {
    let telling = judged.iter().filter(|row| row.valid || row.level == Level::Mismatch);
    let worst = telling
        .map(|row| row.level)
        .min()
        .or(judged.iter().map(|row| row.level).min());
    assert_eq!(worst.unwrap_or(Level::None).as_str(), case["key_trust"], "{name}");
}

// Rows of our own.

#[test]
fn a_row_is_verified_under_a_confirmed_key_and_open_under_its_own() {
    let row = sign(event(), &key(1));
    let verified = check(&row, &pinned(&[&key(1)]), None, Verdict::Verified);
    assert_eq!(verified.level, Level::Pinned);
    assert_eq!(verified.record.id, "aevt_1");
    assert_eq!(
        verified.seat,
        Some(Seat {
            org: "aorg_1".into(),
            seq: 7
        })
    );
    let open = check(&row, &nothing_pinned(), None, Verdict::Indeterminate);
    assert_eq!(outcome(&open, CheckId::PayloadHash), Outcome::Pass);
    assert_eq!(open.record.reason_codes, [ReasonCode::KeyNotConfirmed]);
    assert_eq!(open.record.native.status, "WARN");
}

#[test]
fn fields_are_shown_as_they_are_signed() {
    let mut row = event();
    row["occurred_at"] = json!("2026-01-01T02:00:01.5009+02:00");
    row["targets"] = json!([{"type": "doc", "id": "d_1"}, {"type": "team", "id": "t_2"}]);
    let judged = check(&sign(row, &key(1)), &nothing_pinned(), None, Verdict::Indeterminate);
    let field = |name: &str| judged.record.fields[name].clone();
    assert_eq!(field("occurred_at"), "2026-01-01T00:00:01.500Z");
    assert_eq!(field("targets"), "doc:d_1|team:t_2");
    assert_eq!(field("seq"), 7);
    assert_eq!(field("actor_name"), "Ada");
    assert_eq!(field("location"), "Berlin");
    assert_eq!(field("schema"), "invoance.audit/1");
    assert_eq!(judged.occurred_ms, Some(1_767_225_601_500));
}

#[test]
fn another_signer_is_a_conflict_with_the_reviewers_key() {
    let row = sign(event(), &key(2));
    let judged = check(
        &row,
        &pinned(&[&key(1)]),
        Some(ReasonCode::KeyMismatch),
        Verdict::Failed,
    );
    assert_eq!(
        judged.record.reason_codes,
        [ReasonCode::KeyConflict, ReasonCode::KeyMismatch]
    );
    assert_eq!(judged.level, Level::Mismatch);
    let signature = &judged.record.checks[1];
    assert_eq!(signature.expected, Some(public(&key(1)).fingerprint().to_hex()));
    assert_eq!(signature.found, Some(public(&key(2)).fingerprint().to_hex()));
}

#[test]
fn a_swapped_row_key_does_no_harm_to_a_confirmed_one() {
    let mut row = sign(event(), &key(1));
    row["signing_public_key"] = json!(public(&key(2)).to_hex());
    let judged = check(&row, &pinned(&[&key(1)]), None, Verdict::Verified);
    assert_eq!(judged.record.notes, [ReasonCode::EmbeddedKeyDiffers]);
    check(
        &row,
        &nothing_pinned(),
        Some(ReasonCode::SignatureInvalid),
        Verdict::Failed,
    );
}

#[test]
fn a_changed_row_whose_hash_was_recomputed_is_caught_by_its_signature() {
    let mut row = sign(event(), &key(1));
    row["action"] = json!("user.deleted");
    let judged = check(
        &row,
        &nothing_pinned(),
        Some(ReasonCode::PayloadHashMismatch),
        Verdict::Failed,
    );
    assert_eq!(
        outcome(&judged, CheckId::Signature),
        Outcome::Skipped(ReasonCode::Blocked)
    );
    row["payload_hash"] = json!(judged.hash.unwrap().to_hex());
    check(
        &row,
        &nothing_pinned(),
        Some(ReasonCode::SignatureInvalid),
        Verdict::Failed,
    );
}

#[test]
fn a_changed_hash_alone_leaves_the_signature_standing() {
    let mut row = sign(event(), &key(1));
    row["payload_hash"] = json!(row["payload_hash"].as_str().unwrap().to_uppercase());
    let judged = check(
        &row,
        &pinned(&[&key(1)]),
        Some(ReasonCode::PayloadHashMismatch),
        Verdict::Failed,
    );
    assert_eq!(outcome(&judged, CheckId::Signature), Outcome::Pass);
}

#[test]
fn what_is_missing_proves_nothing() {
    let full = sign(event(), &key(1));
    let without = |names: &[&str]| {
        let mut row = full.clone();
        names.iter().for_each(|name| row[*name] = Value::Null);
        row
    };
    let none = nothing_pinned();
    let no_key = check(
        &without(&["signing_public_key"]),
        &none,
        Some(ReasonCode::NoPublicKey),
        Verdict::Indeterminate,
    );
    assert_eq!(
        no_key.record.reason_codes,
        [ReasonCode::KeyNotFound, ReasonCode::NoPublicKey]
    );
    let unsigned = check(
        &without(&["signature"]),
        &none,
        Some(ReasonCode::NoSignature),
        Verdict::Indeterminate,
    );
    assert_eq!(
        unsigned.record.reason_codes,
        [ReasonCode::NotAttested, ReasonCode::NoSignature]
    );
    let both = without(&["signature", "signing_public_key"]);
    let both = check(&both, &none, Some(ReasonCode::NoPublicKey), Verdict::Indeterminate);
    assert_eq!(
        both.record.reason_codes,
        [ReasonCode::NotAttested, ReasonCode::NoPublicKey]
    );
    let no_hash = check(
        &without(&["payload_hash"]),
        &pinned(&[&key(1)]),
        None,
        Verdict::Verified,
    );
    assert_eq!(no_hash.record.notes, [ReasonCode::NoPayloadHash]);
    let empty = check(
        &without(&["id"]),
        &none,
        Some(ReasonCode::CanonicalizationFailed),
        Verdict::Failed,
    );
    assert_eq!(empty.hash, None);
}

#[test]
fn an_empty_signature_is_none_and_an_empty_key_is_none() {
    let mut row = sign(event(), &key(1));
    row["signature"] = json!("");
    check(
        &row,
        &nothing_pinned(),
        Some(ReasonCode::NoSignature),
        Verdict::Indeterminate,
    );
    row["signing_public_key"] = json!("");
    check(
        &row,
        &nothing_pinned(),
        Some(ReasonCode::NoPublicKey),
        Verdict::Indeterminate,
    );
}

#[test]
fn a_newer_schema_is_open_and_not_failed() {
    for name in ["schema", "schema_id"] {
        let mut row = sign(event(), &key(1));
        row[name] = json!("invoance.audit/2");
        let judged = check(
            &row,
            &pinned(&[&key(1)]),
            Some(ReasonCode::UnsupportedSchema),
            Verdict::Indeterminate,
        );
        assert_eq!(judged.record.native.status, "FAIL");
        row[name] = json!("invoance.audit/1");
        check(&row, &pinned(&[&key(1)]), None, Verdict::Verified);
    }
}

#[test]
fn a_limit_of_ours_proves_nothing() {
    let deep = format!("{}{}", "[".repeat(500), "]".repeat(500));
    let text = sign(event(), &key(1))
        .to_string()
        .replacen('{', &format!("{{\"x\":{deep},"), 1);
    let judged = judged_text(&text, &nothing_pinned());
    assert_eq!(judged.reason, Some(ReasonCode::LimitJsonDepth));
    assert_eq!(judged.record.verdict, Verdict::Indeterminate);
    assert_eq!(judged.record.native.status, "NOT_EVALUABLE");
    assert!(!judged.valid);
    let gone = unreadable(Source::default(), ReasonCode::IoReadFailed, String::new());
    assert_eq!(gone.record.verdict, Verdict::Indeterminate);
}

#[test]
fn what_no_reader_or_not_every_reader_accepts_fails_the_row() {
    let row = sign(event(), &key(1)).to_string();
    let none = nothing_pinned();
    let inside = |member: &str| row.replacen('{', &format!("{{{member},"), 1);
    for (text, reason) in [
        (row.replace("aevt_1", "aevt_\u{0}"), ReasonCode::ParseError),
        (format!("{row} {row}"), ReasonCode::ParseError),
        (format!("\u{feff}{row}"), ReasonCode::ParseError),
        (String::new(), ReasonCode::ParseError),
        ("NaN".to_owned(), ReasonCode::ParseError),
        ("[]".to_owned(), ReasonCode::NotAnEvent),
        ("{}".to_owned(), ReasonCode::NotAnEvent),
        ("null".to_owned(), ReasonCode::NotAnEvent),
        (inside("\"\\u0073eq\":7"), ReasonCode::DuplicateKey),
        (inside("\"x\":[{\"a\":1,\"\\u0061\":1}]"), ReasonCode::DuplicateKey),
        (inside("\"x\":\"\\ud800\""), ReasonCode::CanonicalizationFailed),
        (inside("\"\\udfff\":1"), ReasonCode::CanonicalizationFailed),
    ] {
        let judged = judged_text(&text, &none);
        assert_eq!(judged.reason, Some(reason), "{text:?}");
        assert_eq!(judged.record.verdict, Verdict::Failed);
    }
    let latin = [row.as_bytes(), b"\xE9"].concat();
    let judged = judge(&latin, Source::default(), &none, &Bounds::default());
    assert_eq!(judged.reason, Some(ReasonCode::InvalidUtf8));
}

#[test]
fn a_doubled_name_still_claims_its_last_place() {
    let row = sign(event(), &key(1)).to_string();
    let judged = judged_text(
        &row.replacen('{', "{\"seq\":1,\"org_id\":\"other\",", 1),
        &nothing_pinned(),
    );
    assert_eq!(judged.reason, Some(ReasonCode::DuplicateKey));
    assert_eq!(
        judged.seat,
        Some(Seat {
            org: "aorg_1".into(),
            seq: 7
        })
    );
}

#[test]
fn other_spellings_of_a_number_are_no_number() {
    let row = sign(event(), &key(1)).to_string();
    for seq in ["7.0", "7e0", "0.7e1", "-0", "1e999999999", "9223372036854775808", "00"] {
        let judged = judged_text(&row.replace("\"seq\":7", &format!("\"seq\":{seq}")), &nothing_pinned());
        let expected = if seq == "00" {
            ReasonCode::ParseError
        } else {
            ReasonCode::CanonicalizationFailed
        };
        assert_eq!(judged.reason, Some(expected), "{seq}");
        assert_eq!(judged.seat, None);
    }
}

#[test]
fn a_number_written_as_text_verifies_and_has_no_place() {
    let mut row = event();
    row["seq"] = json!("7");
    let judged = check(&sign(row, &key(1)), &pinned(&[&key(1)]), None, Verdict::Verified);
    assert_eq!(judged.seat, None);
    assert_eq!(judged.record.notes, [ReasonCode::SeqNotPositiveInteger]);
}

#[test]
fn odd_shapes_are_noted_and_verify() {
    let long = "x".repeat(501);
    for (name, value, note) in [
        ("actor", json!("Ada"), ReasonCode::ActorShape),
        ("actor", json!({"type": "user"}), ReasonCode::ActorShape),
        ("targets", json!([{"type": "doc"}]), ReasonCode::TargetShape),
        ("targets", json!({}), ReasonCode::TargetsNotArray),
        ("seq", json!(0), ReasonCode::SeqNotPositiveInteger),
        ("metadata", json!({"a": {}}), ReasonCode::MetadataNotScalar),
        ("metadata", json!([1]), ReasonCode::MetadataNotScalar),
        ("metadata", json!({"a": long}), ReasonCode::MetadataLimits),
        ("metadata", json!({"é".repeat(41): 1}), ReasonCode::MetadataLimits),
        ("severity", json!("low"), ReasonCode::UnsignedFields),
        ("event_id", json!("other"), ReasonCode::IdConflict),
    ] {
        let mut row = event();
        row[name] = value;
        let judged = check(&sign(row, &key(1)), &pinned(&[&key(1)]), None, Verdict::Verified);
        assert_eq!(judged.record.notes, [note], "{name}");
        assert_eq!(judged.record.native.notes, [checks::in_lower_case(note)]);
    }
    let mut row = event();
    row["metadata"] = json!({"é".repeat(40): "é".repeat(500), "null": null});
    let judged = check(&sign(row, &key(1)), &pinned(&[&key(1)]), None, Verdict::Verified);
    assert_eq!(judged.record.notes, []);
}

#[test]
fn hex_fields_hold_hex_and_nothing_else() {
    let row = sign(event(), &key(1));
    let signature = row["signature"].as_str().unwrap();
    let raw = data_encoding::HEXLOWER.decode(signature.as_bytes()).unwrap();
    let keys = pinned(&[&key(1)]);
    let with = |name: &str, value: Value| {
        let mut row = row.clone();
        row[name] = value;
        row
    };
    check(
        &with("signature", json!(signature.to_uppercase())),
        &keys,
        None,
        Verdict::Verified,
    );
    for bad in [
        json!(data_encoding::BASE64.encode(&raw)),
        json!(format!("0x{signature}")),
        json!(format!("{signature} ")),
        json!(format!("ed25519:{signature}")),
        json!(signature[2..]),
        json!(format!("{signature}00")),
        json!(7),
        json!([signature]),
    ] {
        check(
            &with("signature", bad),
            &keys,
            Some(ReasonCode::SignatureInvalid),
            Verdict::Failed,
        );
    }
    let public = public(&key(1));
    for bad in [
        json!(data_encoding::BASE64.encode(public.as_bytes())),
        json!(format!("ed25519:{}", public.to_hex())),
        json!(true),
    ] {
        let row = with("signing_public_key", bad);
        let unread = check(
            &row,
            &nothing_pinned(),
            Some(ReasonCode::SignatureInvalid),
            Verdict::Failed,
        );
        assert_eq!(unread.row_key, None);
        let judged = check(&row, &keys, None, Verdict::Verified);
        assert_eq!(judged.record.notes, [ReasonCode::EmbeddedKeyDiffers]);
    }
}

#[test]
fn a_signature_that_only_a_lax_rule_accepts_is_refused() {
    let order = data_encoding::HEXLOWER
        .decode(b"edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010")
        .unwrap();
    let mut row = sign(event(), &key(1));
    let mut raw = data_encoding::HEXLOWER
        .decode(row["signature"].as_str().unwrap().as_bytes())
        .unwrap();
    let mut carry = 0;
    for (digit, more) in raw.iter_mut().skip(32).zip(&order) {
        let sum = u16::from(*digit) + u16::from(*more) + carry;
        *digit = u8::try_from(sum & 0xFF).unwrap();
        carry = sum >> 8;
    }
    row["signature"] = json!(data_encoding::HEXLOWER.encode(&raw));
    check(
        &row,
        &pinned(&[&key(1)]),
        Some(ReasonCode::SignatureInvalid),
        Verdict::Failed,
    );
    // The point of order 1 and the constant signature that some accept for any message.
    row["signing_public_key"] = json!(format!("01{}", "00".repeat(31)));
    row["signature"] = json!(format!("01{}", "00".repeat(63)));
    check(
        &row,
        &nothing_pinned(),
        Some(ReasonCode::SignatureInvalid),
        Verdict::Failed,
    );
}

#[test]
fn a_signature_over_the_hash_is_none_over_the_bytes() {
    let mut row = sign(event(), &key(1));
    let hash = Digest::from_hex(row["payload_hash"].as_str().unwrap()).unwrap();
    row["signature"] = json!(data_encoding::HEXLOWER.encode(&key(1).sign(hash.as_bytes()).to_bytes()));
    check(
        &row,
        &nothing_pinned(),
        Some(ReasonCode::SignatureInvalid),
        Verdict::Failed,
    );
}

// The key book.

fn entry(key: &SigningKey, orgs: &[&str]) -> KeyEntry {
    KeyEntry {
        issuer: "Acme".to_owned(),
        ecosystem: EcosystemName::Invoance,
        key_id: None,
        algorithm: "Ed25519".to_owned(),
        public_key: public(key),
        signs_for: orgs.iter().map(|org| (*org).to_owned()).collect(),
        purpose: None,
        source: String::new(),
        confirmed_by: "R. Reviewer".to_owned(),
        confirmed_how: "phone".to_owned(),
        confirmed_at: "2026-01-01T00:00:00Z".to_owned(),
        valid_from: None,
        valid_to: None,
        revoked_at: None,
        revoked_reason: None,
    }
}

fn book(entries: Vec<KeyEntry>) -> KeyBook {
    KeyBook {
        entries,
        ..KeyBook::default()
    }
}

fn document(key: &SigningKey) -> (String, Vec<u8>) {
    let text = json!({"domain": "acme.example", "public_key": public(key).to_hex()});
    ("key.json".to_owned(), text.to_string().into_bytes())
}

#[track_caller]
fn under(book: &KeyBook, documents: &[(String, Vec<u8>)], row: &Value) -> (Option<ReasonCode>, Level, Verdict) {
    let judged = judged_text(&row.to_string(), &Keys::new(book, documents).0);
    (judged.reason, judged.level, judged.record.verdict)
}

#[test]
fn an_entry_contradicts_only_where_it_signs_for_the_organisation() {
    let row = sign(event(), &key(2));
    let mismatch = (Some(ReasonCode::KeyMismatch), Level::Mismatch, Verdict::Failed);
    let open = (None, Level::Embedded, Verdict::Indeterminate);
    assert_eq!(under(&book(vec![entry(&key(1), &["aorg_1"])]), &[], &row), mismatch);
    assert_eq!(under(&book(vec![entry(&key(1), &["aorg_9"])]), &[], &row), open);
    assert_eq!(under(&book(vec![entry(&key(1), &[])]), &[], &row), open);
    let other = KeyEntry {
        ecosystem: EcosystemName::NexArt,
        ..entry(&key(1), &["aorg_1"])
    };
    assert_eq!(under(&book(vec![other]), &[], &row), open);
}

#[test]
fn any_entry_confirms_the_row_key_that_it_equals() {
    let row = sign(event(), &key(1));
    for orgs in [&["aorg_1"][..], &["aorg_9"], &[]] {
        let found = under(&book(vec![entry(&key(1), orgs)]), &[], &row);
        assert_eq!(found, (None, Level::Pinned, Verdict::Verified), "{orgs:?}");
    }
}

#[test]
fn the_packs_documents_count_only_where_the_reviewer_has_none() {
    let row = sign(event(), &key(1));
    let none = KeyBook::default();
    let open = (None, Level::PackKey, Verdict::Indeterminate);
    assert_eq!(under(&none, &[document(&key(1))], &row), open);
    assert_eq!(under(&none, &[document(&key(2)), document(&key(1))], &row), open);
    let mismatch = (Some(ReasonCode::KeyMismatch), Level::Mismatch, Verdict::Failed);
    assert_eq!(under(&none, &[document(&key(2))], &row), mismatch);
    let verified = (None, Level::Pinned, Verdict::Verified);
    assert_eq!(
        under(&book(vec![entry(&key(1), &["aorg_1"])]), &[document(&key(2))], &row),
        verified
    );
    // What the pack says of itself does not speak against a key that the reviewer holds.
    assert_eq!(
        under(&book(vec![entry(&key(1), &[])]), &[document(&key(2))], &row),
        verified
    );
    assert_eq!(
        under(&book(vec![entry(&key(1), &[])]), &[document(&key(1))], &row),
        verified
    );
}

#[test]
fn a_document_of_the_pack_that_disagrees_is_no_conflict_with_the_key_book() {
    let keys = Keys::new(&KeyBook::default(), &[document(&key(2))]).0;
    let judged = judged_text(&sign(event(), &key(1)).to_string(), &keys);
    assert_eq!(judged.record.reason_codes, [ReasonCode::KeyMismatch]);
}

#[test]
fn a_revoked_or_outdated_entry_confirms_nothing_and_contradicts_nothing() {
    let revoked = KeyEntry {
        revoked_at: Some("2026-02-01T00:00:00Z".to_owned()),
        ..entry(&key(1), &["aorg_1"])
    };
    let outdated = KeyEntry {
        valid_to: Some("2025-12-31T23:59:59Z".to_owned()),
        ..entry(&key(1), &["aorg_1"])
    };
    let open = (None, Level::Embedded, Verdict::Indeterminate);
    for entry in [revoked, outdated] {
        for signer in [1, 2] {
            assert_eq!(
                under(&book(vec![entry.clone()]), &[], &sign(event(), &key(signer))),
                open
            );
        }
    }
    let current = KeyEntry {
        valid_from: Some("2026-01-01T00:00:02.250Z".to_owned()),
        valid_to: Some("2026-01-01T00:00:02.250Z".to_owned()),
        ..entry(&key(1), &["aorg_1"])
    };
    let verified = (None, Level::Pinned, Verdict::Verified);
    assert_eq!(under(&book(vec![current]), &[], &sign(event(), &key(1))), verified);
}

#[test]
fn many_keys_of_a_pack_do_not_make_one_row_slow() {
    let entries: Vec<Value> = (0..200)
        .map(|seed| json!({"public_key": public(&key(seed)).to_hex()}))
        .collect();
    let document = (
        "keys.json".to_owned(),
        json!({"keys": entries}).to_string().into_bytes(),
    );
    let none = KeyBook::default();
    let open = (None, Level::PackKey, Verdict::Indeterminate);
    // Named on the row: found at once.
    let row = sign(event(), &key(199));
    assert_eq!(under(&none, std::slice::from_ref(&document), &row), open);
    // Not named: after a bounded number of trials nothing is known.
    let mut row = row;
    row["signing_public_key"] = Value::Null;
    let limit = (Some(ReasonCode::LimitKeyCount), Level::PackKey, Verdict::Indeterminate);
    assert_eq!(under(&none, &[document], &row), limit);
}

// Properties.

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(any::<String>(), inner, 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

fn any_event() -> impl Strategy<Value = Value> {
    (any_value(), any_value(), any::<String>(), any::<i64>()).prop_map(|(metadata, context, name, seq)| {
        let mut event = event();
        event["metadata"] = metadata;
        event["context"] = context;
        event["actor"]["name"] = json!(name);
        event["seq"] = json!(seq);
        event
    })
}

/// The same members, those of every object in reverse order.
fn reversed(node: &Node<'_>, out: &mut String) {
    match &node.value {
        json::Value::Object(members) => {
            let members: Vec<String> = members
                .iter()
                .rev()
                .map(|member| {
                    let mut value = String::new();
                    reversed(&member.value, &mut value);
                    format!("{}: {value}", json!(member.name.as_str()))
                })
                .collect();
            out.push_str(&format!("{{ {} }}", members.join(" , ")));
        }
        json::Value::Array(items) => {
            let items: Vec<String> = items
                .iter()
                .map(|item| {
                    let mut value = String::new();
                    reversed(item, &mut value);
                    value
                })
                .collect();
            out.push_str(&format!("[{}]", items.join(",\n")));
        }
        json::Value::String(text) => out.push_str(&json!(text.as_str()).to_string()),
        json::Value::Number(literal) => out.push_str(literal),
        json::Value::Bool(truth) => out.push_str(&truth.to_string()),
        json::Value::Null => out.push_str("null"),
    }
}

proptest! {
    #[test]
    fn the_canonical_form_of_a_canonical_form_is_itself(event in any_event()) {
        let first = canonical_of(event.to_string().as_bytes()).expect("canonical bytes");
        prop_assert_eq!(canonical_of(&first), Some(first));
    }

    #[test]
    fn the_order_of_members_does_not_matter(event in any_event()) {
        let row = sign(event, &key(1)).to_string();
        let parsed = json::parse(row.as_bytes(), &Bounds::default()).expect("JSON");
        let mut turned = String::new();
        reversed(&parsed.root, &mut turned);
        prop_assert!(judged_text(&turned, &pinned(&[&key(1)])).valid);
    }

    #[test]
    fn one_changed_byte_of_the_signed_content_fails(event in any_event(), place in any::<prop::sample::Index>(), bit in 0..8_u32) {
        let row = sign(event, &key(1));
        let canonical = canonical_of(row.to_string().as_bytes()).expect("canonical bytes");
        let mut changed = canonical.clone();
        *place.get_mut(changed.as_mut_slice()) ^= 1 << bit;
        // The canonical form with the proof beside it, as a row of its own.
        let proof = |name: &str| format!("\"{name}\":{}", row[name]);
        let proofs = ["payload_hash", "signature", "signing_public_key"].map(proof).join(",");
        let mut text = changed.clone();
        if text.pop() == Some(b'}') {
            text.extend_from_slice(format!(",{proofs}}}").as_bytes());
            let judged = judge(&text, Source::default(), &pinned(&[&key(1)]), &Bounds::default());
            // A letter of a time may be written in either case: such a row says the same.
            prop_assert!(!judged.valid || judged.hash == Some(Digest::of(&canonical)));
        }
    }

    #[test]
    fn no_text_makes_judging_panic(text in any::<Vec<u8>>()) {
        let judged = judge(&text, Source::default(), &nothing_pinned(), &Bounds::default());
        prop_assert!(!judged.valid);
    }
}
