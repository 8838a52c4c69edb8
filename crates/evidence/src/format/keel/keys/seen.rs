//! A key that mattered, for the report.

use super::{Claim, Resolved};
use crate::digest::Digest;
use crate::reason::ReasonCode;
use crate::report::{Ecosystem, KeyOrigin, KeySeen, KeyState};

use super::super::encoding;

impl Resolved<'_> {
    /// What is shown of the key of one signature; `place` holds that signature.
    pub(in super::super) fn seen(&self, claim: &Claim<'_>, place: &str) -> KeySeen {
        let raw = self.shown(claim);
        let listed = self
            .entry
            .filter(|_| self.doubt != Some(ReasonCode::ManifestPublicKeyMismatch));
        let time = claim.signed_at.map(str::to_owned);
        KeySeen {
            key_id: claim.key_id.map(str::to_owned).or_else(|| listed?.key_id.clone()),
            fingerprint: raw.map(|raw| Digest::of(&raw).to_hex()),
            public_key: raw.map(|raw| data_encoding::HEXLOWER.encode(&raw)),
            origin: if listed.is_some() {
                KeyOrigin::KeyBook
            } else {
                KeyOrigin::Pack
            },
            state: self.state(claim),
            ecosystem: Ecosystem::Keel,
            signs_for: claim.project.map(str::to_owned),
            source: listed.map_or(place, |entry| entry.source.as_str()).to_owned(),
            status: listed.and_then(|entry| entry.status.clone()),
            valid_from: listed.and_then(|entry| entry.stated.0.clone()),
            valid_to: listed.and_then(|entry| entry.stated.1.clone()),
            confirmed: listed.map(|entry| entry.confirmed.clone()),
            signatures: 1,
            first_signed: time.clone(),
            last_signed: time,
        }
    }

    /// The raw key: the one in the evidence where it is another than the listed one.
    fn shown(&self, claim: &Claim<'_>) -> Option<[u8; 32]> {
        let embedded = claim.public_key.and_then(encoding::embedded_key);
        if self.doubt == Some(ReasonCode::ManifestPublicKeyMismatch) {
            return embedded;
        }
        self.key.as_ref().map(|key| *key.as_bytes()).or(embedded)
    }

    fn state(&self, claim: &Claim<'_>) -> KeyState {
        let doubted = |code| self.doubt == Some(code);
        if self.doubt.is_none() {
            KeyState::Confirmed
        } else if doubted(ReasonCode::SigningKeyRevoked) {
            KeyState::Revoked
        } else if doubted(ReasonCode::KeyExpiredAtSigningTime) {
            KeyState::OutsideWindow
        } else if doubted(ReasonCode::ManifestPublicKeyMismatch) {
            KeyState::Conflict
        } else if self.key.is_some() {
            KeyState::SuppliedBySender
        } else if claim.public_key.is_some() {
            KeyState::Malformed
        } else {
            KeyState::NotAtHand
        }
    }
}
