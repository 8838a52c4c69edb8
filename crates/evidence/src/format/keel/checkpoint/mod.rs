//! Checkpoints: signed heads of chains, perhaps with time stamps (`specs/keel.md` 7).

use super::chain::{Sequence, WalkResult, Watched};
use crate::check::Check;
use crate::json::Node;
use crate::reason::ReasonCode;
use crate::report::Finding;
use crate::signature::PublicKey;
use crate::time_stamp::{Roots, TokenResult};

/// Who a checkpoint says signed it: the question to the reviewer's trust (3.3, purpose `integrity_checkpoint`).
pub(super) struct Claimed<'c> {
    /// `key_id`, when it is a text.
    pub(super) key_id: Option<&'c str>,
    /// `public_key`, when it is a text.
    pub(super) public_key: Option<&'c str>,
    /// `computed_at`, which is not signed.
    pub(super) signed_at: Option<&'c str>,
}

/// What the reviewer's trust says of it.
pub(super) struct Signer {
    /// The key to verify with: the trusted one, else the embedded one when it is readable and sound.
    pub(super) key: Option<PublicKey>,
    /// Why it is not trusted: `TRUST_ROOT_UNRESOLVABLE`, `MANIFEST_PUBLIC_KEY_MISMATCH`, `SIGNING_KEY_REVOKED`,
    /// `KEY_EXPIRED_AT_SIGNING_TIME`, `SELF_ASSERTED_KEY`.
    pub(super) doubt: Option<ReasonCode>,
}

/// One checkpoint, judged by itself.
pub(super) struct Judged {
    /// Its heads, when they could be read.
    pub(super) heads: Vec<Head>,
    /// `contentHash` (the composite hash), `checkpointSignature`, `timestamp`.
    pub(super) checks: Vec<Check>,
    /// Warnings.
    pub(super) warnings: Vec<Finding>,
    /// Its time-stamp tokens.
    pub(super) tokens: Vec<TokenResult>,
    /// `checkpoint_id`, a label.
    pub(super) id: Option<String>,
    /// `computed_at`, a label.
    pub(super) computed_at: Option<String>,
}

/// The head of one chain.
pub(super) struct Head {
    /// The scope.
    pub(super) scope: String,
    /// The number.
    pub(super) sequence: Sequence,
    /// The record hash of that entry, as text.
    pub(super) hash: String,
}

impl Judged {
    /// The entries to look out for in a walk.
    pub(super) fn watched(&self) -> Vec<Watched> {
        Vec::new()
    }
}

/// Judges a checkpoint: an object with `chain_heads` and `composite_hash`.
pub(super) fn judge(
    document: &Node<'_>,
    subject: &str,
    signer: &dyn Fn(&Claimed<'_>) -> Signer,
    roots: &Roots,
) -> Judged {
    let _ = (document, subject, roots);
    let _ = signer(&Claimed {
        key_id: None,
        public_key: None,
        signed_at: None,
    });
    Judged {
        heads: Vec::new(),
        checks: Vec::new(),
        warnings: Vec::new(),
        tokens: Vec::new(),
        id: None,
        computed_at: None,
    }
}

/// Compares a checkpoint with the chain of an export (7, last paragraph): one check `checkpoint`.
pub(super) fn compare(judged: &Judged, subject: &str, walk: &WalkResult) -> Comparison {
    let _ = (judged, subject, walk);
    Comparison {
        checks: Vec::new(),
        anchors: Vec::new(),
    }
}

/// A checkpoint beside a chain.
pub(super) struct Comparison {
    /// `checkpoint`.
    pub(super) checks: Vec<Check>,
    /// Scope by scope, for `Part.population` and the chain view.
    pub(super) anchors: Vec<serde_json::Value>,
}
