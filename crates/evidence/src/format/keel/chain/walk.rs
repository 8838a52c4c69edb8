//! The walk over all scopes (`specs/keel.md` 5.3): entries come in file order, what they came to is told at the end.

use std::collections::BTreeMap;

use super::entry::{Entry, Hashed, Shape};
use super::failure::{Failure, Failures, Step};
use super::result::{self, WalkResult};
use super::scope::ScopeState;
use super::sequence::{Number, Sequence};
use super::thread::{Link, Row};
use super::{EntrySeen, Seat, Watched};
use crate::check::Outcome;
use crate::container::Limits;
use crate::reason::ReasonCode;

/// Scopes that are followed within the documented limits; an export normally holds one.
const SCOPES_KEPT: usize = 50_000;

/// The walk.
pub(in super::super) struct Walk {
    shape: Shape,
    project: Option<String>,
    /// The scopes by name; the one without a name is null, or the project's.
    pub(super) scopes: BTreeMap<Option<Box<str>>, ScopeState>,
    /// The record hashes of entries that somebody asked for, by scope and number.
    pub(super) watched: BTreeMap<(String, Sequence), Option<String>>,
    pub(super) entries: u64,
    pub(super) unknown_formats: u64,
    pub(super) failures: Failures,
    pub(super) elsewhere: Remark,
    pub(super) separator: Remark,
    rows: usize,
    /// Entries that are kept in short, so that they can be sorted: about 100 bytes each.
    rows_kept: usize,
    scopes_kept: usize,
    /// Entries of scopes beyond those that are followed.
    pub(super) beyond: u64,
}

/// A remark about entries: how many, and the first of them.
#[derive(Debug, Default)]
pub(super) struct Remark {
    pub(super) count: u64,
    pub(super) first: Option<Seat>,
}

impl Remark {
    fn note(&mut self, seat: Seat) {
        self.count = self.count.saturating_add(1);
        self.first.get_or_insert(seat);
    }
}

impl Walk {
    /// A walk that notes the record hashes of the watched entries as it passes them.
    pub(in super::super) fn new(shape: Shape, watched: impl IntoIterator<Item = Watched>, within: &Limits) -> Walk {
        let watched = watched.into_iter().map(|one| ((one.scope, one.sequence), None));
        Walk {
            shape,
            project: None,
            scopes: BTreeMap::new(),
            watched: watched.collect(),
            entries: 0,
            unknown_formats: 0,
            failures: Failures::default(),
            elsewhere: Remark::default(),
            separator: Remark::default(),
            rows: 0,
            rows_kept: within.record_count(),
            scopes_kept: within.with_records(SCOPES_KEPT),
            beyond: 0,
        }
    }

    /// The document's own `project_id`, which names the scope of entries without one; may come at any time.
    pub(in super::super) fn project(&mut self, id: &str) {
        if self.project.is_none() && self.shape != Shape::Bundle && !id.is_empty() {
            self.project = Some(format!("project:{id}"));
        }
    }

    /// The next entry in file order.
    pub(in super::super) fn add(&mut self, seat: Seat, entry: Entry) -> EntrySeen {
        self.entries = self.entries.saturating_add(1);
        if let Some(project) = &entry.project {
            self.project(project);
        }
        let scope = self.key(entry.scope.clone());
        let name = scope.as_deref().or(self.project.as_deref()).map(str::to_owned);
        self.note(seat, &entry, name.as_deref());
        self.watch(name.as_deref(), &entry);
        let row = Row {
            sequence: entry.number.clone().integer(),
            prev_hash: entry.prev_hash,
            record_hash: entry.record_hash,
            seat,
        };
        if self.scopes.len() >= self.scopes_kept && !self.scopes.contains_key(&scope) {
            self.beyond = self.beyond.saturating_add(1);
            return seen(&entry, name, &row, Link::Incomparable);
        }
        let added = self.scopes.entry(scope).or_default().add(row.clone());
        self.bound();
        if let Some(before) = &added.inversion {
            let detail = format!("after number {before}");
            self.failures.push(
                Step::Order,
                fault(ReasonCode::WalkSequenceInversion, &row, name.as_deref(), detail),
            );
        }
        seen(&entry, name, &row, added.link)
    }

    /// The name under which a scope is kept: the project's own, once it is known, is the one without a name.
    fn key(&self, scope: Option<Box<str>>) -> Option<Box<str>> {
        scope.filter(|scope| self.project.as_deref() != Some(scope))
    }

