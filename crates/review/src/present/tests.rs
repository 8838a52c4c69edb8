//! Whole views, read as an auditor would, and the sums that must hold.

use evidence::{Check, CheckId, Outcome, Question, ReasonCode, Refusal, Verdict};
use insta::assert_json_snapshot;
use proptest::prelude::*;
use strum::IntoEnumIterator;

use super::fixtures::*;
use super::*;
use crate::view::{CountsView, ViewName};

fn summary_of(case: &Case) -> crate::view::SummaryView {
    summary(&case.report, &case.groups, &case.context())
}

#[test]
fn summary_of_a_verified_pack() {
    assert_json_snapshot!(summary_of(&verified()));
}

#[test]
fn summary_of_a_failed_pack() {
    assert_json_snapshot!(summary_of(&failed()));
}

#[test]
fn summary_of_an_undecided_pack() {
    assert_json_snapshot!(summary_of(&undecided()));
}

#[test]
fn banners_of_every_kind() {
    let cases = [
        verified(),
        failed(),
        undecided(),
        two_things_missing(),
        not_evidence(),
        error(),
        over_a_limit(),
        empty(),
        many(),
    ];
    let banners: Vec<String> = cases
        .iter()
        .map(|case| {
            let view = summary_of(case);
            let next = view.next.map_or_else(|| "none".to_owned(), |next| next.label);
            format!(
                "{} {} [{next}]\n  {}; {}",
                view.word, view.sentence, view.about, view.records_line
            )
        })
        .collect();
    insta::assert_snapshot!(banners.join("\n"));
}

#[test]
fn an_unconfirmed_key_leads_to_that_key() {
    let next = summary_of(&undecided()).next.unwrap();
    assert_eq!(next.label, "Confirm this key…");
    assert_eq!((next.target.view, next.target.key), (ViewName::Keys, Some(0)));
}

#[test]
fn the_list_of_checks() {
    let failed = failed();
    assert_json_snapshot!(checks(&failed.report, &failed.groups));
}

#[test]
fn one_check_opened() {
    let case = failed();
    let group = case.group(CheckId::BundleIntegrity, Outcome::Fail(ReasonCode::BundleHashMismatch));
    let subject = group.first.as_ref().unwrap();
    assert_json_snapshot!(check_detail(group, subject, 0, Some(&exhibit())));
}

#[test]
fn a_passed_check_opened_says_nothing_stronger_than_the_check() {
    let case = failed();
    let group = case.group(CheckId::NodeSignature, Outcome::Pass);
    let view = check_detail(group, group.first.as_ref().unwrap(), 0, None);
    insta::assert_snapshot!([view.did, view.found, view.means, view.next, view.copy_sentence].join("\n"));
}

#[test]
fn the_table_of_records() {
    let case = failed();
    let rows: Vec<_> = case
        .records
        .iter()
        .zip(1..)
        .map(|(one, number)| record_row(number, one, Layout::Runs))
        .collect();
    assert_json_snapshot!((records(&case.report, |_| 2), rows));
}

#[test]
fn a_row_has_a_cell_for_each_column() {
    assert_eq!(
        record_row(1, &failed().records[0], Layout::Runs).cells.len(),
        Layout::Runs.columns().len()
    );
}

#[test]
fn one_record_taken_apart() {
    let case = failed();
    assert_json_snapshot!(super::record(2, &case.records[1], Ok(&exhibit())));
}

#[test]
fn a_record_that_cannot_be_read_again_says_why() {
    let refusal = Refusal::new(ReasonCode::IoNotFound, "records/step-2/cer.json".to_owned(), "");
    let view = super::record(2, &failed().records[1], Err(&refusal));
    insta::assert_snapshot!(view.unreadable.unwrap());
    assert!(view.groups.is_empty() && view.raw.segments.is_empty());
}

#[test]
fn the_raw_text_is_whole_and_marked() {
    let view = super::record(2, &failed().records[1], Ok(&exhibit()));
    let text: String = view.raw.segments.iter().map(|segment| segment.text.as_str()).collect();
    assert_eq!(text.as_bytes(), exhibit().text);
}

#[test]
fn spans_that_overlap_do_not_repeat_text() {
    let mut torn = exhibit();
    torn.fields[1].span = 0..torn.text.len() + 40;
    let view = super::record(2, &failed().records[1], Ok(&torn));
    let text: String = view.raw.segments.iter().map(|segment| segment.text.as_str()).collect();
    assert_eq!(text.as_bytes(), torn.text);
}

#[test]
fn keys_confirmed_and_not() {
    let (known, unknown) = (verified(), undecided());
    assert_json_snapshot!((
        keys(&known.report, &CONTEXT),
        keys(&unknown.report, &CONTEXT),
        key_proposal(&unknown.report, 0, "J. Lindqvist"),
    ));
}

#[test]
fn a_confirmed_key_is_not_proposed_again() {
    assert_eq!(key_proposal(&verified().report, 0, ""), None);
    assert_eq!(key_proposal(&undecided().report, 9, ""), None);
}

#[test]
fn declared_against_found() {
    let case = failed();
    assert_json_snapshot!((
        manifest(&case.report),
        manifest_page(&case.report, 0, 1, 2, false, |_| Some(2)),
        snapshot_page(&case.report, 0, 100, true, |_| Some(2)),
    ));
}

