//! A NexArt record taken apart: what its hash covers, what its receipt and envelope sign.

use std::collections::BTreeSet;
use std::ops::Range;

use super::envelope_forms::{ATTESTATION, Form};
use super::integrity::bundle_integrity;
use super::judge::judge;
use super::judgement::Judgement;
use super::layer::State;
use super::place::{document, folder_of};
use super::record_type::RecordType;
use super::scope::{AI, CORE, PROJECT, governed_names};
use super::subject::Subject;
use super::trust::Trust;
use crate::check::CheckId;
use crate::exhibit::{Cover, Exhibit, ExhibitField, RecordPlace, Seal};
use crate::json::{self, Node};
use crate::pack::{Pack, Refusal};
use crate::reason::ReasonCode;
use crate::report::{Attached, Source};

/// Fields shown at most; a record of more is cut, and the raw text shows the rest.
const FIELDS: usize = 2_000;

/// Takes a record apart.
pub(crate) fn exhibit(pack: &Pack, place: &RecordPlace) -> Result<Exhibit, Refusal> {
    let text = read(pack, &place.source)?;
    let bounds = pack.within().json();
    let Ok(parsed) = json::parse(&text, &bounds) else {
        let record = 0..text.len();
        return Ok(Exhibit {
            text,
            record,
            ..Exhibit::default()
        });
    };
    let Some(subject) = Subject::at_pointer(&parsed.root, &place.source.pointer) else {
        let record = parsed.root.span.range();
        return Ok(Exhibit {
            text: text.clone(),
            record,
            ..Exhibit::default()
        });
    };
    let receipts = receipts(pack, &place.attached);
    let copies: Vec<_> = receipts
        .iter()
        .filter_map(|text| json::parse(text, &bounds).ok())
        .collect();
    let subject = Subject {
        receipts: copies.iter().map(|copy| &copy.root).collect(),
        bounds,
        folder: folder_of(&place.source.path),
        ..subject
    };
    // Trust does not matter here: only which bytes were hashed and signed.
    let judgement = judge(&subject, &Trust::of_keys(&place.keys));
    let covered = covered(&subject, &judgement);
    let mut fields = Vec::new();
    collect(subject.cer, "", None, &covered, &mut fields);
    if let Some(package) = subject.package {
        around(package, subject.cer, &mut fields);
    }
    bare_seals(&mut fields);
    if let Some(envelope) = subject
        .envelope()
        .filter(|_| judgement.envelope.form != Some(Form::Summary))
    {
        bare_envelope(envelope.metadata, &mut fields);
    }
    Ok(Exhibit {
        record: subject.cer.span.range(),
        fields,
        seals: seals(&judgement),
        text: text.clone(),
    })
}

fn read(pack: &Pack, source: &Source) -> Result<Vec<u8>, Refusal> {
    let gone = || Refusal::new(ReasonCode::IoNotFound, source.path.clone(), "");
    let index = pack
        .artifacts
        .iter()
        .position(|artifact| artifact.path == source.path)
        .ok_or_else(gone)?;
    match source.span {
        Some(span) if span.1 > 0 => document(pack, index, span).ok_or_else(gone),
        _ => Ok(json::without_bom(&pack.read(index)?.bytes).to_vec()),
    }
}

fn receipts(pack: &Pack, attached: &[Attached]) -> Vec<Vec<u8>> {
    let receipts = attached.iter().filter(|attached| attached.role == "receipt");
    receipts
        .filter_map(|attached| {
            let text = read(pack, &attached.source).ok()?;
            let root = json::parse(&text, &pack.within().json()).ok()?.root;
            let span: Range<usize> = root.pointer(&attached.source.pointer)?.span.range();
            text.get(span).map(<[u8]>::to_vec)
        })
        .collect()
}

