//! The same hash twice: identical copies become one record, and what speaks for a copy speaks for it
//! (`specs/nexart.md` 9.3).
//!
//! Copies are identical when their records are, whatever wrapper they lie in. A wrapper's receipt goes over to the
//! record that stays. An envelope cannot: copies with different envelopes stay apart, so that no bad one is hidden.

use std::collections::{HashMap, HashSet};

use super::kind::is_placeholder;
use super::place::{at_offset, path_of, source};
use super::plan::{Job, Plan, ReceiptFile};
use super::subject::{Subject, wrapper_of};
use crate::canonical;
use crate::container::ArtifactReader;
use crate::digest::Digest;
use crate::json::stream::{Place, Values};
use crate::json::{self, Node};
use crate::pack::Pack;
use crate::reason::ReasonCode;
use crate::report::Finding;
use crate::run::{Progress, Stopped};

/// Merges identical copies; every copy after the first is a finding.
///
/// # Errors
/// When cancelled.
pub(super) fn merge(plan: &mut Plan, pack: &Pack, progress: &Progress) -> Result<(), Stopped> {
    let mut count: HashMap<Digest, u32> = HashMap::with_capacity(plan.jobs.len());
    for hash in plan.jobs.iter().filter_map(|job| job.seen.hash) {
        *count.entry(hash).or_default() += 1;
    }
    count.retain(|_, count| *count > 1);
    let jobs = std::mem::take(&mut plan.jobs);
    let mut copies = Copies::default();
    let mut merging = Merging {
        per_record: plan.per_record,
        ..Merging::default()
    };
    for (position, job) in jobs.iter().enumerate() {
        let Some(hash) = job.seen.hash.filter(|hash| count.contains_key(hash)) else {
            continue;
        };
        if progress.is_cancelled() {
            return Err(Stopped::Cancelled);
        }
        let path = path_of(pack, job.artifact);
        if !merging.met.insert(hash) {
            plan.findings
                .push(Finding::new(ReasonCode::DuplicateRecord, hash.prefixed(), path));
        }
        if let Some(copy) = copies.read(pack, job) {
            let receipt = copy.receipt.map(|text| in_wrapper(path, job, hash, text));
            if !merging.take(position, job.artifact, (copy.content, copy.envelope), receipt) {
                plan.refuse(path.to_owned(), "receipts");
            }
        }
    }
    plan.jobs = jobs;
    merging.apply(plan);
    Ok(())
}

fn in_wrapper(path: &str, job: &Job, hash: Digest, text: Box<[u8]>) -> ReceiptFile {
    let pointer = wrapper_of(&job.pointer).unwrap_or_default();
    let source = source(path, job.place, job.span, &pointer);
    ReceiptFile::in_wrapper(job.artifact, source, hash, text)
}

/// What two copies are compared by.
struct Copy {
    content: Digest,
    /// What a wrapper says of the record beside a receipt.
    envelope: Option<Digest>,
    /// The wrapper's text, when it carries a receipt.
    receipt: Option<Box<[u8]>>,
}

/// Reads copies in the order of the plan; an artifact of many values is streamed once, however many copies it holds.
#[derive(Default)]
struct Copies<'p> {
    stream: Option<(usize, Values<ArtifactReader<'p>>)>,
    last: Option<Document>,
}

/// The document that was read last: several copies may lie in it.
struct Document {
    artifact: usize,
    span: (u64, u64),
    text: Vec<u8>,
}

impl<'p> Copies<'p> {
    fn read(&mut self, pack: &'p Pack, job: &Job) -> Option<Copy> {
        if job.seen.broken.is_some() {
            return None;
        }
        let holds = |last: &Document| last.artifact == job.artifact && last.span == job.span;
        if !self.last.as_ref().is_some_and(holds) {
            self.last = Some(Document {
                artifact: job.artifact,
                span: job.span,
                text: self.text(pack, job)?,
            });
        }
        let text = &self.last.as_ref()?.text;
        let parsed = json::parse(text, &pack.within().json()).ok()?;
        Copy::of(&parsed.root, &job.pointer, text)
    }

    fn text(&mut self, pack: &'p Pack, job: &Job) -> Option<Vec<u8>> {
        if job.place == Place::Whole {
            return Some(json::without_bom(&pack.read(job.artifact).ok()?.bytes).to_vec());
        }
        if self
            .stream
            .as_ref()
            .is_none_or(|(artifact, _)| *artifact != job.artifact)
        {
            let values = Values::new(pack.reader(job.artifact).ok()?, &pack.within().stream());
            self.stream = Some((job.artifact, values));
        }
        let (_, values) = self.stream.as_mut()?;
        Some(at_offset(values, job.span.0)?.text)
    }
}

