//! The reviewer's trust in Keel keys: which key a signature must be by (`specs/keel.md` 3).

mod entry;
mod list;
mod seen;

use jiff::Timestamp;

use super::closure::BindingKey;
use super::encoding;
use super::moment::moment;
use crate::keybook::{EcosystemName, KeyBook};
use crate::reason::ReasonCode;
use crate::report::{Ecosystem, Finding};
use crate::signature::PublicKey;
use entry::is_key_id_of;
pub(super) use entry::{Entry, Purpose};
use list::KeyList;

/// Trust roots in the order in which they are asked, keys given by themselves, and keys that came with the evidence.
#[derive(Default)]
pub(super) struct Keys {
    /// Each is asked only for what those before it do not list.
    roots: Vec<Vec<Entry>>,
    bare: Vec<Entry>,
    /// Why a trust root that was given cannot be used.
    unusable: Option<String>,
    /// Key manifests of the pack, which confirm nothing.
    of_pack: Vec<Entry>,
}

/// Who a signature says made it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Claim<'c> {
    /// `key_id`.
    pub(super) key_id: Option<&'c str>,
    /// `public_key`, as it is written.
    pub(super) public_key: Option<&'c str>,
    /// The time that it states, which no signature covers.
    pub(super) signed_at: Option<&'c str>,
    /// The project that it states.
    pub(super) project: Option<&'c str>,
}

/// What the reviewer's trust says of a claim.
pub(super) struct Resolved<'k> {
    /// The entry that lists the key.
    pub(super) entry: Option<&'k Entry>,
    /// The key to verify with: the listed one, else a sound one that came with the evidence.
    pub(super) key: Option<PublicKey>,
    /// Why it is not a trusted key.
    pub(super) doubt: Option<ReasonCode>,
    /// What exactly was seen.
    pub(super) detail: String,
}

impl Keys {
    /// The reviewer's keys for Keel evidence.
    pub(super) fn of(book: &KeyBook) -> Keys {
        let entries = book
            .entries
            .iter()
            .filter(|entry| entry.ecosystem == EcosystemName::Keel);
        let own: Vec<Entry> = entries.flat_map(|entry| Entry::of_book(entry, &book.name)).collect();
        let mut keys = Keys {
            bare: book.bare.iter().map(Entry::bare).collect(),
            ..Keys::default()
        };
        let mut plain = Vec::new();
        let mut signed = Vec::new();
        for file in book.supplied.iter().filter(|file| file.ecosystem == Ecosystem::Keel) {
            match KeyList::parse(&file.name, &file.bytes) {
                Ok(list) if list.seal.is_some() => signed.push((file.name.as_str(), list)),
                Ok(list) => plain.extend(list.entries),
                Err(why) => keys.unusable = Some(format!("{}: {why}", file.name)),
            }
        }
        if signed.is_empty() {
            keys.roots = vec![plain, own];
        } else {
            keys.adopt(signed, &[plain, own].concat());
        }
        keys.roots.retain(|root| !root.is_empty());
        keys
    }

    /// Signed key manifests are the roots of this run, if they verify; what they verify under serves for nothing else.
    fn adopt(&mut self, signed: Vec<(&str, KeyList)>, pinned: &[Entry]) {
        let mut root = Vec::new();
        for (name, list) in signed {
            let verified = list
                .seal
                .map_or(Ok(()), |seal| seal.and_then(|seal| seal.verify(pinned)));
            match verified {
                Ok(()) => root.extend(list.entries),
                Err(why) => self.unusable = Some(format!("{name}: {why}")),
            }
        }
        self.roots = vec![root];
    }

    /// A key manifest of the pack: what it lists is known to come from the sender.
    pub(super) fn add_of_pack(&mut self, path: &str, bytes: &[u8]) -> Result<(), Finding> {
        let list = KeyList::parse(path, bytes);
        let list = list.map_err(|why| Finding::new(ReasonCode::TrustRootUnresolvable, path, why))?;
        self.of_pack.extend(list.entries);
        Ok(())
    }

