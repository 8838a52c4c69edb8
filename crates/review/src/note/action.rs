//! What can be done to a note. Each is one entry of the history, and the history is the note.

use serde::{Deserialize, Serialize};

use super::checklist::Template;
use super::review::{
    AnswerValue, Conclusion, Contradicting, Custody, DecisionValue, Engagement, Exception, PackRef, Procedure,
    Retention, Status,
};
use super::sample::Sample;
use super::signoff::SignOff;
use super::target::Target;

/// One act. In the file, `action` names it and `detail` holds the rest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, strum::IntoStaticStr)]
#[serde(
    tag = "action",
    content = "detail",
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
#[strum(serialize_all = "camelCase")]
pub enum Action {
    /// The note was begun. It stands first and is written together with the first act.
    Started {
        /// About which pack.
        pack: PackRef,
        /// With which version of this program.
        tool: String,
        /// With which rules.
        rules: String,
    },
    /// Client, period, references were stated.
    EngagementStated {
        /// As a whole.
        engagement: Engagement,
    },
    /// The hand-overs were stated.
    CustodyStated {
        /// All of them.
        custody: Vec<Custody>,
    },
    /// The procedure was described.
    ProcedureStated {
        /// As a whole.
        procedure: Procedure,
    },
    /// A note or tags were added; its id is `n` and the number of this entry.
    NoteAdded {
        /// About what.
        target: Target,
        /// The words.
        text: String,
        /// The tags.
        tags: Vec<String>,
    },
    /// A note was changed.
    NoteChanged {
        /// Which.
        id: String,
        /// The new words.
        text: String,
        /// The new tags.
        tags: Vec<String>,
    },
    /// A note was taken away; the history keeps its words.
    NoteRemoved {
        /// Which.
        id: String,
    },
    /// Something was decided.
    Decided {
        /// About what.
        target: Target,
        /// What.
        value: DecisionValue,
        /// Why.
        reason: String,
    },
    /// A checklist was chosen; answers to an earlier one go with it.
    ChecklistChosen {
        /// The whole template.
        template: Template,
    },
    /// A question was answered.
    ChecklistAnswered {
        /// Which.
        item: String,
        /// How; `None` opens it again.
        value: Option<AnswerValue>,
        /// What there is to say.
        remark: String,
        /// What shows it.
        evidence_refs: Vec<String>,
    },
    /// A sample was drawn; it takes the place of an earlier one.
    SampleDrawn {
        /// The sample.
        sample: Sample,
    },
    /// Exceptions were added, each with an empty id: it becomes `e`, the number of this entry, `.` and its place.
    ExceptionsAdded {
        /// Which.
        exceptions: Vec<Exception>,
    },
    /// An exception was changed.
    ExceptionChanged {
        /// As a whole; its id says which.
        exception: Exception,
    },
    /// An exception was taken away; the history keeps it.
    ExceptionRemoved {
        /// Which.
        id: String,
    },
    /// What speaks against the conclusion was stated.
    ContradictingStated {
        /// All of it.
        contradicting: Vec<Contradicting>,
    },
    /// A conclusion was drawn.
    Concluded {
        /// As a whole.
        conclusion: Conclusion,
    },
    /// How long it is kept was stated.
    RetentionStated {
        /// As a whole.
        retention: Retention,
    },
    /// Somebody signed off.
    SignedOff {
        /// With what.
        signoff: Box<SignOff>,
    },
    /// The note was opened again.
    Reopened {
        /// Why.
        reason: String,
    },
    /// An act was taken back; taking back such an entry brings the act back.
    Undone {
        /// Number of the entry.
        seq: u64,
    },
}

impl Action {
    /// The file's word for it.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.into()
    }

    /// The pack that the note was begun for, if this is its beginning.
    #[must_use]
    pub fn began_for(&self) -> Option<&PackRef> {
        if let Action::Started { pack, .. } = self {
            return Some(pack);
        }
        None
    }

    /// Whether it can be taken back: notes, tags and decisions.
    #[must_use]
    pub fn is_undoable(&self) -> bool {
        matches!(
            self,
            Action::NoteAdded { .. } | Action::NoteChanged { .. } | Action::NoteRemoved { .. } | Action::Decided { .. }
        )
    }

    /// Whether it ends a stage: what came before can no longer be taken back.
    #[must_use]
    pub fn ends_stage(&self) -> bool {
        matches!(self, Action::SignedOff { .. } | Action::Reopened { .. })
    }

    /// The status after it.
    #[must_use]
    pub fn leads_to(&self, status: Status) -> Status {
        if let Action::SignedOff { signoff } = self {
            return signoff.role.leads_to();
        }
        if self.ends_stage() { Status::Draft } else { status }
    }

    /// Whether it is allowed at that point. After the preparer has signed off, what she signed stays: the next person
    /// adds notes of her own, signs off, or opens the note again.
    #[must_use]
    pub fn allowed_in(&self, status: Status) -> bool {
        match self {
            Action::Started { .. } => false,
            Action::Reopened { .. } => status != Status::Draft,
            Action::SignedOff { signoff } => status == signoff.role.signs_in(),
            Action::NoteAdded { .. }
            | Action::NoteChanged { .. }
            | Action::NoteRemoved { .. }
            | Action::Undone { .. } => status != Status::Released,
            Action::EngagementStated { .. }
            | Action::CustodyStated { .. }
            | Action::ProcedureStated { .. }
            | Action::Decided { .. }
            | Action::ChecklistChosen { .. }
            | Action::ChecklistAnswered { .. }
            | Action::SampleDrawn { .. }
            | Action::ExceptionsAdded { .. }
            | Action::ExceptionChanged { .. }
            | Action::ExceptionRemoved { .. }
            | Action::ContradictingStated { .. }
            | Action::Concluded { .. }
            | Action::RetentionStated { .. } => status == Status::Draft,
        }
    }
}
