//! How far a run is.

use evidence::ProgressNow;

use crate::view::ProgressView;
use crate::words::sentence::number;

use super::text::label;

/// Progress for the page; `elapsed` in milliseconds.
#[must_use]
pub fn progress(now: &ProgressNow, elapsed: u64) -> ProgressView {
    ProgressView {
        text: text(now),
        item: label(&now.item),
        records_done: now.records_done,
        records_total: now.records_total,
        permille: permille(now.bytes_done, now.bytes_total)
            .into_iter()
            .chain(permille(now.records_done, now.records_total))
            .min(),
        elapsed,
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
        assert_eq!(progress(&now([0, 0], [5, 10]), 0).text, "Reading manifest.json");
        assert_eq!(
            progress(&now([4_120, 100_000], [5, 10]), 0).text,
            "Record 4,120 of 100,000"
        );
    }

    #[test]
    fn the_bar_follows_what_is_furthest_behind_and_never_passes_its_end() {
        assert_eq!(progress(&now([10, 100], [5, 10]), 0).permille, Some(100));
        assert_eq!(progress(&now([0, 0], [0, 0]), 0).permille, None);
        assert_eq!(progress(&now([0, 0], [30, 10]), 0).permille, Some(1_000));
    }
}
