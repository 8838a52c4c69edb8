//! `cargo xtask fuzz`: the fuzz targets of `fuzz/`, built and run.
//!
//! They are libFuzzer's. It needs no unstable compiler: coverage is asked for by options that every compiler has. None of
//! our own code may be unsafe; `--address-sanitizer` looks for faults of memory in what is not ours, several times slower.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::command::{cargo, must_succeed, shown};
use crate::places;

mod seeds;

const USAGE: &str =
    "usage: cargo xtask fuzz --smoke [SECONDS] [--address-sanitizer] | fuzz TARGET [--seconds N] [--address-sanitizer]";

/// Whether faults of memory are looked for as well.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sanitizer {
    None,
    Address,
}

impl Sanitizer {
    /// What a run may take: a result comes soon, and memory stays below what is promised, instrumentation included.
    fn bounds(self) -> [&'static str; 2] {
        match self {
            Sanitizer::None => ["-timeout=20", "-rss_limit_mb=1024"],
            Sanitizer::Address => ["-timeout=100", "-rss_limit_mb=4096"],
        }
    }

    /// Where what is built lies.
    fn built(self) -> PathBuf {
        places::target().join(match self {
            Sanitizer::None => "fuzz",
            Sanitizer::Address => "fuzz-address-sanitizer",
        })
    }
}

/// Every target, with the longest input that is worth trying.
const TARGETS: &[(&str, usize)] = &[
    ("zip", 8192),
    ("tar", 8192),
    ("gz", 8192),
    ("lines", 8192),
    ("json", 4096),
    ("keytext", 512),
    ("nexart", 32_768),
    ("keel", 32_768),
    ("invoance", 16_384),
    ("time_stamp", 8192),
    ("ipc", 1024),
];

/// Seconds of each target in a smoke run.
const SMOKE: u64 = 60;

/// Runs every target for a while, or one.
///
/// # Errors
/// When an input made a target stop; it lies in `fuzz/artifacts` then.
pub(crate) fn run(arguments: impl Iterator<Item = String>) -> Result<()> {
    let arguments: Vec<String> = arguments.collect();
    let mut words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let sanitizer = if words.last() == Some(&"--address-sanitizer") {
        words.pop();
        Sanitizer::Address
    } else {
        Sanitizer::None
    };
    let (targets, seconds) = match words.as_slice() {
        ["--smoke"] => (TARGETS.to_vec(), SMOKE),
        ["--smoke", seconds] => (TARGETS.to_vec(), seconds.parse().context(USAGE)?),
        [target] => (vec![known(target)?], SMOKE),
        [target, "--seconds", seconds] => (vec![known(target)?], seconds.parse().context(USAGE)?),
        _ => bail!("{USAGE}"),
    };
    build(sanitizer)?;
    let mut stopped = Vec::new();
    for target in targets {
        if !one(target, seconds, sanitizer)? {
            stopped.push(target.0);
        }
    }
    if !stopped.is_empty() {
        bail!("stopped, and the input kept in fuzz/artifacts: {}", stopped.join(", "));
    }
    Ok(())
}

fn known(name: &str) -> Result<(&'static str, usize)> {
    let found = TARGETS.iter().find(|(target, _)| *target == name);
    found.copied().with_context(|| {
        let names: Vec<_> = TARGETS.iter().map(|(target, _)| *target).collect();
        format!("{name} is no target: {}", names.join(", "))
    })
}

/// The flags by which the compiler counts what is reached.
fn coverage() -> String {
    let options = [
        "coverage-level=4",
        "coverage-inline-8bit-counters",
        "coverage-pc-table",
        "coverage-trace-compares",
    ];
    let options = options.map(|option| format!(" -Cllvm-args=-sanitizer-{option}"));
    format!("-Cpasses=sancov-module{}", options.concat())
}

/// What the compiler calls this machine; with a target named, build scripts are built without coverage.
fn host() -> Result<String> {
    let answer =
        crate::command::answer(crate::command::command("rustc").arg("-vV")).context("rustc does not answer")?;
    let host = answer.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host.context("rustc names no host")?.to_owned())
}

fn build(sanitizer: Sanitizer) -> Result<()> {
    let mut build = cargo();
    let mut flags = coverage();
    if sanitizer == Sanitizer::Address {
        flags.push_str(" -Zsanitizer=address");
        // The stable compiler has it, and asks for this where it is used.
        build.env("RUSTC_BOOTSTRAP", "1");
    }
    build
        .args(["build", "--locked", "--release", "--bins", "--target", &host()?])
        .arg("--manifest-path")
        .arg(places::root().join("fuzz/Cargo.toml"))
        .arg("--target-dir")
        .arg(sanitizer.built())
        .env("RUSTFLAGS", flags);
    must_succeed(&mut build)
}

/// Runs one target; false when an input stopped it.
fn one((target, longest): (&str, usize), seconds: u64, sanitizer: Sanitizer) -> Result<bool> {
    let corpus = made(&places::root().join("fuzz/corpus").join(target))?;
    let artifacts = made(&places::root().join("fuzz/artifacts").join(target))?;
    let built = sanitizer.built();
    let seeds = made(&built.join("seeds").join(target))?;
    seeds::write(target, &seeds)?;
    let mut run = Command::new(built.join(host()?).join("release").join(target));
    run.current_dir(places::root())
        .arg(corpus)
        .arg(seeds)
        .args(sanitizer.bounds())
        .arg(format!("-max_total_time={seconds}"))
        .arg(format!("-max_len={longest}"))
        .arg(format!("-artifact_prefix={}/", artifacts.display()))
        .args(["-print_final_stats=1", "-verbosity=0"])
        // Threads would make the same input reach now this, now that.
        .env("RAYON_NUM_THREADS", "1");
    println!("\n== {target}, {seconds} s");
    Ok(shown(&mut run)?.0)
}

fn made(folder: &Path) -> Result<PathBuf> {
    fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    Ok(folder.to_owned())
}
