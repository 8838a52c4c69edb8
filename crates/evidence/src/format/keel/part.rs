//! A part of the report: one export, checkpoint or bundle, verified as if alone.

use std::collections::BTreeMap;

use super::native::native;
use super::output::Output;
use super::record::Inherited;
use crate::check::{Check, CheckId, Outcome};
use crate::reason::ReasonCode;
use crate::report::{Finding, Format, KeySeen, KeyState, Manifest as Listed, Part, Statement, StatementKey};
use crate::run::Stopped;
use crate::verdict::verdict;

/// What a part is made of.
#[derive(Default)]
pub(super) struct Made {
    /// Format id and what was seen that says so.
    pub(super) format: (&'static str, String),
    /// Its main artifact.
    pub(super) subject: String,
    pub(super) checks: Vec<Check>,
    /// Reservations.
    pub(super) warnings: Vec<Finding>,
    /// Remarks.
    pub(super) findings: Vec<Finding>,
    pub(super) keys: Vec<KeySeen>,
    pub(super) manifests: Vec<Listed>,
    pub(super) population: Vec<serde_json::Value>,
    /// Whether a chain was walked.
    pub(super) walked: bool,
    /// The first failure of the walk: the chain's one native code, however many entries fail.
    pub(super) broken: Option<ReasonCode>,
    /// How many of the first checks are the envelope: where it fails, what lies deeper is information.
    pub(super) envelope: usize,
}

impl Made {
    /// Reservations about what is there and not evaluated: one whose issuer requires it leaves the part undecided.
    pub(super) fn not_evaluated(&mut self, subject: &str, what: &str, required: bool) {
        let code = ReasonCode::NotEvaluated;
        if required {
            let check = Check::new(CheckId::Siblings, subject, Outcome::Undetermined(code)).detail("declared", what);
            self.checks.push(check);
        }
        self.warnings.push(Finding::new(code, subject, what));
    }

    /// What the rows take from the envelope.
    pub(super) fn inherited(&self) -> Inherited {
        match self.checks.as_slice() {
            [hash, signature, ..] => Inherited::from(hash, signature),
            [] | [_] => Inherited::undecided(),
        }
    }

    /// What is to be said of every signed label, and of every chain.
    fn standing(&self) -> Vec<ReasonCode> {
        let labels = (!self.manifests.is_empty()).then_some(ReasonCode::UnsignedFieldNotAttested);
        let payloads = self.walked.then_some(ReasonCode::PayloadNotInRecordHash);
        labels.into_iter().chain(payloads).collect()
    }

    /// The part, with its checks counted.
    pub(super) fn finish(self, output: &mut Output<'_, '_>) -> Result<Part, Stopped> {
        for check in &self.checks {
            output.check(check);
        }
        let tally = &output.tally;
        let rolled = tally.all();
        let native = native(
            &self.checks,
            self.envelope,
            self.broken,
            &self.warnings,
            &self.standing(),
        );
        let (proves, does_not_prove) = shown(&self, tally.counts.records);
        let mut findings = self.warnings;
        findings.extend(self.findings);
        Ok(Part {
            format: Format {
                id: self.format.0.to_owned(),
                because: self.format.1,
            },
            subject: self.subject,
            verdict: verdict(&rolled),
            native,
            questions: tally.questions(),
            reason_codes: rolled.reasons,
            counts: tally.counts.clone(),
            checks: self.checks,
            keys: merged(self.keys),
            manifests: self.manifests,
            node_metadata: Vec::new(),
            key_sets: Vec::new(),
            snapshot_comparison: Vec::new(),
            population: self.population,
            findings,
            proves,
            does_not_prove,
        })
    }
}

/// Keys once each, with the number of their signatures.
fn merged(keys: Vec<KeySeen>) -> Vec<KeySeen> {
    let mut merged: Vec<KeySeen> = Vec::new();
    for key in keys {
        let same = merged
            .iter_mut()
            .find(|other| other.public_key == key.public_key && other.key_id == key.key_id && other.state == key.state);
        match same {
            Some(other) => {
                other.signatures = other.signatures.saturating_add(key.signatures);
                other.first_signed = other.first_signed.take().into_iter().chain(key.first_signed).min();
                other.last_signed = other.last_signed.take().into_iter().chain(key.last_signed).max();
            }
            None => merged.push(key),
        }
    }
    merged
}

/// What the part shows, and what it does not show.
fn shown(made: &Made, records: u64) -> (Vec<Statement>, Vec<Statement>) {
    let mut outcomes: BTreeMap<CheckId, Outcome> = BTreeMap::new();
    for check in &made.checks {
        outcomes.entry(check.id).or_insert(check.outcome);
    }
    let outcome = |id: CheckId| outcomes.get(&id).copied();
    let signed = [CheckId::Signature, CheckId::CheckpointSignature]
        .into_iter()
        .find_map(outcome);
    let hash = outcome(CheckId::ContentHash);
    let label = made.keys.iter().find(|key| key.state == KeyState::Confirmed);
    let label = label.and_then(|key| key.key_id.clone().or_else(|| key.fingerprint.clone()));
    let mut proves = Vec::new();
    if hash == Some(Outcome::Pass) {
        proves.push(Statement::of(StatementKey::BytesSigned).with("count", records));
    }
    if hash == Some(Outcome::Pass) && signed == Some(Outcome::Pass) {
        let statement = Statement::of(StatementKey::SignedByConfirmedKey).with("count", records);
        proves.push(statement.with("keyLabel", label.unwrap_or_default()));
    }
    let self_asserted = signed == Some(Outcome::Undetermined(ReasonCode::KeyNotConfirmed));
    if self_asserted {
        proves.push(Statement::of(StatementKey::SignatureFitsSuppliedKey).with("count", records));
    }
    let changed = matches!(hash, Some(Outcome::Fail(_)));
    let confirmed = signed == Some(Outcome::Pass);
    let not = [
        (changed, StatementKey::WhoChangedWhat),
        (!confirmed, StatementKey::WhoSigned),
        (!made.manifests.is_empty(), StatementKey::ManifestLabels),
        (made.walked, StatementKey::PayloadNotInRecordHash),
        (true, StatementKey::EventsTrue),
        (true, StatementKey::NothingOmittedBeforeSigning),
        (made.walked, StatementKey::TailComplete),
        (confirmed, StatementKey::SignerEntitled),
        (true, StatementKey::TimesIndependent),
    ];
    let not = not
        .into_iter()
        .filter(|(applies, _)| *applies)
        .map(|(_, key)| Statement::of(key));
    (proves, not.collect())
}
