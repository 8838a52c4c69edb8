//! Every vector of Invoance logs in every wrapping, and what somebody would try with a log.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test stops where something is not as it says"
)]

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use evidence::{KeyBook, Pack, Policy, Progress, PublicKey, Record, Report, Scope, Verdict};
use serde_json::Value;
use tempfile::TempDir;

fn vectors() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/vectors/invoance")
}

/// The expected results of one set of vectors, where they are at hand.
fn expected(set: &str) -> Option<serde_json::Map<String, Value>> {
    let path = vectors().join(set).join("expected.json");
    if !path.exists() {
        println!("skipped: no vectors at {}", path.display());
        return None;
    }
    let text = fs::read(path).unwrap();
    Some(serde_json::from_slice(&text).unwrap())
}

fn key(hex: &str) -> PublicKey {
    serde_json::from_value(Value::from(hex)).unwrap()
}

struct Checked {
    report: Report,
    records: Vec<Record>,
}

fn check(paths: &[PathBuf], book: &KeyBook, scope: Option<Scope>) -> Checked {
    let progress = Progress::default();
    let pack = Pack::open(paths, &progress).unwrap();
    let policy = Policy {
        scope,
        ..Policy::default()
    };
    let mut records = Vec::new();
    let report = evidence::verify(&pack, book, &policy, &progress, &mut records).unwrap();
    Checked { report, records }
}

fn options(expected: &Value) -> (KeyBook, Option<Scope>) {
    let keys = expected["options"]["pinned_keys"].as_array().unwrap();
    let book = KeyBook {
        bare: keys.iter().map(|hex| key(hex.as_str().unwrap())).collect(),
        ..KeyBook::default()
    };
    let scope = expected["options"]["declared_scope"].as_str();
    (book, scope.map(|word| word.replace('_', "-").parse().unwrap()))
}

/// The ways in which one vector may arrive.
fn wrappings(vector: &Path, into: &TempDir) -> Vec<(&'static str, PathBuf)> {
    let name = vector.file_name().unwrap().to_str().unwrap();
    let files: Vec<(String, Vec<u8>)> = if vector.is_dir() {
        let entries = fs::read_dir(vector).unwrap().map(|entry| entry.unwrap().path());
        entries
            .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(path).unwrap()))
            .collect()
    } else {
        vec![(name.to_owned(), fs::read(vector).unwrap())]
    };
    let folder = into.path().join("folder");
    fs::create_dir(&folder).unwrap();
    let zip = into.path().join("pack.zip");
    let mut writer = zip::ZipWriter::new(fs::File::create(&zip).unwrap());
    for (name, bytes) in &files {
        fs::write(folder.join(name), bytes).unwrap();
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap();
    let mut wrappings = vec![("as it is", vector.to_owned()), ("folder", folder), ("zip", zip)];
    if !vector.is_dir() {
        let gz = into.path().join(format!("{name}.gz"));
        let mut encoder = flate2::write::GzEncoder::new(fs::File::create(&gz).unwrap(), flate2::Compression::fast());
        encoder.write_all(&files[0].1).unwrap();
        encoder.finish().unwrap();
        wrappings.push(("gz", gz));
    }
    wrappings
}

fn sorted(words: impl IntoIterator<Item = String>) -> BTreeSet<String> {
    words.into_iter().collect()
}

fn words(list: &Value) -> BTreeSet<String> {
    sorted(list.as_array().unwrap().iter().map(|word| word.as_str().unwrap().to_owned()))
}

/// Everything that a vector says about a log.
fn compare(at: &str, expected: &Value, checked: &Checked) {
    let part = &checked.report.parts[0];
    assert_eq!(part.native.status, expected["overall"], "{at}: overall");
    assert_eq!(serde_json::to_value(&part.native.checks).unwrap(), expected["checks"], "{at}: checks");
    assert_eq!(sorted(part.native.reason_codes.clone()), words(&expected["file_findings"]), "{at}: findings");
    assert_eq!(sorted(part.native.notes.clone()), words(&expected["limits"]), "{at}: limits");
    compare_records(at, expected, checked);
    let orgs = expected["orgs"].as_object().unwrap();
    assert_eq!(part.population.len(), orgs.len(), "{at}: organisations");
    for population in &part.population {
        let org = population["org_id"].as_str().unwrap();
        compare_organisation(&format!("{at}: {org}"), &orgs[org], population, expected);
    }
    let trust = part.checks.iter().flat_map(|check| &check.details).find(|(label, _)| *label == "keyTrust");
    assert_eq!(trust.unwrap().1, expected["key_trust"].as_str().unwrap(), "{at}: key trust");
}

