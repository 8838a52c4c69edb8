//! Which key a signature is held against, rule by rule.

use ed25519_dalek::{Signer as _, SigningKey};
use serde_json::{Value, json};

use super::*;
use crate::json::Bounds;
use crate::keybook::{self, EcosystemName, SuppliedKeys};

const MESSAGE: &[u8] = b"what was signed";

fn signer(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

fn public(seed: u8) -> PublicKey {
    PublicKey::from_bytes(signer(seed).verifying_key().as_bytes()).expect("a key")
}

/// The signature of the key of this seed, as evidence states it.
fn signed_by(seed: u8) -> String {
    data_encoding::BASE64URL_NOPAD.encode(&signer(seed).sign(MESSAGE).to_bytes())
}

fn wanted<'w>(node_id: Option<&'w str>, kid: Option<&'w str>) -> Wanted<'w> {
    Wanted {
        kid,
        node_id,
        signed_at: Some("2026-03-01T00:00:00Z"),
        folder: "",
    }
}

/// An entry of the key book: a key id and the nodes it signs for.
fn entry(seed: u8, key_id: Option<&str>, nodes: &[&str]) -> KeyEntry {
    KeyEntry {
        key_id: key_id.map(str::to_owned),
        ..keybook::tests::entry(EcosystemName::NexArt, public(seed), nodes)
    }
}

fn book(entries: Vec<KeyEntry>) -> Trust {
    Trust::of(&KeyBook {
        name: "Desk".to_owned(),
        entries,
        ..KeyBook::default()
    })
}

/// A key set of a node: key ids, and the seeds of their keys.
fn set_text(node: &str, keys: &[(&str, u8)]) -> Value {
    let keys: Vec<Value> = keys
        .iter()
        .map(|(kid, seed)| {
            let raw = data_encoding::BASE64URL_NOPAD.encode(public(*seed).as_bytes());
            json!({"kid": kid, "publicKey": raw})
        })
        .collect();
    json!({"nodeId": node, "keys": keys})
}

fn set(value: &Value) -> KeySet {
    let text = value.to_string();
    let parsed = json::parse(text.as_bytes(), &Bounds::default()).expect("JSON");
    KeySet::read(&parsed.root).expect("a key set")
}

/// The same keys, and a key set that the pack supplies.
fn with_pack(mut trust: Trust, path: &str, value: &Value) -> Trust {
    assert!(trust.pack.add(path, set(value)));
    trust
}

/// Key sets given for this run.
fn supplied<'v>(files: impl IntoIterator<Item = &'v Value>) -> Trust {
    let supplied = files
        .into_iter()
        .enumerate()
        .map(|(number, value)| SuppliedKeys {
            name: format!("{number}.json"),
            ecosystem: Ecosystem::NexArt,
            bytes: value.to_string().into_bytes(),
        })
        .collect();
    Trust::of(&KeyBook {
        supplied,
        ..KeyBook::default()
    })
}

/// The answer's result, where the key came from, and its state.
fn answer(trust: &Trust, wanted: Wanted<'_>, seed: u8) -> (Result<(), ReasonCode>, KeySource, Option<KeyState>) {
    let answer = trust.verify(wanted, MESSAGE, &signed_by(seed));
    (answer.result, answer.source, answer.used.state)
}

const CONFIRMED: (Result<(), ReasonCode>, KeySource, Option<KeyState>) =
    (Ok(()), KeySource::Pinned, Some(KeyState::Confirmed));

#[test]
fn an_entry_of_the_key_book_is_chosen_by_node_and_key_id_together() {
    let trust = book(vec![
        entry(1, Some("k1"), &["node-1"]),
        entry(2, Some("k2"), &["node-1"]),
        entry(3, Some("k1"), &["node-2"]),
    ]);
    assert_eq!(answer(&trust, wanted(Some("node-1"), Some("k1")), 1), CONFIRMED);
    assert_eq!(answer(&trust, wanted(Some("node-1"), Some("k2")), 2), CONFIRMED);
    assert_eq!(answer(&trust, wanted(Some("node-2"), Some("k1")), 3), CONFIRMED);
    for (node, kid, seed) in [("node-1", "k1", 2), ("node-1", "k1", 3), ("node-2", "k1", 1)] {
        let (result, source, _) = answer(&trust, wanted(Some(node), Some(kid)), seed);
        assert_eq!(
            (result, source),
            (Err(ReasonCode::NodeSignatureInvalid), KeySource::Pinned),
            "{node} {kid}"
        );
    }
    // The answer names what the signature asks for, also where no key is at hand.
    let unknown = trust.verify(wanted(Some("node-9"), Some("k9")), MESSAGE, &signed_by(9));
    assert_eq!(
        (unknown.used.node_id.as_deref(), unknown.used.kid.as_deref()),
        (Some("node-9"), Some("k9"))
    );
    // A key id that no entry of the node has is not found; of a node that nobody knows no key is at hand.
    let (result, source, state) = answer(&trust, wanted(Some("node-1"), Some("k9")), 9);
    assert_eq!(
        (result, source, state),
        (Err(ReasonCode::NodeKeyNotFound), KeySource::None, None)
    );
    let (result, ..) = answer(&trust, wanted(Some("node-9"), Some("k1")), 9);
    assert_eq!(result, Err(ReasonCode::NodeKeyUnavailable));
}

