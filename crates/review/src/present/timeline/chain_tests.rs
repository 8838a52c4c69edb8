//! Chains of the fixtures: links, gaps and checkpoints, as the timeline tells them.

use evidence::{KeyBook, Pack, Policy, Progress, Report};

use super::{run_page, sequence, timeline};
use crate::case_file::CaseFile;
use crate::sequence::Sequences;
use crate::view::{OutcomeView, RunQuery, SequenceView, StateView};

struct Checked {
    report: Report,
    case: CaseFile,
    sequences: Sequences,
}

/// Checks the packs of Keel fixtures as one.
fn checked(names: &[&str]) -> Checked {
    let fixtures = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/keel");
    let paths: Vec<_> = names
        .iter()
        .map(|name| format!("{fixtures}/{name}/pack").into())
        .collect();
    let progress = Progress::default();
    let pack = Pack::open(&paths, &progress).unwrap();
    let mut case = CaseFile::temporary(&pack.input).unwrap();
    let mut writer = case.writer().unwrap();
    let report = evidence::verify(&pack, &KeyBook::default(), &Policy::default(), &progress, &mut writer).unwrap();
    writer.finish(&report).unwrap();
    let sequences = Sequences::of(&report, &case.claims(), |thread, number| {
        case.differing(thread, number).unwrap()
    });
    Checked {
        report,
        case,
        sequences,
    }
}

fn first(checked: &Checked) -> SequenceView {
    sequence(&checked.report, &checked.sequences, 0).unwrap()
}

fn leads(view: &SequenceView) -> Vec<&str> {
    view.facts.iter().map(|fact| fact.lead.as_str()).collect()
}

#[test]
fn a_whole_chain_has_no_broken_link_and_a_beginning() {
    let view = first(&checked(&["events_as_lines"]));
    assert_eq!(view.label, "Chain");
    assert_eq!(view.outcome, OutcomeView::Pass);
    assert_eq!(
        leads(&view),
        [
            "No link broken.",
            "The beginning is here.",
            "The end cannot be confirmed."
        ]
    );
    assert!(view.anchors.is_empty() && view.no_statement.contains("No checkpoint"));
}

#[test]
fn where_a_row_was_left_out_the_link_after_it_is_broken() {
    let checked = checked(&["row_left_out"]);
    let view = first(&checked);
    assert_eq!(view.outcome, OutcomeView::Fail);
    assert_eq!(view.facts[0].lead, "Chain broken.");
    let query = RunQuery {
        request: 1,
        sequence: 0,
        start: 0,
        count: 50,
        troubled: true,
    };
    let seat = |thread: crate::sequence::Thread<'_>, number| checked.case.seat(thread, number).unwrap();
    let page = run_page(&checked.report, &checked.sequences, &query, seat).unwrap();
    let states: Vec<_> = page.rows.iter().map(|row| row.state).collect();
    assert_eq!(states, [StateView::Missing, StateView::Unlinked]);
    assert!(page.rows[1].record.is_some());
}

#[test]
fn a_checkpoint_that_names_the_last_entry_settles_the_end() {
    let view = first(&checked(&["checkpoint_beside_its_export"]));
    assert_eq!(view.facts.last().unwrap().lead, "The end is a checkpoint's head.");
    assert_eq!(view.anchors.len(), 1);
    assert_eq!(view.anchors[0].outcome, OutcomeView::Pass);
}

#[test]
fn a_checkpoint_of_another_chain_contradicts() {
    let view = first(&checked(&["checkpoint_of_another_chain_beside_an_export"]));
    assert!(view.anchors.iter().any(|anchor| anchor.outcome == OutcomeView::Fail));
}

#[test]
fn brackets_stand_on_both_sides_of_an_incident() {
    let view = first(&checked(&["incident"]));
    let sides: Vec<_> = view.anchors.iter().map(|anchor| anchor.side.as_str()).collect();
    assert_eq!(sides.len(), 2, "{sides:?}");
    assert!(sides[0].contains("before") && sides[1].contains("after"));
}

#[test]
fn two_exports_of_one_chain_are_counted_apart() {
    let checked = checked(&["events_as_lines", "events_as_lines_in_gzip"]);
    let view = timeline(&checked.report, &checked.sequences);
    assert_eq!((view.total, view.what.as_str()), (2, "chain"));
    assert_eq!(leads(&first(&checked))[0], "No link broken.");
    assert_eq!(first(&checked).sums.len(), 3, "present, missing, does not verify");
}

#[test]
fn what_the_rows_say_leads_to_them() {
    let checked = checked(&["closure"]);
    let content = crate::present::content(&checked.report, &checked.case).unwrap();
    for group in &content.groups {
        for row in &group.rows {
            let Some(link) = &row.link else { continue };
            let query = crate::view::RecordQuery {
                request: 1,
                start: 0,
                count: 1,
                search: String::new(),
                verdict: None,
                filters: vec![crate::view::RecordFilter {
                    column: link.column.clone(),
                    value: link.value,
                }],
                sort: String::new(),
                descending: false,
            };
            let (matching, _) = checked.case.page(&query).unwrap();
            assert_eq!(matching.to_string(), row.count, "{}", row.label);
        }
    }
    assert!(content.groups.iter().any(|group| group.title.starts_with("Decisions")));
    assert!(!content.periods.unwrap().rows.is_empty());
}
