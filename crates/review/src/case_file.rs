//! The case file: one SQLite file per pack that holds the report's index, so that a million records can be searched,
//! sorted, filtered and paged (`design.md` 5).
//!
//! The reviewer's own tables ([`note`](crate::note)) stand beside the index in the same file: a new run replaces the index
//! tables and nothing else.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard};

use evidence::{Input, Record, Source};
use rusqlite::{Connection, OptionalExtension};

use crate::present::{CheckGroup, CheckSubject, NoteCount, record_label, short_label, worst_first};

mod coded;
mod columns;
mod differing;
mod index;
mod input;
mod known;
mod marks;
mod mirror;
mod names;
mod place;
mod query;
mod said;
mod schema;
mod timeline;
mod writer;

use schema::Lookup;

pub use differing::differing;
pub use index::{Field, Value};
pub use input::input_of;
pub use marks::{Mark, Marks};
pub use place::place;
pub use query::Decided;
pub use said::Conclusion;
pub use timeline::Seat;
pub use writer::Writer;

/// Why a case file could not be used.
#[derive(Debug, thiserror::Error)]
pub enum CaseError {
    /// A file of that name exists and is something else; it is left alone.
    #[error("{0} exists and is not a case file")]
    Foreign(PathBuf),
    /// It was written by a newer version of this program.
    #[error("{0} was written by a newer version")]
    Newer(PathBuf),
    /// Somebody's note about another pack is in it; it is left alone.
    #[error("the case file holds a note about another pack")]
    OtherPack,
    /// What it holds cannot be read back.
    #[error("the case file is damaged")]
    Damaged,
    /// SQLite could not do it.
    #[error("the case file: {0}")]
    Sqlite(#[from] rusqlite::Error),
}

/// Whether a file is a case file, of this program or a newer one.
#[must_use]
pub fn is_case_file(path: &Path) -> bool {
    schema::is_ours(path)
}

impl From<CaseError> for std::io::Error {
    fn from(error: CaseError) -> std::io::Error {
        std::io::Error::other(error)
    }
}

/// The index of one report.
#[derive(Debug)]
pub struct CaseFile {
    connection: Mutex<Connection>,
    path: Option<PathBuf>,
    index: index::Index,
    answers: Mutex<query::Answers>,
    marks: Mutex<Marks>,
}

impl CaseFile {
    /// Makes the case file of a pack, or empties the index of the one that is there.
    ///
    /// # Errors
    /// [`CaseError::Foreign`] and [`CaseError::Newer`] leave the file as it is.
    pub fn create(path: &Path, input: &Input) -> Result<CaseFile, CaseError> {
        let connection = schema::open(path)?;
        schema::reset(&connection, input)?;
        Ok(CaseFile::over(connection, Some(path.to_owned())))
    }

    /// A case file that is gone when it is closed.
    ///
    /// # Errors
    /// When no temporary file can be made.
    pub fn temporary(input: &Input) -> Result<CaseFile, CaseError> {
        let connection = schema::open_temporary()?;
        schema::reset(&connection, input)?;
        Ok(CaseFile::over(connection, None))
    }

    fn over(connection: Connection, path: Option<PathBuf>) -> CaseFile {
        CaseFile {
            connection: Mutex::new(connection),
            path,
            index: index::Index::default(),
            answers: Mutex::default(),
            marks: Mutex::default(),
        }
    }

    /// Where it lies; `None` for a temporary one.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// Starts writing the records of one run, as one transaction: dropped without [`Writer::finish`], nothing is kept.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn writer(&mut self) -> Result<Writer<'_>, CaseError> {
        self.answers = Mutex::default();
        let connection = self
            .connection
            .get_mut()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        Writer::begin(connection, &mut self.index)
    }

