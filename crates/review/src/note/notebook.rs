//! An open note: what it comes to, and every act on it.

use std::path::{Path, PathBuf};

use evidence::{Digest, Input};

use super::action::Action;
use super::dsse;
use super::error::{NoteError, OtherPack, ReadOnly};
use super::history::{Entry, Stamp, verify_chain};
use super::key::ReviewerKey;
use super::ledger::Ledger;
use super::lock::{Lock, Locking, lock};
use super::review::{PackRef, Review};
use super::signoff::{SignOff, SignOffForm, Signature, covers};
use super::store::{Draft, Store};

/// An open note.
#[derive(Debug)]
pub struct Note {
    path: PathBuf,
    pack: PackRef,
    store: Store,
    ledger: Ledger,
    read_only: Option<ReadOnly>,
    /// Held while it is open for writing.
    _lock: Option<Lock>,
}

impl Note {
    /// Opens the note in a case file that is about this pack, for writing if that is possible: [`Note::read_only`] says
    /// why it is not. `who` is what another window is told, a name and a time.
    ///
    /// # Errors
    /// [`NoteError::OtherPack`] when it is about other bytes, and when the file cannot be read at all.
    pub fn open(path: &Path, input: &Input, who: &str) -> Result<Note, NoteError> {
        let pack = pack_ref(input)?;
        let (store, lock, read_only) = match lock(path, who) {
            Locking::Elsewhere(holder) => (Store::read_only(path)?, None, Some(ReadOnly::Elsewhere(holder))),
            Locking::Held(lock) => writable(path, Some(lock))?,
            Locking::Unknown => writable(path, None)?,
        };
        let entries = store.entries()?;
        same_pack(path, &store, entries.first(), &pack)?;
        let (ledger, broken) = hold_together(entries);
        let read_only = broken.map(ReadOnly::Broken).or(read_only);
        Ok(Note {
            path: path.to_owned(),
            pack,
            store,
            ledger,
            read_only,
            _lock: lock,
        })
    }

    /// Where it lies.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The note as it stands.
    #[must_use]
    pub fn review(&self) -> &Review {
        self.ledger.review()
    }

    /// The history, and earlier versions ([`Ledger::as_of`]).
    #[must_use]
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Why nothing can be written, if nothing can.
    #[must_use]
    pub fn read_only(&self) -> Option<&ReadOnly> {
        self.read_only.as_ref()
    }

    /// Does something to the note. It is on the disk when this returns; `draft` names the draft it came from, which is
    /// let go of in the same stroke.
    ///
    /// # Errors
    /// When it is not allowed now, or could not be kept: then nothing has changed.
    pub fn act(&mut self, stamp: Stamp<'_>, action: Action, draft: Option<&str>) -> Result<&Review, NoteError> {
        self.writable()?;
        let mut ledger = self.begun(stamp)?;
        let entry = ledger.next(stamp, action)?;
        ledger.push(entry)?;
        let known = self.ledger.entries().len();
        let fresh: Vec<&Entry> = ledger.entries().iter().skip(known).collect();
        self.store.append(self.ledger.last(), &fresh, draft)?;
        self.ledger = ledger;
        Ok(self.ledger.review())
    }

    /// The history so far, with its beginning if there was none.
    fn begun(&self, stamp: Stamp<'_>) -> Result<Ledger, NoteError> {
        let mut ledger = self.ledger.clone();
        if ledger.last().is_none() {
            let started = Action::Started {
                pack: self.pack.clone(),
                tool: env!("CARGO_PKG_VERSION").to_owned(),
                rules: evidence::RULES.to_owned(),
            };
            let entry = ledger.next(stamp, started)?;
            ledger.push(entry)?;
        }
        Ok(ledger)
    }

    /// Takes the last note, tag or decision back.
    ///
    /// # Errors
    /// When there is none that can be taken back, and as [`Note::act`].
    pub fn undo(&mut self, stamp: Stamp<'_>) -> Result<&Review, NoteError> {
        let seq = self.ledger.undoable().ok_or(super::Refused::NotUndoable)?;
        self.act(stamp, Action::Undone { seq }, None)
    }

    /// Brings back what was last taken back.
    ///
    /// # Errors
    /// When there is nothing to bring back, and as [`Note::act`].
    pub fn redo(&mut self, stamp: Stamp<'_>) -> Result<&Review, NoteError> {
        let seq = self.ledger.redoable().ok_or(super::Refused::NotUndoable)?;
        self.act(stamp, Action::Undone { seq }, None)
    }

