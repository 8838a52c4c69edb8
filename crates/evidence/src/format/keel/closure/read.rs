//! What one chain entry says that matters to closures (`specs/keel.md` 6.1 to 6.3).

use super::super::chain::HashText;
use super::super::moment::moment;
use super::digests::{self, Digests};
use super::keys::BindingKeys;
use super::signed::{Fault, Version};
use crate::check::Outcome;
use crate::json::Node;
use crate::reason::ReasonCode;

/// What an entry says that matters to closures.
#[derive(Debug)]
pub(in super::super) struct Carried {
    /// The permit that its payload names.
    pub(super) payload_permit: Option<Box<str>>,
    /// The permit that the entry itself names, for entries outside a record.
    pub(super) entry_permit: Option<Box<str>>,
    pub(super) what: What,
}

/// Which role an entry plays.
#[derive(Debug)]
pub(super) enum What {
    /// An event that carries digests of responses.
    Event(Event),
    /// A closure.
    Closure(Box<Closure>),
    /// A closure of another kind, which says that an authority ended; recognised and not evaluated.
    AuthorityEnded,
}

/// An event's digests, by whether the event can carry them.
#[derive(Debug)]
pub(super) struct Event {
    /// `provider.response.received` or `execution.completed`.
    pub(super) provider: Option<Option<HashText>>,
    /// `client.response.delivered` or `execution.completed`.
    pub(super) client: Option<Option<HashText>>,
}

/// A closure, its hash and signature checked.
#[derive(Debug)]
pub(super) struct Closure {
    /// None when the version is not known.
    pub(super) version: Option<Version>,
    pub(super) signature: Outcome,
    /// Why the signature is not good.
    pub(super) fault: Option<String>,
    pub(super) notes: Vec<(ReasonCode, String)>,
    pub(super) digests: Digests,
}

impl Carried {
    /// For an entry that is a closure: whether its hash and signature are good.
    pub(in super::super) fn signature(&self) -> Option<Outcome> {
        match &self.what {
            What::Closure(closure) => Some(closure.signature),
            What::Event(_) | What::AuthorityEnded => None,
        }
    }

    /// Remarks on a closure.
    pub(in super::super) fn notes(&self) -> impl Iterator<Item = ReasonCode> {
        let notes = match &self.what {
            What::Closure(closure) => closure.notes.as_slice(),
            What::Event(_) | What::AuthorityEnded => &[],
        };
        notes.iter().map(|(code, _)| *code)
    }
}

/// Reads one chain entry; none when it says nothing about closures. Pure: batches are read on all cores.
pub(in super::super) fn read(entry: &Node<'_>, keys: &BindingKeys) -> Option<Carried> {
    let payload = entry.get("payload_json");
    let value = |field| digest(payload?, field);
    let provider = || Some(value("provider_response_digest_v1"));
    let client = || Some(value("client_response_digest_v1"));
    let what = match entry.get("event_type")?.as_str()? {
        "provider.response.received" => What::Event(Event {
            provider: provider(),
            client: None,
        }),
        "client.response.delivered" => What::Event(Event {
            provider: None,
            client: client(),
        }),
        "execution.completed" => What::Event(Event {
            provider: provider(),
            client: client(),
        }),
        "permit.closed" => closed(payload, keys),
        _ => return None,
    };
    let payload_permit = payload.and_then(|payload| named(payload, "permit_id"));
    let permit_resource = entry.get("resource_type").and_then(Node::as_str) == Some("permit");
    let entry_permit = named(entry, "permit_id")
        .or_else(|| payload_permit.clone())
        .or_else(|| named(entry, "resource_id").filter(|_| permit_resource));
    Some(Carried {
        payload_permit,
        entry_permit,
        what,
    })
}

fn named(node: &Node<'_>, field: &str) -> Option<Box<str>> {
    let name = node.get(field)?.as_str()?;
    (!name.is_empty()).then(|| name.into())
}

