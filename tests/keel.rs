//! Keel exports: every shared vector in every way in which it can be dropped, and what the product promises beside.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test stops where something is not as it says"
)]

#[path = "files/folder.rs"]
mod folder;

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use ed25519_dalek::{Signer, SigningKey};
use evidence::{
    Authority, Digest, Ecosystem, EcosystemName, KeyBook, KeyEntry, Layer, Pack, Part, Policy, Progress, PublicKey,
    ReasonCode, Record, RecordPlace, Report, SuppliedKeys, Verdict, roll_up, verdict,
};
use folder::folder;
use serde_json::{Value, json};

/// The shared vectors; tests say so when they are not there.
fn vectors() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/vectors/keel");
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: the shared vectors are not on this machine");
    None
}

struct Outcome {
    report: Report,
    records: Vec<Record>,
}

impl Outcome {
    /// The part whose native result is the case's: there is one.
    fn part(&self) -> Option<&Part> {
        self.report.parts.first()
    }
}

fn run(paths: &[PathBuf], book: &KeyBook, require: &[Layer]) -> Outcome {
    let progress = Progress::default();
    let pack = Pack::open(paths, &progress).unwrap();
    let policy = Policy {
        require: require.to_vec(),
        ..Policy::default()
    };
    let mut records = Vec::new();
    let report = evidence::verify(&pack, book, &policy, &progress, &mut records).unwrap();
    sound(&report, &records);
    Outcome { report, records }
}

/// What must hold for every report, whatever the pack.
fn sound(report: &Report, records: &[Record]) {
    assert_eq!(report.counts.records, u64::try_from(records.len()).unwrap());
    for record in records.iter().filter(|record| record.ecosystem == Ecosystem::Keel) {
        assert_eq!(record.verdict, verdict(&roll_up(&record.checks)), "{}", record.id);
        let green = record.native.status.starts_with("verified");
        assert_eq!(record.verdict == Verdict::Verified, green, "{}", record.id);
    }
    let keel = |part: &&Part| part.native.ecosystem == Some(Ecosystem::Keel);
    for part in report.parts.iter().filter(keel) {
        assert_eq!(part.verdict, follows(part), "{} {:?}", part.subject, part.native);
    }
    if report.verdict == Verdict::Verified {
        assert_eq!(report.counts.verified, report.counts.records);
        let confirmed = |key: &evidence::KeySeen| key.state == evidence::KeyState::Confirmed && key.confirmed.is_some();
        assert!(report.parts.iter().all(|part| part.keys.iter().any(confirmed)));
    }
}

/// The product's verdict as it follows from the native word.
fn follows(part: &Part) -> Verdict {
    let native = &part.native;
    match native.status.as_ref() {
        "failed" if native.reason_codes == ["TRUST_ROOT_UNRESOLVABLE"] => Verdict::Indeterminate,
        "failed" => Verdict::Failed,
        "unverifiable" => Verdict::Indeterminate,
        _ if native.notes.iter().any(|note| note == "SELF_ASSERTED_KEY") => Verdict::Indeterminate,
        _ => Verdict::Verified,
    }
}

fn keys(path: &Path) -> SuppliedKeys {
    SuppliedKeys {
        name: path.file_name().unwrap().to_string_lossy().into_owned(),
        ecosystem: Ecosystem::Keel,
        bytes: fs::read(path).unwrap(),
    }
}

/// The reviewer's trust in a case.
fn book(folder: &Path, case: &Value) -> KeyBook {
    let file = |name: &str| case[name].as_str().map(|name| folder.join(name));
    let authority = |path: PathBuf| Authority {
        name: path.file_name().unwrap().to_string_lossy().into_owned(),
        bytes: fs::read(path).unwrap(),
    };
    KeyBook {
        supplied: ["trust_root", "pinned_root"]
            .into_iter()
            .filter_map(|name| Some(keys(&file(name)?)))
            .collect(),
        authorities: file("tsa_root").map(authority).into_iter().collect(),
        ..KeyBook::default()
    }
}

