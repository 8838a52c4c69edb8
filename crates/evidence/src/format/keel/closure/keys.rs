//! The keys that sign closures (`specs/keel.md` 6.3).

use jiff::Timestamp;

use crate::reason::ReasonCode;
use crate::signature::PublicKey;

/// A key of purpose `permit_binding_signing` from the trust root. An entry with a bound that does not parse is left out.
#[derive(Debug, Clone)]
pub(in super::super) struct BindingKey {
    /// The key.
    pub(in super::super) key: PublicKey,
    /// Start of its period.
    pub(in super::super) valid_from: Option<Timestamp>,
    /// End of its period, inclusive.
    pub(in super::super) valid_to: Option<Timestamp>,
    /// Revoked or compromised: it verifies nothing.
    pub(in super::super) revoked: bool,
}

/// The binding keys of the trust root.
#[derive(Debug, Default)]
pub(in super::super) struct BindingKeys(Vec<(String, BindingKey)>);

/// The key that a closure names, and what is to be said of it.
#[derive(Debug)]
pub(super) struct Chosen<'k> {
    pub(super) key: &'k PublicKey,
    /// `BINDING_KEY_AMBIGUOUS` where other keys were active as well.
    pub(super) note: Option<ReasonCode>,
}

impl BindingKeys {
    /// The keys, each under its id: the first 16 hex digits of SHA-256 of the raw key.
    pub(in super::super) fn new(keys: impl IntoIterator<Item = BindingKey>) -> BindingKeys {
        let named = keys.into_iter().map(|key| {
            let id = key.key.fingerprint().to_hex().get(..16).unwrap_or_default().to_owned();
            (id, key)
        });
        BindingKeys(named.collect())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The key for a closure that was signed at this time and names this key, or why there is none.
    pub(super) fn choose(&self, id: Option<&str>, signed: Option<Timestamp>) -> Result<Chosen<'_>, &'static str> {
        let active: Vec<_> = self.0.iter().filter(|(_, key)| key.is_active(signed)).collect();
        let [first, others @ ..] = active.as_slice() else {
            return Err("no binding key of the trust root was active when it was signed");
        };
        let note = (!others.is_empty()).then_some(ReasonCode::BindingKeyAmbiguous);
        let chosen = match id {
            Some(id) => active
                .iter()
                .find(|(known, _)| known == id)
                .ok_or("the trust root has no such active key")?,
            None if others.is_empty() => first,
            None => return Err("several binding keys were active and it names none"),
        };
        let key = &chosen.1.key;
        Ok(Chosen { key, note })
    }
}

impl BindingKey {
    /// Whether it could sign then. A time that is not known excludes nothing: then only one key may be left.
    fn is_active(&self, signed: Option<Timestamp>) -> bool {
        let inside = signed.is_none_or(|signed| {
            self.valid_from.is_none_or(|from| from <= signed) && self.valid_to.is_none_or(|to| signed <= to)
        });
        inside && !self.revoked
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::keel::moment::moment;

    fn key(seed: u8, valid_to: Option<&str>) -> BindingKey {
        let raw = ed25519_dalek::SigningKey::from_bytes(&[seed; 32])
            .verifying_key()
            .to_bytes();
        BindingKey {
            key: PublicKey::from_bytes(&raw).expect("a key"),
            valid_from: moment("2026-01-01T00:00:00Z"),
            valid_to: valid_to.and_then(moment),
            revoked: false,
        }
    }

    #[test]
    fn the_named_key_is_chosen_among_several_and_that_is_told() {
        let keys = BindingKeys::new([key(1, None), key(2, None)]);
        let id = keys.0[1].0.clone();
        let chosen = keys.choose(Some(&id), moment("2026-05-07T12:00:00Z")).expect("a key");
        assert_eq!(*chosen.key, keys.0[1].1.key);
        assert_eq!(chosen.note, Some(ReasonCode::BindingKeyAmbiguous));
        assert!(keys.choose(None, moment("2026-05-07T12:00:00Z")).is_err());
    }

    #[test]
    fn the_end_of_a_period_is_in_it() {
        let keys = BindingKeys::new([key(1, Some("2026-05-07T12:00:00Z"))]);
        assert!(keys.choose(None, moment("2026-05-07T12:00:00Z")).is_ok());
        assert!(keys.choose(None, moment("2026-05-07T12:00:00.000001Z")).is_err());
    }

    #[test]
    fn a_revoked_key_verifies_nothing() {
        let keys = BindingKeys::new([BindingKey {
            revoked: true,
            ..key(1, None)
        }]);
        assert!(keys.choose(None, None).is_err());
    }
}
