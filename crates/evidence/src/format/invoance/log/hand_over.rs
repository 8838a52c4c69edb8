//! Judged rows in order: to the recorder, and into everything that a part says of them as a whole.

use std::collections::{BTreeMap, BTreeSet};

use super::feed::place;
use super::gathered::{Gathered, Log, Responses, beside_limit};
use super::kind::Kind;
use super::late::LateAnswers;
use super::left_out::LeftOut;
use super::look::{Looked, PageSeen, What};
use super::remarks::Remarks;
use super::scope::Job;
use super::sequence::Sequences;
use super::shown::Shown;
use super::statement::Statement;
use super::surveyed::{COMPANIONS, is_ambiguous};
use crate::check::{Check, CheckId};
use crate::container::Limits;
use crate::format::Run;
use crate::format::invoance::event::Judged;
use crate::format::invoance::keys::{Keys, KeysSeen, Level};
use crate::format::invoance::proofs::JudgedProof;
use crate::json;
use crate::pack::Refusal;
use crate::reason::ReasonCode;
use crate::report::Record;
use crate::run::Stopped;
use crate::tally::RunTally;
use crate::verdict::{Verdict, worst};

/// Takes the rows of a part one by one.
pub(super) struct HandOver<'k> {
    pub(super) keys: &'k Keys,
    pub(super) keys_seen: KeysSeen,
    responses: Responses,
    pub(super) sequences: Sequences,
    pub(super) remarks: Remarks,
    pub(super) tally: RunTally,
    pub(super) shown: Shown,
    pub(super) rows: Rows,
    pub(super) proofs: Proofs,
    /// The worst verdict per artifact, where its records are not verified.
    pub(super) open: BTreeMap<String, Verdict>,
    /// The last page so far, by its place.
    last_page: Option<((usize, u64), PageSeen)>,
    /// Companions that stood among the rows of a large log.
    pub(super) jobs: Vec<Job>,
    pub(super) statements: Vec<Statement>,
    pub(super) late_answers: LateAnswers,
    pub(super) left_out: LeftOut,
}

/// What the rows come to together.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pub(super) count: u64,
    pub(super) valid: u64,
    /// Rows whose fault is proven.
    pub(super) failed: u64,
    /// Why rows do not verify, proven or not.
    pub(super) proven: BTreeSet<ReasonCode>,
    pub(super) undecided: BTreeSet<ReasonCode>,
    pub(super) mismatch: bool,
    /// The check about the signer of the first row that another key signed.
    pub(super) other_key: Option<Check>,
    /// The weakest key that a row was held against.
    level: Option<Level>,
}

/// What the other proofs come to together.
#[derive(Debug, Default)]
pub(super) struct Proofs {
    pub(super) count: u64,
    /// The spec's words of their results.
    pub(super) words: BTreeSet<String>,
    /// The spec's codes.
    pub(super) codes: BTreeSet<String>,
    /// Artifacts that took part.
    pub(super) used: Vec<(usize, &'static str)>,
}

impl Rows {
    fn add(&mut self, row: &Judged) {
        self.count += 1;
        self.valid += u64::from(row.valid);
        if row.level == Level::Mismatch {
            self.mismatch = true;
        } else if row.valid || row.seat.is_some() {
            // What is no row of any organisation says nothing about keys.
            self.level = Some(self.level.map_or(row.level, |level| level.min(row.level)));
        }
        let Some(reason) = row.reason.filter(|_| !row.valid) else {
            return;
        };
        if row.record.verdict == Verdict::Failed {
            self.failed += 1;
            self.proven.insert(reason);
        } else {
            self.undecided.insert(reason);
        }
        if reason == ReasonCode::KeyMismatch && self.other_key.is_none() {
            let signer = row.record.checks.iter().find(|check| check.id == CheckId::Signature);
            self.other_key = signer.cloned();
        }
    }

