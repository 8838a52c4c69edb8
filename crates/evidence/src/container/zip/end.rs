//! The end of an archive: end record, ZIP64 record and locator.

use crate::container::fault::Fault;
use crate::container::file::Source;
use crate::container::number::{u16_at, u32_at, u64_at, wide};
use crate::reason::ReasonCode;

const END: &[u8] = b"PK\x05\x06";
const END_SIZE: usize = 22;
const LOCATOR: &[u8] = b"PK\x06\x07";
const LOCATOR_SIZE: usize = 20;
const RECORD: &[u8] = b"PK\x06\x06";
const RECORD_SIZE: usize = 56;
const LONGEST_COMMENT: usize = 0xffff;

/// What the end of the file says about the directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct End {
    /// Entries.
    pub(super) count: u64,
    /// Bytes of the directory, as stated.
    pub(super) directory_size: u64,
    /// First byte of the directory, as stated.
    pub(super) directory_at: u64,
    /// First byte behind the directory: here the end records begin.
    pub(super) at: u64,
    /// The archive's comment.
    pub(super) comment: Vec<u8>,
}

/// The classic end record.
#[derive(Debug, Clone, Copy)]
struct Classic {
    disk: u16,
    directory_disk: u16,
    count_here: u16,
    count: u16,
    directory_size: u32,
    directory_at: u32,
}

impl Classic {
    fn parse(bytes: &[u8]) -> Option<Classic> {
        Some(Classic {
            disk: u16_at(bytes, 4)?,
            directory_disk: u16_at(bytes, 6)?,
            count_here: u16_at(bytes, 8)?,
            count: u16_at(bytes, 10)?,
            directory_size: u32_at(bytes, 12)?,
            directory_at: u32_at(bytes, 16)?,
        })
    }
}

/// Whether some end record fits the end of the file.
pub(super) fn fits(source: &Source) -> Result<bool, Fault> {
    let tail = Tail::read(source)?;
    Ok(tail.fitting().next().is_some())
}

/// Finds the one end record and what belongs to it.
pub(super) fn find(source: &Source) -> Result<End, Fault> {
    let tail = Tail::read(source)?;
    let start = tail.only_end()?;
    let bytes = tail.bytes.get(start..).unwrap_or_default();
    let classic = Classic::parse(bytes).ok_or_else(cut)?;
    let comment = bytes.get(END_SIZE..).unwrap_or_default().to_vec();
    let at = tail.at.saturating_add(wide(start));
    let locator = start
        .checked_sub(LOCATOR_SIZE)
        .and_then(|from| tail.bytes.get(from..start));
    match locator.filter(|bytes| bytes.starts_with(LOCATOR)) {
        Some(locator) => with_zip64(source, classic, comment, at, locator),
        None => without_zip64(classic, comment, at),
    }
}

/// The last bytes of the file, as many as an end record with its comment can have (and a locator before it).
struct Tail {
    at: u64,
    bytes: Vec<u8>,
}

impl Tail {
    fn read(source: &Source) -> Result<Tail, Fault> {
        let longest = LOCATOR_SIZE.saturating_add(END_SIZE).saturating_add(LONGEST_COMMENT);
        let at = source.size().saturating_sub(wide(longest));
        let bytes = source.bytes_at(at, longest)?;
        Ok(Tail { at, bytes })
    }

    /// Where the signature of an end record stands.
    fn signatures(&self) -> impl DoubleEndedIterator<Item = usize> + '_ {
        let windows = self.bytes.windows(END.len()).enumerate();
        windows
            .filter(|(_, window)| *window == END)
            .map(|(position, _)| position)
    }

    /// Bytes left after a record that begins at `start`, comment included; `None` when it runs past the end.
    fn left_after(&self, start: usize) -> Option<usize> {
        let record = self.bytes.get(start..)?;
        let comment = usize::from(u16_at(record, 20)?);
        record.len().checked_sub(END_SIZE)?.checked_sub(comment)
    }

    fn fitting(&self) -> impl Iterator<Item = usize> + '_ {
        self.signatures().filter(|start| self.left_after(*start) == Some(0))
    }

    /// The end record that fits, and no other behind its start.
    fn only_end(&self) -> Result<usize, Fault> {
        let Some(first) = self.fitting().next() else {
            return Err(self.why_none_fits());
        };
        if let Some(second) = self.signatures().find(|start| *start > first) {
            let places = [first, second].map(|start| self.at.saturating_add(wide(start)));
            let [first, second] = places;
            let detail = format!("at byte {first}, and another one at byte {second}");
            return Err(Fault::new(ReasonCode::ZipEocdAmbiguous, detail));
        }
        Ok(first)
    }

    fn why_none_fits(&self) -> Fault {
        let last = self.signatures().next_back();
        match last.map(|start| (start, self.left_after(start))) {
            None => cut(),
            Some((start, None)) => {
                let at = self.at.saturating_add(wide(start));
                let detail = format!("the end record at byte {at} runs past the end of the file");
                Fault::new(ReasonCode::ZipEocdInvalid, detail)
            }
            Some((start, Some(left))) => {
                let at = self.at.saturating_add(wide(start));
                let detail = format!("{left} bytes follow the end record at byte {at}");
                Fault::new(ReasonCode::ZipTrailingData, detail)
            }
        }
    }
}

