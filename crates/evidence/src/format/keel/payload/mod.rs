//! The payload of an export: what shape its bytes have (`specs/keel.md` 4).

mod document;
mod read;
mod rows;

use std::io::Read;

use super::manifest::Manifest;
use super::survey::{Seen, by_beginning};
use crate::container::Limits;
use crate::json::stream::{Place, StreamBounds, Values};
use crate::json::{self, Bounds, Fault};
use crate::pack::{Pack, Refusal};
use crate::reason::ReasonCode;

pub(super) use document::Document;
pub(super) use read::{EntryRead, Reading, RowRead, SECTION_KEYS, Section, fields_of};
pub(super) use rows::{At, Row, each};

/// A text of the evidence: an artifact of the pack, or a member of a zip payload.
#[derive(Clone, Copy)]
pub(super) struct Text<'p> {
    /// Where it lies.
    pub(super) pack: &'p Pack,
    /// Its index there.
    pub(super) index: usize,
    /// Its path as it is shown.
    pub(super) path: &'p str,
}

/// Why a payload, or a part of it, is not used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Trouble {
    /// `PAYLOAD_UNREADABLE`, `EXPORT_STRUCTURE_INVALID` or `DUPLICATE_JSON_KEY`.
    pub(super) code: ReasonCode,
    /// What exactly was seen.
    pub(super) detail: String,
}

impl Trouble {
    /// It cannot be decoded.
    pub(super) fn unreadable(detail: impl Into<String>) -> Trouble {
        Trouble {
            code: ReasonCode::PayloadUnreadable,
            detail: detail.into(),
        }
    }

    /// What a refusal of the container comes to.
    pub(super) fn refused(refusal: &Refusal) -> Trouble {
        Trouble::unreadable(format!("{} {}", refusal.code, refusal.detail).trim_end())
    }

    /// What a fault of the JSON reader comes to.
    pub(super) fn fault(fault: &Fault) -> Trouble {
        let structure = [
            ReasonCode::JsonSyntax,
            ReasonCode::JsonTrailingData,
            ReasonCode::JsonEmpty,
        ];
        let code = if structure.contains(&fault.code) {
            ReasonCode::ExportStructureInvalid
        } else if fault.code == ReasonCode::JsonDuplicateKey {
            ReasonCode::DuplicateJsonKey
        } else {
            ReasonCode::PayloadUnreadable
        };
        Trouble {
            code,
            detail: fault.to_string(),
        }
    }
}

/// What shape a text has.
#[derive(Debug)]
pub(super) enum Layout {
    /// An object per line.
    Lines,
    /// A file of lines that has only one.
    OneLine,
    /// One array of rows.
    Array,
    /// One object.
    Document(Box<Document>),
    /// Comma-separated values.
    Csv,
    /// A zip archive.
    Zip,
    /// Text of no form that has rows.
    Opaque,
}

/// What one element or line may hold: a record of a bundle carries its own chain entries, 32 MiB within the documented
/// limits.
pub(super) fn bounds(limits: &Limits) -> StreamBounds {
    StreamBounds {
        value: limits.whole_entry_size / 8,
        ..limits.stream()
    }
}

/// How a row is read: no deeper than evidence honestly nests.
pub(super) fn row_bounds(limits: &Limits) -> Bounds {
    limits.json_of_rows(160 << 20)
}

/// Whether the bytes as shipped begin like a zip.
///
/// # Errors
/// Why they cannot be read.
pub(super) fn is_zip(pack: &Pack, index: usize) -> Result<bool, Refusal> {
    begins_with(pack, index, &[b"PK\x03\x04", b"PK\x05\x06"])
}

/// Whether the bytes as shipped can be read and begin like gz.
pub(super) fn is_gzip(pack: &Pack, index: usize) -> bool {
    begins_with(pack, index, &[b"\x1f\x8b"]).unwrap_or(false)
}

/// Whether the bytes as shipped would have to be inflated.
pub(super) fn is_packed(pack: &Pack, index: usize) -> bool {
    is_gzip(pack, index) || is_zip(pack, index).unwrap_or(false)
}

