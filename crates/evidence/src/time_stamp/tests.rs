use proptest::prelude::*;

use super::*;
use crate::digest::Digest;

fn fixture(name: &str) -> Vec<u8> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/time-stamp/");
    std::fs::read(format!("{path}{name}")).expect("a fixture")
}

fn roots(name: &str) -> Roots {
    let mut roots = Roots::default();
    assert_eq!(roots.add(&fixture(name)), Ok(1));
    roots
}

fn judged(token: &str, root: &str) -> TokenResult {
    judge(&fixture(token), Stamped::Data(&fixture("data.bin")), &roots(root))
}

#[track_caller]
fn check(token: &str, expected: Outcome) -> TokenResult {
    let result = judged(token, "root.pem");
    assert_eq!(result.outcome, expected, "{token}: {} {:?}", result.detail, result.also);
    result
}

#[test]
fn sound_tokens_lead_to_the_trusted_root() {
    for token in [
        "p256.token",
        "p384.token",
        "rsa.token",
        "ess-sha1.token",
        "p256.response",
    ] {
        let result = check(token, Outcome::Pass);
        assert_eq!(result.root.as_deref(), Some("CN=Sealcheck test root"), "{token}");
        assert!(result.authority.is_some() && result.time.is_some());
    }
}

#[test]
fn a_digest_alone_can_be_compared() {
    let digest = Digest::of(&fixture("data.bin"));
    let of = |token: &str| judge_token(&fixture(token), Stamped::Sha256(digest.as_bytes()), &roots("root.pem")).outcome;
    assert_eq!(of("p256.token"), Outcome::Pass);
    assert_eq!(of("p384.token"), Outcome::Fail(ReasonCode::TsaImprintMismatch));
}

#[test]
fn a_response_is_no_token() {
    let bytes = fixture("p256.response");
    let result = judge_token(&bytes, Stamped::Data(&fixture("data.bin")), &roots("root.pem"));
    assert_eq!(result.outcome, Outcome::Fail(ReasonCode::TsaMalformed));
}

#[test]
fn another_root_of_the_same_name_is_not_the_trusted_one() {
    let result = judged("rsa.token", "stranger.pem");
    assert_eq!(result.outcome, Outcome::Undetermined(ReasonCode::TsaUntrustedRoot));
    assert!(result.root.is_none());
}

#[test]
fn other_data_is_told_even_without_a_trusted_root() {
    let result = judge(&fixture("rsa.token"), Stamped::Data(b"other"), &Roots::default());
    assert_eq!(result.outcome, Outcome::Fail(ReasonCode::TsaImprintMismatch));
    assert_eq!(result.also, [ReasonCode::TsaUntrustedRoot]);
}

#[test]
fn faults_of_the_authority_have_their_own_codes() {
    check("sha1-imprint.token", Outcome::Fail(ReasonCode::TsaWeakHash));
    check("not-critical.token", Outcome::Fail(ReasonCode::TsaWrongKeyUsage));
    check("two-uses.token", Outcome::Fail(ReasonCode::TsaWrongKeyUsage));
    check("expired.token", Outcome::Fail(ReasonCode::TsaCertExpired));
    check(
        "no-certificate.token",
        Outcome::Undetermined(ReasonCode::TsaCertMissing),
    );
}

#[test]
fn a_missing_certificate_may_be_the_reviewers() {
    let mut roots = roots("root.pem");
    roots.add(&fixture("rsa.pem")).expect("a certificate");
    let data = fixture("data.bin");
    let result = judge(&fixture("no-certificate.token"), Stamped::Data(&data), &roots);
    assert_eq!(result.outcome, Outcome::Pass, "{}", result.detail);
}

#[test]
fn bytes_behind_a_token_are_refused() {
    let mut bytes = fixture("rsa.token");
    bytes.push(0);
    let result = judge(&bytes, Stamped::Data(&fixture("data.bin")), &roots("root.pem"));
    assert_eq!(result.outcome, Outcome::Fail(ReasonCode::TsaMalformed));
}

