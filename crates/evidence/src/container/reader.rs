//! One artifact, read as a stream.

use std::io::{self, BufRead as _, BufReader, Read};

use super::fault::Fault;
use super::gz::Gunzip;
use super::kind::{HEAD, Kind};
use super::limits::Limits;
use super::number::wide;
use super::store::Bytes;
use crate::digest::{Digest, Hasher};
use crate::pack::Refusal;
use crate::reason::ReasonCode;

/// The bytes of an artifact, decoded from gz unless asked for as shipped.
///
/// An `io::Error` it gives stands for a [`Refusal`], see [`ArtifactReader::refusal`]. Only [`ArtifactReader::finish`]
/// says that everything was sound: check values stand behind the bytes they are about.
pub struct ArtifactReader<'p> {
    subject: &'p str,
    bytes: Decoded,
    /// Decoded bytes that were looked at before and are given out first.
    head: io::Cursor<Vec<u8>>,
    warnings: Vec<ReasonCode>,
    fault: Option<Fault>,
}

/// What reading an artifact to its end came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadEnd {
    /// Digest of the bytes as shipped.
    pub digest: Digest,
    /// Bytes as shipped.
    pub size: u64,
    /// Remarks met while reading.
    pub warnings: Vec<ReasonCode>,
}

/// Shipped bytes, hashed as they pass.
struct Shipped {
    bytes: Bytes,
    hasher: Hasher,
    size: u64,
}

impl Read for Shipped {
    /// Fills `into` as far as there are bytes, so that a first look sees a whole head.
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let mut read = 0;
        while let Some(rest) = into.get_mut(read..).filter(|rest| !rest.is_empty()) {
            match self.bytes.read(rest)? {
                0 => break,
                more => read = read.saturating_add(more),
            }
        }
        self.hasher.update(into.get(..read).unwrap_or_default());
        self.size = self.size.saturating_add(wide(read));
        Ok(read)
    }
}

enum Decoded {
    Plain(BufReader<Shipped>),
    Gzip(Box<Gunzip<BufReader<Shipped>>>),
}

impl Read for Decoded {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self {
            Decoded::Plain(bytes) => bytes.read(into),
            Decoded::Gzip(bytes) => bytes.read(into),
        }
    }
}

/// What is done with an archive that is met as an artifact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Nested {
    /// It is a file like any other (in a folder, or dropped beside others).
    Bytes,
    /// It lies in an archive itself and is not opened.
    Refused,
}

/// Smallest and largest buffer: small artifacts are many, large ones are read in long runs.
const SMALLEST_BUFFER: usize = 1024;
const LARGEST_BUFFER: usize = 256 * 1024;

impl<'p> ArtifactReader<'p> {
    /// The bytes as shipped.
    pub(crate) fn raw(subject: &'p str, size: u64, bytes: Bytes) -> ArtifactReader<'p> {
        ArtifactReader {
            subject,
            bytes: Decoded::Plain(buffered(size, bytes)),
            head: io::Cursor::default(),
            warnings: Vec::new(),
            fault: None,
        }
    }

    /// The bytes decoded from gz; the leading bytes say whether they are gz.
    pub(crate) fn decoded(
        subject: &'p str,
        size: u64,
        bytes: Bytes,
        nested: Nested,
        limits: &Limits,
    ) -> Result<ArtifactReader<'p>, Fault> {
        let mut shipped = buffered(size, bytes);
        let kind = Kind::of(shipped.fill_buf().map_err(|error| Fault::of(&error))?);
        if nested == Nested::Refused && kind.is_archive() {
            return Err(nesting());
        }
        let mut reader = ArtifactReader {
            subject,
            bytes: Decoded::Plain(shipped),
            head: io::Cursor::default(),
            warnings: Vec::new(),
            fault: None,
        };
        if kind.mismatch(subject).is_some() {
            reader.warnings.push(ReasonCode::PackTypeMismatch);
        }
        if kind == Kind::Gzip {
            reader.decode(limits)?;
        }
        Ok(reader)
    }

