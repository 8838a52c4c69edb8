//! An opened pack: its artifacts, and what was refused or remarked while opening it.

use std::path::PathBuf;

use crate::digest::Digest;
use crate::reason::ReasonCode;
use crate::report::{Finding, Input, LimitHit};
use crate::run::{Progress, Stopped};

/// What the reviewer dropped: a zip, folder, tar, single file or several files, as a set of artifacts.
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
}

/// One file of the pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    /// Path inside the pack, `/` between segments.
    pub path: String,
    /// Bytes as shipped.
    pub size: u64,
    /// Whether it is gzip and read decoded.
    pub gzip: bool,
    /// Whether it is used.
    pub state: ArtifactState,
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
    /// Opens what was dropped in one gesture.
    ///
    /// # Errors
    /// Only when cancelled: an input that cannot be read is a pack that was refused whole.
    pub fn open(paths: &[PathBuf], progress: &Progress) -> Result<Pack, Stopped> {
        let _ = (paths, progress);
        Err(Stopped::Cancelled)
    }

    /// Reads an artifact whole, decoded from gz.
    ///
    /// # Errors
    /// When it is refused, over a limit or damaged.
    pub fn read(&self, index: usize) -> Result<Content, Refusal> {
        let subject = self
            .artifacts
            .get(index)
            .map(|artifact| artifact.path.clone())
            .unwrap_or_default();
        Err(Refusal {
            code: ReasonCode::IoNotFound,
            subject,
            detail: String::new(),
        })
    }
}
