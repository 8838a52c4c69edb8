//! Text of the evidence that would steer a terminal, or that nobody would see.

use std::process::Output;

use serde_json::Value;

use crate::station::{Station, fixture};

/// Colours, a title, a bell, reversed writing, nothing at all, a one-character control sequence, and a very long word.
fn evil() -> String {
    let word = "W".repeat(300);
    format!("\u{1b}[31mRED\u{1b}]0;title\u{7}\u{202e}DEIFIREV\u{200b}\u{9b}2J\r\u{8} \u{2066}x {word}")
}

/// No character that steers a terminal or hides, but the line ends.
fn assert_plain(what: &str, bytes: &[u8], rows: bool) {
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    let hidden = |c: char| {
        let line_end = c == '\n' || (rows && matches!(c, '\r' | '\t'));
        (c.is_control() && !line_end)
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let found: Vec<char> = text.chars().filter(|c| hidden(*c)).collect();
    assert!(found.is_empty(), "{what}: {found:?}");
}

fn assert_output_plain(what: &str, output: &Output, rows: bool) {
    assert_plain(what, &output.stdout, rows);
    assert_plain(&format!("{what}, errors"), &output.stderr, false);
}

/// A NexArt record, a log and a Keel manifest whose texts are all evil, in a folder with a file of an evil name.
fn packs() -> (Station, Vec<&'static str>) {
    let station = Station::new();
    let mut record: Value = serde_json::from_slice(&fixture("nexart/receipt-form-a/cer.json")).unwrap();
    spoil(&mut record["snapshot"]);
    spoil(&mut record["meta"]["attestation"]);
    station.write("p/cer.json", record.to_string());
    record["createdAt"] = evil().into();
    record["certificateHash"] = evil().into();
    station.write("p/two.json", record.to_string());
    station.write("p/n\u{1b}[31m\u{202e}a.json", "{\"a\":1");
    station.write(
        "p/manifest.json",
        serde_json::json!({"exportedBy": evil(), "records": [{"executionId": evil(), "path": evil()}]}).to_string(),
    );
    let mut log = String::new();
    for line in String::from_utf8(fixture("invoance/row_twice/events.ndjson"))
        .unwrap()
        .lines()
    {
        let mut row: Value = serde_json::from_str(line).unwrap();
        row["action"] = evil().into();
        row["org_id"] = evil().into();
        row["actor"]["name"] = evil().into();
        log.push_str(&format!("{row}\n"));
    }
    station.write("log.ndjson", log);
    let mut manifest: Value = serde_json::from_slice(&fixture("keel/row_repeated/pack/manifest.json")).unwrap();
    for name in [
        "export_id",
        "project_id",
        "key_id",
        "public_key",
        "signed_at",
        "keel_version",
    ] {
        manifest[name] = evil().into();
    }
    station.write("k/manifest.json", manifest.to_string());
    station.write(
        "k/governance_events.jsonl",
        fixture("keel/row_repeated/pack/governance_events.jsonl"),
    );
    (station, vec!["p", "log.ndjson", "k"])
}

/// Makes every text in it evil, but for what decides which record it is.
fn spoil(value: &mut Value) {
    match value {
        Value::String(text) => *text = evil(),
        Value::Array(items) => items.iter_mut().for_each(spoil),
        Value::Object(members) => members.values_mut().for_each(spoil),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[test]
fn nothing_in_the_evidence_steers_a_terminal() {
    let (station, packs) = packs();
    for pack in packs {
        for words in [
            vec!["verify"],
            vec!["inspect"],
            vec!["export", "audit-report"],
            vec!["note", "verify"],
        ] {
            let output = station.run(&[words.as_slice(), &[pack]].concat());
            let shown = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(
                output.status.code().is_some_and(|code| code < 6),
                "{words:?} {pack}: {shown}"
            );
            // The audit report is JSON, which keeps what it is about exactly and escapes only what JSON must.
            if words != ["export", "audit-report"] {
                assert_output_plain(&format!("{words:?} {pack}"), &output, false);
            }
        }
    }
}

#[test]
fn text_of_the_evidence_is_shown_and_not_dropped() {
    let (station, _) = packs();
    let text = String::from_utf8(station.run(&["verify", "p"]).stdout).unwrap();
    assert!(text.contains("[U+001B]") && text.contains("[U+202E]"), "{text}");
}

#[test]
fn a_table_of_hostile_records_hides_nothing() {
    let (station, packs) = packs();
    for pack in packs {
        let output = station.run(&["verify", "--format", "csv", pack]);
        assert_output_plain(pack, &output, true);
        station.run(&["export", "project-csv", "-o", "t.csv", "--force", pack]);
        if let Ok(bytes) = std::fs::read(station.path("t.csv")) {
            assert_plain(pack, &bytes, true);
        }
    }
}

#[test]
fn json_keeps_every_text_exactly() {
    let (station, _) = packs();
    let report = station.report("p");
    let text = report.to_string();
    assert!(
        text.contains(&serde_json::to_string(&evil()).unwrap().trim_matches('"').to_owned()),
        "{text}"
    );
}

#[test]
fn a_name_on_the_command_line_does_not_steer_the_terminal_either() {
    let station = Station::new();
    let name = "no\u{1b}[31msuch\u{202e}.zip";
    let below = format!("{name}/x");
    for words in [
        vec!["verify", name],
        vec!["inspect", name],
        vec!["note", "verify", name],
        vec!["verify", "--keys", name, "s"],
        vec!["verify", "--key", name, "s"],
        vec!["verify", "-o", below.as_str(), "s/log.zip"],
        vec!["verify", "--format", name, "s"],
        vec!["verify", "--limit", name, "s"],
        vec![name],
    ] {
        assert_output_plain(&format!("{words:?}"), &station.run(&words), false);
    }
}