    /// Goes on with the decoded bytes, unless those are an archive again.
    fn decode(&mut self, limits: &Limits) -> Result<(), Fault> {
        let decoded = std::mem::replace(&mut self.bytes, Decoded::Plain(buffered(0, Box::new(io::empty()))));
        let Decoded::Plain(shipped) = decoded else {
            self.bytes = decoded;
            return Ok(());
        };
        let mut gunzip = Gunzip::new(shipped, limits);
        let mut head = Vec::with_capacity(HEAD);
        (&mut gunzip)
            .take(wide(HEAD))
            .read_to_end(&mut head)
            .map_err(|error| Fault::of(&error))?;
        let inner = Kind::of(&head);
        if inner.is_archive() || inner == Kind::Gzip {
            return Err(nesting());
        }
        self.head = io::Cursor::new(head);
        self.bytes = Decoded::Gzip(Box::new(gunzip));
        Ok(())
    }

    /// Whether it is decoded from gz.
    #[must_use]
    pub fn is_gzip(&self) -> bool {
        matches!(self.bytes, Decoded::Gzip(_))
    }

    /// Whether bytes read as shipped are gz, by how they begin.
    pub(crate) fn begins_as_gzip(&mut self) -> bool {
        match &mut self.bytes {
            Decoded::Plain(bytes) => bytes.fill_buf().is_ok_and(|head| Kind::of(head) == Kind::Gzip),
            Decoded::Gzip(_) => true,
        }
    }

    /// Why the last read failed.
    #[must_use]
    pub fn refusal(&self) -> Option<Refusal> {
        self.fault.as_ref().map(|fault| refusal(self.subject, fault))
    }

    /// A refusal about this artifact.
    pub(crate) fn refused(&self, code: ReasonCode, detail: String) -> Refusal {
        refusal(self.subject, &Fault::new(code, detail))
    }

    /// Reads to the end. Mostly it is reached already, and then takes no large buffer to see that.
    fn drain(&mut self) -> io::Result<()> {
        if self.read(&mut [0; 64])? > 0 {
            io::copy(self, &mut io::sink())?;
        }
        Ok(())
    }

    /// Reads what is left and gives the digest.
    ///
    /// # Errors
    /// When anything about the artifact is unsound, also behind what was read before.
    pub fn finish(mut self) -> Result<ReadEnd, Refusal> {
        if let Err(error) = self.drain() {
            return Err(refusal(self.subject, &Fault::of(&error)));
        }
        let mut warnings = self.warnings;
        let shipped = match self.bytes {
            Decoded::Plain(bytes) => bytes.into_inner(),
            Decoded::Gzip(gunzip) => {
                warnings.extend(gunzip.remarks());
                gunzip.into_input().into_inner()
            }
        };
        Ok(ReadEnd {
            digest: shipped.hasher.finish(),
            size: shipped.size,
            warnings,
        })
    }
}

impl Read for ArtifactReader<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if let Some(fault) = &self.fault {
            return Err(fault.clone().into());
        }
        let from_head = self.head.read(into)?;
        if from_head > 0 {
            return Ok(from_head);
        }
        self.bytes.read(into).map_err(|error| {
            let fault = Fault::of(&error);
            self.fault = Some(fault.clone());
            fault.into()
        })
    }
}

impl std::fmt::Debug for ArtifactReader<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ArtifactReader")
            .field("subject", &self.subject)
            .finish_non_exhaustive()
    }
}

fn buffered(size: u64, bytes: Bytes) -> BufReader<Shipped> {
    let capacity = usize::try_from(size)
        .unwrap_or(LARGEST_BUFFER)
        .clamp(SMALLEST_BUFFER, LARGEST_BUFFER);
    let hasher = Hasher::new();
    BufReader::with_capacity(capacity, Shipped { bytes, hasher, size: 0 })
}

fn nesting() -> Fault {
    Fault::new(ReasonCode::LimitNesting, "an archive inside an archive is not opened")
}

/// A fault about `subject` as the public form.
pub(crate) fn refusal(subject: &str, fault: &Fault) -> Refusal {
    Refusal {
        limit: fault.limit,
        ..Refusal::new(fault.code, subject, &fault.detail)
    }
}
