//! Receipts: the checks `nodeSignature` and `receiptConsistency` (`specs/nexart.md` 5).

use super::doubt::is_fatal;
use super::hash::{normalise, object_bytes};
use super::keyset::base64;
use super::layer::{Layer, push_new};
use super::protocol;
use super::subject::{Attestation, Subject};
use super::trust::{Answer, KeyUse, Trust, Wanted};
use crate::canonical;
use crate::container::is_limit;
use crate::json::{self, Bounds, Node};
use crate::reason::ReasonCode;

/// What the receipts of one record came to.
#[derive(Debug, Clone, Default)]
pub(super) struct Receipts {
    /// `nodeSignature`.
    pub(super) signature: Layer,
    /// `receiptConsistency`.
    pub(super) consistency: Layer,
    /// Notes in order of discovery.
    pub(super) notes: Vec<ReasonCode>,
    /// Keys that mattered.
    pub(super) keys: Vec<(KeyUse, Option<String>)>,
    /// The first receipt's facts, which the envelope must agree with.
    pub(super) facts: Option<Facts>,
    /// The first receipt's exact signed bytes.
    pub(super) bytes: Vec<u8>,
}

/// What a receipt says, as text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Facts {
    pub(super) kid: Option<String>,
    pub(super) node_id: Option<String>,
    pub(super) attestation_id: Option<String>,
    pub(super) attested_at: Option<String>,
    pub(super) node_runtime_hash: Option<String>,
    pub(super) protocol_version: Option<String>,
    hash: Option<String>,
}

/// One receipt as it stands in the evidence: signed bytes, its facts, and the signature beside it.
#[derive(Debug, Clone)]
struct Receipt {
    form: &'static str,
    bytes: Vec<u8>,
    facts: Facts,
    signature: Option<String>,
    outer_kid: Option<String>,
    /// Signed, but in a form that does not say what it signs.
    unsupported: bool,
    /// Text over this limit: nothing is known of what it says.
    not_read: Option<ReasonCode>,
}

/// Whether a receipt is text that holds no JSON object, or one with members twice. Text over a limit is neither.
pub(super) fn corrupted(receipt: &Node<'_>, bounds: &Bounds) -> bool {
    match receipt.as_str() {
        Some(text) => parse_copy(text, bounds).is_err_and(|code| !is_limit(code)),
        None => !receipt.is_object(),
    }
}

/// Reads the facts of a receipt that is stored as text.
fn parse_copy(text: &str, bounds: &Bounds) -> Result<Facts, ReasonCode> {
    let parsed = json::parse(text.as_bytes(), bounds).map_err(|fault| fault.code)?;
    let ambiguous = parsed.flaws.iter().any(|flaw| is_fatal(flaw.code));
    if ambiguous || !parsed.root.is_object() {
        return Err(ReasonCode::BundleCorrupted);
    }
    Ok(Facts::of(&parsed.root))
}

/// The checks over every receipt of a record: the one with it, and copies from elsewhere.
pub(super) fn receipts(subject: &Subject<'_, '_>, trust: &Trust) -> Receipts {
    let mut found: Vec<Receipt> = embedded(subject).into_iter().collect();
    for copy in &subject.receipts {
        merge(subject, copy, &mut found);
    }
    let mut outcome = Receipts::default();
    if let [first, rest @ ..] = found.as_slice() {
        if rest
            .iter()
            .any(|other| other.bytes != first.bytes || signature_bytes(other) != signature_bytes(first))
        {
            outcome.notes.push(ReasonCode::ReceiptCopiesDiffer);
        }
        outcome.facts = Some(first.facts.clone());
        outcome.bytes.clone_from(&first.bytes);
    }
    for (position, receipt) in found.iter().enumerate() {
        let (signature, consistency) = judge(subject, receipt, trust, &mut outcome);
        if position == 0 {
            outcome.signature = signature;
            outcome.consistency = consistency;
        } else {
            outcome.signature.join(signature);
            outcome.consistency.join(consistency);
        }
    }
    if let Some(code) = subject.receipt_not_read {
        outcome.signature.cannot_read(code);
    }
    outcome
}

/// Adds a copy from elsewhere, unless it says exactly what a receipt at hand says: the same bytes with the same
/// signature, or with one of the two unsigned.
fn merge(subject: &Subject<'_, '_>, copy: &Node<'_>, found: &mut Vec<Receipt>) {
    let Some(mut receipt) = from_file(copy, &subject.bounds) else {
        return;
    };
    if receipt.signature.is_none() {
        receipt.signature = elsewhere(subject);
    }
    let same = |other: &&mut Receipt| {
        other.bytes == receipt.bytes
            && kids_differ(other) == kids_differ(&receipt)
            && (other.signature.is_none()
                || receipt.signature.is_none()
                || signature_bytes(other) == signature_bytes(&receipt))
    };
    match found.iter_mut().find(same) {
        Some(other) => other.signature = other.signature.take().or(receipt.signature),
        None => found.push(receipt),
    }
}

