//! The audit export bundle (`specs/keel.md` 4.1): permits, each with its evidence, perhaps with chain entries.
//!
//! Read twice: entries of different records interleave, so that only after the walk it is known which of them fail.

use std::collections::BTreeMap;

use super::lines::of_document;
use super::unread::{absent, chain_layer, closure_layer, layers};
use super::{Asked, Content, Shown, row_record};
use crate::check::{Check, CheckId, Outcome};
use crate::container::Limits;
use crate::format::keel::chain::{Seat, Shape, Walk};
use crate::format::keel::closure::{self, Closures};
use crate::format::keel::output::Output;
use crate::format::keel::payload::{At, Document, EntryRead, Layout, Reading, Row, RowRead, Text, each, row_bounds};
use crate::format::keel::record::{RowRecord, source};
use crate::json::{self, Bounds};
use crate::reason::ReasonCode;
use crate::report::{Finding, Source};
use crate::run::Stopped;

/// What did not pass, by entry.
type Open = BTreeMap<Seat, Vec<(CheckId, Outcome)>>;

/// Reads a bundle.
pub(super) fn read(
    text: &Text<'_>,
    layout: &Layout,
    document: &Document,
    asked: &Asked<'_>,
    output: &mut Output<'_, '_>,
) -> Result<Content, Stopped> {
    let mut content = Content::default();
    let reading = |shown| Reading {
        shape: Some(Shape::Bundle),
        all_entries: true,
        binding: Some(asked.binding),
        shown,
        bounds: row_bounds(text.pack.within()),
    };
    let (walking, showing) = (reading(false), reading(true));
    let version = document.schema_version.as_deref();
    let chained = version == Some("2");
    let mut walk = Walking::new(asked, document.entries.is_some(), walking.bounds, text.pack.within());
    let first = each(
        text,
        layout,
        asked.progress,
        |row| walking.row(row),
        |row, mut read| {
            let checks = content.note(&row, &mut read, text);
            if chained && checks.is_empty() {
                walk.row(&row, read);
            }
            Ok(())
        },
    )?;
    for trouble in first {
        content.trouble(trouble);
    }
    let mut open = Open::new();
    if chained {
        walk.finish(&mut content, document, text.path, asked, &mut open);
    } else if version == Some("1") {
        let (chain, closures) = (ReasonCode::WalkNoChainEntries, ReasonCode::ClosureNoChainEntries);
        content.checks.extend(layers(text.path, asked, chain, closures));
    } else {
        let code = ReasonCode::UnsupportedSchemaVersion;
        content.checks.extend(layers(text.path, asked, code, code));
    }
    content.shape = Shown::Bundle;
    of_document(&mut content, document, text.path);
    content.close(text.path, asked);
    let shown = Showing {
        text,
        own_list: document.entries.is_some(),
        chained,
        open: &open,
    };
    each(
        text,
        layout,
        asked.progress,
        |row| showing.row(row),
        |row, read| shown.row(&row, read, output),
    )?;
    Ok(content)
}

/// The first pass.
struct Walking {
    walk: Walk,
    closures: Closures,
    own_list: bool,
    /// How much a permit may hold.
    bounds: Bounds,
    entries: u64,
    /// Records without a list of entries, by number from 1; the first ones.
    without: Vec<u64>,
    with: u64,
    open: Open,
}

impl Walking {
    fn new(asked: &Asked<'_>, own_list: bool, bounds: Bounds, within: &Limits) -> Walking {
        Walking {
            walk: Walk::new(Shape::Bundle, asked.watched.iter().cloned(), within),
            closures: Closures::default(),
            own_list,
            bounds,
            entries: 0,
            without: Vec::new(),
            with: 0,
            open: Open::new(),
        }
    }

    fn row(&mut self, row: &Row, read: RowRead) {
        match row.at {
            At::Entry(index) => {
                if let Some(entry) = read.entry {
                    self.entry(
                        Seat {
                            array: 0,
                            row: index.saturating_add(1),
                        },
                        *entry,
                    );
                }
            }
            At::Record(index) => self.record(index, row, read),
            At::Line(_) | At::Element(_) | At::Whole => {}
        }
    }

    fn record(&mut self, index: u64, row: &Row, read: RowRead) {
        let number = index.saturating_add(1);
        let array = u32::try_from(number).unwrap_or(u32::MAX);
        let permit = read.permit.and_then(|range| row.text.get(range));
        if let Some(Ok(permit)) = permit.map(|permit| json::parse(permit, &self.bounds)) {
            self.closures.permit(array, &permit.root);
        }
        if self.own_list {
            return;
        }
        let Some(entries) = read.entries else {
            if self.without.len() < 1_000 {
                self.without.push(number);
            }
            return;
        };
        self.with = self.with.saturating_add(1);
        for (position, entry) in (1..).zip(entries) {
            self.entry(Seat { array, row: position }, entry);
        }
    }

