//! The timeline: the numbers of each organisation or chain, and when the events happened.

use review::present;
use review::view::{
    CommandError, EventsView, RibbonQuery, RibbonView, RunPage, RunQuery, SequencePage, SequenceQuery, SequenceView,
    TimelineView,
};
use tauri::State;

use crate::desk::Desk;
use crate::fault::{IntoFault as _, not_there};

/// What the timeline needs once.
#[tauri::command(async)]
pub(crate) fn timeline(desk: State<'_, Desk>, token: u32) -> Result<TimelineView, CommandError> {
    let review = desk.review(token)?;
    Ok(present::timeline(&review.report, review.sequences()))
}

/// A page of the sequences.
#[tauri::command(async)]
pub(crate) fn sequence_page(
    desk: State<'_, Desk>,
    token: u32,
    query: SequenceQuery,
) -> Result<SequencePage, CommandError> {
    let review = desk.review(token)?;
    Ok(present::sequence_page(&review.report, review.sequences(), &query))
}

/// One sequence's numbers, and what the sender says of them.
#[tauri::command(async)]
pub(crate) fn sequence(desk: State<'_, Desk>, token: u32, sequence: u32) -> Result<SequenceView, CommandError> {
    let review = desk.review(token)?;
    let found = present::sequence(&review.report, review.sequences(), sequence);
    let mut view = found.ok_or_else(|| not_there("sequence"))?;
    view.copy_sentence = review.workpaper(&view.copy_sentence);
    Ok(view)
}

/// A window of a ribbon.
#[tauri::command(async)]
pub(crate) fn ribbon(desk: State<'_, Desk>, token: u32, query: RibbonQuery) -> Result<RibbonView, CommandError> {
    let review = desk.review(token)?;
    present::ribbon(review.sequences(), &query).ok_or_else(|| not_there("sequence"))
}

/// A page of the table beside the ribbon.
#[tauri::command(async)]
pub(crate) fn run_page(desk: State<'_, Desk>, token: u32, query: RunQuery) -> Result<RunPage, CommandError> {
    let review = desk.review(token)?;
    let page = present::run_page(&review.report, review.sequences(), &query, |thread, number| {
        // A row without a link says less, not something else.
        review.case_file.seat(thread, number).ok().flatten()
    });
    page.ok_or_else(|| not_there("sequence"))
}

/// The record that sits on a number, which the page has from a ribbon; else the one before it.
#[tauri::command(async)]
pub(crate) fn seat(
    desk: State<'_, Desk>,
    token: u32,
    sequence: u32,
    number: String,
) -> Result<Option<u64>, CommandError> {
    let review = desk.review(token)?;
    let listed = review.sequences().get(sequence).ok_or_else(|| not_there("sequence"))?;
    let number: i64 = number.parse().map_err(|_| not_there("number"))?;
    let thread = listed.thread(&review.report).ok_or_else(|| not_there("sequence"))?;
    let found = match review.case_file.seat(thread, number).or_fault()? {
        Some(seat) => Some(seat),
        None => match listed.sequence.filled_before(number) {
            Some(before) => review.case_file.seat(thread, before).or_fault()?,
            None => None,
        },
    };
    Ok(found.map(|seat| seat.record))
}

/// When the events of one sequence happened.
#[tauri::command(async)]
pub(crate) fn events(desk: State<'_, Desk>, token: u32, sequence: u32) -> Result<EventsView, CommandError> {
    let review = desk.review(token)?;
    let listed = review.sequences().get(sequence).ok_or_else(|| not_there("sequence"))?;
    let thread = listed.thread(&review.report).ok_or_else(|| not_there("sequence"))?;
    Ok(present::events(&review.case_file.events(thread)))
}
