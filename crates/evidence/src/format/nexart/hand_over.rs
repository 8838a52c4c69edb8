//! Judged records in order: to the recorder, and into everything that a part says of them as a whole.

use std::collections::BTreeMap;

use super::judgement::Grade;
use super::layer::push_new;
use super::lists::Lists;
use super::part::{self, Companions, Shown, Signed};
use super::place::path_of;
use super::plan::Plan;
use super::record;
use super::snapshot::Comparison;
use super::trust::{KeyUse, Trust};
use crate::check::{Check, CheckId, Outcome};
use crate::digest::Digest;
use crate::format::Run;
use crate::pack::Refusal;
use crate::reason::ReasonCode;
use crate::report::{Ecosystem, Finding, Format, Native, Part, Record};
use crate::run::Stopped;
use crate::tally::RunTally;
use crate::verdict::{Verdict, verdict, worst};

/// A judged record with what the pack's own questions need of it.
pub(super) struct Judged {
    pub(super) record: Record,
    pub(super) digest: Option<Digest>,
    /// None when it could not be read.
    pub(super) execution_id: Option<String>,
    /// Why it could not be read.
    pub(super) not_read: Option<ReasonCode>,
    /// What belongs to it and could not be read again.
    pub(super) refused: Vec<Refusal>,
    /// Whether another's result can contradict this one.
    pub(super) comparable: bool,
    /// Results from elsewhere about it, by their place in the plan.
    pub(super) shipped: Vec<usize>,
    /// Artifacts of the identical copies that it stands for.
    pub(super) copies: Vec<usize>,
    /// Keys that mattered, with the time that each signature states.
    pub(super) keys: Vec<(KeyUse, Option<String>)>,
}

impl Judged {
    /// A record without readable content.
    pub(super) fn without_subject(record: Record) -> Judged {
        Judged {
            digest: None,
            comparable: record.verdict == Verdict::Failed,
            record,
            execution_id: None,
            not_read: None,
            refused: Vec::new(),
            shipped: Vec::new(),
            copies: Vec::new(),
            keys: Vec::new(),
        }
    }
}

/// Takes the records of a part one by one.
pub(super) struct HandOver<'p> {
    plan: &'p Plan,
    lists: Lists,
    project: Option<String>,
    comparison: Comparison,
    tally: RunTally,
    keys: BTreeMap<KeyUse, Signed>,
    shown: Shown,
    open: BTreeMap<String, Verdict>,
    refused: Vec<Refusal>,
    grade: Option<Grade>,
    codes: Vec<String>,
    notes: Vec<String>,
}

