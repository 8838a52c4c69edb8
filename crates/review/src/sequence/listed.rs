//! Every sequence of a report, the one with the gravest result first.

use std::cmp::Reverse;
use std::collections::HashMap;

use evidence::{Check, CheckId, Outcome, Part, ReasonCode, Report};

use super::{Claims, Kind, Population, Sequence, Thread};

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
    /// The part of the report that it is in.
    #[must_use]
    pub fn part<'r>(&self, report: &'r Report) -> Option<&'r Part> {
        report.parts.get(self.part)
    }

    /// What its records count within.
    #[must_use]
    pub fn thread<'r>(&self, report: &'r Report) -> Option<Thread<'r>> {
        self.population(report).map(|population| population.thread())
    }

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
    /// Those of a report, with the claims of its records. `differing` says whether the records that fill a number
    /// differ; it is asked only where the report does not.
    #[must_use]
    pub fn of(report: &Report, claims: &Claims, differing: impl Fn(Thread<'_>, i64) -> bool) -> Sequences {
        let mut all = Vec::new();
        for (place, part) in report.parts.iter().enumerate() {
            let outcomes = outcomes(part);
            for (entry, population) in part.population.iter().enumerate() {
                let Some(population) = Population::of(population) else {
                    continue;
                };
                let thread = population.thread();
                let claims = claims.of(thread);
                let (conflicts, listed) = population.conflicts();
                // A chain lists none: an entry that is there twice is looked at.
                let full = listed || population.of == Kind::Chain;
                let beyond = |number| full && conflicts.last().is_none_or(|last| *last < number);
                let conflict =
                    |number| conflicts.binary_search(&number).is_ok() || beyond(number) && differing(thread, number);
                let Some(sequence) = Sequence::new(population.name, claims, conflict) else {
                    continue;
                };
                let unanswered = Outcome::Skipped(ReasonCode::NotPresent);
                all.push(Listed {
                    outcome: match population.of {
                        Kind::Organisation => outcomes.get(population.name).copied().unwrap_or(unanswered),
                        Kind::Chain => chain_outcome(part, &population).unwrap_or(unanswered),
                    },
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

/// How the links of one chain ended: the part's check is about all of its chains.
pub(crate) fn chain_outcome(part: &Part, population: &Population<'_>) -> Option<Outcome> {
    let path = population.thread().path?;
    let check = part
        .checks
        .iter()
        .find(|check| check.id == CheckId::ChainLinks && check.subject == path)?;
    Some(match check.outcome {
        Outcome::Fail(_) if population.count("breaks") > 0 => Outcome::Fail(ReasonCode::WalkPrevHashDiscontinuity),
        Outcome::Fail(_) if population.count("repeats") > 0 => Outcome::Fail(ReasonCode::WalkSequenceInversion),
        // Numbers out of order are counted for the file alone.
        Outcome::Fail(code) if alone(part) => Outcome::Fail(code),
        Outcome::Fail(_) => Outcome::Pass,
        outcome @ (Outcome::Pass | Outcome::Undetermined(_) | Outcome::Skipped(_)) => outcome,
    })
}

/// Whether the part has one chain.
fn alone(part: &Part) -> bool {
    let chains = part.population.iter().filter_map(Population::of);
    chains.filter(|population| population.of == Kind::Chain).count() == 1
}

fn gravity(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::Fail(_) => 3,
        Outcome::Undetermined(_) => 2,
        Outcome::Skipped(_) => 1,
        Outcome::Pass => 0,
    }
}
