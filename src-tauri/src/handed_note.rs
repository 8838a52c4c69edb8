//! A review note that somebody hands over: checked, shown, and never written.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use evidence::Digest;
use review::note::SignOff;
use review::note::verify::{Examined, NotRead, NoteTrust, examine};
use review::present::AtHand;
use review::view::CommandError;

use crate::fault::{fault, not_there};

/// A note at hand.
pub(crate) struct HandedNote {
    path: PathBuf,
    /// The packs that came with it or were opened for it, by token.
    beside: Mutex<Vec<u32>>,
}

impl HandedNote {
    /// A note, and the packs that came in the same gesture.
    pub(crate) fn new(path: PathBuf, beside: &[u32]) -> HandedNote {
        HandedNote {
            path,
            beside: Mutex::new(beside.to_vec()),
        }
    }

    /// Where it lies.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Its file name.
    pub(crate) fn name(&self) -> String {
        self.path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// The packs that came with it or were opened for it.
    pub(crate) fn beside(&self) -> Vec<u32> {
        self.beside.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// A pack was opened for it.
    pub(crate) fn put_beside(&self, packs: impl Iterator<Item = u32>) {
        self.beside.lock().unwrap_or_else(PoisonError::into_inner).extend(packs);
    }

    /// A sign-off of its current version, by its place from 0.
    ///
    /// # Errors
    /// When the note cannot be read, or there is none in that place.
    pub(crate) fn signed(&self, place: u32) -> Result<SignOff, CommandError> {
        let examined = examine(&self.path, None, &NoteTrust::default()).map_err(not_read)?;
        let mut signoffs = examined.review.signoffs.into_iter();
        usize::try_from(place)
            .ok()
            .and_then(|place| signoffs.nth(place))
            .ok_or_else(|| not_there("sign-off"))
    }

    /// Checks it, against the pack at hand if one is: the same among all that are open, or else one that came with it.
    ///
    /// # Errors
    /// When it cannot be read as a note.
    pub(crate) fn check(&self, trust: &NoteTrust, open: &[(u32, Digest)]) -> Result<(Examined, AtHand), CommandError> {
        let examined = examine(&self.path, None, trust).map_err(not_read)?;
        let about = examined.report.pack.as_ref().map(|pack| pack.sha256);
        let beside = self.beside();
        let same = open.iter().find(|(_, digest)| Some(*digest) == about);
        let other = open.iter().find(|(token, _)| beside.contains(token));
        let at_hand = match (same, other) {
            (Some((token, _)), _) => AtHand::Same(*token),
            (None, Some(_)) => AtHand::Other,
            (None, None) => return Ok((examined, AtHand::Nothing)),
        };
        let digest = same.or(other).map(|(_, digest)| *digest);
        Ok((examine(&self.path, digest, trust).map_err(not_read)?, at_hand))
    }
}

fn not_read(error: NotRead) -> CommandError {
    let code = match &error {
        NotRead::NotANote => "NOT_A_NOTE",
        NotRead::Malformed(_) => "NOTE_MALFORMED",
        NotRead::Newer(_) => "NOTE_NEWER",
        NotRead::Io(_) => "IO_READ_FAILED",
    };
    fault(
        code,
        format!("{}.", review::words::sentence::first_upper(&error.to_string())),
    )
}
