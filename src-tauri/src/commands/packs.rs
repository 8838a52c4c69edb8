//! Records that are handed over: as a pack of their own, or as their exact bytes.

use std::path::Path;

use evidence::Progress;
use review::case_file::Field;
use review::pack::{Choice, ExactBytes, Form, Order, Origin, Packed, exact_file_name, pack};
use review::present;
use review::save::{Existing, save};
use review::view::{CommandError, ExportedView, HandOverView, RecordQuery};
use tauri::State;
use tauri::async_runtime::spawn_blocking;

use super::exports::place;
use super::records::record_of;
use crate::checking::Review;
use crate::desk::Desk;
use crate::fault::{IntoFault as _, fault};
use crate::station::Station;
use crate::{clock, dialogs};

/// What would be written: of one record, or of the rows that a query shows; `exact` asks for a record's bytes alone.
#[tauri::command(async)]
pub(crate) fn pack_offer(
    desk: State<'_, Desk>,
    token: u32,
    query: RecordQuery,
    record: Option<u64>,
    exact: bool,
) -> Result<HandOverView, CommandError> {
    let review = desk.review(token)?;
    match record {
        Some(number) if exact => {
            let name = exact_file_name(&record_of(&review, number)?);
            Ok(present::exact_offer(&review.report, number, name))
        }
        Some(number) => Ok(present::pack_offer(&review.report, 1, Some(number))),
        None => {
            let chosen = review.case_file.numbers(&query).or_fault()?.len();
            let chosen = u64::try_from(chosen).unwrap_or(u64::MAX);
            Ok(present::pack_offer(&review.report, chosen, None))
        }
    }
}

/// Writes records as a pack; nothing when the dialog is cancelled.
#[tauri::command]
pub(crate) async fn save_pack(
    desk: State<'_, Desk>,
    station: State<'_, Station>,
    token: u32,
    query: RecordQuery,
    record: Option<u64>,
) -> Result<Option<ExportedView>, CommandError> {
    let (held, review) = (desk.held(token)?, desk.review(token)?);
    let chosen = chosen(&review, &query, record)?;
    let offer = present::pack_offer(&review.report, chosen.count, record);
    if !offer.unavailable.is_empty() {
        return Err(fault("EXPORT_UNAVAILABLE", offer.unavailable));
    }
    let Some(path) = dialogs::save("Save as a pack", &station.last_folder(), &offer.file_name).await else {
        return Ok(None);
    };
    held.keep_out(&path)?;
    let by = station.name();
    let written = spawn_blocking(move || write(&review, &chosen, &path, &by)).await;
    written
        .map_err(|_| fault("INTERNAL", "The export ended by a fault of this program."))?
        .map(|packed| Some(told(&packed)))
}

/// Writes the exact bytes of one record; nothing when the dialog is cancelled.
#[tauri::command]
pub(crate) async fn save_exact(
    desk: State<'_, Desk>,
    station: State<'_, Station>,
    token: u32,
    record: u64,
) -> Result<Option<ExportedView>, CommandError> {
    let (held, review) = (desk.held(token)?, desk.review(token)?);
    let found = record_of(&review, record)?;
    let name = exact_file_name(&found);
    let exact = spawn_blocking({
        let review = std::sync::Arc::clone(&review);
        move || ExactBytes::of(&review.pack).cut(&found)
    });
    let exact = exact.await;
    let exact = exact
        .map_err(|_| fault("INTERNAL", "The export ended by a fault of this program."))?
        .or_fault()?;
    let Some(path) = dialogs::save("Save exact bytes", &station.last_folder(), &name).await else {
        return Ok(None);
    };
    held.keep_out(&path)?;
    let saved = save(&path, Existing::Replace, &exact.bytes).or_fault()?;
    Ok(Some(ExportedView {
        file_name: file_name(&saved.path),
        place: place(&saved.path),
        sentence: present::exact_sentence(&review.report),
        rows: 1,
        bytes: saved.bytes,
        sha256: Some(saved.sha256.to_hex()),
    }))
}

/// The records that were chosen, by their numbers.
struct Chosen {
    /// By place, from the first record.
    places: Vec<bool>,
    count: u64,
    words: String,
}

fn chosen(review: &Review, query: &RecordQuery, record: Option<u64>) -> Result<Chosen, CommandError> {
    let numbers = match record {
        Some(number) => std::sync::Arc::new(vec![number]),
        None => review.case_file.numbers(query).or_fault()?,
    };
    let records = usize::try_from(review.case_file.record_count()).unwrap_or(usize::MAX);
    let mut places = vec![false; records];
    for number in numbers.iter() {
        let at = usize::try_from(number.saturating_sub(1)).unwrap_or(usize::MAX);
        if let Some(place) = places.get_mut(at) {
            *place = true;
        }
    }
    let value = |column: &str, id: u32| {
        let field: Field = column.parse().ok()?;
        let values = review.case_file.values(field);
        values
            .into_iter()
            .find(|value| value.id == id)
            .map(|value| value.text.to_string())
    };
    Ok(Chosen {
        count: u64::try_from(places.iter().filter(|chosen| **chosen).count()).unwrap_or(u64::MAX),
        places,
        words: match record {
            Some(number) => format!("record {number} of the pack"),
            None => present::query_in_words(query, value),
        },
    })
}

/// Writes the pack, handed over by the person of that name, if it is known.
fn write(review: &Review, chosen: &Chosen, path: &Path, by: &str) -> Result<Packed, CommandError> {
    let mut choice = Choice::default();
    let mut places = chosen.places.iter().copied();
    let taken = review.case_file.each_record(|_, record| {
        choice.take(&record, places.next().unwrap_or(false));
        Ok::<(), review::case_file::CaseError>(())
    });
    taken.or_fault()?;
    let origin = Origin {
        pack: &review.pack,
        report: &review.report,
        choice: &choice,
    };
    let order = Order {
        target: path,
        existing: Existing::Replace,
        form: Form::Zip,
        exported_at: &clock::now(),
        exported_by: if by.is_empty() { "not stated" } else { by },
        selection: &chosen.words,
        book: &review.book,
        policy: &review.report.policy,
    };
    pack(&[origin], &order, &Progress::default()).or_fault()
}

fn told(packed: &Packed) -> ExportedView {
    ExportedView {
        file_name: file_name(&packed.path),
        place: place(&packed.path),
        sentence: present::packed_sentence(packed),
        rows: packed.records,
        bytes: packed.bytes,
        sha256: Some(packed.sha256.to_hex()),
    }
}

pub(super) fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