#[test]
fn two_keys_under_one_name_are_ambiguous_and_one_key_twice_is_not() {
    let twice = |second: u8| {
        book(vec![
            entry(1, Some("k1"), &["node-1"]),
            entry(second, Some("k1"), &["node-1"]),
        ])
    };
    let at = wanted(Some("node-1"), Some("k1"));
    assert_eq!(answer(&twice(1), at, 1), CONFIRMED);
    let ambiguous = twice(2).verify(at, MESSAGE, &signed_by(1));
    assert_eq!(ambiguous.result, Err(ReasonCode::NodeKeyAmbiguous));
    assert!(ambiguous.accuses_nobody, "the fault is in the reviewer's own key book");
    assert_eq!(ambiguous.source, KeySource::Pinned);
    // Revoked in one of its entries is revoked.
    let mut revoked = entry(1, Some("k1"), &["node-1"]);
    revoked.revoked_at = Some("2026-02-01T00:00:00Z".to_owned());
    for entries in [
        vec![entry(1, Some("k1"), &["node-1"]), revoked.clone()],
        vec![revoked, entry(1, Some("k1"), &["node-1"])],
    ] {
        let (result, _, state) = answer(&book(entries), at, 1);
        assert_eq!(
            (result, state),
            (Err(ReasonCode::NodeKeyRevoked), Some(KeyState::Revoked))
        );
    }
}

#[test]
fn a_set_given_for_this_run_counts_and_the_one_of_the_node_before_others() {
    let at = wanted(Some("node-1"), Some("k1"));
    let mine = set_text("node-1", &[("k1", 1)]);
    let other = set_text("node-2", &[("k1", 2)]);
    assert_eq!(answer(&supplied([&mine]), at, 1), CONFIRMED);
    for files in [[mine.clone(), other.clone()], [other.clone(), mine.clone()]] {
        assert_eq!(answer(&supplied(&files), at, 1), CONFIRMED);
    }
    // Only another node's set has the key id: it is looked at, and found to be another node's.
    let (result, source, _) = answer(&supplied([&other]), at, 2);
    assert_eq!((result, source), (Err(ReasonCode::NodeIdMismatch), KeySource::Pinned));
    // Where the evidence names no node, two sets that disagree are ambiguous, and two that agree are not.
    let nowhere = wanted(None, Some("k1"));
    let (result, ..) = answer(&supplied([&mine, &other]), nowhere, 1);
    assert_eq!(result, Err(ReasonCode::NodeKeyAmbiguous));
    let same = set_text("node-2", &[("k1", 1)]);
    assert_eq!(answer(&supplied([&mine, &same]), nowhere, 1), CONFIRMED);
    // Twice under one name in one file.
    let doubled = set_text("node-1", &[("k1", 1), ("k1", 2)]);
    let ambiguous = supplied([&doubled]).verify(at, MESSAGE, &signed_by(1));
    assert_eq!(ambiguous.result, Err(ReasonCode::NodeKeyAmbiguous));
    assert!(ambiguous.accuses_nobody);
    // The same in the pack is the pack's own fault.
    let pack = with_pack(book(Vec::new()), "keys.json", &doubled).verify(at, MESSAGE, &signed_by(1));
    assert_eq!(pack.result, Err(ReasonCode::NodeKeyAmbiguous));
    assert!(!pack.accuses_nobody);
    assert_eq!(pack.source, KeySource::None);
}

