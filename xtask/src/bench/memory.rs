//! The most memory that reading anything takes: fixtures, shared vectors, and files made to take much.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::measured;
use super::program;
use super::table::{Goal, Table};
use crate::command::command;
use crate::places;

/// Bytes that reading one pack may take.
const MOST: f64 = 300.0 * MIB;

const MIB: f64 = 1_048_576.0;

/// Measures, prints the table, and says how many goals were missed.
///
/// Fixtures and vectors are read file by file and folder by folder, all in one process: what it takes at most, no single
/// one of them exceeds.
pub(super) fn run() -> Result<usize> {
    let mut table = Table::new("the most memory that reading takes");
    let fixtures = ("the fixtures", places::root().join("tests/fixtures"));
    let vectors = ("the shared vectors", places::root().join("../shared/vectors"));
    for (what, folder) in [fixtures, vectors] {
        if folder.is_dir() {
            let mut paths = Vec::new();
            below(&folder, &mut paths)?;
            let what = format!("{what} ({} files and folders)", paths.len());
            row(&mut table, &what, &paths)?;
        } else {
            table.row(what, "not here".to_owned(), Goal::None);
        }
    }
    let monsters = places::root().join("large/monsters");
    if !monsters.is_dir() {
        measured::fixtures(&["--monsters"])?;
    }
    let mut paths = Vec::new();
    below(&monsters, &mut paths)?;
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        row(&mut table, &name, &[path])?;
    }
    Ok(table.print())
}

fn row(table: &mut Table, what: &str, paths: &[PathBuf]) -> Result<()> {
    let mut verify = command(places::built_as("release", "sealcheck"));
    let ran = program::run(verify.args(["verify", "--quiet", "--json"]).args(paths), None)?;
    let shown = format!("{:.0} MiB", ran.peak_memory / MIB);
    table.row(what, shown, Goal::Below(ran.peak_memory, MOST));
    Ok(())
}

/// Everything below a folder, in the order of names.
fn below(folder: &Path, paths: &mut Vec<PathBuf>) -> Result<()> {
    let entries = fs::read_dir(folder)?.map(|entry| Ok(entry?.path()));
    let mut entries = entries.collect::<Result<Vec<PathBuf>>>()?;
    entries.sort();
    for path in entries {
        paths.push(path.clone());
        if path.is_dir() && !path.is_symlink() {
            below(&path, paths)?;
        }
    }
    Ok(())
}
