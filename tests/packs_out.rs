//! Packs that are handed over: whatever is chosen out of whatever pack, the chosen records keep their bytes and come to
//! the same results, and what is left out is named.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops where something is not as it says"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use evidence::{Authority, Digest, Ecosystem, KeyBook, Pack, Policy, Progress, Record, Report, SuppliedKeys, Verdict};
use proptest::prelude::*;
use review::pack::{Choice, ExactBytes, Form, Order, Origin, PackError, Packed, pack};
use review::save::Existing;
use serde_json::Value;

const NOW: &str = "2026-11-25T09:00:00.000Z";

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures")
}

fn json(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

/// A pack that was checked.
struct Checked {
    pack: Pack,
    report: Report,
    records: Vec<Record>,
    book: KeyBook,
}

impl Checked {
    fn of(path: &Path, book: KeyBook) -> Checked {
        let progress = Progress::default();
        let pack = Pack::open(&[path.to_owned()], &progress).unwrap();
        let mut records = Vec::new();
        let report = evidence::verify(&pack, &book, &Policy::default(), &progress, &mut records).unwrap();
        Checked {
            pack,
            report,
            records,
            book,
        }
    }

    /// A fixture with the keys of its case.
    fn fixture(folder: &Path) -> Checked {
        let case = json(&folder.join("case.json"));
        let keys = folder.parent().unwrap().join("keys");
        let ecosystem = match folder.parent().unwrap().file_name().unwrap().to_str().unwrap() {
            "nexart" => Ecosystem::NexArt,
            "keel" => Ecosystem::Keel,
            _ => Ecosystem::Invoance,
        };
        let mut book = KeyBook::default();
        let names = |list: &Value| {
            let names = list.as_array().cloned().unwrap_or_default().into_iter();
            names.map(|name| name.as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        for name in names(&case["keys"]) {
            let value = fs::read(keys.join(&name)).unwrap();
            match serde_json::from_slice::<Value>(&value) {
                Ok(document) if document["schema"] == "sealcheck.keybook/1" => {
                    let entries: Vec<evidence::KeyEntry> = serde_json::from_value(document["entries"].clone()).unwrap();
                    book.entries.extend(entries);
                }
                _ => book.supplied.push(SuppliedKeys {
                    name,
                    ecosystem,
                    bytes: value,
                }),
            }
        }
        for name in names(&case["authorities"]) {
            let bytes = fs::read(keys.join(&name)).unwrap();
            book.authorities.push(Authority { name, bytes });
        }
        Checked::of(&folder.join(case["pack"].as_str().unwrap()), book)
    }

    fn choice(&self, chosen: impl Fn(usize) -> bool) -> Choice {
        let mut choice = Choice::default();
        for (place, record) in self.records.iter().enumerate() {
            choice.take(record, chosen(place));
        }
        choice
    }

    fn pack(&self, chosen: impl Fn(usize) -> bool, form: Form, target: &Path) -> Result<Packed, PackError> {
        let choice = self.choice(chosen);
        let origin = Origin {
            pack: &self.pack,
            report: &self.report,
            choice: &choice,
        };
        pack(&[origin], &order(target, form, &self.book), &Progress::default())
    }

    /// Digests of the records' exact bytes, each with what it came to; entries without their record have none.
    fn results(&self, chosen: impl Fn(usize) -> bool) -> BTreeMap<Digest, Vec<Verdict>> {
        let there = |record: &&Record| record.native.grade.as_deref() != Some("NOT_FOUND");
        let records = self.records.iter().enumerate().filter(|(place, _)| chosen(*place));
        let records: Vec<&Record> = records.map(|(_, record)| record).filter(there).collect();
        let mut results: BTreeMap<Digest, Vec<Verdict>> = BTreeMap::new();
        let mut bytes = ExactBytes::of(&self.pack);
        for record in records {
            let digest = Digest::of(&bytes.cut(record).unwrap().bytes);
            results.entry(digest).or_default().push(record.verdict);
        }
        for verdicts in results.values_mut() {
            verdicts.sort_by_key(|verdict| verdict.as_str());
        }
        results
    }
}

fn order<'a>(target: &'a Path, form: Form, book: &'a KeyBook) -> Order<'a> {
    static POLICY: LazyLock<Policy> = LazyLock::new(Policy::default);
    Order {
        target,
        existing: Existing::Keep,
        form,
        exported_at: NOW,
        exported_by: "A. Auditor",
        selection: "a test",
        book,
        policy: &POLICY,
    }
}

fn cases(ecosystem: &str) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = fs::read_dir(fixtures().join(ecosystem))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|folder| folder.join("case.json").is_file())
        .collect();
    folders.sort();
    folders
}

fn fixture(name: &str) -> Checked {
    Checked::fixture(&fixtures().join(name))
}

fn name(folder: &Path) -> String {
    folder.file_name().unwrap().to_string_lossy().into_owned()
}

/// Packs what is chosen and compares it with its source; says what was written.
fn round_trip(case: &str, source: &Checked, chosen: &dyn Fn(usize) -> bool) -> Result<Checked, PackError> {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("out.zip");
    let packed = source.pack(chosen, Form::Zip, &target)?;
    let sub = Checked::of(&target, source.book.clone());
    assert_eq!(packed.sha256, Digest::of(&fs::read(&target).unwrap()), "{case}");
    assert_eq!(packed.verdict, sub.report.verdict, "{case}");
    assert_eq!(packed.records, sub.report.counts.records, "{case}");
    let (before, after) = (source.results(chosen), sub.results(|_| true));
    if packed.along == 0 {
        assert_eq!(before, after, "{case}");
    }
    for (digest, verdicts) in &before {
        assert!(after[digest].len() >= verdicts.len(), "{case}: {digest}");
    }
    if sub.report.verdict == Verdict::Failed {
        assert_eq!(
            source.report.verdict,
            Verdict::Failed,
            "{case} fails and its source did not"
        );
    }
    Ok(sub)
}

/// Every record alone, every record but one, and all of them; gives the cuts that are refused, and why.
fn every_cut(ecosystem: &str, least: usize) -> Vec<String> {
    let mut cuts = 0;
    let mut refused = Vec::new();
    for folder in cases(ecosystem) {
        let case = name(&folder);
        let source = Checked::fixture(&folder);
        let count = source.records.len();
        let mut cut = |what: String, chosen: &dyn Fn(usize) -> bool| {
            let case = format!("{case}, {what}");
            match round_trip(&case, &source, chosen) {
                Ok(_) => cuts += 1,
                Err(PackError::NothingChosen) => {}
                Err(error) => refused.push(format!("{case}: {error}")),
            }
        };
        cut("all".to_owned(), &|_| true);
        for place in (0..count.min(8)).filter(|_| count > 1) {
            cut(format!("record {place}"), &|other| other == place);
            cut(format!("all but {place}"), &|other| other != place);
        }
    }
    assert!(cuts >= least, "only {cuts} packs were written");
    refused
}

#[test]
fn every_cut_of_every_nexart_fixture_keeps_bytes_and_results() {
    assert_eq!(every_cut("nexart", 200), [""; 0]);
}

/// A line that is no UTF-8 is known as a row by the rows beside it; alone nothing says what it is.
#[test]
fn every_cut_of_every_invoance_fixture_keeps_bytes_and_results() {
    let refused = every_cut("invoance", 1_000);
    assert_eq!(refused.len(), 1, "{refused:#?}");
    assert!(
        refused[0].starts_with("byte_that_is_not_utf8, record 5: nothing was written"),
        "{refused:#?}"
    );
}

#[test]
fn a_keel_export_goes_along_whole_or_not_at_all() {
    let mut whole = 0;
    for folder in cases("keel") {
        let case = name(&folder);
        let source = Checked::fixture(&folder);
        let count = source.records.len();
        match round_trip(&case, &source, &|_| true) {
            Ok(sub) => {
                whole += 1;
                let digests = |report: &Report| report.files.iter().map(|file| file.sha256).collect::<Vec<_>>();
                assert_eq!(digests(&source.report), digests(&sub.report), "{case}");
                assert_eq!(source.report.verdict, sub.report.verdict, "{case}");
            }
            Err(PackError::NothingChosen) => assert_eq!(count, 0, "{case}"),
            Err(PackError::KeelNotWhole(_)) => {
                assert!(source.report.files.iter().any(|file| file.role == "refused"), "{case}");
            }
            Err(error) => panic!("{case}: {error}"),
        }
        if count > 1 {
            let refused = round_trip(&case, &source, &|place| place == 0).err().unwrap();
            assert_eq!(refused.code(), "KEEL_IN_PART", "{case}");
            assert!(refused.to_string().contains("whole or not at all"), "{refused}");
        }
    }
    assert!(whole > 60, "only {whole} exports were copied");
}

/// The members of a zip or folder that was written, by name.
fn files(path: &Path) -> BTreeMap<String, Vec<u8>> {
    let progress = Progress::default();
    let pack = Pack::open(&[path.to_owned()], &progress).unwrap();
    assert_eq!(pack.refusals, []);
    let names = pack.artifacts.iter().enumerate();
    names
        .map(|(index, artifact)| (artifact.path.clone(), pack.read(index).unwrap().bytes))
        .collect()
}

#[test]
fn an_evidence_pack_has_the_specs_layout_and_lists_what_was_left_out() {
    let source = fixture("nexart/pack-of-two");
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("out.zip");
    let packed = source.pack(|place| place == 1, Form::Zip, &target).unwrap();
    assert_eq!((packed.records, packed.of, packed.verdict), (1, 2, Verdict::Verified));
    let files = files(&target);
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    let [left_out, taken] = source.records.as_slice() else {
        panic!("the pack is of two")
    };
    assert_eq!(
        names,
        [
            "evidence-summary.html",
            "manifest.json",
            "node-metadata.json",
            "records/exec-invoice-0008/cer.json",
            "records/exec-invoice-0008/receipt.json",
            "records/exec-invoice-0008/verification-report.json",
        ]
    );
    let manifest: Value = serde_json::from_slice(&files["manifest.json"]).unwrap();
    assert_eq!(manifest["recordCount"], 1);
    assert_eq!(manifest["exportedAt"], NOW);
    assert_eq!(manifest["records"][0]["certificateHash"], taken.id);
    assert_eq!(
        manifest["sealcheck"]["omittedRecords"],
        serde_json::json!([left_out.id])
    );
    let omitted = manifest["sealcheck"]["omittedFiles"].as_array().unwrap();
    let omitted: Vec<&str> = omitted.iter().map(|file| file["path"].as_str().unwrap()).collect();
    assert!(omitted.contains(&"records/exec-invoice-0007/cer.json"), "{omitted:?}");
    assert!(!omitted.contains(&"records/exec-invoice-0008/cer.json"), "{omitted:?}");
    let result: Value = serde_json::from_slice(&files["records/exec-invoice-0008/verification-report.json"]).unwrap();
    assert_eq!(result["status"], "VERIFIED");
    assert_eq!(result["checks"]["nodeSignature"], "PASS");
    let page = String::from_utf8(files["evidence-summary.html"].clone()).unwrap();
    assert!(
        page.contains("exec-invoice-0008") && !page.contains("<script"),
        "{page}"
    );
}

#[test]
fn the_same_choice_gives_the_same_bytes_and_a_folder_the_same_files() {
    let source = fixture("nexart/pack-of-two");
    let folder = tempfile::tempdir().unwrap();
    let [one, two, third] = ["one.zip", "two.zip", "three"].map(|name| folder.path().join(name));
    source.pack(|_| true, Form::Zip, &one).unwrap();
    source.pack(|_| true, Form::Zip, &two).unwrap();
    let packed = source.pack(|_| true, Form::Folder, &third).unwrap();
    assert_eq!(fs::read(&one).unwrap(), fs::read(&two).unwrap());
    assert_eq!(files(&one), files(&third));
    assert_eq!(
        Some(packed.sha256),
        Checked::of(&third, KeyBook::default()).report.input.sha256
    );
    let refused = source.pack(|_| true, Form::Folder, &third).unwrap_err();
    assert_eq!(refused.code(), "FILE_EXISTS");
}

#[test]
fn a_selection_of_a_log_says_that_it_is_filtered_and_names_what_is_missing() {
    let source = fixture("invoance/lines_newest_first");
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("out.zip");
    let number = |record: &Record| record.fields["seq"].as_i64().unwrap();
    let seen: Vec<i64> = source.records.iter().map(number).collect();
    let packed = source.pack(|place| seen[place] % 4 == 1, Form::Zip, &target).unwrap();
    assert_eq!(packed.verdict, Verdict::Indeterminate);
    let files = files(&target);
    let selection: Value = serde_json::from_slice(&files["selection.json"]).unwrap();
    let ranges = selection["sealcheck"]["omittedRanges"].as_array().unwrap();
    assert_eq!(
        (ranges[0]["from"].as_i64(), ranges[0]["to"].as_i64()),
        (Some(2), Some(4))
    );
    let hashes: BTreeMap<i64, &str> = source
        .records
        .iter()
        .map(|record| (number(record), record.fields["payload_hash"].as_str().unwrap()))
        .collect();
    let lines: String = (2..=4)
        .map(|number| format!("{number}  {}\n", hashes[&number]))
        .collect();
    assert_eq!(ranges[0]["sha256"], Digest::of(lines.as_bytes()).to_hex());
    let sub = Checked::of(&target, source.book.clone());
    let population = &sub.report.parts[0].population[0];
    assert_eq!(population["completeness"], "NOT_EVALUABLE_FILTERED", "{population}");
}

#[test]
fn loose_records_and_their_receipts_become_an_evidence_pack() {
    let folder = tempfile::tempdir().unwrap();
    let pack_of_two = fixtures().join("nexart/pack-of-two/pack");
    for (from, to) in [
        ("records/exec-invoice-0007/cer.json", "a.json"),
        ("records/exec-invoice-0008/cer.json", "b.json"),
        ("records/exec-invoice-0007/receipt.json", "c.json"),
        ("records/exec-invoice-0008/receipt.json", "d.json"),
        ("node-metadata.json", "e.json"),
    ] {
        fs::copy(pack_of_two.join(from), folder.path().join(to)).unwrap();
    }
    let book = fixture("nexart/pack-of-two").book;
    let loose = Checked::of(folder.path(), book.clone());
    let place = tempfile::tempdir().unwrap();
    let target = place.path().join("out.zip");
    let packed = loose.pack(|_| true, Form::Zip, &target).unwrap();
    assert_eq!((packed.records, packed.verdict), (2, Verdict::Verified));
    let sub = Checked::of(&target, book);
    assert_eq!(sub.report.parts[0].manifests[0].found, 2);
    assert_eq!(sub.report.parts[0].format.id, "nexart.evidence-pack");
}

#[test]
fn records_of_several_packs_become_one() {
    let (one, two) = (fixture("nexart/pack-of-two"), fixture("nexart/governed-listing"));
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("out.zip");
    let choices = [one.choice(|_| true), two.choice(|_| true)];
    let origins = [
        Origin {
            pack: &one.pack,
            report: &one.report,
            choice: &choices[0],
        },
        Origin {
            pack: &two.pack,
            report: &two.report,
            choice: &choices[1],
        },
    ];
    let packed = pack(&origins, &order(&target, Form::Zip, &one.book), &Progress::default()).unwrap();
    let total = u64::try_from(one.records.len() + two.records.len()).unwrap();
    assert_eq!((packed.records, packed.of), (total, total));
    let sub = Checked::of(&target, one.book.clone());
    assert_eq!(sub.report.counts.records, total);
    assert_ne!(sub.report.verdict, Verdict::Failed);
}

fn copy_all(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let (path, name) = (entry.as_ref().unwrap().path(), entry.as_ref().unwrap().file_name());
        if path.is_dir() {
            copy_all(&path, &to.join(name));
        } else {
            fs::copy(&path, to.join(name)).unwrap();
        }
    }
}

