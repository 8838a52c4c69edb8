//! Every artifact of the pack, as text, and the sender's page in its frame.

use review::present;
use review::view::{CommandError, FilePage, FilesView, SenderPageView, SourceView};
use tauri::State;

use crate::checking::Review;
use crate::desk::Desk;
use crate::evidence_scheme;
use crate::fault::{IntoFault as _, not_there};

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
    let path = &row(&review, file)?.path;
    if !is_page(path) {
        return Err(not_there("page"));
    }
    Ok(SenderPageView {
        path: present::visible(path),
        frame: evidence_scheme::address(token, file),
        note: "Written by the sender. Scripts, links and pictures were removed.".to_owned(),
    })
}

/// The sender's page as it was sent; an error for any other file.
pub(crate) fn page_as_sent(review: &Review, file: u64) -> Result<Vec<u8>, CommandError> {
    if !is_page(&row(review, file)?.path) {
        return Err(not_there("page"));
    }
    Ok(content(review, file)?.1)
}

fn is_page(path: &str) -> bool {
    let lower = path.to_lowercase();
    lower.ends_with(".html") || lower.ends_with(".htm")
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
