//! What covers a field of a row or of a proof.

use super::super::event::row::{Part, part_of};
use super::super::proofs::Proof;
use crate::exhibit::Cover;
use crate::json::Node;

/// What a record's fields are covered by.
pub(super) enum Covers<'n> {
    /// A row: its signature covers the ten fields.
    Row(&'n Node<'n>),
    /// A proof, and the names of the fields that it shows as they were signed.
    Proof(Proof, Vec<String>),
}

impl Covers<'_> {
    /// What covers the field at a pointer; none where that differs from member to member below it.
    pub(super) fn of(&self, pointer: &str) -> Option<Cover> {
        let name = pointer.strip_prefix('/').unwrap_or(pointer);
        match self {
            Covers::Row(row) => Some(of_row(row, name)),
            Covers::Proof(proof, signed) => of_proof(*proof, signed, name),
        }
    }

    /// Whether this is one of the times that are signed in a form of their own.
    pub(super) fn is_time(&self, pointer: &str) -> bool {
        matches!(self, Covers::Row(_)) && matches!(pointer, "/occurred_at" | "/ingested_at")
    }
}

fn of_row(row: &Node<'_>, name: &str) -> Cover {
    let has_id = || row.get("id").is_some_and(|id| !id.is_null());
    match part_of(name) {
        Part::Signed if name == "event_id" && has_id() => Cover::Unsealed,
        Part::Signed => Cover::Sealed,
        Part::Proof => Cover::Seal,
        Part::Label | Part::Unknown => Cover::Unsealed,
    }
}

fn of_proof(proof: Proof, signed: &[String], name: &str) -> Option<Cover> {
    let seal: &[&str] = match proof {
        Proof::Attestation => &["signed_payload", "signature", "public_key"],
        Proof::Anchor => &["signed_payload_b64", "signature_b64", "public_key_b64"],
        Proof::Ledger => &["payload_hash"],
        Proof::Trace => &["composite_hash"],
    };
    if seal.contains(&name) {
        return Some(Cover::Seal);
    }
    if signed.iter().any(|signed| signed == name) || (proof == Proof::Ledger && name == "payload") {
        return Some(Cover::Sealed);
    }
    if proof != Proof::Trace {
        return Some(Cover::Unsealed);
    }
    // Of each event the hash covers the payload.
    let mut parts = name.split('/');
    match (parts.next(), parts.next(), parts.next()) {
        (Some("events"), _, None) => None,
        (Some("events"), Some(_), Some("payload")) => Some(Cover::Sealed),
        (Some("events"), Some(_), Some("content_hash" | "signature" | "public_key")) => Some(Cover::Seal),
        _ => Some(Cover::Unsealed),
    }
}
