//! Limits: each is named, keeps the program small, and can be raised for one file where the table allows it.

use std::io::Write as _;

use crate::station::{Station, codes};

/// Lines that pack at about 400 to 1.
fn repetitive() -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    let line = format!("{{\"a\":\"{}\"}}\n", "x".repeat(4000));
    for _ in 0..2_000 {
        packed.write_all(line.as_bytes()).unwrap();
    }
    packed.finish().unwrap()
}

#[test]
fn a_ratio_over_the_limit_is_named_and_raised_for_one_run() {
    let station = Station::new();
    station.write("rows.ndjson.gz", repetitive());
    let before = station.report("rows.ndjson.gz");
    assert!(codes(&before).contains(&"LIMIT_COMPRESSION_RATIO"), "{before}");
    let raised = station.run(&["verify", "--json", "--limit", "entry-ratio=1000", "rows.ndjson.gz"]);
    let raised = crate::station::read(&raised);
    assert!(!codes(&raised).contains(&"LIMIT_COMPRESSION_RATIO"), "{raised}");
    assert_eq!(raised["body"]["verdict"], "NOT_EVIDENCE");
    // Whoever repeats the check has to raise the same.
    let said = serde_json::json!([{"name": "entry-ratio", "value": 1000}]);
    assert_eq!(raised["body"]["policy"]["raisedLimits"], said);
    let schema = serde_json::from_str(review::report_json::JSON_SCHEMA).unwrap();
    assert!(jsonschema::is_valid(&schema, &raised), "{raised}");
    let text = station.run(&["verify", "--limit", "entry-ratio=1000", "rows.ndjson.gz"]);
    let text = String::from_utf8_lossy(&text.stdout).replace('\n', " ");
    assert!(
        text.contains("limits raised: unpacked to packed size of one file up to 1,000 : 1"),
        "{text}"
    );
}

#[test]
fn a_limit_is_not_raised_beyond_its_ceiling() {
    let station = Station::new();
    let output = station.run(&["verify", "--limit", "entry-ratio=1001", "s/verified.zip"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("1000"));
}

#[test]
fn nesting_of_a_hundred_thousand_is_refused_at_once() {
    let station = Station::new();
    station.write("deep.json", "[".repeat(100_000) + &"]".repeat(100_000));
    station.write("deep.ndjson", "{\"a\":".repeat(100_000) + "1" + &"}".repeat(100_000));
    for name in ["deep.json", "deep.ndjson"] {
        let report = station.report(name);
        assert!(codes(&report).contains(&"LIMIT_JSON_DEPTH"), "{name}: {report}");
    }
}
