//! `cargo xtask test`: set-up, then every test. The last line adds them up.

use std::process::Command;
use std::time::Instant;

use anyhow::Result;

use crate::command::{answer, cargo, npm, shown};
use crate::setup::{self, Packages, WINDOW_FEATURES};
use crate::tally::Tally;
use crate::{bindings, desktop, fixtures, peers, places, sbom, supply};

/// What one step came to.
enum Outcome {
    Ran(Tally),
    Skipped(String),
}

/// Every step so far.
#[derive(Default)]
struct Steps {
    total: Tally,
    failed: Vec<&'static str>,
    skipped: Vec<(&'static str, String)>,
}

impl Steps {
    /// Does one step. Nothing that goes wrong in it keeps the next from being done.
    fn step(&mut self, name: &'static str, job: impl FnOnce() -> Result<Outcome>) {
        println!("\n== {name}");
        let start = Instant::now();
        let outcome = job().unwrap_or_else(|error| {
            println!("{error:#}");
            Outcome::Ran(Tally::FAILED)
        });
        let seconds = start.elapsed().as_secs();
        match outcome {
            Outcome::Ran(tally) => {
                println!(
                    "-- {name}: {} passed, {} failed, {} skipped ({seconds} s)",
                    tally.passed, tally.failed, tally.skipped
                );
                if tally.failed > 0 {
                    self.failed.push(name);
                }
                if tally.skipped > 0 {
                    self.skipped
                        .push((name, format!("{} tests say so themselves", tally.skipped)));
                }
                self.total.add(tally);
            }
            Outcome::Skipped(reason) => {
                println!("-- {name}: skipped, {reason}");
                self.skipped.push((name, reason));
                self.total.add(Tally::SKIPPED);
            }
        }
    }

    /// Says what it all came to.
    ///
    /// # Errors
    /// When a test failed; with `CI=true` also when one could not run.
    fn finish(self) -> Result<()> {
        println!();
        for name in &self.failed {
            println!("FAILED: {name}");
        }
        for (name, reason) in &self.skipped {
            println!("skipped: {name}: {reason}");
        }
        let Tally {
            passed,
            failed,
            skipped,
        } = self.total;
        let strict = std::env::var_os("CI").is_some_and(|value| value == "true");
        let result = if failed > 0 {
            Err(anyhow::anyhow!("{} steps failed", self.failed.len()))
        } else if strict && skipped > 0 {
            Err(anyhow::anyhow!("with CI=true nothing may be skipped"))
        } else {
            Ok(())
        };
        println!("{passed} passed, {failed} failed, {skipped} skipped");
        result
    }
}

/// Sets up and runs every test.
pub(crate) fn run() -> Result<()> {
    let mut steps = Steps::default();
    steps.step("set-up", || {
        setup::system_packages(&[Packages::Build, Packages::Test])?;
        setup::page_packages()?;
        setup::page()?;
        Ok(Outcome::Ran(Tally::PASSED))
    });
    let window = why_no_window();
    code(&mut steps, window.as_deref());
    page(&mut steps);
    on_screen(&mut steps, window.as_deref());
    steps.finish()
}

/// Why the window cannot be built here; `None` when it can.
fn why_no_window() -> Option<String> {
    if answer(crate::command::command("pkg-config").args(["--exists", "webkit2gtk-4.1"])).is_none() {
        return Some("the development files of webkit2gtk-4.1 are not installed (.ci/apt-build.txt)".to_owned());
    }
    let built = places::page().join("dist/index.html").is_file();
    (!built).then(|| "the page was not built (ui/dist)".to_owned())
}

/// What needs no screen: style, lints, unit and integration tests, generated files.
fn code(steps: &mut Steps, no_window: Option<&str>) {
    steps.step("formatting", || ran(cargo().args(["fmt", "--all", "--check"])));
    steps.step("lints", || {
        let mut clippy = cargo();
        clippy
            .args(["clippy", "--locked", "--all-targets"])
            .args(whole(no_window));
        ran(clippy.args(["--", "--deny", "warnings"]))
    });
    // They stand outside the workspace, with a lock file of their own.
    steps.step("lints of the fuzz targets", || {
        let mut clippy = cargo();
        clippy
            .args(["clippy", "--locked", "--all-targets"])
            .arg("--manifest-path")
            .arg(places::root().join("fuzz/Cargo.toml"))
            .arg("--target-dir")
            .arg(places::target());
        ran(clippy.args(["--", "--deny", "warnings"]))
    });
    steps.step("Rust tests", || {
        ran(cargo()
            .args(["test", "--locked", "--no-fail-fast"])
            .args(whole(no_window)))
    });
    if let Some(reason) = no_window {
        steps.step("Rust tests of the window", || Ok(Outcome::Skipped(reason.to_owned())));
    }
    steps.step("fixtures are current", || {
        fixtures::run(["--check".to_owned()].into_iter())?;
        Ok(Outcome::Ran(Tally::PASSED))
    });
    steps.step("the page's types are current", || {
        bindings::check()?;
        Ok(Outcome::Ran(Tally::PASSED))
    });
    steps.step("no program carries a network client", || {
        Ok(Outcome::Ran(supply::no_banned_crate()?))
    });
    steps.step("no crate may be unsafe", || Ok(Outcome::Ran(supply::nothing_unsafe()?)));
    steps.step("what the programs are made of", || {
        sbom::run()?;
        Ok(Outcome::Ran(Tally::PASSED))
    });
    steps.step("the vendors' own software", || {
        Ok(match peers::compare()? {
            Ok(tally) => Outcome::Ran(tally),
            Err(reason) => Outcome::Skipped(reason),
        })
    });
}

/// The whole workspace where the window can be built, else everything but the window.
fn whole(no_window: Option<&str>) -> &'static [&'static str] {
    match no_window {
        None => &["--workspace", "--features", WINDOW_FEATURES],
        Some(_) => &[],
    }
}

