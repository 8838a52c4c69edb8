//! Comma-separated rows: shown, never walked (`specs/keel.md` 14, 14).

use std::io::Read;

use super::unread::layers;
use super::{Asked, Content, Shown};
use crate::container::ArtifactReader;
use crate::format::keel::output::Output;
use crate::format::keel::payload::{Text, Trouble};
use crate::format::keel::record::RowRecord;
use crate::reason::ReasonCode;
use crate::report::Source;
use crate::run::Stopped;

/// Bytes that one row may take.
const ROW: u64 = 16 << 20;
/// Columns shown.
const COLUMNS: usize = 64;
/// Characters of a cell.
const CELL: usize = 1_024;

/// Reads comma-separated text with a header row.
pub(super) fn read(text: &Text<'_>, asked: &Asked<'_>, output: &mut Output<'_, '_>) -> Result<Content, Stopped> {
    let mut content = Content {
        checks: layers(
            text.path,
            asked,
            ReasonCode::ExportStructureInvalid,
            ReasonCode::ClosureNotInThisShape,
        ),
        shape: Shown::Csv,
        ..Content::default()
    };
    match text.pack.reader(text.index) {
        Ok(reader) => rows(text.path, reader, asked, &mut content, output)?,
        Err(refusal) => content.trouble(Trouble::refused(&refusal)),
    }
    content.close(text.path, asked);
    Ok(content)
}

fn rows(
    path: &str,
    reader: ArtifactReader<'_>,
    asked: &Asked<'_>,
    content: &mut Content,
    output: &mut Output<'_, '_>,
) -> Result<(), Stopped> {
    let bounded = Bounded { reader, left: ROW };
    let mut csv = ::csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(bounded);
    let mut header: Option<Vec<String>> = None;
    let mut row = ::csv::StringRecord::new();
    let section = section(path);
    loop {
        if asked.progress.is_cancelled() {
            return Err(Stopped::Cancelled);
        }
        let start = csv.position().clone();
        csv.get_mut().left = ROW;
        match csv.read_record(&mut row) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                content.trouble(Trouble::unreadable(error.to_string()));
                break;
            }
        }
        let Some(header) = &header else {
            let names = row
                .iter()
                .take(COLUMNS)
                .map(|name| name.trim_start_matches('\u{feff}').to_owned());
            header = Some(names.collect());
            continue;
        };
        content.rows = content.rows.saturating_add(1);
        let span = (start.byte(), csv.position().byte().saturating_sub(start.byte()));
        output.row(record(path, &section, header, &row, (start.line(), span)))?;
    }
    // What stands behind a fault was not read; its check values still are.
    if let Err(refusal) = csv.into_inner().reader.finish() {
        content.trouble(Trouble::refused(&refusal));
    }
    Ok(())
}

fn record(
    path: &str,
    section: &str,
    header: &[String],
    row: &::csv::StringRecord,
    (line, span): (u64, (u64, u64)),
) -> RowRecord {
    let cell = |text: &str| serde_json::Value::String(text.chars().take(CELL).collect());
    let mut fields: std::collections::BTreeMap<_, _> = header
        .iter()
        .zip(row)
        .map(|(name, text)| (name.clone(), cell(text)))
        .collect();
    fields.entry("section".to_owned()).or_insert(section.into());
    let id = ["event_id", "id", "permit_id"]
        .into_iter()
        .find_map(|name| fields.get(name)?.as_str());
    RowRecord {
        id: id.filter(|id| !id.is_empty()).map(str::to_owned),
        source: Source {
            path: path.to_owned(),
            line: Some(line),
            span: Some(span),
            ..Source::default()
        },
        fields,
        ..RowRecord::default()
    }
}

/// The name of the file without its extension: what its rows are.
fn section(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.split('.').next().unwrap_or(name).to_owned()
}

/// A reader that stops where one row would take more memory than it may.
struct Bounded<'p> {
    reader: ArtifactReader<'p>,
    left: u64,
}

impl Read for Bounded<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let read = self.reader.read(into)?;
        let size = u64::try_from(read).unwrap_or(u64::MAX);
        self.left = self
            .left
            .checked_sub(size)
            .ok_or_else(|| std::io::Error::other(ReasonCode::LimitLineLength.as_str()))?;
        Ok(read)
    }
}
