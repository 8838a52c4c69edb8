//! Checklist templates: JSON that a firm writes for itself, and one built in per ecosystem.

use std::collections::BTreeSet;

use evidence::{Digest, Ecosystem};
use serde::{Deserialize, Serialize};

use super::history::canonical;
use super::review::ChecklistItem;

/// The schema name of a template file.
pub const SCHEMA: &str = "sealcheck.checklist/1";

/// Most questions of a template, and most characters of a question: it is read by people.
const MOST: usize = 200;
const LONGEST: usize = 2_000;

/// A list of questions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Template {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// Its name for programs.
    pub id: String,
    /// Its name for people.
    pub title: String,
    /// Its version, any text.
    pub version: String,
    /// The questions, each answered yes, no or not applicable.
    pub items: Vec<Question>,
}

/// One question of a template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Question {
    /// Its id in the template.
    pub item: String,
    /// The question.
    pub text: String,
}

/// Which template the questions of a note come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TemplateRef {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its version.
    pub version: String,
    /// Digest of its RFC 8785 form.
    pub sha256: Digest,
}

/// Why a file is no template.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// Not JSON of this shape.
    #[error("this is not a checklist of this version ({0})")]
    Malformed(String),
    /// Without questions, or with too many.
    #[error("a checklist has 1 to {MOST} questions")]
    Count,
    /// A question without an id or words, or with far too many.
    #[error("question {0} has no id or no words, or more than {LONGEST} characters")]
    Question(usize),
    /// Two questions of one id.
    #[error("two questions have the id {0}")]
    Doubled(String),
}

impl Template {
    /// Reads a template file.
    ///
    /// # Errors
    /// When it is none, or its questions cannot be told apart.
    pub fn parse(bytes: &[u8]) -> Result<Template, TemplateError> {
        let malformed = |why: String| TemplateError::Malformed(why);
        let template: Template = serde_json::from_slice(bytes).map_err(|fault| malformed(fault.to_string()))?;
        if template.schema != SCHEMA {
            return Err(malformed(format!("schema {}", template.schema)));
        }
        template.examine()?;
        Ok(template)
    }

    fn examine(&self) -> Result<(), TemplateError> {
        if self.items.is_empty() || self.items.len() > MOST {
            return Err(TemplateError::Count);
        }
        let mut seen = BTreeSet::new();
        for (place, question) in (1..).zip(&self.items) {
            let fits = |text: &str| !text.trim().is_empty() && text.chars().count() <= LONGEST;
            if !fits(&question.item) || !fits(&question.text) {
                return Err(TemplateError::Question(place));
            }
            if !seen.insert(&question.item) {
                return Err(TemplateError::Doubled(question.item.clone()));
            }
        }
        Ok(())
    }

    /// How a note names it.
    #[must_use]
    pub fn reference(&self) -> TemplateRef {
        TemplateRef {
            id: self.id.clone(),
            title: self.title.clone(),
            version: self.version.clone(),
            sha256: Digest::of(&canonical(self)),
        }
    }

    /// Its questions, all open.
    #[must_use]
    pub fn open(&self) -> Vec<ChecklistItem> {
        let items = self.items.iter();
        items
            .map(|question| ChecklistItem {
                item: question.item.clone(),
                text: question.text.clone(),
                answer: None,
            })
            .collect()
    }
}

/// The built-in template of an ecosystem.
///
/// # Errors
/// Never in a build whose tests pass.
pub fn built_in(ecosystem: Ecosystem) -> Result<Template, TemplateError> {
    Template::parse(match ecosystem {
        Ecosystem::NexArt => include_bytes!("../../checklists/nexart.json").as_slice(),
        Ecosystem::Keel => include_bytes!("../../checklists/keel.json").as_slice(),
        Ecosystem::Invoance => include_bytes!("../../checklists/invoance.json").as_slice(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ecosystem_has_a_checklist_of_its_own() {
        let mut titles = BTreeSet::new();
        for ecosystem in [Ecosystem::NexArt, Ecosystem::Keel, Ecosystem::Invoance] {
            let template = built_in(ecosystem).unwrap();
            assert_eq!(template.id, format!("sealcheck.{}", ecosystem.as_str()));
            assert!(template.items.len() >= 8, "{}", template.title);
            assert!(template.items.iter().all(|question| question.text.ends_with('?')));
            titles.insert(template.title);
        }
        assert_eq!(titles.len(), 3);
    }

    fn template(items: &str) -> Result<Template, TemplateError> {
        let text = format!(r#"{{"schema":"{SCHEMA}","id":"x","title":"X","version":"1","items":{items}}}"#);
        Template::parse(text.as_bytes())
    }

    #[test]
    fn a_firms_own_checklist_is_read() {
        let read = template(r#"[{"item":"a","text":"Was it so?"}]"#).unwrap();
        assert_eq!(read.open()[0].text, "Was it so?");
        assert_eq!(read.open()[0].answer, None);
    }

    #[test]
    fn questions_that_cannot_be_told_apart_or_read_are_refused() {
        assert_eq!(template("[]"), Err(TemplateError::Count));
        assert_eq!(
            template(r#"[{"item":"a","text":" "}]"#),
            Err(TemplateError::Question(1))
        );
        assert_eq!(
            template(r#"[{"item":"a","text":"x"},{"item":"a","text":"y"}]"#),
            Err(TemplateError::Doubled("a".to_owned()))
        );
        let long = "x".repeat(LONGEST + 1);
        assert_eq!(
            template(&format!(r#"[{{"item":"a","text":"{long}"}}]"#)),
            Err(TemplateError::Question(1))
        );
    }

    #[test]
    fn another_schema_and_another_shape_are_no_checklist() {
        for text in [
            "",
            "[]",
            r#"{"schema":"sealcheck.checklist/2","id":"","title":"","version":"","items":[]}"#,
        ] {
            assert!(
                matches!(Template::parse(text.as_bytes()), Err(TemplateError::Malformed(_))),
                "{text}"
            );
        }
        assert!(template(r#"[{"item":"a","text":"x","weight":3}]"#).is_err());
    }
}
