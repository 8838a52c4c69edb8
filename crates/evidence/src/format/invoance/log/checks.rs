//! From the spec's results to the product's checks, and to the spec's own roll-up (`specs/invoance.md` 9, `design.md` 2).

use std::collections::BTreeMap;

use super::completeness::{self, Completeness, Files, Word};
use super::hand_over::{Proofs, Rows};
use super::remarks::Remarks;
use super::scope::Stated;
use super::sequence::Figures;
use super::statement::Statement;
use crate::check::{Check, CheckId, Outcome};
use crate::format::invoance::keys::Level;
use crate::reason::ReasonCode;

/// One organisation with what its sequence comes to.
pub(super) struct Organisation<'s> {
    pub(super) id: std::sync::Arc<str>,
    pub(super) figures: Figures,
    pub(super) stated: Stated,
    /// The statement that it is compared with.
    pub(super) statement: Option<&'s Statement>,
    pub(super) completeness: Completeness,
}

/// Everything that the roll-up looks at.
pub(super) struct Whole<'w> {
    /// The main artifact's path, or empty.
    pub(super) subject: &'w str,
    pub(super) rows: &'w Rows,
    pub(super) proofs: &'w Proofs,
    pub(super) organisations: &'w [Organisation<'w>],
    pub(super) remarks: &'w Remarks,
    pub(super) files: Files,
    pub(super) level: Level,
}

/// What forbids a PASS although every check passed.
const RESERVATIONS: [ReasonCode; 3] = [
    ReasonCode::ServerVerdictDisagrees,
    ReasonCode::UnsupportedEncoding,
    ReasonCode::DuplicateKeyInWrapper,
];

