//! Bringing packs in and letting go of them.

use review::view::{CommandError, OpenedView};
use tauri::{AppHandle, State};

use crate::desk::{Desk, Via};
use crate::{clipboard, dialogs};

/// Packs that came in before the page listened.
#[tauri::command]
pub(crate) fn pending(desk: State<'_, Desk>) -> OpenedView {
    OpenedView {
        packs: desk.hand_over(),
    }
}

/// Asks for evidence in a native dialog; no packs when it is cancelled.
#[tauri::command]
pub(crate) async fn open_dialog(desk: State<'_, Desk>, folder: bool) -> Result<OpenedView, CommandError> {
    let paths = if folder {
        dialogs::evidence_folder().await
    } else {
        dialogs::evidence_files().await
    };
    Ok(OpenedView {
        packs: desk.take_in(paths, Via::Dialog),
    })
}

/// Stops a run.
#[tauri::command]
pub(crate) fn cancel(desk: State<'_, Desk>, token: u32) -> Result<(), CommandError> {
    desk.held(token)?.cancel();
    Ok(())
}

/// Lets go of a pack.
#[tauri::command]
pub(crate) fn close(desk: State<'_, Desk>, token: u32) {
    desk.close(token);
}

/// Puts text on the clipboard.
#[tauri::command]
pub(crate) fn copy(app: AppHandle, text: String) -> Result<(), CommandError> {
    clipboard::copy(&app, text)
}
