//! What belongs to what: receipts and results to records, copies to each other (`specs/nexart.md` 9.3).

use std::collections::HashMap;

use super::hash::normalise;
use super::snapshot::Shipped;
use super::subject::Subject;
use super::survey::{Found, Item, ReceiptSeen, RecordSeen, Surveyed};
use super::trust::folder_of;
use crate::canonical;
use crate::digest::Digest;
use crate::json::stream::Place;
use crate::json::{self, Node};
use crate::pack::Pack;
use crate::reason::ReasonCode;
use crate::report::{Attached, Finding, Source};

/// One record to judge.
#[derive(Debug)]
pub(super) struct Job {
    /// Index of its artifact in the pack.
    pub(super) artifact: usize,
    pub(super) place: Place,
    pub(super) span: (u64, u64),
    pub(super) pointer: String,
    pub(super) seen: RecordSeen,
    /// Receipts from elsewhere, by their place in the plan.
    pub(super) receipts: Vec<usize>,
    /// Results from elsewhere, by their place in the plan.
    pub(super) shipped: Vec<usize>,
}

/// A receipt from elsewhere: a file of its own, or kept text.
#[derive(Debug)]
pub(super) struct ReceiptFile {
    artifact: usize,
    /// Where it lies.
    pub(super) source: Source,
    seen: ReceiptSeen,
}

/// Everything to do in the second pass.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// Records in the order of the report.
    pub(super) jobs: Vec<Job>,
    /// Receipts from elsewhere.
    pub(super) receipts: Vec<ReceiptFile>,
    /// Shipped results.
    pub(super) shipped: Vec<Shipped>,
    /// Shipped results about the pack as a whole.
    pub(super) about_pack: Vec<usize>,
    /// What was seen while putting it together.
    pub(super) findings: Vec<Finding>,
}

impl Plan {
    /// Takes the records, receipts and results out of the surveyed artifacts.
    pub(super) fn take(pack: &Pack, surveyed: &mut [Surveyed]) -> Plan {
        let mut plan = Plan::default();
        for artifact in surveyed {
            let path = path_of(pack, artifact.index);
            let mut kept = Vec::new();
            for item in std::mem::take(&mut artifact.items) {
                plan.sort_item(artifact.index, path, item, &mut kept);
            }
            artifact.items = kept;
        }
        plan.jobs.shrink_to_fit();
        plan.receipts.shrink_to_fit();
        plan.merge_copies(pack);
        plan.attach_receipts(pack);
        plan.attach_shipped(pack);
        plan.missing_parents(pack);
        plan
    }

    fn sort_item(&mut self, artifact: usize, path: &str, item: Item, kept: &mut Vec<Item>) {
        let source = item.source(path);
        match item.found {
            Found::Record(seen) => self.jobs.push(Job {
                artifact,
                place: item.place,
                span: item.span,
                pointer: item.pointer,
                seen,
                receipts: Vec::new(),
                shipped: Vec::new(),
            }),
            Found::Receipt(seen) => self.receipts.push(ReceiptFile { artifact, source, seen }),
            Found::Snapshot(seen) => self.shipped.push(Shipped { source, seen: *seen }),
            Found::KeySet(_) | Found::Manifest(_) => kept.push(item),
        }
    }

    /// The same hash twice: identical copies become one record, what speaks for a copy speaks for it.
    fn merge_copies(&mut self, pack: &Pack) {
        let mut by_hash: HashMap<Digest, Vec<usize>> = HashMap::with_capacity(self.jobs.len());
        for (position, job) in self.jobs.iter().enumerate() {
            if let Some(hash) = job.seen.hash {
                by_hash.entry(hash).or_default().push(position);
            }
        }
        let mut doubled: Vec<(Digest, Vec<usize>)> = by_hash.into_iter().filter(|(_, jobs)| jobs.len() > 1).collect();
        doubled.sort_by(|(_, a), (_, b)| a.cmp(b));
        let mut dropped = Vec::new();
        for (hash, copies) in doubled {
            self.merge(pack, hash, &copies, &mut dropped);
        }
        let mut position = 0;
        self.jobs.retain(|_| {
            position += 1;
            !dropped.contains(&(position - 1))
        });
    }

