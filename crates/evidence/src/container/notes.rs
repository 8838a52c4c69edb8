//! What was refused or remarked while a pack was opened, kept within bounds.

use std::collections::BTreeMap;

use super::fault::Fault;
use super::limits::Limits;
use crate::pack::Refusal;
use crate::reason::ReasonCode;
use crate::report::{Finding, LimitHit};

/// The notes of one opening. Of each code only the first ones are kept in full.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    /// What is not used.
    pub(crate) refusals: Vec<Refusal>,
    /// What should be seen.
    pub(crate) findings: Vec<Finding>,
    /// Limits that were met.
    pub(crate) limits: Vec<LimitHit>,
    counts: BTreeMap<ReasonCode, u64>,
}

impl Notes {
    /// One item is not used.
    pub(crate) fn refuse(&mut self, limits: &Limits, subject: &str, fault: &Fault) {
        if !self.counts_in(limits, fault.code) {
            return;
        }
        self.limits.extend(limits.hit(fault.code, subject, "not used"));
        self.refusals.push(Refusal {
            code: fault.code,
            subject: subject.to_owned(),
            detail: fault.detail.clone(),
        });
    }

    /// One remark.
    pub(crate) fn remark(&mut self, limits: &Limits, code: ReasonCode, subject: &str, detail: impl Into<String>) {
        if self.counts_in(limits, code) {
            self.findings.push(Finding::new(code, subject, detail));
        }
    }

    /// Counts `code`, and says whether this one is still kept in full.
    fn counts_in(&mut self, limits: &Limits, code: ReasonCode) -> bool {
        let count = self.counts.entry(code).or_default();
        *count = count.saturating_add(1);
        *count <= limits.findings
    }

    /// Says how many of each code there were where not all were kept.
    pub(crate) fn finish(&mut self, limits: &Limits, subject: &str) {
        for (code, count) in &self.counts {
            if *count > limits.findings {
                let detail = format!("{code}: {count} in all, the first {} are listed", limits.findings);
                self.findings
                    .push(Finding::new(ReasonCode::FindingsTruncated, subject, detail));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_listed_is_counted() {
        let limits = Limits {
            findings: 2,
            ..Limits::default()
        };
        let mut notes = Notes::default();
        for _ in 0..5 {
            notes.refuse(&limits, "a", &Fault::new(ReasonCode::ZipSymlink, ""));
        }
        notes.finish(&limits, "pack.zip");
        assert_eq!(notes.refusals.len(), 2);
        assert_eq!(
            notes.findings[0].detail,
            "ZIP_SYMLINK: 5 in all, the first 2 are listed"
        );
    }

    #[test]
    fn a_limit_is_told_apart() {
        let mut notes = Notes::default();
        notes.refuse(&Limits::default(), "a", &Fault::new(ReasonCode::LimitEntrySize, ""));
        assert_eq!(notes.limits.len(), 1);
    }
}
