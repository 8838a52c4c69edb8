//! The other Invoance proofs (`specs/invoance.md` 10): attestations, document anchors, ledger events, traces.

mod anchor;
mod attestation;
mod ledger;
mod payload;
mod request;
mod statement;
mod trace;

use std::collections::BTreeMap;

use serde_json::Value;

use super::event::checks::in_lower_case;
use super::event::doubts::Doubts;
use super::event::place;
use super::keys::{KeyUse, Keys};
use crate::check::{Check, CheckId, Outcome};
use crate::digest::Digest;
use crate::json::Node;
use crate::reason::ReasonCode;
use crate::report::{Ecosystem, Finding, Native, Record, Source, Word};
use crate::verdict::{roll_up, verdict};

/// What kind of proof a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "camelCase")]
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

impl Proof {
    /// Its word in fields and roles.
    pub(super) fn as_str(self) -> &'static str {
        self.into()
    }
}

/// A file that lies beside a proof: the raw request of an attestation, the document of an anchor.
#[derive(Debug, Clone, Copy)]
pub(super) struct Beside<'b> {
    /// Path inside the pack.
    pub(super) path: &'b str,
    /// Its bytes, decoded from gz.
    pub(super) bytes: &'b [u8],
    /// Digest of its bytes as shipped.
    pub(super) shipped: Digest,
}

impl Beside<'_> {
    /// Digests of what a person may call the file's bytes.
    fn digests(&self) -> [Digest; 2] {
        [self.shipped, Digest::of(self.bytes)]
    }
}

/// The files that lie beside a proof.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Around<'b> {
    pub(super) files: &'b [Beside<'b>],
    /// Why others were not read: one of them may be the one that the proof is about.
    pub(super) left_out: Option<ReasonCode>,
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
    /// Why files beside it were not read, where one of them may be the one that it is about.
    pub(super) left_out: Option<ReasonCode>,
    /// The keys that its signature was held against; none where no signature can be checked.
    pub(super) keys: Option<KeyUse>,
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

/// Judges a proof. What no official code defines is never passed and never failed for its form.
pub(super) fn judge(proof: Proof, node: &Node<'_>, source: Source, keys: &Keys, around: Around<'_>) -> JudgedProof {
    let draft = Draft::new(proof, node, &source);
    let draft = if Doubts::about(node).doubled {
        draft.ended(ReasonCode::DuplicateKey)
    } else {
        match proof {
            Proof::Attestation => attestation::judge(draft, node, keys, around),
            Proof::Anchor => anchor::judge(draft, node, around),
            Proof::Ledger => ledger::judge(draft, node),
            Proof::Trace => trace::judge(draft, node),
        }
    };
    draft.finish(source)
}

/// The exact bytes that a proof's signature is over, or is said to be over.
pub(super) fn signed_bytes(proof: Proof, node: &Node<'_>) -> Option<Vec<u8>> {
    match proof {
        Proof::Attestation => attestation::signed_bytes(node),
        Proof::Anchor => anchor::signed_bytes(node),
        Proof::Ledger | Proof::Trace => None,
    }
}

/// Names of the members that a proof shows as they were signed.
pub(super) fn shown_as_signed(proof: Proof, node: &Node<'_>) -> Vec<String> {
    match proof {
        Proof::Attestation => attestation::shown_as_signed(node),
        Proof::Anchor | Proof::Ledger | Proof::Trace => Vec::new(),
    }
}

/// A proof's record in the making.
struct Draft {
    /// The proof's own id, or its place.
    id: String,
    fields: BTreeMap<Word, Value>,
    checks: Vec<Check>,
    /// The spec's codes in the order of discovery.
    codes: Vec<ReasonCode>,
    /// The spec's word, where no code fails it.
    status: &'static str,
    grade: Option<&'static str>,
    findings: Vec<Finding>,
    used: Vec<usize>,
    left_out: Option<ReasonCode>,
    keys: Option<KeyUse>,
}

impl Draft {
    fn new(proof: Proof, node: &Node<'_>, source: &Source) -> Draft {
        let name = match proof {
            Proof::Attestation => "attestation_id",
            Proof::Anchor | Proof::Ledger => "event_id",
            Proof::Trace => "trace_id",
        };
        let id = node.get(name).and_then(Node::as_str).filter(|id| !id.is_empty());
        Draft {
            id: id.map_or_else(|| place(source), str::to_owned),
            fields: BTreeMap::from([("proof".into(), Value::from(proof.as_str()))]),
            checks: Vec::new(),
            codes: Vec::new(),
            status: "NOT_EVALUABLE",
            grade: None,
            findings: Vec::new(),
            used: Vec::new(),
            left_out: None,
            keys: None,
        }
    }

    /// Takes over these members as fields, where they are texts or numbers.
    fn show(&mut self, node: &Node<'_>, names: &[&'static str]) {
        for name in names {
            let value = node.get(name);
            let text = value.and_then(Node::as_str).or_else(|| value.and_then(Node::as_number));
            if let Some(text) = text {
                self.fields.insert((*name).into(), Value::from(text));
            }
        }
    }

    fn check(&self, id: CheckId, outcome: Outcome) -> Check {
        Check::new(id, &self.id, outcome)
    }

    /// Nothing more can be established.
    fn ended(mut self, code: ReasonCode) -> Draft {
        self.codes.push(code);
        self.checks = vec![
            self.check(CheckId::PayloadHash, Outcome::Fail(code)),
            self.check(CheckId::Signature, Outcome::Skipped(ReasonCode::Blocked)),
        ];
        self
    }

    fn finish(self, source: Source) -> JudgedProof {
        let failed = self
            .checks
            .iter()
            .any(|check| matches!(check.outcome, Outcome::Fail(_)));
        let rolled = roll_up(&self.checks);
        let word = |check: &Check| {
            let word = match check.outcome {
                Outcome::Pass => "PASS",
                Outcome::Fail(_) => "FAIL",
                Outcome::Undetermined(_) => "WARN",
                Outcome::Skipped(_) => "NOT_EVALUABLE",
            };
            (check.id.as_str().into(), word.into())
        };
        let record = Record {
            id: self.id,
            source,
            ecosystem: Ecosystem::Invoance,
            verdict: verdict(&rolled),
            native: Native {
                status: if failed { "FAIL" } else { self.status }.into(),
                grade: self.grade.map(Word::from),
                checks: self.checks.iter().map(word).collect(),
                reason_codes: self.codes.iter().copied().map(in_lower_case).collect(),
                ..Native::default()
            },
            fields: self.fields,
            reason_codes: rolled.reasons,
            notes: Vec::new(),
            checks: self.checks,
            attached: Vec::new(),
        };
        JudgedProof {
            record,
            findings: self.findings,
            used: self.used,
            left_out: self.left_out,
            keys: self.keys,
        }
    }
}

#[cfg(test)]
mod tests;
