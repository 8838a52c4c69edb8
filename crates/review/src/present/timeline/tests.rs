//! What is said of real logs: of the fixtures, as the engine judges them.

use std::path::Path;

use evidence::{KeyBook, Pack, Policy, Progress, Report, Scope};

use super::*;
use crate::case_file::CaseFile;
use crate::sequence::Thread;
use crate::view::{RibbonQuery, RibbonStep, RunPage, RunQuery};

struct Opened {
    report: Report,
    case: CaseFile,
    sequences: Sequences,
}

fn opened(name: &str, scope: Option<Scope>) -> Opened {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests/fixtures/invoance")
        .join(name);
    let inside: Vec<_> = std::fs::read_dir(root)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    let pack: Vec<_> = inside.into_iter().filter(|path| !path.ends_with("case.json")).collect();
    let progress = Progress::default();
    let pack = Pack::open(&pack, &progress).unwrap();
    let mut case = CaseFile::temporary(&pack.input).unwrap();
    let mut writer = case.writer().unwrap();
    let policy = Policy {
        scope,
        ..Policy::default()
    };
    let report = evidence::verify(&pack, &KeyBook::default(), &policy, &progress, &mut writer).unwrap();
    writer.finish(&report).unwrap();
    let sequences = Sequences::of(&report, &case.claims(), |scope, number| {
        case.differing(scope, number).unwrap()
    });
    Opened {
        report,
        case,
        sequences,
    }
}

fn said(name: &str, scope: Option<Scope>) -> Vec<String> {
    let Opened { report, sequences, .. } = opened(name, scope);
    let view = sequence(&report, &sequences, 0).unwrap();
    view.facts
        .iter()
        .map(|fact| format!("{} {}", fact.lead, fact.text))
        .collect()
}

const TAIL: &str = "The end cannot be confirmed. Records removed after number 12 would leave no gap. A signed checkpoint would settle it.";

fn runs_of(opened: &Opened, troubled: bool) -> RunPage {
    let query = RunQuery {
        request: 1,
        sequence: 0,
        start: 0,
        count: 50,
        troubled,
    };
    let seat = |thread: Thread<'_>, number| opened.case.seat(thread, number).unwrap();
    run_page(&opened.report, &opened.sequences, &query, seat).unwrap()
}

#[test]
fn a_whole_log_has_no_gap_and_an_end_that_cannot_be_confirmed() {
    let facts = said("lines_newest_first", None);
    assert_eq!(
        facts,
        ["No gap seen. Numbers 1 to 12 are all present, once each.", TAIL]
    );
}

#[test]
fn a_gap_is_named_with_its_numbers() {
    let facts = said("two_ranges_left_out", None);
    assert_eq!(
        facts,
        [
            "Records missing. Numbers 3 and 7 to 9 are absent between 1 and 12 (4 records).",
            TAIL
        ]
    );
}