fn required(case: &Value) -> Vec<Layer> {
    let checks = case["checks"].as_array().unwrap();
    let layer = |check: &Value| match check.as_str().unwrap() {
        "walk" => Layer::Chain,
        "closure" => Layer::Closures,
        other => unreachable!("{other} is no check that a case asks for"),
    };
    checks.iter().map(layer).collect()
}

fn files(folder: &Path, case: &Value) -> Vec<PathBuf> {
    let dir = folder.join(case["dir"].as_str().unwrap());
    let names = case["files"].as_array().unwrap().iter();
    names.map(|name| dir.join(name.as_str().unwrap())).collect()
}

fn texts(value: &Value) -> BTreeSet<String> {
    let texts = value.as_array().into_iter().flatten();
    texts.map(|text| text.as_str().unwrap().to_owned()).collect()
}

/// A zip of these files, stored as they are.
fn zipped(files: &[PathBuf], into: &Path) -> PathBuf {
    let path = into.join("pack.zip");
    let mut zip = zip::ZipWriter::new(fs::File::create(&path).unwrap());
    let options = zip::write::SimpleFileOptions::default();
    for file in files {
        zip.start_file(file.file_name().unwrap().to_string_lossy(), options)
            .unwrap();
        zip.write_all(&fs::read(file).unwrap()).unwrap();
    }
    zip.finish().unwrap();
    path
}

/// Codes that no reader can detect: they are said of every export, and never a reservation.
const STANDING: [&str; 2] = ["UNSIGNED_FIELD_NOT_ATTESTED", "PAYLOAD_NOT_IN_RECORD_HASH"];

fn difference(case: &Value, outcome: &Outcome) -> Option<String> {
    let expected = texts(&case["expected"]["codes"]);
    let result = case["expected"]["result"].as_str().unwrap();
    let Some(part) = outcome.part() else {
        return Some("nothing was recognised".to_owned());
    };
    let found: BTreeSet<String> = part.native.reason_codes.iter().cloned().collect();
    let standing = !expected.is_empty() && expected.iter().all(|code| STANDING.contains(&code.as_str()));
    let agrees = if standing {
        part.native.status == "verified" && expected.iter().all(|code| part.native.notes.contains(code))
    } else {
        part.native.status == result && found == expected
    };
    (!agrees).then(|| format!("expected {result} {expected:?}, found {} {found:?}", part.native.status))
}

#[test]
fn every_case_agrees_however_it_is_dropped() {
    let Some(folder) = vectors() else { return };
    let expected: Value = serde_json::from_slice(&fs::read(folder.join("expected.json")).unwrap()).unwrap();
    let cases = expected["cases"].as_array().unwrap();
    let mut differences = Vec::new();
    for case in cases {
        let (book, required) = (book(&folder, case), required(case));
        let files = files(&folder, case);
        let place = tempfile::tempdir().unwrap();
        let ways = [
            ("together", files.clone()),
            ("folder", vec![folder.join(case["dir"].as_str().unwrap())]),
            ("zip", vec![zipped(&files, place.path())]),
        ];
        for (way, paths) in ways {
            let outcome = run(&paths, &book, &required);
            if let Some(difference) = difference(case, &outcome) {
                differences.push(format!("{} {way}: {difference}", case["id"].as_str().unwrap()));
            }
            assert!(outcome.records.iter().all(|record| !record.id.is_empty()));
        }
    }
    println!("{} cases", cases.len());
    assert!(
        differences.is_empty(),
        "{}\n{}",
        differences.len(),
        differences.join("\n")
    );
}

/// A key of the tests.
fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

fn public(key: &SigningKey) -> PublicKey {
    PublicKey::from_bytes(key.verifying_key().as_bytes()).unwrap()
}

fn base64(bytes: &[u8]) -> String {
    format!("ed25519:{}", data_encoding::BASE64.encode(bytes))
}

