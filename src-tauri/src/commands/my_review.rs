//! *My review*: a firm's own checklist, the records of a sample, the finished note.

use std::io::Read as _;
use std::path::Path;

use review::note::checklist::Template;
use review::note::{Action, Ledger};
use review::present;
use review::save::{Existing, SaveError};
use review::view::{CommandError, ExportedView, NoteView, SamplePage};
use review::words::sentence::{count, first_lower, first_upper, length};
use review::{export, words};
use tauri::State;
use tauri::async_runtime::spawn_blocking;

use super::exports::written;
use super::note::{act_on, shown};
use crate::checking::Review;
use crate::desk::{Desk, Held};
use crate::dialogs;
use crate::fault::{IntoFault as _, fault};
use crate::station::Station;

/// Chooses a checklist from a file; nothing when the dialog is cancelled.
#[tauri::command]
pub(crate) async fn import_checklist(
    desk: State<'_, Desk>,
    station: State<'_, Station>,
    token: u32,
) -> Result<Option<NoteView>, CommandError> {
    let review = desk.review(token)?;
    let Some(path) = dialogs::file("Import a checklist", &station.last_folder()).await else {
        return Ok(None);
    };
    let template = Template::parse(&small_file(&path)?)
        .map_err(|error| fault("CHECKLIST_MALFORMED", format!("{}.", first_upper(&error.to_string()))))?;
    act_on(&review, &station, Action::ChecklistChosen { template }, None)?;
    Ok(Some(shown(&review, &station)))
}

/// A checklist is read by people: a file of more bytes is something else.
fn small_file(path: &Path) -> Result<Vec<u8>, CommandError> {
    const LARGEST: u64 = 4 << 20;
    let mut bytes = Vec::new();
    std::fs::File::open(path)
        .and_then(|file| file.take(LARGEST).read_to_end(&mut bytes))
        .map_err(|error| fault("IO_READ_FAILED", format!("The file could not be read: {error}.")))?;
    Ok(bytes)
}

/// A page of the records of the sample.
#[tauri::command(async)]
pub(crate) fn sample_page(
    desk: State<'_, Desk>,
    token: u32,
    start: u64,
    count: u32,
) -> Result<SamplePage, CommandError> {
    let review = desk.review(token)?;
    let note = review.noted().review();
    let selected = note.sample.as_ref().map(|sample| &sample.selected);
    let numbers = selected.into_iter().flat_map(|selected| selected.iter());
    let skip = usize::try_from(start).unwrap_or(usize::MAX);
    let take = usize::try_from(count).unwrap_or(usize::MAX);
    let mut rows = Vec::new();
    for number in numbers.skip(skip).take(take) {
        let record = review.case().record(number).or_fault()?;
        rows.push(present::sample_row(&note, number, &record));
    }
    Ok(SamplePage {
        size: note.sample.as_ref().map_or(0, |sample| sample.size),
        start,
        rows,
    })
}

/// Writes the finished note; nothing when the dialog is cancelled.
#[tauri::command]
pub(crate) async fn save_note(
    desk: State<'_, Desk>,
    station: State<'_, Station>,
    token: u32,
) -> Result<Option<ExportedView>, CommandError> {
    let (held, review) = (desk.held(token)?, desk.review(token)?);
    let ledger = review
        .noted()
        .note()
        .map(|note| note.ledger().clone())
        .unwrap_or_default();
    if ledger.last().is_none() {
        return Err(fault("NOTE_EMPTY", "There is nothing in the note yet."));
    }
    let name = present::note_file_name(&review.report.input.name);
    let Some(path) = dialogs::save("Save finished note", &station.last_folder(), &name).await else {
        return Ok(None);
    };
    let saved = spawn_blocking(move || write(&held, &review, &ledger, &path)).await;
    saved
        .map_err(|_| fault("INTERNAL", "The note was not written by a fault of this program."))?
        .map(Some)
}

fn write(held: &Held, review: &Review, ledger: &Ledger, path: &Path) -> Result<ExportedView, CommandError> {
    held.keep_out(path)?;
    let spool = review.spool().map_err(|source| SaveError::Io {
        path: path.to_owned(),
        source,
    });
    let spool = spool.or_fault()?;
    let mut session = review.session.clone();
    session.remarks = spool.clock_remarks(&session.finished_at);
    let (saved, stale) =
        export::save_note(path, Existing::Replace, &review.report, spool, &session, ledger).or_fault()?;
    let note = ledger.review();
    let mut sentence = format!(
        "Version {}, {}, with {}.",
        note.version,
        first_lower(words::note::status(note.status).word),
        count(length(ledger.entries().len()), "entry", "entries")
    );
    if !stale.is_empty() {
        sentence.push_str(&format!(
            " It will not verify: {} signed off another result. Open the note again and sign off this one.",
            stale
                .iter()
                .map(|name| present::visible(name))
                .collect::<Vec<_>>()
                .join(", ")
        ));
    }
    Ok(written(&saved, 1, sentence))
}
