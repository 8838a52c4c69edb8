//! Keys of people who sign review notes.

use std::fmt::Write as _;
use std::path::Path;

use review::keybook_file::{KeyBookError, KeyBookFile, ReviewerEntry, Supplied};
use review::present::visible;
use serde_json::{Value, json};

use super::{ask, tell};
use crate::args::KeysAddArgs;
use crate::clock;
use crate::end::{End, Failure};

/// Adds the key of a person.
pub(super) fn add(path: &Path, name: &str, arguments: &KeysAddArgs) -> Result<End, Failure> {
    let mut supplied = Supplied::default();
    supplied.add_key(arguments.key.as_deref().unwrap_or_default())?;
    let public_key = supplied.bare.pop().ok_or(KeyBookError::FieldMissing("key"))?;
    let entry = ReviewerEntry {
        name: name.to_owned(),
        public_key,
        source: arguments.source.clone(),
        confirmed_by: arguments.confirmed_by.clone(),
        confirmed_how: arguments.how.clone(),
        confirmed_at: clock::text(clock::now()),
        valid_from: arguments.valid_from.clone(),
        valid_to: arguments.valid_to.clone(),
        revoked_at: None,
        revoked_reason: None,
    };
    let fingerprint = entry.fingerprint();
    let typed = match &arguments.last_characters {
        Some(typed) => typed.clone(),
        None => ask(&fingerprint)?,
    };
    let mut book = KeyBookFile::load(path)?;
    book.add_reviewer(entry, &typed)?;
    book.save(path)?;
    tell(&book, &format!("added {fingerprint}"))
}

/// Takes the key of a person out, by its number in the list.
pub(super) fn remove(path: &Path, number: usize) -> Result<End, Failure> {
    let mut book = KeyBookFile::load(path)?;
    let index = number.checked_sub(1).ok_or(KeyBookError::NoSuchEntry(number))?;
    let removed = book
        .remove_reviewer(index)
        .map_err(|_| KeyBookError::NoSuchEntry(number))?;
    book.save(path)?;
    tell(&book, &format!("removed {}", removed.fingerprint()))
}

/// The list for people; empty without any.
pub(super) fn list(book: &KeyBookFile) -> String {
    let mut text = String::new();
    if !book.reviewers().is_empty() {
        text.push_str("Reviewers, whose keys sign notes:\n");
    }
    for (number, entry) in (1..).zip(book.reviewers()) {
        // Writing into a string cannot fail.
        let _ = writeln!(text, "{number:>3}  {}  {}", entry.fingerprint(), visible(&entry.name));
    }
    text
}

/// The list for programs.
pub(super) fn as_json(book: &KeyBookFile) -> Vec<Value> {
    let entries = book.reviewers().iter();
    entries
        .map(|entry| {
            let mut document = json!(entry);
            if let Some(members) = document.as_object_mut() {
                members.insert("fingerprint".to_owned(), json!(entry.fingerprint()));
            }
            document
        })
        .collect()
}
