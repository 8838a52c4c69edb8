//! How far a run is.

use evidence::{ProgressNow, Verdict};

use crate::view::{ProgressView, VerdictCount};
use crate::words::record_verdict;
use crate::words::sentence::number;

use super::text::label;
use super::verdict_view;

/// Records by result, as far as they are judged.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SoFar {
    /// Verified.
    pub verified: u64,
    /// With a mismatch.
    pub failed: u64,
    /// Undecided, and whatever else is not verified.
    pub undecided: u64,
}

/// Progress for the page; `elapsed` in milliseconds.
#[must_use]
pub fn progress(now: &ProgressNow, so_far: SoFar, elapsed: u64) -> ProgressView {
    ProgressView {
        step: step(now).to_owned(),
        text: text(now),
        item: label(&now.item),
        records_done: now.records_done,
        records_total: now.records_total,
        permille: permille(now.bytes_done, now.bytes_total)
            .into_iter()
            .chain(permille(now.records_done, now.records_total))
            .min(),
        so_far: [
            (Verdict::Verified, so_far.verified),
            (Verdict::Failed, so_far.failed),
            (Verdict::Indeterminate, so_far.undecided),
        ]
        .into_iter()
        .map(|(verdict, count)| VerdictCount {
            verdict: verdict_view(verdict),
            label: record_verdict(verdict).to_owned(),
            count,
        })
        .collect(),
        elapsed,
    }
}

/// A run has two steps that take time: the files are read, then their records are judged.
fn step(now: &ProgressNow) -> &'static str {
    if now.records_done == 0 {
        "Step 1 of 2: reading files"
    } else {
        "Step 2 of 2: checking records"
    }
}

fn text(now: &ProgressNow) -> String {
    match (now.records_done, now.records_total) {
        (0, 0) if now.item.is_empty() => "Opening".to_owned(),
        (0, 0) => format!("Reading {}", label(&now.item)),
        (done, total) if total >= done => format!("Record {} of {}", number(done), number(total)),
        (done, _) => format!("Record {}", number(done)),
    }
}

/// Thousandths done; none while the total is not known.
fn permille(done: u64, total: u64) -> Option<u32> {
    let part = u128::from(done).checked_mul(1_000)?.checked_div(u128::from(total))?;
    u32::try_from(part.min(1_000)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now(records: [u64; 2], bytes: [u64; 2]) -> ProgressNow {
        ProgressNow {
            bytes_done: bytes[0],
            bytes_total: bytes[1],
            records_done: records[0],
            records_total: records[1],
            item: "manifest.json".to_owned(),
        }
    }

    #[test]
    fn records_are_named_once_they_are_counted() {
        assert_eq!(
            progress(&now([0, 0], [5, 10]), SoFar::default(), 0).text,
            "Reading manifest.json"
        );
        assert_eq!(
            progress(&now([4_120, 100_000], [5, 10]), SoFar::default(), 0).text,
            "Record 4,120 of 100,000"
        );
    }

    #[test]
    fn the_bar_follows_what_is_furthest_behind_and_never_passes_its_end() {
        assert_eq!(
            progress(&now([10, 100], [5, 10]), SoFar::default(), 0).permille,
            Some(100)
        );
        assert_eq!(progress(&now([0, 0], [0, 0]), SoFar::default(), 0).permille, None);
        assert_eq!(
            progress(&now([0, 0], [30, 10]), SoFar::default(), 0).permille,
            Some(1_000)
        );
    }
}
