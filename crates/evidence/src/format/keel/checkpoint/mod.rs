//! Checkpoints: signed heads of chains, perhaps with time stamps (`specs/keel.md` 7).
//!
//! [`judge`] looks at one checkpoint by itself; [`compare`] sets its heads beside the chain of an export.

mod compare;
mod heads;
mod signer;
mod stamps;

pub(super) use compare::{Anchor, Side, compare};
pub(super) use heads::Head;
pub(super) use signer::{Claimed, Signer};

use super::chain::Watched;
use crate::check::{Check, CheckId, Outcome};
use crate::digest::Digest;
use crate::json::Node;
use crate::reason::ReasonCode;
use crate::report::Finding;
use crate::time_stamp::{Roots, TokenResult};

/// One checkpoint, judged by itself.
#[derive(Debug)]
pub(super) struct Judged {
    /// Its heads, when they could be read, sorted by scope.
    pub(super) heads: Vec<Head>,
    /// `contentHash` (the composite hash), `checkpointSignature`, `timestamp`.
    pub(super) checks: Vec<Check>,
    /// Warnings.
    pub(super) warnings: Vec<Finding>,
    /// Its time-stamp tokens.
    pub(super) tokens: Vec<TokenResult>,
    /// `checkpoint_id`, a label.
    pub(super) id: Option<String>,
    /// `computed_at`, a label: no signature covers it.
    pub(super) computed_at: Option<String>,
}

impl Judged {
    /// The entries to look out for in a walk.
    pub(super) fn watched(&self) -> impl Iterator<Item = Watched> {
        self.heads.iter().map(|head| Watched {
            scope: head.scope.clone(),
            sequence: head.sequence.clone(),
        })
    }
}

/// Whether this is a checkpoint: an object with `chain_heads` and `composite_hash`.
pub(super) fn is_checkpoint(node: &Node<'_>) -> bool {
    node.get("chain_heads").is_some() && node.get("composite_hash").is_some()
}

/// Judges a checkpoint by itself.
pub(super) fn judge(
    document: &Node<'_>,
    subject: &str,
    signer: &dyn Fn(&Claimed<'_>) -> Signer,
    roots: &Roots,
) -> Judged {
    let composite = Composite::read(document);
    let heads = heads::read(document.get("chain_heads"));
    let mut warnings = Vec::new();
    let content = content(&composite, &heads, subject, &mut warnings);
    // As with manifests: a hash that does not fit leaves its signature without a subject.
    let subject_of_signature = composite.text.filter(|_| content.outcome == Outcome::Pass);
    let (signature, warning) = signer::check(document, subject, subject_of_signature, signer);
    warnings.extend(warning);
    let stamps = stamps::judge(document, subject, composite.digest, roots);
    warnings.extend(stamps.warnings);
    let text = |name| document.get(name).and_then(Node::as_str).map(str::to_owned);
    Judged {
        heads: heads.unwrap_or_default(),
        checks: vec![content, signature, stamps.check],
        warnings,
        tokens: stamps.tokens,
        id: text("checkpoint_id"),
        computed_at: text("computed_at"),
    }
}

/// The stated composite hash.
struct Composite<'d> {
    /// The text that is signed, when it has the prefix.
    text: Option<&'d str>,
    /// The hash that it spells, in lower case.
    digest: Option<Digest>,
}

impl<'d> Composite<'d> {
    fn read(document: &'d Node<'_>) -> Composite<'d> {
        let stated = document.get("composite_hash").and_then(Node::as_str);
        let text = stated.filter(|text| text.starts_with("sha256:"));
        let digest = text.and_then(|text| {
            let digest = Digest::from_hex(text.strip_prefix("sha256:")?)?;
            (digest.prefixed() == text).then_some(digest)
        });
        Composite { text, digest }
    }
}

/// The composite hash against the heads.
fn content(
    composite: &Composite<'_>,
    heads: &Result<Vec<Head>, String>,
    subject: &str,
    warnings: &mut Vec<Finding>,
) -> Check {
    let done = |outcome| Check::new(CheckId::ContentHash, subject, outcome);
    let Some(stated) = composite.text else {
        return done(Outcome::Fail(ReasonCode::CheckpointCompositeHashMissing));
    };
    let heads = match heads {
        Ok(heads) => heads,
        Err(detail) => {
            let outcome = Outcome::Fail(ReasonCode::CheckpointChainHeadsInvalid);
            return done(outcome).detail("seen", detail.as_str());
        }
    };
    if heads.is_empty() {
        warnings.push(Finding::new(ReasonCode::CheckpointEmpty, subject, ""));
    }
    if let Some(scope) = heads::ambiguous(heads) {
        warnings.push(Finding::new(ReasonCode::ScopeNameSeparator, subject, scope));
    }
    let found = heads::composite(heads).prefixed();
    let outcome = if found == stated {
        Outcome::Pass
    } else {
        Outcome::Fail(ReasonCode::CheckpointCompositeHashMismatch)
    };
    done(outcome).expected(Some(stated.to_owned())).found(Some(found))
}

#[cfg(test)]
mod tests;
