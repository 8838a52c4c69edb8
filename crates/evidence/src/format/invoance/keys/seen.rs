//! The keys that mattered, for the report.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::Value;

use super::super::event::Judged;
use super::super::proofs::JudgedProof;
use super::held::Held;
use super::{KEPT, Keys, Level};
use crate::reason::ReasonCode;
use crate::report::{Ecosystem, Finding, KeyOrigin, KeySeen, KeyState};
use crate::signature::PublicKey;

/// Organisations named beside one key.
const ORGS: usize = 16;

/// The keys that mattered, gathered row by row, in any order.
#[derive(Debug, Default)]
pub(in super::super) struct KeysSeen {
    keys: BTreeMap<[u8; 32], Seen>,
    /// Organisations of which rows were seen, as far as the key book speaks of them.
    orgs: BTreeSet<Arc<str>>,
    left_out: u64,
}

/// A row or proof that bears a signature.
struct Bearer<'b> {
    /// The key that fits.
    fits: Option<&'b PublicKey>,
    /// The key that it names.
    named: Option<&'b PublicKey>,
    level: Level,
    state: KeyState,
    path: &'b str,
    /// The signed time.
    time: Option<&'b str>,
    org: Option<&'b Arc<str>>,
}

/// What the rows say of one key.
#[derive(Debug, Clone)]
struct Seen {
    key: PublicKey,
    /// Path of the first artifact, by name, with a row that names it.
    source: String,
    signatures: u64,
    first: Option<String>,
    last: Option<String>,
    orgs: BTreeSet<Arc<str>>,
    more_orgs: bool,
    /// The worst that is known of it.
    state: Option<KeyState>,
}

impl KeysSeen {
    /// Counts a row.
    pub(in super::super) fn add(&mut self, row: &Judged) {
        let time = row.ingested_ms.and(row.record.fields.get("ingested_at"));
        self.take(Bearer {
            fits: row.key.as_ref(),
            named: row.row_key.as_ref(),
            level: row.level,
            state: row.key_state,
            path: &row.record.source.path,
            time: time.and_then(Value::as_str),
            org: row.seat.as_ref().map(|seat| &seat.org),
        });
    }

    /// Counts a proof.
    pub(in super::super) fn add_proof(&mut self, proof: &JudgedProof) {
        let Some(keys) = &proof.keys else { return };
        self.take(Bearer {
            fits: keys.fits.as_ref(),
            named: keys.named.as_ref(),
            level: keys.level,
            state: keys.state,
            path: &proof.record.source.path,
            time: proof.record.fields.get("created_at").and_then(Value::as_str),
            org: None,
        });
    }

    /// Counts for the key that fits, and for the one that the evidence names if that is another.
    fn take(&mut self, bearer: Bearer<'_>) {
        if let Some(key) = bearer.fits {
            self.count(key, Some(bearer.state), &bearer);
        }
        if let Some(key) = bearer.named.filter(|key| Some(*key) != bearer.fits) {
            let conflict = bearer.level == Level::Mismatch && bearer.state == KeyState::Conflict;
            self.count(key, conflict.then_some(KeyState::Conflict), &bearer);
        }
        if let Some(org) = bearer.org
            && self.orgs.len() < KEPT
            && !self.orgs.contains(org)
        {
            self.orgs.insert(Arc::clone(org));
        }
    }

    fn count(&mut self, key: &PublicKey, state: Option<KeyState>, bearer: &Bearer<'_>) {
        if self.keys.len() >= KEPT && !self.keys.contains_key(key.as_bytes()) {
            self.left_out = self.left_out.saturating_add(1);
            return;
        }
        let seen = self.keys.entry(*key.as_bytes()).or_insert_with(|| Seen {
            key: key.clone(),
            source: bearer.path.to_owned(),
            signatures: 0,
            first: None,
            last: None,
            orgs: BTreeSet::new(),
            more_orgs: false,
            state: None,
        });
        seen.signatures = seen.signatures.saturating_add(1);
        if *bearer.path < *seen.source {
            bearer.path.clone_into(&mut seen.source);
        }
        seen.state = worse(seen.state, state);
        if let Some(time) = bearer.time {
            seen.stretch(time);
        }
        if let Some(org) = bearer.org {
            seen.name(org);
        }
    }

