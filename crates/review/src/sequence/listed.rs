//! Every sequence of a report, the one with the gravest result first.

use std::cmp::Reverse;
use std::collections::HashMap;

use evidence::{Check, CheckId, Outcome, Part, ReasonCode, Report};

use super::{Claims, Population, Sequence};

/// One sequence, and what the engine found about it.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Its numbers.
    pub sequence: Sequence,
    /// How its check of completeness ended.
    pub outcome: Outcome,
    /// Whether one of its records is proven not to match: else those that do not verify only lack something.
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
    /// Those of a report, with the claims of its records. `differing` says whether the records that fill a number of a
    /// scope differ; it is asked only where the report does not.
    #[must_use]
    pub fn of(report: &Report, claims: &Claims, differing: impl Fn(&str, i64) -> bool) -> Sequences {
        let mut all = Vec::new();
        for (place, part) in report.parts.iter().enumerate() {
            let outcomes = outcomes(part);
            for (entry, population) in part.population.iter().enumerate() {
                let Some(population) = Population::of(population) else {
                    continue;
                };
                let claims = claims.of(population.name);
                let (conflicts, full) = population.conflicts();
                let beyond = |number| full && conflicts.last().is_none_or(|last| *last < number);
                let conflict = |number| {
                    conflicts.binary_search(&number).is_ok() || beyond(number) && differing(population.name, number)
                };
                let Some(sequence) = Sequence::new(population.name, claims, conflict) else {
                    continue;
                };
                let unanswered = Outcome::Skipped(ReasonCode::NotPresent);
                all.push(Listed {
                    outcome: outcomes.get(population.name).copied().unwrap_or(unanswered),
                    sequence,
                    mismatch: claims.iter().any(|claim| claim.failed),
                    part: place,
                    entry,
                });
            }
        }
        let name = |listed: &Listed| listed.sequence.name.clone();
        all.sort_by_cached_key(|listed| (Reverse(gravity(listed.outcome)), name(listed)));
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

fn gravity(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::Fail(_) => 3,
        Outcome::Undetermined(_) => 2,
        Outcome::Skipped(_) => 1,
        Outcome::Pass => 0,
    }
}
