//! A signature held against the keys at hand (`specs/invoance.md` 4.2).

use super::held::Held;
use super::{Keys, Level, RowKey};
use crate::reason::ReasonCode;
use crate::report::KeyState;
use crate::signature::PublicKey;

/// Keys of the pack tried on one row beside the one it names: a pack may list 10,000, and one check takes 50 µs.
const TRIED: usize = 64;

/// A signature to be held against the keys at hand.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Signed<'s> {
    /// Whose sequence the row belongs to.
    pub(in super::super) org: Option<&'s str>,
    /// The service's own time, in milliseconds since 1970.
    pub(in super::super) at: Option<i64>,
    /// What stands on the row as its key.
    pub(in super::super) row_key: &'s RowKey,
    /// The exact bytes.
    pub(in super::super) message: &'s [u8],
    /// The raw signature; none where its text is no signature.
    pub(in super::super) signature: Option<&'s [u8; 64]>,
    /// Whether it is known already that the signature fits the row's key.
    pub(in super::super) fits_row_key: bool,
}

/// What holding a signature against the keys at hand came to.
#[derive(Debug, Clone)]
pub(in super::super) struct Answer {
    /// The key that fits, or `NO_PUBLIC_KEY`, `SIGNATURE_INVALID`, `KEY_MISMATCH`, `LIMIT_KEY_COUNT`, or why further keys
    /// of the pack are not at hand.
    pub(in super::super) result: Result<PublicKey, ReasonCode>,
    /// What that comes to.
    pub(in super::super) level: Level,
    /// Who supplied keys for this row; `Embedded` when nobody did.
    pub(in super::super) supplied: Level,
    /// What is known of the key that fits.
    pub(in super::super) state: KeyState,
    /// A supplied key that the row would have to be signed by, for comparison.
    pub(in super::super) expected: Option<PublicKey>,
    /// What a laxer rule would say of a refused signature.
    pub(in super::super) explanation: Option<ReasonCode>,
}

/// Which keys one signature was held against, for the list of keys.
#[derive(Debug, Clone)]
pub(in super::super) struct KeyUse {
    /// What that came to.
    pub(in super::super) level: Level,
    /// What is known of the key that fits, or of the one that conflicts.
    pub(in super::super) state: KeyState,
    /// The key that fits.
    pub(in super::super) fits: Option<PublicKey>,
    /// The key that the evidence names.
    pub(in super::super) named: Option<PublicKey>,
}

impl KeyUse {
    /// The keys of an answer.
    pub(in super::super) fn new(answer: &Answer, row_key: &RowKey) -> KeyUse {
        KeyUse {
            level: answer.level,
            state: answer.state,
            fits: answer.result.as_ref().ok().cloned(),
            named: row_key.key().cloned(),
        }
    }
}

impl Keys {
    /// Holds a signature against the keys at hand (4.2).
    pub(in super::super) fn hold(&self, signed: Signed<'_>) -> Answer {
        let (candidates, supplied) = self.supplied(signed.org, signed.at);
        if supplied == Level::Embedded {
            return self.hold_against_row_key(signed);
        }
        let mut trial = Trial::new(signed);
        let on_row = signed.row_key.key();
        let named = on_row.filter(|key| candidates.iter().any(|held| held.key == **key));
        let expected = named.or(candidates.first().map(|held| &held.key)).cloned();
        let found = match trial.first_that_fits(named, &candidates, supplied) {
            Ok(key) => self.verified(key, supplied, signed.at),
            Err(code) => match on_row.filter(|key| named != Some(*key) && trial.fits(key)) {
                Some(own) => self.signed_by_another(own, supplied, signed.at),
                // What is no signature fits no key at all.
                None if signed.signature.is_none() => Found::refused(code, supplied),
                None => Found::refused(self.left_out_of(supplied).unwrap_or(code), supplied),
            },
        };
        trial.answer(found, supplied, expected)
    }

    /// Nobody supplies a key: the row's own shows only that the row agrees with itself, unless the reviewer holds it.
    fn hold_against_row_key(&self, signed: Signed<'_>) -> Answer {
        let mut trial = Trial::new(signed);
        let found = match signed.row_key.key() {
            Some(key) if trial.fits(key) => self.verified(key, Level::Embedded, signed.at),
            None if matches!(signed.row_key, RowKey::Absent) => {
                Found::refused(ReasonCode::NoPublicKey, Level::Embedded)
            }
            Some(_) | None => Found::refused(ReasonCode::SignatureInvalid, Level::Embedded),
        };
        trial.answer(found, Level::Embedded, None)
    }

    /// The row is intact, and its key is not among those supplied.
    fn signed_by_another(&self, own: &PublicKey, supplied: Level, at: Option<i64>) -> Found {
        // The reviewer's own entry outranks what the pack says of itself.
        if supplied == Level::PackKey && self.state(own, at) != KeyState::SuppliedBySender {
            return self.verified(own, Level::Embedded, at);
        }
        if let Some(reason) = self.left_out_of(supplied) {
            return Found::refused(reason, supplied);
        }
        Found {
            result: Err(ReasonCode::KeyMismatch),
            level: Level::Mismatch,
            state: KeyState::Conflict,
        }
    }

    /// Why keys are not at hand, where the pack supplies them.
    fn left_out_of(&self, supplied: Level) -> Option<ReasonCode> {
        self.left_out.filter(|_| supplied == Level::PackKey)
    }

    /// What a key that fits comes to: pinned only if the reviewer confirmed it and nothing speaks against it.
    fn verified(&self, key: &PublicKey, supplied: Level, at: Option<i64>) -> Found {
        let state = self.state(key, at);
        let level = if state == KeyState::Confirmed {
            Level::Pinned
        } else if supplied == Level::PackKey {
            Level::PackKey
        } else {
            Level::Embedded
        };
        Found {
            result: Ok(key.clone()),
            level,
            state,
        }
    }
}

/// What was found under one key.
struct Found {
    result: Result<PublicKey, ReasonCode>,
    level: Level,
    state: KeyState,
}

impl Found {
    fn refused(code: ReasonCode, supplied: Level) -> Found {
        Found {
            result: Err(code),
            level: supplied,
            state: KeyState::SuppliedBySender,
        }
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
        if self.signed.fits_row_key && self.signed.row_key.key() == Some(key) {
            return true;
        }
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

    /// The key that the row names first, then the others.
    fn first_that_fits<'k>(
        &mut self,
        named: Option<&'k PublicKey>,
        candidates: &[&'k Held],
        supplied: Level,
    ) -> Result<&'k PublicKey, ReasonCode> {
        let others = candidates
            .iter()
            .map(|held| &held.key)
            .filter(|key| Some(*key) != named);
        let most = if supplied == Level::Pinned { usize::MAX } else { TRIED };
        let untried = others.clone().nth(most).is_some();
        let mut tried = named.into_iter().chain(others.take(most));
        tried.find(|key| self.fits(key)).ok_or(if untried {
            ReasonCode::LimitKeyCount
        } else {
            ReasonCode::SignatureInvalid
        })
    }

    fn answer(self, found: Found, supplied: Level, expected: Option<PublicKey>) -> Answer {
        let refused = found.result == Err(ReasonCode::SignatureInvalid);
        Answer {
            result: found.result,
            level: found.level,
            supplied,
            state: found.state,
            expected,
            explanation: self.explanation.filter(|_| refused),
        }
    }
}
