//! A workbook being written, sheet by sheet.

use std::io::Write;

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::about;
use crate::document::Document;
use crate::document::block::{Value, Words};
use crate::document::table::{Column, Row, Table};
use crate::document::write::ReportError;

/// Rows of one sheet, its heading among them (Excel's own limit).
#[cfg(not(test))]
const ROWS: u32 = 1_048_576;
#[cfg(test)]
const ROWS: u32 = 6;

/// Units of UTF-16 that one cell holds (Excel's own limit).
pub(super) const CELL: usize = 32_767;

/// The sheet for texts that one cell cannot hold.
const LONG: &str = "Long texts";

/// What became of one table.
pub(super) struct Sheet {
    /// The table's name, which two tables may share.
    table: &'static str,
    /// The names of its sheets.
    pub(super) names: Vec<String>,
    pub(super) written: u64,
    pub(super) total: u64,
    pub(super) of: [&'static str; 2],
}

/// A sheet that is being filled.
struct Open {
    columns: Vec<Column>,
    /// The name without its number.
    name: String,
    worksheet: Worksheet,
    next: u32,
}

/// The workbook.
pub(super) struct Book {
    workbook: Workbook,
    styles: Styles,
    open: Option<Open>,
    sheets: Vec<Sheet>,
    done: Vec<Worksheet>,
    long: Long,
}

/// How cells look.
pub(super) struct Styles {
    pub(super) heading: Format,
    pub(super) title: Format,
    pub(super) text: Format,
    pub(super) number: Format,
    pub(super) code: Format,
}

impl Styles {
    fn new() -> Styles {
        let text = Format::new().set_align(FormatAlign::Top).set_text_wrap();
        Styles {
            heading: Format::new()
                .set_bold()
                .set_border_bottom(FormatBorder::Thin)
                .set_text_wrap(),
            title: Format::new().set_bold().set_font_size(14),
            code: text.clone().set_font_name("Consolas"),
            number: Format::new().set_align(FormatAlign::Top).set_num_format("#,##0"),
            text,
        }
    }
}

impl Book {
    pub(super) fn new() -> Result<Book, XlsxError> {
        let mut workbook = Workbook::new();
        let mut worksheet = workbook.new_worksheet_with_constant_memory()?;
        worksheet.set_name(LONG)?;
        let styles = Styles::new();
        for (column, label) in (0..).zip(["Sheet", "Cell", "Part", "Text"]) {
            worksheet.write_string_with_format(0, column, label, &styles.heading)?;
        }
        worksheet.set_column_width(3, 100)?;
        Ok(Book {
            workbook,
            styles,
            open: None,
            sheets: Vec::new(),
            done: Vec::new(),
            long: Long { worksheet, next: 1 },
        })
    }

    /// Starts the sheet of a table.
    pub(super) fn begin(&mut self, table: &Table) -> Result<(), ReportError> {
        let same = self.sheets.iter().filter(|sheet| sheet.table == table.name);
        let name = match same.count() {
            0 => table.name.to_owned(),
            before => format!("{} ({})", table.name, before + 1),
        };
        let worksheet = self.sheet(&name, &table.columns)?;
        self.sheets.push(Sheet {
            table: table.name,
            names: vec![name.clone()],
            written: 0,
            total: table.total(),
            of: table.of,
        });
        self.open = Some(Open {
            columns: table.columns.clone(),
            name,
            worksheet,
            next: 1,
        });
        Ok(())
    }

    fn sheet(&mut self, name: &str, columns: &[Column]) -> Result<Worksheet, XlsxError> {
        let mut worksheet = self.workbook.new_worksheet_with_constant_memory()?;
        worksheet.set_name(name)?;
        worksheet.set_freeze_panes(1, 0)?;
        worksheet.set_repeat_rows(0, 0)?;
        worksheet.set_landscape();
        worksheet.set_print_fit_to_pages(1, 0);
        worksheet.set_footer("&L&A&RPage &P of &N");
        for (at, column) in (0..).zip(columns) {
            worksheet.set_column_width(at, f64::from(column.share.clamp(9, 60)) * 1.15)?;
            worksheet.write_string_with_format(0, at, column.label.as_str(), &self.styles.heading)?;
        }
        Ok(worksheet)
    }

    /// Adds a row to the open sheet, or to its continuation.
    pub(super) fn row(&mut self, row: &Row) -> Result<(), ReportError> {
        let Some(mut open) = self.open.take() else {
            return Ok(());
        };
        if open.next >= ROWS {
            open = self.continued(open)?;
        }
        for (at, value) in (0..).zip(row) {
            self.cell(&mut open, at, value)?;
        }
        open.next += 1;
        if let Some(sheet) = self.sheets.last_mut() {
            sheet.written += 1;
        }
        self.open = Some(open);
        Ok(())
    }

    fn continued(&mut self, full: Open) -> Result<Open, ReportError> {
        let parts = self.sheets.last().map_or(1, |sheet| sheet.names.len());
        let name = format!("{} part {}", full.name, parts + 1);
        if let Some(sheet) = self.sheets.last_mut() {
            sheet.names.push(name.clone());
        }
        let columns = full.columns.clone();
        let first = full.name.clone();
        self.close(full)?;
        Ok(Open {
            worksheet: self.sheet(&name, &columns)?,
            columns,
            name: first,
            next: 1,
        })
    }

