//! What the first pass found in one artifact.

use super::kind::Kind;
use super::remarks::Remarks;
use super::scope::Job;
use super::statement::{self, Statement};
use crate::container::Limits;
use crate::digest::Digest;
use crate::format::invoance::proofs::Proof;
use crate::json::{self, Node};
use crate::pack::Refusal;
use crate::reason::ReasonCode;
use crate::report::Finding;

/// How the rows of an artifact are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A row, or a page of rows, per line.
    Lines,
    /// The elements of an array, or of the array that a page holds.
    Nested,
    /// One row or proof.
    Whole,
}

/// An artifact that a CSV reader would take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Csv {
    /// Its header names what an audit log has.
    Log,
    /// By its name alone.
    Named,
}

/// What one artifact holds.
#[derive(Debug, Default)]
pub(super) struct Surveyed {
    pub(super) index: usize,
    /// What its texts may hold.
    pub(super) within: Limits,
    /// Digest of its bytes as shipped, where it was read to its end.
    pub(super) digest: Option<Digest>,
    pub(super) size: u64,
    /// What it was recognised as.
    pub(super) role: Option<&'static str>,
    /// How its rows are read, if it has any.
    pub(super) form: Option<Form>,
    /// It is too large to be looked through in this pass: what else stands among its rows comes late.
    pub(super) large: bool,
    /// It is one proof, to which other files may belong.
    pub(super) proof: Option<Proof>,
    pub(super) csv: Option<Csv>,
    /// It is an empty list: a log without rows where nothing speaks against it.
    pub(super) empty_list: bool,
    /// A list named `keys` of no known form: a key document only in company.
    pub(super) perhaps_keys: Option<Vec<u8>>,
    pub(super) documents: Vec<Vec<u8>>,
    pub(super) statements: Vec<Statement>,
    pub(super) jobs: Vec<Job>,
    /// What the service said about rows: id, and whether it called the row valid.
    pub(super) responses: Vec<(String, bool)>,
    pub(super) remarks: Remarks,
    pub(super) refusals: Vec<Refusal>,
    pub(super) findings: Vec<Finding>,
}

/// Bytes of the key documents of one file.
const DOCUMENTS: usize = 4 << 20;

/// Companions of one file that are kept within the documented limits; nobody has more.
pub(super) const COMPANIONS: usize = 1_000;

impl Surveyed {
    /// Claims the artifact, unless something else in it did so before.
    pub(super) fn claim(&mut self, role: &'static str) {
        self.role.get_or_insert(role);
    }

    /// Claims it as a log.
    pub(super) fn log(&mut self, form: Form, role: &'static str) {
        self.role = Some(role);
        self.form = Some(form);
    }

    /// Takes a value that travels beside rows; whether it is one. `text` is its exact text.
    ///
    /// One with a repeated member means different things to different readers and is not used. (A key document answers
    /// for that itself.)
    pub(super) fn companion(&mut self, path: &str, kind: Kind, node: &Node<'_>, text: &[u8]) -> bool {
        if kind == Kind::PerhapsKeys {
            self.perhaps_keys.get_or_insert_with(|| text.to_vec());
        }
        let Some(role) = role_of_companion(kind) else {
            return false;
        };
        self.claim(role);
        if kind != Kind::KeyDocument && json::parse(text, &self.within.json()).is_ok_and(|parsed| is_ambiguous(&parsed))
        {
            self.refuse(Refusal::new(ReasonCode::JsonDuplicateKey, path, format!("in {role}")));
            return true;
        }
        // Of the service's answers there is one for each row of a large log.
        let (most, taken) = if kind == Kind::VerifyResponse {
            (self.within.record_count(), self.responses.len())
        } else {
            let others = self.statements.len() + self.jobs.len() + self.documents.len();
            (self.within.with_records(COMPANIONS), others)
        };
        if taken >= most {
            self.refuse(Refusal {
                limit: u64::try_from(most).ok(),
                ..Refusal::new(
                    ReasonCode::LimitRecordCount,
                    path,
                    format!("more than {most} of {role}"),
                )
            });
            return true;
        }
        let documents = || self.documents.iter().map(Vec::len).sum::<usize>();
        if kind == Kind::KeyDocument && documents().saturating_add(text.len()) > DOCUMENTS {
            self.refuse(Refusal {
                limit: u64::try_from(DOCUMENTS).ok(),
                ..Refusal::new(
                    ReasonCode::LimitEntrySize,
                    path,
                    format!("more than {DOCUMENTS} bytes of {role}"),
                )
            });
            return true;
        }
        if kind == Kind::Integrity {
            self.statements.push(Statement::read(path, node, text));
        } else if kind == Kind::VerifyResponse {
            self.responses.extend(statement::verify_response(node));
        } else if kind == Kind::Job {
            self.jobs.push(Job::read(node));
        } else {
            self.documents.push(text.to_vec());
        }
        true
    }

    /// Notes once that something is not used.
    pub(super) fn refuse(&mut self, refusal: Refusal) {
        if self.refusals.iter().all(|told| told.code != refusal.code) {
            self.refusals.push(refusal);
        }
    }
}

/// Whether a member is there twice.
pub(super) fn is_ambiguous(parsed: &json::Parsed<'_>) -> bool {
    let doubled = |flaw: &json::Flaw| flaw.code == ReasonCode::JsonDuplicateKey;
    parsed.flaws.iter().any(doubled)
}

/// The role of the file of what travels beside rows.
pub(super) fn role_of_companion(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Integrity => Some("invoance.integrityResponse"),
        Kind::VerifyResponse => Some("invoance.verifyResponse"),
        Kind::Job => Some("invoance.exportJob"),
        Kind::KeyDocument => Some("invoance.keys"),
        Kind::PerhapsKeys | Kind::Event | Kind::Page | Kind::Proof(_) | Kind::Unknown => None,
    }
}

/// The role of a proof's file.
pub(super) fn role_of(proof: Proof) -> &'static str {
    match proof {
        Proof::Attestation => "invoance.attestation",
        Proof::Anchor => "invoance.anchor",
        Proof::Ledger => "invoance.ledgerEvent",
        Proof::Trace => "invoance.trace",
    }
}
