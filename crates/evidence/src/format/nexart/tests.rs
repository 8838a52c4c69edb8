//! Whole packs: what was not read proves nothing, and is told.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::canonical;
use crate::check::{Check, CheckId, Outcome};
use crate::container::Limits;
use crate::digest::Digest;
use crate::json::{self, Bounds};
use crate::keybook::{KeyBook, SuppliedKeys};
use crate::pack::Pack;
use crate::reason::ReasonCode;
use crate::report::{Ecosystem, Finding, Record, Report};
use crate::run::{Policy, Progress};
use crate::verdict::Verdict;

/// A sealed AI record of this execution id, padded to more than `size` bytes.
pub(super) fn sealed(id: &str, size: usize) -> (Value, String) {
    let mut record = json!({
        "bundleType": "cer.ai.execution.v1",
        "version": "1.0",
        "createdAt": "2026-03-01T00:00:00.000Z",
        "snapshot": {"executionId": id, "protocolVersion": "1.2.0", "pad": "x".repeat(size)},
    });
    let text = record.to_string();
    let parsed = json::parse(text.as_bytes(), &Bounds::default()).expect("a record");
    let hash = Digest::of(&canonical::bytes(&parsed.root).expect("canonical bytes")).prefixed();
    record["certificateHash"] = json!(hash);
    (record, hash)
}

fn manifest(entries: &[(&str, &str)]) -> String {
    let entry = |(id, hash): &(&str, &str)| json!({"executionId": id, "certificateHash": hash});
    let records: Vec<Value> = entries.iter().map(entry).collect();
    json!({"exportedAt": "now", "recordCount": records.len(), "records": records}).to_string()
}

/// A folder of these files.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    folder
}

fn verified(path: &Path, book: &KeyBook, limits: &Limits) -> (Report, Vec<Record>) {
    let progress = Progress::default();
    let pack = Pack::open_within(&[path.to_owned()], limits, &progress).expect("a pack");
    let mut records = Vec::new();
    let report = crate::verify(&pack, book, &Policy::default(), &progress, &mut records).expect("a report");
    (report, records)
}

fn within(files: &[(&str, &str)], limits: &Limits) -> (Report, Vec<Record>) {
    verified(folder(files).path(), &KeyBook::default(), limits)
}

fn small() -> Limits {
    Limits {
        whole_entry_size: 4096,
        ..Limits::default()
    }
}

fn check_of(checks: &[Check], id: CheckId) -> (Outcome, Vec<ReasonCode>) {
    let check = checks.iter().find(|check| check.id == id).expect("the check");
    (check.outcome, check.also.clone())
}

#[test]
fn a_listed_record_that_may_be_in_an_unread_file_is_not_missing_for_sure() {
    let (there, hash) = sealed("a", 10);
    let (large, other) = sealed("b", 8192);
    let manifest = manifest(&[("a", &hash), ("b", &other)]);
    let (there, large) = (there.to_string(), large.to_string());
    let files = [("manifest.json", &*manifest), ("a.json", &there), ("b.json", &large)];
    let (report, records) = within(&files, &small());
    let code = ReasonCode::LimitEntrySize;
    assert_eq!(report.verdict, Verdict::Indeterminate);
    assert_eq!(
        check_of(&report.parts[0].checks, CheckId::Manifest),
        (Outcome::Undetermined(code), vec![ReasonCode::ManifestRecordMissing])
    );
    assert_eq!(report.parts[0].native.grade.as_deref(), Some("INCOMPLETE"));
    let entry = records.last().expect("an entry");
    assert_eq!((entry.verdict, &*entry.id), (Verdict::Indeterminate, &*other));
    assert_eq!(entry.reason_codes, [code, ReasonCode::RecordNotFound]);
    // Where everything was read it is missing.
    let (report, records) = within(&files[..2], &small());
    assert_eq!(report.verdict, Verdict::Failed);
    assert_eq!(report.parts[0].native.grade.as_deref(), Some("FAILED"));
    let entry = records.last().expect("an entry");
    assert_eq!(entry.reason_codes, [ReasonCode::RecordNotFound]);
    assert_eq!(entry.native.grade.as_deref(), Some("NOT_FOUND"));
    // And where it was read, it is there.
    assert_eq!(
        check_of(&within(&files, &Limits::default()).0.parts[0].checks, CheckId::Manifest),
        (Outcome::Pass, vec![])
    );
}

#[test]
fn a_listed_record_may_be_a_line_that_was_too_long() {
    let (large, other) = sealed("b", 8192);
    let (manifest, line) = (manifest(&[("b", &other)]), format!("{large}\n{{}}\n"));
    let limits = Limits {
        line_length: 4096,
        ..Limits::default()
    };
    let files = [("manifest.json", &*manifest), ("records.ndjson", &line)];
    let (report, _) = within(&files, &limits);
    assert_eq!(report.verdict, Verdict::Indeterminate);
    let manifest = check_of(&report.parts[0].checks, CheckId::Manifest);
    assert_eq!(manifest.0, Outcome::Undetermined(ReasonCode::LimitLineLength));
}

