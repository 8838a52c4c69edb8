//! Which key texts are read, and what is said of the others.

use super::*;
use crate::vectors;

/// The public key of the all-0x01 seed, in its encodings.
const HEX: &str = "8a88e3dd7409f195fd52db2d3cba5d72ca6709bf1d94121bf3748801b40f6f5c";
const BASE64: &str = "iojj3XQJ8ZX9UtstPLpdcspnCb8dlBIb83SIAbQPb1w=";
const BASE64URL: &str = "iojj3XQJ8ZX9UtstPLpdcspnCb8dlBIb83SIAbQPb1w";
/// Another key, whose text needs the 62nd and 63rd letter.
const SLASHED: &str = "A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=";
const SPKI: &str = "MCowBQYDK2VwAyEAiojj3XQJ8ZX9UtstPLpdcspnCb8dlBIb83SIAbQPb1w=";

fn pem(label: &str, body: &str) -> String {
    format!("-----BEGIN {label}-----\n{body}\n-----END {label}-----\n")
}

#[track_caller]
fn check(text: &str, expected: Result<&[ReasonCode], ReasonCode>) {
    let found = read_key_text(text);
    assert_eq!(
        found
            .as_ref()
            .map(|read| read.warnings.as_slice())
            .map_err(|code| *code),
        expected,
        "{text}"
    );
}

#[test]
fn every_encoding_gives_the_same_key() {
    let spki_hex = format!("302a300506032b6570032100{HEX}");
    for text in [
        HEX,
        &HEX.to_uppercase(),
        BASE64,
        BASE64URL,
        &format!(" ed25519:{BASE64}\n"),
        &format!("ed25519:{HEX}"),
        SPKI,
        SPKI.trim_end_matches('='),
        &spki_hex,
        &pem("PUBLIC KEY", SPKI),
        &pem("PUBLIC KEY", SPKI).replace('\n', "\r\n"),
        &pem("PUBLIC KEY", &format!("{}\n{}", &SPKI[..30], &SPKI[30..])),
        &format!(r#"{{"kty":"OKP","crv":"Ed25519","alg":"EdDSA","kid":"k","x":"{BASE64URL}"}}"#),
    ] {
        let read = read_key_text(text).unwrap_or_else(|code| panic!("{code}: {text}"));
        assert_eq!(read.key.to_hex(), HEX, "{text}");
        assert_eq!(read.warnings, [], "{text}");
    }
}

#[test]
fn odd_padding_is_only_a_warning() {
    let odd: Result<&[_], _> = Ok(&[ReasonCode::KeyEncodingNonstandard]);
    check(SLASHED.trim_end_matches('='), odd);
    check(&SLASHED.replace('/', "_"), odd);
    check(SLASHED, Ok(&[]));
    check(&SLASHED.replace('/', "_").replace('=', ""), Ok(&[]));
    check(&format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{BASE64}"}}"#), odd);
    check(&pem("PUBLIC KEY", SPKI.trim_end_matches('=')), odd);
    check(&format!("{}trailing", pem("PUBLIC KEY", SPKI)), odd);
    check(&format!("leading\n{}", pem("PUBLIC KEY", SPKI)), odd);
}

#[test]
fn what_a_lenient_decoder_would_overlook_is_refused() {
    let refused = Err(ReasonCode::KeyEncodingNonstandard);
    check(&format!("{} {}", &BASE64[..10], &BASE64[10..]), refused);
    check(&format!("{}\n{}", &BASE64[..10], &BASE64[10..]), refused);
    check(&format!("_{}", &SLASHED[1..]), refused);
    check(&BASE64.replace("w=", "x="), refused);
    check(&pem("PUBLIC KEY", &format!(" {SPKI}")), refused);
}

#[test]
fn broken_texts_are_malformed() {
    for text in [
        "",
        "k0===",
        "ed25519:",
        &HEX[1..],
        &HEX[2..],
        &format!("{HEX}00"),
        &BASE64[1..],
        &format!("{BASE64}="),
        &BASE64.replace('i', "!"),
        "{",
        "{}",
        &format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{SPKI}"}}"#),
        &format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{BASE64URL}","x":"{BASE64URL}"}}"#),
        &pem("PUBLIC KEY", BASE64),
        &pem("CERTIFICATE", SPKI),
        &pem("PUBLIC KEY", ""),
        &pem("PUBLIC KEY", SPKI).replace("-----END PUBLIC KEY-----", ""),
        &pem("PUBLIC KEY", SPKI).repeat(2),
        &pem("PUBLIC KEY", SPKI).replace('\n', ""),
    ] {
        check(text, Err(ReasonCode::KeyMalformed));
    }
}

#[test]
fn keys_of_other_kinds_are_named_as_such() {
    for text in [
        "MCowBQYDK2VuAyEAj0DFrbaPJWJK5bIU6nZ6bslNgp09e14a0bpvPiE4KF8=",
        &pem("RSA PUBLIC KEY", "MIIB"),
        r#"{"kty":"EC","crv":"P-256","x":"","y":""}"#,
        &format!(r#"{{"kty":"OKP","crv":"Ed25519","alg":"ES256","x":"{BASE64URL}"}}"#),
    ] {
        check(text, Err(ReasonCode::KeyWrongAlgorithm));
    }
}

#[test]
fn private_keys_are_never_read() {
    let pkcs8 = "MC4CAQAwBQYDK2VwBCIEIAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB";
    for text in [
        pkcs8,
        &pem("PRIVATE KEY", pkcs8),
        &pem("OPENSSH PRIVATE KEY", "b3BlbnNzaA=="),
        &(pem("PUBLIC KEY", SPKI) + &pem("ENCRYPTED PRIVATE KEY", pkcs8)),
        &format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{BASE64URL}","d":"AQ"}}"#),
    ] {
        check(text, Err(ReasonCode::KeyPrivateMaterial));
    }
}

#[test]
fn a_field_reader_reads_no_other_encoding() {
    assert!(read_base64(BASE64).is_ok());
    assert!(read_base64(SPKI).is_ok());
    assert!(read_base64(HEX).is_err());
    assert!(read_base64(&pem("PUBLIC KEY", SPKI)).is_err());
    assert!(read_base64(&format!("ed25519:{BASE64}")).is_err());
    assert!(read_pem(SPKI).is_err());
    assert!(read_hex(BASE64).is_err());
}

#[test]
fn the_key_vectors_get_their_expected_codes() {
    let Some(vectors) = vectors::json("common/keys/public_key_encodings.json") else {
        return;
    };
    let hex = |name: &str| {
        data_encoding::HEXLOWER
            .decode(vectors[name].as_str().expect("hex").as_bytes())
            .expect("hex")
    };
    let message = vectors["message_utf8"].as_str().expect("a message").as_bytes();
    for case in vectors["cases"].as_array().expect("cases") {
        let text = case["value"]
            .as_str()
            .map_or_else(|| case["value"].to_string(), str::to_owned);
        let (verdict, code) = match read_key_text(&text) {
            Ok(read) => {
                if !read.warnings.contains(&ReasonCode::KeyMixedOrder) {
                    assert_eq!(read.key.as_bytes().as_slice(), hex("expected_raw_hex"), "{case}");
                    assert_eq!(read.key.verify(message, &hex("signature_hex")), Ok(()), "{case}");
                }
                let warning = read.warnings.first().copied();
                (if warning.is_some() { "warn" } else { "accept" }, warning)
            }
            Err(code) => ("refuse", Some(code)),
        };
        assert_eq!(case["verdict"], verdict, "{case}");
        assert_eq!(case["reason"].as_str(), code.map(ReasonCode::as_str), "{case}");
    }
}
