//! One row, parsed: what tables show of it, and what the chain and closures need of it.

use std::collections::BTreeMap;
use std::ops::Range;

use serde_json::Value as Shown;

use super::super::chain::{Entry, Shape};
use super::super::closure::{self, BindingKeys, Carried};
use super::super::survey::is_entry;
use super::super::workflow;
use super::{At, Row, Trouble};
use crate::json::{self, Bounds, Member, Node, Value};
use crate::reason::ReasonCode;

/// Fields of a row that tables show.
pub(in super::super) type Fields = BTreeMap<String, Shown>;

/// What rows are read for.
pub(in super::super) struct Reading<'k> {
    /// How entries get their defaults; none where nothing is walked.
    pub(in super::super) shape: Option<Shape>,
    /// Whether every row has to be an entry.
    pub(in super::super) all_entries: bool,
    /// Keys of closures.
    pub(in super::super) binding: Option<&'k BindingKeys>,
    /// Whether rows are shown: what tables show of them is read only then.
    pub(in super::super) shown: bool,
    /// How much one row may hold.
    pub(in super::super) bounds: Bounds,
}

/// The member that sorts lines into sections, and its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Section {
    pub(in super::super) key: &'static str,
    pub(in super::super) value: String,
}

/// A row as it was read.
#[derive(Default)]
pub(in super::super) struct RowRead {
    /// Why it is not used, or refused.
    pub(in super::super) trouble: Option<Trouble>,
    /// Whether it holds an escaped lone surrogate.
    pub(in super::super) lone_surrogate: bool,
    /// Its identity, where it states one.
    pub(in super::super) id: Option<String>,
    pub(in super::super) fields: Fields,
    pub(in super::super) sections: Vec<Section>,
    pub(in super::super) project_id: Option<String>,
    /// Whether a permit in it carries further signatures.
    pub(in super::super) slots: bool,
    /// The row as a chain entry.
    pub(in super::super) entry: Option<Box<EntryRead>>,
    /// Entries inside the row: of a bundle's record. None where it has no list of them.
    pub(in super::super) entries: Option<Vec<EntryRead>>,
    /// Where the permit of a bundle's record stands in its text.
    pub(in super::super) permit: Option<Range<usize>>,
    /// Where a permit that carries a workflow state stands in its text.
    pub(in super::super) workflow: Option<Range<usize>>,
}

/// A chain entry as it was read.
pub(in super::super) struct EntryRead {
    pub(in super::super) entry: Entry,
    pub(in super::super) carried: Option<Carried>,
    pub(in super::super) id: Option<String>,
    /// Where the entry is a part of its row; else they are those of the row.
    pub(in super::super) fields: Fields,
}

impl Reading<'_> {
    /// Reads a row.
    pub(in super::super) fn row(&self, row: &Row) -> RowRead {
        let parsed = match json::parse(&row.text, &self.bounds) {
            Ok(parsed) => parsed,
            Err(fault) => {
                return RowRead {
                    trouble: Some(Trouble::fault(&fault)),
                    ..RowRead::default()
                };
            }
        };
        let has = |code| parsed.flaws.iter().find(|flaw| flaw.code == code);
        let doubled = has(ReasonCode::JsonDuplicateKey);
        // As the issuer's own reader does, the last one counts; the row is refused for it all the same.
        let last = doubled.map(|_| last_wins(&parsed.root));
        let node = last.as_ref().unwrap_or(&parsed.root);
        let mut read = self.node(node, row);
        read.lone_surrogate = has(ReasonCode::JsonLoneSurrogate).is_some();
        if let Some(flaw) = doubled {
            read.trouble = Some(Trouble {
                code: ReasonCode::DuplicateJsonKey,
                detail: format!("byte {}", flaw.offset),
            });
        }
        read
    }

    fn node(&self, node: &Node<'_>, row: &Row) -> RowRead {
        if !node.is_object() {
            return RowRead {
                trouble: Some(Trouble {
                    code: ReasonCode::ExportStructureInvalid,
                    detail: "it is no object".to_owned(),
                }),
                ..RowRead::default()
            };
        }
        let mut read = RowRead {
            id: id(node),
            fields: self.fields(node),
            sections: sections(node),
            project_id: node.get("project_id").and_then(Node::as_str).map(str::to_owned),
            slots: has_slots(node) || node.get("permit").is_some_and(has_slots),
            workflow: workflow::with_state(node).map(|permit| permit.span.range()),
            ..RowRead::default()
        };
        match (self.shape, row.at) {
            (Some(Shape::Bundle), At::Record(_)) => self.bundle_record(node, &mut read),
            (Some(shape), At::Line(_) | At::Record(_) | At::Entry(_)) if self.all_entries || is_entry(node) => {
                let entry = self.entry(node, shape, Fields::new());
                read.id.clone_from(&entry.id);
                read.entry = Some(Box::new(entry));
            }
            (_, _) => {}
        }
        read
    }

    fn entry(&self, node: &Node<'_>, shape: Shape, fields: Fields) -> EntryRead {
        EntryRead {
            entry: Entry::read(node, shape),
            carried: self.binding.and_then(|keys| closure::read(node, keys)),
            id: node.get("event_id").and_then(Node::as_str).map(str::to_owned),
            fields,
        }
    }

    fn fields(&self, node: &Node<'_>) -> Fields {
        if self.shown { fields(node) } else { Fields::new() }
    }

    fn bundle_record(&self, node: &Node<'_>, read: &mut RowRead) {
        if let Some(permit) = node.get("permit").filter(|permit| permit.is_object()) {
            read.id = id(permit);
            read.fields = self.fields(permit);
            read.permit = Some(permit.span.range());
        }
        let list = node.get("chain_entries").filter(|list| list.is_array());
        read.entries = list.map(|list| {
            list.items()
                .iter()
                .map(|item| self.entry(item, Shape::Bundle, self.fields(item)))
                .collect()
        });
    }
}

