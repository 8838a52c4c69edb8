//! What the first pass keeps of an artifact.

use super::keyset::KeySet;
use super::manifest::ManifestSeen;
use super::place::source;
use super::snapshot::SnapshotSeen;
use crate::container::Limits;
use crate::digest::Digest;
use crate::json::stream::Place;
use crate::pack::Refusal;
use crate::reason::ReasonCode;
use crate::report::{Finding, Source};
use crate::told::Told;

/// One artifact after the first pass.
#[derive(Debug, Default)]
pub(super) struct Surveyed {
    /// Its index in the pack.
    pub(super) index: usize,
    /// What its texts may hold.
    pub(super) within: Limits,
    /// Digest of its bytes as shipped; none when it could not be read to its end.
    pub(super) digest: Option<Digest>,
    /// Bytes as shipped.
    pub(super) size: u64,
    /// What it was recognised as; none when NexArt does not claim it.
    pub(super) role: Option<&'static str>,
    /// What is in it.
    pub(super) items: Vec<Item>,
    /// Doubts about its JSON that decide nothing.
    pub(super) findings: Vec<Finding>,
    /// Why it, or a piece of it, is not used.
    pub(super) refusals: Vec<Refusal>,
    /// Values in it that are nothing this program knows.
    pub(super) unknown: Unknown,
    /// A row of another ecosystem's log stands in it.
    pub(super) has_audit_row: bool,
    /// A line of it ends as on Windows.
    pub(super) has_crlf: bool,
    /// It holds one value, though its name promises lines.
    pub(super) is_array: bool,
    /// How many findings and refusals of each code there were.
    pub(super) told: Told,
}

/// Values that were not recognised: how many, and where the first lies.
#[derive(Debug, Default)]
pub(super) struct Unknown {
    count: u64,
    first: Option<String>,
}

impl Unknown {
    /// One more; `place` says where it lies.
    pub(super) fn add(&mut self, place: impl FnOnce() -> String) {
        self.count += 1;
        self.first.get_or_insert_with(place);
    }

    /// In words, when there is any.
    pub(super) fn told(self) -> Option<String> {
        let first = self.first?;
        Some(match self.count {
            1 => first,
            count => format!("{first}, and {} more", count - 1),
        })
    }
}

/// One thing found in an artifact.
#[derive(Debug)]
pub(super) struct Item {
    /// The document, line or element.
    pub(super) place: Place,
    /// Its offset and length in the decoded artifact.
    pub(super) span: (u64, u64),
    /// JSON pointer inside it.
    pub(super) pointer: String,
    /// What it is.
    pub(super) found: Found,
}

/// What an item is.
#[derive(Debug)]
pub(super) enum Found {
    /// A record.
    Record(RecordSeen),
    /// A receipt for a record elsewhere.
    Receipt(ReceiptSeen),
    /// A node's keys.
    KeySet(Box<KeySet>),
    /// A list of records.
    Manifest(Box<ManifestSeen>),
    /// A result somebody else obtained, or an audit report.
    Snapshot(Box<SnapshotSeen>),
}

/// A record, as far as the first pass needs it.
#[derive(Debug, Default)]
pub(super) struct RecordSeen {
    /// Its hash in normal form.
    pub(super) hash: Option<Digest>,
    /// Why its JSON cannot be used.
    pub(super) broken: Option<Broken>,
    /// It never carried a seal.
    pub(super) renderer: bool,
    /// Doubts about its JSON that decide nothing, each code once.
    pub(super) doubts: Vec<ReasonCode>,
    /// Its links to other steps.
    pub(super) step: Option<Box<StepSeen>>,
}

/// What is wrong with the JSON of a record.
#[derive(Debug)]
pub(super) struct Broken {
    pub(super) code: ReasonCode,
    /// The place of the fault, where it has one.
    pub(super) at: String,
    /// A limit of this program: it says nothing about the record.
    pub(super) not_read: bool,
}

/// Which step of which run a governed record is, and which steps it follows.
#[derive(Debug)]
pub(super) struct StepSeen {
    pub(super) run: String,
    pub(super) id: String,
    pub(super) parents: Vec<String>,
}

/// A receipt, as far as the first pass needs it.
#[derive(Debug)]
pub(super) struct ReceiptSeen {
    /// The hash it names.
    pub(super) hash: Option<Digest>,
    /// Its text, unless it is a file of its own and can be read again.
    pub(super) text: Option<Box<[u8]>>,
}

impl Item {
    /// Where it lies.
    pub(super) fn source(&self, path: &str) -> Source {
        source(path, self.place, self.span, &self.pointer)
    }
}

impl Surveyed {
    /// Adds something found.
    pub(super) fn add(&mut self, role: &'static str, item: Item) {
        self.claim(role);
        self.items.push(item);
    }

    /// Notes what the artifact is; several kinds of things make it a list.
    pub(super) fn claim(&mut self, role: &'static str) {
        self.role = match self.role {
            None => Some(role),
            Some(first) if first == role => Some(first),
            Some(_) => Some("nexart.list"),
        };
    }
}
