use std::collections::BTreeMap;
use std::io::Read as _;

use super::super::chain::{Entry, Seat, Shape, Walk, WalkResult};
use super::super::checkpoint::{self, Claimed, Signer};
use super::brackets::Bracket;
use super::*;
use crate::check::{Check, Outcome};
use crate::container::Limits;
use crate::json::{Bounds, Node, parse};
use crate::reason::ReasonCode;
use crate::signature::PublicKey;
use crate::time_stamp::Roots;

/// Members held in memory.
struct Held(BTreeMap<String, Vec<u8>>);

/// Stands for a member that cannot be read.
const ENCRYPTED: &[u8] = b"encrypted";

impl Members for Held {
    fn bounds(&self) -> Bounds {
        Bounds {
            string: 1 << 20,
            ..Bounds::default()
        }
    }

    fn paths(&self) -> Vec<String> {
        self.0.keys().cloned().collect()
    }

    fn bytes(&self, path: &str) -> Result<Vec<u8>, ReasonCode> {
        let bytes = self.0.get(path).cloned().ok_or(ReasonCode::IoNotFound)?;
        if bytes == ENCRYPTED {
            return Err(ReasonCode::ZipEncrypted);
        }
        Ok(bytes)
    }

    fn lines(&self, path: &str, each: &mut dyn FnMut(u64, &[u8])) -> Result<(), ReasonCode> {
        let bytes = self.bytes(path)?;
        let lines = (1..).zip(bytes.split(|byte| *byte == b'\n'));
        lines
            .filter(|(_, line)| !line.trim_ascii().is_empty())
            .for_each(|(line, text)| each(line, text));
        Ok(())
    }
}

const NAMES: [&str; 8] = [
    "admin_actions",
    "bracket_checkpoints",
    "governance_events",
    "incident_metadata",
    "permits",
    "workflow_declarations",
    "workflow_amendments",
    "mcp_tool_decisions",
];

fn path(name: &str) -> String {
    let json = ["bracket_checkpoints", "incident_metadata"].contains(&name);
    format!("{name}.{}", if json { "json" } else { "jsonl" })
}

/// A bundle of version 2 that has everything, and its list.
fn sound() -> (Held, serde_json::Value) {
    let files = NAMES.map(|name| serde_json::json!({"name": path(name), "schema": format!("keel.{name}/v1")}));
    let mut members: BTreeMap<_, _> = NAMES.iter().map(|name| (path(name), b"{}\n".to_vec())).collect();
    members.insert(
        path("incident_metadata"),
        br#"{"schema":"keel.incident_evidence/v1"}"#.to_vec(),
    );
    (
        Held(members),
        serde_json::json!({"manifest_version": 2, "files": files}),
    )
}

fn check(members: &Held, manifest: &serde_json::Value) -> Check {
    let text = manifest.to_string();
    judge(
        &parse(text.as_bytes(), &Bounds::default()).expect("JSON").root,
        members,
        "incident.zip",
    )
    .check
}

#[test]
fn version_2_must_list_and_hold_eight_files() {
    let (members, list) = sound();
    assert_eq!(check(&members, &list).outcome, Outcome::Pass);
    let invalid = Outcome::Fail(ReasonCode::IncidentManifestSchemaInvalid);
    for name in NAMES {
        let (mut members, list) = sound();
        members.0.remove(&path(name));
        assert_eq!(check(&members, &list).outcome, invalid, "{name}");
        let (members, mut list) = sound();
        let files = list["files"].as_array_mut().expect("files");
        files
            .iter_mut()
            .find(|file| file["name"] == path(name))
            .expect("a file")["schema"] = serde_json::json!("other");
        assert_eq!(check(&members, &list).outcome, invalid, "{name}");
    }
}

#[test]
fn every_fault_of_the_list_is_told() {
    let (mut members, list) = sound();
    members.0.insert("permits.jsonl".to_owned(), b"{}\n\n[1]\n".to_vec());
    members.0.remove("admin_actions.jsonl");
    let details = check(&members, &list).details;
    let faults: Vec<&str> = details.iter().map(|(_, fault)| fault.as_str()).collect();
    assert_eq!(
        faults,
        [
            "admin_actions.jsonl is not in the zip",
            "line 3 of permits.jsonl is no JSON object"
        ]
    );
}

#[test]
fn what_a_limit_keeps_from_being_read_proves_nothing() {
    let (mut members, list) = sound();
    let long = format!("{{\"a\":\"{}\"}}\n", "x".repeat(2 << 20));
    members.0.insert("permits.jsonl".to_owned(), long.into_bytes());
    let unread = Outcome::Undetermined(ReasonCode::LimitLineLength);
    assert_eq!(check(&members, &list).outcome, unread);
    // What is wrong beside it is still told.
    members.0.remove("admin_actions.jsonl");
    let invalid = Outcome::Fail(ReasonCode::IncidentManifestSchemaInvalid);
    assert_eq!(check(&members, &list).outcome, invalid);
}

#[test]
fn a_member_that_cannot_be_read_proves_nothing() {
    let unread = Outcome::Undetermined(ReasonCode::ZipEncrypted);
    for name in ["permits", "mcp_tool_decisions", "incident_metadata"] {
        let (mut members, list) = sound();
        members.0.insert(path(name), ENCRYPTED.to_vec());
        assert_eq!(check(&members, &list).outcome, unread, "{name}");
    }
    let (mut members, list) = sound();
    let deep = format!("{}{}", "[".repeat(200), "]".repeat(200)).into_bytes();
    members.0.insert(path("incident_metadata"), deep.clone());
    let limit = Outcome::Undetermined(ReasonCode::LimitJsonDepth);
    assert_eq!(check(&members, &list).outcome, limit);
    // The same of the list, where it lies in the zip.
    for (inner, expected) in [(ENCRYPTED.to_vec(), unread), (deep, limit)] {
        members.0.insert("manifest.json".to_owned(), inner);
        assert_eq!(check(&members, &serde_json::json!({})).outcome, expected);
    }
    members.0.insert("manifest.json".to_owned(), b"{".to_vec());
    let invalid = Outcome::Fail(ReasonCode::IncidentManifestSchemaInvalid);
    assert_eq!(check(&members, &serde_json::json!({})).outcome, invalid);
}

