//! Cuts the exact bytes of records out of a pack, reading each file once as long as they are asked for in its order.

use std::io::Read as _;

use evidence::json::{self, Bounds};
use evidence::{ArtifactReader, Pack, ReasonCode, Refusal, Source};

use super::error::PackError;

/// Reads one pack.
pub(super) struct Cutter<'p> {
    pack: &'p Pack,
    open: Option<Open<'p>>,
}

/// The file that is being read.
struct Open<'p> {
    artifact: usize,
    reader: ArtifactReader<'p>,
    /// Decoded bytes that were read.
    passed: u64,
}

impl<'p> Cutter<'p> {
    pub(super) fn of(pack: &'p Pack) -> Cutter<'p> {
        Cutter { pack, open: None }
    }

    /// The index of the artifact at a path.
    pub(super) fn artifact(&self, path: &str) -> Result<usize, PackError> {
        let artifacts = &self.pack.artifacts;
        let found = artifacts.binary_search_by(|artifact| artifact.path.as_bytes().cmp(path.as_bytes()));
        found.map_err(|_| gone(path))
    }

    /// A file of the pack whole, decoded from gz.
    pub(super) fn whole(&self, path: &str) -> Result<Vec<u8>, PackError> {
        Ok(self.pack.read(self.artifact(path)?)?.bytes)
    }

    /// A file of the pack as it was shipped.
    pub(super) fn shipped(&self, path: &str) -> Result<ArtifactReader<'p>, PackError> {
        Ok(self.pack.raw_reader(self.artifact(path)?)?)
    }

    /// The document, line or element that holds something: the whole file where it has no place in it. A CR before the
    /// end of a line is no part of it.
    pub(super) fn document(&mut self, source: &Source) -> Result<Vec<u8>, PackError> {
        let Some((offset, length)) = source.span.filter(|(_, length)| *length > 0) else {
            return Ok(json::without_bom(&self.whole(&source.path)?).to_vec());
        };
        let open = self.at(&source.path, offset)?;
        let mut text = Vec::new();
        let read = (&mut open.reader).take(length).read_to_end(&mut text);
        open.passed = offset.saturating_add(length);
        let whole = u64::try_from(text.len()).is_ok_and(|read| read == length);
        if read.is_err() || !whole {
            return Err(gone(&source.path));
        }
        if source.line.is_some() && text.last() == Some(&b'\r') {
            text.pop();
        }
        Ok(text)
    }

    /// The pieces at these JSON pointers of one document, each exactly as it stands there; none where there is nothing.
    pub(super) fn pieces(&mut self, source: &Source, pointers: &[&str]) -> Result<Vec<Option<Vec<u8>>>, PackError> {
        if let [""] = pointers
            && source.line.is_none()
            && source.element.is_none()
        {
            // The file is the record: with its byte-order mark and its last line break.
            return Ok(vec![Some(self.whole(&source.path)?)]);
        }
        let text = self.document(source)?;
        if pointers.iter().all(|pointer| pointer.is_empty()) {
            return Ok(pointers.iter().map(|_| Some(text.clone())).collect());
        }
        let Ok(parsed) = json::parse(&text, &Bounds::default()) else {
            return Ok(vec![None; pointers.len()]);
        };
        let piece = |pointer: &&str| {
            let node = parsed.root.pointer(pointer)?;
            text.get(node.span.range()).map(<[u8]>::to_vec)
        };
        Ok(pointers.iter().map(piece).collect())
    }

    /// The piece at a place.
    pub(super) fn piece(&mut self, source: &Source, pointer: &str) -> Result<Vec<u8>, PackError> {
        let piece = self.pieces(source, &[pointer])?.pop().flatten();
        piece.ok_or_else(|| gone(&source.path))
    }

    /// The reader of a file, at an offset.
    fn at(&mut self, path: &str, offset: u64) -> Result<&mut Open<'p>, PackError> {
        let artifact = self.artifact(path)?;
        let goes_on = |open: &Open<'_>| open.artifact == artifact && open.passed <= offset;
        let mut open = match self.open.take().filter(goes_on) {
            Some(open) => open,
            None => Open {
                artifact,
                reader: self.pack.reader(artifact)?,
                passed: 0,
            },
        };
        let before = offset.saturating_sub(open.passed);
        let skipped = std::io::copy(&mut (&mut open.reader).take(before), &mut std::io::sink());
        if skipped.ok() != Some(before) {
            return Err(gone(path));
        }
        open.passed = offset;
        Ok(self.open.insert(open))
    }
}

/// What was there when the pack was checked can no longer be found.
pub(super) fn gone(path: &str) -> PackError {
    PackError::Unread(Refusal::new(ReasonCode::IoNotFound, path.to_owned(), ""))
}
