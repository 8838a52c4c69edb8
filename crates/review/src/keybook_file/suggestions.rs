//! Keys that the specs name as published. They count once the reviewer has confirmed them, like any other.

use evidence::{EcosystemName, KeyEntry, PublicKey};

/// A published key, to be compared and confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// A name for the issuer to start from.
    pub issuer: &'static str,
    /// Whose evidence it signs.
    pub ecosystem: EcosystemName,
    /// Its key id.
    pub key_id: &'static str,
    /// The key.
    pub public_key: PublicKey,
    /// Whom it signs for.
    pub signs_for: &'static str,
    /// Where it was seen.
    pub source: &'static str,
}

impl Suggestion {
    /// The entry that the reviewer's confirmation makes of it.
    #[must_use]
    pub fn confirmed(&self, by: &str, how: &str, at: &str) -> KeyEntry {
        KeyEntry {
            issuer: self.issuer.to_owned(),
            ecosystem: self.ecosystem,
            key_id: Some(self.key_id.to_owned()),
            algorithm: "Ed25519".to_owned(),
            public_key: self.public_key.clone(),
            signs_for: vec![self.signs_for.to_owned()],
            purpose: None,
            source: self.source.to_owned(),
            confirmed_by: by.to_owned(),
            confirmed_how: how.to_owned(),
            confirmed_at: at.to_owned(),
            valid_from: None,
            valid_to: None,
            revoked_at: None,
            revoked_reason: None,
        }
    }
}

/// The production key of the NexArt node (`specs/nexart.md` 1.6).
const NEXART_PRODUCTION: [u8; 32] = [
    0xdf, 0x44, 0x4e, 0x8e, 0x67, 0x30, 0x8f, 0x9a, 0x28, 0xc2, 0x3f, 0xdf, 0x7e, 0x50, 0x2a, 0x77, 0x26, 0x9c, 0x07,
    0x48, 0xa4, 0xed, 0xe1, 0x27, 0x9d, 0xdc, 0xcd, 0x28, 0x99, 0xb2, 0xf6, 0xe5,
];

/// Every published key that ships with this version.
#[must_use]
pub fn suggestions() -> Vec<Suggestion> {
    PublicKey::from_bytes(&NEXART_PRODUCTION)
        .into_iter()
        .map(|public_key| Suggestion {
            issuer: "NexArt node",
            ecosystem: EcosystemName::NexArt,
            key_id: "k1",
            public_key,
            signs_for: "nexart-node-prod-1",
            source: "published by the node, seen 2026-09-17; shipped with Sealcheck as a suggestion",
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_production_key_is_the_published_text() {
        let published = data_encoding::BASE64URL_NOPAD
            .decode(b"30ROjmcwj5oowj_fflAqdyacB0ik7eEnndzNKJmy9uU")
            .unwrap();
        assert_eq!(suggestions()[0].public_key.as_bytes().as_slice(), published);
    }
}
