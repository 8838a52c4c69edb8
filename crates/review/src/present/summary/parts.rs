//! The result of each piece of evidence, where a pack holds several.

use evidence::{Part, Report, Verdict};

use crate::present::text::visible;
use crate::present::verdict_view;
use crate::view::PartView;
use crate::words::sentence::{count, length, number};
use crate::words::{format_name, reason, verdict};

/// How many the first page lists.
const SHOWN: usize = 40;

/// "3 pieces of evidence, each with its own result".
pub(super) fn title(report: &Report) -> String {
    match report.parts.len() {
        0 | 1 => String::new(),
        many => format!(
            "{}, each with its own result",
            count(length(many), "piece of evidence", "pieces of evidence")
        ),
    }
}

/// The parts, worst first; none where the pack is one.
pub(super) fn parts(report: &Report) -> Vec<PartView> {
    if report.parts.len() < 2 {
        return Vec::new();
    }
    let mut sorted: Vec<&Part> = report.parts.iter().collect();
    sorted.sort_by_key(|part| rank(part.verdict));
    sorted.into_iter().take(SHOWN).map(view).collect()
}

/// "and 12 more"; the ones listed are the worst.
pub(super) fn more(report: &Report) -> String {
    match report.parts.len().saturating_sub(SHOWN) {
        0 => String::new(),
        hidden => format!("and {} more", number(length(hidden))),
    }
}

fn rank(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Failed => 0,
        Verdict::Error => 1,
        Verdict::Indeterminate => 2,
        Verdict::NotEvidence => 3,
        Verdict::Verified => 4,
    }
}

fn view(part: &Part) -> PartView {
    let kind = visible(&format_name(&part.format.id));
    let records = match part.counts.records {
        0 => String::new(),
        many => format!(", {}", count(many, "record", "records")),
    };
    PartView {
        verdict: verdict_view(part.verdict),
        word: verdict(part.verdict).to_owned(),
        name: if part.subject.is_empty() {
            kind.clone()
        } else {
            visible(&part.subject)
        },
        about: format!("{kind}{records}"),
        why: match part.reason_codes.first() {
            Some(code) if part.verdict != Verdict::Verified => reason(*code).plain.to_owned(),
            _ => String::new(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::present::fixtures;

    #[test]
    fn a_pack_of_one_piece_has_no_list_of_pieces() {
        let case = fixtures::failed();
        assert_eq!((title(&case.report), parts(&case.report).len()), (String::new(), 0));
    }

    #[test]
    fn each_of_several_pieces_has_its_own_result_the_worst_first() {
        let mut report = fixtures::verified().report;
        report.parts.extend(fixtures::failed().report.parts);
        let views = parts(&report);
        let words: Vec<&str> = views.iter().map(|part| part.word.as_str()).collect();
        assert_eq!(words, ["Problem found", "Verified"]);
        assert!(!views[0].why.is_empty() && views[1].why.is_empty());
        assert_eq!(title(&report), "2 pieces of evidence, each with its own result");
        assert_eq!(more(&report), "");
    }

    #[test]
    fn very_many_pieces_are_listed_in_part_and_counted() {
        let mut report = fixtures::verified().report;
        report.parts = vec![report.parts[0].clone(); SHOWN + 2];
        assert_eq!((parts(&report).len(), more(&report).as_str()), (SHOWN, "and 2 more"));
    }
}
