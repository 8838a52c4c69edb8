//! The report as PDF: tagged (PDF/UA-1), fit for the archive (PDF/A-2), fonts inside, the same bytes each time.
//!
//! ```text
//! Document ──> Flow (blocks become lines, lines find their page, each under a tag) ──> draw (krilla)
//! ```
//!
//! Text is drawn glyph by glyph from three fonts that are part of the program (IBM Plex; Latin, Cyrillic, Greek). A
//! character that none of them has is printed by its number, as `[U+4E2D]`, and the last page says so.

mod blocks;
mod draw;
mod face;
mod flow;
mod lines;
mod row;
mod tags;

use face::Fonts;
use flow::Flow;

use super::Document;
use super::write::ReportError;

/// The whole file.
///
/// # Errors
/// When the writer refuses, which no text of a pack makes it do.
pub fn pdf(document: &Document<'_>) -> Result<Vec<u8>, ReportError> {
    let fonts = Fonts::new().ok_or_else(|| ReportError::Form("a font of this program cannot be read".to_owned()))?;
    let mut flow = Flow::new(&fonts);
    blocks::place(document, &mut flow);
    draw::file(document, flow.finish(), &fonts)
}
