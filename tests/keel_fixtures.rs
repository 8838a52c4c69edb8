//! Every Keel fixture of the project: verdict, native status, codes and reservations.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops where something is not as it says"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use evidence::{
    Authority, Ecosystem, KeyBook, Layer, Limits, Outcome, Pack, Policy, Progress, ReasonCode, Record, Report,
    SuppliedKeys, Verdict,
};
use serde_json::Value;

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/keel")
}

fn json(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

fn texts(value: &Value) -> BTreeSet<&str> {
    let texts = value.as_array().into_iter().flatten();
    texts.map(|text| text.as_str().unwrap()).collect()
}

/// The reviewer's trust in a case: key files, and certificates of time-stamp authorities.
fn book(case: &Value) -> KeyBook {
    let bytes = |name: &str| fs::read(fixtures().join("keys").join(name)).unwrap();
    let keys = |name: &str| SuppliedKeys {
        name: name.to_owned(),
        ecosystem: Ecosystem::Keel,
        bytes: bytes(name),
    };
    let authority = |name: &str| Authority {
        name: name.to_owned(),
        bytes: bytes(name),
    };
    KeyBook {
        supplied: texts(&case["keys"]).into_iter().map(keys).collect(),
        authorities: texts(&case["authorities"]).into_iter().map(authority).collect(),
        ..KeyBook::default()
    }
}

fn checked(folder: &Path, case: &Value) -> (Report, Vec<Record>) {
    let layer = |name: &str| match name {
        "chain" => Layer::Chain,
        "closures" => Layer::Closures,
        other => unreachable!("{other} is no layer of a case"),
    };
    let policy = Policy {
        require: texts(&case["require"]).into_iter().map(layer).collect(),
        ..Policy::default()
    };
    let progress = Progress::default();
    let pack = Pack::open(&[folder.join(case["pack"].as_str().unwrap())], &progress).unwrap();
    let mut records = Vec::new();
    let report = evidence::verify(&pack, &book(case), &policy, &progress, &mut records).unwrap();
    (report, records)
}

/// Differences of one case.
struct Differences<'c> {
    case: &'c str,
    found: &'c mut Vec<String>,
}

impl Differences<'_> {
    fn compare<T: PartialEq + std::fmt::Debug>(&mut self, what: &str, expected: T, found: T) {
        if expected != found {
            let case = self.case;
            self.found.push(format!(
                "{case}: {what}\n    expected {expected:?}\n    found    {found:?}"
            ));
        }
    }
}

fn compare(case: &Value, report: &Report, records: &[Record], differences: &mut Differences<'_>) {
    let expect = &case["expect"];
    differences.compare("verdict", expect["verdict"].as_str().unwrap(), report.verdict.as_str());
    let codes: BTreeSet<&str> = report.reason_codes.iter().map(|code| code.as_str()).collect();
    let product = texts(&expect["reasonCodes"]);
    let there: BTreeSet<&str> = product.intersection(&codes).copied().collect();
    differences.compare(&format!("reason codes, of {codes:?}"), product, there);
    if let Some(records_expected) = expect["records"].as_u64() {
        differences.compare("records", records_expected, records.len().try_into().unwrap());
    }
    let Some(status) = expect["native"]["status"].as_str() else {
        return;
    };
    let Some(part) = report.parts.first() else {
        differences.compare("parts", 1, 0);
        return;
    };
    let native = &part.native;
    differences.compare("status", status, &native.status);
    let found: BTreeSet<&str> = native.reason_codes.iter().map(String::as_str).collect();
    // A pair that stands has nothing but reservations to give as its codes.
    let wanted = if status.starts_with("verified") {
        "notes"
    } else {
        "reasonCodes"
    };
    differences.compare("codes", texts(&expect["native"][wanted]), found);
}

#[test]
fn every_keel_fixture_says_what_its_case_expects() {
    let mut found = Vec::new();
    let mut cases = 0;
    let mut folders: Vec<PathBuf> = fs::read_dir(fixtures())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    folders.sort();
    for folder in folders.iter().filter(|folder| folder.join("case.json").is_file()) {
        cases += 1;
        let name = folder.file_name().unwrap().to_string_lossy();
        let case = json(&folder.join("case.json"));
        let (report, records) = checked(folder, &case);
        let mut differences = Differences {
            case: &name,
            found: &mut found,
        };
        compare(&case, &report, &records, &mut differences);
    }
    assert!(cases >= 102, "only {cases} cases were found");
    assert!(found.is_empty(), "{} differences\n{}", found.len(), found.join("\n"));
}

