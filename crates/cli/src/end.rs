//! How a run ends: the exit code, which is a promise to scripts (`design.md` 8).

use std::process::ExitCode;

use evidence::{Stopped, Verdict};
use review::case_file::CaseError;
use review::document::ReportError;
use review::keybook_file::KeyBookError;
use review::pack::PackError;
use review::present::visible;
use review::save::{SaveError, cause, write_code};

/// The end of a run, worst last: several packs end like the worst of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum End {
    /// 0: everything asked for is done, every pack VERIFIED.
    Good,
    /// 4: no kind of evidence we know, or nothing to check.
    NotEvidence,
    /// 3: undecided.
    Indeterminate,
    /// 5: unreadable, or over a limit.
    Unreadable,
    /// 1: a mismatch is proven.
    Failed,
    /// 2: wrong usage.
    Usage,
    /// 70: a fault of this program or of the disk it writes to.
    Fault,
    /// 130: interrupted.
    Interrupted,
}

impl From<Verdict> for End {
    fn from(verdict: Verdict) -> End {
        match verdict {
            Verdict::Verified => End::Good,
            Verdict::Failed => End::Failed,
            Verdict::Indeterminate => End::Indeterminate,
            Verdict::NotEvidence => End::NotEvidence,
            Verdict::Error => End::Unreadable,
        }
    }
}

impl End {
    /// The exit code.
    pub(crate) fn code(self) -> u8 {
        match self {
            End::Good => 0,
            End::Failed => 1,
            End::Usage => 2,
            End::Indeterminate => 3,
            End::NotEvidence => 4,
            End::Unreadable => 5,
            End::Fault => 70,
            End::Interrupted => 130,
        }
    }

    /// The end of several packs.
    pub(crate) fn of(ends: impl IntoIterator<Item = End>) -> End {
        ends.into_iter().max().unwrap_or(End::NotEvidence)
    }
}

impl From<End> for ExitCode {
    fn from(end: End) -> ExitCode {
        ExitCode::from(end.code())
    }
}

/// Why a run came to no result.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// What was asked for makes no sense or cannot be found.
    #[error("{0}")]
    Usage(String),
    /// Ctrl-C.
    #[error("interrupted")]
    Interrupted,
    /// A file could not be written.
    #[error(transparent)]
    Save(#[from] SaveError),
    /// The key book could not be used.
    #[error(transparent)]
    Keys(#[from] KeyBookError),
    /// The result could not be kept or written.
    #[error("the result could not be written: {}", cause(.0))]
    Output(#[from] std::io::Error),
    /// Records could not be taken out of a pack.
    #[error(transparent)]
    Pack(PackError),
    /// The temporary index could not be kept.
    #[error(transparent)]
    Case(#[from] CaseError),
    /// A report could not be made.
    #[error("{0}")]
    Report(String),
}

impl From<ReportError> for Failure {
    fn from(error: ReportError) -> Failure {
        match error {
            ReportError::Case(error) => error.into(),
            ReportError::Save(error) => error.into(),
            ReportError::Io(error) => error.into(),
            ReportError::Form(_) => Failure::Report(error.to_string()),
        }
    }
}

impl From<Stopped> for Failure {
    fn from(stopped: Stopped) -> Failure {
        match stopped {
            Stopped::Cancelled => Failure::Interrupted,
            Stopped::Recorder(error) => Failure::Output(error),
        }
    }
}

impl From<PackError> for Failure {
    fn from(error: PackError) -> Failure {
        match error {
            PackError::Save(error) => error.into(),
            PackError::Stopped(stopped) => stopped.into(),
            PackError::Temporary(error) => error.into(),
            other @ (PackError::NothingChosen
            | PackError::KeelInPart { .. }
            | PackError::KeelNotWhole(_)
            | PackError::NotThere(_)
            | PackError::Unread(_)
            | PackError::Changed(_)
            | PackError::Disagrees { .. }) => Failure::Pack(other),
        }
    }
}

impl Failure {
    /// Says it on the error stream and gives the end it means.
    pub(crate) fn report(&self) -> End {
        // A reader who closed the pipe has seen what she wanted.
        if !self.is_broken_pipe() {
            let code = match self {
                Failure::Save(error) => format!(" ({})", error.code()),
                Failure::Keys(error) => format!(" ({})", error.code()),
                Failure::Output(error) => format!(" ({})", write_code(error)),
                Failure::Pack(error) => format!(" ({})", error.code()),
                Failure::Usage(_) | Failure::Interrupted | Failure::Case(_) | Failure::Report(_) => String::new(),
            };
            eprintln!("sealcheck: {}{code}", visible(&self.to_string()));
        }
        self.end()
    }

    fn end(&self) -> End {
        match self {
            Failure::Usage(_) | Failure::Save(SaveError::Exists(_)) => End::Usage,
            Failure::Pack(PackError::NothingChosen) => End::NotEvidence,
            Failure::Pack(PackError::Unread(_) | PackError::Changed(_)) => End::Unreadable,
            Failure::Pack(_) => End::Usage,
            Failure::Keys(KeyBookError::Save(_)) => End::Fault,
            Failure::Keys(_) => End::Usage,
            Failure::Interrupted => End::Interrupted,
            Failure::Save(_) | Failure::Output(_) | Failure::Case(_) | Failure::Report(_) => End::Fault,
        }
    }

    fn is_broken_pipe(&self) -> bool {
        matches!(self, Failure::Output(error) if error.kind() == std::io::ErrorKind::BrokenPipe)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_packs_end_like_the_worst_in_the_documented_order() {
        let order = [
            End::Fault,
            End::Failed,
            End::Unreadable,
            End::Indeterminate,
            End::NotEvidence,
            End::Good,
        ];
        for (place, worse) in order.iter().enumerate() {
            for better in &order[place..] {
                assert_eq!(End::of([*better, *worse]), *worse);
            }
        }
        assert_eq!(order.map(End::code), [70, 1, 5, 3, 4, 0]);
    }

    #[test]
    fn nothing_to_check_is_not_good() {
        assert_eq!(End::of([]).code(), 4);
    }

    #[test]
    fn a_file_that_may_not_be_replaced_is_wrong_usage_and_a_full_disk_a_fault() {
        assert_eq!(Failure::from(SaveError::Exists("a".into())).end().code(), 2);
        let full = SaveError::Io {
            path: "a".into(),
            source: std::io::ErrorKind::StorageFull.into(),
        };
        assert_eq!(Failure::from(full).end().code(), 70);
        assert_eq!(Failure::from(Stopped::Cancelled).end().code(), 130);
    }
}
