//! Every limit by name (`notes/hostile-input.md`, "Limits").

use serde::Serialize;

use crate::json::Bounds;
use crate::json::stream::StreamBounds;
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
        let Some(limit) = RAISABLE.iter().find(|limit| limit.name == name) else {
            return Err(NotRaised::Unknown);
        };
        let (least, most) = limit.range();
        if !(least..=most).contains(&value) {
            return Err(NotRaised::OutOfRange { least, most });
        }
        *(limit.of)(self) = value;
        Ok(())
    }

    /// Raises the limits behind a code as far as they go: what a person asks who was told that one was met.
    pub fn raise_behind(&mut self, code: ReasonCode) {
        for limit in RAISABLE.iter().filter(|limit| limit.code == code) {
            *(limit.of)(self) = limit.range().1;
        }
    }

    /// The limits behind a code that can still be raised, with the highest value of each.
    #[must_use]
    pub fn raisable(&self, code: ReasonCode) -> Vec<RaisedLimit> {
        let behind = RAISABLE.iter().filter(|limit| limit.code == code);
        behind
            .filter(|limit| limit.value(self) < limit.range().1)
            .map(|limit| RaisedLimit {
                name: limit.name,
                value: limit.range().1,
            })
            .collect()
    }

    /// The documented limits with some of them raised.
    #[must_use]
    pub fn raised_to<'r>(raised: impl IntoIterator<Item = &'r RaisedLimit>) -> Limits {
        let mut limits = Limits::default();
        for raised in raised {
            // It was raised before, so there is such a limit and it goes that high.
            let _ = limits.raise(raised.name, raised.value);
        }
        limits
    }

    /// The limits that were raised, with their values.
    #[must_use]
    pub fn raised(&self) -> Vec<RaisedLimit> {
        let raised = RAISABLE.iter().filter(|limit| limit.value(self) > limit.range().0);
        raised
            .map(|limit| RaisedLimit {
                name: limit.name,
                value: limit.value(self),
            })
            .collect()
    }

    /// What one JSON text may hold.
    pub(crate) fn json(&self) -> Bounds {
        let documented = Limits::default();
        let times = |raised: u64, of: u64| raised.div_ceil(of.max(1));
        let memory = times(self.json_nodes, documented.json_nodes)
            .max(times(self.whole_entry_size, documented.whole_entry_size));
        let bounds = Bounds::default();
        Bounds {
            nodes: size(self.json_nodes),
            string: size(self.line_length),
            memory: bounds.memory.saturating_mul(size(memory)),
            ..bounds
        }
    }

    /// The same for what is no NexArt record, so nests less deep. `memory` is in bytes, within the documented limits.
    pub(crate) fn json_of_rows(&self, memory: usize) -> Bounds {
        let bounds = self.json();
        let times = bounds.memory.div_ceil(Bounds::default().memory.max(1));
        Bounds {
            depth: size(self.json_depth),
            memory: memory.saturating_mul(times),
            ..bounds
        }
    }

    /// What a stream of JSON texts may hold.
    pub(crate) fn stream(&self) -> StreamBounds {
        StreamBounds {
            value: self.whole_entry_size,
            line: self.line_length,
            lines: self.lines,
        }
    }

    /// Records of one list, as a number of this machine.
    pub(crate) fn record_count(&self) -> usize {
        size(self.records)
    }

    /// A count behind the same code that rises with the records: `documented` within the documented limits.
    pub(crate) fn with_records(&self, documented: usize) -> usize {
        let times = self.records.div_ceil(Limits::default().records);
        documented.saturating_mul(size(times))
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
        "the limits are pack-size, entries, directory-size, entry-size, whole-entry-size, total-size, entry-ratio, pack-ratio, json-depth, line-length, json-nodes, records and summary-size"
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

/// A limit that was raised, or may be, by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct RaisedLimit {
    /// Its name, as `--limit` takes it.
    pub name: &'static str,
    /// Its value: bytes, a number, or decoded to shipped bytes.
    pub value: u64,
}

