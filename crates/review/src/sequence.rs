//! Sequences: what became of every number that the records of one organisation, or of one chain, lay claim to.
//!
//! The engine says of each record whether it verifies, and in a part's population what the numbers come to
//! (`specs/invoance.md` 7). Here the same numbers become a list of runs, which a ribbon and a table show. The list is as
//! long as the runs are many: a number near the end of its range costs no more than a small one.

mod claims;
mod listed;
mod marks;
mod population;
mod runs;
mod ticks;
mod window;

pub(crate) use claims::thread;
pub use claims::{Claim, Claims, Thread};
pub(crate) use listed::chain_outcome;
pub use listed::{Listed, Sequences};
pub use marks::{Ends, Mark, Shape, UNITS};
pub use population::{Kind, Population, populations};
pub use ticks::{Tick, ticks};
pub use window::Window;

use strum::IntoEnumIterator as _;

use runs::runs;

/// What became of a number. The order is that of gravity: where several meet in one place, the last is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, strum::EnumIter)]
pub enum State {
    /// One record has it and verifies.
    Present,
    /// Several identical records have it.
    Twice,
    /// A record has it and verifies; another claims it and does not.
    SpoiltCopy,
    /// No record has it, though numbers before and after it are there.
    Missing,
    /// Only records that do not verify have it.
    Unverified,
    /// A record has it and verifies, and does not continue the one before it.
    Unlinked,
    /// Two different records have it, and both verify.
    Conflict,
}

/// How many states there are.
const STATES: usize = 7;

impl State {
    fn place(self) -> usize {
        match self {
            State::Present => 0,
            State::Twice => 1,
            State::SpoiltCopy => 2,
            State::Missing => 3,
            State::Unverified => 4,
            State::Unlinked => 5,
            State::Conflict => 6,
        }
    }

    /// Whether a reviewer has to look at it.
    #[must_use]
    pub fn needs_attention(self) -> bool {
        !matches!(self, State::Present | State::Twice)
    }
}

/// How many numbers are in each state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals([u64; STATES]);

impl Totals {
    /// Those in one state.
    #[must_use]
    pub fn of(&self, state: State) -> u64 {
        self.0.get(state.place()).copied().unwrap_or_default()
    }

    /// All of them; as many as fit a `u64`.
    #[must_use]
    pub fn all(&self) -> u64 {
        self.0.iter().fold(0, |sum, count| sum.saturating_add(*count))
    }

    /// The gravest state that any of them is in.
    #[must_use]
    pub fn gravest(&self) -> State {
        let there = |state: &State| self.of(*state) > 0;
        State::iter().rev().find(there).unwrap_or(State::Present)
    }

    fn add(&mut self, state: State, count: u64) {
        if let Some(total) = self.0.get_mut(state.place()) {
            *total = total.saturating_add(count);
        }
    }
}

/// Neighbouring numbers in one state, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// What became of them.
    pub state: State,
    /// The first.
    pub first: i64,
    /// The last.
    pub last: i64,
}

impl Run {
    /// How many numbers it has.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.last.abs_diff(self.first).saturating_add(1)
    }
}

/// The numbers of one organisation or chain, from the first that a record claims to the last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sequence {
    /// What it counts within, as the evidence names it.
    pub name: String,
    runs: Vec<Run>,
    troubled: Vec<u32>,
    totals: Totals,
}

impl Sequence {
    /// The numbers that records claim, in ascending order; `conflict` is asked about those that several records fill.
    /// `None` where there is no claim.
    #[must_use]
    pub fn new(name: impl Into<String>, claims: &[Claim], conflict: impl FnMut(i64) -> bool) -> Option<Sequence> {
        let runs = runs(claims, conflict);
        (!runs.is_empty()).then(|| Sequence::of_runs(name, runs))
    }

    fn of_runs(name: impl Into<String>, runs: Vec<Run>) -> Sequence {
        let mut totals = Totals::default();
        for run in &runs {
            totals.add(run.state, run.count());
        }
        let troubled = (0_u32..)
            .zip(&runs)
            .filter(|(_, run)| run.state.needs_attention())
            .map(|(place, _)| place)
            .collect();
        Sequence {
            name: name.into(),
            runs,
            troubled,
            totals,
        }
    }

    /// Every run, in order; each number is in exactly one.
    #[must_use]
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// How many runs need a look.
    #[must_use]
    pub fn troubled(&self) -> u64 {
        crate::words::sentence::length(self.troubled.len())
    }

    /// The runs that need a look, in order, from a place among them.
    pub fn troubled_from(&self, start: usize) -> impl Iterator<Item = &Run> {
        self.troubled
            .iter()
            .skip(start)
            .filter_map(|place| self.runs.get(usize::try_from(*place).ok()?))
    }

    /// The last number before a gap that a number lies in; nothing for one that is there.
    #[must_use]
    pub fn filled_before(&self, number: i64) -> Option<i64> {
        let run = self.runs.get(self.runs.partition_point(|run| run.last < number))?;
        if run.state != State::Missing || number < run.first {
            return None;
        }
        run.first.checked_sub(1)
    }

    /// How many numbers are in each state.
    #[must_use]
    pub fn totals(&self) -> &Totals {
        &self.totals
    }

    /// All of its numbers.
    #[must_use]
    pub fn whole(&self) -> Window {
        let first = self.runs.first().map_or(0, |run| run.first);
        Window {
            first,
            last: self.runs.last().map_or(first, |run| run.last),
        }
    }
}

#[cfg(test)]
mod agreement;
