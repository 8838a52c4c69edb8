//! A first look at the artifacts: which of them are Keel's, by content (`specs/keel.md` 1 and 13).

use std::io::Read;

use super::manifest::{self, Manifest, ReadManifest};
use crate::container::is_limit;
use crate::digest::Digest;
use crate::json::{self, Node};
use crate::pack::{ArtifactState, Pack, Refusal};
use crate::reason::ReasonCode;
use crate::run::{Progress, Stopped};

/// What is larger is no manifest and no companion; of that only the beginning is looked at.
const DOCUMENT: u64 = 8 << 20;
/// That beginning.
const HEAD: usize = 64 << 10;

/// What one artifact is, by itself.
#[derive(Debug)]
pub(super) enum Seen {
    /// An export manifest.
    Manifest(Box<Manifest>),
    /// Named like one and holding a content hash, but not readable as one.
    Broken(ReasonCode, String),
    /// A list of keys.
    KeyManifest,
    /// A checkpoint.
    Checkpoint,
    /// Workflow declarations and amendments.
    WorkflowEvidence,
    /// A single-file evidence bundle.
    Bundle,
    /// An evidence kind that is known by name only, with the role that says which.
    Named(&'static str),
    /// Companions of the issuer that carry no evidence of their own.
    ReadMe,
    /// Content in the form of a payload.
    Payload,
    /// Nothing that is known.
    Other,
}

impl Seen {
    /// The export manifest, or why it cannot be read as one.
    pub(super) fn manifest(&self) -> Option<ReadManifest> {
        if let Seen::Manifest(manifest) = self {
            return Some(Ok(manifest.as_ref().clone()));
        }
        let Seen::Broken(code, detail) = self else { return None };
        Some(Err((*code, detail.clone())))
    }

