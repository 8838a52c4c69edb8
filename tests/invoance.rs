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

use ed25519_dalek::{Signer as _, SigningKey};
use evidence::{KeyBook, Pack, Policy, Progress, PublicKey, Record, RecordPlace, Report, Scope, Verdict};
use serde_json::{Value, json};
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
            .map(|path| {
                (
                    path.file_name().unwrap().to_str().unwrap().to_owned(),
                    fs::read(path).unwrap(),
                )
            })
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
        writer
            .start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
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
    sorted(
        list.as_array()
            .unwrap()
            .iter()
            .map(|word| word.as_str().unwrap().to_owned()),
    )
}

/// Everything that a vector says about a log.
fn compare(at: &str, expected: &Value, checked: &Checked) {
    let part = &checked.report.parts[0];
    assert_eq!(*part.native.status, expected["overall"], "{at}: overall");
    assert_eq!(
        serde_json::to_value(&part.native.checks).unwrap(),
        expected["checks"],
        "{at}: checks"
    );
    assert_eq!(
        sorted(part.native.reason_codes.clone()),
        words(&expected["file_findings"]),
        "{at}: findings"
    );
    assert_eq!(
        sorted(part.native.notes.clone()),
        words(&expected["limits"]),
        "{at}: limits"
    );
    compare_records(at, expected, checked);
    let orgs = expected["orgs"].as_object().unwrap();
    assert_eq!(part.population.len(), orgs.len(), "{at}: organisations");
    for population in &part.population {
        let org = population["org_id"].as_str().unwrap();
        compare_organisation(&format!("{at}: {org}"), &orgs[org], population, expected);
    }
    let trust = part
        .checks
        .iter()
        .flat_map(|check| &check.details)
        .find(|(label, _)| *label == "keyTrust");
    assert_eq!(
        trust.unwrap().1,
        expected["key_trust"].as_str().unwrap(),
        "{at}: key trust"
    );
}

fn compare_records(at: &str, expected: &Value, checked: &Checked) {
    let records = &checked.records;
    let invalid = records
        .iter()
        .filter(|record| !record.native.reason_codes.is_empty())
        .count();
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
        numbered
            .filter_map(|(number, record)| told(of, record, number))
            .collect()
    };
    let should = |list: &str, codes: fn(&Value) -> Vec<String>| -> Vec<_> {
        let list = expected[list].as_array().unwrap().iter();
        list.map(|entry| {
            let file = Path::new(entry["file"].as_str().unwrap()).file_name().unwrap();
            let number = usize::try_from(entry["record"].as_u64().unwrap()).unwrap();
            (
                file.to_str().unwrap().to_owned(),
                entry["line"].as_u64().unwrap(),
                number,
                codes(entry),
            )
        })
        .collect()
    };
    let reason = |entry: &Value| vec![entry["reason"].as_str().unwrap().to_owned()];
    assert_eq!(
        all(|record| &record.native.reason_codes),
        should("problems", reason),
        "{at}: problems"
    );
    let notes = |entry: &Value| words(&entry["notes"]).into_iter().collect();
    assert_eq!(
        all(|record| &record.native.notes),
        should("record_notes", notes),
        "{at}: notes"
    );
}

