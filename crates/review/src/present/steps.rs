//! The four steps by which the issuer of a signed export tells its readers to verify it, in its order (`specs/keel.md` 2).
//!
//! The deeper checks go further; these come first, so that a reader who knows them finds them.

use evidence::{Check, CheckId, Outcome, Part, ReasonCode, Report};

use super::detail::found;
use super::groups::group_key;
use super::outcome_view;
use crate::view::IssuerStep;
use crate::words::outcome as outcome_word;

/// The steps, each with the gravest outcome among the exports of the pack.
pub(super) fn steps(report: &Report) -> Vec<IssuerStep> {
    let exports: Vec<[&Check; 2]> = report.parts.iter().filter_map(envelope).collect();
    if exports.is_empty() {
        return Vec::new();
    }
    let hash = |read: fn(&Check) -> Outcome| gravest(exports.iter().map(move |[hash, _]| (*hash, read(hash))));
    let signature = |read: fn(&Check) -> Outcome| gravest(exports.iter().map(move |[_, check]| (*check, read(check))));
    let mut steps: Vec<IssuerStep> = [
        (
            "Compute the SHA-256 of the export file exactly as it was downloaded.",
            hash(computed),
        ),
        (
            "Compare it with content_hash in the manifest.",
            hash(|check| check.outcome),
        ),
        (
            "Take the public key from a source you trust, not from the manifest alone.",
            signature(key),
        ),
        (
            "Verify the Ed25519 signature over the text of content_hash with that key.",
            signature(|check| check.outcome),
        ),
    ]
    .into_iter()
    .filter_map(|(text, found)| found.map(|(check, outcome)| step(text, check, outcome)))
    .collect();
    // Two steps that end for one reason say it once.
    for at in (1..steps.len()).rev() {
        let before = steps.get(at - 1).map(|step| step.found.clone());
        if let Some(step) = steps.get_mut(at).filter(|step| Some(&step.found) == before.as_ref()) {
            step.found.clear();
        }
    }
    steps
}

/// Hash and signature of an export; they are its first checks.
fn envelope(part: &Part) -> Option<[&Check; 2]> {
    if part.format.id != "keel.export" {
        return None;
    }
    let of = |id| part.checks.iter().find(|check| check.id == id);
    Some([of(CheckId::ContentHash)?, of(CheckId::Signature)?])
}

fn gravest<'c>(all: impl Iterator<Item = (&'c Check, Outcome)>) -> Option<(&'c Check, Outcome)> {
    all.reduce(|one, other| if gravity(other.1) > gravity(one.1) { other } else { one })
}

fn gravity(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::Pass => 0,
        Outcome::Skipped(_) => 1,
        Outcome::Undetermined(_) => 2,
        Outcome::Fail(_) => 3,
    }
}

/// Whether there was a file to compute a hash of.
fn computed(hash: &Check) -> Outcome {
    match &hash.found {
        Some(_) => Outcome::Pass,
        None => hash.outcome,
    }
}

/// Whether a key was found that the reviewer trusts. A signature that does not fit leaves that open: it says nothing against
/// the key, and nothing for it.
fn key(signature: &Check) -> Outcome {
    match signature.outcome {
        Outcome::Fail(ReasonCode::SignatureVerificationFailed) => Outcome::Skipped(ReasonCode::Blocked),
        outcome @ (Outcome::Pass | Outcome::Fail(_) | Outcome::Undetermined(_) | Outcome::Skipped(_)) => outcome,
    }
}

fn step(text: &str, check: &Check, outcome: Outcome) -> IssuerStep {
    IssuerStep {
        text: text.to_owned(),
        outcome: outcome_view(outcome),
        outcome_word: outcome_word(outcome).to_owned(),
        found: if outcome == check.outcome && outcome != Outcome::Pass {
            found(check)
        } else {
            String::new()
        },
        key: group_key(check.id, check.outcome, check.required),
    }
}
