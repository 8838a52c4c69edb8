//! A reader that counts what passes, and stops when the run is cancelled.

use std::io::Read;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::run::Progress;

/// Counts what passes through, decoded, and stops when the run is cancelled.
pub(super) struct Watched<'p, R> {
    pub(super) reader: R,
    progress: &'p Progress,
    passed: Passed,
}

/// How many bytes passed so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Passed(Arc<AtomicU64>);

impl Passed {
    pub(super) fn bytes(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

impl<'p, R> Watched<'p, R> {
    pub(super) fn new(reader: R, progress: &'p Progress) -> Watched<'p, R> {
        Watched {
            reader,
            progress,
            passed: Passed::default(),
        }
    }

    pub(super) fn passed(&self) -> Passed {
        self.passed.clone()
    }
}

impl<R: Read> Read for Watched<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        if self.progress.is_cancelled() {
            return Err(std::io::Error::other("cancelled"));
        }
        let read = self.reader.read(into)?;
        let bytes = u64::try_from(read).unwrap_or(u64::MAX);
        self.progress.add_bytes(bytes);
        self.passed.0.fetch_add(bytes, Ordering::Relaxed);
        Ok(read)
    }
}
