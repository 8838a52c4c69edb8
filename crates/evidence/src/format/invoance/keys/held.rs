//! A key of the reviewer or of the pack's documents, and who vouches for it.

use super::document::Listed;
use crate::confirmation::Confirmation;
use crate::format::invoance::event::time::Moment;
use crate::keybook::KeyEntry;
use crate::signature::PublicKey;

/// A key, and who vouches for it.
#[derive(Debug, Clone)]
pub(super) struct Held {
    pub(super) key: PublicKey,
    /// Its name, which proves nothing.
    pub(super) key_id: Option<String>,
    /// Whom it signs for, or what the key book or document calls its holder.
    pub(super) signs_for: Option<String>,
    /// Path of the document, or name of the key book or file.
    pub(super) source: String,
    pub(super) status: Option<String>,
    pub(super) valid_from: Option<String>,
    pub(super) valid_to: Option<String>,
    pub(super) period: Period,
    pub(super) revoked: bool,
    pub(super) confirmed: Option<Confirmation>,
}

/// When a key signs, in milliseconds since 1970; what cannot be read is no limit.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Period {
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
    pub(super) fn new(key: PublicKey, source: &str) -> Held {
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

    pub(super) fn of_entry(entry: &KeyEntry, book: &str) -> Held {
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

    pub(super) fn of_listed(listed: Listed, source: &str) -> Held {
        Held {
            key_id: listed.key_id,
            signs_for: listed.domain,
            status: listed.status,
            ..Held::new(listed.key, source)
        }
    }

    pub(super) fn signs_at(&self, at: Option<i64>) -> bool {
        !self.revoked && self.period.contains(at)
    }
}
