//! The header of a gz member.

use std::io::{self, BufRead};

use flate2::Crc;

use crate::container::fault::Fault;
use crate::container::number::{array_at, u16_at, wide};
use crate::reason::ReasonCode;

const HAS_CRC: u8 = 2;
const HAS_EXTRA: u8 = 4;
const HAS_NAME: u8 = 8;
const HAS_COMMENT: u8 = 16;
const RESERVED: u8 = 0xe0;

/// Longest name or comment that is read; none is ever used.
const LONGEST_TEXT: usize = 64 * 1024;

/// Reads a header and gives its length. The name in it is never used.
///
/// # Errors
/// `GZ_HEADER_INVALID`, or `GZ_TRUNCATED` where it breaks off.
pub(super) fn read(input: &mut impl BufRead) -> io::Result<u64> {
    let mut header = Header {
        input,
        crc: Crc::new(),
        length: 0,
    };
    let fixed: [u8; 10] = header.take()?;
    let [0x1f, 0x8b, 8, flags, ..] = fixed else {
        return Err(invalid("no gz, or an unknown method"));
    };
    if flags & RESERVED != 0 {
        return Err(invalid("unknown flags"));
    }
    if flags & HAS_EXTRA != 0 {
        let length: [u8; 2] = header.take()?;
        header.skip(u16::from_le_bytes(length))?;
    }
    if flags & HAS_NAME != 0 {
        header.text()?;
    }
    if flags & HAS_COMMENT != 0 {
        header.text()?;
    }
    if flags & HAS_CRC != 0 {
        let found = array_at::<2>(&header.crc.sum().to_le_bytes(), 0);
        let stated: [u8; 2] = header.take()?;
        if u16_at(&stated, 0) != found.map(u16::from_le_bytes) {
            return Err(invalid("its check value differs"));
        }
    }
    Ok(header.length)
}

struct Header<'a, R> {
    input: &'a mut R,
    crc: Crc,
    length: u64,
}

impl<R: BufRead> Header<'_, R> {
    fn take<const N: usize>(&mut self) -> io::Result<[u8; N]> {
        let mut bytes = [0; N];
        for (index, byte) in bytes.iter_mut().enumerate() {
            // The magic is tested byte by byte, so that something short that is no gz at all is not called cut.
            *byte = self.byte()?;
            let magic = [0x1f, 0x8b, 8].get(index);
            if N == 10 && magic.is_some_and(|magic| magic != byte) {
                return Err(invalid("no gz, or an unknown method"));
            }
        }
        Ok(bytes)
    }

    fn byte(&mut self) -> io::Result<u8> {
        let mut byte = [0; 1];
        self.input.read_exact(&mut byte).map_err(super::cut)?;
        self.crc.update(&byte);
        self.length = self.length.saturating_add(wide(byte.len()));
        let [byte] = byte;
        Ok(byte)
    }

    fn skip(&mut self, count: u16) -> io::Result<()> {
        for _ in 0..count {
            self.byte()?;
        }
        Ok(())
    }

    /// A text up to its zero byte.
    fn text(&mut self) -> io::Result<()> {
        for _ in 0..LONGEST_TEXT {
            if self.byte()? == 0 {
                return Ok(());
            }
        }
        Err(invalid("a name or comment without end"))
    }
}

fn invalid(detail: &str) -> io::Error {
    Fault::new(ReasonCode::GzHeaderInvalid, detail).into()
}
