//! Writes the records of one run.

use std::collections::{BTreeMap, HashMap};

use evidence::{Check, CheckId, Outcome, ReasonCode, Record, Recorder, Report};
use rusqlite::{Connection, Transaction, params};

use super::columns::{Columns, searchable};
use super::{CaseError, mirror, schema};

type GroupKey = (CheckId, Outcome, bool);

/// Takes the records of one run, as one transaction.
#[derive(Debug)]
pub struct Writer<'c> {
    transaction: Transaction<'c>,
    number: u64,
    groups: HashMap<GroupKey, Group>,
    /// How many records carry a note, and the first of them.
    notes: BTreeMap<ReasonCode, (u64, u64)>,
}

#[derive(Debug, Clone, Copy)]
struct Group {
    number: u32,
    count: u64,
}

impl<'c> Writer<'c> {
    pub(super) fn begin(connection: &'c mut Connection) -> Result<Writer<'c>, CaseError> {
        let transaction = connection.transaction()?;
        // A second run over the same case file starts from nothing.
        schema::empty(&transaction)?;
        Ok(Writer {
            transaction,
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
        for ((id, outcome, required), group) in &self.groups {
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
        for (code, (count, first)) in &self.notes {
            self.transaction
                .prepare_cached("INSERT INTO note(code, count, first) VALUES (?1, ?2, ?3)")?
                .execute((code.as_str(), count, first))?;
        }
        self.transaction.execute_batch(schema::INDEXES)?;
        self.transaction.commit()?;
        Ok(())
    }

    fn add(&mut self, record: Record) -> Result<(), CaseError> {
        self.number += 1;
        let number = self.number;
        self.add_line(number, &record)?;
        for code in &record.notes {
            self.notes.entry(*code).or_insert((0, number)).0 += 1;
        }
        let mut positions = Vec::with_capacity(record.checks.len());
        for (ordinal, check) in (0_u64..).zip(&record.checks) {
            positions.push(self.add_subject(check, number, ordinal)?);
        }
        self.transaction
            .prepare_cached("INSERT INTO record_body(number, body) VALUES (?1, ?2)")?
            .execute((number, mirror::write_record(record, positions)?))?;
        Ok(())
    }

    fn add_line(&self, number: u64, record: &Record) -> Result<(), CaseError> {
        let columns = Columns::of(record);
        self.transaction
            .prepare_cached(
                "INSERT INTO record(number, verdict, execution_id, kind, time, app, hash, scope, seq, action, actor, target,
                                    path, line, element, pointer, search)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
            )?
            .execute(params![
                number,
                columns.verdict,
                columns.execution_id,
                columns.kind,
                columns.time,
                columns.app,
                columns.hash,
                columns.scope,
                columns.seq,
                columns.action,
                columns.actor,
                columns.target,
                &record.source.path,
                record.source.line,
                record.source.element,
                &record.source.pointer,
                searchable(record),
            ])?;
        Ok(())
    }

    /// Adds a check to its group and says at which position.
    fn add_subject(&mut self, check: &Check, record: u64, ordinal: u64) -> Result<u64, CaseError> {
        let next = u32::try_from(self.groups.len()).unwrap_or(u32::MAX);
        let group = self
            .groups
            .entry((check.id, check.outcome, check.required))
            .or_insert(Group { number: next, count: 0 });
        let position = group.count;
        group.count += 1;
        self.transaction
            .prepare_cached("INSERT INTO subject(grp, position, record, ordinal) VALUES (?1, ?2, ?3, ?4)")?
            .execute((group.number, position, record, ordinal))?;
        Ok(position)
    }
}

impl Recorder for Writer<'_> {
    fn record(&mut self, record: Record) -> std::io::Result<()> {
        Ok(self.add(record)?)
    }
}
