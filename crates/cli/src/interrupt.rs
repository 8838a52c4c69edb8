//! Ctrl-C: the run stops, drafts vanish with it, and the exit code says so.

use std::sync::Arc;
use std::time::Duration;

use evidence::Progress;

use crate::end::{End, Failure};

/// How long the run may take to stop by itself. All of it looks at the progress, so this ends only what is stuck, a
/// network drive say; leaving earlier would leave drafts behind.
const PATIENCE: Duration = Duration::from_secs(10);

/// The progress of this process, which Ctrl-C cancels.
pub(crate) fn watch() -> Result<Arc<Progress>, Failure> {
    let progress = Arc::new(Progress::default());
    let watched = Arc::clone(&progress);
    ctrlc::set_handler(move || {
        watched.cancel();
        std::thread::sleep(PATIENCE);
        std::process::exit(i32::from(End::Interrupted.code()));
    })
    .map_err(|error| Failure::Output(std::io::Error::other(error)))?;
    Ok(progress)
}
