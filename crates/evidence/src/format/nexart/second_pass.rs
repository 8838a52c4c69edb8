//! The second pass: every record is read again and judged, on all cores, in batches that keep the order.

use rayon::prelude::*;

use super::doubt::fatal_within;
use super::hand_over::{HandOver, Judged};
use super::judge::judge;
use super::large;
use super::place::{at_offset, folder_of, path_of, source};
use super::plan::{Job, Plan};
use super::record;
use super::subject::Subject;
use super::trust::Trust;
use super::verdict::comparable;
use crate::format::Run;
use crate::json::stream::{Chunk, Place, Values};
use crate::json::{self, Node};
use crate::pack::{Pack, Refusal};
use crate::reason::ReasonCode;
use crate::report::Source;
use crate::run::Stopped;

/// Records judged before they are handed over.
const BATCH: usize = 512;
/// Text of streamed values held at once.
const BATCH_BYTES: usize = 16 << 20;

/// Judges every record of the plan and hands it over.
pub(super) fn judge_all(
    run: &mut Run<'_>,
    plan: &Plan,
    trust: &Trust,
    hand_over: &mut HandOver<'_>,
) -> Result<(), Stopped> {
    run.progress
        .expect_records(u64::try_from(plan.jobs.len()).unwrap_or(u64::MAX));
    let files: Vec<&[Job]> = plan.jobs.chunk_by(|a, b| a.artifact == b.artifact).collect();
    let mut whole: Vec<&[Job]> = Vec::with_capacity(BATCH);
    for jobs in files {
        let alone = jobs.iter().all(|job| job.place == Place::Whole);
        if alone {
            whole.push(jobs);
        }
        if whole.len() >= BATCH || (!alone && !whole.is_empty()) {
            judge_files(run, plan, trust, hand_over, &std::mem::take(&mut whole))?;
        }
        if !alone {
            judge_stream(run, plan, trust, hand_over, jobs)?;
        }
    }
    judge_files(run, plan, trust, hand_over, &whole)
}

/// Artifacts that are one document each: read and judged side by side.
fn judge_files(
    run: &mut Run<'_>,
    plan: &Plan,
    trust: &Trust,
    hand_over: &mut HandOver<'_>,
    files: &[&[Job]],
) -> Result<(), Stopped> {
    let shared = Shared {
        plan,
        trust,
        pack: run.pack,
        project: hand_over.project(),
    };
    let judged: Vec<Vec<Judged>> = files.par_iter().map(|jobs| shared.file(jobs)).collect();
    hand_on(run, hand_over, judged.into_iter().flatten())
}

fn hand_on(
    run: &mut Run<'_>,
    hand_over: &mut HandOver<'_>,
    judged: impl Iterator<Item = Judged>,
) -> Result<(), Stopped> {
    for judged in judged {
        if run.progress.is_cancelled() {
            return Err(Stopped::Cancelled);
        }
        run.progress.at(&judged.record.source.path);
        hand_over.take(run, judged)?;
        run.progress.add_records(1);
    }
    Ok(())
}

/// An artifact of many values: streamed once more, judged in batches.
fn judge_stream(
    run: &mut Run<'_>,
    plan: &Plan,
    trust: &Trust,
    hand_over: &mut HandOver<'_>,
    jobs: &[Job],
) -> Result<(), Stopped> {
    let Some(first) = jobs.first() else { return Ok(()) };
    let reader = match run.pack.reader(first.artifact) {
        Ok(reader) => reader,
        Err(refusal) => {
            let path = path_of(run.pack, first.artifact).to_owned();
            return hand_on(run, hand_over, jobs.iter().map(|job| unreadable(job, &path, &refusal)));
        }
    };
    let pack = run.pack;
    let mut values = Values::new(reader, &run.pack.within().stream());
    let mut pieces = jobs.chunk_by(|a, b| a.span == b.span).peekable();
    while pieces.peek().is_some() {
        let mut batch: Vec<(&[Job], Option<Chunk>)> = Vec::new();
        let mut held = 0;
        while let Some(piece) = pieces.next_if(|_| batch.len() < BATCH && held < BATCH_BYTES) {
            let chunk = piece.first().and_then(|job| at_offset(&mut values, job.span));
            held += chunk.as_ref().map_or(0, |chunk| chunk.text.len());
            batch.push((piece, chunk));
        }
        let shared = Shared {
            plan,
            trust,
            pack: run.pack,
            project: hand_over.project(),
        };
        let path = path_of(pack, first.artifact);
        let judged: Vec<Vec<Judged>> = batch
            .par_iter()
            .map(|(piece, chunk)| match chunk {
                Some(chunk) => shared.document(piece, path, &chunk.text),
                None => piece.iter().map(|job| shared.broken(job, path)).collect(),
            })
            .collect();
        hand_on(run, hand_over, judged.into_iter().flatten())?;
    }
    Ok(())
}

