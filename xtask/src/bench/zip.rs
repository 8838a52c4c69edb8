//! An archive of as many entries as are taken: its whole structure examined, beside hashing its bytes.

use anyhow::{Result, bail};
use serde_json::Value;

use super::measured::{self, number};
use super::table::{Goal, Table};
use crate::places;

/// As many as the documented limit allows.
const ENTRIES: u32 = 200_000;

/// Seconds that examining them may take.
const MOST: f64 = 0.3;

/// Measures, prints the table, and says how many goals were missed.
///
/// # Errors
/// When not every entry is found.
pub(super) fn run() -> Result<usize> {
    let pack = places::root().join("large").join(format!("entries-{ENTRIES}.zip"));
    if !pack.is_file() {
        measured::fixtures(&["--large-zip", &ENTRIES.to_string()])?;
    }
    let answer = measured::answer("zip", &[&pack])?;
    if answer.get("entries") != Some(&Value::from(ENTRIES)) {
        bail!("not every entry was found: {answer}");
    }
    let (floor, examined) = (number(&answer, "floorSeconds")?, number(&answer, "seconds")?);
    let mut table = Table::new(&format!("a zip of {ENTRIES} entries"));
    let shown = |seconds: f64| format!("{:.0} ms", seconds * 1000.0);
    table.row("hashing the file", shown(floor), Goal::None);
    table.row(
        "the whole structure examined",
        shown(examined),
        Goal::Below(examined, MOST),
    );
    Ok(table.print())
}
