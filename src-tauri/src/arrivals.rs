//! Packs that come in without the page's asking: named on a command line, dropped, handed over by a second start.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use review::view::{DragView, OpenedView};
use tauri::{AppHandle, DragDropEvent, Emitter as _, Manager as _};

use crate::commands::opening::sample_file;
use crate::desk::{Desk, Via};
use crate::station::Station;
use crate::{gesture, window};

/// Event with packs that came in.
const OPENED: &str = "opened";
/// Event while files are held over the window.
const DRAG: &str = "drag";

/// Takes in what the program was started with.
pub(crate) fn from_command_line(app: &AppHandle) {
    let directory = std::env::current_dir().unwrap_or_default();
    arrive(
        app,
        gesture::named_paths(std::env::args_os(), &directory),
        Via::Argument,
    );
    for id in named_samples() {
        match sample_file(&app.state::<Station>(), &id) {
            Ok(path) => arrive(app, vec![path], Via::Sample),
            Err(error) => eprintln!("sealcheck: {}", error.message),
        }
    }
}

/// The built-in samples named on the command line: `--sample=verified`.
fn named_samples() -> impl Iterator<Item = String> {
    std::env::args_os().filter_map(|word| Some(word.to_str()?.strip_prefix("--sample=")?.to_owned()))
}

/// Takes in what a second start was asked for, and brings the window to the front.
pub(crate) fn from_second_start(app: &AppHandle, words: Vec<String>, directory: &str) {
    let words = words.into_iter().map(OsString::from);
    arrive(app, gesture::named_paths(words, Path::new(directory)), Via::SecondStart);
    window::raise(app);
}

/// Follows files held over the window until they are dropped or leave.
pub(crate) fn from_drag(app: &AppHandle, event: &DragDropEvent) {
    match event {
        DragDropEvent::Enter { paths, .. } => say_held(app, paths.len()),
        DragDropEvent::Drop { paths, .. } => {
            say_held(app, 0);
            arrive(app, paths.clone(), Via::Drop);
        }
        DragDropEvent::Leave => say_held(app, 0),
        // Where exactly they are held makes no difference; the list of events is open.
        DragDropEvent::Over { .. } | _ => {}
    }
}

fn arrive(app: &AppHandle, paths: Vec<PathBuf>, via: Via) {
    let desk = app.state::<Desk>();
    let opened = desk.take_in(paths, via);
    if opened == OpenedView::default() {
        return;
    }
    if let Some(opened) = desk.keep_waiting(opened) {
        tell(app, OPENED, opened);
    }
}

fn say_held(app: &AppHandle, count: usize) {
    let text = match count {
        0 => String::new(),
        1 => "Drop to check 1 item".to_owned(),
        count => format!("Drop to check {count} items"),
    };
    let items = u32::try_from(count).unwrap_or(u32::MAX);
    tell(app, DRAG, DragView { items, text });
}

fn tell(app: &AppHandle, event: &str, what: impl serde::Serialize + Clone) {
    // A window that is closing hears nothing, and needs to hear nothing.
    let _ = app.emit_to(window::MAIN, event, what);
}