fn signature_bytes(receipt: &Receipt) -> Option<Vec<u8>> {
    receipt.signature.as_deref().and_then(base64)
}

/// The receipt that travels with the record.
fn embedded(subject: &Subject<'_, '_>) -> Option<Receipt> {
    if let Some(receipt) = subject.project_receipt() {
        return Some(project_form(receipt));
    }
    let Attestation { block, receipt } = subject.attestation()?;
    read(receipt?, block, &subject.bounds)
}

/// A receipt file (kind 12), or a bare receipt (kind 13) whose signature stands elsewhere.
fn from_file(file: &Node<'_>, bounds: &Bounds) -> Option<Receipt> {
    match file.get("receipt") {
        Some(receipt) => read(receipt, file, bounds),
        None => read(file, file, bounds).map(|mut receipt| {
            receipt.outer_kid = None;
            receipt.signature = None;
            receipt
        }),
    }
}

/// A signature that stands with the record although the receipt does not.
fn elsewhere(subject: &Subject<'_, '_>) -> Option<String> {
    let block = subject
        .cer
        .pointer("/meta/attestation")
        .filter(|block| block.get("receipt").is_none());
    let package = subject.package.filter(|package| package.get("receipt").is_none());
    [package, block].into_iter().flatten().find_map(sibling_signature)
}

fn sibling_signature(block: &Node<'_>) -> Option<String> {
    ["signatureB64Url", "receiptSignature", "signature"]
        .into_iter()
        .find_map(|name| block.get(name).filter(|value| !value.is_null()))
        .map(|value| value.as_str().unwrap_or_default().to_owned())
}

/// Forms A to D (5.1).
fn read(receipt: &Node<'_>, block: &Node<'_>, bounds: &Bounds) -> Option<Receipt> {
    let outer = ["attestorKeyId", "kid"]
        .into_iter()
        .find_map(|name| block.get(name).and_then(Node::as_str));
    let mut read = Receipt {
        form: "A",
        bytes: Vec::new(),
        facts: Facts::default(),
        signature: sibling_signature(block),
        outer_kid: outer.map(str::to_owned),
        unsupported: false,
        not_read: None,
    };
    if let Some(text) = receipt.as_str() {
        read.form = "C";
        read.bytes = text.as_bytes().to_vec();
        match parse_copy(text, bounds) {
            Ok(facts) => read.facts = facts,
            Err(code) if is_limit(code) => read.not_read = Some(code),
            Err(_) => return None,
        }
        return Some(read);
    }
    if let Some(payload) = receipt.get("payload").filter(|payload| payload.is_object()) {
        read.form = "D";
        read.bytes = canonical::bytes(payload).ok()?;
        read.facts = Facts::of(payload);
        let wrapper = receipt.get("kid").and_then(Node::as_str).map(str::to_owned);
        if read.facts.kid.is_some() && wrapper.is_some() && read.facts.kid != wrapper {
            read.outer_kid.clone_from(&wrapper);
        }
        read.facts.kid = read.facts.kid.take().or(wrapper);
        read.signature = sibling_signature(receipt).or(read.signature);
        return Some(read);
    }
    read.form = if receipt.get("receiptVersion").is_some() {
        "A"
    } else {
        "B"
    };
    read.bytes = canonical::bytes(receipt).ok()?;
    read.facts = Facts::of(receipt);
    Some(read)
}

/// A project's receipt: the object without its own `signature` is signed (4.4).
fn project_form(receipt: &Node<'_>) -> Receipt {
    let members: Vec<_> = receipt
        .members()
        .iter()
        .filter_map(|member| Some((member.name.as_str()?, &member.value)))
        .filter(|(name, _)| *name != "signature")
        .collect();
    let signature = receipt
        .get("signature")
        .map(|value| value.as_str().unwrap_or_default().to_owned());
    let hash = receipt.get("projectHash").and_then(Node::as_str).map(str::to_owned);
    Receipt {
        form: "project",
        bytes: object_bytes(&members).unwrap_or_default(),
        facts: Facts {
            hash,
            ..Facts::of(receipt)
        },
        unsupported: signature.is_none() && receipt.get("sig").is_some(),
        signature,
        outer_kid: None,
        not_read: None,
    }
}

impl Facts {
    fn of(receipt: &Node<'_>) -> Facts {
        let text = |name: &str| receipt.get(name).and_then(Node::as_str).map(str::to_owned);
        Facts {
            kid: text("attestorKeyId").or_else(|| text("kid")),
            node_id: text("nodeId"),
            attestation_id: text("attestationId"),
            attested_at: text("attestedAt")
                .or_else(|| text("timestamp"))
                .or_else(|| text("registeredAt")),
            node_runtime_hash: text("nodeRuntimeHash"),
            protocol_version: text("protocolVersion"),
            hash: text("certificateHash"),
        }
    }
}

