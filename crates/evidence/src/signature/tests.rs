//! Signatures against the published vectors, and what is said of those that only laxer software accepts.

use std::collections::HashMap;

use ed25519_dalek::Signer;
use proptest::prelude::*;
use serde_json::Value;

use super::*;
use crate::vectors;

fn hex(text: &Value) -> Vec<u8> {
    data_encoding::HEXLOWER_PERMISSIVE
        .decode(text.as_str().expect("hex").as_bytes())
        .expect("hex")
}

fn signer() -> (ed25519_dalek::SigningKey, PublicKey) {
    let signer = ed25519_dalek::SigningKey::from_bytes(&[1; 32]);
    let key = PublicKey::from_bytes(signer.verifying_key().as_bytes()).expect("a key");
    (signer, key)
}

#[test]
fn a_genuine_signature_verifies() {
    let (signer, key) = signer();
    assert_eq!(key.verify(b"message", &signer.sign(b"message").to_bytes()), Ok(()));
    assert_eq!(
        key.verify(b"massage", &signer.sign(b"message").to_bytes()),
        Err(ReasonCode::SigInvalid)
    );
    assert!(!key.is_mixed_order());
}

#[test]
fn a_key_is_shown_as_its_hex_digits() {
    let (_, key) = signer();
    assert_eq!(format!("{key:?}"), format!("PublicKey({})", key.to_hex()));
}

#[test]
fn a_signature_of_another_length_is_malformed() {
    let (signer, key) = signer();
    let signature = signer.sign(b"").to_bytes();
    assert_eq!(key.verify(b"", &signature[..63]), Err(ReasonCode::SigMalformed));
    assert_eq!(
        key.verify(b"", &[&signature[..], &[0]].concat()),
        Err(ReasonCode::SigMalformed)
    );
}

/// A signature under the key of this seed whose R has a component of small order: the equation holds only times the
/// cofactor.
pub(crate) fn lax_signature(seed: u8, message: &[u8]) -> Vec<u8> {
    let key = ed25519_dalek::SigningKey::from_bytes(&[seed; 32]).verifying_key();
    let secret = curve25519_dalek::scalar::clamp_integer(
        Sha512::digest([seed; 32])
            .first_chunk::<32>()
            .copied()
            .expect("64 bytes"),
    );
    let nonce = Scalar::from(7_u8);
    let torsion = curve25519_dalek::constants::EIGHT_TORSION[1];
    let r = (EdwardsPoint::mul_base(&nonce) + torsion).compress();
    let hash = Sha512::new()
        .chain_update(r.as_bytes())
        .chain_update(key.as_bytes())
        .chain_update(message);
    let k = Scalar::from_bytes_mod_order_wide(&hash.finalize().into());
    let s = nonce + k * Scalar::from_bytes_mod_order(secret);
    [r.to_bytes(), s.to_bytes()].concat()
}

#[test]
fn a_signature_that_only_laxer_rules_accept_is_called_so() {
    let (_, key) = signer();
    let signature = lax_signature(1, b"message");
    assert_eq!(key.verify(b"message", &signature), Err(ReasonCode::SigNotStrict));
    assert_eq!(key.verify(b"massage", &signature), Err(ReasonCode::SigInvalid));
}

#[test]
fn weak_and_non_canonical_keys_are_no_keys() {
    let one = {
        let mut bytes = [0; 32];
        bytes[0] = 1;
        bytes
    };
    assert_eq!(PublicKey::from_bytes(&one), Err(ReasonCode::KeyWeak));
    let mut above_p = [0xFF; 32];
    above_p[0] = 0xF0;
    above_p[31] = 0x7F;
    assert_eq!(PublicKey::from_bytes(&above_p), Err(ReasonCode::KeyMalformed));
    let mut no_point = [0; 32];
    no_point[0] = 2;
    assert_eq!(PublicKey::from_bytes(&no_point), Err(ReasonCode::KeyMalformed));
}

#[test]
fn a_key_with_a_component_of_small_order_is_mixed() {
    let (_, key) = signer();
    let point = key.0.key.to_edwards() + curve25519_dalek::constants::EIGHT_TORSION[1];
    let mixed = PublicKey::from_bytes(point.compress().as_bytes()).expect("a key");
    assert!(mixed.is_mixed_order());
}

struct Case {
    key: Vec<u8>,
    message: Vec<u8>,
    signature: Vec<u8>,
}

