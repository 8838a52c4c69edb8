//! The list of an incident bundle, and whether the bundle holds what it names (`specs/keel.md` 8).

use super::members::Members;
use crate::check::{Check, CheckId, Outcome};
use crate::container::is_limit;
use crate::json::{Node, Value, parse};
use crate::reason::ReasonCode;
use crate::report::Finding;

/// What version 2 must list and hold, with these schemas.
const REQUIRED: [(&str, &str); 8] = [
    ("admin_actions.jsonl", "keel.admin_actions/v1"),
    ("bracket_checkpoints.json", "keel.bracket_checkpoints/v1"),
    ("governance_events.jsonl", "keel.governance_events/v1"),
    ("incident_metadata.json", "keel.incident_metadata/v1"),
    ("permits.jsonl", "keel.permits/v1"),
    ("workflow_declarations.jsonl", "keel.workflow_declarations/v1"),
    ("workflow_amendments.jsonl", "keel.workflow_amendments/v1"),
    ("mcp_tool_decisions.jsonl", "keel.mcp_tool_decisions/v1"),
];
/// What must be an object per line.
const OBJECTS: [&str; 4] = [
    "permits.jsonl",
    "workflow_declarations.jsonl",
    "workflow_amendments.jsonl",
    "mcp_tool_decisions.jsonl",
];
/// Where the list stands inside the zip, when the export manifest has none.
const INNER: [&str; 2] = ["manifest.json", "bundle_manifest.json"];
const METADATA: &str = "incident_metadata.json";
/// The schema that the metadata states of itself, which is not the one in the list.
const METADATA_SCHEMA: &str = "keel.incident_evidence/v1";
/// Faults that are told one by one.
const TOLD: usize = 20;

/// What an incident bundle comes to, without the walk of its events and the checks of its workflow records.
#[derive(Debug)]
pub(in super::super) struct Incident {
    /// `incidentFiles`.
    pub(in super::super) check: Check,
    /// The version of its list; none without a list, or with one that is not known.
    pub(in super::super) version: Option<u64>,
}

/// Judges the list of an `incident_evidence` payload: the export manifest itself when it has `manifest_version`.
pub(in super::super) fn judge(export_manifest: &Node<'_>, members: &dyn Members, subject: &str) -> Incident {
    if export_manifest.get("manifest_version").is_some() {
        return by_list(export_manifest, members, subject);
    }
    let paths = members.paths();
    let Some(inner) = INNER.iter().find(|inner| paths.iter().any(|path| path == *inner)) else {
        return told(Outcome::Skipped(ReasonCode::NotPresent), subject, None);
    };
    let bytes = match members.bytes(inner) {
        Ok(bytes) => bytes,
        Err(code) => return told(Outcome::Undetermined(code), subject, None),
    };
    match parse(&bytes, &members.bounds()) {
        Ok(parsed) if parsed.root.is_object() => by_list(&parsed.root, members, subject),
        Err(fault) if is_limit(fault.code) => told(Outcome::Undetermined(fault.code), subject, None),
        Ok(_) | Err(_) => invalid(&[format!("{inner} is no JSON object")], subject, None),
    }
}

/// A list inside a zip that is no incident bundle: nothing asks for it.
pub(in super::super) fn stray(members: &dyn Members) -> Option<Finding> {
    let paths = members.paths();
    let inner = INNER.iter().find(|inner| paths.iter().any(|path| path == *inner))?;
    Some(Finding::new(ReasonCode::StrayInnerManifest, *inner, ""))
}

fn by_list(list: &Node<'_>, members: &dyn Members, subject: &str) -> Incident {
    let version = list.get("manifest_version").and_then(Node::as_u64);
    match version {
        Some(1) => told(Outcome::Skipped(ReasonCode::NotAnswerable), subject, version),
        Some(2) => {
            let (faults, unread) = faults(list, members);
            match unread {
                _ if !faults.is_empty() => invalid(&faults, subject, version),
                // What was not read, also for a limit of ours, proves nothing.
                Some(code) => told(Outcome::Undetermined(code), subject, version),
                None => told(Outcome::Pass, subject, version),
            }
        }
        _ => told(
            Outcome::Undetermined(ReasonCode::IncidentUnknownManifestVersion),
            subject,
            None,
        ),
    }
}

