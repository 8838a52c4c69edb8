//! From "Cannot be decided yet" to a verdict: confirming the one key that is open.

use evidence::{Outcome, ReasonCode, Report, Verdict};

use super::banner::unconfirmed_key;
use crate::present::groups::CheckGroup;
use crate::present::keys::key_at;
use crate::present::scope::settles;
use crate::present::text::label;
use crate::view::{FinishStep, FinishView};

/// The steps, when every open required check waits for a key to be confirmed, or for the reviewer to say what an export
/// covers, which is asked beside them; else none.
pub(super) fn finish(report: &Report, groups: &[CheckGroup]) -> Option<FinishView> {
    let mut open = groups
        .iter()
        .filter(|group| group.required && matches!(group.outcome, Outcome::Undetermined(_)));
    let waits = |group: &CheckGroup| group.outcome.reason() == Some(ReasonCode::KeyNotConfirmed);
    if report.verdict != Verdict::Indeterminate
        || !open.clone().any(waits)
        || !open.all(|group| waits(group) || settles(group.outcome))
    {
        return None;
    }
    let key = unconfirmed_key(report)?;
    let seen = key_at(report, key)?;
    let source = label(&seen.source);
    Some(FinishView {
        title: "To finish: confirm who holds this key".to_owned(),
        key,
        name: format!("Key in {source}"),
        fingerprint: seen.fingerprint.clone()?,
        fingerprint_label: format!("Fingerprint of the key in {source}"),
        origin_label: "supplied by the sender".to_owned(),
        steps: vec![
            step(
                "Ask the signer by a separate route.",
                "Use a phone number or address you already had, not one from this pack.",
            ),
            step("Compare all 64 characters", "with what they read to you."),
            step("Add it to your key book.", "The check then runs again."),
        ],
    })
}

fn step(lead: &str, text: &str) -> FinishStep {
    FinishStep {
        lead: lead.to_owned(),
        text: text.to_owned(),
    }
}
