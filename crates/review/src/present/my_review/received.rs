//! Evidence received, and what this program did with it, as far as the report knows.

use evidence::{Confirmation, KeyState, RULES, Report};

use crate::note::Custody;
use crate::present::{TOOL, about, time, visible};
use crate::view::Fact;
use crate::words::key_state;
use crate::words::sentence::{count, length};

/// A hand-over to begin with: it names the pack.
pub(super) fn hand_over(report: &Report) -> Custody {
    Custody {
        input: visible(&report.input.name),
        ..Custody::default()
    }
}

/// What was received.
pub(super) fn received(report: &Report) -> Vec<Fact> {
    let input = &report.input;
    let mut facts = vec![
        fact("Name", visible(&input.name), true),
        fact("What it is", about(report), false),
        fact("Size", count(input.size, "byte", "bytes"), false),
    ];
    if report.files.len() > 1 {
        facts.push(fact("Holds", count(length(report.files.len()), "file", "files"), false));
    }
    facts.push(match input.sha256 {
        Some(digest) => fact("SHA-256", digest.to_hex(), true),
        None => fact("SHA-256", "not known: not every byte could be read".to_owned(), false),
    });
    facts
}

/// What this program did.
pub(super) fn performed(report: &Report) -> Vec<Fact> {
    let mut facts = vec![fact("Tool", format!("{TOOL}, rules {RULES}"), false)];
    facts.push(fact(
        "Reference time",
        match &report.policy.reference_time {
            Some(at) => time(at),
            None => "none stated".to_owned(),
        },
        false,
    ));
    let keys = report.parts.iter().flat_map(|part| &part.keys);
    for key in keys.filter(|key| key.signatures > 0 || key.state == KeyState::Confirmed) {
        let name = key.key_id.as_deref().or(key.fingerprint.as_deref()).unwrap_or_default();
        let how = match &key.confirmed {
            Some(Confirmation::KeyBook { by, at, .. }) => {
                format!("confirmed by {} on {}", visible(by), time(at))
            }
            Some(Confirmation::Given(_)) => "given for this run".to_owned(),
            None => key_state(key.state).short.to_owned(),
        };
        let used = fact("Key used", format!("{}, {how}", visible(name)), false);
        if !facts.contains(&used) {
            facts.push(used);
        }
    }
    facts
}

fn fact(label: &str, value: String, from_evidence: bool) -> Fact {
    Fact {
        label: label.to_owned(),
        value,
        from_evidence,
        hint: String::new(),
    }
}