    fn merge(&mut self, pack: &Pack, hash: Digest, copies: &[usize], dropped: &mut Vec<usize>) {
        let mut kept: HashMap<Digest, usize> = HashMap::new();
        for position in copies {
            let Some(job) = self.jobs.get(*position) else { continue };
            let path = path_of(pack, job.artifact).to_owned();
            let copy = (job.seen.broken.is_none()).then(|| read_copy(pack, job)).flatten();
            if kept.is_empty() {
                kept.extend(copy.map(|copy| (copy.digest, *position)));
                continue;
            }
            self.findings
                .push(Finding::new(ReasonCode::DuplicateRecord, hash.prefixed(), path));
            let Some(copy) = copy else { continue };
            let Some(first) = kept.get(&copy.digest).copied() else {
                kept.insert(copy.digest, *position);
                continue;
            };
            dropped.push(*position);
            if let Some(text) = copy.receipt {
                self.speaks_too(pack, *position, first, text, hash);
            }
        }
    }

    /// The wrapper of a dropped copy carries a receipt: it is one more receipt of the record that stays.
    fn speaks_too(&mut self, pack: &Pack, copy: usize, kept: usize, text: Box<[u8]>, hash: Digest) {
        let Some(job) = self.jobs.get(copy) else { return };
        let source = super::survey::source(path_of(pack, job.artifact), job.place, job.span, &job.pointer);
        let seen = ReceiptSeen {
            hash: Some(hash),
            text: Some(text),
        };
        let receipt = ReceiptFile {
            artifact: job.artifact,
            source,
            seen,
        };
        let position = self.receipts.len();
        self.receipts.push(receipt);
        if let Some(job) = self.jobs.get_mut(kept) {
            job.receipts.push(position);
        }
    }

    /// By the hash inside the receipt; else to the only record of its folder, where its mismatch must be seen.
    fn attach_receipts(&mut self, pack: &Pack) {
        let by_hash = self.by_hash();
        let by_folder = self.by_folder(pack);
        let taken: std::collections::HashSet<usize> = self.jobs.iter().flat_map(|job| job.receipts.clone()).collect();
        for (position, receipt) in self.receipts.iter().enumerate() {
            if taken.contains(&position) {
                continue;
            }
            let named = receipt.seen.hash.and_then(|hash| by_hash.get(&hash));
            let jobs = match named {
                Some(jobs) => jobs.clone(),
                None => match by_folder.get(folder_of(&receipt.source.path)).map(Vec::as_slice) {
                    Some([only]) => vec![*only],
                    _ => Vec::new(),
                },
            };
            if jobs.is_empty() {
                self.findings
                    .push(Finding::new(ReasonCode::ReceiptWithoutRecord, &receipt.source.path, ""));
            }
            for job in jobs {
                if let Some(job) = self.jobs.get_mut(job) {
                    job.receipts.push(position);
                }
            }
        }
    }

    /// By the hash inside the result; else to the only record of its folder or of the pack; else to the whole pack.
    fn attach_shipped(&mut self, pack: &Pack) {
        let by_hash = self.by_hash();
        let by_folder = self.by_folder(pack);
        let only = if self.jobs.len() == 1 { vec![0] } else { Vec::new() };
        for (position, shipped) in self.shipped.iter().enumerate() {
            let named = shipped.seen.hash.and_then(|hash| by_hash.get(&hash)).cloned();
            let near = || match by_folder.get(folder_of(&shipped.source.path)).map(Vec::as_slice) {
                Some([only]) => Some(vec![*only]),
                _ => None,
            };
            let jobs = named.or_else(near).unwrap_or_else(|| only.clone());
            if jobs.is_empty() {
                self.about_pack.push(position);
            }
            for job in jobs {
                if let Some(job) = self.jobs.get_mut(job) {
                    job.shipped.push(position);
                }
            }
        }
    }

    fn by_hash(&self) -> HashMap<Digest, Vec<usize>> {
        let mut by_hash: HashMap<Digest, Vec<usize>> = HashMap::with_capacity(self.jobs.len());
        for (position, job) in self.jobs.iter().enumerate() {
            if let Some(hash) = job.seen.hash {
                by_hash.entry(hash).or_default().push(position);
            }
        }
        by_hash
    }

