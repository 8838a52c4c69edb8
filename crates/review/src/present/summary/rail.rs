//! The rail: where something needs attention, and how much of it.

use std::collections::HashMap;

use evidence::{CheckId, EntryState, Outcome, Report};

use crate::sequence::{Kind, Population, chain_outcome};
use crate::view::{OutcomeView, RailItem, ViewName};
use crate::words::sentence::{length, number};

use crate::present::checks::needs_attention;
use crate::present::files::is_refused;
use crate::present::groups::{CheckGroup, tally};
use crate::present::keys::key_outcome;
use crate::present::signed::signed;

/// The views with their badges; the timeline only where records are numbered.
pub(super) fn rail(report: &Report, groups: &[CheckGroup]) -> Vec<RailItem> {
    let open = tally(groups.iter().filter(|group| needs_attention(group)));
    let counts = &report.counts;
    let mut rail = vec![
        RailItem {
            view: ViewName::Summary,
            label: "Summary".to_owned(),
            outcome: None,
            badge: String::new(),
        },
        item(
            ViewName::Checks,
            "Checks",
            [open.fail, open.undetermined],
            tally(groups).total(),
        ),
        item(
            ViewName::Records,
            "Records",
            [counts.failed, counts.indeterminate],
            counts.records,
        ),
        manifest(report, groups),
        keys(report),
        item(
            ViewName::Files,
            "Files",
            [0, length(report.files.iter().filter(|file| is_refused(file)).count())],
            length(report.files.len()),
        ),
        // How far the note is changes while this stands: the page says it.
        RailItem {
            view: ViewName::MyReview,
            label: "My review".to_owned(),
            outcome: None,
            badge: String::new(),
        },
    ];
    if let Some(timeline) = timeline(report) {
        rail.insert(3, timeline);
    }
    rail
}

/// The stretches of numbers that leave something open, one at least for each organisation whose check does.
fn timeline(report: &Report) -> Option<RailItem> {
    let open: HashMap<&str, Outcome> = report
        .parts
        .iter()
        .flat_map(|part| &part.checks)
        .filter(|check| check.id == CheckId::Completeness)
        .map(|check| (check.subject.as_str(), check.outcome))
        .collect();
    let (mut failed, mut undecided, mut all) = (0, 0, 0);
    for part in &report.parts {
        for population in part.population.iter().filter_map(Population::of) {
            let points = population.open_points().max(1);
            let outcome = match population.of {
                Kind::Organisation => open.get(population.name).copied(),
                Kind::Chain => chain_outcome(part, &population),
            };
            match outcome {
                Some(Outcome::Fail(_)) => failed += points,
                Some(Outcome::Undetermined(_)) => undecided += points,
                Some(Outcome::Pass | Outcome::Skipped(_)) | None => {}
            }
            all += 1;
        }
    }
    (all > 0).then(|| item(ViewName::Timeline, "Timeline", [failed, undecided], all))
}

/// A badge: the mismatches, else what is undecided, else the total without an icon.
fn item(view: ViewName, label: &str, [failed, undecided]: [u64; 2], total: u64) -> RailItem {
    let (outcome, badge) = match (failed, undecided, total) {
        (1.., _, _) => (Some(OutcomeView::Fail), number(failed)),
        (0, 1.., _) => (Some(OutcomeView::Undetermined), number(undecided)),
        (0, 0, 0) => (None, "none".to_owned()),
        (0, 0, total) => (None, number(total)),
    };
    RailItem {
        view,
        label: label.to_owned(),
        outcome,
        badge,
    }
}

fn manifest(report: &Report, groups: &[CheckGroup]) -> RailItem {
    let entries = || {
        report
            .parts
            .iter()
            .flat_map(|part| &part.manifests)
            .flat_map(|manifest| &manifest.entries)
    };
    let differing = length(entries().filter(|entry| entry.state != EntryState::Present).count());
    let contradicted = tally(
        groups
            .iter()
            .filter(|group| matches!(group.id, CheckId::Manifest | CheckId::Snapshot)),
    );
    let failed = if contradicted.fail > 0 {
        differing.max(contradicted.fail)
    } else {
        0
    };
    item(
        ViewName::Manifest,
        "Manifest",
        [failed, contradicted.undetermined],
        // The manifest of a signed export lists no records, and is there all the same.
        length(entries().count() + signed(report).len()),
    )
}

fn keys(report: &Report) -> RailItem {
    let all = || report.parts.iter().flat_map(|part| &part.keys);
    let with = |outcome| length(all().filter(|key| key_outcome(key) == outcome).count());
    item(
        ViewName::Keys,
        "Keys and nodes",
        [with(OutcomeView::Fail), with(OutcomeView::Undetermined)],
        length(all().count()),
    )
}
