//! What a command answers when it cannot do what it was asked.

use evidence::{ReasonCode, Refusal, Stopped};
use review::acts::ActError;
use review::case_file::CaseError;
use review::document::ReportError;
use review::keybook_file::KeyBookError;
use review::note::NoteError;
use review::pack::PackError;
use review::save::SaveError;
use review::view::CommandError;
use review::words;
use review::words::sentence::first_upper;

/// An error of a command: a stable code, and a sentence for the reviewer.
pub(crate) fn fault(code: &str, message: impl Into<String>) -> CommandError {
    CommandError {
        code: code.to_owned(),
        message: message.into(),
    }
}

/// Errors of the crates below, as the page is shown them.
pub(crate) trait IntoFault<T> {
    /// The value, or the error as the page is shown it.
    fn or_fault(self) -> Result<T, CommandError>;
}

impl<T> IntoFault<T> for Result<T, KeyBookError> {
    fn or_fault(self) -> Result<T, CommandError> {
        self.map_err(|error| fault(error.code(), format!("{error}.")))
    }
}

impl<T> IntoFault<T> for Result<T, SaveError> {
    fn or_fault(self) -> Result<T, CommandError> {
        self.map_err(|error| {
            fault(
                error.code(),
                format!("{error}. Choose another place or name and try again."),
            )
        })
    }
}

impl<T> IntoFault<T> for Result<T, PackError> {
    fn or_fault(self) -> Result<T, CommandError> {
        match self {
            Err(PackError::Save(error)) => Err(error).or_fault(),
            Err(PackError::Unread(refusal)) => Err(refusal).or_fault(),
            other => other.map_err(|error| fault(error.code(), format!("{}.", first_upper(&error.to_string())))),
        }
    }
}

impl<T> IntoFault<T> for Result<T, CaseError> {
    fn or_fault(self) -> Result<T, CommandError> {
        self.map_err(|error| fault("CASE_FILE", format!("{error}. Check the pack again.")))
    }
}

impl<T> IntoFault<T> for Result<T, ReportError> {
    fn or_fault(self) -> Result<T, CommandError> {
        match self {
            Ok(value) => Ok(value),
            Err(ReportError::Save(error)) => Err(error).or_fault(),
            Err(ReportError::Case(error)) => Err(error).or_fault(),
            Err(error @ (ReportError::Io(_) | ReportError::Form(_))) => Err(fault(
                "REPORT_NOT_MADE",
                format!("{}.", first_upper(&error.to_string())),
            )),
        }
    }
}

impl<T> IntoFault<T> for Result<T, NoteError> {
    fn or_fault(self) -> Result<T, CommandError> {
        self.map_err(|error| fault(error.code(), format!("{}.", first_upper(&error.to_string()))))
    }
}

impl<T> IntoFault<T> for Result<T, ActError> {
    fn or_fault(self) -> Result<T, CommandError> {
        self.map_err(|error| {
            let what = first_upper(&error.to_string());
            fault(error.code(), format!("{what}. Check the pack again."))
        })
    }
}

impl<T> IntoFault<T> for Result<T, Refusal> {
    fn or_fault(self) -> Result<T, CommandError> {
        self.map_err(|refusal| refused(refusal.code, &refusal.subject))
    }
}

impl<T> IntoFault<T> for Result<T, Stopped> {
    fn or_fault(self) -> Result<T, CommandError> {
        self.map_err(|stopped| match stopped {
            Stopped::Cancelled => fault("CANCELLED", "The check was cancelled."),
            Stopped::Recorder(error) => fault(
                "RESULT_NOT_KEPT",
                format!("The result could not be kept: {error}. Make room on the disk and check the pack again."),
            ),
        })
    }
}

/// Something of a pack that could not be used.
pub(crate) fn refused(code: ReasonCode, subject: &str) -> CommandError {
    fault(code.as_str(), words::refused(code, subject))
}

/// Something of the result that the page asked for and that is not there.
pub(crate) fn not_there(what: &str) -> CommandError {
    fault(
        "NOT_THERE",
        format!("There is no such {what} in this result. Check the pack again."),
    )
}