    /// What the entry shows by itself.
    fn note(&mut self, seat: Seat, entry: &Entry, scope: Option<&str>) {
        if entry.elsewhere {
            self.elsewhere.note(seat);
        }
        if entry.separator {
            self.separator.note(seat);
        }
        let mut fail = |step, code, detail: &str| {
            let failure = Failure {
                code,
                seat,
                scope: scope.map(str::to_owned),
                sequence: entry.number.clone().integer(),
                detail: detail.to_owned(),
            };
            self.failures.push(step, failure);
        };
        if !entry.known_format {
            self.unknown_formats = self.unknown_formats.saturating_add(1);
            fail(
                Step::Format,
                ReasonCode::WalkUnknownChainFormat,
                "chain_format_version is not v1",
            );
        }
        if entry.number == Number::Wrong {
            fail(
                Step::Type,
                ReasonCode::WalkSequenceInversion,
                "sequence_number is not an integer",
            );
        }
        match &entry.hash {
            Hashed::Matches => {}
            Hashed::Unreadable("sequence_number") if entry.number == Number::Wrong => {}
            Hashed::Unreadable(field) => {
                let detail = format!("{field} cannot be hashed");
                fail(Step::Entry, ReasonCode::WalkRecordHashMismatch, &detail);
            }
            Hashed::Differs { stated, found } => {
                let detail = format!("states {}, is {found}", shortened(stated));
                fail(Step::Entry, ReasonCode::WalkRecordHashMismatch, &detail);
            }
        }
    }

    /// Notes the record hash of an entry that somebody asked for.
    fn watch(&mut self, scope: Option<&str>, entry: &Entry) {
        if self.watched.is_empty() {
            return;
        }
        let (Some(scope), Number::Integer(sequence)) = (scope, &entry.number) else {
            return;
        };
        if let Some(found) = self.watched.get_mut(&(scope.to_owned(), sequence.clone())) {
            *found = entry.record_hash.map(super::HashText::shown);
        }
    }

    /// Lets go of the rows when there are too many of them.
    fn bound(&mut self) {
        self.rows = self.rows.saturating_add(1);
        if self.rows > self.rows_kept {
            self.rows = 0;
            for scope in self.scopes.values_mut() {
                scope.rows = None;
            }
        }
    }

    /// What the walk came to. `required`: the chain was asked for, so that its absence is undetermined.
    pub(in super::super) fn finish(mut self, subject: &str, required: bool) -> WalkResult {
        if let Some(project) = self.project.take().filter(|_| self.scopes.contains_key(&None)) {
            let nameless = self.scopes.remove(&None).unwrap_or_default();
            match self.scopes.get_mut(&Some(Box::from(project.as_str()))) {
                Some(named) => named.join(nameless),
                None => {
                    self.scopes.insert(Some(project.into_boxed_str()), nameless);
                }
            }
        }
        result::finish(self, subject, required)
    }
}

/// A failure of a row.
pub(super) fn fault(code: ReasonCode, row: &Row, scope: Option<&str>, detail: String) -> Failure {
    Failure {
        code,
        seat: row.seat,
        scope: scope.map(str::to_owned),
        sequence: row.sequence.clone(),
        detail,
    }
}

/// A stated text, short enough to be told.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 80;
    match text.char_indices().nth(LONGEST) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
    }
}

fn seen(entry: &Entry, scope: Option<String>, row: &Row, link: Link) -> EntrySeen {
    let (hash, stated, found) = match &entry.hash {
        _ if !entry.known_format => (Outcome::Undetermined(ReasonCode::WalkUnknownChainFormat), None, None),
        Hashed::Matches => (Outcome::Pass, None, None),
        Hashed::Unreadable(_) => (Outcome::Fail(ReasonCode::WalkRecordHashMismatch), None, None),
        Hashed::Differs { stated, found } => (
            Outcome::Fail(ReasonCode::WalkRecordHashMismatch),
            Some(shortened(stated)),
            Some(found.to_hex()),
        ),
    };
    let link = match link {
        _ if entry.number == Number::Wrong => Outcome::Fail(ReasonCode::WalkSequenceInversion),
        Link::Continues => Outcome::Pass,
        Link::Breaks if row.seat.array == 0 => Outcome::Fail(ReasonCode::WalkPrevHashDiscontinuity),
        Link::First => Outcome::Skipped(ReasonCode::NotAnswerable),
        Link::Breaks | Link::Repeats | Link::Incomparable => Outcome::Skipped(ReasonCode::NotEvaluated),
    };
    let mut notes = Vec::new();
    notes.extend(entry.elsewhere.then_some(ReasonCode::NonUtcTimestamp));
    notes.extend(entry.separator.then_some(ReasonCode::SeparatorInHashedField));
    EntrySeen {
        scope,
        hash,
        link,
        notes,
        stated,
        found,
    }
}
