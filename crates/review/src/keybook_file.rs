//! The key book as a file (`sealcheck.keybook/1`, `design.md` 3): read, written with one backup, added to only by a
//! deliberate act.

use std::path::{Path, PathBuf};

use evidence::{Digest, KEYBOOK_SCHEMA, KeyBook, KeyEntry};
use serde::{Deserialize, Serialize};

use crate::save::{Existing, SaveError, save};

mod authorities;
mod reviewers;
mod suggestions;
mod supplied;

pub use authorities::{AuthorityEntry, root_certificate};
pub use reviewers::ReviewerEntry;
pub use suggestions::{Suggestion, suggestions};
pub use supplied::Supplied;

pub use crate::words::WAYS;

/// How many characters of the fingerprint's end are typed when a key is confirmed.
pub const LAST_CHARACTERS: usize = 8;

/// Why a key book was not read, changed or kept.
#[derive(Debug, thiserror::Error)]
pub enum KeyBookError {
    /// The file cannot be opened.
    #[error("{path} could not be read: {source}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The system's answer.
        source: std::io::Error,
    },
    /// It is no key book, or one of a newer version.
    #[error("{0}: not a key book of this version ({1})")]
    Malformed(String, String),
    /// The typed end of the fingerprint is another.
    #[error("the last {LAST_CHARACTERS} characters differ from the fingerprint")]
    LastCharactersDiffer,
    /// Something that must be stated is empty.
    #[error("{0} is missing")]
    FieldMissing(&'static str),
    /// The same key is there already, for the same issuer.
    #[error("the key is in the key book already")]
    AlreadyThere,
    /// There is no such entry.
    #[error("there is no entry {0}")]
    NoSuchEntry(usize),
    /// The file holds no certificate that can be used.
    #[error("this is not a certificate that can be used: a file of PEM or DER is needed")]
    NotACertificate,
    /// Each root is confirmed by itself.
    #[error("the file holds {0} certificates: choose a file with the root alone")]
    SeveralCertificates(usize),
    /// The text is no key.
    #[error("this is not a public key that can be used")]
    NotAKey(&'static str),
    /// The file could not be written.
    #[error(transparent)]
    Save(#[from] SaveError),
}

impl KeyBookError {
    /// A stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            KeyBookError::Unreadable { .. } => "KEY_FILE_UNREADABLE",
            KeyBookError::Malformed(..) => "KEY_BOOK_MALFORMED",
            KeyBookError::LastCharactersDiffer => "LAST_CHARACTERS_DIFFER",
            KeyBookError::FieldMissing(_) => "FIELD_MISSING",
            KeyBookError::AlreadyThere => "KEY_ALREADY_THERE",
            KeyBookError::NoSuchEntry(_) => "NO_SUCH_ENTRY",
            KeyBookError::NotACertificate => "CERTIFICATE_MALFORMED",
            KeyBookError::SeveralCertificates(_) => "SEVERAL_CERTIFICATES",
            KeyBookError::NotAKey(code) => code,
            KeyBookError::Save(error) => error.code(),
        }
    }
}

/// The reviewer's key book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyBookFile {
    /// What the reviewer calls it.
    pub name: String,
    entries: Vec<KeyEntry>,
    /// Keys of people who sign review notes: a kind of their own, which the engine never sees.
    reviewers: Vec<ReviewerEntry>,
    /// Roots of time-stamp authorities.
    authorities: Vec<AuthorityEntry>,
    /// Of the bytes it was read from or written as.
    digest: Option<Digest>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    schema: String,
    name: String,
    entries: Vec<KeyEntry>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    reviewers: Vec<ReviewerEntry>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    authorities: Vec<AuthorityEntry>,
}

impl Default for KeyBookFile {
    fn default() -> KeyBookFile {
        KeyBookFile {
            name: "My keys".to_owned(),
            entries: Vec::new(),
            reviewers: Vec::new(),
            authorities: Vec::new(),
            digest: None,
        }
    }
}

impl KeyBookFile {
    /// The key book at `path`; an empty one when there is no such file.
    ///
    /// # Errors
    /// When the file cannot be read or is no key book of this version.
    pub fn load(path: &Path) -> Result<KeyBookFile, KeyBookError> {
        match std::fs::read(path) {
            Ok(bytes) => KeyBookFile::parse(&path.display().to_string(), &bytes),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(KeyBookFile::default()),
            Err(source) => Err(KeyBookError::Unreadable {
                path: path.to_owned(),
                source,
            }),
        }
    }

    /// A key book from the bytes of its file; `name` is for the error.
    ///
    /// # Errors
    /// When it is no key book of this version.
    pub fn parse(name: &str, bytes: &[u8]) -> Result<KeyBookFile, KeyBookError> {
        let malformed = |why: String| KeyBookError::Malformed(name.to_owned(), why);
        let document: Document = serde_json::from_slice(bytes).map_err(|fault| malformed(fault.to_string()))?;
        if document.schema != KEYBOOK_SCHEMA {
            return Err(malformed(format!("schema {}", document.schema)));
        }
        Ok(KeyBookFile {
            name: document.name,
            entries: document.entries,
            reviewers: document.reviewers,
            authorities: document.authorities,
            digest: Some(Digest::of(bytes)),
        })
    }

