//! The reviewer's work as it stands: the `review` member of a finished note (`notes/product.md` 2.2).

use evidence::Digest;
use serde::{Deserialize, Serialize};

use super::checklist::TemplateRef;
use super::sample::Sample;
use super::signoff::SignOff;
use super::target::Target;

/// The reviewer's work. It is never stored: it is what the history comes to ([`Ledger`](super::Ledger)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Review {
    /// Which pack, by the bytes it had when the note was begun; `None` before the first action.
    pub pack: Option<PackRef>,
    /// Version of the note, from 1; reopening makes the next.
    pub version: u64,
    /// How far it is.
    pub status: Status,
    /// Client, period, references.
    pub engagement: Engagement,
    /// Who had the evidence, and how it came here.
    pub custody: Vec<Custody>,
    /// What was done and why.
    pub procedure: Procedure,
    /// The sample that was drawn.
    pub sample: Option<Sample>,
    /// Notes and tags.
    pub annotations: Vec<Annotation>,
    /// Decisions, in order; a later one about the same item counts.
    pub decisions: Vec<Decision>,
    /// Where the questions below come from.
    pub checklist_template: Option<TemplateRef>,
    /// Questions and answers.
    pub checklist: Vec<ChecklistItem>,
    /// What is not as it should be.
    pub exceptions: Vec<Exception>,
    /// Information that speaks against the conclusion, which is kept.
    pub contradicting: Vec<Contradicting>,
    /// What it all comes to.
    pub conclusion: Option<Conclusion>,
    /// How long it is kept.
    pub retention: Retention,
    /// Sign-offs of this version.
    pub signoffs: Vec<SignOff>,
    /// Earlier versions, each superseded with a reason.
    pub versions: Vec<Superseded>,
}

impl Default for Review {
    fn default() -> Review {
        Review {
            pack: None,
            version: 1,
            status: Status::Draft,
            engagement: Engagement::default(),
            custody: Vec::new(),
            procedure: Procedure::default(),
            sample: None,
            annotations: Vec::new(),
            decisions: Vec::new(),
            checklist_template: None,
            checklist: Vec::new(),
            exceptions: Vec::new(),
            contradicting: Vec::new(),
            conclusion: None,
            retention: Retention::default(),
            signoffs: Vec::new(),
            versions: Vec::new(),
        }
    }
}

impl Review {
    /// The decision that counts for a record: the last one that names it as a whole.
    #[must_use]
    pub fn decision_on(&self, record: u64) -> Option<&Decision> {
        self.decisions
            .iter()
            .rev()
            .find(|decision| decision.target.includes(record))
    }

    /// The notes about a record or a part of it.
    pub fn notes_on(&self, record: u64) -> impl Iterator<Item = &Annotation> {
        self.annotations.iter().filter(move |note| note.target.concerns(record))
    }

    /// Every tag in use, sorted.
    #[must_use]
    pub fn tags(&self) -> Vec<&str> {
        let mut tags: Vec<&str> = self
            .annotations
            .iter()
            .flat_map(|note| note.tags.iter().map(String::as_str))
            .collect();
        tags.sort_unstable();
        tags.dedup();
        tags
    }
}

/// The pack a note is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PackRef {
    /// Its name.
    pub name: String,
    /// What it is: `zip`, `folder`, …
    pub kind: String,
    /// Its size in bytes.
    pub size: u64,
    /// Its digest.
    pub sha256: Digest,
}

/// How far a note is.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, strum::IntoStaticStr,
)]
#[serde(rename_all = "camelCase")]
#[strum(serialize_all = "camelCase")]
pub enum Status {
    /// Being written.
    #[default]
    Draft,
    /// The preparer has signed off.
    Prepared,
    /// The reviewer has signed off.
    Reviewed,
    /// The approver has signed off: closed.
    Released,
}

/// What the work is part of.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Engagement {
    /// For whom.
    pub client: String,
    /// The engagement's reference.
    pub engagement_ref: String,
    /// Controls it is evidence for, in free text.
    pub control_refs: Vec<String>,
    /// First day of the period.
    pub period_from: String,
    /// Last day of the period.
    pub period_to: String,
    /// The workpaper's reference.
    pub workpaper_ref: String,
}

/// One hand-over of the evidence.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Custody {
    /// Which file, by name or digest.
    pub input: String,
    /// Who gave it.
    pub received_from: String,
    /// Who took it.
    pub received_by: String,
    /// When.
    pub received_at: String,
    /// On what or through what.
    pub medium: String,
    /// What for.
    pub purpose: String,
    /// Anything else, a change that could not be avoided for one.
    pub note: String,
}

