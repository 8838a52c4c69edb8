//! The reviewer's note: shown, changed, and kept while it is typed.

use review::note::{Action, Draft, Note, NoteError, Stamp};
use review::present;
use review::view::{Act, CommandError, HistoryView, NoteSubject, NoteTarget, NoteView};
use tauri::State;

use crate::checking::Review;
use crate::clock;
use crate::desk::Desk;
use crate::fault::IntoFault as _;
use crate::station::Station;

/// The note, whole.
#[tauri::command(async)]
pub(crate) fn note(desk: State<'_, Desk>, station: State<'_, Station>, token: u32) -> Result<NoteView, CommandError> {
    Ok(shown(&*desk.review(token)?, &station))
}

/// What the reader has before her, as the note calls it.
#[tauri::command(async)]
pub(crate) fn note_subject(desk: State<'_, Desk>, token: u32, target: NoteTarget) -> Result<NoteSubject, CommandError> {
    let review = desk.review(token)?;
    let noted = review.noted();
    present::note_subject(&review.case(), noted.note(), &target).or_fault()
}

/// Does something to the note; it is on the disk when this returns. `draft` names the draft it came from.
#[tauri::command(async)]
pub(crate) fn note_act(
    desk: State<'_, Desk>,
    station: State<'_, Station>,
    token: u32,
    act: Act,
    draft: Option<String>,
) -> Result<NoteView, CommandError> {
    let review = desk.review(token)?;
    let action = review.case().action(act, &review.noted().review()).or_fault()?;
    act_on(&review, &station, action, draft.as_deref())?;
    Ok(shown(&review, &station))
}

/// Keeps what is being typed; it is on the disk when this returns.
#[tauri::command(async)]
pub(crate) fn note_draft(desk: State<'_, Desk>, token: u32, place: String, text: String) -> Result<(), CommandError> {
    let draft = Draft {
        place,
        text,
        at: clock::now(),
    };
    desk.review(token)?.noted().change(|note| note.keep_draft(&draft))
}

/// Takes the last note, tag or decision back.
#[tauri::command(async)]
pub(crate) fn note_undo(
    desk: State<'_, Desk>,
    station: State<'_, Station>,
    token: u32,
) -> Result<NoteView, CommandError> {
    let review = desk.review(token)?;
    change(&review, &station, |note, stamp| note.undo(stamp).map(|_| ()))?;
    Ok(shown(&review, &station))
}

/// Brings back what was last taken back.
#[tauri::command(async)]
pub(crate) fn note_redo(
    desk: State<'_, Desk>,
    station: State<'_, Station>,
    token: u32,
) -> Result<NoteView, CommandError> {
    let review = desk.review(token)?;
    change(&review, &station, |note, stamp| note.redo(stamp).map(|_| ()))?;
    Ok(shown(&review, &station))
}

/// The history, checked anew.
#[tauri::command(async)]
pub(crate) fn note_history(desk: State<'_, Desk>, token: u32) -> Result<HistoryView, CommandError> {
    let review = desk.review(token)?;
    let noted = review.noted();
    let note = noted.note().ok_or_else(|| noted.absent())?;
    Ok(present::history(note))
}

/// Keeps the person's name, which stands beside each act from now on.
#[tauri::command(async)]
pub(crate) fn set_name(station: State<'_, Station>, name: String) -> Result<String, CommandError> {
    station.set_name(&name)
}

/// Does something to the note in the name of the person; it is on the disk when this returns.
pub(crate) fn act_on(
    review: &Review,
    station: &Station,
    action: Action,
    draft: Option<&str>,
) -> Result<(), CommandError> {
    change(review, station, |note, stamp| {
        note.act(stamp, action, draft).map(|_| ())
    })
}

/// Changes the note in the name of the person, now.
fn change(
    review: &Review,
    station: &Station,
    change: impl FnOnce(&mut Note, Stamp<'_>) -> Result<(), NoteError>,
) -> Result<(), CommandError> {
    let (name, at) = (station.name(), clock::now());
    let stamp = Stamp { actor: &name, at: &at };
    review.change_note(|note| change(note, stamp))
}

/// The note as the page is shown it.
pub(crate) fn shown(review: &Review, station: &Station) -> NoteView {
    let noted = review.noted();
    present::note(&review.case(), noted.note(), noted.surroundings(station.name()))
}