#[test]
fn without_a_manifest_the_view_says_how_to_get_one() {
    insta::assert_snapshot!(manifest(&undecided().report).empty);
}

#[test]
fn the_list_of_files() {
    let case = verified();
    assert_json_snapshot!((
        files(&case.report),
        file_page(&case.report, 0, 100, ""),
        file_page(&case.report, 0, 100, "CER").matching,
        file_text("a\u{200B}.json", b"{\r\n}"),
    ));
}

#[test]
fn a_long_file_is_cut_and_says_so() {
    let view = file_text("log.ndjson", &vec![b'x'; 70_000]);
    assert!(view.cut);
    assert_eq!(view.note, "70,000 bytes, the first 65,536 shown");
    assert_eq!(view.segments[0].text.len(), 65_536);
}

#[test]
fn exports_of_a_pack_and_of_nothing() {
    assert_json_snapshot!((
        exports(&verified().report, Some(2)),
        exports(&not_evidence().report, None)
    ));
}

#[test]
fn every_banner_has_short_sentences() {
    for case in [
        verified(),
        failed(),
        undecided(),
        two_things_missing(),
        error(),
        empty(),
    ] {
        let sentence = banner(&case.report, &case.groups).sentence;
        for part in sentence.split(". ") {
            assert!(part.split_whitespace().count() <= 24, "{part}");
        }
    }
}

fn sum(counts: &CountsView) -> u64 {
    counts.outcomes.iter().map(|outcome| outcome.count).sum()
}

fn any_outcome() -> impl Strategy<Value = Outcome> {
    prop_oneof![
        Just(Outcome::Pass),
        Just(Outcome::Fail(ReasonCode::BundleHashMismatch)),
        Just(Outcome::Undetermined(ReasonCode::KeyNotConfirmed)),
        Just(Outcome::Undetermined(ReasonCode::NotAttested)),
        Just(Outcome::Skipped(ReasonCode::NotPresent)),
    ]
}

fn any_check() -> impl Strategy<Value = Check> {
    let ids: Vec<CheckId> = CheckId::iter().collect();
    (proptest::sample::select(ids), any_outcome(), any::<bool>()).prop_map(|(id, outcome, required)| {
        let check = Check::new(id, "item", outcome);
        if required { check } else { check.not_required() }
    })
}

proptest! {
    #[test]
    fn the_four_outcomes_add_up_to_the_total_everywhere(
        records in proptest::collection::vec(proptest::collection::vec(any_check(), 0..6), 0..12),
    ) {
        let total: usize = records.iter().map(Vec::len).sum();
        let mut gathered = Groups::default();
        for checks in records {
            gathered.record(&evidence::Record { checks, ..super::fixtures::record(1, GOOD) });
        }
        let mut report = not_evidence().report;
        report.checks.clear();
        let (groups, _) = gathered.finish(&report);
        let view = checks(&report, &groups);
        prop_assert_eq!(sum(&view.counts), u64::try_from(total).unwrap());
        let by_question: u64 = Question::iter()
            .map(|one| tally(groups.iter().filter(|group| group.id.question() == one)).total())
            .sum();
        prop_assert_eq!(by_question, sum(&view.counts));
        let listed: usize = view.questions.iter().map(|question| question.groups.len()).sum();
        prop_assert_eq!(listed, groups.len());
    }

    #[test]
    fn the_verdicts_of_the_filter_add_up_to_the_records(verdicts in proptest::collection::vec(0_usize..5, 0..40)) {
        let all: Vec<Verdict> = Verdict::iter().collect();
        let mut counts = evidence::Counts::default();
        for verdict in &verdicts {
            counts.add_record(&evidence::Record { verdict: all[*verdict], ..super::fixtures::record(1, GOOD) });
        }
        let report = evidence::Report { counts, ..verified().report };
        let view = records(&report, |_| 0);
        let listed: u64 = view.verdicts.iter().map(|one| one.count).sum();
        prop_assert_eq!(listed, view.total);
    }

    #[test]
    fn no_view_panics_on_any_text(text in ".{0,80}", other in ".{0,80}") {
        let _ = (comparison(&text, &other), compare(&text, &other), time(&text), visible(&text));
        let hidden = visible(&text);
        let shows_all = !hidden.chars().any(|c| c.is_control() || c == '\u{202E}');
        prop_assert!(shows_all, "a hidden character is left");
    }
}

#[test]
fn a_workpaper_sentence_names_input_digest_tool_rules_and_time() {
    let mut case = failed();
    case.report.input.name = "pack.zip".to_owned();
    let sentence = workpaper("Problem found.", &case.report, "2026-11-25T09:00:00.250Z");
    let digest = case.report.input.sha256.unwrap();
    assert_eq!(
        sentence,
        format!(
            "Problem found. Input pack.zip, SHA-256 {digest}; checked with {TOOL}, rules {}, on 2026-11-25 09:00:00 UTC.",
            evidence::RULES
        )
    );
}

#[test]
fn steps_to_finish_are_shown_only_when_a_confirmed_key_is_all_that_is_missing() {
    assert!(summary_of(&undecided()).finish.is_some());
    assert!(summary_of(&failed()).finish.is_none());
}
