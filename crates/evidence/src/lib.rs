//! The core of Sealcheck: bytes and trust in, a report out.
//!
//! It writes nothing, has no clock, no randomness and no network; files are read in `container` only.

mod check;
mod digest;
mod keybook;
mod reason;
mod recorder;
mod report;
mod run;
mod signature;
mod verdict;

pub use check::{Check, CheckId, Outcome, Question};
pub use digest::{Digest, Hasher};
pub use keybook::{EcosystemName, KeyBook, KeyEntry, SCHEMA as KEYBOOK_SCHEMA, SuppliedKeys};
pub use reason::ReasonCode;
pub use recorder::Recorder;
pub use report::{
    CheckCounts, Counts, Ecosystem, EntryState, FileRole, FileRow, Finding, Format, Input, KeyOrigin, KeySeen,
    KeyState, LimitHit, Manifest, ManifestEntry, Native, Part, RULES, Record, Report, SCHEMA, SnapshotRow, Source,
    Statement, StatementKey,
};
pub use run::{Layer, Policy, Progress, ProgressNow, Scope, Stopped};
pub use signature::PublicKey;
pub use verdict::{RollUp, Verdict, question, roll_up, verdict, worst};