fn compare_organisation(at: &str, expected: &Value, population: &Value, vector: &Value) {
    let integrity = &population["integrity"];
    for name in [
        "rows",
        "valid",
        "invalid",
        "first_seq",
        "duplicates",
        "seq_conflicts",
        "id_conflicts",
        "order",
        "keys",
    ] {
        assert_eq!(population[name], expected[name], "{at}: {name}");
    }
    assert_eq!(
        population["completeness"], expected["completeness"],
        "{at}: completeness"
    );
    for name in ["last_seq", "count", "expected", "contiguous"] {
        assert_eq!(integrity[name], expected[name], "{at}: {name}");
    }
    let pairs = |ranges: &Value| -> Vec<(i64, i64)> {
        let ranges = ranges.as_array().unwrap().iter();
        ranges
            .map(|range| (range["from"].as_i64().unwrap(), range["to"].as_i64().unwrap()))
            .collect()
    };
    let gaps: Vec<(i64, i64)> = serde_json::from_value(expected["gaps"].clone()).unwrap();
    assert_eq!(pairs(&integrity["gaps"]), gaps, "{at}: gaps");
    let numbers: Vec<i64> = pairs(&population["unverified_seq"])
        .iter()
        .flat_map(|(from, to)| *from..=*to)
        .collect();
    assert_eq!(
        serde_json::to_value(numbers).unwrap(),
        expected["unverified_seq"],
        "{at}: unverified"
    );
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
    assert_eq!(
        counts.records,
        counts.verified + counts.failed + counts.indeterminate + counts.not_evidence,
        "{at}"
    );
    assert!(
        report.files.iter().all(|file| file.role != "notRecognised"),
        "{at}: {:?}",
        report.files
    );
    assert!(
        report.files.iter().all(|file| file.sha256.is_some()),
        "{at}: {:?}",
        report.files
    );
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
    let Some(attestations) = expected("attestations") else {
        return;
    };
    for (name, expected) in &attestations {
        let (book, _) = options(expected);
        let into = tempfile::tempdir().unwrap();
        for (wrapping, path) in wrappings(&vectors().join("attestations").join(name), &into) {
            let at = format!("{name} ({wrapping})");
            let Checked { report, .. } = check(&[path], &book, None);
            let native = &report.parts[0].native;
            assert_eq!(*native.status, expected["expected"], "{at}");
            let reasons: Vec<String> = expected["reason"].as_str().map(str::to_owned).into_iter().collect();
            assert_eq!(native.reason_codes, reasons, "{at}");
            product(&at, name, expected["expected"].as_str().unwrap(), &report);
        }
    }
}

// What somebody would try.

/// A tenant's key and an organisation of its own.
struct Tenant {
    signing: SigningKey,
    org: &'static str,
}

impl Tenant {
    fn new(seed: u8, org: &'static str) -> Tenant {
        Tenant {
            signing: SigningKey::from_bytes(&[seed; 32]),
            org,
        }
    }

    fn hex(&self) -> String {
        self.signing
            .verifying_key()
            .as_bytes()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }

    fn book(&self) -> KeyBook {
        KeyBook {
            bare: vec![key(&self.hex())],
            ..KeyBook::default()
        }
    }

    /// A signed row. The content is plain ASCII in sorted members, so its compact text is its canonical form.
    fn row(&self, seq: i64, id: &str, action: &str) -> Value {
        let mut row = json!({
            "action": action,
            "actor": {"id": "user_1", "type": "user"},
            "event_id": id,
            "ingested_at": format!("2026-01-01T00:{:02}:{:02}.000Z", seq.rem_euclid(3600) / 60, seq.rem_euclid(60)),
            "occurred_at": "2026-01-01T00:00:00.000Z",
            "org_id": self.org,
            "schema_id": "invoance.audit/1",
            "seq": seq,
            "targets": [],
        });
        let signature = self.signing.sign(row.to_string().as_bytes()).to_bytes();
        let hex: String = signature.iter().map(|byte| format!("{byte:02x}")).collect();
        let fields = row.as_object_mut().unwrap();
        fields.remove("schema_id");
        fields.insert("signature".to_owned(), Value::from(hex));
        fields.insert("signing_public_key".to_owned(), Value::from(self.hex()));
        row
    }

    fn log(&self, last: i64) -> Vec<Value> {
        (1..=last)
            .rev()
            .map(|seq| self.row(seq, &format!("aevt_{seq}"), "user.signed_in"))
            .collect()
    }
}

fn tenant() -> Tenant {
    Tenant::new(7, "aorg_1")
}

fn lines(rows: &[Value]) -> String {
    rows.iter().map(|row| format!("{row}\n")).collect()
}

/// The result for a folder of these files.
fn folder(files: &[(&str, &str)], book: &KeyBook, scope: Option<Scope>) -> Checked {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    check(&[folder.path().to_owned()], book, scope)
}

/// The result for one log that is said to be whole.
fn log(rows: &[Value]) -> Checked {
    folder(&[("events.ndjson", &lines(rows))], &tenant().book(), Some(Scope::Full))
}

fn codes(checked: &Checked) -> Vec<&'static str> {
    checked.report.reason_codes.iter().map(|code| code.as_str()).collect()
}

fn findings(checked: &Checked) -> Vec<&'static str> {
    let parts = checked.report.parts.iter().flat_map(|part| &part.findings);
    parts
        .chain(&checked.report.findings)
        .map(|finding| finding.code.as_str())
        .collect()
}