/// A manifest of this payload, signed by this key; `labels` are added to it.
fn manifest(payload: &[u8], key: &SigningKey, labels: &Value) -> Value {
    let hash = Digest::of(payload).prefixed();
    let mut manifest = json!({
        "content_hash": hash,
        "signature": base64(&key.sign(hash.as_bytes()).to_bytes()),
        "public_key": base64(key.verifying_key().as_bytes()),
        "key_id": format!("sha256:{}", &public(key).fingerprint().to_hex()[..32]),
        "signed_at": "2026-05-08T12:06:00Z",
        "export_id": "e", "export_type": "usage", "format": "jsonl", "compressed": false, "record_count": 1,
    });
    for (name, value) in labels.as_object().unwrap() {
        manifest[name] = value.clone();
    }
    manifest
}

/// An export of these bytes and its manifest, with the reviewer's trust.
fn export(payload: (&str, &[u8]), manifest: &Value, book: &KeyBook) -> Outcome {
    let manifest = manifest.to_string();
    let folder = folder(&[payload, ("manifest.json", manifest.as_bytes())]);
    run(&[folder.path().to_owned()], book, &[])
}

/// A key book entry for this key.
fn entry(key: &SigningKey, purpose: Option<&str>, signs_for: &[&str]) -> KeyEntry {
    KeyEntry {
        issuer: "Issuer".to_owned(),
        ecosystem: EcosystemName::Keel,
        key_id: None,
        algorithm: "Ed25519".to_owned(),
        public_key: public(key),
        signs_for: signs_for.iter().map(|&project| project.to_owned()).collect(),
        purpose: purpose.map(str::to_owned),
        source: "letter".to_owned(),
        confirmed_by: "R".to_owned(),
        confirmed_how: "phone".to_owned(),
        confirmed_at: "2026-11-25T00:00:00Z".to_owned(),
        valid_from: None,
        valid_to: None,
        revoked_at: None,
        revoked_reason: None,
    }
}

fn confirmed(entry: KeyEntry) -> KeyBook {
    KeyBook {
        entries: vec![entry],
        ..KeyBook::default()
    }
}

/// What one export of a usage row comes to under this trust.
fn under(book: &KeyBook) -> (Verdict, Vec<ReasonCode>) {
    let payload = b"{\"id\":\"u1\",\"cost\":3}\n";
    let report = export(
        ("usage.jsonl", payload),
        &manifest(payload, &key(1), &json!({"project_id": "p"})),
        book,
    )
    .report;
    (report.verdict, report.reason_codes)
}

#[test]
fn only_the_reviewers_own_key_makes_it_green() {
    let (verdict, codes) = under(&KeyBook::default());
    assert_eq!(
        (verdict, codes[0]),
        (Verdict::Indeterminate, ReasonCode::KeyNotConfirmed)
    );
    assert!(codes.contains(&ReasonCode::SelfAssertedKey));
    assert_eq!(under(&confirmed(entry(&key(1), None, &[]))).0, Verdict::Verified);
    assert_eq!(
        under(&confirmed(entry(
            &key(1),
            Some("integrity_checkpoint, export_signing"),
            &["p"]
        )))
        .0,
        Verdict::Verified
    );
    let bare = KeyBook {
        bare: vec![public(&key(1))],
        ..KeyBook::default()
    };
    assert_eq!(under(&bare).0, Verdict::Verified);
}

#[test]
fn a_key_for_something_or_somebody_else_leaves_it_undecided() {
    let others = [
        entry(&key(1), Some("integrity_checkpoint"), &[]),
        entry(&key(1), None, &["another"]),
        entry(&key(2), None, &[]),
    ];
    for other in others {
        let (verdict, codes) = under(&confirmed(other));
        assert_eq!((verdict, codes[0]), (Verdict::Indeterminate, ReasonCode::KeyNotFound));
    }
}

