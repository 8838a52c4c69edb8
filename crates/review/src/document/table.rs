//! A table of a document, and which of its rows are listed where.

use super::block::{Value, Words};
use crate::words::sentence::{count, length, number};

/// HTML and PDF list at most so many rows of one table: more are not read on paper. The workbook holds all.
pub const LISTED: usize = 1_000;

/// One row.
pub(super) type Row = Vec<Value>;

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its heading.
    pub label: Words,
    /// Its share of the width, beside those of the others.
    pub share: u16,
    /// Whether it stands in the workbook alone, because a page has no room for it.
    pub workbook_only: bool,
    /// Whether fingerprints stand there in short form, with both ends; the workbook has them in full.
    pub short: bool,
}

impl Column {
    /// A column of that share of the width.
    pub fn of(label: impl Into<Words>, share: u16) -> Column {
        Column {
            label: label.into(),
            share,
            workbook_only: false,
            short: false,
        }
    }

    /// One that a page has no room for.
    #[must_use]
    pub fn workbook_only(mut self) -> Column {
        self.workbook_only = true;
        self
    }

    /// One with fingerprints in short form on a page.
    #[must_use]
    pub fn short(mut self) -> Column {
        self.short = true;
        self
    }
}

/// Shares of the width, for a table's columns in order.
pub type Widths<'a> = &'a [(&'static str, u16)];

/// A table whose rows are read again for the workbook, because there may be a million of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Streamed {
    /// Every record.
    Records,
    /// Every check.
    Checks,
}

/// The rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rows {
    /// All of them.
    All(Vec<Row>),
    /// Those that a page lists, how many there are, and where the rest comes from.
    Some(Vec<Row>, u64, Streamed),
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its name, short enough for a sheet.
    pub name: &'static str,
    /// What one row is, and what several are: `["record", "records"]`.
    pub of: [&'static str; 2],
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Rows,
    /// Whether it is a few sums, whose rows nobody counts.
    pub tally: bool,
}

impl Table {
    /// A table with all its rows.
    pub fn all(name: &'static str, of: [&'static str; 2], columns: Widths<'_>, rows: Vec<Row>) -> Table {
        Table {
            name,
            of,
            columns: columns
                .iter()
                .map(|(label, share)| Column::of(*label, *share))
                .collect(),
            rows: Rows::All(rows),
            tally: false,
        }
    }

    /// The same as a few sums.
    #[must_use]
    pub fn tally(mut self) -> Table {
        self.tally = true;
        self
    }

    /// How many rows there are.
    #[must_use]
    pub fn total(&self) -> u64 {
        match &self.rows {
            Rows::All(rows) => length(rows.len()),
            Rows::Some(_, total, _) => *total,
        }
    }

    /// The rows that a page lists.
    #[must_use]
    pub fn listed(&self) -> &[Row] {
        let (Rows::All(rows) | Rows::Some(rows, ..)) = &self.rows;
        rows.get(..LISTED).unwrap_or(rows)
    }

    /// "3 records." or "1,000 of 48,213 records. All are in the workbook (XLSX)."
    #[must_use]
    pub fn line(&self) -> String {
        let (shown, total) = (length(self.listed().len()), self.total());
        let [one, many] = self.of;
        if shown == total {
            return format!("{}.", count(total, one, many));
        }
        let first = match self.rows {
            Rows::Some(_, _, Streamed::Records) => {
                ", mismatches first, then the undecided and those with a note or decision"
            }
            Rows::Some(..) | Rows::All(_) => "",
        };
        if shown == 0 {
            return format!("{}. All are in the workbook (XLSX).", count(total, one, many));
        }
        format!(
            "{} of {}{first}. All are in the workbook (XLSX).",
            number(shown),
            count(total, one, many)
        )
    }

    /// The columns that a page has room for, with their places in a row; one in which nothing stands is left out.
    pub fn on_page(&self) -> impl Iterator<Item = (usize, &Column)> + Clone {
        let said = |at: usize| {
            let mut rows = self.listed().iter();
            rows.any(|row| row.get(at).is_some_and(|value| *value != Value::None))
        };
        let all = self.columns.iter().enumerate();
        all.filter(move |(at, column)| !column.workbook_only && said(*at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_in_which_nothing_stands_takes_no_room() {
        let row = vec![Value::Number(1), Value::None];
        let table = Table::all("Files", ["file", "files"], &[("No.", 1), ("Note", 1)], vec![row]);
        let shown: Vec<usize> = table.on_page().map(|(at, _)| at).collect();
        assert_eq!(shown, [0]);
    }

    #[test]
    fn a_table_says_how_many_of_how_many_it_lists() {
        let rows = vec![vec![Value::Number(1)]; LISTED + 1];
        let table = Table::all("Files", ["file", "files"], &[("No.", 1)], rows);
        assert_eq!(table.line(), "1,000 of 1,001 files. All are in the workbook (XLSX).");
        assert_eq!(table.listed().len(), LISTED);
        let few = Table::all("Files", ["file", "files"], &[("No.", 1)], vec![vec![Value::Number(1)]]);
        assert_eq!(few.line(), "1 file.");
    }
}
