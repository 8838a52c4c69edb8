//! A set of record numbers, written as people write it: `1-40,42`.

use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A set of record numbers, all above 0. Each set has one text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Numbers {
    /// First and last of each run, ascending, with a gap between two runs.
    runs: Vec<(u64, u64)>,
}

impl Numbers {
    /// Whether the number is among them.
    #[must_use]
    pub fn contains(&self, number: u64) -> bool {
        let after = self.runs.partition_point(|(first, _)| *first <= number);
        after
            .checked_sub(1)
            .and_then(|index| self.runs.get(index))
            .is_some_and(|(_, last)| number <= *last)
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.runs
            .iter()
            .fold(0, |sum: u64, (first, last)| sum.saturating_add(last - first + 1))
    }

    /// The numbers, ascending.
    pub fn iter(&self) -> impl Iterator<Item = u64> + '_ {
        self.runs.iter().flat_map(|(first, last)| *first..=*last)
    }

    /// The numbers of either set.
    #[must_use]
    pub fn with(&self, other: &Numbers) -> Numbers {
        let mut sorted: Vec<(u64, u64)> = self.runs.iter().chain(&other.runs).copied().collect();
        sorted.sort_unstable();
        let mut runs: Vec<(u64, u64)> = Vec::new();
        for (first, last) in sorted {
            match runs.last_mut() {
                Some((_, before)) if first <= before.saturating_add(1) => *before = last.max(*before),
                _ => runs.push((first, last)),
            }
        }
        Numbers { runs }
    }

    /// The largest.
    #[must_use]
    pub fn last(&self) -> Option<u64> {
        self.runs.last().map(|(_, last)| *last)
    }
}

impl FromIterator<u64> for Numbers {
    fn from_iter<I: IntoIterator<Item = u64>>(numbers: I) -> Numbers {
        let mut sorted: Vec<u64> = numbers.into_iter().filter(|number| *number > 0).collect();
        sorted.sort_unstable();
        sorted.dedup();
        let mut runs: Vec<(u64, u64)> = Vec::new();
        for number in sorted {
            match runs.last_mut() {
                Some((_, last)) if number == *last + 1 => *last = number,
                _ => runs.push((number, number)),
            }
        }
        Numbers { runs }
    }
}

impl std::fmt::Display for Numbers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (place, (first, last)) in self.runs.iter().enumerate() {
            let comma = if place > 0 { "," } else { "" };
            if first == last {
                write!(f, "{comma}{first}")?;
            } else {
                write!(f, "{comma}{first}-{last}")?;
            }
        }
        Ok(())
    }
}

/// The text is not the one text of a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected ascending record numbers like 1-40,42")]
pub struct NotNumbers;

impl FromStr for Numbers {
    type Err = NotNumbers;

    fn from_str(text: &str) -> Result<Numbers, NotNumbers> {
        let mut runs: Vec<(u64, u64)> = Vec::new();
        for piece in text.split(',').filter(|_| !text.is_empty()) {
            let (first, last) = piece.split_once('-').unwrap_or((piece, piece));
            let run = (
                first.parse().map_err(|_| NotNumbers)?,
                last.parse().map_err(|_| NotNumbers)?,
            );
            let free = runs.last().map_or(1, |(_, last): &(u64, u64)| last.saturating_add(2));
            if run.0 < free || run.1 < run.0 || run.1 == u64::MAX {
                return Err(NotNumbers);
            }
            runs.push(run);
        }
        let numbers = Numbers { runs };
        // Signs and leading zeros would be second texts of the same set.
        if numbers.to_string() == text {
            Ok(numbers)
        } else {
            Err(NotNumbers)
        }
    }
}

impl Serialize for Numbers {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Numbers {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Numbers, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_joined_and_written_once() {
        let numbers: Numbers = [5, 1, 2, 3, 3, 9, 0].into_iter().collect();
        assert_eq!(numbers.to_string(), "1-3,5,9");
        assert_eq!((numbers.count(), numbers.last()), (5, Some(9)));
        assert_eq!(numbers.iter().collect::<Vec<_>>(), [1, 2, 3, 5, 9]);
    }

    #[test]
    fn a_text_reads_back_as_the_same_set() {
        for text in ["", "1", "1-3", "1-3,5,9-12"] {
            assert_eq!(text.parse::<Numbers>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn a_second_text_of_the_same_set_is_refused() {
        for text in ["1,2", "2,1", "01", "1-1", "3-1", "0", "1,,2", "+1", "1-", "a", " 1"] {
            assert_eq!(text.parse::<Numbers>(), Err(NotNumbers), "{text}");
        }
    }

    #[test]
    fn two_sets_become_one() {
        let [a, b]: [Numbers; 2] = ["2-4,8", "1,5,7-9,20"].map(|text| text.parse().unwrap());
        assert_eq!(a.with(&b).to_string(), "1-5,7-9,20");
        assert_eq!(a.with(&Numbers::default()), a);
    }

    #[test]
    fn what_lies_between_two_runs_is_not_contained() {
        let numbers: Numbers = "2-4,8".parse().unwrap();
        let inside: Vec<u64> = (0..10).filter(|number| numbers.contains(*number)).collect();
        assert_eq!(inside, [2, 3, 4, 8]);
    }
}
