//! Where things lie in the repository.

use std::path::{Path, PathBuf};

/// The repository's root.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().map_or_else(|| here.to_owned(), Path::to_owned)
}

/// The front end.
pub(crate) fn page() -> PathBuf {
    root().join("ui")
}

/// What jobs leave behind for people to look at.
pub(crate) fn out() -> PathBuf {
    root().join("out")
}

/// A program that was built with the development profile.
pub(crate) fn built(program: &str) -> PathBuf {
    built_as("debug", program)
}

/// A program that was built with the profile of that folder.
pub(crate) fn built_as(profile: &str, program: &str) -> PathBuf {
    target().join(profile).join(program)
}

/// What building leaves behind.
pub(crate) fn target() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| "target".into(), PathBuf::from);
    root().join(target)
}

/// How many records the big pack of the tests has: enough for every limit of a table, few enough for every run.
pub(crate) const LARGE_RECORDS: usize = 20_000;

/// The big pack of the tests.
pub(crate) fn large_pack() -> PathBuf {
    root().join(format!("large/nexart-{LARGE_RECORDS}.zip"))
}

/// A built-in sample.
pub(crate) fn sample(name: &str) -> PathBuf {
    root().join("crates/review/samples").join(name)
}
