//! Rows that are right, rows that are odd, and rows that mean harm.

mod properties;
mod vectors;

use ed25519_dalek::{Signer as _, SigningKey};
use serde_json::{Value, json};

use super::*;
use crate::check::{CheckId, Outcome};
use crate::json::{self, Bounds};
use crate::keybook::KeyBook;
use crate::signature::tests::lax_signature;
use crate::verdict::Verdict;

/// Judges one row from its exact text: a line, or an element of an array.
fn judge(text: &[u8], source: Source, keys: &Keys, bounds: &Bounds) -> Judged {
    match json::parse(text, bounds) {
        Ok(parsed) => judge_node(&parsed.root, source, keys),
        Err(fault) => unreadable(source, fault.code, fault.to_string()),
    }
}

pub(in super::super) fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

pub(in super::super) fn public(key: &SigningKey) -> PublicKey {
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

pub(in super::super) fn judged_text(text: &str, keys: &Keys) -> Judged {
    judge(text.as_bytes(), Source::default(), keys, &Bounds::default())
}

fn canonical_of(text: &[u8]) -> Option<Vec<u8>> {
    let parsed = json::parse(text, &Bounds::default()).expect("JSON");
    canonical::bytes(&Row::of(&parsed.root)).ok()
}

pub(in super::super) fn event() -> Value {
    json!({
        "id": "aevt_1", "org_id": "aorg_1", "seq": 7, "occurred_at": "2026-01-01T00:00:01.5Z",
        "ingested_at": "2026-01-01T00:00:02.250Z", "action": "user.signed_in",
        "actor": {"type": "user", "id": "u_1", "name": "Ada"}, "targets": [{"type": "doc", "id": "d_1"}],
        "context": {"location": "Berlin"}, "metadata": {"plan": "growth", "seats": 51}
    })
}

/// The event with hash, signature and key.
pub(in super::super) fn sign(mut event: Value, key: &SigningKey) -> Value {
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

/// What the check of the signature says besides.
pub(in super::super) fn detail(judged: &Judged, name: &str) -> Option<String> {
    let check = judged
        .record
        .checks
        .iter()
        .find(|check| check.id == CheckId::Signature)?;
    let found = check.details.iter().find(|(label, _)| *label == name)?;
    Some(found.1.clone())
}

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
    let source = |judged: &Judged| detail(judged, "keySource");
    assert_eq!(source(&verified).as_deref(), Some("pinned"));
    assert_eq!(source(&open).as_deref(), Some("row"));
    assert_eq!(detail(&verified, "laxerRule"), None);
    let mut other = row.clone();
    other["action"] = json!("user.signed_out");
    let broken = judged_text(&other.to_string(), &nothing_pinned());
    assert_eq!((source(&broken), detail(&broken, "laxerRule")), (None, None));
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
        Verdict::Failed,
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
fn what_no_hash_says_of_the_content_only_a_fitting_signature_tells() {
    let mut row = sign(event(), &key(1));
    row["payload_hash"] = Value::Null;
    let hash = |row: &Value, keys: &Keys| outcome(&judged_text(&row.to_string(), keys), CheckId::PayloadHash);
    assert_eq!(hash(&row, &nothing_pinned()), Outcome::Pass);
    let not_told = Outcome::Skipped(ReasonCode::NoPayloadHash);
    assert_eq!(hash(&row, &pinned(&[&key(2)])), not_told);
    row["action"] = json!("user.signed_out");
    assert_eq!(hash(&row, &nothing_pinned()), not_told);
    row["signature"] = Value::Null;
    assert_eq!(hash(&row, &nothing_pinned()), not_told);
}

#[test]
fn an_empty_signature_is_none_and_an_empty_key_is_none() {
    let mut row = sign(event(), &key(1));
    row["signature"] = json!("");
    check(&row, &nothing_pinned(), Some(ReasonCode::NoSignature), Verdict::Failed);
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

/// The spec's words for the hash and for the signature.
fn native(judged: &Judged) -> [&str; 2] {
    let word = |id: CheckId| judged.record.native.checks.get(id.as_str()).map(|word| &**word);
    [CheckId::PayloadHash, CheckId::Signature].map(|id| word(id).unwrap_or_default())
}

#[test]
fn the_specs_words_say_what_was_compared() {
    let row = sign(event(), &key(1));
    let words = |row: &Value, keys: &Keys| native(&judged_text(&row.to_string(), keys)).map(str::to_owned);
    assert_eq!(words(&row, &pinned(&[&key(1)])), ["PASS", "PASS"]);
    assert_eq!(words(&row, &nothing_pinned()), ["PASS", "WARN"]);
    assert_eq!(words(&row, &pinned(&[&key(2)])), ["PASS", "FAIL"]);
    let mut changed = row.clone();
    changed["action"] = json!("user.signed_out");
    assert_eq!(words(&changed, &nothing_pinned()), ["FAIL", "NOT_EVALUABLE"]);
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
    assert_eq!(native(&judged), ["NOT_EVALUABLE", "NOT_EVALUABLE"]);
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
    let signature = lax_signature(1, &canonical_of(row.to_string().as_bytes()).unwrap());
    row["signature"] = json!(data_encoding::HEXLOWER.encode(&signature));
    let refused = check(
        &row,
        &pinned(&[&key(1)]),
        Some(ReasonCode::SignatureInvalid),
        Verdict::Failed,
    );
    assert_eq!(detail(&refused, "laxerRule").as_deref(), Some("SIG_NOT_STRICT"));
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
