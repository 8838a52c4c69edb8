//! A trace proof bundle: counts and hashes; what its signatures cover is not documented (`specs/invoance.md` 10).

use super::Draft;
use super::payload::{Compared, compare};
use crate::check::{Check, CheckId, Outcome};
use crate::digest::{Digest, Hasher};
use crate::json::Node;
use crate::reason::ReasonCode;

/// Judges a trace. What the bundle says of its own verification is never repeated.
pub(super) fn judge(mut draft: Draft, trace: &Node<'_>) -> Draft {
    draft.show(
        trace,
        &[
            "trace_id",
            "label",
            "tenant_domain",
            "status",
            "created_at",
            "sealed_at",
            "composite_hash",
            "event_count",
        ],
    );
    let events = trace.get("events").map(Node::items).unwrap_or_default();
    let content = contents(&draft, events);
    let composite = composite(&draft, trace, events);
    let count = count(&draft, trace, events);
    let signature = draft.check(CheckId::Signature, Outcome::Undetermined(ReasonCode::NotEvaluated));
    draft.checks = vec![content, composite, signature, count];
    let failed = draft.checks.iter().filter_map(|check| match check.outcome {
        Outcome::Fail(code) => Some(code),
        Outcome::Pass | Outcome::Undetermined(_) | Outcome::Skipped(_) => None,
    });
    draft.codes = failed.collect();
    draft
}

/// Each event's content hash against its payload.
fn contents(draft: &Draft, events: &[Node<'_>]) -> Check {
    let mut equal = 0_usize;
    for (position, event) in events.iter().enumerate() {
        let stated = event.get("content_hash").and_then(Node::as_str);
        match compare(event.get("payload"), stated) {
            Compared::Equal => equal += 1,
            Compared::Different(found) => {
                return draft
                    .check(CheckId::PayloadHash, Outcome::Fail(ReasonCode::PayloadHashMismatch))
                    .expected(stated.map(str::to_owned))
                    .found(Some(found))
                    .detail("event", (position + 1).to_string());
            }
            Compared::Unknown => {}
        }
    }
    let outcome = if equal == events.len() && equal > 0 {
        Outcome::Pass
    } else {
        Outcome::Undetermined(ReasonCode::NotAnswerable)
    };
    let told = format!("{equal} of {}", events.len());
    draft.check(CheckId::PayloadHash, outcome).detail("recomputed", told)
}

/// How the events' hashes are joined before they are hashed again; not documented, so each way is tried.
const JOININGS: [(&str, Joining); 4] = [
    (
        "hex text, in the order of the list",
        Joining {
            hex: true,
            by_time: false,
        },
    ),
    (
        "raw bytes, in the order of the list",
        Joining {
            hex: false,
            by_time: false,
        },
    ),
    (
        "hex text, in the order of time",
        Joining {
            hex: true,
            by_time: true,
        },
    ),
    (
        "raw bytes, in the order of time",
        Joining {
            hex: false,
            by_time: true,
        },
    ),
];

#[derive(Clone, Copy)]
struct Joining {
    hex: bool,
    by_time: bool,
}

fn composite(draft: &Draft, trace: &Node<'_>, events: &[Node<'_>]) -> Check {
    let stated = trace.get("composite_hash").and_then(Node::as_str);
    let expected = stated.and_then(Digest::from_hex);
    let matched = JOININGS
        .into_iter()
        .find(|(_, joining)| expected.is_some() && join(events, *joining) == expected);
    let outcome = match matched {
        Some(_) => Outcome::Pass,
        // It may cover items that are not here, or be joined in a way nobody has written down.
        None => Outcome::Undetermined(ReasonCode::ContentHashMismatch),
    };
    let mut check = draft
        .check(CheckId::Integrity, outcome)
        .expected(stated.map(str::to_owned));
    if let Some((form, joining)) = matched {
        check = check
            .found(join(events, joining).map(|digest| digest.to_hex()))
            .detail("form", form);
    }
    check
}

fn join(events: &[Node<'_>], joining: Joining) -> Option<Digest> {
    let text = |event: &Node<'_>, name: &str| event.get(name).and_then(Node::as_str).map(str::to_owned);
    let mut hashes = events
        .iter()
        .map(|event| {
            Some((
                text(event, "timestamp").unwrap_or_default(),
                text(event, "content_hash")?,
            ))
        })
        .collect::<Option<Vec<_>>>()?;
    if joining.by_time {
        hashes.sort_by(|(one, _), (other, _)| one.cmp(other));
    }
    let mut hasher = Hasher::new();
    for (_, hash) in &hashes {
        if joining.hex {
            hasher.update(hash.as_bytes());
        } else {
            hasher.update(Digest::from_hex(hash)?.as_bytes());
        }
    }
    Some(hasher.finish())
}

/// The stated number of events against the list.
fn count(draft: &Draft, trace: &Node<'_>, events: &[Node<'_>]) -> Check {
    let stated = trace.get("event_count");
    let found = events.len().to_string();
    let outcome = match stated.and_then(Node::as_number) {
        Some(stated) if stated == found => Outcome::Pass,
        Some(_) => Outcome::Fail(ReasonCode::StatementDisagrees),
        None => Outcome::Skipped(ReasonCode::NotPresent),
    };
    draft
        .check(CheckId::Completeness, outcome)
        .expected(stated.and_then(Node::as_number).map(str::to_owned))
        .found(Some(found))
}
