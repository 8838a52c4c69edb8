//! A sample that anyone can draw again.
//!
//! The generator is SHA-256 over the seed, a line feed and a counter; there is nothing else to it.
//!
//! - `random`: the rank of item `k` (its number, from 1) is `SHA-256(seed LF k)` with `k` in decimal; the `n` items with the
//!   smallest ranks are drawn, read as big-endian numbers. By hand: `printf '%s\n%s' "$seed" "$k" | sha256sum` for each
//!   `k`, sorted, the first `n`.
//! - `interval`: with `N` items, `r` is the first eight bytes of `SHA-256(seed LF "start")`, big-endian, modulo `N`; the items
//!   are `floor((r + i × N) / n) + 1` for `i` from 0 to `n - 1`.
//! - `allFailures`: every item that FAILED, and `n` of the others as in `random`.

use std::collections::BinaryHeap;

use evidence::Digest;
use serde::{Deserialize, Serialize};

use super::numbers::Numbers;
use super::population::Population;

/// At most so many items are a sample; more are a list, and a bulk decision serves it better.
pub const LARGEST: u64 = 20_000;

/// How items are chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, strum::EnumIter)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub enum Method {
    /// Each item alike.
    Random,
    /// Evenly along the report, from a start that the seed gives.
    Interval,
    /// Everything that failed, and some of the rest.
    AllFailures,
}

/// A drawn sample, with all that is needed to draw it again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Sample {
    /// How.
    pub method: Method,
    /// The seed, any text.
    pub seed: String,
    /// How many were asked for; with `allFailures`, of the others.
    pub asked: u64,
    /// Digest of the population ([`Population`]).
    pub population_sha256: Digest,
    /// How many items the population has.
    pub population_count: u64,
    /// With `allFailures`: which items had failed.
    pub failed: Numbers,
    /// How many were drawn.
    pub size: u64,
    /// Their numbers in the report.
    pub selected: Numbers,
    /// Their ids, in the same order.
    pub selected_ids: Vec<String>,
}

/// Why no sample was drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SampleError {
    /// No seed, or one with a line break, which nobody can repeat by hand.
    #[error("the seed must be one line of text")]
    Seed,
    /// Nothing was asked for.
    #[error("the sample would be empty")]
    Empty,
    /// More than can be worked through.
    #[error("the sample would have more than {LARGEST} items")]
    TooLarge,
    /// The list of ids does not fit the population.
    #[error("the records changed while the sample was drawn")]
    Changed,
}

/// The numbers that a method selects from a population.
///
/// # Errors
/// When the seed cannot be repeated, or nothing or too much would be drawn.
pub fn select(method: Method, seed: &str, asked: u64, population: &Population) -> Result<Numbers, SampleError> {
    if seed.trim().is_empty() || seed.contains(['\n', '\r']) {
        return Err(SampleError::Seed);
    }
    let failed = match method {
        Method::AllFailures => population.failed.count(),
        Method::Random | Method::Interval => 0,
    };
    let size = asked
        .min(population.count.saturating_sub(failed))
        .saturating_add(failed);
    match size {
        0 => Err(SampleError::Empty),
        size if size > LARGEST => Err(SampleError::TooLarge),
        _ => Ok(match method {
            Method::Random => random(seed, asked, 1..=population.count).collect(),
            Method::Interval => interval(seed, asked.min(population.count), population.count).collect(),
            Method::AllFailures => {
                let others = (1..=population.count).filter(|number| !population.failed.contains(*number));
                random(seed, asked, others).chain(population.failed.iter()).collect()
            }
        }),
    }
}

/// Draws a sample; `id_of` gives the id of a record by its number.
///
/// # Errors
/// As [`select`], or the first error of `id_of`.
pub fn draw<E: From<SampleError>>(
    method: Method,
    seed: &str,
    asked: u64,
    population: &Population,
    mut id_of: impl FnMut(u64) -> Result<Option<String>, E>,
) -> Result<Sample, E> {
    let selected = select(method, seed, asked, population)?;
    let mut selected_ids = Vec::new();
    for number in selected.iter() {
        selected_ids.push(id_of(number)?.ok_or(SampleError::Changed)?);
    }
    Ok(Sample {
        method,
        seed: seed.to_owned(),
        asked,
        population_sha256: population.sha256,
        population_count: population.count,
        failed: match method {
            Method::AllFailures => population.failed.clone(),
            Method::Random | Method::Interval => Numbers::default(),
        },
        size: selected.count(),
        selected,
        selected_ids,
    })
}

impl Sample {
    /// Whether drawing it again gives the same items.
    #[must_use]
    pub fn is_repeatable(&self) -> bool {
        let population = Population {
            count: self.population_count,
            sha256: self.population_sha256,
            failed: self.failed.clone(),
        };
        self.size == self.selected.count()
            && select(self.method, &self.seed, self.asked, &population).as_ref() == Ok(&self.selected)
    }
}

/// A new seed from the system's randomness: 32 hexadecimal digits.
///
/// # Errors
/// When the system has none.
pub fn new_seed() -> std::io::Result<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(std::io::Error::other)?;
    Ok(data_encoding::HEXLOWER.encode(&bytes))
}

