//! What makes a document doubtful although it is JSON.

use crate::reason::ReasonCode;

/// How many flaws of one code are kept.
pub const FLAWS_KEPT: usize = 10_000;

/// One thing that is legal JSON and yet unfit or doubtful as evidence.
///
/// `JSON_DUPLICATE_KEY`, `JSON_LONE_SURROGATE` and `JSON_NUMBER_RANGE` refuse a document; `JSON_NUMBER_UNSAFE`,
/// `JSON_NONCHARACTER` and `JSON_KEY_CONFUSABLE` are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flaw {
    /// What it is.
    pub code: ReasonCode,
    /// Where it starts.
    pub offset: usize,
}

/// The flaws of one document, the first [`FLAWS_KEPT`] met of each code.
#[derive(Debug, Default)]
pub(super) struct Flaws {
    kept: Vec<Flaw>,
    counts: Vec<(ReasonCode, usize)>,
}

impl Flaws {
    pub(super) fn push(&mut self, code: ReasonCode, offset: usize) {
        if self.count(code) <= FLAWS_KEPT {
            self.kept.push(Flaw { code, offset });
        }
    }

    /// Counts one more of this code.
    fn count(&mut self, code: ReasonCode) -> usize {
        if let Some((_, count)) = self.counts.iter_mut().find(|(counted, _)| *counted == code) {
            *count += 1;
            return *count;
        }
        self.counts.push((code, 1));
        1
    }

    /// The flaws by their place in the text.
    pub(super) fn in_order(mut self) -> Vec<Flaw> {
        self.kept.sort_by_key(|flaw| flaw.offset);
        self.kept
    }
}