#[test]
fn every_fact_of_a_log_is_told_and_the_end_last() {
    let names = [
        "hole_beside_a_row_that_fails",
        "two_events_with_one_number",
        "one_id_under_two_numbers",
        "row_twice",
        "row_twice_one_of_them_altered",
        "oldest_left_out_scope_not_stated",
        "statement_names_a_later_head",
    ];
    let told: Vec<String> = names
        .iter()
        .map(|name| format!("{name}\n  {}", said(name, None).join("\n  ")))
        .collect();
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn the_scope_decides_what_a_gap_comes_to() {
    let of = |scope| {
        let opened = opened("one_event_left_out", scope);
        let page = runs_of(&opened, true);
        let view = sequence(&opened.report, &opened.sequences, 0).unwrap();
        (page.rows[0].outcome, view.outcome, view.scope)
    };
    let undecided = of(None);
    assert_eq!(
        (undecided.0, undecided.1),
        (OutcomeView::Undetermined, OutcomeView::Undetermined)
    );
    assert_eq!(undecided.2, "What it covers is not stated.");
    let full = of(Some(Scope::Full));
    assert_eq!((full.0, full.1), (OutcomeView::Fail, OutcomeView::Fail));
    assert_eq!(full.2, "It covers the whole log, as the reviewer stated.");
    let filtered = of(Some(Scope::Filtered));
    assert_eq!((filtered.0, filtered.1), (OutcomeView::Skipped, OutcomeView::Skipped));
    let facts = said("one_event_left_out", Some(Scope::Filtered));
    assert!(facts[0].starts_with("Numbers absent. "), "{facts:?}");
}

#[test]
fn the_table_has_a_row_for_every_run_and_for_what_cannot_be_known() {
    let opened = opened("hole_beside_a_row_that_fails", None);
    let page = runs_of(&opened, false);
    let rows: Vec<String> = page
        .rows
        .iter()
        .map(|row| {
            format!(
                "{}: {} ({}) {} [{}]",
                row.word, row.numbers, row.count, row.note, row.link
            )
        })
        .collect();
    insta::assert_snapshot!(rows.join("\n"));
    assert_eq!(page.matching, u64::try_from(page.rows.len()).unwrap());
    let view = sequence(&opened.report, &opened.sequences, 0).unwrap();
    assert_eq!(view.runs, page.matching);
    assert_eq!(runs_of(&opened, true).matching, view.troubled);
}

#[test]
fn the_sentence_to_copy_has_every_fact_the_scope_and_the_result() {
    let opened = opened("one_event_left_out", None);
    let view = sequence(&opened.report, &opened.sequences, 0).unwrap();
    for part in [
        "Organisation aorg_",
        "Records missing.",
        TAIL,
        &view.scope,
        "Result: GAPS_UNEXPLAINED.",
    ] {
        assert!(view.copy_sentence.contains(part), "{part} in {}", view.copy_sentence);
    }
}

#[test]
fn a_window_comes_back_as_it_was_given_out() {
    let opened = opened("lines_newest_first", None);
    let mut query = RibbonQuery {
        request: 1,
        sequence: 0,
        first: String::new(),
        last: String::new(),
        step: RibbonStep::All,
        at: 500,
        columns: 300,
    };
    let whole = ribbon(&opened.sequences, &query).unwrap();
    assert!(whole.whole && whole.deepest);
    assert_eq!(whole.marks.len(), 13);
    assert_eq!(whole.marks[12].text, "After 12: not knowable");
    assert_eq!(whole.sentence, "Numbers 1 to 12: all 12.");
    query.step = RibbonStep::Stay;
    (query.first, query.last) = (whole.first.clone(), whole.last.clone());
    assert_eq!(ribbon(&opened.sequences, &query).unwrap(), whole);
    query.first = "not a number".to_owned();
    assert_eq!(ribbon(&opened.sequences, &query).unwrap(), whole);
    query.sequence = 9;
    assert_eq!(ribbon(&opened.sequences, &query), None);
}

#[test]
fn of_several_organisations_the_one_with_an_open_point_comes_first() {
    let Opened { report, sequences, .. } = opened("two_organisations_hole_in_one", None);
    let view = timeline(&report, &sequences);
    assert_eq!(
        view.sentence,
        "2 organisations, each numbered by itself. One has an open point."
    );
    let query = SequenceQuery {
        request: 1,
        start: 0,
        count: 10,
        search: String::new(),
    };
    let page = sequence_page(&report, &sequences, &query);
    assert_eq!((page.matching, page.rows.len()), (2, 2));
    assert!(page.rows[0].counts.contains("missing"));
    assert_eq!(page.rows[1].counts, "nothing missing");
    let search = page.rows[1].name.to_lowercase();
    let found = sequence_page(&report, &sequences, &SequenceQuery { search, ..query });
    assert_eq!((found.matching, found.rows[0].sequence), (1, 1));
}

#[test]
fn the_events_are_counted_by_action_and_their_times_are_claims() {
    let opened = opened("lines_newest_first", None);
    let thread = opened.sequences.all()[0].thread(&opened.report).unwrap();
    let view = events(&opened.case.events(thread));
    assert!(view.sentence.starts_with("12 events from 2026-"), "{}", view.sentence);
    assert!(view.claimed.starts_with("These times are claimed"));
    let counted: u64 = view.actions.iter().flat_map(|action| &action.counts).sum();
    assert_eq!(counted, 12);
}

#[test]
fn the_rail_has_the_timeline_with_its_open_points() {
    let Opened { report, case, .. } = opened("two_ranges_left_out", None);
    let groups = case.check_groups().unwrap();
    let view = crate::present::summary(&report, &groups, &crate::present::fixtures::CONTEXT);
    let item = view
        .rail
        .iter()
        .find(|item| item.view == crate::view::ViewName::Timeline)
        .unwrap();
    assert_eq!(
        (item.outcome, item.badge.as_str()),
        (Some(OutcomeView::Undetermined), "2")
    );
}
