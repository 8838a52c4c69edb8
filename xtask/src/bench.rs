//! `cargo xtask bench`: how long a person waits, and how far the engine is from what bounds it.

use anyhow::{Result, bail};

use crate::command::must_succeed;
use crate::desktop;
use crate::setup::{self, Packages};

mod invoance;
mod keel;
mod measured;
mod memory;
mod program;
mod sdk;
mod table;
mod zip;

const USAGE: &str = "usage: cargo xtask bench [--quick] [--engine | --zip | --invoance | --keel | --memory | --screen]";

/// What is measured.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Zip,
    Invoance,
    Keel,
    Memory,
    Screen,
}

/// Measures the engine on big evidence beside its bounds and its peers, and the window from start to verdict.
///
/// `--quick` takes a tenth of the size.
///
/// # Errors
/// Also when something takes longer than it may, or when a result is not as the truth file says.
pub(crate) fn run(arguments: impl Iterator<Item = String>) -> Result<()> {
    let (mut parts, mut count) = (
        vec![Part::Zip, Part::Invoance, Part::Keel, Part::Memory, Part::Screen],
        1_000_000,
    );
    for argument in arguments {
        match argument.as_str() {
            "--quick" => count = 100_000,
            "--engine" => parts = vec![Part::Zip, Part::Invoance, Part::Keel],
            "--zip" => parts = vec![Part::Zip],
            "--invoance" => parts = vec![Part::Invoance],
            "--keel" => parts = vec![Part::Keel],
            "--memory" => parts = vec![Part::Memory],
            "--screen" => parts = vec![Part::Screen],
            _ => bail!("{USAGE}"),
        }
    }
    let mut missed = 0;
    if parts != [Part::Screen] {
        measured::build()?;
    }
    for part in parts {
        match part {
            Part::Zip => missed += zip::run()?,
            Part::Invoance => missed += invoance::run(count)?,
            Part::Keel => missed += keel::run(count)?,
            Part::Memory => missed += memory::run()?,
            Part::Screen => screen()?,
        }
    }
    if missed > 0 {
        bail!("{missed} goals were missed");
    }
    Ok(())
}

/// Prints the time from start to the first painted page, and from a dropped file to its verdict.
fn screen() -> Result<()> {
    setup::everything(&[Packages::Build, Packages::Test])?;
    if let Some(reason) = desktop::missing() {
        bail!("no times without a screen: {reason}");
    }
    must_succeed(&mut desktop::on_a_screen(&["node", "tests/e2e/bench.mjs"]))
}
