//! Signing off, with a typed name and, if the person wants, with a key of her own.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use review::note::key::{ReviewerKey, public_pem};
use review::note::{Role, SignOffForm, Stamp};
use review::save::{Draft, Existing, save};
use review::view::{CommandError, NoteView, SigningKeyView};
use review::words;
use tauri::State;
use tauri::async_runtime::spawn_blocking;
use zeroize::Zeroizing;

use super::note::shown;
use crate::checking::Review;
use crate::desk::{Desk, Held};
use crate::fault::{IntoFault as _, fault};
use crate::signing_key::{self, PickedKey, key_fault};
use crate::station::Station;
use crate::{clock, dialogs};

/// Asks for a key file; nothing when the dialog is cancelled.
#[tauri::command]
pub(crate) async fn pick_key(
    station: State<'_, Station>,
    picked: State<'_, PickedKey>,
) -> Result<Option<SigningKeyView>, CommandError> {
    let Some(path) = dialogs::file("Choose your key file", &station.last_folder()).await else {
        return Ok(None);
    };
    let view = signing_key::look(&path, "")?;
    picked.set(Some(path));
    Ok(Some(view))
}

/// Opens the picked key with its passphrase to show its fingerprint; the key is not kept.
#[tauri::command]
pub(crate) async fn open_key(picked: State<'_, PickedKey>, passphrase: String) -> Result<SigningKeyView, CommandError> {
    let (path, passphrase) = (picked.path()?, Zeroizing::new(passphrase));
    spawn_blocking(move || signing_key::look(&path, &passphrase))
        .await
        .map_err(|_| fault("INTERNAL", "The key was not opened by a fault of this program."))?
}

/// Lets go of the picked key.
#[tauri::command]
pub(crate) fn drop_key(picked: State<'_, PickedKey>) {
    picked.set(None);
}

/// Makes a key under a passphrase and saves it where the dialog says; nothing when that is cancelled.
#[tauri::command]
pub(crate) async fn create_key(
    desk: State<'_, Desk>,
    station: State<'_, Station>,
    picked: State<'_, PickedKey>,
    token: u32,
    passphrase: String,
    again: String,
) -> Result<Option<SigningKeyView>, CommandError> {
    let (passphrase, again) = (Zeroizing::new(passphrase), Zeroizing::new(again));
    if *passphrase != *again {
        return Err(fault(
            "PASSPHRASES_DIFFER",
            "The two passphrases differ. Type the same one twice.",
        ));
    }
    let held = desk.held(token)?;
    let made = spawn_blocking(move || ReviewerKey::create(&passphrase)).await;
    let (key, text) = made
        .map_err(|_| fault("INTERNAL", "The key was not made by a fault of this program."))?
        .map_err(key_fault)?;
    let Some(path) = dialogs::save("Save your new key", &station.last_folder(), "sealcheck-key.pem").await else {
        return Ok(None);
    };
    let view = keep(&held, &path, &key, &text)?;
    picked.set(Some(path));
    Ok(Some(view))
}

/// Writes both halves: the private one for its owner's eyes alone. A file that is there already stays.
fn keep(held: &Held, path: &Path, key: &ReviewerKey, text: &str) -> Result<SigningKeyView, CommandError> {
    let public = key.public().map_err(key_fault)?;
    let public_path = public_path(path);
    held.keep_out(path)?;
    let mut draft = Draft::private(path).or_fault()?;
    draft
        .write_all(text.as_bytes())
        .map_err(|source| draft.error(source))
        .or_fault()?;
    draft.keep(Existing::Keep).or_fault()?;
    save(&public_path, Existing::Keep, public_pem(&public).as_bytes()).or_fault()?;
    let mut view = signing_key::look(path, "")?;
    view.locked = false;
    view.fingerprint = Some(public.fingerprint().to_hex());
    view.public_name = review::present::visible(&public_path.file_name().unwrap_or_default().to_string_lossy());
    Ok(view)
}

/// `key.pub.pem` beside `key.pem`.
fn public_path(path: &Path) -> PathBuf {
    path.with_extension("pub.pem")
}

/// Signs off over everything done so far and the result as it stands; the picked key is used once and let go of.
#[tauri::command]
#[expect(
    clippy::too_many_arguments,
    reason = "each is a field of the form that the person fills in"
)]
pub(crate) async fn sign_off(
    desk: State<'_, Desk>,
    station: State<'_, Station>,
    picked: State<'_, PickedKey>,
    token: u32,
    role: Role,
    name: String,
    title: String,
    with_key: bool,
    passphrase: String,
) -> Result<NoteView, CommandError> {
    let review = desk.review(token)?;
    let passphrase = Zeroizing::new(passphrase);
    let key_file = with_key.then(|| picked.path()).transpose()?;
    let form = SignOffForm {
        role,
        name: name.trim().to_owned(),
        title: title.trim().to_owned(),
        statement: words::statement_of(role).to_owned(),
    };
    let signed = Arc::clone(&review);
    spawn_blocking(move || sign(&signed, form, key_file.as_deref(), &passphrase))
        .await
        .map_err(|_| fault("INTERNAL", "The note was not signed off by a fault of this program."))??;
    picked.set(None);
    Ok(shown(&review, &station))
}

fn sign(review: &Review, form: SignOffForm, key: Option<&Path>, passphrase: &str) -> Result<(), CommandError> {
    if form.title.is_empty() {
        return Err(fault("FIELD_MISSING", "The title is missing."));
    }
    let key = key.map(|path| signing_key::read(path, passphrase)).transpose()?;
    let body = review
        .spool()
        .and_then(|spool| spool.body_sha256(&review.report))
        .map_err(|error| fault("RESULT_NOT_READ", format!("The result could not be read: {error}.")))?;
    let (name, at) = (form.name.clone(), clock::now());
    let stamp = Stamp { actor: &name, at: &at };
    review.change_note(|note| note.sign_off(stamp, form, body, key).map(|_| ()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::Via;

    #[test]
    fn a_new_key_is_saved_in_two_files_and_neither_replaces_one() {
        let folder = tempfile::tempdir().unwrap();
        let desk = Desk::default();
        let pack = desk.take_in_whole(vec![folder.path().join("pack.zip")], Via::Drop);
        let held = desk.held(pack.token).unwrap();
        let (key, text) = ReviewerKey::create("correct horse battery").unwrap();
        let path = folder.path().join("anna.pem");
        let view = keep(&held, &path, &key, &text).unwrap();
        assert_eq!(view.public_name, "anna.pub.pem");
        assert_eq!(view.fingerprint, Some(key.public().unwrap().fingerprint().to_hex()));
        let public = std::fs::read_to_string(folder.path().join("anna.pub.pem")).unwrap();
        assert!(public.starts_with("-----BEGIN PUBLIC KEY-----"));
        assert_eq!(keep(&held, &path, &key, &text).err().unwrap().code, "FILE_EXISTS");
    }

    #[test]
    fn no_key_is_saved_inside_a_pack() {
        let folder = tempfile::tempdir().unwrap();
        let desk = Desk::default();
        let pack = desk.take_in_whole(vec![folder.path().to_owned()], Via::Dialog);
        let held = desk.held(pack.token).unwrap();
        let (key, text) = ReviewerKey::create("correct horse battery").unwrap();
        let refused = keep(&held, &folder.path().join("anna.pem"), &key, &text);
        assert_eq!(refused.err().unwrap().code, "INSIDE_PACK");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
