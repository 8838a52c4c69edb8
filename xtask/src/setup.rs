//! Set-up: system packages, front-end packages, the page. Only what is missing is installed.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::command::{answer, cargo, command, must_succeed, npm, on_path};
use crate::places;

/// A list of system packages (Debian and Ubuntu names).
#[derive(Debug, Clone, Copy)]
pub(crate) enum Packages {
    /// To build and run the window.
    Build,
    /// To test it, besides.
    Test,
}

impl Packages {
    fn list(self) -> &'static str {
        match self {
            Packages::Build => ".ci/apt-build.txt",
            Packages::Test => ".ci/apt-test.txt",
        }
    }
}

/// Installs the packages of the lists that are not there yet.
///
/// # Errors
/// When something is missing and cannot be installed; the message names the packages.
pub(crate) fn system_packages(lists: &[Packages]) -> Result<()> {
    if on_path("dpkg-query").is_none() {
        eprintln!(
            "No dpkg here: the packages of .ci/apt-*.txt are taken to be installed under this system's own names."
        );
        return Ok(());
    }
    let missing = missing_packages(lists)?;
    if missing.is_empty() {
        return Ok(());
    }
    eprintln!("Missing system packages: {}", missing.join(" "));
    let install = format!("apt-get install --no-install-recommends {}", missing.join(" "));
    let Some(prefix) = root_prefix() else {
        bail!("these packages are missing, and only root can install them. Run as root: {install}");
    };
    must_succeed(prefix().args(["apt-get", "update", "-q"]))
        .and_then(|()| {
            must_succeed(
                prefix()
                    .args(["apt-get", "install", "-y", "-q", "--no-install-recommends"])
                    .args(&missing),
            )
        })
        .with_context(|| format!("the missing packages could not be installed ({install})"))
}

fn missing_packages(lists: &[Packages]) -> Result<Vec<String>> {
    let mut missing = Vec::new();
    for list in lists {
        let text = fs::read_to_string(places::root().join(list.list()))?;
        let names = text
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.starts_with('#'));
        missing.extend(names.filter(|name| !is_installed(name)).map(str::to_owned));
    }
    Ok(missing)
}

fn is_installed(package: &str) -> bool {
    answer(command("dpkg-query").args(["-W", "-f=${Status}", package]))
        .is_some_and(|status| status.contains("ok installed"))
}

/// How to run something as root: by being it, or by sudo; `None` when neither is there.
fn root_prefix() -> Option<impl Fn() -> Command> {
    let is_root = answer(command("id").arg("-u")).is_some_and(|id| id.trim() == "0");
    let program = if is_root { "env" } else { "sudo" };
    on_path(program).map(|_| {
        move || {
            let mut prefix = command(program);
            if !is_root {
                prefix.arg("env");
            }
            prefix.arg("DEBIAN_FRONTEND=noninteractive");
            prefix
        }
    })
}

/// Installs the front end's packages as locked, unless they are there already.
///
/// # Errors
/// When node is missing or the packages could not be installed.
pub(crate) fn page_packages() -> Result<()> {
    if on_path("npm").is_none() {
        bail!("node and npm are missing: install node 20 or newer (https://nodejs.org)");
    }
    if page_packages_are_current() {
        return Ok(());
    }
    must_succeed(npm().args(["ci", "--no-audit", "--no-fund"]))
}

fn page_packages_are_current() -> bool {
    let changed = |name: &str| fs::metadata(places::page().join(name)).and_then(|file| file.modified());
    match (changed("node_modules/.package-lock.json"), changed("package-lock.json")) {
        (Ok(installed), Ok(locked)) => installed >= locked,
        _ => false,
    }
}

/// Builds the page into `ui/dist`, where the window's build takes it from.
///
/// # Errors
/// When it could not be built.
pub(crate) fn page() -> Result<()> {
    must_succeed(npm().args(["run", "build"]))
}

/// Features that every build of the window names: one set, so that nothing is built twice.
pub(crate) const WINDOW_FEATURES: &str = "sealcheck-app/custom-protocol";

/// Builds the window's program.
///
/// # Errors
/// When it could not be built.
pub(crate) fn window() -> Result<()> {
    must_succeed(cargo().args([
        "build",
        "--locked",
        "--package",
        "sealcheck-app",
        "--features",
        WINDOW_FEATURES,
    ]))
}

/// All of it, from system packages to the window's program.
///
/// # Errors
/// At the first part that could not be done.
pub(crate) fn everything(lists: &[Packages]) -> Result<()> {
    system_packages(lists)?;
    page_packages()?;
    page()?;
    window()
}
