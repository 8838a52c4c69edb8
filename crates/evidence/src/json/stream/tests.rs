//! Which values a stream gives.

use proptest::prelude::*;

use super::*;

/// A reader that gives a few bytes at a time.
struct Slow<'a>(&'a [u8], usize);

impl Read for Slow<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.1.min(buffer.len());
        self.0.read(&mut buffer[..count])
    }
}

/// A reader that fails at its end.
struct Broken<'a>(&'a [u8]);

impl Read for Broken<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        match self.0.read(buffer)? {
            0 => Err(std::io::Error::other("unplugged")),
            count => Ok(count),
        }
    }
}

type Found = Result<(Place, u64, String), (ReasonCode, usize)>;

fn found(values: Values<impl Read>) -> Vec<Found> {
    let plain = |next: Result<Chunk, Fault>| match next {
        Ok(chunk) => Ok((chunk.place, chunk.offset, String::from_utf8(chunk.text).expect("UTF-8"))),
        Err(fault) => Err((fault.code, fault.offset)),
    };
    values.map(plain).collect()
}

#[track_caller]
fn check(text: &str, expected: &[(Place, u64, &str)], fault: Option<(ReasonCode, usize)>) {
    let expected = expected
        .iter()
        .map(|(place, offset, text)| Ok((*place, *offset, (*text).to_owned())));
    let expected: Vec<Found> = expected.chain(fault.map(Err)).collect();
    for size in [1, 2, 3, 7, 1_000_000] {
        let values = Values::new(Slow(text.as_bytes(), size), &StreamBounds::default());
        assert_eq!(found(values), expected, "{text:?} in pieces of {size}");
    }
}

fn lines(text: &str) -> Vec<Found> {
    found(Values::lines(text.as_bytes(), &StreamBounds::default()))
}

#[test]
fn an_array_gives_its_elements() {
    check(
        " [ {\"a\":\"]\"} ,1,\n[2, 3],\"x\\\"\" ]\n",
        &[
            (Place::Element(0), 3, "{\"a\":\"]\"}"),
            (Place::Element(1), 14, "1"),
            (Place::Element(2), 17, "[2, 3]"),
            (Place::Element(3), 24, "\"x\\\"\""),
        ],
        None,
    );
    check("[]", &[], None);
    check("[ \n]", &[], None);
}

#[test]
fn one_value_comes_whole_with_the_blanks_around_it() {
    for text in [
        "{\n \"a\": 1\n}\n",
        " {\"a\":1}",
        "{\"a\":1}\n\n",
        "12",
        "\"a\"\n",
        "{\"a\":\n",
        "{}}",
    ] {
        check(text, &[(Place::Whole, 0, text)], None);
    }
}

#[test]
fn a_value_per_line_gives_lines() {
    check(
        "{\"a\":1}\n\n{\"b\":\r\nx",
        &[
            (Place::Line(1), 0, "{\"a\":1}"),
            (Place::Line(2), 8, ""),
            (Place::Line(3), 9, "{\"b\":\r"),
            (Place::Line(4), 16, "x"),
        ],
        None,
    );
    check(
        "\n1\n2\n",
        &[
            (Place::Line(1), 0, ""),
            (Place::Line(2), 1, "1"),
            (Place::Line(3), 3, "2"),
        ],
        None,
    );
    check(
        "x,y\n1,2",
        &[(Place::Line(1), 0, "x,y"), (Place::Line(2), 4, "1,2")],
        None,
    );
}

#[test]
fn lines_can_be_asked_for_whatever_they_hold() {
    assert_eq!(lines(""), []);
    assert_eq!(lines("[1,"), [Ok((Place::Line(1), 0, "[1,".to_owned()))]);
    assert_eq!(lines("{}\n"), [Ok((Place::Line(1), 0, "{}".to_owned()))]);
}

#[test]
fn a_byte_order_mark_is_skipped_and_told() {
    let text = "\u{FEFF}{\"a\":1}";
    check(text, &[(Place::Whole, 3, "{\"a\":1}")], None);
    check("\u{FEFF}[1]", &[(Place::Element(0), 4, "1")], None);
    let mut values = Values::new(text.as_bytes(), &StreamBounds::default());
    assert!(values.next().is_some_and(|next| next.is_ok()));
    assert!(values.had_bom());
    assert!(values.next().is_none());
}

#[test]
fn an_empty_stream_is_a_fault() {
    check("", &[], Some((ReasonCode::JsonEmpty, 0)));
    check(" \n", &[], Some((ReasonCode::JsonEmpty, 0)));
    check("\u{FEFF}", &[], Some((ReasonCode::JsonEmpty, 3)));
}

