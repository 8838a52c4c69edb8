//! NexArt Certified Execution Records and evidence packs (`specs/nexart.md`).
//!
//! Two passes: [`survey`] reads every artifact once and notes what lies where; [`plan`] says what belongs to what; then
//! every record is judged on all cores ([`judge`]) and handed over in order ([`hand_over`]).

mod copies;
mod doubt;
mod envelope;
mod envelope_forms;
mod exhibit;
mod fields;
mod found;
mod hand_over;
mod hash;
mod integrity;
mod judge;
mod judgement;
mod keyset;
mod kind;
mod large;
mod layer;
mod lines;
mod lists;
mod manifest;
mod pack_keys;
mod part;
mod period;
mod place;
mod plan;
mod project;
mod protocol;
mod receipt;
mod record;
mod record_type;
mod scope;
mod second_pass;
mod snapshot;
mod subject;
mod survey;
mod trust;
mod verdict;
mod walk;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{ArtifactSeen, FormatResult, Run};
use crate::pack::{Pack, Refusal};
use crate::reason::ReasonCode;
use crate::report::{Finding, Part};
use crate::run::Stopped;
use crate::verdict::Verdict;
use found::{Found, Surveyed};
use hand_over::HandOver;
use lists::Lists;
use part::Companions;
use place::path_of;
use plan::Plan;
use trust::Trust;

pub(crate) use exhibit::exhibit;

/// Verifies what is NexArt's among the artifacts offered.
pub(crate) fn verify(run: &mut Run<'_>, offered: &[usize]) -> Result<FormatResult, Stopped> {
    let mut surveyed = first_pass(run, offered)?;
    let mut plan = Plan::take(run.pack, &mut surveyed);
    let not_read = plan.not_read;
    copies::merge(&mut plan, run.pack, run.progress)?;
    plan.attach(run.pack);
    let mut refused = std::mem::take(&mut plan.refusals);
    let mut trust = Trust::of(run.book);
    for refusal in refusals(run.pack, &surveyed) {
        trust.pack.not_read(&refusal.subject, refusal.code);
    }
    let (mut lists, companions) = beside_records(run, &mut surveyed, &mut trust);
    let mut open = BTreeMap::new();
    let part = if plan.jobs.is_empty() && plan.receipts.is_empty() && lists.is_empty() {
        None
    } else {
        not_read.into_iter().for_each(|code| lists.not_read(code));
        let mut hand_over = HandOver::new(&plan, lists);
        second_pass::judge_all(run, &plan, &trust, &mut hand_over)?;
        open = hand_over.open();
        refused.extend(hand_over.refused());
        Some(hand_over.finish(run, &plan, &trust, companions)?)
    };
    let mut result = result(surveyed, part, open);
    result.refusals.extend(refused);
    Ok(result)
}

/// What of the pack was not read, so that a record or a key may be in it unseen.
fn refusals<'s>(pack: &'s Pack, surveyed: &'s [Surveyed]) -> impl Iterator<Item = &'s Refusal> {
    let refused = surveyed.iter().flat_map(|artifact| &artifact.refusals);
    pack.refusals.iter().chain(refused)
}

/// Manifests and key sets: what is left of the artifacts once the plan took the rest.
fn beside_records(run: &Run<'_>, surveyed: &mut [Surveyed], trust: &mut Trust) -> (Lists, Companions) {
    let mut lists = Lists::default();
    let mut companions = Companions::default();
    for artifact in surveyed {
        let path = path_of(run.pack, artifact.index);
        for item in std::mem::take(&mut artifact.items) {
            let source = item.source(path);
            match item.found {
                Found::KeySet(set) => {
                    companions.node(source, &set);
                    if !trust.pack.add(path, *set) {
                        trust.pack.not_read(path, ReasonCode::LimitKeyCount);
                        artifact.refusals.push(too_many_keys(path));
                    }
                }
                Found::Manifest(seen) => lists.add(source, *seen),
                Found::Record(_) | Found::Receipt(_) | Found::Snapshot(_) => {}
            }
        }
    }
    (lists, companions)
}

fn too_many_keys(path: &str) -> Refusal {
    Refusal::new(
        ReasonCode::LimitKeyCount,
        path.to_owned(),
        format!("more than {} public keys in one pack", pack_keys::KEYS),
    )
}

fn first_pass(run: &Run<'_>, offered: &[usize]) -> Result<Vec<Surveyed>, Stopped> {
    let sizes = offered
        .iter()
        .filter_map(|index| run.pack.artifacts.get(*index))
        .map(|artifact| artifact.size);
    run.progress.expect_bytes(sizes.sum());
    let (pack, progress) = (run.pack, run.progress);
    let look = |index: &usize| {
        let _alone = large::alone(pack, *index);
        progress.at(path_of(pack, *index));
        survey::survey(pack, *index, progress)
    };
    let surveyed: Vec<Surveyed> = offered.par_iter().map(look).collect();
    if progress.is_cancelled() {
        Err(Stopped::Cancelled)
    } else {
        Ok(surveyed)
    }
}

fn result(surveyed: Vec<Surveyed>, part: Option<Part>, open: BTreeMap<String, Verdict>) -> FormatResult {
    let mut refusals = Vec::new();
    let mut findings: Vec<Finding> = Vec::new();
    let artifacts = surveyed
        .into_iter()
        .map(|artifact| {
            refusals.extend(artifact.refusals);
            findings.extend(artifact.findings);
            ArtifactSeen {
                index: artifact.index,
                digest: artifact.digest,
                size: artifact.size,
                covered: artifact.role.is_some_and(part::is_covered),
                role: artifact.role,
            }
        })
        .collect();
    FormatResult {
        parts: part.into_iter().collect(),
        artifacts,
        refusals,
        findings,
        open,
        opened: Vec::new(),
    }
}
