//! What the reviewer has done about records, for the filter of the table.

use strum::IntoEnumIterator as _;

use super::CaseFile;
use super::coded::place;
use crate::note::{Numbers, Review, Target};

/// Something a record can be filtered by: what the reviewer did about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, strum::EnumIter)]
pub enum Mark {
    /// A note or tag stands on it or a part of it.
    Noted,
    /// It was decided about, alone or with others.
    Decided,
    /// It was not.
    NotDecided,
}

impl Mark {
    /// The mark of a filter's value.
    pub(super) fn of(value: u32) -> Option<Mark> {
        Mark::iter().nth(place(value))
    }
}

/// The records with a mark.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks {
    /// Those that notes or tags stand on.
    pub noted: Numbers,
    /// Those that were decided about.
    pub decided: Numbers,
}

impl Marks {
    /// The marks that a note makes.
    #[must_use]
    pub fn of(review: &Review) -> Marks {
        Marks {
            noted: union(review.annotations.iter().map(|note| &note.target), number),
            decided: union(review.decisions.iter().map(|decision| &decision.target), whole),
        }
    }
}

/// The numbers that targets name: `one` gives that of a single record, lists count as they are.
fn union<'t>(targets: impl Iterator<Item = &'t Target>, one: impl Fn(&Target) -> Option<u64>) -> Numbers {
    let (mut single, mut all) = (Vec::new(), Numbers::default());
    for target in targets {
        if let Target::Records { reference, .. } = target {
            all = all.with(reference);
        }
        single.extend(one(target));
    }
    all.with(&single.into_iter().collect())
}

/// The record that a target is about, whole or in part.
fn number(target: &Target) -> Option<u64> {
    match target {
        Target::Record { number, .. } | Target::Field { number, .. } => Some(*number),
        Target::Check { number, .. } => *number,
        Target::Pack { .. } | Target::Records { .. } => None,
    }
}

/// The record that a target is about as a whole.
fn whole(target: &Target) -> Option<u64> {
    match target {
        Target::Record { number, .. } => Some(*number),
        Target::Pack { .. } | Target::Records { .. } | Target::Check { .. } | Target::Field { .. } => None,
    }
}

impl CaseFile {
    /// Takes note of what the reviewer has done, for the filter.
    pub fn mark(&self, marks: Marks) {
        let mut kept = self.marks.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        if *kept == marks {
            return;
        }
        *kept = marks;
        drop(kept);
        // An answer from before would still go by the old marks.
        self.forget_answer();
    }

    /// How many records have a mark.
    #[must_use]
    pub fn marked(&self, mark: Mark) -> u64 {
        let marks = self.marks.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        match mark {
            Mark::Noted => marks.noted.count(),
            Mark::Decided => marks.decided.count(),
            Mark::NotDecided => self.record_count().saturating_sub(marks.decided.count()),
        }
    }

    /// Strikes out the records without a mark.
    pub(super) fn keep_marked(&self, mark: Mark, kept: &mut [bool]) {
        let marks = self.marks.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        for (number, kept) in (1..).zip(kept) {
            *kept &= match mark {
                Mark::Noted => marks.noted.contains(number),
                Mark::Decided => marks.decided.contains(number),
                Mark::NotDecided => !marks.decided.contains(number),
            };
        }
    }
}