#[test]
fn an_array_that_is_broken_ends_with_one_fault() {
    let one: &[_] = &[(Place::Element(0), 1, "1")];
    check("[", &[], Some((ReasonCode::JsonSyntax, 1)));
    check("[1", &[], Some((ReasonCode::JsonSyntax, 2)));
    check("[1,", one, Some((ReasonCode::JsonSyntax, 3)));
    check("[1,]", one, Some((ReasonCode::JsonSyntax, 3)));
    check("[1 2]", one, Some((ReasonCode::JsonSyntax, 3)));
    check("[,1]", &[], Some((ReasonCode::JsonSyntax, 1)));
    check("[1}", one, Some((ReasonCode::JsonSyntax, 2)));
    check("[1] x", one, Some((ReasonCode::JsonTrailingData, 4)));
}

#[test]
fn an_element_that_breaks_off_names_its_members_and_its_place() {
    let text = "[{\"a\":1},\n  {\"kid\":\"k1\",\"keys\":[1";
    let mut values = Values::new(text.as_bytes(), &StreamBounds::default());
    assert!(values.next().is_some_and(|next| next.is_ok()));
    let fault = values.next().and_then(Result::err).expect("a fault");
    assert_eq!((fault.code, fault.offset), (ReasonCode::JsonSyntax, text.len()));
    assert_eq!((fault.line, fault.column), (2, 24));
    assert_eq!(fault.names, ["kid", "keys"]);
    assert!(values.next().is_none());
}

#[test]
fn a_line_that_is_too_long_is_passed_over() {
    let bounds = StreamBounds {
        line: 3,
        ..StreamBounds::default()
    };
    let values = Values::lines(&b"123\n1234\n12"[..], &bounds);
    assert_eq!(
        found(values),
        [
            Ok((Place::Line(1), 0, "123".to_owned())),
            Err((ReasonCode::LimitLineLength, 4)),
            Ok((Place::Line(3), 9, "12".to_owned())),
        ]
    );
}

#[test]
fn values_and_lines_are_limited() {
    let bounds = StreamBounds {
        value: 4,
        lines: 2,
        ..StreamBounds::default()
    };
    let all = |text: &str| found(Values::new(text.as_bytes(), &bounds));
    assert_eq!(all("{\"\":1}"), [Err((ReasonCode::LimitEntrySize, 0))]);
    assert_eq!(all("[12345]"), [Err((ReasonCode::LimitEntrySize, 1))]);
    assert_eq!(all("1\n2\n3").last(), Some(&Err((ReasonCode::LimitLineCount, 4))));
    assert_eq!(all("1\n2\n").last(), Some(&Ok((Place::Line(2), 2, "2".to_owned()))));
}

#[test]
fn memory_does_not_follow_what_a_stream_holds() {
    let endless = std::io::repeat(b'[').take(1 << 24);
    let bounds = StreamBounds {
        value: 1 << 10,
        ..StreamBounds::default()
    };
    assert_eq!(
        found(Values::new(endless, &bounds)),
        [Err((ReasonCode::LimitEntrySize, 1))]
    );
    let blanks = std::io::repeat(b' ').take(1 << 24);
    let bounds = StreamBounds {
        line: 1 << 10,
        ..StreamBounds::default()
    };
    assert_eq!(
        found(Values::new(blanks, &bounds)),
        [Err((ReasonCode::LimitLineLength, 0))]
    );
}

#[test]
fn a_reader_that_fails_is_a_fault_where_it_failed() {
    for (text, offset) in [("", 0), ("{\"a\":1}", 0), ("[1,", 0)] {
        let values = Values::new(Broken(text.as_bytes()), &StreamBounds::default());
        assert_eq!(found(values), [Err((ReasonCode::IoReadFailed, offset))], "{text}");
    }
    let lines = Values::lines(Broken(b"1\n2"), &StreamBounds::default());
    assert_eq!(found(lines).last(), Some(&Err((ReasonCode::IoReadFailed, 3))));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn cutting_never_panics_and_cuts_exactly(text in "[\\[\\]{}\",:\\\\ \n1a]{0,30}", size in 1_usize..5) {
        for next in Values::new(Slow(text.as_bytes(), size), &StreamBounds::default()).flatten() {
            let start = usize::try_from(next.offset).expect("small");
            prop_assert_eq!(&text.as_bytes()[start..start + next.text.len()], next.text);
        }
    }

    #[test]
    fn the_elements_are_those_of_the_document(items in prop::collection::vec(crate::json::tests::document(), 0..6), pretty in any::<bool>()) {
        let text = if pretty { serde_json::to_vec_pretty(&items) } else { serde_json::to_vec(&items) }.expect("writable");
        let whole = parse(&text, &Bounds::default()).expect("a document");
        let spans: Vec<_> = whole.root.items().iter().map(|item| text[item.span.range()].to_vec()).collect();
        let cut: Vec<_> = Values::new(Slow(&text, 5), &StreamBounds::default()).map(|next| next.expect("sound").text).collect();
        prop_assert_eq!(cut, spans);
    }
}
