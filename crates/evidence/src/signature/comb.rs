//! Verifying many signatures by one key: a table of the key's multiples, built once, spares the doublings.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use curve25519_dalek::Scalar;
use curve25519_dalek::constants::ED25519_BASEPOINT_TABLE;
use curve25519_dalek::edwards::{EdwardsBasepointTable, EdwardsPoint};
use curve25519_dalek::traits::BasepointTable;
use ed25519_dalek::VerifyingKey;

use super::challenge;

/// Signatures by one key after which its table has paid for itself.
const WORTH_A_TABLE: usize = 64;

/// Tables that lie in memory at a time, 30 KB each: a pack may name 10,000 keys.
const TABLES: usize = 64;

/// Room for the tables of this process.
static ROOM: Room = Room {
    taken: AtomicUsize::new(0),
};

/// Room for so many tables.
struct Room {
    taken: AtomicUsize,
}

impl Room {
    /// Takes a place; false when there is none.
    fn take(&self) -> bool {
        let one_more = |taken: usize| (taken < TABLES).then_some(taken + 1);
        let took = self.taken.fetch_update(Ordering::Relaxed, Ordering::Relaxed, one_more);
        took.is_ok()
    }

    fn give_back(&self) {
        self.taken.fetch_sub(1, Ordering::Relaxed);
    }
}

/// The table of a key, once it is worth one.
pub(super) struct Comb {
    room: &'static Room,
    used: AtomicUsize,
    table: OnceLock<Option<Box<EdwardsBasepointTable>>>,
}

impl Default for Comb {
    fn default() -> Comb {
        Comb::within(&ROOM)
    }
}

impl Comb {
    fn within(room: &'static Room) -> Comb {
        Comb {
            room,
            used: AtomicUsize::new(0),
            table: OnceLock::new(),
        }
    }

    /// Whether the signature is strictly valid. False may also mean that there is no table: the strict rule itself
    /// decides then, as it does on every signature that is to be refused.
    pub(super) fn accepts(&self, key: &VerifyingKey, message: &[u8], signature: &[u8; 64]) -> bool {
        let table = self.table(key);
        table.is_some_and(|table| accepts(table, key, message, signature))
    }

    /// The R that the signature ought to state, by the table; none where there is no table, or S is not below L.
    pub(super) fn expected_r(&self, key: &VerifyingKey, message: &[u8], signature: &[u8; 64]) -> Option<EdwardsPoint> {
        expected_r(self.table(key)?, key, message, signature)
    }

    fn table(&self, key: &VerifyingKey) -> Option<&EdwardsBasepointTable> {
        if self.used.fetch_add(1, Ordering::Relaxed) < WORTH_A_TABLE {
            return None;
        }
        let table = || Box::new(EdwardsBasepointTable::create(&-key.to_edwards()));
        self.table.get_or_init(|| self.room.take().then(table)).as_deref()
    }
}

impl Drop for Comb {
    /// Makes room for the tables of the next run.
    fn drop(&mut self) {
        if matches!(self.table.get(), Some(Some(_))) {
            self.room.give_back();
        }
    }
}

/// The strict rule by the table of minus the key, which is canonical and not of small order: S is below L, and R is the
/// canonical encoding of the point that the equation without cofactor gives, itself not of small order.
fn accepts(table: &EdwardsBasepointTable, key: &VerifyingKey, message: &[u8], signature: &[u8; 64]) -> bool {
    let expected_r = expected_r(table, key, message, signature);
    expected_r.is_some_and(|point| states(signature, point.compress().as_bytes()) && !point.is_small_order())
}

/// Whether these bytes are the R of a signature.
pub(super) fn states(signature: &[u8; 64], r: &[u8; 32]) -> bool {
    signature.first_chunk() == Some(r)
}

/// The R that the equation without cofactor gives; none where S is not below L.
fn expected_r(
    table: &EdwardsBasepointTable,
    key: &VerifyingKey,
    message: &[u8],
    signature: &[u8; 64],
) -> Option<EdwardsPoint> {
    let (r, s) = (signature.first_chunk()?, signature.last_chunk()?);
    let s = Scalar::from_canonical_bytes(*s).into_option()?;
    Some(ED25519_BASEPOINT_TABLE * &s + table * &challenge(key, r, message))
}

#[cfg(test)]
pub(super) mod tests {
    use ed25519_dalek::{Signature, Signer as _, SigningKey};
    use proptest::prelude::*;

    use super::*;
    use crate::signature::PublicKey;

    /// What the table and the strict rule say.
    pub(in crate::signature) fn both(key: &VerifyingKey, message: &[u8], signature: &[u8; 64]) -> (bool, bool) {
        let table = EdwardsBasepointTable::create(&-key.to_edwards());
        let strict = key.verify_strict(message, &Signature::from_bytes(signature)).is_ok();
        (accepts(&table, key, message, signature), strict)
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_table_answers_as_the_strict_rule(seed: [u8; 32], message: Vec<u8>, place in 0_usize..64, flip in 0_u8..8) {
            let signing = SigningKey::from_bytes(&seed);
            let key = signing.verifying_key();
            let mut signature = signing.sign(&message).to_bytes();
            prop_assert_eq!(both(&key, &message, &signature), (true, true));
            signature[place] ^= 1 << flip;
            prop_assert_eq!(both(&key, &message, &signature), (false, false));
        }
    }

    #[test]
    fn answers_stay_the_same_when_a_key_gets_its_table() {
        let signing = signing_key();
        let key = PublicKey::from_bytes(signing.verifying_key().as_bytes()).unwrap();
        for number in 0..2 * WORTH_A_TABLE {
            let message = number.to_le_bytes();
            let signature = signing.sign(&message).to_bytes();
            assert_eq!(key.verify(&message, &signature), Ok(()), "{number}");
            assert!(key.verify(b"another", &signature).is_err(), "{number}");
        }
    }

    fn signing_key() -> SigningKey {
        SigningKey::from_bytes(&[7; 32])
    }

    /// Room that no other test takes of.
    fn room() -> &'static Room {
        Box::leak(Box::new(Room {
            taken: AtomicUsize::new(0),
        }))
    }

    #[test]
    fn a_table_is_built_when_it_is_worth_it_and_gives_its_room_back() {
        let (room, key) = (room(), signing_key().verifying_key());
        let comb = Comb::within(room);
        for _ in 0..WORTH_A_TABLE {
            assert!(comb.table(&key).is_none());
        }
        assert!(comb.table(&key).is_some());
        drop(Comb::within(room));
        assert_eq!(room.taken.load(Ordering::Relaxed), 1);
        drop(comb);
        assert_eq!(room.taken.load(Ordering::Relaxed), 0);
    }

    #[test]
    fn so_many_tables_have_room() {
        let room = room();
        for _ in 0..TABLES {
            assert!(room.take());
        }
        assert!(!room.take());
        room.give_back();
        assert!(room.take() && !room.take());
    }
}