fn begins_with(pack: &Pack, index: usize, magics: &[&[u8]]) -> Result<bool, Refusal> {
    let mut reader = pack.raw_reader(index)?;
    let mut head = Vec::new();
    match ((&mut reader).take(8).read_to_end(&mut head), reader.refusal()) {
        (Err(_), Some(refusal)) => Err(refusal),
        (_, _) => Ok(magics.iter().any(|magic| head.starts_with(magic))),
    }
}

impl Text<'_> {
    /// Its shape, from its bytes; the manifest's `format` decides only where the bytes fit several.
    pub(super) fn layout(&self, manifest: Option<&Manifest>) -> Result<Layout, Trouble> {
        if is_zip(self.pack, self.index).map_err(|refusal| Trouble::refused(&refusal))? {
            return Ok(Layout::Zip);
        }
        let head = self.head()?;
        let format = manifest.and_then(|manifest| manifest.format.as_deref());
        let csv = format == Some("csv") || self.path.to_ascii_lowercase().trim_end_matches(".gz").ends_with(".csv");
        let rest = json::without_bom(&head);
        let first = rest.iter().find(|byte| !byte.is_ascii_whitespace()).copied();
        let json = matches!(first, Some(b'{' | b'['));
        if csv && !json {
            return Ok(Layout::Csv);
        }
        if std::str::from_utf8(&head).is_err_and(|error| error.error_len().is_some()) {
            return Err(Trouble::unreadable("it is not UTF-8"));
        }
        if rest.len() < head.len() {
            return Err(Trouble::unreadable("a byte order mark stands before it"));
        }
        match (first, format) {
            (None, Some("jsonl")) => Ok(Layout::Lines),
            (Some(_), Some("json" | "jsonl")) => self.json_layout(format),
            (Some(_), _) if json => self.json_layout(format),
            (None, _) if format == Some("json") => Err(Trouble {
                code: ReasonCode::ExportStructureInvalid,
                detail: "it is empty".to_owned(),
            }),
            (_, _) => Ok(Layout::Opaque),
        }
    }

    /// The first bytes, decoded.
    fn head(&self) -> Result<Vec<u8>, Trouble> {
        let mut reader = self
            .pack
            .reader(self.index)
            .map_err(|refusal| Trouble::refused(&refusal))?;
        let mut head = Vec::new();
        let read = (&mut reader).take(4096).read_to_end(&mut head);
        match (read, reader.refusal()) {
            (Err(_), Some(refusal)) => Err(Trouble::refused(&refusal)),
            (Err(error), None) => Err(Trouble::unreadable(error.to_string())),
            (Ok(_), _) => Ok(head),
        }
    }

    fn json_layout(&self, format: Option<&str>) -> Result<Layout, Trouble> {
        let reader = self
            .pack
            .reader(self.index)
            .map_err(|refusal| Trouble::refused(&refusal))?;
        match Values::beginning(reader, &bounds(self.pack.within())).map_err(|fault| Trouble::fault(&fault))? {
            Place::Line(_) => Ok(Layout::Lines),
            Place::Element(_) => Ok(Layout::Array),
            Place::Whole => self.one_value(format),
        }
    }

    /// One value alone: a document, unless it is the only line of a file of lines.
    fn one_value(&self, format: Option<&str>) -> Result<Layout, Trouble> {
        let document = document::survey(self)?;
        let is_line = document.is_entry() || format == Some("jsonl");
        if is_line && document.records.is_none() && document.entries.is_none() && document.bundle_type.is_none() {
            return Ok(Layout::OneLine);
        }
        Ok(Layout::Document(Box::new(document)))
    }

    /// Whether its beginning has the form of a payload: for content without a manifest.
    pub(super) fn begins_as_payload(&self) -> bool {
        let head = self.head();
        head.is_ok_and(|head| matches!(by_beginning(&head), Seen::Payload))
    }
}
