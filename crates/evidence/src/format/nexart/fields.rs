//! A record's fields as tables and the seed exports show them (`specs/nexart.md` 10.1), under this program's names.

use std::collections::BTreeMap;

use serde_json::Value;

use super::hash::normalise;
use super::judgement::Judgement;
use super::layer::KeySource;
use super::record_type::RecordType;
use super::subject::Subject;
use crate::json::Node;
use crate::reason::ReasonCode;
use crate::report::Word;

/// The fields that the record has; what it does not have is left out.
pub(super) fn fields(subject: &Subject<'_, '_>, judgement: &Judgement, project: Option<&str>) -> BTreeMap<Word, Value> {
    let mut fields = Fields::default();
    fields.of_record(subject, project);
    fields.of_times(subject, judgement);
    fields.of_attestation(subject, judgement);
    fields.of_result(judgement);
    fields.0
}

#[derive(Default)]
struct Fields(BTreeMap<Word, Value>);

impl Fields {
    fn set(&mut self, name: &'static str, value: Option<&str>) {
        if let Some(value) = value {
            self.0.insert(name.into(), Value::from(value));
        }
    }

    fn of_record(&mut self, subject: &Subject<'_, '_>, project: Option<&str>) {
        let stated = subject.stated_hash();
        let normal = stated.and_then(normalise).map(|digest| digest.prefixed());
        self.set("executionId", subject.execution_id());
        self.set("certificateHash", normal.as_deref().or(stated));
        self.set("bundleType", subject.text("bundleType"));
        self.set("surface", subject.at("/snapshot/executionSurface").or(surface(subject)));
        self.set("project", project);
        self.set("app", subject.at("/snapshot/appId").or(subject.text("appName")));
        self.set("sdkVersion", subject.at("/snapshot/sdkVersion"));
        self.set("originalCertificateHash", original_claim(subject));
    }

    /// Times and the protocol version: a governed record has them elsewhere.
    fn of_times(&mut self, subject: &Subject<'_, '_>, judgement: &Judgement) {
        let facts = judgement.receipts.facts.as_ref();
        let attested_at = facts.and_then(|facts| facts.attested_at.as_deref());
        let created = subject.text("createdAt").or(subject.text("startedAt"));
        let (protocol, executed, created_at) = if subject.record_type().is_some_and(RecordType::is_governed) {
            let protocol = facts.and_then(|facts| facts.protocol_version.as_deref());
            (protocol, subject.at("/step/timestampUtc"), attested_at)
        } else {
            let protocol = subject.at("/snapshot/protocolVersion");
            (protocol, subject.at("/snapshot/timestamp"), created)
        };
        self.set("protocolVersion", protocol.or(subject.text("protocolVersion")));
        self.set("executionTimestamp", executed.or(created));
        self.set("createdAt", created_at);
        self.set("attestedAt", attested_at);
    }

    fn of_attestation(&mut self, subject: &Subject<'_, '_>, judgement: &Judgement) {
        let facts = judgement.receipts.facts.as_ref();
        // Copies and hints stand in the block with the receipt, in a package's summary, or in the receipt's own file.
        let block = subject.attestation().map(|attestation| attestation.block);
        let summary = subject.package.and_then(|package| package.get("attestation"));
        let places = [block, summary, subject.receipts.first().copied()];
        let hint = |name: &str| places.into_iter().flatten().find_map(|block| block.get(name));
        let mode = subject.mode().or(hint("mode").and_then(Node::as_str));
        let auto = hint("autoStamped").and_then(Node::as_bool) == Some(true);
        self.set("recordType", Some(record_type_label(subject, judgement)));
        self.set("stampStatus", Some(stamp_status(subject, judgement)));
        self.set("stampMode", mode.or(facts.map(|_| "full")));
        self.set("attestorKeyId", judgement.receipts.signature.named("keyId"));
        self.set("nodeId", facts.and_then(|facts| facts.node_id.as_deref()));
        self.set("nodeUrl", hint("nodeUrl").and_then(Node::as_str));
        self.set("autoStampStatus", auto.then_some("auto_stamped"));
        self.set("keySource", Some(key_source(judgement).as_str()));
    }

    fn of_result(&mut self, judgement: &Judgement) {
        let [integrity, signature, consistency, envelope] = judgement.layers();
        self.set("status", Some(judgement.grade.status()));
        self.set("bundleIntegrity", Some(integrity.state.as_str()));
        self.set("nodeSignature", Some(signature.state.as_str()));
        self.set("receiptConsistency", Some(consistency.state.as_str()));
        self.set("verificationEnvelope", Some(envelope.state.as_str()));
    }
}

/// The hash that a record claims for its original (7.1, 7.2).
pub(super) fn original_hash<'n>(subject: &Subject<'n, '_>) -> Option<&'n str> {
    [
        "/provenance/originalCertificateHash",
        "/meta/provenance/originalCertificateHash",
        "/meta/attestation/originalCertificateHash",
        "/meta/attestation/receipt/certificateHash",
    ]
    .into_iter()
    .find_map(|pointer| subject.at(pointer))
}

/// A reseal names the hash of the original outside its own hash: a claim (7.1).
fn original_claim<'n>(subject: &Subject<'n, '_>) -> Option<&'n str> {
    let provenance = subject.cer.get("provenance").is_some() || subject.cer.pointer("/meta/provenance").is_some();
    (provenance || subject.is_reseal())
        .then(|| original_hash(subject))
        .flatten()
}

fn key_source(judgement: &Judgement) -> KeySource {
    match judgement.receipts.signature.key_source {
        KeySource::None => judgement.envelope.layer.key_source,
        source @ (KeySource::Pinned | KeySource::Pack) => source,
    }
}

fn surface(subject: &Subject<'_, '_>) -> Option<&'static str> {
    match subject.record_type()? {
        RecordType::Ai => Some("ai"),
        RecordType::Code => Some("code"),
        RecordType::GovernedStep | RecordType::GovernedRun => Some("governed"),
        RecordType::Project | RecordType::HashOnly => None,
    }
}

fn record_type_label<'n>(subject: &Subject<'n, '_>, judgement: &Judgement) -> &'n str {
    if subject.is_reseal() {
        "signed-redacted-reseal"
    } else if judgement.notes.contains(&ReasonCode::HashOnly) {
        "hash-only-timestamp"
    } else if judgement.receipts.facts.is_some() {
        "signed-receipt"
    } else if judgement.notes.contains(&ReasonCode::LegacyStamp) {
        "legacy"
    } else {
        subject.text("bundleType").unwrap_or_default()
    }
}

fn stamp_status(subject: &Subject<'_, '_>, judgement: &Judgement) -> &'static str {
    if judgement.receipts.facts.is_none() {
        return if judgement.notes.contains(&ReasonCode::LegacyStamp) {
            "legacy_not_verifiable"
        } else {
            "not_attested"
        };
    }
    if subject.is_reseal() {
        "signed_redacted_reseal"
    } else if judgement.notes.contains(&ReasonCode::HashOnly) {
        "hash_only_timestamp"
    } else {
        "signed_full"
    }
}
