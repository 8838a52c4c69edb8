//! The central directory.

use super::end::End;
use super::extra::{Extra, Sizes, widen};
use crate::container::fault::Fault;
use crate::container::file::Source;
use crate::container::limits::Limits;
use crate::container::number::{u16_at, u32_at, wide};
use crate::reason::ReasonCode;

const HEADER: &[u8] = b"PK\x01\x02";
const HEADER_SIZE: usize = 46;
const LOCAL: &[u8] = b"PK\x03\x04";

/// One entry as the directory describes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Central<'a> {
    /// The name, as its bytes stand there.
    pub(super) name: &'a [u8],
    /// The extra fields.
    pub(super) extra: Extra<'a>,
    /// General purpose flags.
    pub(super) flags: u16,
    /// Compression method.
    pub(super) method: u16,
    /// CRC-32 of the decoded bytes.
    pub(super) crc: u32,
    /// Bytes in the archive.
    pub(super) compressed: u64,
    /// Decoded bytes.
    pub(super) size: u64,
    /// Where the local header lies.
    pub(super) offset: u64,
    /// External attributes: Unix mode above, DOS attributes below.
    pub(super) attributes: u32,
}

impl Central<'_> {
    /// Whether a data descriptor follows the data (flag bit 3).
    pub(super) fn has_descriptor(&self) -> bool {
        self.flags & 0x0008 != 0
    }

    /// Whether the name says it is UTF-8 (flag bit 11).
    pub(super) fn says_utf8(&self) -> bool {
        self.flags & 0x0800 != 0
    }

    /// Whether the local header is masked (flag bit 13).
    pub(super) fn is_masked(&self) -> bool {
        self.flags & 0x2000 != 0
    }

    /// Whether it is deflated; else it is stored, or not used.
    pub(super) fn is_deflated(&self) -> bool {
        self.method == 8
    }
}

/// The directory: its bytes, and where in them the record of each entry begins. Of a large archive the entries taken apart
/// would need several times as much memory.
#[derive(Debug)]
pub(super) struct Directory {
    /// Where it begins in the file.
    pub(super) at: u64,
    bytes: Vec<u8>,
    /// Offset of the local header and place of the record, in the order of the file.
    order: Vec<(u64, u32)>,
}

impl Directory {
    /// How many entries there are.
    pub(super) fn count(&self) -> usize {
        self.order.len()
    }

    /// Every entry with the offset at which the next one begins (or the directory), in the order of the file.
    pub(super) fn entries(&self) -> impl Iterator<Item = Result<(Central<'_>, u64), Fault>> {
        let next = self.order.iter().skip(1).map(|(offset, _)| *offset).chain([self.at]);
        self.order.iter().zip(next).map(|((_, record_at), next)| {
            let at = usize::try_from(*record_at).unwrap_or(usize::MAX);
            Ok((record(&self.bytes, at)?.0, next))
        })
    }
}

/// Reads the directory that the end record announces.
pub(super) fn read(source: &Source, end: &End, limits: &Limits) -> Result<Directory, Fault> {
    let room = locate(source, end)?;
    claims(end, room, limits)?;
    let mut bytes = vec![0; usize::try_from(room).unwrap_or(usize::MAX)];
    source.fill_at(end.directory_at, &mut bytes)?;
    let (order, length) = walk(&bytes, end)?;
    if wide(length) != end.directory_size {
        let detail = format!("the directory has {length} bytes, {} are stated", end.directory_size);
        return Err(Fault::new(ReasonCode::ZipCountMismatch, detail));
    }
    if length < bytes.len() {
        let detail = format!("{} bytes behind the directory", bytes.len().saturating_sub(length));
        return Err(Fault::new(ReasonCode::ZipUnreferencedData, detail));
    }
    Ok(Directory {
        at: end.directory_at,
        bytes,
        order,
    })
}

/// How many bytes lie between the directory's first byte and the end records.
fn locate(source: &Source, end: &End) -> Result<u64, Fault> {
    let Some(room) = end.at.checked_sub(end.directory_at) else {
        let detail = format!(
            "the directory is said to begin at byte {}, its end record at {}",
            end.directory_at, end.at
        );
        return Err(Fault::new(ReasonCode::ZipOffsetInvalid, detail));
    };
    let none = end.count == 0 && end.directory_size == 0;
    if none || is_at(source, end.directory_at, HEADER)? {
        return Ok(room);
    }
    if let Some(prefix) = prefix(source, end)? {
        let detail = format!("{prefix} bytes before the archive");
        return Err(Fault::new(ReasonCode::ZipPrefixData, detail));
    }
    let detail = format!("no directory at byte {}", end.directory_at);
    Err(Fault::new(ReasonCode::ZipOffsetInvalid, detail))
}

