//! The report: what one run found (`sealcheck.report/1`, `design.md` 4), without its records.
//!
//! Records go one by one to a [`Recorder`](crate::recorder::Recorder), so that a million of them are never held here.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;

use crate::check::{Check, Outcome, Question};
use crate::confirmation::Confirmation;
use crate::container::RaisedLimit;
use crate::digest::Digest;
use crate::pack::named_as_page;
use crate::reason::ReasonCode;
use crate::run::Policy;
use crate::verdict::{RollUp, Verdict};

/// The schema name of the report.
pub const SCHEMA: &str = "sealcheck.report/1";

/// The version of the rules in this build: changes whenever a verdict could.
pub const RULES: &str = "2026.11";

/// A family of evidence.
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
    strum::IntoStaticStr,
    strum::EnumString,
    strum::EnumIter,
)]
#[serde(rename_all = "lowercase")]
#[strum(serialize_all = "lowercase")]
pub enum Ecosystem {
    /// NexArt Certified Execution Records.
    NexArt,
    /// Keel signed compliance exports.
    Keel,
    /// Invoance signed audit logs.
    Invoance,
}

impl Ecosystem {
    /// The report's word, lower case.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// A name or a word of a result: mostly a constant, and then no record takes memory for it.
pub type Word = Cow<'static, str>;

/// What the ecosystem's own published rules say about the same bytes, in its own words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Native {
    /// Whose words they are; absent on records, where the part says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ecosystem: Option<Ecosystem>,
    /// The ecosystem's result word.
    pub status: Word,
    /// The spec's finer word, where there is one.
    pub grade: Option<Word>,
    /// The ecosystem's own checks by name.
    pub checks: BTreeMap<Word, Word>,
    /// The spec's codes, in its own spelling, in order of discovery.
    pub reason_codes: Vec<String>,
    /// The spec's notes.
    pub notes: Vec<String>,
    /// Names of the members that the hash covers, sorted.
    pub coverage: Vec<String>,
}

/// Where a record lies.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Source {
    /// Path of the artifact inside the pack.
    pub path: String,
    /// Line of an NDJSON file, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// Position in an array of records, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub element: Option<u64>,
    /// JSON pointer (RFC 6901) of the record inside that document, line or element; empty for the whole of it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub pointer: String,
    /// Offset and length of the document, line or element in the decoded artifact, to find it again quickly.
    #[serde(skip)]
    pub span: Option<(u64, u64)>,
}

/// Something from elsewhere in the pack that belongs to a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attached {
    /// What it is: `receipt`, `snapshot`.
    pub role: &'static str,
    /// Where it lies.
    pub source: Source,
}

/// One evidenced event, judged.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// Its identity in the spec's terms, e.g. a certificate hash; falls back to its place.
    pub id: String,
    /// Where it lies.
    pub source: Source,
    /// Which ecosystem judged it.
    pub ecosystem: Ecosystem,
    /// The verdict: the roll-up of `checks`, or one of the two outside the scale.
    pub verdict: Verdict,
    /// The ecosystem's own words.
    pub native: Native,
    /// What tables and seed exports show, under the specs' names.
    pub fields: BTreeMap<Word, serde_json::Value>,
    /// Product codes first, then the spec's.
    pub reason_codes: Vec<ReasonCode>,
    /// Remarks that decide nothing.
    pub notes: Vec<ReasonCode>,
    /// Every check of this record, passed ones included.
    pub checks: Vec<Check>,
    /// What was attached to it from elsewhere in the pack.
    pub attached: Vec<Attached>,
}

/// Something the reviewer should see that decides nothing by itself.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// What it is.
    pub code: ReasonCode,
    /// To which item.
    pub subject: String,
    /// What exactly was seen; may be empty.
    pub detail: String,
}

impl Finding {
    /// A finding about `subject`.
    #[must_use]
    pub fn new(code: ReasonCode, subject: impl Into<String>, detail: impl Into<String>) -> Finding {
        Finding {
            code,
            subject: subject.into(),
            detail: detail.into(),
        }
    }
}

