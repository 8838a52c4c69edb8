//! Where things lie in a pack, and how to find them again.

use std::io::Read;

use crate::json::stream::{Chunk, Place, Values};
use crate::pack::Pack;
use crate::report::Source;

/// The path of an artifact.
pub(super) fn path_of(pack: &Pack, artifact: usize) -> &str {
    pack.artifacts
        .get(artifact)
        .map(|artifact| artifact.path.as_str())
        .unwrap_or_default()
}

/// The folder of a path, without a trailing slash; empty at the top.
pub(super) fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// A source from its parts.
pub(super) fn source(path: &str, place: Place, span: (u64, u64), pointer: &str) -> Source {
    let (line, element) = match place {
        Place::Whole => (None, None),
        Place::Line(line) => (Some(line), None),
        Place::Element(element) => (None, Some(element)),
    };
    Source {
        path: path.to_owned(),
        line,
        element,
        pointer: pointer.to_owned(),
        span: Some(span),
    }
}

/// The document, line or element at a span of an artifact.
pub(super) fn document(pack: &Pack, artifact: usize, span: (u64, u64)) -> Option<Vec<u8>> {
    let mut reader = pack.reader(artifact).ok()?;
    let mut text = Vec::new();
    std::io::copy(&mut Read::take(&mut reader, span.0), &mut std::io::sink()).ok()?;
    Read::read_to_end(&mut Read::take(&mut reader, span.1), &mut text).ok()?;
    Some(text)
}

/// The chunk at an offset; values before it are passed over.
pub(super) fn at_offset<R: Read>(values: &mut Values<R>, offset: u64) -> Option<Chunk> {
    values
        .by_ref()
        .find_map(|value| value.ok().filter(|chunk| chunk.offset == offset))
}
