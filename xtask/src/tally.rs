//! Counting tests: what the test runners say at their end.

/// How many tests passed, failed and did not run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    pub(crate) skipped: u64,
}

impl Tally {
    /// Counts of a command that is one test by itself, or runs none.
    pub(crate) const PASSED: Tally = Tally {
        passed: 1,
        failed: 0,
        skipped: 0,
    };
    /// One that failed.
    pub(crate) const FAILED: Tally = Tally {
        passed: 0,
        failed: 1,
        skipped: 0,
    };
    /// One that could not run.
    pub(crate) const SKIPPED: Tally = Tally {
        passed: 0,
        failed: 0,
        skipped: 1,
    };

    /// What a command came to: the counts that its runner printed, else the command itself is the test.
    ///
    /// A command that fails without naming a failed test has failed all the same.
    pub(crate) fn of(succeeded: bool, output: &str) -> Tally {
        let mut tally = Tally::default();
        for line in output.lines() {
            tally.read(line.trim());
        }
        if !succeeded && tally.failed == 0 {
            tally.failed = 1;
        }
        if tally == Tally::default() {
            Tally::PASSED
        } else {
            tally
        }
    }

    /// Adds up.
    pub(crate) fn add(&mut self, other: Tally) {
        self.passed = self.passed.saturating_add(other.passed);
        self.failed = self.failed.saturating_add(other.failed);
        self.skipped = self.skipped.saturating_add(other.skipped);
    }

    /// Reads one line of cargo test, of node's own runner or of vitest.
    fn read(&mut self, line: &str) {
        if let Some(counts) = line.strip_prefix("test result: ") {
            self.read_counts(counts, &[';', '.']);
        } else if let Some(counts) = line.strip_prefix("Tests ") {
            self.read_counts(counts, &['|']);
        } else if let Some(count) = line.strip_prefix("# ") {
            let mut words = count.split(' ');
            if let (Some(word), Some(Ok(number)), None) = (words.next(), words.next().map(str::parse), words.next()) {
                self.count(word, number);
            }
        }
    }

    /// Reads `12 passed; 1 failed` and the like.
    fn read_counts(&mut self, counts: &str, separators: &[char]) {
        for part in counts.split(separators) {
            let mut words = part.split_whitespace();
            if let (Some(Ok(number)), Some(word)) = (words.next().map(str::parse), words.next()) {
                self.count(word, number);
            }
        }
    }

    fn count(&mut self, word: &str, number: u64) {
        let counter = match word {
            "passed" | "pass" => &mut self.passed,
            "failed" | "fail" | "cancelled" => &mut self.failed,
            "ignored" | "skipped" | "todo" => &mut self.skipped,
            _ => return,
        };
        *counter = counter.saturating_add(number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(passed: u64, failed: u64, skipped: u64) -> Tally {
        Tally {
            passed,
            failed,
            skipped,
        }
    }

    #[test]
    fn cargo_counts_are_added_over_its_binaries() {
        let output = "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 3 filtered out; finished in 0.1s\n\
                      test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out\n";
        assert_eq!(Tally::of(false, output), tally(15, 2, 1));
    }

    #[test]
    fn nodes_counts_are_read() {
        let output =
            "# tests 9\n# suites 0\n# pass 6\n# fail 1\n# cancelled 1\n# skipped 1\n# todo 0\n# duration_ms 17.5\n";
        assert_eq!(Tally::of(false, output), tally(6, 2, 1));
    }

    #[test]
    fn vitest_counts_are_read_and_its_files_are_not() {
        let output = " Test Files  1 failed | 3 passed (4)\n      Tests  1 failed | 20 passed | 2 skipped (23)\n";
        assert_eq!(Tally::of(false, output), tally(20, 1, 2));
    }

    #[test]
    fn a_command_without_counts_is_one_test() {
        assert_eq!(Tally::of(true, "Finished"), Tally::PASSED);
        assert_eq!(Tally::of(false, "error"), Tally::FAILED);
    }

    #[test]
    fn a_runner_that_dies_after_its_last_count_has_failed() {
        assert_eq!(
            Tally::of(false, "test result: ok. 5 passed; 0 failed; 0 ignored"),
            tally(5, 1, 0)
        );
    }
}
