//! What the page asks to be done to a note, put into the note's own words: numbers and keys of the page become targets
//! that are anchored by content.

use evidence::{Digest, Ecosystem, Pack, Record, Refusal, Report};

use crate::case_file::{CaseError, CaseFile};
use crate::note::checklist::{self, Template};
use crate::note::sample::{self, Method, Sample, SampleError};
use crate::note::{Action, DecisionValue, Exception, Population, Review, Target, record_sha256, records_target};
use crate::present::{CheckGroup, CheckSubject, group_key, proposed};
use crate::view::{Act, DecisionView, NoteTarget};

/// A checked pack with its index: what the words of the page are looked up in.
#[derive(Clone, Copy)]
pub struct Case<'a> {
    /// The pack.
    pub pack: &'a Pack,
    /// What was found.
    pub report: &'a Report,
    /// The records.
    pub case_file: &'a CaseFile,
    /// The checks by kind and outcome.
    pub groups: &'a [CheckGroup],
}

/// Why an act of the page could not be put into the note's words.
#[derive(Debug, thiserror::Error)]
pub enum ActError {
    /// The page named something that is not in this result.
    #[error("there is no such {0} in this result")]
    NotThere(&'static str),
    /// The pack has no digest to know it by.
    #[error("the pack could not be read, so there is nothing to write a note about")]
    NoDigest,
    /// The bytes of the item can no longer be read.
    #[error("{} can no longer be read", .0.subject)]
    Unreadable(Refusal),
    /// No such sample can be drawn.
    #[error(transparent)]
    Sample(#[from] SampleError),
    /// The system has no randomness for a new seed.
    #[error("the system gives no random numbers; type a seed of your own")]
    NoRandomness,
    /// The index cannot be read.
    #[error(transparent)]
    Case(#[from] CaseError),
}

impl ActError {
    /// A stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            ActError::NotThere(_) => "NOT_THERE",
            ActError::NoDigest => "NOTE_NO_DIGEST",
            ActError::Unreadable(refusal) => refusal.code.as_str(),
            ActError::Sample(_) => "SAMPLE_REFUSED",
            ActError::NoRandomness => "NO_RANDOMNESS",
            ActError::Case(_) => "CASE_FILE",
        }
    }
}

impl Case<'_> {
    /// The act in the note's words; `review` is the note as it stands.
    ///
    /// # Errors
    /// When it is about something that is not there or cannot be read.
    pub fn action(&self, act: Act, review: &Review) -> Result<Action, ActError> {
        Ok(match act {
            Act::AddNote { target, text, tags } => Action::NoteAdded {
                target: self.target(&target)?,
                text,
                tags,
            },
            Act::ChangeNote { id, text, tags } => Action::NoteChanged { id, text, tags },
            Act::RemoveNote { id } => Action::NoteRemoved { id },
            Act::Decide { target, value, reason } => Action::Decided {
                target: self.target(&target)?,
                value: decision_value(value),
                reason,
            },
            Act::DecideFiltered { query, value, reason } => {
                let numbers = self.case_file.matching(&query)?;
                if numbers.count() == 0 {
                    return Err(ActError::NotThere("record"));
                }
                Action::Decided {
                    target: records_target(self.case_file, &numbers)?,
                    value: decision_value(value),
                    reason,
                }
            }
            Act::StateEngagement { engagement } => Action::EngagementStated { engagement },
            Act::StateCustody { custody } => Action::CustodyStated { custody },
            Act::StateProcedure { procedure } => Action::ProcedureStated { procedure },
            Act::ChooseChecklist { id } => Action::ChecklistChosen {
                template: built_in(&id)?,
            },
            Act::AnswerItem {
                item,
                value,
                remark,
                evidence_refs,
            } => Action::ChecklistAnswered {
                item,
                value,
                remark,
                evidence_refs,
            },
            Act::DrawSample { method, size, seed } => Action::SampleDrawn {
                sample: self.sample(method, size, seed.trim())?,
            },
            Act::ProposeExceptions => match proposed(review, self.groups) {
                none if none.is_empty() => return Err(ActError::NotThere("failed check without an exception")),
                exceptions => Action::ExceptionsAdded { exceptions },
            },
            Act::AddException { exception } => Action::ExceptionsAdded {
                exceptions: vec![Exception {
                    id: String::new(),
                    ..exception
                }],
            },
            Act::ChangeException { exception } => Action::ExceptionChanged { exception },
            Act::RemoveException { id } => Action::ExceptionRemoved { id },
            Act::StateContradicting { contradicting } => Action::ContradictingStated { contradicting },
            Act::Conclude { conclusion } => Action::Concluded { conclusion },
            Act::StateRetention { retention } => Action::RetentionStated { retention },
            Act::Reopen { reason } => Action::Reopened { reason },
        })
    }