/// The cases of the three suites, by suite and number.
fn cases() -> HashMap<(String, u64), Case> {
    let mut cases = HashMap::new();
    let suite = |name: &str| vectors::json(&format!("common/ed25519/{name}")).unwrap_or_default();
    for group in suite("wycheproof_ed25519_test.json")["testGroups"]
        .as_array()
        .into_iter()
        .flatten()
    {
        for test in group["tests"].as_array().into_iter().flatten() {
            let case = Case {
                key: hex(&group["publicKey"]["pk"]),
                message: hex(&test["msg"]),
                signature: hex(&test["sig"]),
            };
            cases.insert(
                ("wycheproof".to_owned(), test["tcId"].as_u64().expect("a number")),
                case,
            );
        }
    }
    for (number, test) in (0..).zip(suite("speccheck_cases.json").as_array().into_iter().flatten()) {
        let case = Case {
            key: hex(&test["pub_key"]),
            message: hex(&test["message"]),
            signature: hex(&test["signature"]),
        };
        cases.insert(("speccheck".to_owned(), number), case);
    }
    for test in suite("cctv_ed25519vectors.json").as_array().into_iter().flatten() {
        let case = Case {
            key: hex(&test["key"]),
            message: test["msg"].as_str().expect("text").as_bytes().to_vec(),
            signature: hex(&test["sig"]),
        };
        cases.insert(("cctv".to_owned(), test["number"].as_u64().expect("a number")), case);
    }
    cases
}

#[test]
fn the_public_suites_get_their_expected_codes() {
    let Some(expected) = vectors::json("common/ed25519/expected.json") else {
        return;
    };
    let expected = expected["cases"].as_array().expect("cases");
    assert_eq!(expected.len(), 1_077);
    let cases = cases();
    for verdict in expected {
        let suite = verdict["suite"].as_str().expect("a suite").to_owned();
        let case = &cases[&(suite, verdict["id"].as_u64().expect("a number"))];
        let raw = case.key.as_slice().try_into().expect("32 bytes");
        match PublicKey::from_bytes(raw) {
            Ok(key) => {
                let found = key.verify(&case.message, &case.signature).err();
                let reason = match verdict["reason"].as_str() {
                    Some(_) if case.signature.len() != 64 => Some("SIG_MALFORMED"),
                    reason => reason,
                };
                assert_eq!(found.map(ReasonCode::as_str), reason, "{verdict}");
                assert_eq!(verdict["strict"], found.is_none(), "{verdict}");
                if let Ok(signature) = case.signature.as_slice().try_into() {
                    let by_table = comb::tests::both(&key.0.key, &case.message, signature);
                    assert_eq!(by_table, (found.is_none(), found.is_none()), "{verdict}");
                    let either = verdict["zip215"] == true || verdict["rfc_cofactorless"] == true;
                    let lax = VerifyingKey::from_bytes(raw)
                        .is_ok_and(|key| laxer_rule_accepts(&key, &case.message, signature));
                    assert_eq!(either, lax, "{verdict}");
                }
            }
            Err(_) => {
                // Refused before any signature is looked at; our reading of the laxer rule still has to agree.
                assert_eq!(verdict["verdict"], "refuse", "{verdict}");
                let signature = case.signature.as_slice().try_into().expect("64 bytes");
                let key = VerifyingKey::from_bytes(raw);
                let accepted = key.is_ok_and(|key| laxer_rule_accepts(&key, &case.message, signature));
                assert_eq!(verdict["zip215"], accepted, "{verdict}");
            }
        }
    }
}

#[test]
fn the_rfc_8032_vectors_verify() {
    let Some(tests) = vectors::json("common/ed25519/rfc8032_section7_1.json") else {
        return;
    };
    for test in tests.as_array().expect("tests") {
        let key = PublicKey::from_bytes(hex(&test["public"]).as_slice().try_into().expect("32 bytes")).expect("a key");
        assert_eq!(key.verify(&hex(&test["message"]), &hex(&test["signature"])), Ok(()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_changed_bit_breaks_a_signature(message in prop::collection::vec(any::<u8>(), 1..80), bit in any::<prop::sample::Index>()) {
        let (signer, key) = signer();
        let signature = signer.sign(&message).to_bytes();
        let mut both = [&signature[..], &message].concat();
        let bit = bit.index(both.len() * 8);
        both[bit / 8] ^= 1 << (bit % 8);
        prop_assert!(key.verify(&both[64..], &both[..64]).is_err());
    }
}
