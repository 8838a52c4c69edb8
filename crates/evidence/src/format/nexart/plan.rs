//! What belongs to what: receipts and results to records (`specs/nexart.md` 9.3); copies are merged in `copies`.

use std::collections::{HashMap, HashSet};

use super::found::{Found, Item, ReceiptSeen, RecordSeen, Surveyed};
use super::place::{folder_of, path_of};
use super::snapshot::Shipped;
use crate::digest::Digest;
use crate::json;
use crate::json::stream::Place;
use crate::pack::{Pack, Refusal};
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
    /// Artifacts of the identical copies that this record stands for.
    pub(super) copies: Vec<usize>,
}

/// Receipts, and results, from elsewhere that one record takes within the documented limits: enough for every honest pack, few enough that many
/// copies of a record with many receipts stay cheap.
const PER_RECORD: usize = 100;

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
    /// Paths of receipts that belong to no record.
    pub(super) loose: Vec<String>,
    /// What was seen while putting it together.
    pub(super) findings: Vec<Finding>,
    /// What is not used because one record has too much of it.
    pub(super) refusals: Vec<Refusal>,
    /// How many receipts, and results, from elsewhere one record takes.
    pub(super) per_record: usize,
    /// Why something of the pack was not read: what is missing may be in it.
    pub(super) not_read: Option<ReasonCode>,
}

impl Plan {
    /// Takes the records, receipts and results out of the surveyed artifacts.
    pub(super) fn take(pack: &Pack, surveyed: &mut [Surveyed]) -> Plan {
        let mut plan = Plan {
            per_record: pack.within().with_records(PER_RECORD),
            not_read: super::refusals(pack, surveyed).next().map(|refusal| refusal.code),
            ..Plan::default()
        };
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
        plan
    }

