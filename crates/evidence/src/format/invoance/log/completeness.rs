//! Whether an organisation's log is complete: the ordered table of `specs/invoance.md` 7.2, first row that applies.

use super::scope::{Stated, StatedBy};
use super::sequence::Figures;
use super::statement::Statement;
use crate::check::Outcome;
use crate::reason::ReasonCode;
use crate::run::Scope;

/// The spec's words for how a check ended, worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, strum::IntoStaticStr)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum Word {
    Fail,
    Warn,
    NotEvaluable,
    Pass,
}

impl Word {
    pub(super) fn as_str(self) -> &'static str {
        self.into()
    }
}

/// What is known of the files as a whole.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Files {
    /// The last line of a file breaks off.
    pub(super) cut: bool,
    /// The last page names a next one.
    pub(super) more_pages: bool,
    /// Something of the files was not read, for a reason that says nothing about the evidence.
    pub(super) unread: Option<ReasonCode>,
}

/// What the table says of one organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Completeness {
    /// The spec's result.
    pub(super) result: ReasonCode,
    pub(super) word: Word,
    /// What must be said beside it.
    pub(super) limit: Option<ReasonCode>,
}

/// The table. `statement` is about the whole log of this organisation.
///
/// What is missing may stand in what was not read: then it is a warning.
pub(super) fn judge(figures: &Figures, files: Files, stated: Stated, statement: Option<&Statement>) -> Completeness {
    let completeness = by_table(figures, files, stated, statement);
    let is_there = matches!(completeness.result, ReasonCode::Conflict | ReasonCode::FileCut);
    if completeness.word == Word::Fail && files.unread.is_some() && !is_there {
        return Completeness {
            word: Word::Warn,
            ..completeness
        };
    }
    completeness
}

fn by_table(figures: &Figures, files: Files, stated: Stated, statement: Option<&Statement>) -> Completeness {
    use ReasonCode as R;
    let of = |result, word| Completeness {
        result,
        word,
        limit: None,
    };
    let said_last = statement.and_then(|statement| statement.last_seq);
    let says_contiguous = statement.is_some_and(|statement| statement.contiguous == Some(true));
    let open_scope = matches!(stated.scope, Scope::Full | Scope::Unknown);
    if figures.has_conflict() {
        return of(R::Conflict, Word::Fail);
    }
    if stated.scope == Scope::Filtered {
        return of(R::NotEvaluableFiltered, Word::NotEvaluable);
    }
    if files.cut {
        return of(R::FileCut, Word::Fail);
    }
    if open_scope && said_last > figures.last_seq && said_last.is_some() {
        return of(R::TailMissing, Word::Fail);
    }
    if files.more_pages {
        return of(R::PartialPages, Word::Warn);
    }
    if !figures.gaps.is_empty() {
        return gaps(stated.scope, says_contiguous);
    }
    if !figures.unverified.is_empty() {
        return of(R::UnverifiedInSequence, gaps(stated.scope, says_contiguous).word);
    }
    to_statement(figures, statement).unwrap_or_else(|| contiguous(figures, stated.scope))
}

fn gaps(scope: Scope, says_contiguous: bool) -> Completeness {
    let (result, word) = match scope {
        Scope::Full | Scope::SeqRange => (ReasonCode::Gaps, Word::Fail),
        Scope::TimeRange => (ReasonCode::GapsInTimeRange, Word::Warn),
        Scope::Unknown | Scope::Filtered if says_contiguous => (ReasonCode::Gaps, Word::Fail),
        Scope::Unknown | Scope::Filtered => (ReasonCode::GapsUnexplained, Word::Warn),
    };
    Completeness {
        result,
        word,
        limit: None,
    }
}

/// What a statement about the whole log adds to a log without gap.
fn to_statement(figures: &Figures, statement: Option<&Statement>) -> Option<Completeness> {
    let statement = statement?;
    let last_seq = statement.last_seq?;
    let (result, word, limit) = if Some(last_seq) == figures.last_seq && figures.first_seq == Some(1) {
        if statement.is_consistent() {
            (
                ReasonCode::CompleteToStatement,
                Word::Pass,
                Some(ReasonCode::HeadStatementUnsigned),
            )
        } else {
            (ReasonCode::StatementDisagrees, Word::Fail, None)
        }
    } else if Some(last_seq) < figures.last_seq {
        (ReasonCode::StatementOlderThanFile, Word::Warn, None)
    } else {
        return None;
    };
    Some(Completeness { result, word, limit })
}

fn contiguous(figures: &Figures, scope: Scope) -> Completeness {
    let (result, word) = match (figures.first_seq, scope) {
        (Some(1), _) => (ReasonCode::ContiguousFrom1, Word::Pass),
        (_, Scope::SeqRange | Scope::TimeRange) => (ReasonCode::ContiguousRange, Word::Pass),
        (_, Scope::Full | Scope::Filtered | Scope::Unknown) => (ReasonCode::ContiguousRange, Word::Warn),
    };
    Completeness {
        result,
        word,
        limit: Some(ReasonCode::TailNotProvable),
    }
}