/// Both checks over one receipt (5.2).
fn judge(subject: &Subject<'_, '_>, receipt: &Receipt, trust: &Trust, outcome: &mut Receipts) -> (Layer, Layer) {
    if let Some(code) = receipt.not_read {
        let mut layer = Layer::pass();
        layer.cannot_read(code);
        return (layer.clone(), layer);
    }
    let mut consistency = consistency(subject, receipt);
    if receipt.unsupported {
        consistency = Layer::default();
    }
    let mut signature = Layer::pass();
    signature.detail("form", receipt.form);
    describe(&mut signature, receipt);
    if receipt.unsupported {
        signature.add(ReasonCode::ReceiptFormatUnsupported);
        return (signature, consistency);
    }
    if kids_differ(receipt) {
        signature.add(ReasonCode::KidMismatch);
        return (signature, consistency);
    }
    let Some(text) = receipt.signature.as_deref() else {
        // The signature may stand in a file of its own.
        match subject.elsewhere_not_read {
            Some(code) => {
                signature.cannot_read(code);
                signature.cannot_read(ReasonCode::NodeSignatureMissing);
            }
            None => signature.add(ReasonCode::NodeSignatureMissing),
        }
        return (signature, consistency);
    };
    let wanted = Wanted {
        kid: receipt.facts.kid.as_deref().or(receipt.outer_kid.as_deref()),
        node_id: receipt.facts.node_id.as_deref(),
        signed_at: receipt.facts.attested_at.as_deref(),
        folder: subject.folder,
    };
    let answer = trust.verify(wanted, &receipt.bytes, text);
    take_answer(&mut signature, answer, &mut outcome.notes, &mut outcome.keys);
    (signature, consistency)
}

/// Carries what the signature's answer says into a layer.
pub(super) fn take_answer(
    layer: &mut Layer,
    answer: Answer,
    notes: &mut Vec<ReasonCode>,
    keys: &mut Vec<(KeyUse, Option<String>)>,
) {
    for note in answer.notes {
        push_new(notes, note);
    }
    layer.key_source = answer.source;
    if let Some(key) = &answer.used.public_key {
        layer.detail("publicKey", key.clone());
    }
    layer.detail("keySource", answer.source.as_str());
    if let (Err(code), Some(not_read)) = (answer.result, answer.not_read) {
        layer.cannot_read(not_read);
        layer.detail("cause", code.as_str());
    } else if let Err(code) = answer.result {
        layer.add(code);
        layer.accuses_nobody = answer.accuses_nobody;
        layer.key_conflict = answer.conflict && code == ReasonCode::NodeSignatureInvalid;
    }
    if answer.explanation == Some(ReasonCode::SigNotStrict) {
        layer.detail("laxerRule", ReasonCode::SigNotStrict.as_str());
    }
    let signed_at = layer.named("signedAt").map(str::to_owned);
    push_new(keys, (answer.used, signed_at));
}

fn kids_differ(receipt: &Receipt) -> bool {
    matches!((&receipt.facts.kid, &receipt.outer_kid), (Some(inside), Some(outside)) if inside != outside)
}

fn describe(layer: &mut Layer, receipt: &Receipt) {
    let facts = &receipt.facts;
    for (label, value) in [
        ("keyId", facts.kid.as_ref().map_or(&receipt.outer_kid, |_| &facts.kid)),
        ("nodeId", &facts.node_id),
        ("signedAt", &facts.attested_at),
        ("signature", &receipt.signature),
    ] {
        if let Some(value) = value {
            layer.detail(label, value.clone());
        }
    }
}

/// The receipt names this record, and repeats its protocol version (5.2, 3.3).
fn consistency(subject: &Subject<'_, '_>, receipt: &Receipt) -> Layer {
    let stated = subject.stated_hash().and_then(normalise);
    let named = receipt.facts.hash.as_deref().and_then(normalise);
    let mut layer = Layer::pass();
    layer.expected = stated.map(|digest| digest.prefixed());
    layer.found = named.map(|digest| digest.prefixed());
    if named.is_none() || named != stated {
        layer.add(ReasonCode::ReceiptHashMismatch);
    }
    if let Some(effective) = protocol::in_force(subject) {
        let block = subject.at("/meta/attestation/protocolVersion");
        let stated = [receipt.facts.protocol_version.as_deref(), block];
        if stated.into_iter().flatten().any(|version| version != effective) {
            layer.add(ReasonCode::ProtocolVersionMismatch);
        }
    }
    layer
}