#[test]
fn of_a_pack_of_several_ecosystems_each_is_cut_by_its_own_rules() {
    let mixed = tempfile::tempdir().unwrap();
    copy_all(&fixtures().join("nexart/pack-of-two/pack"), mixed.path());
    copy_all(&fixtures().join("keel/closure/pack"), &mixed.path().join("export"));
    let log = fixtures().join("invoance/lines_newest_first/events.ndjson");
    fs::copy(log, mixed.path().join("events.ndjson")).unwrap();
    let mut book = fixture("nexart/pack-of-two").book;
    book.supplied
        .extend(fixture("invoance/lines_newest_first").book.supplied);
    book.supplied.extend(fixture("keel/closure").book.supplied);
    let source = Checked::of(mixed.path(), book);
    let is = |place: usize, ecosystem| source.records[place].ecosystem == ecosystem;
    let first = |ecosystem| {
        source
            .records
            .iter()
            .position(|record| record.ecosystem == ecosystem)
            .unwrap()
    };
    let (cer, row) = (first(Ecosystem::NexArt), first(Ecosystem::Invoance));

    let chosen = |place: usize| place == cer || place == row || is(place, Ecosystem::Keel);
    let sub = round_trip("mixed", &source, &chosen).unwrap();
    assert_eq!(sub.report.parts.len(), 3);

    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("out.zip");
    source
        .pack(|place| place == cer || place == row, Form::Zip, &target)
        .unwrap();
    let files = files(&target);
    let left_out = |name: &str| {
        let document: Value = serde_json::from_slice(&files[name]).unwrap();
        let files = document["sealcheck"]["omittedFiles"].as_array().unwrap();
        files
            .iter()
            .map(|file| file["path"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(left_out("manifest.json"), left_out("selection.json"));
    let left_out = left_out("manifest.json");
    assert!(left_out.iter().any(|path| path.starts_with("export/")), "{left_out:?}");
    assert!(!left_out.contains(&"events.ndjson".to_owned()), "{left_out:?}");

    let refused = source.pack(
        |place| place == first(Ecosystem::Keel),
        Form::Zip,
        &folder.path().join("b.zip"),
    );
    assert_eq!(refused.unwrap_err().code(), "KEEL_IN_PART");
    let keel = folder.path().join("keel.zip");
    source
        .pack(|place| is(place, Ecosystem::Keel), Form::Zip, &keel)
        .unwrap();
    let text = String::from_utf8(self::files(&keel)["left-out.txt"].clone()).unwrap();
    assert!(
        text.contains("  events.ndjson\n") && !text.contains("export/"),
        "{text}"
    );
}

#[test]
fn a_pack_that_changed_since_it_was_checked_is_not_cut() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("events.ndjson");
    let text = fs::read_to_string(fixtures().join("invoance/lines_newest_first/events.ndjson")).unwrap();
    fs::write(&path, &text).unwrap();
    let source = Checked::of(&path, KeyBook::default());
    fs::write(&path, text.replacen("aevt_", "bevt_", 1)).unwrap();
    let place = tempfile::tempdir().unwrap();
    let refused = source
        .pack(|_| true, Form::Zip, &place.path().join("out.zip"))
        .unwrap_err();
    assert_eq!(refused.code(), "IO_CHANGED_WHILE_READING");
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 0);
}

/// The fixtures of more than one record.
static SEVERAL: LazyLock<Vec<(String, Checked)>> = LazyLock::new(|| {
    let folders = cases("nexart").into_iter().chain(cases("invoance"));
    folders
        .map(|folder| (name(&folder), Checked::fixture(&folder)))
        .filter(|(_, source)| source.records.len() > 1)
        .collect()
});

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_random_choice_keeps_bytes_and_results(fixture in any::<prop::sample::Index>(), mask in any::<u64>()) {
        let (case, source) = &SEVERAL[fixture.index(SEVERAL.len())];
        let chosen = |place: usize| mask.rotate_right(u32::try_from(place % 64).unwrap()) & 1 == 1;
        match round_trip(case, source, &chosen) {
            Ok(_) | Err(PackError::NothingChosen) => {}
            // Chosen without any row that can be read.
            Err(PackError::Disagrees { .. }) if case == "byte_that_is_not_utf8" => {}
            Err(error) => prop_assert!(false, "{case}, {mask:#x}: {error}"),
        }
    }
}
