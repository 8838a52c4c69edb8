//! One record taken apart for a reader: its fields, what the seal covers, and the exact bytes that were hashed or signed.

use std::ops::Range;

use crate::check::CheckId;
use crate::pack::{Pack, Refusal};
use crate::report::{Attached, Ecosystem, Source};
use crate::signature::PublicKey;

/// Where a record and what belongs to it lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordPlace {
    /// Whose rules apply.
    pub ecosystem: Ecosystem,
    /// The record.
    pub source: Source,
    /// What was attached to it from elsewhere in the pack.
    pub attached: Vec<Attached>,
    /// The keys that its signatures were held against, to tell which of several possible forms was signed.
    pub keys: Vec<PublicKey>,
}

/// A record taken apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Exhibit {
    /// The JSON document, line or element that holds the record, exactly as shipped (decoded from gz).
    pub text: Vec<u8>,
    /// The record inside `text`.
    pub record: Range<usize>,
    /// Its fields, in the order of the text.
    pub fields: Vec<ExhibitField>,
    /// What was hashed and signed.
    pub seals: Vec<Seal>,
}

/// One field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExhibitField {
    /// JSON pointer (RFC 6901) from the record's own root.
    pub pointer: String,
    /// A string's content, or the JSON text of anything else.
    pub value: String,
    /// Whether the seal covers it.
    pub cover: Cover,
    /// The value inside the exhibit's text.
    pub span: Range<usize>,
}

/// Whether a seal covers a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cover {
    /// The record's hash covers it.
    Sealed,
    /// Nothing covers it: anyone could have added or changed it.
    Unsealed,
    /// It is part of the seal: hash, receipt, signature, envelope.
    Seal,
}

/// Exact bytes that a check hashed or whose signature it verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seal {
    /// The check that uses them.
    pub check: CheckId,
    /// What they are, e.g. `certificate hash over bundleType, createdAt, snapshot, version`.
    pub form: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// Takes a record apart.
///
/// # Errors
/// When the artifact can no longer be read.
pub fn exhibit(pack: &Pack, place: &RecordPlace) -> Result<Exhibit, Refusal> {
    match place.ecosystem {
        Ecosystem::NexArt => crate::format::nexart::exhibit(pack, place),
        Ecosystem::Keel => crate::format::keel::exhibit(pack, place),
        Ecosystem::Invoance => crate::format::invoance::exhibit(pack, place),
    }
}
