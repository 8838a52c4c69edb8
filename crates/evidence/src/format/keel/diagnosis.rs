//! Why a payload may not be the one that was hashed: a gateway or a browser changed its compression (14, 5).

use std::io::Read;

use super::manifest::Manifest;
use super::payload::{is_gzip, is_zip};
use crate::digest::Hasher;
use crate::pack::Pack;

/// Decoded bytes up to which this is tried.
const MOST: u64 = 256 << 20;

/// The cause, in words, where one can be told. The verdict stands either way.
pub(super) fn cause(pack: &Pack, index: usize, manifest: &Manifest) -> Option<&'static str> {
    if is_gzip(pack, index) {
        return Some(if decoded_fits(pack, index, &manifest.content_hash) {
            "the hash fits the decompressed content: the file was compressed after it was signed"
        } else {
            "the file is compressed: it may have been compressed again on its way, or it was changed"
        });
    }
    let was_compressed = manifest.compressed == Some(true) && !is_zip(pack, index).unwrap_or(false);
    was_compressed.then_some("the manifest says compressed and the file is not: it was decompressed on its way")
}

fn decoded_fits(pack: &Pack, index: usize, stated: &str) -> bool {
    let Ok(reader) = pack.reader(index) else { return false };
    let mut reader = reader.take(MOST);
    let mut hasher = Hasher::new();
    let mut buffer = vec![0; 256 << 10];
    loop {
        match reader.read(&mut buffer) {
            Ok(0) => break,
            Ok(read) => hasher.update(buffer.get(..read).unwrap_or_default()),
            Err(_) => return false,
        }
    }
    hasher.finish().prefixed() == stated
}
