//! Where the records of one export go, and what they come to together.

use crate::check::Check;
use crate::format::Run;
use crate::report::Record;
use crate::run::Stopped;
use crate::tally::RunTally;
use crate::verdict::Verdict;

use super::record::{Inherited, RowRecord};

/// Takes the records of one part.
pub(super) struct Output<'o, 'r> {
    run: &'o mut Run<'r>,
    /// Counts and roll-ups of the part.
    pub(super) tally: RunTally,
    /// What every row inherits.
    pub(super) inherited: Inherited,
    /// Whether a row is not verified.
    pub(super) worst: Option<Verdict>,
}

impl<'o, 'r> Output<'o, 'r> {
    /// For the rows of an export whose envelope came to this.
    pub(super) fn new(run: &'o mut Run<'r>, inherited: Inherited) -> Output<'o, 'r> {
        Output {
            run,
            tally: RunTally::default(),
            inherited,
            worst: None,
        }
    }

    /// The next row.
    pub(super) fn row(&mut self, row: RowRecord) -> Result<(), Stopped> {
        let record: Record = row.judge(self.inherited);
        self.tally.record(&record);
        self.run.tally.record(&record);
        self.worst = self.tally.worst_record();
        self.run.progress.add_records(1);
        self.run.recorder.record(record)?;
        Ok(())
    }

    /// A check of the part as a whole.
    pub(super) fn check(&mut self, check: &Check) {
        self.tally.check(check);
        self.run.tally.check(check);
    }
}