    fn by_folder<'p>(&self, pack: &'p Pack) -> HashMap<&'p str, Vec<usize>> {
        let mut by_folder: HashMap<&str, Vec<usize>> = HashMap::new();
        for (position, job) in self.jobs.iter().enumerate() {
            by_folder
                .entry(folder_of(path_of(pack, job.artifact)))
                .or_default()
                .push(position);
        }
        by_folder
    }

    /// A governed step follows steps of the same run; those that are not in the pack are named.
    fn missing_parents(&mut self, pack: &Pack) {
        let steps = || {
            self.jobs
                .iter()
                .filter_map(|job| Some((job, job.seen.step.as_deref()?)))
        };
        let known: std::collections::HashSet<(&str, &str)> =
            steps().map(|(_, step)| (step.run.as_str(), step.id.as_str())).collect();
        let mut findings = Vec::new();
        for (job, step) in steps() {
            for parent in step
                .parents
                .iter()
                .filter(|parent| !known.contains(&(step.run.as_str(), parent.as_str())))
            {
                let path = path_of(pack, job.artifact);
                findings.push(Finding::new(
                    ReasonCode::StepParentMissing,
                    path,
                    format!("{} follows {parent}", step.id),
                ));
            }
        }
        self.findings.extend(findings);
    }

    /// What is attached to a job, for the reader.
    pub(super) fn attached(&self, job: &Job) -> Vec<Attached> {
        let receipts = job.receipts.iter().filter_map(|position| self.receipts.get(*position));
        let shipped = job.shipped.iter().filter_map(|position| self.shipped.get(*position));
        receipts
            .map(|receipt| Attached {
                role: "receipt",
                source: receipt.source.clone(),
            })
            .chain(shipped.map(|shipped| Attached {
                role: "snapshot",
                source: shipped.source.clone(),
            }))
            .collect()
    }

    /// The texts of a job's receipts from elsewhere.
    pub(super) fn receipt_texts(&self, pack: &Pack, job: &Job) -> Vec<Vec<u8>> {
        let receipts = job.receipts.iter().filter_map(|position| self.receipts.get(*position));
        receipts.filter_map(|receipt| receipt.text(pack)).collect()
    }
}

impl ReceiptFile {
    fn text(&self, pack: &Pack) -> Option<Vec<u8>> {
        match &self.seen.text {
            Some(text) => Some(text.to_vec()),
            None => Some(json::without_bom(&pack.read(self.artifact).ok()?.bytes).to_vec()),
        }
    }
}

/// A record's content, to see whether two copies are one.
struct CopySeen {
    digest: Digest,
    /// The wrapper's text, when it carries a receipt.
    receipt: Option<Box<[u8]>>,
}

fn read_copy(pack: &Pack, job: &Job) -> Option<CopySeen> {
    let text = document(pack, job.artifact, job.span)?;
    let parsed = json::parse(&text, &json::Bounds::default()).ok()?;
    let subject = Subject::at_pointer(&parsed.root, &job.pointer)?;
    let package = subject
        .package
        .filter(|package| package.get("receipt").is_some_and(Node::is_object));
    Some(CopySeen {
        digest: Digest::of(&canonical::bytes(subject.cer).ok()?),
        receipt: package
            .and_then(|package| text.get(package.span.range()))
            .map(Into::into),
    })
}

/// The document, line or element at a span of an artifact.
pub(super) fn document(pack: &Pack, artifact: usize, span: (u64, u64)) -> Option<Vec<u8>> {
    let mut reader = pack.reader(artifact).ok()?;
    let mut text = Vec::new();
    std::io::copy(&mut std::io::Read::take(&mut reader, span.0), &mut std::io::sink()).ok()?;
    std::io::Read::read_to_end(&mut std::io::Read::take(&mut reader, span.1), &mut text).ok()?;
    Some(text)
}

/// The path of an artifact.
pub(super) fn path_of(pack: &Pack, artifact: usize) -> &str {
    pack.artifacts
        .get(artifact)
        .map(|artifact| artifact.path.as_str())
        .unwrap_or_default()
}

/// A record's hash as the report knows it.
pub(super) fn digest_of(id: &str) -> Option<Digest> {
    normalise(id)
}
