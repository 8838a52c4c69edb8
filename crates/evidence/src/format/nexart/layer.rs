//! One layer's native result (`specs/nexart.md` 8.1), with what the checks show of it.

use crate::reason::ReasonCode;

/// PASS, FAIL or SKIPPED: the spec's own check values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum State {
    /// Recomputed and equal.
    Pass,
    /// A failure code was met.
    Fail,
    /// Not applicable to this record as received.
    #[default]
    Skipped,
}

impl State {
    /// The spec's word.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            State::Pass => "PASS",
            State::Fail => "FAIL",
            State::Skipped => "SKIPPED",
        }
    }
}

/// What one layer came to.
#[derive(Debug, Clone, Default)]
pub(super) struct Layer {
    /// The value.
    pub(super) state: State,
    /// Failure codes in order of discovery.
    pub(super) codes: Vec<ReasonCode>,
    /// What the record states.
    pub(super) expected: Option<String>,
    /// What was recomputed.
    pub(super) found: Option<String>,
    /// Technical details.
    pub(super) details: Vec<(&'static str, String)>,
    /// Where the key came from, when a signature was looked at.
    pub(super) key_source: KeySource,
    /// The fault lies in the reviewer's own key file, or in an algorithm that this version does not know.
    pub(super) accuses_nobody: bool,
    /// A key of the pack contradicts a pinned one for the same node and key id.
    pub(super) key_conflict: bool,
    /// Those of its codes that say only that something was not read: they prove nothing.
    pub(super) not_read: Vec<ReasonCode>,
}

/// Where a key came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum KeySource {
    /// No key was used.
    #[default]
    None,
    /// The reviewer's: key book, or given for this run.
    Pinned,
    /// The pack itself.
    Pack,
}

impl KeySource {
    /// The export's word (10.1).
    pub(super) fn as_str(self) -> &'static str {
        match self {
            KeySource::None => "none",
            KeySource::Pinned => "pinned",
            KeySource::Pack => "pack",
        }
    }
}

impl Layer {
    /// A layer that passed.
    pub(super) fn pass() -> Layer {
        Layer {
            state: State::Pass,
            ..Layer::default()
        }
    }

    /// A layer that failed with this code.
    pub(super) fn fail(code: ReasonCode) -> Layer {
        Layer {
            state: State::Fail,
            codes: vec![code],
            ..Layer::default()
        }
    }

    /// Adds a failure.
    pub(super) fn add(&mut self, code: ReasonCode) {
        self.state = State::Fail;
        push_new(&mut self.codes, code);
    }

    /// Something that belongs to it was not read, for this reason.
    pub(super) fn cannot_read(&mut self, code: ReasonCode) {
        self.add(code);
        push_new(&mut self.not_read, code);
    }

    /// The codes that prove something, and behind them those that do not.
    pub(super) fn proven_first(&self) -> (Vec<ReasonCode>, &[ReasonCode]) {
        let proven = |code: &ReasonCode| !self.not_read.contains(code);
        (self.codes.iter().copied().filter(proven).collect(), &self.not_read)
    }

    /// Adds a detail.
    pub(super) fn detail(&mut self, label: &'static str, text: impl Into<String>) {
        self.details.push((label, text.into()));
    }

    /// The detail of this label.
    pub(super) fn named(&self, label: &str) -> Option<&str> {
        let mut details = self.details.iter();
        details
            .find(|(known, _)| *known == label)
            .map(|(_, text)| text.as_str())
    }

    /// Joins a second look at the same layer (two copies of a receipt): the worse state, all codes.
    pub(super) fn join(&mut self, other: Layer) {
        for code in other.codes {
            push_new(&mut self.codes, code);
        }
        self.state = match (self.state, other.state) {
            (State::Fail, _) | (_, State::Fail) => State::Fail,
            (State::Pass, _) | (_, State::Pass) => State::Pass,
            (State::Skipped, State::Skipped) => State::Skipped,
        };
        for code in other.not_read {
            push_new(&mut self.not_read, code);
        }
        self.accuses_nobody |= other.accuses_nobody;
        self.key_conflict |= other.key_conflict;
        // One copy under a key that nobody confirmed leaves the whole unconfirmed.
        if other.key_source == KeySource::Pack || self.key_source == KeySource::None {
            self.key_source = other.key_source;
        }
        if self.details.is_empty() {
            self.details = other.details;
        }
        self.expected = self.expected.take().or(other.expected);
        self.found = self.found.take().or(other.found);
    }
}