    fn lock(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    /// One record in full. Numbers start at 1, in the order of the report.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn record(&self, number: u64) -> Result<Option<Record>, CaseError> {
        let body: Option<String> = self
            .lock()
            .prepare_cached("SELECT body FROM record_body WHERE number = ?1")?
            .query_row([number], |row| row.get(0))
            .optional()?;
        body.map(|body| mirror::read_record(&body)).transpose()
    }

    /// Hands every record to `each`, in order.
    ///
    /// # Errors
    /// When the file cannot be read, or the first error of `each`.
    pub fn each_record<E: From<CaseError>>(&self, mut each: impl FnMut(u64, Record) -> Result<(), E>) -> Result<(), E> {
        let mut number = 1;
        while let Some(record) = self.record(number)? {
            each(number, record)?;
            number += 1;
        }
        Ok(())
    }

    /// How many records there are.
    #[must_use]
    pub fn record_count(&self) -> u64 {
        u64::try_from(self.index.len()).unwrap_or(u64::MAX)
    }

    /// The number of the record that lies there.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn record_by_source(&self, source: &Source) -> Result<Option<u64>, CaseError> {
        let connection = self.lock();
        Lookup::Source.ensure(&connection)?;
        Ok(connection
            .prepare_cached(
                "SELECT number FROM record
                 WHERE path = ?1 AND line IS ?2 AND element IS ?3 AND pointer = ?4 ORDER BY number LIMIT 1",
            )?
            .query_row((&source.path, source.line, source.element, &source.pointer), |row| {
                row.get(0)
            })
            .optional()?)
    }

    /// The number of the first record that states this certificate hash.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn record_by_hash(&self, hash: &str) -> Result<Option<u64>, CaseError> {
        let connection = self.lock();
        Lookup::Hash.ensure(&connection)?;
        Ok(connection
            .prepare_cached("SELECT number FROM record WHERE hash = ?1 ORDER BY number LIMIT 1")?
            .query_row([hash], |row| row.get(0))
            .optional()?)
    }

    /// The checks of the report, grouped by what they came to, worst first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn check_groups(&self) -> Result<Vec<CheckGroup>, CaseError> {
        let mut groups = Vec::new();
        for (number, mut group) in self.group_rows()? {
            group.first = self.subject_of(number, 0)?;
            groups.push(group);
        }
        Ok(worst_first(&groups).into_iter().cloned().collect())
    }

    /// The check at a position of a group, from 0.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn check_subject(&self, group: &CheckGroup, position: u64) -> Result<Option<CheckSubject>, CaseError> {
        match self.group_number(group)? {
            Some(number) => self.subject_of(number, position),
            None => Ok(None),
        }
    }

    /// Where a record stands in a group, from 0; with several checks of that group, the first of them.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn position_of(&self, group: &CheckGroup, record: u64) -> Result<Option<u64>, CaseError> {
        let Some(number) = self.group_number(group)? else {
            return Ok(None);
        };
        let last: Option<u64> = self
            .lock()
            .prepare_cached(
                "SELECT position + ?2 - record FROM subject
                 WHERE grp = ?1 AND record <= ?2 AND ?2 < record + length ORDER BY record DESC, position DESC LIMIT 1",
            )?
            .query_row((number, record), |row| row.get(0))
            .optional()?;
        let Some(mut first) = last else { return Ok(None) };
        while first > 0
            && self
                .place_in(number, first - 1)?
                .is_some_and(|(before, _)| before == record)
        {
            first -= 1;
        }
        Ok(Some(first))
    }

    /// The notes of the records, with how many carry each and the first of them.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn notes(&self) -> Result<Vec<NoteCount>, CaseError> {
        let connection = self.lock();
        let mut statement = connection.prepare_cached("SELECT code, count, first FROM note")?;
        let rows = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get(1)?, row.get(2)?)))?;
        let mut notes = Vec::new();
        for row in rows {
            let (code, count, first) = row?;
            notes.push(NoteCount {
                code: code.parse().map_err(|_| CaseError::Damaged)?,
                count,
                first: Some(first),
            });
        }
        notes.sort_by_key(|note| note.code);
        Ok(notes)
    }

    fn group_rows(&self) -> Result<Vec<(u32, CheckGroup)>, CaseError> {
        let connection = self.lock();
        let mut statement = connection.prepare_cached(
            "SELECT grp, id, outcome, reason, required, count,
                   (SELECT COALESCE(SUM(length), 0) FROM subject WHERE subject.grp = check_group.grp AND record = 0)
                 FROM check_group",
        )?;
        let mut rows = statement.query([])?;
        let mut groups = Vec::new();
        while let Some(row) = rows.next()? {
            let id = row.get_ref(1)?.as_str().ok().and_then(|id| id.parse().ok());
            let reason: Option<String> = row.get(3)?;
            let outcome = mirror::outcome(row.get_ref(2)?.as_str().unwrap_or_default(), reason.as_deref());
            groups.push((
                row.get(0)?,
                CheckGroup {
                    id: id.ok_or(CaseError::Damaged)?,
                    outcome: outcome.ok_or(CaseError::Damaged)?,
                    required: row.get(4)?,
                    count: row.get(5)?,
                    of_pack: row.get(6)?,
                    first: None,
                },
            ));
        }
        Ok(groups)
    }

    fn group_number(&self, group: &CheckGroup) -> Result<Option<u32>, CaseError> {
        Ok(self
            .lock()
            .prepare_cached(
                "SELECT grp FROM check_group WHERE id = ?1 AND outcome = ?2 AND reason IS ?3 AND required = ?4",
            )?
            .query_row(
                (
                    group.id.as_str(),
                    group.outcome.as_str(),
                    group.outcome.reason().map(|reason| reason.as_str()),
                    group.required,
                ),
                |row| row.get(0),
            )
            .optional()?)
    }

    fn subject_of(&self, group: u32, position: u64) -> Result<Option<CheckSubject>, CaseError> {
        let place = self.place_in(group, position)?;
        match place {
            None => Ok(None),
            Some((0, ordinal)) => self.pack_subject(ordinal).map(Some),
            Some((number, ordinal)) => self.record_subject(number, ordinal).map(Some),
        }
    }

    /// Record and ordinal of the check at a position of a group; record 0 for a check of the pack.
    fn place_in(&self, group: u32, position: u64) -> Result<Option<(u64, u64)>, CaseError> {
        Ok(self
            .lock()
            .prepare_cached(
                "SELECT CASE record WHEN 0 THEN 0 ELSE record + ?2 - position END, ordinal, position, length FROM subject
                 WHERE grp = ?1 AND position <= ?2 ORDER BY position DESC LIMIT 1",
            )?
            .query_row((group, position), |row| {
                let (start, length): (u64, u64) = (row.get(2)?, row.get(3)?);
                Ok((position < start + length).then_some((row.get(0)?, row.get(1)?)))
            })
            .optional()?
            .flatten())
    }

    fn pack_subject(&self, ordinal: u64) -> Result<CheckSubject, CaseError> {
        let body: String = self
            .lock()
            .prepare_cached("SELECT body FROM pack_check WHERE ordinal = ?1")?
            .query_row([ordinal], |row| row.get(0))?;
        let check = mirror::read_check(&body)?;
        Ok(CheckSubject {
            record: None,
            label: short_label(&check.subject),
            check,
        })
    }

    fn record_subject(&self, number: u64, ordinal: u64) -> Result<CheckSubject, CaseError> {
        let record = self.record(number)?.ok_or(CaseError::Damaged)?;
        let label = record_label(number, &record);
        let check = usize::try_from(ordinal)
            .ok()
            .and_then(|ordinal| record.checks.into_iter().nth(ordinal))
            .ok_or(CaseError::Damaged)?;
        Ok(CheckSubject {
            record: Some(number),
            label,
            check,
        })
    }
}

#[cfg(test)]
mod tests;