/// The page by itself.
fn page(steps: &mut Steps) {
    steps.step("types and accessibility of the page", || {
        ran(npm().args(["run", "check"]))
    });
    steps.step("tests of the page", || ran(npm().args(["test"])));
}

/// The test files that are run once more without a network: everything that goes in, and everything that comes out.
const CONNECTED: &[&str] = &["exports", "keys", "offline", "open", "views"];

/// The real window, driven as a person would.
fn on_screen(steps: &mut Steps, no_window: Option<&str>) {
    if let Some(reason) = no_window.map(str::to_owned).or_else(desktop::missing) {
        for name in [
            "the window",
            "the window without a network",
            "system calls of the window",
        ] {
            steps.step(name, || Ok(Outcome::Skipped(reason.clone())));
        }
        return;
    }
    steps.step("build of the programs", || {
        setup::window()?;
        ran(cargo().args(["build", "--locked", "--package", "sealcheck"]))
    });
    steps.step("the pack of many records", || {
        desktop::make_large_pack()?;
        Ok(Outcome::Ran(Tally::PASSED))
    });
    steps.step("the window", || {
        let files = files(|name| !name.contains("strace"))?;
        ran(&mut desktop::on_a_screen(&desktop::test_words(&files)))
    });
    steps.step("the window without a network", || {
        let Some(unshare) = desktop::unshare_option() else {
            return Ok(Outcome::Skipped(
                "no network namespace can be made here (unshare, ip)".to_owned(),
            ));
        };
        let files = files(|name| {
            CONNECTED
                .iter()
                .any(|part| name.ends_with(&format!("/{part}.test.mjs")))
        })?;
        ran(&mut desktop::on_a_screen_without_network(
            &desktop::test_words(&files),
            unshare,
        ))
    });
    steps.step("system calls of the window", || {
        if crate::command::on_path("strace").is_none() {
            return Ok(Outcome::Skipped(
                "strace is not installed (.ci/apt-test.txt)".to_owned(),
            ));
        }
        let files = files(|name| name.contains("strace"))?;
        ran(&mut desktop::on_a_screen(&desktop::test_words(&files)))
    });
}

fn files(wanted: impl Fn(&str) -> bool) -> Result<Vec<String>> {
    Ok(desktop::test_files()?.into_iter().filter(|name| wanted(name)).collect())
}

fn ran(command: &mut Command) -> Result<Outcome> {
    let (succeeded, output) = shown(command)?;
    Ok(Outcome::Ran(Tally::of(succeeded, &output)))
}