impl<'p> HandOver<'p> {
    /// Starts with the pack's manifests.
    pub(super) fn new(plan: &'p Plan, lists: Lists) -> HandOver<'p> {
        HandOver {
            plan,
            project: lists.project().map(str::to_owned),
            lists,
            comparison: Comparison::default(),
            tally: RunTally::default(),
            keys: BTreeMap::new(),
            shown: Shown::default(),
            // A receipt of no record was held against nothing.
            open: plan
                .loose
                .iter()
                .map(|path| (path.clone(), Verdict::Indeterminate))
                .collect(),
            refused: Vec::new(),
            grade: None,
            codes: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// The project that the manifest says to cover.
    pub(super) fn project(&self) -> Option<&str> {
        self.project.as_deref()
    }

    /// Takes the next record.
    pub(super) fn take(&mut self, run: &mut Run<'_>, judged: Judged) -> Result<(), Stopped> {
        self.lists.record(
            &judged.record.id,
            judged.digest,
            judged.execution_id.as_deref(),
            &judged.record.source,
        );
        if let Some(code) = judged.not_read.filter(|_| judged.digest.is_none()) {
            self.lists.not_read(code);
        }
        for shipped in judged
            .shipped
            .iter()
            .filter_map(|position| self.plan.shipped.get(*position))
        {
            self.comparison.record(shipped, &judged.record, judged.comparable);
        }
        for (key, time) in judged.keys {
            self.keys.entry(key).or_default().add(time);
        }
        for refusal in judged.refused {
            push_new(&mut self.refused, refusal);
        }
        for copy in judged.copies {
            self.note_open(path_of(run.pack, copy), judged.record.verdict);
        }
        self.keep(run, judged.record)
    }

    /// The worst verdict per artifact, where its records are not verified.
    pub(super) fn open(&mut self) -> BTreeMap<String, Verdict> {
        std::mem::take(&mut self.open)
    }

    /// What could not be read again.
    pub(super) fn refused(&mut self) -> Vec<Refusal> {
        std::mem::take(&mut self.refused)
    }

    fn note_open(&mut self, path: &str, verdict: Verdict) {
        if verdict != Verdict::Verified {
            let before = self.open.get(path).copied();
            let worst = worst(before.into_iter().chain([verdict])).unwrap_or(verdict);
            self.open.insert(path.to_owned(), worst);
        }
    }

    fn keep(&mut self, run: &mut Run<'_>, record: Record) -> Result<(), Stopped> {
        self.weigh(&record);
        let receipts = record.attached.iter().filter(|attached| attached.role == "receipt");
        for source in std::iter::once(&record.source).chain(receipts.map(|attached| &attached.source)) {
            self.note_open(&source.path, record.verdict);
        }
        self.shown.record(&record);
        self.tally.record(&record);
        run.tally.record(&record);
        for code in &record.native.reason_codes {
            push_new(&mut self.codes, code.clone());
        }
        for note in &record.native.notes {
            push_new(&mut self.notes, note.clone());
        }
        run.recorder.record(record)?;
        Ok(())
    }

    /// The pack's grade: FAILED, else INCOMPLETE, else the weakest (9.3).
    fn weigh(&mut self, record: &Record) {
        let Some(grade) = record.native.grade.as_deref().and_then(part::grade_named) else {
            return;
        };
        let failed = |grade| matches!(grade, Grade::Failed | Grade::NotFound);
        self.grade = Some(match self.grade {
            None => grade,
            Some(before) if failed(before) || failed(grade) => Grade::Failed,
            Some(before) if before == Grade::Incomplete || grade == Grade::Incomplete => Grade::Incomplete,
            Some(before) => before.min(grade),
        });
    }

    /// The part, after the last record.
    pub(super) fn finish(
        mut self,
        run: &mut Run<'_>,
        plan: &Plan,
        trust: &Trust,
        companions: Companions,
    ) -> Result<Part, Stopped> {
        for missing in self.lists.missing() {
            self.keep(run, record::not_found(missing))?;
        }
        let has_list = !self.lists.is_empty();
        let lists = std::mem::take(&mut self.lists).finish();
        let mut findings = plan.findings.clone();
        findings.extend(lists.findings);
        let mut checks = lists.checks;
        if !has_list {
            findings.push(Finding::new(ReasonCode::ManifestAbsent, "", ""));
            checks.push(Check::new(
                CheckId::Manifest,
                "",
                Outcome::Skipped(ReasonCode::ManifestAbsent),
            ));
        }
        let unusable = |(name, code): &(String, ReasonCode)| Finding::new(*code, name, "no key set for this run");
        findings.extend(trust.unusable().iter().map(unusable));
        self.conflicts(trust, &mut findings, &mut checks);
        let undecided = self.tally.worst_record() != Some(Verdict::Failed);
        let cause = self.tally.all().reasons.first().copied();
        for shipped in plan
            .about_pack
            .iter()
            .filter_map(|position| plan.shipped.get(*position))
        {
            self.comparison.pack(shipped, self.grade, undecided, cause);
        }
        let (snapshot, rows, contradictions) = std::mem::take(&mut self.comparison).finish(!plan.shipped.is_empty());
        findings.extend(contradictions);
        checks.push(snapshot);
        for check in &checks {
            self.tally.check(check);
            run.tally.check(check);
        }
        let doubled = run.pack.doubled_entries().next().is_some();
        self.grade = part::with_findings(self.grade, &findings, doubled);
        Ok(self.part(checks, findings, lists.manifests, rows, companions))
    }

    /// Keys of the pack that contradict the reviewer's.
    fn conflicts(&self, trust: &Trust, findings: &mut Vec<Finding>, checks: &mut Vec<Check>) {
        // A record that fails by such a conflict says it already.
        let told = self.tally.all().reasons.contains(&ReasonCode::KeyConflict);
        for (path, kid) in trust.conflicts() {
            let detail = format!("key id {kid}");
            findings.push(Finding::new(ReasonCode::KeyConflictsWithPinned, &path, detail));
            if !told {
                let outcome = Outcome::Fail(ReasonCode::KeyConflict);
                checks.push(Check::new(CheckId::NodeSignature, path, outcome).detail("keyId", kid));
            }
        }
    }

    fn part(
        self,
        checks: Vec<Check>,
        findings: Vec<Finding>,
        manifests: Vec<crate::report::Manifest>,
        rows: Vec<crate::report::SnapshotRow>,
        companions: Companions,
    ) -> Part {
        let rolled = self.tally.all();
        let grade = self.grade;
        let population = manifests.iter().map(part::population).collect();
        let shows = self.shown.finish(&self.tally, !manifests.is_empty(), companions.any());
        let (node_metadata, key_sets) = companions.into_parts();
        Part {
            format: Format {
                id: part::format_id(self.tally.counts.records, !manifests.is_empty()).to_owned(),
                because: part::because(self.tally.counts.records),
            },
            subject: String::new(),
            verdict: part_verdict(&self.tally, &checks),
            native: Native {
                ecosystem: Some(Ecosystem::NexArt),
                status: grade.map(Grade::status).unwrap_or_default().into(),
                grade: Some(grade.map(Grade::as_str).unwrap_or_default().into()),
                reason_codes: self.codes,
                notes: self.notes,
                ..Native::default()
            },
            checks,
            questions: self.tally.questions(),
            reason_codes: rolled.reasons,
            counts: self.tally.counts,
            keys: self
                .keys
                .into_iter()
                .map(|(key, signed)| part::key_seen(key, signed))
                .collect(),
            manifests,
            node_metadata,
            key_sets,
            snapshot_comparison: rows,
            population,
            findings,
            proves: shows.0,
            does_not_prove: shows.1,
        }
    }
}

/// From the records' verdicts and the pack's own checks; a check that could not be asked weighs nothing.
fn part_verdict(tally: &RunTally, checks: &[Check]) -> Verdict {
    let asked = checks
        .iter()
        .filter(|check| matches!(check.outcome, Outcome::Fail(_) | Outcome::Undetermined(_)));
    let own = asked.map(|check| verdict(&crate::verdict::roll_up([check])));
    worst(tally.worst_record().into_iter().chain(own)).unwrap_or(Verdict::Indeterminate)
}
