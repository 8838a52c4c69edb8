//! What the timeline asks of a case file: whose record sits on a number, and when the events happened.

use rusqlite::OptionalExtension as _;

use super::{CaseError, CaseFile};
use crate::events::Events;
use crate::sequence::{Claims, Thread};

/// The record that sits on a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seat {
    /// Its number in the report.
    pub record: u64,
    /// When its event happened, as it states: microseconds since 1970.
    pub time: Option<i64>,
}

impl CaseFile {
    /// The first record that claims a number within a scope; of a chain, in this file.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn seat(&self, thread: Thread<'_>, number: i64) -> Result<Option<Seat>, CaseError> {
        Ok(self
            .lock()
            .prepare_cached(
                "SELECT number, time FROM record WHERE scope = ?1 AND seq = ?2 AND (?3 IS NULL OR path = ?3)
                 ORDER BY number LIMIT 1",
            )?
            .query_row((thread.scope, number, thread.path), |row| {
                Ok(Seat {
                    record: row.get(0)?,
                    time: row.get(1)?,
                })
            })
            .optional()?)
    }

    /// Every number that a record claims, by what it counts within.
    #[must_use]
    pub fn claims(&self) -> Claims {
        self.index.claims()
    }

    /// Whether the records that fill a number differ.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn differing(&self, thread: Thread<'_>, number: i64) -> Result<bool, CaseError> {
        let connection = self.lock();
        let mut statement = connection.prepare_cached(
            "SELECT number, hash FROM record WHERE scope = ?1 AND seq = ?2 AND (?3 IS NULL OR path = ?3)",
        )?;
        let mut rows = statement.query((thread.scope, number, thread.path))?;
        let mut first: Option<String> = None;
        while let Some(row) = rows.next()? {
            if !self.index.fills(row.get(0)?) {
                continue;
            }
            let hash: String = row.get(1)?;
            match &first {
                Some(first) if *first != hash => return Ok(true),
                Some(_) => {}
                None => first = Some(hash),
            }
        }
        Ok(false)
    }

    /// When the events of a thread happened, and what they were.
    #[must_use]
    pub fn events(&self, thread: Thread<'_>) -> Events {
        self.index.events(&thread.name())
    }
}