    /// The bytes of its file: the same entries always give the same bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let document = Document {
            schema: KEYBOOK_SCHEMA.to_owned(),
            name: self.name.clone(),
            entries: self.entries.clone(),
            reviewers: self.reviewers.clone(),
            authorities: self.authorities.clone(),
        };
        let mut bytes = serde_json::to_vec_pretty(&document).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }

    /// Writes it, and keeps what was there as `<name>.bak`.
    ///
    /// # Errors
    /// When it cannot be written; the old file stays.
    pub fn save(&mut self, path: &Path) -> Result<(), KeyBookError> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(|source| SaveError::Io {
                path: path.to_owned(),
                source,
            })?;
        }
        if let Ok(old) = std::fs::read(path) {
            save(&backup(path), Existing::Replace, &old)?;
        }
        let bytes = self.to_bytes();
        save(path, Existing::Replace, &bytes)?;
        self.digest = Some(Digest::of(&bytes));
        Ok(())
    }

    /// SHA-256 of its file, which two people compare over another channel; `None` before it was ever written.
    #[must_use]
    pub fn digest(&self) -> Option<Digest> {
        self.digest
    }

    /// The entries, in the order in which they were confirmed.
    #[must_use]
    pub fn entries(&self) -> &[KeyEntry] {
        &self.entries
    }

    /// Adds a key that the reviewer has confirmed: who, how and when are stated, and the end of the fingerprint typed.
    ///
    /// # Errors
    /// When something is missing, the typed characters differ, or the key is there already.
    pub fn add(&mut self, entry: KeyEntry, last_characters: &str) -> Result<(), KeyBookError> {
        confirmed(
            &[
                ("issuer", &entry.issuer),
                ("confirmedBy", &entry.confirmed_by),
                ("confirmedHow", &entry.confirmed_how),
                ("confirmedAt", &entry.confirmed_at),
            ],
            &entry.fingerprint(),
            last_characters,
        )?;
        if self.holds(&entry) {
            return Err(KeyBookError::AlreadyThere);
        }
        self.entries.push(entry);
        self.digest = None;
        Ok(())
    }

    /// Takes an entry out, by its place from 0.
    ///
    /// # Errors
    /// When there is no such entry.
    pub fn remove(&mut self, index: usize) -> Result<KeyEntry, KeyBookError> {
        let entry = take_out(&mut self.entries, index)?;
        self.digest = None;
        Ok(entry)
    }

    /// Adds the entries of another key book that are not there yet, each with its own confirmation, and says how many.
    pub fn import(&mut self, other: KeyBookFile) -> usize {
        let before = self.size();
        self.import_reviewers(other.reviewers);
        self.import_authorities(other.authorities);
        for entry in other.entries {
            if !self.holds(&entry) {
                self.entries.push(entry);
            }
        }
        let added = self.size() - before;
        if added > 0 {
            self.digest = None;
        }
        added
    }

    /// What the engine is given: the reviewer's entries, and the keys given for this run only.
    #[must_use]
    pub fn to_book(&self, supplied: &Supplied) -> KeyBook {
        KeyBook {
            name: self.name.clone(),
            entries: self.entries.iter().chain(&supplied.entries).cloned().collect(),
            supplied: supplied.sets.clone(),
            bare: supplied.bare.clone(),
            authorities: self
                .authorities
                .iter()
                .map(AuthorityEntry::to_authority)
                .chain(supplied.authorities.iter().cloned())
                .collect(),
        }
    }

    /// Entries of every kind.
    fn size(&self) -> usize {
        self.entries.len() + self.reviewers.len() + self.authorities.len()
    }

    fn holds(&self, entry: &KeyEntry) -> bool {
        self.entries.iter().any(|there| {
            there.public_key == entry.public_key
                && there.ecosystem == entry.ecosystem
                && there.key_id == entry.key_id
                && there.signs_for == entry.signs_for
                && there.purpose == entry.purpose
        })
    }
}