/// A digest counts when it is a text that is not blank.
pub(super) fn digest(node: &Node<'_>, field: &str) -> Option<HashText> {
    let text = node.get(field)?.as_str()?.trim();
    (!text.is_empty()).then(|| HashText::of(text))
}

fn closed(payload: Option<&Node<'_>>, keys: &BindingKeys) -> What {
    let Some(payload) = payload.filter(|payload| payload.is_object()) else {
        return What::Closure(Box::new(unknown("it has no payload_json")));
    };
    if payload.get("closure_status").and_then(Node::as_str) == Some("authority_ended") {
        return What::AuthorityEnded;
    }
    let Some(version) = Version::of(payload) else {
        let nested = payload.get("closure_record").is_some_and(Node::is_object);
        let fault = if nested {
            "its content is nested in closure_record"
        } else {
            "its binding_version is not known"
        };
        return What::Closure(Box::new(unknown(fault)));
    };
    let mut notes = Vec::new();
    let (signature, fault) = match signature(version, payload, keys) {
        Ok(note) => {
            notes.extend(note.map(|code| (code, "several binding keys were active".to_owned())));
            (Outcome::Pass, None)
        }
        Err(fault) => {
            let undecided = keys.is_empty().then_some(ReasonCode::KeyNotFound).or(fault.undecided);
            let failed = Outcome::Fail(ReasonCode::WalkClosureSignatureInvalid);
            (undecided.map_or(failed, Outcome::Undetermined), Some(fault.detail))
        }
    };
    let digests = Digests::read(version, payload);
    notes.extend(digests::status_note(&digests.status));
    notes.extend(
        version
            .unsigned(payload)
            .map(|name| (ReasonCode::ClosureUnsignedField, name.to_owned())),
    );
    What::Closure(Box::new(Closure {
        version: Some(version),
        signature,
        fault,
        notes,
        digests,
    }))
}

fn unknown(fault: &str) -> Closure {
    Closure {
        version: None,
        signature: Outcome::Undetermined(ReasonCode::WalkUnknownClosureFormat),
        fault: Some(fault.to_owned()),
        notes: Vec::new(),
        digests: Digests::default(),
    }
}

/// Checks hash, key and signature of a closure; gives a remark about the key, or says what is wrong.
fn signature(version: Version, payload: &Node<'_>, keys: &BindingKeys) -> Result<Option<ReasonCode>, Fault> {
    let text = |field| {
        let text = payload.get(field).and_then(Node::as_str).map(str::trim);
        text.filter(|text| !text.is_empty())
    };
    payload
        .get("permit_id")
        .and_then(Node::as_str)
        .filter(|id| !id.is_empty())
        .ok_or("it names no permit")?;
    let hash = version.hash(payload)?.to_hex();
    let stated = text("closure_canonical_hash").or_else(|| text("binding_canonical_hash"));
    let stated = stated.ok_or("its canonical hash is missing")?;
    if stated != hash {
        return Err(format!("its fields hash to {hash}, not to the stated value").into());
    }
    let sealed = text("closure_signature_b64").or_else(|| text("binding_signature"));
    let sealed = sealed.ok_or("its signature is missing")?;
    let sealed = sealed.strip_prefix("ed25519:").unwrap_or(sealed);
    let sealed = data_encoding::BASE64.decode(sealed.as_bytes());
    let sealed = sealed.map_err(|_| "its signature is no base64")?;
    let id = payload
        .get("binding_key_id")
        .and_then(Node::as_str)
        .filter(|id| !id.is_empty());
    let signed = payload.get("closure_signed_at").and_then(Node::as_str).and_then(moment);
    let chosen = keys.choose(id, signed)?;
    let verified = chosen.key.verify(hash.as_bytes(), &sealed);
    verified.map_err(|code| format!("its signature does not fit: {code}"))?;
    Ok(chosen.note)
}
