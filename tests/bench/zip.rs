//! Opening an archive: its structure is examined from end to end before one byte of an entry is used.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use evidence::{Digest, Pack, Progress};
use serde_json::{Value, json};

/// Runs of which the fastest counts.
const RUNS: usize = 5;

/// Seconds to open it, beside seconds to hash its bytes.
pub(crate) fn measure(pack: &Path) -> Value {
    let paths: [PathBuf; 1] = [pack.to_owned()];
    let bytes = fs::read(pack).unwrap();
    let floor = fastest(|| {
        std::hint::black_box(Digest::of(&bytes));
    });
    let mut entries = 0;
    let seconds = fastest(|| {
        let opened = Pack::open(&paths, &Progress::default()).unwrap();
        assert!(!opened.refused_whole);
        entries = opened.artifacts.len();
    });
    json!({ "entries": entries, "floorSeconds": floor, "seconds": seconds })
}

fn fastest(mut job: impl FnMut()) -> f64 {
    let times = (0..RUNS).map(|_| {
        let start = Instant::now();
        job();
        start.elapsed().as_secs_f64()
    });
    times.fold(f64::INFINITY, f64::min)
}
