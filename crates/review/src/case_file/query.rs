//! Search, filter, sort and page.
//!
//! The answer to a query is an ordered list of record numbers, kept until another query comes: paging through a result
//! and stepping to the next record then cost nothing.

use std::sync::Arc;

use evidence::{Record, Verdict};
use rusqlite::Connection;
use strum::IntoEnumIterator;

use super::coded::place;
use super::columns::verdict_rank;
use super::index::{Field, Order, Value};
use super::marks::Mark;
use super::said::Conclusion;
use super::schema::Lookup;
use super::{CaseError, CaseFile};
use crate::events::Histogram;
use crate::note::Numbers;
use crate::view::{RecordFilter, RecordQuery, VerdictView};

/// Rows of one page, whatever was asked for.
const PAGE: u32 = 200;

/// Words of one search that are looked at; more would only narrow it further.
const WORDS: usize = 8;

/// Sorted orders that are kept: four bytes per record each.
const ORDERS: usize = 4;

/// The answers that are kept.
#[derive(Debug, Default)]
pub(super) struct Answers {
    last: Option<(Question, Arc<Vec<u64>>)>,
    orders: Vec<(Sort, Arc<Vec<u32>>)>,
}

/// What the table is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Kept(Order),
    ExecutionId,
    Hash,
}

impl Sort {
    /// The column of a sort key (`present::Layout`); any other word is the order of the report.
    fn of(key: &str) -> Sort {
        match key {
            "executionId" => Sort::ExecutionId,
            "hash" => Sort::Hash,
            "time" => Sort::Kept(Order::Time),
            "verdict" => Sort::Kept(Order::Verdict),
            "seq" => Sort::Kept(Order::Seq),
            other => Sort::Kept(other.parse().map_or(Order::Number, Order::Field)),
        }
    }
}

/// What decides the order and the selection: a query without its page.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Question {
    words: Vec<String>,
    verdict: Option<Verdict>,
    filters: Vec<Filter>,
    sort: Sort,
    descending: bool,
}

/// What a record must have to be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Filter {
    /// A value in a column.
    Value(Field, u32),
    /// A conclusion that is drawn from it.
    Concluded(Conclusion),
    /// A time in a place of [`CaseFile::decided`].
    Period(u32),
    /// What the reviewer did about it.
    Marked(Mark),
}

impl Filter {
    fn of(filter: &RecordFilter) -> Option<Filter> {
        match filter.column.as_str() {
            "concluded" => Conclusion::iter().nth(place(filter.value)).map(Filter::Concluded),
            "period" => Some(Filter::Period(filter.value)),
            "review" => Mark::of(filter.value).map(Filter::Marked),
            column => Some(Filter::Value(column.parse().ok()?, filter.value)),
        }
    }
}

/// The decisions on the line of time.
#[derive(Debug, Clone)]
pub struct Decided {
    /// The decisions and their times.
    pub histogram: Option<Histogram>,
    /// Whether any row is an event.
    pub events: bool,
}

/// Places on the line of time, and decisions that stand by themselves there.
const PERIODS: i64 = 24;
const DECISIONS: usize = 3;

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
            filters: query.filters.iter().filter_map(Filter::of).collect(),
            sort: Sort::of(&query.sort),
            descending: query.descending,
        }
    }

    fn selects(&self) -> bool {
        !self.words.is_empty() || self.verdict.is_some() || !self.filters.is_empty()
    }
}

impl CaseFile {
    /// How many records match a query, and its page of them with their numbers.
    ///
    /// `sort` is a column's key; any other word is the order of the report. Words of `search` are looked for apart from
    /// each other, without regard to case.
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

