//! Writes the records of one run.

use std::collections::{BTreeMap, HashMap};

use evidence::{Check, CheckId, Outcome, ReasonCode, Record, Recorder, Report};
use rusqlite::{Connection, Transaction, params};

use super::columns::{Columns, searchable};
use super::index::Index;
use super::{CaseError, mirror, schema};

type GroupKey = (CheckId, Outcome, bool);

/// Takes the records of one run, as one transaction.
#[derive(Debug)]
pub struct Writer<'c> {
    transaction: Transaction<'c>,
    kept: &'c mut Index,
    index: Index,
    number: u64,
    groups: HashMap<GroupKey, Group>,
    /// How many records carry a note, and the first of them.
    notes: BTreeMap<ReasonCode, (u64, u64)>,
}

/// The checks of a group so far, and the run of them that is not written yet.
#[derive(Debug, Clone, Copy)]
struct Group {
    number: u32,
    count: u64,
    run: Run,
}

/// Checks of a group at consecutive positions, of consecutive records, each at the same place among its record's checks.
#[derive(Debug, Clone, Copy)]
struct Run {
    position: u64,
    record: u64,
    ordinal: u64,
    length: u64,
}

impl Run {
    fn continues(&self, record: u64, ordinal: u64) -> bool {
        self.record > 0 && record == self.record + self.length && ordinal == self.ordinal
    }
}

impl<'c> Writer<'c> {
    pub(super) fn begin(connection: &'c mut Connection, kept: &'c mut Index) -> Result<Writer<'c>, CaseError> {
        *kept = Index::default();
        let transaction = connection.transaction()?;
        // A second run over the same case file starts from nothing.
        schema::empty(&transaction)?;
        Ok(Writer {
            transaction,
            kept,
            index: Index::default(),
            number: 0,
            groups: HashMap::new(),
            notes: BTreeMap::new(),
        })
    }

    /// How many records it has taken.
    #[must_use]
    pub fn records(&self) -> u64 {
        self.number
    }

    /// Adds the checks of the pack and its parts, makes the indexes and keeps everything.
    ///
    /// # Errors
    /// When the file cannot be written; nothing of the run is kept then.
    pub fn finish(mut self, report: &Report) -> Result<(), CaseError> {
        let checks = report
            .checks
            .iter()
            .chain(report.parts.iter().flat_map(|part| &part.checks));
        for (ordinal, check) in (0_u64..).zip(checks) {
            self.transaction
                .prepare_cached("INSERT INTO pack_check(ordinal, body) VALUES (?1, ?2)")?
                .execute((ordinal, mirror::write_check(check.clone())?))?;
            self.add_subject(check, 0, ordinal)?;
        }
        self.write_groups()?;
        for (code, (count, first)) in &self.notes {
            self.transaction
                .prepare_cached("INSERT INTO note(code, count, first) VALUES (?1, ?2, ?3)")?
                .execute((code.as_str(), count, first))?;
        }
        self.transaction.execute_batch(schema::INDEXES)?;
        self.transaction.commit()?;
        *self.kept = self.index;
        Ok(())
    }

    fn write_groups(&self) -> Result<(), CaseError> {
        for ((id, outcome, required), group) in &self.groups {
            write_run(&self.transaction, group)?;
            self.transaction
                .prepare_cached(
                    "INSERT INTO check_group(grp, id, outcome, reason, required, count) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                )?
                .execute((
                    group.number,
                    id.as_str(),
                    outcome.as_str(),
                    outcome.reason().map(|reason| reason.as_str()),
                    required,
                    group.count,
                ))?;
        }
        Ok(())
    }

    fn add(&mut self, record: Record) -> Result<(), CaseError> {
        self.number += 1;
        let number = self.number;
        self.add_line(number, &record)?;
        for code in &record.notes {
            self.notes.entry(*code).or_insert((0, number)).0 += 1;
        }
        for (ordinal, check) in (0_u64..).zip(&record.checks) {
            self.add_subject(check, number, ordinal)?;
        }
        self.transaction
            .prepare_cached("INSERT INTO record_text(number, text) VALUES (?1, ?2)")?
            .execute((number, searchable(&record)))?;
        self.transaction
            .prepare_cached("INSERT INTO record_body(number, body) VALUES (?1, ?2)")?
            .execute((number, mirror::write_record(record)?))?;
        Ok(())
    }

    fn add_line(&mut self, number: u64, record: &Record) -> Result<(), CaseError> {
        let columns = Columns::of(record);
        self.index.push(&columns, record);
        self.transaction
            .prepare_cached(
                "INSERT INTO record(number, verdict, time, scope, seq, action, actor, target, execution_id, hash,
                                    path, line, element, pointer)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
            )?
            .execute(params![
                number,
                columns.verdict,
                columns.time,
                columns.scope,
                columns.seq,
                columns.action,
                columns.actor,
                columns.target,
                columns.execution_id,
                columns.hash,
                &record.source.path,
                record.source.line,
                record.source.element,
                &record.source.pointer,
            ])?;
        Ok(())
    }

    /// Adds a check to its group.
    fn add_subject(&mut self, check: &Check, record: u64, ordinal: u64) -> Result<(), CaseError> {
        let next = u32::try_from(self.groups.len()).unwrap_or(u32::MAX);
        let fresh = |position| Run {
            position,
            record,
            ordinal,
            length: 0,
        };
        let group = self
            .groups
            .entry((check.id, check.outcome, check.required))
            .or_insert(Group {
                number: next,
                count: 0,
                run: fresh(0),
            });
        if group.run.length > 0 && !group.run.continues(record, ordinal) {
            write_run(&self.transaction, group)?;
            group.run = fresh(group.count);
        }
        group.run.length += 1;
        group.count += 1;
        Ok(())
    }
}

fn write_run(transaction: &Transaction<'_>, group: &Group) -> Result<(), CaseError> {
    let run = group.run;
    transaction
        .prepare_cached("INSERT INTO subject(grp, position, record, ordinal, length) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute((group.number, run.position, run.record, run.ordinal, run.length))?;
    Ok(())
}

impl Recorder for Writer<'_> {
    fn record(&mut self, record: Record) -> std::io::Result<()> {
        Ok(self.add(record)?)
    }
}
