//! `cargo xtask bench`: how long a person waits, and how far the engine is from what bounds it.

use anyhow::{Result, bail};

use crate::command::must_succeed;
use crate::desktop;
use crate::setup::{self, Packages};

mod engine;
mod program;
mod sdk;
mod table;

const USAGE: &str = "usage: cargo xtask bench [--quick] [--engine | --screen]";

/// What is measured.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Both,
    Engine,
    Screen,
}

/// Measures the engine on a big log beside its bound and its peer, and the window from start to verdict.
///
/// `--quick` takes a log of a tenth of the size.
///
/// # Errors
/// Also when something takes longer than it may, or when a result is not as the truth file says.
pub(crate) fn run(arguments: impl Iterator<Item = String>) -> Result<()> {
    let (mut part, mut events) = (Part::Both, 1_000_000);
    for argument in arguments {
        match argument.as_str() {
            "--quick" => events = 100_000,
            "--engine" => part = Part::Engine,
            "--screen" => part = Part::Screen,
            _ => bail!("{USAGE}"),
        }
    }
    let missed = if part == Part::Screen { 0 } else { engine::run(events)? };
    if part != Part::Engine {
        screen()?;
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
