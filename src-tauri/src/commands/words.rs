//! Comparing values, the glossary, the clipboard.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use evidence::Hasher;
use review::present;
use review::view::{CommandError, CompareView, TermView};
use tauri::async_runtime::spawn_blocking;
use tauri::{AppHandle, State};

use crate::fault::fault;
use crate::station::Station;
use crate::{clipboard, dialogs};

/// Compares a value of ours with one that somebody gave the reviewer.
#[tauri::command(async)]
pub(crate) fn compare(ours: String, given: String) -> CompareView {
    present::compare(&ours, &given)
}

/// Compares a value of ours with the fingerprint of a file that the reviewer picks; nothing when the dialog is cancelled.
#[tauri::command]
pub(crate) async fn compare_file(
    station: State<'_, Station>,
    ours: String,
) -> Result<Option<CompareView>, CommandError> {
    let Some(path) = dialogs::file("Compare with a file", &station.last_folder()).await else {
        return Ok(None);
    };
    let digest = spawn_blocking(move || digest(&path)).await;
    let unreadable = |error: &dyn std::fmt::Display| {
        fault(
            "IO_READ",
            format!("The file could not be read: {error}. Choose another copy of it."),
        )
    };
    let digest = digest
        .map_err(|error| unreadable(&error))?
        .map_err(|error| unreadable(&error))?;
    Ok(Some(present::compare(&ours, &digest)))
}

fn digest(path: &Path) -> std::io::Result<String> {
    let mut file = File::open(path)?;
    let mut hasher = Hasher::new();
    let mut block = vec![0; 1 << 16];
    loop {
        let read = file.read(&mut block)?;
        match block.get(..read) {
            Some(part) if !part.is_empty() => hasher.update(part),
            _ => return Ok(hasher.finish().to_hex()),
        }
    }
}

/// The glossary.
#[tauri::command(async)]
pub(crate) fn glossary() -> Vec<TermView> {
    present::glossary()
}

/// Puts text on the clipboard.
#[tauri::command]
pub(crate) fn copy(app: AppHandle, text: String) -> Result<(), CommandError> {
    clipboard::copy(&app, text)
}