/// Whether what is said of an entry is all there, and its fingerprint was looked at.
fn confirmed(stated: &[(&'static str, &str)], fingerprint: &Digest, last_characters: &str) -> Result<(), KeyBookError> {
    if let Some((name, _)) = stated.iter().find(|(_, text)| text.trim().is_empty()) {
        return Err(KeyBookError::FieldMissing(name));
    }
    if !ends_alike(fingerprint, last_characters) {
        return Err(KeyBookError::LastCharactersDiffer);
    }
    Ok(())
}

/// Takes an entry out of a list, by its place from 0.
fn take_out<T>(entries: &mut Vec<T>, index: usize) -> Result<T, KeyBookError> {
    if index >= entries.len() {
        return Err(KeyBookError::NoSuchEntry(index));
    }
    Ok(entries.remove(index))
}

/// Blanks and capitals are how people type, not what they mean.
fn ends_alike(fingerprint: &Digest, typed: &str) -> bool {
    let typed: String = typed
        .chars()
        .filter(|character| !character.is_whitespace())
        .flat_map(char::to_lowercase)
        .collect();
    typed.len() == LAST_CHARACTERS && fingerprint.to_hex().ends_with(&typed)
}

fn backup(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".bak");
    PathBuf::from(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use evidence::{EcosystemName, PublicKey};

    fn entry() -> KeyEntry {
        let mut entry = suggestions()
            .remove(0)
            .confirmed("A. Reviewer", "phone", "2026-11-25T09:00:00Z");
        entry.issuer = "Node operator".to_owned();
        entry
    }

    fn end_of(entry: &KeyEntry) -> String {
        entry.fingerprint().to_hex()[64 - LAST_CHARACTERS..].to_owned()
    }

    fn book() -> KeyBookFile {
        let mut book = KeyBookFile::default();
        book.add(entry(), &end_of(&entry())).unwrap();
        book
    }

    #[test]
    fn a_saved_key_book_reads_back_with_the_digest_of_its_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/keybook.json");
        let mut saved = book();
        saved.save(&path).unwrap();
        let read = KeyBookFile::load(&path).unwrap();
        assert_eq!(read, saved);
        assert_eq!(read.digest(), Some(Digest::of(&std::fs::read(&path).unwrap())));
    }

    #[test]
    fn a_second_save_keeps_the_first_as_backup() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keybook.json");
        let mut saved = book();
        saved.save(&path).unwrap();
        let first = std::fs::read(&path).unwrap();
        saved.remove(0).unwrap();
        saved.save(&path).unwrap();
        assert_eq!(std::fs::read(folder.path().join("keybook.json.bak")).unwrap(), first);
    }

    #[test]
    fn no_file_is_an_empty_key_book() {
        let read = KeyBookFile::load(Path::new("/nowhere/keybook.json")).unwrap();
        assert_eq!((read.entries().len(), read.digest()), (0, None));
    }

    #[test]
    fn a_key_is_added_only_with_the_end_of_its_fingerprint() {
        let mut book = KeyBookFile::default();
        for typed in ["", "00000000", &end_of(&entry())[1..], &entry().fingerprint().to_hex()] {
            let refused = book.add(entry(), typed).unwrap_err();
            assert_eq!(refused.code(), "LAST_CHARACTERS_DIFFER", "{typed:?}");
        }
        let spelt = end_of(&entry()).to_uppercase();
        book.add(entry(), &format!(" {} {}", &spelt[..4], &spelt[4..])).unwrap();
        assert_eq!(book.entries().len(), 1);
    }

    #[test]
    fn a_key_is_added_only_with_who_and_how() {
        let mut unnamed = entry();
        unnamed.confirmed_by = "  ".to_owned();
        let refused = KeyBookFile::default().add(unnamed, &end_of(&entry())).unwrap_err();
        assert_eq!(refused.code(), "FIELD_MISSING");
    }

    #[test]
    fn a_key_is_added_once() {
        assert_eq!(
            book().add(entry(), &end_of(&entry())).unwrap_err().code(),
            "KEY_ALREADY_THERE"
        );
        let mut twice = book();
        assert_eq!(twice.import(book()), 0);
    }

    #[test]
    fn an_import_keeps_who_confirmed_each_key() {
        let mut mine = KeyBookFile::default();
        assert_eq!(mine.import(book()), 1);
        assert_eq!(mine.entries()[0].confirmed_by, "A. Reviewer");
    }

    #[test]
    fn a_file_with_unknown_members_or_another_schema_is_no_key_book() {
        for text in [
            "",
            "[]",
            r#"{"schema":"sealcheck.keybook/2","name":"x","entries":[]}"#,
            r#"{"schema":"sealcheck.keybook/1","name":"x","entries":[],"more":1}"#,
        ] {
            let refused = KeyBookFile::parse("x", text.as_bytes()).unwrap_err();
            assert_eq!(refused.code(), "KEY_BOOK_MALFORMED", "{text}");
        }
    }

    #[test]
    fn the_engine_gets_the_reviewers_keys_and_those_of_the_run() {
        let mut given = entry();
        given.key_id = Some("other".to_owned());
        let supplied = Supplied {
            entries: vec![given],
            bare: vec![PublicKey::from_bytes(entry().public_key.as_bytes()).unwrap()],
            ..Supplied::default()
        };
        let engine = book().to_book(&supplied);
        assert_eq!((engine.entries.len(), engine.bare.len()), (2, 1));
        assert_eq!(engine.entries[0].ecosystem, EcosystemName::NexArt);
    }
}
