//! pax records: `length key=value`, one per line.

use std::collections::BTreeMap;

use super::header::invalid;
use crate::container::fault::Fault;
use crate::reason::ReasonCode;

/// The records of one pax header, and whether one key was there twice.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Pax {
    records: BTreeMap<Vec<u8>, Vec<u8>>,
    repeated: Option<Vec<u8>>,
}

impl Pax {
    /// Takes the records apart, strictly by their stated lengths.
    ///
    /// # Errors
    /// `TAR_HEADER_INVALID`.
    pub(super) fn parse(mut bytes: &[u8]) -> Result<Pax, Fault> {
        let mut pax = Pax::default();
        while !bytes.is_empty() {
            let (key, value, rest) = record(bytes).ok_or_else(|| invalid("a malformed pax record"))?;
            if pax.records.insert(key.to_vec(), value.to_vec()).is_some() {
                pax.repeated.get_or_insert(key.to_vec());
            }
            bytes = rest;
        }
        Ok(pax)
    }

    /// The path it gives to its entry.
    pub(super) fn path(&self) -> Option<&[u8]> {
        self.records.get(b"path".as_slice()).map(Vec::as_slice)
    }

    /// The size it gives to its entry.
    ///
    /// # Errors
    /// `TAR_HEADER_INVALID` when it is no number.
    pub(super) fn size(&self) -> Result<Option<u64>, Fault> {
        let Some(value) = self.records.get(b"size".as_slice()) else {
            return Ok(None);
        };
        let digits = value.iter().all(u8::is_ascii_digit);
        let text = std::str::from_utf8(value).ok().filter(|_| digits);
        let size = text.and_then(|text| text.parse::<u64>().ok());
        size.filter(|size| i64::try_from(*size).is_ok())
            .map(Some)
            .ok_or_else(|| invalid("a pax size that is no number"))
    }

    /// Whether its entry is a sparse file.
    pub(super) fn is_sparse(&self) -> bool {
        self.records.keys().any(|key| key.starts_with(b"GNU.sparse."))
    }

    /// Whether it would change what later entries are.
    pub(super) fn is_only_comment(&self) -> bool {
        self.records.keys().all(|key| key == b"comment")
    }

    /// The fault of a key that is there twice: readers differ in which one they take.
    pub(super) fn repeated(&self) -> Option<Fault> {
        let key = String::from_utf8_lossy(self.repeated.as_deref()?).into_owned();
        Some(Fault::new(ReasonCode::TarPaxConflict, format!("{key} is there twice")))
    }
}

/// Key, value and what follows.
fn record(bytes: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let blank = bytes.iter().take(20).position(|byte| *byte == b' ')?;
    let (digits, _) = bytes.split_at_checked(blank)?;
    if digits.is_empty() || digits.iter().any(|byte| !byte.is_ascii_digit()) {
        return None;
    }
    let length: usize = std::str::from_utf8(digits).ok()?.parse().ok()?;
    let (record, rest) = bytes.split_at_checked(length)?;
    let content = record.get(blank.checked_add(1)?..)?.strip_suffix(b"\n")?;
    let equals = content.iter().position(|byte| *byte == b'=')?;
    let (key, value) = content.split_at_checked(equals)?;
    let value = value.get(1..)?;
    (!key.is_empty()).then_some((key, value, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_decide_where_a_value_ends() {
        let pax = Pax::parse(b"18 path=a\nb/c.json\n".as_slice());
        assert!(pax.is_err(), "the stated length is one too short");
        let pax = Pax::parse(b"19 path=a\nb/c.json\n").unwrap();
        assert_eq!(pax.path(), Some(b"a\nb/c.json".as_slice()));
    }

    #[test]
    fn a_key_twice_is_told() {
        let pax = Pax::parse(b"9 path=a\n9 path=b\n").unwrap();
        assert_eq!(pax.repeated().unwrap().code, ReasonCode::TarPaxConflict);
    }

    #[test]
    fn a_size_is_digits_only() {
        assert_eq!(Pax::parse(b"11 size=12\n").unwrap().size().unwrap(), Some(12));
        assert!(Pax::parse(b"11 size=-1\n").unwrap().size().is_err());
        assert!(Pax::parse(b"11 size=+1\n").unwrap().size().is_err());
    }
}
