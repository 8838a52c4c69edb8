//! Rows against the reviewer's keys and those of the pack.

use ed25519_dalek::{Signer as _, SigningKey};
use serde_json::{Value, json};

use super::super::event::tests::{detail, event, judged_text, key, public, sign};
use super::*;
use crate::confirmation::Confirmation;
use crate::keybook::{self, EcosystemName, KeyEntry, SuppliedKeys};
use crate::report::{KeyOrigin, KeySeen};
use crate::signature::tests::lax_signature;
use crate::verdict::Verdict;

fn entry(key: &SigningKey, orgs: &[&str]) -> KeyEntry {
    KeyEntry {
        issuer: "Acme".to_owned(),
        ..keybook::tests::entry(EcosystemName::Invoance, public(key), orgs)
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
    for (entry, word) in [(revoked, "revoked"), (outdated, "outsideWindow")] {
        for signer in [1, 2] {
            let row = sign(event(), &key(signer));
            assert_eq!(under(&book(vec![entry.clone()]), &[], &row), open);
            // The check says what speaks against the key, of the key that made the signature alone.
            let judged = judged_text(&row.to_string(), &Keys::new(&book(vec![entry.clone()]), &[]).0);
            let said = (signer == 1).then_some(word);
            assert_eq!(detail(&judged, "keyState").as_deref(), said);
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

fn seen(keys: &Keys, rows: &[Value]) -> Vec<KeySeen> {
    let mut seen = KeysSeen::default();
    for row in rows {
        seen.add(&judged_text(&row.to_string(), keys));
    }
    let (list, findings) = seen.finish(keys);
    assert_eq!(findings, []);
    list
}

fn summary(key: &KeySeen) -> (Option<String>, KeyOrigin, KeyState, u64) {
    (key.public_key.clone(), key.origin, key.state, key.signatures)
}

#[test]
fn the_keys_that_mattered_are_listed_once_each() {
    let hex = |seed| Some(public(&key(seed)).to_hex());
    let book = book(vec![
        entry(&key(1), &["aorg_1"]),
        entry(&key(8), &["aorg_9"]),
        entry(&key(9), &["aorg_1"]),
    ]);
    let (keys, _) = Keys::new(&book, &[document(&key(3))]);
    let mut late = event();
    late["ingested_at"] = json!("2026-03-01T01:00:00+01:00");
    let list = seen(
        &keys,
        &[sign(late, &key(1)), sign(event(), &key(1)), sign(event(), &key(2))],
    );
    let summaries: Vec<_> = list.iter().map(summary).collect();
    assert_eq!(
        summaries,
        [
            (hex(1), KeyOrigin::KeyBook, KeyState::Confirmed, 2),
            // It signs for the same organisation, and no row bears it.
            (hex(9), KeyOrigin::KeyBook, KeyState::Confirmed, 0),
            (hex(3), KeyOrigin::Pack, KeyState::SuppliedBySender, 0),
            (hex(2), KeyOrigin::Pack, KeyState::Conflict, 1),
        ]
    );
    assert_eq!(list[0].first_signed.as_deref(), Some("2026-01-01T00:00:02.250Z"));
    assert_eq!(list[0].last_signed.as_deref(), Some("2026-03-01T00:00:00.000Z"));
    assert_eq!(list[3].signs_for.as_deref(), Some("aorg_1"));
    assert_eq!(list[2].source, "key.json");
}

#[test]
fn what_the_key_book_says_of_a_key_is_shown_with_it() {
    let shown = |entry: KeyEntry| {
        let (keys, _) = Keys::new(&book(vec![entry]), &[]);
        seen(&keys, &[sign(event(), &key(1))]).swap_remove(0)
    };
    let mut listed = entry(&key(1), &["aorg_1", "aorg_2"]);
    listed.key_id = Some("k1".to_owned());
    listed.valid_from = Some("2025-01-01T00:00:00Z".to_owned());
    listed.valid_to = Some("2027-01-01T00:00:00Z".to_owned());
    let confirmed = Some(Confirmation::from(&listed));
    let found = shown(listed);
    assert_eq!(found.key_id.as_deref(), Some("k1"));
    assert_eq!(found.signs_for.as_deref(), Some("aorg_1, aorg_2"));
    assert_eq!(found.valid_from.as_deref(), Some("2025-01-01T00:00:00Z"));
    assert_eq!(found.valid_to.as_deref(), Some("2027-01-01T00:00:00Z"));
    assert_eq!((found.state, found.confirmed), (KeyState::Confirmed, confirmed));
    // A document says so itself.
    let text =
        json!({"domain": "acme.example", "key_id": "d1", "status": "retired", "public_key": public(&key(1)).to_hex()});
    let supplied = SuppliedKeys {
        name: "tenant.json".to_owned(),
        ecosystem: Ecosystem::Invoance,
        bytes: text.to_string().into_bytes(),
    };
    let given = KeyBook {
        supplied: vec![supplied],
        ..KeyBook::default()
    };
    let document = seen(&Keys::new(&given, &[]).0, &[sign(event(), &key(1))]).swap_remove(0);
    assert_eq!(document.key_id.as_deref(), Some("d1"));
    assert_eq!(document.signs_for.as_deref(), Some("acme.example"));
    assert_eq!(document.status.as_deref(), Some("retired"));
    // Where it names no organisation, the issuer stands there.
    assert_eq!(shown(entry(&key(1), &[])).signs_for.as_deref(), Some("Acme"));
}

#[test]
fn a_key_that_only_rows_supply_is_the_senders() {
    let keys = Keys::default();
    let list = seen(&keys, &[sign(event(), &key(2))]);
    assert_eq!(
        summary(&list[0]),
        (
            Some(public(&key(2)).to_hex()),
            KeyOrigin::Pack,
            KeyState::SuppliedBySender,
            1
        )
    );
    assert_eq!(list[0].confirmed, None);
}

#[test]
fn a_file_given_for_the_run_may_be_a_document_or_a_single_key() {
    let hex = public(&key(1)).to_hex();
    for bytes in [
        document(&key(1)).1,
        hex.clone().into_bytes(),
        format!(" {hex}\n").into_bytes(),
    ] {
        let file = crate::keybook::SuppliedKeys {
            name: "tenant.json".to_owned(),
            ecosystem: Ecosystem::Invoance,
            bytes,
        };
        let book = KeyBook {
            supplied: vec![file],
            ..KeyBook::default()
        };
        let verified = (None, Level::Pinned, Verdict::Verified);
        assert_eq!(under(&book, &[], &sign(event(), &key(1))), verified);
        let list = seen(&Keys::new(&book, &[]).0, &[]);
        assert_eq!(
            list[0].confirmed,
            Some(Confirmation::Given(Some("tenant.json".to_owned())))
        );
    }
}

#[test]
fn a_key_of_mixed_order_is_remarked() {
    use curve25519_dalek::constants::{ED25519_BASEPOINT_POINT, EIGHT_TORSION};
    let mixed = ED25519_BASEPOINT_POINT + EIGHT_TORSION[1];
    let hex = data_encoding::HEXLOWER.encode(mixed.compress().as_bytes());
    let document = (
        "key.json".to_owned(),
        json!({"public_key": hex}).to_string().into_bytes(),
    );
    let (_, findings) = Keys::new(&KeyBook::default(), &[document]);
    assert_eq!(findings, [Finding::new(ReasonCode::KeyMixedOrder, "key.json", &hex)]);
    let mut row = sign(event(), &key(1));
    row["signing_public_key"] = json!(hex);
    let judged = judged_text(&row.to_string(), &Keys::default());
    assert_eq!(judged.record.notes, [ReasonCode::KeyMixedOrder]);
    assert_eq!(judged.reason, Some(ReasonCode::SignatureInvalid));
}

#[test]
fn the_copies_of_a_key_are_one_object() {
    let (keys, _) = Keys::new(&KeyBook::default(), &[]);
    let text = json!(public(&key(1)).to_hex().to_uppercase()).to_string();
    let parsed = crate::json::parse(text.as_bytes(), &crate::json::Bounds::default()).expect("JSON");
    let (RowKey::Key(one), RowKey::Key(other)) = (keys.on_row(Some(&parsed.root)), keys.on_row(Some(&parsed.root)))
    else {
        panic!("no keys");
    };
    assert!(Arc::ptr_eq(&one, &other));
}

const MESSAGE: &[u8] = b"canonical bytes";

/// What holding a signature of `MESSAGE` came to, where the row bears the key `named`.
fn held(keys: &Keys, named: u8, signature: &[u8; 64], fits_row_key: bool) -> Answer {
    let row_key = RowKey::Key(row_key::Met::of(public(&key(named))));
    keys.hold(Signed {
        org: Some("aorg_1"),
        at: None,
        row_key: &row_key,
        message: MESSAGE,
        signature: Some(signature),
        fits_row_key,
    })
}

fn signed(seed: u8) -> [u8; 64] {
    key(seed).sign(MESSAGE).to_bytes()
}

#[test]
fn that_a_signature_fits_the_keys_own_row_says_nothing_of_another_key() {
    let reviewers = Keys::new(&book(vec![entry(&key(2), &["aorg_1"])]), &[]).0;
    // Known to fit the row's key 1, which is not the one that the reviewer confirmed for this organisation.
    let answer = held(&reviewers, 1, &signed(1), true);
    assert_eq!(answer.result, Err(ReasonCode::KeyMismatch));
    assert_eq!((answer.level, answer.state), (Level::Mismatch, KeyState::Conflict));
    assert_eq!(answer.expected, Some(public(&key(2))));
    // It is not tried again under the row's key: that was done before.
    let answer = held(&Keys::default(), 1, &signed(9), true);
    assert_eq!((answer.result, answer.level), (Ok(public(&key(1))), Level::Embedded));
}

#[test]
fn a_signature_that_fits_no_key_accuses_the_signature_and_not_the_key() {
    for keys in [
        Keys::new(&book(vec![entry(&key(2), &["aorg_1"])]), &[]).0,
        Keys::new(&KeyBook::default(), &[document(&key(2))]).0,
        Keys::default(),
    ] {
        for named in [1, 2] {
            let answer = held(&keys, named, &signed(9), false);
            assert_eq!(answer.result, Err(ReasonCode::SignatureInvalid), "{named}");
            assert_eq!(answer.explanation, Some(ReasonCode::SigInvalid), "{named}");
        }
    }
}

#[test]
fn where_a_laxer_rule_accepts_that_is_the_explanation_whichever_key_comes_first() {
    let keys = Keys::new(
        &book(vec![entry(&key(2), &["aorg_1"]), entry(&key(3), &["aorg_1"])]),
        &[],
    )
    .0;
    for seed in [1, 2, 3] {
        let lax = lax_signature(seed, MESSAGE).try_into().expect("64 bytes");
        let answer = held(&keys, 1, &lax, false);
        assert_eq!(answer.result, Err(ReasonCode::SignatureInvalid), "{seed}");
        assert_eq!(answer.explanation, Some(ReasonCode::SigNotStrict), "{seed}");
    }
}

#[test]
fn the_reviewers_own_key_outranks_what_the_pack_lists() {
    let mut elsewhere = entry(&key(1), &["aorg_9"]);
    let keys = Keys::new(&book(vec![elsewhere.clone()]), &[document(&key(2))]).0;
    let answer = held(&keys, 1, &signed(1), false);
    assert_eq!((answer.result, answer.level), (Ok(public(&key(1))), Level::Pinned));
    elsewhere.public_key = public(&key(3));
    let keys = Keys::new(&book(vec![elsewhere]), &[document(&key(2))]).0;
    let answer = held(&keys, 1, &signed(1), false);
    assert_eq!(answer.result, Err(ReasonCode::KeyMismatch));
}

#[test]
fn a_key_beyond_those_that_are_kept_contradicts_nothing() {
    use curve25519_dalek::constants::ED25519_BASEPOINT_POINT;
    let none = KeyBook::default();
    let mut point = ED25519_BASEPOINT_POINT;
    let mut entry = || {
        point += ED25519_BASEPOINT_POINT;
        json!({"public_key": data_encoding::HEXLOWER.encode(point.compress().as_bytes())})
    };
    let mut entries: Vec<Value> = (0..KEPT).map(|_| entry()).collect();
    let document = |entries: &[Value]| {
        (
            "keys.json".to_owned(),
            json!({"keys": entries}).to_string().into_bytes(),
        )
    };
    let row = sign(event(), &key(1));
    let mismatch = (Some(ReasonCode::KeyMismatch), Level::Mismatch, Verdict::Failed);
    assert_eq!(under(&none, &[document(&entries)], &row), mismatch);
    entries.push(json!({"public_key": public(&key(1)).to_hex()}));
    let limit = (Some(ReasonCode::LimitKeyCount), Level::PackKey, Verdict::Indeterminate);
    assert_eq!(under(&none, &[document(&entries)], &row), limit);
}

#[test]
fn what_was_not_read_may_list_the_key_of_a_row() {
    let left_out = |book: &KeyBook, documents: &[(String, Vec<u8>)]| {
        let mut keys = Keys::new(book, documents).0;
        keys.leave_out(ReasonCode::LimitEntrySize);
        keys
    };
    let pack = left_out(&KeyBook::default(), &[document(&key(2))]);
    let limit = Err(ReasonCode::LimitEntrySize);
    for signature in [signed(1), signed(9)] {
        let answer = held(&pack, 1, &signature, false);
        assert_eq!((answer.result, answer.level), (limit.clone(), Level::PackKey));
    }
    assert_eq!(held(&pack, 2, &signed(2), false).result, Ok(public(&key(2))));
    // The reviewer's keys are all at hand.
    let reviewers = left_out(&book(vec![entry(&key(2), &["aorg_1"])]), &[]);
    assert_eq!(
        held(&reviewers, 1, &signed(1), false).result,
        Err(ReasonCode::KeyMismatch)
    );
    // Nothing of the row's own is left out.
    let alone = left_out(&KeyBook::default(), &[]);
    assert_eq!(
        held(&alone, 1, &signed(9), false).result,
        Err(ReasonCode::SignatureInvalid)
    );
}

#[test]
fn so_many_keys_of_rows_are_kept() {
    use curve25519_dalek::constants::ED25519_BASEPOINT_POINT;
    let keys = Keys::default();
    let mut point = ED25519_BASEPOINT_POINT;
    for _ in 0..KEPT + 2 {
        point += ED25519_BASEPOINT_POINT;
        let text = format!("\"{}\"", data_encoding::HEXLOWER.encode(point.compress().as_bytes()));
        let parsed = crate::json::parse(text.as_bytes(), &crate::json::Bounds::default()).expect("JSON");
        assert!(keys.on_row(Some(&parsed.root)).key().is_some());
    }
    assert_eq!(keys.met.read().expect("no thread broke").len(), KEPT);
}

#[test]
fn what_is_no_signature_fits_no_key_that_was_left_out_either() {
    let mut keys = Keys::new(&KeyBook::default(), &[document(&key(2))]).0;
    keys.leave_out(ReasonCode::LimitKeyCount);
    let row_key = RowKey::Key(row_key::Met::of(public(&key(1))));
    let held = |signature: Option<&[u8; 64]>| {
        let signed = Signed {
            org: Some("aorg_1"),
            at: None,
            row_key: &row_key,
            message: MESSAGE,
            signature,
            fits_row_key: false,
        };
        keys.hold(signed).result
    };
    assert_eq!(held(None), Err(ReasonCode::SignatureInvalid));
    assert_eq!(held(Some(&signed(9))), Err(ReasonCode::LimitKeyCount));
}
