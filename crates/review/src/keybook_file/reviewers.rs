//! Keys of people who sign review notes. They are confirmed like any other key, and are of no use for evidence.

use evidence::{Digest, PublicKey};
use serde::{Deserialize, Serialize};

use super::{KeyBookError, KeyBookFile, confirmed, take_out};

/// A reviewer's confirmed key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReviewerEntry {
    /// Whose it is.
    pub name: String,
    /// The raw 32 bytes, 64 lower-case hex digits.
    pub public_key: PublicKey,
    /// Where it came from.
    pub source: String,
    /// Who confirmed it.
    pub confirmed_by: String,
    /// How, as for a [`KeyEntry`](evidence::KeyEntry).
    pub confirmed_how: String,
    /// When (RFC 3339, UTC).
    pub confirmed_at: String,
    /// Start of its period (RFC 3339).
    #[serde(default)]
    pub valid_from: Option<String>,
    /// End of its period (RFC 3339).
    #[serde(default)]
    pub valid_to: Option<String>,
    /// When it was revoked (RFC 3339).
    #[serde(default)]
    pub revoked_at: Option<String>,
    /// Why it was revoked.
    #[serde(default)]
    pub revoked_reason: Option<String>,
}

impl ReviewerEntry {
    /// SHA-256 of the raw key, which people compare.
    #[must_use]
    pub fn fingerprint(&self) -> Digest {
        self.public_key.fingerprint()
    }
}

impl KeyBookFile {
    /// The reviewers' keys, in the order in which they were confirmed.
    #[must_use]
    pub fn reviewers(&self) -> &[ReviewerEntry] {
        &self.reviewers
    }

    /// Adds a reviewer's key, as [`KeyBookFile::add`] does one of an issuer.
    ///
    /// # Errors
    /// When something is missing, the typed characters differ, or the key is there already.
    pub fn add_reviewer(&mut self, entry: ReviewerEntry, last_characters: &str) -> Result<(), KeyBookError> {
        confirmed(
            &[
                ("name", &entry.name),
                ("confirmedBy", &entry.confirmed_by),
                ("confirmedHow", &entry.confirmed_how),
                ("confirmedAt", &entry.confirmed_at),
            ],
            &entry.fingerprint(),
            last_characters,
        )?;
        if self.knows(&entry) {
            return Err(KeyBookError::AlreadyThere);
        }
        self.reviewers.push(entry);
        self.digest = None;
        Ok(())
    }

    /// Takes a reviewer's key out, by its place from 0.
    ///
    /// # Errors
    /// When there is no such entry.
    pub fn remove_reviewer(&mut self, index: usize) -> Result<ReviewerEntry, KeyBookError> {
        let entry = take_out(&mut self.reviewers, index)?;
        self.digest = None;
        Ok(entry)
    }

    pub(super) fn import_reviewers(&mut self, others: Vec<ReviewerEntry>) {
        for entry in others {
            if !self.knows(&entry) {
                self.reviewers.push(entry);
            }
        }
    }

    fn knows(&self, entry: &ReviewerEntry) -> bool {
        let mut there = self.reviewers.iter();
        there.any(|there| there.public_key == entry.public_key && there.name == entry.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keybook_file::{LAST_CHARACTERS, Supplied};

    fn entry() -> ReviewerEntry {
        let text = "19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1";
        ReviewerEntry {
            name: "Anna Berg".to_owned(),
            public_key: evidence::keytext::read_hex(text).unwrap().key,
            source: "her card".to_owned(),
            confirmed_by: "B. Colleague".to_owned(),
            confirmed_how: "inPerson".to_owned(),
            confirmed_at: "2026-11-25T09:00:00Z".to_owned(),
            valid_from: None,
            valid_to: None,
            revoked_at: None,
            revoked_reason: None,
        }
    }

    fn book() -> KeyBookFile {
        let mut book = KeyBookFile::default();
        let end = entry().fingerprint().to_hex()[64 - LAST_CHARACTERS..].to_owned();
        book.add_reviewer(entry(), &end).unwrap();
        book
    }

    #[test]
    fn a_reviewers_key_is_kept_and_never_given_to_the_engine() {
        let read = KeyBookFile::parse("x", &book().to_bytes()).unwrap();
        assert_eq!(read.reviewers(), [entry()]);
        assert_eq!(read.to_book(&Supplied::default()).entries, []);
    }

    #[test]
    fn it_is_added_with_the_end_of_its_fingerprint_and_once() {
        let refused = KeyBookFile::default().add_reviewer(entry(), "00000000").unwrap_err();
        assert_eq!(refused.code(), "LAST_CHARACTERS_DIFFER");
        let end = entry().fingerprint().to_hex()[56..].to_owned();
        assert_eq!(
            book().add_reviewer(entry(), &end).unwrap_err().code(),
            "KEY_ALREADY_THERE"
        );
        assert_eq!(book().remove_reviewer(1).unwrap_err().code(), "NO_SUCH_ENTRY");
        assert_eq!(book().remove_reviewer(0).unwrap(), entry());
    }

    #[test]
    fn it_is_imported_with_a_key_book_and_given_for_a_run_with_one() {
        let mut mine = KeyBookFile::default();
        assert_eq!(mine.import(book()), 1);
        assert_eq!(mine.import(book()), 0);
        let mut supplied = Supplied::default();
        supplied.add_file("book.json", &book().to_bytes()).unwrap();
        assert_eq!(supplied.reviewers, [entry()]);
    }

    #[test]
    fn a_key_book_without_reviewers_is_the_same_bytes_as_before() {
        let text = String::from_utf8(KeyBookFile::default().to_bytes()).unwrap();
        assert!(!text.contains("reviewers"), "{text}");
    }
}