    fn cell(&mut self, open: &mut Open, at: u16, value: &Value) -> Result<(), ReportError> {
        let (sheet, row, styles) = (&mut open.worksheet, open.next, &self.styles);
        match value {
            Value::None => {}
            Value::Number(number) => match exact(*number) {
                Some(number) => {
                    sheet.write_number_with_format(row, at, number, &styles.number)?;
                }
                None => {
                    sheet.write_string_with_format(row, at, number.to_string(), &styles.text)?;
                }
            },
            Value::Hash(digits) => {
                sheet.write_string_with_format(row, at, digits, &styles.code)?;
            }
            Value::Words(words) | Value::Mark(_, words) => {
                let text = self.long.held(words, (sheet.name(), row, at), styles)?;
                sheet.write_string_with_format(row, at, text, &styles.text)?;
            }
            Value::Code(words) => {
                let text = self.long.held(words, (sheet.name(), row, at), styles)?;
                sheet.write_string_with_format(row, at, text, &styles.code)?;
            }
        }
        Ok(())
    }

    /// Ends the open sheet; gives back how many rows its table has.
    pub(super) fn end(&mut self) -> Result<u64, ReportError> {
        if let Some(open) = self.open.take() {
            self.close(open)?;
        }
        Ok(self.sheets.last().map_or(0, |sheet| sheet.written))
    }

    fn close(&mut self, mut open: Open) -> Result<(), XlsxError> {
        let last = open.columns.len().saturating_sub(1);
        let last = u16::try_from(last).unwrap_or_default();
        open.worksheet.autofilter(0, 0, open.next.saturating_sub(1), last)?;
        self.done.push(open.worksheet);
        Ok(())
    }

    /// Puts the About sheet before the others and writes the file.
    pub(super) fn finish(mut self, document: &Document<'_>, out: &mut (impl Write + Send)) -> Result<(), ReportError> {
        let long = self.long.next - 1;
        let about = about::sheet(document, &self.sheets, &self.styles, u64::from(long))?;
        self.workbook.push_worksheet(about);
        for sheet in self.done {
            self.workbook.push_worksheet(sheet);
        }
        if long > 0 {
            self.workbook.push_worksheet(self.long.worksheet);
        }
        let properties = DocProperties::new()
            .set_title(document.title.as_str())
            .set_author(crate::present::TOOL)
            .set_comment(format!("Result (body) SHA-256 {}", document.body_sha256))
            .set_creation_datetime(&moment(&document.dated())?);
        self.workbook.set_properties(&properties);
        self.workbook.save_to_writer(out)?;
        Ok(())
    }
}

fn moment(at: &jiff::Zoned) -> Result<ExcelDateTime, XlsxError> {
    let part = |value: i8| u8::try_from(value).unwrap_or_default();
    ExcelDateTime::from_ymd(
        u16::try_from(at.year()).unwrap_or_default(),
        part(at.month()),
        part(at.day()),
    )?
    .and_hms(
        u16::from(part(at.hour())),
        part(at.minute()),
        f64::from(part(at.second())),
    )
}

/// The number as spreadsheet programs hold it, when they hold it to the last digit.
fn exact(number: u64) -> Option<f64> {
    let high = u32::try_from(number >> 32).ok()?;
    let low = u32::try_from(number & 0xffff_ffff).ok()?;
    (number <= 999_999_999_999_999).then(|| f64::from(high) * 4_294_967_296.0 + f64::from(low))
}

/// The sheet for texts that one cell cannot hold.
struct Long {
    worksheet: Worksheet,
    next: u32,
}

impl Long {
    /// The text for a cell: itself, or its beginning and where its parts are.
    fn held(
        &mut self,
        words: &Words,
        (sheet, row, column): (String, u32, u16),
        styles: &Styles,
    ) -> Result<String, ReportError> {
        let text = words.as_str();
        if text.len() <= CELL || text.encode_utf16().count() <= CELL {
            return Ok(text.to_owned());
        }
        let first = self.next;
        let place = rust_xlsxwriter::utility::row_col_to_cell(row, column);
        let parts = parts(text);
        let of = parts.len();
        for (number, part) in (1_usize..).zip(parts) {
            let line = [
                sheet.clone(),
                place.clone(),
                format!("{number} of {of}"),
                part.to_owned(),
            ];
            for (at, text) in (0..).zip(line) {
                self.worksheet
                    .write_string_with_format(self.next, at, text, &styles.text)?;
            }
            self.next += 1;
        }
        Ok(format!(
            "{}\n[Longer than a cell can hold. The whole text stands in sheet {LONG}, rows {} to {}.]",
            text.chars().take(200).collect::<String>(),
            first + 1,
            self.next
        ))
    }
}

/// The text in pieces that a cell holds, cut between characters.
fn parts(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut units) = (0, 0);
    for (at, character) in text.char_indices() {
        if units + character.len_utf16() > CELL {
            parts.extend(text.get(start..at));
            (start, units) = (at, 0);
        }
        units += character.len_utf16();
    }
    parts.extend(text.get(start..));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_between_characters_and_nothing_of_it_is_lost() {
        let text = "é\u{1f600}".repeat(20_000);
        let parts = parts(&text);
        assert!(parts.iter().all(|part| part.encode_utf16().count() <= CELL));
        assert_eq!(parts.concat(), text);
    }

    #[test]
    fn a_number_is_one_only_while_no_digit_is_lost() {
        assert_eq!(exact(999_999_999_999_999), Some(999_999_999_999_999.0));
        assert_eq!(exact(9_007_199_254_740_993), None);
    }
}
