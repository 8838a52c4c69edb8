//! Project bundles: the steps that the project hash does not cover (`specs/nexart.md` 4.4).

use std::collections::{BTreeSet, HashMap};

use super::hash::{normalise, whole_number};
use super::integrity::{Integrity, Steps};
use super::layer::{State, push_new};
use super::record_type::RecordType;
use super::subject::Subject;
use crate::json::Node;
use crate::reason::ReasonCode;

/// Steps named in a check at most.
const STEPS_NAMED: usize = 100;

/// What an embedded record came to by itself.
pub(super) struct Embedded {
    /// Its native grade is FAILED.
    pub(super) failed: bool,
    /// Whether anything about it is proven wrong.
    pub(super) steps: Steps,
}

/// The embedded records are not inside the hash, so each is held against the registry and judged by itself (`judge`).
pub(super) fn steps(
    subject: &Subject<'_, '_>,
    integrity: &mut Integrity,
    judge: &dyn Fn(&Subject<'_, '_>) -> Embedded,
) {
    let cer = subject.cer;
    let registry = cer.get("stepRegistry").map(Node::items).unwrap_or_default();
    let embedded = cer.get("embeddedBundles").map(Node::members).unwrap_or_default();
    let by_id: HashMap<&str, &Node<'_>> = embedded
        .iter()
        .filter_map(|member| Some((member.name.as_str()?, &member.value)))
        .collect();
    if !registry_consistent(cer, registry) {
        integrity.layer.add(ReasonCode::ProjectStepsInconsistent);
    }
    let mut previous: Option<&str> = None;
    for entry in in_sequence(registry) {
        let id = entry.get("stepId").and_then(Node::as_str);
        match id.and_then(|id| by_id.get(id)) {
            None => fault(integrity, ReasonCode::ProjectStepMissing, id),
            Some(step) => {
                let record = Subject {
                    bounds: subject.bounds,
                    folder: subject.folder,
                    ..Subject::alone(step)
                };
                own_answer(integrity, id, &record, judge);
                for code in registry_faults(entry, step) {
                    fault(integrity, code, id);
                }
                if broken_chain(step, previous) {
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

/// The registry by `sequence`; it need not be written down in that order.
fn in_sequence<'n, 'a>(registry: &'n [Node<'a>]) -> Vec<&'n Node<'a>> {
    let mut entries: Vec<_> = registry.iter().collect();
    entries.sort_by_key(|entry| entry.get("sequence").and_then(whole_number));
    entries
}

/// An embedded record by itself. One that is a project again would nest without end: it is left undecided, since the
/// spec knows AI and code records here.
fn own_answer(
    integrity: &mut Integrity,
    id: Option<&str>,
    record: &Subject<'_, '_>,
    judge: &dyn Fn(&Subject<'_, '_>) -> Embedded,
) {
    let answer = if record.record_type() == Some(RecordType::Project) {
        Embedded {
            failed: true,
            steps: Steps::Undecided,
        }
    } else {
        judge(record)
    };
    integrity.steps = integrity.steps.max(answer.steps);
    if answer.failed {
        fault(integrity, ReasonCode::ProjectStepFailed, id);
    }
}

fn fault(integrity: &mut Integrity, code: ReasonCode, step: Option<&str>) {
    if integrity.layer.state == State::Pass {
        // The project hash itself matches: what is shown as recorded and recomputed must not suggest otherwise.
        integrity.layer.expected = None;
        integrity.layer.found = None;
    }
    let told = integrity.layer.details.iter().filter(|(label, _)| *label == "step");
    if told.count() < STEPS_NAMED {
        integrity.layer.detail("step", step.unwrap_or("without id"));
    }
    integrity.layer.add(code);
}

/// `totalSteps` counts the registry, `sequence` runs 0…n-1, `stepId` is unique.
fn registry_consistent(cer: &Node<'_>, registry: &[Node<'_>]) -> bool {
    let total = cer.get("totalSteps").and_then(whole_number);
    let mut sequences: Vec<Option<u64>> = registry
        .iter()
        .map(|entry| entry.get("sequence").and_then(whole_number))
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

/// What the registry says of an embedded record, and is not so.
fn registry_faults(entry: &Node<'_>, step: &Node<'_>) -> Vec<ReasonCode> {
    let mut codes = Vec::new();
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
