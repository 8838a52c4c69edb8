//! Every sequence of a report, the one with the gravest result first.

use std::cmp::Reverse;
use std::collections::HashMap;

use evidence::{Check, CheckId, Outcome, Part, ReasonCode, Report};

use super::{Population, Run, Sequence, State};

/// One sequence, and what the engine found about it.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Its numbers.
    pub sequence: Sequence,
    /// How its check of completeness ended.
    pub outcome: Outcome,
    /// Whether a record of its part is proven not to match: else those that do not verify only lack something.
    pub mismatch: bool,
    part: usize,
    entry: usize,
}

impl Listed {
    /// What the report says of it.
    #[must_use]
    pub fn population<'r>(&self, report: &'r Report) -> Option<Population<'r>> {
        Population::of(report.parts.get(self.part)?.population.get(self.entry)?)
    }
}

/// Every sequence of a report.
#[derive(Debug, Clone, Default)]
pub struct Sequences(Vec<Listed>);

impl Sequences {
    /// Those of a report. `spoilt` gives the numbers that records of a sequence claim without verifying; it is asked
    /// only where some of these may be filled by another record.
    #[must_use]
    pub fn of(report: &Report, spoilt: impl Fn(&str) -> Vec<i64>) -> Sequences {
        let mut all = Vec::new();
        for (place, part) in report.parts.iter().enumerate() {
            let outcomes = outcomes(part);
            for (entry, population) in (0..).zip(&part.population) {
                let Some(population) = Population::of(population) else {
                    continue;
                };
                let copies = match population.spoilt_copies() {
                    0 => Vec::new(),
                    _ => spoilt(population.name),
                };
                let Some(sequence) = population.sequence(copies.into_iter().map(spoilt_copy)) else {
                    continue;
                };
                let unanswered = Outcome::Skipped(ReasonCode::NotPresent);
                all.push(Listed {
                    outcome: outcomes.get(population.name).copied().unwrap_or(unanswered),
                    sequence,
                    mismatch: part.counts.failed > 0,
                    part: place,
                    entry,
                });
            }
        }
        all.sort_by(|a, b| {
            Reverse(gravity(a.outcome))
                .cmp(&Reverse(gravity(b.outcome)))
                .then_with(|| a.sequence.name.cmp(&b.sequence.name))
        });
        Sequences(all)
    }

    /// All of them.
    #[must_use]
    pub fn all(&self) -> &[Listed] {
        &self.0
    }

    /// The one at a place, from 0.
    #[must_use]
    pub fn get(&self, place: u32) -> Option<&Listed> {
        self.0.get(usize::try_from(place).ok()?)
    }
}

fn outcomes(part: &Part) -> HashMap<&str, Outcome> {
    let completeness = part.checks.iter().filter(|check| check.id == CheckId::Completeness);
    completeness
        .map(|check: &Check| (check.subject.as_str(), check.outcome))
        .collect()
}

/// A number that is filled all the same gives way to none that is not: the gravest state wins.
fn spoilt_copy(number: i64) -> Run {
    Run {
        state: State::SpoiltCopy,
        first: number,
        last: number,
    }
}

fn gravity(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::Fail(_) => 3,
        Outcome::Undetermined(_) => 2,
        Outcome::Skipped(_) => 1,
        Outcome::Pass => 0,
    }
}
