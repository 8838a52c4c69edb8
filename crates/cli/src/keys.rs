//! `sealcheck keys`: the reviewer's key book.

use std::fmt::Write as _;
use std::io::{BufRead, IsTerminal, Write as _};
use std::path::{Path, PathBuf};

use evidence::{Digest, KeyEntry, Progress};
use review::keybook_file::{KeyBookError, KeyBookFile, LAST_CHARACTERS, Suggestion, Supplied, suggestions};
use review::places::Places;
use review::present::visible;
use serde_json::json;

use crate::args::{KeysAction, KeysAddArgs, KeysArgs, KeysListArgs, ListFormat, OutputArgs};
use crate::clock;
use crate::end::{End, Failure};
use crate::generate::print;
use crate::output::Output;

mod authorities;
mod reviewers;

pub(crate) fn run(arguments: &KeysArgs) -> Result<End, Failure> {
    let path = arguments.book.clone().unwrap_or_else(|| Places::of_user().key_book());
    match &arguments.action {
        KeysAction::List(list) if list.suggestions => list_suggestions(list.format),
        KeysAction::List(list) => show_list(&path, list),
        KeysAction::Show { number } => show(&path, *number),
        KeysAction::Add(add) => match (&add.reviewer, &add.certificate) {
            (Some(name), _) => reviewers::add(&path, name, add),
            (None, Some(file)) => authorities::add(&path, file, add),
            (None, None) => self::add(&path, add),
        },
        KeysAction::Remove {
            number, reviewer: true, ..
        } => reviewers::remove(&path, *number),
        KeysAction::Remove {
            number,
            authority: true,
            ..
        } => authorities::remove(&path, *number),
        KeysAction::Remove { number, .. } => remove(&path, *number),
        KeysAction::Export(output) => export(&path, output),
        KeysAction::Import { file, sha256 } => import(&path, file, sha256.as_deref()),
    }
}

fn show_list(path: &Path, list: &KeysListArgs) -> Result<End, Failure> {
    let book = KeyBookFile::load(path)?;
    if list.format == ListFormat::Json {
        let entries: Vec<_> = book.entries().iter().map(as_json).collect();
        let document = json!({"name": book.name, "sha256": book.digest(), "entries": entries, "reviewers": reviewers::as_json(&book), "authorities": authorities::as_json(&book)});
        return print(&format!("{document:#}\n"));
    }
    let mut text = format!("{} ({})\n", visible(&book.name), path.display());
    match book.digest() {
        // Writing into a string cannot fail, here and below.
        Some(digest) => {
            let _ = writeln!(text, "SHA-256 {digest}");
        }
        None => text.push_str("not written yet: no key is confirmed\n"),
    }
    for (number, entry) in (1..).zip(book.entries()) {
        let _ = writeln!(
            text,
            "{number:>3}  {}  {}, key id {}",
            entry.fingerprint(),
            visible(&entry.issuer),
            visible(entry.key_id.as_deref().unwrap_or("none")),
        );
    }
    text.push_str(&reviewers::list(&book));
    text.push_str(&authorities::list(&book));
    print(&text)
}

fn list_suggestions(format: ListFormat) -> Result<End, Failure> {
    let entries: Vec<KeyEntry> = suggestions()
        .iter()
        .map(|suggestion| suggestion.confirmed("", "", ""))
        .collect();
    if format == ListFormat::Json {
        let entries: Vec<_> = entries.iter().map(as_json).collect();
        return print(&format!("{:#}\n", serde_json::Value::from(entries)));
    }
    let mut text = "Published keys; none counts before you have confirmed it.\n".to_owned();
    for (number, entry) in (1..).zip(&entries) {
        let _ = writeln!(
            text,
            "{number:>3}  {}  {}, key id {}, for {}",
            entry.fingerprint(),
            entry.issuer,
            entry.key_id.as_deref().unwrap_or("none"),
            entry.signs_for.join(", ")
        );
    }
    print(&text)
}

fn show(path: &Path, number: usize) -> Result<End, Failure> {
    let book = KeyBookFile::load(path)?;
    let entry = number
        .checked_sub(1)
        .and_then(|index| book.entries().get(index))
        .ok_or(KeyBookError::NoSuchEntry(number))?;
    print(&format!("{:#}\n", as_json(entry)))
}

/// An entry as it stands in the file, with the fingerprint that people compare.
fn as_json(entry: &KeyEntry) -> serde_json::Value {
    let mut document = json!(entry);
    if let Some(members) = document.as_object_mut() {
        members.insert("fingerprint".to_owned(), json!(entry.fingerprint()));
    }
    document
}

