//! How far the run is, on the error stream of a terminal.

use std::io::{IsTerminal, Write};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use evidence::{Progress, ProgressNow};
use review::present::visible;

/// Time between two looks.
const PAUSE: Duration = Duration::from_millis(200);

/// Does `work` while a line on the terminal says how far it is. Nothing is said where nobody watches.
pub(crate) fn shown<T>(progress: &Progress, quiet: bool, work: impl FnOnce() -> T) -> T {
    if quiet || !std::io::stderr().is_terminal() {
        return work();
    }
    std::thread::scope(|scope| {
        let (done, waiting) = channel::<()>();
        scope.spawn(move || watch(progress, &waiting));
        let result = work();
        drop(done);
        result
    })
}

fn watch(progress: &Progress, waiting: &Receiver<()>) {
    let mut any = false;
    while waiting.recv_timeout(PAUSE) == Err(RecvTimeoutError::Timeout) {
        any = true;
        say(&format!("\r\u{1b}[K{}", line(&progress.now())));
    }
    if any {
        say("\r\u{1b}[K");
    }
}

/// A terminal that no longer takes text is no reason to stop.
fn say(text: &str) {
    let mut stream = std::io::stderr().lock();
    let _ = stream.write_all(text.as_bytes()).and_then(|()| stream.flush());
}

fn line(now: &ProgressNow) -> String {
    let item: String = visible(&now.item).chars().take(50).collect();
    match (now.records_done, now.records_total) {
        (0, 0) => format!("reading {item}"),
        (done, total) if total > done => format!("record {done} of {total}, {item}"),
        (done, _) => format!("record {done}, {item}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_move_the_cursor() {
        let now = ProgressNow {
            item: "a\u{1b}[2J\nb".to_owned(),
            ..ProgressNow::default()
        };
        assert_eq!(line(&now), "reading a[U+001B][2J[U+000A]b");
    }
}
