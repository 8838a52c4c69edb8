//! What someone would try who wants a pack to read VERIFIED: whatever is covered cannot change unseen.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops where something is not as it says"
)]

use std::fs;
use std::path::{Path, PathBuf};

use evidence::{
    Cover, Ecosystem, Exhibit, KeyBook, Pack, Policy, Progress, Record, RecordPlace, Report, SuppliedKeys, Verdict,
};

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/nexart")
}

fn book() -> KeyBook {
    let keys = fixtures().join("keys/node.json");
    KeyBook {
        supplied: vec![SuppliedKeys {
            name: "node.json".to_owned(),
            ecosystem: Ecosystem::NexArt,
            bytes: fs::read(keys).unwrap(),
        }],
        ..KeyBook::default()
    }
}

fn run(path: &Path) -> (Pack, Report, Vec<Record>) {
    let progress = Progress::default();
    let pack = Pack::open(&[path.to_path_buf()], &progress).unwrap();
    let mut records = Vec::new();
    let report = evidence::verify(&pack, &book(), &Policy::default(), &progress, &mut records).unwrap();
    (pack, report, records)
}

fn taken_apart(pack: &Pack, record: &Record) -> Exhibit {
    let place = RecordPlace {
        ecosystem: record.ecosystem,
        source: record.source.clone(),
        attached: record.attached.clone(),
        keys: Vec::new(),
    };
    evidence::exhibit(pack, &place).unwrap()
}

/// Changes one bit of every `step`th byte inside each field that is covered, or is the seal itself.
fn nothing_covered_changes_unseen(case: &str, step: usize) {
    let good = fixtures().join(case).join("cer.json");
    let text = fs::read(&good).unwrap();
    let (pack, report, records) = run(&good);
    assert_eq!(report.verdict, Verdict::Verified, "{case} itself");
    let exhibit = taken_apart(&pack, &records[0]);
    assert_eq!(exhibit.text, text);
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("cer.json");
    let mut changed = 0;
    for field in exhibit.fields.iter().filter(|field| field.cover == Cover::Sealed) {
        for position in field.span.clone().step_by(step) {
            let mut bytes = text.clone();
            bytes[position] ^= 1 << (position % 7);
            fs::write(&target, &bytes).unwrap();
            let verdict = run(&target).1.verdict;
            assert_ne!(
                verdict,
                Verdict::Verified,
                "{case}: {} at byte {position}",
                field.pointer
            );
            changed += 1;
        }
    }
    assert!(changed > 20, "{case}: only {changed} bytes were tried");
}

#[test]
fn no_covered_byte_of_an_attested_record_changes_unseen() {
    nothing_covered_changes_unseen("receipt-form-a", 3);
}

#[test]
fn no_covered_byte_of_a_governed_step_changes_unseen() {
    nothing_covered_changes_unseen("governed-step", 5);
}

#[test]
fn no_covered_byte_of_a_project_changes_unseen() {
    nothing_covered_changes_unseen("project-attested", 5);
}

#[test]
fn no_byte_of_the_signed_receipt_changes_unseen() {
    let good = fixtures().join("receipt-form-a/cer.json");
    let text = fs::read_to_string(&good).unwrap();
    let start = text.find("\"receipt\"").unwrap();
    let end = start + text[start..].find('}').unwrap();
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("cer.json");
    for position in start..end {
        let mut bytes = text.clone().into_bytes();
        // White space between members is not content.
        if bytes[position].is_ascii_whitespace() {
            continue;
        }
        bytes[position] ^= 1;
        fs::write(&target, &bytes).unwrap();
        assert_ne!(run(&target).1.verdict, Verdict::Verified, "byte {position}");
    }
}

