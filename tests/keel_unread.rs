//! What cannot be read of a Keel pack, or only beyond a limit, accuses nobody and is told.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops where something is not as it says"
)]

#[path = "files/folder.rs"]
mod folder;
#[path = "files/zipped.rs"]
mod zipped;

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use ed25519_dalek::{Signer, SigningKey};
use evidence::{
    Check, CheckId, Digest, Ecosystem, EcosystemName, KeyBook, KeyEntry, Limits, Outcome, Pack, Policy, Progress,
    PublicKey, ReasonCode, Report, SuppliedKeys, Verdict,
};
use folder::folder;
use serde_json::{Value, json};
use zipped::zipped;

const LINES: &[u8] = b"{\"a\":1}\n";
const EDITED: &[u8] = b"{\"a\":2}\n";

fn key() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

fn public() -> PublicKey {
    PublicKey::from_bytes(key().verifying_key().as_bytes()).unwrap()
}

fn base64(bytes: &[u8]) -> String {
    format!("ed25519:{}", data_encoding::BASE64.encode(bytes))
}

fn fixture(name: &str) -> Vec<u8> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/keel");
    fs::read(fixtures.join(name)).unwrap()
}

/// A book that trusts [`key`] and the keys of the fixtures.
fn book() -> KeyBook {
    let text = |text: &str| text.to_owned();
    let entry = KeyEntry {
        issuer: text("Issuer"),
        ecosystem: EcosystemName::Keel,
        key_id: None,
        algorithm: text("Ed25519"),
        public_key: public(),
        signs_for: Vec::new(),
        purpose: None,
        source: text("letter"),
        confirmed_by: text("R"),
        confirmed_how: text("phone"),
        confirmed_at: text("2026-11-25T00:00:00Z"),
        valid_from: None,
        valid_to: None,
        revoked_at: None,
        revoked_reason: None,
    };
    KeyBook {
        entries: vec![entry],
        supplied: vec![SuppliedKeys {
            name: text("root.json"),
            ecosystem: Ecosystem::Keel,
            bytes: fixture("keys/root.json"),
        }],
        ..KeyBook::default()
    }
}

/// A manifest of this payload; `labels` are added to it.
fn manifest(payload: &[u8], labels: &Value) -> Vec<u8> {
    let hash = Digest::of(payload).prefixed();
    let mut manifest = json!({
        "content_hash": hash,
        "signature": base64(&key().sign(hash.as_bytes()).to_bytes()),
        "public_key": base64(key().verifying_key().as_bytes()),
        "key_id": format!("sha256:{}", &public().fingerprint().to_hex()[..32]),
        "signed_at": "2026-05-08T12:06:00Z",
        "export_id": "e", "export_type": "usage", "format": "jsonl", "compressed": false, "record_count": 1,
    });
    for (name, value) in labels.as_object().unwrap() {
        manifest[name] = value.clone();
    }
    manifest.to_string().into_bytes()
}

/// Changes the only place where these bytes stand: the check value of an entry no longer fits.
fn damaged(mut zip: Vec<u8>, text: &[u8]) -> Vec<u8> {
    let place = zip.windows(text.len()).position(|window| window == text).unwrap();
    zip[place] ^= 1;
    zip
}

fn run(paths: &[PathBuf], limits: &Limits) -> Report {
    let progress = Progress::default();
    let pack = Pack::open_within(paths, limits, &progress).unwrap();
    evidence::verify(&pack, &book(), &Policy::default(), &progress, &mut Vec::new()).unwrap()
}

fn check_folder(files: &[(&str, &[u8])]) -> Report {
    let folder = folder(files);
    run(&[folder.path().to_owned()], &Limits::default())
}

fn check_zip(zip: &[u8]) -> Report {
    let folder = folder(&[("pack.zip", zip)]);
    run(&[folder.path().join("pack.zip")], &Limits::default())
}

/// The outcome of the first check of this kind.
#[track_caller]
fn outcome(report: &Report, id: CheckId) -> Outcome {
    let mut checks = report.parts.iter().flat_map(|part| &part.checks);
    checks.find(|check| check.id == id).unwrap().outcome
}