    /// How many keys came with the pack.
    pub(super) fn count_of_pack(&self) -> usize {
        self.of_pack.len()
    }

    /// Whether the reviewer has any key for Keel evidence, or tried to give some.
    pub(super) fn any(&self) -> bool {
        !self.roots.is_empty() || !self.bare.is_empty() || self.unusable.is_some()
    }

    /// The keys that closures and workflow records may be signed with.
    pub(super) fn binding(&self) -> Vec<BindingKey> {
        let listed = self
            .listed(Purpose::PermitBindingSigning)
            .filter(|entry| entry.has_period());
        let key = |entry: &Entry| {
            let (valid_from, valid_to) = entry.period();
            Some(BindingKey {
                key: entry.key.as_ref().ok()?.clone(),
                valid_from,
                valid_to,
                revoked: entry.is_stopped(),
            })
        };
        listed.filter_map(key).collect()
    }

    /// The entries of a purpose, of the first root that lists any.
    pub(super) fn listed(&self, purpose: Purpose) -> impl Iterator<Item = &Entry> {
        let of_purpose = move |entry: &&Entry| entry.purpose == Some(purpose);
        let root = self
            .roots
            .iter()
            .find(|root| root.iter().any(|entry| of_purpose(&entry)));
        root.into_iter().flatten().filter(of_purpose)
    }

    /// Which key must have signed (3.3), and what is to be said of it.
    pub(super) fn resolve<'k>(&'k self, purpose: Purpose, claim: &Claim<'_>) -> Resolved<'k> {
        match self.choose(purpose, claim) {
            // Nothing says that this entry of the key book is about the evidence at hand: then it is simply not the key.
            Ok(entry) if claim.key_id.is_none() && entry.is_about_nobody() && is_other(entry, claim) => {
                let why = "the key book holds no entry for the key that the evidence carries";
                self.unlisted(purpose, claim, why.to_owned())
            }
            Ok(entry) => judged(entry, claim),
            Err(why) => self.unlisted(purpose, claim, why),
        }
    }

    fn choose(&self, purpose: Purpose, claim: &Claim<'_>) -> Result<&Entry, String> {
        if let Some(entry) = self.bare_equal(purpose, claim) {
            return Ok(entry);
        }
        let mut first = None;
        for root in &self.roots {
            match choose_in(root, purpose, claim) {
                Ok(entry) => return Ok(entry),
                Err(why) => first = first.or(Some(why)),
            }
        }
        let unusable = self.unusable.clone();
        Err(unusable
            .or(first)
            .unwrap_or_else(|| "no trust root was given".to_owned()))
    }

    /// A key given by itself confirms an equal key in the evidence.
    fn bare_equal(&self, purpose: Purpose, claim: &Claim<'_>) -> Option<&Entry> {
        let embedded = claim.public_key.and_then(encoding::embedded_key);
        let equal = |entry: &&Entry| {
            let Ok(key) = &entry.key else { return false };
            let named = claim.key_id.is_some_and(|id| is_key_id_of(id, key.as_bytes()));
            entry.purpose == Some(purpose) && (named || embedded.as_ref() == Some(key.as_bytes()))
        };
        self.bare.iter().find(equal)
    }

