//! A string of a JSON document, lone surrogates kept.

use std::borrow::Cow;

/// A string or member name after unescaping.
///
/// JSON can escape half of a surrogate pair, which no UTF-8 string can hold. Such a string keeps its UTF-16 units, so
/// that nothing is lost and it never equals another string.
#[derive(Debug, Clone)]
pub struct Text<'a>(Form<'a>);

/// As small as a `&str`, since a document may have millions: what is not borrowed lies behind one pointer.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Form<'a> {
    /// The literal as it stands, without any escape.
    Verbatim(&'a str),
    /// A literal that held escapes.
    Escaped(Box<Escaped>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Escaped {
    Utf8(Box<str>),
    /// With at least one lone surrogate.
    Utf16(Box<[u16]>),
}

impl<'a> Text<'a> {
    /// A literal without any escape.
    pub(super) fn verbatim(text: &'a str) -> Text<'a> {
        Text(Form::Verbatim(text))
    }

    /// A literal that held escapes.
    pub(super) fn unescaped(text: String) -> Text<'a> {
        Text(Form::Escaped(Box::new(Escaped::Utf8(text.into_boxed_str()))))
    }

    /// A literal that held a lone surrogate.
    pub(super) fn from_units(units: Vec<u16>) -> Text<'a> {
        Text(Form::Escaped(Box::new(Escaped::Utf16(units.into_boxed_slice()))))
    }

    /// The string, unless it holds a lone surrogate.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match &self.0 {
            Form::Verbatim(text) => Some(text),
            Form::Escaped(text) => match text.as_ref() {
                Escaped::Utf8(text) => Some(text),
                Escaped::Utf16(_) => None,
            },
        }
    }

    /// The string with U+FFFD for each lone surrogate: for showing, never for hashing.
    #[must_use]
    pub fn lossy(&self) -> Cow<'_, str> {
        match self.lone_units() {
            Some(units) => Cow::Owned(String::from_utf16_lossy(units)),
            None => Cow::Borrowed(self.as_str().unwrap_or_default()),
        }
    }

    /// The UTF-16 units of a string that holds a lone surrogate.
    #[must_use]
    pub fn lone_units(&self) -> Option<&[u16]> {
        match &self.0 {
            Form::Verbatim(_) => None,
            Form::Escaped(text) => match text.as_ref() {
                Escaped::Utf8(_) => None,
                Escaped::Utf16(units) => Some(units),
            },
        }
    }

    /// The string if the literal held no escape: then it needs none when written.
    pub(crate) fn as_verbatim(&self) -> Option<&'a str> {
        match self.0 {
            Form::Verbatim(text) => Some(text),
            Form::Escaped(_) => None,
        }
    }

    /// Bytes of memory beyond the value itself.
    pub(super) fn heap(&self) -> usize {
        match &self.0 {
            Form::Verbatim(_) => 0,
            Form::Escaped(text) => match text.as_ref() {
                Escaped::Utf8(text) => ESCAPED + text.len(),
                Escaped::Utf16(units) => ESCAPED + 2 * units.len(),
            },
        }
    }
}

/// What the two blocks of an escaped text take, the allocator's own part included.
const ESCAPED: usize = size_of::<Escaped>() + 32;

impl PartialEq for Text<'_> {
    /// What a literal says counts, not how it is written.
    fn eq(&self, other: &Text<'_>) -> bool {
        (self.as_str(), self.lone_units()) == (other.as_str(), other.lone_units())
    }
}

impl Eq for Text<'_> {}
