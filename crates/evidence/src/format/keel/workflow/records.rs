//! Declarations and amendments, held against each other and against the permits that name them (`specs/keel.md` 9).

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::super::closure::BindingKey;
use super::super::encoding;
use super::super::keys::key_id_of_binding;
use super::super::moment::moment;
use super::canonical::{self, object};
use crate::digest::{Digest, Hasher};
use crate::json::Node;
use crate::reason::ReasonCode;

/// Why workflow evidence does not stand: the rule, and what was seen.
pub(super) type Fault = (ReasonCode, String);

/// One amendment, as far as its order and content matter.
struct Amendment {
    at: Timestamp,
    id: String,
    version: u64,
    delta: Vec<u8>,
}

/// One declaration with its amendments in file order.
struct Declaration {
    intent: Vec<u8>,
    version: u64,
    stated: Option<String>,
    amendments: Vec<Amendment>,
}

/// Everything that was declared, by declaration id.
#[derive(Default)]
pub(super) struct Workflows {
    declared: BTreeMap<String, Declaration>,
}

/// What is required of the records.
#[derive(Clone, Copy)]
pub(super) struct Rules<'k> {
    /// Keys that may have signed them.
    pub(super) keys: &'k [BindingKey],
    /// Whether each declaration states its effective hash.
    pub(super) effective_hash: bool,
}

impl Workflows {
    /// Reads and verifies the records; the first fault is the result.
    pub(super) fn read<'n, 'a: 'n>(
        declarations: impl Iterator<Item = &'n Node<'a>>,
        amendments: impl Iterator<Item = &'n Node<'a>>,
        rules: Rules<'_>,
    ) -> Result<Workflows, Fault> {
        let mut workflows = Workflows::default();
        for record in declarations {
            workflows.declaration(record, rules)?;
        }
        for record in amendments {
            workflows.amendment(record, rules)?;
        }
        workflows.order()?;
        workflows.effective()?;
        Ok(workflows)
    }

    fn declaration(&mut self, record: &Node<'_>, rules: Rules<'_>) -> Result<(), Fault> {
        let id = declaration_id(record).ok_or_else(|| schema("a declaration has no id"))?;
        for name in ["workflow_id", "project_id"] {
            text(record, name).ok_or_else(|| schema(format!("declaration {id} has no {name}")))?;
        }
        let status = text(record, "status").unwrap_or_default();
        if !["active", "completed", "expired", "rejected"].contains(&status.trim()) {
            return Err(schema(format!("declaration {id} has the status {status:?}")));
        }
        let version = record.get("version").and_then(Node::as_u64);
        let version = version.ok_or_else(|| schema(format!("declaration {id} has no version")))?;
        let signed_at = text(record, "declaration_signed_at").and_then(moment);
        let signed_at = signed_at.ok_or_else(|| schema(format!("declaration {id} has no declaration_signed_at")))?;
        let intent = canonical::intent(record).ok_or_else(|| schema(format!("declaration {id} has no intent")))?;
        if !["expected_calls", "max_calls"]
            .iter()
            .any(|name| intent.contains_key(*name))
        {
            return Err(schema(format!("declaration {id} expects no calls")));
        }
        let stated = hash(record, "effective_intent_hash");
        if rules.effective_hash && stated.is_none() {
            return Err(schema(format!("declaration {id} has no effective_intent_hash")));
        }
        let signature = Signature {
            hash: "declaration_canonical_hash",
            signature: "declaration_signature_b64",
            at: signed_at,
            hashes: canonical::declaration,
        };
        signature.verify(record, rules.keys).map_err(|why| unsigned(&id, why))?;
        let declaration = Declaration {
            intent: object(&intent),
            version,
            stated,
            amendments: Vec::new(),
        };
        match self.declared.insert(id.clone(), declaration) {
            Some(_) => Err(schema(format!("declaration {id} is there twice"))),
            None => Ok(()),
        }
    }

    fn amendment(&mut self, record: &Node<'_>, rules: Rules<'_>) -> Result<(), Fault> {
        let id = amendment_id(record).ok_or_else(|| schema("an amendment has no id"))?;
        let declaration =
            declaration_id(record).ok_or_else(|| schema(format!("amendment {id} names no declaration")))?;
        text(record, "project_id").ok_or_else(|| schema(format!("amendment {id} has no project_id")))?;
        let version = record.get("applied_against_version").and_then(Node::as_u64);
        let version = version.ok_or_else(|| schema(format!("amendment {id} has no applied_against_version")))?;
        let at = text(record, "created_at").and_then(moment);
        let at = at.ok_or_else(|| schema(format!("amendment {id} has no created_at")))?;
        let delta = canonical::delta(record).ok_or_else(|| schema(format!("amendment {id} changes nothing")))?;
        let signature = Signature {
            hash: "amendment_canonical_hash",
            signature: "amendment_signature_b64",
            at,
            hashes: canonical::amendment,
        };
        signature.verify(record, rules.keys).map_err(|why| unsigned(&id, why))?;
        let Some(declared) = self.declared.get_mut(&declaration) else {
            return Err(order(format!(
                "amendment {id} is about {declaration}, which is not here"
            )));
        };
        declared.amendments.push(Amendment {
            at,
            id,
            version,
            delta: object(&delta),
        });
        Ok(())
    }

    /// Amendments stand in the order of their making, each against the version that the one before left.
    fn order(&self) -> Result<(), Fault> {
        for (id, declared) in &self.declared {
            let mut before: Option<(Timestamp, &str)> = None;
            for (expected, amendment) in (1_u64..).zip(&declared.amendments) {
                let place = (amendment.at, amendment.id.as_str());
                if before.is_some_and(|before| place < before) || amendment.version != expected {
                    return Err(order(format!("amendment {} of {id} is out of order", amendment.id)));
                }
                before = Some(place);
            }
            let count = u64::try_from(declared.amendments.len()).unwrap_or(u64::MAX);
            if count > 0 && declared.version != count.saturating_add(1) {
                return Err(order(format!(
                    "declaration {id} has version {}, with {count} amendments",
                    declared.version
                )));
            }
        }
        Ok(())
    }

    fn effective(&self) -> Result<(), Fault> {
        for (id, declared) in &self.declared {
            let found = declared.effective(None);
            if declared.stated.as_ref().is_some_and(|stated| *stated != found) {
                return Err(effective(format!("declaration {id} comes to {found}")));
            }
        }
        Ok(())
    }

    /// Whether a permit holds the state of its workflow as of its own creation.
    pub(super) fn permit(&self, record: &Node<'_>) -> Result<(), Fault> {
        let of_permit = |name: &str| of_permit(record, name);
        let Some(state) = state(record) else {
            return Ok(());
        };
        let label = ["id", "permit_id"]
            .into_iter()
            .find_map(|name| of_permit(name)?.as_str())
            .unwrap_or("a permit");
        let named = state.get("workflow_declaration_id").and_then(Node::as_str);
        let named = named
            .or_else(|| record.get("workflow_declaration_id")?.as_str())
            .map(str::trim);
        let Some(id) = named.filter(|id| !id.is_empty()) else {
            let inactive = state.get("admission_state").and_then(Node::as_str) == Some("unknown_or_inactive");
            return if inactive {
                Ok(())
            } else {
                Err(effective(format!("{label} names no declaration")))
            };
        };
        let declared = self
            .declared
            .get(id)
            .ok_or_else(|| effective(format!("{label} names {id}, which is not here")))?;
        let made = ["created_at", "timestamp", "permit_created_at"];
        let made = made.into_iter().find_map(|name| moment(of_permit(name)?.as_str()?));
        let made = made.ok_or_else(|| effective(format!("{label} does not say when it was made")))?;
        let found = declared.effective(Some(made));
        if hash(state, "effective_intent_hash").as_deref() != Some(&found) {
            return Err(effective(format!(
                "{label}: the state of {id} at its creation comes to {found}"
            )));
        }
        let earlier = declared
            .amendments
            .iter()
            .filter(|amendment| amendment.at < made)
            .count();
        let version = u64::try_from(earlier).unwrap_or(u64::MAX).saturating_add(1);
        if state.get("declaration_version_at_decision").and_then(Node::as_u64) != Some(version) {
            return Err(effective(format!(
                "{label}: {id} had version {version} at its creation"
            )));
        }
        Ok(())
    }
}