    /// Says what belongs to which record, after copies were merged.
    pub(super) fn attach(&mut self, pack: &Pack) {
        self.attach_receipts(pack);
        self.attach_shipped(pack);
        self.missing_parents(pack);
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
                copies: Vec::new(),
            }),
            Found::Receipt(seen) => self.receipts.push(ReceiptFile { artifact, source, seen }),
            Found::Snapshot(seen) => self.shipped.push(Shipped { source, seen: *seen }),
            Found::KeySet(_) | Found::Manifest(_) => kept.push(item),
        }
    }

    /// By the hash inside the receipt; else to the only record of its folder, where its mismatch must be seen: unless the
    /// record that it names may be in what was not read.
    fn attach_receipts(&mut self, pack: &Pack) {
        let places = self.places(pack);
        let taken: HashSet<usize> = self.jobs.iter().flat_map(|job| job.receipts.clone()).collect();
        for position in (0..self.receipts.len()).filter(|position| !taken.contains(position)) {
            let Some(receipt) = self.receipts.get(position) else {
                continue;
            };
            let path = receipt.source.path.clone();
            let named = receipt.seen.hash.and_then(|hash| places.by_hash.get(&hash));
            let jobs = match named {
                Some(jobs) => jobs.as_slice(),
                None if receipt.seen.hash.is_some() && self.not_read.is_some() => &[],
                None => places.alone_in(folder_of(&path)),
            };
            if jobs.is_empty() {
                self.findings
                    .push(Finding::new(ReasonCode::ReceiptWithoutRecord, &path, ""));
                self.loose.push(path);
            } else if !self.give(jobs, |job| &mut job.receipts, position) {
                self.refuse(path, "receipts");
            }
        }
    }

    /// By the hash inside the result; else to the only record of its folder or of the pack; else to the whole pack.
    fn attach_shipped(&mut self, pack: &Pack) {
        let places = self.places(pack);
        let only: &[usize] = if self.jobs.len() == 1 { &[0] } else { &[] };
        for position in 0..self.shipped.len() {
            let Some(shipped) = self.shipped.get(position) else {
                continue;
            };
            let path = shipped.source.path.clone();
            let named = shipped.seen.hash.and_then(|hash| places.by_hash.get(&hash));
            let near = Some(places.alone_in(folder_of(&path))).filter(|jobs| !jobs.is_empty());
            let jobs = named.map(Vec::as_slice).or(near).unwrap_or(only);
            if jobs.is_empty() {
                self.about_pack.push(position);
            } else if !self.give(jobs, |job| &mut job.shipped, position) {
                self.refuse(path, "results");
            }
        }
    }

    /// Gives each of the records one thing more; false when one of them has too much already.
    fn give(&mut self, jobs: &[usize], list: impl Fn(&mut Job) -> &mut Vec<usize>, position: usize) -> bool {
        let (mut room, most) = (true, self.per_record);
        for job in jobs {
            if let Some(list) = self.jobs.get_mut(*job).map(&list) {
                room &= list.len() < most;
                if list.len() < most {
                    list.push(position);
                }
            }
        }
        room
    }

    /// Something that one record has too much of is not used, and named.
    pub(super) fn refuse(&mut self, path: String, what: &str) {
        let most = self.per_record;
        self.not_read.get_or_insert(ReasonCode::LimitRecordCount);
        self.refusals.push(Refusal {
            limit: u64::try_from(most).ok(),
            ..Refusal::new(
                ReasonCode::LimitRecordCount,
                path,
                format!("more than {most} {what} for one record"),
            )
        });
    }

    fn places<'p>(&self, pack: &'p Pack) -> Places<'p> {
        let mut places = Places::default();
        for (position, job) in self.jobs.iter().enumerate() {
            if let Some(hash) = job.seen.hash {
                places.by_hash.entry(hash).or_default().push(position);
            }
            let folder = folder_of(path_of(pack, job.artifact));
            places.by_folder.entry(folder).or_default().push(position);
        }
        places
    }

    /// A governed step follows steps of the same run; those that are not in the pack are named.
    fn missing_parents(&mut self, pack: &Pack) {
        let steps = || {
            self.jobs
                .iter()
                .filter_map(|job| Some((job, job.seen.step.as_deref()?)))
        };
        let known: HashSet<(&str, &str)> = steps().map(|(_, step)| (step.run.as_str(), step.id.as_str())).collect();
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

    /// The texts of a job's receipts from elsewhere, and why others cannot be read again.
    pub(super) fn receipt_texts(&self, pack: &Pack, job: &Job) -> (Vec<Vec<u8>>, Vec<Refusal>) {
        let receipts = job.receipts.iter().filter_map(|position| self.receipts.get(*position));
        let (mut texts, mut refusals) = (Vec::new(), Vec::new());
        for receipt in receipts {
            match receipt.text(pack) {
                Ok(text) => texts.push(text),
                Err(refusal) => refusals.push(refusal),
            }
        }
        (texts, refusals)
    }
}

/// Where the records are.
#[derive(Default)]
struct Places<'p> {
    by_hash: HashMap<Digest, Vec<usize>>,
    by_folder: HashMap<&'p str, Vec<usize>>,
}

impl Places<'_> {
    /// The record of a folder that holds exactly one; else none.
    fn alone_in(&self, folder: &str) -> &[usize] {
        match self.by_folder.get(folder).map(Vec::as_slice) {
            Some(alone @ [_]) => alone,
            Some(_) | None => &[],
        }
    }
}

impl ReceiptFile {
    /// One that an artifact's wrapper carries.
    pub(super) fn in_wrapper(artifact: usize, source: Source, hash: Digest, text: Box<[u8]>) -> ReceiptFile {
        let seen = ReceiptSeen {
            hash: Some(hash),
            text: Some(text),
        };
        ReceiptFile { artifact, source, seen }
    }

    /// Digest of its text, when it is no file of its own.
    pub(super) fn digest(&self) -> Option<Digest> {
        self.seen.text.as_deref().map(Digest::of)
    }

    /// Its text, which the first pass could parse.
    fn text(&self, pack: &Pack) -> Result<Vec<u8>, Refusal> {
        let text = match &self.seen.text {
            Some(text) => text.to_vec(),
            None => json::without_bom(&pack.read(self.artifact)?.bytes).to_vec(),
        };
        match json::parse(&text, &pack.within().json()) {
            Ok(_) => Ok(text),
            Err(_) => Err(Refusal::new(
                ReasonCode::IoChangedWhileReading,
                path_of(pack, self.artifact),
                "",
            )),
        }
    }
}
