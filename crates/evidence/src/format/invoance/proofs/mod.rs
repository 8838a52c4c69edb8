//! The other Invoance proofs (`specs/invoance.md` 10): attestations, document anchors, ledger events, traces.

use super::keys::Keys;
use crate::json::Node;
use crate::report::{Finding, Record, Source};

/// What kind of proof a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Proof {
    /// An AI attestation record: `attestation_id` and `signed_payload`.
    Attestation,
    /// A document anchor: `document_hash` and `signature_b64`.
    Anchor,
    /// An event of the event ledger: `event_id`, `event_type` and `payload`.
    Ledger,
    /// A trace proof bundle: `composite_hash` and `events`.
    Trace,
}

/// A file that lies beside a proof: the raw request of an attestation, the document of an anchor.
#[derive(Debug, Clone, Copy)]
pub(super) struct Beside<'b> {
    /// Path inside the pack.
    pub(super) path: &'b str,
    /// Its exact bytes.
    pub(super) bytes: &'b [u8],
}

/// One proof, judged.
#[derive(Debug, Clone)]
pub(super) struct JudgedProof {
    /// The report's record; `native.status` is PASS, WARN, FAIL or NOT_EVALUABLE.
    pub(super) record: Record,
    /// Remarks that decide nothing.
    pub(super) findings: Vec<Finding>,
    /// Which of the files beside it took part, by their position.
    pub(super) used: Vec<usize>,
}

/// Which proof a document is, if it is one. To be asked before whether it is a page of events.
pub(super) fn recognise(node: &Node<'_>) -> Option<Proof> {
    let has = |name: &str| node.get(name).is_some();
    if has("composite_hash") && has("events") {
        Some(Proof::Trace)
    } else if has("attestation_id") && has("signed_payload") {
        Some(Proof::Attestation)
    } else if has("document_hash") && has("signature_b64") {
        Some(Proof::Anchor)
    } else if has("event_id") && has("event_type") && has("payload") {
        Some(Proof::Ledger)
    } else {
        None
    }
}

/// Judges a proof.
pub(super) fn judge(proof: Proof, node: &Node<'_>, source: Source, keys: &Keys, beside: &[Beside<'_>]) -> JudgedProof {
    let _ = (proof, node, source, keys, beside);
    todo!()
}
