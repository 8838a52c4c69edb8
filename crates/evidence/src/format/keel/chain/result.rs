//! What a walk came to: checks, warnings, and what each scope holds.

use std::collections::BTreeMap;

use super::failure::{Failure, Step};
use super::genesis;
use super::hash_text::HashText;
use super::scope::{ScopeState, Settled};
use super::sequence::Sequence;
use super::thread::{Gap, Link};
use super::walk::{Remark, Walk, fault};
use super::{Seat, label};
use crate::check::{Check, CheckId, Outcome};
use crate::reason::ReasonCode;
use crate::report::Finding;

/// What the walk came to.
#[derive(Debug)]
pub(in super::super) struct WalkResult {
    /// Entries walked.
    pub(in super::super) entries: u64,
    /// Every failure, in the order of the rules; the first 10,000 of each code.
    pub(in super::super) failures: Vec<Failure>,
    /// How many failures there are of each code.
    pub(in super::super) counts: BTreeMap<ReasonCode, u64>,
    /// The scopes by name, the one without a name first.
    pub(in super::super) scopes: Vec<ScopeResult>,
    /// `recordHashes` and `chainLinks`.
    pub(in super::super) checks: Vec<Check>,
    /// Warnings: `SEQUENCE_GAP`, `GENESIS_NOT_RECOGNISED`, `NON_UTC_TIMESTAMP`, `SEPARATOR_IN_HASHED_FIELD`,
    /// `FINDINGS_TRUNCATED`.
    pub(in super::super) warnings: Vec<Finding>,
}

/// One scope of the chain, its entries in ascending order.
#[derive(Debug)]
pub(in super::super) struct ScopeResult {
    /// Its name; none for null.
    pub(in super::super) scope: Option<String>,
    /// Its entries.
    pub(in super::super) count: u64,
    /// The end towards the past; none when no entry has a number.
    pub(in super::super) first: Option<End>,
    /// The end towards now.
    pub(in super::super) last: Option<End>,
    /// How the entries were put in order.
    pub(in super::super) settled: Settled,
    /// Links compared, and how many of them break.
    pub(in super::super) links: u64,
    pub(in super::super) breaks: u64,
    /// Numbers used again.
    pub(in super::super) repeats: u64,
    /// Gaps between its numbers; the first 10,000.
    pub(in super::super) gaps: Vec<Gap>,
    /// How many gaps there are.
    pub(in super::super) gap_count: u64,
    /// How many numbers are missing, where that can be told.
    pub(in super::super) missing: Option<i128>,
    /// The record hashes of the entries that were watched for, where they were met.
    pub(in super::super) watched: BTreeMap<Sequence, String>,
}

/// One end of the window that an export shows of a chain.
#[derive(Debug, Clone)]
pub(in super::super) struct End {
    /// The number.
    pub(in super::super) sequence: Sequence,
    /// What the entry states of the one before it.
    pub(in super::super) prev_hash: Option<HashText>,
    /// What the entry states of itself.
    pub(in super::super) record_hash: Option<HashText>,
    /// Where it stands.
    pub(in super::super) seat: Seat,
}

/// Settles every scope, then says what they came to.
pub(super) fn finish(mut walk: Walk, subject: &str, required: bool) -> WalkResult {
    let mut watched = std::mem::take(&mut walk.watched);
    let mut warnings = Vec::new();
    let mut scopes = Vec::new();
    for (name, state) in std::mem::take(&mut walk.scopes) {
        let name = name.map(String::from);
        let scope = settle(&mut walk, name, state, &mut watched);
        warnings.extend(scope.warnings());
        scopes.push(scope);
    }
    let remarks = [
        (ReasonCode::NonUtcTimestamp, &walk.elsewhere),
        (ReasonCode::SeparatorInHashedField, &walk.separator),
    ];
    warnings.extend(
        remarks
            .into_iter()
            .filter_map(|(code, remark)| warning(code, remark, subject)),
    );
    let (failures, counts) = walk.failures.in_order();
    warnings.extend(truncated(&failures, &counts, subject));
    let unsorted = walk.beyond > 0 || scopes.iter().any(|scope| scope.settled == Settled::NotSorted);
    let found = Found {
        entries: walk.entries,
        unknown: walk.unknown_formats > 0,
        unsorted,
        failures: &failures,
        required,
    };
    WalkResult {
        entries: walk.entries,
        checks: found.checks(subject),
        failures,
        counts,
        scopes,
        warnings,
    }
}

/// Puts a scope in order and notes its failures.
fn settle(
    walk: &mut Walk,
    name: Option<String>,
    mut state: ScopeState,
    watched: &mut BTreeMap<(String, Sequence), Option<String>>,
) -> ScopeResult {
    let settled = state.settle();
    for broken in &state.breaks {
        let (step, code, detail) = match broken.link {
            Link::Repeats => (
                Step::Repeat,
                ReasonCode::WalkSequenceInversion,
                "the number is used again".to_owned(),
            ),
            Link::Breaks | Link::First | Link::Continues | Link::Incomparable => (
                Step::Entry,
                ReasonCode::WalkPrevHashDiscontinuity,
                discontinuity(broken.row.prev_hash, broken.expected),
            ),
        };
        let failure = fault(code, &broken.row, name.as_deref(), detail);
        walk.failures.push(step, failure);
    }
    let thread = state.thread;
    let kept = |link| count(state.breaks.iter().filter(|broken| broken.link == link));
    let more = |all: u64, link| all.saturating_sub(kept(link));
    walk.failures
        .count(ReasonCode::WalkPrevHashDiscontinuity, more(thread.breaks, Link::Breaks));
    walk.failures
        .count(ReasonCode::WalkSequenceInversion, more(thread.repeats, Link::Repeats));
    let end = |row: Option<super::thread::Row>| {
        row.and_then(|row| {
            Some(End {
                sequence: row.sequence?,
                prev_hash: row.prev_hash,
                record_hash: row.record_hash,
                seat: row.seat,
            })
        })
    };
    ScopeResult {
        watched: taken(watched, name.as_deref()),
        scope: name,
        count: state.count,
        first: end(thread.first),
        last: end(thread.last),
        settled,
        links: thread.links,
        breaks: thread.breaks,
        repeats: thread.repeats,
        gaps: thread.gaps.kept,
        gap_count: thread.gaps.count,
        missing: thread.gaps.missing,
    }
}

