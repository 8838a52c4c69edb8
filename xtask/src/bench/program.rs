//! The command line as a person runs it: how long, and how much memory at most.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::command::{command, spelled};
use crate::places;

/// How a run of the program went.
pub(super) struct Ran {
    pub(super) seconds: f64,
    /// In bytes.
    pub(super) peak_memory: f64,
}

/// The program of an optimised build.
pub(super) fn sealcheck() -> PathBuf {
    places::built_as("release", "sealcheck")
}

/// Checks a pack that fails.
pub(super) fn run(program: &Path, pack: &Path, keys: &Path) -> Result<Ran> {
    let mut verify = command(program);
    verify
        .args(["verify", "--quiet", "--scope", "full", "--format", "text", "--keys"])
        .args([keys, pack])
        .stdout(Stdio::null());
    let spelled = spelled(&verify);
    eprintln!("$ {spelled}");
    let start = Instant::now();
    let mut child = verify.spawn().with_context(|| format!("cannot start `{spelled}`"))?;
    let mut peak_memory = 0.0_f64;
    let status = loop {
        peak_memory = memory(child.id()).unwrap_or_default().max(peak_memory);
        if let Some(status) = child.try_wait()? {
            break status;
        }
        thread::sleep(Duration::from_millis(5));
    };
    let seconds = start.elapsed().as_secs_f64();
    if status.code() != Some(1) {
        bail!("`{spelled}` ended with {status}, and the pack fails");
    }
    Ok(Ran { seconds, peak_memory })
}

/// The most memory that a process has had so far, in bytes.
fn memory(process: u32) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: f64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kilobytes * 1_024.0)
}
