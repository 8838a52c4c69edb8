//! The engine on big Keel exports: beside hashing and inflating, with closures and without, and beside keel-verify.

use std::path::PathBuf;

use anyhow::{Context, Result};
use serde_json::Value;

use super::measured::{self, MEGABYTE, number, times};
use super::program;
use super::table::{Goal, Table};
use crate::command::command;
use crate::{peers, places};

/// How many rows the vendor's program is given: with a million it would need more memory than most machines have.
const PEER: u32 = 100_000;

/// A big export and what belongs to it.
struct Export {
    folder: PathBuf,
    keys: PathBuf,
    truth: PathBuf,
}

impl Export {
    /// The one of that name and size, made with its kin when it is not there. Of `count` rows are the chains.
    fn of(name: &str, rows: u32, count: u32) -> Result<Export> {
        let large = places::root().join("large");
        let export = Export {
            folder: large.join(format!("{name}-{rows}")),
            keys: large.join("keel-keys.json"),
            truth: large.join(format!("{name}-{rows}.truth.json")),
        };
        // The truth is written last.
        if !export.truth.is_file() {
            measured::fixtures(&["--large-chain", &count.to_string()])?;
        }
        Ok(export)
    }

    fn measure(&self) -> Result<Value> {
        measured::engine("keel", &self.folder, &self.keys, &self.truth)
    }
}

/// Measures, prints the table, and says how many goals were missed.
///
/// # Errors
/// When a result is not as the truth file says: a wrong answer has no speed.
pub(super) fn run(count: u32) -> Result<usize> {
    let mut table = Table::new(&format!(
        "{count} chained rows in gzip, {} closures, {} cores",
        count / 10,
        measured::cores()
    ));
    chain(&mut table, &Export::of("keel-chain", count, count)?)?;
    let half = count / 2;
    closures(
        &mut table,
        &Export::of("keel-bundle", half, count)?,
        &Export::of("keel-open", half, count)?,
    )?;
    peer(&mut table, &Export::of("keel-sound", PEER, PEER)?)?;
    Ok(table.print())
}

/// The whole check of a compressed chain, and what cannot be saved of it.
fn chain(table: &mut Table, export: &Export) -> Result<()> {
    let engine = export.measure()?;
    let (floor, wall) = (number(&engine, "floorSeconds")?, number(&engine, "seconds")?);
    table.row("hashing and inflating the file", seconds(floor), Goal::None);
    table.row("engine: signature, walk, results dropped", seconds(wall), Goal::None);
    let ratio = wall / floor;
    table.row("  of hashing and inflating", times(ratio), Goal::Below(ratio, 5.0));
    let ratio = number(&engine, "cpuSeconds")? / number(&engine, "floorCpuSeconds")?;
    table.row("  the same by processor time", times(ratio), Goal::None);
    memory(table, "memory of the engine, at most", number(&engine, "peakMemory")?);
    let line = program::run(&mut program::verify(&export.keys, &export.folder), Some(1))?;
    table.row("command line, text", seconds(line.seconds), Goal::None);
    memory(table, "memory of the command line, at most", line.peak_memory);
    Ok(())
}

/// A bundle with closures beside the same bundle without.
fn closures(table: &mut Table, closed: &Export, open: &Export) -> Result<()> {
    let (closed, open) = (closed.measure()?, open.measure()?);
    let (with, without) = (number(&closed, "cpuSeconds")?, number(&open, "cpuSeconds")?);
    table.row("bundle without closures, processor time", seconds(without), Goal::None);
    table.row("the same with closures, processor time", seconds(with), Goal::None);
    let ratio = with / without;
    table.row("  of the walk alone", times(ratio), Goal::Below(ratio, 3.0));
    memory(table, "memory of a bundle, at most", number(&closed, "peakMemory")?);
    Ok(())
}

/// The vendor's program on a chain in which there is nothing to find, so that neither stops early.
fn peer(table: &mut Table, export: &Export) -> Result<()> {
    let python = match peers::python()? {
        Ok(python) => python,
        Err(reason) => {
            table.row("keel-verify", format!("not measured: {reason}"), Goal::None);
            return Ok(());
        }
    };
    let program = python.parent().context("a folder of programs")?.join("keel-verify");
    let mut verify = command(program);
    verify
        .arg("export")
        .args(["governance_events.jsonl.gz", "manifest.json"].map(|file| export.folder.join(file)))
        .arg("--key-manifest")
        .arg(&export.keys)
        .args(["--walk-events", "--json"]);
    let theirs = program::run(&mut verify, Some(0))?;
    let ours = program::run(&mut program::verify(&export.keys, &export.folder), Some(0))?;
    let told = |ran: &program::Ran| format!("{:.2} s, {:.0} MB", ran.cpu_seconds, ran.peak_memory / MEGABYTE);
    table.row(
        &format!("keel-verify, {PEER} rows, processor time"),
        told(&theirs),
        Goal::None,
    );
    table.row("command line, the same", told(&ours), Goal::None);
    let ratio = theirs.seconds / ours.seconds;
    table.row(
        "  keel-verify takes, as somebody waits",
        times(ratio),
        Goal::AtLeast(ratio, 20.0),
    );
    // It uses one core, and ours all: by this figure each core is compared with its one.
    let ratio = theirs.cpu_seconds / ours.cpu_seconds;
    table.row("  the same by processor time", times(ratio), Goal::None);
    Ok(())
}

fn memory(table: &mut Table, what: &str, bytes: f64) {
    let megabytes = bytes / MEGABYTE;
    table.row(what, format!("{megabytes:.0} MB"), Goal::Below(megabytes, 300.0));
}

fn seconds(seconds: f64) -> String {
    format!("{seconds:.2} s")
}
