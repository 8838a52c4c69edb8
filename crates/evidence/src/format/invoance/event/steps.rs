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
use crate::signature::Claim;

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

/// What a row's signature is over, and by which key it claims to be.
#[derive(Debug)]
pub(super) struct Sealed {
    canonical: Vec<u8>,
    row_key: RowKey,
    /// The raw signature, where its text is one.
    signature: Option<[u8; 64]>,
}

impl Sealed {
    /// The signature as one by the row's own key.
    pub(super) fn claim(&self) -> Option<Claim<'_>> {
        Some(Claim {
            key: self.row_key.key()?,
            message: &self.canonical,
            signature: self.signature.as_ref()?,
        })
    }
}

/// Takes a row through the steps 3 to 6; the reader has done the first two.
///
/// # Errors
/// The reason of the step that fails.
pub(super) fn sealed(node: &Node<'_>, row: &Row<'_, '_>, doubts: Doubts, keys: &Keys) -> Result<Sealed, ReasonCode> {
    if doubts.doubled {
        return Err(ReasonCode::DuplicateKey);
    }
    if !is_event(node) {
        return Err(ReasonCode::NotAnEvent);
    }
    let other = |schema: &Node<'_>| schema.as_str() != Some(canonical::SCHEMA);
    if [row.schema_id, row.schema].into_iter().flatten().any(other) {
        return Err(ReasonCode::UnsupportedSchema);
    }
    // A strict reader refuses the row for half a surrogate pair anywhere in it.
    if doubts.lone_surrogate {
        return Err(ReasonCode::CanonicalizationFailed);
    }
    Ok(Sealed {
        canonical: canonical::bytes(row)?,
        row_key: keys.on_row(row.signing_public_key),
        signature: row.signature.and_then(Node::as_str).and_then(hex::<64>),
    })
}

/// Steps 7 to 10. All of them are done, so that the report can show each; the first reason leads.
///
/// `fits_row_key` says that the signature is known to fit the row's own key.
pub(super) fn steps(row: &Row<'_, '_>, sealed: Result<Sealed, ReasonCode>, fits_row_key: bool, keys: &Keys) -> Steps {
    let Sealed {
        canonical,
        row_key,
        signature: raw,
    } = match sealed {
        Ok(sealed) => sealed,
        Err(reason) => return Steps::ended(reason),
    };
    let hash = Digest::of(&canonical);
    let stated = match row.payload_hash {
        None => Stated::Absent,
        Some(text) if text.as_str().is_some_and(|text| hash.is_written(text)) => Stated::Equal,
        Some(_) => Stated::Different,
    };
    let signature = row.signature.filter(|text| text.as_str() != Some(""));
    let answer = keys.hold(Signed {
        org: row.org(),
        at: row.ingested.map(Moment::milliseconds),
        row_key: &row_key,
        message: &canonical,
        signature: raw.as_ref(),
        fits_row_key,
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