/// The value with the last of equal names only, at every depth.
fn last_wins<'a>(node: &Node<'a>) -> Node<'a> {
    let value = match &node.value {
        Value::Object(members) => {
            let mut kept: Vec<Member<'a>> = Vec::with_capacity(members.len());
            for member in members {
                let same = kept.iter_mut().find(|earlier| earlier.name == member.name);
                let member = Member {
                    value: last_wins(&member.value),
                    ..member.clone()
                };
                match same {
                    Some(earlier) => *earlier = member,
                    None => kept.push(member),
                }
            }
            Value::Object(kept.into_boxed_slice())
        }
        Value::Array(items) => Value::Array(items.iter().map(last_wins).collect()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => node.value.clone(),
    };
    Node { value, span: node.span }
}

/// A record that is part of a document read whole: its id, and what tables show of it.
pub(in super::super) fn fields_of(node: &Node<'_>) -> (Option<String>, Fields) {
    (id(node), fields(node))
}

/// What a row is called by itself.
fn id(node: &Node<'_>) -> Option<String> {
    let names = ["event_id", "id", "permit_id", "request_id"];
    let stated = names.into_iter().find_map(|name| node.get(name)?.as_str());
    stated.filter(|id| !id.is_empty()).map(clipped)
}

/// Fields kept of one row, and characters of each.
const FIELDS: usize = 64;
const TEXT: usize = 1_024;

/// What else is shown of an entry, from its payload.
const FROM_PAYLOAD: [&str; 8] = [
    "decision",
    "policy_id",
    "policy_version",
    "permit_id",
    "reason",
    "actor_id",
    "actor_type",
    "closure_status",
];

/// The members that are no containers, under their own names; of an entry's payload those that a reader looks for.
fn fields(node: &Node<'_>) -> Fields {
    let members = node.members().iter().take(FIELDS);
    let shown = members.filter_map(|member| Some((member.name.lossy().into_owned(), scalar(&member.value)?)));
    // All at once: a map that is made so is not searched for each of them.
    let mut fields: Fields = shown.collect();
    let payload = node.get("payload_json").or_else(|| node.get("payload"));
    for name in FROM_PAYLOAD {
        let value = payload.and_then(|payload| payload.get(name));
        if let Some(value) = value.filter(|_| !fields.contains_key(name)).and_then(scalar) {
            fields.insert(name.to_owned(), value);
        }
    }
    fields
}

/// The beginning of a text; nearly all are short.
fn clipped(text: &str) -> String {
    if text.len() <= TEXT {
        return text.to_owned();
    }
    let end = text.char_indices().nth(TEXT).map_or(text.len(), |(end, _)| end);
    text.get(..end).unwrap_or(text).to_owned()
}

fn scalar(node: &Node<'_>) -> Option<Shown> {
    match &node.value {
        Value::Bool(truth) => Some(Shown::Bool(*truth)),
        Value::Number(literal) => Some(
            literal
                .parse::<i64>()
                .map_or_else(|_| Shown::from(*literal), Shown::from),
        ),
        Value::String(text) => Some(Shown::String(clipped(&text.lossy()))),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// The members that may sort lines into sections, in the order in which they are preferred (4).
pub(in super::super) const SECTION_KEYS: [&str; 4] = ["section", "record_type", "type", "kind"];

fn sections(node: &Node<'_>) -> Vec<Section> {
    let section = |key: &'static str| {
        let value = node.get(key)?.as_str()?.chars().take(100).collect();
        Some(Section { key, value })
    };
    SECTION_KEYS.into_iter().filter_map(section).collect()
}

/// Further signatures on a permit (13).
fn has_slots(node: &Node<'_>) -> bool {
    node.members()
        .iter()
        .any(|member| member.name.as_str().is_some_and(|name| is_slot(name, &member.value)))
}

/// Whether a member is such a signature.
pub(super) fn is_slot(name: &str, value: &Node<'_>) -> bool {
    const SLOTS: [&str; 4] = [
        "operator_approval",
        "counter_signature",
        "audit_attestation",
        "audit_attestations",
    ];
    SLOTS.contains(&name) && !value.is_null()
}
