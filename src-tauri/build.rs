//! Build step: the window's resources, and the list of commands the page may be given.

/// Every command of the window. A command named here needs its own permission in `capabilities/main.json`; one that is
/// registered but not named would be open to every page.
const COMMANDS: &[&str] = &[
    "start",
    "pending",
    "open_dialog",
    "open_sample",
    "open_recent",
    "keep_recents",
    "check",
    "cancel",
    "close",
    "summary",
    "state_scope",
    "checks",
    "check_detail",
    "show_work",
    "save_work",
    "records",
    "record_page",
    "record",
    "record_at",
    "record_place",
    "record_values",
    "records_numbered",
    "keys",
    "key_proposal",
    "confirm_key",
    "key_book",
    "remove_key",
    "confirm_suggestion",
    "import_key_book",
    "export_key_book",
    "manifest",
    "manifest_page",
    "snapshot_page",
    "timeline",
    "sequence_page",
    "sequence",
    "ribbon",
    "run_page",
    "seat",
    "events",
    "files",
    "file_page",
    "file_text",
    "sender_page",
    "exports",
    "export",
    "compare",
    "compare_file",
    "glossary",
    "copy",
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let attributes = tauri_build::Attributes::new().app_manifest(tauri_build::AppManifest::new().commands(COMMANDS));
    tauri_build::try_build(attributes).map_err(|error| error.to_string())?;
    Ok(())
}
