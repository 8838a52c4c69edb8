//! Reading a note that somebody hands over. Its text is not trusted: digests are computed over what arrived.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use evidence::Digest;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;
use serde_json::value::RawValue;

use super::NoteKind;
use crate::note::document::SCHEMA;
use crate::note::error::NoteError;
use crate::note::history::Entry;
use crate::note::review::Review;
use crate::note::store::Store;

/// A note of more bytes is not read here: it is held in memory while it is checked.
const LARGEST: u64 = 2 << 30;

/// How every SQLite file begins.
const SQLITE: &[u8] = b"SQLite format 3\0";

/// Why a file was not checked as a note.
#[derive(Debug, thiserror::Error)]
pub enum NotRead {
    /// It is something else.
    #[error("this is not a review note of Sealcheck")]
    NotANote,
    /// It says that it is a note, and cannot be read as one.
    #[error("the review note cannot be read: {0}")]
    Malformed(String),
    /// A later version of the format.
    #[error("the review note has the format {0}, which this program does not know")]
    Newer(String),
    /// The system could not read it, or it is too large.
    #[error("the file could not be read: {0}")]
    Io(#[from] std::io::Error),
}

/// A note as it was read.
pub(super) struct ReadNote {
    pub(super) kind: NoteKind,
    /// The report in it; a case file has none.
    pub(super) result: Option<ReadResult>,
    /// The history, for as far as this program knows its acts.
    pub(super) entries: Vec<Entry>,
    /// Whether an entry holds something that this program does not know.
    pub(super) newer: bool,
    /// Where the history is first found changed, by its own text.
    pub(super) broken: Option<Fault>,
    /// What the file shows as the note; a case file shows what the history comes to.
    pub(super) shown: Option<Value>,
    review: Review,
}

/// Where a history is not whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// That entry does not match its digest.
    Entry(u64),
    /// That entry does not continue the one before it.
    Link(u64),
}

/// The report in a note.
pub(super) struct ReadResult {
    pub(super) stated: Digest,
    pub(super) computed: Digest,
    pub(super) verdict: String,
    pub(super) pack: Option<Digest>,
    pub(super) records: Vec<String>,
    pub(super) verdicts: Vec<String>,
}

impl ReadNote {
    /// What is shown as the note, for as far as it can be read.
    pub(super) fn shown(&self) -> &Review {
        &self.review
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Document<'a> {
    schema: String,
    #[serde(borrow)]
    body: &'a RawValue,
    body_sha256: Digest,
    #[serde(borrow)]
    review: &'a RawValue,
    #[serde(rename = "session")]
    _session: IgnoredAny,
    #[serde(flatten)]
    more: BTreeMap<String, IgnoredAny>,
}

/// What is needed of the report's body.
#[derive(Deserialize)]
struct Body {
    verdict: String,
    input: Input,
    records: Vec<Row>,
}

#[derive(Deserialize)]
struct Input {
    sha256: Option<Digest>,
}

#[derive(Deserialize)]
struct Row {
    id: String,
    verdict: String,
}

/// Whether a file is a note, finished or as a case file, without checking it. Only a file that begins with a member of a
/// note is read further, so that evidence of any size is told apart at once.
#[must_use]
pub fn is_note(path: &Path) -> bool {
    #[derive(Deserialize)]
    struct Named {
        schema: String,
        #[serde(rename = "review")]
        _review: IgnoredAny,
    }
    if crate::case_file::is_case_file(path) {
        return true;
    }
    let named: Option<Named> = File::open(path)
        .ok()
        .filter(|_| begins_like_one(path))
        .and_then(|file| serde_json::from_reader(BufReader::new(file.take(LARGEST))).ok());
    named.is_some_and(|named| named.schema.starts_with("sealcheck.review/"))
}

/// Whether the first member of a JSON object is one that a note has: it has no others.
fn begins_like_one(path: &Path) -> bool {
    /// Blanks before the first member, and its name; no member's name is longer.
    const GLANCE: u64 = 1 << 10;
    const MEMBERS: [&str; 5] = ["body", "bodySha256", "review", "schema", "session"];
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(GLANCE).read_to_end(&mut head));
    let text = String::from_utf8_lossy(&head);
    let named = text.trim_start().strip_prefix('{').map(str::trim_start);
    let name = named.and_then(|text| text.strip_prefix('"')?.split('"').next());
    read.is_ok() && name.is_some_and(|name| MEMBERS.contains(&name) || name.starts_with("x_"))
}

/// Reads a note.
pub(super) fn read(path: &Path) -> Result<ReadNote, NotRead> {
    let mut file = File::open(path)?;
    let mut text = Vec::new();
    (&mut file).take(LARGEST + 1).read_to_end(&mut text)?;
    if text.starts_with(SQLITE) {
        return case_file(path);
    }
    if u64::try_from(text.len()).is_ok_and(|length| length > LARGEST) {
        return Err(std::io::Error::other("it is larger than 2 GiB").into());
    }
    document(&text)
}