/// A key that mattered, and what is known of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct KeySeen {
    /// The key's name, where it has one.
    pub key_id: Option<String>,
    /// SHA-256 of the raw 32 bytes, hex; absent where the key text could not be read.
    pub fingerprint: Option<String>,
    /// The raw key, 64 hex digits.
    pub public_key: Option<String>,
    /// Where it was found: `pack` or `keyBook`.
    pub origin: KeyOrigin,
    /// What it comes to.
    pub state: KeyState,
    /// Whose evidence it would sign.
    pub ecosystem: Ecosystem,
    /// Whom it claims to sign for (NexArt node id, organisation, project), or the key book's issuer label.
    pub signs_for: Option<String>,
    /// The artifact that holds it, or the key book's name.
    pub source: String,
    /// Status word of the key set, as it stands there.
    pub status: Option<String>,
    /// Start of its period as stated (RFC 3339).
    pub valid_from: Option<String>,
    /// End of its period as stated (RFC 3339).
    pub valid_to: Option<String>,
    /// How it was confirmed, for a key from the key book or given for this run; one sentence in the file.
    pub confirmed: Option<Confirmation>,
    /// How many signatures of this run name or use it.
    pub signatures: u64,
    /// The earliest time that they state (RFC 3339): a claim.
    pub first_signed: Option<String>,
    /// The latest.
    pub last_signed: Option<String>,
}

/// Where a key was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum KeyOrigin {
    /// It came with the evidence.
    Pack,
    /// It stands in the reviewer's key book, or was given for this run.
    KeyBook,
}

/// What a key comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum KeyState {
    /// Confirmed by the reviewer.
    Confirmed,
    /// The only copy came with the pack.
    SuppliedBySender,
    /// The key book holds another key for the same signer and key id.
    Conflict,
    /// Confirmed, but the signed time lies outside its period.
    OutsideWindow,
    /// Revoked.
    Revoked,
    /// The key text cannot be read.
    Malformed,
    /// A signature names it, and no copy is at hand.
    NotAtHand,
}

/// What the sender's list says, beside what is there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Manifest {
    /// Path of the manifest inside the pack.
    pub path: String,
    /// Its labels, as (name, text): claims, none of them signed unless a check says so.
    pub claims: Vec<(String, String)>,
    /// How many records it says there are.
    pub declared: Option<u64>,
    /// How many entries it lists.
    pub listed: u64,
    /// How many records of the pack it lists.
    pub found: u64,
    /// Entry by entry, then the records it does not list.
    pub entries: Vec<ManifestEntry>,
}

/// One line of declared against found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ManifestEntry {
    /// The id as declared, or the record's own.
    pub id: String,
    /// The digest as declared, or the record's own.
    pub digest: String,
    /// Further labels of the entry.
    pub label: String,
    /// How the two compare.
    pub state: EntryState,
    /// Where the record lies, when there is one.
    pub source: Option<Source>,
}

/// How a manifest entry and the pack compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum EntryState {
    /// Listed and there.
    Present,
    /// Listed, not there.
    Missing,
    /// There, not listed.
    Unlisted,
    /// Listed and there, but a label differs.
    Differs,
}

/// One result the sender shipped, beside ours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SnapshotRow {
    /// The artifact that holds the sender's result.
    pub path: String,
    /// Which record it is about; empty for the whole pack.
    pub record: String,
    /// When the sender says the result was obtained.
    pub verified_at: Option<String>,
    /// The check's name, or `status`.
    pub check: String,
    /// The sender's word.
    pub theirs: String,
    /// Ours, in the same vocabulary.
    pub ours: String,
    /// Whether the two agree.
    pub agrees: bool,
    /// Why they differ, where it is known.
    pub cause: Option<ReasonCode>,
}

/// One artifact of the pack, for the list of files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FileRow {
    /// Path inside the pack.
    pub path: String,
    /// Bytes as shipped.
    pub size: u64,
    /// SHA-256 of those bytes; absent where they could not be read.
    pub sha256: Option<Digest>,
    /// What it was recognised as, e.g. `nexart.cer`, or `notRecognised`, `ignored`, `refused`.
    pub role: String,
    /// Whether a check covers its content.
    pub covered: bool,
    /// The worst verdict of the records that it holds or speaks for; for lists on screen, the report has the records.
    #[serde(skip)]
    pub verdict: Option<Verdict>,
}

