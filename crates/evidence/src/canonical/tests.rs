//! Our canonical bytes against published vectors and two independent crates.

use proptest::prelude::*;

use super::generator::Generator;
use super::*;
use crate::digest::Digest;
use crate::json::{Bounds, parse, tests::document};
use crate::vectors;

fn canonical(text: &[u8]) -> Result<Vec<u8>, ReasonCode> {
    let parsed = parse(text, &Bounds::default()).map_err(|fault| fault.code)?;
    bytes(&parsed.root)
}

#[track_caller]
fn check(text: &str, expected: &str) {
    let found = canonical(text.as_bytes()).expect("a canonical form");
    assert_eq!(String::from_utf8(found).as_deref(), Ok(expected));
}

#[test]
fn members_are_sorted_by_utf16_units_at_every_depth() {
    check(
        r#"{"b":1,"a":{"d":2,"c":[{"f":1,"e":2}]},"":0}"#,
        r#"{"":0,"a":{"c":[{"e":2,"f":1}],"d":2},"b":1}"#,
    );
    check(
        r#"{"10":1,"9":2,"a":3,"A":4,"ab":5}"#,
        r#"{"10":1,"9":2,"A":4,"a":3,"ab":5}"#,
    );
    check(
        r#"{"\ue000":1,"\uffff":2,"\ud83d\ude00":3,"\ud7ff":4,"a\ufb33":5,"a\ud83d\ude00":6}"#,
        "{\"a😀\":6,\"a\u{FB33}\":5,\"\u{D7FF}\":4,\"😀\":3,\"\u{E000}\":1,\"\u{FFFF}\":2}",
    );
}

#[test]
fn order_by_ranked_bytes_is_order_by_utf16_units() {
    let characters = [
        '\0', 'a', '\u{7F}', 'é', '\u{7FF}', '\u{800}', '\u{D7FF}', '\u{E000}', '\u{F000}', '\u{FFFF}',
    ];
    let characters = characters.into_iter().chain(['\u{10000}', '\u{1F600}', '\u{10FFFF}']);
    let mut names = vec![String::new()];
    for first in characters.clone() {
        names.push(first.to_string());
        names.extend(characters.clone().map(|second| format!("{first}{second}")));
    }
    for one in &names {
        for other in &names {
            assert_eq!(
                utf16_order(one, other),
                one.encode_utf16().cmp(other.encode_utf16()),
                "{one:?} {other:?}"
            );
        }
    }
}

