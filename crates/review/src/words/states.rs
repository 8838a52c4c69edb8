//! What becomes of a number of a sequence, in words.

use crate::sequence::State;

/// The words for one state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StateWords {
    /// In a row: "missing".
    pub word: &'static str,
    /// After one number: "does not verify", as in "1 does not verify".
    pub one: &'static str,
    /// After several: "do not verify".
    pub many: &'static str,
    /// What to know about such a number; empty where the word says it.
    pub note: &'static str,
}

const fn words(word: &'static str, [one, many]: [&'static str; 2], note: &'static str) -> StateWords {
    StateWords { word, one, many, note }
}

/// The words for a state.
#[must_use]
pub fn state(state: State) -> StateWords {
    match state {
        State::Present => words("present", ["present", "present"], ""),
        State::Twice => words(
            "present more than once",
            ["present more than once", "present more than once"],
            "Identical copies, counted once.",
        ),
        State::SpoiltCopy => words(
            "present, a copy does not verify",
            ["with an unverified copy", "with an unverified copy"],
            "Filled by the record that verifies.",
        ),
        State::Missing => words("missing", ["missing", "missing"], "Not in this evidence."),
        State::Unverified => words(
            "present, does not verify",
            ["does not verify", "do not verify"],
            "Does not fill its place.",
        ),
        State::Unlinked => words(
            "present, link broken",
            ["with a broken link", "with broken links"],
            "It names another record before it than the one here.",
        ),
        State::Conflict => words(
            "two different records",
            ["conflict", "conflicts"],
            "Both verify, and they differ.",
        ),
    }
}

/// What is said of the numbers before the first and after the last.
pub const UNKNOWABLE: &str = "not knowable";