    /// Where the evidence names no key at all: a key given by itself that fits the signature.
    pub(super) fn untold(
        &self,
        purpose: Purpose,
        claim: &Claim<'_>,
        fits: &dyn Fn(&PublicKey) -> bool,
    ) -> Option<Resolved<'_>> {
        if claim.key_id.is_some() || claim.public_key.is_some() {
            return None;
        }
        let fitting = |entry: &&Entry| entry.purpose == Some(purpose) && entry.key.as_ref().is_ok_and(fits);
        let entry = self.bare.iter().find(fitting)?;
        Some(judged(entry, claim))
    }

    /// No trusted key: the one that came with the evidence shows at most that its files belong together.
    fn unlisted<'k>(&'k self, purpose: Purpose, claim: &Claim<'_>, why: String) -> Resolved<'k> {
        let embedded = claim.public_key.and_then(encoding::embedded_key);
        let embedded = embedded.and_then(|raw| PublicKey::from_bytes(&raw).ok());
        let key = embedded.or_else(|| self.pack_key(purpose, claim));
        let self_asserted = key.is_some() && !self.any();
        Resolved {
            entry: None,
            key,
            doubt: Some(if self_asserted {
                ReasonCode::SelfAssertedKey
            } else {
                ReasonCode::TrustRootUnresolvable
            }),
            detail: why,
        }
    }

    /// The key of this id in a key manifest of the pack.
    fn pack_key(&self, purpose: Purpose, claim: &Claim<'_>) -> Option<PublicKey> {
        if claim.public_key.is_some() {
            return None;
        }
        let id = claim.key_id?;
        let named = |entry: &&Entry| entry.key_id.as_deref() == Some(id) && entry.purpose == Some(purpose);
        self.of_pack.iter().find(named)?.key.as_ref().ok().cloned()
    }
}

fn choose_in<'k>(root: &'k [Entry], purpose: Purpose, claim: &Claim<'_>) -> Result<&'k Entry, String> {
    let of_purpose = |entry: &&Entry| entry.purpose == Some(purpose) && entry.is_for(claim.project);
    if let Some(id) = claim.key_id {
        let named = |entry: &&Entry| entry.key_id.as_deref() == Some(id);
        let entry = root.iter().filter(of_purpose).find(named);
        return usable(entry.ok_or("the trust root does not list the key")?);
    }
    let at = claim.signed_at.and_then(moment);
    let active = |entry: &&Entry| at.is_none_or(|at| entry.is_active(at));
    let mut fitting = root.iter().filter(of_purpose).filter(active);
    match (fitting.next(), fitting.next()) {
        (Some(entry), None) => usable(entry),
        (None, _) => Err("no key of the trust root was active at the stated time".to_owned()),
        (Some(_), Some(_)) => Err("several keys of the trust root could have signed".to_owned()),
    }
}

/// An entry that is itself unreadable decides nothing: the fault is the trust root's.
fn usable(entry: &Entry) -> Result<&Entry, String> {
    match &entry.key {
        Err(code) => Err(format!("the key in the trust root cannot be used ({code})")),
        Ok(_) if !entry.has_period() => Err("the period of the key in the trust root cannot be read".to_owned()),
        Ok(_) => Ok(entry),
    }
}

/// A listed key: revoked, outside its period, another one than the evidence carries, or trusted.
fn judged<'k>(entry: &'k Entry, claim: &Claim<'_>) -> Resolved<'k> {
    let at = claim.signed_at.and_then(moment);
    let expired = |at: Timestamp| !entry.is_active(at);
    let doubt = if entry.is_stopped() {
        Some(ReasonCode::SigningKeyRevoked)
    } else if at.is_some_and(expired) {
        Some(ReasonCode::KeyExpiredAtSigningTime)
    } else {
        is_other(entry, claim).then_some(ReasonCode::ManifestPublicKeyMismatch)
    };
    Resolved {
        entry: Some(entry),
        key: entry.key.as_ref().ok().cloned(),
        doubt,
        detail: String::new(),
    }
}

/// Whether the evidence carries another key than the listed one.
fn is_other(entry: &Entry, claim: &Claim<'_>) -> bool {
    let listed = entry.key.as_ref().ok().map(PublicKey::as_bytes);
    claim
        .public_key
        .is_some_and(|text| encoding::embedded_key(text).as_ref() != listed)
}

/// The key id that a binding key has by its bytes.
pub(super) fn key_id_of_binding(key: &PublicKey) -> String {
    entry::key_id(key, Some(Purpose::PermitBindingSigning))
}

#[cfg(test)]
mod tests;