    /// Draws a sample from the records of this result; with a new seed where none is given.
    fn sample(&self, method: Method, size: u64, seed: &str) -> Result<Sample, ActError> {
        let seed = match seed {
            "" => sample::new_seed().map_err(|_| ActError::NoRandomness)?,
            seed => seed.to_owned(),
        };
        let population = Population::of_case(self.case_file)?;
        sample::draw(method, &seed, size, &population, |number| {
            Ok(self.case_file.record(number)?.map(|record| record.id))
        })
    }

    /// What the reader has before her, by name alone: no byte of a record is read, and its digest is left out.
    ///
    /// # Errors
    /// When it is not there.
    pub fn named(&self, target: &NoteTarget) -> Result<Target, ActError> {
        Ok(match target {
            NoteTarget::Pack => Target::Pack {
                reference: self.report.input.name.clone(),
                content_sha256: self.digest()?,
            },
            NoteTarget::Record { number } => Target::Record {
                reference: self.record(*number)?.id,
                number: *number,
                content_sha256: None,
            },
            NoteTarget::Field { record, pointer } => Target::Field {
                reference: pointer.clone(),
                record: self.record(*record)?.id,
                number: *record,
                content_sha256: None,
            },
            NoteTarget::Check { key, position } => {
                let subject = self.subject(key, *position)?;
                Target::Check {
                    reference: subject.check.id.as_str().to_owned(),
                    subject: subject.check.subject,
                    number: subject.record,
                    content_sha256: None,
                }
            }
        })
    }

    /// What the reader has before her, anchored by content.
    ///
    /// # Errors
    /// When it is not there or cannot be read.
    pub fn target(&self, target: &NoteTarget) -> Result<Target, ActError> {
        let mut found = self.named(target)?;
        match &mut found {
            Target::Record {
                number, content_sha256, ..
            }
            | Target::Field {
                number, content_sha256, ..
            }
            | Target::Check {
                number: Some(number),
                content_sha256,
                ..
            } => *content_sha256 = self.digest_of(*number)?,
            Target::Check { content_sha256, .. } => *content_sha256 = Some(self.digest()?),
            Target::Pack { .. } | Target::Records { .. } => {}
        }
        Ok(found)
    }

    /// The check at a place of a group.
    ///
    /// # Errors
    /// When there is none.
    pub fn subject(&self, key: &str, position: u64) -> Result<CheckSubject, ActError> {
        let group = self
            .groups
            .iter()
            .find(|group| group_key(group.id, group.outcome, group.required) == key);
        let subject = match group {
            Some(group) => self.case_file.check_subject(group, position)?,
            None => None,
        };
        subject.ok_or(ActError::NotThere("check"))
    }

    /// The record of a number.
    ///
    /// # Errors
    /// When there is none.
    pub fn record(&self, number: u64) -> Result<Record, ActError> {
        self.case_file.record(number)?.ok_or(ActError::NotThere("record"))
    }

    fn digest(&self) -> Result<Digest, ActError> {
        self.report.input.sha256.ok_or(ActError::NoDigest)
    }

    fn digest_of(&self, number: u64) -> Result<Option<Digest>, ActError> {
        let record = self.record(number)?;
        record_sha256(self.pack, &record.source).map_err(ActError::Unreadable)
    }
}

/// The built-in checklist of an ecosystem, by its name.
fn built_in(id: &str) -> Result<Template, ActError> {
    let ecosystem = [Ecosystem::NexArt, Ecosystem::Keel, Ecosystem::Invoance]
        .into_iter()
        .find(|ecosystem| ecosystem.as_str() == id);
    ecosystem
        .and_then(|ecosystem| checklist::built_in(ecosystem).ok())
        .ok_or(ActError::NotThere("checklist"))
}

fn decision_value(view: DecisionView) -> DecisionValue {
    match view {
        DecisionView::Accepted => DecisionValue::Accepted,
        DecisionView::AcceptedWithException => DecisionValue::AcceptedWithException,
        DecisionView::Rejected => DecisionValue::Rejected,
        DecisionView::MoreEvidence => DecisionValue::MoreEvidence,
        DecisionView::NotApplicable => DecisionValue::NotApplicable,
    }
}

#[cfg(test)]
mod my_review_tests;
#[cfg(test)]
pub(crate) mod tests;
