//! Logs: files, stream, sequence, and what the part comes to.
//!
//! [`survey`] looks at every artifact; [`feed`] cuts the logs into rows, which [`stream`] has judged on all cores and
//! handed over in order ([`hand_over`]) into [`sequence`]; [`completeness`] and [`checks`] roll up, [`part`] says it.

mod checks;
mod completeness;
mod feed;
mod gathered;
mod glance;
mod hand_over;
mod kind;
mod late;
mod late_keys;
mod left_out;
mod look;
mod part;
mod population;
mod ranges;
mod remarks;
mod scope;
mod sequence;
mod shown;
mod statement;
mod stream;
mod survey;
mod surveyed;
mod table;
mod watched;

use rayon::prelude::*;

use crate::container::Limits;
use crate::format::{FormatResult, Run};
use crate::json;
use crate::pack::Pack;
use crate::run::Stopped;
use gathered::Gathered;
use hand_over::HandOver;
use surveyed::Surveyed;

pub(crate) use glance::glance;

use super::keys::Keys;

/// Verifies what is Invoance's among the artifacts offered.
pub(crate) fn verify(run: &mut Run<'_>, offered: &[usize]) -> Result<FormatResult, Stopped> {
    let surveyed = first_pass(run, offered)?;
    let mut gathered = Gathered::of(run.pack, surveyed);
    let late = late_keys::take(run, &mut gathered);
    let (mut keys, findings) = Keys::new(run.book, &gathered.documents);
    gathered
        .unread(run)
        .into_iter()
        .chain(late)
        .for_each(|reason| keys.leave_out(reason));
    for finding in findings {
        gathered
            .remarks
            .add(&finding.subject, finding.code, || finding.detail.clone());
    }
    if !gathered.has_part() {
        return Ok(gathered.finish(None, None));
    }
    let mut hand_over = HandOver::new(&keys, std::mem::take(&mut gathered.responses), run.pack.within());
    let read = stream::judge_all(run, &gathered, &keys, &mut hand_over)?;
    let (part, seen) = part::finish(run, &mut gathered, read, hand_over);
    if run.progress.is_cancelled() {
        return Err(Stopped::Cancelled);
    }
    Ok(gathered.finish(Some(part), Some(seen)))
}

fn first_pass(run: &Run<'_>, offered: &[usize]) -> Result<Vec<Surveyed>, Stopped> {
    let artifacts = offered.iter().filter_map(|index| run.pack.artifacts.get(*index));
    let beginnings = artifacts.map(|artifact| artifact.size.min(survey::SMALL));
    run.progress.expect_bytes(beginnings.sum());
    let (pack, progress) = (run.pack, run.progress);
    let look = |index: &usize| {
        progress.at(path_of(pack, *index));
        survey::survey(pack, *index, progress)
    };
    let surveyed: Vec<Surveyed> = offered.par_iter().map(look).collect();
    if progress.is_cancelled() {
        return Err(Stopped::Cancelled);
    }
    Ok(surveyed)
}

/// The path of an artifact.
fn path_of(pack: &Pack, index: usize) -> &str {
    pack.artifacts
        .get(index)
        .map(|artifact| artifact.path.as_str())
        .unwrap_or_default()
}

/// What one row, page or companion may hold: these are no NexArt records, so they nest less deep.
fn bounds(limits: &Limits) -> json::Bounds {
    limits.json_of_rows(128 << 20)
}

#[cfg(test)]
mod tests;
