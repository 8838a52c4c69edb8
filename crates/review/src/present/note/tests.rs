use super::*;
use crate::acts::tests::{Desk, RECORD, query, stamp};
use crate::note::SignOffForm;
use crate::view::{Act, ViewName};
use evidence::Digest;

fn shown(desk: &Desk) -> NoteView {
    note(&desk.case(), Some(&desk.note), Surroundings::default())
}

fn decide(target: NoteTarget, value: DecisionView) -> Act {
    Act::Decide {
        target,
        value,
        reason: "Seen with the node's owner.".to_owned(),
    }
}

fn signed_off() -> Desk {
    let mut desk = Desk::new();
    desk.write(RECORD, "before");
    let conclusion = crate::note::Conclusion {
        text: "As it is.".to_owned(),
        reliance: crate::note::Reliance::MayRely,
        limits: Vec::new(),
    };
    let action = crate::note::Action::Concluded { conclusion };
    desk.note.act(stamp(), action, None).unwrap();
    let form = SignOffForm {
        role: Role::Preparer,
        name: "J. Lindqvist".to_owned(),
        title: String::new(),
        statement: "I have done this work.".to_owned(),
    };
    desk.note.sign_off(stamp(), form, Digest::of(b"body"), None).unwrap();
    desk
}

#[test]
fn without_a_note_there_is_an_empty_one_and_the_reason() {
    let desk = Desk::new();
    let around = Surroundings {
        read_only: Some("The pack could not be read.".to_owned()),
        ..Surroundings::default()
    };
    let view = note(&desk.case(), None, around);
    assert_eq!((view.notes.len(), view.entries, view.saved_at), (0, 0, None));
    assert_eq!(view.status_words, "Draft. Nobody has signed off yet.");
    assert_eq!(view.read_only.unwrap(), "The pack could not be read.");
    assert_eq!(view.choices.len(), 5);
}

#[test]
fn a_note_says_what_it_is_about_and_leads_there() {
    let mut desk = Desk::new();
    let key = desk.key();
    desk.write(NoteTarget::Pack, "a");
    desk.write(RECORD, "b");
    desk.write(NoteTarget::Check { key, position: 0 }, "c");
    desk.write(
        NoteTarget::Field {
            record: 1,
            pointer: "/snapshot/model".to_owned(),
        },
        "d",
    );
    let view = shown(&desk);
    let about: Vec<&str> = view.notes.iter().map(|note| note.about.as_str()).collect();
    assert_eq!(about[0], "Whole pack");
    assert_eq!(about[1], "Record 1");
    assert_eq!(about[3], "Field /snapshot/model, record 1");
    let led: Vec<(ViewName, Option<u64>)> = view
        .notes
        .iter()
        .map(|note| (note.target.view, note.target.record))
        .collect();
    assert_eq!(led[0], (ViewName::Summary, None));
    assert_eq!(led[1], (ViewName::Records, Some(1)));
    assert_eq!(view.notes[0].by, "J. Lindqvist, 2026-11-25 09:21:07 UTC");
    assert_eq!(view.tags, ["follow up"]);
    assert_eq!(view.saved_at.unwrap(), "2026-11-25 09:21:07 UTC");
}

#[test]
fn what_is_before_the_reader_has_the_place_of_the_notes_about_it() {
    let mut desk = Desk::new();
    let targets = [
        NoteTarget::Pack,
        RECORD,
        NoteTarget::Check {
            key: desk.key(),
            position: 0,
        },
    ];
    for target in targets {
        desk.write(target.clone(), "a");
        let subject = note_subject(&desk.case(), Some(&desk.note), &target).unwrap();
        assert_eq!(shown(&desk).notes.last().unwrap().place, subject.place);
        assert_eq!(subject.decision, None);
    }
}

