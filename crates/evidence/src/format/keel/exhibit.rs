//! A row of a payload taken apart: its fields, what its record hash covers, and the exact bytes that were hashed.

use std::io::Read;

use super::chain::{Shape, hashed_bytes, hashed_time};
use super::zipped::INSIDE;
use crate::check::CheckId;
use crate::exhibit::{Cover, Exhibit, ExhibitField, RecordPlace, Seal};
use crate::json::{self, Node};
use crate::pack::{Pack, Refusal};
use crate::reason::ReasonCode;
use crate::report::Source;

/// Fields shown at most; the raw text shows the rest.
const FIELDS: usize = 2_000;

/// The members that the record hash of an entry covers beside its time (`specs/keel.md` 5.2).
const HASHED: [&str; 8] = [
    "event_id",
    "event_type",
    "resource_type",
    "resource_id",
    "outcome",
    "severity",
    "prev_hash",
    "sequence_number",
];

/// Takes a row apart.
pub(crate) fn exhibit(pack: &Pack, place: &RecordPlace) -> Result<Exhibit, Refusal> {
    let text = read(pack, &place.source)?;
    let Ok(parsed) = json::parse(&text, &json::Bounds::default()) else {
        let record = 0..text.len();
        return Ok(Exhibit {
            text,
            record,
            ..Exhibit::default()
        });
    };
    let whole = place.source.span.is_some() && place.source.element.is_none();
    let node = if whole {
        None
    } else {
        parsed.root.pointer(&place.source.pointer)
    };
    let node = node.unwrap_or(&parsed.root);
    let shape = if place.source.pointer.is_empty() {
        Shape::JsonLines
    } else {
        Shape::Bundle
    };
    let entry = super::survey::is_entry(node);
    let time = entry.then(|| hashed_time(node, shape));
    let mut fields = Vec::new();
    collect(node, "", time, &text, &mut fields);
    let bytes = entry.then(|| hashed_bytes(node, shape)).flatten();
    Ok(Exhibit {
        record: node.span.range(),
        fields,
        seals: bytes.map(seal).into_iter().collect(),
        text: text.clone(),
    })
}

fn seal(bytes: Vec<u8>) -> Seal {
    Seal {
        check: CheckId::RecordHashes,
        form: "record hash over nine fields, joined by |".to_owned(),
        bytes,
    }
}

/// Members of an entry are covered by its record hash or by nothing of its own; of other rows the export's signature
/// covers every byte. `time` is the member whose time an entry's hash covers.
fn collect(node: &Node<'_>, pointer: &str, time: Option<&str>, text: &[u8], fields: &mut Vec<ExhibitField>) {
    let name = |name: &str| format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"));
    let members = node
        .members()
        .iter()
        .map(|member| (name(&member.name.lossy()), &member.value));
    let items = node
        .items()
        .iter()
        .enumerate()
        .map(|(index, item)| (format!("{pointer}/{index}"), item));
    for (below, value) in members.chain(items) {
        if fields.len() >= FIELDS {
            return;
        }
        if !value.members().is_empty() || !value.items().is_empty() {
            collect(value, &below, time, text, fields);
            continue;
        }
        let json = text.get(value.span.range()).unwrap_or_default();
        fields.push(ExhibitField {
            value: value
                .as_str()
                .map_or_else(|| String::from_utf8_lossy(json).into_owned(), str::to_owned),
            cover: match time {
                None => Cover::Sealed,
                Some(time) => cover(below.strip_prefix('/').unwrap_or_default(), time),
            },
            span: value.span.range(),
            pointer: below,
        });
    }
}

/// Whether the record hash of an entry covers a member of it.
fn cover(name: &str, time: &str) -> Cover {
    match name {
        "record_hash" => Cover::Seal,
        name if name == time || HASHED.contains(&name) => Cover::Sealed,
        _ => Cover::Unsealed,
    }
}

fn read(pack: &Pack, source: &Source) -> Result<Vec<u8>, Refusal> {
    let gone = || Refusal::new(ReasonCode::IoNotFound, source.path.clone(), "");
    if let Some(index) = pack.artifacts.iter().position(|artifact| artifact.path == source.path) {
        return piece(pack, index, source).ok_or_else(gone);
    }
    let (outer, member) = source.path.split_once(INSIDE).ok_or_else(gone)?;
    let outer = pack
        .artifacts
        .iter()
        .position(|artifact| artifact.path == outer)
        .ok_or_else(gone)?;
    let inner = pack.inside(outer)?;
    let index = inner
        .artifacts
        .iter()
        .position(|artifact| artifact.path == member)
        .ok_or_else(gone)?;
    piece(&inner, index, source).ok_or_else(gone)
}

/// The row's bytes; the whole of a document that is read whole.
fn piece(pack: &Pack, index: usize, source: &Source) -> Option<Vec<u8>> {
    let Some((offset, length)) = source.span else {
        return pack.read(index).ok().map(|content| content.bytes);
    };
    let mut reader = pack.reader(index).ok()?;
    std::io::copy(&mut reader.by_ref().take(offset), &mut std::io::sink()).ok()?;
    let mut text = Vec::new();
    reader.take(length).read_to_end(&mut text).ok()?;
    Some(text)
}