impl Whole<'_> {
    fn has_conflict(&self) -> bool {
        self.organisations
            .iter()
            .any(|organisation| organisation.figures.has_conflict())
    }

    /// Whether there is a log at all, or other proofs alone.
    pub(super) fn is_log(&self) -> bool {
        self.rows.count > 0 || self.proofs.count == 0
    }

    /// The spec's own result for each of its three checks.
    pub(super) fn words(&self) -> [(CheckId, Word); 3] {
        let integrity = match self.rows.count {
            0 => Word::NotEvaluable,
            count if self.rows.valid < count || self.has_conflict() => Word::Fail,
            _ => Word::Pass,
        };
        let completeness = self
            .organisations
            .iter()
            .map(|organisation| organisation.completeness.word);
        let completeness = match completeness.min() {
            Some(Word::Pass) if self.files.unread.is_some() => Word::Warn,
            Some(word) => word,
            None => Word::NotEvaluable,
        };
        let portability = match self.level {
            Level::Pinned => Word::Pass,
            Level::PackKey | Level::Embedded => Word::Warn,
            Level::Mismatch => Word::Fail,
            Level::None => Word::NotEvaluable,
        };
        [
            (CheckId::Integrity, integrity),
            (CheckId::Completeness, completeness),
            (CheckId::Portability, portability),
        ]
    }

    /// The spec's overall result; other proofs count as they are.
    pub(super) fn overall(&self) -> Word {
        let mut words: Vec<Word> = Vec::new();
        if self.is_log() {
            let checks = self.words().map(|(_, word)| word);
            let all_pass = checks.iter().all(|word| *word == Word::Pass);
            words.push(
                match all_pass && !RESERVATIONS.iter().any(|code| self.remarks.has(*code)) {
                    _ if checks.contains(&Word::Fail) => Word::Fail,
                    true => Word::Pass,
                    false => Word::Warn,
                },
            );
        }
        words.extend(self.proofs.words.iter().map(|word| match word.as_str() {
            "PASS" => Word::Pass,
            "FAIL" => Word::Fail,
            _ => Word::Warn,
        }));
        words.into_iter().min().unwrap_or(Word::Warn)
    }

    /// The spec's words by the names of its checks.
    pub(super) fn native_checks(&self) -> BTreeMap<crate::report::Word, crate::report::Word> {
        if !self.is_log() {
            return BTreeMap::new();
        }
        let words = self.words().into_iter();
        words
            .map(|(id, word)| (id.as_str().into(), word.as_str().into()))
            .collect()
    }

    /// The product's checks of the log as a whole.
    pub(super) fn checks(&self) -> Vec<Check> {
        if !self.is_log() {
            return Vec::new();
        }
        let mut checks = vec![self.integrity()];
        checks.extend(self.reservations());
        checks.push(self.portability());
        checks.extend(self.completeness());
        checks
    }

    fn integrity(&self) -> Check {
        let Rows {
            count, valid, failed, ..
        } = self.rows;
        let conflict = self.has_conflict().then_some(ReasonCode::Conflict);
        let proven = || self.rows.proven.iter().copied().chain(conflict);
        let check = if *count == 0 {
            Check::new(CheckId::Integrity, self.subject, Outcome::Skipped(self.nothing()))
        } else if *failed > 0 || conflict.is_some() {
            let reasons: Vec<ReasonCode> = proven().chain(self.rows.undecided.iter().copied()).collect();
            ended(CheckId::Integrity, self.subject, Outcome::Fail, &reasons)
        } else if valid < count {
            let reasons: Vec<ReasonCode> = self.rows.undecided.iter().copied().collect();
            ended(CheckId::Integrity, self.subject, Outcome::Undetermined, &reasons)
        } else {
            Check::new(CheckId::Integrity, self.subject, Outcome::Pass)
        };
        check
            .detail("rows", count.to_string())
            .detail("rowsThatVerify", valid.to_string())
    }

    /// Why there is nothing to verify.
    fn nothing(&self) -> ReasonCode {
        let why = [
            ReasonCode::UnsupportedEncoding,
            ReasonCode::CsvNotVerifiable,
            ReasonCode::EmptyFile,
        ];
        why.into_iter()
            .find(|code| self.remarks.has(*code))
            .unwrap_or(ReasonCode::NotPresent)
    }

    fn reservations(&self) -> impl Iterator<Item = Check> {
        let of = |code: ReasonCode| {
            let subject = self.remarks.subjects(code).next().filter(|_| self.rows.count > 0)?;
            Some(Check::new(CheckId::Integrity, subject, Outcome::Undetermined(code)))
        };
        RESERVATIONS.into_iter().filter_map(of)
    }

    fn portability(&self) -> Check {
        let subject = self.subject;
        let of = |outcome| Check::new(CheckId::Portability, subject, outcome);
        let check = match (self.level, &self.rows.other_key) {
            (Level::Pinned, _) => of(Outcome::Pass),
            (Level::Mismatch, Some(signer)) => Check {
                id: CheckId::Portability,
                subject: subject.to_owned(),
                ..signer.clone()
            },
            (Level::Mismatch, None) => of(Outcome::Fail(ReasonCode::KeyMismatch)),
            (Level::PackKey | Level::Embedded, _) if self.no_key() => {
                let mut check = of(Outcome::Undetermined(ReasonCode::KeyNotFound));
                check.also.push(ReasonCode::NoPublicKey);
                check
            }
            (Level::PackKey | Level::Embedded, _) => of(Outcome::Undetermined(ReasonCode::KeyNotConfirmed)),
            (Level::None, _) => of(Outcome::Skipped(self.nothing())),
        };
        check.detail("keyTrust", self.level.as_str())
    }

    /// No row could be held against any key.
    fn no_key(&self) -> bool {
        let lone = |reasons: &std::collections::BTreeSet<ReasonCode>| reasons.iter().eq([&ReasonCode::NoPublicKey]);
        self.rows.valid == 0 && self.rows.proven.is_empty() && lone(&self.rows.undecided)
    }

    fn completeness(&self) -> Vec<Check> {
        if self.organisations.is_empty() {
            let outcome = Outcome::Skipped(self.nothing());
            return vec![Check::new(CheckId::Completeness, self.subject, outcome)];
        }
        let check = |organisation: &Organisation<'_>| {
            let Organisation {
                figures,
                stated,
                completeness,
                ..
            } = organisation;
            let (outcome, also) = completeness::outcome(*completeness, figures, self.files, *stated);
            let mut check = Check::new(CheckId::Completeness, &*organisation.id, outcome);
            check.also.extend(also);
            check
                .expected(Some(figures.expected().to_string()))
                .found(Some(figures.count.to_string()))
                .detail("completeness", completeness.result.as_str())
        };
        self.organisations.iter().map(check).collect()
    }
}

fn ended(id: CheckId, subject: &str, outcome: fn(ReasonCode) -> Outcome, reasons: &[ReasonCode]) -> Check {
    let (first, rest) = reasons.split_first().unwrap_or((&ReasonCode::NotEvaluated, &[]));
    let mut check = Check::new(id, subject, outcome(*first));
    check.also = rest.to_vec();
    check
}
