//! Signing off: preparer, reviewer, approver, each after all input of the stage.

use evidence::{Digest, PublicKey};
use serde::{Deserialize, Serialize};

use super::dsse::Envelope;
use super::history::canonical;
use super::review::Status;

/// In which role somebody signs off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, strum::IntoStaticStr, strum::EnumIter)]
#[serde(rename_all = "camelCase")]
#[strum(serialize_all = "camelCase")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub enum Role {
    /// Did the work.
    Preparer,
    /// Reviewed it.
    Reviewer,
    /// Releases it.
    Approver,
}

impl Role {
    /// The file's word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// The status in which this role signs.
    #[must_use]
    pub fn signs_in(self) -> Status {
        match self {
            Role::Preparer => Status::Draft,
            Role::Reviewer => Status::Prepared,
            Role::Approver => Status::Reviewed,
        }
    }

    /// The status that follows.
    #[must_use]
    pub fn leads_to(self) -> Status {
        match self {
            Role::Preparer => Status::Prepared,
            Role::Reviewer => Status::Reviewed,
            Role::Approver => Status::Released,
        }
    }
}

/// What a person fills in to sign off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignOffForm {
    /// In which role.
    pub role: Role,
    /// The typed name.
    pub name: String,
    /// Her title; may be empty.
    pub title: String,
    /// What she states.
    pub statement: String,
}

/// A sign-off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SignOff {
    /// In which role.
    pub role: Role,
    /// The typed name.
    pub name: String,
    /// Title; may be empty.
    pub title: String,
    /// When (RFC 3339, UTC).
    pub at: String,
    /// What is stated.
    pub statement: String,
    /// Digest of the report's body at that moment.
    pub body_sha256: Digest,
    /// Digest of the history's last entry at that moment.
    pub history_sha256: Digest,
    /// Digest of what is signed off ([`covers`]).
    pub covers_sha256: Digest,
    /// The signature, if the person has a key.
    pub signature: Option<Signature>,
}

/// A signature of a sign-off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Signature {
    /// Always `Ed25519`.
    pub alg: String,
    /// The raw public key, 64 hex digits.
    pub public_key: PublicKey,
    /// The signed statement.
    pub envelope: Envelope,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Covered {
    body_sha256: Digest,
    history_sha256: Digest,
    pack_sha256: Digest,
}

/// What a sign-off covers, as one digest: SHA-256 of the RFC 8785 form of the three digests of report body, history so far,
/// and pack.
#[must_use]
pub fn covers(body_sha256: Digest, history_sha256: Digest, pack_sha256: Digest) -> Digest {
    Digest::of(&canonical(&Covered {
        body_sha256,
        history_sha256,
        pack_sha256,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_covered_can_be_repeated_by_hand() {
        let [body, history, pack] = [b"b".as_slice(), b"h", b"p"].map(Digest::of);
        let text = format!(r#"{{"bodySha256":"{body}","historySha256":"{history}","packSha256":"{pack}"}}"#);
        assert_eq!(covers(body, history, pack), Digest::of(text.as_bytes()));
    }

    #[test]
    fn each_role_takes_over_where_the_one_before_stopped() {
        assert_eq!(Role::Preparer.signs_in(), Status::Draft);
        assert_eq!(Role::Preparer.leads_to(), Role::Reviewer.signs_in());
        assert_eq!(Role::Reviewer.leads_to(), Role::Approver.signs_in());
        assert_eq!(Role::Approver.leads_to(), Status::Released);
    }
}
