//! What is measured, and how its figures read.

use std::path::Path;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::command::{cargo, must_succeed, shown};

pub(super) const MEGABYTE: f64 = 1_000_000.0;

/// Builds the command line as people get it.
pub(super) fn build() -> Result<()> {
    must_succeed(cargo().args(["build", "--release", "--locked", "--package", "sealcheck"]))
}

/// Makes something big, with the generator in an optimised build: minutes otherwise.
pub(super) fn fixtures(options: &[&str]) -> Result<()> {
    let mut fixtures = cargo();
    fixtures.args(["run", "--release", "--locked", "--package", "xtask", "--", "fixtures"]);
    must_succeed(fixtures.args(options))
}

/// The engine by itself: one process that measures its own bound before and after.
///
/// # Errors
/// When a result is not as the truth file says: a wrong answer has no speed.
pub(super) fn engine(ecosystem: &str, pack: &Path, keys: &Path, truth: &Path) -> Result<Value> {
    let answer = answer(ecosystem, &[pack, keys, truth])?;
    let differences = answer
        .get("differences")
        .and_then(Value::as_array)
        .context("no comparison")?;
    if let Some(first) = differences.first() {
        bail!(
            "{} results are not as {} says, first: {first}",
            differences.len(),
            truth.display()
        );
    }
    Ok(answer)
}

/// One process of the engine's measurement: what it says in its last line.
pub(super) fn answer(what: &str, files: &[&Path]) -> Result<Value> {
    let mut bench = cargo();
    bench.args(["bench", "--locked", "--package", "evidence", "--bench", "engine", "--"]);
    let (succeeded, output) = shown(bench.arg(what).args(files))?;
    if !succeeded {
        bail!("the engine could not be measured");
    }
    let answer = output.lines().last().context("the measurement says nothing")?;
    serde_json::from_str(answer).context("the measurement's last line is no JSON")
}

pub(super) fn number(answer: &Value, name: &str) -> Result<f64> {
    answer
        .get(name)
        .and_then(Value::as_f64)
        .with_context(|| format!("{name} was not measured"))
}

pub(super) fn per_second(rate: f64) -> String {
    format!("{rate:.0} per second")
}

pub(super) fn ratio(ratio: f64) -> String {
    format!("{ratio:.2}")
}

pub(super) fn times(ratio: f64) -> String {
    format!("{ratio:.1} times")
}

pub(super) fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, Into::into)
}
