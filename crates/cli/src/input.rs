//! The packs that were named.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use evidence::{Limits, Pack, Progress};
use tempfile::TempDir;

use crate::args::PackArgs;
use crate::end::Failure;

/// The packs of a run, in the order of the arguments.
#[derive(Debug)]
pub(crate) struct Packs {
    gestures: Vec<Vec<PathBuf>>,
    limits: Limits,
    /// Holds what came from standard input, until the run ends.
    _stdin: Option<TempDir>,
}

impl Packs {
    /// Each path is a pack, or all of them are one. `-` may stand once.
    pub(crate) fn of(arguments: &PackArgs, progress: &Progress) -> Result<Packs, Failure> {
        let dashes = arguments.paths.iter().filter(|path| is_stdin(path)).count();
        if dashes > 1 {
            return Err(Failure::Usage("standard input can be read once".to_owned()));
        }
        let stdin = if dashes == 1 { Some(keep_stdin(progress)?) } else { None };
        let paths: Vec<PathBuf> = arguments
            .paths
            .iter()
            .map(|path| match &stdin {
                Some(folder) if is_stdin(path) => folder.path().join(STDIN),
                _ => path.clone(),
            })
            .collect();
        let gestures = if arguments.together {
            vec![paths]
        } else {
            paths.into_iter().map(|path| vec![path]).collect()
        };
        Ok(Packs {
            gestures,
            limits: arguments.limits(),
            _stdin: stdin,
        })
    }

    /// Every path that was named.
    pub(crate) fn paths(&self) -> Vec<PathBuf> {
        self.gestures.iter().flatten().cloned().collect()
    }

    /// Whether there are several packs.
    pub(crate) fn several(&self) -> bool {
        self.gestures.len() > 1
    }

    /// Opens one after the other.
    pub(crate) fn open<'a>(&'a self, progress: &'a Progress) -> impl Iterator<Item = Result<Pack, Failure>> + 'a {
        self.gestures
            .iter()
            .map(|paths| Ok(Pack::open_within(paths, &self.limits, progress)?))
    }
}

/// What a document from standard input is called in reports.
const STDIN: &str = "stdin";

fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

/// Time between two looks at whether the run was interrupted.
const PAUSE: Duration = Duration::from_millis(50);

/// Reading waits for whoever writes, so it has a thread of its own: an interrupt must not wait with it.
fn keep_stdin(progress: &Progress) -> Result<TempDir, Failure> {
    let folder = tempfile::tempdir()?;
    let mut file = std::fs::File::create(folder.path().join(STDIN))?;
    let (done, waiting) = channel();
    std::thread::spawn(move || {
        let copied = std::io::copy(&mut std::io::stdin().lock(), &mut file);
        // Nobody waits any more after an interrupt.
        let _ = done.send(copied);
    });
    loop {
        match waiting.recv_timeout(PAUSE) {
            Ok(copied) => {
                copied?;
                return Ok(folder);
            }
            Err(RecvTimeoutError::Timeout) if !progress.is_cancelled() => {}
            Err(RecvTimeoutError::Timeout) => return Err(Failure::Interrupted),
            Err(RecvTimeoutError::Disconnected) => {
                return Err(std::io::Error::other("standard input was not read").into());
            }
        }
    }
}
