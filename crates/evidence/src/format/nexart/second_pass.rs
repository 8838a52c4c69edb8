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
use crate::container::ArtifactReader;
use crate::format::Run;
use crate::json::stream::{Chunk, Place, StreamBounds, Values};
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
            let judged = jobs.iter().map(|job| unreadable(plan, job, &path, &refusal));
            return hand_on(run, hand_over, judged);
        }
    };
    let pack = run.pack;
    let mut again = Again::new(path_of(pack, first.artifact), reader, &pack.within().stream());
    let mut pieces = jobs.chunk_by(|a, b| a.span == b.span).peekable();
    while pieces.peek().is_some() {
        let mut batch: Vec<(&[Job], ReadAgain)> = Vec::new();
        let mut held = 0;
        while let Some(piece) = pieces.next_if(|_| batch.len() < BATCH && held < BATCH_BYTES) {
            let chunk = piece.first().map_or(Ok(None), |job| again.at(job.span));
            held += chunk.iter().flatten().map(|chunk| chunk.text.len()).sum::<usize>();
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
                Ok(Some(chunk)) => shared.document(piece, path, &chunk.text),
                Ok(None) => piece.iter().map(|job| shared.broken(job, path)).collect(),
                Err(refusal) => piece.iter().map(|job| unreadable(plan, job, path, refusal)).collect(),
            })
            .collect();
        hand_on(run, hand_over, judged.into_iter().flatten())?;
    }
    Ok(())
}

/// A value as it was read again; none of what broke off the first time.
type ReadAgain = Result<Option<Chunk>, Refusal>;

/// The values of one artifact, read again. Once one is no longer there, the reader has come to its end.
struct Again<'p> {
    values: Option<Values<ArtifactReader<'p>>>,
    /// Why a value is not there.
    lost: Refusal,
}

impl<'p> Again<'p> {
    fn new(path: &'p str, reader: ArtifactReader<'p>, bounds: &StreamBounds) -> Again<'p> {
        Again {
            values: Some(Values::new(reader, bounds)),
            lost: changed(path),
        }
    }

    /// The chunk at a span; what broke off has none. What was there before and is not there now could not be read.
    fn at(&mut self, span: (u64, u64)) -> ReadAgain {
        if span.1 == 0 {
            return Ok(None);
        }
        if let Some(chunk) = self.values.as_mut().and_then(|values| at_offset(values, span.0)) {
            return Ok(Some(chunk));
        }
        if let Some(reader) = self.values.take().map(Values::into_reader)
            && let Some(why) = reader.refusal().or_else(|| reader.finish().err())
        {
            self.lost = why;
        }
        Err(self.lost.clone())
    }
}

/// What the first pass read is no longer there, although nothing failed.
fn changed(path: &str) -> Refusal {
    Refusal::new(ReasonCode::IoChangedWhileReading, path, "")
}

/// A record that can no longer be read keeps the hash by which it is known.
fn unreadable(plan: &Plan, job: &Job, path: &str, refusal: &Refusal) -> Judged {
    let judged = Judged {
        digest: job.seen.hash,
        not_read: Some(refusal.code),
        ..Judged::without_subject(record::unreadable(source_of(job, path), refusal))
    };
    with_companions(plan, job, judged)
}

/// With what speaks about a record that has no readable content.
fn with_companions(plan: &Plan, job: &Job, mut judged: Judged) -> Judged {
    judged.record.attached = plan.attached(job);
    Judged {
        shipped: job.shipped.clone(),
        copies: job.copies.clone(),
        ..judged
    }
}

