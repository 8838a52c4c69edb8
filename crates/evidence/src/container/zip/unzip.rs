//! The bytes of one entry, decoded and held against what its headers promised.

use std::io::{self, BufReader, Read};

use flate2::Crc;

use crate::container::fault::Fault;
use crate::container::file::{Slice, Source};
use crate::container::inflate::Inflate;
use crate::container::number::{at_most, wide};
use crate::reason::ReasonCode;

/// Where an entry's data lies, and what was promised about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Spot {
    /// First byte of the data.
    pub(crate) at: u64,
    /// Bytes in the archive.
    pub(crate) compressed: u64,
    /// Decoded bytes.
    pub(crate) size: u64,
    /// CRC-32 of the decoded bytes.
    pub(crate) crc: u32,
    /// Deflated, else stored.
    pub(crate) deflated: bool,
}

/// The decoded bytes of an entry. Never gives more than was promised, and ends well only when everything held.
#[derive(Debug)]
pub(crate) struct Unzip {
    bytes: Bytes,
    spot: Spot,
    left: u64,
    crc: Crc,
}

#[derive(Debug)]
enum Bytes {
    Stored(Slice),
    Deflated(Box<Inflate<BufReader<Slice>>>),
}

/// Largest run of compressed bytes taken at once.
const BUFFER: usize = 64 * 1024;

impl Unzip {
    /// The entry at `spot`.
    pub(crate) fn new(source: Source, spot: Spot) -> Unzip {
        let slice = Slice::new(source, spot.at, spot.compressed);
        let bytes = if spot.deflated {
            let buffer = BufReader::with_capacity(at_most(spot.compressed, BUFFER).max(1), slice);
            Bytes::Deflated(Box::new(Inflate::new(buffer)))
        } else {
            Bytes::Stored(slice)
        };
        Unzip {
            bytes,
            spot,
            left: spot.size,
            crc: Crc::new(),
        }
    }

    fn decode(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match &mut self.bytes {
            Bytes::Stored(slice) => slice.read(into),
            Bytes::Deflated(inflate) => inflate.read(into).map_err(damaged),
        }
    }

    /// All promised bytes were given: nothing may follow, and the check value must fit.
    fn close(&mut self) -> io::Result<()> {
        if self.decode(&mut [0])? > 0 {
            return Err(self.lie("it goes on"));
        }
        if let Bytes::Deflated(inflate) = &self.bytes
            && inflate.taken() != self.spot.compressed
        {
            return Err(self.lie("bytes follow the compressed data"));
        }
        if self.crc.sum() != self.spot.crc {
            let detail = format!("{:08x} stated, {:08x} found", self.spot.crc, self.crc.sum());
            return Err(Fault::new(ReasonCode::ZipCrcMismatch, detail).into());
        }
        Ok(())
    }

    fn lie(&self, what: &str) -> io::Error {
        let detail = format!("{} bytes stated: {what}", self.spot.size);
        Fault::new(ReasonCode::ZipSizeLie, detail).into()
    }
}

impl Read for Unzip {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if into.is_empty() {
            return Ok(0);
        }
        if self.left == 0 {
            self.close()?;
            return Ok(0);
        }
        let room = at_most(self.left, into.len());
        let into = into.get_mut(..room).unwrap_or_default();
        let read = self.decode(into)?;
        if read == 0 {
            return Err(self.lie("it ends before"));
        }
        self.crc.update(into.get(..read).unwrap_or_default());
        self.left = self.left.saturating_sub(wide(read));
        Ok(read)
    }
}

/// An error of the deflate stream as a fault of the zip.
fn damaged(error: io::Error) -> io::Error {
    if matches!(error.kind(), io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof) {
        return Fault::new(ReasonCode::ZipDataCorrupt, error.to_string()).into();
    }
    error
}
