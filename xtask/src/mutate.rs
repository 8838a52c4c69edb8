//! `cargo xtask mutate`: good packs of every format, changed in one bit or one field, many times over.
//!
//! The changes and their judge are the test `tests/mutations.rs`, which makes a few thousand of them in every run of the
//! tests; here it makes more, optimised.

use anyhow::{Context, Result, bail};

use crate::command::{cargo, must_succeed};

const USAGE: &str = "usage: cargo xtask mutate [--count N] [--seed S]";

/// Makes the changes.
///
/// # Errors
/// When a pack with other content was verified.
pub(crate) fn run(mut arguments: impl Iterator<Item = String>) -> Result<()> {
    let (mut count, mut seed) = (100_000_u64, 2026_u64);
    while let Some(option) = arguments.next() {
        let number = arguments
            .next()
            .with_context(|| USAGE)?
            .parse()
            .with_context(|| USAGE)?;
        match option.as_str() {
            "--count" => count = number,
            "--seed" => seed = number,
            _ => bail!("{USAGE}"),
        }
    }
    let mut test = cargo();
    test.args([
        "test",
        "--locked",
        "--release",
        "--package",
        "evidence",
        "--test",
        "mutations",
    ]);
    test.args(["--", "--nocapture"]);
    test.env("SEALCHECK_MUTATIONS", count.to_string());
    test.env("SEALCHECK_MUTATION_SEED", seed.to_string());
    must_succeed(&mut test)
}