    /// Signs off, over everything done so far and the report whose body has this digest. The key, if any, is used once
    /// and wiped.
    ///
    /// # Errors
    /// When it is not this role's turn, the conclusion is missing, an earlier person signed off another result, or the
    /// act could not be kept.
    pub fn sign_off(
        &mut self,
        stamp: Stamp<'_>,
        form: SignOffForm,
        body_sha256: Digest,
        key: Option<ReviewerKey>,
    ) -> Result<&Review, NoteError> {
        let earlier = self.review().signoffs.iter();
        if let Some(other) = earlier.rev().find(|signoff| signoff.body_sha256 != body_sha256) {
            return Err(NoteError::ResultChanged(other.name.clone()));
        }
        let last = self.ledger.last().ok_or(super::Refused::Missing("the conclusion"))?;
        let mut signoff = SignOff {
            role: form.role,
            name: form.name,
            title: form.title,
            at: stamp.at.to_owned(),
            statement: form.statement,
            body_sha256,
            history_sha256: last.sha256,
            covers_sha256: covers(body_sha256, last.sha256, self.pack.sha256),
            signature: None,
        };
        if let Some(key) = key {
            signoff.signature = Some(self.signature(&signoff, key)?);
        }
        let signoff = Box::new(signoff);
        self.act(stamp, Action::SignedOff { signoff }, None)
    }

    fn signature(&self, signoff: &SignOff, key: ReviewerKey) -> Result<Signature, NoteError> {
        // The name of the pack is the one the history began with, wherever it lies now.
        let pack = self.review().pack.as_ref().unwrap_or(&self.pack);
        let (public_key, envelope) = dsse::sign(&dsse::statement(pack, signoff), key)?;
        Ok(Signature {
            alg: "Ed25519".to_owned(),
            public_key,
            envelope,
        })
    }

    /// Keeps what is being typed, on the disk when this returns; empty text lets go of it.
    ///
    /// # Errors
    /// When it could not be kept.
    pub fn keep_draft(&mut self, draft: &Draft) -> Result<(), NoteError> {
        self.writable()?;
        self.store.keep_draft(draft)
    }

    /// What was being typed when the note was last open.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn drafts(&self) -> Result<Vec<Draft>, NoteError> {
        self.store.drafts()
    }

    fn writable(&self) -> Result<(), NoteError> {
        match &self.read_only {
            Some(why) => Err(NoteError::ReadOnly(why.clone())),
            None => Ok(()),
        }
    }
}

/// Opens for writing, or for reading where the folder takes no file beside the case file.
fn writable(path: &Path, lock: Option<Lock>) -> Result<(Store, Option<Lock>, Option<ReadOnly>), NoteError> {
    match Store::open(path) {
        Ok(store) if lock.is_some() || takes_files(path) => Ok((store, lock, None)),
        Ok(_) => Ok((Store::read_only(path)?, None, Some(ReadOnly::Folder))),
        Err(NoteError::Damaged) => Err(NoteError::Damaged),
        Err(_) => Ok((Store::read_only(path)?, None, Some(ReadOnly::Folder))),
    }
}

/// The journal of a change lies beside the case file while it is made.
fn takes_files(path: &Path) -> bool {
    path.parent()
        .is_some_and(|folder| tempfile::tempfile_in(folder).is_ok())
}

/// The pack's own name, size and digest.
pub(super) fn pack_ref(input: &Input) -> Result<PackRef, NoteError> {
    Ok(PackRef {
        name: input.name.clone(),
        kind: input.kind.clone(),
        size: input.size,
        sha256: input.sha256.ok_or(NoteError::NoDigest)?,
    })
}

/// The same bytes find the same note; other bytes never do.
fn same_pack(path: &Path, store: &Store, first: Option<&Entry>, ours: &PackRef) -> Result<(), NoteError> {
    let began_for = first.and_then(|entry| entry.action.began_for());
    if let Some(theirs) = began_for.filter(|theirs| theirs.sha256 != ours.sha256) {
        return Err(NoteError::OtherPack(Box::new(OtherPack {
            path: path.to_owned(),
            theirs: theirs.clone(),
            ours: ours.clone(),
        })));
    }
    // The index must be of these bytes as well: numbers of records are its.
    if store.pack()? == Some(ours.sha256.to_hex()) {
        Ok(())
    } else {
        Err(NoteError::Damaged)
    }
}

/// The history replayed, or as much of it as can be shown and why nothing can be added to it.
fn hold_together(entries: Vec<Entry>) -> (Ledger, Option<String>) {
    let broken = verify_chain(&entries).err().map(|broken| broken.to_string());
    match Ledger::replay(entries) {
        Ok(ledger) => (ledger, broken),
        Err((seq, refused)) => {
            let impossible = || NoteError::Impossible(seq, refused).to_string();
            (Ledger::default(), Some(broken.unwrap_or_else(impossible)))
        }
    }
}

#[cfg(test)]
mod tests;
