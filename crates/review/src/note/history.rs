//! The history: every act in order, each entry bound to the one before it by its digest.
//!
//! `sha256` is over the RFC 8785 form of the entry without that member; `prevSha256` is the digest of the entry before,
//! `null` for the first. So an entry cannot be changed, taken out or put in without every later digest changing.

use evidence::Digest;
use serde::{Deserialize, Serialize};

use super::action::Action;

/// Who acts, and when: the caller's clock and the name that was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp<'a> {
    /// The person.
    pub actor: &'a str,
    /// The time (RFC 3339, UTC).
    pub at: &'a str,
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// Its number, from 1.
    pub seq: u64,
    /// When (RFC 3339, UTC).
    pub at: String,
    /// Who.
    pub actor: String,
    /// What.
    #[serde(flatten)]
    pub action: Action,
    /// Digest of the entry before it.
    pub prev_sha256: Option<Digest>,
    /// Digest of this one.
    pub sha256: Digest,
}

/// An entry as it is hashed.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Unsealed<'a> {
    seq: u64,
    at: &'a str,
    actor: &'a str,
    #[serde(flatten)]
    action: &'a Action,
    prev_sha256: Option<Digest>,
}

impl Entry {
    /// The entry that follows `last`.
    #[must_use]
    pub fn after(last: Option<&Entry>, stamp: Stamp<'_>, action: Action) -> Entry {
        let mut entry = Entry {
            seq: last.map_or(1, |last| last.seq + 1),
            at: stamp.at.to_owned(),
            actor: stamp.actor.to_owned(),
            action,
            prev_sha256: last.map(|last| last.sha256),
            sha256: Digest::of(b""),
        };
        entry.sha256 = entry.computed();
        entry
    }

    /// What its digest should be.
    #[must_use]
    pub fn computed(&self) -> Digest {
        Digest::of(&canonical(&Unsealed {
            seq: self.seq,
            at: &self.at,
            actor: &self.actor,
            action: &self.action,
            prev_sha256: self.prev_sha256,
        }))
    }

    /// Its text: canonical, so that the same entry is the same bytes everywhere.
    #[must_use]
    pub fn to_text(&self) -> String {
        String::from_utf8(canonical(self)).unwrap_or_default()
    }
}

/// The RFC 8785 form of one of our own values, which hold nothing that has none.
pub(super) fn canonical(value: &impl Serialize) -> Vec<u8> {
    serde_json_canonicalizer::to_vec(value).unwrap_or_default()
}

/// Where a history is not whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// The entry at that place, from 1, does not match its own digest.
    #[error("entry {0} of the history does not match its own digest")]
    Entry(u64),
    /// It does not continue the one before.
    #[error("entry {0} of the history does not continue the one before it")]
    Link(u64),
}

/// Whether each entry matches its digest and continues the one before.
///
/// # Errors
/// The first place where it does not.
pub fn verify_chain(entries: &[Entry]) -> Result<(), Broken> {
    let mut before: Option<&Entry> = None;
    for (place, entry) in (1..).zip(entries) {
        if entry.seq != place || entry.prev_sha256 != before.map(|before| before.sha256) {
            return Err(Broken::Link(place));
        }
        if entry.computed() != entry.sha256 {
            return Err(Broken::Entry(place));
        }
        before = Some(entry);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn three() -> Vec<Entry> {
        let mut entries: Vec<Entry> = Vec::new();
        for reason in ["a", "b", "c"] {
            let action = Action::Reopened {
                reason: reason.to_owned(),
            };
            let stamp = Stamp {
                actor: "A. Auditor",
                at: "2026-11-25T09:00:00Z",
            };
            let next = Entry::after(entries.last(), stamp, action);
            entries.push(next);
        }
        entries
    }

    #[test]
    fn a_history_as_written_is_whole() {
        assert_eq!(verify_chain(&three()), Ok(()));
        assert_eq!(verify_chain(&[]), Ok(()));
    }

    #[test]
    fn a_changed_word_is_seen_at_its_entry() {
        let mut entries = three();
        entries[1].actor = "B. Auditor".to_owned();
        assert_eq!(verify_chain(&entries), Err(Broken::Entry(2)));
    }

    #[test]
    fn a_changed_word_with_its_digest_made_anew_is_seen_at_the_next() {
        let mut entries = three();
        entries[1].actor = "B. Auditor".to_owned();
        entries[1].sha256 = entries[1].computed();
        assert_eq!(verify_chain(&entries), Err(Broken::Link(3)));
    }

    #[test]
    fn a_missing_a_moved_and_a_doubled_entry_are_seen() {
        let mut entries = three();
        entries.remove(1);
        assert_eq!(verify_chain(&entries), Err(Broken::Link(2)));
        entries = three();
        entries.swap(0, 1);
        assert_eq!(verify_chain(&entries), Err(Broken::Link(1)));
        entries = three();
        entries.insert(1, entries[0].clone());
        assert_eq!(verify_chain(&entries), Err(Broken::Link(2)));
    }

    #[test]
    fn the_digest_is_over_the_entry_without_it_in_canonical_form() {
        let entry = &three()[1];
        let mut value: serde_json::Value = serde_json::from_str(&entry.to_text()).unwrap();
        value.as_object_mut().unwrap().remove("sha256");
        let text = serde_json_canonicalizer::to_string(&value).unwrap();
        assert_eq!(Digest::of(text.as_bytes()), entry.sha256);
        assert!(text.starts_with(r#"{"action":"reopened","actor":"A. Auditor","at":"2026-11-25T09:00:00Z","detail":{"reason":"b"},"prevSha256":""#), "{text}");
    }

    #[test]
    fn its_text_reads_back_as_the_same_entry() {
        let entry = three().remove(2);
        assert_eq!(serde_json::from_str::<Entry>(&entry.to_text()).unwrap(), entry);
    }
}