fn document(text: &[u8]) -> Result<ReadNote, NotRead> {
    let document: Document = match serde_json::from_slice(text) {
        Ok(document) => document,
        Err(fault) => return Err(unreadable(text, &fault)),
    };
    if document.schema != SCHEMA {
        return Err(other_schema(&document.schema));
    }
    if let Some(name) = document.more.keys().find(|name| !name.starts_with("x_")) {
        return Err(NotRead::Malformed(format!("it has an unknown member {name}")));
    }
    let malformed = |fault: serde_json::Error| NotRead::Malformed(fault.to_string());
    let mut review = review_value(document.review)?;
    let history = review.as_object_mut().and_then(|members| members.remove("history"));
    let Some(Value::Array(history)) = history else {
        return Err(NotRead::Malformed("it has no history".to_owned()));
    };
    let shown = review.clone();
    let typed: Option<Review> = serde_json::from_value(review).ok();
    let body: Body = serde_json::from_str(document.body.get()).map_err(malformed)?;
    let (ids, verdicts) = body.records.into_iter().map(|row| (row.id, row.verdict)).unzip();
    let mut note = history_of(history);
    note.newer |= typed.is_none();
    Ok(ReadNote {
        kind: NoteKind::Document,
        result: Some(ReadResult {
            stated: document.body_sha256,
            computed: digest_of(document.body.get(), document.body_sha256),
            verdict: body.verdict,
            pack: body.input.sha256,
            records: ids,
            verdicts,
        }),
        shown: Some(shown),
        review: typed.unwrap_or_default(),
        ..note
    })
}

/// The `review` member, refused when a name occurs twice: two readers could see two notes in it.
fn review_value(review: &RawValue) -> Result<Value, NotRead> {
    let text = review.get();
    let bounds = evidence::json::Bounds {
        memory: usize::MAX,
        nodes: usize::MAX,
        ..evidence::json::Bounds::default()
    };
    let parsed = evidence::json::parse(text.as_bytes(), &bounds);
    let parsed = parsed.map_err(|fault| NotRead::Malformed(fault.to_string()))?;
    if let Some(flaw) = parsed.flaws.first() {
        return Err(NotRead::Malformed(flaw.code.as_str().to_owned()));
    }
    serde_json::from_str(text).map_err(|fault| NotRead::Malformed(fault.to_string()))
}

/// The digest of a report's body: of its text as it stands, or of its canonical form where the file was laid out anew.
fn digest_of(body: &str, stated: Digest) -> Digest {
    let plain = Digest::of(body.as_bytes());
    if plain == stated {
        return plain;
    }
    let bounds = evidence::json::Bounds {
        memory: usize::MAX,
        nodes: usize::MAX,
        ..evidence::json::Bounds::default()
    };
    let canonical = evidence::json::parse(body.as_bytes(), &bounds)
        .ok()
        .filter(|parsed| parsed.flaws.is_empty())
        .and_then(|parsed| evidence::canonical::bytes(&parsed.root).ok());
    canonical.map_or(plain, |canonical| Digest::of(&canonical))
}

fn unreadable(text: &[u8], fault: &serde_json::Error) -> NotRead {
    let named: Result<BTreeMap<String, &RawValue>, _> = serde_json::from_slice(text);
    match named {
        Ok(members) => match members.get("schema").map(|schema| schema.get().trim_matches('"')) {
            Some(SCHEMA) => NotRead::Malformed(fault.to_string()),
            Some(schema) => other_schema(schema),
            None => NotRead::NotANote,
        },
        // A note that was cut off begins like one.
        Err(_) if text.starts_with(b"{\"body\":{\"checks\":") => NotRead::Malformed(fault.to_string()),
        Err(_) => NotRead::NotANote,
    }
}

fn other_schema(schema: &str) -> NotRead {
    if schema.starts_with("sealcheck.review/") {
        NotRead::Newer(schema.to_owned())
    } else {
        NotRead::NotANote
    }
}

fn case_file(path: &Path) -> Result<ReadNote, NotRead> {
    if !crate::case_file::is_case_file(path) {
        return Err(NotRead::NotANote);
    }
    let failed = |error: NoteError| NotRead::Malformed(error.to_string());
    let texts = Store::read_only(path).and_then(|store| store.texts()).map_err(failed)?;
    let values = texts.iter().map(|text| serde_json::from_str(text));
    let values: Vec<Value> = values
        .collect::<Result<_, _>>()
        .map_err(|fault| NotRead::Malformed(fault.to_string()))?;
    let mut note = history_of(values);
    if let Ok(ledger) = crate::note::Ledger::replay(note.entries.clone()) {
        note.review = ledger.review().clone();
    }
    Ok(note)
}

/// The history: its chain is judged by the text of each entry, whatever is in it.
fn history_of(values: Vec<Value>) -> ReadNote {
    let broken = broken(&values);
    let count = values.len();
    let entries: Vec<Entry> = values.into_iter().map_while(known).collect();
    ReadNote {
        kind: NoteKind::CaseFile,
        result: None,
        newer: entries.len() < count,
        broken,
        entries,
        shown: None,
        review: Review::default(),
    }
}

/// An entry that this program knows all of.
fn known(value: Value) -> Option<Entry> {
    let entry: Entry = serde_json::from_value(value.clone()).ok()?;
    (serde_json::to_value(&entry).ok()? == value).then_some(entry)
}

fn broken(values: &[Value]) -> Option<Fault> {
    let mut before = Value::Null;
    for (place, value) in (1..).zip(values) {
        if value.get("seq").and_then(Value::as_u64) != Some(place) || value.get("prevSha256") != Some(&before) {
            return Some(Fault::Link(place));
        }
        let mut unsealed = value.clone();
        let stated = unsealed.as_object_mut().and_then(|members| members.remove("sha256"));
        let computed = Digest::of(&crate::note::history::canonical(&unsealed)).to_hex();
        if stated.as_ref().and_then(Value::as_str) != Some(computed.as_str()) {
            return Some(Fault::Entry(place));
        }
        before = Value::String(computed);
    }
    None
}