impl FileRow {
    /// Whether it is a page that the sender wrote for a person, by its name.
    #[must_use]
    pub fn is_page(&self) -> bool {
        named_as_page(&self.path)
    }
}

/// One ecosystem's or export's share of a pack, verified as if alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// What it is.
    pub format: Format,
    /// Its main artifact's path, or empty for the whole pack.
    pub subject: String,
    /// The roll-up of its own checks and of its records' verdicts.
    pub verdict: Verdict,
    /// The ecosystem's own words.
    pub native: Native,
    /// Checks of the part as a whole (those of records go with the records).
    pub checks: Vec<Check>,
    /// Roll-up of the three questions over the part's and its records' checks.
    pub questions: BTreeMap<Question, RollUp>,
    /// Product codes first, then the spec's.
    pub reason_codes: Vec<ReasonCode>,
    /// Counts over its records.
    pub counts: Counts,
    /// Keys that mattered.
    pub keys: Vec<KeySeen>,
    /// Declared against found, one per list.
    pub manifests: Vec<Manifest>,
    /// Node metadata as claimed, one object per node.
    pub node_metadata: Vec<serde_json::Value>,
    /// Where the key sets lie that came beside the records, in the order of the pack; for whoever takes records out of
    /// it, the report says what they hold.
    pub key_sets: Vec<Source>,
    /// The sender's results beside ours.
    pub snapshot_comparison: Vec<SnapshotRow>,
    /// What population the records are, one entry per organisation, chain scope or manifest.
    pub population: Vec<serde_json::Value>,
    /// What should be seen.
    pub findings: Vec<Finding>,
    /// What the result shows, as keys of the words table.
    pub proves: Vec<Statement>,
    /// What it does not show.
    pub does_not_prove: Vec<Statement>,
}

/// What kind of evidence it is and why we think so.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Format {
    /// E.g. `nexart.evidence-pack`; `unknown` when nothing was recognised.
    pub id: String,
    /// What was seen that says so.
    pub because: String,
}

/// One sentence of *shows* or *does not show*: a key of the words table with its values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Statement {
    /// Which sentence.
    pub key: StatementKey,
    /// Named values of the sentence.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, String>,
}

impl Statement {
    /// A sentence without values.
    #[must_use]
    pub fn of(key: StatementKey) -> Statement {
        Statement {
            key,
            values: BTreeMap::new(),
        }
    }

    /// With one named value.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Statement {
        self.values.insert(name.to_owned(), value.to_string());
        self
    }
}

/// The sentences of *shows* and *does not show*; their words are in `review::words`.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, strum::EnumIter, strum::IntoStaticStr,
)]
#[serde(rename_all = "camelCase")]
#[strum(serialize_all = "camelCase")]
pub enum StatementKey {
    /// `{count}` records are byte for byte what was sealed.
    RecordsUnchanged,
    /// `{count}` records do not match.
    RecordsChanged,
    /// The signer is the holder of the confirmed key `{keyLabel}`.
    SignedByConfirmedKey,
    /// The signature fits a key that only the pack supplies.
    SignatureFitsSuppliedKey,
    /// All `{count}` listed records are present.
    ListedRecordsPresent,
    /// That the recorded events are true.
    EventsTrue,
    /// That nothing was left out before signing.
    NothingOmittedBeforeSigning,
    /// That the signer was entitled to sign.
    SignerEntitled,
    /// Who signed.
    WhoSigned,
    /// Which part differs, or who changed it.
    WhoChangedWhat,
    /// That the stated times are right: they are the signer's own.
    TimesIndependent,
    /// Fields outside the seal.
    UnsealedFields,
    /// The unsigned list, snapshot, key list and summary page.
    UnsignedCompanions,
    /// The content behind a hash-only record.
    HashOnlyContent,
    /// The content that was redacted or kept confidential.
    HiddenContent,
    /// The preimage of a governed step's state hash.
    StatePreimage,
    /// That the list itself is complete.
    ListComplete,
    /// Events after the last number.
    TailComplete,
    /// The signed bytes are exactly these.
    BytesSigned,
    /// The labels of a manifest that the signature does not cover.
    ManifestLabels,
    /// Event payloads are not in the record hash.
    PayloadNotInRecordHash,
    /// What a filter left out.
    FilteredOut,
    /// The numbers of `{org}` run from `{first}` to `{last}` without a gap.
    NumbersContiguous,
}