/// Names of the record's members that its hash covers; `context.signals` where only those are.
fn covered(subject: &Subject<'_, '_>, judgement: &Judgement) -> Vec<String> {
    let integrity = bundle_integrity(subject);
    if let Some(names) = &integrity.coverage {
        let reduced = judgement.notes.contains(&ReasonCode::ContextNotProtected);
        let narrow = |name: &String| {
            if reduced && name == "context" {
                "context.signals".to_owned()
            } else {
                name.clone()
            }
        };
        return names.iter().map(narrow).collect();
    }
    // The hash does not match: what it would have to cover is shown, with the warning beside it.
    let names: Vec<&str> = match subject.record_type() {
        Some(RecordType::Ai) => AI.to_vec(),
        Some(RecordType::Code) => CORE.to_vec(),
        Some(governed @ (RecordType::GovernedStep | RecordType::GovernedRun)) => governed_names(governed).collect(),
        Some(RecordType::Project) => PROJECT.to_vec(),
        Some(RecordType::HashOnly) | None => Vec::new(),
    };
    names.into_iter().map(str::to_owned).collect()
}

/// Members of the record that are the seal itself.
const SEAL_MEMBERS: [&str; 6] = [
    "certificateHash",
    "integrity",
    "receipt",
    "nodeReceipt",
    "verificationEnvelope",
    "verificationEnvelopeSignature",
];

fn collect(
    node: &Node<'_>,
    pointer: &str,
    inherited: Option<Cover>,
    covered: &[String],
    fields: &mut Vec<ExhibitField>,
) {
    if fields.len() >= FIELDS {
        return;
    }
    let top = pointer.is_empty();
    for (name, value) in children(node) {
        let below = format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"));
        let cover = inherited.or_else(|| cover_of(&below, &name, top, covered));
        let branches = matches!(&value.value, json::Value::Object(members) if !members.is_empty())
            || matches!(&value.value, json::Value::Array(items) if !items.is_empty());
        if branches {
            let open = cover.is_none() && (below == "/context" || below == "/meta" || below == "/meta/attestation");
            collect(
                value,
                &below,
                if open {
                    None
                } else {
                    Some(cover.unwrap_or(Cover::Unsealed))
                },
                covered,
                fields,
            );
        } else {
            fields.push(ExhibitField {
                pointer: below,
                value: shown(value),
                cover: cover.unwrap_or(Cover::Unsealed),
                span: value.span.range(),
            });
        }
    }
}

fn children<'n, 'a>(node: &'n Node<'a>) -> Vec<(String, &'n Node<'a>)> {
    let named = node
        .members()
        .iter()
        .map(|member| (member.name.lossy().into_owned(), &member.value));
    let numbered = node
        .items()
        .iter()
        .enumerate()
        .map(|(position, item)| (position.to_string(), item));
    named.chain(numbered).collect()
}

/// Whether the seal covers a member; none where that differs from member to member below it.
fn cover_of(pointer: &str, name: &str, top: bool, covered: &[String]) -> Option<Cover> {
    if top && covered.iter().any(|covered| covered == name) {
        return Some(Cover::Sealed);
    }
    if pointer == "/context/signals" && covered.iter().any(|covered| covered == "context.signals") {
        return Some(Cover::Sealed);
    }
    if (top && SEAL_MEMBERS.contains(&name)) || is_seal_of_block(pointer, name) {
        return Some(Cover::Seal);
    }
    let opens =
        pointer == "/context" || pointer == "/meta" || pointer == "/meta/attestation" || pointer == "/attestation";
    if opens { None } else { Some(Cover::Unsealed) }
}

fn is_seal_of_block(pointer: &str, name: &str) -> bool {
    let in_block = ["/meta/attestation/", "/attestation/", "/meta/"]
        .iter()
        .any(|block| pointer.strip_prefix(block).is_some_and(|rest| rest == name));
    in_block
        && matches!(
            name,
            "receipt"
                | "signature"
                | "signatureB64Url"
                | "receiptSignature"
                | "verificationEnvelope"
                | "verificationEnvelopeSignature"
        )
}

