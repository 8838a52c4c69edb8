//! Every artifact of the pack, as text, and the sender's page in its frame.

use evidence::ReasonCode;
use review::present;
use review::view::{CommandError, FilePage, FilesView, SenderPageView, SourceView};
use tauri::State;

use crate::checking::Review;
use crate::desk::Desk;
use crate::evidence_scheme;
use crate::fault::{IntoFault as _, not_there, refused};

/// What the list of files needs once.
#[tauri::command(async)]
pub(crate) fn files(desk: State<'_, Desk>, token: u32) -> Result<FilesView, CommandError> {
    Ok(present::files(&desk.review(token)?.report))
}

/// A page of files.
#[tauri::command(async)]
pub(crate) fn file_page(
    desk: State<'_, Desk>,
    token: u32,
    start: u64,
    count: u32,
    search: String,
) -> Result<FilePage, CommandError> {
    Ok(present::file_page(&desk.review(token)?.report, start, count, &search))
}

/// A file as text.
#[tauri::command(async)]
pub(crate) fn file_text(desk: State<'_, Desk>, token: u32, file: u64) -> Result<SourceView, CommandError> {
    let review = desk.review(token)?;
    let (path, bytes) = content(&review, file)?;
    Ok(present::file_text(&path, &bytes))
}

/// Where the frame finds the sender's page.
#[tauri::command(async)]
pub(crate) fn sender_page(desk: State<'_, Desk>, token: u32, file: u64) -> Result<SenderPageView, CommandError> {
    let review = desk.review(token)?;
    page_as_sent(&review, file)?;
    Ok(SenderPageView {
        path: present::visible(&row(&review, file)?.path),
        frame: evidence_scheme::address(token, file),
        note: "Written by the sender. Scripts, links and pictures were removed.".to_owned(),
    })
}

/// The sender's page as it was sent; an error for any other file, and for a page that is too large to be shown.
pub(crate) fn page_as_sent(review: &Review, file: u64) -> Result<Vec<u8>, CommandError> {
    let row = row(review, file)?;
    if !row.is_page() {
        return Err(not_there("page"));
    }
    let most = review.pack.within().summary_size;
    let fits = |size: u64| {
        (size <= most)
            .then_some(())
            .ok_or_else(|| refused(ReasonCode::LimitSummarySize, &row.path))
    };
    fits(row.size)?;
    let page = content(review, file)?.1;
    fits(u64::try_from(page.len()).unwrap_or(u64::MAX))?;
    Ok(page)
}

fn row(review: &Review, file: u64) -> Result<&evidence::FileRow, CommandError> {
    usize::try_from(file)
        .ok()
        .and_then(|file| review.report.files.get(file))
        .ok_or_else(|| not_there("file"))
}

fn content(review: &Review, file: u64) -> Result<(String, Vec<u8>), CommandError> {
    let path = &row(review, file)?.path;
    let index = review
        .pack
        .artifacts
        .iter()
        .position(|artifact| artifact.path == *path)
        .ok_or_else(|| not_there("file"))?;
    Ok((path.clone(), review.pack.read(index).or_fault()?.bytes))
}