#[test]
fn a_key_of_the_pack_vouches_for_itself_until_the_reviewer_holds_it() {
    let at = wanted(Some("node-1"), Some("k1"));
    let pack = set_text("node-1", &[("k1", 1)]);
    let alone = with_pack(book(Vec::new()), "keys.json", &pack);
    let found = alone.verify(at, MESSAGE, &signed_by(1));
    assert_eq!((found.result, found.source), (Ok(()), KeySource::Pack));
    assert_eq!(found.notes, [ReasonCode::KeySelfAsserted]);
    assert_eq!(found.used.state, Some(KeyState::SuppliedBySender));
    // Held under another name, or under none: by its bytes it is the reviewer's.
    for held in [
        entry(1, None, &[]),
        entry(1, Some("other"), &["node-1"]),
        entry(1, None, &["node-1"]),
    ] {
        let trust = with_pack(book(vec![held]), "keys.json", &pack);
        assert_eq!(answer(&trust, at, 1), CONFIRMED);
    }
    // Held for another node only, it is not.
    let trust = with_pack(book(vec![entry(1, None, &["node-9"])]), "keys.json", &pack);
    assert_eq!(answer(&trust, at, 1).1, KeySource::Pack);
    let bare = with_pack(Trust::of_keys(&[public(1)]), "keys.json", &pack);
    assert_eq!(answer(&bare, at, 1), CONFIRMED);
    let other = with_pack(Trust::of_keys(&[public(2)]), "keys.json", &pack);
    assert_eq!(answer(&other, at, 1).1, KeySource::Pack);
    // What the reviewer knows of a period or a revocation counts.
    let mut revoked = entry(1, None, &[]);
    revoked.revoked_at = Some("2026-02-01T00:00:00Z".to_owned());
    for entries in [vec![revoked.clone()], vec![entry(1, None, &[]), revoked]] {
        let trust = with_pack(book(entries), "keys.json", &pack);
        assert_eq!(answer(&trust, at, 1).0, Err(ReasonCode::NodeKeyRevoked));
    }
    let mut over = entry(1, None, &[]);
    over.valid_to = Some("2026-02-01T00:00:00Z".to_owned());
    let trust = with_pack(book(vec![over]), "keys.json", &pack);
    let (result, _, state) = answer(&trust, at, 1);
    assert_eq!(
        (result, state),
        (Err(ReasonCode::NodeKeyOutsideValidity), Some(KeyState::OutsideWindow))
    );
    // A key id that the pack's set does not have.
    assert_eq!(
        answer(&alone, wanted(Some("node-1"), Some("k2")), 1).0,
        Err(ReasonCode::NodeKeyNotFound)
    );
}

#[test]
fn a_pack_that_lists_another_key_under_a_pinned_name_is_in_conflict() {
    let at = wanted(Some("node-1"), Some("k1"));
    let pinned = || book(vec![entry(1, Some("k1"), &["node-1"])]);
    let conflict = |value: &Value| {
        let trust = with_pack(pinned(), "keys.json", value);
        let found = trust.verify(at, MESSAGE, &signed_by(1));
        assert_eq!((found.result, found.source), (Ok(()), KeySource::Pinned));
        (found.conflict, found.used.state, trust.conflicts())
    };
    let named = vec![("keys.json".to_owned(), "k1".to_owned())];
    let other = set_text("node-1", &[("k1", 2)]);
    assert_eq!(conflict(&other), (true, Some(KeyState::Conflict), named.clone()));
    for harmless in [
        set_text("node-1", &[("k1", 1)]),
        set_text("node-1", &[("k2", 2)]),
        set_text("node-2", &[("k1", 2)]),
    ] {
        assert_eq!(
            conflict(&harmless),
            (false, Some(KeyState::Confirmed), Vec::new()),
            "{harmless}"
        );
    }
    // A set given for this run pins as an entry of the key book does.
    let trust = with_pack(supplied([&set_text("node-1", &[("k1", 1)])]), "keys.json", &other);
    assert_eq!(trust.conflicts(), named);
    assert!(trust.verify(at, MESSAGE, &signed_by(1)).conflict);
    let trust = with_pack(supplied([&set_text("node-2", &[("k1", 1)])]), "keys.json", &other);
    assert_eq!(trust.conflicts(), []);
    // One of two pinned keys is the pack's: that is no contradiction.
    let both = book(vec![
        entry(1, Some("k1"), &["node-1"]),
        entry(2, Some("k1"), &["node-1"]),
    ]);
    assert_eq!(with_pack(both, "keys.json", &other).conflicts(), []);
}