    fn entry(&mut self, seat: Seat, read: EntryRead) {
        self.entries = self.entries.saturating_add(1);
        if let Some(carried) = read.carried {
            self.closures.add(seat, carried);
        }
        let seen = self.walk.add(seat, read.entry);
        let outcomes = [(CheckId::RecordHashes, seen.hash), (CheckId::ChainLinks, seen.link)];
        let open: Vec<_> = outcomes
            .into_iter()
            .filter(|(_, outcome)| *outcome != Outcome::Pass)
            .collect();
        if !open.is_empty() {
            self.open.insert(seat, open);
        }
    }

    fn finish(self, content: &mut Content, document: &Document, path: &str, asked: &Asked<'_>, open: &mut Open) {
        content.entries = self.entries;
        *open = self.open;
        let proof = Proof {
            unread: content.not_read(),
        };
        for (_, outcome) in open.values_mut().flatten() {
            *outcome = proof.of(*outcome);
        }
        if let Some(problem) = structure(document, &self.without, self.with, asked) {
            let checks = [CheckId::RecordHashes, CheckId::ChainLinks].map(|id| {
                let records: Vec<String> = self.without.iter().take(20).map(u64::to_string).collect();
                Check::new(id, path, problem).detail("recordsWithoutEntries", records.join(", "))
            });
            content.checks.extend(checks);
            content.checks.extend(closure_layer(
                path,
                asked,
                problem.reason().unwrap_or(ReasonCode::ClosureNoChainEntries),
            ));
            return;
        }
        if self.entries == 0 && content.rows > 0 && !asked.chain {
            content
                .checks
                .extend(chain_layer(path, asked, ReasonCode::WalkNoChainEntries));
        } else {
            let walk = self.walk.finish(path, asked.chain);
            for failure in &walk.failures {
                open.entry(failure.seat)
                    .or_default()
                    .push((check_of(failure.code), proof.of(Outcome::Fail(failure.code))));
            }
            content.take_walk(path, walk);
        }
        let closures = self.closures.finish(path, asked.closures);
        for failure in &closures.failures {
            open.entry(failure.seat)
                .or_default()
                .push((check_of(failure.code), proof.of(Outcome::Fail(failure.code))));
        }
        content
            .checks
            .extend(closures.checks.into_iter().map(|check| proof.of_check(check)));
        content.warnings.extend(closures.warnings);
        content.population.push(serde_json::json!({
            "of": "closures",
            "path": path,
            "closures": closures.closures,
            "failures": closures.counts.iter().map(|(code, count)| (code.as_str(), count)).collect::<BTreeMap<_, _>>(),
            "allowedWithoutClosure": closures.allowed_without_closure,
            "allowedWithoutClosureCount": closures.allowed_without_closure_count,
        }));
    }
}

/// What a mismatch proves of a bundle of which something may be unread.
struct Proof {
    unread: Option<ReasonCode>,
}

/// Mismatches that an entry which was not read could explain.
const RESTS_ON_ALL: [ReasonCode; 3] = [
    ReasonCode::WalkPrevHashDiscontinuity,
    ReasonCode::WalkClosureDigestMissing,
    ReasonCode::WalkClosureDigestMismatch,
];

impl Proof {
    fn of(&self, outcome: Outcome) -> Outcome {
        match (outcome, self.unread) {
            (Outcome::Fail(code), Some(unread)) if RESTS_ON_ALL.contains(&code) => Outcome::Undetermined(unread),
            _ => outcome,
        }
    }

    /// The first mismatch that is proven decides; where none is, nothing is.
    fn of_check(&self, mut check: Check) -> Check {
        if !matches!(check.outcome, Outcome::Fail(_)) || self.unread.is_none() {
            return check;
        }
        let reasons: Vec<ReasonCode> = check.reasons().collect();
        let proven = reasons.iter().copied().map(|code| self.of(Outcome::Fail(code)));
        let outcome = proven.clone().find(|outcome| matches!(outcome, Outcome::Fail(_)));
        if let Some(outcome) = outcome.or_else(|| proven.clone().next()) {
            check.outcome = outcome;
        }
        check.also = reasons;
        check.also.retain(|code| check.outcome.reason() != Some(*code));
        check
    }
}

/// What keeps a bundle of version 2 from being walked (4.1).
fn structure(document: &Document, without: &[u64], with: u64, asked: &Asked<'_>) -> Option<Outcome> {
    let there = document.entries.is_some() || with > 0;
    if !document.include_chain_entries {
        let code = ReasonCode::ExportStructureInvalid;
        return Some(if asked.chain || asked.closures {
            Outcome::Fail(code)
        } else {
            Outcome::Skipped(code)
        });
    }
    if without.is_empty() {
        return None;
    }
    let code = ReasonCode::ChainEntriesMissing;
    let told = asked.chain || asked.closures || there;
    Some(if told { Outcome::Fail(code) } else { absent(false, code) })
}

/// Which check a rule of chain or closures belongs to.
fn check_of(code: ReasonCode) -> CheckId {
    let signature = [
        ReasonCode::WalkClosureSignatureInvalid,
        ReasonCode::WalkUnknownClosureFormat,
    ];
    if code == ReasonCode::WalkRecordHashMismatch {
        CheckId::RecordHashes
    } else if signature.contains(&code) {
        CheckId::ClosureSignatures
    } else if code.as_str().starts_with("WALK_CLOSURE_") {
        CheckId::ClosureDigests
    } else {
        CheckId::ChainLinks
    }
}

