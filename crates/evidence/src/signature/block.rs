//! Signatures looked at side by side: each by the equation of its own, and one shared inversion for all of their points.
//!
//! The inversion is the usual one (Montgomery's): it gives every point exactly the bytes that it has alone. Nothing is
//! summed up and nothing is random, so no signature can hide behind another.

use curve25519_dalek::edwards::EdwardsPoint;

use super::PublicKey;
use super::comb::states;

/// A signature that claims to be a key's over a message.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Claim<'c> {
    /// The key.
    pub(crate) key: &'c PublicKey,
    /// The exact bytes.
    pub(crate) message: &'c [u8],
    /// The raw signature.
    pub(crate) signature: &'c [u8; 64],
}

/// Which of the claims are strictly valid, each as [`PublicKey::verify`] answers.
///
/// False says nothing yet: the key may not have signed enough to be worth its table. [`PublicKey::verify`] decides then,
/// as it does on every signature that is to be refused.
pub(crate) fn accepted(claims: &[Option<Claim<'_>>]) -> Vec<bool> {
    let expected = |claim: &Claim<'_>| {
        let shared = &claim.key.0;
        shared.comb.expected_r(&shared.key, claim.message, claim.signature)
    };
    let by_table = claims
        .iter()
        .enumerate()
        .filter_map(|(place, claim)| Some((place, claim.as_ref()?.signature, claim.as_ref().and_then(expected)?)));
    let (asked, points): (Vec<(usize, &[u8; 64])>, Vec<EdwardsPoint>) = by_table
        .map(|(place, signature, point)| ((place, signature), point))
        .unzip();
    let compressed = EdwardsPoint::compress_batch_alloc(&points);
    let mut accepted = vec![false; claims.len()];
    for (((place, signature), point), r) in asked.into_iter().zip(&points).zip(compressed) {
        if let Some(accepted) = accepted.get_mut(place) {
            *accepted = states(signature, r.as_bytes()) && !point.is_small_order();
        }
    }
    accepted
}

#[cfg(test)]
mod tests {
    use ed25519_dalek::{Signature, Signer as _, SigningKey};
    use proptest::prelude::*;

    use super::*;

    /// Keys that have their tables.
    fn signers() -> Vec<(SigningKey, PublicKey)> {
        let signer = |seed: u8| {
            let signing = SigningKey::from_bytes(&[seed; 32]);
            let key = PublicKey::from_bytes(signing.verifying_key().as_bytes()).unwrap();
            let signature = signing.sign(b"").to_bytes();
            (0..100).for_each(|_| key.verify(b"", &signature).unwrap());
            (signing, key)
        };
        (1..4).map(signer).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() })]

        #[test]
        fn each_of_a_block_is_answered_as_the_strict_rule_does(
            rows in prop::collection::vec((0_usize..3, any::<[u8; 8]>(), prop::option::of((0_usize..64, 0_u8..8))), 0..40)
        ) {
            let signers = signers();
            let signed: Vec<(usize, [u8; 8], [u8; 64])> = rows
                .into_iter()
                .map(|(signer, message, flip)| {
                    let mut signature = signers[signer].0.sign(&message).to_bytes();
                    if let Some((place, bit)) = flip {
                        signature[place] ^= 1 << bit;
                    }
                    (signer, message, signature)
                })
                .collect();
            let claims: Vec<Option<Claim<'_>>> = signed
                .iter()
                .map(|(signer, message, signature)| Some(Claim { key: &signers[*signer].1, message, signature }))
                .collect();
            let strict: Vec<bool> = signed
                .iter()
                .map(|(signer, message, signature)| {
                    let key = signers[*signer].0.verifying_key();
                    key.verify_strict(message, &Signature::from_bytes(signature)).is_ok()
                })
                .collect();
            prop_assert_eq!(accepted(&claims), strict);
        }
    }

    #[test]
    fn what_is_no_claim_is_passed_over_in_its_place() {
        let signers = signers();
        let (signing, key) = &signers[0];
        let signature = signing.sign(b"message").to_bytes();
        let claim = |message| {
            Some(Claim {
                key,
                message,
                signature: &signature,
            })
        };
        assert_eq!(
            accepted(&[None, claim(b"message"), claim(b"massage"), None]),
            [false, true, false, false]
        );
        assert!(accepted(&[]).is_empty());
    }

    #[test]
    fn a_key_without_a_table_leaves_it_to_the_strict_rule() {
        let signing = SigningKey::from_bytes(&[9; 32]);
        let key = PublicKey::from_bytes(signing.verifying_key().as_bytes()).unwrap();
        let signature = signing.sign(b"message").to_bytes();
        let claim = Claim {
            key: &key,
            message: b"message",
            signature: &signature,
        };
        assert_eq!(accepted(&[Some(claim)]), [false]);
        assert_eq!(key.verify(b"message", &signature), Ok(()));
    }
}