/// The watched entries of a scope that were met.
fn taken(
    watched: &mut BTreeMap<(String, Sequence), Option<String>>,
    scope: Option<&str>,
) -> BTreeMap<Sequence, String> {
    let mut found = BTreeMap::new();
    for ((_, sequence), hash) in watched.iter_mut().filter(|((name, _), _)| Some(name.as_str()) == scope) {
        found.extend(hash.take().map(|hash| (sequence.clone(), hash)));
    }
    found
}

fn discontinuity(stated: Option<HashText>, expected: Option<HashText>) -> String {
    let shown = |hash: Option<HashText>| hash.map_or_else(|| "nothing".to_owned(), HashText::shown);
    format!(
        "states {} as the hash before it, which is {}",
        shown(stated),
        shown(expected)
    )
}

impl ScopeResult {
    /// What of this scope must be seen.
    fn warnings(&self) -> Vec<Finding> {
        let subject = label(self.scope.as_deref());
        let mut warnings = Vec::new();
        if let Some(gap) = self.gaps.first() {
            let missing = self
                .missing
                .map(|missing| format!("{missing} missing, "))
                .unwrap_or_default();
            let (after, before) = (&gap.after, &gap.before);
            let gaps = if self.gap_count == 1 {
                "1 gap".to_owned()
            } else {
                format!("{} gaps", self.gap_count)
            };
            let detail = format!("{gaps}, {missing}the first between {after} and {before}");
            warnings.push(Finding::new(ReasonCode::SequenceGap, subject, detail));
        }
        if let Some(first) = self.first.as_ref().filter(|first| genesis::is_unknown(first)) {
            let stated = first.prev_hash.map_or_else(String::new, HashText::shown);
            warnings.push(Finding::new(ReasonCode::GenesisNotRecognised, subject, stated));
        }
        warnings
    }
}

fn warning(code: ReasonCode, remark: &Remark, subject: &str) -> Option<Finding> {
    let first = remark.first?;
    let entries = if remark.count == 1 { "entry" } else { "entries" };
    let detail = format!("{} {entries}, the first: {first}", remark.count);
    Some(Finding::new(code, subject, detail))
}

/// A word about failures that were counted and not kept.
fn truncated(failures: &[Failure], counts: &BTreeMap<ReasonCode, u64>, subject: &str) -> Vec<Finding> {
    let kept = |code| count(failures.iter().filter(|failure| failure.code == code));
    let over = counts.iter().map(|(code, all)| (*code, *all, kept(*code)));
    over.filter(|(_, all, kept)| all > kept)
        .map(|(code, all, kept)| {
            let detail = format!("{code}: {all} in all, {kept} are listed");
            Finding::new(ReasonCode::FindingsTruncated, subject, detail)
        })
        .collect()
}

fn count(items: impl Iterator) -> u64 {
    u64::try_from(items.count()).unwrap_or(u64::MAX)
}

/// What decides the two checks.
struct Found<'f> {
    entries: u64,
    unknown: bool,
    unsorted: bool,
    failures: &'f [Failure],
    required: bool,
}

impl Found<'_> {
    fn checks(&self, subject: &str) -> Vec<Check> {
        let hashes = [ReasonCode::WalkRecordHashMismatch];
        let links = [ReasonCode::WalkSequenceInversion, ReasonCode::WalkPrevHashDiscontinuity];
        vec![
            self.check(CheckId::RecordHashes, &hashes, subject),
            self.check(CheckId::ChainLinks, &links, subject),
        ]
    }

    fn check(&self, id: CheckId, codes: &[ReasonCode], subject: &str) -> Check {
        let mine = self.failures.iter().filter(|failure| codes.contains(&failure.code));
        let mut reasons: Vec<ReasonCode> = Vec::new();
        for failure in mine.clone() {
            if !reasons.contains(&failure.code) {
                reasons.push(failure.code);
            }
        }
        let outcome = if self.entries == 0 {
            absent(ReasonCode::WalkNoEvaluableSubjects, self.required)
        } else if self.unknown {
            Outcome::Undetermined(ReasonCode::WalkUnknownChainFormat)
        } else if reasons.is_empty() && id == CheckId::ChainLinks && self.unsorted {
            Outcome::Undetermined(ReasonCode::LimitRecordCount)
        } else if reasons.is_empty() {
            Outcome::Pass
        } else {
            Outcome::Fail(reasons.remove(0))
        };
        let mut check = Check::new(id, subject, outcome).detail("entries", self.entries.to_string());
        check.also = reasons;
        if let Some(first) = mine.clone().next() {
            check = check.detail("firstFailure", first.to_string());
        }
        check
    }
}

/// A layer that is not there.
pub(in super::super) fn absent(code: ReasonCode, required: bool) -> Outcome {
    if required {
        Outcome::Undetermined(code)
    } else {
        Outcome::Skipped(code)
    }
}
