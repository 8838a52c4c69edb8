//! The digests that a closure names, and what they must agree with (`specs/keel.md` 6.4).

use super::super::chain::HashText;
use super::read::digest;
use super::signed::Version;
use crate::json::Node;
use crate::reason::ReasonCode;

/// What the digest rules need of a closure.
#[derive(Debug, Default)]
pub(super) struct Digests {
    /// `closure_status`, trimmed and in lower case.
    pub(super) status: Box<str>,
    /// A label that says something else of what was digested.
    pub(super) label: Option<&'static str>,
    pub(super) dispatch: Option<HashText>,
    pub(super) provider: Option<HashText>,
    pub(super) client: Option<HashText>,
}

/// Statuses that are published.
const STATUSES: [&str; 8] = [
    "closed",
    "client_disconnected",
    "provider_error",
    "timeout",
    "dispatch_error",
    "provider_digest_missing",
    "client_digest_missing",
    "missing_closure",
];

/// The labels that are known, and whether a closure may go without them.
const LABELS: [(&str, &str, bool); 3] = [
    (
        "dispatch_request_digest_semantics",
        "approved_request_body_bytes_at_dispatch_time",
        false,
    ),
    (
        "provider_response_digest_semantics",
        "provider_bytes_received_by_keel",
        true,
    ),
    (
        "client_response_digest_semantics",
        "response_bytes_handed_to_asgi_not_tcp_receipt",
        true,
    ),
];

impl Digests {
    pub(super) fn read(version: Version, payload: &Node<'_>) -> Digests {
        let status = payload.get("closure_status").and_then(Node::as_str).unwrap_or_default();
        let first = usize::from(!version.has_dispatch());
        let other = LABELS.iter().skip(first).find(|(field, label, optional)| {
            let value = payload.get(field).filter(|value| !value.is_null());
            value.map_or(!optional, |value| value.as_str() != Some(label))
        });
        Digests {
            status: status.trim().to_lowercase().into(),
            label: other.map(|(field, _, _)| *field),
            dispatch: version
                .has_dispatch()
                .then(|| digest(payload, "dispatch_request_digest_v1"))
                .flatten(),
            provider: digest(payload, "provider_response_digest_v1"),
            client: digest(payload, "client_response_digest_v1"),
        }
    }

    /// A closure that says itself that there was none has no digests to agree with.
    pub(super) fn is_missing_closure(&self) -> bool {
        &*self.status == "missing_closure"
    }

    fn is_closed(&self) -> bool {
        &*self.status == "closed"
    }
}

/// What is to be said of a status.
pub(super) fn status_note(status: &str) -> Option<(ReasonCode, String)> {
    if status == "missing_closure" {
        return Some((ReasonCode::ClosureMissingDeclared, String::new()));
    }
    let known = STATUSES.contains(&status);
    (!known).then(|| (ReasonCode::ClosureStatusUnknown, status.to_owned()))
}

/// What a digest rule came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Agreement {
    Agrees,
    /// There is nothing to compare, and that is all right.
    Nothing,
    /// A remark.
    Remark(ReasonCode),
    Fault(ReasonCode, String),
}

/// Compares the digest of the dispatched request with the permit's.
pub(super) fn dispatch(digests: &Digests, permit: Option<HashText>) -> Agreement {
    let Some(stated) = digests.dispatch else {
        if digests.is_closed() {
            let detail = "dispatch_request_digest_v1 is absent from a closed permit's closure";
            return Agreement::Fault(ReasonCode::WalkClosureDigestMissing, detail.to_owned());
        }
        // What an unknown status asks for is not known either; that it is unknown is said already.
        let known = STATUSES.contains(&&*digests.status);
        let remark = Agreement::Remark(ReasonCode::ClosureDispatchDigestAbsent);
        return if known { remark } else { Agreement::Nothing };
    };
    match permit {
        None => {
            let detail = "the permit has no binding_request_hash to compare with";
            Agreement::Fault(ReasonCode::WalkClosureDigestMissing, detail.to_owned())
        }
        Some(permit) if permit == stated => Agreement::Agrees,
        Some(permit) => {
            let detail = format!("dispatched {}, permitted {}", stated.shown(), permit.shown());
            Agreement::Fault(ReasonCode::WalkClosureDispatchDigestMismatch, detail)
        }
    }
}

/// Compares the digest of a response with those that the events of the permit carry. `events`: one value per event.
pub(super) fn response(
    digests: &Digests,
    side: &str,
    stated: Option<HashText>,
    events: &[Option<HashText>],
) -> Agreement {
    let missing = |detail: String| Agreement::Fault(ReasonCode::WalkClosureDigestMissing, detail);
    let Some(stated) = stated else {
        return match digests.is_closed() {
            true => missing(format!(
                "the digest of the {side} response is absent from a closed permit's closure"
            )),
            false => Agreement::Nothing,
        };
    };
    let values = || events.iter().flatten();
    match values().next() {
        _ if events.is_empty() => missing(format!("no event of the permit tells of the {side} response")),
        None => missing(format!(
            "no event of the permit carries the digest of the {side} response"
        )),
        Some(_) if values().any(|value| *value == stated) => Agreement::Agrees,
        Some(other) => {
            let detail = format!("{side} response {}, the event says {}", stated.shown(), other.shown());
            Agreement::Fault(ReasonCode::WalkClosureDigestMismatch, detail)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digests(status: &str) -> Digests {
        Digests {
            status: status.into(),
            dispatch: Some(HashText::of("a")),
            ..Digests::default()
        }
    }

    fn code(agreement: Agreement) -> Option<ReasonCode> {
        match agreement {
            Agreement::Fault(code, _) => Some(code),
            Agreement::Agrees | Agreement::Nothing | Agreement::Remark(_) => None,
        }
    }

    #[test]
    fn a_dispatched_request_must_be_the_permitted_one() {
        let closed = digests("closed");
        assert_eq!(dispatch(&closed, Some(HashText::of("a"))), Agreement::Agrees);
        let other = code(dispatch(&closed, Some(HashText::of("b"))));
        assert_eq!(other, Some(ReasonCode::WalkClosureDispatchDigestMismatch));
        assert_eq!(
            code(dispatch(&closed, None)),
            Some(ReasonCode::WalkClosureDigestMissing)
        );
    }

    #[test]
    fn an_absent_digest_is_a_fault_only_of_a_closed_permit() {
        let absent = |status| Digests {
            dispatch: None,
            ..digests(status)
        };
        assert_eq!(
            code(dispatch(&absent("closed"), None)),
            Some(ReasonCode::WalkClosureDigestMissing)
        );
        let remark = Agreement::Remark(ReasonCode::ClosureDispatchDigestAbsent);
        assert_eq!(dispatch(&absent("timeout"), None), remark);
        assert_eq!(response(&absent("timeout"), "provider", None, &[]), Agreement::Nothing);
    }

    #[test]
    fn one_event_with_the_value_is_enough() {
        let stated = Some(HashText::of("x"));
        let of = |events: &[Option<HashText>]| response(&digests("closed"), "client", stated, events);
        assert_eq!(of(&[None, Some(HashText::of("y")), stated]), Agreement::Agrees);
        assert_eq!(
            code(of(&[Some(HashText::of("y"))])),
            Some(ReasonCode::WalkClosureDigestMismatch)
        );
        assert_eq!(code(of(&[None])), Some(ReasonCode::WalkClosureDigestMissing));
        assert_eq!(code(of(&[])), Some(ReasonCode::WalkClosureDigestMissing));
    }
}
