//! The time stamps of a checkpoint (`specs/keel.md` 7, step 3).

use crate::check::{Check, CheckId, Outcome};
use crate::digest::Digest;
use crate::json::Node;
use crate::reason::ReasonCode;
use crate::report::Finding;
use crate::time_stamp::{Roots, Stamped, TokenResult, judge_token};

/// The time stamps, and the check over them.
pub(super) struct Stamps {
    pub(super) tokens: Vec<TokenResult>,
    pub(super) check: Check,
    pub(super) warnings: Vec<Finding>,
}

/// Judges every time stamp: `tsa_receipts`, unless it is empty, else `tsa`.
///
/// A time stamp that fails gates; one by an authority outside the reviewer's roots is a warning.
pub(super) fn judge(document: &Node<'_>, subject: &str, composite: Option<Digest>, roots: &Roots) -> Stamps {
    let Some(composite) = composite else {
        let any = receipts(document).next().is_some();
        let reason = if any {
            ReasonCode::Blocked
        } else {
            ReasonCode::NotPresent
        };
        return Stamps {
            tokens: Vec::new(),
            check: Check::new(CheckId::Timestamp, subject, Outcome::Skipped(reason)),
            warnings: Vec::new(),
        };
    };
    let tokens: Vec<_> = receipts(document)
        .map(|receipt| token(receipt, composite, roots))
        .collect();
    let failed = |token: &&TokenResult| matches!(token.outcome, Outcome::Fail(_));
    let open = |token: &&TokenResult| matches!(token.outcome, Outcome::Undetermined(_));
    let shown = tokens
        .iter()
        .find(failed)
        .or_else(|| tokens.iter().find(open))
        .or(tokens.first());
    let check = match shown {
        None => Check::new(CheckId::Timestamp, subject, Outcome::Skipped(ReasonCode::NotPresent)),
        Some(token) => check(token, subject, tokens.len()),
    };
    let warnings = tokens.iter().filter(open).filter_map(|token| {
        let code = token.outcome.reason()?;
        Some(Finding::new(code, subject, token.detail.clone()))
    });
    Stamps {
        warnings: warnings.collect(),
        check,
        tokens,
    }
}

fn check(token: &TokenResult, subject: &str, count: usize) -> Check {
    let mut check = Check::new(CheckId::Timestamp, subject, token.outcome)
        .detail("tokens", count.to_string())
        .detail("revocation", "notCheckedOffline");
    // What only the reviewer's roots leave open is a warning (`specs/keel.md` 12).
    check.required = !matches!(token.outcome, Outcome::Undetermined(_));
    check.also.clone_from(&token.also);
    let details = [
        ("time", &token.time),
        ("authority", &token.authority),
        ("root", &token.root),
        ("serial", &token.serial),
    ];
    for (label, text) in details {
        if let Some(text) = text {
            check = check.detail(label, text.clone());
        }
    }
    if !token.detail.is_empty() {
        check = check.detail("seen", token.detail.clone());
    }
    check
}

/// The receipts that count.
fn receipts<'n, 'a>(document: &'n Node<'a>) -> impl Iterator<Item = &'n Node<'a>> {
    let several = document.get("tsa_receipts").map(Node::items).unwrap_or_default();
    let one = document.get("tsa").filter(|_| several.is_empty());
    several
        .iter()
        .chain(one.filter(|tsa| tsa.get("receipt_b64").and_then(Node::as_str).is_some()))
}

/// Judges one receipt. What is no token of the composite hash is the spec's own failure; ours is told beside it.
fn token(receipt: &Node<'_>, composite: Digest, roots: &Roots) -> TokenResult {
    let text = receipt.get("receipt_b64").and_then(Node::as_str);
    let bytes = text.and_then(|text| data_encoding::BASE64.decode(text.as_bytes()).ok());
    let result = match bytes {
        Some(bytes) => judge_token(&bytes, Stamped::Sha256(composite.as_bytes()), roots),
        None => TokenResult::refused(ReasonCode::TsaMalformed),
    };
    match result.outcome {
        Outcome::Fail(code @ (ReasonCode::TsaMalformed | ReasonCode::TsaImprintMismatch)) => {
            let seen = if result.detail.is_empty() { "" } else { ": " };
            TokenResult {
                outcome: Outcome::Fail(ReasonCode::CheckpointTsaImprintMismatch),
                detail: format!("{code}{seen}{}", result.detail),
                ..result
            }
        }
        Outcome::Pass | Outcome::Fail(_) | Outcome::Undetermined(_) | Outcome::Skipped(_) => result,
    }
}
