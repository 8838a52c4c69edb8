//! `cargo xtask fixtures`: evidence made by a producer of our own.
//!
//! It seals, signs and packs as the specifications say, in its own code (`serde_json` and `serde_jcs` for the canonical
//! form), so that the engine is tested against a peer and not against itself. Nothing here reads a clock or draws a
//! random number: the same sources give the same bytes.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

mod archive;
mod case;
mod cases;
mod edit;
mod envelope;
mod files;
mod invoance;
mod keel;
mod keys;
mod large;
mod monsters;
mod object;
mod pack;
mod receipt;
mod record;
mod samples;
mod seal;
mod tree;

/// Writes the fixtures; with `--check` compares them; with `--large…` writes something big instead.
pub(crate) fn run(mut arguments: impl Iterator<Item = String>) -> Result<()> {
    let root = repository();
    match arguments.next().as_deref() {
        None => tree(&root, tree::Mode::Write),
        Some("--check") => tree(&root, tree::Mode::Check),
        Some("--large") => large::write(&large_folder(), number(arguments.next(), 100_000)?),
        Some("--large-log") => invoance::large::write(&large_folder(), number(arguments.next(), 1_000_000)?),
        Some("--large-chain") => keel::large::write(&large_folder(), number(arguments.next(), 1_000_000)?),
        Some("--large-zip") => monsters::write_zip(&large_folder(), number(arguments.next(), 200_000)?),
        Some("--monsters") => monsters::write(&large_folder().join("monsters")),
        Some(other) => bail!("fixtures: unknown option {other}"),
    }
}

/// Where the big ones are written.
fn large_folder() -> PathBuf {
    repository().join("large")
}

fn number(text: Option<String>, otherwise: usize) -> Result<usize> {
    text.map_or(Ok(otherwise), |text| {
        text.parse().with_context(|| format!("{text} is not a number"))
    })
}

fn tree(root: &Path, mode: tree::Mode) -> Result<()> {
    tree::apply(&root.join("crates/review/samples"), &samples::files()?, mode)?;
    tree::apply(&root.join("tests/fixtures/nexart"), &cases::files()?, mode)?;
    tree::apply(&root.join("tests/fixtures/invoance"), &invoance::files()?, mode)?;
    tree::apply(&root.join("tests/fixtures/keel"), &keel::files()?, mode)
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .map_or_else(PathBuf::new, Path::to_path_buf)
}
