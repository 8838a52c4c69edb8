//! The core of Sealcheck: bytes and trust in, a report out.
//!
//! It writes nothing, has no clock, no randomness and no network; files are read in `container` only.

pub mod canonical;
mod check;
mod confirmation;
mod container;
mod digest;
mod exhibit;
mod format;
#[cfg(feature = "fuzzing")]
pub mod fuzzing;
pub mod json;
mod keybook;
pub mod keytext;
mod pack;
mod reason;
mod recorder;
mod report;
mod run;
mod signature;
mod tally;
#[cfg_attr(
    not(any(test, feature = "fuzzing")),
    expect(dead_code, reason = "its callers are the formats that carry time stamps")
)]
mod time_stamp;
mod told;
mod verdict;
mod verify;

#[cfg(test)]
mod vectors;

pub use check::{Check, CheckId, Outcome, Question};
pub use confirmation::Confirmation;
pub use container::{ArtifactReader, Limits, NotRaised, RaisedLimit, ReadEnd};
pub use digest::{Digest, Hasher};
pub use exhibit::{Cover, Exhibit, ExhibitField, RecordPlace, Seal, exhibit};
pub use keybook::{Authority, EcosystemName, KeyBook, KeyEntry, SCHEMA as KEYBOOK_SCHEMA, SuppliedKeys};
pub use pack::{Artifact, ArtifactState, Content, Pack, Refusal};
pub use reason::ReasonCode;
pub use recorder::Recorder;
pub use report::{
    Attached, CheckCounts, Counts, Ecosystem, EntryState, FileRow, Finding, Format, Input, KeyOrigin, KeySeen,
    KeyState, LimitHit, Manifest, ManifestEntry, Native, Part, RULES, Record, Report, SCHEMA, SnapshotRow, Source,
    Statement, StatementKey, Word,
};
pub use run::{Layer, Policy, Progress, ProgressNow, Scope, Stopped};
pub use signature::PublicKey;
pub use time_stamp::RootCertificate;
pub use verdict::{RollUp, Verdict, question, roll_up, verdict, worst};
pub use verify::verify;
