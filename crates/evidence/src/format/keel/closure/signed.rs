//! What of a closure is signed, and the bytes that were (`specs/keel.md` 6.2).

use super::super::legacy_json;
use crate::canonical;
use crate::digest::Digest;
use crate::json::Node;
use crate::reason::ReasonCode;

/// The versions of closures that are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Version {
    One,
    Two,
    Three,
}

/// Fields that every version signs.
const COMMON: [&str; 20] = [
    "binding_version",
    "permit_id",
    "execution_id",
    "correlation_id",
    "provider",
    "model",
    "provider_response_digest_v1",
    "client_response_digest_v1",
    "closure_status",
    "status_code",
    "provider_response_id",
    "provider_response_digest_semantics",
    "client_response_digest_semantics",
    "request_created_at",
    "started_at",
    "completed_at",
    "provider_response_received_at",
    "client_response_delivered_at",
    "closure_signed_at",
    "binding_key_id",
];
/// Fields that versions 2 and 3 sign as well.
const DISPATCH: [&str; 2] = ["dispatch_request_digest_v1", "dispatch_request_digest_semantics"];
/// Signed when it is there.
const OPTIONAL: &str = "usage_reported_at";
/// What stands beside the signed fields by design.
const SEAL: [&str; 4] = [
    "closure_canonical_hash",
    "binding_canonical_hash",
    "closure_signature_b64",
    "binding_signature",
];

/// Why a closure's signature is not good.
#[derive(Debug)]
pub(super) struct Fault {
    /// The reason where that proves nothing.
    pub(super) undecided: Option<ReasonCode>,
    pub(super) detail: String,
}

impl<T: Into<String>> From<T> for Fault {
    fn from(detail: T) -> Fault {
        Fault {
            undecided: None,
            detail: detail.into(),
        }
    }
}

impl Version {
    pub(super) fn of(payload: &Node<'_>) -> Option<Version> {
        match payload.get("binding_version")?.as_str()? {
            "closure_v1" => Some(Version::One),
            "closure_v2" => Some(Version::Two),
            "closure_v3" => Some(Version::Three),
            _ => None,
        }
    }

    /// Whether it says which request was dispatched.
    pub(super) fn has_dispatch(self) -> bool {
        self != Version::One
    }

    fn required(self) -> impl Iterator<Item = &'static str> {
        let dispatch: &[&str] = if self.has_dispatch() { &DISPATCH } else { &[] };
        COMMON.iter().chain(dispatch).copied()
    }

    /// The hash of the signed fields.
    ///
    /// # Errors
    /// What stands in the way: the first field that is missing, or a value without a canonical form.
    pub(super) fn hash(self, payload: &Node<'_>) -> Result<Digest, Fault> {
        let mut members = Vec::with_capacity(COMMON.len() + DISPATCH.len() + 1);
        for name in self.required() {
            let value = payload
                .get(name)
                .ok_or_else(|| format!("the signed field {name} is missing"))?;
            members.push((name, value));
        }
        members.extend(payload.get(OPTIONAL).map(|value| (OPTIONAL, value)));
        let mut bytes = Vec::new();
        let written = match self {
            Version::One | Version::Two => legacy_json::write_members(members, &mut bytes),
            Version::Three => canonical::write_members(members, &mut bytes),
        };
        written.map_err(|code| Fault {
            // It may be one that we do not write and others do.
            undecided: Some(code).filter(|code| *code == ReasonCode::JsonNumberRange),
            detail: format!("the signed fields have no canonical form: {code}"),
        })?;
        Ok(Digest::of(&bytes))
    }

    /// The first field beside the signed ones.
    pub(super) fn unsigned<'n>(self, payload: &'n Node<'_>) -> Option<&'n str> {
        let names = payload
            .members()
            .iter()
            .map(|member| member.name.as_str().unwrap_or_default());
        let signed = |name: &str| name == OPTIONAL || self.required().any(|known| known == name);
        names.into_iter().find(|name| !signed(name) && !SEAL.contains(name))
    }
}
