//! The report that a reviewer files: one model of fourteen sections (`notes/product.md` 2.3), and what writes it.
//!
//! ```text
//! Material (report, records, note) ──> Document (sections of blocks, every text made visible)
//!                                          ├──> HTML: one file, no script, nothing that loads
//!                                          ├──> PDF: tagged, fonts embedded (feature `pdf`)
//!                                          └──> XLSX: the same tables with every row there is
//! ```
//!
//! Nothing here knows the clock, the machine or a person beside the note: the same body and note give the same bytes.
//! HTML and PDF list at most [`LISTED`] rows of a table and say so; the workbook holds all of them.

mod block;
mod gathered;
mod html;
mod note_rows;
#[cfg(feature = "pdf")]
mod pdf;
mod rows;
mod sections;
mod table;
mod write;
mod xlsx;

pub use block::{Answer, Block, Value, Words};
pub use html::write_html;
#[cfg(feature = "pdf")]
pub use pdf::pdf;
pub use table::{Column, LISTED, Rows, Streamed, Table, Widths};
pub use write::{Exported, Form, ReportError, save_document};
pub use xlsx::write_workbook;

use evidence::{Digest, Report, Verdict};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use crate::case_file::CaseFile;
use crate::note::Ledger;
use gathered::Gathered;

/// 1 January 2000: stands for no time at all.
const NO_MOMENT: Timestamp = Timestamp::constant(946_684_800, 0);

/// How much of the report is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::EnumString, strum::IntoStaticStr)]
#[strum(serialize_all = "lowercase")]
pub enum Profile {
    /// Sections 1 to 5 and 13.
    Short,
    /// All fourteen.
    Full,
}

impl Profile {
    /// Whether a section is part of it.
    fn holds(self, number: u8) -> bool {
        self == Profile::Full || number <= 5 || number == 13
    }
}

/// What a report is made from.
#[derive(Debug, Clone, Copy)]
pub struct Material<'a> {
    /// What the engine found.
    pub report: &'a Report,
    /// The records of that run.
    pub case_file: &'a CaseFile,
    /// The reviewer's work on this pack, if there is any.
    pub note: Option<&'a Ledger>,
}

/// The report as a document.
#[derive(Debug, Clone)]
pub struct Document<'a> {
    /// "Evidence check of pack.zip".
    pub title: Words,
    /// How much of it there is.
    pub profile: Profile,
    /// The verdict.
    pub verdict: Verdict,
    /// Digest of the report's body (`sealcheck.report/1`).
    pub body_sha256: Digest,
    /// The sections, in their order; each keeps its number.
    pub sections: Vec<Section>,
    gathered: Gathered<'a>,
}

/// One section.
#[derive(Debug, Clone)]
pub struct Section {
    /// Its number, 1 to 14, in every profile the same.
    pub number: u8,
    /// Its title.
    pub title: &'static str,
    /// What stands in it.
    pub blocks: Vec<Block>,
}

impl<'a> Document<'a> {
    /// The document over a report and a note.
    ///
    /// # Errors
    /// When the case file cannot be read.
    pub fn of(material: Material<'a>, profile: Profile) -> Result<Document<'a>, ReportError> {
        let gathered = Gathered::of(material)?;
        Ok(Document {
            title: Words::of(format!("Evidence check of {}", material.report.input.name)),
            profile,
            verdict: material.report.verdict,
            body_sha256: gathered.body_sha256,
            sections: sections::all(&gathered)
                .into_iter()
                .filter(|section| profile.holds(section.number))
                .collect(),
            gathered,
        })
    }

    /// Every table, in order.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        let blocks = self.sections.iter().flat_map(|section| &section.blocks);
        blocks.filter_map(|block| match block {
            Block::Table(table) => Some(table),
            Block::Heading(_)
            | Block::Paragraph(_)
            | Block::Quote { .. }
            | Block::Banner { .. }
            | Block::Answers(_)
            | Block::Facts(_)
            | Block::List(_)
            | Block::Steps(_) => None,
        })
    }

    /// The moment that the file states as its own: the last sign-off, else the reference time, else one that stands for
    /// none. The clock has no part in it, so that the same result gives the same file.
    fn dated(&self) -> Zoned {
        let material = &self.gathered.material;
        let signed = self.gathered.review().and_then(|review| review.signoffs.last());
        let stated = signed.map(|signoff| &signoff.at);
        let stated = stated.or(material.report.policy.reference_time.as_ref());
        let moment = stated.and_then(|time| time.parse::<Timestamp>().ok());
        moment.unwrap_or(NO_MOMENT).to_zoned(TimeZone::UTC)
    }

    /// The line at the foot of each page.
    fn foot(&self) -> String {
        format!(
            "{}, rules {}. Result (body) SHA-256 {}",
            crate::present::TOOL,
            evidence::RULES,
            crate::present::short_hex(&self.body_sha256.to_hex())
        )
    }
}

#[cfg(test)]
mod fixtures;
#[cfg(test)]
mod tests;
