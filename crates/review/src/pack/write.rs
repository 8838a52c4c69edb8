//! One new pack from one or more packs: gathered, written as a draft, checked again, kept.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use evidence::{Digest, KeyBook, Limits, Pack, Policy, Progress, Report, Verdict};

use super::agree::{self, Expected};
use super::choice::Choice;
use super::contents::Contents;
use super::error::PackError;
use super::{invoance, keel, nexart};
use crate::save::{Draft, Existing, FolderDraft};

/// A pack that was checked, with what was chosen of it.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'p> {
    /// The pack.
    pub pack: &'p Pack,
    /// What was found.
    pub report: &'p Report,
    /// Every record of that report.
    pub choice: &'p Choice,
}

/// The form of a new pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// One zip.
    Zip,
    /// A folder that is not there yet.
    Folder,
}

/// What a new pack is to be.
#[derive(Debug, Clone, Copy)]
pub struct Order<'a> {
    /// Where it goes.
    pub target: &'a Path,
    /// What to do with a zip of that name; a folder is never replaced.
    pub existing: Existing,
    /// Its form.
    pub form: Form,
    /// Now, UTC, `YYYY-MM-DDTHH:MM:SS.mmmZ`, from the caller's clock.
    pub exported_at: &'a str,
    /// Who hands it over, as stated.
    pub exported_by: &'a str,
    /// What the records were chosen by, in words.
    pub selection: &'a str,
    /// The keys that the packs were checked with.
    pub book: &'a KeyBook,
    /// What the person stated for that check.
    pub policy: &'a Policy,
}

/// A pack that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packed {
    /// Where.
    pub path: PathBuf,
    /// Bytes; of a folder those of its files.
    pub bytes: u64,
    /// Digest of the zip; of a folder that of its listing.
    pub sha256: Digest,
    /// Records written.
    pub records: u64,
    /// Records of the packs they come from.
    pub of: u64,
    /// How many of the written ones were not chosen: they share a document with one that cannot be cut out of it.
    pub along: u64,
    /// What the new pack comes to by itself.
    pub verdict: Verdict,
}

/// A new pack while it is gathered.
pub(super) struct Building<'a> {
    pub(super) order: &'a Order<'a>,
    pub(super) contents: Contents,
    pub(super) expected: Expected,
    pub(super) records: u64,
    pub(super) along: u64,
    /// Rows of Invoance logs among them.
    pub(super) rows: u64,
    /// Rows of a log were left out.
    pub(super) filtered: bool,
    /// Files of each pack that something was taken from.
    pub(super) used: Vec<BTreeSet<String>>,
}

/// Writes the chosen records of these packs as one new pack.
///
/// # Errors
/// When nothing was chosen, a Keel export would be cut, a pack cannot be read any more, a record would come to another
/// result, or the disk does not take it. Nothing is left then.
pub fn pack(origins: &[Origin<'_>], order: &Order<'_>, progress: &Progress) -> Result<Packed, PackError> {
    if origins.iter().all(|origin| origin.choice.chosen() == 0) {
        return Err(PackError::NothingChosen);
    }
    let mut building = Building {
        order,
        contents: Contents::new()?,
        expected: Expected::default(),
        records: 0,
        along: 0,
        rows: 0,
        filtered: false,
        used: vec![BTreeSet::new(); origins.len()],
    };
    keel::write(origins, &mut building)?;
    invoance::write(origins, &mut building)?;
    nexart::write(origins, &mut building)?;
    // What was left out is known when everything else is in.
    invoance::left_out(origins, &mut building)?;
    keel::left_out(origins, &mut building)?;
    for origin in origins {
        if let Some(changed) = origin.pack.changed_while_reading() {
            return Err(PackError::Changed(changed.subject));
        }
    }
    building.finish(origins, progress)
}

impl Building<'_> {
    /// Notes that something was taken from a file; whether it is the first time.
    pub(super) fn take(&mut self, origin: usize, path: &str) -> bool {
        let used = self.used.get_mut(origin);
        used.is_some_and(|used| !used.contains(path) && used.insert(path.to_owned()))
    }

    fn finish(mut self, origins: &[Origin<'_>], progress: &Progress) -> Result<Packed, PackError> {
        let order = self.order;
        let (path, bytes, sha256, verdict) = match order.form {
            Form::Zip => {
                let mut draft = Draft::of(order.target)?;
                self.contents.zip_to(&mut draft)?;
                let verdict = self.checked(&draft.place()?, origins, progress)?;
                let saved = draft.keep(order.existing)?;
                (saved.path, saved.bytes, saved.sha256, verdict)
            }
            Form::Folder => {
                let draft = FolderDraft::of(order.target)?;
                let bytes = self.contents.copy_to(&draft)?;
                let verdict = self.checked(draft.place(), origins, progress)?;
                (draft.keep()?, bytes, self.contents.listing_digest(), verdict)
            }
        };
        Ok(Packed {
            path,
            bytes,
            sha256,
            records: self.records,
            of: origins.iter().map(|origin| origin.choice.records()).sum(),
            along: self.along,
            verdict,
        })
    }

    /// What the draft comes to; what was stated about the whole log is no statement about a selection of it.
    fn checked(&self, draft: &Path, origins: &[Origin<'_>], progress: &Progress) -> Result<Verdict, PackError> {
        let mut policy = self.order.policy.clone();
        if self.filtered {
            policy.scope = None;
        }
        let failed = origins.iter().any(|origin| origin.report.verdict == Verdict::Failed);
        let run = agree::Run {
            book: self.order.book,
            policy: &policy,
            strict: origins.len() == 1,
            limits: Limits::raised_to(origins.iter().flat_map(|origin| &origin.report.raised)),
            may_fail: failed,
        };
        agree::check(draft, &self.expected, &run, progress)
    }
}