fn fails(report: &Report) -> Vec<&Check> {
    let checks = report.parts.iter().flat_map(|part| &part.checks);
    checks
        .filter(|check| matches!(check.outcome, Outcome::Fail(_)))
        .collect()
}

#[test]
fn a_payload_that_is_damaged_in_its_archive_is_not_another_payload() {
    for (name, labels) in [
        ("export.jsonl", json!({})),
        ("incident.zip", json!({"export_type": "incident_evidence"})),
    ] {
        let manifest = manifest(LINES, &labels);
        let sound = zipped(&[(name, LINES), (&format!("{name}.manifest.json"), &manifest)]);
        assert_eq!(
            outcome(&check_zip(&sound), CheckId::ContentHash),
            Outcome::Pass,
            "{name}"
        );
        let report = check_zip(&damaged(sound, LINES));
        assert_eq!(
            outcome(&report, CheckId::ContentHash),
            Outcome::Undetermined(ReasonCode::ZipCrcMismatch),
            "{name}"
        );
        assert_eq!(report.parts[0].verdict, Verdict::Indeterminate, "{name}");
        assert!(fails(&report).is_empty(), "{name}");
    }
}

#[test]
fn a_refused_file_may_be_the_payload_and_another_is_not_taken_for_it() {
    let manifest = manifest(LINES, &json!({}));
    let pack = |named: &str, other: Option<&str>| {
        let mut files = vec![("export.jsonl", LINES), (named, manifest.as_slice())];
        files.extend(other.map(|other| (other, EDITED)));
        let mut zip = zipped(&files);
        // The first entry's method, in both of its headers: one that is not read.
        let central = zip.windows(4).position(|window| window == b"PK\x01\x02").unwrap();
        for place in [8, central + 10] {
            zip[place] = 12;
        }
        check_zip(&zip)
    };
    for named in ["export.jsonl.manifest.json", "manifest.json"] {
        for other in [None, Some("notes.txt"), Some("other.jsonl")] {
            let report = pack(named, other);
            let unread = Outcome::Undetermined(ReasonCode::ZipMethodUnsupported);
            assert_eq!(outcome(&report, CheckId::ContentHash), unread, "{named} {other:?}");
            assert_eq!(report.verdict, Verdict::Indeterminate, "{named} {other:?}");
        }
    }
    // Where everything was read, a file that does not fit is told.
    let report = check_folder(&[("manifest.json", &manifest), ("notes.txt", EDITED)]);
    let changed = Outcome::Fail(ReasonCode::ContentHashMismatch);
    assert_eq!(outcome(&report, CheckId::ContentHash), changed);
}

/// An incident bundle of the fixtures with other members, and what it comes to when this place in it is damaged.
fn check_incident(members: &[(&str, &[u8])], damage: Option<&[u8]>) -> Report {
    check_incident_without("", members, damage)
}

fn check_incident_without(absent: &str, members: &[(&str, &[u8])], damage: Option<&[u8]>) -> Report {
    let archive = std::io::Cursor::new(fixture("incident/pack/incident.zip"));
    let mut archive = zip::ZipArchive::new(archive).unwrap();
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        files.push((file.name().unwrap().into_owned(), bytes));
    }
    files.retain(|(name, _)| name != absent && !members.iter().any(|(other, _)| other == name));
    let kept = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
    let files: Vec<(&str, &[u8])> = kept.chain(members.iter().copied()).collect();
    let zip = zipped(&files);
    let zip = damage.map_or(zip.clone(), |text| damaged(zip, text));
    let manifest = manifest(&zip, &json!({"export_type": "incident_evidence"}));
    check_folder(&[("incident.zip", &zip), ("incident.zip.manifest.json", &manifest)])
}

/// The outcomes of a kind of check that are not passed.
fn open(report: &Report, id: CheckId) -> Vec<Outcome> {
    let checks = report.parts.iter().flat_map(|part| &part.checks);
    let outcomes = checks.filter(|check| check.id == id).map(|check| check.outcome);
    outcomes.filter(|outcome| *outcome != Outcome::Pass).collect()
}