fn source_of(job: &Job, path: &str) -> Source {
    source(path, job.place, job.span, &job.pointer)
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
            Err(refusal) => jobs
                .iter()
                .map(|job| unreadable(self.plan, job, path, &refusal))
                .collect(),
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
        match &job.seen.broken {
            Some(broken) if broken.not_read => {
                let refusal = Refusal::new(broken.code, path, broken.at.clone());
                unreadable(self.plan, job, path, &refusal)
            }
            Some(broken) => {
                let corrupted = record::corrupted(source_of(job, path), broken.code.as_str(), &broken.at);
                with_companions(self.plan, job, Judged::without_subject(corrupted))
            }
            // The first pass read a record here.
            None => unreadable(self.plan, job, path, &changed(path)),
        }
    }

    fn record(&self, job: &Job, path: &str, root: &Node<'_>) -> Judged {
        if job.seen.renderer {
            return Judged::without_subject(record::never_sealed(source_of(job, path)));
        }
        let (texts, refused) = self.plan.receipt_texts(self.pack, job);
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
            receipt_not_read: refused.first().map(|refusal| refusal.code),
            elsewhere_not_read: self.plan.not_read,
            bounds,
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
            refused,
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
    let cause = job.seen.broken.iter().map(|broken| ("cause", broken.code));
    let doubts = job.seen.doubts.iter().map(|code| ("remark", *code));
    cause
        .chain(doubts)
        .map(|(label, code)| (label, code.as_str().to_owned()))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Write as _;
    use std::path::Path;

    use serde_json::json;

    use super::super::first_pass;
    use super::super::lists::Lists;
    use super::super::tests::sealed;
    use super::*;
    use crate::check::{CheckId, Outcome};
    use crate::keybook::KeyBook;
    use crate::report::Record;
    use crate::run::{Policy, Progress};
    use crate::tally::RunTally;
    use crate::verdict::Verdict;

    /// The records of a file or folder that `change` is made to between the passes, and what was refused then.
    fn judged(path: &Path, change: impl FnOnce()) -> (Vec<Record>, Vec<Refusal>) {
        let (progress, book, policy) = (Progress::default(), KeyBook::default(), Policy::default());
        let pack = Pack::open(&[path.to_owned()], &progress).expect("a pack");
        let all: Vec<usize> = (0..pack.artifacts.len()).collect();
        let mut records = Vec::new();
        let mut run = Run {
            pack: &pack,
            book: &book,
            policy: &policy,
            progress: &progress,
            recorder: &mut records,
            tally: RunTally::default(),
            reserved: crate::format::keel::Reserved::default(),
        };
        let mut surveyed = first_pass(&run, &all).expect("a first pass");
        let mut plan = Plan::take(&pack, &mut surveyed);
        plan.attach(&pack);
        change();
        let mut hand_over = HandOver::new(&plan, Lists::default());
        let trust = Trust::of_keys(&[]);
        judge_all(&mut run, &plan, &trust, &mut hand_over).expect("a second pass");
        let refused = hand_over.refused();
        (records, refused)
    }

    fn lines() -> Vec<u8> {
        let line = |id: usize| {
            let pad: String = (0..4000).map(|at| format!("{},", at * (id + 7))).collect();
            let hash = format!("{id:064}");
            format!("{{\"bundleType\":\"cer.ai.execution.v1\",\"certificateHash\":\"{hash}\",\"pad\":\"{pad}\"}}\n")
        };
        (0..20).map(line).collect::<String>().into_bytes()
    }

    #[test]
    fn a_record_that_cannot_be_read_again_is_not_accused() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("records.ndjson.gz");
        let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gz.write_all(&lines()).expect("gz");
        let mut bytes = gz.finish().expect("gz");
        fs::write(&path, &bytes).expect("a file");
        let damage = || {
            let middle = bytes.len() / 2;
            bytes[middle..].fill(0xFF);
            fs::write(&path, &bytes).expect("a file");
        };
        let (records, _) = judged(&path, damage);
        assert_eq!(records.len(), 20);
        let first = records.first().expect("a record");
        assert_ne!(first.verdict, Verdict::Indeterminate);
        let last = records.last().expect("a record");
        assert_eq!(last.verdict, Verdict::Indeterminate);
        assert_ne!(last.reason_codes, [ReasonCode::BundleCorrupted]);
        assert_ne!(last.reason_codes, [ReasonCode::IoChangedWhileReading]);
    }

    #[test]
    fn a_record_that_is_another_when_read_again_is_not_accused() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("records.ndjson");
        let mut bytes = lines();
        fs::write(&path, &bytes).expect("a file");
        let (records, _) = judged(&path, || {
            bytes.fill(b' ');
            fs::write(&path, &bytes).expect("a file");
        });
        let verdicts: Vec<Verdict> = records.iter().map(|record| record.verdict).collect();
        assert_eq!(verdicts, [Verdict::Indeterminate; 20]);
    }

    #[test]
    fn a_receipt_that_cannot_be_read_again_is_told_and_leaves_its_record_open() {
        let folder = tempfile::tempdir().expect("a folder");
        let (record, hash) = sealed("a", 10);
        let receipt = json!({"receipt": {"certificateHash": hash, "kid": "k1"}, "signature": "AAAA"});
        let path = folder.path().join("receipt.json");
        fs::write(folder.path().join("a.json"), record.to_string()).expect("a file");
        fs::write(&path, receipt.to_string()).expect("a file");
        let signature = |records: &[Record]| {
            let mut checks = records.iter().flat_map(|record| &record.checks);
            let check = checks.find(|check| check.id == CheckId::NodeSignature);
            check.expect("the check").outcome
        };
        let (records, refused) = judged(folder.path(), || {});
        assert_eq!(signature(&records), Outcome::Undetermined(ReasonCode::KeyNotFound));
        assert_eq!(refused, []);
        let cut = || fs::write(&path, "{").expect("a file");
        let (records, refused) = judged(folder.path(), cut);
        let code = refused.first().expect("a refusal").code;
        assert_eq!(signature(&records), Outcome::Undetermined(code));
        assert_eq!(
            records.first().expect("a record").native.grade.as_deref(),
            Some("INCOMPLETE")
        );
    }
}
