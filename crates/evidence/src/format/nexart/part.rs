//! What a part says beside its records: nodes, keys, population, and the two lists of what is shown and what is not.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::judgement::Grade;
use super::keyset::KeySet;
use super::trust::KeyUse;
use crate::check::{CheckId, Outcome};
use crate::reason::ReasonCode;
use crate::report::{
    Ecosystem, Finding, KeyOrigin, KeySeen, KeyState, Manifest, Record, Source, Statement, StatementKey,
};
use crate::signature::PublicKey;
use crate::tally::RunTally;
use crate::verdict::Verdict;

/// Nodes shown at most; more cards than anybody reads.
const NODES: usize = 100;

/// Files that travel beside the records.
#[derive(Debug, Default)]
pub(super) struct Companions {
    nodes: Vec<Value>,
    key_sets: Vec<Source>,
}

impl Companions {
    /// A node's key set, as the node metadata card shows it: every word a claim.
    pub(super) fn node(&mut self, source: Source, set: &KeySet) {
        let path = source.path.clone();
        self.key_sets.push(source);
        if self.nodes.len() >= NODES {
            return;
        }
        let keys: Vec<Value> = set
            .entries
            .iter()
            .map(|entry| {
                json!({
                    "keyId": entry.kid,
                    "fingerprint": entry.key.as_ref().map(|key| key.fingerprint().to_hex()),
                    "status": entry.status,
                    "revoked": entry.revoked,
                    "validFrom": entry.valid_from,
                    "validTo": entry.valid_to,
                })
            })
            .collect();
        self.nodes.push(json!({
            "path": path,
            "nodeId": set.node_id,
            "operator": set.operator,
            "activeKid": set.active_kid,
            "protocolVersion": set.protocol_version,
            "keys": keys,
        }));
    }

    /// Whether there is any.
    pub(super) fn any(&self) -> bool {
        !self.nodes.is_empty()
    }

    /// The node metadata, and where the key sets lie.
    pub(super) fn into_parts(self) -> (Vec<Value>, Vec<Source>) {
        (self.nodes, self.key_sets)
    }
}

/// Whether a check covers an artifact of this role.
pub(super) fn is_covered(role: &str) -> bool {
    matches!(
        role,
        "nexart.cer" | "nexart.package" | "nexart.lookup" | "nexart.project" | "nexart.steps" | "nexart.receipt"
    )
}

/// The grade that a word names.
pub(super) fn grade_named(word: &str) -> Option<Grade> {
    [
        Grade::Sealed,
        Grade::VerifiedSupplemental,
        Grade::Verified,
        Grade::Incomplete,
        Grade::Failed,
        Grade::NotFound,
    ]
    .into_iter()
    .find(|grade| grade.as_str() == word)
}

/// The pack's grade with the findings that fail it (9.3); entries of one name (`doubled`) are the container's finding.
/// A record that is missing has a grade of its own.
pub(super) fn with_findings(grade: Option<Grade>, findings: &[Finding], doubled: bool) -> Option<Grade> {
    let fails = |finding: &Finding| {
        matches!(
            finding.code,
            ReasonCode::ManifestCountMismatch | ReasonCode::SnapshotContradicted | ReasonCode::KeyConflictsWithPinned
        )
    };
    if doubled || findings.iter().any(fails) {
        Some(Grade::Failed)
    } else {
        grade
    }
}

/// The format's name in the report.
pub(super) fn format_id(records: u64, has_manifest: bool) -> &'static str {
    if records == 1 && !has_manifest {
        "nexart.record"
    } else {
        "nexart.evidence-pack"
    }
}

/// What was seen that says so.
pub(super) fn because(records: u64) -> String {
    match records {
        0 => "companion files of NexArt records".to_owned(),
        1 => "1 record with a NexArt bundleType and certificateHash".to_owned(),
        records => format!("{records} records with a NexArt bundleType and certificateHash"),
    }
}

/// One manifest's population: what it says to hold beside what is there.
pub(super) fn population(manifest: &Manifest) -> Value {
    let scope = manifest
        .claims
        .iter()
        .find(|(name, _)| name == "exportScope")
        .map(|(_, scope)| scope);
    json!({
        "of": manifest.path,
        "declaredScope": scope,
        "declared": manifest.declared,
        "listed": manifest.listed,
        "found": manifest.found,
    })
}

/// How many signatures a key made, and from when to when as they state it.
#[derive(Debug, Default)]
pub(super) struct Signed {
    pub(super) count: u64,
    pub(super) first: Option<String>,
    pub(super) last: Option<String>,
}

impl Signed {
    /// One more.
    pub(super) fn add(&mut self, time: Option<String>) {
        self.count += 1;
        let Some(time) = time else { return };
        if self.first.as_ref().is_none_or(|first| time < *first) {
            self.first = Some(time.clone());
        }
        if self.last.as_ref().is_none_or(|last| time > *last) {
            self.last = Some(time);
        }
    }
}