/// The wrapper's own members: receipt, signature and envelope are seal, the rest nobody covers.
fn around(package: &Node<'_>, cer: &Node<'_>, fields: &mut Vec<ExhibitField>) {
    for member in package.members() {
        if member.value.span == cer.span {
            continue;
        }
        let name = member.name.lossy();
        let seal = matches!(
            name.as_ref(),
            "receipt" | "signature" | "receiptSignature" | "verificationEnvelope" | "verificationEnvelopeSignature"
        );
        let cover = if seal { Cover::Seal } else { Cover::Unsealed };
        let pointer = format!("(package)/{name}");
        if member.value.members().is_empty() && member.value.items().is_empty() {
            let value = shown(&member.value);
            fields.push(ExhibitField {
                pointer,
                value,
                cover,
                span: member.value.span.range(),
            });
        } else {
            collect(&member.value, &pointer, Some(cover), &[], fields);
        }
    }
}

/// Of an envelope of version 2 the signature covers named facts of its attestation, and their list rests in what it
/// covers; whatever else stands in the envelope is nobody's statement.
fn bare_envelope(metadata: &Node<'_>, fields: &mut [ExhibitField]) {
    let listed = metadata
        .pointer("/signedFields/attestation")
        .filter(|names| names.is_array());
    let facts: Vec<&str> = match listed {
        Some(names) => names.items().iter().filter_map(Node::as_str).collect(),
        None => ATTESTATION.to_vec(),
    };
    for field in fields.iter_mut().filter(|field| field.cover == Cover::Seal) {
        let Some((_, name)) = field.pointer.split_once("/verificationEnvelope/") else {
            continue;
        };
        let fact = name
            .strip_prefix("attestation/")
            .is_some_and(|fact| facts.contains(&fact));
        let lists = ["signedFields/attestation/", "signedFields/bundle/"];
        if !fact && name != "envelopeType" && !lists.iter().any(|list| name.starts_with(list)) {
            field.cover = Cover::Unsealed;
        }
    }
}

/// Of a receipt that holds a payload and a signature the payload alone is signed; beside a project's hash stands the name
/// of an algorithm, which nobody signs and this program does not go by.
fn bare_seals(fields: &mut [ExhibitField]) {
    let of_payload = |field: &ExhibitField| {
        let block = field.pointer.split_once("/receipt/payload/");
        block.map(|(block, _)| block.to_owned())
    };
    let blocks: BTreeSet<String> = fields.iter().filter_map(of_payload).collect();
    for field in fields.iter_mut().filter(|field| field.cover == Cover::Seal) {
        let beside_payload = field.pointer.split_once("/receipt/").is_some_and(|(block, name)| {
            blocks.contains(block) && name != "signature" && !name.starts_with("payload/")
        });
        let integrity = field.pointer.strip_prefix("/integrity/");
        if beside_payload || integrity.is_some_and(|name| name != "projectHash") {
            field.cover = Cover::Unsealed;
        }
    }
}

/// A string's content, or the JSON text of anything else.
fn shown(value: &Node<'_>) -> String {
    match &value.value {
        json::Value::String(text) => text.lossy().into_owned(),
        json::Value::Null => "null".to_owned(),
        json::Value::Bool(value) => value.to_string(),
        json::Value::Number(literal) => (*literal).to_owned(),
        json::Value::Array(_) => "[]".to_owned(),
        json::Value::Object(_) => "{}".to_owned(),
    }
}

/// What was hashed and signed, check by check.
fn seals(judgement: &Judgement) -> Vec<Seal> {
    let mut seals = Vec::new();
    let mut add = |check, form: String, bytes: &[u8]| {
        if !bytes.is_empty() {
            seals.push(Seal {
                check,
                form,
                bytes: bytes.to_vec(),
            });
        }
    };
    let layer = &judgement.integrity.layer;
    let form = format!("certificate hash over {}", layer.named("coverage").unwrap_or_default());
    add(CheckId::BundleIntegrity, form, &judgement.integrity.bytes);
    add(
        CheckId::NodeSignature,
        "signed receipt".to_owned(),
        &judgement.receipts.bytes,
    );
    if judgement.envelope.layer.state != State::Skipped {
        add(
            CheckId::VerificationEnvelope,
            "signed fields of the envelope".to_owned(),
            &judgement.envelope.bytes,
        );
    }
    seals
}
