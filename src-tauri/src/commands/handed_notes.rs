//! Review notes that somebody hands over.

use review::keybook_file::{ReviewerEntry, Supplied};
use review::note::verify::NoteTrust;
use review::present;
use review::view::{CommandError, HandedNoteView, KeyConfirmation, KeyProposal, OpenedView};
use tauri::State;

use super::keys::confirmed_how;
use crate::desk::{Desk, Via};
use crate::fault::{IntoFault as _, not_there};
use crate::station::Station;
use crate::{clock, dialogs};

/// Checks a note, as `sealcheck note verify` does; the pack is looked for among those that are open.
#[tauri::command(async)]
pub(crate) fn handed_note(
    desk: State<'_, Desk>,
    station: State<'_, Station>,
    token: u32,
) -> Result<HandedNoteView, CommandError> {
    let note = desk.handed_note(token)?;
    let trust = NoteTrust::of(&station.key_book()?, &Supplied::default());
    let (examined, at_hand) = note.check(&trust, &desk.digests())?;
    Ok(present::handed_note(token, &examined, at_hand))
}

/// Asks for the pack of a note in a native dialog; no packs when it is cancelled.
#[tauri::command]
pub(crate) async fn open_pack_of_note(
    desk: State<'_, Desk>,
    station: State<'_, Station>,
    token: u32,
    folder: bool,
) -> Result<OpenedView, CommandError> {
    let note = desk.handed_note(token)?;
    let start = note
        .path()
        .parent()
        .map_or_else(|| station.last_folder(), std::path::Path::to_owned);
    let paths = if folder {
        dialogs::evidence_folder(&start).await
    } else {
        dialogs::evidence_files(&start).await
    };
    let opened = desk.take_in(paths, Via::Dialog);
    note.put_beside(opened.packs.iter().map(|pack| pack.token));
    Ok(opened)
}

/// What the reviewer sees before confirming the key of somebody who signed off.
#[tauri::command(async)]
pub(crate) fn reviewer_proposal(
    desk: State<'_, Desk>,
    station: State<'_, Station>,
    token: u32,
    signer: u32,
) -> Result<KeyProposal, CommandError> {
    let signed = desk.handed_note(token)?.signed(signer)?;
    let confirmed_by = station.name();
    present::reviewer_proposal(signer, &signed, &confirmed_by).ok_or_else(|| not_there("signature"))
}

/// Adds the key of somebody who signed off to the key book, as confirmed by the reviewer.
#[tauri::command(async)]
pub(crate) fn confirm_reviewer(
    desk: State<'_, Desk>,
    station: State<'_, Station>,
    token: u32,
    signer: u32,
    confirmation: KeyConfirmation,
) -> Result<(), CommandError> {
    let note = desk.handed_note(token)?;
    let signature = note.signed(signer)?.signature.ok_or_else(|| not_there("signature"))?;
    let entry = ReviewerEntry {
        name: confirmation.issuer.clone(),
        public_key: signature.public_key,
        source: format!("review note {}", note.name()),
        confirmed_by: confirmation.confirmed_by.clone(),
        confirmed_how: confirmed_how(&confirmation)?,
        confirmed_at: clock::now(),
        valid_from: None,
        valid_to: None,
        revoked_at: None,
        revoked_reason: None,
    };
    station.change_key_book(|book| book.add_reviewer(entry, &confirmation.last_characters).or_fault())?;
    Ok(())
}
