//! Large artifacts are read once: one that is surely a single format's by its beginning is offered to that format alone.

use std::collections::BTreeMap;
use std::io::Read;

use super::ADAPTERS;
use crate::pack::Pack;
use crate::run::{Progress, Stopped};

/// Bytes as shipped from which it is worth looking: a smaller artifact is read by every format in no time.
const LARGE: u64 = 256 << 10;

/// Bytes looked at, enough for the first rows of a log.
const GLANCE: u64 = 64 << 10;

/// Which format's an artifact surely is.
pub(crate) struct Glanced(BTreeMap<usize, usize>);

impl Glanced {
    /// Looks at the beginning of the large artifacts.
    pub(crate) fn of(pack: &Pack, offered: &[usize], progress: &Progress) -> Result<Glanced, Stopped> {
        let mut known = BTreeMap::new();
        for index in offered {
            if progress.is_cancelled() {
                return Err(Stopped::Cancelled);
            }
            let large = pack
                .artifacts
                .get(*index)
                .is_some_and(|artifact| artifact.size >= LARGE);
            if let Some(position) = large.then(|| glance(pack, *index)).flatten() {
                known.insert(*index, position);
            }
        }
        Ok(Glanced(known))
    }

    /// What of the offered artifacts is offered to the format at this position.
    pub(crate) fn offered_to(&self, position: usize, offered: &[usize]) -> Vec<usize> {
        let mine = |index: &&usize| self.0.get(*index).is_none_or(|known| *known == position);
        offered.iter().filter(mine).copied().collect()
    }
}

fn glance(pack: &Pack, index: usize) -> Option<usize> {
    let mut head = Vec::new();
    let reader = pack.reader(index).ok()?;
    // What cannot be read is told by whoever reads it to its end.
    reader.take(GLANCE).read_to_end(&mut head).ok()?;
    ADAPTERS.iter().position(|adapter| (adapter.glance)(&head))
}
