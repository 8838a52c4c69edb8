//! What an envelope's signature may be over: the signed object is rebuilt from the record (`specs/nexart.md` 6).

use super::hash::{object_bytes, present};
use super::record_type::RecordType;
use super::scope::{AI, CORE, governed_names};
use super::subject::{Envelope, Subject};
use crate::canonical;
use crate::json::Node;

/// Facts of the attestation that a signature covers where the envelope names none.
pub(super) const ATTESTATION: [&str; 5] = [
    "attestationId",
    "attestedAt",
    "kid",
    "nodeRuntimeHash",
    "protocolVersion",
];
const LEGACY_MEMBERS: [&str; 4] = [
    "verificationEnvelope",
    "verificationEnvelopeType",
    "verificationEnvelopeSignature",
    "verificationEnvelopeVerification",
];

/// How the signed object is put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// E1: the listed members.
    Whitelist,
    /// E1': the record's own projection.
    Projection,
    /// E2: the whole record.
    Full,
    /// E0: the envelope object itself.
    Summary,
}

impl Form {
    /// The spec's name for it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Form::Whitelist => "E1",
            Form::Projection => "E1'",
            Form::Full => "E2",
            Form::Summary => "E0",
        }
    }
}

/// Something that an envelope's signature may be over.
pub(super) struct Candidate {
    /// How it was put together.
    pub(super) form: Form,
    /// Its canonical bytes.
    pub(super) bytes: Vec<u8>,
    /// Members of the record in it.
    pub(super) covers: Vec<String>,
}

/// What a v2 signature may be over, in the order in which it is tried.
pub(super) fn candidates(subject: &Subject<'_, '_>, envelope: &Envelope<'_, '_>) -> Vec<Candidate> {
    let metadata = envelope.metadata;
    let Some(attestation) = metadata.get("attestation") else {
        return Vec::new();
    };
    if let Some(listed) = metadata.get("signedFields").filter(|fields| fields.is_object()) {
        return whitelist(subject, attestation, listed).into_iter().collect();
    }
    let facts = present(attestation, &ATTESTATION);
    let full = present(subject.cer, &own_members(subject));
    let without_policy: Vec<_> = full
        .iter()
        .copied()
        .filter(|(name, _)| *name != "policyEvaluation")
        .collect();
    let mut found: Vec<Candidate> = Vec::new();
    for members in [without_policy, full] {
        found.extend(joined(Form::Projection, &facts, &members));
    }
    found.extend(whole(subject, envelope, &facts));
    found
}

/// E1: exactly the listed members, which must include what makes the record.
fn whitelist(subject: &Subject<'_, '_>, attestation: &Node<'_>, listed: &Node<'_>) -> Option<Candidate> {
    let names = |name: &str| -> Option<Vec<&str>> { listed.get(name)?.items().iter().map(Node::as_str).collect() };
    let bundle = names("bundle")?;
    let facts = names("attestation")?;
    if !required(subject).iter().all(|name| bundle.contains(name)) {
        return None;
    }
    joined(
        Form::Whitelist,
        &present(attestation, &unique(facts)),
        &present(subject.cer, &unique(bundle)),
    )
}

fn unique(mut names: Vec<&str>) -> Vec<&str> {
    names.sort_unstable();
    names.dedup();
    names
}

fn own_members(subject: &Subject<'_, '_>) -> Vec<&'static str> {
    match subject.record_type().filter(|record_type| record_type.is_governed()) {
        Some(governed) => governed_names(governed).collect(),
        None => AI.to_vec(),
    }
}

fn required(subject: &Subject<'_, '_>) -> Vec<&'static str> {
    match subject.record_type() {
        Some(RecordType::GovernedStep | RecordType::GovernedRun) => own_members(subject),
        _ => CORE.to_vec(),
    }
}

fn joined(form: Form, facts: &[(&str, &Node<'_>)], bundle: &[(&str, &Node<'_>)]) -> Option<Candidate> {
    let mut bytes = b"{\"attestation\":".to_vec();
    bytes.extend(object_bytes(facts).ok()?);
    bytes.extend(b",\"bundle\":");
    bytes.extend(object_bytes(bundle).ok()?);
    bytes.push(b'}');
    Some(Candidate {
        form,
        bytes,
        covers: bundle.iter().map(|(name, _)| (*name).to_owned()).collect(),
    })
}

/// E2: the whole record as it is; in the legacy place without the envelope's own members.
fn whole(subject: &Subject<'_, '_>, envelope: &Envelope<'_, '_>, facts: &[(&str, &Node<'_>)]) -> Option<Candidate> {
    let mut bytes = b"{\"attestation\":".to_vec();
    bytes.extend(object_bytes(facts).ok()?);
    bytes.extend(b",\"bundle\":");
    bytes.extend(whole_record(subject.cer, envelope.legacy)?);
    bytes.extend(b",\"envelopeType\":");
    canonical::write(envelope.metadata.get("envelopeType")?, &mut bytes).ok()?;
    bytes.push(b'}');
    let covers = subject
        .cer
        .members()
        .iter()
        .filter_map(|member| member.name.as_str().map(str::to_owned))
        .collect();
    Some(Candidate {
        form: Form::Full,
        bytes,
        covers,
    })
}

fn whole_record(cer: &Node<'_>, legacy: bool) -> Option<Vec<u8>> {
    if !legacy {
        return canonical::bytes(cer).ok();
    }
    let mut members: Vec<_> = cer
        .members()
        .iter()
        .filter_map(|member| Some((member.name.as_str()?, &member.value)))
        .collect();
    members.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
    let mut bytes = vec![b'{'];
    for (name, value) in members {
        let value = if name == "meta" {
            stripped(value)?
        } else {
            canonical::bytes(value).ok()?
        };
        if value == b"{}" && name == "meta" {
            continue;
        }
        if bytes.len() > 1 {
            bytes.push(b',');
        }
        canonical::write_string(name, &mut bytes);
        bytes.push(b':');
        bytes.extend(value);
    }
    bytes.push(b'}');
    Some(bytes)
}

fn stripped(meta: &Node<'_>) -> Option<Vec<u8>> {
    let kept: Vec<_> = meta
        .members()
        .iter()
        .filter_map(|member| Some((member.name.as_str()?, &member.value)))
        .filter(|(name, _)| !LEGACY_MEMBERS.contains(name))
        .collect();
    object_bytes(&kept).ok()
}

/// E0: the envelope object itself.
pub(super) fn summary(metadata: &Node<'_>) -> Vec<Candidate> {
    let candidate = canonical::bytes(metadata).ok().map(|bytes| Candidate {
        form: Form::Summary,
        bytes,
        covers: Vec::new(),
    });
    candidate.into_iter().collect()
}
