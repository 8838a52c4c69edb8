//! Keys that the specs name as published. They count once the reviewer has confirmed them, like any other.

use evidence::keytext::read_base64;
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
    /// Whom it signs for; empty where it signs for everybody.
    pub signs_for: &'static str,
    /// What it signs, where the ecosystem has purposes; several stand behind commas.
    pub purpose: Option<&'static str>,
    /// Start of its period as published (RFC 3339).
    pub valid_from: Option<&'static str>,
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
            signs_for: Some(self.signs_for)
                .filter(|signs_for| !signs_for.is_empty())
                .map(str::to_owned)
                .into_iter()
                .collect(),
            purpose: self.purpose.map(str::to_owned),
            source: self.source.to_owned(),
            confirmed_by: by.to_owned(),
            confirmed_how: how.to_owned(),
            confirmed_at: at.to_owned(),
            valid_from: self.valid_from.map(str::to_owned),
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

/// Keel's production root (`specs/keel.md` 3.1): exports and checkpoints, then closures and workflow records.
const KEEL_EXPORTS: &str = "3Q1q4PSVcceZe76dsjxcqTHOpvpP/KN/zhSH4QdtE7o=";
const KEEL_CLOSURES: &str = "OV8hlgXauPxS9m1M/qkoJRnSGr5uYgeoIrGujr4m0PI=";

/// Every published key that ships with this version.
#[must_use]
pub fn suggestions() -> Vec<Suggestion> {
    let nexart = PublicKey::from_bytes(&NEXART_PRODUCTION).map(|public_key| Suggestion {
        issuer: "NexArt node",
        ecosystem: EcosystemName::NexArt,
        key_id: "k1",
        public_key,
        signs_for: "nexart-node-prod-1",
        purpose: None,
        valid_from: None,
        source: "published by the node, seen 2026-09-17; shipped with Sealcheck as a suggestion",
    });
    nexart.into_iter().chain(keel()).collect()
}

fn keel() -> impl Iterator<Item = Suggestion> {
    let keys = [
        (
            "Keel, exports and checkpoints",
            "export_signing, integrity_checkpoint, scope_state",
            KEEL_EXPORTS,
            "sha256:341fe2190d167abc491db6d041da0677",
            "2026-04-27T02:03:12.371544+00:00",
        ),
        (
            "Keel, closures and workflows",
            "permit_binding_signing",
            KEEL_CLOSURES,
            "157c11203f46bfdc",
            "2026-05-08T00:02:39.852542Z",
        ),
    ];
    keys.into_iter().filter_map(|(issuer, purpose, key, key_id, valid_from)| {
        Some(Suggestion {
            issuer,
            ecosystem: EcosystemName::Keel,
            key_id,
            public_key: read_base64(key).ok()?.key,
            signs_for: "",
            purpose: Some(purpose),
            valid_from: Some(valid_from),
            source: "Keel's trust root of 2026-05-08, published with its verifier; shipped with Sealcheck as a suggestion",
        })
    })
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

    #[test]
    fn each_keel_key_bears_the_id_that_its_bytes_give() {
        let keel: Vec<Suggestion> = suggestions()
            .into_iter()
            .filter(|key| key.ecosystem == EcosystemName::Keel)
            .collect();
        assert_eq!(keel.len(), 2);
        for key in keel {
            let fingerprint = key.public_key.fingerprint().to_hex();
            let id = key.key_id.strip_prefix("sha256:").unwrap_or(key.key_id);
            assert!(fingerprint.starts_with(id), "{}", key.issuer);
            assert_eq!(
                key.confirmed("me", "published", "2026-11-25T00:00:00Z").signs_for,
                [""; 0]
            );
        }
    }
}
