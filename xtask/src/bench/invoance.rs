//! The engine on a big Invoance log: by itself, through the command line, and beside the vendor's SDK.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;

use super::measured::{self, MEGABYTE, number, per_second, ratio, times};
use super::table::{Goal, Table};
use super::{program, sdk};
use crate::places;

/// A big log and what belongs to it.
pub(super) struct Log {
    pub(super) events: u32,
    pub(super) file: PathBuf,
    pub(super) keys: PathBuf,
    truth: PathBuf,
}

impl Log {
    /// The log of that many events, made when it is not there.
    fn of(events: u32) -> Result<Log> {
        let folder = places::root().join("large");
        let log = Log {
            events,
            file: folder.join(format!("invoance-{events}.ndjson")),
            keys: folder.join("invoance-keys.json"),
            truth: folder.join(format!("invoance-{events}.truth.json")),
        };
        // The truth is written last.
        if !log.truth.is_file() {
            measured::fixtures(&["--large-log", &events.to_string()])?;
        }
        Ok(log)
    }
}

/// Measures, prints the table, and says how many goals were missed.
///
/// # Errors
/// When a result is not as the truth file says: a wrong answer has no speed.
pub(super) fn run(events: u32) -> Result<usize> {
    let log = Log::of(events)?;
    let engine = measured::engine("invoance", &log.file, &log.keys, &log.truth)?;
    let line = program::run(program::verify(&log.keys, &log.file).args(["--scope", "full"]), Some(1))?;
    let mut table = Table::new(&format!("{events} signed events, {} cores", measured::cores()));
    speeds(&mut table, &engine, f64::from(events) / line.seconds)?;
    limits(&mut table, &engine, line.peak_memory)?;
    peer(&mut table, &log, number(&engine, "recordsPerCpuSecond")?)?;
    Ok(table.print())
}

/// How fast, beside what verifying signatures alone allows.
fn speeds(table: &mut Table, engine: &Value, line: f64) -> Result<()> {
    let bound = number(engine, "verifyPerSecond")?;
    let rate = number(engine, "recordsPerSecond")?;
    let per_cpu = number(engine, "recordsPerCpuSecond")? / number(engine, "verifyPerCpuSecond")?;
    table.row("verifying signatures alone, all cores", per_second(bound), Goal::None);
    table.row("engine, results dropped", per_second(rate), Goal::None);
    table.row(
        "  of what verifying alone allows",
        ratio(rate / bound),
        Goal::AtLeast(rate / bound, 0.8),
    );
    table.row("  the same by processor time", ratio(per_cpu), Goal::None);
    table.row("command line, text", per_second(line), Goal::None);
    table.row(
        "  of what verifying alone allows",
        ratio(line / bound),
        Goal::AtLeast(line / bound, 0.8),
    );
    Ok(())
}

/// Memory, and how long a person waits.
fn limits(table: &mut Table, engine: &Value, line_memory: f64) -> Result<()> {
    for (what, bytes) in [
        ("memory of the engine, at most", number(engine, "peakMemory")?),
        ("memory of the command line, at most", line_memory),
    ] {
        table.row(
            what,
            format!("{:.0} MB", bytes / MEGABYTE),
            Goal::Below(bytes / MEGABYTE, 300.0),
        );
    }
    for (what, name, most) in [
        ("start to the first event", "firstProgress", 0.150),
        ("cancel to the end", "cancel", 0.200),
    ] {
        let seconds = number(engine, name)?;
        table.row(what, format!("{:.0} ms", seconds * 1_000.0), Goal::Below(seconds, most));
    }
    Ok(())
}

/// The vendor's SDK, by processor time: what else the machine does counts for neither of the two.
///
/// There is no goal: its signature check is libsodium's, which is fast, and it does nothing but one event at a time.
fn peer(table: &mut Table, log: &Log, engine: f64) -> Result<()> {
    let sdk = match sdk::rate(log)? {
        Ok(sdk) => sdk,
        Err(reason) => {
            table.row("vendor's Python SDK", format!("not measured: {reason}"), Goal::None);
            return Ok(());
        }
    };
    let measured = format!("vendor's Python SDK, {} of the events", sdk.events);
    table.row(&measured, per_second(sdk.rate), Goal::None);
    table.row("  on one core by itself", per_second(sdk.per_cpu), Goal::None);
    let per_core = engine / sdk.per_cpu;
    table.row("  engine against it, core for core", times(per_core), Goal::None);
    let cores = f64::from(u32::try_from(measured::cores())?);
    table.row(
        "  all cores against one process of it",
        times(per_core * cores),
        Goal::None,
    );
    Ok(())
}

/// Lines of a file, up to a number of them.
pub(super) fn head(file: &Path, lines: usize) -> Result<String> {
    use std::io::{BufRead, BufReader};
    let reader = BufReader::new(fs::File::open(file).with_context(|| file.display().to_string())?);
    let mut text = String::new();
    for line in reader.lines().take(lines) {
        text.push_str(&line?);
        text.push('\n');
    }
    Ok(text)
}