    /// Where a record stands in the sorted, filtered list, from 0; none where it is filtered out.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn place_of(&self, query: &RecordQuery, record: u64) -> Result<Option<u64>, CaseError> {
        let numbers = self.numbers(query)?;
        let found = numbers.iter().position(|number| *number == record);
        Ok(found.and_then(|place| u64::try_from(place).ok()))
    }

    /// Every record that a query shows, whatever its page.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn matching(&self, query: &RecordQuery) -> Result<Numbers, CaseError> {
        Ok(self.numbers(query)?.iter().copied().collect())
    }

    /// The distinct values of a column that state something, the most frequent first.
    #[must_use]
    pub fn values(&self, field: Field) -> Vec<Value> {
        self.index.values(field)
    }

    /// The decisions over time: the places that a filter by period counts from.
    #[must_use]
    pub fn decided(&self) -> Decided {
        Decided {
            histogram: self.index.decisions().histogram(PERIODS, DECISIONS),
            events: self.index.said().has_events(),
        }
    }

    /// How many rows a conclusion is drawn from.
    #[must_use]
    pub fn concluded(&self, conclusion: Conclusion) -> u64 {
        u64::try_from(self.index.said().rows(conclusion).len()).unwrap_or(u64::MAX)
    }

    /// The records that state this sequence number, at most `most` of them, each with what its number counts within.
    #[must_use]
    pub fn numbered(&self, number: i64, most: usize) -> Vec<(u64, Arc<str>)> {
        let found = self.index.numbered(number, most).into_iter();
        found.map(|(at, scope)| (number_at(at), scope)).collect()
    }

    /// Lets go of the answer that is kept.
    pub(super) fn forget_answer(&self) {
        self.answers
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner())
            .last = None;
    }

    /// The numbers of all records that match a query, in its order.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn numbers(&self, query: &RecordQuery) -> Result<Arc<Vec<u64>>, CaseError> {
        let question = Question::of(query);
        let mut kept = self.answers.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        if let Some((_, numbers)) = kept.last.as_ref().filter(|(asked, _)| *asked == question) {
            return Ok(Arc::clone(numbers));
        }
        let order = self.order(&mut kept, question.sort)?;
        let numbers = Arc::new(self.answer(&question, &order)?);
        kept.last = Some((question, Arc::clone(&numbers)));
        Ok(numbers)
    }

    fn order(&self, kept: &mut Answers, sort: Sort) -> Result<Arc<Vec<u32>>, CaseError> {
        if let Some((_, order)) = kept.orders.iter().find(|(by, _)| *by == sort) {
            return Ok(Arc::clone(order));
        }
        let order = Arc::new(match sort {
            Sort::Kept(by) => self.index.order(by),
            Sort::ExecutionId => ordered(&self.lock(), Lookup::ExecutionId, "execution_id")?,
            Sort::Hash => ordered(&self.lock(), Lookup::Hash, "hash")?,
        });
        if kept.orders.len() >= ORDERS {
            kept.orders.remove(0);
        }
        kept.orders.push((sort, Arc::clone(&order)));
        Ok(order)
    }

    fn answer(&self, question: &Question, order: &[u32]) -> Result<Vec<u64>, CaseError> {
        let kept = if question.selects() {
            Some(self.selected(question)?)
        } else {
            None
        };
        let stays = |at: &&u32| {
            let kept = kept.as_ref();
            kept.is_none_or(|kept| kept.get(place(**at)).copied().unwrap_or_default())
        };
        let numbers = order.iter().filter(stays).map(|at| number_at(*at));
        Ok(if question.descending {
            numbers.rev().collect()
        } else {
            numbers.collect()
        })
    }

    fn selected(&self, question: &Question) -> Result<Vec<bool>, CaseError> {
        let mut kept = match question.verdict.map(verdict_rank) {
            Some(rank) => self.index.verdicts().iter().map(|verdict| *verdict == rank).collect(),
            None => vec![true; self.index.len()],
        };
        for filter in &question.filters {
            self.keep(*filter, &mut kept);
        }
        if !question.words.is_empty() {
            self.keep_words(&question.words, &mut kept)?;
        }
        Ok(kept)
    }

    /// Strikes out the records that a filter hides.
    fn keep(&self, filter: Filter, kept: &mut [bool]) {
        match filter {
            Filter::Value(field, value) => self.index.keep_value(field, value, kept),
            Filter::Concluded(conclusion) => {
                let rows = self.index.said().rows(conclusion);
                for (at, kept) in kept.iter_mut().enumerate() {
                    *kept &= rows.contains(&at);
                }
            }
            Filter::Period(slot) => match self.decided().histogram {
                Some(histogram) => {
                    let slot = histogram.start.saturating_add(i64::from(slot));
                    self.index.keep_time(histogram.unit, slot, kept);
                }
                None => kept.fill(false),
            },
            Filter::Marked(mark) => self.keep_marked(mark, kept),
        }
    }

    /// Strikes out the records that lack one of the words, in their columns and in their own text.
    fn keep_words(&self, words: &[String], kept: &mut [bool]) -> Result<(), CaseError> {
        let mut found: Vec<Vec<bool>> = words
            .iter()
            .map(|word| {
                let mut marked = vec![false; kept.len()];
                self.index.mark_word(word, &mut marked);
                marked
            })
            .collect();
        let connection = self.lock();
        let mut statement = connection.prepare_cached("SELECT text FROM record_text ORDER BY number")?;
        let mut rows = statement.query([])?;
        for (at, kept) in kept.iter_mut().enumerate() {
            let Some(row) = rows.next()? else { break };
            if !*kept {
                continue;
            }
            let text = row.get_ref(0)?.as_str().unwrap_or_default();
            *kept = words
                .iter()
                .zip(&mut found)
                .all(|(word, marked)| marked.get(at).copied().unwrap_or_default() || text.contains(word.as_str()));
        }
        Ok(())
    }
}

/// A record's place from 0 as its number from 1.
fn number_at(at: u32) -> u64 {
    u64::from(at) + 1
}

fn ordered(connection: &Connection, lookup: Lookup, column: &str) -> Result<Vec<u32>, CaseError> {
    lookup.ensure(connection)?;
    let sql = format!("SELECT number - 1 FROM record ORDER BY {column}, number");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map([], |row| row.get(0))?;
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
