//! Why a pack was not written, in words for people.

use evidence::{Refusal, Stopped};

use crate::save::SaveError;
use crate::words::sentence::count;

/// Why a pack, or the exact bytes of records, were not written.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// No record was chosen.
    #[error("no record fits, nothing was written")]
    NothingChosen,
    /// Only some of the records of a Keel export were chosen.
    #[error(
        "one signature covers a Keel export as a whole: it can be handed over whole or not at all, and {} of it fit. \
         Choose every record, or none of its records",
        count(*chosen, "record", "records")
    )]
    KeelInPart {
        /// How many of its records were chosen.
        chosen: u64,
    },
    /// Something of a Keel export was not used, so that a copy would lack it.
    #[error("{0} could not be used, so this Keel export cannot be copied whole")]
    KeelNotWhole(String),
    /// A list names a record that is not in the pack.
    #[error("{0} is listed and not there, so it has no bytes")]
    NotThere(String),
    /// A file of the pack can no longer be read.
    #[error("{} can no longer be read ({})", .0.subject, .0.code)]
    Unread(Refusal),
    /// A file of the pack changed since it was checked.
    #[error("{0} changed while it was read. Check it again")]
    Changed(String),
    /// A record comes to another result in the new pack.
    #[error(
        "nothing was written: taken out of its pack, {place} would come to another result ({after} instead of \
         {before}). Hand over the whole pack"
    )]
    Disagrees {
        /// The record's place in the new pack.
        place: String,
        /// What it came to.
        before: String,
        /// What it would come to.
        after: String,
    },
    /// The file or folder could not be written.
    #[error(transparent)]
    Save(#[from] SaveError),
    /// Cancelled, or the draft could not be checked.
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// A temporary file could not be written.
    #[error("the temporary folder could not be written: {}", crate::save::cause(.0))]
    Temporary(#[from] std::io::Error),
}

impl From<Refusal> for PackError {
    fn from(refusal: Refusal) -> PackError {
        PackError::Unread(refusal)
    }
}

impl PackError {
    /// A stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            PackError::NothingChosen => "NOTHING_CHOSEN",
            PackError::KeelInPart { .. } => "KEEL_IN_PART",
            PackError::KeelNotWhole(_) => "KEEL_NOT_WHOLE",
            PackError::NotThere(_) => "RECORD_NOT_FOUND",
            PackError::Unread(refusal) => refusal.code.as_str(),
            PackError::Changed(_) => "IO_CHANGED_WHILE_READING",
            PackError::Disagrees { .. } => "PACK_DISAGREES",
            PackError::Save(error) => error.code(),
            PackError::Stopped(Stopped::Cancelled) => "CANCELLED",
            PackError::Stopped(Stopped::Recorder(error)) | PackError::Temporary(error) => {
                crate::save::write_code(error)
            }
        }
    }
}
