//! Checkpoints and their time stamps: the only time in an export that somebody other than its issuer vouches for.

use evidence::{ReasonCode, Report};
use serde::Deserialize;

use super::text::{claimed_time, local_time, time, visible};
use crate::view::{CheckpointView, Fact, OutcomeView, StampView};
use crate::words::reason;

/// A checkpoint, as the report tells it.
#[derive(PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Checkpoint {
    path: String,
    checkpoint_id: Option<String>,
    computed_at: Option<String>,
    composite_hash: Option<String>,
    #[serde(default)]
    time_stamps: Vec<Stamp>,
}

#[derive(PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Stamp {
    outcome: String,
    reason_code: Option<String>,
    time: Option<String>,
    authority: Option<String>,
    root: Option<String>,
    serial: Option<String>,
}

/// Every checkpoint once: beside an export it is told again for each chain.
pub(super) fn checkpoints(report: &Report) -> Vec<CheckpointView> {
    let mut found: Vec<Checkpoint> = Vec::new();
    let entries = report.parts.iter().flat_map(|part| &part.population);
    for entry in entries.filter(|entry| entry.get("of").and_then(|of| of.as_str()) == Some("checkpoint")) {
        if let Ok(checkpoint) = Checkpoint::deserialize(entry)
            && !found.contains(&checkpoint)
        {
            found.push(checkpoint);
        }
    }
    found.sort_by(|one, other| one.computed_at.cmp(&other.computed_at));
    found.iter().map(view).collect()
}

fn view(checkpoint: &Checkpoint) -> CheckpointView {
    let facts = [
        ("Checkpoint id", checkpoint.checkpoint_id.as_deref().map(visible)),
        ("Computed", checkpoint.computed_at.as_deref().map(claimed_time)),
        (
            "Hash of the chain heads",
            checkpoint.composite_hash.as_deref().map(visible),
        ),
    ];
    CheckpointView {
        path: visible(&checkpoint.path),
        facts: facts
            .into_iter()
            .filter_map(|(label, value)| Some(fact(label, value?, true)))
            .collect(),
        stamps: checkpoint
            .time_stamps
            .iter()
            .map(|one| stamp(checkpoint, one))
            .collect(),
        none: if checkpoint.time_stamps.is_empty() {
            "No time stamp. The time above is the issuer's own, and no signature covers it.".to_owned()
        } else {
            String::new()
        },
    }
}

fn stamp(checkpoint: &Checkpoint, stamp: &Stamp) -> StampView {
    let code: Option<ReasonCode> = stamp.reason_code.as_deref().and_then(|code| code.parse().ok());
    let at = stamp.time.as_deref();
    let (outcome, lead) = match (stamp.outcome.as_str(), at) {
        ("PASS", Some(at)) => (OutcomeView::Pass, format!("Existed at {}.", time(at))),
        ("FAIL", _) => (OutcomeView::Fail, "The time stamp does not hold.".to_owned()),
        (_, Some(at)) => (
            OutcomeView::Undetermined,
            format!("States {}, by an authority that is not confirmed.", time(at)),
        ),
        (_, None) => (
            OutcomeView::Undetermined,
            "The time stamp could not be checked.".to_owned(),
        ),
    };
    let passed = outcome == OutcomeView::Pass;
    let facts = [
        ("Authority", stamp.authority.as_deref().map(visible)),
        (
            if passed {
                "Leads to the root"
            } else {
                "Root it leads to"
            },
            stamp.root.as_deref().map(visible),
        ),
        (
            "Stamped hash",
            checkpoint.composite_hash.as_deref().map(visible).filter(|_| passed),
        ),
        ("Serial number", stamp.serial.as_deref().map(visible)),
    ];
    let mut facts: Vec<Fact> = facts
        .into_iter()
        .filter_map(|(label, value)| Some(fact(label, value?, true)))
        .collect();
    facts.push(fact("Revocation", "not checked offline".to_owned(), false));
    if let (Some(at), Some(first)) = (at, facts.first_mut()) {
        first.hint = local_time(at);
    }
    StampView {
        outcome,
        lead,
        text: match code {
            Some(code) => format!("{} {}", reason(code).plain, reason(code).next),
            None => "This is the only time here that somebody other than the issuer vouches for.".to_owned(),
        },
        facts,
    }
}

fn fact(label: &str, value: String, from_evidence: bool) -> Fact {
    Fact {
        label: label.to_owned(),
        value,
        from_evidence,
        hint: String::new(),
    }
}
