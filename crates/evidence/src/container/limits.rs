//! Every limit by name (`notes/hostile-input.md`, "Limits").

use crate::reason::ReasonCode;
use crate::report::LimitHit;

const KIB: u64 = 1024;
const MIB: u64 = 1024 * KIB;
const GIB: u64 = 1024 * MIB;
const TIB: u64 = 1024 * GIB;

/// How much of an input is taken before it is refused. `Default` gives the documented values; [`Limits::CEILING`] is as
/// far as a setting may raise them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the dropped file, or of a folder together: 16 GiB (ceiling 1 TiB).
    pub pack_size: u64,
    /// Entries of an archive or folder: 200,000 (2,000,000).
    pub entries: u64,
    /// Bytes of a zip's central directory: 128 MiB (1 GiB).
    pub directory_size: u64,
    /// Decoded bytes of one entry that is streamed: 8 GiB (64 GiB).
    pub entry_size: u64,
    /// Decoded bytes of one entry that must be parsed whole: 256 MiB (1 GiB).
    pub whole_entry_size: u64,
    /// Decoded bytes of all entries together: 64 GiB (1 TiB).
    pub total_size: u64,
    /// Decoded to shipped bytes, for one entry or gz stream: 200 (1,000).
    pub entry_ratio: u64,
    /// Decoded to shipped bytes, for the whole pack: 100 (1,000).
    pub pack_ratio: u64,
    /// Decoded bytes below which no ratio is tested: 1 MiB. Small JSON can honestly compress that well.
    pub ratio_from: u64,
    /// Bytes of a path inside the pack: 1,024.
    pub path_length: usize,
    /// Bytes of one segment of a path: 255.
    pub segment_length: usize,
    /// Segments of a path: 32.
    pub path_depth: usize,
    /// Nested arrays and objects: 64 (128).
    pub json_depth: u64,
    /// Bytes of one line, or of one JSON string: 16 MiB (64 MiB).
    pub line_length: u64,
    /// JSON values of one whole-parsed document: 5,000,000 (50,000,000).
    pub json_nodes: u64,
    /// Lines of one file: 50,000,000.
    pub lines: u64,
    /// Records of one manifest: 1,000,000 (10,000,000).
    pub records: u64,
    /// Public keys of one pack: 10,000.
    pub keys: u64,
    /// Bytes of a summary page: 20 MiB (50 MiB).
    pub summary_size: u64,
    /// Findings and refusals of one code that are kept in full: 10,000.
    pub findings: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            pack_size: 16 * GIB,
            entries: 200_000,
            directory_size: 128 * MIB,
            entry_size: 8 * GIB,
            whole_entry_size: 256 * MIB,
            total_size: 64 * GIB,
            entry_ratio: 200,
            pack_ratio: 100,
            ratio_from: MIB,
            path_length: 1024,
            segment_length: 255,
            path_depth: 32,
            json_depth: 64,
            line_length: 16 * MIB,
            json_nodes: 5_000_000,
            lines: 50_000_000,
            records: 1_000_000,
            keys: 10_000,
            summary_size: 20 * MIB,
            findings: 10_000,
        }
    }
}

impl Limits {
    /// The highest values a setting may ask for. A limit without ceiling stays as it is.
    pub const CEILING: Limits = Limits {
        pack_size: TIB,
        entries: 2_000_000,
        directory_size: GIB,
        entry_size: 64 * GIB,
        whole_entry_size: GIB,
        total_size: TIB,
        entry_ratio: 1000,
        pack_ratio: 1000,
        ratio_from: MIB,
        path_length: 1024,
        segment_length: 255,
        path_depth: 32,
        json_depth: 128,
        line_length: 64 * MIB,
        json_nodes: 50_000_000,
        lines: 50_000_000,
        records: 10_000_000,
        keys: 10_000,
        summary_size: 50 * MIB,
        findings: 10_000,
    };

    /// Raises one limit by name, up to its ceiling: what a person asks for one file (`--limit entry-ratio=1000`).
    ///
    /// # Errors
    /// [`NotRaised`] when there is no such limit, or when the value is below the default or above the ceiling.
    pub fn raise(&mut self, name: &str, value: u64) -> Result<(), NotRaised> {
        let Some((_, limit)) = RAISABLE.iter().find(|(known, _)| *known == name) else {
            return Err(NotRaised::Unknown);
        };
        let (least, most) = (*limit(&mut Limits::default()), *limit(&mut Limits::CEILING.clone()));
        if !(least..=most).contains(&value) {
            return Err(NotRaised::OutOfRange { least, most });
        }
        *limit(self) = value;
        Ok(())
    }