#[test]
fn a_record_cut_at_any_length_is_never_verified() {
    let text = fs::read(fixtures().join("receipt-form-a/cer.json")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("cer.json");
    let whole = text.trim_ascii_end().len();
    for length in (0..whole).step_by(11) {
        fs::write(&target, &text[..length]).unwrap();
        let verdict = run(&target).1.verdict;
        assert_ne!(verdict, Verdict::Verified, "cut to {length} bytes");
    }
}

#[test]
fn any_changed_byte_of_a_zip_is_never_verified_with_other_content() {
    let good = fs::read(fixtures().join("zip-good/pack.zip")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("pack.zip");
    for position in (0..good.len()).step_by(7) {
        let mut bytes = good.clone();
        bytes[position] ^= 1 << (position % 8);
        fs::write(&target, &bytes).unwrap();
        let (_, report, records) = run(&target);
        // Dates and permissions in the archive are nobody's statement; content is.
        if report.verdict == Verdict::Verified {
            assert_eq!(records.len(), 1, "byte {position}");
            assert_eq!(report.files.len(), 2, "byte {position}");
        }
    }
}

#[test]
fn a_missing_file_a_folder_without_evidence_and_an_empty_file_say_so() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("gone.zip");
    assert_eq!(run(&missing).1.verdict, Verdict::Error);
    let empty = folder.path().join("empty.json");
    fs::write(&empty, b"").unwrap();
    assert_eq!(run(&empty).1.verdict, Verdict::Error);
    let plain = folder.path().join("plain");
    fs::create_dir(&plain).unwrap();
    fs::write(plain.join("notes.md"), b"nothing here").unwrap();
    fs::write(plain.join("Cargo.toml"), b"[package]\nname = 1\n").unwrap();
    assert_eq!(run(&plain).1.verdict, Verdict::NotEvidence);
}

/// The verdict that the report shows for each file.
fn file_verdicts(files: &[(&str, Vec<u8>)]) -> Vec<(String, Option<Verdict>)> {
    let folder = tempfile::tempdir().unwrap();
    let pack = folder.path().join("pack");
    for (name, bytes) in files {
        let target = pack.join(name);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::write(target, bytes).unwrap();
    }
    let rows = run(&pack).1.files.into_iter();
    rows.map(|file| (file.path, file.verdict)).collect()
}

#[test]
fn a_file_is_shown_as_verified_only_when_all_of_it_is() {
    let good = fs::read(fixtures().join("receipt-form-a/cer.json")).unwrap();
    let receipt = fs::read(fixtures().join("receipt-in-own-file/pack/receipt.json")).unwrap();
    let edited = String::from_utf8(good.clone()).unwrap().replace("Meyer", "Meier");
    let one_line: serde_json::Value = serde_json::from_slice(&good).unwrap();
    let cut = format!("{one_line}\n{{\"cut\": \n");
    let shown = |files: &[(&str, Vec<u8>)]| -> Vec<Option<Verdict>> {
        file_verdicts(files).into_iter().map(|(_, verdict)| verdict).collect()
    };
    let (failed, open) = (Some(Verdict::Failed), Some(Verdict::Indeterminate));
    let copies = [("a.json", edited.clone().into_bytes()), ("b.json", edited.into_bytes())];
    assert_eq!(shown(&copies), [failed, failed], "copies of a failed record");
    assert_eq!(
        shown(&[("lines.ndjson", cut.into_bytes())]),
        [open],
        "a line that was not used"
    );
    let other = fs::read(fixtures().join("pack-of-two/pack/records/exec-invoice-0008/cer.json")).unwrap();
    let loose = [("a/cer.json", good), ("b/receipt.json", receipt.clone())];
    assert_eq!(shown(&loose), [Some(Verdict::Verified); 2], "a receipt that fits");
    let loose = [("a/cer.json", other), ("b/receipt.json", receipt)];
    assert_eq!(shown(&loose), [open, open], "a receipt of no record");
}

#[test]
fn many_copies_with_many_receipts_are_bounded_and_named() {
    let good: serde_json::Value =
        serde_json::from_slice(&fs::read(fixtures().join("receipt-form-a/cer.json")).unwrap()).unwrap();
    let block = &good["meta"]["attestation"];
    let lines = |value: &serde_json::Value| -> Vec<u8> {
        let numbered = (0..150).map(|number| {
            let mut value = value.clone();
            value["number"] = number.into();
            format!("{value}\n")
        });
        numbered.collect::<String>().into_bytes()
    };
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("cer.ndjson"), lines(&good)).unwrap();
    fs::write(folder.path().join("receipts.ndjson"), lines(block)).unwrap();
    let (_, report, records) = run(folder.path());
    assert_eq!(records.len(), 150);
    assert_eq!(report.verdict, Verdict::Indeterminate);
    assert!(
        report
            .reason_codes
            .iter()
            .any(|code| code.as_str() == "LIMIT_RECORD_COUNT")
    );
}

#[test]
fn a_cancelled_run_gives_no_report() {
    let progress = Progress::default();
    let pack = Pack::open(&[fixtures().join("pack-of-two/pack")], &progress).unwrap();
    progress.cancel();
    let mut records: Vec<Record> = Vec::new();
    let result = evidence::verify(&pack, &book(), &Policy::default(), &progress, &mut records);
    assert!(matches!(result, Err(evidence::Stopped::Cancelled)));
    assert!(records.is_empty());
}

#[test]
fn a_record_over_a_limit_of_ours_is_undecided_and_not_changed() {
    let text = fs::read_to_string(fixtures().join("receipt-form-a/cer.json")).unwrap();
    let long = format!("\"note\": \"{}\",\n  \"version\"", "x".repeat(17 << 20));
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("cer.json");
    fs::write(&target, text.replacen("\"version\"", &long, 1)).unwrap();
    let (_, report, records) = run(&target);
    assert_eq!(report.verdict, Verdict::Indeterminate);
    assert_eq!(records[0].reason_codes, [evidence::ReasonCode::LimitLineLength]);
}
