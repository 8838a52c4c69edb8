//! The reviewer's note: what stands in it, what it is about, and what can be done to it.

use serde::{Deserialize, Serialize};

use super::my_review::ReviewPage;
use super::{Count, RecordQuery, Target};
use crate::note::sample::Method;
use crate::note::{AnswerValue, Conclusion, Contradicting, Custody, Engagement, Exception, Procedure, Retention};

/// What the reader has before her, and writes about; in the page's own numbers and keys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub enum NoteTarget {
    /// The whole pack.
    Pack,
    /// One record.
    Record {
        /// Its number, from 1.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        number: Count,
    },
    /// One check.
    Check {
        /// The handle of its group.
        key: String,
        /// Its place in the group, from 0.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        position: Count,
    },
    /// One field of a record.
    Field {
        /// The record's number, from 1.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        record: Count,
        /// JSON pointer from the record's root.
        pointer: String,
    },
}

/// What can be done to a note from the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub enum Act {
    /// Writes a note, tags, or both.
    AddNote {
        /// About what.
        target: NoteTarget,
        /// The words.
        text: String,
        /// The tags.
        tags: Vec<String>,
    },
    /// Changes a note.
    ChangeNote {
        /// Which.
        id: String,
        /// The new words.
        text: String,
        /// The new tags.
        tags: Vec<String>,
    },
    /// Takes a note away.
    RemoveNote {
        /// Which.
        id: String,
    },
    /// Decides about one item.
    Decide {
        /// About what.
        target: NoteTarget,
        /// What.
        value: DecisionView,
        /// Why.
        reason: String,
    },
    /// Decides about every record that a query shows.
    DecideFiltered {
        /// Which records; its page does not matter.
        query: RecordQuery,
        /// What.
        value: DecisionView,
        /// Why.
        reason: String,
    },
    /// States client, period, references.
    StateEngagement {
        /// As a whole.
        engagement: Engagement,
    },
    /// States the hand-overs.
    StateCustody {
        /// All of them.
        custody: Vec<Custody>,
    },
    /// Describes the procedure.
    StateProcedure {
        /// As a whole.
        procedure: Procedure,
    },
    /// Chooses a built-in checklist.
    ChooseChecklist {
        /// The ecosystem it is for.
        id: String,
    },
    /// Answers a question of the checklist.
    AnswerItem {
        /// Which.
        item: String,
        /// How; none opens it again.
        value: Option<AnswerValue>,
        /// What there is to say.
        remark: String,
        /// What shows it.
        evidence_refs: Vec<String>,
    },
    /// Draws a sample.
    DrawSample {
        /// How.
        method: Method,
        /// How many; with `allFailures`, of the others.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        size: Count,
        /// The seed; empty for a new one.
        seed: String,
    },
    /// Adds an exception for each kind of failed check that has none.
    ProposeExceptions,
    /// Adds an exception of the reviewer's own.
    AddException {
        /// As a whole, without an id.
        exception: Exception,
    },
    /// Changes an exception.
    ChangeException {
        /// As a whole; its id says which.
        exception: Exception,
    },
    /// Takes an exception away.
    RemoveException {
        /// Which.
        id: String,
    },
    /// States what speaks against the conclusion.
    StateContradicting {
        /// All of it.
        contradicting: Vec<Contradicting>,
    },
    /// Draws the conclusion.
    Conclude {
        /// As a whole.
        conclusion: Conclusion,
    },
    /// States how long the note is kept.
    StateRetention {
        /// As a whole.
        retention: Retention,
    },
    /// Opens a note again that was signed off.
    Reopen {
        /// Why.
        reason: String,
    },
}

