//! An opened pack: its artifacts, and what was refused or remarked while opening it.

use std::io::Read as _;
use std::path::PathBuf;

use crate::container::{self, ALONE, ArtifactReader, Limits, Nested, Opened, Place, Store, refusal};
use crate::digest::{Digest, Hasher};
use crate::reason::ReasonCode;
use crate::report::{Finding, Input, LimitHit};
use crate::run::{Progress, Stopped};

/// What the reviewer dropped: a zip, folder, tar, single file or several files, as a set of artifacts.
///
/// It can be read from several threads at once.
#[derive(Debug)]
pub struct Pack {
    /// What was opened.
    pub input: Input,
    /// The artifacts, sorted by path bytes.
    pub artifacts: Vec<Artifact>,
    /// What was refused, whole or entry by entry.
    pub refusals: Vec<Refusal>,
    /// Remarks of the container.
    pub findings: Vec<Finding>,
    /// Limits that were reached.
    pub limits: Vec<LimitHit>,
    /// Nothing of it is used.
    pub refused_whole: bool,
    places: Vec<Place>,
    store: Store,
    nested: Nested,
    within: Limits,
}

/// Something that was not used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Why.
    pub code: ReasonCode,
    /// A path inside the pack, or the pack's name.
    pub subject: String,
    /// What exactly was seen; may be empty.
    pub detail: String,
    /// The value of the limit that was met, where the code alone does not tell it.
    pub limit: Option<u64>,
}

impl Refusal {
    /// Why an item is not used, and what was seen.
    pub fn new(code: ReasonCode, subject: impl Into<String>, detail: impl Into<String>) -> Refusal {
        Refusal {
            code,
            subject: subject.into(),
            detail: detail.into(),
            limit: None,
        }
    }
}

/// One file of the pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    /// Path inside the pack, `/` between segments.
    pub path: String,
    /// Bytes as shipped (declared, until it was read).
    pub size: u64,
    /// Whether it is gzip and read decoded. For a name that promises plain text this is only known once it is read:
    /// [`ArtifactReader::is_gzip`].
    pub gzip: bool,
    /// Whether it is used.
    pub state: ArtifactState,
}

impl Artifact {
    /// Whether it is a page that the sender wrote for a person, by its name.
    #[must_use]
    pub fn is_page(&self) -> bool {
        named_as_page(&self.path)
    }
}

/// Whether a path names a page that the sender wrote for a person.
pub(crate) fn named_as_page(path: &str) -> bool {
    let lower = path.to_lowercase();
    lower.ends_with(".html") || lower.ends_with(".htm")
}

/// Whether an artifact is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArtifactState {
    /// It can be read.
    Readable,
    /// Listed, not read (`.DS_Store` and the like).
    Ignored,
    /// Not used, and why.
    Refused(ReasonCode),
}

/// An artifact read whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// Its bytes, decoded from gz.
    pub bytes: Vec<u8>,
    /// Digest of the bytes as shipped.
    pub digest: Digest,
    /// Bytes as shipped.
    pub size: u64,
    /// Remarks met while reading.
    pub warnings: Vec<ReasonCode>,
}

impl Pack {
    /// Opens what was dropped in one gesture, within the documented limits.
    ///
    /// # Errors
    /// Only when cancelled: an input that cannot be read is a pack that was refused whole.
    pub fn open(paths: &[PathBuf], progress: &Progress) -> Result<Pack, Stopped> {
        Pack::open_within(paths, &Limits::default(), progress)
    }

    /// The same within limits that a setting raised.
    ///
    /// # Errors
    /// Only when cancelled.
    pub fn open_within(paths: &[PathBuf], limits: &Limits, progress: &Progress) -> Result<Pack, Stopped> {
        let opened = container::open(paths, limits, progress)?;
        Pack::of(opened, limits, progress)
    }

    /// Opens an artifact that is a zip by itself, because its format says so (a payload). It is read into memory.
    ///
    /// # Errors
    /// When it cannot be read whole. A zip that is not sound is a pack that was refused whole.
    pub fn inside(&self, index: usize) -> Result<Pack, Refusal> {
        let (artifact, _) = self.place(index)?;
        let bytes = self.shipped(index)?;
        let cancelled = |_| not_read(artifact, ReasonCode::Cancelled);
        let opened = container::inside(&artifact.path, bytes, &self.within).map_err(cancelled)?;
        Pack::of(opened, &self.within, &Progress::default()).map_err(cancelled)
    }

