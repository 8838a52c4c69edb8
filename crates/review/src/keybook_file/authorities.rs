//! Roots of time-stamp authorities: certificates that the reviewer obtained and confirmed outside the pack.

use evidence::{Authority, Digest, RootCertificate};
use serde::{Deserialize, Serialize};

use super::{KeyBookError, KeyBookFile, confirmed, take_out};

/// A confirmed root.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AuthorityEntry {
    /// What the reviewer calls the authority.
    pub name: String,
    /// The certificate, base64 of its DER.
    pub certificate: RootCertificate,
    /// Where it came from.
    pub source: String,
    /// Who confirmed it.
    pub confirmed_by: String,
    /// How, as for a [`KeyEntry`](evidence::KeyEntry).
    pub confirmed_how: String,
    /// When (RFC 3339, UTC).
    pub confirmed_at: String,
}

impl AuthorityEntry {
    /// SHA-256 of the certificate, which people compare.
    #[must_use]
    pub fn fingerprint(&self) -> Digest {
        self.certificate.fingerprint()
    }

    /// What the engine is given.
    pub(super) fn to_authority(&self) -> Authority {
        Authority {
            name: self.name.clone(),
            bytes: self.certificate.der().to_vec(),
        }
    }
}

/// The one root certificate of a file.
///
/// # Errors
/// When the file holds none that can be used, or several: each is confirmed by itself.
pub fn root_certificate(bytes: &[u8]) -> Result<RootCertificate, KeyBookError> {
    let mut found = RootCertificate::read_all(bytes).map_err(|_| KeyBookError::NotACertificate)?;
    match (found.pop(), found.len()) {
        (Some(only), 0) => Ok(only),
        (_, others) => Err(KeyBookError::SeveralCertificates(others + 1)),
    }
}

impl KeyBookFile {
    /// The roots of time-stamp authorities, in the order in which they were confirmed.
    #[must_use]
    pub fn authorities(&self) -> &[AuthorityEntry] {
        &self.authorities
    }

    /// Adds a root, as [`KeyBookFile::add`] does a key of an issuer.
    ///
    /// # Errors
    /// When something is missing, the typed characters differ, or the root is there already.
    pub fn add_authority(&mut self, entry: AuthorityEntry, last_characters: &str) -> Result<(), KeyBookError> {
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
        if self.trusts(&entry) {
            return Err(KeyBookError::AlreadyThere);
        }
        self.authorities.push(entry);
        self.digest = None;
        Ok(())
    }

    /// Takes a root out, by its place from 0.
    ///
    /// # Errors
    /// When there is no such entry.
    pub fn remove_authority(&mut self, index: usize) -> Result<AuthorityEntry, KeyBookError> {
        let entry = take_out(&mut self.authorities, index)?;
        self.digest = None;
        Ok(entry)
    }

    pub(super) fn import_authorities(&mut self, others: Vec<AuthorityEntry>) {
        for entry in others {
            if !self.trusts(&entry) {
                self.authorities.push(entry);
            }
        }
    }

    fn trusts(&self, entry: &AuthorityEntry) -> bool {
        let mut there = self.authorities.iter();
        there.any(|there| there.certificate == entry.certificate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keybook_file::Supplied;

    const ROOT: &[u8] = include_bytes!("../../../../tests/fixtures/time-stamp/root.pem");
    const OTHER: &[u8] = include_bytes!("../../../../tests/fixtures/time-stamp/stranger.pem");

    fn entry() -> AuthorityEntry {
        AuthorityEntry {
            name: "Time stamps Ltd".to_owned(),
            certificate: root_certificate(ROOT).unwrap(),
            source: "its web page".to_owned(),
            confirmed_by: "A. Reviewer".to_owned(),
            confirmed_how: "published".to_owned(),
            confirmed_at: "2026-11-25T09:00:00Z".to_owned(),
        }
    }

    fn end() -> String {
        entry().fingerprint().to_hex()[56..].to_owned()
    }

    fn book() -> KeyBookFile {
        let mut book = KeyBookFile::default();
        book.add_authority(entry(), &end()).unwrap();
        book
    }

    #[test]
    fn a_root_is_kept_and_given_to_the_engine() {
        let read = KeyBookFile::parse("x", &book().to_bytes()).unwrap();
        assert_eq!(read.authorities(), [entry()]);
        let engine = read.to_book(&Supplied::default());
        assert_eq!(engine.authorities, [entry().to_authority()]);
    }

    #[test]
    fn it_is_added_with_the_end_of_its_fingerprint_and_once() {
        let refused = KeyBookFile::default().add_authority(entry(), "00000000").unwrap_err();
        assert_eq!(refused.code(), "LAST_CHARACTERS_DIFFER");
        assert_eq!(
            book().add_authority(entry(), &end()).unwrap_err().code(),
            "KEY_ALREADY_THERE"
        );
        assert_eq!(book().remove_authority(1).unwrap_err().code(), "NO_SUCH_ENTRY");
        let mut emptied = book();
        assert_eq!(emptied.remove_authority(0).unwrap(), entry());
        assert_eq!(emptied.authorities(), []);
    }

    #[test]
    fn it_is_imported_with_a_key_book_and_given_for_a_run_with_one() {
        let mut mine = KeyBookFile::default();
        assert_eq!(mine.import(book()), 1);
        assert_eq!(mine.import(book()), 0);
        let mut supplied = Supplied::default();
        supplied.add_file("book.json", &book().to_bytes()).unwrap();
        assert_eq!(supplied.authorities, [entry().to_authority()]);
    }

    #[test]
    fn a_file_of_one_certificate_is_a_root_and_several_are_none() {
        assert_eq!(root_certificate(b"hello").unwrap_err().code(), "CERTIFICATE_MALFORMED");
        let both = [ROOT, OTHER].concat();
        assert_eq!(root_certificate(&both).unwrap_err().code(), "SEVERAL_CERTIFICATES");
        assert_eq!(
            root_certificate(entry().certificate.der()).unwrap(),
            entry().certificate
        );
    }

    #[test]
    fn a_key_book_without_roots_is_the_same_bytes_as_before_and_a_broken_root_makes_it_none() {
        let text = String::from_utf8(KeyBookFile::default().to_bytes()).unwrap();
        assert!(!text.contains("authorities"), "{text}");
        let broken = String::from_utf8(book().to_bytes()).unwrap().replacen("MII", "AAA", 1);
        let refused = KeyBookFile::parse("x", broken.as_bytes()).unwrap_err();
        assert_eq!(refused.code(), "KEY_BOOK_MALFORMED");
    }
}
