//! The second pass: while one batch of pieces is judged on all cores, the next is read and the one before handed over.

use rayon::prelude::*;

use super::feed::{Feed, Found};
use super::gathered::Gathered;
use super::hand_over::HandOver;
use super::look::{Item, Looked, Looking};
use crate::format::Run;
use crate::format::invoance::keys::Keys;
use crate::run::Stopped;

/// Judges every row of every log and hands it over, in order.
pub(super) fn judge_all(
    run: &mut Run<'_>,
    gathered: &Gathered,
    keys: &Keys,
    hand_over: &mut HandOver<'_>,
) -> Result<Found, Stopped> {
    let (pack, progress) = (run.pack, run.progress);
    let mut feed = Feed::new(pack, progress, &gathered.logs);
    let beside = |log: usize| gathered.logs.get(log).map(|log| &log.near);
    let looking = Looking {
        pack,
        keys,
        progress,
        beside: &beside,
    };
    let mut read = feed.batch();
    let mut judged = Vec::new();
    while !read.is_empty() || !judged.is_empty() {
        let (mut next_read, mut next_judged) = (Vec::new(), Vec::new());
        let handed = rayon::in_place_scope(|scope| {
            scope.spawn(|_| next_judged = look_at_all(&looking, read));
            scope.spawn(|_| next_read = feed.batch());
            hand_all(run, gathered, hand_over, judged)
        });
        handed?;
        (read, judged) = (next_read, next_judged);
    }
    if progress.is_cancelled() {
        return Err(Stopped::Cancelled);
    }
    Ok(feed.found)
}

fn look_at_all(looking: &Looking<'_>, items: Vec<Item>) -> Vec<Looked> {
    let look = |block| {
        let go_on = !looking.progress.is_cancelled();
        go_on.then(|| looking.look(block)).into_iter().flatten()
    };
    blocks(items).into_par_iter().flat_map_iter(look).collect()
}

/// Rows that one core judges at once, and their text: their trees lie in memory together.
const BLOCK: usize = 64;
const BLOCK_BYTES: usize = 256 << 10;

fn blocks(items: Vec<Item>) -> Vec<Vec<Item>> {
    let mut blocks: Vec<Vec<Item>> = Vec::with_capacity(1 + items.len() / BLOCK);
    let mut bytes = BLOCK_BYTES;
    for item in items {
        bytes += item.text.len();
        match blocks
            .last_mut()
            .filter(|block| block.len() < BLOCK && bytes < BLOCK_BYTES)
        {
            Some(block) => block.push(item),
            None => {
                bytes = item.text.len();
                blocks.push(vec![item]);
            }
        }
    }
    blocks
}

fn hand_all(
    run: &mut Run<'_>,
    gathered: &Gathered,
    hand_over: &mut HandOver<'_>,
    judged: Vec<Looked>,
) -> Result<(), Stopped> {
    for looked in judged {
        if run.progress.is_cancelled() {
            return Err(Stopped::Cancelled);
        }
        hand_over.take(run, gathered, looked)?;
    }
    Ok(())
}
