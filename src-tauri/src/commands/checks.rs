//! Every check, one opened, and how to repeat it by hand.

use evidence::keytext::read_key_text;
use evidence::{Exhibit, PublicKey, RecordPlace, Refusal};
use review::present::{self, CheckGroup, CheckSubject, Work};
use review::save::{Existing, save};
use review::view::{CheckDetailView, ChecksView, CommandError, ExportedView, WorkView};
use review::words;
use tauri::State;

use super::exports::place;
use crate::checking::Review;
use crate::desk::Desk;
use crate::dialogs;
use crate::fault::{IntoFault as _, fault, not_there};
use crate::station::Station;

/// Every check, grouped.
#[tauri::command(async)]
pub(crate) fn checks(desk: State<'_, Desk>, token: u32) -> Result<ChecksView, CommandError> {
    let review = desk.review(token)?;
    Ok(present::checks(&review.report, &review.groups))
}

/// One group opened at one of its subjects.
#[tauri::command(async)]
pub(crate) fn check_detail(
    desk: State<'_, Desk>,
    token: u32,
    key: String,
    position: u64,
) -> Result<CheckDetailView, CommandError> {
    let review = desk.review(token)?;
    let group = group(&review, &key)?;
    let subject = subject(&review, group, position)?;
    let exhibit = exhibit_of(&review, &subject)?;
    let mut view = present::check_detail(group, &subject, position, exhibit.as_ref());
    view.copy_sentence = review.workpaper(&view.copy_sentence);
    Ok(view)
}

/// How to repeat a check by hand.
#[tauri::command(async)]
pub(crate) fn show_work(
    desk: State<'_, Desk>,
    token: u32,
    key: String,
    position: u64,
) -> Result<WorkView, CommandError> {
    Ok(work(&desk, token, &key, position)?.view)
}

/// Saves the files to repeat a check by hand into a folder; nothing when the dialog is cancelled.
#[tauri::command]
pub(crate) async fn save_work(
    desk: State<'_, Desk>,
    station: State<'_, Station>,
    token: u32,
    key: String,
    position: u64,
) -> Result<Option<ExportedView>, CommandError> {
    let work = work(&desk, token, &key, position)?;
    let Some(folder) = dialogs::save_folder("Save the files of this check", &station.last_folder()).await else {
        return Ok(None);
    };
    desk.held(token)?.keep_out(&folder)?;
    let mut bytes = 0_u64;
    for (name, content) in &work.files {
        let saved = save(&folder.join(name), Existing::Keep, content).or_fault()?;
        bytes = bytes.saturating_add(saved.bytes);
    }
    let files = words::sentence::length(work.files.len());
    Ok(Some(ExportedView {
        file_name: folder.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        place: place(&folder),
        sentence: format!("{} written.", words::sentence::count(files, "file", "files")),
        rows: files,
        bytes,
        sha256: None,
    }))
}

fn work(desk: &Desk, token: u32, key: &str, position: u64) -> Result<Work, CommandError> {
    let review = desk.review(token)?;
    let subject = subject(&review, group(&review, key)?, position)?;
    let exhibit = exhibit_of(&review, &subject)?;
    present::work(&subject, exhibit.as_ref()).ok_or_else(|| {
        fault(
            "NO_WORK",
            "What was hashed or signed could not be put together again for this check.",
        )
    })
}

fn group<'r>(review: &'r Review, key: &str) -> Result<&'r CheckGroup, CommandError> {
    review
        .groups
        .iter()
        .find(|group| present::group_key(group.id, group.outcome, group.required) == key)
        .ok_or_else(|| not_there("group of checks"))
}

fn subject(review: &Review, group: &CheckGroup, position: u64) -> Result<CheckSubject, CommandError> {
    let subject = review.case_file.check_subject(group, position).or_fault()?;
    subject.ok_or_else(|| not_there("check"))
}

/// The record that a check is about, taken apart; none for a check of the pack, or when it cannot be read again.
fn exhibit_of(review: &Review, subject: &CheckSubject) -> Result<Option<Exhibit>, CommandError> {
    let Some(number) = subject.record else {
        return Ok(None);
    };
    let record = review.case_file.record(number).or_fault()?;
    Ok(record.and_then(|record| taken_apart(review, &record).ok()))
}

/// A record taken apart.
pub(crate) fn taken_apart(review: &Review, record: &evidence::Record) -> Result<Exhibit, Refusal> {
    let place = RecordPlace {
        ecosystem: record.ecosystem,
        source: record.source.clone(),
        attached: record.attached.clone(),
        keys: keys(review),
    };
    evidence::exhibit(&review.pack, &place)
}

/// The keys that signatures of this result were held against.
fn keys(review: &Review) -> Vec<PublicKey> {
    let seen = review.report.parts.iter().flat_map(|part| &part.keys);
    seen.filter_map(|key| read_key_text(key.public_key.as_deref()?).ok())
        .map(|read| read.key)
        .collect()
}
