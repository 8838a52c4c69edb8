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
    Authority, Ecosystem, KeyBook, Layer, Limits, Pack, Policy, Progress, ReasonCode, Record, Report, SuppliedKeys,
    Verdict,
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