#[test]
fn a_later_decision_takes_the_place_of_an_earlier_one_and_a_bulk_one_counts_for_each() {
    let mut desk = Desk::new();
    desk.act(decide(RECORD, DecisionView::Accepted));
    desk.act(decide(RECORD, DecisionView::Rejected));
    let words = |desk: &Desk, target: &NoteTarget| {
        let subject = note_subject(&desk.case(), Some(&desk.note), target).unwrap();
        subject.decision.map(|decision| decision.word)
    };
    assert_eq!(words(&desk, &RECORD).unwrap(), "Rejected");
    assert_eq!(shown(&desk).decisions.len(), 1);
    desk.act(Act::DecideFiltered {
        query: query(),
        value: DecisionView::MoreEvidence,
        reason: "The originals were asked for.".to_owned(),
    });
    assert_eq!(words(&desk, &RECORD).unwrap(), "More evidence needed");
    assert_eq!(words(&desk, &NoteTarget::Pack), None);
    let view = shown(&desk);
    assert_eq!(view.records_decided, 4);
    assert_eq!(view.decisions[0].about, "4 records");
}

#[test]
fn a_row_of_the_table_tells_decision_and_notes() {
    let mut desk = Desk::new();
    assert_eq!(row_review(desk.note.review(), 1), None);
    desk.write(RECORD, "a");
    desk.act(decide(RECORD, DecisionView::Accepted));
    let row = row_review(desk.note.review(), 1).unwrap();
    assert_eq!(
        (row.word.as_str(), row.notes, row.words.as_str()),
        ("Accepted", 1, "Accepted, 1 note")
    );
    assert_eq!(row_review(desk.note.review(), 2), None);
}

#[test]
fn taking_back_names_what_goes_and_bringing_back_what_comes() {
    let mut desk = Desk::new();
    desk.write(NoteTarget::Pack, "a");
    desk.act(decide(RECORD, DecisionView::Accepted));
    assert_eq!(shown(&desk).can_undo.unwrap(), "decision on record 1");
    desk.note.undo(stamp()).unwrap();
    let view = shown(&desk);
    assert_eq!(view.can_undo.unwrap(), "note on the whole pack");
    assert_eq!(view.can_redo.unwrap(), "decision on record 1");
    assert_eq!(view.decisions, []);
}

#[test]
fn the_history_tells_every_act_and_that_it_holds_together() {
    let mut desk = Desk::new();
    assert_eq!(
        history(&desk.note).sentence,
        "Nothing was done yet. The first act begins the history."
    );
    desk.write(RECORD, "The original was asked for.");
    desk.act(decide(RECORD, DecisionView::Accepted));
    desk.note.undo(stamp()).unwrap();
    desk.note.redo(stamp()).unwrap();
    let view = history(&desk.note);
    assert_eq!(view.sentence, "History checked: 5 entries hold together.");
    assert!(view.whole);
    let told: Vec<&str> = view.entries.iter().rev().map(|entry| entry.what.as_str()).collect();
    assert_eq!(
        told,
        [
            "Review begun",
            "Note written: record 1",
            "Accepted: record 1",
            "Taken back: decision on record 1",
            "Brought back: decision on record 1",
        ]
    );
    assert_eq!(view.entries[3].words, "The original was asked for.");
    assert!(view.entries.iter().all(|entry| !entry.taken_back));
}

#[test]
fn what_was_signed_off_stays_and_the_stages_say_by_whom() {
    let mut desk = signed_off();
    desk.write(RECORD, "after");
    let view = shown(&desk);
    let open: Vec<bool> = view.notes.iter().map(|note| note.open).collect();
    assert_eq!(open, [false, true]);
    assert_eq!(view.status_word, "Prepared");
    let reached: Vec<bool> = view.stages.iter().map(|stage| stage.reached).collect();
    assert_eq!(reached, [true, true, false, false]);
    assert_eq!(view.stages[1].by, "J. Lindqvist, 2026-11-25 09:21:07 UTC");
}

#[test]
fn opened_again_it_is_a_draft_with_the_reason_in_its_history() {
    let mut desk = signed_off();
    desk.act(Act::Reopen {
        reason: "The sender sent the original.".to_owned(),
    });
    assert_eq!(shown(&desk).status, StatusView::Draft);
    let last = &history(&desk.note).entries[0];
    assert_eq!(
        (last.what.as_str(), last.words.as_str()),
        ("Opened again", "The sender sent the original.")
    );
}
