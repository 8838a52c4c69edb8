//! A string of a JSON document, lone surrogates kept.

use std::borrow::Cow;

/// A string or member name after unescaping.
///
/// JSON can escape half of a surrogate pair, which no UTF-8 string can hold. Such a string keeps its UTF-16 units, so
/// that nothing is lost and it never equals another string.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Text<'a>(Form<'a>);

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Form<'a> {
    /// Borrowed exactly when the literal holds no escape.
    Utf8(Cow<'a, str>),
    /// With at least one lone surrogate.
    Utf16(Box<[u16]>),
}

impl<'a> Text<'a> {
    /// A literal without any escape.
    pub(super) fn verbatim(text: &'a str) -> Text<'a> {
        Text(Form::Utf8(Cow::Borrowed(text)))
    }

    /// A literal that held escapes.
    pub(super) fn unescaped(text: String) -> Text<'a> {
        Text(Form::Utf8(Cow::Owned(text)))
    }

    /// A literal that held a lone surrogate.
    pub(super) fn from_units(units: Vec<u16>) -> Text<'a> {
        Text(Form::Utf16(units.into_boxed_slice()))
    }

    /// The string, unless it holds a lone surrogate.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match &self.0 {
            Form::Utf8(text) => Some(text),
            Form::Utf16(_) => None,
        }
    }

    /// The string with U+FFFD for each lone surrogate: for showing, never for hashing.
    #[must_use]
    pub fn lossy(&self) -> Cow<'_, str> {
        match &self.0 {
            Form::Utf8(text) => Cow::Borrowed(text),
            Form::Utf16(units) => Cow::Owned(String::from_utf16_lossy(units)),
        }
    }

    /// The UTF-16 units of a string that holds a lone surrogate.
    #[must_use]
    pub fn lone_units(&self) -> Option<&[u16]> {
        match &self.0 {
            Form::Utf8(_) => None,
            Form::Utf16(units) => Some(units),
        }
    }

    /// The string if the literal held no escape: then it needs none when written.
    pub(crate) fn as_verbatim(&self) -> Option<&str> {
        match &self.0 {
            Form::Utf8(Cow::Borrowed(text)) => Some(text),
            Form::Utf8(Cow::Owned(_)) | Form::Utf16(_) => None,
        }
    }
}
