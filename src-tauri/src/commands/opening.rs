//! Bringing packs in and letting go of them.

use std::path::{Path, PathBuf};

use review::samples::{self, SAMPLES, Sample};
use review::view::{CommandError, OpenedView, RecentView, SampleView, StartView};
use review::{present, words};
use tauri::State;

use crate::desk::{Desk, Via};
use crate::dialogs;
use crate::fault::{IntoFault as _, fault};
use crate::station::Station;

/// What the first screen shows.
#[tauri::command(async)]
pub(crate) fn start(station: State<'_, Station>) -> StartView {
    first_screen(&station)
}

/// Packs that came in before the page listened.
#[tauri::command]
pub(crate) fn pending(desk: State<'_, Desk>) -> OpenedView {
    desk.hand_over()
}

/// Asks for evidence in a native dialog; no packs when it is cancelled.
#[tauri::command]
pub(crate) async fn open_dialog(
    desk: State<'_, Desk>,
    station: State<'_, Station>,
    folder: bool,
) -> Result<OpenedView, CommandError> {
    let start = station.last_folder();
    let paths = if folder {
        dialogs::evidence_folder(&start).await
    } else {
        dialogs::evidence_files(&start).await
    };
    Ok(desk.take_in(paths, Via::Dialog))
}

/// Opens a built-in sample.
#[tauri::command(async)]
pub(crate) fn open_sample(
    desk: State<'_, Desk>,
    station: State<'_, Station>,
    id: String,
) -> Result<OpenedView, CommandError> {
    let path = sample_file(&station, &id)?;
    Ok(desk.take_in(vec![path], Via::Sample))
}

/// Opens a recent review again.
#[tauri::command(async)]
pub(crate) fn open_recent(
    desk: State<'_, Desk>,
    station: State<'_, Station>,
    index: u32,
) -> Result<OpenedView, CommandError> {
    let paths = usize::try_from(index)
        .ok()
        .and_then(|index| {
            station
                .recents()
                .entries()
                .get(index)
                .map(|recent| recent.paths.clone())
        })
        .ok_or_else(|| fault("NO_SUCH_RECENT", "This review is no longer in the list."))?;
    Ok(OpenedView {
        packs: vec![desk.take_in_whole(paths, Via::Recent)],
        notes: Vec::new(),
    })
}

/// Turns remembering of recent reviews on or off; off forgets them.
#[tauri::command(async)]
pub(crate) fn keep_recents(station: State<'_, Station>, keep: bool) -> Result<StartView, CommandError> {
    station.keep_recents(keep)?;
    Ok(first_screen(&station))
}

/// Lets go of a pack or a note.
#[tauri::command(async)]
pub(crate) fn close(desk: State<'_, Desk>, token: u32) {
    desk.close(token);
}

/// The file of a built-in sample, written where anything may be deleted at any time.
pub(crate) fn sample_file(station: &Station, id: &str) -> Result<PathBuf, CommandError> {
    let sample = samples::by_id(id).ok_or_else(|| fault("NO_SUCH_SAMPLE", "There is no sample of that name."))?;
    sample.write_to(&station.places.samples()).or_fault()
}

fn first_screen(station: &Station) -> StartView {
    let recents = station.recents();
    StartView {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        rules: evidence::RULES.to_owned(),
        key_book: match station.key_book() {
            Ok(book) => present_keys(&book.name, book.entries().len()),
            Err(error) => error.message,
        },
        recents: (0..).zip(recents.entries()).map(recent_view).collect(),
        recents_kept: recents.keep,
        samples: SAMPLES.iter().map(sample_view).collect(),
    }
}

fn present_keys(name: &str, keys: usize) -> String {
    let keys = words::sentence::count(words::sentence::length(keys), "key", "keys");
    format!("{}, {keys}", present::visible(name))
}

fn recent_view((index, recent): (u32, &review::recents::Recent)) -> RecentView {
    let first = recent.paths.first();
    let place = first.and_then(|path| path.parent()).unwrap_or(Path::new(""));
    RecentView {
        index,
        name: present::visible(&recent.name),
        place: present::visible(&place.to_string_lossy()),
        verdict: present::verdict_view(recent.verdict()),
        word: words::verdict(recent.verdict()).to_owned(),
        when: present::time_to_the_second(&recent.when),
        hint: present::local_time(&recent.when),
        present: recent.paths.iter().all(|path| path.exists()),
    }
}

fn sample_view(sample: &Sample) -> SampleView {
    SampleView {
        id: sample.id.to_owned(),
        name: sample.name.to_owned(),
        about: sample.about.to_owned(),
        verdict: present::verdict_view(sample.verdict),
    }
}