    /// The value behind a limit's code, where one value stands behind it.
    #[must_use]
    pub fn value(&self, code: ReasonCode) -> Option<u64> {
        LIMITED.iter().find(|(of, _)| *of == code).map(|(_, value)| value(self))
    }

    /// The report's line for a limit that was met; `None` when `code` is no limit.
    #[must_use]
    pub fn hit(&self, code: ReasonCode, subject: &str, effect: &str) -> Option<LimitHit> {
        self.value(code).map(|value| LimitHit {
            code,
            value,
            subject: subject.to_owned(),
            effect: effect.to_owned(),
        })
    }

    /// Whether `decoded` bytes out of `shipped` are more than an honest entry gives.
    pub(crate) fn over_entry_ratio(&self, shipped: u64, decoded: u64) -> bool {
        decoded > self.ratio_from && decoded > shipped.saturating_mul(self.entry_ratio)
    }

    /// The same for a whole pack.
    pub(crate) fn over_pack_ratio(&self, shipped: u64, decoded: u64) -> bool {
        decoded > self.ratio_from && decoded > shipped.saturating_mul(self.pack_ratio)
    }
}

/// Why a limit was not raised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotRaised {
    /// There is no limit of that name.
    #[error(
        "the limits are pack-size, entries, directory-size, entry-size, whole-entry-size, total-size, entry-ratio and pack-ratio"
    )]
    Unknown,
    /// A limit goes from its default up to its ceiling.
    #[error("expected a number from {least} (the default) to {most}")]
    OutOfRange {
        /// The default.
        least: u64,
        /// The ceiling.
        most: u64,
    },
}

/// One limit of a set.
type Raised = fn(&mut Limits) -> &mut u64;

/// The limits of the container that can be raised, by name.
const RAISABLE: [(&str, Raised); 8] = [
    ("pack-size", |limits| &mut limits.pack_size),
    ("entries", |limits| &mut limits.entries),
    ("directory-size", |limits| &mut limits.directory_size),
    ("entry-size", |limits| &mut limits.entry_size),
    ("whole-entry-size", |limits| &mut limits.whole_entry_size),
    ("total-size", |limits| &mut limits.total_size),
    ("entry-ratio", |limits| &mut limits.entry_ratio),
    ("pack-ratio", |limits| &mut limits.pack_ratio),
];

/// Which value a code stands for.
type Limited = (ReasonCode, fn(&Limits) -> u64);

const LIMITED: [Limited; 13] = [
    (ReasonCode::LimitPackSize, |limits| limits.pack_size),
    (ReasonCode::LimitEntryCount, |limits| limits.entries),
    (ReasonCode::LimitDirectorySize, |limits| limits.directory_size),
    (ReasonCode::LimitEntrySize, |limits| limits.entry_size),
    (ReasonCode::LimitTotalSize, |limits| limits.total_size),
    (ReasonCode::LimitCompressionRatio, |limits| limits.entry_ratio),
    (ReasonCode::LimitNesting, |_| 1),
    (ReasonCode::LimitJsonDepth, |limits| limits.json_depth),
    (ReasonCode::LimitLineLength, |limits| limits.line_length),
    (ReasonCode::LimitJsonNodes, |limits| limits.json_nodes),
    (ReasonCode::LimitLineCount, |limits| limits.lines),
    (ReasonCode::LimitRecordCount, |limits| limits.records),
    (ReasonCode::LimitKeyCount, |limits| limits.keys),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_output_has_no_ratio() {
        assert!(!Limits::default().over_entry_ratio(1, 1024 * 1024));
    }

    #[test]
    fn ratio_is_exceeded_only_above_its_value() {
        let limits = Limits::default();
        assert!(!limits.over_entry_ratio(10_000, 2_000_000));
        assert!(limits.over_entry_ratio(10_000, 2_000_001));
    }

    #[test]
    fn a_limit_is_raised_up_to_its_ceiling_and_never_lowered() {
        let mut limits = Limits::default();
        assert_eq!(limits.raise("entry-ratio", 1000), Ok(()));
        assert_eq!(limits.entry_ratio, 1000);
        let range = NotRaised::OutOfRange { least: 200, most: 1000 };
        assert_eq!(limits.raise("entry-ratio", 1001), Err(range));
        assert_eq!(limits.raise("entry-ratio", 1), Err(range));
        assert_eq!(limits.raise("path-depth", 100), Err(NotRaised::Unknown));
    }

    #[test]
    fn a_code_that_is_no_limit_has_no_value() {
        assert_eq!(Limits::default().value(ReasonCode::ZipOverlap), None);
        assert_eq!(Limits::default().value(ReasonCode::LimitEntryCount), Some(200_000));
    }
}