#[test]
fn roots_are_read_from_pem_with_text_around_them_and_from_der() {
    let pem = fixture("root.pem");
    let mut roots = Roots::default();
    let text = [b"subject=/CN=x\n", &pem[..], b"\nand more\n", &pem[..]].concat();
    assert_eq!(roots.add(&text), Ok(2));
    let der = roots.certificates().next().expect("one").to_vec();
    assert_eq!(roots.add(&der), Ok(1));
    for bad in [&b""[..], b"no certificate", &der[..der.len() - 1]] {
        assert_eq!(roots.add(bad), Err(ReasonCode::KeyMalformed));
    }
}

proptest! {
    /// Whatever becomes of the bytes of a good token, judging it ends, and a change of what is signed is no pass.
    #[test]
    fn a_changed_token_never_panics_and_never_names_another_time(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        which in 0_usize..3,
    ) {
        let good = fixture(["p256.token", "rsa.token", "ess-sha1.token"][which]);
        let mut bytes = good.clone();
        for (index, byte) in changes {
            *index.get_mut(&mut bytes) = byte;
        }
        let data = fixture("data.bin");
        let trusted = roots("root.pem");
        let before = judge(&good, Stamped::Data(&data), &trusted);
        let after = judge(&bytes, Stamped::Data(&data), &trusted);
        if after.outcome == Outcome::Pass {
            prop_assert_eq!(before.time, after.time);
            prop_assert_eq!(before.serial, after.serial);
        }
    }

    /// Bytes that are cut, repeated or made up end in a result as well.
    #[test]
    fn hostile_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), cut in any::<prop::sample::Index>()) {
        let good = fixture("rsa.token");
        let cut = cut.index(good.len());
        let spliced = [&good[..cut], &bytes, &good[cut..]].concat();
        for bytes in [&bytes, &spliced, &good[..cut].to_vec()] {
            let result = judge(bytes, Stamped::Data(b""), &Roots::default());
            prop_assert_ne!(result.outcome, Outcome::Pass);
            let _ = Roots::default().add(bytes);
        }
    }
}

#[test]
fn the_shared_time_stamp_vectors_agree() {
    let Some(expected) = crate::vectors::json("common/rfc3161/expected.json") else {
        return;
    };
    let bytes = |name: &str| crate::vectors::bytes(&format!("common/rfc3161/{name}")).expect("a vector");
    let mut roots = Roots::default();
    roots.add(&bytes("trusted-root.pem")).expect("a root");
    let data = bytes("data.bin");
    for (name, case) in expected.as_object().expect("cases") {
        let result = judge(&bytes(name), Stamped::Data(&data), &roots);
        let reason = result.outcome.reason().map(ReasonCode::as_str);
        let also = case["also"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|code| code.as_str());
        let mut allowed = case["reason"].as_str().into_iter().chain(also);
        let agrees = match case["verdict"].as_str() {
            Some("accept") => result.outcome == Outcome::Pass,
            _ => matches!(result.outcome, Outcome::Fail(_)) && allowed.any(|code| Some(code) == reason),
        };
        assert!(agrees, "{name}: {result:?}");
    }
}

#[test]
fn the_real_tokens_of_public_authorities_verify() {
    let Some(receipts) = crate::vectors::json("keel/real/tsa/public_ca_receipts_v1.json") else {
        return;
    };
    let mut roots = Roots::default();
    for root in [
        "digicert/assured_id_root_ca.pem",
        "globalsign/root_r6.pem",
        "globalsign/timestamping_root_r45.pem",
    ] {
        let bytes = crate::vectors::bytes(&format!("keel/real/tsa/pinned/{root}")).expect("a root");
        roots.add(&bytes).expect("a root");
    }
    for receipt in receipts["receipts"].as_array().expect("receipts") {
        let text = |name: &str| receipt[name].as_str().expect("a text");
        let token = data_encoding::BASE64
            .decode(text("receipt_b64").as_bytes())
            .expect("base64");
        let digest = Digest::from_hex(text("content_hash_hex")).expect("a digest");
        let result = judge_token(&token, Stamped::Sha256(digest.as_bytes()), &roots);
        assert_eq!(result.outcome, Outcome::Pass, "{result:?}");
        assert_eq!(result.time.as_deref(), Some(text("gen_time")));
    }
}
