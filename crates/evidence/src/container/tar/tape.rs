//! A tar from front to back: out of a file by position, or out of a gz stream.

use std::io::{self, BufReader, Read, Write as _};
use std::sync::Arc;

use flate2::Compression;
use flate2::write::DeflateEncoder;

use super::header::BLOCK;
use crate::container::fault::Fault;
use crate::container::file::{Slice, Source};
use crate::container::gz::Gunzip;
use crate::container::limits::Limits;
use crate::container::number::{at_most, wide};
use crate::container::open::{Halt, unless_cancelled};
use crate::container::store::Place;
use crate::reason::ReasonCode;
use crate::run::Progress;

/// Deflated bytes of a tar.gz's entries that are kept in memory: about 400 MB of JSON.
pub(super) const KEPT: usize = 64 * 1024 * 1024;

/// Largest entry that is kept; larger ones are few, and decoding up to them again is cheap beside reading them.
const LARGEST_KEPT: u64 = 16 * 1024 * 1024;

/// Bytes taken at once from a gz stream.
const STEP: usize = 256 * 1024;

/// A tar read from front to back.
pub(super) trait Tape {
    /// The next block; `None` where the file ends.
    fn block(&mut self) -> Result<Option<[u8; BLOCK]>, Halt>;

    /// Passes over `size` bytes and says where they can be had again.
    fn keep(&mut self, size: u64) -> Result<Place, Halt>;

    /// Passes over `size` bytes.
    fn skip(&mut self, size: u64) -> Result<(), Halt>;
}

/// The next `size` bytes of data and what fills their last block, for headers that are data.
pub(super) fn content(tape: &mut impl Tape, size: u64) -> Result<Vec<u8>, Halt> {
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    let mut bytes = Vec::new();
    while bytes.len() < size {
        bytes.extend_from_slice(&tape.block()?.ok_or_else(truncated)?);
    }
    bytes.truncate(size);
    Ok(bytes)
}

/// How many bytes fill the last block of `size` bytes of data.
pub(super) fn filling(size: u64) -> u64 {
    let block = wide(BLOCK);
    block.saturating_sub(size % block) % block
}

/// The archive ends too early.
pub(super) fn truncated() -> Fault {
    Fault::new(ReasonCode::TarTruncated, "the archive ends too early")
}

/// A plain tar.
pub(super) struct PlainTape {
    source: Source,
    at: u64,
}

impl PlainTape {
    pub(super) fn new(source: Source) -> PlainTape {
        PlainTape { source, at: 0 }
    }

    fn left(&self) -> u64 {
        self.source.size().saturating_sub(self.at)
    }
}

impl Tape for PlainTape {
    fn block(&mut self) -> Result<Option<[u8; BLOCK]>, Halt> {
        if self.left() == 0 {
            return Ok(None);
        }
        if self.left() < wide(BLOCK) {
            return Err(truncated().into());
        }
        let mut block = [0; BLOCK];
        self.source.fill_at(self.at, &mut block)?;
        self.at = self.at.saturating_add(wide(BLOCK));
        Ok(Some(block))
    }

    fn keep(&mut self, size: u64) -> Result<Place, Halt> {
        let at = self.at;
        self.skip(size)?;
        Ok(Place::Slice { at, size })
    }

    fn skip(&mut self, size: u64) -> Result<(), Halt> {
        if size > self.left() {
            return Err(truncated().into());
        }
        self.at = self.at.saturating_add(size);
        Ok(())
    }
}

/// A tar inside gz.
pub(super) struct GzTape<'a> {
    decoded: Gunzip<BufReader<Slice>>,
    progress: &'a Progress,
    at: u64,
    kept: Vec<u8>,
    /// Bytes to decode when every entry that was not kept is read once.
    again: u64,
}

impl<'a> GzTape<'a> {
    pub(super) fn new(source: Source, limits: &Limits, progress: &'a Progress) -> GzTape<'a> {
        let size = source.size();
        let bytes = BufReader::with_capacity(STEP, Slice::new(source, 0, size));
        GzTape {
            decoded: Gunzip::new(bytes, limits).whole_pack(limits),
            progress,
            at: 0,
            kept: Vec::new(),
            again: 0,
        }
    }

    /// What to remark about the gz stream.
    pub(super) fn remarks(&self) -> Vec<ReasonCode> {
        self.decoded.remarks()
    }

    /// Whether reading every entry stays within reason: an archive of very many entries that do not fit would be decoded
    /// again for each of them.
    pub(super) fn affordable(&self, limits: &Limits) -> Result<(), Fault> {
        let most = limits.total_size.saturating_mul(4);
        if self.again > most {
            let detail = format!(
                "{} bytes to decode, the limit for a tar.gz is {most}; as plain tar or zip it can be read",
                self.again
            );
            return Err(Fault::new(ReasonCode::LimitTotalSize, detail));
        }
        Ok(())
    }

    /// The entries kept.
    pub(super) fn into_kept(self) -> Arc<Vec<u8>> {
        Arc::new(self.kept)
    }

    /// Fills `into` as far as the stream goes.
    fn fill(&mut self, into: &mut [u8]) -> Result<usize, Halt> {
        unless_cancelled(self.progress)?;
        let mut filled = 0;
        while let Some(rest) = into.get_mut(filled..).filter(|rest| !rest.is_empty()) {
            match self.decoded.read(rest)? {
                0 => break,
                read => filled = filled.saturating_add(read),
            }
        }
        self.at = self.at.saturating_add(wide(filled));
        Ok(filled)
    }

    /// Hands the next `size` bytes to `take`, piece by piece.
    fn pieces(&mut self, size: u64, mut take: impl FnMut(&[u8]) -> io::Result<()>) -> Result<(), Halt> {
        let mut left = size;
        let mut buffer = vec![0; at_most(size, STEP)];
        while left > 0 {
            let wanted = at_most(left, buffer.len());
            let piece = buffer.get_mut(..wanted).unwrap_or_default();
            if self.fill(piece)? < wanted {
                return Err(truncated().into());
            }
            take(piece)?;
            left = left.saturating_sub(wide(wanted));
        }
        Ok(())
    }

    /// The next `size` bytes, deflated.
    fn deflated(&mut self, size: u64) -> Result<Vec<u8>, Halt> {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
        self.pieces(size, |piece| encoder.write_all(piece))?;
        Ok(encoder.finish()?)
    }
}

impl Tape for GzTape<'_> {
    fn block(&mut self) -> Result<Option<[u8; BLOCK]>, Halt> {
        let mut block = [0; BLOCK];
        match self.fill(&mut block)? {
            BLOCK => Ok(Some(block)),
            0 => Ok(None),
            _ => Err(truncated().into()),
        }
    }

    fn keep(&mut self, size: u64) -> Result<Place, Halt> {
        let at = self.at;
        if size > LARGEST_KEPT || self.kept.len() >= KEPT {
            self.skip(size)?;
            self.again = self.again.saturating_add(self.at);
            return Ok(Place::Streamed { at, size });
        }
        let bytes = self.deflated(size)?;
        let place = Place::Kept {
            at: self.kept.len(),
            size: bytes.len(),
        };
        self.kept.extend_from_slice(&bytes);
        Ok(place)
    }

    fn skip(&mut self, size: u64) -> Result<(), Halt> {
        self.pieces(size, |_| Ok(()))
    }
}