#[test]
fn a_revoked_key_of_the_key_book_fails_it() {
    let mut revoked = entry(&key(1), None, &[]);
    revoked.revoked_at = Some("2026-01-01T00:00:00Z".to_owned());
    assert_eq!(
        under(&confirmed(revoked)),
        (Verdict::Failed, vec![ReasonCode::SigningKeyRevoked])
    );
}

#[test]
fn one_customers_key_never_turns_anothers_export_without_key_id_into_a_failure() {
    let payload = b"{\"id\":\"u1\"}\n";
    let mut nameless = manifest(payload, &key(2), &json!({}));
    nameless.as_object_mut().unwrap().remove("key_id");
    let found = export(
        ("usage.jsonl", payload),
        &nameless,
        &confirmed(entry(&key(1), None, &[])),
    );
    assert_eq!(found.report.verdict, Verdict::Indeterminate);
    assert_eq!(found.report.reason_codes[0], ReasonCode::KeyNotFound);
}

#[test]
fn keys_that_come_with_the_pack_confirm_nothing() {
    let payload = b"{\"id\":\"u1\"}\n";
    let mut silent = manifest(payload, &key(1), &json!({}));
    silent.as_object_mut().unwrap().remove("public_key");
    let id = silent["key_id"].clone();
    let keys = json!({"keys": [{"key_id": id, "purpose": "export_signing", "public_key": base64(key(1).verifying_key().as_bytes())}]});
    let folder = folder(&[
        ("usage.jsonl", payload),
        ("manifest.json", silent.to_string().as_bytes()),
        ("keys.json", keys.to_string().as_bytes()),
    ]);
    let found = run(&[folder.path().to_owned()], &KeyBook::default(), &[]);
    assert_eq!(found.report.reason_codes[0], ReasonCode::KeyNotConfirmed);
    let role = |path: &str| {
        found
            .report
            .files
            .iter()
            .find(|file| file.path == path)
            .map(|file| file.role.as_str())
    };
    assert_eq!(role("keys.json"), Some("keel.keyManifest"));
}

#[test]
fn a_payload_without_its_manifest_is_shown_as_unsigned() {
    let Some(vectors) = vectors() else { return };
    let valid = vectors.join("valid");
    for payload in [
        "governance-events-jsonl-gz/governance_events.jsonl.gz",
        "governance-events-json/governance_events.json",
        "full-audit-json-closures/full_audit.json",
    ] {
        let found = run(
            &[valid.join(payload)],
            &book(&vectors, &json!({"trust_root": "keys/trust.json"})),
            &[],
        );
        let codes = [ReasonCode::ExportManifestAbsent, ReasonCode::NotAttested];
        assert_eq!(found.report.verdict, Verdict::Indeterminate, "{payload}");
        assert!(
            codes.iter().all(|code| found.report.reason_codes.contains(code)),
            "{payload}"
        );
        assert!(!found.records.is_empty(), "{payload}");
        assert!(
            found
                .records
                .iter()
                .all(|record| record.verdict == Verdict::Indeterminate),
            "{payload}"
        );
    }
}

#[test]
fn a_manifest_without_its_payload_says_so() {
    let text = manifest(b"gone", &key(1), &json!({})).to_string();
    let folder = folder(&[("manifest.json", text.as_bytes())]);
    let report = run(&[folder.path().to_owned()], &confirmed(entry(&key(1), None, &[])), &[]).report;
    assert_eq!(report.verdict, Verdict::Indeterminate);
    assert_eq!(report.reason_codes, [ReasonCode::ExportPayloadAbsent]);
}

