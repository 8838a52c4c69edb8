//! The report as a workbook: an About sheet first, then one sheet per table with every row there is.
//!
//! Cells are text or true numbers, never formulas. What one sheet or cell cannot hold goes on in a numbered one, and the
//! About sheet says so: nothing is cut.

mod about;
mod book;

use std::io::Write;

use rust_xlsxwriter::XlsxError;

use super::rows::each_row;
use super::table::Rows;
use super::write::ReportError;
use super::{Document, Table};
use book::Book;

impl From<XlsxError> for ReportError {
    fn from(error: XlsxError) -> ReportError {
        ReportError::Form(error.to_string())
    }
}

/// Writes the workbook; gives back how many rows of records are in it, where it has that table.
///
/// # Errors
/// When the records cannot be read or the workbook cannot be written.
pub fn write_workbook(document: &Document<'_>, out: &mut (impl Write + Send)) -> Result<Option<u64>, ReportError> {
    let mut book = Book::new()?;
    let mut records = None;
    for table in document.tables() {
        let written = write_table(document, table, &mut book)?;
        if table.name == "Records" {
            records = Some(written);
        }
    }
    book.finish(document, out)?;
    Ok(records)
}

fn write_table(document: &Document<'_>, table: &Table, book: &mut Book) -> Result<u64, ReportError> {
    book.begin(table)?;
    match &table.rows {
        Rows::All(rows) => rows.iter().try_for_each(|row| book.row(row))?,
        Rows::Some(_, _, streamed) => each_row(&document.gathered, *streamed, |row| book.row(&row))?,
    }
    book.end()
}