    /// Reads an artifact whole, as it was shipped.
    ///
    /// # Errors
    /// When it is refused, over the limit of what is parsed whole, or damaged.
    pub(crate) fn shipped(&self, index: usize) -> Result<Vec<u8>, Refusal> {
        let mut bytes = Vec::new();
        self.fill(self.raw_reader(index)?, &mut bytes)?;
        Ok(bytes)
    }

    pub(crate) fn of(opened: Opened, limits: &Limits, progress: &Progress) -> Result<Pack, Stopped> {
        let mut pack = Pack {
            input: opened.input,
            artifacts: Vec::new(),
            refusals: Vec::new(),
            findings: Vec::new(),
            limits: Vec::new(),
            refused_whole: false,
            places: Vec::new(),
            store: opened.store,
            nested: opened.nested,
            within: limits.clone(),
        };
        match opened.listed {
            Ok(listed) => {
                pack.artifacts = listed.artifacts;
                pack.places = listed.places;
                pack.refusals = listed.notes.refusals;
                pack.findings = listed.notes.findings;
                pack.limits = listed.notes.limits;
                pack.look_at_heads(progress)?;
            }
            Err(fault) => {
                pack.refused_whole = true;
                pack.limits
                    .extend(limits.hit(fault.code, &pack.input.name, "not opened"));
                pack.refusals.push(refusal(&pack.input.name, &fault));
            }
        }
        Ok(pack)
    }

    /// Finds the gz artifacts and the archives among those whose names do not promise plain text.
    fn look_at_heads(&mut self, progress: &Progress) -> Result<(), Stopped> {
        for index in 0..self.artifacts.len() {
            if progress.is_cancelled() {
                return Err(Stopped::Cancelled);
            }
            let looked_at = self.artifacts.get(index).is_some_and(|artifact| {
                artifact.state == ArtifactState::Readable && !container::named_as_text(&artifact.path)
            });
            if looked_at {
                self.look_at_head(index);
            }
        }
        Ok(())
    }

    /// What is damaged or cannot be opened is told when it is read; its shipped bytes may still have a digest.
    fn look_at_head(&mut self, index: usize) {
        let gzip = self.raw_reader(index).is_ok_and(|mut reader| reader.begins_as_gzip());
        let nested = self
            .reader(index)
            .err()
            .filter(|refusal| refusal.code == ReasonCode::LimitNesting);
        let Some(artifact) = self.artifacts.get_mut(index) else {
            return;
        };
        artifact.gzip = gzip;
        if let Some(refusal) = nested {
            artifact.state = ArtifactState::Refused(refusal.code);
            self.limits
                .extend(self.within.hit(refusal.code, &refusal.subject, "not opened"));
            self.refusals.push(refusal);
        }
    }

    /// The limits it was opened within.
    #[must_use]
    pub fn within(&self) -> &Limits {
        &self.within
    }

    /// The names that two entries share: neither is used.
    pub(crate) fn doubled_entries(&self) -> impl Iterator<Item = &Refusal> {
        self.refusals.iter().filter(|refusal| {
            matches!(
                refusal.code,
                ReasonCode::ZipDuplicateName | ReasonCode::TarDuplicateName | ReasonCode::PathCollision
            )
        })
    }

    /// Reads an artifact whole, decoded from gz.
    ///
    /// # Errors
    /// When it is refused, over the limit of what is parsed whole, or damaged.
    pub fn read(&self, index: usize) -> Result<Content, Refusal> {
        let mut bytes = Vec::new();
        let reader = self.reader(index)?;
        let size = self.artifacts.get(index).map_or(0, |artifact| artifact.size);
        if size > self.within.whole_entry_size && !reader.is_gzip() {
            return Err(self.too_large(&reader));
        }
        let end = self.fill(reader, &mut bytes)?;
        Ok(Content {
            bytes,
            digest: end.digest,
            size: end.size,
            warnings: end.warnings,
        })
    }

    /// Reads everything within the limit of what is parsed whole.
    fn fill(&self, mut reader: ArtifactReader<'_>, bytes: &mut Vec<u8>) -> Result<container::ReadEnd, Refusal> {
        let limit = self.within.whole_entry_size;
        let read = (&mut reader).take(limit.saturating_add(1)).read_to_end(bytes);
        if let (Err(_), Some(refusal)) = (&read, reader.refusal()) {
            return Err(refusal);
        }
        if u64::try_from(bytes.len()).is_ok_and(|length| length > limit) {
            return Err(self.too_large(&reader));
        }
        reader.finish()
    }

