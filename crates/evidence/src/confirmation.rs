//! How a key came to count as confirmed.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::keybook::KeyEntry;

/// Why a key counts as confirmed; in reports one sentence, for the reader its parts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confirmation {
    /// It was given for this run, in a file of that name or by itself.
    Given(Option<String>),
    /// It stands in the reviewer's key book.
    KeyBook {
        /// What the reviewer calls the issuer.
        issuer: String,
        /// Who confirmed it.
        by: String,
        /// How: a word of the key book, with free text behind a colon.
        how: String,
        /// When (RFC 3339, UTC).
        at: String,
    },
}

impl From<&KeyEntry> for Confirmation {
    fn from(entry: &KeyEntry) -> Confirmation {
        Confirmation::KeyBook {
            issuer: entry.issuer.clone(),
            by: entry.confirmed_by.clone(),
            how: entry.confirmed_how.clone(),
            at: entry.confirmed_at.clone(),
        }
    }
}

impl fmt::Display for Confirmation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Confirmation::Given(None) => f.write_str("given for this run"),
            Confirmation::Given(Some(name)) => write!(f, "given for this run: {name}"),
            Confirmation::KeyBook { issuer, by, how, at } => write!(f, "{issuer}; confirmed by {by}, {how}, {at}"),
        }
    }
}

impl Serialize for Confirmation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_says_who_vouched_and_how() {
        let confirmed = Confirmation::KeyBook {
            issuer: "Acme".to_owned(),
            by: "R. Viewer".to_owned(),
            how: "phone".to_owned(),
            at: "2026-11-01T09:00:00Z".to_owned(),
        };
        assert_eq!(
            confirmed.to_string(),
            "Acme; confirmed by R. Viewer, phone, 2026-11-01T09:00:00Z"
        );
        assert_eq!(Confirmation::Given(None).to_string(), "given for this run");
        assert_eq!(
            Confirmation::Given(Some("a.json".to_owned())).to_string(),
            "given for this run: a.json"
        );
    }
}
