//! Why bytes could not be had: a code and what was seen.

use std::io;

use crate::reason::ReasonCode;

/// Why something of a container is not used. It travels inside an [`io::Error`] through layers of readers.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code}: {detail}")]
pub(crate) struct Fault {
    /// The code shown and exported.
    pub(crate) code: ReasonCode,
    /// What exactly was seen: offsets, names, values.
    pub(crate) detail: String,
    /// The value of the limit that was met.
    pub(crate) limit: Option<u64>,
}

impl Fault {
    /// A fault with its detail.
    pub(crate) fn new(code: ReasonCode, detail: impl Into<String>) -> Fault {
        Fault {
            code,
            detail: detail.into(),
            limit: None,
        }
    }

    /// The same about a limit of this value.
    pub(crate) fn at_limit(self, value: u64) -> Fault {
        Fault {
            limit: Some(value),
            ..self
        }
    }

    /// What an input or output error comes to: the fault inside it, else one by its kind.
    pub(crate) fn of(error: &io::Error) -> Fault {
        if let Some(fault) = error.get_ref().and_then(|inner| inner.downcast_ref::<Fault>()) {
            return fault.clone();
        }
        Fault::new(code_of(error), error.to_string())
    }
}

/// The code of an error of the file system.
fn code_of(error: &io::Error) -> ReasonCode {
    if is_link_refused(error) {
        return ReasonCode::FsSymlink;
    }
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the standard library's list is open; the rest is a read failure"
    )]
    match error.kind() {
        io::ErrorKind::NotFound => ReasonCode::IoNotFound,
        io::ErrorKind::PermissionDenied => ReasonCode::IoPermission,
        _ => ReasonCode::IoReadFailed,
    }
}

/// Whether opening failed because the name is a link, which is never followed.
#[cfg(unix)]
fn is_link_refused(error: &io::Error) -> bool {
    error.raw_os_error() == Some(libc::ELOOP)
}

#[cfg(not(unix))]
fn is_link_refused(_: &io::Error) -> bool {
    false
}

impl From<Fault> for io::Error {
    fn from(fault: Fault) -> io::Error {
        io::Error::other(fault)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_survives_its_way_through_an_io_error() {
        let fault = Fault::new(ReasonCode::ZipSizeLie, "declared 1");
        assert_eq!(Fault::of(&io::Error::from(fault.clone())), fault);
    }

    #[test]
    fn a_missing_file_has_its_own_code() {
        let error = io::Error::from(io::ErrorKind::NotFound);
        assert_eq!(Fault::of(&error).code, ReasonCode::IoNotFound);
    }
}
