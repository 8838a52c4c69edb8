//! The command line as a person runs it: how long, and how much memory at most.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::command::{command, spelled};
use crate::places;

/// How a run of the program went.
pub(super) struct Ran {
    pub(super) seconds: f64,
    /// On all cores together.
    pub(super) cpu_seconds: f64,
    /// In bytes.
    pub(super) peak_memory: f64,
}

/// The program about to check a pack, with this key file.
pub(super) fn verify(keys: &Path, pack: &Path) -> Command {
    let mut verify = command(places::built_as("release", "sealcheck"));
    verify
        .args(["verify", "--quiet", "--format", "text", "--keys"])
        .args([keys, pack]);
    verify
}

/// Characters of a command that are shown.
const SHOWN: usize = 200;

/// Runs a program that must end with this code, or with any.
pub(super) fn run(program: &mut Command, ends: Option<i32>) -> Result<Ran> {
    program.stdout(Stdio::null());
    let mut spelled = spelled(program);
    if let Some((end, _)) = spelled.char_indices().nth(SHOWN) {
        spelled.truncate(end);
        spelled.push_str(" ...");
    }
    eprintln!("$ {spelled}");
    let (start, before) = (Instant::now(), processor_time_of_the_ended()?);
    let mut child = program.spawn().with_context(|| format!("cannot start `{spelled}`"))?;
    let mut peak_memory = 0.0_f64;
    let status = loop {
        peak_memory = memory(child.id()).unwrap_or_default().max(peak_memory);
        if let Some(status) = child.try_wait()? {
            break status;
        }
        thread::sleep(Duration::from_millis(5));
    };
    let seconds = start.elapsed().as_secs_f64();
    if status.code().is_none() || ends.is_some_and(|code| status.code() != Some(code)) {
        bail!("`{spelled}` ended with {status}");
    }
    Ok(Ran {
        seconds,
        cpu_seconds: processor_time_of_the_ended()? - before,
        peak_memory,
    })
}

/// Seconds of processor time of all programs that this one started and saw end.
fn processor_time_of_the_ended() -> Result<f64> {
    let stat = fs::read_to_string("/proc/self/stat")?;
    let (_, behind_the_name) = stat.rsplit_once(')').context("no name")?;
    let ticks: Vec<u32> = behind_the_name
        .split_whitespace()
        .skip(13)
        .take(2)
        .map(str::parse)
        .collect::<Result<_, _>>()?;
    // A hundred ticks a second, on every Linux.
    Ok(f64::from(ticks.iter().sum::<u32>()) / 100.0)
}

/// The most memory that a process has had so far, in bytes.
fn memory(process: u32) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: f64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kilobytes * 1_024.0)
}
