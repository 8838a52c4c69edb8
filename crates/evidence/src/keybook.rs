//! The key book: the reviewer's keys, each obtained and confirmed outside the pack (`design.md` 3).

use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::report::Ecosystem;
use crate::signature::PublicKey;

/// The schema name of the key book file.
pub const SCHEMA: &str = "sealcheck.keybook/1";

/// Every key the reviewer has confirmed, and what was given for this run only.
///
/// A pack can never add to it. Matching is by key bytes; a key id alone proves nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeyBook {
    /// What the reviewer calls it; shown beside the verdict.
    pub name: String,
    /// The entries, in the order of the file.
    pub entries: Vec<KeyEntry>,
    /// Files given for this run (`--keys`): key sets, trust roots, key documents, kept as supplied.
    pub supplied: Vec<SuppliedKeys>,
    /// Single keys given for this run (`--key`), without a key id.
    pub bare: Vec<PublicKey>,
    /// Certificates of time-stamp authorities that the reviewer trusts.
    pub authorities: Vec<Authority>,
}

/// Certificates of a time-stamp authority: a file of PEM or DER, kept as supplied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authority {
    /// File name, for the report.
    pub name: String,
    /// The file's exact bytes.
    pub bytes: Vec<u8>,
}

/// A key set, trust root or key document given for this run: the format reads it by its own rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuppliedKeys {
    /// File name, for the report.
    pub name: String,
    /// Whose keys they are.
    pub ecosystem: Ecosystem,
    /// The file's exact bytes.
    pub bytes: Vec<u8>,
}

/// One confirmed key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct KeyEntry {
    /// What the reviewer calls the issuer.
    pub issuer: String,
    /// Whose evidence it signs.
    pub ecosystem: EcosystemName,
    /// The key's name in that ecosystem, where it has one.
    #[serde(default)]
    pub key_id: Option<String>,
    /// `Ed25519`, the only algorithm so far.
    pub algorithm: String,
    /// The raw 32 bytes, 64 lower-case hex digits.
    pub public_key: PublicKey,
    /// NexArt node id, Invoance organisation ids, Keel project: whom it signs for.
    #[serde(default)]
    pub signs_for: Vec<String>,
    /// Keel purpose, where there is one; several stand behind commas.
    #[serde(default)]
    pub purpose: Option<String>,
    /// Where it came from, in the reviewer's words or as `pack <name>`.
    pub source: String,
    /// Who confirmed it.
    pub confirmed_by: String,
    /// How: `phone`, `inPerson`, `signedLetter`, `published`, `other`, with free text behind a colon.
    pub confirmed_how: String,
    /// When (RFC 3339, UTC).
    pub confirmed_at: String,
    /// Start of its period (RFC 3339).
    #[serde(default)]
    pub valid_from: Option<String>,
    /// End of its period (RFC 3339).
    #[serde(default)]
    pub valid_to: Option<String>,
    /// When it was revoked (RFC 3339).
    #[serde(default)]
    pub revoked_at: Option<String>,
    /// Why it was revoked.
    #[serde(default)]
    pub revoked_reason: Option<String>,
}

impl KeyEntry {
    /// SHA-256 of the raw key, which people compare.
    #[must_use]
    pub fn fingerprint(&self) -> Digest {
        self.public_key.fingerprint()
    }
}

/// The file's word for an ecosystem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EcosystemName {
    /// NexArt.
    NexArt,
    /// Keel.
    Keel,
    /// Invoance.
    Invoance,
}

impl From<EcosystemName> for Ecosystem {
    fn from(name: EcosystemName) -> Ecosystem {
        match name {
            EcosystemName::NexArt => Ecosystem::NexArt,
            EcosystemName::Keel => Ecosystem::Keel,
            EcosystemName::Invoance => Ecosystem::Invoance,
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// An entry that says for whom its key signs, and nothing else.
    pub(crate) fn entry(ecosystem: EcosystemName, public_key: PublicKey, signs_for: &[&str]) -> KeyEntry {
        KeyEntry {
            issuer: "Issuer".to_owned(),
            ecosystem,
            key_id: None,
            algorithm: "Ed25519".to_owned(),
            public_key,
            signs_for: signs_for.iter().map(|one| (*one).to_owned()).collect(),
            purpose: None,
            source: String::new(),
            confirmed_by: "R. Reviewer".to_owned(),
            confirmed_how: "phone".to_owned(),
            confirmed_at: "2026-01-01T00:00:00Z".to_owned(),
            valid_from: None,
            valid_to: None,
            revoked_at: None,
            revoked_reason: None,
        }
    }
}
