//! What the first pass found in all artifacts together, and what becomes of each.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::path_of;
use super::remarks::Remarks;
use super::scope::Job;
use super::statement::Statement;
use super::surveyed::{Csv, Form, Surveyed};
use crate::container::{Limits, is_limit};
use crate::digest::Digest;
use crate::format::invoance::proofs::Proof;
use crate::format::{ArtifactSeen, FormatResult, Run};
use crate::pack::{Pack, Refusal};
use crate::reason::ReasonCode;
use crate::report::{Finding, Part};
use crate::verdict::Verdict;

/// Files that may belong to one proof within the documented limits, and bytes of each: a request, a document.
const BESIDE: usize = 20;
const BESIDE_BYTES: u64 = 16 << 20;

/// Artifacts that may belong to a proof.
#[derive(Debug, Clone, Default)]
pub(super) struct Near {
    pub(super) indices: Vec<usize>,
    /// The limit that left others out.
    pub(super) left_out: Option<ReasonCode>,
}

/// The value behind a limit of the files beside a proof.
pub(super) fn beside_limit(code: ReasonCode, within: &Limits) -> Option<u64> {
    let count = u64::try_from(within.with_records(BESIDE)).ok();
    count
        .filter(|_| code == ReasonCode::LimitRecordCount)
        .or((code == ReasonCode::LimitEntrySize).then_some(BESIDE_BYTES))
}

/// An artifact whose rows or proof are read in the second pass.
#[derive(Debug, Clone)]
pub(super) struct Log {
    pub(super) index: usize,
    pub(super) path: String,
    pub(super) form: Form,
    /// What else stands among its rows was not looked for in the first pass.
    pub(super) large: bool,
    /// The key documents among its rows were taken with the others.
    pub(super) keys_taken: bool,
    pub(super) near: Near,
}

/// Everything that was found.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    artifacts: Vec<Surveyed>,
    /// In file-name order.
    pub(super) logs: Vec<Log>,
    /// Key documents, with their paths.
    pub(super) documents: Vec<(String, Vec<u8>)>,
    pub(super) statements: Vec<Statement>,
    pub(super) jobs: Vec<Job>,
    pub(super) responses: Responses,
    pub(super) remarks: Remarks,
}

impl Gathered {
    /// Puts together what lies in the artifacts.
    pub(super) fn of(pack: &Pack, surveyed: Vec<Surveyed>) -> Gathered {
        let mut gathered = Gathered {
            artifacts: surveyed,
            ..Gathered::default()
        };
        gathered.settle(pack);
        for artifact in &mut gathered.artifacts {
            let path = path_of(pack, artifact.index);
            let documents = std::mem::take(&mut artifact.documents).into_iter();
            gathered.documents.extend(documents.map(|text| (path.to_owned(), text)));
            gathered.statements.append(&mut artifact.statements);
            gathered.jobs.append(&mut artifact.jobs);
            for (id, valid) in std::mem::take(&mut artifact.responses) {
                gathered.responses.add(&id, valid);
            }
            gathered.remarks.extend(std::mem::take(&mut artifact.remarks));
        }
        gathered.logs = gathered.logs(pack);
        gathered
    }

    /// Decides about what is only recognised in company.
    fn settle(&mut self, pack: &Pack) {
        let company = self.artifacts.iter().filter(|artifact| artifact.role.is_some()).count();
        let tables = self.artifacts.iter().filter(|artifact| artifact.csv.is_some()).count();
        // Nothing but Invoance's files, and this one.
        let alone = tables == 1 && company > 0 && company + tables == pack.artifacts.len();
        for artifact in &mut self.artifacts {
            if artifact.empty_list && (company > 0 || pack.artifacts.len() == 1) {
                artifact.log(Form::Nested, "invoance.log");
            }
            if let Some(keys) = artifact.perhaps_keys.take()
                && company > 0
            {
                artifact.claim("invoance.keys");
                artifact.documents.push(keys);
            }
            if artifact.csv == Some(Csv::Log) || (artifact.csv == Some(Csv::Named) && alone) {
                artifact.claim("invoance.csv");
                let path = path_of(pack, artifact.index);
                artifact.remarks.add(path, ReasonCode::CsvNotVerifiable, String::new);
            }
        }
    }

    fn logs(&self, pack: &Pack) -> Vec<Log> {
        let log = |artifact: &Surveyed| {
            Some(Log {
                index: artifact.index,
                path: path_of(pack, artifact.index).to_owned(),
                form: artifact.form?,
                large: artifact.large,
                keys_taken: false,
                near: artifact
                    .proof
                    .map_or_else(Near::default, |proof| self.near(pack, artifact.index, proof)),
            })
        };
        self.artifacts.iter().filter_map(log).collect()
    }