#[test]
fn several_exports_of_one_folder_are_a_part_each() {
    let payloads: Vec<Vec<u8>> = (0..3)
        .map(|row| format!("{{\"id\":\"u{row}\"}}\n").into_bytes())
        .collect();
    let mut texts = Vec::new();
    for (number, payload) in payloads.iter().enumerate() {
        texts.push((
            format!("{number}.manifest.json"),
            manifest(payload, &key(1), &json!({})).to_string().into_bytes(),
        ));
        // The names say the opposite of the content.
        texts.push((format!("{}.jsonl", 2 - number), payload.clone()));
    }
    texts.push(("copy.jsonl".to_owned(), payloads[0].clone()));
    let files: Vec<(&str, &[u8])> = texts
        .iter()
        .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
        .collect();
    let folder = folder(&files);
    let found = run(&[folder.path().to_owned()], &confirmed(entry(&key(1), None, &[])), &[]);
    assert_eq!(
        (found.report.verdict, found.report.parts.len(), found.records.len()),
        (Verdict::Verified, 3, 3)
    );
    let copies = found.report.parts.iter().flat_map(|part| &part.findings);
    assert_eq!(
        copies
            .filter(|finding| finding.code == ReasonCode::DuplicateRecord)
            .count(),
        1
    );
}

#[test]
fn a_changed_payload_is_found_by_its_name() {
    let payload = b"{\"id\":\"u1\"}\n";
    let text = manifest(payload, &key(1), &json!({"compressed": true})).to_string();
    let folder = folder(&[
        ("usage.jsonl", b"{\"id\":\"u2\"}\n"),
        ("usage.jsonl.manifest.json", text.as_bytes()),
        ("README.md", b"hello"),
        ("other.jsonl", b"{\"id\":\"o\"}\n"),
    ]);
    let found = run(&[folder.path().to_owned()], &confirmed(entry(&key(1), None, &[])), &[]);
    assert_eq!(found.report.verdict, Verdict::Failed);
    let part = found.part().unwrap();
    assert_eq!(
        (part.subject.as_str(), part.native.reason_codes.as_slice()),
        ("usage.jsonl", &["CONTENT_HASH_MISMATCH".to_owned()][..])
    );
    // Its rows are shown for information, and the cause is named.
    assert_eq!(found.records.len(), 1);
    assert!(
        part.findings
            .iter()
            .any(|finding| finding.detail.contains("decompressed on its way"))
    );
}

#[test]
fn no_byte_of_a_payload_or_its_seal_can_change() {
    let payload = b"{\"id\":\"u1\",\"cost\":3}\n".to_vec();
    let book = confirmed(entry(&key(1), None, &[]));
    let sound = manifest(&payload, &key(1), &json!({}));
    for place in 0..payload.len() {
        let mut changed = payload.clone();
        changed[place] ^= 1;
        let report = export(("usage.jsonl", &changed), &sound, &book).report;
        assert_eq!(report.verdict, Verdict::Failed, "byte {place}");
    }
    for name in ["content_hash", "signature", "public_key", "key_id"] {
        let text = sound[name].as_str().unwrap();
        for place in (0..text.len()).step_by(3) {
            let mut bytes = text.as_bytes().to_vec();
            bytes[place] ^= 1;
            let Ok(changed) = String::from_utf8(bytes) else {
                continue;
            };
            let mut edited = sound.clone();
            edited[name] = json!(changed);
            let verdict = export(("usage.jsonl", &payload), &edited, &book).report.verdict;
            assert!(
                matches!(verdict, Verdict::Failed | Verdict::Indeterminate),
                "{name} {place}"
            );
        }
    }
}

#[test]
fn what_newer_exports_declare_is_never_plainly_green() {
    let payload = b"{\"id\":\"u1\"}\n";
    let book = confirmed(entry(&key(1), None, &[]));
    let status = |labels: Value| {
        let found = export(("usage.jsonl", payload), &manifest(payload, &key(1), &labels), &book);
        (found.report.verdict, found.part().unwrap().native.status.to_string())
    };
    let undecided = (Verdict::Indeterminate, "unverifiable".to_owned());
    let reserved = (Verdict::Verified, "verified_with_warnings".to_owned());
    assert_eq!(
        status(json!({"claim_set": {"claims": [{"name": "x", "required": true}]}})),
        undecided
    );
    assert_eq!(
        status(json!({"claim_set": {"claims": [{"name": "x", "required": false}]}})),
        reserved
    );
    assert_eq!(status(json!({"semantics_pins": {"x": 1}})), reserved);
    let slots = b"{\"id\":\"p1\",\"operator_approval\":{\"signature\":\"x\"}}\n";
    let found = export(("permits.jsonl", slots), &manifest(slots, &key(1), &json!({})), &book);
    assert_eq!(found.report.verdict, Verdict::Indeterminate);
    assert_eq!(found.part().unwrap().native.reason_codes, ["NOT_EVALUATED"]);
}

