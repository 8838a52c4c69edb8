//! Driving the real window on a screen of its own (`tests/e2e`).

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::command::{answer, command, on_path};
use crate::{fixtures, places};

/// Programs that the end-to-end tests need.
const PROGRAMS: &[&str] = &[
    "node",
    "Xvfb",
    "dbus-run-session",
    "openbox",
    "WebKitWebDriver",
    "xdotool",
];

/// Why the window cannot be driven here; `None` when it can.
pub(crate) fn missing() -> Option<String> {
    let absent: Vec<_> = PROGRAMS
        .iter()
        .filter(|program| on_path(program).is_none())
        .copied()
        .collect();
    (!absent.is_empty()).then(|| format!("not installed: {}", absent.join(", ")))
}

/// Runs words on a screen of their own.
pub(crate) fn on_a_screen(words: &[&str]) -> Command {
    let mut run = command(places::root().join("tests/e2e/run.sh"));
    run.args(words);
    prepared(run)
}

/// The same where no network exists but the loopback: in a network namespace of its own.
pub(crate) fn on_a_screen_without_network(words: &[&str], unshare: &str) -> Command {
    let mut run = command("unshare");
    run.args([
        unshare,
        "sh",
        "-c",
        "ip link set lo up && exec tests/e2e/run.sh \"$@\"",
        "run",
    ]);
    run.args(words);
    prepared(run)
}

/// The option of `unshare` that works here: as root, or in a user namespace; `None` when neither does.
pub(crate) fn unshare_option() -> Option<&'static str> {
    on_path("ip")?;
    ["-n", "-rn"]
        .into_iter()
        .find(|option| answer(command("unshare").args([option, "ip", "link", "set", "lo", "up"])).is_some())
}

/// Words that run test files, one after the other: they share the screen.
pub(crate) fn test_words(files: &[String]) -> Vec<&str> {
    let mut words = vec![
        "node",
        "--test",
        "--test-concurrency=1",
        "--test-timeout=600000",
        "--test-reporter=tap",
    ];
    words.extend(files.iter().map(String::as_str));
    words
}

/// The test files, `tests/e2e/*.test.mjs`, in order.
pub(crate) fn test_files() -> anyhow::Result<Vec<String>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(places::root().join("tests/e2e"))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".test.mjs") {
            files.push(format!("tests/e2e/{name}"));
        }
    }
    files.sort();
    Ok(files)
}

fn prepared(mut run: Command) -> Command {
    let paths: [(&str, PathBuf); 4] = [
        ("APP", places::built("sealcheck-app")),
        ("CLI", places::built("sealcheck")),
        ("LARGE", places::large_pack()),
        ("OUT", places::out()),
    ];
    for (name, path) in paths {
        run.env(name, path);
    }
    run
}

/// Makes the big pack that the tests and pictures open.
///
/// # Errors
/// When it could not be written.
pub(crate) fn make_large_pack() -> anyhow::Result<()> {
    let words = ["--large".to_owned(), places::LARGE_RECORDS.to_string()];
    fixtures::run(words.into_iter())
}

/// How many files a folder holds.
pub(crate) fn count_files(folder: &Path) -> usize {
    std::fs::read_dir(folder).map_or(0, Iterator::count)
}
