//! The check `bundleIntegrity`: does the record match the hash it states (`specs/nexart.md` 4).

use super::hash::{content, normalise};
use super::layer::{Layer, State, push_new};
use super::protocol;
use super::record_type::RecordType;
use super::scope::{CORE, RUN, STEP, Scope, governed_names, scopes};
use super::subject::{Attestation, Subject};
use crate::digest::Digest;
use crate::json::Node;
use crate::reason::ReasonCode;

const DEEPEST: usize = 100;

/// What the integrity check came to.
#[derive(Debug, Clone, Default)]
pub(super) struct Integrity {
    /// The layer.
    pub(super) layer: Layer,
    /// Notes in order of discovery.
    pub(super) notes: Vec<ReasonCode>,
    /// Names of the members that the hash covers; none when no scope matched.
    pub(super) coverage: Option<Vec<String>>,
    /// The bytes that were hashed: of the scope that matched, else of the full one.
    pub(super) bytes: Vec<u8>,
    /// A shape or version problem ends the record: nothing else is looked at.
    pub(super) ended: bool,
    /// What is known of the records embedded in a project.
    pub(super) steps: Steps,
}

/// What the records embedded in a project came to, each by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) enum Steps {
    /// None of them leaves a doubt.
    #[default]
    Hold,
    /// One could not be answered: a key or a supported version is missing.
    Undecided,
    /// One is proven wrong.
    Fail,
}

/// The check, without the steps of a project (`project::steps`).
pub(super) fn bundle_integrity(subject: &Subject<'_, '_>) -> Integrity {
    let record_type = match shape(subject) {
        Ok(record_type) => record_type,
        Err(code) => return ended(code),
    };
    let notes: Vec<ReasonCode> = match protocol::supported(subject) {
        Ok(note) => note.into_iter().collect(),
        Err(code) => return ended(code),
    };
    let Some(stated) = subject.stated_hash().and_then(normalise) else {
        return ended(ReasonCode::InvalidSha256Format);
    };
    if record_type == RecordType::HashOnly && !subject.cer.get("snapshot").is_some_and(Node::is_object) {
        return Integrity {
            notes,
            ..Integrity::default()
        };
    }
    let mut integrity = match scopes(subject, record_type) {
        Ok(scopes) => matched(scopes, stated, mismatch_code(record_type)),
        Err(code) => return ended(code),
    };
    integrity.notes.splice(0..0, notes);
    if record_type.is_governed() && integrity.coverage.is_none() {
        // The protected set names what is covered, whether or not the hash matches.
        integrity.coverage = Some(governed_names(record_type).map(str::to_owned).collect());
    }
    if record_type == RecordType::Ai || record_type == RecordType::HashOnly {
        nested(subject, &mut integrity);
    }
    integrity
}

fn ended(code: ReasonCode) -> Integrity {
    Integrity {
        layer: Layer::fail(code),
        ended: true,
        ..Integrity::default()
    }
}

fn mismatch_code(record_type: RecordType) -> ReasonCode {
    match record_type {
        RecordType::Project => ReasonCode::ProjectHashMismatch,
        RecordType::Ai
        | RecordType::Code
        | RecordType::GovernedStep
        | RecordType::GovernedRun
        | RecordType::HashOnly => ReasonCode::BundleHashMismatch,
    }
}

/// Shape problems end the record at once (8.4, order of evaluation).
fn shape(subject: &Subject<'_, '_>) -> Result<RecordType, ReasonCode> {
    let cer = subject.cer;
    if subject.corrupt || !cer.is_object() || cer.depth() > DEEPEST {
        return Err(ReasonCode::BundleCorrupted);
    }
    if let Some(Attestation {
        receipt: Some(receipt), ..
    }) = subject.attestation()
        && super::receipt::corrupted(receipt, &subject.bounds)
    {
        return Err(ReasonCode::BundleCorrupted);
    }
    let corrupted = |receipt| super::receipt::corrupted(receipt, &subject.bounds);
    if subject
        .receipts
        .iter()
        .any(|copy| copy.get("receipt").is_some_and(corrupted))
    {
        return Err(ReasonCode::BundleCorrupted);
    }
    let bundle_type = subject.text("bundleType").ok_or(ReasonCode::BundleCorrupted)?;
    let record_type = RecordType::of(bundle_type).ok_or(ReasonCode::SchemaVersionUnsupported)?;
    let needed: &[&str] = match record_type {
        RecordType::Ai | RecordType::Code => &CORE,
        RecordType::GovernedStep => &STEP,
        RecordType::GovernedRun => &RUN,
        RecordType::Project | RecordType::HashOnly => &[],
    };
    if needed.iter().any(|name| cer.get(name).is_none()) || !states_hash(subject, record_type) {
        return Err(ReasonCode::BundleCorrupted);
    }
    if record_type.is_governed() {
        protected_set(cer, needed)?;
    }
    Ok(record_type)
}

