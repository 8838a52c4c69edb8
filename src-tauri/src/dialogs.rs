//! Native dialogs. They are opened here, so a path never passes through the page.

use std::path::{Path, PathBuf};

use rfd::AsyncFileDialog;

/// Asks for the files of one pack, starting in a folder.
pub(crate) async fn evidence_files(folder: &Path) -> Vec<PathBuf> {
    let dialog = AsyncFileDialog::new()
        .set_title("Open evidence")
        .set_directory(folder)
        .add_filter("Evidence", EVIDENCE)
        .add_filter("All files", &["*"]);
    paths(dialog.pick_files().await)
}

/// What evidence is usually named; *All files* stands beside it.
const EVIDENCE: &[&str] = &[
    "zip", "json", "ndjson", "jsonl", "csv", "gz", "tgz", "tar", "html", "sealnote",
];

/// Asks for the folder of one pack, starting in a folder.
pub(crate) async fn evidence_folder(folder: &Path) -> Vec<PathBuf> {
    let dialog = AsyncFileDialog::new()
        .set_title("Open evidence folder")
        .set_directory(folder);
    paths(dialog.pick_folders().await)
}

/// Asks for one file to read, starting in a folder.
pub(crate) async fn file(title: &str, folder: &Path) -> Option<PathBuf> {
    let dialog = AsyncFileDialog::new().set_title(title).set_directory(folder);
    Some(dialog.pick_file().await?.path().to_owned())
}

/// Asks where to save a file, starting in a folder with a name.
pub(crate) async fn save(title: &str, folder: &Path, file_name: &str) -> Option<PathBuf> {
    let dialog = AsyncFileDialog::new()
        .set_title(title)
        .set_directory(folder)
        .set_file_name(file_name);
    Some(dialog.save_file().await?.path().to_owned())
}

/// Asks for the folder in which to save several files, starting in a folder.
pub(crate) async fn save_folder(title: &str, folder: &Path) -> Option<PathBuf> {
    let dialog = AsyncFileDialog::new().set_title(title).set_directory(folder);
    Some(dialog.pick_folder().await?.path().to_owned())
}

fn paths(picked: Option<Vec<rfd::FileHandle>>) -> Vec<PathBuf> {
    picked
        .unwrap_or_default()
        .iter()
        .map(|file| file.path().to_owned())
        .collect()
}