fn compare_records(at: &str, expected: &Value, checked: &Checked) {
    let records = &checked.records;
    let invalid = records.iter().filter(|record| !record.native.reason_codes.is_empty()).count();
    assert_eq!(records.len(), expected["records"], "{at}: records");
    assert_eq!(invalid, expected["invalid"], "{at}: invalid");
    assert_eq!(records.len() - invalid, expected["valid"], "{at}: valid");
    let told = |of: fn(&Record) -> &Vec<String>, record: &Record, number: usize| {
        let line = record.source.line.unwrap_or(1);
        let name = record.source.path.trim_end_matches(".gz").to_owned();
        (!of(record).is_empty()).then(|| (name, line, number + 1, of(record).clone()))
    };
    let all = |of: fn(&Record) -> &Vec<String>| -> Vec<_> {
        let numbered = records.iter().enumerate();
        numbered.filter_map(|(number, record)| told(of, record, number)).collect()
    };
    let should = |list: &str, codes: fn(&Value) -> Vec<String>| -> Vec<_> {
        let list = expected[list].as_array().unwrap().iter();
        list.map(|entry| {
            let file = Path::new(entry["file"].as_str().unwrap()).file_name().unwrap();
            let number = usize::try_from(entry["record"].as_u64().unwrap()).unwrap();
            (file.to_str().unwrap().to_owned(), entry["line"].as_u64().unwrap(), number, codes(entry))
        })
        .collect()
    };
    let reason = |entry: &Value| vec![entry["reason"].as_str().unwrap().to_owned()];
    assert_eq!(all(|record| &record.native.reason_codes), should("problems", reason), "{at}: problems");
    let notes = |entry: &Value| words(&entry["notes"]).into_iter().collect();
    assert_eq!(all(|record| &record.native.notes), should("record_notes", notes), "{at}: notes");
}

fn compare_organisation(at: &str, expected: &Value, population: &Value, vector: &Value) {
    let integrity = &population["integrity"];
    for name in ["rows", "valid", "invalid", "first_seq", "duplicates", "seq_conflicts", "id_conflicts", "order", "keys"] {
        assert_eq!(population[name], expected[name], "{at}: {name}");
    }
    assert_eq!(population["completeness"], expected["completeness"], "{at}: completeness");
    for name in ["last_seq", "count", "expected", "contiguous"] {
        assert_eq!(integrity[name], expected[name], "{at}: {name}");
    }
    let pairs = |ranges: &Value| -> Vec<(i64, i64)> {
        let ranges = ranges.as_array().unwrap().iter();
        ranges.map(|range| (range["from"].as_i64().unwrap(), range["to"].as_i64().unwrap())).collect()
    };
    let gaps: Vec<(i64, i64)> = serde_json::from_value(expected["gaps"].clone()).unwrap();
    assert_eq!(pairs(&integrity["gaps"]), gaps, "{at}: gaps");
    let numbers: Vec<i64> = pairs(&population["unverified_seq"]).iter().flat_map(|(from, to)| *from..=*to).collect();
    assert_eq!(serde_json::to_value(numbers).unwrap(), expected["unverified_seq"], "{at}: unverified");
    assert_eq!(population["scope"], vector["scope"], "{at}: scope");
    assert_eq!(population["key_trust"], vector["key_trust"], "{at}: key trust");
}

/// Vectors whose native FAIL proves nothing in the product (`design.md` 2): a row of another schema, a row without a key.
const UNDECIDED: [&str; 1] = ["90_schema_id.ndjson"];

fn product(at: &str, vector: &str, overall: &str, report: &Report) {
    let should = match overall {
        "PASS" => Verdict::Verified,
        "FAIL" if !UNDECIDED.contains(&vector) => Verdict::Failed,
        _ => Verdict::Indeterminate,
    };
    assert_eq!(report.verdict, should, "{at}: {:?}", report.reason_codes);
    let counts = &report.counts;
    assert_eq!(counts.records, counts.verified + counts.failed + counts.indeterminate + counts.not_evidence, "{at}");
    assert!(report.files.iter().all(|file| file.role != "notRecognised"), "{at}: {:?}", report.files);
    assert!(report.files.iter().all(|file| file.sha256.is_some()), "{at}: {:?}", report.files);
}

fn all_vectors_of(set: &str, more_than: usize) {
    let Some(vectors_of_set) = expected(set) else { return };
    assert!(vectors_of_set.len() > more_than);
    for (name, expected) in &vectors_of_set {
        let (book, scope) = options(expected);
        let into = tempfile::tempdir().unwrap();
        for (wrapping, path) in wrappings(&vectors().join(set).join(name), &into) {
            let at = format!("{name} ({wrapping})");
            if name == "A8_empty.ndjson" && wrapping == "gz" {
                continue;
            }
            let checked = check(&[path], &book, scope);
            compare(&at, expected, &checked);
            product(&at, name, expected["overall"].as_str().unwrap(), &checked.report);
        }
    }
}

#[test]
fn every_generated_vector_answers_as_expected_in_every_wrapping() {
    all_vectors_of("generated", 90);
}

#[test]
fn the_official_rows_answer_as_expected_in_every_wrapping() {
    all_vectors_of("real", 0);
}

#[test]
fn every_attestation_vector_answers_as_expected_in_every_wrapping() {
    let Some(attestations) = expected("attestations") else { return };
    for (name, expected) in &attestations {
        let (book, _) = options(expected);
        let into = tempfile::tempdir().unwrap();
        for (wrapping, path) in wrappings(&vectors().join("attestations").join(name), &into) {
            let at = format!("{name} ({wrapping})");
            let Checked { report, .. } = check(&[path], &book, None);
            let native = &report.parts[0].native;
            assert_eq!(native.status, expected["expected"], "{at}");
            let reasons: Vec<String> = expected["reason"].as_str().map(str::to_owned).into_iter().collect();
            assert_eq!(native.reason_codes, reasons, "{at}");
            product(&at, name, expected["expected"].as_str().unwrap(), &report);
        }
    }
}
