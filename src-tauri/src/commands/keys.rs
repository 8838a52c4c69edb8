//! Keys of a pack, and the reviewer's key book.

use std::io::Read as _;
use std::path::Path;

use evidence::{Ecosystem, EcosystemName, KeyEntry, KeySeen};
use review::keybook_file::{AuthorityEntry, KeyBookFile, WAYS, root_certificate, suggestions};
use review::present;
use review::save::{Existing, save};
use review::view::{CommandError, ExportedView, KeyBookView, KeyConfirmation, KeyProposal, KeysView};
use review::words::sentence;
use tauri::State;

use crate::desk::{Desk, Via};
use crate::fault::{IntoFault as _, fault, not_there};
use crate::station::Station;
use crate::{clock, dialogs, key_book_view};

/// Keys and nodes of a pack.
#[tauri::command(async)]
pub(crate) fn keys(desk: State<'_, Desk>, token: u32) -> Result<KeysView, CommandError> {
    let review = desk.review(token)?;
    Ok(present::keys(&review.report, &review.context()))
}

/// What the reviewer sees before confirming a key.
#[tauri::command(async)]
pub(crate) fn key_proposal(
    desk: State<'_, Desk>,
    station: State<'_, Station>,
    token: u32,
    key: u64,
) -> Result<KeyProposal, CommandError> {
    let review = desk.review(token)?;
    present::key_proposal(&review.report, key, &last_person(&station.key_book()?))
        .ok_or_else(|| fault("KEY_NOT_CONFIRMABLE", "This key cannot be added to the key book."))
}

/// Adds a key of a pack to the key book, as the reviewer's deliberate act; the key of a sample counts for the sample alone.
#[tauri::command(async)]
pub(crate) fn confirm_key(
    desk: State<'_, Desk>,
    station: State<'_, Station>,
    token: u32,
    key: u64,
    confirmation: KeyConfirmation,
) -> Result<(), CommandError> {
    let review = desk.review(token)?;
    let seen = present::key_at(&review.report, key).ok_or_else(|| not_there("key"))?;
    let entry = entry_of(seen, &review.report.input.name, &confirmation)?;
    let held = desk.held(token)?;
    if held.via == Via::Sample {
        return held.tried().add(entry, &confirmation.last_characters).or_fault();
    }
    station.change_key_book(|book| book.add(entry, &confirmation.last_characters).or_fault())?;
    Ok(())
}

/// The reviewer's key book.
#[tauri::command(async)]
pub(crate) fn key_book(station: State<'_, Station>) -> Result<KeyBookView, CommandError> {
    Ok(shown(&station, &station.key_book()?))
}

/// Takes a key out of the key book.
#[tauri::command(async)]
pub(crate) fn remove_key(station: State<'_, Station>, index: u32) -> Result<KeyBookView, CommandError> {
    let index = usize::try_from(index).unwrap_or(usize::MAX);
    let book = station.change_key_book(|book| book.remove(index).map(drop).or_fault())?;
    Ok(shown(&station, &book))
}

/// Adds a published key to the key book once the reviewer has confirmed it.
#[tauri::command(async)]
pub(crate) fn confirm_suggestion(
    station: State<'_, Station>,
    index: u32,
    confirmation: KeyConfirmation,
) -> Result<KeyBookView, CommandError> {
    let suggestion = usize::try_from(index)
        .ok()
        .and_then(|index| suggestions().into_iter().nth(index))
        .ok_or_else(|| not_there("published key"))?;
    let how = confirmed_how(&confirmation)?;
    let mut entry = suggestion.confirmed(&confirmation.confirmed_by, &how, &clock::now());
    entry.issuer.clone_from(&confirmation.issuer);
    let book = station.change_key_book(|book| book.add(entry, &confirmation.last_characters).or_fault())?;
    Ok(shown(&station, &book))
}

/// The largest file that is read as a certificate.
const CERTIFICATE_BYTES: u64 = 64 << 10;

/// Asks for the root certificate of a time-stamp authority, and shows what it is; nothing when the dialog is cancelled.
#[tauri::command]
pub(crate) async fn propose_authority(station: State<'_, Station>) -> Result<Option<KeyProposal>, CommandError> {
    let Some(path) = dialogs::file("Import a root certificate", &station.last_folder()).await else {
        return Ok(None);
    };
    let bytes = certificate_bytes(&path).map_err(|error| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        fault(
            "KEY_FILE_UNREADABLE",
            format!("{name} could not be read: {error}. Choose another file."),
        )
    })?;
    let root = root_certificate(&bytes).or_fault()?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let proposal = key_book_view::root_proposal(&root, &name, &last_person(&station.key_book()?));
    station.propose(root, name.into_owned());
    Ok(Some(proposal))
}

