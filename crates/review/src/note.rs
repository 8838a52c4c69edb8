//! The reviewer's half of a case file: notes, decisions, checklist, sample, conclusion, sign-offs (`design.md` 5).
//!
//! Every act is one entry of a hash-chained [`history`](Entry), and the history is all that is stored: replaying it gives
//! the [`Review`] as it stands. So undoing, earlier versions and the check of a finished note are the same replay.
//!
//! ```text
//! Note::open ── act ──> Ledger::next ──> one transaction ──> Ledger::push ──> Review
//!    (case file)          allowed?        durable here          replayed       as shown
//!                                                                  │
//!            sign_off: covers, statement, envelope <───────────────┤
//!            document: sealcheck.review/1 <── report body ─────────┘ ──> verify: unchanged? from whom? complete?
//! ```

mod action;
mod anchor;
mod apply;
pub mod checklist;
pub mod document;
pub mod dsse;
mod error;
mod history;
pub mod key;
mod ledger;
mod lock;
mod notebook;
mod numbers;
mod population;
pub mod prefill;
mod review;
pub mod sample;
mod signoff;
mod store;
mod tables;
mod target;
mod undo;
pub mod verify;

pub use action::Action;
pub use anchor::{record_sha256, record_target};
pub use document::SCHEMA;
pub use error::{NoteError, OtherPack, ReadOnly};
pub use history::{Broken, Entry, Stamp, verify_chain};
pub use ledger::{Ledger, Refused};
pub use lock::is_open_elsewhere;
pub use notebook::Note;
pub use numbers::{NotNumbers, Numbers};
pub use population::{Lines, Population, records_target};
pub use review::{
    Annotation, Answer, AnswerValue, ChecklistItem, Conclusion, Contradicting, Custody, Decision, DecisionValue,
    Engagement, Exception, PackRef, Procedure, Reliance, Retention, Review, Severity, Status, Superseded,
};
pub use signoff::{Role, SignOff, SignOffForm, Signature, covers};
pub use store::Draft;
pub(crate) use store::history_pack;
pub(crate) use tables::migrate;
pub use target::Target;

/// A finished note of the report made by hand, for the tests of other modules.
#[cfg(test)]
pub(crate) fn finished_note() -> String {
    document::tests::finished()
}
