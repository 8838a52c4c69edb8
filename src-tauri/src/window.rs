//! The one window, made here and not in the configuration: navigation, new windows and the proxy are set in code only.

use tauri::webview::NewWindowResponse;
use tauri::{AppHandle, WebviewUrl, WebviewWindow, WebviewWindowBuilder};

use crate::offline;

/// Label of the window, named in `capabilities/main.json`.
pub(crate) const MAIN: &str = "main";

/// Opens the window.
///
/// # Errors
/// When the system's web view could not be made.
pub(crate) fn open(app: &AppHandle) -> Result<WebviewWindow, Box<dyn std::error::Error>> {
    let builder = WebviewWindowBuilder::new(app, MAIN, WebviewUrl::App("index.html".into()))
        .title("Sealcheck")
        .inner_size(1280.0, 800.0)
        .min_inner_size(720.0, 480.0)
        .proxy_url(offline::DEAD_PROXY.parse()?)
        .on_navigation(offline::is_our_own)
        .on_new_window(|_address, _features| NewWindowResponse::Deny);
    Ok(builder.build()?)
}

/// Brings the window to the front, for a second start.
pub(crate) fn raise(app: &AppHandle) {
    use tauri::Manager as _;
    let Some(window) = app.get_webview_window(MAIN) else {
        return;
    };
    // A window manager may refuse any of these; the packs are shown all the same.
    let _ = window.unminimize();
    let _ = window.show();
    let _ = window.set_focus();
}
