//! The steps of section 4 in their order; the first that fails gives the reason (`specs/invoance.md` 4).

use super::canonical;
use super::doubts::Doubts;
use super::is_event;
use super::row::Row;
use super::time::Moment;
use crate::digest::Digest;
use crate::format::invoance::keys::{Answer, Keys, RowKey, Signed, hex};
use crate::json::Node;
use crate::reason::ReasonCode;

/// What the steps came to, one after the other.
#[derive(Debug)]
pub(super) struct Steps {
    /// The first reason.
    pub(super) reason: Option<ReasonCode>,
    /// What was computed of the content; none where the steps ended before that.
    pub(super) content: Option<Content>,
}

/// What steps 6 to 10 found.
#[derive(Debug)]
pub(super) struct Content {
    /// The digest of the exact bytes that are signed.
    pub(super) hash: Digest,
    /// The stated hash against it.
    pub(super) stated: Stated,
    /// The key on the row.
    pub(super) row_key: RowKey,
    /// Whether there is a signature.
    pub(super) signed: bool,
    /// What the signature, if there is one, comes to.
    pub(super) answer: Answer,
}

/// The stated payload hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stated {
    /// There is none.
    Absent,
    /// It is the recomputed one, as text.
    Equal,
    /// It is something else.
    Different,
}

impl Steps {
    fn ended(reason: ReasonCode) -> Steps {
        Steps {
            reason: Some(reason),
            content: None,
        }
    }
}

/// Takes a row through the steps from the third on; the reader has done the first two.
pub(super) fn steps(node: &Node<'_>, row: &Row<'_, '_>, keys: &Keys) -> Steps {
    let doubts = Doubts::about(node);
    if doubts.doubled {
        return Steps::ended(ReasonCode::DuplicateKey);
    }
    if !is_event(node) {
        return Steps::ended(ReasonCode::NotAnEvent);
    }
    let other = |schema: &Node<'_>| schema.as_str() != Some(canonical::SCHEMA);
    if [row.schema_id, row.schema].into_iter().flatten().any(other) {
        return Steps::ended(ReasonCode::UnsupportedSchema);
    }
    // A strict reader refuses the row for half a surrogate pair anywhere in it.
    if doubts.lone_surrogate {
        return Steps::ended(ReasonCode::CanonicalizationFailed);
    }
    match canonical::bytes(row) {
        Ok(canonical) => sealed(row, &canonical, keys),
        Err(reason) => Steps::ended(reason),
    }
}

/// Steps 7 to 10. All of them are done, so that the report can show each; the first reason leads.
fn sealed(row: &Row<'_, '_>, canonical: &[u8], keys: &Keys) -> Steps {
    let hash = Digest::of(canonical);
    let stated = match row.payload_hash {
        None => Stated::Absent,
        Some(text) if text.as_str() == Some(hash.to_hex().as_str()) => Stated::Equal,
        Some(_) => Stated::Different,
    };
    let row_key = keys.on_row(row.signing_public_key);
    let signature = row.signature.filter(|text| text.as_str() != Some(""));
    let raw = signature.and_then(Node::as_str).and_then(hex::<64>);
    let answer = keys.hold(Signed {
        org: row.org(),
        at: row.ingested.map(Moment::milliseconds),
        row_key: &row_key,
        message: canonical,
        signature: raw.as_ref(),
    });
    let no_key = answer.result == Err(ReasonCode::NoPublicKey);
    let reason = if stated == Stated::Different {
        Some(ReasonCode::PayloadHashMismatch)
    } else if no_key || signature.is_some() {
        answer.result.as_ref().err().copied()
    } else {
        Some(ReasonCode::NoSignature)
    };
    Steps {
        reason,
        content: Some(Content {
            hash,
            stated,
            row_key,
            signed: signature.is_some(),
            answer,
        }),
    }
}