/// The second pass.
struct Showing<'s> {
    text: &'s Text<'s>,
    own_list: bool,
    chained: bool,
    open: &'s Open,
}

impl Showing<'_> {
    fn row(&self, row: &Row, mut read: RowRead, output: &mut Output<'_, '_>) -> Result<(), Stopped> {
        let trouble = read.trouble.take();
        let checks = trouble.map(|trouble| crate::format::keel::record::trouble(&trouble, self.text.path));
        let seat = match row.at {
            At::Entry(index) => Some(Seat {
                array: 0,
                row: index.saturating_add(1),
            }),
            At::Record(_) | At::Line(_) | At::Element(_) | At::Whole => None,
        };
        let entries = read.entries.take().unwrap_or_default();
        let entry = read.entry.take();
        let mut record = row_record(self.text.path, row, read, checks.into_iter().collect());
        let section = if entry.is_some() { "chain_entries" } else { "permits" };
        record.fields.insert("section".to_owned(), section.into());
        if let Some(seat) = seat {
            let carried = entry.as_ref().and_then(|entry| entry.carried.as_ref());
            record.notes.extend(carried.iter().flat_map(|carried| carried.notes()));
            record.checks.extend(self.checks(seat, record.id.as_deref(), carried));
        }
        output.row(record)?;
        let At::Record(index) = row.at else { return Ok(()) };
        for (position, entry) in entries.into_iter().enumerate() {
            output.row(self.entry(row, index, position, entry))?;
        }
        Ok(())
    }

    fn entry(&self, row: &Row, index: u64, position: usize, entry: EntryRead) -> RowRecord {
        let length = u64::try_from(row.text.len()).unwrap_or(u64::MAX);
        let seat = Seat {
            array: u32::try_from(index.saturating_add(1)).unwrap_or(u32::MAX),
            row: u64::try_from(position).unwrap_or(u64::MAX).saturating_add(1),
        };
        let checks = if self.own_list {
            Vec::new()
        } else {
            self.checks(seat, entry.id.as_deref(), entry.carried.as_ref())
        };
        let notes = entry.carried.iter().flat_map(closure::Carried::notes).collect();
        let mut fields = entry.fields;
        fields.insert("section".to_owned(), "chain_entries".into());
        RowRecord {
            id: entry.id,
            source: Source {
                pointer: format!("/chain_entries/{position}"),
                ..source(self.text.path, row.at, (row.offset, length))
            },
            fields,
            checks,
            notes,
        }
    }

    /// The checks of an entry: passed, unless something else was noted.
    fn checks(&self, seat: Seat, id: Option<&str>, carried: Option<&closure::Carried>) -> Vec<Check> {
        if !self.chained {
            return Vec::new();
        }
        let id = id.unwrap_or(self.text.path);
        let open = self.open.get(&seat).map(Vec::as_slice).unwrap_or_default();
        let of = |check: CheckId| {
            let mut met: Vec<Outcome> = open
                .iter()
                .filter(|(of, _)| *of == check)
                .map(|(_, outcome)| *outcome)
                .collect();
            met.sort_by_key(|outcome| !matches!(outcome, Outcome::Fail(_)));
            met.first().copied()
        };
        let mut checks: Vec<Check> = [CheckId::RecordHashes, CheckId::ChainLinks]
            .into_iter()
            .map(|check| Check::new(check, id, of(check).unwrap_or(Outcome::Pass)))
            .collect();
        let signature = carried.and_then(closure::Carried::signature);
        let closure = [(CheckId::ClosureSignatures, signature), (CheckId::ClosureDigests, None)];
        checks.extend(
            closure
                .into_iter()
                .filter_map(|(check, own)| Some(Check::new(check, id, of(check).or(own)?))),
        );
        checks
    }
}

impl Content {
    /// Takes what a walk came to.
    pub(super) fn take_walk(&mut self, path: &str, walk: crate::format::keel::chain::WalkResult) {
        self.checks.extend(walk.checks.iter().cloned());
        self.warnings.extend(walk.warnings.iter().cloned());
        for failure in &walk.failures {
            let place = format!("entry {} of list {}", failure.seat.row, failure.seat.array);
            let scope = failure.scope.as_deref().unwrap_or("no scope");
            let number = failure
                .sequence
                .as_ref()
                .map_or_else(|| "none".to_owned(), ToString::to_string);
            let detail = format!("{place}, {scope}, number {number}: {}", failure.detail);
            self.findings.push(Finding::new(failure.code, path, detail));
        }
        self.population
            .extend(walk.scopes.iter().map(|scope| scope.population(path)));
        let counts: BTreeMap<_, _> = walk.counts.iter().map(|(code, count)| (code.as_str(), count)).collect();
        self.population.push(serde_json::json!({
            "of": "chain",
            "path": path,
            "entries": walk.entries,
            "scopes": walk.scopes.len(),
            "failures": counts,
        }));
        self.walk = Some(walk);
    }
}
