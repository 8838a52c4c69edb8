//! `cargo xtask bindings`: the page's types, generated from the Rust types.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::command::{cargo, must_succeed};
use crate::places;

/// Writes the types into the page's folder, or with `--check` says whether what lies there is current.
pub(crate) fn run(mut arguments: impl Iterator<Item = String>) -> Result<()> {
    match arguments.next().as_deref() {
        None => generate(&kept()),
        Some("--check") => check(),
        Some(other) => bail!("bindings takes --check, not {other}"),
    }
}

/// Where the page's types are kept.
fn kept() -> PathBuf {
    places::page().join("src/bindings")
}

/// Generates the types anew beside the kept ones and compares.
///
/// # Errors
/// When a file differs, is missing or is left over; the message names it.
pub(crate) fn check() -> Result<()> {
    let fresh = places::out().join("bindings");
    generate(&fresh)?;
    let (kept, fresh) = (texts(&kept())?, texts(&fresh)?);
    let names: std::collections::BTreeSet<_> = kept.keys().chain(fresh.keys()).collect();
    let differing: Vec<_> = names
        .into_iter()
        .filter(|name| kept.get(*name) != fresh.get(*name))
        .map(String::as_str)
        .collect();
    if !differing.is_empty() {
        bail!(
            "ui/src/bindings is not current (run `cargo xtask bindings`): {}",
            differing.join(", ")
        );
    }
    Ok(())
}

/// Generates every type into a folder that holds nothing else.
fn generate(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    must_succeed(
        cargo()
            .args([
                "test",
                "--locked",
                "--package",
                "review",
                "--features",
                "bindings",
                "--lib",
            ])
            .args(["export_bindings", "--", "--quiet"])
            .env("TS_RS_EXPORT_DIR", folder),
    )
}

fn texts(folder: &Path) -> Result<BTreeMap<String, String>> {
    let entries = fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    entries
        .map(|entry| {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            Ok((name, fs::read_to_string(entry.path())?))
        })
        .collect()
}