#[test]
fn a_key_that_no_name_leads_to_counts_only_where_it_made_the_signature() {
    let at = wanted(Some("node-1"), Some("k1"));
    let bare = Trust::of_keys(&[public(1), public(2)]);
    assert_eq!(answer(&bare, at, 2), CONFIRMED);
    assert_eq!(answer(&bare, at, 3).0, Err(ReasonCode::NodeKeyUnavailable));
    for held in [
        entry(1, None, &[]),
        entry(1, None, &["node-1"]),
        entry(1, Some("k1"), &[]),
    ] {
        let trust = book(vec![entry(9, None, &[]), held]);
        assert_eq!(answer(&trust, at, 1), CONFIRMED);
        assert!(matches!(
            answer(&trust, at, 3).0,
            Err(ReasonCode::NodeKeyUnavailable | ReasonCode::NodeKeyNotFound)
        ));
    }
    // Under another key id, or for another node, it does not speak for this signature.
    for held in [entry(1, Some("k2"), &[]), entry(1, None, &["node-2"])] {
        assert!(answer(&book(vec![held]), at, 1).0.is_err());
    }
    // A signature that is no base64 fits no key.
    assert!(bare.verify(at, MESSAGE, "?").result.is_err());
}

#[test]
fn faults_of_an_entry_are_told_in_the_specs_order() {
    let at = wanted(Some("node-1"), Some("k1"));
    let with = |more: Value| {
        let mut value = set_text("node-1", &[("k1", 1)]);
        for (name, member) in more.as_object().expect("members") {
            value["keys"][0][name] = member.clone();
        }
        value
    };
    let state = |value: &Value| {
        let (result, _, state) = answer(&supplied([value]), at, 1);
        (result, state)
    };
    let malformed = (Err(ReasonCode::NodeKeyMalformed), Some(KeyState::Malformed));
    assert_eq!(state(&with(json!({"publicKey": "AAAA", "revoked": true}))), malformed);
    let revoked = (Err(ReasonCode::NodeKeyRevoked), Some(KeyState::Revoked));
    assert_eq!(
        state(&with(json!({"revoked": true, "validTo": "2026-01-01T00:00:00Z"}))),
        revoked
    );
    let outside = (Err(ReasonCode::NodeKeyOutsideValidity), Some(KeyState::OutsideWindow));
    assert_eq!(state(&with(json!({"validTo": "2026-01-01T00:00:00Z"}))), outside);
    // A period that begins later is only remarked.
    let later = with(json!({"validFrom": "2026-04-01T00:00:00Z"}));
    let found = supplied([&later]).verify(at, MESSAGE, &signed_by(1));
    assert_eq!(
        (found.result, found.notes),
        (Ok(()), vec![ReasonCode::KeyValidFromAfterSigning])
    );
    // A malformed key accuses nobody in the reviewer's own file, and the sender in the pack's.
    let broken = with(json!({"publicKey": "AAAA"}));
    let accuses_nobody = |trust: Trust| trust.verify(at, MESSAGE, &signed_by(1)).accuses_nobody;
    assert!(accuses_nobody(supplied([&broken])));
    assert!(!accuses_nobody(with_pack(book(Vec::new()), "keys.json", &broken)));
    let other_algorithm = with(json!({"algorithm": "ES256"}));
    assert!(accuses_nobody(with_pack(
        book(Vec::new()),
        "keys.json",
        &other_algorithm
    )));
    assert!(!accuses_nobody(supplied([&set_text("node-1", &[("k1", 2)])])));
}

#[test]
fn a_key_of_the_pack_accuses_nobody_where_a_nearer_set_was_not_read() {
    let answer = |set: Value, seed: u8, not_read: Option<&str>| {
        let mut trust = with_pack(Trust::default(), "keys.json", &set);
        if let Some(path) = not_read {
            trust.pack.not_read(path, ReasonCode::IoPermission);
        }
        let wanted = Wanted {
            folder: "a",
            ..wanted(Some("n1"), Some("k1"))
        };
        let mut layer = super::super::layer::Layer::pass();
        let answer = trust.verify(wanted, MESSAGE, &signed_by(seed));
        super::super::receipt::take_answer(&mut layer, answer, &mut Vec::new(), &mut Vec::new());
        layer.proven_first().0
    };
    let (nearer, same) = (Some("a/keys.json"), Some("other.json"));
    for (not_read, codes) in [
        (None, vec![ReasonCode::NodeSignatureInvalid]),
        (nearer, vec![]),
        (same, vec![ReasonCode::NodeSignatureInvalid]),
    ] {
        assert_eq!(answer(set_text("n1", &[("k1", 1)]), 2, not_read), codes, "{not_read:?}");
    }
    for (not_read, codes) in [
        (None, vec![ReasonCode::NodeIdMismatch]),
        (nearer, vec![]),
        (same, vec![]),
    ] {
        assert_eq!(answer(set_text("n2", &[("k1", 1)]), 1, not_read), codes, "{not_read:?}");
    }
}