/// Whether the member of the hash is there, whatever its shape.
fn states_hash(subject: &Subject<'_, '_>, record_type: RecordType) -> bool {
    let pointer = match record_type {
        RecordType::Project => "/integrity/projectHash",
        RecordType::Ai
        | RecordType::Code
        | RecordType::GovernedStep
        | RecordType::GovernedRun
        | RecordType::HashOnly => "/certificateHash",
    };
    subject.cer.pointer(pointer).is_some_and(|hash| !hash.is_null())
}

/// `protectedSet` names exactly the members that the hash covers, under the scheme this program knows (4.2, 3.2).
fn protected_set(cer: &Node<'_>, needed: &[&str]) -> Result<(), ReasonCode> {
    // Another scheme may name other members.
    let scheme = cer.pointer("/protectedSet/stabilitySchemeId").and_then(Node::as_str);
    if scheme.is_some_and(|scheme| scheme != "jcs-v1") {
        return Err(ReasonCode::SchemaVersionUnsupported);
    }
    let fields = cer
        .pointer("/protectedSet/protectedFields")
        .ok_or(ReasonCode::BundleCorrupted)?;
    let named: Option<Vec<&str>> = fields.items().iter().map(Node::as_str).collect();
    let named = named.ok_or(ReasonCode::BundleCorrupted)?;
    let same = needed.iter().all(|name| named.contains(name)) && named.iter().all(|name| needed.contains(name));
    if !same {
        return Err(ReasonCode::BundleCorrupted);
    }
    scheme.map(|_| ()).ok_or(ReasonCode::SchemaVersionUnsupported)
}

/// Stops at the first scope whose digest is the stated one.
fn matched(scopes: Vec<Scope>, stated: Digest, mismatch: ReasonCode) -> Integrity {
    let mut first = None;
    for scope in scopes {
        let found = Digest::of(&scope.bytes);
        if found == stated {
            let mut layer = Layer::pass();
            layer.expected = Some(stated.prefixed());
            layer.found = Some(found.prefixed());
            layer.detail("coverage", scope.names.join(", "));
            return Integrity {
                layer,
                notes: scope.note.into_iter().collect(),
                coverage: Some(scope.names),
                bytes: scope.bytes,
                ..Integrity::default()
            };
        }
        first.get_or_insert((found, scope));
    }
    let mut integrity = Integrity {
        layer: Layer::fail(mismatch),
        ..Integrity::default()
    };
    integrity.layer.expected = Some(stated.prefixed());
    if let Some((found, scope)) = first {
        integrity.layer.found = Some(found.prefixed());
        integrity.layer.detail("coverage", scope.names.join(", "));
        integrity.bytes = scope.bytes;
    }
    integrity
}

/// `input`/`inputHash` and `output`/`outputHash` of an AI record (4.1).
fn nested(subject: &Subject<'_, '_>, integrity: &mut Integrity) {
    let Some(snapshot) = subject.cer.get("snapshot").filter(|snapshot| snapshot.is_object()) else {
        return;
    };
    let pairs = [
        ("input", "inputHash", ReasonCode::InputHashMismatch),
        ("output", "outputHash", ReasonCode::OutputHashMismatch),
    ];
    for (name, hash_name, code) in pairs {
        match nested_state(snapshot.get(name), snapshot.get(hash_name)) {
            Nested::Fine => {}
            Nested::Note(note) => push_new(&mut integrity.notes, note),
            Nested::Differs { stated, found } => {
                if integrity.layer.state == State::Pass {
                    integrity.layer.expected = Some(stated);
                    integrity.layer.found = Some(found);
                    integrity.layer.detail("member", format!("snapshot.{hash_name}"));
                }
                integrity.layer.add(code);
            }
        }
    }
}

enum Nested {
    Fine,
    Note(ReasonCode),
    Differs { stated: String, found: String },
}

fn nested_state(value: Option<&Node<'_>>, hash: Option<&Node<'_>>) -> Nested {
    let Some(value) = value.filter(|value| !value.is_null()) else {
        return Nested::Note(ReasonCode::RedactedContent);
    };
    if value.get("_redacted").and_then(Node::as_bool) == Some(true) {
        return Nested::Note(ReasonCode::ConfidentialFields);
    }
    let Some(hash) = hash.filter(|hash| !hash.is_null()) else {
        return Nested::Fine;
    };
    let stated = hash.as_str().unwrap_or_default();
    let digest = normalise(stated);
    let found = content(value);
    if digest.is_some() && digest == found {
        return Nested::Fine;
    }
    if digest.is_some() && value.as_str().and_then(normalise) == digest {
        return Nested::Note(ReasonCode::RedactedContent);
    }
    Nested::Differs {
        stated: stated.to_owned(),
        found: found.map(|found| found.prefixed()).unwrap_or_default(),
    }
}