page_types! {
    /// How far a note is.
    #[derive(Copy)]
    pub enum StatusView {
        /// Being written.
        Draft,
        /// The preparer has signed off.
        Prepared,
        /// The reviewer has signed off.
        Reviewed,
        /// Closed.
        Released,
    }

    /// What was decided.
    #[derive(Copy)]
    pub enum DecisionView {
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

    /// The note about a pack, whole.
    pub struct NoteView {
        /// How far it is.
        pub status: StatusView,
        /// "Draft": the word for that.
        pub status_word: String,
        /// "Draft. Nobody has signed off yet.": the same in a sentence.
        pub status_words: String,
        /// The four stages in their order.
        pub stages: Vec<StageView>,
        /// Why nothing can be written; none where it can.
        pub read_only: Option<String>,
        /// That a note about other bytes lies beside the pack, and what differs; none where there is none.
        pub other_note: Option<String>,
        /// "Saved in pack.zip.sealnote": where it is kept.
        pub path_words: String,
        /// When the last act was saved, UTC; none before the first.
        pub saved_at: Option<String>,
        /// The name that will stand beside the next act; empty while it is not known.
        pub actor: String,
        /// Notes and tags, in the order in which they were written.
        pub notes: Vec<NoteItem>,
        /// The decisions that count, the last one first.
        pub decisions: Vec<DecisionItem>,
        /// How many records have a decision.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        pub records_decided: Count,
        /// What can be decided, in order.
        pub choices: Vec<DecisionChoice>,
        /// What taking back would take back: "note on record 3"; none where nothing can be.
        pub can_undo: Option<String>,
        /// What can be brought back; none where nothing can be.
        pub can_redo: Option<String>,
        /// What was being typed and is not in the note yet.
        pub drafts: Vec<DraftItem>,
        /// Every tag in use.
        pub tags: Vec<String>,
        /// How many acts the history holds.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        pub entries: Count,
        /// What the page *My review* shows.
        pub review: ReviewPage,
    }

    /// One stage of the work.
    pub struct StageView {
        /// Which.
        pub status: StatusView,
        /// Its word.
        pub word: String,
        /// Whether the note has come so far.
        pub reached: bool,
        /// Who signed off for it, and when; empty where nobody has.
        pub by: String,
    }

    /// A note, tags, or both.
    pub struct NoteItem {
        /// Its handle.
        pub id: String,
        /// The place it stands at: equal to that of [`NoteSubject`] when it is about the same.
        pub place: String,
        /// "Record 3": what it is about.
        pub about: String,
        /// Where that is shown.
        pub target: Target,
        /// The words.
        pub text: String,
        /// The tags.
        pub tags: Vec<String>,
        /// "J. Lindqvist, 2026-09-16 15:20:11 UTC".
        pub by: String,
        /// The time on this computer's clock.
        pub hint: String,
        /// Whether it can still be changed.
        pub open: bool,
    }

    /// A decision that counts.
    pub struct DecisionItem {
        /// The place it stands at.
        pub place: String,
        /// "Record 3", "37 records": what it is about.
        pub about: String,
        /// Where that is shown.
        pub target: Target,
        /// What.
        pub value: DecisionView,
        /// Its word.
        pub word: String,
        /// Why.
        pub reason: String,
        /// Who and when.
        pub by: String,
        /// The time on this computer's clock.
        pub hint: String,
    }

    /// Something that can be decided.
    pub struct DecisionChoice {
        /// The decision.
        pub value: DecisionView,
        /// Its word.
        pub word: String,
        /// What it means, in one sentence.
        pub about: String,
    }

    /// What was being typed and is not in the note yet.
    pub struct DraftItem {
        /// Where: the page's own word.
        pub place: String,
        /// The text so far.
        pub text: String,
        /// When it was kept, UTC.
        pub at: String,
    }

    /// What the reader has before her, as the note calls it.
    pub struct NoteSubject {
        /// Its place in the note.
        pub place: String,
        /// "Record 3, exec-004".
        pub title: String,
        /// The decision about it that counts; one about several records counts for each of them.
        pub decision: Option<DecisionItem>,
    }

    /// What the reviewer did about a record, in the table.
    pub struct RowReview {
        /// "Accepted": the decision that counts; empty where there is none.
        pub word: String,
        /// How many notes stand on the record or a part of it.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        pub notes: Count,
        /// "Accepted, 2 notes": all of it, for those who hear it.
        pub words: String,
    }

    /// The history of a note.
    pub struct HistoryView {
        /// "History checked: 12 entries hold together."
        pub sentence: String,
        /// Whether they do.
        pub whole: bool,
        /// The entries, the last one first.
        pub entries: Vec<HistoryRow>,
    }

    /// One act in the history.
    pub struct HistoryRow {
        /// Its number, from 1.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        pub seq: Count,
        /// When, UTC.
        pub at: String,
        /// The time on this computer's clock.
        pub hint: String,
        /// Who.
        pub who: String,
        /// What.
        pub what: String,
        /// The words of it, if it has some.
        pub words: String,
        /// Whether it was taken back.
        pub taken_back: bool,
        /// Its SHA-256.
        pub sha256: String,
    }
}
