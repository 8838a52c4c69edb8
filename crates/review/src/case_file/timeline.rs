//! What the timeline asks of a case file: whose record sits on a number, and when the events happened.

use rusqlite::OptionalExtension as _;

use super::{CaseError, CaseFile};
use crate::events::Events;

/// The record that sits on a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seat {
    /// Its number in the report.
    pub record: u64,
    /// When its event happened, as it states: microseconds since 1970.
    pub time: Option<i64>,
}

impl CaseFile {
    /// The first record that claims a number within a scope.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn seat(&self, scope: &str, number: i64) -> Result<Option<Seat>, CaseError> {
        Ok(self
            .lock()
            .prepare_cached("SELECT number, time FROM record WHERE scope = ?1 AND seq = ?2 ORDER BY number LIMIT 1")?
            .query_row((scope, number), |row| {
                Ok(Seat {
                    record: row.get(0)?,
                    time: row.get(1)?,
                })
            })
            .optional()?)
    }

    /// The numbers within a scope that failed records claim, in order.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn failed_seats(&self, scope: &str) -> Result<Vec<i64>, CaseError> {
        let failed = super::columns::verdict_rank(evidence::Verdict::Failed);
        let connection = self.lock();
        let mut statement = connection.prepare_cached(
            "SELECT DISTINCT seq FROM record WHERE verdict = ?1 AND scope = ?2 AND seq IS NOT NULL ORDER BY seq",
        )?;
        let rows = statement.query_map((failed, scope), |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// When the events within a scope happened, and what they were.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn events(&self, scope: &str) -> Result<Events, CaseError> {
        let connection = self.lock();
        // In the order of the table: by an index each row would be fetched from its own place.
        let mut statement =
            connection.prepare_cached("SELECT action, time FROM record NOT INDEXED WHERE scope = ?1")?;
        let mut rows = statement.query([scope])?;
        let mut events = Events::default();
        while let Some(row) = rows.next()? {
            events.push(row.get_ref(0)?.as_str().unwrap_or_default(), row.get(1)?);
        }
        Ok(events)
    }
}
