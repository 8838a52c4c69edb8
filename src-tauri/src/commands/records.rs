//! The table of records, one record in full, and what manifests list beside them.

use evidence::Record;
use review::note::Note;
use review::present::{self, CheckGroup, Layout, parse_group_key};
use review::view::{
    CommandError, ManifestPage, ManifestView, NumberedView, RecordPage, RecordQuery, RecordRow, RecordView,
    RecordsView, SnapshotPage, ValuesView,
};
use tauri::State;

use super::checks::taken_apart;
use crate::checking::Review;
use crate::desk::Desk;
use crate::fault::{IntoFault as _, not_there};

/// What the table needs once.
#[tauri::command(async)]
pub(crate) fn records(desk: State<'_, Desk>, token: u32) -> Result<RecordsView, CommandError> {
    let review = desk.review(token)?;
    let mut view = present::records(&review.report, |field| review.case_file.values(field).len());
    if review.report.counts.records > 1 {
        view.filters.push(present::review_filter());
    }
    Ok(view)
}

/// Values of a column to choose from.
#[tauri::command(async)]
pub(crate) fn record_values(
    desk: State<'_, Desk>,
    token: u32,
    column: String,
    search: String,
) -> Result<ValuesView, CommandError> {
    let review = desk.review(token)?;
    if column == present::review_filter().column {
        return Ok(present::review_values(|mark| review.case_file.marked(mark)));
    }
    let field = column.parse().map_err(|_| not_there("column"))?;
    Ok(present::values(field, &review.case_file.values(field), &search))
}

/// The records that a typed number can mean.
#[tauri::command(async)]
pub(crate) fn records_numbered(desk: State<'_, Desk>, token: u32, number: u64) -> Result<NumberedView, CommandError> {
    /// Organisations whose number it can be; more would not be looked through.
    const MOST: usize = 20;
    let review = desk.review(token)?;
    let seats = i64::try_from(number).map_or_else(|_| Vec::new(), |number| review.case_file.numbered(number, MOST));
    let find = |record| review.case_file.record(record).ok().flatten();
    Ok(present::numbered(number, review.report.counts.records, &seats, find))
}

/// Where a record stands in the sorted, filtered list; nothing where it is filtered out.
#[tauri::command(async)]
pub(crate) fn record_place(
    desk: State<'_, Desk>,
    token: u32,
    query: RecordQuery,
    record: u64,
) -> Result<Option<u64>, CommandError> {
    desk.review(token)?.case_file.place_of(&query, record).or_fault()
}

/// A page of the table.
#[tauri::command(async)]
pub(crate) fn record_page(desk: State<'_, Desk>, token: u32, query: RecordQuery) -> Result<RecordPage, CommandError> {
    let review = desk.review(token)?;
    let layout = Layout::of(&review.report);
    let (matching, records) = review.case_file.page(&query).or_fault()?;
    let noted = review.noted();
    let work = noted.note().map(Note::review);
    Ok(RecordPage {
        request: query.request,
        matching,
        start: query.start,
        rows: records
            .iter()
            .map(|(number, record)| RecordRow {
                review: work.and_then(|work| present::row_review(work, *number)),
                ..present::record_row(*number, record, layout)
            })
            .collect(),
    })
}

/// One record in full.
#[tauri::command(async)]
pub(crate) fn record(desk: State<'_, Desk>, token: u32, record: u64) -> Result<RecordView, CommandError> {
    let review = desk.review(token)?;
    let found = record_of(&review, record)?;
    let exhibit = taken_apart(&review, &found);
    let mut view = present::record(record, &found, exhibit.as_ref());
    view.copy_sentence = review.workpaper(&view.copy_sentence);
    for check in &mut view.checks {
        if let Some((id, outcome, required)) = parse_group_key(&check.key) {
            let group = CheckGroup {
                id,
                outcome,
                required,
                count: 0,
                of_pack: 0,
                first: None,
            };
            check.position = review
                .case_file
                .position_of(&group, record)
                .or_fault()?
                .unwrap_or_default();
        }
    }
    Ok(view)
}

/// The record at a position of the sorted, filtered list.
#[tauri::command(async)]
pub(crate) fn record_at(desk: State<'_, Desk>, token: u32, query: RecordQuery) -> Result<Option<u64>, CommandError> {
    desk.review(token)?.case_file.number_at(&query).or_fault()
}

/// What manifests declare, and the sender's results beside ours.
#[tauri::command(async)]
pub(crate) fn manifest(desk: State<'_, Desk>, token: u32) -> Result<ManifestView, CommandError> {
    Ok(present::manifest(&desk.review(token)?.report))
}

/// A page of one manifest.
#[tauri::command(async)]
pub(crate) fn manifest_page(
    desk: State<'_, Desk>,
    token: u32,
    list: u32,
    start: u64,
    count: u32,
    differing: bool,
) -> Result<ManifestPage, CommandError> {
    let review = desk.review(token)?;
    Ok(present::manifest_page(
        &review.report,
        list,
        start,
        count,
        differing,
        |source| {
            // A row without a link says less, not something else.
            review.case_file.record_by_source(source).ok().flatten()
        },
    ))
}

/// A page of the sender's results beside ours.
#[tauri::command(async)]
pub(crate) fn snapshot_page(
    desk: State<'_, Desk>,
    token: u32,
    start: u64,
    count: u32,
    differing: bool,
) -> Result<SnapshotPage, CommandError> {
    let review = desk.review(token)?;
    Ok(present::snapshot_page(
        &review.report,
        start,
        count,
        differing,
        |hash| review.case_file.record_by_hash(hash).ok().flatten(),
    ))
}

/// A record by its number.
pub(super) fn record_of(review: &Review, number: u64) -> Result<Record, CommandError> {
    review
        .case_file
        .record(number)
        .or_fault()?
        .ok_or_else(|| not_there("record"))
}
