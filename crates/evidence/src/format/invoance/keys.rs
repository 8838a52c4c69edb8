//! Which keys a row is held against (`specs/invoance.md` 4.2, 5; `design.md` 3).

mod document;
mod held;
mod hold;
mod row_key;
mod seen;

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use crate::confirmation::Confirmation;
use crate::keybook::KeyBook;
use crate::keytext::read_key_text;
use crate::reason::ReasonCode;
use crate::report::{Ecosystem, Finding, KeyState};
use crate::signature::PublicKey;

use document::Listed;
use held::Held;
use row_key::Met;

pub(super) use hold::{Answer, KeyUse, Signed};
pub(super) use row_key::{RowKey, hex};
pub(super) use seen::KeysSeen;

/// What the keys of a result come to, worst first (section 5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, strum::IntoStaticStr)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum Level {
    /// Signed by another key than the supplied ones.
    Mismatch,
    /// No records.
    None,
    /// Only the row's own key.
    Embedded,
    /// A key document inside the pack.
    PackKey,
    /// A key that the auditor confirmed outside the pack.
    Pinned,
}

impl Level {
    /// The spec's word.
    pub(super) fn as_str(self) -> &'static str {
        self.into()
    }
}

/// Keys of one run that are kept and listed: the limit of public keys in one pack.
const KEPT: usize = 10_000;

/// Every key at hand for one run: the reviewer's, the pack's key documents, and the row keys met so far.
#[derive(Debug, Default)]
pub(super) struct Keys {
    /// Given for this run: they count as keys of this evidence.
    given: Vec<Held>,
    /// The key book's entries for this ecosystem.
    book: Vec<Held>,
    /// What the key documents of the pack list.
    pack: Vec<Held>,
    /// Why the pack may list further keys: then those at hand contradict no other key.
    left_out: Option<ReasonCode>,
    /// Positions in `book` of the entries that say they sign for an organisation.
    by_org: HashMap<String, Vec<usize>>,
    /// The reviewer's keys by their bytes: positions in `given` and `book`.
    reviewers: HashMap<[u8; 32], Standing>,
    /// One object for each key, so that what makes its signatures quicker to verify is shared.
    met: RwLock<HashMap<[u8; 32], Arc<Met>>>,
}

/// Where the reviewer's copies of one key stand.
#[derive(Debug, Clone, Default)]
struct Standing {
    given: bool,
    entries: Vec<usize>,
}

impl Keys {
    /// The keys of a run; `documents` are the key documents of the pack, as (path, bytes).
    ///
    /// The findings are about documents and files: `BAD_KEY_DOCUMENT`, `KEY_ENCODING_NONSTANDARD`, `KEY_MIXED_ORDER`,
    /// `LIMIT_KEY_COUNT`.
    pub(super) fn new(book: &KeyBook, documents: &[(String, Vec<u8>)]) -> (Keys, Vec<Finding>) {
        let mut keys = Keys::default();
        let mut findings = Vec::new();
        keys.take_given(book, &mut findings);
        keys.take_book(book);
        for (path, bytes) in documents {
            for listed in document::read(path, bytes, &mut findings) {
                if keys.pack.len() >= KEPT {
                    let detail = format!("more than {KEPT} keys");
                    findings.push(Finding::new(ReasonCode::LimitKeyCount, path, detail));
                    keys.leave_out(ReasonCode::LimitKeyCount);
                    break;
                }
                keys.pack.push(Held::of_listed(listed, path));
            }
        }
        keys.share();
        (keys, findings)
    }

    /// Something of the pack was not read that may list keys.
    pub(super) fn leave_out(&mut self, reason: ReasonCode) {
        self.left_out.get_or_insert(reason);
    }

    fn take_given(&mut self, book: &KeyBook, findings: &mut Vec<Finding>) {
        for key in &book.bare {
            let mut held = Held::new(key.clone(), &book.name);
            held.confirmed = Some(Confirmation::Given(None));
            self.given.push(held);
        }
        let supplied = book
            .supplied
            .iter()
            .filter(|keys| keys.ecosystem == Ecosystem::Invoance);
        for file in supplied {
            for listed in given_keys(&file.name, &file.bytes, findings) {
                let mut held = Held::of_listed(listed, &file.name);
                held.confirmed = Some(Confirmation::Given(Some(file.name.clone())));
                self.given.push(held);
            }
        }
    }

    fn take_book(&mut self, book: &KeyBook) {
        let entries = book
            .entries
            .iter()
            .filter(|entry| Ecosystem::from(entry.ecosystem) == Ecosystem::Invoance);
        for (position, entry) in entries.enumerate() {
            for org in &entry.signs_for {
                self.by_org.entry(org.clone()).or_default().push(position);
            }
            self.book.push(Held::of_entry(entry, &book.name));
        }
    }

    /// Makes every copy of a key one object, and finds the reviewer's by their bytes.
    fn share(&mut self) {
        for held in &self.given {
            self.reviewers.entry(*held.key.as_bytes()).or_default().given = true;
        }
        for (position, held) in self.book.iter().enumerate() {
            let standing = self.reviewers.entry(*held.key.as_bytes()).or_default();
            standing.entries.push(position);
        }
        let mut met = HashMap::new();
        for held in self.given.iter_mut().chain(&mut self.book).chain(&mut self.pack) {
            let one: &Arc<Met> = met
                .entry(*held.key.as_bytes())
                .or_insert_with(|| Met::of(held.key.clone()));
            held.key = one.key.clone();
        }
        self.met = RwLock::new(met);
    }

    /// Who supplies keys for an organisation: `Pinned`, `PackKey`, or `Embedded` when only the rows do.
    pub(super) fn level(&self, org: Option<&str>) -> Level {
        self.supplied(org, None).1
    }

    /// The keys that take the place of the row's own, and who supplies them.
    fn supplied(&self, org: Option<&str>, at: Option<i64>) -> (Vec<&Held>, Level) {
        let entries = org.and_then(|org| self.by_org.get(org)).into_iter().flatten();
        let entries = entries.filter_map(|position| self.book.get(*position));
        let pinned: Vec<&Held> = self
            .given
            .iter()
            .chain(entries.filter(|held| held.signs_at(at)))
            .collect();
        if !pinned.is_empty() {
            (pinned, Level::Pinned)
        } else if self.pack.is_empty() {
            (Vec::new(), Level::Embedded)
        } else {
            (self.pack.iter().collect(), Level::PackKey)
        }
    }

    /// What the reviewer's entries say of a key, by its bytes.
    fn state(&self, key: &PublicKey, at: Option<i64>) -> KeyState {
        let Some(standing) = self.reviewers.get(key.as_bytes()) else {
            return KeyState::SuppliedBySender;
        };
        let mut entries = standing.entries.iter().filter_map(|position| self.book.get(*position));
        if entries.clone().any(|held| held.revoked) {
            KeyState::Revoked
        } else if standing.given || entries.any(|held| held.signs_at(at)) {
            KeyState::Confirmed
        } else {
            KeyState::OutsideWindow
        }
    }
}

/// The keys of a file given for this run: a key document, or one key as text in any encoding.
fn given_keys(name: &str, bytes: &[u8], findings: &mut Vec<Finding>) -> Vec<Listed> {
    let text = std::str::from_utf8(bytes)
        .ok()
        .and_then(|text| read_key_text(text).ok());
    match text {
        Some(read) => vec![Listed::of_key(read.key)],
        None => document::read(name, bytes, findings),
    }
}

#[cfg(test)]
mod tests;