/// The `asked` items with the smallest ranks; ranks of 256 bits do not meet.
fn random(seed: &str, asked: u64, items: impl Iterator<Item = u64>) -> impl Iterator<Item = u64> {
    let asked = usize::try_from(asked).unwrap_or(usize::MAX);
    let mut text = format!("{seed}\n").into_bytes();
    let length = text.len();
    let mut smallest: BinaryHeap<(Digest, u64)> = BinaryHeap::new();
    for item in items.filter(|_| asked > 0) {
        text.truncate(length);
        text.extend_from_slice(item.to_string().as_bytes());
        let rank = Digest::of(&text);
        if smallest.len() < asked {
            smallest.push((rank, item));
        } else if let Some(mut largest) = smallest.peek_mut().filter(|largest| rank < largest.0) {
            *largest = (rank, item);
        }
    }
    smallest.into_iter().map(|(_, item)| item)
}

fn interval(seed: &str, asked: u64, count: u64) -> impl Iterator<Item = u64> {
    let digest = Digest::of(format!("{seed}\nstart").as_bytes());
    let head = digest.as_bytes().first_chunk::<8>().copied().unwrap_or_default();
    let start = u128::from(u64::from_be_bytes(head).checked_rem(count).unwrap_or(0));
    (0..u128::from(asked)).filter_map(move |place| {
        let item = (start + place * u128::from(count)).checked_div(u128::from(asked))?;
        u64::try_from(item).ok()?.checked_add(1)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use evidence::Verdict;

    fn population(count: u64, failed: &str) -> Population {
        Population {
            count,
            sha256: Digest::of(b""),
            failed: failed.parse().unwrap(),
        }
    }

    fn selected(method: Method, asked: u64, population: &Population) -> String {
        select(method, "2026-Q3", asked, population).unwrap().to_string()
    }

    #[test]
    fn a_random_sample_is_what_the_documented_steps_give() {
        let mut ranks: Vec<(String, u64)> = (1..=50)
            .map(|item| (Digest::of(format!("2026-Q3\n{item}").as_bytes()).to_hex(), item))
            .collect();
        ranks.sort();
        let by_hand: Numbers = ranks.iter().take(7).map(|(_, item)| *item).collect();
        assert_eq!(selected(Method::Random, 7, &population(50, "")), by_hand.to_string());
    }

    #[test]
    fn the_same_seed_gives_the_same_items_for_ever() {
        assert_eq!(selected(Method::Random, 5, &population(1000, "")), RANDOM);
        assert_eq!(selected(Method::Interval, 5, &population(1000, "")), INTERVAL);
        assert_eq!(selected(Method::AllFailures, 2, &population(1000, "7,9")), FAILURES);
    }

    /// Worked out with another program, from the documented steps.
    const RANDOM: &str = "393,486,537,688,697";
    const INTERVAL: &str = "199,399,599,799,999";
    const FAILURES: &str = "7,9,486,688";

    #[test]
    fn more_asked_for_than_there_are_is_all_of_them() {
        for method in [Method::Random, Method::Interval, Method::AllFailures] {
            assert_eq!(selected(method, 99, &population(4, "2")), "1-4");
        }
    }

    #[test]
    fn an_interval_has_even_steps_and_as_many_items_as_asked_for() {
        for asked in 1..40 {
            let numbers = select(Method::Interval, "s", asked, &population(40, "")).unwrap();
            assert_eq!(numbers.count(), asked);
            let items: Vec<u64> = numbers.iter().collect();
            let steps: Vec<u64> = items.windows(2).map(|pair| pair[1] - pair[0]).collect();
            let step = 40 / asked;
            assert!(
                steps.iter().all(|found| (step..=step + 1).contains(found)),
                "{asked}: {items:?}"
            );
        }
    }

    #[test]
    fn all_failures_alone_need_no_others() {
        assert_eq!(selected(Method::AllFailures, 0, &population(100, "3-5")), "3-5");
    }

    #[test]
    fn nothing_and_too_much_are_refused() {
        let refused = |seed: &str, asked, count| select(Method::Random, seed, asked, &population(count, ""));
        assert_eq!(refused("", 1, 9), Err(SampleError::Seed));
        assert_eq!(refused("a\nb", 1, 9), Err(SampleError::Seed));
        assert_eq!(refused("a", 0, 9), Err(SampleError::Empty));
        assert_eq!(refused("a", 1, 0), Err(SampleError::Empty));
        assert_eq!(refused("a", LARGEST + 1, LARGEST + 1), Err(SampleError::TooLarge));
    }

    #[test]
    fn a_drawn_sample_can_be_drawn_again_and_an_altered_one_cannot() {
        let ids = ["a", "b", "c", "d", "e"];
        let population = Population::of(ids.map(|id| (id, Verdict::Verified)));
        let mut sample = draw::<SampleError>(Method::Random, "seed", 2, &population, |number| {
            Ok(usize::try_from(number - 1)
                .ok()
                .and_then(|index| ids.get(index))
                .map(|id| (*id).to_owned()))
        })
        .unwrap();
        assert!(sample.is_repeatable());
        assert_eq!(sample.selected_ids.len(), 2);
        sample.seed = "another".to_owned();
        let other = select(Method::Random, "another", 2, &population).unwrap();
        assert_eq!(sample.is_repeatable(), other == sample.selected);
        sample.seed = "seed".to_owned();
        sample.selected = "1-2,4".parse().unwrap();
        assert!(!sample.is_repeatable());
    }
}
