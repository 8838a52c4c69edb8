//! What can be wrong with one entry, by what its headers say.

use super::central::Central;
use crate::container::fault::Fault;
use crate::container::limits::Limits;
use crate::reason::ReasonCode;

/// Encrypted (bit 0), strongly encrypted (6), with a masked local header (13).
const ENCRYPTED: u16 = 0x2041;
/// Holds patch data (bit 5).
const PATCH: u16 = 0x0020;
/// The method number that stands for AES encryption.
const AES: u16 = 99;

const TYPE: u32 = 0xf000;
const FOLDER: u32 = 0x4000;
const FILE: u32 = 0x8000;
const LINK: u32 = 0xa000;
const DOS_FOLDER: u32 = 0x10;

/// Deflate writes nothing as two bytes.
const DEFLATED_NOTHING: u64 = 2;

/// Why an entry is not used, if so. `folder`: whether its name ends in a separator.
pub(super) fn fault(entry: &Central<'_>, folder: bool, limits: &Limits) -> Option<Fault> {
    protection(entry)
        .or_else(|| kind(entry, folder))
        .or_else(|| sizes(entry, limits))
}

fn protection(entry: &Central<'_>) -> Option<Fault> {
    if entry.flags & ENCRYPTED != 0 || entry.method == AES {
        return Some(Fault::new(ReasonCode::ZipEncrypted, "ask for an unencrypted pack"));
    }
    if entry.flags & PATCH != 0 {
        return Some(Fault::new(ReasonCode::ZipUnsupportedFeature, "patch data"));
    }
    if !matches!(entry.method, 0 | 8) {
        let detail = format!("method {}", entry.method);
        return Some(Fault::new(ReasonCode::ZipMethodUnsupported, detail));
    }
    None
}

/// The type by the Unix mode, whatever system the entry says it comes from.
fn mode_type(entry: &Central<'_>) -> u32 {
    (entry.attributes >> 16) & TYPE
}

fn kind(entry: &Central<'_>, folder: bool) -> Option<Fault> {
    let mode = mode_type(entry);
    let detail = format!("mode {mode:o}");
    match mode {
        LINK => return Some(Fault::new(ReasonCode::ZipSymlink, detail)),
        0 | FILE | FOLDER => {}
        _ => return Some(Fault::new(ReasonCode::ZipSpecialFile, detail)),
    }
    if folder {
        let holds_data = entry.size > 0 || entry.crc != 0 || entry.compressed > DEFLATED_NOTHING;
        let detail = format!("{} bytes", entry.size);
        return holds_data.then(|| Fault::new(ReasonCode::ZipDirWithData, detail));
    }
    let says_folder = mode == FOLDER || entry.attributes & DOS_FOLDER != 0;
    says_folder.then(|| Fault::new(ReasonCode::ZipTypeConflict, "a file's name with a folder's attribute"))
}

/// Whether an empty folder carries the mode of a file.
pub(super) fn is_folder_with_file_mode(entry: &Central<'_>, folder: bool) -> bool {
    folder && mode_type(entry) == FILE
}

fn sizes(entry: &Central<'_>, limits: &Limits) -> Option<Fault> {
    if entry.size > limits.entry_size {
        let detail = format!("{} bytes stated, the limit is {}", entry.size, limits.entry_size);
        return Some(Fault::new(ReasonCode::LimitEntrySize, detail));
    }
    if !entry.is_deflated() && entry.size != entry.compressed {
        let detail = format!("{} bytes stored, {} stated", entry.compressed, entry.size);
        return Some(Fault::new(ReasonCode::ZipSizeLie, detail));
    }
    if limits.over_entry_ratio(entry.compressed, entry.size) {
        let detail = format!(
            "{} bytes out of {}, the limit is {}:1",
            entry.size, entry.compressed, limits.entry_ratio
        );
        return Some(Fault::new(ReasonCode::LimitCompressionRatio, detail));
    }
    None
}
