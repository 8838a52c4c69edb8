//! Keys given for one run (`--keys FILE`, `--key TEXT`): each counts as confirmed for this run only.

use evidence::keytext::read_key_text;
use evidence::{Authority, Ecosystem, KEYBOOK_SCHEMA, KeyEntry, PublicKey, SuppliedKeys};
use serde_json::Value;

use super::{AuthorityEntry, KeyBookError, KeyBookFile, ReviewerEntry};
use crate::note::key::open_ssh_public;

/// What was given, sorted by what it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Supplied {
    /// Entries of key book files.
    pub entries: Vec<KeyEntry>,
    /// Keys of reviewers in key book files.
    pub reviewers: Vec<ReviewerEntry>,
    /// Key sets, byte for byte: malformed, revoked and doubled entries have answers of their own.
    pub sets: Vec<SuppliedKeys>,
    /// Single keys, without a key id.
    pub bare: Vec<PublicKey>,
    /// Certificates of time-stamp authorities.
    pub authorities: Vec<Authority>,
}

impl Supplied {
    /// Adds a file: a key book, a key set of any of the ecosystems, or a single key as text.
    ///
    /// # Errors
    /// When it is none of these, or a key book that cannot be read.
    pub fn add_file(&mut self, name: &str, bytes: &[u8]) -> Result<(), KeyBookError> {
        let text = std::str::from_utf8(bytes).map_err(|_| KeyBookError::NotAKey("KEY_MALFORMED"))?;
        if text.contains("-----BEGIN CERTIFICATE-----") {
            self.authorities.push(Authority {
                name: name.to_owned(),
                bytes: bytes.to_owned(),
            });
            return Ok(());
        }
        let Ok(document) = serde_json::from_str::<Value>(text.trim_start_matches('\u{feff}')) else {
            return self.add_key(text);
        };
        if document.get("schema").and_then(Value::as_str) == Some(KEYBOOK_SCHEMA) {
            let book = KeyBookFile::parse(name, bytes)?;
            self.entries.extend(book.entries);
            self.reviewers.extend(book.reviewers);
            let roots = book.authorities.iter().map(AuthorityEntry::to_authority);
            self.authorities.extend(roots);
        } else if let Some(ecosystem) = key_set(&document) {
            self.sets.push(SuppliedKeys {
                name: name.to_owned(),
                ecosystem,
                bytes: bytes.to_owned(),
            });
        } else {
            self.add_key(text)?;
        }
        Ok(())
    }

    /// Adds a single key.
    ///
    /// # Errors
    /// When the text is no public key.
    pub fn add_key(&mut self, text: &str) -> Result<(), KeyBookError> {
        // Reviewers often have a key in OpenSSH's form, which no spec of evidence names.
        let key = match open_ssh_public(text) {
            Some(key) => key,
            None => {
                let read = read_key_text(text);
                read.map_err(|code| KeyBookError::NotAKey(code.as_str()))?.key
            }
        };
        self.bare.push(key);
        Ok(())
    }

    /// Whether anything was given.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
            && self.reviewers.is_empty()
            && self.sets.is_empty()
            && self.bare.is_empty()
            && self.authorities.is_empty()
    }
}

