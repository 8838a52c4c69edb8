//! `cargo xtask bench`: how long a person waits.

use anyhow::{Result, bail};

use crate::command::must_succeed;
use crate::desktop;
use crate::setup::{self, Packages};

/// Prints the time from start to the first painted page, and from a dropped file to its verdict.
///
/// # Errors
/// Also when one of them takes longer than it may.
pub(crate) fn run() -> Result<()> {
    setup::everything(&[Packages::Build, Packages::Test])?;
    if let Some(reason) = desktop::missing() {
        bail!("no times without a screen: {reason}");
    }
    must_succeed(&mut desktop::on_a_screen(&["node", "tests/e2e/bench.mjs"]))
}
