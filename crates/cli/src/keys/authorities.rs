//! Roots of time-stamp authorities.

use std::fmt::Write as _;
use std::path::Path;

use review::keybook_file::{AuthorityEntry, KeyBookError, KeyBookFile, root_certificate};
use review::present::visible;
use serde_json::{Value, json};

use super::{ask, tell};
use crate::args::KeysAddArgs;
use crate::clock;
use crate::end::{End, Failure};

/// Adds the certificate of a file.
pub(super) fn add(path: &Path, file: &Path, arguments: &KeysAddArgs) -> Result<End, Failure> {
    let bytes = std::fs::read(file).map_err(|error| Failure::Usage(format!("{}: {error}", file.display())))?;
    let entry = AuthorityEntry {
        name: arguments.issuer.clone().unwrap_or_default(),
        certificate: root_certificate(&bytes)?,
        source: arguments.source.clone(),
        confirmed_by: arguments.confirmed_by.clone(),
        confirmed_how: arguments.how.clone(),
        confirmed_at: clock::text(clock::now()),
    };
    let fingerprint = entry.fingerprint();
    let typed = match &arguments.last_characters {
        Some(typed) => typed.clone(),
        None => ask(&fingerprint)?,
    };
    let subject = visible(entry.certificate.subject());
    let mut book = KeyBookFile::load(path)?;
    book.add_authority(entry, &typed)?;
    book.save(path)?;
    tell(&book, &format!("added {fingerprint}, {subject}"))
}

/// Takes a root out, by its number in the list.
pub(super) fn remove(path: &Path, number: usize) -> Result<End, Failure> {
    let mut book = KeyBookFile::load(path)?;
    let index = number.checked_sub(1).ok_or(KeyBookError::NoSuchEntry(number))?;
    let removed = book
        .remove_authority(index)
        .map_err(|_| KeyBookError::NoSuchEntry(number))?;
    book.save(path)?;
    tell(&book, &format!("removed {}", removed.fingerprint()))
}

/// The list for people; empty without any.
pub(super) fn list(book: &KeyBookFile) -> String {
    let mut text = String::new();
    if !book.authorities().is_empty() {
        text.push_str("Roots of time-stamp authorities:\n");
    }
    for (number, entry) in (1..).zip(book.authorities()) {
        // Writing into a string cannot fail.
        let _ = writeln!(
            text,
            "{number:>3}  {}  {}, {}, to {}",
            entry.fingerprint(),
            visible(&entry.name),
            visible(entry.certificate.subject()),
            entry.certificate.valid_to(),
        );
    }
    text
}

/// The list for programs.
pub(super) fn as_json(book: &KeyBookFile) -> Vec<Value> {
    let entries = book.authorities().iter();
    entries
        .map(|entry| {
            let mut document = json!(entry);
            if let Some(members) = document.as_object_mut() {
                let certificate = &entry.certificate;
                members.insert("fingerprint".to_owned(), json!(entry.fingerprint()));
                members.insert("subject".to_owned(), json!(certificate.subject()));
                members.insert("validFrom".to_owned(), json!(certificate.valid_from()));
                members.insert("validTo".to_owned(), json!(certificate.valid_to()));
            }
            document
        })
        .collect()
}