/// Whose key set it is (`design.md` 8): three formats share a `keys` list, and its members tell them apart.
fn key_set(document: &Value) -> Option<Ecosystem> {
    let names_holder = document.get("domain").or(document.get("algorithm")).is_some();
    if document.get("public_key").is_some() && names_holder {
        // What a tenant of Invoance publishes: one key, without a list.
        return Some(Ecosystem::Invoance);
    }
    let keys = document.get("keys").or(document.get("publicKeys"))?.as_array()?;
    let entry_has = |name: &str| keys.iter().any(|key| key.get(name).is_some());
    if entry_has("kid") || entry_has("publicKey") {
        Some(Ecosystem::NexArt)
    } else if entry_has("purpose") || document.get("purpose").is_some() {
        Some(Ecosystem::Keel)
    } else {
        Some(Ecosystem::Invoance)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEX: &str = "3eb5ecb44c6f9fae50f453f912305dede71380154f9c21c4233ba3a876b1d0a8";

    fn given(text: &str) -> Result<Supplied, &'static str> {
        let mut supplied = Supplied::default();
        supplied
            .add_file("keys.json", text.as_bytes())
            .map_err(|error| error.code())?;
        Ok(supplied)
    }

    fn ecosystem(text: &str) -> Ecosystem {
        given(text).unwrap().sets[0].ecosystem
    }

    #[test]
    fn a_key_set_is_kept_byte_for_byte_even_with_malformed_entries() {
        let text = "{ \"keys\": [{\"kid\":\"a\",\"publicKey\":\"AAAA\"}, {\"kid\":\"a\"}] }";
        let supplied = given(text).unwrap();
        assert_eq!(supplied.sets[0].bytes, text.as_bytes());
        assert_eq!(supplied.sets[0].ecosystem, Ecosystem::NexArt);
    }

    #[test]
    fn the_members_of_a_key_list_say_whose_it_is() {
        assert_eq!(ecosystem(r#"{"keys":[{"id":"x","publicKey":"y"}]}"#), Ecosystem::NexArt);
        assert_eq!(
            ecosystem(r#"{"keys":[{"key_id":"x","purpose":"export_signing"}]}"#),
            Ecosystem::Keel
        );
        assert_eq!(
            ecosystem(r#"{"purpose":"root","keys":[{"key_id":"x"}]}"#),
            Ecosystem::Keel
        );
        assert_eq!(
            ecosystem(r#"{"keys":[{"key_id":"x","public_key":"y"}]}"#),
            Ecosystem::Invoance
        );
        assert_eq!(
            ecosystem(r#"{"domain":"acme.example","public_key":"y","algorithm":"ed25519"}"#),
            Ecosystem::Invoance
        );
    }

    #[test]
    fn a_key_book_gives_its_entries() {
        let book = include_bytes!("../../samples/samples-keybook.json");
        let mut supplied = Supplied::default();
        supplied.add_file("samples-keybook.json", book).unwrap();
        assert_eq!(supplied.entries.len(), 2);
    }

    #[test]
    fn a_key_book_with_a_broken_entry_is_refused_as_a_whole() {
        let text = r#"{"schema":"sealcheck.keybook/1","name":"x","entries":[{"issuer":"y"}]}"#;
        assert_eq!(given(text).unwrap_err(), "KEY_BOOK_MALFORMED");
    }

    #[test]
    fn a_single_key_may_be_a_file_of_its_own() {
        assert_eq!(given(&format!("{HEX}\n")).unwrap().bare[0].to_hex(), HEX);
    }

    #[test]
    fn a_single_key_may_have_any_encoding_the_specs_name() {
        for text in [
            "ed25519:PrXstExvn65Q9FP5EjBd7ecTgBVPnCHEIzujqHax0Kg=",
            "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAPrXstExvn65Q9FP5EjBd7ecTgBVPnCHEIzujqHax0Kg=\n-----END PUBLIC KEY-----\n",
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAID617LRMb5+uUPRT+RIwXe3nE4AVT5whxCM7o6h2sdCo me@here\n",
            r#"{"kty":"OKP","crv":"Ed25519","x":"PrXstExvn65Q9FP5EjBd7ecTgBVPnCHEIzujqHax0Kg"}"#,
        ] {
            assert_eq!(given(text).unwrap().bare[0].to_hex(), HEX, "{text}");
        }
    }

    #[test]
    fn a_certificate_is_that_of_a_time_stamp_authority() {
        let text = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
        let supplied = given(text).unwrap();
        assert_eq!(
            (supplied.authorities[0].bytes.as_slice(), supplied.bare.len()),
            (text.as_bytes(), 0)
        );
    }

    #[test]
    fn anything_else_is_no_key() {
        for text in ["", "hello", "{}", "[1]", &HEX[2..]] {
            assert_eq!(given(text).unwrap_err(), "KEY_MALFORMED", "{text:?}");
        }
    }
}
