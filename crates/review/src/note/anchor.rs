//! The exact bytes that a target is anchored by.

use std::io::Read;

use evidence::json::{self, Bounds};
use evidence::{Digest, Hasher, Pack, ReasonCode, Record, Refusal, Source};

use super::target::Target;

/// A record as a target.
///
/// # Errors
/// When its artifact can no longer be read.
pub fn record_target(pack: &Pack, number: u64, record: &Record) -> Result<Target, Refusal> {
    Ok(Target::Record {
        reference: record.id.clone(),
        number,
        content_sha256: record_sha256(pack, &record.source)?,
    })
}

/// Digest of the exact bytes of a record, as they lie in the pack (decoded from gz); `None` where the text does not hold
/// it in one piece.
///
/// # Errors
/// When the artifact can no longer be read.
pub fn record_sha256(pack: &Pack, source: &Source) -> Result<Option<Digest>, Refusal> {
    let index = pack.artifacts.iter().position(|artifact| artifact.path == source.path);
    let mut reader = pack.reader(index.ok_or_else(|| gone(source))?)?;
    let (offset, length) = source.span.filter(|span| span.1 > 0).unwrap_or((0, u64::MAX));
    let passed = std::io::copy(&mut Read::take(&mut reader, offset), &mut std::io::sink());
    if passed.ok() != Some(offset) {
        return Err(reader.refusal().unwrap_or_else(|| gone(source)));
    }
    let piece = Read::take(&mut reader, length);
    let digest = if source.pointer.is_empty() {
        digest_of(piece).map(Some)
    } else {
        digest_inside(piece, &source.pointer)
    };
    digest.map_err(|_| reader.refusal().unwrap_or_else(|| gone(source)))
}

fn digest_of(mut from: impl Read) -> std::io::Result<Digest> {
    let mut hasher = Hasher::new();
    let mut block = vec![0; 1 << 16];
    loop {
        let read = from.read(&mut block)?;
        match block.get(..read).filter(|part| !part.is_empty()) {
            Some(part) => hasher.update(part),
            None => return Ok(hasher.finish()),
        }
    }
}

fn digest_inside(mut from: impl Read, pointer: &str) -> std::io::Result<Option<Digest>> {
    let mut text = Vec::new();
    from.read_to_end(&mut text)?;
    let text = json::without_bom(&text);
    let span = json::parse(text, &Bounds::default())
        .ok()
        .and_then(|parsed| parsed.root.pointer(pointer).map(|node| node.span.range()));
    Ok(span.and_then(|span| text.get(span)).map(Digest::of))
}

fn gone(source: &Source) -> Refusal {
    Refusal::new(ReasonCode::IoNotFound, source.path.clone(), "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use evidence::Progress;

    const TEXT: &[u8] = b"{\"a\": {\"b\": [1, 2]}}\n{\"a\": 3}\n";

    fn digest(span: Option<(u64, u64)>, pointer: &str) -> Result<Option<Digest>, Refusal> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.ndjson");
        std::fs::write(&path, TEXT).unwrap();
        let pack = Pack::open(&[path], &Progress::default()).unwrap();
        let source = Source {
            path: pack.artifacts[0].path.clone(),
            pointer: pointer.to_owned(),
            span,
            ..Source::default()
        };
        record_sha256(&pack, &source)
    }

    #[test]
    fn a_line_is_its_exact_bytes() {
        assert_eq!(digest(Some((21, 8)), "").unwrap(), Some(Digest::of(b"{\"a\": 3}")));
    }

    #[test]
    fn a_record_inside_a_document_is_its_part_of_the_text() {
        assert_eq!(digest(Some((0, 20)), "/a/b").unwrap(), Some(Digest::of(b"[1, 2]")));
        assert_eq!(digest(Some((0, 20)), "/z").unwrap(), None);
    }

    #[test]
    fn without_a_span_it_is_the_whole_file() {
        assert_eq!(digest(None, "").unwrap(), Some(Digest::of(TEXT)));
    }

    #[test]
    fn what_is_no_longer_there_is_refused() {
        assert_eq!(digest(Some((900, 8)), "").unwrap_err().code, ReasonCode::IoNotFound);
    }
}