/// Adds what is not there yet.
pub(super) fn push_new<T: PartialEq>(list: &mut Vec<T>, value: T) {
    if !list.contains(&value) {
        list.push(value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(key_source: KeySource) -> Layer {
        Layer {
            key_source,
            ..Layer::pass()
        }
    }

    fn joined(mut one: Layer, other: Layer) -> Layer {
        one.join(other);
        one
    }

    #[test]
    fn a_copy_under_a_key_that_nobody_confirmed_leaves_the_whole_unconfirmed() {
        use KeySource::{None, Pack, Pinned};
        for (one, other, whole) in [
            (Pinned, Pinned, Pinned),
            (Pinned, Pack, Pack),
            (Pack, Pinned, Pack),
            (Pack, Pack, Pack),
            (None, Pinned, Pinned),
            (None, Pack, Pack),
            (Pinned, None, Pinned),
            (Pack, None, Pack),
            (None, None, None),
        ] {
            assert_eq!(joined(from(one), from(other)).key_source, whole, "{one:?} {other:?}");
        }
    }

    #[test]
    fn the_worse_state_of_two_copies_counts_and_all_their_codes() {
        use State::{Fail, Pass, Skipped};
        let of = |state| Layer {
            state,
            ..Layer::default()
        };
        for (one, other, whole) in [
            (Pass, Pass, Pass),
            (Pass, Fail, Fail),
            (Fail, Pass, Fail),
            (Skipped, Pass, Pass),
            (Pass, Skipped, Pass),
            (Skipped, Fail, Fail),
            (Skipped, Skipped, Skipped),
        ] {
            assert_eq!(joined(of(one), of(other)).state, whole, "{one:?} {other:?}");
        }
        let (invalid, unavailable) = (ReasonCode::NodeSignatureInvalid, ReasonCode::NodeKeyUnavailable);
        let both = joined(
            joined(Layer::fail(invalid), Layer::fail(unavailable)),
            Layer::fail(invalid),
        );
        assert_eq!(both.codes, [invalid, unavailable]);
    }

    #[test]
    fn what_one_copy_shows_is_shown_of_both() {
        let marked = || Layer {
            accuses_nobody: true,
            key_conflict: true,
            expected: Some("stated".to_owned()),
            found: Some("recomputed".to_owned()),
            details: vec![("kid", "k1".to_owned())],
            ..Layer::pass()
        };
        for whole in [joined(marked(), Layer::pass()), joined(Layer::pass(), marked())] {
            assert!(whole.accuses_nobody && whole.key_conflict);
            assert_eq!(whole.expected.as_deref(), Some("stated"));
            assert_eq!(whole.found.as_deref(), Some("recomputed"));
            assert_eq!((whole.named("kid"), whole.named("step")), (Some("k1"), None));
        }
        let none = joined(Layer::pass(), Layer::pass());
        assert!(!none.accuses_nobody && !none.key_conflict);
        // The first copy's own words stay.
        let mut other = marked();
        other.expected = Some("another".to_owned());
        other.details = vec![("kid", "k2".to_owned())];
        let first = joined(marked(), other);
        assert_eq!(
            (first.expected.as_deref(), first.named("kid")),
            (Some("stated"), Some("k1"))
        );
    }

    #[test]
    fn details_are_kept_by_label() {
        let mut layer = Layer::pass();
        layer.detail("step", "s1");
        layer.detail("kid", "k1");
        assert_eq!(
            (layer.named("kid"), layer.named("step"), layer.named("x")),
            (Some("k1"), Some("s1"), None)
        );
        let words = [KeySource::None, KeySource::Pinned, KeySource::Pack].map(KeySource::as_str);
        assert_eq!(words, ["none", "pinned", "pack"]);
    }
}
