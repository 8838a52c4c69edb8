//! The Sealcheck window: it brings packs in, runs the engine on them and hands the page ready-made rows.
//!
//! No rule of verification is here, and no word about evidence: the first are in `evidence`, the second in `review`.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::error::Error;
use std::process::ExitCode;

use tauri::{App, Manager as _, RunEvent, WindowEvent};

use crate::station::Station;

mod arrivals;
mod checking;
mod clipboard;
mod clock;
mod commands;
mod desk;
mod dialogs;
mod evidence_scheme;
mod fault;
mod gesture;
mod handed_note;
mod key_book_view;
mod noted;
mod offline;
#[cfg(target_os = "linux")]
mod second_start;
mod signing_key;
mod station;
mod window;

/// See `Cargo.toml` for why it is not the C library's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

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
    let context = tauri::generate_context!();
    #[cfg(target_os = "linux")]
    if second_start::handed_over(&context.config().identifier) {
        return Ok(());
    }
    let station = Station::of_user();
    tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(|app, words, directory| {
            arrivals::from_second_start(app, words, &directory);
        }))
        .plugin(window::remembered(&station.places.state))
        .manage(desk::Desk::default())
        .manage(station)
        .manage(signing_key::PickedKey::default())
        .register_asynchronous_uri_scheme_protocol(evidence_scheme::SCHEME, |context, request, responder| {
            let app = context.app_handle().clone();
            // Reading the pack may take a while: not on the window's thread.
            tauri::async_runtime::spawn_blocking(move || {
                responder.respond(evidence_scheme::answer(&app, request.uri().path()));
            });
        })
        .invoke_handler(tauri::generate_handler![
            commands::opening::start,
            commands::opening::pending,
            commands::opening::open_dialog,
            commands::opening::open_sample,
            commands::opening::open_recent,
            commands::opening::keep_recents,
            commands::opening::close,
            commands::running::check,
            commands::running::cancel,
            commands::running::summary,
            commands::running::state_scope,
            commands::running::raise_limits,
            commands::checks::checks,
            commands::checks::check_detail,
            commands::checks::show_work,
            commands::checks::save_work,
            commands::records::records,
            commands::records::record_page,
            commands::records::record,
            commands::records::record_at,
            commands::records::record_place,
            commands::records::record_values,
            commands::records::records_numbered,
            commands::records::manifest,
            commands::records::manifest_page,
            commands::records::snapshot_page,
            commands::timeline::timeline,
            commands::timeline::sequence_page,
            commands::timeline::sequence,
            commands::timeline::ribbon,
            commands::timeline::run_page,
            commands::timeline::seat,
            commands::timeline::events,
            commands::keys::keys,
            commands::keys::key_proposal,
            commands::keys::confirm_key,
            commands::keys::key_book,
            commands::keys::remove_key,
            commands::keys::confirm_suggestion,
            commands::keys::propose_authority,
            commands::keys::confirm_authority,
            commands::keys::remove_authority,
            commands::keys::import_key_book,
            commands::keys::export_key_book,
            commands::files::files,
            commands::files::file_page,
            commands::files::file_text,
            commands::files::sender_page,
            commands::exports::exports,
            commands::exports::export,
            commands::note::note,
            commands::note::note_subject,
            commands::note::note_act,
            commands::note::note_draft,
            commands::note::note_undo,
            commands::note::note_redo,
            commands::note::note_history,
            commands::note::set_name,
            commands::packs::pack_offer,
            commands::packs::save_pack,
            commands::packs::save_exact,
            commands::my_review::import_checklist,
            commands::my_review::sample_page,
            commands::my_review::save_note,
            commands::signing::pick_key,
            commands::signing::open_key,
            commands::signing::drop_key,
            commands::signing::create_key,
            commands::signing::sign_off,
            commands::handed_notes::handed_note,
            commands::handed_notes::open_pack_of_note,
            commands::handed_notes::reviewer_proposal,
            commands::handed_notes::confirm_reviewer,
            commands::words::compare,
            commands::words::compare_file,
            commands::words::glossary,
            commands::words::copy,
        ])
        .setup(set_up)
        .on_window_event(|window, event| {
            if let WindowEvent::DragDrop(event) = event {
                arrivals::from_drag(window.app_handle(), event);
            }
        })
        .build(context)?
        .run(|app, event| {
            if let RunEvent::Exit = event {
                // Nothing but case files stays beside the packs.
                app.state::<desk::Desk>().close_all();
            }
        });
    Ok(())
}

fn set_up(app: &mut App) -> Result<(), Box<dyn Error>> {
    review::present::local_zone(jiff::tz::TimeZone::system());
    arrivals::from_command_line(app.handle());
    let station = app.state::<Station>();
    window::open(app.handle(), &station.places.state)?;
    Ok(())
}
