//! `cargo xtask`: set-up and everyday jobs.

use std::process::ExitCode;

mod fixtures;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let result = match arguments.next().as_deref() {
        Some("fixtures") => fixtures::run(arguments),
        _ => Err(anyhow::anyhow!(
            "usage: cargo xtask fixtures [--check] [--large [RECORDS]]"
        )),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}
