//! The one window, made here and not in the configuration: navigation, new windows and the proxy are set in code only.

use std::path::Path;

use tauri::plugin::TauriPlugin;
use tauri::webview::NewWindowResponse;
use tauri::{AppHandle, WebviewUrl, WebviewWindow, WebviewWindowBuilder, Wry};
use tauri_plugin_window_state::StateFlags;

use crate::offline;

/// Label of the window, named in `capabilities/main.json`.
pub(crate) const MAIN: &str = "main";

/// Opens the window. What the page keeps of itself (theme, text size) goes into `state`.
///
/// # Errors
/// When the system's web view could not be made.
pub(crate) fn open(app: &AppHandle, state: &Path) -> Result<WebviewWindow, Box<dyn std::error::Error>> {
    let builder = WebviewWindowBuilder::new(app, MAIN, WebviewUrl::App("index.html".into()))
        .title("Sealcheck")
        .inner_size(1280.0, 800.0)
        .min_inner_size(720.0, 480.0)
        .data_directory(state.join("page"))
        .proxy_url(offline::DEAD_PROXY.parse()?)
        .on_navigation(offline::is_our_own)
        .on_new_window(|_address, _features| NewWindowResponse::Deny);
    Ok(builder.build()?)
}

/// Size and place of the window, kept in `state` from one start to the next.
pub(crate) fn remembered(state: &Path) -> TauriPlugin<Wry> {
    // Where the folder cannot be made, the window opens in its usual size.
    let _ = std::fs::create_dir_all(state);
    tauri_plugin_window_state::Builder::new()
        .with_filename(state.join("window.json").to_string_lossy())
        .with_state_flags(StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED)
        .build()
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
