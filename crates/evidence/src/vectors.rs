//! The shared test vectors, where they stand beside this repository.

use std::path::PathBuf;

/// A file or folder of the shared vectors; none, with a word about it, where they are absent.
pub(crate) fn path(name: &str) -> Option<PathBuf> {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/vectors")).join(name);
    if !path.exists() {
        println!("skipped: no shared vectors at {}", path.display());
        return None;
    }
    Some(path)
}

/// The bytes of a file of the shared vectors.
pub(crate) fn bytes(name: &str) -> Option<Vec<u8>> {
    path(name).map(|path| std::fs::read(path).expect("a readable vector"))
}

/// A JSON file of the shared vectors.
pub(crate) fn json(name: &str) -> Option<serde_json::Value> {
    bytes(name).map(|bytes| serde_json::from_slice(&bytes).expect("a JSON vector"))
}

/// The files of a folder of the shared vectors, name and bytes, sorted by name; empty where they are absent.
pub(crate) fn files(folder: &str) -> Vec<(String, Vec<u8>)> {
    let Some(path) = path(folder) else {
        return Vec::new();
    };
    let mut files: Vec<_> = std::fs::read_dir(path)
        .expect("a folder of vectors")
        .map(|entry| entry.expect("a vector"))
        .filter(|entry| entry.path().is_file())
        .map(|entry| {
            let name = entry.file_name().into_string().expect("a UTF-8 name");
            (name, std::fs::read(entry.path()).expect("a readable vector"))
        })
        .collect();
    files.sort();
    files
}
