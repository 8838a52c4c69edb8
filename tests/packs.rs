//! Every fixture of the project and, where they are at hand, the shared vectors: verdict, codes, grades, findings.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test stops where something is not as it says"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use evidence::{
    Ecosystem, KeyBook, Pack, Policy, Progress, Record, Report, SuppliedKeys, Verdict, Word, roll_up, verdict,
};
use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn fixtures() -> PathBuf {
    root().join("tests/fixtures/nexart")
}

/// The shared vectors; tests say so when they are not there.
fn vectors() -> Option<PathBuf> {
    let folder = root().join("../shared/vectors/nexart");
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: the shared vectors are not on this machine");
    None
}

fn json(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

fn texts(value: &Value) -> BTreeSet<String> {
    value
        .as_array()
        .into_iter()
        .flatten()
        .map(|text| text.as_str().unwrap().to_owned())
        .collect()
}

fn strings(names: &[impl ToString]) -> BTreeSet<String> {
    names.iter().map(ToString::to_string).collect()
}

/// A key file given to the run: a key book, or a key set kept as supplied.
fn add_keys(book: &mut KeyBook, path: &Path) {
    let value = json(path);
    if value["schema"] == "sealcheck.keybook/1" {
        book.entries
            .extend(serde_json::from_value::<Vec<evidence::KeyEntry>>(value["entries"].clone()).unwrap());
        return;
    }
    book.supplied.push(SuppliedKeys {
        name: path.file_name().unwrap().to_string_lossy().into_owned(),
        ecosystem: Ecosystem::NexArt,
        bytes: fs::read(path).unwrap(),
    });
}

struct Outcome {
    report: Report,
    records: Vec<Record>,
}

fn run(paths: &[PathBuf], book: &KeyBook) -> Outcome {
    let progress = Progress::default();
    let pack = Pack::open(paths, &progress).unwrap();
    let mut records = Vec::new();
    let report = evidence::verify(&pack, book, &Policy::default(), &progress, &mut records).unwrap();
    sound(&report, &records);
    Outcome { report, records }
}

/// What must hold for every report, whatever the pack.
fn sound(report: &Report, records: &[Record]) {
    let counts = &report.counts;
    assert_eq!(counts.records, u64::try_from(records.len()).unwrap());
    assert_eq!(
        counts.verified + counts.failed + counts.indeterminate + counts.not_evidence,
        counts.records
    );
    for record in records {
        if record.verdict != Verdict::NotEvidence {
            assert_eq!(
                record.verdict,
                verdict(&roll_up(&record.checks)),
                "{} is not the roll-up of its checks",
                record.id
            );
        }
        let failed = record.native.status != "VERIFIED";
        assert!(
            !(record.verdict == Verdict::Verified && failed),
            "{} is verified against its native status",
            record.id
        );
        let fails = record.verdict == Verdict::Failed;
        assert!(!fails || failed, "{} fails against its native status", record.id);
    }
    if report.verdict == Verdict::Verified {
        assert_eq!(counts.verified, counts.records);
        let confirmed = |key: &evidence::KeySeen| key.state == evidence::KeyState::Confirmed && key.confirmed.is_some();
        assert!(
            report.parts.iter().flat_map(|part| &part.keys).any(confirmed),
            "verified without a confirmed key"
        );
    }
}

fn findings(report: &Report) -> BTreeSet<String> {
    let parts = report.parts.iter().flat_map(|part| &part.findings);
    report
        .findings
        .iter()
        .chain(parts)
        .map(|finding| finding.code.to_string())
        .collect()
}

fn grade(report: &Report) -> String {
    report
        .parts
        .first()
        .and_then(|part| part.native.grade.as_deref())
        .unwrap_or_default()
        .to_owned()
}

/// Differences of one case, collected so that a run names them all.
#[derive(Default)]
struct Differences(Vec<String>);

impl Differences {
    fn compare<T: PartialEq + std::fmt::Debug>(&mut self, case: &str, what: &str, expected: T, found: T) {
        if expected != found {
            self.0.push(format!(
                "{case}: {what}\n    expected {expected:?}\n    found    {found:?}"
            ));
        }
    }

    fn none(self) {
        assert!(self.0.is_empty(), "{} differences\n{}", self.0.len(), self.0.join("\n"));
    }
}

#[test]
fn every_fixture_says_what_its_case_expects() {
    let mut differences = Differences::default();
    let mut cases = 0;
    for entry in fs::read_dir(fixtures()).unwrap() {
        let folder = entry.unwrap().path();
        if !folder.join("case.json").is_file() {
            continue;
        }
        cases += 1;
        fixture(&folder, &mut differences);
    }
    assert!(cases > 140, "only {cases} cases were found");
    differences.none();
}

fn fixture(folder: &Path, differences: &mut Differences) {
    let name = folder.file_name().unwrap().to_string_lossy().into_owned();
    let case = json(&folder.join("case.json"));
    let mut book = KeyBook::default();
    for keys in texts(&case["keys"]) {
        add_keys(&mut book, &fixtures().join("keys").join(keys));
    }
    let outcome = run(&[folder.join(case["pack"].as_str().unwrap())], &book);
    let expect = &case["expect"];
    let report = &outcome.report;
    differences.compare(
        &name,
        "verdict",
        expect["verdict"].as_str().unwrap(),
        report.verdict.as_str(),
    );
    differences.compare(
        &name,
        "reason codes",
        texts(&expect["reasonCodes"]),
        strings(&report.reason_codes),
    );
    differences.compare(
        &name,
        "grade",
        expect["native"]["grade"].as_str().unwrap(),
        &grade(report),
    );
    differences.compare(&name, "findings", texts(&expect["findings"]), findings(report));
    let expected = expect["records"].as_array().unwrap();
    differences.compare(&name, "records", expected.len(), outcome.records.len());
    for (expected, record) in expected.iter().zip(&outcome.records) {
        differences.compare(
            &name,
            "path",
            expected["path"].as_str().unwrap(),
            record.source.path.as_str(),
        );
        differences.compare(
            &name,
            "record grade",
            expected["grade"].as_str(),
            record.native.grade.as_deref(),
        );
        let codes = strings(&record.native.reason_codes);
        differences.compare(&name, "record codes", texts(&expected["reasonCodes"]), codes);
        differences.compare(
            &name,
            "record notes",
            texts(&expected["notes"]),
            strings(&record.native.notes),
        );
    }
}

/// How a vector's files are given to a run.
#[derive(Clone, Copy, Debug)]
enum Form {
    Files,
    Folder,
    Zip,
}

/// Writes files in one of the forms; the paths to open.
fn laid_out(folder: &Path, files: &BTreeMap<String, Vec<u8>>, form: Form) -> Vec<PathBuf> {
    match form {
        Form::Files | Form::Folder => {
            let pack = folder.join("pack");
            for (name, bytes) in files {
                let target = pack.join(name);
                fs::create_dir_all(target.parent().unwrap()).unwrap();
                fs::write(target, bytes).unwrap();
            }
            match form {
                Form::Files => files.keys().map(|name| pack.join(name)).collect(),
                Form::Folder | Form::Zip => vec![pack],
            }
        }
        Form::Zip => {
            let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
            for (name, bytes) in files {
                writer
                    .start_file(name, zip::write::SimpleFileOptions::default())
                    .unwrap();
                writer.write_all(bytes).unwrap();
            }
            let path = folder.join("pack.zip");
            fs::write(&path, writer.finish().unwrap().into_inner()).unwrap();
            vec![path]
        }
    }
}

#[test]
fn every_single_record_vector_agrees_in_every_form() {
    let Some(vectors) = vectors() else { return };
    let index = json(&vectors.join("index.json"));
    let mut differences = Differences::default();
    let mut run_count = 0;
    for vector in index.as_array().unwrap() {
        let file = vector["file"].as_str().unwrap();
        // It asks the reader of one record, which takes no list; as a file of a pack it is a list of one.
        if file == "tampered/array.json" {
            continue;
        }
        for form in [Form::Files, Form::Folder, Form::Zip] {
            single(&vectors, vector, form, &mut differences);
            run_count += 1;
        }
    }
    println!("{run_count} runs");
    differences.none();
}

fn single(vectors: &Path, vector: &Value, form: Form, differences: &mut Differences) {
    let file = vector["file"].as_str().unwrap();
    let name = format!("{file} ({form:?})");
    let mut files = BTreeMap::from([("cer.json".to_owned(), fs::read(vectors.join(file)).unwrap())]);
    let mut book = KeyBook::default();
    if let Some(keys) = vector["keySet"].as_str() {
        if vector["keySetTrusted"] == true {
            add_keys(&mut book, &vectors.join(keys));
        } else {
            files.insert("node-metadata.json".to_owned(), fs::read(vectors.join(keys)).unwrap());
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let outcome = run(&laid_out(folder.path(), &files, form), &book);
    let expected = &vector["expected"];
    let [record] = outcome.records.as_slice() else {
        differences.compare(&name, "records", 1, outcome.records.len());
        return;
    };
    let native = &record.native;
    differences.compare(&name, "status", expected["status"].as_str().unwrap(), &native.status);
    differences.compare(&name, "grade", expected["grade"].as_str(), native.grade.as_deref());
    let checks: BTreeMap<Word, Word> = serde_json::from_value(expected["checks"].clone()).unwrap();
    differences.compare(&name, "checks", checks, native.checks.clone());
    differences.compare(
        &name,
        "codes",
        texts(&expected["reasonCodes"]),
        strings(&native.reason_codes),
    );
    differences.compare(&name, "notes", texts(&expected["notes"]), strings(&native.notes));
    differences.compare(
        &name,
        "coverage",
        texts(&expected["coverage"]),
        strings(&native.coverage),
    );
    if let Some(computed) = expected["computedCertificateHash"].as_str() {
        let found = record.checks[0].found.clone().unwrap_or_default();
        // A project whose steps fail shows no hash of its own: that one matches.
        if !found.is_empty()
            && !native
                .reason_codes
                .iter()
                .any(|code| code.ends_with("PUT_HASH_MISMATCH"))
        {
            differences.compare(&name, "computed hash", computed.to_owned(), found);
        }
    }
}

#[test]
fn every_pack_vector_agrees_as_folder_and_as_zip() {
    let Some(vectors) = vectors() else { return };
    let index = json(&vectors.join("packs/index.json"));
    let mut differences = Differences::default();
    for vector in index.as_array().unwrap() {
        for form in [Form::Folder, Form::Zip] {
            pack(&vectors, vector, &vector["expected"], None, form, &mut differences);
            if let Some(pinned) = vector["pinned"].as_str() {
                pack(
                    &vectors,
                    vector,
                    &vector["expectedWhenPinned"],
                    Some(pinned),
                    form,
                    &mut differences,
                );
            }
        }
    }
    differences.none();
}

fn pack(
    vectors: &Path,
    vector: &Value,
    expected: &Value,
    pinned: Option<&str>,
    form: Form,
    differences: &mut Differences,
) {
    let dir = vector["dir"].as_str().unwrap();
    let name = format!("{dir} {} ({form:?})", pinned.unwrap_or("unpinned"));
    let mut book = KeyBook::default();
    if let Some(keys) = pinned {
        add_keys(&mut book, &vectors.join(keys));
    }
    let mut files = BTreeMap::new();
    collect(&vectors.join(dir), "", &mut files);
    let folder = tempfile::tempdir().unwrap();
    let outcome = run(&laid_out(folder.path(), &files, form), &book);
    differences.compare(
        &name,
        "findings",
        texts(&expected["packFindings"]),
        findings(&outcome.report),
    );
    differences.compare(
        &name,
        "grade",
        expected["packVerdict"].as_str().unwrap(),
        &grade(&outcome.report),
    );
    let there = outcome
        .records
        .iter()
        .filter(|record| record.native.grade.as_deref() != Some("NOT_FOUND"));
    let found: BTreeSet<_> = there
        .map(|record| {
            let id = record
                .fields
                .get("executionId")
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned();
            (
                record.id.clone(),
                id,
                record.native.grade.as_deref().unwrap().to_owned(),
                record.native.reason_codes.clone(),
            )
        })
        .collect();
    let wanted: BTreeSet<_> = expected["records"]
        .as_array()
        .unwrap()
        .iter()
        .map(|record| {
            let text = |name: &str| record[name].as_str().unwrap().to_owned();
            let codes = record["reasonCodes"]
                .as_array()
                .unwrap()
                .iter()
                .map(|code| code.as_str().unwrap().to_owned());
            (
                text("certificateHash"),
                text("executionId"),
                text("grade"),
                codes.collect::<Vec<_>>(),
            )
        })
        .collect();
    differences.compare(&name, "records", wanted, found);
    if dir.ends_with("attacker-keys") {
        let wanted = if pinned.is_some() {
            Verdict::Failed
        } else {
            Verdict::Indeterminate
        };
        differences.compare(&name, "verdict", wanted, outcome.report.verdict);
    }
}

fn collect(folder: &Path, below: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{below}{}", path.file_name().unwrap().to_string_lossy());
        if path.is_dir() {
            collect(&path, &format!("{name}/"), files);
        } else {
            files.insert(name, fs::read(&path).unwrap());
        }
    }
}
