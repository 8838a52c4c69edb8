//! The Sealcheck window: it brings packs in, runs the engine on them and hands the page ready-made rows.
//!
//! No rule of verification is here, and no word about evidence: the first are in `evidence`, the second in `review`.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::error::Error;
use std::process::ExitCode;

use tauri::{App, Manager as _, WindowEvent};

mod arrivals;
mod checking;
mod clipboard;
mod commands;
mod desk;
mod dialogs;
mod fault;
mod gesture;
mod offline;
mod window;

fn main() -> ExitCode {
    // First of all: the filter holds for threads that are started after it.
    offline::refuse_internet_sockets();
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("sealcheck: the window could not be opened: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> tauri::Result<()> {
    tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(|app, words, directory| {
            arrivals::from_second_start(app, words, &directory);
        }))
        .plugin(tauri_plugin_window_state::Builder::new().build())
        .manage(desk::Desk::default())
        .invoke_handler(tauri::generate_handler![
            commands::opening::pending,
            commands::opening::open_dialog,
            commands::opening::cancel,
            commands::opening::close,
            commands::opening::copy,
        ])
        .setup(set_up)
        .on_window_event(|window, event| {
            if let WindowEvent::DragDrop(event) = event {
                arrivals::from_drag(window.app_handle(), event);
            }
        })
        .run(tauri::generate_context!())
}

fn set_up(app: &mut App) -> Result<(), Box<dyn Error>> {
    arrivals::from_command_line(app.handle());
    window::open(app.handle())?;
    Ok(())
}
