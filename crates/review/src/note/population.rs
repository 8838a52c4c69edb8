//! The records of a report as a population: what a sample is drawn from and a bulk decision is about.
//!
//! Its digest is over one line per record, `<number> <id as a JSON string>` LF, in the order of the report. From the
//! report's JSON anyone repeats it:
//! `jq -r '.body.records | to_entries[] | "\(.key + 1) \(.value.id | tojson)"' report.json | sha256sum`.

use evidence::{Digest, Hasher, Verdict};

use super::numbers::Numbers;
use super::target::Target;
use crate::case_file::{CaseError, CaseFile};

/// The digest of a list of records, as it is being read.
#[derive(Default)]
pub struct Lines {
    hasher: Hasher,
    count: u64,
    line: Vec<u8>,
}

impl Lines {
    /// Adds a record.
    pub fn add(&mut self, number: u64, id: &str) {
        self.line.clear();
        self.line.extend_from_slice(number.to_string().as_bytes());
        self.line.push(b' ');
        evidence::canonical::write_string(id, &mut self.line);
        self.line.push(b'\n');
        self.hasher.update(&self.line);
        self.count += 1;
    }

    /// How many were added, and the digest of their lines.
    #[must_use]
    pub fn finish(self) -> (u64, Digest) {
        (self.count, self.hasher.finish())
    }
}

/// The records of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Population {
    /// How many.
    pub count: u64,
    /// Digest of the lines that name them.
    pub sha256: Digest,
    /// Those that FAILED.
    pub failed: Numbers,
}

impl Population {
    /// The population of records given in the order of the report: id and verdict.
    pub fn of<I: AsRef<str>>(records: impl IntoIterator<Item = (I, Verdict)>) -> Population {
        let mut lines = Lines::default();
        let mut failed = Vec::new();
        for (number, (id, verdict)) in (1..).zip(records) {
            lines.add(number, id.as_ref());
            if verdict == Verdict::Failed {
                failed.push(number);
            }
        }
        let (count, sha256) = lines.finish();
        Population {
            count,
            sha256,
            failed: failed.into_iter().collect(),
        }
    }

    /// The population of a case file.
    ///
    /// # Errors
    /// When the case file cannot be read.
    pub fn of_case(case: &CaseFile) -> Result<Population, CaseError> {
        let mut lines = Lines::default();
        let mut failed = Vec::new();
        case.each_name(|number, id, verdict| {
            lines.add(number, id);
            if verdict == Verdict::Failed {
                failed.push(number);
            }
        })?;
        let (count, sha256) = lines.finish();
        Ok(Population {
            count,
            sha256,
            failed: failed.into_iter().collect(),
        })
    }
}

/// Several records as one target: what a bulk decision is about.
///
/// # Errors
/// When the case file cannot be read.
pub fn records_target(case: &CaseFile, numbers: &Numbers) -> Result<Target, CaseError> {
    let mut lines = Lines::default();
    case.each_name(|number, id, _| {
        if numbers.contains(number) {
            lines.add(number, id);
        }
    })?;
    let (count, content_sha256) = lines.finish();
    Ok(Target::Records {
        reference: numbers.clone(),
        count,
        content_sha256,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_digest_is_over_the_documented_lines() {
        let population = Population::of([("a", Verdict::Verified), ("b \"x\"", Verdict::Failed)]);
        assert_eq!(population.count, 2);
        assert_eq!(population.sha256, Digest::of(b"1 \"a\"\n2 \"b \\\"x\\\"\"\n"));
        assert_eq!(population.failed.to_string(), "2");
    }

    #[test]
    fn an_id_with_a_line_break_stays_on_its_line() {
        let one = Population::of([("a\"\n2 \"b", Verdict::Verified)]);
        let two = Population::of([("a", Verdict::Verified), ("b", Verdict::Verified)]);
        assert_ne!(one.sha256, two.sha256);
    }
}
