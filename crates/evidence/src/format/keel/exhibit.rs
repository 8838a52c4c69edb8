//! A row of a payload taken apart: its fields, what its record hash covers, and the exact bytes that were hashed.

use std::io::Read;

use super::zipped::INSIDE;
use crate::exhibit::{Cover, Exhibit, ExhibitField, RecordPlace};
use crate::json::{self, Node};
use crate::pack::{Pack, Refusal};
use crate::reason::ReasonCode;
use crate::report::Source;

/// Fields shown at most; the raw text shows the rest.
const FIELDS: usize = 2_000;

/// The members that the record hash of an entry covers (`specs/keel.md` 5.2).
const HASHED: [&str; 10] = [
    "event_id",
    "event_type",
    "resource_type",
    "resource_id",
    "outcome",
    "severity",
    "created_at",
    "occurred_at",
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
    let entry = super::survey::is_entry(node);
    let mut fields = Vec::new();
    collect(node, "", entry.then_some(Cover::Unsealed), &text, &mut fields);
    Ok(Exhibit {
        record: node.span.range(),
        fields,
        text: text.clone(),
        ..Exhibit::default()
    })
}

/// Members of an entry are covered by its record hash or by nothing of its own; of other rows the export's signature
/// covers every byte.
fn collect(node: &Node<'_>, pointer: &str, inner: Option<Cover>, text: &[u8], fields: &mut Vec<ExhibitField>) {
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
            collect(value, &below, inner, text, fields);
            continue;
        }
        let json = text.get(value.span.range()).unwrap_or_default();
        fields.push(ExhibitField {
            value: value
                .as_str()
                .map_or_else(|| String::from_utf8_lossy(json).into_owned(), str::to_owned),
            cover: match inner {
                None => Cover::Sealed,
                Some(_) if HASHED.iter().any(|hashed| below.strip_prefix('/') == Some(hashed)) => Cover::Sealed,
                Some(_) if below == "/record_hash" => Cover::Seal,
                Some(cover) => cover,
            },
            span: value.span.range(),
            pointer: below,
        });
    }
}

fn read(pack: &Pack, source: &Source) -> Result<Vec<u8>, Refusal> {
    let gone = || Refusal {
        code: ReasonCode::IoNotFound,
        subject: source.path.clone(),
        detail: String::new(),
    };
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
