//! The exact bytes of records, nothing added and nothing around them.

use evidence::{Ecosystem, Pack, Record, RecordPlace};

use super::cutter::{Cutter, gone};
use super::error::PackError;
use super::names::safe;

/// The exact bytes of one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exact {
    /// Where the record lies, as its pack says.
    pub path: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

impl Exact {
    /// Whether it is one line, so that it can stand in a file with others.
    #[must_use]
    pub fn is_line(&self) -> bool {
        !self.bytes.contains(&b'\n')
    }
}

/// Cuts the exact bytes of records out of one pack; those of one file are best asked for in their order.
pub struct ExactBytes<'p> {
    pack: &'p Pack,
    cutter: Cutter<'p>,
}

impl<'p> ExactBytes<'p> {
    /// Reads that pack.
    #[must_use]
    pub fn of(pack: &'p Pack) -> ExactBytes<'p> {
        ExactBytes {
            pack,
            cutter: Cutter::of(pack),
        }
    }

    /// The bytes of a record. One that breaks off has those of its document or file.
    ///
    /// # Errors
    /// When a list names the record and it is not there, or the pack can no longer be read.
    pub fn cut(&mut self, record: &Record) -> Result<Exact, PackError> {
        if record.native.grade.as_deref() == Some("NOT_FOUND") {
            return Err(PackError::NotThere(record.id.clone()));
        }
        let source = &record.source;
        let bytes = if record.ecosystem == Ecosystem::Keel {
            self.in_payload(record)?
        } else {
            let found = self.cutter.pieces(source, &[source.pointer.as_str()])?.pop().flatten();
            found.map_or_else(|| self.cutter.document(source), Ok)?
        };
        Ok(Exact {
            path: source.path.clone(),
            bytes,
        })
    }

    /// A row of a Keel payload may lie in a zip inside the pack, which only its format knows how to open.
    fn in_payload(&self, record: &Record) -> Result<Vec<u8>, PackError> {
        let place = RecordPlace {
            ecosystem: record.ecosystem,
            source: record.source.clone(),
            attached: Vec::new(),
            keys: Vec::new(),
        };
        let exhibit = evidence::exhibit(self.pack, &place)?;
        let cut = exhibit.text.get(exhibit.record).map(<[u8]>::to_vec);
        cut.ok_or_else(|| gone(&record.source.path))
    }
}

/// A file name for the bytes of a record: its id in the spec's terms, made safe.
#[must_use]
pub fn exact_file_name(record: &Record) -> String {
    let field = |name: &str| record.fields.get(name).and_then(|value| value.as_str());
    let id = field("executionId").or(field("event_id")).filter(|id| !id.is_empty());
    let hash = record.id.strip_prefix("sha256:").unwrap_or(&record.id);
    let name = match id {
        Some(id) => safe(id),
        None => safe(&hash.chars().take(16).collect::<String>()),
    };
    format!("{name}.json")
}
