//! What a document is made of. Every text in it was made visible: there is no other way to make [`Words`].

use std::fmt;

use evidence::{Digest, Verdict};

use super::table::Table;
use crate::present::visible_source;
use crate::view::OutcomeView;

/// Text of ours, of the evidence or of a person, hidden and control characters made visible; line ends stay.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Words(String);

impl Words {
    /// The text, made visible.
    #[must_use]
    pub fn of(text: impl AsRef<str>) -> Words {
        Words(visible_source(text.as_ref()))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Words {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl From<&str> for Words {
    fn from(text: &str) -> Words {
        Words::of(text)
    }
}

impl From<String> for Words {
    fn from(text: String) -> Words {
        Words::of(text)
    }
}

impl From<&String> for Words {
    fn from(text: &String) -> Words {
        Words::of(text)
    }
}

/// One value, in a cell or beside a label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Text for reading.
    Words(Words),
    /// Text that is compared or typed again: ids, codes, paths.
    Code(Words),
    /// A number that we counted.
    Number(u64),
    /// 64 hex digits, shown in groups.
    Hash(String),
    /// How something ended: a sign and its word.
    Mark(OutcomeView, Words),
    /// Nothing.
    None,
}

impl Value {
    /// Text for reading; nothing where it is empty.
    pub fn words(text: impl Into<Words>) -> Value {
        let words = text.into();
        if words.is_empty() {
            Value::None
        } else {
            Value::Words(words)
        }
    }

    /// Text to compare; 64 hex digits become a hash, with or without the name of the method before them.
    pub fn code(text: impl Into<Words>) -> Value {
        let words = text.into();
        let text = words.as_str();
        let digits = text.strip_prefix("sha256:").unwrap_or(text);
        if digits.len() == 64 && digits.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')) {
            return Value::Hash(digits.to_owned());
        }
        if words.is_empty() {
            Value::None
        } else {
            Value::Code(words)
        }
    }

    /// A digest; nothing where there is none.
    pub fn digest(digest: Option<Digest>) -> Value {
        digest.map_or(Value::None, |digest| Value::Hash(digest.to_hex()))
    }

    /// Its letters; a number has none.
    #[cfg(feature = "pdf")]
    fn as_str(&self) -> &str {
        match self {
            Value::Words(words) | Value::Code(words) | Value::Mark(_, words) => words.as_str(),
            Value::Number(_) | Value::Hash(_) | Value::None => "",
        }
    }

    /// The value as plain text, for sheets and tests.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Value::Words(words) | Value::Code(words) | Value::Mark(_, words) => words.as_str().to_owned(),
            Value::Number(number) => number.to_string(),
            Value::Hash(digits) => digits.clone(),
            Value::None => String::new(),
        }
    }
}

/// The answer to one of the three questions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// "Unchanged?"
    pub question: Words,
    /// The sign.
    pub outcome: OutcomeView,
    /// The answer in short.
    pub lead: Words,
    /// The answer.
    pub text: Words,
    /// "7 of 7 checks passed".
    pub counted: Words,
}

/// One piece of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading inside the section.
    Heading(Words),
    /// Sentences.
    Paragraph(Words),
    /// Somebody else's words, with whose they are above them.
    Quote {
        /// "Written by the reviewer".
        by: Words,
        /// The words; line ends stay.
        text: Words,
    },
    /// The verdict.
    Banner {
        /// Its sign and shade.
        verdict: Verdict,
        /// Its word.
        word: Words,
        /// Its sentence.
        sentence: Words,
    },
    /// The three questions.
    Answers(Vec<Answer>),
    /// Values beside their labels.
    Facts(Vec<(Words, Value)>),
    /// Sentences that stand alone.
    List(Vec<Words>),
    /// What to do, in this order.
    Steps(Vec<Words>),
    /// A table.
    Table(Table),
}

impl Block {
    /// A paragraph.
    pub fn paragraph(text: impl Into<Words>) -> Block {
        Block::Paragraph(text.into())
    }

    /// A heading inside a section.
    pub fn heading(text: impl Into<Words>) -> Block {
        Block::Heading(text.into())
    }

    /// Every text that a page shows of it.
    #[cfg(feature = "pdf")]
    pub(super) fn texts(&self) -> Vec<&str> {
        match self {
            Block::Heading(text) | Block::Paragraph(text) => vec![text.as_str()],
            Block::Quote { by, text } => vec![by.as_str(), text.as_str()],
            Block::Banner { word, sentence, .. } => vec![word.as_str(), sentence.as_str()],
            Block::Answers(answers) => answers
                .iter()
                .flat_map(|answer| [answer.lead.as_str(), answer.text.as_str()])
                .collect(),
            Block::Facts(facts) => facts
                .iter()
                .flat_map(|(label, value)| [label.as_str(), value.as_str()])
                .collect(),
            Block::List(items) | Block::Steps(items) => items.iter().map(Words::as_str).collect(),
            Block::Table(table) => table.listed().iter().flatten().map(Value::as_str).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_cannot_hide_anything() {
        assert_eq!(
            Words::of("a\u{202e}b\r\nc\u{0}").as_str(),
            "a[U+202E]b[U+000D]\nc[U+0000]"
        );
    }

    #[test]
    fn a_digest_is_known_by_its_digits() {
        let digits = "0f".repeat(32);
        assert_eq!(Value::code(format!("sha256:{digits}")), Value::Hash(digits));
        assert_eq!(Value::code("run-7"), Value::Code(Words::of("run-7")));
        assert_eq!(Value::code(""), Value::None);
    }
}