impl Declaration {
    /// The hash over intent and changes, those made before a moment only.
    fn effective(&self, before: Option<Timestamp>) -> String {
        let mut hasher = Hasher::new();
        hasher.update(&self.intent);
        for amendment in self
            .amendments
            .iter()
            .filter(|amendment| before.is_none_or(|before| amendment.at < before))
        {
            hasher.update(&amendment.delta);
        }
        hasher.finish().to_hex()
    }
}

/// Where a record's hash and signature stand, and which hashes it may state.
struct Signature {
    hash: &'static str,
    signature: &'static str,
    at: Timestamp,
    hashes: fn(&Node<'_>, &str) -> Vec<Digest>,
}

impl Signature {
    /// Under a binding key that was active then; where the record names one, under that.
    fn verify(&self, record: &Node<'_>, keys: &[BindingKey]) -> Result<(), String> {
        let stated = hash(record, self.hash).ok_or_else(|| format!("no {}", self.hash))?;
        let signature = text(record, self.signature).ok_or_else(|| format!("no {}", self.signature))?;
        let signature = encoding::signature(signature).map_err(|code| code.to_string())?;
        let named = ["binding_key_id", "key_id"]
            .into_iter()
            .find_map(|name| record.get(name)?.as_str());
        let active = |key: &&BindingKey| {
            key.valid_from.is_none_or(|from| from <= self.at) && key.valid_to.is_none_or(|to| self.at <= to)
        };
        let fits = |key: &&BindingKey| named.is_none_or(|named| named == key_id_of_binding(&key.key));
        let mut candidates = keys.iter().filter(active).filter(fits).peekable();
        if candidates.peek().is_none() {
            return Err("no key of the trust root was active then".to_owned());
        }
        let mut why = String::new();
        for key in candidates {
            if key.revoked {
                why = "the key was revoked".to_owned();
                continue;
            }
            let hashes = (self.hashes)(record, &key_id_of_binding(&key.key));
            if !hashes.iter().any(|hash| hash.to_hex() == stated) {
                why = "its hash is not that of its content".to_owned();
                continue;
            }
            match key.key.verify(stated.as_bytes(), &signature.bytes) {
                Ok(()) => return Ok(()),
                Err(code) => why = format!("its signature does not fit ({code})"),
            }
        }
        Err(why)
    }
}

/// A member of a record, or else of the permit in it.
fn of_permit<'n, 'a>(record: &'n Node<'a>, name: &str) -> Option<&'n Node<'a>> {
    record.get(name).or_else(|| record.get("permit")?.get(name))
}

const STATE: [&str; 2] = ["workflow_state_json", "workflow_state"];

/// The state of its workflow that a permit carries.
fn state<'n, 'a>(record: &'n Node<'a>) -> Option<&'n Node<'a>> {
    let state = STATE.into_iter().find_map(|name| of_permit(record, name));
    state.filter(|state| state.is_object())
}

/// What of a record [`Workflows::permit`] looks at, where it carries a state: the permit in it alone, unless the record
/// itself says anything of the permit.
pub(in super::super) fn with_state<'n, 'a>(record: &'n Node<'a>) -> Option<&'n Node<'a>> {
    const OF_PERMIT: [&str; 6] = [
        "id",
        "permit_id",
        "workflow_declaration_id",
        "created_at",
        "timestamp",
        "permit_created_at",
    ];
    state(record)?;
    let permit = record.get("permit").filter(|permit| state(permit).is_some());
    let says = OF_PERMIT
        .into_iter()
        .chain(STATE)
        .any(|name| record.get(name).is_some());
    Some(permit.filter(|_| !says).unwrap_or(record))
}

/// The id of a declaration, in a declaration or an amendment.
pub(super) fn declaration_id(record: &Node<'_>) -> Option<String> {
    let id = record
        .get("workflow_declaration_id")
        .or_else(|| record.get("id"))?
        .as_str()?
        .trim();
    (!id.is_empty()).then(|| id.to_owned())
}

/// The id of an amendment.
pub(super) fn amendment_id(record: &Node<'_>) -> Option<String> {
    let id = record
        .get("workflow_amendment_id")
        .or_else(|| record.get("id"))?
        .as_str()?
        .trim();
    (!id.is_empty()).then(|| id.to_owned())
}

fn text<'n>(record: &'n Node<'_>, name: &str) -> Option<&'n str> {
    record.get(name)?.as_str().filter(|text| !text.trim().is_empty())
}

/// A hash with or without its prefix.
fn hash(record: &Node<'_>, name: &str) -> Option<String> {
    let hash = text(record, name)?.trim();
    Some(hash.strip_prefix("sha256:").unwrap_or(hash).to_owned())
}

fn schema(detail: impl Into<String>) -> Fault {
    (ReasonCode::WorkflowEvidenceSchemaInvalid, detail.into())
}

fn order(detail: String) -> Fault {
    (ReasonCode::WorkflowAmendmentOrderInvalid, detail)
}

fn effective(detail: String) -> Fault {
    (ReasonCode::WorkflowEffectiveIntentHashMismatch, detail)
}

fn unsigned(id: &str, why: String) -> Fault {
    (ReasonCode::WorkflowSignatureInvalid, format!("{id}: {why}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{Bounds, parse};

    #[track_caller]
    fn check(record: &str, expected: Option<&str>) {
        let parsed = parse(record.as_bytes(), &Bounds::default()).expect("JSON");
        let kept = with_state(&parsed.root).map(|node| &record[node.span.range()]);
        assert_eq!(kept, expected, "{record}");
        let held = |text: &str| {
            let parsed = parse(text.as_bytes(), &Bounds::default()).expect("JSON");
            Workflows::default().permit(&parsed.root)
        };
        // What is kept is judged as the record that it is from; what is not kept is not judged at all.
        assert_eq!(held(kept.unwrap_or("{}")), held(record), "{record}");
    }

    #[test]
    fn a_permit_is_kept_wherever_its_state_stands() {
        for name in ["workflow_state_json", "workflow_state"] {
            let permit = format!(r#"{{"id":"p","{name}":{{"workflow_declaration_id":"w"}}}}"#);
            check(&permit, Some(&permit));
            check(&format!(r#"{{"permit":{permit},"chain_entries":[]}}"#), Some(&permit));
            let record = format!(r#"{{"permit":{permit},"workflow_declaration_id":"v"}}"#);
            check(&record, Some(&record));
            check(&format!(r#"{{"id":"p","{name}":null}}"#), None);
        }
        check(r#"{"permit":{"id":"p"}}"#, None);
    }
}
