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

impl SoFar {
    fn total(self) -> u64 {
        self.verified + self.failed + self.undecided
    }
}

/// Progress for the page; `elapsed` in milliseconds.
#[must_use]
pub fn progress(now: &ProgressNow, so_far: SoFar, elapsed: u64) -> ProgressView {
    // What was handed over counts, so that the results add up to the number beside them.
    let now = &ProgressNow {
        records_done: so_far.total(),
        ..now.clone()
    };
    ProgressView {
        step: step(now).to_owned(),
        text: text(now),
        item: label(&now.item),
        records_done: now.records_done,
        records_total: now.records_total,
        permille: part(now),
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

/// How much of the step at hand is done; none while that is not known.
fn part(now: &ProgressNow) -> Option<u32> {
    match now.records_done {
        0 => permille(now.bytes_done, now.bytes_total).filter(|part| *part < 1_000),
        done => permille(done, now.records_total),
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

    fn verified(count: u64) -> SoFar {
        SoFar {
            verified: count,
            ..SoFar::default()
        }
    }

    #[test]
    fn records_are_named_once_they_are_counted() {
        let reading = progress(&now([0, 0], [5, 10]), SoFar::default(), 0);
        assert_eq!(reading.text, "Reading manifest.json");
        assert_eq!(reading.step, "Step 1 of 2: reading files");
        let checking = progress(&now([4_121, 100_000], [5, 10]), verified(4_120), 0);
        assert_eq!(checking.text, "Record 4,120 of 100,000");
        assert_eq!(checking.step, "Step 2 of 2: checking records");
    }

    #[test]
    fn the_results_add_up_to_the_records_done() {
        let mixed = SoFar {
            verified: 5,
            failed: 2,
            undecided: 1,
        };
        let view = progress(&now([9, 20], [5, 10]), mixed, 0);
        assert_eq!(view.records_done, 8);
        assert_eq!(view.so_far.iter().map(|one| one.count).sum::<u64>(), 8);
    }

    #[test]
    fn the_bar_is_that_of_the_step_and_says_nothing_where_nothing_is_known() {
        assert_eq!(progress(&now([0, 0], [5, 10]), SoFar::default(), 0).permille, Some(500));
        assert_eq!(progress(&now([0, 0], [10, 10]), SoFar::default(), 0).permille, None);
        assert_eq!(progress(&now([0, 0], [0, 0]), SoFar::default(), 0).permille, None);
        assert_eq!(progress(&now([10, 100], [10, 10]), verified(10), 0).permille, Some(100));
        assert_eq!(progress(&now([10, 5], [10, 10]), verified(10), 0).permille, Some(1_000));
    }
}
