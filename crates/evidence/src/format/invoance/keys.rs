//! Which keys a row is held against (`specs/invoance.md` 4.2, 5; `design.md` 3).

mod document;
mod seen;

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

use crate::confirmation::Confirmation;
use crate::json::Node;
use crate::keybook::{KeyBook, KeyEntry};
use crate::keytext::read_key_text;
use crate::reason::ReasonCode;
use crate::report::{Ecosystem, Finding, KeyState};
use crate::signature::PublicKey;

use super::event::time::Moment;
use document::Listed;

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

/// Keys met on rows that are kept for the next row, and keys that are listed: the limit of keys in one pack.
const KEPT: usize = 10_000;

/// Keys of the pack tried on one row beside the one it names: a pack may list 10,000, and one check takes 50 µs.
const TRIED: usize = 64;

/// Every key at hand for one run: the reviewer's, the pack's key documents, and the row keys met so far.
#[derive(Debug, Default)]
pub(super) struct Keys {
    /// Given for this run: they count as keys of this evidence.
    given: Vec<Held>,
    /// The key book's entries for this ecosystem.
    book: Vec<Held>,
    /// What the key documents of the pack list.
    pack: Vec<Held>,
    /// Positions in `book` of the entries that say they sign for an organisation.
    by_org: HashMap<String, Vec<usize>>,
    /// The reviewer's keys by their bytes: positions in `given` and `book`.
    reviewers: HashMap<[u8; 32], Standing>,
    /// One object for each key, so that what makes its signatures quicker to verify is shared.
    met: RwLock<HashMap<[u8; 32], Met>>,
}

/// A key, and who vouches for it.
#[derive(Debug, Clone)]
struct Held {
    key: PublicKey,
    /// Its name, which proves nothing.
    key_id: Option<String>,
    /// Whom it signs for, or what the key book or document calls its holder.
    signs_for: Option<String>,
    /// Path of the document, or name of the key book or file.
    source: String,
    status: Option<String>,
    valid_from: Option<String>,
    valid_to: Option<String>,
    period: Period,
    revoked: bool,
    confirmed: Option<Confirmation>,
}

/// When a key signs, in milliseconds since 1970; what cannot be read is no limit.
#[derive(Debug, Clone, Copy, Default)]
struct Period {
    from: Option<i64>,
    to: Option<i64>,
}

impl Period {
    fn contains(self, at: Option<i64>) -> bool {
        let Some(at) = at else { return true };
        self.from.is_none_or(|from| from <= at) && self.to.is_none_or(|to| at <= to)
    }
}

impl Held {
    fn new(key: PublicKey, source: &str) -> Held {
        Held {
            key,
            key_id: None,
            signs_for: None,
            source: source.to_owned(),
            status: None,
            valid_from: None,
            valid_to: None,
            period: Period::default(),
            revoked: false,
            confirmed: None,
        }
    }

    fn of_entry(entry: &KeyEntry, book: &str) -> Held {
        let time = |text: &Option<String>| text.as_deref().and_then(Moment::read).map(Moment::milliseconds);
        let names = entry.signs_for.join(", ");
        Held {
            key_id: entry.key_id.clone(),
            signs_for: Some(if names.is_empty() { entry.issuer.clone() } else { names }),
            valid_from: entry.valid_from.clone(),
            valid_to: entry.valid_to.clone(),
            period: Period {
                from: time(&entry.valid_from),
                to: time(&entry.valid_to),
            },
            revoked: entry.revoked_at.is_some(),
            confirmed: Some(Confirmation::from(entry)),
            ..Held::new(entry.public_key.clone(), book)
        }
    }

    fn of_listed(listed: Listed, source: &str) -> Held {
        Held {
            key_id: listed.key_id,
            signs_for: listed.domain,
            status: listed.status,
            ..Held::new(listed.key, source)
        }
    }

    fn signs_at(&self, at: Option<i64>) -> bool {
        !self.revoked && self.period.contains(at)
    }
}

/// Where the reviewer's copies of one key stand.
#[derive(Debug, Clone, Default)]
struct Standing {
    given: bool,
    entries: Vec<usize>,
}

/// A key met on a row.
#[derive(Debug, Clone)]
struct Met {
    key: PublicKey,
    mixed_order: bool,
}

