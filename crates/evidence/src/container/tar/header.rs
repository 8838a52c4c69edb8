//! One header block.

use crate::container::fault::Fault;
use crate::reason::ReasonCode;

/// Bytes of a block: headers are one, data fills whole ones.
pub(super) const BLOCK: usize = 512;

/// What a header says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Header {
    /// The name as its bytes stand there, prefix included.
    pub(super) name: Vec<u8>,
    /// Bytes of data that follow.
    pub(super) size: u64,
    /// The type flag.
    pub(super) kind: u8,
}

impl Header {
    /// Reads a block strictly: check value, and every number in it.
    ///
    /// # Errors
    /// `TAR_HEADER_INVALID`.
    pub(super) fn parse(block: &[u8; BLOCK]) -> Result<Header, Fault> {
        let header = tar::Header::from_byte_slice(block);
        let fields = header.as_old();
        let stated = number(&fields.cksum, "check value")?;
        if stated != checksum(block) {
            return Err(invalid("its check value differs"));
        }
        for (field, name) in [
            (fields.mode.as_slice(), "mode"),
            (&fields.uid, "owner"),
            (&fields.gid, "group"),
            (&fields.mtime, "time"),
        ] {
            if !is_blank(field) {
                number(field, name)?;
            }
        }
        let [kind] = fields.linkflag;
        Ok(Header {
            name: header.path_bytes().into_owned(),
            size: number(&fields.size, "size")?,
            kind,
        })
    }
}

/// The sum of all bytes, with blanks for the check value itself.
fn checksum(block: &[u8; BLOCK]) -> u64 {
    let value = 148..156;
    let bytes = block.iter().enumerate();
    bytes
        .map(|(at, byte)| if value.contains(&at) { 32 } else { u64::from(*byte) })
        .sum()
}

fn is_blank(field: &[u8]) -> bool {
    field.iter().all(|byte| matches!(byte, 0 | b' '))
}

/// A number of a header: octal digits, or GNU's binary form.
fn number(field: &[u8], name: &str) -> Result<u64, Fault> {
    let parsed = match field.split_first() {
        Some((first, rest)) if first & 0x80 != 0 => binary(*first, rest),
        Some(_) => octal(field),
        None => None,
    };
    parsed.ok_or_else(|| invalid(&format!("{name}: no number, negative or too large")))
}

fn octal(field: &[u8]) -> Option<u64> {
    let digits = field.trim_ascii_start();
    let end = digits
        .iter()
        .position(|byte| matches!(byte, 0 | b' '))
        .unwrap_or(digits.len());
    let (digits, rest) = digits.split_at_checked(end)?;
    if digits.is_empty() || !is_blank(rest) || digits.iter().any(|byte| !matches!(byte, b'0'..=b'7')) {
        return None;
    }
    u64::from_str_radix(std::str::from_utf8(digits).ok()?, 8).ok()
}

/// Big-endian after a marker byte; the next bit would be the sign.
fn binary(first: u8, rest: &[u8]) -> Option<u64> {
    if first != 0x80 {
        return None;
    }
    let value = rest.iter().try_fold(0_u64, |value, byte| {
        value.checked_mul(256)?.checked_add(u64::from(*byte))
    })?;
    i64::try_from(value).is_ok().then_some(value)
}

/// A fault of a header.
pub(super) fn invalid(detail: &str) -> Fault {
    Fault::new(ReasonCode::TarHeaderInvalid, detail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn octal_is_read_strictly() {
        assert_eq!(octal(b"0000644\0"), Some(0o644));
        assert_eq!(octal(b"   644 \0"), Some(0o644));
        assert_eq!(octal(b"0000648\0"), None);
        assert_eq!(octal(b"644\x00123"), None);
        assert_eq!(octal(b"-000001\0"), None);
        assert_eq!(octal(b"\0\0\0"), None);
    }

    #[test]
    fn binary_numbers_are_neither_negative_nor_oversized() {
        assert_eq!(number(&[0x80, 0, 0, 1, 0], "size").ok(), Some(256));
        assert!(number(&[0xff; 12], "size").is_err());
        assert!(number(&[0x80, 0, 0, 0xff, 0, 0, 0, 0, 0, 0, 0, 0], "size").is_err());
    }
}
