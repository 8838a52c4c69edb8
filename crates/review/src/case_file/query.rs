//! Search, filter, sort and page.
//!
//! The answer to a query is an ordered list of record numbers, kept until another query comes: paging through a result
//! and stepping to the next record then cost nothing.

use std::sync::Arc;

use evidence::{Record, Verdict};
use rusqlite::{Connection, ToSql, params_from_iter};

use super::columns::{column, verdict_rank};
use super::{CaseError, CaseFile};
use crate::view::{RecordQuery, VerdictView};

/// Rows of one page, whatever was asked for.
const PAGE: u32 = 200;

/// Words of one search that are looked at; more would only narrow it further.
const WORDS: usize = 8;

/// The numbers that a query gives, in its order.
#[derive(Debug)]
pub(super) struct Ordering {
    question: Question,
    numbers: Arc<Vec<u64>>,
}

/// What decides the order and the selection: a query without its page.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Question {
    words: Vec<String>,
    verdict: Option<Verdict>,
    column: &'static str,
    descending: bool,
}

impl Question {
    fn of(query: &RecordQuery) -> Question {
        Question {
            words: query
                .search
                .to_lowercase()
                .split_whitespace()
                .take(WORDS)
                .map(str::to_owned)
                .collect(),
            verdict: query.verdict.map(verdict),
            column: column(&query.sort),
            descending: query.descending,
        }
    }
}

impl CaseFile {
    /// How many records match a query, and its page of them with their numbers.
    ///
    /// `sort` is one of [`present::COLUMNS`](crate::present::COLUMNS); any other word is `number`. Words of `search`
    /// are looked for apart from each other, without regard to case.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn page(&self, query: &RecordQuery) -> Result<(u64, Vec<(u64, Record)>), CaseError> {
        let numbers = self.numbers(query)?;
        let start = usize::try_from(query.start).unwrap_or(usize::MAX);
        let count = usize::try_from(query.count.min(PAGE)).unwrap_or(usize::MAX);
        let records = numbers
            .iter()
            .skip(start)
            .take(count)
            .map(|number| Ok((*number, self.record(*number)?.ok_or(CaseError::Damaged)?)))
            .collect::<Result<_, CaseError>>()?;
        Ok((u64::try_from(numbers.len()).unwrap_or(u64::MAX), records))
    }

    /// The record at position `query.start` of the sorted, filtered list.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn number_at(&self, query: &RecordQuery) -> Result<Option<u64>, CaseError> {
        let numbers = self.numbers(query)?;
        Ok(usize::try_from(query.start)
            .ok()
            .and_then(|start| numbers.get(start).copied()))
    }

    fn numbers(&self, query: &RecordQuery) -> Result<Arc<Vec<u64>>, CaseError> {
        let question = Question::of(query);
        let mut kept = self.ordering.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        if let Some(ordering) = kept.as_ref().filter(|ordering| ordering.question == question) {
            return Ok(Arc::clone(&ordering.numbers));
        }
        let numbers = Arc::new(answer(&self.lock(), &question)?);
        *kept = Some(Ordering {
            question,
            numbers: Arc::clone(&numbers),
        });
        Ok(numbers)
    }
}

/// Two passes that each read little: the matching records in the order of the table, and all records in the order of
/// an index. One query for both would jump through the table once per record.
fn answer(connection: &Connection, question: &Question) -> Result<Vec<u64>, CaseError> {
    if question.words.is_empty() && question.verdict.is_none() {
        return ordered(connection, question);
    }
    let matching = matching(connection, question)?;
    if question.column == "number" {
        let mut numbers = matching;
        if question.descending {
            numbers.reverse();
        }
        return Ok(numbers);
    }
    let mut numbers = ordered(connection, question)?;
    numbers.retain(|number| matching.binary_search(number).is_ok());
    Ok(numbers)
}

fn ordered(connection: &Connection, question: &Question) -> Result<Vec<u64>, CaseError> {
    let column = question.column;
    let direction = if question.descending { "DESC" } else { "ASC" };
    let sql = format!("SELECT number FROM record ORDER BY {column} {direction}, number {direction}");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn matching(connection: &Connection, question: &Question) -> Result<Vec<u64>, CaseError> {
    let mut sql = "SELECT number FROM record WHERE 1".to_owned();
    let mut values: Vec<&dyn ToSql> = Vec::new();
    let rank = question.verdict.map(verdict_rank);
    if let Some(rank) = &rank {
        sql.push_str(" AND verdict = ?");
        values.push(rank);
    }
    for word in &question.words {
        sql.push_str(" AND instr(search, ?) > 0");
        values.push(word);
    }
    sql.push_str(" ORDER BY number");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(values), |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn verdict(view: VerdictView) -> Verdict {
    match view {
        VerdictView::Verified => Verdict::Verified,
        VerdictView::Failed => Verdict::Failed,
        VerdictView::Undecided => Verdict::Indeterminate,
        VerdictView::NotEvidence => Verdict::NotEvidence,
        VerdictView::Error => Verdict::Error,
    }
}