/// How many of each outcome.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CheckCounts {
    /// Passed.
    pub pass: u64,
    /// Mismatch proven.
    pub fail: u64,
    /// Not answered.
    pub undetermined: u64,
    /// Not applicable or blocked.
    pub skipped: u64,
}

impl CheckCounts {
    /// Counts one outcome.
    pub fn add(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Pass => self.pass += 1,
            Outcome::Fail(_) => self.fail += 1,
            Outcome::Undetermined(_) => self.undetermined += 1,
            Outcome::Skipped(_) => self.skipped += 1,
        }
    }

    /// All of them.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.pass + self.fail + self.undetermined + self.skipped
    }
}

/// How many records came to what.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Counts {
    /// Records in all.
    pub records: u64,
    /// VERIFIED.
    pub verified: u64,
    /// FAILED.
    pub failed: u64,
    /// INDETERMINATE.
    pub indeterminate: u64,
    /// NOT_EVIDENCE: readable, never carried a seal.
    pub not_evidence: u64,
    /// Checks of records and of parts together, required or not.
    pub checks: CheckCounts,
    /// The same, required ones only.
    pub required: CheckCounts,
}

impl Counts {
    /// Counts one record with its checks.
    pub fn add_record(&mut self, record: &Record) {
        self.records += 1;
        match record.verdict {
            Verdict::Verified => self.verified += 1,
            Verdict::Failed => self.failed += 1,
            Verdict::Indeterminate | Verdict::Error => self.indeterminate += 1,
            Verdict::NotEvidence => self.not_evidence += 1,
        }
        for check in &record.checks {
            self.add_check(check);
        }
    }

    /// Counts one check.
    pub fn add_check(&mut self, check: &Check) {
        self.checks.add(check.outcome);
        if check.required {
            self.required.add(check.outcome);
        }
    }

    /// Adds the counts of another part.
    pub fn add(&mut self, other: &Counts) {
        fn sum(into: &mut CheckCounts, from: &CheckCounts) {
            into.pass += from.pass;
            into.fail += from.fail;
            into.undetermined += from.undetermined;
            into.skipped += from.skipped;
        }
        self.records += other.records;
        self.verified += other.verified;
        self.failed += other.failed;
        self.indeterminate += other.indeterminate;
        self.not_evidence += other.not_evidence;
        sum(&mut self.checks, &other.checks);
        sum(&mut self.required, &other.required);
    }
}

/// What was opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Input {
    /// File or folder name, without its place.
    pub name: String,
    /// `zip`, `folder`, `tar`, `tar.gz`, `file`, `gz` or `files`.
    pub kind: String,
    /// Bytes; for a folder or several files the sum.
    pub size: u64,
    /// SHA-256 of the file; for a folder or several files of its listing (`design.md` 4).
    pub sha256: Option<Digest>,
}

/// What one run found, without its records.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// What was opened.
    pub input: Input,
    /// What the person who ran the check stated and asked for.
    pub policy: Policy,
    /// Limits that this person raised.
    pub raised: Vec<RaisedLimit>,
    /// What kind of evidence the pack is.
    pub format: Format,
    /// The verdict of the pack: the worst of its parts and of the container.
    pub verdict: Verdict,
    /// Product codes first, then the specs'.
    pub reason_codes: Vec<ReasonCode>,
    /// Roll-up of the three questions over everything.
    pub questions: BTreeMap<Question, RollUp>,
    /// Counts over everything.
    pub counts: Counts,
    /// Checks of the container.
    pub checks: Vec<Check>,
    /// The parts; one for most packs, none when nothing was recognised.
    pub parts: Vec<Part>,
    /// Findings of the container.
    pub findings: Vec<Finding>,
    /// Every artifact, by path bytes.
    pub files: Vec<FileRow>,
    /// Limits that were reached, and what that meant.
    pub limits: Vec<LimitHit>,
}

/// A limit that was reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LimitHit {
    /// Which limit.
    pub code: ReasonCode,
    /// The limit's value.
    pub value: u64,
    /// To which item.
    pub subject: String,
    /// What was therefore not done.
    pub effect: String,
}
