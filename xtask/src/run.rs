//! `cargo xtask run [PACK]`: from a fresh machine to a pack in the window.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::command::{cargo, command, must_succeed};
use crate::places;
use crate::setup::{self, Packages};

/// The sample that opens when no pack is named.
const SAMPLE: &str = "verified";

/// Opens the window on a pack, or prints its review where there is no display.
pub(crate) fn run(mut arguments: impl Iterator<Item = String>) -> Result<()> {
    let pack = arguments.next().map(|path| absolute(&path)).transpose()?;
    if arguments.next().is_some() {
        bail!("run takes one pack");
    }
    if has_display() { open(pack) } else { print(pack) }
}

/// Cargo starts this program in the folder it was called from, so a relative path is relative to that.
fn absolute(path: &str) -> Result<PathBuf> {
    std::path::absolute(path).with_context(|| format!("no usable path: {path}"))
}

fn has_display() -> bool {
    ["DISPLAY", "WAYLAND_DISPLAY"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

fn open(pack: Option<PathBuf>) -> Result<()> {
    setup::everything(&[Packages::Build])?;
    let mut window = command(places::built("sealcheck-app"));
    match pack {
        Some(pack) => window.arg(pack),
        None => window.arg(format!("--sample={SAMPLE}")),
    };
    must_succeed(&mut window)
}

/// The same review as text. No system package is needed for it.
fn print(pack: Option<PathBuf>) -> Result<()> {
    eprintln!("No display here: the review follows as text. Set DISPLAY or WAYLAND_DISPLAY to see the window.");
    must_succeed(cargo().args(["build", "--locked", "--package", "sealcheck"]))?;
    let mut line = command(places::built("sealcheck"));
    line.arg("verify");
    match pack {
        Some(pack) => line.arg(pack),
        None => line
            .arg("--keys")
            .arg(places::sample("samples-keybook.json"))
            .arg(places::sample(&format!("{SAMPLE}.zip"))),
    };
    let status = line.status().context("cannot start the command line")?;
    match status.code() {
        // Every one of these is an answer about the evidence; the number says which.
        Some(code @ (0 | 1 | 3 | 4 | 5)) => {
            eprintln!("(`sealcheck verify` ends with exit code {code} here.)");
            Ok(())
        }
        _ => bail!("the command line ended with {status}"),
    }
}