#[test]
fn a_path_in_a_manifest_is_never_followed() {
    let payload = b"{\"schema\":\"keel.evidence/v1\",\"records\":[{\"id\":\"a\"}]}";
    let sibling = json!({"workflow_evidence": {
        "schema": "keel.workflow_evidence/v1",
        "workflow_evidence_file": "/etc/hostname",
        "workflow_evidence": {"file_name": "../../../etc/hostname", "content_hash": "sha256:00"},
    }});
    let labels = json!({"export_type": "vanta_evidence", "format": "json", "sibling_artifacts": sibling});
    let report = export(
        ("vanta.json", payload),
        &manifest(payload, &key(1), &labels),
        &confirmed(entry(&key(1), None, &[])),
    )
    .report;
    assert_eq!(report.verdict, Verdict::Indeterminate);
    let siblings = report.parts[0]
        .checks
        .iter()
        .find(|check| check.id == evidence::CheckId::Siblings)
        .unwrap();
    assert!(
        siblings
            .details
            .iter()
            .any(|(_, text)| text.contains("hostname was not dropped")),
        "{siblings:?}"
    );
}

#[test]
fn bytes_that_were_not_hashed_are_not_inflated() {
    let Some(vectors) = vectors() else { return };
    let case = vectors.join("edges/gzip-bomb-hash-mismatch");
    let found = run(&[case], &book(&vectors, &json!({"trust_root": "keys/trust.json"})), &[]);
    assert_eq!((found.report.verdict, found.records.len()), (Verdict::Failed, 0));
}

#[test]
fn every_row_of_a_valid_export_can_be_taken_apart() {
    let Some(vectors) = vectors() else { return };
    let book = book(&vectors, &json!({"trust_root": "keys/trust.json"}));
    for case in fs::read_dir(vectors.join("valid")).unwrap() {
        let path = case.unwrap().path();
        let found = run(std::slice::from_ref(&path), &book, &[]);
        let pack = Pack::open(std::slice::from_ref(&path), &Progress::default()).unwrap();
        for record in &found.records {
            let place = RecordPlace {
                ecosystem: Ecosystem::Keel,
                source: record.source.clone(),
                attached: Vec::new(),
                keys: Vec::new(),
            };
            let exhibit = evidence::exhibit(&pack, &place).unwrap();
            let text = String::from_utf8_lossy(&exhibit.text[exhibit.record.clone()]).into_owned();
            let id = record
                .fields
                .get("event_id")
                .or(record.fields.get("id"))
                .and_then(Value::as_str);
            assert!(
                id.is_none_or(|id| text.contains(id)),
                "{} {}",
                path.display(),
                record.id
            );
        }
    }
}