/// What stands on a row as its key.
#[derive(Debug, Clone)]
pub(super) enum RowKey {
    /// Nothing.
    Absent,
    /// Something that is no key of this format.
    Unreadable,
    /// A key, and whether it has a component of small order.
    Key(PublicKey, bool),
}

impl RowKey {
    /// The key, if it can be read.
    pub(super) fn key(&self) -> Option<&PublicKey> {
        match self {
            RowKey::Key(key, _) => Some(key),
            RowKey::Absent | RowKey::Unreadable => None,
        }
    }
}

/// A signature to be held against the keys at hand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Signed<'s> {
    /// Whose sequence the row belongs to.
    pub(super) org: Option<&'s str>,
    /// The service's own time, in milliseconds since 1970.
    pub(super) at: Option<i64>,
    /// What stands on the row as its key.
    pub(super) row_key: &'s RowKey,
    /// The exact bytes.
    pub(super) message: &'s [u8],
    /// The raw signature; none where its text is no signature.
    pub(super) signature: Option<&'s [u8; 64]>,
}

/// What holding a signature against the keys at hand came to.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    /// The key that fits, or `NO_PUBLIC_KEY`, `SIGNATURE_INVALID`, `KEY_MISMATCH`, `LIMIT_KEY_COUNT`.
    pub(super) result: Result<PublicKey, ReasonCode>,
    /// What that comes to.
    pub(super) level: Level,
    /// Who supplied keys for this row; `Embedded` when nobody did.
    pub(super) supplied: Level,
    /// What is known of the key that fits.
    pub(super) state: KeyState,
    /// A supplied key that the row would have to be signed by, for comparison.
    pub(super) expected: Option<PublicKey>,
    /// What a laxer rule would say of a refused signature.
    pub(super) explanation: Option<ReasonCode>,
}

/// Which keys one signature was held against, for the list of keys.
#[derive(Debug, Clone)]
pub(super) struct KeyUse {
    /// What that came to.
    pub(super) level: Level,
    /// What is known of the key that fits, or of the one that conflicts.
    pub(super) state: KeyState,
    /// The key that fits.
    pub(super) fits: Option<PublicKey>,
    /// The key that the evidence names.
    pub(super) named: Option<PublicKey>,
}

