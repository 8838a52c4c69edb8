//! What the reader accepts, refuses and flags.

use proptest::prelude::*;

use super::*;
use crate::vectors;

fn read(text: &[u8]) -> Result<Parsed<'_>, Fault> {
    parse(text, &Bounds::default())
}

/// The codes a document gets: those of its flaws, or that of its fault.
fn codes(text: &[u8]) -> Vec<ReasonCode> {
    match read(text) {
        Ok(parsed) => parsed.flaws.iter().map(|flaw| flaw.code).collect(),
        Err(fault) => vec![fault.code],
    }
}

#[track_caller]
fn check_flaws(text: &str, expected: &[(ReasonCode, usize)]) {
    let parsed = read(text.as_bytes()).expect("a document");
    let found: Vec<_> = parsed.flaws.iter().map(|flaw| (flaw.code, flaw.offset)).collect();
    assert_eq!(found, expected, "{text}");
}

#[track_caller]
fn check_fault(text: &[u8], code: ReasonCode, offset: usize) {
    let fault = read(text).expect_err("a fault");
    assert_eq!((fault.code, fault.offset), (code, offset), "{}", text.escape_ascii());
}

/// Depth as evidence may have it outside NexArt: the reader goes further, the caller refuses.
const DEEPEST_RECORD: usize = 64;

fn refuses(code: ReasonCode) -> bool {
    !matches!(
        code,
        ReasonCode::JsonNumberUnsafe | ReasonCode::JsonNoncharacter | ReasonCode::JsonKeyConfusable
    )
}