fn add(path: &Path, arguments: &KeysAddArgs) -> Result<End, Failure> {
    let entry = entry(arguments)?;
    let fingerprint = entry.fingerprint();
    let typed = match &arguments.last_characters {
        Some(typed) => typed.clone(),
        None => ask(&fingerprint)?,
    };
    let mut book = KeyBookFile::load(path)?;
    book.add(entry, &typed)?;
    book.save(path)?;
    tell(&book, &format!("added {fingerprint}"))
}

fn entry(arguments: &KeysAddArgs) -> Result<KeyEntry, Failure> {
    let now = clock::text(clock::now());
    let mut entry = match arguments.suggestion {
        Some(number) => suggestion(number)?.confirmed(&arguments.confirmed_by, &arguments.how, &now),
        None => typed(arguments, now)?,
    };
    if let Some(issuer) = &arguments.issuer {
        entry.issuer.clone_from(issuer);
    }
    entry.valid_from.clone_from(&arguments.valid_from);
    entry.valid_to.clone_from(&arguments.valid_to);
    Ok(entry)
}

fn suggestion(number: usize) -> Result<Suggestion, Failure> {
    let found = number
        .checked_sub(1)
        .and_then(|index| suggestions().into_iter().nth(index));
    Ok(found.ok_or(KeyBookError::NoSuchEntry(number))?)
}

fn typed(arguments: &KeysAddArgs, now: String) -> Result<KeyEntry, Failure> {
    let mut supplied = Supplied::default();
    supplied.add_key(arguments.key.as_deref().unwrap_or_default())?;
    let public_key = supplied.bare.pop().ok_or(KeyBookError::FieldMissing("key"))?;
    Ok(KeyEntry {
        issuer: String::new(),
        ecosystem: arguments.ecosystem,
        key_id: arguments.key_id.clone(),
        algorithm: "Ed25519".to_owned(),
        public_key,
        signs_for: arguments.signs_for.clone(),
        purpose: arguments.purpose.clone(),
        source: arguments.source.clone(),
        confirmed_by: arguments.confirmed_by.clone(),
        confirmed_how: arguments.how.clone(),
        confirmed_at: now,
        valid_from: None,
        valid_to: None,
        revoked_at: None,
        revoked_reason: None,
    })
}

/// Shows the fingerprint without its end: what is typed must come from the other channel.
fn ask(fingerprint: &Digest) -> Result<String, Failure> {
    if !std::io::stdin().is_terminal() {
        return Err(Failure::Usage(format!(
            "--last-characters is missing: the last {LAST_CHARACTERS} characters of the fingerprint, as you were told"
        )));
    }
    let hex = fingerprint.to_hex();
    let shown: String = hex.chars().take(hex.len().saturating_sub(LAST_CHARACTERS)).collect();
    eprint!("Fingerprint {shown}…\nIts last {LAST_CHARACTERS} characters, as you were told: ");
    std::io::stderr().flush()?;
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    Ok(line)
}

fn remove(path: &Path, number: usize) -> Result<End, Failure> {
    let mut book = KeyBookFile::load(path)?;
    let index = number.checked_sub(1).ok_or(KeyBookError::NoSuchEntry(number))?;
    let removed = book.remove(index).map_err(|_| KeyBookError::NoSuchEntry(number))?;
    book.save(path)?;
    tell(&book, &format!("removed {}", removed.fingerprint()))
}

fn export(path: &Path, arguments: &OutputArgs) -> Result<End, Failure> {
    let book = KeyBookFile::load(path)?;
    let mut output = Output::open(arguments, &[PathBuf::from(path)])?;
    output.write_all(&book.to_bytes())?;
    output.finish(&Progress::default())?;
    Ok(End::Good)
}

fn import(path: &Path, file: &Path, told: Option<&str>) -> Result<End, Failure> {
    let bytes = std::fs::read(file).map_err(|error| Failure::Usage(format!("{}: {error}", file.display())))?;
    let digest = Digest::of(&bytes);
    if let Some(told) = told
        && Digest::from_hex(told.trim()) != Some(digest)
    {
        return Err(Failure::Usage(format!(
            "the digest of {} is {digest}; nothing was added",
            file.display()
        )));
    }
    let mut book = KeyBookFile::load(path)?;
    let added = book.import(KeyBookFile::parse(&file.display().to_string(), &bytes)?);
    if added > 0 {
        book.save(path)?;
    }
    tell(
        &book,
        &format!("{added} entries added from a key book with SHA-256 {digest}"),
    )
}

fn tell(book: &KeyBookFile, what: &str) -> Result<End, Failure> {
    let digest = book
        .digest()
        .map_or_else(|| "not written".to_owned(), |digest| digest.to_hex());
    print(&format!("{what}\nkey book SHA-256 {digest}\n"))
}
