//! Copying to the desktop's clipboard: from here, because the page's own way needs a permission that it is not given.

use review::view::CommandError;
use tauri::AppHandle;

use crate::fault::fault;

/// Puts text on the clipboard.
///
/// # Errors
/// When the window's thread is gone.
#[cfg(target_os = "linux")]
pub(crate) fn copy(app: &AppHandle, text: String) -> Result<(), CommandError> {
    app.run_on_main_thread(move || {
        let clipboard = gtk::Clipboard::get(&gtk::gdk::SELECTION_CLIPBOARD);
        clipboard.set_text(&text);
        clipboard.store();
    })
    .map_err(|error| fault("CLIPBOARD_UNAVAILABLE", format!("The text was not copied: {error}.")))
}

/// Says that copying is not offered on this system.
///
/// # Errors
/// Always.
#[cfg(not(target_os = "linux"))]
pub(crate) fn copy(_app: &AppHandle, _text: String) -> Result<(), CommandError> {
    Err(fault(
        "CLIPBOARD_UNAVAILABLE",
        "Copying is offered on Linux only. Select the text and copy it with the keyboard.",
    ))
}