    /// Files of the same folder that nobody claimed, for the proofs that speak of other files.
    fn near(&self, pack: &Pack, index: usize, proof: Proof) -> Near {
        let mut near = Near::default();
        if !matches!(proof, Proof::Attestation | Proof::Anchor) {
            return near;
        }
        let folder = folder_of(path_of(pack, index));
        let unclaimed = self.artifacts.iter().filter(|artifact| artifact.role.is_none());
        for artifact in unclaimed.filter(|artifact| folder_of(path_of(pack, artifact.index)) == folder) {
            let size = pack.artifacts.get(artifact.index).map_or(0, |artifact| artifact.size);
            if size > BESIDE_BYTES {
                near.left_out.get_or_insert(ReasonCode::LimitEntrySize);
            } else if near.indices.len() >= pack.within().with_records(BESIDE) {
                near.left_out.get_or_insert(ReasonCode::LimitRecordCount);
            } else {
                near.indices.push(artifact.index);
            }
        }
        near
    }

    /// The first reason why something was not read that may be Invoance's, and that says nothing about the evidence. What
    /// is read in the second pass answers for itself.
    pub(super) fn unread(&self, run: &Run<'_>) -> Option<ReasonCode> {
        let not_read = |artifact: &Surveyed| artifact.form.is_none() && artifact.digest.is_none();
        let of_artifact = |artifact: &Surveyed| {
            let mut codes = artifact.refusals.iter().map(|refusal| refusal.code);
            codes.find(|code| not_read(artifact) || is_limit(*code))
        };
        let of_pack = || {
            let reserved = run.reserved.artifacts.iter().map(|index| path_of(run.pack, *index));
            let reserved: BTreeSet<&str> = reserved.collect();
            let mut refusals = run.pack.refusals.iter();
            let refused = refusals.find(|refusal| !reserved.contains(refusal.subject.as_str()));
            refused.map(|refusal| refusal.code)
        };
        self.artifacts.iter().find_map(of_artifact).or_else(of_pack)
    }

    /// Whether there is anything to say about it: keys alone are nobody's log.
    pub(super) fn has_part(&self) -> bool {
        let nothing_to_read = [
            ReasonCode::EmptyFile,
            ReasonCode::UnsupportedEncoding,
            ReasonCode::CsvNotVerifiable,
        ];
        !self.logs.is_empty()
            || !self.statements.is_empty()
            || !self.jobs.is_empty()
            || !self.responses.is_empty()
            || nothing_to_read.iter().any(|code| self.remarks.has(*code))
    }

    /// What the format came to.
    pub(super) fn finish(self, part: Option<Part>, seen: Option<Seen>) -> FormatResult {
        let seen = seen.unwrap_or_default();
        let mut result = FormatResult {
            parts: part.into_iter().collect(),
            artifacts: Vec::new(),
            refusals: seen.refusals,
            findings: seen.findings,
            open: seen.open,
            opened: Vec::new(),
        };
        for artifact in self.artifacts {
            let read = seen.read.get(&artifact.index);
            let role = artifact.role.or(read.and_then(|read| read.role));
            result.refusals.extend(artifact.refusals);
            result.findings.extend(artifact.findings);
            result.artifacts.push(ArtifactSeen {
                index: artifact.index,
                digest: read.and_then(|read| read.digest).or(artifact.digest),
                size: read.map_or(artifact.size, |read| read.size.max(artifact.size)),
                role,
                covered: artifact.form.is_some() || read.is_some_and(|read| read.role.is_some()),
            });
        }
        result
    }
}

/// What the second pass adds about the artifacts.
#[derive(Debug, Default)]
pub(super) struct Seen {
    pub(super) read: BTreeMap<usize, Read>,
    pub(super) refusals: Vec<Refusal>,
    pub(super) findings: Vec<Finding>,
    /// The worst verdict per artifact, where its records are not verified.
    pub(super) open: BTreeMap<String, Verdict>,
}

/// An artifact that was read to its end, or took part in a proof.
#[derive(Debug, Clone, Default)]
pub(super) struct Read {
    pub(super) digest: Option<Digest>,
    pub(super) size: u64,
    /// What it turned out to be, where the first pass did not know.
    pub(super) role: Option<&'static str>,
}

/// The folder of a path, without a trailing slash; empty at the top.
fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// What the service said about rows, by the digest of their ids.
#[derive(Debug, Default)]
pub(super) struct Responses(HashMap<[u8; 16], Said>);

#[derive(Debug, Default, Clone, Copy)]
struct Said {
    valid: bool,
    invalid: bool,
}

impl Responses {
    fn add(&mut self, id: &str, valid: bool) {
        let said = self.0.entry(short(id)).or_default();
        said.valid |= valid;
        said.invalid |= !valid;
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What the service said about this row, where that differs from what was found.
    pub(super) fn against(&self, id: &str, valid: bool) -> Option<&'static str> {
        if self.0.is_empty() {
            return None;
        }
        let said = self.0.get(&short(id))?;
        if valid && said.invalid {
            Some("not valid")
        } else if !valid && said.valid {
            Some("valid")
        } else {
            None
        }
    }
}

fn short(id: &str) -> [u8; 16] {
    Digest::of(id.as_bytes())
        .as_bytes()
        .first_chunk()
        .copied()
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_saved_answer_is_held_against_ours() {
        let mut responses = Responses::default();
        responses.add("a", true);
        responses.add("b", false);
        assert_eq!(responses.against("a", true), None);
        assert_eq!(responses.against("a", false), Some("valid"));
        assert_eq!(responses.against("b", true), Some("not valid"));
        assert_eq!(responses.against("c", false), None);
    }
}