fn population(checked: &Checked) -> &Value {
    &checked.report.parts[0].population[0]
}

#[test]
fn order_and_copies_are_no_fault() {
    let mut rows = tenant().log(20);
    assert_eq!(log(&rows).report.verdict, Verdict::Verified);
    rows.swap(3, 11);
    rows.swap(0, 17);
    rows.push(rows[5].clone());
    let checked = log(&rows);
    assert_eq!(checked.report.verdict, Verdict::Verified);
    assert_eq!(
        (
            population(&checked)["order"].as_str(),
            population(&checked)["duplicates"].as_u64()
        ),
        (Some("mixed"), Some(1))
    );
}

#[test]
fn a_removed_row_is_missed() {
    let mut rows = tenant().log(20);
    rows.remove(7);
    assert_eq!(log(&rows).report.verdict, Verdict::Failed);
    let unknown = folder(&[("events.ndjson", &lines(&rows))], &tenant().book(), None);
    assert_eq!(unknown.report.verdict, Verdict::Indeterminate);
    assert!(codes(&unknown).contains(&"GAPS_UNEXPLAINED"));
}

#[test]
fn renumbering_does_not_hide_a_removed_row() {
    let mut rows = tenant().log(20);
    rows.remove(10);
    for row in &mut rows[..10] {
        row["seq"] = Value::from(row["seq"].as_i64().unwrap() - 1);
    }
    let checked = log(&rows);
    assert_eq!(
        (checked.report.verdict, checked.report.counts.failed),
        (Verdict::Failed, 10)
    );
}

#[test]
fn two_signed_histories_are_a_conflict_whatever_the_scope() {
    let mut rows = tenant().log(20);
    rows.push(tenant().row(9, "aevt_9b", "user.deleted"));
    for scope in [Scope::Full, Scope::Filtered, Scope::TimeRange] {
        let checked = folder(&[("events.ndjson", &lines(&rows))], &tenant().book(), Some(scope));
        assert_eq!(checked.report.verdict, Verdict::Failed);
        assert_eq!(population(&checked)["seq_conflicts"], json!([9]));
    }
}

#[test]
fn rows_of_another_pack_under_another_key_do_not_pass_for_this_one() {
    let stranger = Tenant::new(9, "aorg_1");
    let mut rows = tenant().log(20);
    rows[4] = stranger.row(16, "aevt_16", "user.signed_in");
    let checked = log(&rows);
    assert_eq!(checked.report.verdict, Verdict::Failed);
    assert!(codes(&checked).contains(&"KEY_MISMATCH"), "{:?}", codes(&checked));
    let nobody = folder(
        &[("events.ndjson", &lines(&rows))],
        &KeyBook::default(),
        Some(Scope::Full),
    );
    assert_eq!(nobody.report.verdict, Verdict::Indeterminate);
    assert!(findings(&nobody).contains(&"MIXED_KEYS"));
}

#[test]
fn a_statement_about_another_organisation_says_nothing_about_this_one() {
    let statement = r#"{"org_id":"aorg_2","from":null,"to":null,"last_seq":99,"count":99,"contiguous":true}"#;
    let files = [
        ("events.ndjson", &*lines(&tenant().log(5))),
        ("integrity.json", statement),
    ];
    let checked = folder(&files, &tenant().book(), Some(Scope::Full));
    assert_eq!(checked.report.verdict, Verdict::Verified);
    assert!(findings(&checked).contains(&"STATEMENT_FOR_ABSENT_ORG"));
}