    /// The report's list: the reviewer's keys for this evidence, the pack's documents, then keys that only rows name.
    pub(in super::super) fn finish(mut self, keys: &Keys) -> (Vec<KeySeen>, Vec<Finding>) {
        let mut list = Vec::new();
        let for_org = |held: &Held| {
            let speaks = |org: &Arc<str>| keys.by_org.get(org.as_ref());
            let mut entries = self.orgs.iter().filter_map(speaks).flatten();
            entries.any(|position| keys.book.get(*position).is_some_and(|entry| entry.key == held.key))
        };
        let book = keys
            .book
            .iter()
            .filter(|held| self.keys.contains_key(held.key.as_bytes()) || for_org(held));
        let reviewers: Vec<&Held> = keys.given.iter().chain(book).collect();
        let mut listed = BTreeSet::new();
        for (origin, held) in reviewers
            .into_iter()
            .map(|held| (KeyOrigin::KeyBook, held))
            .chain(keys.pack.iter().map(|held| (KeyOrigin::Pack, held)))
        {
            if listed.insert(*held.key.as_bytes()) {
                list.push(of_held(held, origin, self.keys.remove(held.key.as_bytes()), keys));
            }
        }
        list.extend(self.keys.into_values().map(Seen::alone));
        let over = (self.left_out > 0).then(|| {
            let detail = format!(
                "{} rows name further keys; the first {KEPT} keys are listed",
                self.left_out
            );
            Finding::new(ReasonCode::LimitKeyCount, "", detail)
        });
        (list, over.into_iter().collect())
    }
}

impl Seen {
    /// A time of the signed form: its text orders as the times do.
    fn stretch(&mut self, time: &str) {
        if self.first.as_deref().is_none_or(|first| time < first) {
            self.first = Some(time.to_owned());
        }
        if self.last.as_deref().is_none_or(|last| time > last) {
            self.last = Some(time.to_owned());
        }
    }

    fn name(&mut self, org: &Arc<str>) {
        if self.orgs.contains(org) {
            return;
        }
        if self.orgs.len() < ORGS {
            self.orgs.insert(Arc::clone(org));
        } else {
            self.more_orgs = true;
        }
    }

    fn names(&self) -> Option<String> {
        let mut names = self.orgs.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(", ");
        if self.more_orgs {
            names.push_str(", …");
        }
        Some(names).filter(|names| !names.is_empty())
    }

    /// A key that nothing but rows supplies.
    fn alone(self) -> KeySeen {
        KeySeen {
            key_id: None,
            fingerprint: Some(self.key.fingerprint().to_hex()),
            public_key: Some(self.key.to_hex()),
            origin: KeyOrigin::Pack,
            state: self.state.unwrap_or(KeyState::SuppliedBySender),
            ecosystem: Ecosystem::Invoance,
            signs_for: self.names(),
            source: self.source,
            status: None,
            valid_from: None,
            valid_to: None,
            confirmed: None,
            signatures: self.signatures,
            first_signed: self.first,
            last_signed: self.last,
        }
    }
}

fn of_held(held: &Held, origin: KeyOrigin, seen: Option<Seen>, keys: &Keys) -> KeySeen {
    let state = seen.as_ref().and_then(|seen| seen.state);
    let names = seen.as_ref().and_then(Seen::names);
    let (signatures, first, last) = seen.map_or((0, None, None), |seen| (seen.signatures, seen.first, seen.last));
    KeySeen {
        key_id: held.key_id.clone(),
        fingerprint: Some(held.key.fingerprint().to_hex()),
        public_key: Some(held.key.to_hex()),
        origin,
        state: state.unwrap_or_else(|| keys.state(&held.key, None)),
        ecosystem: Ecosystem::Invoance,
        signs_for: held.signs_for.clone().or(names),
        source: held.source.clone(),
        status: held.status.clone(),
        valid_from: held.valid_from.clone(),
        valid_to: held.valid_to.clone(),
        confirmed: held.confirmed.clone(),
        signatures,
        first_signed: first,
        last_signed: last,
    }
}

/// The worse of two states: one bad use of a key is what the reader must see.
fn worse(one: Option<KeyState>, other: Option<KeyState>) -> Option<KeyState> {
    let rank = |state: &KeyState| match state {
        KeyState::Confirmed => 0,
        KeyState::SuppliedBySender | KeyState::NotAtHand | KeyState::Malformed => 1,
        KeyState::OutsideWindow => 2,
        KeyState::Revoked => 3,
        KeyState::Conflict => 4,
    };
    one.into_iter().chain(other).max_by_key(rank)
}