    fn too_large(&self, reader: &ArtifactReader<'_>) -> Refusal {
        let detail = format!("more than {} bytes to parse whole", self.within.whole_entry_size);
        Refusal {
            limit: Some(self.within.whole_entry_size),
            ..reader.refused(ReasonCode::LimitEntrySize, detail)
        }
    }

    /// Streams an artifact, decoded from gz.
    ///
    /// # Errors
    /// When it is refused or cannot be opened.
    pub fn reader(&self, index: usize) -> Result<ArtifactReader<'_>, Refusal> {
        let (artifact, place) = self.place(index)?;
        match artifact.state {
            ArtifactState::Readable => {}
            ArtifactState::Ignored => return Err(not_read(artifact, ReasonCode::PackIgnoredFiles)),
            ArtifactState::Refused(code) => return Err(not_read(artifact, code)),
        }
        let path = &artifact.path;
        let bytes = self.store.bytes(path, place, &self.within);
        bytes
            .and_then(|bytes| ArtifactReader::decoded(path, artifact.size, bytes, self.nested, &self.within))
            .map_err(|fault| refusal(path, &fault))
    }

    /// Streams an artifact as it was shipped, without decoding gz. Ignored artifacts and archives that are not opened
    /// have bytes as well, so that a list of files can state their digests.
    ///
    /// # Errors
    /// When it is refused for another reason, or cannot be opened.
    pub fn raw_reader(&self, index: usize) -> Result<ArtifactReader<'_>, Refusal> {
        let (artifact, place) = self.place(index)?;
        match artifact.state {
            ArtifactState::Readable | ArtifactState::Ignored | ArtifactState::Refused(ReasonCode::LimitNesting) => {}
            ArtifactState::Refused(code) => return Err(not_read(artifact, code)),
        }
        let path = &artifact.path;
        let bytes = self.store.bytes(path, place, &self.within);
        bytes
            .map(|bytes| ArtifactReader::raw(path, artifact.size, bytes))
            .map_err(|fault| refusal(path, &fault))
    }

    /// Whether it is one file (or bytes in memory), and not a folder or several files.
    #[must_use]
    pub fn is_one_file(&self) -> bool {
        matches!(self.store, Store::One(_))
    }

    /// What changed on disk since it was opened, if anything did: then nothing that was found about it counts.
    #[must_use]
    pub fn changed_while_reading(&self) -> Option<Refusal> {
        let paths = self.artifacts.iter().map(|artifact| artifact.path.as_str());
        let changed = self.store.changed(paths.zip(&self.places));
        changed.map(|(subject, fault)| refusal(&subject, &fault))
    }

    /// The pack's digest by those of all its artifacts, for a pack whose digest only reading them gives. Of one file it is
    /// the file's own; else it is over the listing ([`Pack::listing_digest`]).
    #[must_use]
    pub fn digest_by_artifacts(&self, digests: &[(&str, Digest)]) -> Option<Digest> {
        match digests {
            _ if digests.len() != self.artifacts.len() => None,
            [(_, digest)] if self.input.kind == ALONE => Some(*digest),
            digests => Some(Pack::listing_digest(digests)),
        }
    }

    /// The digest of a folder or of several files: over the lines `<sha256>  <path>`, sorted by path bytes, each ended by
    /// LF (what `sha256sum` prints).
    #[must_use]
    pub fn listing_digest(digests: &[(&str, Digest)]) -> Digest {
        let mut sorted: Vec<&(&str, Digest)> = digests.iter().collect();
        sorted.sort_by(|left, right| left.0.as_bytes().cmp(right.0.as_bytes()));
        let mut hasher = Hasher::new();
        for (path, digest) in sorted {
            hasher.update(format!("{digest}  {path}\n").as_bytes());
        }
        hasher.finish()
    }

    fn place(&self, index: usize) -> Result<(&Artifact, &Place), Refusal> {
        self.artifacts.get(index).zip(self.places.get(index)).ok_or_else(|| {
            Refusal::new(
                ReasonCode::IoNotFound,
                self.input.name.clone(),
                format!("it has no artifact {index}"),
            )
        })
    }
}

fn not_read(artifact: &Artifact, code: ReasonCode) -> Refusal {
    Refusal::new(code, artifact.path.clone(), "")
}
