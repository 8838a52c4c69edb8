//! A start that meets a window which is just ending: it begins again, a few times.

use std::time::Duration;

/// How often it began again, for itself.
const STARTS: &str = "SEALCHECK_STARTS";

/// How often it does so.
const MOST: u32 = 10;

/// How long it waits before.
const PAUSE: Duration = Duration::from_millis(300);

/// Whether the start failed because the window that was asked to take the packs over did not answer any more.
pub(crate) fn met_an_end(error: &tauri::Error) -> bool {
    if let tauri::Error::PluginInitialization(plugin, _) = error {
        return plugin == "single-instance";
    }
    false
}

/// Starts the program in the place of this one, with the same words; comes back where that cannot be done.
#[cfg(unix)]
pub(crate) fn begin_again() {
    use std::os::unix::process::CommandExt as _;

    let starts = std::env::var(STARTS).ok().and_then(|starts| starts.parse().ok());
    let starts: u32 = starts.unwrap_or_default();
    if starts >= MOST {
        return;
    }
    std::thread::sleep(PAUSE);
    let Ok(program) = std::env::current_exe() else {
        return;
    };
    let refused = std::process::Command::new(program)
        .args(std::env::args_os().skip(1))
        .env(STARTS, (starts + 1).to_string())
        .exec();
    eprintln!("sealcheck: {refused}");
}

/// There is no such thing here.
#[cfg(not(unix))]
pub(crate) fn begin_again() {}