#[test]
fn the_real_samples_get_their_answers() {
    let Some(vectors) = vectors() else { return };
    let real = vectors.join("real");
    let with = |root: &str| KeyBook {
        supplied: vec![keys(&real.join(root))],
        ..KeyBook::default()
    };
    let pair = |folder: &str| {
        vec![
            real.join(folder).join("export.json"),
            real.join(folder).join("manifest.json"),
        ]
    };
    let found = run(&pair("permit-spec-export"), &with("permit-spec-export/trust.json"), &[]);
    assert_eq!(
        (found.report.verdict, found.part().unwrap().native.status.as_ref()),
        (Verdict::Verified, "verified")
    );
    for pack in fs::read_dir(real.join("permit-v2-packs")).unwrap() {
        let name = format!("permit-v2-packs/{}", pack.unwrap().file_name().to_string_lossy());
        let found = run(&pair(&name), &with(&format!("{name}/key_manifest.json")), &[]);
        let part = found.part().unwrap();
        assert_eq!(
            (found.report.verdict, part.native.reason_codes.as_slice()),
            (Verdict::Indeterminate, &["NOT_EVALUATED".to_owned()][..]),
            "{name}"
        );
        assert_eq!(part.checks[0].outcome, evidence::Outcome::Pass, "{name}");
        assert_eq!(part.checks[1].outcome, evidence::Outcome::Pass, "{name}");
    }
    for sample in ["voice_session_export.json", "voice_session_export_v3.json"] {
        let report = run(&[real.join("sample").join(sample)], &KeyBook::default(), &[]).report;
        assert_eq!(
            (report.verdict, report.format.id.as_str()),
            (Verdict::Indeterminate, "keel.voiceSession")
        );
    }
    let codes = |sample: &str| {
        let found = run(
            &[real.join("sample").join(sample)],
            &with("trust-root/keel-production-trust-root.json"),
            &[],
        );
        found.part().unwrap().native.reason_codes.clone()
    };
    assert!(codes("export.json").contains(&"TRUST_ROOT_UNRESOLVABLE".to_owned()));
    assert!(codes("tampered.json").contains(&"CHECKPOINT_COMPOSITE_HASH_MISMATCH".to_owned()));
    assert!(codes("tsa_tampered.json").contains(&"CHECKPOINT_TSA_IMPRINT_MISMATCH".to_owned()));
}

#[test]
fn what_another_format_claims_is_verified_by_both() {
    let record = br#"{"bundleType":"cer.ai.execution.v1","certificateHash":"sha256:00"}"#;
    let text = manifest(record, &key(1), &json!({"format": "json", "export_type": "other"})).to_string();
    let folder = folder(&[("record.json", record), ("record.json.manifest.json", text.as_bytes())]);
    let found = run(&[folder.path().to_owned()], &confirmed(entry(&key(1), None, &[])), &[]);
    assert_eq!((found.report.verdict, found.report.parts.len()), (Verdict::Failed, 2));
    assert!(
        found
            .report
            .findings
            .iter()
            .any(|finding| finding.code == ReasonCode::ClaimedTwice)
    );
}

#[test]
fn a_strangers_checkpoint_cannot_fail_an_export() {
    let Some(vectors) = vectors() else { return };
    let valid = vectors.join("valid/governance-events-jsonl-gz");
    let scope = "project:2f22a5d3-6a96-4672-a7b5-5ea63b8e1728";
    let heads = json!({scope: {"sequence_number": 9, "last_record_hash": "00".repeat(32)}});
    let composite = Digest::of(format!("{scope}:9:{}", "00".repeat(32)).as_bytes()).prefixed();
    let checkpoint = json!({
        "chain_heads": heads, "composite_hash": composite,
        "signature": base64(&key(3).sign(composite.as_bytes()).to_bytes()),
        "public_key": base64(key(3).verifying_key().as_bytes()),
        "key_id": format!("sha256:{}", &public(&key(3)).fingerprint().to_hex()[..32]),
    });
    let folder = folder(&[("checkpoint.json", checkpoint.to_string().as_bytes())]);
    let paths = [
        valid.join("governance_events.jsonl.gz"),
        valid.join("manifest.json"),
        folder.path().join("checkpoint.json"),
    ];
    let found = run(&paths, &book(&vectors, &json!({"trust_root": "keys/trust.json"})), &[]);
    let verdicts: Vec<Verdict> = found.report.parts.iter().map(|part| part.verdict).collect();
    assert_eq!(verdicts, [Verdict::Verified, Verdict::Indeterminate]);
    let told = |part: &Part| {
        part.checks
            .iter()
            .any(|check| check.id == evidence::CheckId::Checkpoint)
    };
    assert!(told(&found.report.parts[0]));
}
