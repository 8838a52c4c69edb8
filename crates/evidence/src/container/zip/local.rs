//! Local headers and data descriptors, compared with the directory.

use super::central::Central;
use super::extra::{Extra, Sizes, unicode_path, widen};
use super::window::Window;
use crate::container::fault::Fault;
use crate::container::number::{u16_at, u32_at, u64_at, wide};
use crate::reason::ReasonCode;

const HEADER: &[u8] = b"PK\x03\x04";
const HEADER_SIZE: usize = 30;
const DESCRIPTOR: &[u8] = b"PK\x07\x08";
const LONGEST_DESCRIPTOR: usize = 24;

/// Flags that only tell how hard the compressor tried.
const LEVEL: u16 = 0x0006;
const UTF8: u16 = 0x0800;

/// The bytes of the file that one entry claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Extent {
    /// First byte of the local header.
    pub(super) start: u64,
    /// First byte of the data.
    pub(super) data: u64,
    /// First byte behind data and descriptor.
    pub(super) end: u64,
    /// Only one header says that the (plain ASCII) name is UTF-8.
    pub(super) flag_differs: bool,
    /// What is wrong with its Unicode path fields.
    pub(super) unicode_path: Option<Fault>,
}

/// Reads the local header of an entry and holds it against the directory, which begins at `directory_at`. The next entry
/// begins at `next`.
///
/// # Errors
/// When the two differ, or the header is not where the directory says.
pub(super) fn compare(window: &mut Window, entry: &Central<'_>, next: u64, directory_at: u64) -> Result<Extent, Fault> {
    let header = Header::read(window, entry.offset, directory_at)?;
    let variable = window
        .get(entry.offset, header.length)?
        .get(HEADER_SIZE..)
        .unwrap_or_default();
    let (local_name, local_extra) = variable.split_at_checked(header.name_length).unwrap_or_default();
    let local_extra = Extra::parse(local_extra)?;
    let flag_differs = header.flags_differ(entry)?;
    if !entry.is_masked() {
        header.same_entry(entry, local_name)?;
        header.same_sizes(entry, local_extra.zip64)?;
    }
    let unicode_path = unicode_paths(entry, local_extra.unicode_path).err();
    let zip64 = entry.extra.zip64.is_some() || local_extra.zip64.is_some();
    let data = entry.offset.saturating_add(wide(header.length));
    let data_end = data.saturating_add(entry.compressed);
    if data_end > directory_at {
        let detail = format!("the entry at byte {} reaches into the directory", entry.offset);
        return Err(Fault::new(ReasonCode::ZipOverlap, detail));
    }
    let descriptor = if entry.has_descriptor() {
        descriptor(window, entry, zip64, data_end, next)?
    } else {
        0
    };
    Ok(Extent {
        start: entry.offset,
        data,
        end: data_end.saturating_add(descriptor),
        flag_differs,
        unicode_path,
    })
}

/// The fixed part of a local header.
struct Header {
    flags: u16,
    method: u16,
    crc: u32,
    compressed: u32,
    size: u32,
    name_length: usize,
    /// Of all of it.
    length: usize,
}

impl Header {
    fn read(window: &mut Window, offset: u64, directory_at: u64) -> Result<Header, Fault> {
        let misplaced = |code: ReasonCode| Fault::new(code, format!("an entry is said to begin at byte {offset}"));
        if offset >= window.size() {
            return Err(misplaced(ReasonCode::ZipOffsetInvalid));
        }
        if offset >= directory_at {
            return Err(misplaced(ReasonCode::ZipOverlap));
        }
        let header = Header::parse(window.get(offset, HEADER_SIZE)?);
        header.ok_or_else(|| misplaced(ReasonCode::ZipOffsetInvalid))
    }

    fn parse(bytes: &[u8]) -> Option<Header> {
        if !bytes.starts_with(HEADER) {
            return None;
        }
        let name_length = usize::from(u16_at(bytes, 26)?);
        let extra_length = usize::from(u16_at(bytes, 28)?);
        Some(Header {
            flags: u16_at(bytes, 6)?,
            method: u16_at(bytes, 8)?,
            crc: u32_at(bytes, 14)?,
            compressed: u32_at(bytes, 18)?,
            size: u32_at(bytes, 22)?,
            name_length,
            length: HEADER_SIZE.saturating_add(name_length).saturating_add(extra_length),
        })
    }