    /// The export manifest, where it could be read.
    pub(super) fn as_manifest(&self) -> Option<&Manifest> {
        if let Seen::Manifest(manifest) = self {
            Some(manifest)
        } else {
            None
        }
    }
}

/// An artifact that was looked at.
#[derive(Debug)]
pub(super) struct Looked {
    /// Its index in the pack.
    pub(super) index: usize,
    /// Digest and size as shipped; none when it could not be read to its end.
    pub(super) shipped: Option<(Digest, u64)>,
    /// What it is.
    pub(super) seen: Seen,
    /// Why it could not be read.
    pub(super) refusal: Option<Refusal>,
}

impl Looked {
    /// Its digest as shipped, or why it could not be read to its end.
    pub(super) fn digest(&self) -> Result<Digest, ReasonCode> {
        let unread = || self.refusal.as_ref().map_or(ReasonCode::IoReadFailed, |it| it.code);
        self.shipped.map(|(digest, _)| digest).ok_or_else(unread)
    }
}

/// Whether this artifact is looked at: also archives that the container did not open, and what it refused, since that may
/// be what a manifest speaks of.
pub(super) fn is_looked_at(pack: &Pack, index: usize) -> bool {
    let artifact = pack.artifacts.get(index);
    artifact.is_some_and(|artifact| artifact.state != ArtifactState::Ignored)
}

/// Reads an artifact as shipped, to its end: its digest, and what it is.
pub(super) fn look(pack: &Pack, index: usize, progress: &Progress) -> Result<Looked, Stopped> {
    let path = path_of(pack, index);
    progress.at(path);
    let mut looked = Looked {
        index,
        shipped: None,
        seen: Seen::Other,
        refusal: None,
    };
    let mut reader = match pack.raw_reader(index) {
        Ok(reader) => reader,
        Err(refusal) => {
            looked.refusal = Some(refusal);
            return Ok(looked);
        }
    };
    let size = pack.artifacts.get(index).map_or(0, |artifact| artifact.size);
    let mut head = Vec::new();
    let mut buffer = vec![0; 256 << 10];
    loop {
        if progress.is_cancelled() {
            return Err(Stopped::Cancelled);
        }
        let Ok(read) = reader.read(&mut buffer) else { break };
        let bytes = buffer.get(..read).unwrap_or_default();
        if read == 0 {
            break;
        }
        if size <= DOCUMENT || head.len() < HEAD {
            head.extend_from_slice(bytes);
        }
        progress.add_bytes(u64::try_from(read).unwrap_or(0));
    }
    match reader.finish() {
        Ok(end) => {
            looked.shipped = Some((end.digest, end.size));
            looked.seen = recognise(path, &head, end.size);
        }
        Err(refusal) => looked.refusal = Some(refusal),
    }
    Ok(looked)
}

/// Only whether it is a manifest, and only where it can be one; for a look that must cost little.
pub(super) fn manifest_at(pack: &Pack, index: usize) -> Option<Looked> {
    let artifact = pack.artifacts.get(index)?;
    if artifact.size > DOCUMENT || artifact.gzip || artifact.state != ArtifactState::Readable {
        return None;
    }
    let mut reader = pack.raw_reader(index).ok()?;
    let mut text = Vec::new();
    reader.read_to_end(&mut text).ok()?;
    let end = reader.finish().ok()?;
    let seen = recognise_manifest(&artifact.path, &text)?;
    Some(Looked {
        index,
        shipped: Some((end.digest, end.size)),
        seen,
        refusal: None,
    })
}

/// Whether a first look is worth it where no manifest is here: what is read for another format is not read again.
pub(super) fn may_be_keel(pack: &Pack, index: usize) -> bool {
    const WORDS: [&str; 10] = [
        "keel.",
        "chain_heads",
        "record_hash",
        "signature_envelope",
        "content_hash",
        "\"export_type\"",
        "audit_export_bundle",
        "workflow_declaration",
        "\"keys\"",
        "\"purpose\"",
    ];
    let mut head = Vec::new();
    let read = pack.reader(index).is_ok_and(|reader| {
        let mut reader = reader.take(u64::try_from(HEAD).unwrap_or(u64::MAX));
        reader.read_to_end(&mut head).is_ok()
    });
    let holds = |word: &&str| head.windows(word.len()).any(|window| window == word.as_bytes());
    let shaped = begins_as_object(&head) || manifest::is_named(path_of(pack, index));
    read && shaped && WORDS.iter().any(holds)
}

/// Whether the beginning of an artifact speaks of NexArt records: then NexArt is asked first, as for any other file.
pub(super) fn may_be_nexart(pack: &Pack, index: usize) -> bool {
    let mut head = Vec::new();
    let read = pack.reader(index).is_ok_and(|reader| {
        let mut reader = reader.take(u64::try_from(HEAD).unwrap_or(u64::MAX));
        reader.read_to_end(&mut head).is_ok()
    });
    let holds = |word: &str| head.windows(word.len()).any(|window| window == word.as_bytes());
    read && ["bundleType", "certificateHash"].into_iter().any(holds)
}

/// The path of an artifact.
pub(super) fn path_of(pack: &Pack, index: usize) -> &str {
    pack.artifacts
        .get(index)
        .map(|artifact| artifact.path.as_str())
        .unwrap_or_default()
}

/// A text that holds names of a manifest's members, without reading it as JSON.
fn holds_names(text: &[u8]) -> bool {
    let names = ["\"content_hash\"", "\"export_type\"", "\"export_id\""];
    let holds = |name: &str| text.windows(name.len()).any(|window| window == name.as_bytes());
    names.into_iter().any(holds)
}

fn recognise_manifest(path: &str, text: &[u8]) -> Option<Seen> {
    let named = manifest::is_named(path);
    if (!named && !begins_as_object(text)) || !holds_names(text) {
        return None;
    }
    let seen = recognise_json(path, text);
    matches!(seen, Seen::Manifest(_) | Seen::Broken(..)).then_some(seen)
}

fn recognise(path: &str, head: &[u8], size: u64) -> Seen {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    if name.starts_with("readme") {
        return Seen::ReadMe;
    }
    if manifest::is_named(path) || begins_as_object(head) {
        let complete = u64::try_from(head.len()) == Ok(size);
        return if complete {
            recognise_json(path, head)
        } else {
            unfinished(head)
        };
    }
    Seen::Other
}

/// What a document too long to be read whole here is. A checkpoint shows by the names of its own members; it is read
/// whole where it is compared.
fn unfinished(head: &[u8]) -> Seen {
    let seen = by_beginning(head);
    let fault = json::parse(head, &json::Bounds::default()).err();
    if matches!(seen, Seen::Other) && fault.is_some_and(|fault| names_checkpoint(&fault)) {
        return Seen::Checkpoint;
    }
    seen
}

fn names_checkpoint(fault: &json::Fault) -> bool {
    let names = ["chain_heads", "composite_hash"];
    fault.names.iter().any(|name| names.contains(&name.as_str()))
}

fn begins_as_object(text: &[u8]) -> bool {
    json::without_bom(text).iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{')
}

fn recognise_json(path: &str, text: &[u8]) -> Seen {
    let broken = |code, detail| {
        if manifest::is_named(path) && holds_names(text) {
            Seen::Broken(code, detail)
        } else {
            by_beginning(text)
        }
    };
    let parsed = match json::parse(text, &json::Bounds::default()) {
        Ok(parsed) => parsed,
        Err(fault) if is_limit(fault.code) && names_checkpoint(&fault) => return Seen::Checkpoint,
        Err(fault) => {
            let (code, detail) = manifest::unread(&fault);
            return broken(code, detail);
        }
    };
    match kind(&parsed.root) {
        Some(kind) => kind,
        None if manifest::is_manifest(&parsed.root) => match Manifest::read(text) {
            Ok(manifest) => Seen::Manifest(Box::new(manifest)),
            Err((code, detail)) => Seen::Broken(code, detail),
        },
        None if is_payload(&parsed.root) => Seen::Payload,
        None => broken(ReasonCode::ManifestJsonInvalid, "it is no export manifest".to_owned()),
    }
}

/// What a text too long to be read whole, or lines, begin with.
pub(super) fn by_beginning(head: &[u8]) -> Seen {
    let line = head
        .split(|byte| *byte == b'\n')
        .find(|line| !line.trim_ascii().is_empty());
    let entry = json::parse(line.unwrap_or_default(), &json::Bounds::default()).is_ok_and(|line| is_entry(&line.root));
    let head = head.get(..HEAD).unwrap_or(head);
    let holds = |text: &str| head.windows(text.len()).any(|window| window == text.as_bytes());
    if holds("\"keel.evidence_bundle/") {
        Seen::Bundle
    } else if entry || holds("\"audit_export_bundle\"") || holds("\"keel.governance_events/") {
        Seen::Payload
    } else {
        Seen::Other
    }
}

/// Documents with a form of their own.
fn kind(root: &Node<'_>) -> Option<Seen> {
    let has = |name: &str| root.get(name).is_some();
    let text = |name: &str| root.get(name).and_then(Node::as_str).unwrap_or_default();
    if has("chain_heads") && has("composite_hash") {
        return Some(Seen::Checkpoint);
    }
    if text("schema_version").starts_with("keel.evidence_bundle/") || (has("signature_envelope") && has("body")) {
        return Some(Seen::Bundle);
    }
    if text("schema").ends_with("workflow_evidence/v1") && (has("declarations") || has("amendments")) {
        return Some(Seen::WorkflowEvidence);
    }
    if is_key_manifest(root) {
        return Some(Seen::KeyManifest);
    }
    named(root).map(Seen::Named)
}

/// A list of keys of Keel's form: `purpose` in the entries or beside them (`design.md` 8).
fn is_key_manifest(root: &Node<'_>) -> bool {
    let Some(keys) = root.get("keys").filter(|keys| keys.is_array()) else {
        return false;
    };
    let entries = || keys.items().iter();
    let foreign = entries().any(|key| key.get("kid").is_some());
    let purpose = root.get("purpose").is_some() || entries().any(|key| key.get("purpose").is_some());
    let signed = root.get("manifest_version").and_then(Node::as_str);
    !foreign && (purpose || signed.is_some_and(|version| version.starts_with("keel.public_key_manifest.")))
}

/// Artifact kinds that are known and not evaluated (13), by their schema.
fn named(root: &Node<'_>) -> Option<&'static str> {
    let text = |name: &str| root.get(name).and_then(Node::as_str).unwrap_or_default();
    let profile = text("canonicalization_profile");
    if root.get("artifact_version").is_some() && root.get("chain").is_some() && profile.starts_with("keel.") {
        return Some("keel.voiceSession");
    }
    let schema = [
        text("schema"),
        text("schema_version"),
        text("artifact_type"),
        text("manifest_version"),
    ];
    let schema = schema
        .into_iter()
        .find(|schema| schema.contains("keel."))
        .unwrap_or_default();
    let known = [
        ("scope_state", "keel.scopeState"),
        ("scope-state", "keel.scopeState"),
        ("authority_inventory", "keel.authorityInventory"),
        ("key_status", "keel.keyStatus"),
        ("permit_cosignature", "keel.coSignature"),
        ("co_signature", "keel.coSignature"),
        ("work_chain", "keel.workChain"),
        ("permit_pack", "keel.permitPack"),
        ("mcp_review", "keel.mcpReview"),
        ("voice", "keel.voiceSession"),
    ];
    known
        .into_iter()
        .find(|(part, _)| schema.contains(part))
        .map(|(_, role)| role)
}

/// Content that says by itself that it is a Keel payload.
fn is_payload(root: &Node<'_>) -> bool {
    let text = |name: &str| root.get(name).and_then(Node::as_str).unwrap_or_default();
    let schemas = [
        "keel.governance_events/",
        "keel.evidence/",
        "keel.vanta.evidence/",
        "keel.audit_export/",
    ];
    text("bundle_type") == "audit_export_bundle"
        || schemas.into_iter().any(|schema| text("schema").starts_with(schema))
        || is_entry(root)
}

/// An entry of a chain, by the members that only such entries have.
pub(super) fn is_entry(node: &Node<'_>) -> bool {
    let has = |name: &&str| node.get(name).is_some();
    node.is_object()
        && ["sequence_number", "prev_hash", "record_hash"]
            .iter()
            .filter(|name| has(name))
            .count()
            >= 2
}
