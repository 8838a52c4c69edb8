//! Project bundles: the project hash, and the steps that it does not cover (`specs/nexart.md` 4.4).

use std::collections::BTreeSet;

use super::hash::{normalise, present};
use super::integrity::{Integrity, Scope, all_but, scope};
use super::layer::{State, push_new};
use super::subject::Subject;
use crate::json::Node;
use crate::reason::ReasonCode;

/// Members that the project hash covers when present.
pub(super) const MEMBERS: [&str; 14] = [
    "bundleType",
    "version",
    "protocolVersion",
    "projectBundleId",
    "projectTitle",
    "startedAt",
    "completedAt",
    "totalSteps",
    "stepRegistry",
    "projectGoal",
    "projectSummary",
    "appName",
    "frameworkName",
    "tags",
];
const NEVER: [&str; 5] = ["integrity", "embeddedBundles", "nodeReceipt", "receipt", "meta"];

/// The known list; then, for members it does not know, everything but what cannot be inside.
pub(super) fn scopes(cer: &Node<'_>) -> Result<Vec<Scope>, ReasonCode> {
    let without_summary: Vec<&str> = NEVER.iter().copied().chain(["finalOutputSummary"]).collect();
    Ok(vec![
        scope(&present(cer, &MEMBERS), None)?,
        scope(&all_but(cer, &without_summary), None)?,
        scope(&all_but(cer, &NEVER), None)?,
    ])
}

/// The embedded records are not inside the hash, so each is held against the registry and judged by itself
/// (`holds`: nothing in it is proven wrong).
pub(super) fn steps(subject: &Subject<'_, '_>, integrity: &mut Integrity, holds: &dyn Fn(&Subject<'_, '_>) -> bool) {
    let cer = subject.cer;
    let registry = cer.get("stepRegistry").map(Node::items).unwrap_or_default();
    let embedded = cer.get("embeddedBundles").map(Node::members).unwrap_or_default();
    if !registry_consistent(cer, registry) {
        integrity.layer.add(ReasonCode::ProjectStepsInconsistent);
    }
    let mut previous: Option<&str> = None;
    for entry in registry {
        let id = entry.get("stepId").and_then(Node::as_str);
        let step = id.and_then(|id| embedded.iter().find(|member| member.name.as_str() == Some(id)));
        match step {
            None => fault(integrity, ReasonCode::ProjectStepMissing, id),
            Some(step) => {
                for code in step_faults(entry, &step.value, subject.folder, holds) {
                    fault(integrity, code, id);
                }
                if broken_chain(&step.value, previous) {
                    push_new(&mut integrity.notes, ReasonCode::StepChainBroken);
                }
            }
        }
        previous = entry.get("certificateHash").and_then(Node::as_str);
    }
    let listed: BTreeSet<&str> = registry
        .iter()
        .filter_map(|entry| entry.get("stepId").and_then(Node::as_str))
        .collect();
    for member in embedded {
        if !member.name.as_str().is_some_and(|name| listed.contains(name)) {
            fault(integrity, ReasonCode::ProjectStepUnlisted, member.name.as_str());
        }
    }
}

fn fault(integrity: &mut Integrity, code: ReasonCode, step: Option<&str>) {
    if integrity.layer.state == State::Pass {
        // The project hash itself matches: what is shown as recorded and recomputed must not suggest otherwise.
        integrity.layer.expected = None;
        integrity.layer.found = None;
    }
    integrity.layer.detail("step", step.unwrap_or("without id"));
    integrity.layer.add(code);
}

/// `totalSteps` counts the registry, `sequence` runs 0…n-1, `stepId` is unique.
fn registry_consistent(cer: &Node<'_>, registry: &[Node<'_>]) -> bool {
    let total = cer.get("totalSteps").and_then(Node::as_u64);
    let mut sequences: Vec<Option<u64>> = registry
        .iter()
        .map(|entry| entry.get("sequence").and_then(Node::as_u64))
        .collect();
    sequences.sort_unstable();
    let ids: BTreeSet<Option<&str>> = registry
        .iter()
        .map(|entry| entry.get("stepId").and_then(Node::as_str))
        .collect();
    usize::try_from(total.unwrap_or(u64::MAX)).is_ok_and(|total| total == registry.len())
        && sequences
            .iter()
            .zip(0u64..)
            .all(|(sequence, place)| *sequence == Some(place))
        && ids.len() == registry.len()
        && !ids.contains(&None)
}

fn step_faults(
    entry: &Node<'_>,
    step: &Node<'_>,
    folder: &str,
    holds: &dyn Fn(&Subject<'_, '_>) -> bool,
) -> Vec<ReasonCode> {
    let record = Subject {
        folder,
        ..Subject::alone(step)
    };
    let mut codes = Vec::new();
    // A step that is a project itself would nest without end; the spec knows AI and code records here.
    let nested_project = step.get("bundleType").and_then(Node::as_str) == Some("cer.project.bundle.v1");
    if nested_project || !holds(&record) {
        codes.push(ReasonCode::ProjectStepFailed);
    }
    let stated = |node: &Node<'_>| node.get("certificateHash").and_then(Node::as_str).and_then(normalise);
    if stated(step).is_none() || stated(step) != stated(entry) {
        codes.push(ReasonCode::ProjectStepHashMismatch);
    }
    let id = |node: Option<&Node<'_>>| node.and_then(Node::as_str).map(str::to_owned);
    if id(step.pointer("/snapshot/executionId")) != id(entry.get("executionId")) {
        codes.push(ReasonCode::ProjectStepIdMismatch);
    }
    codes
}

fn broken_chain(step: &Node<'_>, previous: Option<&str>) -> bool {
    let stated = step.pointer("/snapshot/prevStepHash").filter(|hash| !hash.is_null());
    stated.is_some_and(|hash| hash.as_str().and_then(normalise) != previous.and_then(normalise))
}