/// No end record at all: the usual sign of a broken download.
fn cut() -> Fault {
    Fault::new(ReasonCode::ZipEocdInvalid, "the end of the archive is missing")
}

fn without_zip64(classic: Classic, comment: Vec<u8>, at: u64) -> Result<End, Fault> {
    if classic.disk != 0 || classic.directory_disk != 0 {
        return Err(multi_disk());
    }
    if classic.count_here != classic.count {
        let detail = format!("{} entries on this disk, {} in all", classic.count_here, classic.count);
        return Err(Fault::new(ReasonCode::ZipCountMismatch, detail));
    }
    // A count of 65,535 can be meant as it stands; the walk over the directory will tell.
    if classic.directory_size == u32::MAX || classic.directory_at == u32::MAX {
        return Err(zip64("the end record refers to a ZIP64 record that is not there"));
    }
    Ok(End {
        count: u64::from(classic.count),
        directory_size: u64::from(classic.directory_size),
        directory_at: u64::from(classic.directory_at),
        at,
        comment,
    })
}

fn with_zip64(source: &Source, classic: Classic, comment: Vec<u8>, at: u64, locator: &[u8]) -> Result<End, Fault> {
    let locator_at = at.saturating_sub(wide(LOCATOR_SIZE));
    let located = Locator::parse(locator).ok_or_else(|| zip64("the locator is cut"))?;
    if located.disk != 0 || located.disks != 1 {
        return Err(multi_disk());
    }
    if located.record_at >= locator_at {
        return Err(zip64("the locator points past itself"));
    }
    let bytes = source.bytes_at(located.record_at, RECORD_SIZE)?;
    let record = Record::parse(&bytes).ok_or_else(|| zip64("the locator points at no ZIP64 record"))?;
    record.ends_at(located.record_at, locator_at)?;
    record.agrees(classic)?;
    Ok(End {
        count: record.count,
        directory_size: record.directory_size,
        directory_at: record.directory_at,
        at: located.record_at,
        comment,
    })
}

struct Locator {
    disk: u32,
    record_at: u64,
    disks: u32,
}

impl Locator {
    fn parse(bytes: &[u8]) -> Option<Locator> {
        Some(Locator {
            disk: u32_at(bytes, 4)?,
            record_at: u64_at(bytes, 8)?,
            disks: u32_at(bytes, 16)?,
        })
    }
}

/// The ZIP64 end record.
struct Record {
    size: u64,
    disk: u32,
    directory_disk: u32,
    count_here: u64,
    count: u64,
    directory_size: u64,
    directory_at: u64,
}

impl Record {
    fn parse(bytes: &[u8]) -> Option<Record> {
        if !bytes.starts_with(RECORD) {
            return None;
        }
        Some(Record {
            size: u64_at(bytes, 4)?,
            disk: u32_at(bytes, 16)?,
            directory_disk: u32_at(bytes, 20)?,
            count_here: u64_at(bytes, 24)?,
            count: u64_at(bytes, 32)?,
            directory_size: u64_at(bytes, 40)?,
            directory_at: u64_at(bytes, 48)?,
        })
    }

    /// The record must reach exactly to its locator and hold nothing but the known fields.
    fn ends_at(&self, at: u64, locator_at: u64) -> Result<(), Fault> {
        let fields = wide(RECORD_SIZE).saturating_sub(12);
        let Some(extension) = self.size.checked_sub(fields) else {
            return Err(zip64("the ZIP64 record is too short"));
        };
        let end = at.checked_add(12).and_then(|start| start.checked_add(self.size));
        match end {
            Some(end) if end == locator_at && extension == 0 => Ok(()),
            Some(end) if end == locator_at => {
                let detail = format!("{extension} bytes of extension in the ZIP64 record");
                Err(Fault::new(ReasonCode::ZipUnsupportedFeature, detail))
            }
            Some(end) if end < locator_at => {
                let detail = format!("bytes {end} to {locator_at}, between ZIP64 record and locator");
                Err(Fault::new(ReasonCode::ZipUnreferencedData, detail))
            }
            Some(_) | None => Err(zip64("the ZIP64 record runs into its locator")),
        }
    }

    /// A classic field says the same or refers here.
    fn agrees(&self, classic: Classic) -> Result<(), Fault> {
        let disks = [(classic.disk, self.disk), (classic.directory_disk, self.directory_disk)];
        if disks
            .iter()
            .any(|(short, long)| *long != 0 || !matches!(*short, 0 | u16::MAX))
        {
            return Err(multi_disk());
        }
        if self.count_here != self.count {
            let detail = format!("{} entries on this disk, {} in all", self.count_here, self.count);
            return Err(Fault::new(ReasonCode::ZipCountMismatch, detail));
        }
        let short = |classic: u16, own: u64| classic == u16::MAX || u64::from(classic) == own;
        let long = |classic: u32, own: u64| classic == u32::MAX || u64::from(classic) == own;
        let agree = short(classic.count_here, self.count)
            && short(classic.count, self.count)
            && long(classic.directory_size, self.directory_size)
            && long(classic.directory_at, self.directory_at);
        if !agree {
            return Err(zip64("end record and ZIP64 record disagree"));
        }
        Ok(())
    }
}

fn zip64(detail: &str) -> Fault {
    Fault::new(ReasonCode::ZipZip64Invalid, detail)
}

fn multi_disk() -> Fault {
    Fault::new(ReasonCode::ZipMultiDisk, "the archive says it has several disks")
}
