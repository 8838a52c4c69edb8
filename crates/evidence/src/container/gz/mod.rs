//! gz streams (RFC 1952): every member counts, and nothing may follow the last one.

mod header;

use std::io::{self, BufRead, Read};

use flate2::Crc;

use super::fault::Fault;
use super::inflate::Inflate;
use super::limits::Limits;
use super::number::{array_at, wide};
use crate::reason::ReasonCode;

/// The decoded bytes of a gz stream. Reading it to its end has tested everything in it.
#[derive(Debug)]
pub(crate) struct Gunzip<R> {
    body: Inflate<R>,
    at: At,
    crc: Crc,
    members: u64,
    /// Bytes of gz of finished members.
    shipped: u64,
    decoded: u64,
    limits: Limits,
    /// Decoded bytes that are taken, and the code of more.
    most: (ReasonCode, u64),
}

/// What comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    Member,
    Body,
    Between,
    End,
}

impl<R: BufRead> Gunzip<R> {
    /// A stream that starts where `input` stands; one entry's limits hold.
    pub(crate) fn new(input: R, limits: &Limits) -> Gunzip<R> {
        Gunzip {
            body: Inflate::new(input),
            at: At::Member,
            crc: Crc::new(),
            members: 0,
            shipped: 0,
            decoded: 0,
            most: (ReasonCode::LimitEntrySize, limits.entry_size),
            limits: limits.clone(),
        }
    }

    /// Holds it to the size of a whole pack instead of one entry's.
    pub(crate) fn whole_pack(mut self, limits: &Limits) -> Gunzip<R> {
        self.most = (ReasonCode::LimitTotalSize, limits.total_size);
        self
    }

    /// What to remark about it, once it was read.
    pub(crate) fn remarks(&self) -> Vec<ReasonCode> {
        if self.members > 1 {
            vec![ReasonCode::GzMultiMember]
        } else {
            Vec::new()
        }
    }

    /// What it was read from.
    pub(crate) fn into_input(self) -> R {
        self.body.into_input()
    }

    fn member(&mut self) -> io::Result<()> {
        let length = header::read(self.body.input())?;
        self.shipped = self.shipped.saturating_add(length);
        self.members = self.members.saturating_add(1);
        self.body.restart();
        self.crc = Crc::new();
        self.at = At::Body;
        Ok(())
    }

    fn body(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.body.read(into).map_err(damaged)?;
        self.crc.update(into.get(..read).unwrap_or_default());
        self.decoded = self.decoded.saturating_add(wide(read));
        self.test_limits()?;
        if read == 0 {
            self.trailer()?;
        }
        Ok(read)
    }

    fn test_limits(&self) -> Result<(), Fault> {
        let shipped = self.shipped.saturating_add(self.body.taken());
        if self.limits.over_entry_ratio(shipped, self.decoded) {
            let detail = format!(
                "{} bytes out of {shipped}, the limit is {}:1",
                self.decoded, self.limits.entry_ratio
            );
            return Err(Fault::new(ReasonCode::LimitCompressionRatio, detail));
        }
        let (code, most) = self.most;
        if self.decoded > most {
            return Err(Fault::new(code, format!("more than {most} bytes")).at_limit(most));
        }
        Ok(())
    }

    /// Compares the check value and the length (modulo 2^32) behind the data.
    fn trailer(&mut self) -> io::Result<()> {
        let mut trailer = [0; 8];
        self.body.input().read_exact(&mut trailer).map_err(cut)?;
        let stated: (Option<[u8; 4]>, Option<[u8; 4]>) = (array_at(&trailer, 0), array_at(&trailer, 4));
        let found = (
            Some(self.crc.sum().to_le_bytes()),
            Some(self.crc.amount().to_le_bytes()),
        );
        if stated != found {
            let detail = format!("member {}: check value or length differs", self.members);
            return Err(Fault::new(ReasonCode::GzCrcMismatch, detail).into());
        }
        self.shipped = self.shipped.saturating_add(self.body.taken()).saturating_add(8);
        self.at = At::Between;
        Ok(())
    }

    fn between(&mut self) -> io::Result<()> {
        let next = self.body.input().fill_buf()?;
        self.at = match next.first() {
            None => At::End,
            Some(0x1f) => At::Member,
            Some(_) => {
                let detail = format!("at byte {}, after member {}", self.shipped, self.members);
                return Err(Fault::new(ReasonCode::GzTrailingData, detail).into());
            }
        };
        Ok(())
    }
}

impl<R: BufRead> Read for Gunzip<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while !into.is_empty() {
            match self.at {
                At::Member => self.member()?,
                At::Body => {
                    let read = self.body(into)?;
                    if read > 0 {
                        return Ok(read);
                    }
                }
                At::Between => self.between()?,
                At::End => return Ok(0),
            }
        }
        Ok(0)
    }
}

/// An error of the deflate stream as a fault of gz.
fn damaged(error: io::Error) -> io::Error {
    if error.kind() == io::ErrorKind::InvalidData {
        return Fault::new(ReasonCode::GzDataCorrupt, error.to_string()).into();
    }
    cut(error)
}

/// An end of file as a fault of gz.
fn cut(error: io::Error) -> io::Error {
    if error.kind() == io::ErrorKind::UnexpectedEof {
        return Fault::new(ReasonCode::GzTruncated, "the stream breaks off").into();
    }
    error
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    fn gz(text: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    fn read(bytes: &[u8]) -> Result<(Vec<u8>, Vec<ReasonCode>), ReasonCode> {
        let mut gunzip = Gunzip::new(bytes, &Limits::default());
        let mut text = Vec::new();
        match gunzip.read_to_end(&mut text) {
            Ok(_) => Ok((text, gunzip.remarks())),
            Err(error) => Err(Fault::of(&error).code),
        }
    }

    #[test]
    fn members_are_joined_and_remarked() {
        let both = [gz(b"one "), gz(b"two")].concat();
        assert_eq!(read(&both), Ok((b"one two".to_vec(), vec![ReasonCode::GzMultiMember])));
    }

    #[test]
    fn bytes_after_the_last_member_are_refused() {
        assert_eq!(
            read(&[gz(b"one"), b"x".to_vec()].concat()),
            Err(ReasonCode::GzTrailingData)
        );
    }

    #[test]
    fn a_zip_is_no_gz_whatever_its_name() {
        assert_eq!(read(b"PK\x03\x04 and so on"), Err(ReasonCode::GzHeaderInvalid));
    }

    #[test]
    fn every_cut_is_told() {
        let whole = gz(b"some text");
        for length in 0..whole.len() {
            assert_eq!(read(&whole[..length]), Err(ReasonCode::GzTruncated), "cut at {length}");
        }
    }

    #[test]
    fn a_bomb_stops_at_the_ratio() {
        let mut gunzip = Gunzip::new(io::Cursor::new(gz(&vec![0; 4 * 1024 * 1024])), &Limits::default());
        let mut text = Vec::new();
        let error = gunzip.read_to_end(&mut text).unwrap_err();
        assert_eq!(Fault::of(&error).code, ReasonCode::LimitCompressionRatio);
        assert!(text.len() < 2 * 1024 * 1024);
    }
}