#[test]
fn brackets_and_workflow_lines_that_cannot_be_read_are_told() {
    let damaged = Outcome::Undetermined(ReasonCode::ZipCrcMismatch);
    let report = check_incident(&[], Some(b"chain_heads"));
    assert_eq!(open(&report, CheckId::Checkpoint), [damaged]);
    let malformed: &[(&str, &[u8])] = &[("bracket_checkpoints.json", b"{\"before\":")];
    let report = check_incident(malformed, None);
    let syntax = Outcome::Undetermined(ReasonCode::JsonSyntax);
    assert_eq!(open(&report, CheckId::Checkpoint), [syntax]);
    let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
    let report = check_incident(&[("bracket_checkpoints.json", deep.as_bytes())], None);
    let limit = Outcome::Undetermined(ReasonCode::LimitJsonDepth);
    assert_eq!(open(&report, CheckId::Checkpoint), [limit]);
    let lines: &[(&str, &[u8])] = &[
        ("workflow_declarations.jsonl", b"{\"workflow_declaration_id\":\"w\"}\n"),
        ("workflow_amendments.jsonl", b""),
    ];
    let report = check_incident(lines, Some(b"workflow_declaration_id"));
    assert_eq!(open(&report, CheckId::Siblings), [damaged]);
}

#[test]
fn workflow_lines_without_their_counterpart_are_told() {
    let line = b"{\"workflow_declaration_id\":\"w\"}\n";
    let names = ["workflow_declarations.jsonl", "workflow_amendments.jsonl"];
    let skipped = Outcome::Skipped(ReasonCode::NotPresent);
    for (here, missing) in [(names[0], names[1]), (names[1], names[0])] {
        let report = check_incident_without(missing, &[(here, line)], None);
        assert_eq!(open(&report, CheckId::Siblings), [skipped], "{here}");
        let told = report.parts.iter().flat_map(|part| &part.checks);
        let mut told = told.flat_map(|check| &check.details);
        assert!(told.any(|(_, detail)| detail.starts_with(missing)), "{here}");
    }
}

#[test]
fn every_export_is_held_against_its_own_workflow_evidence() {
    let read = |name: &str| fixture(&format!("workflow/pack/{name}"));
    let (manifest, payload, evidence) = (
        read("manifest.json"),
        read("vanta_evidence.json"),
        read("workflow_evidence.json"),
    );
    let other = br#"{"schema":"keel.workflow_evidence/v1","declarations":[],"amendments":[]}"#;
    let pack = |own: &str| {
        let report = check_folder(&[
            ("a/workflow_evidence.json", other),
            ("b/manifest.json", &manifest),
            ("b/vanta_evidence.json", &payload),
            (own, &evidence),
        ]);
        open(&report, CheckId::Siblings)
    };
    // The reviewer's book knows no key for the records; what matters here is whose file is read.
    for own in ["b/workflow_evidence.json", "c/workflow_evidence.json"] {
        assert!(
            pack(own).iter().all(|outcome| !matches!(outcome, Outcome::Fail(_))),
            "{own}"
        );
    }
    let invalid = Outcome::Fail(ReasonCode::WorkflowEvidenceSchemaInvalid);
    assert_eq!(pack("b/other.json"), [invalid]);
}

const CONTRADICTING: &str = "checkpoint_of_another_chain_beside_an_export/pack";

#[test]
fn a_checkpoint_is_compared_with_the_events_of_an_incident_bundle() {
    let read = |name: &str| fixture(&format!("incident/pack/{name}"));
    let (zip, manifest) = (read("incident.zip"), read("manifest.json"));
    let checkpoint = fixture(&format!("{CONTRADICTING}/checkpoint.json"));
    let sound = [("incident.zip", zip.as_slice()), ("manifest.json", &manifest)];
    assert_eq!(check_folder(&sound).verdict, Verdict::Verified);
    let report = check_folder(&[sound[0], sound[1], ("checkpoint.json", &checkpoint)]);
    let contradicts = Outcome::Fail(ReasonCode::BracketDiscontinuity);
    assert!(open(&report, CheckId::Checkpoint).contains(&contradicts));
    assert_eq!(report.verdict, Verdict::Failed);
}

