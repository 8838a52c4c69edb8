//! Extra fields of headers: ZIP64 sizes and the Unicode path.

use flate2::Crc;

use crate::container::fault::Fault;
use crate::container::number::{u16_at, u32_at, u64_at};
use crate::reason::ReasonCode;

const ZIP64: u16 = 0x0001;
const UNICODE_PATH: u16 = 0x7075;

/// The extra fields that matter here.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Extra<'a> {
    /// Content of the ZIP64 field.
    pub(super) zip64: Option<&'a [u8]>,
    /// Content of the Unicode path field.
    pub(super) unicode_path: Option<&'a [u8]>,
}

impl<'a> Extra<'a> {
    /// Takes the fields apart.
    ///
    /// # Errors
    /// When a field runs past the end or one of ours is there twice.
    pub(super) fn parse(mut bytes: &'a [u8]) -> Result<Extra<'a>, Fault> {
        let mut extra = Extra::default();
        while let (Some(id), Some(length)) = (u16_at(bytes, 0), u16_at(bytes, 2)) {
            let end = usize::from(length).saturating_add(4);
            let Some(content) = bytes.get(4..end) else {
                return Err(malformed("a field runs past the end of the extra data"));
            };
            let twice = match id {
                ZIP64 => extra.zip64.replace(content).is_some(),
                UNICODE_PATH => extra.unicode_path.replace(content).is_some(),
                _ => false,
            };
            if twice {
                return Err(match id {
                    ZIP64 => zip64("the ZIP64 field is there twice"),
                    _ => malformed("the Unicode path field is there twice"),
                });
            }
            bytes = bytes.get(end..).unwrap_or_default();
        }
        // Aligning tools leave up to three zero bytes.
        if bytes.iter().any(|byte| *byte != 0) {
            return Err(malformed("bytes behind the last field of the extra data"));
        }
        Ok(extra)
    }
}

fn malformed(detail: &str) -> Fault {
    Fault::new(ReasonCode::ZipHeaderMismatch, detail)
}

fn zip64(detail: &str) -> Fault {
    Fault::new(ReasonCode::ZipZip64Invalid, detail)
}

/// The fields of a header that ZIP64 can carry, as the header's classic part states them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sizes {
    /// Decoded bytes.
    pub(super) size: u64,
    /// Bytes in the archive.
    pub(super) compressed: u64,
    /// Where the local header lies.
    pub(super) offset: u64,
    /// On which disk.
    pub(super) disk: u64,
}

/// Replaces the saturated fields of `stated` by those of the ZIP64 field.
///
/// # Errors
/// `ZIP_ZIP64_INVALID` when the field is absent though needed, too short, too long, or contradicts a classic field.
pub(super) fn widen(stated: Sizes, field: Option<&[u8]>) -> Result<Sizes, Fault> {
    let classic = [
        (stated.size, u64::from(u32::MAX), 8),
        (stated.compressed, u64::from(u32::MAX), 8),
        (stated.offset, u64::from(u32::MAX), 8),
        (stated.disk, u64::from(u16::MAX), 4),
    ];
    let needed: usize = classic
        .iter()
        .filter(|(value, full, _)| value == full)
        .map(|(_, _, width)| width)
        .sum();
    let Some(field) = field else {
        return if needed == 0 {
            Ok(stated)
        } else {
            Err(zip64("sizes refer to a ZIP64 field that is not there"))
        };
    };
    // Normally the field holds exactly what is needed; some writers put all of it, from the first on.
    let exact = field.len() == needed;
    let mut values = classic.map(|(value, _, _)| value);
    let mut rest = field;
    for (value, (stated, full, width)) in values.iter_mut().zip(classic) {
        if (exact && stated != full) || rest.is_empty() {
            continue;
        }
        let own = if width == 8 {
            u64_at(rest, 0)
        } else {
            u32_at(rest, 0).map(u64::from)
        };
        *value = own.ok_or_else(|| zip64("the ZIP64 field is too short"))?;
        if stated != full && *value != stated {
            return Err(zip64("the ZIP64 field contradicts the header"));
        }
        rest = rest.get(width..).unwrap_or_default();
    }
    let unfilled = field.len() < needed;
    if unfilled || !rest.is_empty() {
        return Err(zip64("the ZIP64 field has the wrong length"));
    }
    let [size, compressed, offset, disk] = values;
    let still_full = !exact && [size, compressed, offset].contains(&u64::from(u32::MAX));
    if still_full {
        return Err(zip64("the ZIP64 field lacks a value"));
    }
    Ok(Sizes {
        size,
        compressed,
        offset,
        disk,
    })
}

/// Compares the Unicode path field with the name it stands beside.
///
/// # Errors
/// `ZIP_UNICODE_PATH_CONFLICT` when some reader would use another name because of it.
pub(super) fn unicode_path(field: &[u8], name: &[u8]) -> Result<(), Fault> {
    let conflict = |detail: &str| Err(Fault::new(ReasonCode::ZipUnicodePathConflict, detail));
    let mut crc = Crc::new();
    crc.update(name);
    match (field.first(), u32_at(field, 1), field.get(5..)) {
        (Some(1), Some(stated), Some(path)) if stated == crc.sum() && path == name => Ok(()),
        (Some(1), Some(stated), Some(_)) if stated != crc.sum() => conflict("its check value is of another name"),
        (Some(1), Some(_), Some(path)) => conflict(&format!("it names {}", String::from_utf8_lossy(path))),
        _ => conflict("an unknown version"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FULL: u64 = 0xffff_ffff;

    fn sizes(size: u64, compressed: u64, offset: u64) -> Sizes {
        Sizes {
            size,
            compressed,
            offset,
            disk: 0,
        }
    }

    #[test]
    fn exactly_the_saturated_fields_are_replaced() {
        let field = 7_u64.to_le_bytes();
        assert_eq!(widen(sizes(1, 2, FULL), Some(&field)), Ok(sizes(1, 2, 7)));
    }

    #[test]
    fn a_field_that_repeats_the_header_is_harmless() {
        let field = [5_u64.to_le_bytes(), 5_u64.to_le_bytes()].concat();
        assert_eq!(widen(sizes(5, 5, 0), Some(&field)), Ok(sizes(5, 5, 0)));
    }

    #[test]
    fn a_field_that_contradicts_is_refused() {
        let field = [5_u64.to_le_bytes(), 6_u64.to_le_bytes()].concat();
        assert_eq!(
            widen(sizes(5, 5, 0), Some(&field)).unwrap_err().code,
            ReasonCode::ZipZip64Invalid
        );
    }

    #[test]
    fn a_short_or_absent_field_is_refused() {
        assert!(widen(sizes(FULL, FULL, 0), Some(&[0; 8])).is_err());
        assert!(widen(sizes(FULL, 1, 0), None).is_err());
    }
}
