//! A computer of a reviewer: places of its own, no variable of the machine.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;
use serde_json::Value;

/// The hour that the samples' clock shows.
pub(crate) const NOW: &str = "1795597200";

/// An empty home with the samples in it.
pub(crate) struct Station(tempfile::TempDir);

impl Station {
    /// With the samples written into `s`.
    pub(crate) fn new() -> Station {
        let station = Station(tempfile::tempdir().unwrap());
        let written = station.command().args(["sample", "s"]).output().unwrap();
        assert!(written.status.success());
        station
    }

    /// A path in the home.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// The program, in the home.
    pub(crate) fn command(&self) -> Command {
        let mut command = assert_cmd::cargo::cargo_bin_cmd!("sealcheck");
        command
            .env_clear()
            .env("HOME", self.0.path())
            .env("SOURCE_DATE_EPOCH", NOW)
            .current_dir(self.0.path());
        command
    }

    /// Runs it.
    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        self.command().args(arguments).output().unwrap()
    }

    /// The report about a pack under the samples' key book.
    pub(crate) fn report(&self, pack: &str) -> Value {
        read(&self.run(&["verify", "--json", "--keys", "s/samples-keybook.json", pack]))
    }

    /// Writes a file.
    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// The report on standard output.
pub(crate) fn read(output: &Output) -> Value {
    let errors = String::from_utf8_lossy(&output.stderr);
    serde_json::from_slice(&output.stdout).unwrap_or_else(|fault| unreachable!("{fault}: {errors}"))
}

/// The codes of the findings of the container.
pub(crate) fn codes(report: &Value) -> Vec<&str> {
    let findings = report["body"]["findings"].as_array().unwrap();
    findings
        .iter()
        .map(|finding| finding["code"].as_str().unwrap())
        .collect()
}

/// A file of the fixtures.
pub(crate) fn fixture(name: &str) -> Vec<u8> {
    fs::read(
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../tests/fixtures")
            .join(name),
    )
    .unwrap()
}