#[test]
fn json_under_another_name_that_is_over_a_limit_is_told_and_other_text_is_not() {
    let (there, hash) = sealed("a", 10);
    let (large, _) = sealed("b", 8192);
    let (manifest, there, large) = (manifest(&[("a", &hash)]), there.to_string(), large.to_string());
    let told = |name: &str, text: &str| {
        let files = [("manifest.json", &*manifest), ("a.json", &there), (name, text)];
        let report = within(&files, &small()).0;
        report
            .findings
            .into_iter()
            .map(|finding| finding.code)
            .collect::<Vec<_>>()
    };
    assert_eq!(told("b.dat", &large), [ReasonCode::LimitEntrySize]);
    assert_eq!(told("b.json", &large), [ReasonCode::LimitEntrySize]);
    for text in ["{\\rtf1 ", "[2026-03-01] started ", "{color: red} "] {
        let text = text.repeat(1000);
        assert_eq!(told("b.dat", &text), [ReasonCode::UnrecognisedFile], "{text:.20}");
    }
}

#[test]
fn a_receipt_kept_as_text_that_is_over_a_limit_leaves_its_record_open() {
    let (mut record, hash) = sealed("a", 10);
    let text = json!({"certificateHash": hash, "kid": "k1", "extra": vec![0; 200]}).to_string();
    record["meta"] = json!({"attestation": {"receipt": text, "signature": "AAAA"}});
    let told = |record: &Value, json_nodes: u64| {
        let limits = Limits {
            json_nodes,
            ..Limits::default()
        };
        let records = within(&[("a.json", &record.to_string())], &limits).1;
        let record = records.into_iter().next().expect("a record");
        let outcomes = [
            CheckId::BundleIntegrity,
            CheckId::ReceiptConsistency,
            CheckId::NodeSignature,
        ];
        (
            record.verdict,
            outcomes.map(|id| check_of(&record.checks, id).0),
            record.native.grade,
        )
    };
    let code = ReasonCode::LimitJsonNodes;
    let open = Outcome::Undetermined(code);
    let over = told(&record, 100);
    assert_eq!(
        over,
        (
            Verdict::Indeterminate,
            [Outcome::Pass, open, open],
            Some("INCOMPLETE".into())
        )
    );
    assert_eq!(told(&record, 1000).1[1], Outcome::Pass);
    // What is changed is changed all the same.
    record["snapshot"]["pad"] = json!("other");
    let changed = Outcome::Fail(ReasonCode::BundleHashMismatch);
    assert_eq!(told(&record, 100).1, [changed, open, open]);
    record["meta"] = json!({"attestation": {"receipt": "{", "signature": "AAAA"}});
    assert_eq!(told(&record, 100).1[0], Outcome::Fail(ReasonCode::BundleCorrupted));
}

#[test]
fn a_record_answers_for_its_own_nesting_and_not_for_that_of_a_wrapper() {
    let (record, hash) = sealed("a", 10);
    let deep = format!("{}{}", "[".repeat(150), "]".repeat(150));
    let told = |text: &str| {
        let records = within(&[("a.json", text)], &Limits::default()).1;
        let record = records.into_iter().next().expect("a record");
        (record.verdict, record.reason_codes)
    };
    let beside = told(&format!("{{\"cer\":{record},\"other\":{deep}}}"));
    assert_eq!(beside, (Verdict::Indeterminate, vec![ReasonCode::LimitJsonDepth]));
    let inner =
        format!("{{\"bundleType\":\"cer.ai.execution.v1\",\"certificateHash\":\"{hash}\",\"snapshot\":{deep}}}");
    let corrupted = (Verdict::Failed, vec![ReasonCode::BundleCorrupted]);
    assert_eq!(told(&inner), corrupted);
    assert_eq!(told(&format!("{{\"receipt\":{{}},\"cer\":{inner}}}")), corrupted);
}

#[test]
fn a_key_file_for_the_run_that_holds_no_key_set_is_told_and_nobody_is_accused() {
    let (record, hash) = sealed("a", 10);
    let receipt = json!({"receipt": {"certificateHash": hash, "kid": "k1"}, "signature": "AAAA"});
    let key = data_encoding::BASE64.encode(&[0x58; 32]);
    let keys = json!({"keys": [{"kid": "k1", "publicKey": key}]});
    let files = [("a.json", record), ("receipt.json", receipt), ("keys.json", keys)]
        .map(|(name, value)| (name, value.to_string()));
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, &**text)).collect();
    let told = |bytes: Option<&[u8]>| {
        let supplied = bytes.map(|bytes| SuppliedKeys {
            name: "mine.json".to_owned(),
            ecosystem: Ecosystem::NexArt,
            bytes: bytes.to_vec(),
        });
        let book = KeyBook {
            supplied: supplied.into_iter().collect(),
            ..KeyBook::default()
        };
        let (report, records) = verified(folder(&files).path(), &book, &Limits::default());
        let mine = |finding: &&Finding| finding.subject == "mine.json";
        let finding = report.parts[0].findings.iter().find(mine).map(|finding| finding.code);
        let signature = records
            .first()
            .map(|record| check_of(&record.checks, CheckId::NodeSignature).0);
        (finding, signature.expect("a record"))
    };
    let accused = told(None);
    assert!(matches!(accused, (None, Outcome::Fail(_))), "{accused:?}");
    for (bytes, code) in [(&b"{"[..], ReasonCode::JsonSyntax), (b"{}", ReasonCode::KeyMalformed)] {
        assert_eq!(told(Some(bytes)), (Some(code), Outcome::Undetermined(code)));
    }
}
