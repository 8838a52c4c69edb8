//! Which key a signature must be by, rule by rule.

use data_encoding::BASE64;
use ed25519_dalek::{Signer as _, SigningKey};
use serde_json::{Value, json};

use super::super::legacy_json;
use super::*;
use crate::confirmation::Confirmation;
use crate::digest::Digest;
use crate::keybook::{self, KeyEntry, SuppliedKeys};
use crate::report::{KeyOrigin, KeyState};

fn signer(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

fn key(seed: u8) -> PublicKey {
    PublicKey::from_bytes(signer(seed).verifying_key().as_bytes()).expect("a key")
}

/// The key of this seed as evidence writes it.
fn text(seed: u8) -> String {
    format!("ed25519:{}", BASE64.encode(key(seed).as_bytes()))
}

/// The first digits of its fingerprint.
fn digits(seed: u8, length: usize) -> String {
    key(seed).fingerprint().to_hex()[..length].to_owned()
}

fn claim<'c>(key_id: Option<&'c str>, public_key: Option<&'c str>) -> Claim<'c> {
    Claim {
        key_id,
        public_key,
        signed_at: Some("2026-03-01T00:00:00Z"),
        project: Some("project-1"),
    }
}

fn given(seeds: &[u8]) -> Keys {
    Keys::of(&KeyBook {
        bare: seeds.iter().copied().map(key).collect(),
        ..KeyBook::default()
    })
}

/// Key manifests given for this run.
fn supplied(lists: &[Value]) -> Keys {
    book(Vec::new(), lists)
}

fn book(entries: Vec<KeyEntry>, lists: &[Value]) -> Keys {
    let file = |(number, list): (usize, &Value)| SuppliedKeys {
        name: format!("{number}.json"),
        ecosystem: Ecosystem::Keel,
        bytes: list.to_string().into_bytes(),
    };
    Keys::of(&KeyBook {
        name: "Desk".to_owned(),
        entries,
        supplied: lists.iter().enumerate().map(file).collect(),
        ..KeyBook::default()
    })
}

/// An entry of a list of keys, with more members or others.
fn listed(key_id: &str, seed: u8, more: Value) -> Value {
    let mut entry = json!({"key_id": key_id, "public_key": text(seed), "purpose": "export_signing"});
    let members = entry.as_object_mut().unwrap();
    for (name, value) in more.as_object().unwrap() {
        members.insert(name.clone(), value.clone());
    }
    entry
}

fn list(entries: &[Value]) -> Value {
    json!({ "keys": entries })
}

/// An entry of the reviewer's key book.
fn entry(seed: u8, key_id: Option<&str>, signs_for: &[&str]) -> KeyEntry {
    KeyEntry {
        key_id: key_id.map(str::to_owned),
        ..keybook::tests::entry(EcosystemName::Keel, key(seed), signs_for)
    }
}

/// The seed of the key that is to verify, and the doubt.
fn answer(keys: &Keys, purpose: Purpose, claim: Claim<'_>) -> (Option<u8>, Option<ReasonCode>) {
    let resolved = keys.resolve(purpose, &claim);
    let seed = |found: &PublicKey| (0..10).find(|seed| key(*seed).as_bytes() == found.as_bytes());
    (resolved.key.as_ref().and_then(seed), resolved.doubt)
}

fn exports(keys: &Keys, claim: Claim<'_>) -> (Option<u8>, Option<ReasonCode>) {
    answer(keys, Purpose::ExportSigning, claim)
}

const UNRESOLVED: Option<ReasonCode> = Some(ReasonCode::TrustRootUnresolvable);

#[test]
fn a_key_given_by_itself_confirms_an_equal_key_for_exports_alone() {
    let keys = given(&[1, 2]);
    assert_eq!(exports(&keys, claim(None, Some(&text(1)))), (Some(1), None));
    assert_eq!(exports(&keys, claim(None, Some(&text(2)))), (Some(2), None));
    for length in [16, 32, 64] {
        let id = digits(2, length);
        assert_eq!(exports(&keys, claim(Some(&id), None)), (Some(2), None), "{length}");
        let prefixed = format!("sha256:{id}");
        assert_eq!(
            exports(&keys, claim(Some(&prefixed), None)),
            (Some(2), None),
            "{length}"
        );
    }
    for id in [
        digits(2, 15),
        digits(2, 63),
        digits(3, 16),
        "k1".to_owned(),
        String::new(),
    ] {
        assert_eq!(exports(&keys, claim(Some(&id), None)), (None, UNRESOLVED), "{id}");
    }
    assert_eq!(exports(&keys, claim(None, Some(&text(3)))), (Some(3), UNRESOLVED));
    for purpose in [
        Purpose::IntegrityCheckpoint,
        Purpose::PermitBindingSigning,
        Purpose::ScopeState,
    ] {
        let found = answer(&keys, purpose, claim(Some(&digits(1, 32)), Some(&text(1))));
        assert_eq!(found, (Some(1), UNRESOLVED));
    }
}

#[test]
fn where_the_evidence_names_no_key_the_one_that_fits_is_taken() {
    let keys = given(&[1, 2]);
    let fits = |found: &PublicKey| found.as_bytes() == key(2).as_bytes();
    let taken = keys.untold(Purpose::ExportSigning, &claim(None, None), &fits).unwrap();
    assert_eq!((taken.key.unwrap().as_bytes(), taken.doubt), (key(2).as_bytes(), None));
    let none = |purpose, claim: Claim<'_>| keys.untold(purpose, &claim, &fits).is_none();
    assert!(none(Purpose::ExportSigning, claim(Some("k"), None)));
    assert!(none(Purpose::ExportSigning, claim(None, Some(&text(2)))));
    assert!(none(Purpose::IntegrityCheckpoint, claim(None, None)));
    let fits = |_: &PublicKey| false;
    assert!(keys.untold(Purpose::ExportSigning, &claim(None, None), &fits).is_none());
}

#[test]
fn a_key_of_the_pack_is_at_hand_and_confirms_nothing() {
    let mut keys = Keys::default();
    let checkpoint = listed("k1", 2, json!({"purpose": "integrity_checkpoint"}));
    let of_pack = list(&[checkpoint, listed("k2", 3, json!({})), listed("k1", 1, json!({}))]);
    keys.add_of_pack("keys.json", of_pack.to_string().as_bytes()).unwrap();
    assert_eq!((keys.count_of_pack(), keys.any()), (3, false));
    let own = Some(ReasonCode::SelfAssertedKey);
    assert_eq!(exports(&keys, claim(Some("k1"), None)), (Some(1), own));
    let checkpoint = answer(&keys, Purpose::IntegrityCheckpoint, claim(Some("k1"), None));
    assert_eq!(checkpoint, (Some(2), own));
    assert_eq!(exports(&keys, claim(Some("k3"), None)), (None, UNRESOLVED));
    // A key in the evidence that cannot be read is not replaced by another.
    assert_eq!(exports(&keys, claim(Some("k1"), Some("ed25519:x"))), (None, UNRESOLVED));
    assert_eq!(exports(&keys, claim(Some("k1"), Some(&text(4)))), (Some(4), own));
    // Where the reviewer has a key, the sender's shows no more than that the files belong together.
    keys.bare = given(&[9]).bare;
    assert_eq!(exports(&keys, claim(Some("k1"), None)), (Some(1), UNRESOLVED));
    assert!(keys.add_of_pack("bad.json", b"{}").is_err());
    assert_eq!(keys.count_of_pack(), 3);
}

#[test]
fn whether_there_is_any_key() {
    assert!(!Keys::default().any());
    assert!(given(&[1]).any());
    assert!(supplied(&[list(&[listed("k", 1, json!({}))])]).any());
    assert!(supplied(&[json!("not a list")]).any());
    assert!(!supplied(&[list(&[])]).any());
    let foreign = SuppliedKeys {
        name: "node.json".to_owned(),
        ecosystem: Ecosystem::NexArt,
        bytes: list(&[listed("k", 1, json!({}))]).to_string().into_bytes(),
    };
    let mut other = entry(1, Some("k"), &[]);
    other.ecosystem = EcosystemName::NexArt;
    let keys = Keys::of(&KeyBook {
        entries: vec![other],
        supplied: vec![foreign],
        ..KeyBook::default()
    });
    assert!(!keys.any());
}

#[test]
fn an_entry_is_chosen_by_its_key_id_and_purpose() {
    let checkpoint = listed("k1", 3, json!({"purpose": "integrity_checkpoint"}));
    let keys = supplied(&[list(&[
        checkpoint,
        listed("k1", 1, json!({})),
        listed("k2", 2, json!({})),
    ])]);
    assert_eq!(exports(&keys, claim(Some("k1"), None)), (Some(1), None));
    assert_eq!(exports(&keys, claim(Some("k2"), Some(&text(2)))), (Some(2), None));
    let checkpoint = answer(&keys, Purpose::IntegrityCheckpoint, claim(Some("k1"), None));
    assert_eq!(checkpoint, (Some(3), None));
    assert_eq!(
        answer(&keys, Purpose::ScopeState, claim(Some("k1"), None)),
        (None, UNRESOLVED)
    );
    // The evidence carries another key than the one that is listed under this name.
    let mismatch = Some(ReasonCode::ManifestPublicKeyMismatch);
    assert_eq!(exports(&keys, claim(Some("k1"), Some(&text(2)))), (Some(1), mismatch));
    assert_eq!(
        exports(&keys, claim(Some("k1"), Some("ed25519:x"))),
        (Some(1), mismatch)
    );
    let unlisted = keys.resolve(Purpose::ExportSigning, &claim(Some("k9"), None));
    assert_eq!(unlisted.detail, "the trust root does not list the key");
}

#[test]
fn without_a_key_id_it_must_be_the_only_one_that_was_active() {
    let until = |time: &str| json!({ "valid_to": time });
    let old = listed("k1", 1, until("2026-01-31T00:00:00Z"));
    let new = listed("k2", 2, json!({"active_from": "2026-02-01T00:00:00Z"}));
    let keys = supplied(&[list(&[old.clone(), new])]);
    assert_eq!(exports(&keys, claim(None, None)), (Some(2), None));
    let timeless = Claim {
        signed_at: None,
        ..claim(None, None)
    };
    let several = keys.resolve(Purpose::ExportSigning, &timeless);
    assert_eq!(several.doubt, UNRESOLVED);
    assert_eq!(several.detail, "several keys of the trust root could have signed");
    let none = supplied(&[list(&[old])]);
    let none = none.resolve(Purpose::ExportSigning, &claim(None, None));
    assert_eq!(none.detail, "no key of the trust root was active at the stated time");
    assert_eq!(
        Keys::default().resolve(Purpose::ExportSigning, &timeless).detail,
        "no trust root was given"
    );
}

#[test]
fn a_listed_key_is_revoked_outside_its_period_or_trusted() {
    let doubt = |more: Value| {
        let keys = supplied(&[list(&[listed("k1", 1, more)])]);
        exports(&keys, claim(Some("k1"), None)).1
    };
    let (revoked, expired) = (
        Some(ReasonCode::SigningKeyRevoked),
        Some(ReasonCode::KeyExpiredAtSigningTime),
    );
    for (more, expected) in [
        (
            json!({"revoked_at": null, "compromised_at": null, "status": "active"}),
            None,
        ),
        (json!({"revoked_at": "2026-04-01T00:00:00Z"}), revoked),
        (json!({"compromised_at": "2026-04-01T00:00:00Z"}), revoked),
        (json!({"status": " Revoked"}), revoked),
        (json!({"status": "compromised"}), revoked),
        (json!({"revoked_at": "x", "valid_to": "2026-01-01T00:00:00Z"}), revoked),
        (
            json!({"valid_from": "2026-03-01T00:00:00Z", "valid_to": "2026-03-01T00:00:00Z"}),
            None,
        ),
        (json!({"valid_from": "2026-03-01T00:00:01Z"}), expired),
        (json!({"valid_to": "2026-02-28T23:59:59Z"}), expired),
        (json!({"active_to": "2026-02-28T23:59:59Z"}), expired),
        (json!({"valid_to": null, "active_to": "2026-02-28T23:59:59Z"}), expired),
        (
            json!({"valid_to": "2026-12-31T00:00:00Z", "active_to": "2026-02-28T23:59:59Z"}),
            None,
        ),
    ] {
        assert_eq!(doubt(more.clone()), expected, "{more}");
    }
}

#[test]
fn an_entry_that_cannot_be_read_decides_nothing() {
    let detail = |more: Value| {
        let keys = supplied(&[list(&[listed("k1", 1, more)])]);
        let resolved = keys.resolve(Purpose::ExportSigning, &claim(Some("k1"), None));
        assert_eq!((resolved.entry.is_some(), resolved.doubt), (false, UNRESOLVED));
        resolved.detail
    };
    let period = "the period of the key in the trust root cannot be read";
    assert_eq!(detail(json!({"valid_from": "yesterday"})), period);
    assert_eq!(detail(json!({"valid_to": 3})), period);
    for (more, code) in [
        (json!({"public_key": "x"}), "KEY_MALFORMED"),
        (json!({"public_key": null}), "KEY_MALFORMED"),
        (json!({"algorithm": "RSA"}), "KEY_WRONG_ALGORITHM"),
        (json!({"algorithm": 1}), "KEY_WRONG_ALGORITHM"),
    ] {
        let expected = format!("the key in the trust root cannot be used ({code})");
        assert_eq!(detail(more), expected);
    }
    let sound = supplied(&[list(&[json!({
        "key_id": "k1",
        "public_key_b64": BASE64.encode(key(1).as_bytes()),
        "purpose": "export_signing",
        "algorithm": "ED25519",
    })])]);
    assert_eq!(exports(&sound, claim(Some("k1"), None)), (Some(1), None));
}

#[test]
fn the_purpose_of_a_list_holds_for_entries_that_state_none() {
    let bare = |more: Value| {
        let mut entry = listed("k1", 1, more);
        if entry["purpose"].is_null() {
            entry.as_object_mut().unwrap().remove("purpose");
        }
        supplied(&[json!({"purpose": "integrity_checkpoint", "keys": [entry]})])
    };
    let checkpoint = |keys: &Keys| answer(keys, Purpose::IntegrityCheckpoint, claim(Some("k1"), None)).1;
    assert_eq!(checkpoint(&bare(json!({"purpose": null}))), None);
    assert_eq!(checkpoint(&bare(json!({}))), UNRESOLVED);
    assert_eq!(checkpoint(&bare(json!({"purpose": "other"}))), UNRESOLVED);
}

#[test]
fn each_root_is_asked_for_what_those_before_it_do_not_list() {
    let lists = [list(&[listed("k1", 1, json!({}))])];
    let keys = book(vec![entry(2, Some("k1"), &[]), entry(3, Some("k3"), &[])], &lists);
    assert_eq!(exports(&keys, claim(Some("k1"), None)), (Some(1), None));
    assert_eq!(exports(&keys, claim(Some("k3"), None)), (Some(3), None));
    assert_eq!(keys.listed(Purpose::ExportSigning).count(), 1);
    let other = json!({"purpose": "scope_state"});
    let keys = book(vec![entry(2, Some("k1"), &[])], &[list(&[listed("k9", 1, other)])]);
    assert_eq!(keys.listed(Purpose::ExportSigning).count(), 1);
    assert_eq!(keys.listed(Purpose::ScopeState).count(), 1);
    assert_eq!(keys.listed(Purpose::IntegrityCheckpoint).count(), 0);
}

#[test]
fn an_entry_of_the_key_book_is_about_the_projects_that_it_names() {
    let keys = book(
        vec![entry(1, None, &["project-2"]), entry(2, None, &["project-1"])],
        &[],
    );
    assert_eq!(exports(&keys, claim(None, None)), (Some(2), None));
    let own_id = format!("sha256:{}", digits(1, 32));
    assert_eq!(exports(&keys, claim(Some(&own_id), None)), (None, UNRESOLVED));
    let mismatch = Some(ReasonCode::ManifestPublicKeyMismatch);
    assert_eq!(exports(&keys, claim(None, Some(&text(3)))), (Some(2), mismatch));
    // One that names no project is not the key of evidence that carries another.
    let keys = book(vec![entry(2, None, &[])], &[]);
    assert_eq!(exports(&keys, claim(None, Some(&text(2)))), (Some(2), None));
    assert_eq!(exports(&keys, claim(None, Some(&text(3)))), (Some(3), UNRESOLVED));
    let own_id = format!("sha256:{}", digits(2, 32));
    assert_eq!(
        exports(&keys, claim(Some(&own_id), Some(&text(3)))),
        (Some(2), mismatch)
    );
    // A key that was given for this run is the key of this evidence.
    let keys = supplied(&[list(&[listed("k1", 2, json!({}))])]);
    assert_eq!(exports(&keys, claim(None, Some(&text(3)))), (Some(2), mismatch));
}

#[test]
fn an_entry_of_the_key_book_signs_for_each_of_its_purposes() {
    let mut both = entry(1, None, &[]);
    both.purpose = Some("scope_state, permit_binding_signing".to_owned());
    both.revoked_at = Some("2026-02-01T00:00:00Z".to_owned());
    let keys = book(vec![both], &[]);
    assert_eq!(keys.listed(Purpose::ScopeState).count(), 1);
    assert_eq!(keys.listed(Purpose::ExportSigning).count(), 0);
    // A binding key has an id of its own form.
    let binding: Vec<_> = keys.listed(Purpose::PermitBindingSigning).collect();
    assert_eq!(binding[0].key_id, Some(digits(1, 16)));
    assert_eq!(key_id_of_binding(&key(1)), digits(1, 16));
    assert!(binding[0].is_stopped());
}

#[test]
fn binding_keys_have_a_period_that_can_be_read() {
    let binding = |seed, more: Value| {
        let mut more = more;
        more["purpose"] = json!("permit_binding_signing");
        listed("k", seed, more)
    };
    let keys = supplied(&[list(&[
        binding(
            1,
            json!({"valid_from": "2026-01-01T00:00:00Z", "revoked_at": "2026-02-01T00:00:00Z"}),
        ),
        binding(2, json!({"valid_to": "never"})),
        binding(3, json!({"valid_from": 1})),
        binding(4, json!({"public_key": "x"})),
        binding(5, json!({"valid_to": "2026-12-31T00:00:00Z"})),
        listed("k", 6, json!({})),
    ])]);
    let found = keys.binding();
    let raw: Vec<&[u8; 32]> = found.iter().map(|binding| binding.key.as_bytes()).collect();
    assert_eq!(raw, [key(1).as_bytes(), key(5).as_bytes()]);
    assert_eq!((found[0].revoked, found[1].revoked), (true, false));
    assert_eq!(
        (found[0].valid_from, found[0].valid_to),
        (moment("2026-01-01T00:00:00Z"), None)
    );
    assert_eq!(
        (found[1].valid_from, found[1].valid_to),
        (None, moment("2026-12-31T00:00:00Z"))
    );
}

/// A key manifest that is signed by the key of this seed.
fn signed(by: u8, key_id: &str, keys: &[Value]) -> Value {
    let mut list = json!({
        "manifest_version": "keel.public_key_manifest.v1",
        "canonicalization_profile": "keel.canonical_json.payload.v1",
        "generated_at": "2026-02-01T00:00:00Z",
        "keys": keys,
    });
    let hash = content_hash(&list);
    let signature = BASE64.encode(&signer(by).sign(hash.as_bytes()).to_bytes());
    list["manifest_signature"] = json!({
        "signature_type": "ed25519.content_hash.v1",
        "purpose": "export_signing",
        "key_id": key_id,
        "content_hash": hash,
        "signature": format!("ed25519:{signature}"),
    });
    list
}

fn content_hash(list: &Value) -> String {
    let text = list.to_string();
    let parsed = crate::json::parse(text.as_bytes(), &crate::json::Bounds::default()).unwrap();
    let names = ["manifest_version", "canonicalization_profile", "keys"];
    let members = names.into_iter().map(|name| (name, parsed.root.get(name).unwrap()));
    let mut bytes = Vec::new();
    legacy_json::write_members(members, &mut bytes).unwrap();
    Digest::of(&bytes).prefixed()
}

#[test]
fn a_signed_list_is_the_only_root_once_a_confirmed_key_signed_it() {
    let pinned = || vec![entry(9, Some("root"), &[]), entry(8, Some("other"), &[])];
    let sealed = signed(9, "root", &[listed("k1", 1, json!({}))]);
    let keys = book(pinned(), std::slice::from_ref(&sealed));
    assert_eq!(exports(&keys, claim(Some("k1"), None)), (Some(1), None));
    // What it was verified with serves for nothing else.
    assert_eq!(exports(&keys, claim(Some("root"), None)), (None, UNRESOLVED));

    let refused = |entries: Vec<KeyEntry>, list: Value| {
        let keys = book(entries, &[list]);
        assert!(keys.any());
        let resolved = keys.resolve(Purpose::ExportSigning, &claim(Some("k1"), None));
        assert_eq!((resolved.key.is_some(), resolved.doubt), (false, UNRESOLVED));
        resolved.detail
    };
    let changed = |change: &dyn Fn(&mut Value)| {
        let mut list = sealed.clone();
        change(&mut list);
        list
    };
    let inactive = "0.json: no single confirmed key root was active when it was made";
    assert_eq!(refused(Vec::new(), sealed.clone()), inactive);
    let twice = vec![entry(9, Some("root"), &[]), entry(8, Some("root"), &[])];
    assert_eq!(refused(twice, sealed.clone()), inactive);
    let entry_with = |change: &dyn Fn(&mut KeyEntry)| {
        let mut one = entry(9, Some("root"), &[]);
        change(&mut one);
        vec![one]
    };
    let late = entry_with(&|one| one.valid_from = Some("2026-02-02T00:00:00Z".to_owned()));
    assert_eq!(refused(late, sealed.clone()), inactive);
    let other_purpose = entry_with(&|one| one.purpose = Some("scope_state".to_owned()));
    assert_eq!(refused(other_purpose, sealed.clone()), inactive);
    let revoked = entry_with(&|one| one.revoked_at = Some("2026-03-01T00:00:00Z".to_owned()));
    assert_eq!(
        refused(revoked, sealed.clone()),
        "0.json: its signing key root was revoked"
    );
    assert_eq!(
        refused(pinned(), signed(8, "root", &[listed("k1", 1, json!({}))])),
        "0.json: its signature does not fit (SIG_INVALID)"
    );
    let signature =
        |name: &'static str, value: Value| changed(&move |list| list["manifest_signature"][name] = value.clone());
    for (list, why) in [
        (
            changed(&|list| list["keys"][0]["key_id"] = json!("k2")),
            "its content hash does not fit its keys",
        ),
        (
            changed(&|list| list["manifest_version"] = json!("2")),
            "its manifest_version is not known",
        ),
        (
            changed(&|list| list["canonicalization_profile"] = json!("other")),
            "its canonicalization_profile is not known",
        ),
        (
            changed(&|list| list["manifest_signature"] = Value::Null),
            "its signature is of another type",
        ),
        (
            signature("signature_type", json!("other")),
            "its signature is of another type",
        ),
        (
            signature("purpose", json!("scope_state")),
            "its signature is of another type",
        ),
        (signature("key_id", Value::Null), "its signature names no key"),
        (
            changed(&|list| list["generated_at"] = json!("then")),
            "it does not say when it was made",
        ),
    ] {
        assert_eq!(refused(pinned(), list), format!("0.json: {why}"));
    }
}

#[test]
fn a_list_with_a_doubled_member_is_not_used() {
    let text = format!(r#"{{"keys":[],"keys":[{}]}}"#, listed("k1", 1, json!({})));
    let refused = KeyList::parse("keys.json", text.as_bytes()).err().unwrap();
    assert_eq!(refused, "JSON_DUPLICATE_KEY at byte 11");
    for (text, why) in [
        ("{}", "it has no list of keys"),
        (r#"{"keys":{}}"#, "it has no list of keys"),
    ] {
        assert_eq!(KeyList::parse("keys.json", text.as_bytes()).err().unwrap(), why);
    }
    let skipped = KeyList::parse("keys.json", br#"{"keys":[1,{}]}"#).unwrap();
    assert_eq!((skipped.entries.len(), skipped.seal.is_some()), (1, false));
}

/// What is shown of a key.
fn shown(keys: &Keys, claim: Claim<'_>) -> crate::report::KeySeen {
    keys.resolve(Purpose::ExportSigning, &claim)
        .seen(&claim, "manifest.json")
}

#[test]
fn what_is_shown_of_a_key_is_its_state_and_where_it_comes_from() {
    let lists = [list(&[
        listed(
            "k1",
            1,
            json!({"status": "active", "valid_from": "2026-01-01T00:00:00Z", "active_to": "2027-01-01T00:00:00Z"}),
        ),
        listed("k2", 2, json!({"revoked_at": "2026-02-01T00:00:00Z"})),
        listed("k3", 3, json!({"valid_to": "2026-02-01T00:00:00Z"})),
    ])];
    let keys = supplied(&lists);
    let one = shown(&keys, claim(Some("k1"), Some(&text(1))));
    assert_eq!((one.state, one.origin), (KeyState::Confirmed, KeyOrigin::KeyBook));
    assert_eq!((one.key_id.as_deref(), one.source.as_str()), (Some("k1"), "0.json"));
    assert_eq!(one.fingerprint, Some(digits(1, 64)));
    assert_eq!(one.public_key, Some(data_encoding::HEXLOWER.encode(key(1).as_bytes())));
    assert_eq!(
        (one.status.as_deref(), one.signs_for.as_deref()),
        (Some("active"), Some("project-1"))
    );
    assert_eq!(one.valid_from.as_deref(), Some("2026-01-01T00:00:00Z"));
    assert_eq!(one.valid_to.as_deref(), Some("2027-01-01T00:00:00Z"));
    assert_eq!(one.confirmed, Some(Confirmation::Given(Some("0.json".to_owned()))));
    assert_eq!(one.first_signed.as_deref(), Some("2026-03-01T00:00:00Z"));

    assert_eq!(shown(&keys, claim(Some("k2"), None)).state, KeyState::Revoked);
    assert_eq!(shown(&keys, claim(Some("k3"), None)).state, KeyState::OutsideWindow);

    // Another key than the listed one: the one in the evidence is shown, and as the sender's.
    let other = shown(&keys, claim(Some("k1"), Some(&text(4))));
    assert_eq!((other.state, other.origin), (KeyState::Conflict, KeyOrigin::Pack));
    assert_eq!(
        (other.fingerprint, other.source.as_str()),
        (Some(digits(4, 64)), "manifest.json")
    );
    assert_eq!((other.status, other.valid_from, other.confirmed), (None, None, None));

    let sender = shown(&Keys::default(), claim(None, Some(&text(4))));
    assert_eq!(
        (sender.state, sender.origin),
        (KeyState::SuppliedBySender, KeyOrigin::Pack)
    );
    assert_eq!((sender.key_id, sender.fingerprint), (None, Some(digits(4, 64))));
    let malformed = shown(&Keys::default(), claim(None, Some("ed25519:x")));
    assert_eq!((malformed.state, malformed.fingerprint), (KeyState::Malformed, None));
    let absent = shown(&Keys::default(), claim(Some("k9"), None));
    assert_eq!(
        (absent.state, absent.key_id.as_deref()),
        (KeyState::NotAtHand, Some("k9"))
    );

    // Without a key id in the evidence it has the one under which it is listed.
    let only = supplied(&[list(&[listed("k1", 1, json!({}))])]);
    let unnamed = shown(&only, claim(None, Some(&text(1))));
    assert_eq!(
        (unnamed.state, unnamed.key_id.as_deref()),
        (KeyState::Confirmed, Some("k1"))
    );
}