    /// The trust level of the result (5).
    pub(super) fn level(&self, keys: &Keys) -> Level {
        if self.count == 0 {
            return Level::None;
        }
        if self.mismatch {
            return Level::Mismatch;
        }
        self.level.unwrap_or_else(|| keys.level(None))
    }
}

impl<'k> HandOver<'k> {
    /// Starts without any row.
    pub(super) fn new(keys: &'k Keys, responses: Responses, within: &Limits) -> HandOver<'k> {
        HandOver {
            keys,
            keys_seen: KeysSeen::default(),
            responses,
            sequences: Sequences::new(within),
            remarks: Remarks::default(),
            tally: RunTally::default(),
            shown: Shown::default(),
            rows: Rows::default(),
            proofs: Proofs::default(),
            open: BTreeMap::new(),
            last_page: None,
            jobs: Vec::new(),
            statements: Vec::new(),
            late_answers: LateAnswers::new(within),
            left_out: LeftOut::default(),
        }
    }

    /// Takes the next piece.
    pub(super) fn take(&mut self, run: &mut Run<'_>, gathered: &Gathered, looked: Looked) -> Result<(), Stopped> {
        if let Some(source) = &looked.cut {
            self.remarks
                .add(&source.path, ReasonCode::TruncatedLastLine, || place(source));
        }
        let large = gathered.logs.get(looked.log).filter(|log| log.large);
        match looked.what {
            What::Row(row) => self.row(run, *row, large.is_some()),
            What::Page(page, source, rows) => {
                let order = (looked.log, source.line.or(source.element).unwrap_or(0));
                self.page(order, &source.path, page);
                let large = large.is_some();
                rows.into_iter().try_for_each(|row| self.row(run, row, large))
            }
            What::Proof(proof, used) => self.proof(run, *proof, &used),
            What::Companion(kind, text) => {
                if let Some(log) = large {
                    self.late(run.pack.within(), log, kind, &text);
                }
                Ok(())
            }
        }
    }

    /// A page; the last one by its place says whether more exist.
    pub(super) fn page(&mut self, order: (usize, u64), path: &str, page: PageSeen) {
        if page.doubled {
            self.remarks.add(path, ReasonCode::DuplicateKeyInWrapper, String::new);
        }
        if self.last_page.is_none_or(|(last, _)| order >= last) {
            self.last_page = Some((order, page));
        }
    }

    /// Whether the last page names a next one, and which log that page is from.
    pub(super) fn more_pages(&self) -> Option<usize> {
        let ((log, _), page) = self.last_page?;
        page.more.then_some(log)
    }

    fn row(&mut self, run: &mut Run<'_>, row: Judged, large: bool) -> Result<(), Stopped> {
        if large {
            self.late_answers.row(&row.id, row.valid);
        }
        self.rows.add(&row);
        row.unread().into_iter().for_each(|code| self.left_out.note(code));
        self.sequences.add(&row);
        self.keys_seen.add(&row);
        self.shown.record(&row.record);
        self.remark(&row);
        self.keep(run, row.record)
    }

    /// What is worth a look and decides nothing by itself.
    fn remark(&mut self, row: &Judged) {
        let path = &row.record.source.path;
        if let (true, Some(occurred), Some(ingested)) = (row.valid, row.occurred_ms, row.ingested_ms)
            && occurred > ingested
        {
            let at = || place(&row.record.source);
            self.remarks.add(path, ReasonCode::OccurredAfterIngested, at);
        }
        if let Some(said) = self.responses.against(&row.id, row.valid) {
            let at = || {
                format!(
                    "{}: {}, the saved answer says {said}",
                    place(&row.record.source),
                    row.id
                )
            };
            self.remarks.add(path, ReasonCode::ServerVerdictDisagrees, at);
        }
    }

    fn proof(&mut self, run: &mut Run<'_>, proof: JudgedProof, used: &[usize]) -> Result<(), Stopped> {
        self.keys_seen.add_proof(&proof);
        for finding in &proof.findings {
            self.remarks
                .add(&finding.subject, finding.code, || finding.detail.clone());
        }
        if let Some(code) = proof.left_out {
            self.left_out.tell(Refusal {
                limit: beside_limit(code, run.pack.within()),
                ..Refusal::new(code, &proof.record.source.path, "files beside it were not compared")
            });
        }
        self.proofs.count += 1;
        self.proofs.words.insert(proof.record.native.status.to_string());
        self.proofs
            .codes
            .extend(proof.record.native.reason_codes.iter().cloned());
        self.proofs
            .used
            .extend(used.iter().map(|index| (*index, "invoance.original")));
        self.shown.record(&proof.record);
        self.keep(run, proof.record)
    }

    /// What stood among the rows of a large log. Keys that were not taken beforehand come too late for the rows before
    /// them and are not used.
    fn late(&mut self, within: &Limits, log: &Log, kind: Kind, text: &[u8]) {
        let Ok(parsed) = json::parse(text, &super::bounds(within)) else {
            return;
        };
        let most = within.with_records(COMPANIONS);
        match kind {
            Kind::Job | Kind::Integrity if is_ambiguous(&parsed) => {
                let at = || "what stands among the rows was not used".to_owned();
                self.remarks.add(&log.path, ReasonCode::DuplicateKeyInWrapper, at);
            }
            Kind::Job | Kind::Integrity if self.jobs.len() + self.statements.len() >= most => {
                self.left_out.refuse(Refusal {
                    limit: u64::try_from(most).ok(),
                    ..Refusal::new(
                        ReasonCode::LimitRecordCount,
                        &log.path,
                        format!("more than {most} export jobs and statements stand among the rows"),
                    )
                });
            }
            Kind::Job => self.jobs.push(Job::read(&parsed.root)),
            Kind::Integrity => self.statements.push(Statement::read(&log.path, &parsed.root, text)),
            Kind::KeyDocument if log.keys_taken => {}
            Kind::KeyDocument => {
                let at = || "it stands among rows and was not used".to_owned();
                self.remarks.add(&log.path, ReasonCode::BadKeyDocument, at);
            }
            Kind::VerifyResponse => self.late_answers.answer(&log.path, &parsed, &mut self.remarks),
            Kind::Event | Kind::Page | Kind::Proof(_) | Kind::PerhapsKeys | Kind::Unknown => {}
        }
    }

    fn keep(&mut self, run: &mut Run<'_>, record: Record) -> Result<(), Stopped> {
        let attached = record.attached.iter().map(|attached| &attached.source);
        for source in std::iter::once(&record.source).chain(attached) {
            note_open(&mut self.open, &source.path, record.verdict);
        }
        self.tally.record(&record);
        run.tally.record(&record);
        run.recorder.record(record)?;
        run.progress.add_records(1);
        Ok(())
    }
}

fn note_open(open: &mut BTreeMap<String, Verdict>, path: &str, verdict: Verdict) {
    if verdict == Verdict::Verified {
        return;
    }
    match open.get_mut(path) {
        Some(known) => *known = worst([*known, verdict]).unwrap_or(verdict),
        None => {
            open.insert(path.to_owned(), verdict);
        }
    }
}