#[test]
fn version_1_and_no_version_ask_for_nothing_and_others_are_not_known() {
    let (mut members, list) = sound();
    let of = |members: &Held, text: &str| check(members, &serde_json::from_str(text).expect("JSON")).outcome;
    assert_eq!(
        of(&members, r#"{"manifest_version":1}"#),
        Outcome::Skipped(ReasonCode::NotAnswerable)
    );
    assert_eq!(of(&members, "{}"), Outcome::Skipped(ReasonCode::NotPresent));
    let unknown = Outcome::Undetermined(ReasonCode::IncidentUnknownManifestVersion);
    for version in ["3", "true", "\"2\"", "2.0", "null"] {
        assert_eq!(
            of(&members, &format!("{{\"manifest_version\":{version}}}")),
            unknown,
            "{version}"
        );
    }
    members
        .0
        .insert("manifest.json".to_owned(), list.to_string().into_bytes());
    assert_eq!(of(&members, "{}"), Outcome::Pass);
    assert_eq!(
        stray(&members).map(|finding| finding.code),
        Some(ReasonCode::StrayInnerManifest)
    );
}

/// The members of a zip of the shared vectors.
fn unzipped(bytes: Vec<u8>) -> Held {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a zip");
    let mut members = BTreeMap::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).expect("a member");
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).expect("its bytes");
        members.insert(file.name().expect("a name").into_owned(), bytes);
    }
    Held(members)
}

fn trusted(root: &serde_json::Value, claimed: &Claimed<'_>) -> Signer {
    let keys = root["keys"].as_array().expect("keys").iter();
    let entry = keys
        .clone()
        .find(|key| key["purpose"] == "integrity_checkpoint" && key["key_id"].as_str() == claimed.key_id);
    let text = entry
        .and_then(|entry| entry["public_key"].as_str())
        .map(|text| text.trim_start_matches("ed25519:"));
    let raw = text.map(|text| data_encoding::BASE64.decode(text.as_bytes()).expect("base64"));
    Signer {
        key: raw.map(|raw| PublicKey::from_bytes(&raw.try_into().expect("32 bytes")).expect("a key")),
        doubt: entry.is_none().then_some(ReasonCode::TrustRootUnresolvable),
    }
}

fn walk(members: &Held, brackets: &[Bracket]) -> WalkResult {
    let mut walk = Walk::new(
        Shape::JsonLines,
        brackets.iter().flat_map(|bracket| bracket.judged.watched()),
        &Limits::default(),
    );
    let lines = members.lines("governance_events.jsonl", &mut |row, text| {
        let parsed = parse(text, &Bounds::default()).expect("JSON");
        walk.add(Seat { array: 0, row }, Entry::read(&parsed.root, Shape::JsonLines));
    });
    lines.expect("events");
    walk.finish("governance_events.jsonl", false)
}

/// Judges a bundle whole: list, brackets, walk, and the brackets beside the walk.
fn codes(members: &Held, manifest: &Node<'_>, root: &serde_json::Value) -> Vec<&'static str> {
    let document = members.bytes("bracket_checkpoints.json").expect("brackets");
    let parsed = parse(&document, &Bounds::default()).expect("JSON");
    let brackets = brackets(
        &parsed.root,
        "b.json",
        &|claimed| trusted(root, claimed),
        &Roots::default(),
    );
    let walk = walk(members, &brackets);
    let mut checks = vec![judge(manifest, members, "incident.zip").check];
    checks.extend(
        brackets
            .iter()
            .map(|bracket| checkpoint::compare(&bracket.judged.heads, bracket.side, "b.json", &walk).check),
    );
    checks.extend(walk.checks);
    checks.extend(brackets.into_iter().flat_map(|bracket| bracket.judged.checks));
    let reasons = checks
        .iter()
        .filter(|check| !matches!(check.outcome, Outcome::Skipped(_)))
        .flat_map(Check::reasons);
    reasons.map(ReasonCode::as_str).collect()
}

#[test]
fn the_shared_incident_vectors_agree() {
    let Some(expected) = crate::vectors::json("keel/expected.json") else {
        return;
    };
    let root = crate::vectors::json("keel/keys/trust.json").expect("a trust root");
    let mut seen = 0;
    for case in expected["cases"].as_array().expect("cases") {
        let (id, dir) = (
            case["id"].as_str().expect("an id"),
            case["dir"].as_str().expect("a folder"),
        );
        if !id.contains("/incident-") || id.ends_with("incident-type-not-zip") {
            continue;
        }
        seen += 1;
        let bytes = |name: &str| crate::vectors::bytes(&format!("keel/{dir}/{name}")).expect("a file");
        let members = unzipped(bytes("incident.zip"));
        let manifest = bytes("manifest.json");
        let manifest = parse(&manifest, &Bounds::default()).expect("JSON");
        let found = codes(&members, &manifest.root, &root);
        let wanted: Vec<&str> = case["expected"]["codes"]
            .as_array()
            .expect("codes")
            .iter()
            .filter_map(|code| code.as_str())
            .collect();
        assert_eq!(found, wanted, "{id}");
    }
    assert_eq!(seen, 10);
}
