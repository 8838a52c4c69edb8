//! The vendors' own software beside ours: the same evidence, and every difference between the answers named. Beside review
//! notes stands in-toto's own library.
//!
//! It is Python, installed into an environment of its own from packages that are pinned by their digests.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::command::{command, must_succeed, on_path};
use crate::places;
use crate::tally::Tally;

mod difference;
mod dsse;
mod invoance;
mod keel;

/// `cargo xtask peers`
///
/// # Errors
/// When the software cannot be had, or when something differs that is not listed.
pub(crate) fn run() -> Result<()> {
    let tally = compare()?.map_err(|reason| anyhow::anyhow!(reason))?;
    println!("{} passed, {} failed", tally.passed, tally.failed);
    anyhow::ensure!(tally.failed == 0, "{} differences are not as listed", tally.failed);
    Ok(())
}

/// Compares ours with the vendors' software; the reason where that cannot be had.
///
/// # Errors
/// When something could not be run; differences are counted as failed tests and printed.
pub(crate) fn compare() -> Result<Result<Tally, String>> {
    let python = match python()? {
        Ok(python) => python,
        Err(reason) => return Ok(Err(reason)),
    };
    must_succeed(crate::command::cargo().args(["build", "--locked", "--package", "sealcheck"]))?;
    let mut tally = invoance::compare(&python)?;
    tally.add(keel::compare(&python)?);
    tally.add(dsse::compare(&python)?);
    Ok(Ok(tally))
}

/// The Python that has the vendors' packages; the reason where there is none.
///
/// # Errors
/// When its folder cannot be written.
pub(crate) fn python() -> Result<Result<PathBuf, String>> {
    let requirements = fs::read_to_string(places::root().join("tests/peers/requirements.txt"))?;
    let folder = places::target().join("peers");
    let python = folder.join("bin/python");
    let stamp = folder.join("installed.txt");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == requirements) {
        return Ok(Ok(python));
    }
    if on_path("python3").is_none() {
        return Ok(Err("python3 is not installed".to_owned()));
    }
    if must_succeed(command("python3").args(["-m", "venv", "--clear"]).arg(&folder)).is_err() {
        return Ok(Err("python3 cannot make an environment (python3-venv)".to_owned()));
    }
    let mut install = command(&python);
    install.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
    install.args(["--no-deps", "--require-hashes", "--only-binary", ":all:"]);
    install.args(["--requirement", "tests/peers/requirements.txt"]);
    if must_succeed(&mut install).is_err() {
        return Ok(Err("the vendors' packages could not be installed".to_owned()));
    }
    fs::write(&stamp, requirements)?;
    Ok(Ok(python))
}

/// Runs a script of `tests/peers` on a task, which it reads from its standard input.
fn ask(python: &Path, script: &str, task: &serde_json::Value) -> Result<serde_json::Value> {
    use std::io::Write;
    use std::process::Stdio;
    let mut child = command(python)
        .arg(format!("tests/peers/{script}"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start {script}"))?;
    if let Some(mut input) = child.stdin.take() {
        input.write_all(&serde_json::to_vec(task)?)?;
    }
    let output = child.wait_with_output()?;
    anyhow::ensure!(output.status.success(), "{script} ended with {}", output.status);
    serde_json::from_slice(&output.stdout).with_context(|| format!("{script} did not answer in JSON"))
}

/// Every file below a folder, by its path from there.
fn files_below(folder: &Path) -> Result<BTreeMap<String, PathBuf>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(&next).with_context(|| next.display().to_string())? {
            let path = entry?.path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder)?.to_string_lossy().into_owned();
                found.insert(name, path);
            }
        }
    }
    Ok(found)
}
