//! What stays behind, by digest, so that whoever gets the new pack sees what was left out.

use std::collections::BTreeSet;

use evidence::FileRow;
use serde::Serialize;

use super::write::Origin;

/// A file of a pack of which nothing was taken.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct FileLeftOut<'r> {
    path: &'r str,
    size: u64,
    sha256: Option<String>,
}

/// A pack that records were taken from.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Taken<'r> {
    name: &'r str,
    sha256: Option<String>,
    records: u64,
    chosen: u64,
}

/// The packs that records were taken from.
pub(super) fn sources<'r>(origins: &[Origin<'r>]) -> Vec<Taken<'r>> {
    let taken = |origin: &Origin<'r>| Taken {
        name: &origin.report.input.name,
        sha256: origin.report.input.sha256.map(|digest| digest.to_hex()),
        records: origin.choice.records(),
        chosen: origin.choice.chosen(),
    };
    origins.iter().map(taken).collect()
}

/// The files of which nothing was taken.
pub(super) fn files<'r>(origins: &[Origin<'r>], used: &[BTreeSet<String>]) -> Vec<FileLeftOut<'r>> {
    let nothing = BTreeSet::new();
    let mut files = Vec::new();
    for (position, origin) in origins.iter().enumerate() {
        let used = used.get(position).unwrap_or(&nothing);
        let stays = |file: &&'r FileRow| !used.contains(&file.path);
        files.extend(origin.report.files.iter().filter(stays).map(|file| FileLeftOut {
            path: &file.path,
            size: file.size,
            sha256: file.sha256.map(|digest| digest.to_hex()),
        }));
    }
    files
}

impl FileLeftOut<'_> {
    /// The line that `sha256sum` prints.
    pub(super) fn line(&self) -> String {
        let digest = self.sha256.as_deref().unwrap_or("not read");
        format!("{digest}  {}\n", self.path)
    }
}