    /// Whether only the UTF-8 flag differs, and that about a name which is the same either way.
    fn flags_differ(&self, entry: &Central<'_>) -> Result<bool, Fault> {
        match (self.flags ^ entry.flags) & !LEVEL {
            0 => Ok(false),
            UTF8 if entry.name.is_ascii() => Ok(true),
            _ => Err(mismatch(entry, "flags")),
        }
    }

    fn same_entry(&self, entry: &Central<'_>, local_name: &[u8]) -> Result<(), Fault> {
        if local_name != entry.name {
            return Err(mismatch(entry, "name"));
        }
        if self.method != entry.method {
            return Err(mismatch(entry, "method"));
        }
        Ok(())
    }

    /// With a descriptor behind the data the local values may be left zero.
    fn same_sizes(&self, entry: &Central<'_>, zip64: Option<&[u8]>) -> Result<(), Fault> {
        let stated = Sizes {
            size: u64::from(self.size),
            compressed: u64::from(self.compressed),
            offset: 0,
            disk: 0,
        };
        let local = widen(stated, zip64)?;
        let open = entry.has_descriptor();
        let same = |local: u64, central: u64| local == central || (open && local == 0);
        if !same(local.size, entry.size) || !same(local.compressed, entry.compressed) {
            return Err(mismatch(entry, "size"));
        }
        if !same(u64::from(self.crc), u64::from(entry.crc)) {
            return Err(mismatch(entry, "CRC"));
        }
        Ok(())
    }
}

fn mismatch(entry: &Central<'_>, what: &str) -> Fault {
    let detail = format!("the entry at byte {}: {what}", entry.offset);
    Fault::new(ReasonCode::ZipHeaderMismatch, detail)
}

/// Both headers carry the field or none does, and it says what the name says.
fn unicode_paths(entry: &Central<'_>, local: Option<&[u8]>) -> Result<(), Fault> {
    let central = entry.extra.unicode_path;
    for field in [central, local].into_iter().flatten() {
        unicode_path(field, entry.name)?;
    }
    if central.is_some() != local.is_some() {
        let detail = "only one of the two headers has it";
        return Err(Fault::new(ReasonCode::ZipUnicodePathConflict, detail));
    }
    Ok(())
}

/// The length of the descriptor at `at`. The format leaves open whether it has a signature, so both forms are tried,
/// and of two that fit the one that reaches exactly to `next` is meant.
fn descriptor(window: &mut Window, entry: &Central<'_>, zip64: bool, at: u64, next: u64) -> Result<u64, Fault> {
    let bytes = window.get(at, LONGEST_DESCRIPTOR)?;
    let room = next.saturating_sub(at);
    let forms = [(true, 8), (false, 8), (true, 4), (false, 4)];
    let allowed = forms.into_iter().filter(|(_, width)| zip64 || *width == 4);
    let fitting: Vec<u64> = allowed
        .filter_map(|(signed, width)| form(bytes, entry, signed, width))
        .collect();
    let exact = fitting.iter().find(|length| **length == room);
    exact.or(fitting.first()).copied().ok_or_else(|| {
        let detail = format!("behind the entry at byte {}", entry.offset);
        Fault::new(ReasonCode::ZipDescriptorMismatch, detail)
    })
}

/// The length of a descriptor of this form, if there is one and it agrees with the directory.
fn form(bytes: &[u8], entry: &Central<'_>, signed: bool, width: usize) -> Option<u64> {
    let start = if signed { DESCRIPTOR.len() } else { 0 };
    if signed && !bytes.starts_with(DESCRIPTOR) {
        return None;
    }
    let number = |at: usize| {
        if width == 8 {
            u64_at(bytes, at)
        } else {
            u32_at(bytes, at).map(u64::from)
        }
    };
    let sizes_at = start.saturating_add(4);
    let found = (
        u32_at(bytes, start)?,
        number(sizes_at)?,
        number(sizes_at.saturating_add(width))?,
    );
    let length = sizes_at.saturating_add(width).saturating_add(width);
    (found == (entry.crc, entry.compressed, entry.size)).then_some(wide(length))
}