#[test]
fn of_several_statements_the_highest_head_counts() {
    let statement = |last: i64| format!(r#"{{"org_id":"aorg_1","last_seq":{last},"count":{last},"contiguous":true}}"#);
    let files = [
        ("a.json", &*statement(5)),
        ("b.json", &*statement(8)),
        ("c.json", &*statement(4)),
        ("events.ndjson", &*lines(&tenant().log(5))),
    ];
    let checked = folder(&files, &tenant().book(), None);
    assert_eq!(population(&checked)["completeness"], "TAIL_MISSING");
}

#[test]
fn pages_hold_rows_and_not_pages() {
    let rows = tenant().log(4);
    let page = |rows: &[Value], next: Value| json!({"events": rows, "next_cursor": next});
    let nested = page(&[page(&rows, Value::Null)], Value::Null).to_string();
    let checked = folder(
        &[("events.ndjson", &lines(&rows)), ("page.json", &nested)],
        &tenant().book(),
        None,
    );
    assert_eq!(checked.report.verdict, Verdict::Failed);
    assert!(codes(&checked).contains(&"NOT_AN_EVENT"));
    let no_list = format!("{}{}", lines(&rows), "{\"events\":{},\"next_cursor\":null}\n");
    let checked = folder(&[("events.ndjson", &no_list)], &tenant().book(), None);
    assert!(codes(&checked).contains(&"NOT_AN_EVENT"));
}

#[test]
fn the_last_page_by_file_name_says_whether_more_exist() {
    let rows = tenant().log(4);
    let page = |rows: &[Value], next: Value| json!({"events": rows, "next_cursor": next}).to_string();
    let first = page(&rows[..2], Value::from("c"));
    let last = page(&rows[2..], Value::Null);
    let verdict = |files: &[(&str, &str)]| folder(files, &tenant().book(), Some(Scope::Full)).report.verdict;
    assert_eq!(verdict(&[("p1.json", &first), ("p2.json", &last)]), Verdict::Verified);
    assert_eq!(
        verdict(&[("p2.json", &first), ("p1.json", &last)]),
        Verdict::Indeterminate
    );
    assert_eq!(
        verdict(&[("p.ndjson", &format!("{first}\n{last}\n"))]),
        Verdict::Verified
    );
}

#[test]
fn a_repeated_name_in_a_page_is_told_and_never_verified() {
    let rows = serde_json::to_string(&tenant().log(4)).unwrap();
    for text in [
        format!(r#"{{"events":{rows},"next_cursor":null,"next_cursor":null}}"#),
        format!(r#"{{"events":{rows},"\u0065vents":[]}}"#),
    ] {
        let checked = folder(&[("page.json", &text)], &tenant().book(), Some(Scope::Full));
        assert_eq!(checked.report.verdict, Verdict::Indeterminate, "{text}");
        assert!(codes(&checked).contains(&"DUPLICATE_KEY_IN_WRAPPER"));
        assert_eq!(checked.report.counts.records, 4);
    }
}

#[test]
fn deep_wrappers_are_refused_and_nothing_falls_over() {
    for (open, close) in [("[", "]"), ("{\"events\":", "}"), ("{\"events\":[", "]}")] {
        let text = format!("{}{}{}", open.repeat(200), "1", close.repeat(200));
        let checked = folder(
            &[("events.ndjson", &lines(&tenant().log(3))), ("deep.json", &text)],
            &tenant().book(),
            None,
        );
        assert_ne!(checked.report.verdict, Verdict::Verified, "{open}");
        let line = format!("{}{text}\n", lines(&tenant().log(3)));
        let checked = folder(&[("events.ndjson", &line)], &tenant().book(), None);
        assert_ne!(checked.report.verdict, Verdict::Verified, "{open}");
        assert_eq!(checked.report.counts.verified, 3, "{open}");
    }
}

#[test]
fn a_job_with_a_filter_that_nobody_knows_explains_no_hole_and_accuses_nobody() {
    let mut rows = tenant().log(9);
    rows.remove(4);
    let job =
        r#"{"id":"aexp_1","organization_id":"aorg_1","format":"ndjson","status":"ready","x":1,"filters":{"y":2}}"#;
    let checked = folder(
        &[("events.ndjson", &lines(&rows)), ("export.json", job)],
        &tenant().book(),
        None,
    );
    assert_eq!(checked.report.verdict, Verdict::Indeterminate);
    assert_eq!(population(&checked)["scopeStatedBy"], "exportJob");
    assert!(codes(&checked).contains(&"NOT_EVALUABLE_FILTERED"));
}

#[test]
fn an_export_that_the_auditor_calls_filtered_is_verified_without_an_answer_about_completeness() {
    let mut rows = tenant().log(9);
    rows.remove(4);
    let checked = folder(
        &[("events.ndjson", &lines(&rows))],
        &tenant().book(),
        Some(Scope::Filtered),
    );
    assert_eq!(checked.report.verdict, Verdict::Verified);
    let complete = &checked.report.questions[&evidence::Question::Complete];
    assert_eq!(complete.outcome.as_str(), "SKIPPED");
    assert_eq!(checked.report.parts[0].native.status, "WARN");
}

#[test]
fn a_row_without_key_and_nobody_who_supplies_one_is_undecided() {
    let mut rows = tenant().log(3);
    rows.iter_mut()
        .for_each(|row| drop(row.as_object_mut().unwrap().remove("signing_public_key")));
    let checked = folder(
        &[("events.ndjson", &lines(&rows))],
        &KeyBook::default(),
        Some(Scope::Full),
    );
    assert_eq!(checked.report.verdict, Verdict::Indeterminate);
    assert!(codes(&checked).contains(&"KEY_NOT_FOUND"), "{:?}", codes(&checked));
    assert_eq!(checked.report.parts[0].native.status, "FAIL");
}

#[test]
fn a_saved_answer_that_calls_a_good_row_bad_leaves_the_log_undecided() {
    let answers = r#"{"id":"aevt_2","valid":false,"reason":"x","key_source":"tenant_keys"}"#;
    let files = [("events.ndjson", &*lines(&tenant().log(3))), ("verify.json", answers)];
    let checked = folder(&files, &tenant().book(), Some(Scope::Full));
    assert_eq!(checked.report.verdict, Verdict::Indeterminate);
    assert_eq!(checked.report.parts[0].native.checks["integrity"], "PASS");
    assert!(codes(&checked).contains(&"SERVER_VERDICT_DISAGREES"));
}

/// Saved answers among the rows of a log too large to be looked through beforehand.
#[test]
fn a_saved_answer_among_the_rows_of_a_large_log_is_held_against_its_row() {
    let rows = tenant().log(3);
    // Blanks that no hash covers make the log a large one.
    let blanks = format!("{{{}", " ".repeat(5 << 20));
    let last = rows[2].to_string().replacen('{', &blanks, 1);
    for (answer, verdict) in [
        (
            r#"{"id":"aevt_2","valid":true,"key_source":"tenant_keys"}"#,
            Verdict::Verified,
        ),
        (
            r#"{"id":"aevt_3","valid":false,"key_source":"tenant_keys"}"#,
            Verdict::Indeterminate,
        ),
        (
            r#"{"id":"aevt_1","valid":false,"key_source":"tenant_keys"}"#,
            Verdict::Indeterminate,
        ),
    ] {
        let text = format!("{}\n{answer}\n{}\n{last}\n", rows[0], rows[1]);
        let checked = folder(&[("events.ndjson", &text)], &tenant().book(), Some(Scope::Full));
        assert_eq!(checked.report.verdict, verdict, "{answer}");
        let disagrees = codes(&checked).contains(&"SERVER_VERDICT_DISAGREES");
        assert_eq!(disagrees, verdict == Verdict::Indeterminate, "{answer}");
    }
}

#[test]
fn a_line_beyond_the_limit_is_named_and_the_next_rows_are_read() {
    let rows = tenant().log(3);
    let long = format!("{{\"action\":\"{}\"}}\n", "x".repeat(17 << 20));
    let text = format!("{}\n{long}{}", rows[0], lines(&rows[1..]));
    let checked = folder(&[("events.ndjson", &text)], &tenant().book(), Some(Scope::Full));
    assert_eq!(checked.report.verdict, Verdict::Indeterminate);
    assert_eq!(
        (checked.report.counts.verified, checked.report.counts.indeterminate),
        (3, 1)
    );
    assert_eq!(checked.report.limits[0].code.as_str(), "LIMIT_LINE_LENGTH");
    assert_eq!(checked.records[1].source.line, Some(2));
}

#[test]
fn a_gz_that_breaks_off_is_never_verified_and_accuses_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("events.ndjson.gz");
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::none());
    encoder.write_all(lines(&tenant().log(30)).as_bytes()).unwrap();
    let whole = encoder.finish().unwrap();
    for cut in [8, 400, 5000] {
        fs::write(&path, &whole[..whole.len() - cut]).unwrap();
        let checked = check(std::slice::from_ref(&path), &tenant().book(), Some(Scope::Full));
        assert_eq!(
            checked.report.verdict,
            Verdict::Indeterminate,
            "{cut}: {:?}",
            codes(&checked)
        );
    }
}

#[test]
fn a_table_is_told_to_be_no_proof() {
    let header = "seq,occurred_at,payload_hash,signature\r\n1,a,b,c\r\n";
    let by_header = folder(&[("export.csv", header)], &KeyBook::default(), None);
    assert_eq!(by_header.report.verdict, Verdict::Indeterminate);
    assert!(findings(&by_header).contains(&"CSV_NOT_VERIFIABLE"));
    let key = format!(r#"{{"domain":"a.example","public_key":"{}"}}"#, tenant().hex());
    let alone = folder(
        &[("export.csv", "a,b\r\n1,2\r\n"), ("key.json", &key)],
        &KeyBook::default(),
        None,
    );
    assert!(findings(&alone).contains(&"CSV_NOT_VERIFIABLE"));
    let stranger = folder(&[("export.csv", "a,b\r\n1,2\r\n")], &KeyBook::default(), None);
    assert_eq!(stranger.report.verdict, Verdict::NotEvidence);
}

#[test]
fn keys_alone_are_no_evidence_and_statements_alone_prove_nothing() {
    let key = format!(r#"{{"domain":"a.example","public_key":"{}"}}"#, tenant().hex());
    assert_eq!(
        folder(&[("key.json", &key)], &tenant().book(), None).report.verdict,
        Verdict::NotEvidence
    );
    let statement = r#"{"org_id":"aorg_1","last_seq":9,"count":9,"contiguous":true}"#;
    let checked = folder(&[("integrity.json", statement)], &tenant().book(), None);
    assert_eq!(checked.report.verdict, Verdict::Indeterminate);
    assert!(findings(&checked).contains(&"STATEMENT_FOR_ABSENT_ORG"));
}

#[test]
fn an_export_without_rows_is_no_proof_and_no_fault() {
    for (name, text) in [
        ("a.json", "[]"),
        ("a.ndjson", " \n"),
        ("a.json", r#"{"events":[],"next_cursor":null}"#),
    ] {
        let checked = folder(&[(name, text)], &tenant().book(), Some(Scope::Full));
        assert_eq!(checked.report.verdict, Verdict::Indeterminate, "{text}");
        assert_eq!(checked.report.parts[0].native.status, "WARN", "{text}");
        assert_eq!(checked.report.counts.records, 0, "{text}");
    }
}

#[test]
fn a_viewer_export_that_reached_its_cap_is_remarked() {
    let row = tenant().row(1, "aevt_1", "user.signed_in").to_string();
    let array = |count: usize| format!("[{}]", vec![row.as_str(); count].join(","));
    let remarked = |count| {
        findings(&folder(&[("export.json", &array(count))], &tenant().book(), None)).contains(&"EXPORT_CAP_REACHED")
    };
    assert!(remarked(10_000));
    assert!(!remarked(9_999));
}

#[test]
fn times_that_cannot_be_are_remarked_and_decide_nothing() {
    let tenant = tenant();
    let mut late = json!({
        "action": "a", "actor": {"id": "u", "type": "user"}, "event_id": "aevt_2",
        "ingested_at": "2025-01-01T00:00:00.000Z", "occurred_at": "2026-01-01T00:00:00.000Z",
        "org_id": tenant.org, "schema_id": "invoance.audit/1", "seq": 2, "targets": [],
    });
    let signature = tenant.signing.sign(late.to_string().as_bytes()).to_bytes();
    late["signature"] = Value::from(signature.iter().map(|byte| format!("{byte:02x}")).collect::<String>());
    let checked = log(&[tenant.row(1, "aevt_1", "a"), late]);
    assert_eq!(checked.report.verdict, Verdict::Verified);
    assert!(findings(&checked).contains(&"OCCURRED_AFTER_INGESTED"));
    assert!(findings(&checked).contains(&"INGESTED_AT_RUNS_BACKWARDS"));
}

/// Rows with so much unsigned ballast that the file is not looked through whole.
fn heavy(mut rows: Vec<Value>) -> Vec<Value> {
    rows.iter_mut()
        .for_each(|row| row["ballast"] = Value::from("x".repeat(100_000)));
    rows
}

#[test]
fn a_large_file_answers_like_a_small_one_in_every_form() {
    let mut rows = heavy(tenant().log(60));
    rows[30]["action"] = Value::from("user.signed_out");
    let page = |rows: &[Value]| json!({"events": rows, "next_cursor": null}).to_string();
    let forms = [
        ("a.ndjson", lines(&rows)),
        ("a.json", serde_json::to_string(&rows).unwrap()),
        ("a.json", page(&rows)),
        ("a.json", serde_json::to_string_pretty(&rows).unwrap()),
        ("a.ndjson", format!("{}\n{}\n", page(&rows[..50]), page(&rows[50..]))),
    ];
    for (name, text) in forms {
        let checked = folder(&[(name, &text)], &tenant().book(), Some(Scope::Full));
        let counts = &checked.report.counts;
        assert_eq!((counts.verified, counts.failed, counts.records), (59, 1, 60), "{name}");
        assert_eq!(
            population(&checked)["unverified_seq"],
            json!([{"from": 30, "to": 30, "count": 1}])
        );
        assert_eq!(checked.records[30].id, "aevt_30");
        assert!(checked.report.files[0].sha256.is_some());
    }
}

#[test]
fn a_row_is_found_again_for_the_reader_in_every_form() {
    let rows = tenant().log(3);
    let page = json!({"next_cursor": null, "events": rows}).to_string();
    let forms = [
        ("a.ndjson", format!("\u{feff}{}", lines(&rows).replace('\n', "\r\n"))),
        ("a.json", serde_json::to_string_pretty(&rows).unwrap()),
        ("a.json", page.clone()),
        ("a.ndjson", format!("{page}\n{page}\n")),
        ("a.json", serde_json::to_string_pretty(&rows[2]).unwrap()),
    ];
    for (name, text) in forms {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(name), &text).unwrap();
        let progress = Progress::default();
        let pack = Pack::open(&[folder.path().to_owned()], &progress).unwrap();
        let mut records = Vec::new();
        evidence::verify(&pack, &tenant().book(), &Policy::default(), &progress, &mut records).unwrap();
        assert!(!records.is_empty());
        for record in records {
            let place = RecordPlace {
                ecosystem: record.ecosystem,
                source: record.source.clone(),
                attached: Vec::new(),
                keys: Vec::new(),
            };
            let exhibit = evidence::exhibit(&pack, &place).unwrap();
            let shown: Value = serde_json::from_slice(&exhibit.text[exhibit.record.clone()]).unwrap();
            assert_eq!(shown["event_id"], record.id.as_str(), "{name}: {text}");
            assert!(!exhibit.seals.is_empty(), "{name}");
        }
    }
}

#[test]
fn a_large_document_that_breaks_off_keeps_its_good_rows_and_is_cut() {
    let rows = heavy(tenant().log(60));
    let array = serde_json::to_string(&rows).unwrap();
    let page = json!({"events": rows, "next_cursor": null}).to_string();
    for text in [&array[..5_500_000], &page[..5_500_000]] {
        let checked = folder(&[("a.json", text)], &tenant().book(), Some(Scope::Full));
        assert_eq!(checked.report.verdict, Verdict::Failed);
        assert_eq!(population(&checked)["completeness"], "FILE_CUT");
        assert!(checked.report.counts.verified > 50);
    }
}

#[test]
fn a_file_that_two_formats_claim_is_never_verified() {
    let record = r#"{"bundleType":"cer.ai.execution.v1","certificateHash":"sha256:00"}"#;
    let text = format!("{record}\n{}", lines(&tenant().log(3)));
    let checked = folder(&[("mixed.ndjson", &text)], &tenant().book(), None);
    assert!(codes(&checked).contains(&"CLAIMED_TWICE"));
    assert_ne!(checked.report.verdict, Verdict::Verified);
}

#[test]
fn evidence_of_two_ecosystems_is_verified_side_by_side() {
    let record = r#"{"bundleType":"cer.ai.execution.v1","certificateHash":"sha256:00"}"#;
    let files = [("cer.json", record), ("events.ndjson", &*lines(&tenant().log(3)))];
    let checked = folder(&files, &tenant().book(), Some(Scope::Full));
    let verdicts: Vec<Verdict> = checked.report.parts.iter().map(|part| part.verdict).collect();
    assert_eq!(verdicts, [Verdict::Failed, Verdict::Verified]);
}

#[test]
fn a_run_that_is_cancelled_gives_no_report() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("events.ndjson");
    fs::write(&path, lines(&tenant().log(50))).unwrap();
    let progress = Progress::default();
    let pack = Pack::open(&[path], &progress).unwrap();
    progress.cancel();
    let result = evidence::verify(&pack, &tenant().book(), &Policy::default(), &progress, &mut Vec::new());
    assert!(matches!(result, Err(evidence::Stopped::Cancelled)));
}
