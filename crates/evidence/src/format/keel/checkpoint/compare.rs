//! A checkpoint beside the chain of an export: whether the window that the export shows is anchored (`specs/keel.md` 7
//! and 8).

use std::cmp::Ordering;

use serde_json::{Value, json};

use super::super::chain::{End, HashText, ScopeResult, WalkResult};
use super::heads::Head;
use crate::check::{Check, CheckId, Outcome};
use crate::reason::ReasonCode;

/// A checkpoint beside a chain.
#[derive(Debug)]
pub(in super::super) struct Comparison {
    /// `checkpoint`.
    pub(in super::super) check: Check,
    /// Scope by scope.
    pub(in super::super) anchors: Vec<Anchor>,
}

/// A head beside the window of its scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Anchor {
    /// The scope.
    pub(in super::super) scope: String,
    /// The head's number, in decimal.
    pub(in super::super) sequence: String,
    /// How the two stand.
    pub(in super::super) state: State,
    /// What was compared with what, where they differ.
    pub(in super::super) detail: String,
}

/// How a head and a window stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "camelCase")]
pub(in super::super) enum State {
    /// The window's first entry continues the head.
    AnchoredBefore,
    /// An entry inside the window is the head.
    AnchoredInside,
    /// The window's last entry is the head.
    AnchoredAfter,
    /// Entries lie between the head and the window: nothing can be compared.
    NotLinked,
    /// The number lies inside the window, and no entry has it.
    InGap,
    /// The hashes differ, or a later bracket ends before the window.
    Contradicts,
    /// The export shows no entry of this scope.
    NotInExport,
}

/// Which side of the window a checkpoint is said to stand on; a plain one says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Side {
    /// Taken before the first entry.
    Before,
    /// Taken after the last entry.
    After,
    /// At any time.
    Any,
}

/// Compares the heads of a checkpoint with the scopes of a walk that watched for them ([`Judged::watched`](super::Judged::watched)).
pub(in super::super) fn compare(heads: &[Head], side: Side, subject: &str, walk: &WalkResult) -> Comparison {
    let scope = |head: &Head| {
        walk.scopes
            .iter()
            .find(|scope| scope.scope.as_deref() == Some(&head.scope))
    };
    let anchors: Vec<Anchor> = heads.iter().map(|head| anchor(head, side, scope(head))).collect();
    let is = |state| anchors.iter().filter(move |anchor| anchor.state == state);
    let anchored = anchors.iter().any(|anchor| anchor.state.is_anchored());
    let outcome = if is(State::Contradicts).next().is_some() {
        Outcome::Fail(ReasonCode::BracketDiscontinuity)
    } else if anchored {
        Outcome::Pass
    } else {
        Outcome::Skipped(ReasonCode::NotAnswerable)
    };
    let mut check = Check::new(CheckId::Checkpoint, subject, outcome);
    if let Some(first) = is(State::Contradicts).next() {
        check = check.detail("firstFailure", format!("{}: {}", first.scope, first.detail));
    }
    Comparison { check, anchors }
}

impl State {
    /// Whether the window is tied to the checkpoint.
    pub(in super::super) fn is_anchored(self) -> bool {
        matches!(
            self,
            State::AnchoredBefore | State::AnchoredInside | State::AnchoredAfter
        )
    }
}

fn anchor(head: &Head, side: Side, scope: Option<&ScopeResult>) -> Anchor {
    let window = scope.and_then(|scope| Some((scope, scope.first.as_ref()?, scope.last.as_ref()?)));
    let (state, detail) = match window {
        None => (State::NotInExport, String::new()),
        Some((scope, first, last)) => place(head, side, scope, first, last),
    };
    Anchor {
        scope: head.scope.clone(),
        sequence: head.sequence.to_string(),
        state,
        detail,
    }
}

fn place(head: &Head, side: Side, scope: &ScopeResult, first: &End, last: &End) -> (State, String) {
    if head.sequence < first.sequence {
        if side == Side::After {
            return (State::Contradicts, too_early(head, last));
        }
        if !head.sequence.is_followed_by(&first.sequence) {
            return (State::NotLinked, String::new());
        }
        return agree(head, first.prev_hash.map(HashText::shown), State::AnchoredBefore);
    }
    match head.sequence.cmp(&last.sequence) {
        Ordering::Greater => (State::NotLinked, String::new()),
        Ordering::Equal => agree(head, last.record_hash.map(HashText::shown), State::AnchoredAfter),
        Ordering::Less if side == Side::After => (State::Contradicts, too_early(head, last)),
        Ordering::Less => match scope.watched.get(&head.sequence) {
            None => (State::InGap, String::new()),
            Some(found) => agree(head, Some(found.clone()), State::AnchoredInside),
        },
    }
}

fn too_early(head: &Head, last: &End) -> String {
    format!(
        "its number {} lies before the last entry's, {}",
        head.sequence, last.sequence
    )
}

/// The head's hash against the one in the export.
fn agree(head: &Head, found: Option<String>, state: State) -> (State, String) {
    match found {
        Some(found) if found == head.hash => (state, String::new()),
        Some(found) => (
            State::Contradicts,
            format!("the checkpoint says {}, the export {found}", head.hash),
        ),
        None => (State::NotLinked, String::new()),
    }
}

impl Anchor {
    /// One object for the chain view.
    pub(in super::super) fn population(&self) -> Value {
        let state: &str = self.state.into();
        json!({"scope": self.scope, "sequence": self.sequence, "state": state, "detail": self.detail})
    }
}