/// The export of the fixture with this checkpoint beside it.
fn check_beside(checkpoint: &[u8], limits: &Limits) -> Report {
    let read = |name: &str| fixture(&format!("{CONTRADICTING}/{name}"));
    let (manifest, events) = (read("manifest.json"), read("governance_events.jsonl"));
    let folder = folder(&[
        ("manifest.json", &manifest),
        ("governance_events.jsonl", &events),
        ("checkpoint.json", checkpoint),
    ]);
    run(&[folder.path().to_owned()], limits)
}

/// The checkpoint of the fixture with one label more, so many bytes long.
fn longer(by: usize) -> Vec<u8> {
    let checkpoint = fixture(&format!("{CONTRADICTING}/checkpoint.json"));
    let mut text = String::from_utf8(checkpoint).unwrap();
    text.truncate(text.rfind('}').unwrap());
    format!("{text},\"note\":\"{}\"}}", "x".repeat(by)).into_bytes()
}

#[test]
fn a_checkpoint_that_is_not_read_leaves_the_chain_open() {
    let limits = Limits {
        whole_entry_size: 64 << 10,
        ..Limits::default()
    };
    let report = check_beside(&longer(100 << 10), &limits);
    let unread = Outcome::Undetermined(ReasonCode::LimitEntrySize);
    assert_eq!(open(&report, CheckId::Checkpoint), [unread]);
    assert_eq!(report.verdict, Verdict::Indeterminate);
    let file = report.files.iter().find(|file| file.path == "checkpoint.json").unwrap();
    assert!(!file.covered);
}

#[test]
fn a_checkpoint_of_any_size_is_compared_or_told() {
    let large = longer(9 << 20);
    let contradicts = Outcome::Fail(ReasonCode::BracketDiscontinuity);
    let report = check_beside(&large, &Limits::default());
    assert_eq!(open(&report, CheckId::Checkpoint), [contradicts]);
    let limits = Limits {
        whole_entry_size: 1 << 20,
        ..Limits::default()
    };
    let unread = Outcome::Undetermined(ReasonCode::LimitEntrySize);
    assert_eq!(open(&check_beside(&large, &limits), CheckId::Checkpoint), [unread]);
    // Nested deeper than anything is read.
    let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
    let checkpoint = String::from_utf8(longer(0)).unwrap();
    let checkpoint = checkpoint.replace("\"note\":\"\"", &format!("\"note\":{deep}"));
    let report = check_beside(checkpoint.as_bytes(), &Limits::default());
    let unread = Outcome::Undetermined(ReasonCode::LimitJsonDepth);
    assert_eq!(open(&report, CheckId::Checkpoint), [unread]);
    assert_eq!(report.verdict, Verdict::Indeterminate);
}

#[test]
fn a_manifest_nested_deeper_than_is_read_accuses_nobody() {
    let manifest = |nested: &str| {
        let manifest = String::from_utf8(manifest(LINES, &json!({}))).unwrap();
        format!("{},\"nested\":{nested}}}", manifest.strip_suffix('}').unwrap())
    };
    let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
    let hash = |manifest: &str| {
        let report = check_folder(&[("manifest.json", manifest.as_bytes()), ("export.jsonl", LINES)]);
        outcome(&report, CheckId::ContentHash)
    };
    assert_eq!(hash(&manifest("[]")), Outcome::Pass);
    let limit = Outcome::Undetermined(ReasonCode::LimitJsonDepth);
    assert_eq!(hash(&manifest(&deep)), limit);
    let broken = Outcome::Fail(ReasonCode::ManifestJsonInvalid);
    assert_eq!(hash(&manifest("[")), broken);
}

#[test]
fn a_number_too_long_to_be_written_out_accuses_no_bundle() {
    let bundle = String::from_utf8(fixture("bundle/pack/evidence_bundle.json")).unwrap();
    let with = |number: &str| {
        let bundle = bundle.replacen("\"body\": {", &format!("\"body\": {{\"number\": {number},"), 1);
        outcome(
            &check_folder(&[("evidence_bundle.json", bundle.as_bytes())]),
            CheckId::ContentHash,
        )
    };
    assert_eq!(with("1"), Outcome::Fail(ReasonCode::ArtifactRefDigestMismatch));
    assert_eq!(
        with(&"1".repeat(2_000)),
        Outcome::Undetermined(ReasonCode::JsonNumberRange)
    );
}
