//! Why a check of a note ended as it did, and the words for it.

use serde::{Serialize, Serializer};

/// A stable reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, strum::IntoStaticStr, strum::EnumIter)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum NoteReason {
    /// The report in the note is not the one whose digest is stated.
    NoteResultChanged,
    /// An entry of the history was changed.
    NoteEntryChanged,
    /// An entry of the history was taken out, put in or moved.
    NoteHistoryBroken,
    /// An act that was not possible at its place.
    NoteHistoryImpossible,
    /// What is shown is not what the history comes to.
    NoteContentDiffers,
    /// A sign-off is about another result.
    NoteSignedOther,
    /// A signature does not fit.
    NoteSignatureInvalid,
    /// The signer's key was revoked before it signed, or at an unknown time.
    NoteKeyRevoked,
    /// The sign-off's time is outside the period of the key.
    NoteKeyOutsideWindow,
    /// The signer's key is not in the key book.
    KeyNotConfirmed,
    /// A sign-off is a typed name, without a signature.
    NoteNotSigned,
    /// Nobody has signed off.
    NotSignedOff,
    /// Something came after the last sign-off.
    NoteUnsignedEnd,
    /// Note, report and history name different packs.
    NotePackDiffers,
    /// The pack at hand is another.
    NoteOtherPack,
    /// No pack was given to compare.
    PackNotGiven,
    /// Records are named that the report does not have.
    NoteTargetsDiffer,
    /// The sample cannot be drawn again from the report.
    NoteSampleDiffers,
    /// There is none in the note.
    NotPresent,
    /// A case file holds no report.
    NotInCaseFile,
    /// An entry of a newer program.
    NoteNewer,
}

/// The words for a reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReasonText {
    /// What was found.
    pub found: &'static str,
    /// What to do; empty where there is nothing.
    pub next: &'static str,
}

const ASK_AUTHOR: &str = "Ask whoever sent the note for the file as it was exported.";

impl NoteReason {
    /// The stable code.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// The words.
    #[must_use]
    pub fn text(self) -> ReasonText {
        let (found, next) = match self {
            NoteReason::NoteResultChanged => (
                "The result in the note is not the one its fingerprint names.",
                ASK_AUTHOR,
            ),
            NoteReason::NoteEntryChanged => (
                "An entry of the history does not match its own fingerprint.",
                ASK_AUTHOR,
            ),
            NoteReason::NoteHistoryBroken => (
                "An entry of the history does not continue the one before it: one is missing, extra or moved.",
                ASK_AUTHOR,
            ),
            NoteReason::NoteHistoryImpossible => (
                "The history holds an act that was not possible at its place.",
                ASK_AUTHOR,
            ),
            NoteReason::NoteContentDiffers => ("What the note shows is not what its history comes to.", ASK_AUTHOR),
            NoteReason::NoteSignedOther => (
                "The sign-off is about another result than the one in the note.",
                "Ask for the note as it was signed off, or for a new sign-off.",
            ),
            NoteReason::NoteSignatureInvalid => ("The signature does not fit what was signed off.", ASK_AUTHOR),
            NoteReason::NoteKeyRevoked => (
                "The signer's key is marked as revoked in your key book.",
                "Ask the signer for a sign-off with the key in use now.",
            ),
            NoteReason::NoteKeyOutsideWindow => (
                "The time of the sign-off is outside the period of the key in your key book.",
                "Ask the signer which key was in use then.",
            ),
            NoteReason::KeyNotConfirmed => (
                "The signature fits, and nobody has confirmed whose key it is.",
                "Compare the key's fingerprint with the signer over another channel, then add it to your key book.",
            ),
            NoteReason::NoteNotSigned => (
                "The sign-off is a typed name. Nothing shows who typed it.",
                "Ask the person, or ask for a sign-off with a key.",
            ),
            NoteReason::NotSignedOff => (
                "Nobody has signed off this note.",
                "Ask for the note once it is signed off.",
            ),
            NoteReason::NoteUnsignedEnd => (
                "The last entries came after the last sign-off: nobody has signed off on them.",
                "Ask for the note once the next person has signed off.",
            ),
            NoteReason::NotePackDiffers => ("The note, its result and its history name different packs.", ASK_AUTHOR),
            NoteReason::NoteOtherPack => (
                "The pack at hand is not the one the note is about.",
                "Look for the pack with the fingerprint that the note names.",
            ),
            NoteReason::PackNotGiven => (
                "The pack itself was not looked at.",
                "Give the pack as well to compare it with the note.",
            ),
            NoteReason::NoteTargetsDiffer => (
                "The note names records that its result does not have in that place.",
                ASK_AUTHOR,
            ),
            NoteReason::NoteSampleDiffers => (
                "The sample cannot be drawn again from the records of the result.",
                ASK_AUTHOR,
            ),
            NoteReason::NotPresent => ("There is none in this note.", ""),
            NoteReason::NotInCaseFile => (
                "A case file holds no result to compare.",
                "Ask for the finished note as well.",
            ),
            NoteReason::NoteNewer => (
                "The note holds something that this program does not know.",
                "Use a newer version of this program.",
            ),
        };
        ReasonText { found, next }
    }
}

impl Serialize for NoteReason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use strum::IntoEnumIterator;

    #[test]
    fn every_reason_is_whole_sentences_of_its_own() {
        let mut seen = std::collections::BTreeSet::new();
        for reason in NoteReason::iter() {
            let text = reason.text();
            assert!(text.found.ends_with('.'), "{}", reason.as_str());
            assert!(text.next.is_empty() || text.next.ends_with('.'), "{}", reason.as_str());
            assert!(seen.insert(text.found), "{}", text.found);
        }
    }

    #[test]
    fn codes_are_upper_case_words() {
        assert_eq!(NoteReason::KeyNotConfirmed.as_str(), "KEY_NOT_CONFIRMED");
        assert_eq!(NoteReason::NoteHistoryBroken.as_str(), "NOTE_HISTORY_BROKEN");
    }
}
