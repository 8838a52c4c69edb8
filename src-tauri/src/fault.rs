//! What a command answers when it cannot do what it was asked.

use review::view::CommandError;

/// An error of a command: a stable code, and a sentence for the reviewer.
pub(crate) fn fault(code: &str, message: impl Into<String>) -> CommandError {
    CommandError {
        code: code.to_owned(),
        message: message.into(),
    }
}