#[test]
fn workflow_evidence_over_a_limit_accuses_nobody() {
    let folder = fixtures().join("workflow");
    let case = json(&folder.join("case.json"));
    let size = |name: &str| fs::metadata(folder.join("pack").join(name)).unwrap().len();
    let whole_entry_size = size("workflow_evidence.json") - 1;
    assert!(size("manifest.json") <= whole_entry_size);
    let limits = Limits {
        whole_entry_size,
        ..Limits::default()
    };
    let progress = Progress::default();
    let pack = Pack::open_within(&[folder.join("pack")], &limits, &progress).unwrap();
    let report = evidence::verify(&pack, &book(&case), &Policy::default(), &progress, &mut Vec::new()).unwrap();
    assert_eq!(report.verdict, Verdict::Indeterminate);
    assert!(report.reason_codes.contains(&ReasonCode::LimitEntrySize));
}

/// The report about a payload without its manifest: nothing vouches for it, and its chain is walked all the same.
fn alone(name: &str, text: &str, limits: &Limits) -> (Report, Vec<Record>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, text).unwrap();
    let progress = Progress::default();
    let pack = Pack::open_within(&[path], limits, &progress).unwrap();
    let policy = Policy {
        require: [Layer::Chain].into(),
        ..Policy::default()
    };
    let mut records = Vec::new();
    let report = evidence::verify(&pack, &KeyBook::default(), &policy, &progress, &mut records).unwrap();
    (report, records)
}

/// The codes of every check that found a mismatch, of the parts and of the records.
fn mismatches(report: &Report, records: &[Record]) -> BTreeSet<ReasonCode> {
    let checks = report.parts.iter().flat_map(|part| &part.checks);
    let checks = checks.chain(records.iter().flat_map(|record| &record.checks));
    let failed = checks.filter_map(|check| match check.outcome {
        Outcome::Fail(code) => Some(code),
        Outcome::Pass | Outcome::Undetermined(_) | Outcome::Skipped(_) => None,
    });
    failed.collect()
}

#[test]
fn behind_a_line_that_a_limit_kept_out_no_link_is_called_broken() {
    let text = fs::read_to_string(fixtures().join("events_as_lines/pack/governance_events.jsonl")).unwrap();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let longest = lines.iter().map(String::len).max().unwrap();
    let limits = Limits {
        line_length: u64::try_from(longest).unwrap() + 1,
        ..Limits::default()
    };
    let checked = |lines: &[String]| alone("governance_events.jsonl", &(lines.join("\n") + "\n"), &limits);
    let (report, records) = checked(&lines);
    assert_eq!(mismatches(&report, &records), BTreeSet::new());
    lines[2] = format!("{{\"x\":\"{}\"}}", "x".repeat(2 * longest));
    let (report, records) = checked(&lines);
    assert_eq!(mismatches(&report, &records), BTreeSet::new());
    assert_eq!(report.verdict, Verdict::Indeterminate);
    // A line that is simply not there is a broken link.
    lines.remove(2);
    let (report, records) = checked(&lines);
    let broken = [ReasonCode::WalkPrevHashDiscontinuity].into();
    assert_eq!(mismatches(&report, &records), broken);
}

#[test]
fn in_a_bundle_of_which_a_record_was_not_read_its_neighbours_are_not_accused() {
    let mut bundle = json(&fixtures().join("closure/pack/full_audit.json"));
    let record = bundle["records"][0].clone();
    let entries = record["chain_entries"].as_array().unwrap();
    let with = |entries: &[Value]| {
        let mut record = record.clone();
        record["chain_entries"] = entries.to_vec().into();
        record
    };
    let parts = [with(&entries[..1]), with(&entries[1..2]), with(&entries[2..])];
    let mut checked = |records: Vec<Value>| {
        bundle["records"] = records.into();
        let (report, records) = alone("full_audit.json", &bundle.to_string(), &Limits::default());
        (mismatches(&report, &records), report.verdict)
    };
    let (none, _) = checked(parts.to_vec());
    assert_eq!(none, BTreeSet::new());
    let mut deep = parts.clone();
    deep[1]["deep"] = serde_json::from_str(&format!("{}{}", "[".repeat(70), "]".repeat(70))).unwrap();
    assert_eq!(checked(deep.to_vec()), (BTreeSet::new(), Verdict::Indeterminate));
    // What is proven stays proven.
    deep[2]["chain_entries"][0]["severity"] = "critical".into();
    let changed: BTreeSet<ReasonCode> = [ReasonCode::WalkRecordHashMismatch].into();
    assert_eq!(checked(deep.to_vec()).0, changed);
    // A record that is simply not there breaks the chain.
    let (left_out, _) = checked(vec![parts[0].clone(), parts[2].clone()]);
    assert!(
        left_out.contains(&ReasonCode::WalkPrevHashDiscontinuity),
        "{left_out:?}"
    );
}