fn certificate_bytes(path: &Path) -> std::io::Result<Vec<u8>> {
    if !path.is_file() {
        return Err(std::io::Error::other("it is not a file"));
    }
    let mut bytes = Vec::new();
    std::fs::File::open(path)?
        .take(CERTIFICATE_BYTES)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Adds the root that was shown last, once the reviewer has confirmed it.
#[tauri::command(async)]
pub(crate) fn confirm_authority(
    station: State<'_, Station>,
    confirmation: KeyConfirmation,
) -> Result<KeyBookView, CommandError> {
    let (certificate, source) = station.proposed().ok_or_else(|| not_there("certificate"))?;
    let entry = AuthorityEntry {
        name: confirmation.issuer.clone(),
        certificate,
        source,
        confirmed_by: confirmation.confirmed_by.clone(),
        confirmed_how: confirmed_how(&confirmation)?,
        confirmed_at: clock::now(),
    };
    let book = station.change_key_book(|book| book.add_authority(entry, &confirmation.last_characters).or_fault())?;
    Ok(shown(&station, &book))
}

/// Takes the root of a time-stamp authority out of the key book.
#[tauri::command(async)]
pub(crate) fn remove_authority(station: State<'_, Station>, index: u32) -> Result<KeyBookView, CommandError> {
    let index = usize::try_from(index).unwrap_or(usize::MAX);
    let book = station.change_key_book(|book| book.remove_authority(index).map(drop).or_fault())?;
    Ok(shown(&station, &book))
}

/// The name that confirmed the last key, to start from.
fn last_person(book: &KeyBookFile) -> String {
    let last = book.entries().last().map(|entry| entry.confirmed_by.clone());
    last.unwrap_or_default()
}

/// Adds the entries of a key book file; nothing when the dialog is cancelled.
#[tauri::command]
pub(crate) async fn import_key_book(station: State<'_, Station>) -> Result<Option<KeyBookView>, CommandError> {
    let Some(path) = dialogs::file("Import a key book", &station.last_folder()).await else {
        return Ok(None);
    };
    if !path.is_file() {
        return Err(fault(
            "KEY_FILE_UNREADABLE",
            "This is not a file. Choose a key book file.",
        ));
    }
    let other = KeyBookFile::load(&path).or_fault()?;
    let book = station.change_key_book(|book| {
        book.import(other);
        Ok(())
    })?;
    Ok(Some(shown(&station, &book)))
}

/// Writes the key book to a file of its own; nothing when the dialog is cancelled.
#[tauri::command]
pub(crate) async fn export_key_book(station: State<'_, Station>) -> Result<Option<ExportedView>, CommandError> {
    let book = station.key_book()?;
    let Some(path) = dialogs::save("Save key book", &station.last_folder(), "keybook.json").await else {
        return Ok(None);
    };
    let saved = save(&path, Existing::Replace, &book.to_bytes()).or_fault()?;
    let keys = sentence::length(book.entries().len());
    Ok(Some(ExportedView {
        file_name: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        place: super::exports::place(&path),
        sentence: format!("{} written.", sentence::count(keys, "key", "keys")),
        rows: keys,
        bytes: saved.bytes,
        sha256: Some(saved.sha256.to_hex()),
    }))
}

fn shown(station: &Station, book: &KeyBookFile) -> KeyBookView {
    key_book_view::key_book(book, &station.places.key_book())
}

/// The entry that a confirmation makes of a key that came with a pack.
fn entry_of(seen: &KeySeen, pack: &str, confirmation: &KeyConfirmation) -> Result<KeyEntry, CommandError> {
    let text = seen.public_key.as_deref().ok_or_else(|| {
        fault(
            "KEY_NOT_CONFIRMABLE",
            "The text of this key could not be read, so there is nothing to confirm.",
        )
    })?;
    let read = evidence::keytext::read_key_text(text).map_err(|code| crate::fault::refused(code, pack))?;
    Ok(KeyEntry {
        issuer: confirmation.issuer.clone(),
        ecosystem: match seen.ecosystem {
            Ecosystem::NexArt => EcosystemName::NexArt,
            Ecosystem::Keel => EcosystemName::Keel,
            Ecosystem::Invoance => EcosystemName::Invoance,
        },
        key_id: seen.key_id.clone(),
        algorithm: "Ed25519".to_owned(),
        public_key: read.key,
        signs_for: seen.signs_for.iter().cloned().collect(),
        purpose: None,
        source: format!("pack {pack}"),
        confirmed_by: confirmation.confirmed_by.clone(),
        confirmed_how: confirmed_how(confirmation)?,
        confirmed_at: clock::now(),
        valid_from: seen.valid_from.clone(),
        valid_to: seen.valid_to.clone(),
        revoked_at: None,
        revoked_reason: None,
    })
}

/// The way of confirming and the reviewer's words about it, as the key book keeps them.
pub(super) fn confirmed_how(confirmation: &KeyConfirmation) -> Result<String, CommandError> {
    if !WAYS.iter().any(|(id, _)| *id == confirmation.way) {
        return Err(fault("FIELD_MISSING", "State how you confirmed the key."));
    }
    let detail = confirmation.detail.trim();
    Ok(if detail.is_empty() {
        confirmation.way.clone()
    } else {
        format!("{}: {detail}", confirmation.way)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn confirmation(way: &str, detail: &str) -> KeyConfirmation {
        KeyConfirmation {
            issuer: "Node".to_owned(),
            confirmed_by: "R".to_owned(),
            way: way.to_owned(),
            detail: detail.to_owned(),
            last_characters: String::new(),
        }
    }

    #[test]
    fn the_way_of_confirming_is_kept_with_the_reviewers_words() {
        assert_eq!(
            confirmed_how(&confirmation("phone", " Ms Berg ")).unwrap(),
            "phone: Ms Berg"
        );
        assert_eq!(confirmed_how(&confirmation("phone", "")).unwrap(), "phone");
    }

    #[test]
    fn a_way_that_is_not_offered_is_refused() {
        assert_eq!(
            confirmed_how(&confirmation("trust me", "")).unwrap_err().code,
            "FIELD_MISSING"
        );
    }
}
