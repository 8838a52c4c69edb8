//! A start while a window is open: what it was asked for goes to that window, before this one begins.
//!
//! The plugin for one instance does the same, but only once the toolkit has begun: ending the program then, with the toolkit's
//! threads running, crashed about once in 400 starts on a busy machine, after the packs were handed over. It stays the one
//! that answers, and the one that hands over on other systems.

use std::time::Duration;

use zbus::blocking::Connection;
use zbus::blocking::connection::Builder;

/// How often a window that is just ending is asked.
const ATTEMPTS: u32 = 10;

/// How long after one attempt the next begins.
const PAUSE: Duration = Duration::from_millis(300);

/// How long a window may take to answer. It takes the words in on a thread of its own, whatever else it does.
const PATIENCE: Duration = Duration::from_secs(10);

/// The answer of the bus where nobody has the name.
const NOBODY: &str = "org.freedesktop.DBus.Error.ServiceUnknown";

/// Hands the words of this start to the window that is open, and says whether there was one. Without a session bus there is no
/// way to find one.
pub(crate) fn handed_over(identifier: &str) -> bool {
    let Ok(bus) = Builder::session().and_then(|bus| bus.method_timeout(PATIENCE).build()) else {
        return false;
    };
    for _ in 0..ATTEMPTS {
        match hand_over(&bus, identifier) {
            Ok(()) => return true,
            Err(zbus::Error::MethodError(name, ..)) if name.as_str() == NOBODY => return false,
            // It was ending while it was asked.
            Err(_) => std::thread::sleep(PAUSE),
        }
    }
    false
}

/// Asks for what the plugin serves, by the names that it makes of the program's.
fn hand_over(bus: &Connection, identifier: &str) -> zbus::Result<()> {
    let name = format!("{identifier}.SingleInstance");
    let path = format!("/{}", name.replace('.', "/").replace('-', "_"));
    let words: Vec<String> = std::env::args_os()
        .map(|word| word.to_string_lossy().into_owned())
        .collect();
    let directory = std::env::current_dir().unwrap_or_default();
    let body = (words, directory.to_string_lossy().into_owned());
    bus.call_method(
        Some(name.as_str()),
        path.as_str(),
        Some("org.SingleInstance.DBus"),
        "ExecuteCallback",
        &body,
    )?;
    Ok(())
}
