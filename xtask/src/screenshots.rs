//! `cargo xtask screenshots`: every screen of the real window, in both themes and two sizes.

use anyhow::{Result, bail};

use crate::command::must_succeed;
use crate::setup::{self, Packages};
use crate::{desktop, places};

/// Sizes of the pictures.
const SIZES: &[&str] = &["1280x800", "1920x1080"];

/// Writes the pictures into `out/screenshots`.
pub(crate) fn run() -> Result<()> {
    setup::everything(&[Packages::Build, Packages::Test])?;
    if let Some(reason) = desktop::missing() {
        bail!("no pictures without a screen: {reason}");
    }
    desktop::make_large_pack()?;
    for size in SIZES {
        let words = ["node", "tests/e2e/screenshots.mjs", size];
        must_succeed(desktop::on_a_screen(&words).env("SCREEN", size))?;
    }
    let folder = places::out().join("screenshots");
    println!("{} pictures in {}", desktop::count_files(&folder), folder.display());
    Ok(())
}
