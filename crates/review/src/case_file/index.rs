//! The columns that the table is sorted, filtered and counted by, in memory beside the file: about forty bytes a record,
//! so that a million records are filtered and sorted without reading the file.

use std::sync::Arc;

use evidence::{Record, Verdict};

use super::coded::{Coded, Dictionary, place};
use super::columns::{Columns, verdict_rank};
use super::said::Said;
use crate::events::{Events, Unit};
use crate::sequence::{Claim, Claims};
use crate::words::record_type;

/// What stands where a record states no number or no time: before all others.
const NONE: i64 = i64::MIN;

/// One entry per record, in the order of the report.
#[derive(Debug, Default)]
pub(super) struct Index {
    verdicts: Vec<u8>,
    seats: Vec<Seat>,
    times: Vec<i64>,
    numbers: Vec<i64>,
    kinds: Coded,
    apps: Coded,
    scopes: Coded,
    threads: Coded,
    actions: Coded,
    decisions: Coded,
    policies: Coded,
    actors: Coded,
    targets: Coded,
    paths: Coded,
    single: Singles,
    said: Said,
}

/// How a record sits on the number that it claims.
#[derive(Debug, Clone, Copy)]
struct Seat {
    fills: bool,
    linked: bool,
}

/// The single targets in the texts that join several.
#[derive(Debug, Default)]
struct Singles {
    /// The codes of the targets that each joined text names.
    of: Vec<Vec<u32>>,
    texts: Dictionary,
}

impl Singles {
    fn add(&mut self, joined: &str) {
        let mut codes: Vec<u32> = Vec::new();
        for text in joined.split('|').filter(|text| !text.is_empty()) {
            let code = self.texts.code(text);
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
        self.of.push(codes);
    }
}

/// A column of texts that repeat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::EnumIter)]
#[strum(serialize_all = "camelCase")]
pub enum Field {
    /// Kind of record.
    Type,
    /// App or surface.
    App,
    /// Organisation or chain.
    Scope,
    /// What was done.
    Action,
    /// What was decided, or what came of it.
    Decision,
    /// By which policy.
    Policy,
    /// Who did it.
    Actor,
    /// To what; a record may name several.
    Target,
}

/// A distinct value of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// Its handle in a [`RecordFilter`](crate::view::RecordFilter); holds until the next run.
    pub id: u32,
    /// The value as stated.
    pub text: Arc<str>,
    /// How many records have it.
    pub count: u64,
}

impl Index {
    pub(super) fn push(&mut self, columns: &Columns, record: &Record) {
        self.said.add(self.len(), record);
        self.verdicts.push(columns.verdict);
        self.seats.push(Seat {
            fills: columns.fills,
            linked: columns.linked,
        });
        self.times.push(columns.time.unwrap_or(NONE));
        self.numbers.push(columns.seq.unwrap_or(NONE));
        self.kinds.push(columns.kind);
        self.apps.push(columns.app);
        self.scopes.push(columns.scope);
        self.threads.push(&columns.thread);
        self.actions.push(columns.action);
        self.decisions.push(columns.decision);
        self.policies.push(columns.policy);
        self.actors.push(&columns.actor);
        self.targets.push(columns.target);
        self.paths.push(&record.source.path);
        if self.single.of.len() < self.targets.texts().len() {
            self.single.add(columns.target);
        }
    }

    /// How many records there are.
    pub(super) fn len(&self) -> usize {
        self.verdicts.len()
    }

    /// Every record's verdict, as its rank.
    pub(super) fn verdicts(&self) -> &[u8] {
        &self.verdicts
    }

    fn field(&self, field: Field) -> &Coded {
        match field {
            Field::Type => &self.kinds,
            Field::App => &self.apps,
            Field::Scope => &self.scopes,
            Field::Action => &self.actions,
            Field::Decision => &self.decisions,
            Field::Policy => &self.policies,
            Field::Actor => &self.actors,
            Field::Target => &self.targets,
        }
    }