#[test]
fn every_value_knows_its_place() {
    let text = br#" {"a" : [1.50, "x\n", true], "b":null} "#;
    let parsed = read(text).expect("a document");
    let slice = |span: Span| std::str::from_utf8(&text[span.range()]).expect("UTF-8");
    let root = &parsed.root;
    assert_eq!(slice(root.span), r#"{"a" : [1.50, "x\n", true], "b":null}"#);
    assert_eq!(slice(root.members()[0].name_span), r#""a""#);
    let items = root.get("a").expect("a").items();
    assert_eq!(
        items.iter().map(|item| slice(item.span)).collect::<Vec<_>>(),
        ["1.50", r#""x\n""#, "true"]
    );
    assert_eq!(items[0].as_number(), Some("1.50"));
    assert_eq!(items[1].as_str(), Some("x\n"));
    assert_eq!(items[2].as_bool(), Some(true));
    assert!(root.get("b").is_some_and(Node::is_null));
    assert!(root.get("c").is_none());
}

#[test]
fn a_pointer_leads_where_rfc_6901_says() {
    let text = br#"{"foo":["bar","baz"],"":0,"a/b":1,"m~n":8,"~1":9}"#;
    let root = read(text).expect("a document").root;
    assert_eq!(root.pointer(""), Some(&root));
    assert_eq!(root.pointer("/foo/1").and_then(Node::as_str), Some("baz"));
    for (pointer, number) in [("/", 0), ("/a~1b", 1), ("/m~0n", 8), ("/~01", 9)] {
        assert_eq!(root.pointer(pointer).and_then(Node::as_u64), Some(number), "{pointer}");
    }
    for nowhere in ["foo", "/foo/2", "/foo/01", "/foo/+1", "/foo/-", "/bar", "//"] {
        assert_eq!(root.pointer(nowhere), None, "{nowhere}");
    }
}

#[test]
fn only_plain_integers_are_counts() {
    for (text, count) in [("7", Some(7)), ("18446744073709551615", Some(u64::MAX))] {
        assert_eq!(read(text.as_bytes()).expect("a number").root.as_u64(), count);
    }
    for text in ["18446744073709551616", "-1", "-0", "1.0", "1e0", "\"1\""] {
        assert_eq!(read(text.as_bytes()).expect("a value").root.as_u64(), None, "{text}");
    }
}

#[test]
fn depth_counts_containers() {
    for (text, depth) in [("1", 0), ("{}", 1), ("[]", 1), ("[[],{\"a\":[1]}]", 3)] {
        assert_eq!(read(text.as_bytes()).expect("a document").root.depth(), depth, "{text}");
    }
}

#[test]
fn a_repeated_name_is_flagged_at_its_repetition() {
    check_flaws(r#"{"a":1,"a":2}"#, &[(ReasonCode::JsonDuplicateKey, 7)]);
    check_flaws(r#"{"a":1,"\u0061":1}"#, &[(ReasonCode::JsonDuplicateKey, 7)]);
    check_flaws(r#"[{"b":{"é":1,"\u00e9":2}}]"#, &[(ReasonCode::JsonDuplicateKey, 14)]);
    check_flaws(
        r#"{"\ud800":1,"\uD800":1}"#,
        &[
            (ReasonCode::JsonLoneSurrogate, 2),
            (ReasonCode::JsonDuplicateKey, 12),
            (ReasonCode::JsonLoneSurrogate, 13),
        ],
    );
    check_flaws(r#"{"a":{"a":1},"b":[{"a":1},{"a":1}]}"#, &[]);
}

#[test]
fn a_repeated_name_among_many_is_found() {
    let mut text: String = (0..500).map(|index| format!("\"n{index}\":0,")).collect();
    text.insert(0, '{');
    let offset = text.len();
    text.push_str("\"n7\":0}");
    check_flaws(&text, &[(ReasonCode::JsonDuplicateKey, offset)]);
}

#[test]
fn names_that_differ_in_case_or_composition_are_confusable() {
    check_flaws(r#"{"Amount":1,"amount":2}"#, &[(ReasonCode::JsonKeyConfusable, 12)]);
    check_flaws("{\"\u{e9}\":1,\"e\u{301}\":2}", &[(ReasonCode::JsonKeyConfusable, 8)]);
    check_flaws(
        "{\"stra\u{df}e\":1,\"STRASSE\":2}",
        &[(ReasonCode::JsonKeyConfusable, 13)],
    );
    check_flaws("{\"\u{212A}\":1,\"k\":2}", &[(ReasonCode::JsonKeyConfusable, 9)]);
    check_flaws("{\"\u{fb01}\":1,\"ﬀ\":2,\"e\":3}", &[]);
}

#[test]
fn a_repeated_name_is_not_called_confusable_as_well() {
    check_flaws(
        r#"{"a":1,"A":2,"a":3}"#,
        &[(ReasonCode::JsonKeyConfusable, 7), (ReasonCode::JsonDuplicateKey, 13)],
    );
}

#[test]
fn numbers_and_strings_are_flagged_at_their_place() {
    check_flaws("[1,9007199254740993]", &[(ReasonCode::JsonNumberUnsafe, 3)]);
    check_flaws("[1,1e999]", &[(ReasonCode::JsonNumberRange, 3)]);
    check_flaws(r#"["a\ud800"]"#, &[(ReasonCode::JsonLoneSurrogate, 3)]);
    check_flaws("[\"a\u{FFFF}\"]", &[(ReasonCode::JsonNoncharacter, 1)]);
}

#[test]
fn flaws_beyond_the_kept_number_are_dropped() {
    let text = format!("[{}1e999]", "-0,".repeat(FLAWS_KEPT + 5));
    let parsed = read(text.as_bytes()).expect("a document");
    assert_eq!(parsed.flaws.len(), FLAWS_KEPT + 1);
    assert_eq!(
        parsed.flaws.last().map(|flaw| flaw.code),
        Some(ReasonCode::JsonNumberRange)
    );
}

#[test]
fn a_fault_names_code_and_place() {
    check_fault(b"", ReasonCode::JsonEmpty, 0);
    check_fault(b" \r\n\t", ReasonCode::JsonEmpty, 4);
    check_fault(b"\xEF\xBB\xBF{}", ReasonCode::JsonBom, 0);
    check_fault(b"{} {}", ReasonCode::JsonTrailingData, 3);
    check_fault(b"{}\0", ReasonCode::JsonTrailingData, 2);
    check_fault(b"[1,]", ReasonCode::JsonSyntax, 3);
    check_fault(b"{\"a\":1,}", ReasonCode::JsonSyntax, 7);
    check_fault(b"[1 2]", ReasonCode::JsonSyntax, 3);
    check_fault(b"{\"a\" 1}", ReasonCode::JsonSyntax, 5);
    check_fault(b"{a:1}", ReasonCode::JsonSyntax, 1);
    check_fault(b"[nul]", ReasonCode::JsonSyntax, 4);
    check_fault(b"[NaN]", ReasonCode::JsonSyntax, 1);
    check_fault(b"[01]", ReasonCode::JsonSyntax, 2);
    check_fault(b"[\"a", ReasonCode::JsonSyntax, 3);
    check_fault(b"{\"a\":", ReasonCode::JsonSyntax, 5);
    check_fault(b"{]\"\xFF\"", ReasonCode::JsonNotUtf8, 3);
    check_fault(b"\"\xED\xA0\x80\"", ReasonCode::JsonNotUtf8, 1);
}

#[test]
fn a_fault_names_line_and_column_in_characters() {
    let fault = read("{\n  \"gr\u{fc}n\": x\n}".as_bytes()).expect_err("a fault");
    assert_eq!((fault.line, fault.column), (2, 11));
    assert_eq!(fault.to_string(), "JSON_SYNTAX at line 2, column 11");
}

#[test]
fn a_fault_keeps_the_outermost_names_read_before() {
    for text in [
        &br#"{"bundleType":"x","snapshot":{"inner":1,"#[..],
        br#"{"bundleType":"x","snapshot""#,
        br#"{"bundleType":"x","snapshot":nil}"#,
        br#"{"bundleType":"x","snapshot":"c"} x"#,
        b"{\"bundleType\":\"x\",\"snapshot\":\"\xFF",
    ] {
        let fault = read(text).expect_err("a fault");
        assert_eq!(fault.names, ["bundleType", "snapshot"], "{}", text.escape_ascii());
    }
    assert!(read(br#"[{"a":1,"b"#).expect_err("a fault").names.is_empty());
}

#[test]
fn nesting_is_limited_before_descending() {
    let nested = |depth: usize| [b"[".repeat(depth), b"]".repeat(depth)].concat();
    assert!(read(&nested(128)).is_ok());
    check_fault(&nested(129), ReasonCode::LimitJsonDepth, 128);
    check_fault(&b"{\"\":".repeat(1_000_000), ReasonCode::LimitJsonDepth, 128 * 4);
    let bounds = Bounds {
        depth: usize::MAX,
        ..Bounds::default()
    };
    assert!(parse(&nested(129), &bounds).is_err());
    let bounds = Bounds {
        depth: 2,
        ..Bounds::default()
    };
    assert!(parse(b"[[1]]", &bounds).is_ok());
    assert!(parse(b"[[[]]]", &bounds).is_err());
}

#[test]
fn values_and_string_lengths_are_limited() {
    let bounds = Bounds {
        nodes: 3,
        string: 4,
        ..Bounds::default()
    };
    let code = |text: &str| parse(text.as_bytes(), &bounds).map_err(|fault| fault.code).err();
    assert_eq!(code("[1,2]"), None);
    assert_eq!(code("[1,2,3]"), Some(ReasonCode::LimitJsonNodes));
    assert_eq!(code("\"abcd\""), None);
    assert_eq!(code("\"abcde\""), Some(ReasonCode::LimitLineLength));
    assert_eq!(code("{\"abcde\":1}"), Some(ReasonCode::LimitLineLength));
    assert_eq!(code(r#""\u0041""#), Some(ReasonCode::LimitLineLength));
}

#[test]
fn a_byte_order_mark_can_be_taken_away() {
    assert_eq!(without_bom(b"\xEF\xBB\xBF{}"), b"{}");
    assert_eq!(without_bom(b"{}"), b"{}");
}

#[test]
fn many_members_are_examined_without_delay() {
    let text: String = (0..200_000).map(|index| format!("\"K{index}\":0,")).collect();
    let text = format!("{{{text}\"k5\":1}}");
    assert_eq!(codes(text.as_bytes()), [ReasonCode::JsonKeyConfusable]);
}

#[test]
fn the_projects_vectors_get_their_expected_codes() {
    let Some(expected) = vectors::json("common/json/own/expected.json") else {
        return;
    };
    let expected = expected.as_object().expect("an object");
    assert!(expected.len() >= 30);
    for (name, case) in expected {
        let text = vectors::bytes(&format!("common/json/own/{name}")).expect("the file");
        let mut found = codes(&text);
        if read(&text).is_ok_and(|parsed| parsed.root.depth() > DEEPEST_RECORD) {
            found.push(ReasonCode::LimitJsonDepth);
        }
        let reason: Vec<_> = case["reason"].as_str().into_iter().collect();
        let names: Vec<_> = found.iter().map(|code| code.as_str()).collect();
        assert_eq!(names, reason, "{name}");
        let refused = found.iter().any(|code| refuses(*code));
        assert_eq!(refused, case["verdict"] == "refuse", "{name}");
    }
}

/// Files of the suite whose outcome is free there and fixed here.
const FREE_BUT_WARNED: [&str; 5] = [
    "i_number_double_huge_neg_exp.json",
    "i_number_real_underflow.json",
    "i_number_too_big_neg_int.json",
    "i_number_too_big_pos_int.json",
    "i_number_very_big_negative_int.json",
];

#[test]
fn the_parsing_suite_is_accepted_and_refused_as_it_says() {
    let files = vectors::files("common/json/JSONTestSuite/test_parsing");
    for (name, text) in &files {
        let found = codes(text);
        if name.starts_with("y_") {
            assert!(read(text).is_ok(), "{name}: {found:?}");
            let duplicate = name.starts_with("y_object_duplicated_key");
            assert_eq!(found.contains(&ReasonCode::JsonDuplicateKey), duplicate, "{name}");
        } else if name.starts_with("n_") {
            assert!(read(text).is_err(), "{name}");
        } else if FREE_BUT_WARNED.contains(&name.as_str()) {
            assert_eq!(found, [ReasonCode::JsonNumberUnsafe], "{name}");
        } else {
            assert!(found.iter().any(|code| refuses(*code)), "{name}: {found:?}");
            assert_eq!(found, [expected_of_free(name, text)], "{name}");
        }
    }
}

/// What becomes of the files whose value other readers change in silence.
fn expected_of_transformed(name: &str) -> &'static [ReasonCode] {
    match name {
        // It holds a negative zero besides.
        "object_same_key_unclear_values.json" => &[ReasonCode::JsonDuplicateKey, ReasonCode::JsonNumberUnsafe],
        _ if name.starts_with("object_same_key") => &[ReasonCode::JsonDuplicateKey],
        _ if name.starts_with("object_key_nf") => &[ReasonCode::JsonKeyConfusable],
        _ if name.contains("escaped_invalid_codepoint") => &[ReasonCode::JsonLoneSurrogate],
        _ if name.contains("invalid_codepoint") => &[ReasonCode::JsonNotUtf8],
        "number_-9223372036854775808.json"
        | "number_-9223372036854775809.json"
        | "number_9223372036854775807.json"
        | "number_9223372036854775808.json"
        | "number_10000000000000000999.json"
        | "number_1e-999.json" => &[ReasonCode::JsonNumberUnsafe],
        _ => &[],
    }
}

#[test]
fn the_transforming_suite_is_never_changed_in_silence() {
    let files = vectors::files("common/json/JSONTestSuite/test_transform");
    for (name, text) in &files {
        let mut found = codes(text);
        found.dedup();
        assert_eq!(found, expected_of_transformed(name), "{name}");
    }
}

fn expected_of_free(name: &str, text: &[u8]) -> ReasonCode {
    match name {
        "i_structure_500_nested_arrays.json" => ReasonCode::LimitJsonDepth,
        "i_structure_UTF-8_BOM_empty_object.json" => ReasonCode::JsonBom,
        _ if std::str::from_utf8(text).is_err() => ReasonCode::JsonNotUtf8,
        _ if name.starts_with("i_number") => ReasonCode::JsonNumberRange,
        _ => ReasonCode::JsonLoneSurrogate,
    }
}

/// Text that looks like JSON often enough to reach every branch.
fn jsonish() -> impl Strategy<Value = String> {
    let piece = prop_oneof![prop::sample::select(vec![
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"a\"",
        "\"b\"",
        "\"",
        "\\",
        "\\u00e9",
        "\\ud83d\\ude00",
        "\\n",
        "true",
        "false",
        "null",
        "0",
        "1",
        "-",
        ".",
        "e",
        "E+",
        "12",
        "0.5",
        "1e3",
        " ",
        "\n",
        "é",
        "\u{1}",
        "{\"a\":1}",
        "[1,2]",
        "\"x\":",
    ]),];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

/// A document that is sound: nested, with awkward names, strings and numbers.
pub(crate) fn document() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(serde_json::Value::from),
        (-(1_i64 << 53)..1 << 53).prop_map(serde_json::Value::from),
        any::<f64>().prop_map(serde_json::Value::from),
        "\\PC{0,6}|[\u{0}-\u{1F}\"\\\\é\u{E000}😀]{0,6}".prop_map(serde_json::Value::from),
    ];
    leaf.prop_recursive(5, 40, 8, |inner| {
        let name = "[a-zA-Z0-9_]{0,6}|[\u{0}-\u{1F}\"\\\\é\u{E000}\u{FB33}😀]{0,3}";
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(serde_json::Value::from),
            prop::collection::btree_map(name, inner, 0..8)
                .prop_map(|members| serde_json::Value::Object(members.into_iter().collect())),
        ]
    })
}

fn same(node: &Node<'_>, peer: &serde_json::Value) -> bool {
    match (&node.value, peer) {
        (Value::Null, serde_json::Value::Null) => true,
        (Value::Bool(one), serde_json::Value::Bool(other)) => one == other,
        (Value::Number(one), serde_json::Value::Number(other)) => one.parse() == Ok(other.as_f64().expect("finite")),
        (Value::String(one), serde_json::Value::String(other)) => one.as_str() == Some(other),
        (Value::Array(one), serde_json::Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), serde_json::Value::Object(other)) => {
            one.len() == other.len()
                && other
                    .iter()
                    .all(|(name, other)| node.get(name).is_some_and(|one| same(one, other)))
        }
        _ => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn parsing_never_panics(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = read(&bytes);
    }

    #[test]
    fn parsing_spoilt_documents_never_panics(peer in document(), place in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut text = serde_json::to_vec(&peer).expect("writable");
        let place = place.index(text.len());
        text[place] = byte;
        if let Err(fault) = read(&text) {
            prop_assert!(fault.offset <= text.len());
        }
    }

    #[test]
    fn a_sound_document_reads_as_by_serde_json(peer in document(), pretty in any::<bool>()) {
        let text = if pretty { serde_json::to_vec_pretty(&peer) } else { serde_json::to_vec(&peer) }.expect("writable");
        let parsed = read(&text).expect("sound");
        prop_assert!(same(&parsed.root, &peer));
        prop_assert!(parsed.flaws.iter().all(|flaw| !refuses(flaw.code)));
    }
}

/// What each name is beside those before it, the slow and plain way.
fn slowly(names: &[String]) -> (usize, usize) {
    let earlier = |index: usize| names.iter().take(index);
    let repeated = |index: &usize| earlier(*index).any(|name| *name == names[*index]);
    let confusable = |index: &usize| earlier(*index).any(|name| name.eq_ignore_ascii_case(&names[*index]));
    let duplicates = (0..names.len()).filter(repeated).count();
    let confusables = (0..names.len())
        .filter(|index| !repeated(index) && confusable(index))
        .count();
    (duplicates, confusables)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_repeated_or_confusable_name_escapes(names in prop::collection::vec("[abAB_]{0,3}", 0..40)) {
        let members: Vec<_> = names.iter().map(|name| format!("\"{name}\":0")).collect();
        let found = codes(format!("{{{}}}", members.join(",")).as_bytes());
        let count = |code: ReasonCode| found.iter().filter(|found| **found == code).count();
        let counts = (count(ReasonCode::JsonDuplicateKey), count(ReasonCode::JsonKeyConfusable));
        prop_assert_eq!(counts, slowly(&names));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn serde_json_agrees_what_is_json(text in jsonish()) {
        // By design we take what serde_json cannot hold, and flag it: huge numbers and lone surrogates.
        let flagged = |parsed: &Parsed<'_>| parsed.flaws.iter().any(|flaw| {
            matches!(flaw.code, ReasonCode::JsonNumberRange | ReasonCode::JsonLoneSurrogate)
        });
        match (read(text.as_bytes()), serde_json::from_str::<serde_json::Value>(&text)) {
            (Ok(parsed), Ok(_)) => prop_assert!(!flagged(&parsed)),
            (Ok(parsed), Err(_)) => prop_assert!(flagged(&parsed)),
            (Err(_), peer) => prop_assert!(peer.is_err()),
        }
    }
}

#[test]
fn a_tree_that_would_take_too_much_memory_is_refused_before_it_is_built() {
    let bounds = Bounds {
        memory: 100_000,
        ..Bounds::default()
    };
    for (piece, fits) in [("0", 1_500), ("[0]", 700), (r#"{"a":0}"#, 400), (r#""\n""#, 300)] {
        let array = |count: usize| format!("[{}0]", format!("{piece},").repeat(count));
        assert!(parse(array(fits).as_bytes(), &bounds).is_ok(), "{fits} times {piece}");
        let fault = parse(array(4 * fits).as_bytes(), &bounds).expect_err("too much");
        assert_eq!(fault.code, ReasonCode::LimitJsonNodes, "{piece}");
    }
}

#[test]
fn five_million_numbers_are_within_the_defaults() {
    let array = format!("[{}0]", "0,".repeat(4_999_998));
    assert!(parse(array.as_bytes(), &Bounds::default()).is_ok());
}

#[test]
fn a_value_takes_the_memory_it_is_counted_with() {
    assert_eq!(size_of::<Node<'_>>(), 32);
    assert_eq!(size_of::<Member<'_>>(), 56);
}

#[test]
fn names_are_compared_in_large_objects_as_in_small_ones() {
    let others: String = (0..30).map(|number| format!(r#","k{number}":0"#)).collect();
    for (names, code) in [
        ([r#""a""#, r#""\u0061""#], Some(ReasonCode::JsonDuplicateKey)),
        ([r#""a""#, r#""A""#], Some(ReasonCode::JsonKeyConfusable)),
        ([r#""\u212a""#, r#""K""#], Some(ReasonCode::JsonKeyConfusable)),
        ([r#""\ud800""#, r#""\ufffd""#], Some(ReasonCode::JsonKeyConfusable)),
        ([r#""a""#, r#""b""#], None),
    ] {
        let text = format!("{{{}:1{others},{}:2}}", names[0], names[1]);
        let parsed = parse(text.as_bytes(), &Bounds::default()).expect("a document");
        let found: Vec<_> = parsed
            .flaws
            .iter()
            .map(|flaw| flaw.code)
            .filter(|code| *code != ReasonCode::JsonLoneSurrogate)
            .collect();
        assert_eq!(found, Vec::from_iter(code), "{names:?}");
    }
}
