//! Checkpoints beside a chain: whether the window that an export shows is tied to a head that was signed.

use evidence::Report;
use serde::Deserialize;

use crate::present::text::{claimed_time, visible};
use crate::sequence::Listed;
use crate::view::{AnchorView, OutcomeView};

/// A checkpoint beside the chains of one part, as the report tells it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Checkpoint {
    path: String,
    side: Option<String>,
    computed_at: Option<String>,
    #[serde(default)]
    anchors: Vec<Head>,
}

/// One of its heads.
#[derive(Deserialize)]
struct Head {
    scope: String,
    sequence: String,
    state: String,
    #[serde(default)]
    detail: String,
}

/// The checkpoints of the part that shows a chain.
fn checkpoints(report: &Report, listed: &Listed) -> Vec<Checkpoint> {
    let entries = listed.part(report).into_iter().flat_map(|part| &part.population);
    entries
        .filter(|entry| entry.get("of").and_then(|of| of.as_str()) == Some("checkpoint"))
        .filter_map(|entry| Checkpoint::deserialize(entry).ok())
        .collect()
}

/// Whether a checkpoint names the last entry of a chain as its head.
pub(super) fn end_is_head(report: &Report, listed: &Listed) -> bool {
    let all = checkpoints(report, listed);
    let mut heads = all.iter().flat_map(|checkpoint| &checkpoint.anchors);
    heads.any(|head| head.scope == listed.sequence.name && head.state == "anchoredAfter")
}

/// The checkpoints that name a chain, in the order of their numbers.
pub(super) fn anchors(report: &Report, listed: &Listed) -> Vec<AnchorView> {
    let mut found: Vec<(Option<i128>, AnchorView)> = Vec::new();
    for checkpoint in checkpoints(report, listed) {
        let mine = |head: &&Head| head.scope == listed.sequence.name && head.state != "notInExport";
        for head in checkpoint.anchors.iter().filter(mine) {
            found.push((head.sequence.parse().ok(), view(&checkpoint, head)));
        }
    }
    found.sort_by_key(|(number, _)| *number);
    found.into_iter().map(|(_, anchor)| anchor).collect()
}

fn view(checkpoint: &Checkpoint, head: &Head) -> AnchorView {
    let (outcome, text) = match head.state.as_str() {
        "anchoredBefore" => (
            OutcomeView::Pass,
            "The first entry here continues this head: nothing lies between them.",
        ),
        "anchoredInside" => (OutcomeView::Pass, "The entry with this number is this head."),
        "anchoredAfter" => (OutcomeView::Pass, "The last entry here is this head."),
        "inGap" => (
            OutcomeView::Undetermined,
            "No entry here has this number, so nothing could be compared.",
        ),
        "contradicts" => (
            OutcomeView::Fail,
            "The chain here is not the one that the checkpoint was made of.",
        ),
        _ => (
            OutcomeView::Skipped,
            "Entries lie between this head and the ones here, so nothing could be compared.",
        ),
    };
    AnchorView {
        outcome,
        side: match checkpoint.side.as_deref() {
            Some("before") => "Made before the first entry, as the bundle says",
            Some("after") => "Made after the last entry, as the bundle says",
            _ => "Came beside the export",
        }
        .to_owned(),
        path: visible(&checkpoint.path),
        number: visible(&head.sequence),
        computed: checkpoint.computed_at.as_deref().map(claimed_time).unwrap_or_default(),
        text: match head.detail.as_str() {
            "" => text.to_owned(),
            detail => format!("{text} Seen: {}.", visible(detail)),
        },
    }
}
