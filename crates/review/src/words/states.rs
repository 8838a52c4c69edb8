//! What becomes of a number of a sequence, in words.

use crate::sequence::State;

/// The words for one state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StateWords {
    /// In a list of sums: "Missing".
    pub label: &'static str,
    /// In a row: "missing".
    pub word: &'static str,
    /// After one number: "does not verify", as in "1 does not verify".
    pub one: &'static str,
    /// After several: "do not verify".
    pub many: &'static str,
    /// What to know about such a number; empty where the word says it.
    pub note: &'static str,
}

const fn words([label, word]: [&'static str; 2], [one, many]: [&'static str; 2], note: &'static str) -> StateWords {
    StateWords {
        label,
        word,
        one,
        many,
        note,
    }
}

/// The words for a state.
#[must_use]
pub fn state(state: State) -> StateWords {
    match state {
        State::Present => words(["Present", "present"], ["present", "present"], ""),
        State::Twice => words(
            ["Present more than once", "present more than once"],
            ["more than once", "more than once"],
            "Identical copies, counted once.",
        ),
        State::SpoiltCopy => words(
            [
                "Present, beside a copy that does not verify",
                "present, a copy does not verify",
            ],
            ["with a bad copy", "with bad copies"],
            "Filled by the record that verifies.",
        ),
        State::Missing => words(["Missing", "missing"], ["missing", "missing"], "Not in this evidence."),
        State::Unverified => words(
            ["Do not verify", "present, does not verify"],
            ["does not verify", "do not verify"],
            "Does not fill its place.",
        ),
        State::Conflict => words(
            ["Two different records", "two different records"],
            ["in conflict", "in conflict"],
            "Both verify, and they differ.",
        ),
    }
}

/// What is said of the numbers before the first and after the last.
pub const UNKNOWABLE: &str = "not knowable";
