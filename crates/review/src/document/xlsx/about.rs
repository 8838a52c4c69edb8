//! The first sheet: what this is, what it comes to, and how many rows the others have of how many there are.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::book::{CELL, Sheet, Styles};
use crate::document::block::{Block, Value};
use crate::document::{Document, Section};
use crate::words::sentence::{count, number};

/// A sheet with two columns: a label, and what it stands for.
struct Lines<'s> {
    worksheet: Worksheet,
    styles: &'s Styles,
    next: u32,
}

impl Lines<'_> {
    fn title(&mut self, text: &str) -> Result<(), XlsxError> {
        if self.next > 0 {
            self.next += 1;
        }
        self.worksheet
            .write_string_with_format(self.next, 0, text, &self.styles.title)?;
        self.next += 1;
        Ok(())
    }

    /// A line; what a cell cannot hold goes on in the line below it.
    fn line(&mut self, label: &str, text: &str) -> Result<(), XlsxError> {
        let mut rest = text;
        let mut label = label;
        loop {
            // A character has at most two units of UTF-16 for three bytes of UTF-8 or four.
            let (part, more) = rest.split_at(rest.floor_char_boundary(CELL));
            self.worksheet
                .write_string_with_format(self.next, 0, label, &self.styles.text)?
                .write_string_with_format(self.next, 1, part, &self.styles.text)?;
            self.next += 1;
            if more.is_empty() {
                return Ok(());
            }
            (rest, label) = (more, "(continued)");
        }
    }

    fn value(&mut self, label: &str, value: &Value) -> Result<(), XlsxError> {
        self.line(label, &value.text())
    }
}

/// The sheet.
pub(super) fn sheet(
    document: &Document<'_>,
    sheets: &[Sheet],
    styles: &Styles,
    long: u64,
) -> Result<Worksheet, XlsxError> {
    let mut worksheet = Worksheet::new();
    worksheet.set_name("About")?;
    worksheet.set_column_width(0, 34)?;
    worksheet.set_column_width(1, 100)?;
    worksheet.set_print_fit_to_pages(1, 0);
    worksheet.set_footer("&L&A&RPage &P of &N");
    let mut lines = Lines {
        worksheet,
        styles,
        next: 0,
    };
    lines.title(document.title.as_str())?;
    lines.line("bodySha256", &document.body_sha256.to_hex())?;
    rows_of(sheets, long, &mut lines)?;
    for section in &document.sections {
        told(section, &mut lines)?;
    }
    Ok(lines.worksheet)
}

/// Rows written of rows there are.
fn rows_of(sheets: &[Sheet], long: u64, lines: &mut Lines<'_>) -> Result<(), XlsxError> {
    lines.title("Sheets of this workbook")?;
    for sheet in sheets {
        let [one, many] = sheet.of;
        let more = match sheet.names.len() {
            1 => "",
            _ => ", because one sheet cannot hold them",
        };
        lines.line(
            &sheet.names.join(", "),
            &format!(
                "{} of {} written{more}",
                number(sheet.written),
                count(sheet.total, one, many)
            ),
        )?;
    }
    if long > 0 {
        lines.line(
            "Long texts",
            &format!("{} of texts that one cell cannot hold", count(long, "part", "parts")),
        )?;
    }
    Ok(())
}

/// What a section says in words; its tables are sheets of their own.
fn told(section: &Section, lines: &mut Lines<'_>) -> Result<(), XlsxError> {
    let tables = |block: &&Block| !matches!(block, Block::Table(_));
    if !section.blocks.iter().any(|block| tables(&block)) {
        return Ok(());
    }
    lines.title(&format!("{}. {}", section.number, section.title))?;
    let mut heading = "";
    for block in section.blocks.iter().filter(tables) {
        match block {
            Block::Heading(text) => heading = text.as_str(),
            Block::Paragraph(text) => lines.line(heading, text.as_str())?,
            Block::Quote { by, text } => {
                let label = if heading.is_empty() {
                    by.to_string()
                } else {
                    format!("{heading} ({by})")
                };
                lines.line(&label, text.as_str())?;
            }
            Block::Banner { word, sentence, .. } => lines.line(word.as_str(), sentence.as_str())?,
            Block::Answers(answers) => {
                for answer in answers {
                    let text = format!("{} {} ({})", answer.lead, answer.text, answer.counted);
                    lines.line(answer.question.as_str(), &text)?;
                }
            }
            Block::Facts(facts) => {
                for (label, value) in facts {
                    lines.value(label.as_str(), value)?;
                }
            }
            Block::List(items) | Block::Steps(items) => {
                for item in items {
                    lines.line(heading, item.as_str())?;
                }
            }
            Block::Table(_) => {}
        }
    }
    Ok(())
}
