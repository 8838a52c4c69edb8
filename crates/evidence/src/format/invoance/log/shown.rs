//! The two lists: what the records together show, and what they do not.

use super::checks::Organisation;
use super::completeness::Word;
use crate::check::{CheckId, Outcome};
use crate::reason::ReasonCode;
use crate::report::{Record, Statement, StatementKey};
use crate::run::Scope;

/// Organisations of which a sentence of their own is said.
const NAMED: usize = 3;

/// What passes by, counted.
#[derive(Debug, Default)]
pub(super) struct Shown {
    unchanged: u64,
    changed: u64,
    confirmed: u64,
    supplied: u64,
    nobody: u64,
}

impl Shown {
    /// A record passes by.
    pub(super) fn record(&mut self, record: &Record) {
        for check in &record.checks {
            match (check.id, check.outcome) {
                (CheckId::PayloadHash, Outcome::Pass) => self.unchanged += 1,
                (CheckId::PayloadHash, Outcome::Fail(_)) => self.changed += 1,
                (CheckId::Signature, Outcome::Pass) => self.confirmed += 1,
                (CheckId::Signature, Outcome::Undetermined(ReasonCode::KeyNotConfirmed)) => self.supplied += 1,
                (CheckId::Signature, _) => self.nobody += 1,
                _ => {}
            }
        }
    }

    /// The two lists.
    pub(super) fn finish(
        &self,
        organisations: &[Organisation<'_>],
        key: Option<&str>,
        companions: bool,
    ) -> (Vec<Statement>, Vec<Statement>) {
        (
            self.shows(organisations, key),
            self.shows_not(organisations, companions),
        )
    }

    fn shows(&self, organisations: &[Organisation<'_>], key: Option<&str>) -> Vec<Statement> {
        let counted = [
            (self.unchanged, StatementKey::RecordsUnchanged),
            (self.changed, StatementKey::RecordsChanged),
            (self.supplied, StatementKey::SignatureFitsSuppliedKey),
        ];
        let counted = counted.into_iter().filter(|(count, _)| *count > 0);
        let mut shows: Vec<Statement> = counted
            .map(|(count, key)| Statement::of(key).with("count", count))
            .collect();
        if self.confirmed > 0 {
            let mut signed = Statement::of(StatementKey::SignedByConfirmedKey).with("count", self.confirmed);
            if let Some(key) = key {
                signed = signed.with("keyLabel", key);
            }
            shows.push(signed);
        }
        let whole = organisations.iter().filter(|organisation| {
            organisation.completeness.word != Word::NotEvaluable && organisation.figures.is_contiguous()
        });
        for organisation in whole.take(NAMED) {
            if let (Some(first), Some(last)) = (organisation.figures.first_seq, organisation.figures.last_seq) {
                let sentence = Statement::of(StatementKey::NumbersContiguous);
                shows.push(
                    sentence
                        .with("org", &organisation.id)
                        .with("first", first)
                        .with("last", last),
                );
            }
        }
        shows
    }

    fn shows_not(&self, organisations: &[Organisation<'_>], companions: bool) -> Vec<Statement> {
        let filtered = organisations
            .iter()
            .any(|organisation| organisation.stated.scope == Scope::Filtered);
        let not = [
            (self.changed > 0, StatementKey::WhoChangedWhat),
            (self.supplied + self.nobody > 0, StatementKey::WhoSigned),
            (true, StatementKey::EventsTrue),
            (true, StatementKey::NothingOmittedBeforeSigning),
            (!organisations.is_empty(), StatementKey::TailComplete),
            (filtered, StatementKey::FilteredOut),
            (self.confirmed > 0, StatementKey::SignerEntitled),
            (true, StatementKey::TimesIndependent),
            (true, StatementKey::UnsealedFields),
            (companions, StatementKey::UnsignedCompanions),
        ];
        let not = not.into_iter().filter(|(applies, _)| *applies);
        not.map(|(_, key)| Statement::of(key)).collect()
    }
}