/// A record that can no longer be read keeps the hash by which it is known.
fn unreadable(job: &Job, path: &str, refusal: &Refusal) -> Judged {
    Judged {
        digest: job.seen.hash,
        not_read: Some(refusal.code),
        ..Judged::without_subject(record::unreadable(source_of(job, path), refusal))
    }
}

fn source_of(job: &Job, path: &str) -> Source {
    source(path, job.place, job.span, &job.pointer)
}

/// A limit of this program, or a reader that failed: it says nothing about the record. (Deep nesting is the vendor's own
/// limit, `specs/nexart.md` 2.)
fn is_our_limit(code: ReasonCode) -> bool {
    matches!(
        code,
        ReasonCode::LimitEntrySize
            | ReasonCode::LimitLineLength
            | ReasonCode::LimitLineCount
            | ReasonCode::LimitJsonNodes
            | ReasonCode::IoReadFailed
    )
}

/// What judging needs, shared by all cores.
struct Shared<'s> {
    plan: &'s Plan,
    trust: &'s Trust,
    pack: &'s Pack,
    project: Option<&'s str>,
}

impl Shared<'_> {
    fn file(&self, jobs: &[Job]) -> Vec<Judged> {
        let Some(first) = jobs.first() else { return Vec::new() };
        let path = path_of(self.pack, first.artifact);
        let _alone = large::alone(self.pack, first.artifact);
        match self.pack.read(first.artifact) {
            Ok(content) => self.document(jobs, path, json::without_bom(&content.bytes)),
            Err(refusal) => jobs.iter().map(|job| unreadable(job, path, &refusal)).collect(),
        }
    }

    /// The records of one document, line or element.
    fn document(&self, jobs: &[Job], path: &str, text: &[u8]) -> Vec<Judged> {
        match json::parse(text, &self.pack.within().json()) {
            Ok(parsed) => jobs.iter().map(|job| self.record(job, path, &parsed.root)).collect(),
            Err(_) => jobs.iter().map(|job| self.broken(job, path)).collect(),
        }
    }

    fn broken(&self, job: &Job, path: &str) -> Judged {
        let source = source_of(job, path);
        let judged = match &job.seen.broken {
            Some((code, at)) if is_our_limit(*code) => {
                unreadable(job, path, &Refusal::new(*code, path.to_owned(), at.clone()))
            }
            Some((code, at)) => Judged::without_subject(record::corrupted(source, code.as_str(), at)),
            None => Judged::without_subject(record::corrupted(source, "", "")),
        };
        self.with_companions(job, judged)
    }

    /// What speaks about a record without readable content.
    fn with_companions(&self, job: &Job, mut judged: Judged) -> Judged {
        judged.record.attached = self.plan.attached(job);
        Judged {
            shipped: job.shipped.clone(),
            copies: job.copies.clone(),
            ..judged
        }
    }

    fn record(&self, job: &Job, path: &str, root: &Node<'_>) -> Judged {
        if job.seen.renderer {
            return Judged::without_subject(record::never_sealed(source_of(job, path)));
        }
        let texts = self.plan.receipt_texts(self.pack, job);
        let bounds = self.pack.within().json();
        let receipts: Vec<json::Parsed<'_>> = texts
            .iter()
            .filter_map(|text| json::parse(text, &bounds).ok())
            .collect();
        let Some(subject) = Subject::at_pointer(root, &job.pointer) else {
            return self.broken(job, path);
        };
        let ambiguous = |receipt: &json::Parsed<'_>| fatal_within(&receipt.flaws, receipt.root.span).is_some();
        let subject = Subject {
            receipts: receipts.iter().map(|receipt| &receipt.root).collect(),
            folder: folder_of(path),
            corrupt: job.seen.broken.is_some() || receipts.iter().any(ambiguous),
            ..subject
        };
        let judgement = judge(&subject, self.trust);
        let mut record = record::record(
            &subject,
            &judgement,
            source_of(job, path),
            self.plan.attached(job),
            self.project,
        );
        if let Some(check) = record.checks.first_mut() {
            check.details.extend(remarks(job));
        }
        Judged {
            digest: job.seen.hash,
            execution_id: Some(subject.execution_id().unwrap_or_default().to_owned()),
            not_read: None,
            comparable: comparable(&judgement),
            shipped: job.shipped.clone(),
            copies: job.copies.clone(),
            keys: [judgement.receipts.keys, judgement.envelope.keys].concat(),
            record,
        }
    }
}

/// What the first pass saw in the record's text.
fn remarks(job: &Job) -> impl Iterator<Item = (&'static str, String)> {
    let cause = job.seen.broken.iter().map(|(code, _)| ("cause", *code));
    let doubts = job.seen.doubts.iter().map(|code| ("remark", *code));
    cause
        .chain(doubts)
        .map(|(label, code)| (label, code.as_str().to_owned()))
}
