//! Every Invoance fixture of the project: verdict, checks, organisations, findings, and each row that is not in order.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops where something is not as it says"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use evidence::{Ecosystem, KeyBook, Pack, Policy, Progress, Record, Report, SuppliedKeys};
use serde_json::{Value, json};

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/invoance")
}

fn json(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

fn texts(value: &Value) -> BTreeSet<&str> {
    value
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect()
}

/// A key file given to the run: a key book, or a key document kept as supplied.
fn add_keys(book: &mut KeyBook, path: &Path) {
    let value = json(path);
    if value["schema"] == "sealcheck.keybook/1" {
        book.entries
            .extend(serde_json::from_value::<Vec<evidence::KeyEntry>>(value["entries"].clone()).unwrap());
        return;
    }
    book.supplied.push(SuppliedKeys {
        name: path.file_name().unwrap().to_string_lossy().into_owned(),
        ecosystem: Ecosystem::Invoance,
        bytes: fs::read(path).unwrap(),
    });
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

#[test]
fn every_invoance_fixture_says_what_its_case_expects() {
    let mut found = Vec::new();
    let mut cases = 0;
    let mut folders: Vec<PathBuf> = fs::read_dir(fixtures())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    folders.sort();
    for folder in folders.iter().filter(|folder| folder.join("case.json").is_file()) {
        cases += 1;
        let case = folder.file_name().unwrap().to_string_lossy();
        fixture(
            folder,
            &mut Differences {
                case: &case,
                found: &mut found,
            },
        );
    }
    assert!(cases > 180, "only {cases} cases were found");
    assert!(found.is_empty(), "{} differences\n{}", found.len(), found.join("\n"));
}

fn fixture(folder: &Path, differences: &mut Differences<'_>) {
    let case = json(&folder.join("case.json"));
    let mut book = KeyBook::default();
    for keys in texts(&case["keys"]) {
        add_keys(&mut book, &fixtures().join("keys").join(keys));
    }
    let policy = Policy {
        scope: case["scope"].as_str().map(|scope| scope.parse().unwrap()),
        ..Policy::default()
    };
    let progress = Progress::default();
    let pack = Pack::open(&[folder.join(case["pack"].as_str().unwrap())], &progress).unwrap();
    let mut records = Vec::new();
    let report = evidence::verify(&pack, &book, &policy, &progress, &mut records).unwrap();
    let expect = &case["expect"];
    whole(expect, &report, differences);
    organisations(&expect["organisations"], &report, differences);
    rows(expect, &records, differences);
}

fn whole(expect: &Value, report: &Report, differences: &mut Differences<'_>) {
    differences.compare("verdict", expect["verdict"].as_str().unwrap(), report.verdict.as_str());
    let codes: BTreeSet<&str> = report.reason_codes.iter().map(|code| code.as_str()).collect();
    let named = texts(&expect["reasonCodes"]);
    let there: BTreeSet<&str> = named.intersection(&codes).copied().collect();
    differences.compare(&format!("reason codes, of {codes:?}"), named, there);
    let parts = || report.parts.iter().flat_map(|part| &part.findings);
    let findings: BTreeSet<&str> = report
        .findings
        .iter()
        .chain(parts())
        .map(|finding| finding.code.as_str())
        .collect();
    differences.compare("findings", texts(&expect["findings"]), findings);
    let Some(part) = report.parts.first() else {
        differences.compare("parts", 1, 0);
        return;
    };
    differences.compare(
        "status",
        expect["native"]["status"].as_str().unwrap(),
        &part.native.status,
    );
    if expect["native"]["checks"].is_object() {
        differences.compare(
            "native checks",
            expect["native"]["checks"].clone(),
            json!(part.native.checks),
        );
    }
}

fn organisations(expected: &Value, report: &Report, differences: &mut Differences<'_>) {
    let population = report.parts.iter().flat_map(|part| &part.population);
    let found: BTreeMap<&str, &Value> = population
        .filter(|entry| entry["of"] == "organisation")
        .map(|entry| (entry["org_id"].as_str().unwrap(), entry))
        .collect();
    let expected: BTreeMap<&str, &Value> = expected
        .as_array()
        .unwrap()
        .iter()
        .map(|org| (org["org_id"].as_str().unwrap(), org))
        .collect();
    differences.compare(
        "organisations",
        expected.keys().collect::<Vec<_>>(),
        found.keys().collect(),
    );
    for (id, expected) in expected {
        let Some(found) = found.get(id) else { continue };
        for (name, wanted) in expected.as_object().unwrap() {
            if !wanted.is_null() {
                differences.compare(&format!("{name} of {id}"), wanted.clone(), figure(found, name));
            }
        }
    }
}

/// One figure of an organisation, ranges as pairs.
fn figure(organisation: &Value, name: &str) -> Value {
    match name {
        "gaps" => pairs(&organisation["integrity"]["gaps"]),
        "unverified_seq" => pairs(&organisation["unverified_seq"]),
        "last_seq" | "count" | "expected" | "contiguous" => organisation["integrity"][name].clone(),
        _ => organisation[name].clone(),
    }
}

fn pairs(ranges: &Value) -> Value {
    let ranges = ranges.as_array().into_iter().flatten();
    ranges.map(|range| json!([range["from"], range["to"]])).collect()
}

fn rows(expect: &Value, records: &[Record], differences: &mut Differences<'_>) {
    differences.compare(
        "records",
        expect["records"].as_u64().unwrap(),
        records.len().try_into().unwrap(),
    );
    let by_record = |list: &Value, member: &str| -> BTreeMap<u64, Value> {
        let entries = list.as_array().unwrap().iter();
        entries
            .map(|entry| (entry["record"].as_u64().unwrap(), entry[member].clone()))
            .collect()
    };
    let found = |codes: fn(&Record) -> &Vec<String>| -> BTreeMap<u64, Value> {
        (1..)
            .zip(records)
            .filter(|(_, record)| !codes(record).is_empty())
            .map(|(number, record)| (number, json!(codes(record))))
            .collect()
    };
    differences.compare(
        "rows that fail",
        by_record(&expect["problems"], "reasonCodes"),
        found(|record| &record.native.reason_codes),
    );
    differences.compare(
        "rows with remarks",
        by_record(&expect["notes"], "notes"),
        found(|record| &record.native.notes),
    );
}