impl KeyUse {
    /// The keys of an answer.
    pub(super) fn new(answer: &Answer, row_key: &RowKey) -> KeyUse {
        KeyUse {
            level: answer.level,
            state: answer.state,
            fits: answer.result.as_ref().ok().cloned(),
            named: row_key.key().cloned(),
        }
    }
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
                    break;
                }
                keys.pack.push(Held::of_listed(listed, path));
            }
        }
        keys.share();
        (keys, findings)
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
            let one: &Met = met
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

    /// What stands on a row as its key: exactly 64 hex digits, either case.
    pub(super) fn on_row(&self, node: Option<&Node<'_>>) -> RowKey {
        let Some(node) = node else { return RowKey::Absent };
        let Some(text) = node.as_str() else {
            return RowKey::Unreadable;
        };
        if text.is_empty() {
            return RowKey::Absent;
        }
        let Some(bytes) = hex::<32>(text) else {
            return RowKey::Unreadable;
        };
        match self.meet(&bytes) {
            Some(met) => RowKey::Key(met.key, met.mixed_order),
            None => RowKey::Unreadable,
        }
    }

    /// The one object of a key; none for bytes that are no key.
    fn meet(&self, bytes: &[u8; 32]) -> Option<Met> {
        let met = self.met.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = met.get(bytes) {
            return Some(known.clone());
        }
        drop(met);
        let new = Met::of(PublicKey::from_bytes(bytes).ok()?);
        let mut met = self.met.write().unwrap_or_else(PoisonError::into_inner);
        if met.len() < KEPT {
            return Some(met.entry(*bytes).or_insert(new).clone());
        }
        Some(new)
    }

    /// Holds a signature against the keys at hand (4.2).
    pub(super) fn hold(&self, signed: Signed<'_>) -> Answer {
        let (candidates, supplied) = self.supplied(signed.org, signed.at);
        if supplied == Level::Embedded {
            return self.hold_against_row_key(signed);
        }
        let mut trial = Trial::new(signed);
        let on_row = signed.row_key.key();
        let named = on_row.filter(|key| candidates.iter().any(|held| held.key == **key));
        let others = candidates
            .iter()
            .map(|held| &held.key)
            .filter(|key| Some(*key) != named);
        let most = if supplied == Level::Pinned { usize::MAX } else { TRIED };
        let untried = others.clone().nth(most).is_some();
        let fits = named.into_iter().chain(others.take(most)).find(|key| trial.fits(key));
        let expected = named.or(candidates.first().map(|held| &held.key)).cloned();
        if let Some(key) = fits {
            let (level, state) = self.standing(key, supplied, signed.at);
            return trial.answer(Ok(key.clone()), level, supplied, state, expected);
        }
        let own = on_row.filter(|key| named != Some(*key) && trial.fits(key));
        match own {
            // The reviewer's own entry outranks what the pack says of itself.
            Some(key) if supplied == Level::PackKey && self.state(key, signed.at) != KeyState::SuppliedBySender => {
                let (level, state) = self.standing(key, Level::Embedded, signed.at);
                trial.answer(Ok(key.clone()), level, supplied, state, expected)
            }
            Some(_) => trial.answer(
                Err(ReasonCode::KeyMismatch),
                Level::Mismatch,
                supplied,
                KeyState::Conflict,
                expected,
            ),
            None => {
                let code = if untried {
                    ReasonCode::LimitKeyCount
                } else {
                    ReasonCode::SignatureInvalid
                };
                trial.answer(Err(code), supplied, supplied, KeyState::SuppliedBySender, expected)
            }
        }
    }

    /// Nobody supplies a key: the row's own shows only that the row agrees with itself, unless the reviewer holds it.
    fn hold_against_row_key(&self, signed: Signed<'_>) -> Answer {
        let mut trial = Trial::new(signed);
        let refused = |code, trial: Trial<'_>| {
            trial.answer(
                Err(code),
                Level::Embedded,
                Level::Embedded,
                KeyState::SuppliedBySender,
                None,
            )
        };
        match signed.row_key {
            RowKey::Absent => refused(ReasonCode::NoPublicKey, trial),
            RowKey::Key(key, _) if trial.fits(key) => {
                let (level, state) = self.standing(key, Level::Embedded, signed.at);
                trial.answer(Ok(key.clone()), level, Level::Embedded, state, None)
            }
            RowKey::Key(..) | RowKey::Unreadable => refused(ReasonCode::SignatureInvalid, trial),
        }
    }

    /// What a key that fits comes to: pinned only if the reviewer confirmed it and nothing speaks against it.
    fn standing(&self, key: &PublicKey, supplied: Level, at: Option<i64>) -> (Level, KeyState) {
        let state = self.state(key, at);
        let level = match state {
            KeyState::Confirmed => Level::Pinned,
            _ if supplied == Level::PackKey => Level::PackKey,
            _ => Level::Embedded,
        };
        (level, state)
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

impl Met {
    fn of(key: PublicKey) -> Met {
        let mixed_order = key.is_mixed_order();
        Met { key, mixed_order }
    }
}

/// One signature on its way through the keys.
struct Trial<'s> {
    signed: Signed<'s>,
    explanation: Option<ReasonCode>,
}

impl<'s> Trial<'s> {
    fn new(signed: Signed<'s>) -> Trial<'s> {
        Trial {
            signed,
            explanation: signed.signature.is_none().then_some(ReasonCode::SigMalformed),
        }
    }

    fn fits(&mut self, key: &PublicKey) -> bool {
        let Some(signature) = self.signed.signature else {
            return false;
        };
        match key.verify(self.signed.message, signature) {
            Ok(()) => true,
            Err(code) => {
                if code == ReasonCode::SigNotStrict || self.explanation.is_none() {
                    self.explanation = Some(code);
                }
                false
            }
        }
    }

    fn answer(
        self,
        result: Result<PublicKey, ReasonCode>,
        level: Level,
        supplied: Level,
        state: KeyState,
        expected: Option<PublicKey>,
    ) -> Answer {
        let refused = result == Err(ReasonCode::SignatureInvalid);
        Answer {
            result,
            level,
            supplied,
            state,
            expected,
            explanation: self.explanation.filter(|_| refused),
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

/// Exactly so many bytes as hex digits, either case, without prefix or blanks.
pub(super) fn hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let bytes = data_encoding::HEXLOWER_PERMISSIVE.decode(text.as_bytes()).ok()?;
    bytes.try_into().ok()
}
