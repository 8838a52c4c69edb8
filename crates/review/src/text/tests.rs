//! The text, read as it stands in a terminal.

use super::*;
use crate::present::fixtures::*;

fn text(case: &Case, color: bool) -> String {
    let mut gathered = Gathered::default();
    for record in &case.records {
        gathered.add(record);
    }
    gathered.render(&case.report, "Audit desk (14 keys)", color)
}

#[test]
fn a_verified_pack() {
    insta::assert_snapshot!(text(&verified(), false));
}

#[test]
fn a_failed_pack() {
    insta::assert_snapshot!(text(&failed(), false));
}

#[test]
fn an_undecided_pack() {
    insta::assert_snapshot!(text(&undecided(), false));
}

#[test]
fn not_evidence_and_errors() {
    let texts = [not_evidence(), error(), over_a_limit(), empty()].map(|case| text(&case, false));
    insta::assert_snapshot!(texts.join("\n----\n"));
}

#[test]
fn of_many_records_the_first_twenty_are_named() {
    let text = text(&many(), false);
    insta::assert_snapshot!(text);
    assert!(text.contains("and 20 more"));
}

#[test]
fn colour_adds_nothing_but_colour() {
    let case = failed();
    let colored = text(&case, true);
    let mut plain = String::new();
    let mut rest = colored.as_str();
    while let Some((before, after)) = rest.split_once("\x1b[") {
        plain.push_str(before);
        rest = after.split_once('m').map_or("", |(_, behind)| behind);
    }
    plain.push_str(rest);
    assert_eq!(plain, text(&case, false));
}

#[test]
fn hidden_characters_of_the_evidence_never_reach_the_terminal() {
    let mut case = failed();
    case.report.input.name = "a\x1b[2Jb\u{202E}.zip".to_owned();
    let text = text(&case, false);
    assert!(!text.contains('\x1b') && !text.contains('\u{202E}'));
    assert!(text.contains("a[U+001B][2Jb[U+202E].zip"));
}
