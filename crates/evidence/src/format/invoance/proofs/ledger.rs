//! An event of the event ledger: its payload hash, and nothing that binds it to an issuer (`specs/invoance.md` 10).

use super::Draft;
use super::payload::{Compared, compare};
use crate::check::{CheckId, Outcome};
use crate::json::Node;
use crate::reason::ReasonCode;

/// Judges a ledger event.
pub(super) fn judge(mut draft: Draft, event: &Node<'_>) -> Draft {
    draft.show(
        event,
        &[
            "event_id",
            "tenant_id",
            "event_type",
            "event_time",
            "ingested_at",
            "payload_hash",
            "request_hash",
            "event_hash",
        ],
    );
    let stated = event.get("payload_hash").and_then(Node::as_str);
    let compared = compare(event.get("payload"), stated);
    let outcome = match &compared {
        Compared::Equal => Outcome::Pass,
        Compared::Different(_) => Outcome::Fail(ReasonCode::PayloadHashMismatch),
        Compared::Unknown => Outcome::Undetermined(ReasonCode::NotAnswerable),
    };
    if let Outcome::Fail(code) = outcome {
        draft.codes.push(code);
    }
    let found = match compared {
        Compared::Equal => stated.map(str::to_owned),
        Compared::Different(found) => Some(found),
        Compared::Unknown => None,
    };
    let content = draft
        .check(CheckId::PayloadHash, outcome)
        .expected(stated.map(str::to_owned))
        .found(found);
    let signature = draft.check(CheckId::Signature, Outcome::Undetermined(ReasonCode::NotAttested));
    draft.checks = vec![content, signature];
    draft
}