    /// The distinct values of a column that state something, the most frequent first.
    pub(super) fn values(&self, field: Field) -> Vec<Value> {
        let counts = self.field(field).counts();
        let (texts, counts) = match field {
            Field::Target => (self.single.texts.texts(), self.single_counts(&counts)),
            Field::Type
            | Field::App
            | Field::Scope
            | Field::Action
            | Field::Decision
            | Field::Policy
            | Field::Actor => (self.field(field).texts(), counts),
        };
        let mut values: Vec<Value> = (0_u32..)
            .zip(texts.iter().zip(counts))
            .filter(|(_, (text, _))| !text.is_empty())
            .map(|(id, (text, count))| Value {
                id,
                text: Arc::clone(text),
                count,
            })
            .collect();
        values.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.text.cmp(&b.text)));
        values
    }

    fn single_counts(&self, joined: &[u64]) -> Vec<u64> {
        let mut counts = vec![0; self.single.texts.texts().len()];
        for (codes, count) in self.single.of.iter().zip(joined) {
            for code in codes {
                if let Some(slot) = counts.get_mut(place(*code)) {
                    *slot += count;
                }
            }
        }
        counts
    }

    /// Strikes out the records that do not have this value.
    pub(super) fn keep_value(&self, field: Field, id: u32, kept: &mut [bool]) {
        let wanted: Vec<bool> = match field {
            Field::Target => self.single.of.iter().map(|codes| codes.contains(&id)).collect(),
            Field::Type
            | Field::App
            | Field::Scope
            | Field::Action
            | Field::Decision
            | Field::Policy
            | Field::Actor => (0..self.field(field).texts().len())
                .map(|code| code == place(id))
                .collect(),
        };
        for (kept, code) in kept.iter_mut().zip(self.field(field).codes()) {
            *kept &= wanted.get(place(*code)).copied().unwrap_or_default();
        }
    }

    /// Marks the records one of whose repeating texts has this word, which is in lower case.
    pub(super) fn mark_word(&self, word: &str, marked: &mut [bool]) {
        let columns = [
            &self.apps,
            &self.scopes,
            &self.actions,
            &self.decisions,
            &self.policies,
            &self.actors,
            &self.targets,
            &self.paths,
        ];
        for column in columns {
            let has = |text: &Arc<str>| text.to_lowercase().contains(word);
            mark(column, &column.texts().iter().map(has).collect::<Vec<_>>(), marked);
        }
        let has =
            |kind: &Arc<str>| kind.to_lowercase().contains(word) || record_type(kind).to_lowercase().contains(word);
        mark(
            &self.kinds,
            &self.kinds.texts().iter().map(has).collect::<Vec<_>>(),
            marked,
        );
    }

    /// The records in the order of a column, as places from 0; equal ones in the order of the report.
    pub(super) fn order(&self, by: Order) -> Vec<u32> {
        match by {
            Order::Number => self.all(),
            Order::Verdict => self.sorted(&self.verdicts),
            Order::Time => self.sorted(&self.times),
            Order::Seq => {
                let seats: Vec<(u32, i64)> = self
                    .scopes
                    .ranks()
                    .into_iter()
                    .zip(self.numbers.iter().copied())
                    .collect();
                self.sorted(&seats)
            }
            Order::Field(Field::Type) => {
                let mut shown = Coded::default();
                let words: Vec<String> = self.kinds.texts().iter().map(|kind| record_type(kind)).collect();
                for code in self.kinds.codes() {
                    shown.push(words.get(place(*code)).map_or("", String::as_str));
                }
                self.sorted(&shown.ranks())
            }
            Order::Field(field) => self.sorted(&self.field(field).ranks()),
        }
    }

    fn all(&self) -> Vec<u32> {
        (0..u32::try_from(self.len()).unwrap_or(u32::MAX)).collect()
    }

    fn sorted<K: Ord + Copy>(&self, keys: &[K]) -> Vec<u32> {
        let mut order: Vec<(K, u32)> = keys.iter().copied().zip(0_u32..).collect();
        order.sort_unstable();
        order.into_iter().map(|(_, place)| place).collect()
    }

    /// Every number that a record claims, by what it counts within.
    pub(super) fn claims(&self) -> Claims {
        let records = self
            .threads
            .codes()
            .iter()
            .zip(&self.numbers)
            .zip(&self.seats)
            .zip(&self.verdicts);
        let failed = verdict_rank(Verdict::Failed);
        let claims = records
            .filter(|(((_, number), _), _)| **number != NONE)
            .map(|(((thread, number), seat), verdict)| Claim {
                scope: *thread,
                number: *number,
                fills: seat.fills,
                linked: seat.linked,
                failed: *verdict == failed,
            })
            .collect();
        Claims::new(self.threads.texts(), claims)
    }

    /// Whether a record, by its number in the report, fills the number that it claims.
    pub(super) fn fills(&self, record: u64) -> bool {
        let at = record.checked_sub(1).and_then(|at| usize::try_from(at).ok());
        at.and_then(|at| self.seats.get(at)).is_some_and(|seat| seat.fills)
    }

    /// What the records of a thread did, and when.
    pub(super) fn events(&self, thread: &str) -> Events {
        let here = self.threads.texts().iter().position(|text| **text == *thread);
        let mut events = Events::of(self.actions.texts());
        let records = self.threads.codes().iter().zip(self.actions.codes()).zip(&self.times);
        for ((_, action), time) in records.filter(|((code, _), _)| Some(place(**code)) == here) {
            events.push(*action, Some(*time).filter(|time| *time != NONE));
        }
        events
    }

    /// What was decided, and when.
    pub(super) fn decisions(&self) -> Events {
        let mut events = Events::of(self.decisions.texts());
        let stated: Vec<bool> = self.decisions.texts().iter().map(|text| !text.is_empty()).collect();
        let rows = self.decisions.codes().iter().zip(&self.times);
        for (decision, time) in rows.filter(|(code, _)| stated.get(place(**code)).copied().unwrap_or_default()) {
            events.push(*decision, Some(*time).filter(|time| *time != NONE));
        }
        events
    }

    /// What follows from several rows about one permit.
    pub(super) fn said(&self) -> &Said {
        &self.said
    }

    /// Strikes out the records whose time lies outside of a place on the line of time.
    pub(super) fn keep_time(&self, unit: Unit, slot: i64, kept: &mut [bool]) {
        for (kept, time) in kept.iter_mut().zip(&self.times) {
            *kept &= *time != NONE && unit.slot(*time) == slot;
        }
    }

    /// The records that state this number, with their scope, in the order of the report.
    pub(super) fn numbered(&self, number: i64, most: usize) -> Vec<(u32, Arc<str>)> {
        let stated = (0_u32..).zip(&self.numbers).filter(|(_, stated)| **stated == number);
        let scope = |at: u32| {
            let code = self.scopes.codes().get(place(at)).copied().unwrap_or_default();
            self.scopes.texts().get(place(code)).cloned().unwrap_or_default()
        };
        stated.take(most).map(|(at, _)| (at, scope(at))).collect()
    }
}

fn mark(column: &Coded, wanted: &[bool], marked: &mut [bool]) {
    if !wanted.contains(&true) {
        return;
    }
    for (marked, code) in marked.iter_mut().zip(column.codes()) {
        *marked |= wanted.get(place(*code)).copied().unwrap_or_default();
    }
}

/// What the table is sorted by, where the file is not needed for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Order {
    /// The order of the report.
    Number,
    /// Worst first.
    Verdict,
    /// Stated time.
    Time,
    /// Scope, then the number in it.
    Seq,
    /// A column of texts.
    Field(Field),
}
