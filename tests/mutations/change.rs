//! One change to a good pack.

use std::io::{Read as _, Write as _};
use std::ops::Range;

use evidence::json::{Bounds, Node, Value, parse};

use crate::base::Base;
use crate::chance::Chance;

/// A pack with one change.
pub(crate) struct Change {
    /// What was done.
    pub(crate) told: String,
    /// Which of the base's files.
    pub(crate) file: usize,
    /// Its bytes now.
    pub(crate) bytes: Vec<u8>,
}

/// A change by chance; none where the file has nothing to change in that way.
pub(crate) fn of(base: &Base, chance: &mut Chance) -> Option<Change> {
    let file = chance.below(base.files.len());
    let (name, bytes) = &base.files[file];
    if bytes.is_empty() {
        return None;
    }
    let (told, bytes) = match chance.below(3) {
        0 => bit(bytes, chance),
        1 => inside(bytes, chance, bit)?,
        _ => inside_json(bytes, chance)?,
    };
    let told = format!("{name}: {told}");
    Some(Change { told, file, bytes })
}

fn bit(bytes: &[u8], chance: &mut Chance) -> (String, Vec<u8>) {
    let mut bytes = bytes.to_vec();
    let (position, bit) = (chance.below(bytes.len()), chance.below(8));
    bytes[position] ^= 1 << bit;
    (format!("bit {bit} of byte {position}"), bytes)
}

/// A change inside what a compressed file holds, packed again; of other files, in themselves.
fn inside(
    bytes: &[u8],
    chance: &mut Chance,
    change: impl Fn(&[u8], &mut Chance) -> (String, Vec<u8>),
) -> Option<(String, Vec<u8>)> {
    inside_or_none(bytes, chance, |bytes, chance| {
        (!bytes.is_empty()).then(|| change(bytes, chance))
    })
}

fn inside_json(bytes: &[u8], chance: &mut Chance) -> Option<(String, Vec<u8>)> {
    inside_or_none(bytes, chance, field)
}

type Changed = Option<(String, Vec<u8>)>;

fn inside_or_none(bytes: &[u8], chance: &mut Chance, change: impl Fn(&[u8], &mut Chance) -> Changed) -> Changed {
    if bytes.starts_with(b"\x1f\x8b") {
        let mut decoded = Vec::new();
        flate2::read::MultiGzDecoder::new(bytes)
            .read_to_end(&mut decoded)
            .ok()?;
        let (told, decoded) = change(&decoded, chance)?;
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        packed.write_all(&decoded).ok()?;
        return Some((format!("decoded, {told}"), packed.finish().ok()?));
    }
    if bytes.starts_with(b"PK") {
        return inside_zip(bytes, chance, change);
    }
    change(bytes, chance)
}

fn inside_zip(bytes: &[u8], chance: &mut Chance, change: impl Fn(&[u8], &mut Chance) -> Changed) -> Changed {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).ok()?;
    let chosen = chance.below(archive.len());
    let mut written = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut told = String::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).ok()?;
        let name = entry.name().ok()?.into_owned();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).ok()?;
        if index == chosen {
            let (what, changed) = change(&content, chance)?;
            told = format!("{name}: {what}");
            content = changed;
        }
        written
            .start_file(name, zip::write::SimpleFileOptions::default())
            .ok()?;
        written.write_all(&content).ok()?;
    }
    Some((told, written.finish().ok()?.into_inner()))
}

/// Another value for one field, or none, or one more field.
fn field(bytes: &[u8], chance: &mut Chance) -> Changed {
    let documents = documents(bytes);
    let document = documents.get(chance.below(documents.len().max(1)))?.clone();
    let text = &bytes[document.clone()];
    let parsed = parse(text, &Bounds::default()).ok()?;
    let mut places = Vec::new();
    collect(&parsed.root, "", &mut places);
    if places.is_empty() {
        return None;
    }
    let place = &places[chance.below(places.len())];
    let (told, span, new) = match chance.below(4) {
        0 => ("left out", place.whole.clone(), String::new()),
        1 => (
            "doubled under another name",
            place.whole.start..place.whole.start,
            place.another(text),
        ),
        _ => ("another value", place.value.clone(), place.other_value(text, chance)),
    };
    let at = document.start;
    let changed = [&bytes[..at + span.start], new.as_bytes(), &bytes[at + span.end..]].concat();
    Some((format!("{} {told}: {:?}", place.pointer, new), changed))
}

/// The one document, or each line.
fn documents(bytes: &[u8]) -> Vec<Range<usize>> {
    if parse(bytes, &Bounds::default()).is_ok() {
        return std::iter::once(0..bytes.len()).collect();
    }
    let mut start = 0;
    let mut lines = Vec::new();
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        lines.push(start..start + line.len());
        start += line.len();
    }
    lines
}

/// One member of an object.
struct Place {
    pointer: String,
    /// From its name to the next member's.
    whole: Range<usize>,
    value: Range<usize>,
}

fn collect(node: &Node<'_>, pointer: &str, places: &mut Vec<Place>) {
    match &node.value {
        Value::Object(members) => {
            for (index, member) in members.iter().enumerate() {
                let below = format!("{pointer}/{}", member.name.lossy());
                let start = member.name_span.range().start;
                let end = member.value.span.range().end;
                // The comma goes with the member: the one behind it, or for the last the one before it.
                let whole = match (
                    members.get(index + 1),
                    index.checked_sub(1).and_then(|before| members.get(before)),
                ) {
                    (Some(next), _) => start..next.name_span.range().start,
                    (None, Some(before)) => before.value.span.range().end..end,
                    (None, None) => start..end,
                };
                places.push(Place {
                    pointer: below.clone(),
                    whole,
                    value: member.value.span.range(),
                });
                collect(&member.value, &below, places);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                collect(item, &format!("{pointer}/{index}"), places);
            }
        }
        Value::String(_) | Value::Number(_) | Value::Bool(_) | Value::Null => {}
    }
}

impl Place {
    /// The same value under a name that nobody knows, before it.
    fn another(&self, text: &[u8]) -> String {
        let value = String::from_utf8_lossy(&text[self.value.clone()]).into_owned();
        let first = self.whole.start;
        // Before the last member `whole` begins with the comma.
        if text[first] == b'"' {
            format!("\"nobody knows\":{value},")
        } else {
            format!(",\"nobody knows\":{value}")
        }
    }

    fn other_value(&self, text: &[u8], chance: &mut Chance) -> String {
        let old = String::from_utf8_lossy(&text[self.value.clone()]).into_owned();
        let new = match old.as_bytes() {
            b"true" => "false".to_owned(),
            b"false" => "true".to_owned(),
            b"null" => "0".to_owned(),
            [b'"', b'"'] => "\"x\"".to_owned(),
            [b'"', ..] => other_text(&old, chance),
            [b'0'..=b'9' | b'-', ..] => format!("{old}1"),
            _ => "null".to_owned(),
        };
        assert_ne!(new, old);
        new
    }
}

/// One character of the text becomes another one.
fn other_text(old: &str, chance: &mut Chance) -> String {
    let mut characters: Vec<char> = old.chars().collect();
    let position = 1 + chance.below(characters.len() - 2);
    characters[position] = match characters[position] {
        '0'..='8' => char::from_u32(u32::from(characters[position]) + 1).unwrap(),
        '9' => '0',
        'a' => 'b',
        _ => 'a',
    };
    let new: String = characters.into_iter().collect();
    if new == old { "\"\"".to_owned() } else { new }
}