/// The product's outcome (`design.md` 2), and a second reason for it. A filter is taken from the auditor alone; what an
/// undecided row or an unread piece of a file leaves open is no proof that something is missing, and no proof that
/// nothing is.
pub(super) fn outcome(
    completeness: Completeness,
    figures: &Figures,
    files: Files,
    stated: Stated,
) -> (Outcome, Option<ReasonCode>) {
    let Completeness { result, word, .. } = completeness;
    let outcome = match word {
        Word::Fail if result == ReasonCode::UnverifiedInSequence && figures.failed == 0 => {
            Outcome::Undetermined(result)
        }
        Word::Fail => Outcome::Fail(result),
        Word::Warn => match files.unread {
            Some(unread) => return (Outcome::Undetermined(unread), Some(result)),
            None => Outcome::Undetermined(result),
        },
        Word::NotEvaluable if stated.by == StatedBy::Auditor => Outcome::Skipped(result),
        Word::NotEvaluable => Outcome::Undetermined(result),
        Word::Pass => files.unread.map_or(Outcome::Pass, Outcome::Undetermined),
    };
    (outcome, None)
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::format::invoance::log::ranges::Ranges;

    fn log(first: i64, last: i64) -> Figures {
        Figures {
            first_seq: Some(first),
            last_seq: Some(last),
            ..Figures::default()
        }
    }

    fn with(numbers: i64) -> Ranges {
        let mut ranges = Ranges::default();
        ranges.push_number(numbers);
        ranges
    }

    fn says(last_seq: i64, count: i64, contiguous: bool) -> Statement {
        Statement {
            path: "integrity.json".to_owned(),
            org: None,
            whole_log: true,
            last_seq: Some(last_seq),
            count: Some(count),
            expected: Some(last_seq),
            contiguous: Some(contiguous),
            shown: Value::Null,
        }
    }

    fn by(scope: Scope) -> Stated {
        Stated {
            scope,
            by: StatedBy::Auditor,
        }
    }

    fn told(figures: &Figures, files: Files, scope: Scope, statement: Option<&Statement>) -> (ReasonCode, Word) {
        let completeness = judge(figures, files, by(scope), statement);
        (completeness.result, completeness.word)
    }

    #[test]
    fn a_log_without_gap_passes_from_1_and_a_piece_of_it_only_where_a_piece_was_asked_for() {
        let none = Files::default();
        assert_eq!(
            told(&log(1, 9), none, Scope::Unknown, None),
            (ReasonCode::ContiguousFrom1, Word::Pass)
        );
        for scope in [Scope::Full, Scope::Unknown] {
            assert_eq!(
                told(&log(2, 9), none, scope, None),
                (ReasonCode::ContiguousRange, Word::Warn)
            );
        }
        for scope in [Scope::SeqRange, Scope::TimeRange] {
            assert_eq!(
                told(&log(2, 9), none, scope, None),
                (ReasonCode::ContiguousRange, Word::Pass)
            );
        }
    }

    #[test]
    fn holes_mean_what_the_scope_makes_of_them() {
        for (figures, fails) in [
            (
                Figures {
                    gaps: with(3),
                    ..log(1, 9)
                },
                ReasonCode::Gaps,
            ),
            (
                Figures {
                    unverified: with(3),
                    ..log(1, 9)
                },
                ReasonCode::UnverifiedInSequence,
            ),
        ] {
            let word =
                |scope, statement: Option<&Statement>| judge(&figures, Files::default(), by(scope), statement).word;
            assert_eq!(word(Scope::Full, None), Word::Fail);
            assert_eq!(word(Scope::SeqRange, None), Word::Fail);
            assert_eq!(word(Scope::TimeRange, None), Word::Warn);
            assert_eq!(word(Scope::Unknown, None), Word::Warn);
            assert_eq!(word(Scope::Unknown, Some(&says(9, 9, true))), Word::Fail);
            assert_eq!(word(Scope::Unknown, Some(&says(9, 8, false))), Word::Warn);
            assert_eq!(word(Scope::Filtered, None), Word::NotEvaluable);
            let full = judge(&figures, Files::default(), by(Scope::Full), None);
            assert_eq!(full.result, fails);
        }
    }

    #[test]
    fn a_statement_counts_by_its_own_numbers() {
        let none = Files::default();
        let told = |figures: &Figures, statement: &Statement| told(figures, none, Scope::Full, Some(statement));
        assert_eq!(
            told(&log(1, 9), &says(9, 9, true)),
            (ReasonCode::CompleteToStatement, Word::Pass)
        );
        assert_eq!(
            told(&log(1, 9), &says(9, 8, true)),
            (ReasonCode::StatementDisagrees, Word::Fail)
        );
        assert_eq!(
            told(&log(1, 9), &says(9, 9, false)),
            (ReasonCode::StatementDisagrees, Word::Fail)
        );
        assert_eq!(
            told(&log(1, 9), &says(8, 8, true)),
            (ReasonCode::StatementOlderThanFile, Word::Warn)
        );
        assert_eq!(
            told(&log(1, 9), &says(10, 10, true)),
            (ReasonCode::TailMissing, Word::Fail)
        );
        assert_eq!(
            told(&log(2, 9), &says(9, 9, true)),
            (ReasonCode::ContiguousRange, Word::Warn)
        );
    }

    #[test]
    fn a_piece_of_a_log_may_end_before_the_head_that_a_statement_names() {
        let none = Files::default();
        let ahead = says(10, 10, true);
        for scope in [Scope::SeqRange, Scope::TimeRange] {
            assert_eq!(
                told(&log(1, 9), none, scope, Some(&ahead)).0,
                ReasonCode::ContiguousFrom1
            );
        }
    }

    #[test]
    fn the_first_row_of_the_table_that_applies_decides() {
        let cut = Files {
            cut: true,
            more_pages: true,
            unread: None,
        };
        let conflict = Figures {
            seq_conflicts: vec![3],
            gaps: with(4),
            ..log(1, 9)
        };
        assert_eq!(told(&conflict, cut, Scope::Filtered, None).0, ReasonCode::Conflict);
        assert_eq!(
            told(&log(1, 9), cut, Scope::Filtered, None).0,
            ReasonCode::NotEvaluableFiltered
        );
        assert_eq!(
            told(&log(1, 9), cut, Scope::Full, Some(&says(10, 10, true))).0,
            ReasonCode::FileCut
        );
        let more = Files { cut: false, ..cut };
        assert_eq!(
            told(&log(1, 9), more, Scope::Full, Some(&says(10, 10, true))).0,
            ReasonCode::TailMissing
        );
        let gap = Figures {
            gaps: with(4),
            ..log(1, 9)
        };
        assert_eq!(
            told(&gap, more, Scope::Full, None),
            (ReasonCode::PartialPages, Word::Warn)
        );
    }

    #[test]
    fn only_the_auditor_can_say_that_a_filter_explains_holes() {
        let filtered = judge(&log(1, 9), Files::default(), by(Scope::Filtered), None);
        let outcome = |by| {
            let stated = Stated {
                scope: Scope::Filtered,
                by,
            };
            outcome(filtered, &log(1, 9), Files::default(), stated).0
        };
        assert_eq!(
            outcome(StatedBy::Auditor),
            Outcome::Skipped(ReasonCode::NotEvaluableFiltered)
        );
        assert_eq!(
            outcome(StatedBy::ExportJob),
            Outcome::Undetermined(ReasonCode::NotEvaluableFiltered)
        );
    }

    #[test]
    fn what_was_not_read_proves_nothing_either_way() {
        let unread = Files {
            unread: Some(ReasonCode::GzTruncated),
            ..Files::default()
        };
        let full = by(Scope::Full);
        let open = |figures: &Figures, statement: Option<&Statement>| {
            let judged = judge(figures, unread, full, statement);
            outcome(judged, figures, unread, full)
        };
        let undetermined = Outcome::Undetermined(ReasonCode::GzTruncated);
        assert_eq!(open(&log(1, 9), None), (undetermined, None));
        let gap = Figures {
            gaps: with(4),
            ..log(1, 9)
        };
        assert_eq!(open(&gap, None), (undetermined, Some(ReasonCode::Gaps)));
        let ahead = open(&log(1, 9), Some(&says(10, 10, true)));
        assert_eq!(ahead, (undetermined, Some(ReasonCode::TailMissing)));
        let disagrees = open(&log(1, 9), Some(&says(9, 8, true)));
        assert_eq!(disagrees, (undetermined, Some(ReasonCode::StatementDisagrees)));
    }

    #[test]
    fn what_was_read_and_is_wrong_stays_wrong_whatever_was_not_read() {
        let unread = Files {
            unread: Some(ReasonCode::LimitJsonDepth),
            ..Files::default()
        };
        let full = by(Scope::Full);
        let conflict = Figures {
            seq_conflicts: vec![3],
            ..log(1, 9)
        };
        let judged = judge(&conflict, unread, full, None);
        let fails = (Outcome::Fail(ReasonCode::Conflict), None);
        assert_eq!(outcome(judged, &conflict, unread, full), fails);
        let cut = Files { cut: true, ..unread };
        let judged = judge(&log(1, 9), cut, full, None);
        let fails = (Outcome::Fail(ReasonCode::FileCut), None);
        assert_eq!(outcome(judged, &log(1, 9), cut, full), fails);
    }
}