/// How many bytes were put before the archive without its offsets being changed, if so: then the directory ends where the
/// end record begins, and the first entry lies as much further on as the directory does.
fn prefix(source: &Source, end: &End) -> Result<Option<u64>, Fault> {
    let Some(real) = end.at.checked_sub(end.directory_size) else {
        return Ok(None);
    };
    let Some(shift) = real.checked_sub(end.directory_at).filter(|shift| *shift > 0) else {
        return Ok(None);
    };
    let record = source.bytes_at(real, HEADER_SIZE)?;
    let Some(offset) = u32_at(&record, 42).filter(|_| record.starts_with(HEADER)) else {
        return Ok(None);
    };
    let offset = u64::from(offset);
    let shifted = is_at(source, offset.saturating_add(shift), LOCAL)? && !is_at(source, offset, LOCAL)?;
    Ok(shifted.then_some(shift))
}

fn is_at(source: &Source, offset: u64, signature: &[u8]) -> Result<bool, Fault> {
    Ok(source.bytes_at(offset, signature.len())? == signature)
}

/// Holds what the end record claims against the bytes present, before anything is allocated.
fn claims(end: &End, room: u64, limits: &Limits) -> Result<(), Fault> {
    if end.directory_size > room {
        let detail = format!("{} bytes of directory stated, {room} are there", end.directory_size);
        return Err(Fault::new(ReasonCode::ZipCountMismatch, detail));
    }
    if room > limits.directory_size {
        let detail = format!("{room} bytes, the limit is {}", limits.directory_size);
        return Err(Fault::new(ReasonCode::LimitDirectorySize, detail));
    }
    if end.count.saturating_mul(wide(HEADER_SIZE)) > room {
        let detail = format!("{} entries stated in {room} bytes of directory", end.count);
        return Err(Fault::new(ReasonCode::ZipCountMismatch, detail));
    }
    if end.count > limits.entries {
        let detail = format!("{} entries, the limit is {}", end.count, limits.entries);
        return Err(Fault::new(ReasonCode::LimitEntryCount, detail));
    }
    Ok(())
}

/// Reads record after record as long as there are any; gives where each lies, and the length of them all.
fn walk(bytes: &[u8], end: &End) -> Result<(Vec<(u64, u32)>, usize), Fault> {
    let mut order = Vec::with_capacity(usize::try_from(end.count).unwrap_or_default());
    let mut at = 0_usize;
    while bytes.get(at..).is_some_and(|rest| rest.starts_with(HEADER)) {
        if wide(order.len()) == end.count {
            return Err(miscounted(end, "more"));
        }
        let (entry, length) = record(bytes, at)?;
        order.push((entry.offset, u32::try_from(at).map_err(|_| miscounted(end, "more"))?));
        at = at.saturating_add(length);
    }
    if wide(order.len()) != end.count {
        return Err(miscounted(end, "fewer"));
    }
    order.sort_unstable();
    Ok((order, at))
}

fn miscounted(end: &End, what: &str) -> Fault {
    let detail = format!("{} entries stated, the directory has {what}", end.count);
    Fault::new(ReasonCode::ZipCountMismatch, detail)
}

/// The record at `at`, with its length.
fn record(bytes: &[u8], at: usize) -> Result<(Central<'_>, usize), Fault> {
    let rest = bytes.get(at..).unwrap_or_default();
    let parts = Parts::of(rest).ok_or_else(|| {
        let detail = format!("the record at byte {at} of the directory is cut");
        Fault::new(ReasonCode::ZipCountMismatch, detail)
    })?;
    let extra = Extra::parse(parts.extra)?;
    let sizes = widen(parts.sizes, extra.zip64)?;
    if sizes.disk != 0 {
        let detail = format!("an entry on disk {}", sizes.disk);
        return Err(Fault::new(ReasonCode::ZipMultiDisk, detail));
    }
    let entry = Central {
        name: parts.name,
        extra,
        flags: parts.flags,
        method: parts.method,
        crc: parts.crc,
        compressed: sizes.compressed,
        size: sizes.size,
        offset: sizes.offset,
        attributes: parts.attributes,
    };
    Ok((entry, parts.length))
}

/// A record as its bytes stand there.
struct Parts<'a> {
    flags: u16,
    method: u16,
    crc: u32,
    sizes: Sizes,
    attributes: u32,
    name: &'a [u8],
    extra: &'a [u8],
    length: usize,
}

impl<'a> Parts<'a> {
    fn of(rest: &'a [u8]) -> Option<Parts<'a>> {
        let extra_at = HEADER_SIZE.saturating_add(usize::from(u16_at(rest, 28)?));
        let comment_at = extra_at.saturating_add(usize::from(u16_at(rest, 30)?));
        let length = comment_at.saturating_add(usize::from(u16_at(rest, 32)?));
        let whole = rest.get(..length)?;
        Some(Parts {
            flags: u16_at(whole, 8)?,
            method: u16_at(whole, 10)?,
            crc: u32_at(whole, 16)?,
            sizes: Sizes {
                compressed: u64::from(u32_at(whole, 20)?),
                size: u64::from(u32_at(whole, 24)?),
                offset: u64::from(u32_at(whole, 42)?),
                disk: u64::from(u16_at(whole, 34)?),
            },
            attributes: u32_at(whole, 38)?,
            name: whole.get(HEADER_SIZE..extra_at)?,
            extra: whole.get(extra_at..comment_at)?,
            length,
        })
    }
}