/// A key that mattered, for the report.
pub(super) fn key_seen(used: KeyUse, signed: Signed) -> KeySeen {
    let raw: Option<[u8; 32]> = used
        .public_key
        .as_deref()
        .and_then(|hex| data_encoding::HEXLOWER.decode(hex.as_bytes()).ok())
        .and_then(|bytes| bytes.try_into().ok());
    let fingerprint = raw
        .and_then(|raw| PublicKey::from_bytes(&raw).ok())
        .map(|key| key.fingerprint().to_hex());
    KeySeen {
        key_id: used.kid,
        fingerprint,
        public_key: used.public_key,
        origin: if used.confirmed.is_some() {
            KeyOrigin::KeyBook
        } else {
            KeyOrigin::Pack
        },
        state: used.state.unwrap_or(KeyState::NotAtHand),
        ecosystem: Ecosystem::NexArt,
        signs_for: used.node_id,
        source: used.source,
        status: used.status,
        valid_from: used.valid_from,
        valid_to: used.valid_to,
        confirmed: used.confirmed,
        signatures: signed.count,
        first_signed: signed.first,
        last_signed: signed.last,
    }
}

/// What the records together show and do not show.
#[derive(Debug, Default)]
pub(super) struct Shown {
    unchanged: u64,
    changed: u64,
    confirmed: BTreeMap<String, u64>,
    supplied: u64,
    nobody: u64,
    hash_only: bool,
    hidden: bool,
    governed: bool,
}

impl Shown {
    /// A record passes by.
    pub(super) fn record(&mut self, record: &Record) {
        let outcome = |id| {
            record
                .checks
                .iter()
                .find(|check| check.id == id)
                .map(|check| check.outcome)
        };
        match outcome(CheckId::BundleIntegrity) {
            Some(Outcome::Pass) => self.unchanged += 1,
            Some(Outcome::Fail(_)) => self.changed += 1,
            Some(Outcome::Undetermined(_) | Outcome::Skipped(_)) | None => {}
        }
        let signed = [outcome(CheckId::NodeSignature), outcome(CheckId::VerificationEnvelope)];
        if record.verdict == Verdict::Verified && signed.contains(&Some(Outcome::Pass)) {
            let label = record
                .fields
                .get("nodeId")
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned();
            *self.confirmed.entry(label).or_insert(0) += 1;
        }
        self.supplied += u64::from(signed.contains(&Some(Outcome::Undetermined(ReasonCode::KeyNotConfirmed))));
        self.nobody += u64::from(signed.contains(&Some(Outcome::Undetermined(ReasonCode::NotAttested))));
        self.hash_only |= record.notes.contains(&ReasonCode::HashOnly);
        self.hidden |= record.notes.contains(&ReasonCode::RedactedContent)
            || record.notes.contains(&ReasonCode::ConfidentialFields);
        self.governed |= record.fields.get("surface").and_then(Value::as_str) == Some("governed");
    }

    /// The two lists.
    pub(super) fn finish(
        self,
        tally: &RunTally,
        has_manifest: bool,
        companions: bool,
    ) -> (Vec<Statement>, Vec<Statement>) {
        let mut shows = Vec::new();
        if self.unchanged > 0 {
            shows.push(Statement::of(StatementKey::RecordsUnchanged).with("count", self.unchanged));
        }
        if self.changed > 0 {
            shows.push(Statement::of(StatementKey::RecordsChanged).with("count", self.changed));
        }
        for (node, count) in self.confirmed.iter().take(3) {
            shows.push(
                Statement::of(StatementKey::SignedByConfirmedKey)
                    .with("count", count)
                    .with("keyLabel", node),
            );
        }
        if self.supplied > 0 {
            shows.push(Statement::of(StatementKey::SignatureFitsSuppliedKey).with("count", self.supplied));
        }
        let complete = tally
            .questions()
            .get(&crate::check::Question::Complete)
            .map(|rolled| rolled.outcome);
        if has_manifest && complete == Some(Outcome::Pass) {
            shows.push(Statement::of(StatementKey::ListedRecordsPresent).with("count", tally.counts.records));
        }
        let not = [
            (self.changed > 0, StatementKey::WhoChangedWhat),
            (self.supplied + self.nobody > 0, StatementKey::WhoSigned),
            (true, StatementKey::EventsTrue),
            (true, StatementKey::NothingOmittedBeforeSigning),
            (!self.confirmed.is_empty(), StatementKey::SignerEntitled),
            (true, StatementKey::TimesIndependent),
            (true, StatementKey::UnsealedFields),
            (has_manifest || companions, StatementKey::UnsignedCompanions),
            (self.hash_only, StatementKey::HashOnlyContent),
            (self.hidden, StatementKey::HiddenContent),
            (self.governed, StatementKey::StatePreimage),
        ];
        let not = not
            .into_iter()
            .filter(|(applies, _)| *applies)
            .map(|(_, key)| Statement::of(key))
            .collect();
        (shows, not)
    }
}