/// What was done.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Procedure {
    /// What it was to find out.
    pub objective: String,
    /// What was done.
    pub description: String,
    /// Where it was not done as planned, and why.
    pub deviations: String,
}

/// A note, tags, or both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Annotation {
    /// Its name in this note: `n` and the number of the history entry that made it.
    pub id: String,
    /// What it is about.
    pub target: Target,
    /// Who wrote it last.
    pub author: String,
    /// When.
    pub at: String,
    /// The words; may be empty beside tags.
    pub text: String,
    /// Tags, sorted.
    pub tags: Vec<String>,
}

/// A decision about an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Decision {
    /// What it is about.
    pub target: Target,
    /// The decision.
    pub value: DecisionValue,
    /// Why.
    pub reason: String,
    /// Who.
    pub author: String,
    /// When.
    pub at: String,
}

/// What can be decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, strum::EnumIter)]
#[serde(rename_all = "camelCase")]
pub enum DecisionValue {
    /// As it is.
    Accepted,
    /// With an exception that is described.
    AcceptedWithException,
    /// Not relied upon.
    Rejected,
    /// Open until more is at hand.
    MoreEvidence,
    /// Outside of this work.
    NotApplicable,
}

/// One question and its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChecklistItem {
    /// The question's id in its template.
    pub item: String,
    /// The question.
    pub text: String,
    /// The answer; `None` while it is open.
    pub answer: Option<Answer>,
}

/// An answer of the checklist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Answer {
    /// Yes, no, or not applicable.
    pub value: AnswerValue,
    /// What there is to say.
    pub remark: String,
    /// What shows it: check ids, record ids, file names.
    pub evidence_refs: Vec<String>,
    /// Who.
    pub author: String,
    /// When.
    pub at: String,
}

/// What can be answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, strum::EnumIter)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub enum AnswerValue {
    /// Yes.
    Yes,
    /// No.
    No,
    /// Not applicable here.
    NotApplicable,
}

/// Something that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Exception {
    /// Its name in this note: `e` and a number; empty for one that is new.
    pub id: String,
    /// How much it weighs.
    pub severity: Severity,
    /// What was seen.
    pub description: String,
    /// The cause, once known.
    pub cause: String,
    /// What it means for the work.
    pub effect: String,
    /// What else could explain it.
    pub alternative_explanations: Vec<String>,
    /// What is to be done.
    pub follow_up: String,
    /// By whom.
    pub owner: String,
    /// Until when.
    pub due: String,
    /// The check it came from.
    pub check: Option<String>,
    /// The check's reason.
    pub reason_code: Option<String>,
    /// How many items.
    #[cfg_attr(feature = "bindings", ts(type = "number | null"))]
    pub count: Option<u64>,
}

/// How much an exception weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, strum::EnumIter)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub enum Severity {
    /// Nobody has said yet.
    NotAssessed,
    /// Low.
    Low,
    /// Medium.
    Medium,
    /// High.
    High,
}

/// Information that speaks against the conclusion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Contradicting {
    /// What it is.
    pub text: String,
    /// Where it is.
    pub refs: Vec<String>,
}

/// What the work comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Conclusion {
    /// In words.
    pub text: String,
    /// Whether the evidence may be relied upon.
    pub reliance: Reliance,
    /// Within which limits.
    pub limits: Vec<String>,
}

/// Whether evidence may be relied upon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, strum::EnumIter)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub enum Reliance {
    /// Yes.
    MayRely,
    /// Within limits.
    MayRelyWithLimits,
    /// No.
    DoNotRely,
    /// Cannot be said.
    NoConclusion,
}

/// How long the note is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Retention {
    /// Until which day.
    pub until: String,
    /// Under which rule.
    pub basis: String,
}

/// An earlier version. The history up to its last entry gives it back whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Superseded {
    /// Its version.
    pub version: u64,
    /// How far it was.
    pub status: Status,
    /// Its sign-offs.
    pub signoffs: Vec<SignOff>,
    /// Number of its last history entry.
    pub last_seq: u64,
    /// Digest of that entry.
    pub last_sha256: Digest,
    /// Why it was reopened.
    pub reason: String,
    /// By whom.
    pub author: String,
    /// When.
    pub at: String,
}
