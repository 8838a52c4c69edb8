//! What the closures of a bundle came to.

use std::collections::{BTreeMap, HashSet};

use super::super::chain::{Seat, absent};
use super::read::Closure;
use crate::check::{Check, CheckId, Outcome};
use crate::reason::ReasonCode;
use crate::report::Finding;
use crate::told::Told;

/// What the closures of a bundle came to.
#[derive(Debug)]
pub(in super::super) struct ClosuresResult {
    /// How many there are.
    pub(in super::super) closures: u64,
    /// Every failure in file order; the first 10,000 of each code.
    pub(in super::super) failures: Vec<ClosureFailure>,
    /// How many failures there are of each code.
    pub(in super::super) counts: BTreeMap<ReasonCode, u64>,
    /// `closureSignatures` and `closureDigests`.
    pub(in super::super) checks: Vec<Check>,
    /// Warnings; the first 10,000 of each code.
    pub(in super::super) warnings: Vec<Finding>,
    /// Ids of permits with decision allow that have no closure; the first 10,000.
    pub(in super::super) allowed_without_closure: Vec<String>,
    /// How many such permits there are.
    pub(in super::super) allowed_without_closure_count: u64,
}

/// One closure that fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct ClosureFailure {
    /// Which rule.
    pub(in super::super) code: ReasonCode,
    /// Where it stands.
    pub(in super::super) seat: Seat,
    /// Its permit.
    pub(in super::super) permit_id: String,
    /// What exactly was seen.
    pub(in super::super) detail: String,
}

/// How many of each are kept.
const KEPT: u64 = 10_000;

/// The results as they come.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    pub(super) warnings: Vec<Finding>,
    /// The permits that have a closure.
    pub(super) closed: HashSet<u32>,
    /// Digests that agree.
    pub(super) compared: u64,
    closures: u64,
    failures: Vec<ClosureFailure>,
    counts: BTreeMap<ReasonCode, u64>,
    told: Told,
    /// What left a signature undetermined, first one first.
    undetermined: Vec<ReasonCode>,
    without: Vec<String>,
    without_count: u64,
}

impl Gathered {
    /// Notes how the signature of one more closure ended.
    pub(super) fn signature(&mut self, seat: Seat, closure: &Closure, permit: &str) {
        self.closures = self.closures.saturating_add(1);
        match closure.signature {
            Outcome::Pass | Outcome::Skipped(_) => {}
            Outcome::Undetermined(code) => {
                if !self.undetermined.contains(&code) {
                    self.undetermined.push(code);
                }
                self.warn(code, permit, closure.fault.as_deref().unwrap_or_default());
            }
            Outcome::Fail(code) => self.fail(ClosureFailure {
                code,
                seat,
                permit_id: permit.to_owned(),
                detail: closure.fault.clone().unwrap_or_default(),
            }),
        }
    }

    pub(super) fn fail(&mut self, failure: ClosureFailure) {
        let count = self.counts.entry(failure.code).or_default();
        *count = count.saturating_add(1);
        if *count <= KEPT {
            self.failures.push(failure);
        }
    }

    pub(super) fn warn(&mut self, code: ReasonCode, permit: &str, detail: &str) {
        if self.told.keeps(code, KEPT) {
            self.warnings.push(Finding::new(code, permit, detail));
        }
    }

    pub(super) fn without_closure(&mut self, permit: &str) {
        self.without_count = self.without_count.saturating_add(1);
        if self.without_count <= KEPT {
            self.without.push(permit.to_owned());
        }
    }

    pub(super) fn finish(mut self, subject: &str, required: bool) -> ClosuresResult {
        let checks = vec![self.signatures(subject, required), self.digests(subject, required)];
        self.warnings
            .extend(std::mem::take(&mut self.told).truncated(KEPT, subject));
        ClosuresResult {
            closures: self.closures,
            failures: self.failures,
            counts: self.counts,
            checks,
            warnings: self.warnings,
            allowed_without_closure: self.without,
            allowed_without_closure_count: self.without_count,
        }
    }

    fn signatures(&self, subject: &str, required: bool) -> Check {
        let code = ReasonCode::WalkClosureSignatureInvalid;
        let failed = self.counts.contains_key(&code);
        let outcome = match self.undetermined.first() {
            _ if self.closures == 0 => absent(ReasonCode::ClosureNoEvaluableSubjects, required),
            _ if failed => Outcome::Fail(code),
            Some(code) => Outcome::Undetermined(*code),
            None => Outcome::Pass,
        };
        let mut check =
            Check::new(CheckId::ClosureSignatures, subject, outcome).detail("closures", self.closures.to_string());
        let rest = self.undetermined.iter().copied();
        check.also = rest.filter(|code| outcome.reason() != Some(*code)).collect();
        if self.undetermined.contains(&ReasonCode::KeyNotFound) {
            check.also.push(code);
        }
        check
    }

    fn digests(&self, subject: &str, required: bool) -> Check {
        let mut reasons: Vec<ReasonCode> = Vec::new();
        for failure in &self.failures {
            if failure.code != ReasonCode::WalkClosureSignatureInvalid && !reasons.contains(&failure.code) {
                reasons.push(failure.code);
            }
        }
        let unknown = ReasonCode::WalkUnknownClosureFormat;
        let outcome = if self.closures == 0 {
            absent(ReasonCode::ClosureNoEvaluableSubjects, required)
        } else if !reasons.is_empty() {
            Outcome::Fail(reasons.remove(0))
        } else if self.undetermined.contains(&unknown) {
            Outcome::Undetermined(unknown)
        } else {
            Outcome::Pass
        };
        let mut check =
            Check::new(CheckId::ClosureDigests, subject, outcome).detail("digestsCompared", self.compared.to_string());
        check.also = reasons;
        check
    }
}
