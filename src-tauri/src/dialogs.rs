//! Native dialogs. They are opened here, so a path never passes through the page.

use std::path::PathBuf;

use rfd::AsyncFileDialog;

/// Asks for the files of one pack.
pub(crate) async fn evidence_files() -> Vec<PathBuf> {
    let dialog = AsyncFileDialog::new()
        .set_title("Open evidence")
        .add_filter("Evidence", EVIDENCE)
        .add_filter("All files", &["*"]);
    paths(dialog.pick_files().await)
}

/// What evidence is usually named; *All files* stands beside it.
const EVIDENCE: &[&str] = &["zip", "json", "ndjson", "jsonl", "csv", "gz", "tgz", "tar", "html"];

/// Asks for the folder of one pack.
pub(crate) async fn evidence_folder() -> Vec<PathBuf> {
    let dialog = AsyncFileDialog::new().set_title("Open evidence folder");
    paths(dialog.pick_folders().await)
}

/// Asks for one file to read.
pub(crate) async fn file(title: &str) -> Option<PathBuf> {
    let picked = AsyncFileDialog::new().set_title(title).pick_file().await?;
    Some(picked.path().to_owned())
}

/// Asks where to save a file.
pub(crate) async fn save(title: &str, file_name: &str) -> Option<PathBuf> {
    let dialog = AsyncFileDialog::new().set_title(title).set_file_name(file_name);
    Some(dialog.save_file().await?.path().to_owned())
}

/// Asks for the folder in which to save several files.
pub(crate) async fn save_folder(title: &str) -> Option<PathBuf> {
    let picked = AsyncFileDialog::new().set_title(title).pick_folder().await?;
    Some(picked.path().to_owned())
}

fn paths(picked: Option<Vec<rfd::FileHandle>>) -> Vec<PathBuf> {
    picked
        .unwrap_or_default()
        .iter()
        .map(|file| file.path().to_owned())
        .collect()
}
