//! A column of texts that repeat, held as numbers of a dictionary: a million rows of few values need four bytes each.

use std::collections::HashMap;
use std::sync::Arc;

/// One text per record, coded.
#[derive(Debug, Default)]
pub(super) struct Coded {
    codes: Vec<u32>,
    texts: Dictionary,
}

/// Texts by code and codes by text.
#[derive(Debug, Default)]
pub(super) struct Dictionary {
    texts: Vec<Arc<str>>,
    codes: HashMap<Arc<str>, u32>,
}

impl Dictionary {
    /// The code of a text, a new one when it was not seen before.
    pub(super) fn code(&mut self, text: &str) -> u32 {
        if let Some(code) = self.codes.get(text) {
            return *code;
        }
        let code = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        let text: Arc<str> = text.into();
        self.texts.push(Arc::clone(&text));
        self.codes.insert(text, code);
        code
    }

    /// Every text, in the order of the codes.
    pub(super) fn texts(&self) -> &[Arc<str>] {
        &self.texts
    }
}

impl Coded {
    /// Adds the next record's text.
    pub(super) fn push(&mut self, text: &str) {
        let code = self.texts.code(text);
        self.codes.push(code);
    }

    /// Every record's code.
    pub(super) fn codes(&self) -> &[u32] {
        &self.codes
    }

    /// Every text, in the order of the codes.
    pub(super) fn texts(&self) -> &[Arc<str>] {
        self.texts.texts()
    }

    /// How many records have each text, in the order of the codes.
    pub(super) fn counts(&self) -> Vec<u64> {
        let mut counts = vec![0; self.texts().len()];
        for code in &self.codes {
            if let Some(count) = counts.get_mut(place(*code)) {
                *count += 1;
            }
        }
        counts
    }

    /// Each record's place among the texts in alphabetical order, without regard to case.
    pub(super) fn ranks(&self) -> Vec<u32> {
        let folded: Vec<String> = self.texts().iter().map(|text| text.to_lowercase()).collect();
        let mut order: Vec<usize> = (0..folded.len()).collect();
        order.sort_by(|a, b| folded.get(*a).cmp(&folded.get(*b)));
        let mut ranks = vec![0_u32; order.len()];
        let (mut rank, mut before) = (0_u32, None);
        for code in order {
            let text = folded.get(code);
            if before.is_some_and(|before| before != text) {
                rank += 1;
            }
            before = Some(text);
            if let Some(slot) = ranks.get_mut(code) {
                *slot = rank;
            }
        }
        let of = |code: &u32| ranks.get(place(*code)).copied().unwrap_or_default();
        self.codes.iter().map(of).collect()
    }
}

/// A code as a place in a list.
pub(super) fn place(code: u32) -> usize {
    usize::try_from(code).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_share_a_code_and_are_counted() {
        let mut column = Coded::default();
        for text in ["b", "a", "b"] {
            column.push(text);
        }
        assert_eq!(column.codes(), [0, 1, 0]);
        assert_eq!(column.counts(), [2, 1]);
    }

    #[test]
    fn ranks_follow_the_alphabet_without_regard_to_case() {
        let mut column = Coded::default();
        for text in ["Chat", "audit", "billing", "AUDIT"] {
            column.push(text);
        }
        assert_eq!(column.ranks(), [2, 0, 1, 0]);
    }
}