/// A limit that can be raised.
struct Raisable {
    name: &'static str,
    /// The code by which a person learns that it was met.
    code: ReasonCode,
    of: fn(&mut Limits) -> &mut u64,
}

impl Raisable {
    fn value(&self, limits: &Limits) -> u64 {
        *(self.of)(&mut limits.clone())
    }

    /// The default and the ceiling.
    fn range(&self) -> (u64, u64) {
        (self.value(&Limits::default()), self.value(&Limits::CEILING))
    }
}

const fn raisable(name: &'static str, code: ReasonCode, of: fn(&mut Limits) -> &mut u64) -> Raisable {
    Raisable { name, code, of }
}

/// The limits that can be raised.
const RAISABLE: [Raisable; 13] = [
    raisable("pack-size", ReasonCode::LimitPackSize, |limits| &mut limits.pack_size),
    raisable("entries", ReasonCode::LimitEntryCount, |limits| &mut limits.entries),
    raisable("directory-size", ReasonCode::LimitDirectorySize, |limits| {
        &mut limits.directory_size
    }),
    raisable("entry-size", ReasonCode::LimitEntrySize, |limits| {
        &mut limits.entry_size
    }),
    raisable("whole-entry-size", ReasonCode::LimitEntrySize, |limits| {
        &mut limits.whole_entry_size
    }),
    raisable("total-size", ReasonCode::LimitTotalSize, |limits| {
        &mut limits.total_size
    }),
    raisable("entry-ratio", ReasonCode::LimitCompressionRatio, |limits| {
        &mut limits.entry_ratio
    }),
    raisable("pack-ratio", ReasonCode::LimitCompressionRatio, |limits| {
        &mut limits.pack_ratio
    }),
    raisable("json-depth", ReasonCode::LimitJsonDepth, |limits| {
        &mut limits.json_depth
    }),
    raisable("line-length", ReasonCode::LimitLineLength, |limits| {
        &mut limits.line_length
    }),
    raisable("json-nodes", ReasonCode::LimitJsonNodes, |limits| {
        &mut limits.json_nodes
    }),
    raisable("records", ReasonCode::LimitRecordCount, |limits| &mut limits.records),
    raisable("summary-size", ReasonCode::LimitSummarySize, |limits| {
        &mut limits.summary_size
    }),
];

/// A number of the input as one of this machine.
fn size(value: u64) -> usize {
    usize::try_from(value).unwrap_or(usize::MAX)
}

/// Whether a code is about a limit of this program: nothing is proven by it.
pub(crate) fn is_limit(code: ReasonCode) -> bool {
    LIMITED.iter().any(|(of, _)| *of == code)
}

/// Whether a code is about a limit of this program or a reader that failed: it says nothing about what was read.
pub(crate) fn is_unread(code: ReasonCode) -> bool {
    code == ReasonCode::IoReadFailed || is_limit(code)
}

/// Which value a code stands for.
type Limited = (ReasonCode, fn(&Limits) -> u64);

const LIMITED: [Limited; 14] = [
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
    (ReasonCode::LimitSummarySize, |limits| limits.summary_size),
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
    fn what_stands_behind_a_code_is_raised_as_far_as_it_goes() {
        let mut limits = Limits::default();
        let code = ReasonCode::LimitCompressionRatio;
        assert_eq!(limits.raised(), []);
        let behind = limits.raisable(code);
        limits.raise_behind(code);
        assert_eq!(limits.raised(), behind);
        assert_eq!(Limits::raised_to(&behind), limits);
        assert_eq!((limits.entry_ratio, limits.pack_ratio), (1000, 1000));
        assert_eq!(limits.raisable(code), []);
        assert_eq!(limits.raisable(ReasonCode::LimitKeyCount), []);
    }

    #[test]
    fn a_code_that_is_no_limit_has_no_value() {
        assert_eq!(Limits::default().value(ReasonCode::ZipOverlap), None);
        assert_eq!(Limits::default().value(ReasonCode::LimitEntryCount), Some(200_000));
    }
}
