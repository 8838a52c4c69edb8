//! What was refused or remarked while a pack was opened, kept within bounds.

use super::fault::Fault;
use super::limits::Limits;
use super::reader::refusal;
use crate::pack::Refusal;
use crate::reason::ReasonCode;
use crate::report::{Finding, LimitHit};
use crate::told::Told;

/// The notes of one opening. Of each code only the first ones are kept in full.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    /// What is not used.
    pub(crate) refusals: Vec<Refusal>,
    /// What should be seen.
    pub(crate) findings: Vec<Finding>,
    /// Limits that were met.
    pub(crate) limits: Vec<LimitHit>,
    told: Told,
}

impl Notes {
    /// One item is not used.
    pub(crate) fn refuse(&mut self, limits: &Limits, subject: &str, fault: &Fault) {
        if !self.told.keeps(fault.code, limits.findings) {
            return;
        }
        self.limits.extend(limits.hit(fault.code, subject, "not used"));
        self.refusals.push(refusal(subject, fault));
    }

    /// One remark.
    pub(crate) fn remark(&mut self, limits: &Limits, code: ReasonCode, subject: &str, detail: impl Into<String>) {
        if self.told.keeps(code, limits.findings) {
            self.findings.push(Finding::new(code, subject, detail));
        }
    }

    /// Says how many of each code there were where not all were kept.
    pub(crate) fn finish(&mut self, limits: &Limits, subject: &str) {
        let told = std::mem::take(&mut self.told);
        self.findings.extend(told.truncated(limits.findings, subject));
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
