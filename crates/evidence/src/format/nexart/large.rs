//! Large artifacts are read one at a time: a text and its tree may take most of the memory that a run is promised.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::pack::Pack;

/// Bytes from which an artifact has the memory to itself. All others fit together, on any number of cores.
const LARGE: u64 = 8 << 20;

/// Of all runs of this process: the memory is that of the process, too.
static TURN: Mutex<()> = Mutex::new(());

/// Waits for the turn of a large artifact, which lasts as long as what is given back; a small one need not wait.
///
/// Nothing that is done during a turn may hand work to other threads and wait for it.
pub(super) fn alone(pack: &Pack, index: usize) -> Option<MutexGuard<'static, ()>> {
    let artifact = pack.artifacts.get(index)?;
    // What is decoded from gz can be larger by as much as the limit allows.
    let factor = if artifact.gzip { pack.within().entry_ratio } else { 1 };
    let large = artifact.size.saturating_mul(factor) >= LARGE;
    large.then(|| TURN.lock().unwrap_or_else(PoisonError::into_inner))
}
