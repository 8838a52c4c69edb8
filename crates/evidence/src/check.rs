//! A check: one question about one subject, with one outcome.

use serde::Serialize;

use crate::reason::ReasonCode;

/// The three questions every reader asks, always in this order.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, strum::EnumIter, strum::IntoStaticStr,
)]
#[serde(rename_all = "camelCase")]
#[strum(serialize_all = "camelCase")]
pub enum Question {
    /// *Unchanged?* Integrity.
    Unchanged,
    /// *From whom?* Signer and key.
    FromWhom,
    /// *Complete?* Missing, extra, gaps, order.
    Complete,
}

/// Which check it is. The text form is the report's `id`, in camel case.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    strum::EnumIter,
    strum::IntoStaticStr,
    strum::EnumString,
)]
#[serde(rename_all = "camelCase")]
#[strum(serialize_all = "camelCase")]
pub enum CheckId {
    /// The container itself could be read without doubt (every ecosystem).
    Container,
    /// NexArt: the record matches its certificate hash.
    BundleIntegrity,
    /// NexArt: the receipt is about this record.
    ReceiptConsistency,
    /// NexArt: a result shipped by the sender against this run.
    Snapshot,
    /// NexArt: the node signed the receipt.
    NodeSignature,
    /// NexArt: the node signed the record's fields.
    VerificationEnvelope,
    /// NexArt: the manifest's list against what is there.
    Manifest,
    /// Keel: the payload has the hash that was signed.
    ContentHash,
    /// Keel: each entry matches its own record hash.
    RecordHashes,
    /// Keel: the digests named in closures agree with the events.
    ClosureDigests,
    /// Keel: time-stamp tokens.
    Timestamp,
    /// Keel: sibling artifacts.
    Siblings,
    /// Keel: the signature over the content hash.
    Signature,
    /// Keel: the signatures of closures.
    ClosureSignatures,
    /// Keel: the signature of a checkpoint.
    CheckpointSignature,
    /// Keel: each entry continues the one before it.
    ChainLinks,
    /// Keel: the checkpoint's heads against the entries.
    Checkpoint,
    /// Keel: an incident bundle holds what its own list names.
    IncidentFiles,
    /// Keel: unsigned labels against the payload (not required).
    Labels,
    /// Invoance: the rows' payload hashes, together.
    Integrity,
    /// Invoance: the rows' signers, together.
    Portability,
    /// Invoance: the sequence numbers.
    Completeness,
    /// Invoance: one row's payload hash.
    PayloadHash,
}

impl CheckId {
    /// The report's `id`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// The question this check answers (`design.md` 2).
    #[must_use]
    pub fn question(self) -> Question {
        match self {
            CheckId::Container
            | CheckId::BundleIntegrity
            | CheckId::ReceiptConsistency
            | CheckId::Snapshot
            | CheckId::ContentHash
            | CheckId::RecordHashes
            | CheckId::ClosureDigests
            | CheckId::Timestamp
            | CheckId::Siblings
            | CheckId::Integrity
            | CheckId::PayloadHash => Question::Unchanged,
            CheckId::NodeSignature
            | CheckId::VerificationEnvelope
            | CheckId::Signature
            | CheckId::ClosureSignatures
            | CheckId::CheckpointSignature
            | CheckId::Portability => Question::FromWhom,
            CheckId::Manifest
            | CheckId::ChainLinks
            | CheckId::Checkpoint
            | CheckId::IncidentFiles
            | CheckId::Labels
            | CheckId::Completeness => Question::Complete,
        }
    }
}

/// How a check ended. All but `Pass` carry a reason, so a failure without one cannot be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Established by recomputing, on the exact bytes.
    Pass,
    /// A mismatch is proven.
    Fail(ReasonCode),
    /// It should be answered, but something needed is absent.
    Undetermined(ReasonCode),
    /// The layer is optional and absent, the format cannot answer it, or an earlier check blocks it.
    Skipped(ReasonCode),
}

impl Outcome {
    /// `PASS`, `FAIL`, `UNDETERMINED` or `SKIPPED`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Outcome::Pass => "PASS",
            Outcome::Fail(_) => "FAIL",
            Outcome::Undetermined(_) => "UNDETERMINED",
            Outcome::Skipped(_) => "SKIPPED",
        }
    }

    /// The reason, for all but `Pass`.
    #[must_use]
    pub fn reason(self) -> Option<ReasonCode> {
        match self {
            Outcome::Pass => None,
            Outcome::Fail(reason) | Outcome::Undetermined(reason) | Outcome::Skipped(reason) => Some(reason),
        }
    }
}

/// One question about one subject, with one outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// Which check it is.
    pub id: CheckId,
    /// What it is about: a path inside the pack, a record's id, an organisation.
    pub subject: String,
    /// Whether the verdict needs it.
    pub required: bool,
    /// How it ended.
    pub outcome: Outcome,
    /// Further reasons, after the one in `outcome`, in order of discovery.
    pub also: Vec<ReasonCode>,
    /// What the evidence states, as text, where there is something to compare.
    pub expected: Option<String>,
    /// What was recomputed, as text.
    pub found: Option<String>,
    /// What a specialist wants beside it: key id, form of the signed bytes, scope of the hash.
    pub details: Vec<(&'static str, String)>,
}

impl Check {
    /// A required check.
    #[must_use]
    pub fn new(id: CheckId, subject: impl Into<String>, outcome: Outcome) -> Check {
        Check {
            id,
            subject: subject.into(),
            required: true,
            outcome,
            also: Vec::new(),
            expected: None,
            found: None,
            details: Vec::new(),
        }
    }

    /// The same check, shown but without weight in the verdict.
    #[must_use]
    pub fn not_required(mut self) -> Check {
        self.required = false;
        self
    }

    /// With what the evidence states.
    #[must_use]
    pub fn expected(mut self, expected: Option<String>) -> Check {
        self.expected = expected;
        self
    }

    /// With what was recomputed.
    #[must_use]
    pub fn found(mut self, found: Option<String>) -> Check {
        self.found = found;
        self
    }

    /// With one more technical detail; the label is in camel case.
    #[must_use]
    pub fn detail(mut self, label: &'static str, text: impl Into<String>) -> Check {
        self.details.push((label, text.into()));
        self
    }

    /// The question this check answers.
    #[must_use]
    pub fn question(&self) -> Question {
        self.id.question()
    }

    /// The reason of the outcome and what came after it.
    pub fn reasons(&self) -> impl Iterator<Item = ReasonCode> + '_ {
        self.outcome.reason().into_iter().chain(self.also.iter().copied())
    }
}

impl Serialize for Check {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", &self.id)?;
        map.serialize_entry("question", &self.question())?;
        map.serialize_entry("subject", &self.subject)?;
        map.serialize_entry("required", &self.required)?;
        map.serialize_entry("outcome", self.outcome.as_str())?;
        map.serialize_entry("reasonCode", &self.outcome.reason())?;
        if !self.also.is_empty() {
            map.serialize_entry("also", &self.also)?;
        }
        map.serialize_entry("expected", &self.expected)?;
        map.serialize_entry("found", &self.found)?;
        map.end()
    }
}
