//! What a key comes to, and the ways of confirming one.

use evidence::KeyState;

/// The words for the state of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyWords {
    /// A few words, for lists.
    pub short: &'static str,
    /// One or two sentences.
    pub sentence: &'static str,
}

const fn words(short: &'static str, sentence: &'static str) -> KeyWords {
    KeyWords { short, sentence }
}

/// The words for a key's state.
#[must_use]
pub fn key_state(state: KeyState) -> KeyWords {
    match state {
        KeyState::Confirmed => words(
            "confirmed",
            "This key was confirmed outside the pack. A signature that fits it was made by whoever holds it.",
        ),
        KeyState::SuppliedBySender => words(
            "not confirmed",
            "The only copy of this key came with the pack. Anyone could have made such a pair of key and signature.",
        ),
        KeyState::Conflict => words(
            "differs from your key book",
            "Your key book has another key for this signer and key id. Ask the signer which one is right.",
        ),
        KeyState::OutsideWindow => words(
            "not in use at that time",
            "The signed time lies outside the period of this key.",
        ),
        KeyState::Revoked => words(
            "withdrawn",
            "This key was withdrawn by its owner. Ask the owner when and why.",
        ),
        KeyState::Malformed => words(
            "not readable",
            "The text of this key cannot be read as a key. Ask the signer for the complete public key.",
        ),
        KeyState::NotAtHand => words(
            "not at hand",
            "A signature names this key, and no copy of it is here. Ask the signer for it by a separate route.",
        ),
    }
}

/// What a root of a time-stamp authority is for.
pub const TIME_STAMP_ROOTS: &str = "A time stamp shows that something existed at a time, if you trust who stamped it. \
     Only an authority whose root stands here counts. Ask for the certificate by a route you already know.";

/// The ways of confirming a key: the key book's word and the words for people.
pub const WAYS: [(&str, &str); 5] = [
    ("phone", "By phone, with a number I already had"),
    ("inPerson", "In person"),
    ("signedLetter", "In a signed letter"),
    ("published", "Published by the signer, fetched by myself"),
    ("other", "In another way"),
];