#[test]
fn strings_escape_only_what_they_must() {
    check(
        r#""\u0000\u001f\b\t\n\f\r\"\\\/\u007f\u2028\u00e9\ud83d\ude00""#,
        "\"\\u0000\\u001f\\b\\t\\n\\f\\r\\\"\\\\/\u{7F}\u{2028}é😀\"",
    );
    check(r#"{"a\"":1}"#, r#"{"a\"":1}"#);
}

#[test]
fn numbers_are_written_as_ecmascript_prints_them() {
    for (literal, expected) in [
        ("1.0", "1"),
        ("-0", "0"),
        ("-0.0", "0"),
        ("-5", "-5"),
        ("1E21", "1e+21"),
        ("1e20", "100000000000000000000"),
        ("0.000001", "0.000001"),
        ("1e-7", "1e-7"),
        ("999999999999999", "999999999999999"),
        ("9007199254740993", "9007199254740992"),
        ("18446744073709551615", "18446744073709552000"),
        ("333333333.33333329", "333333333.3333333"),
        ("1e-999", "0"),
    ] {
        check(literal, expected);
    }
}

#[test]
fn what_has_no_canonical_form_is_refused() {
    for (text, code) in [
        (r#"["\ud800"]"#, ReasonCode::JsonLoneSurrogate),
        (r#"{"\udc00":1}"#, ReasonCode::JsonLoneSurrogate),
        ("1e400", ReasonCode::JsonNumberRange),
    ] {
        assert_eq!(canonical(text.as_bytes()), Err(code), "{text}");
    }
    let long = format!("0.{}", "1".repeat(1_023));
    assert_eq!(canonical(long.as_bytes()), Err(ReasonCode::JsonNumberRange));
}

#[test]
fn chosen_members_are_written_as_an_object_of_their_own() {
    let parsed = parse(br#"{"b":[1.0],"c":2,"a\n":null}"#, &Bounds::default()).expect("a document");
    let chosen = parsed
        .root
        .members()
        .iter()
        .filter(|member| member.name.as_str() != Some("c"));
    let chosen = chosen.filter_map(|member| Some((member.name.as_str()?, &member.value)));
    let mut out = Vec::new();
    write_members(chosen, &mut out).expect("a canonical form");
    assert_eq!(out, br#"{"a\n":null,"b":[1]}"#);
}

#[test]
fn the_rfc_8785_vectors_come_out_byte_for_byte() {
    for (name, input) in vectors::files("common/jcs/testdata/input") {
        let expected = vectors::bytes(&format!("common/jcs/testdata/output/{name}")).expect("its output");
        assert_eq!(canonical(&input).as_ref(), Ok(&expected), "{name}");
        let hex = vectors::bytes(&format!("common/jcs/testdata/outhex/{}", name.replace(".json", ".txt")));
        let hex: Vec<u8> = hex
            .expect("its hex")
            .into_iter()
            .filter(|byte| !byte.is_ascii_whitespace())
            .collect();
        assert_eq!(data_encoding::HEXLOWER.decode(&hex).as_ref(), Ok(&expected), "{name}");
    }
}

#[test]
fn the_published_float_lines_come_out_digit_for_digit() {
    let Some(lines) = vectors::bytes("common/jcs/es6_float_lines_10k.txt") else {
        return;
    };
    let lines = String::from_utf8(lines).expect("ASCII");
    assert_eq!(lines.lines().count(), 10_000);
    for line in lines.lines() {
        let (hex, expected) = line.split_once(',').expect("two columns");
        let value = f64::from_bits(u64::from_str_radix(hex, 16).expect("hex"));
        // Seventeen digits name the double exactly, and are not the form we must print.
        check(&format!("{value:.16e}"), expected);
        check(expected, expected);
    }
}

#[test]
fn the_nexart_vectors_come_out_with_their_digests() {
    let Some(vectors) = vectors::json("nexart/canonicalization.json") else {
        return;
    };
    for case in vectors["cases"].as_array().expect("cases") {
        let input = case["input"].as_str().expect("input");
        let found = canonical(input.as_bytes()).expect("a canonical form");
        assert_eq!(std::str::from_utf8(&found).ok(), case["canonical"].as_str(), "{input}");
        assert_eq!(
            Some(Digest::of(&found).prefixed().as_str()),
            case["sha256"].as_str(),
            "{input}"
        );
    }
}

#[test]
fn the_nexart_fuzz_vectors_come_out_byte_for_byte() {
    let Some(vectors) = vectors::json("nexart/canonicalization-fuzz.json") else {
        return;
    };
    let pairs = vectors.as_array().expect("pairs");
    assert!(!pairs.is_empty());
    for pair in pairs {
        check(pair[0].as_str().expect("input"), pair[1].as_str().expect("output"));
    }
}

#[test]
fn two_independent_crates_write_the_same_bytes() {
    let mut generator = Generator::new(8785);
    for _ in 0..100_000 {
        let peer = generator.document(0);
        let text = serde_json::to_vec(&peer).expect("writable");
        let found = canonical(&text).expect("a canonical form");
        assert_eq!(serde_jcs::to_vec(&peer).ok().as_ref(), Some(&found), "{peer}");
        assert_eq!(
            serde_json_canonicalizer::to_vec(&peer).ok().as_ref(),
            Some(&found),
            "{peer}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_canonical_form_is_its_own_canonical_form(peer in document()) {
        let once = canonical(&serde_json::to_vec(&peer).expect("writable")).expect("a canonical form");
        prop_assert_eq!(canonical(&once), Ok(once));
    }
}
