//! What the timeline asks of a case file: whose record sits on a number, and when the events happened.

use evidence::Verdict;
use rusqlite::OptionalExtension as _;

use super::columns::verdict_rank;
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

    /// The numbers within a scope that failed records claim.
    #[must_use]
    pub fn failed_seats(&self, scope: &str) -> Vec<i64> {
        self.index.numbers_with(scope, verdict_rank(Verdict::Failed))
    }

    /// When the events within a scope happened, and what they were.
    #[must_use]
    pub fn events(&self, scope: &str) -> Events {
        self.index.events(scope)
    }
}