impl Copy {
    fn of(root: &Node<'_>, pointer: &str, text: &[u8]) -> Option<Copy> {
        let subject = Subject::at_pointer(root, pointer)?;
        let said = ["verificationEnvelope", "verificationEnvelopeSignature", "nodeReceipt"]
            .map(|name| subject.package?.get(name).filter(|value| !value.is_null()));
        let envelope = if said.iter().any(Option::is_some) {
            let mut bytes = Vec::new();
            for value in said {
                match value {
                    Some(value) => canonical::write(value, &mut bytes).ok()?,
                    None => bytes.push(b'-'),
                }
            }
            Some(Digest::of(&bytes))
        } else {
            None
        };
        let receipt = |package: &&Node<'_>| {
            let receipt = package.get("receipt");
            receipt.is_some_and(|receipt| !receipt.is_null() && !is_placeholder(receipt))
        };
        let package = subject.package.filter(receipt);
        Some(Copy {
            content: Digest::of(&canonical::bytes(subject.cer).ok()?),
            envelope,
            receipt: package
                .and_then(|package| text.get(package.span.range()))
                .map(Into::into),
        })
    }
}

/// Which of the copies stay, while they pass by.
#[derive(Default)]
struct Merging {
    met: HashSet<Digest>,
    kept: Vec<Kept>,
    /// Those that stay, by content and envelope.
    by_key: HashMap<(Digest, Option<Digest>), usize>,
    /// The first that stays, by content alone.
    by_content: HashMap<Digest, usize>,
    dropped: HashSet<usize>,
    /// Receipts that one record takes.
    per_record: usize,
}

/// A copy that stays, with what the dropped ones give it.
struct Kept {
    position: usize,
    artifact: usize,
    /// The receipt in its own wrapper.
    own: Option<ReceiptFile>,
    receipts: Vec<ReceiptFile>,
    /// Wrappers that are known, so that equal ones are taken once.
    known: HashSet<Digest>,
    copies: Vec<usize>,
}

impl Merging {
    /// Takes the next copy; false when it brings a receipt more than one record takes.
    fn take(
        &mut self,
        position: usize,
        artifact: usize,
        key: (Digest, Option<Digest>),
        receipt: Option<ReceiptFile>,
    ) -> bool {
        let (content, envelope) = key;
        let same = self.by_key.get(&key).copied();
        // A bare copy adds nothing to one in an envelope, whichever comes first.
        let same = same.or(self.by_content.get(&content).copied().filter(|_| envelope.is_none()));
        if let Some(kept) = same.and_then(|place| self.kept.get_mut(place)) {
            self.dropped.insert(position);
            kept.stands_for(artifact);
            return kept.hear(receipt, self.per_record);
        }
        let bare = self.by_key.remove(&(content, None));
        if let Some((place, kept)) = bare.and_then(|place| Some((place, self.kept.get_mut(place)?))) {
            self.by_key.insert(key, place);
            self.dropped.insert(kept.position);
            return kept.give_way(position, artifact, receipt, self.per_record);
        }
        let mut kept = Kept {
            position,
            artifact,
            own: None,
            receipts: Vec::new(),
            known: HashSet::new(),
            copies: Vec::new(),
        };
        kept.known.extend(receipt.as_ref().and_then(ReceiptFile::digest));
        kept.own = receipt;
        self.by_key.insert(key, self.kept.len());
        self.by_content.entry(content).or_insert(self.kept.len());
        self.kept.push(kept);
        true
    }

    fn apply(self, plan: &mut Plan) {
        for kept in self.kept {
            let first = plan.receipts.len();
            plan.receipts.extend(kept.receipts);
            if let Some(job) = plan.jobs.get_mut(kept.position) {
                job.receipts.extend(first..plan.receipts.len());
                job.copies = kept.copies;
            }
        }
        let mut position = 0;
        plan.jobs.retain(|_| {
            position += 1;
            !self.dropped.contains(&(position - 1))
        });
    }
}

impl Kept {
    /// Notes the artifact of a dropped copy; copies come artifact by artifact.
    fn stands_for(&mut self, artifact: usize) {
        if self.copies.last() != Some(&artifact) {
            self.copies.push(artifact);
        }
    }

    /// Hears one receipt more; false when there is no room for it among `most`.
    fn hear(&mut self, receipt: Option<ReceiptFile>, most: usize) -> bool {
        let Some(receipt) = receipt else { return true };
        if receipt.digest().is_some_and(|digest| !self.known.insert(digest)) {
            return true;
        }
        let room = self.receipts.len() < most;
        if room {
            self.receipts.push(receipt);
        }
        room
    }

    /// The copy in its place is bare: this one, in an envelope, takes it, and what was heard.
    fn give_way(&mut self, position: usize, artifact: usize, receipt: Option<ReceiptFile>, most: usize) -> bool {
        self.stands_for(self.artifact);
        (self.position, self.artifact) = (position, artifact);
        let room = self.own.is_none() || self.receipts.len() < most;
        self.receipts.extend(self.own.take().filter(|_| room));
        self.known.extend(receipt.as_ref().and_then(ReceiptFile::digest));
        self.own = receipt;
        room
    }
}
