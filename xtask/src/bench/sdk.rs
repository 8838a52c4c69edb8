//! The vendor's SDK on the same events: what its own function for one event does in a second on this machine.

use std::fs;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::invoance::{Log, head};
use crate::peers;
use crate::places;

/// How fast it is.
pub(super) struct Rate {
    /// Events per second, over all processes.
    pub(super) rate: f64,
    /// Events per second of processor time: what one process does on a machine that has nothing else to do.
    pub(super) per_cpu: f64,
    /// How many were measured.
    pub(super) events: usize,
}

/// Parses and verifies a sample of the log, one process per core; the reason where the SDK cannot be had.
///
/// The SDK has no function for a file: a loop over the lines is the least that somebody would write.
pub(super) fn rate(log: &Log) -> Result<Result<Rate, String>> {
    let python = match peers::python()? {
        Ok(python) => python,
        Err(reason) => return Ok(Err(reason)),
    };
    let sample = places::root().join("large/invoance-sample.ndjson");
    let events = usize::try_from(log.events)?.min(40_000);
    fs::write(&sample, head(&log.file, events)?)?;
    let mut speed = crate::command::command(python);
    speed.arg("tests/peers/invoance_speed.py").args([&sample, &log.keys]);
    let (succeeded, output) = crate::command::shown(&mut speed)?;
    fs::remove_file(&sample)?;
    if !succeeded {
        bail!("the SDK could not be measured");
    }
    let answer: Value = serde_json::from_str(output.lines().last().unwrap_or_default())?;
    let figure = |name: &str| answer.get(name).and_then(Value::as_f64).context("no rate");
    Ok(Ok(Rate {
        rate: figure("eventsPerSecond")?,
        per_cpu: figure("eventsPerCpuSecond")?,
        events,
    }))
}