fn told(outcome: Outcome, subject: &str, version: Option<u64>) -> Incident {
    let check = Check::new(CheckId::IncidentFiles, subject, outcome);
    Incident { check, version }
}

fn invalid(faults: &[String], subject: &str, version: Option<u64>) -> Incident {
    let mut incident = told(
        Outcome::Fail(ReasonCode::IncidentManifestSchemaInvalid),
        subject,
        version,
    );
    for fault in faults.iter().take(TOLD) {
        incident.check.details.push(("fault", fault.clone()));
    }
    let more = faults.len().saturating_sub(TOLD);
    if more > 0 {
        incident.check.details.push(("fault", format!("and {more} more")));
    }
    incident
}

/// Everything that version 2 asks for and this bundle does not have, and what first kept something from being read.
fn faults(list: &Node<'_>, members: &dyn Members) -> (Vec<String>, Option<ReasonCode>) {
    let mut faults = Vec::new();
    let mut unread = None;
    let listed = listed(list, &mut faults);
    let paths = members.paths();
    for (name, schema) in REQUIRED {
        let found = listed.iter().rev().find(|(listed, _)| listed == name);
        match found {
            None => faults.push(format!("{name} is not listed")),
            Some((_, Some(found))) if found == schema => {}
            Some(_) => faults.push(format!("{name} is listed with another schema than {schema}")),
        }
        if !paths.iter().any(|path| path == name) {
            faults.push(format!("{name} is not in the zip"));
        } else if OBJECTS.contains(&name) {
            faults.extend(objects(name, members, &mut unread).err());
        } else if name == METADATA {
            faults.extend(metadata(members, &mut unread).err());
        }
    }
    (faults, unread)
}

/// The names and schemas of `files`.
fn listed(list: &Node<'_>, faults: &mut Vec<String>) -> Vec<(String, Option<String>)> {
    let Some(files) = list.get("files").filter(|files| files.is_array()) else {
        faults.push("files is no list".to_owned());
        return Vec::new();
    };
    let mut listed = Vec::new();
    for (index, file) in files.items().iter().enumerate() {
        let name = file
            .get("name")
            .and_then(Node::as_str)
            .filter(|name| !name.trim().is_empty());
        let schema = match file.get("schema").map(|schema| &schema.value) {
            None | Some(Value::Null) => Some(None),
            Some(Value::String(text)) => Some(text.as_str().map(str::to_owned)),
            Some(Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_)) => None,
        };
        match (name, schema) {
            (Some(name), Some(schema)) => listed.push((name.to_owned(), schema)),
            (_, _) => faults.push(format!("files[{index}] is no name with a schema")),
        }
    }
    listed
}

/// That every line is an object.
fn objects(name: &str, members: &dyn Members, unread: &mut Option<ReasonCode>) -> Result<(), String> {
    let mut first = None;
    let bounds = members.bounds();
    let read = members.lines(name, &mut |line, text| match parse(text, &bounds) {
        Ok(parsed) if parsed.root.is_object() => {}
        Err(fault) if is_limit(fault.code) => {
            unread.get_or_insert(fault.code);
        }
        Ok(_) | Err(_) => {
            first.get_or_insert(line);
        }
    });
    if let Err(code) = read {
        unread.get_or_insert(code);
    }
    match first {
        None => Ok(()),
        Some(line) => Err(format!("line {line} of {name} is no JSON object")),
    }
}

/// That the metadata says what it is.
fn metadata(members: &dyn Members, unread: &mut Option<ReasonCode>) -> Result<(), String> {
    let bytes = match members.bytes(METADATA) {
        Ok(bytes) => bytes,
        Err(code) => {
            unread.get_or_insert(code);
            return Ok(());
        }
    };
    let parsed = match parse(&bytes, &members.bounds()) {
        Ok(parsed) => parsed,
        Err(fault) if is_limit(fault.code) => {
            unread.get_or_insert(fault.code);
            return Ok(());
        }
        Err(fault) => return Err(format!("{METADATA} is no JSON: {fault}")),
    };
    if parsed.root.get("schema").and_then(Node::as_str) == Some(METADATA_SCHEMA) {
        Ok(())
    } else {
        Err(format!("{METADATA} does not say that its schema is {METADATA_SCHEMA}"))
    }
}
