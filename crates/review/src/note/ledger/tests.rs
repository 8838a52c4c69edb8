use super::*;
use crate::note::checklist;
use crate::note::review::{
    AnswerValue, Conclusion, Decision, DecisionValue, Exception, PackRef, Reliance, Severity, Superseded,
};
use crate::note::signoff::{Role, SignOff, covers};
use crate::note::target::Target;
use crate::note::verify_chain;
use evidence::{Digest, Ecosystem};

pub(crate) fn stamp() -> Stamp<'static> {
    Stamp {
        actor: "A. Auditor",
        at: "2026-11-25T09:00:00Z",
    }
}

pub(crate) fn pack() -> PackRef {
    PackRef {
        name: "pack.zip".to_owned(),
        kind: "zip".to_owned(),
        size: 6091,
        sha256: Digest::of(b"pack"),
    }
}

pub(crate) fn on_pack() -> Target {
    Target::Pack {
        reference: "pack.zip".to_owned(),
        content_sha256: Digest::of(b"pack"),
    }
}

pub(crate) fn note(text: &str) -> Action {
    Action::NoteAdded {
        target: on_pack(),
        text: text.to_owned(),
        tags: Vec::new(),
    }
}

pub(crate) fn concluded() -> Action {
    Action::Concluded {
        conclusion: Conclusion {
            text: "Sound.".to_owned(),
            reliance: Reliance::MayRelyWithLimits,
            limits: vec!["Only what is there.".to_owned()],
        },
    }
}

fn decided(numbers: &str, value: DecisionValue) -> Action {
    let reference: crate::note::Numbers = numbers.parse().unwrap();
    Action::Decided {
        target: Target::Records {
            count: reference.count(),
            reference,
            content_sha256: Digest::of(b""),
        },
        value,
        reason: "Looked at.".to_owned(),
    }
}

pub(crate) fn begun() -> Ledger {
    let mut ledger = Ledger::default();
    let started = Action::Started {
        pack: pack(),
        tool: "0".to_owned(),
        rules: "0".to_owned(),
    };
    let entry = ledger.next(stamp(), started).unwrap();
    ledger.push(entry).unwrap();
    ledger
}

pub(crate) fn act(ledger: &mut Ledger, action: Action) -> Result<(), Refused> {
    let entry = ledger.next(stamp(), action)?;
    ledger.push(entry)
}

pub(crate) fn signed(ledger: &Ledger, role: Role) -> Action {
    let history_sha256 = ledger.last().unwrap().sha256;
    let body_sha256 = Digest::of(b"body");
    Action::SignedOff {
        signoff: Box::new(SignOff {
            role,
            name: "A. Auditor".to_owned(),
            title: String::new(),
            at: stamp().at.to_owned(),
            statement: "Done.".to_owned(),
            body_sha256,
            history_sha256,
            covers_sha256: covers(body_sha256, history_sha256, pack().sha256),
            signature: None,
        }),
    }
}

fn sign(ledger: &mut Ledger, role: Role) -> Result<(), Refused> {
    let action = signed(ledger, role);
    act(ledger, action)
}

fn texts(ledger: &Ledger) -> Vec<&str> {
    ledger
        .review()
        .annotations
        .iter()
        .map(|note| note.text.as_str())
        .collect()
}

fn undo(ledger: &mut Ledger) -> Result<(), Refused> {
    let seq = ledger.undoable().ok_or(Refused::NotUndoable)?;
    act(ledger, Action::Undone { seq })
}

fn redo(ledger: &mut Ledger) -> Result<(), Refused> {
    let seq = ledger.redoable().ok_or(Refused::NotUndoable)?;
    act(ledger, Action::Undone { seq })
}

#[test]
fn acts_are_undone_last_first_and_come_back_in_their_order() {
    let mut ledger = begun();
    for text in ["a", "b", "c"] {
        act(&mut ledger, note(text)).unwrap();
    }
    undo(&mut ledger).unwrap();
    undo(&mut ledger).unwrap();
    assert_eq!(texts(&ledger), ["a"]);
    redo(&mut ledger).unwrap();
    assert_eq!(texts(&ledger), ["a", "b"]);
    redo(&mut ledger).unwrap();
    assert_eq!(texts(&ledger), ["a", "b", "c"]);
    assert_eq!(ledger.redoable(), None);
}

#[test]
fn after_something_new_what_was_undone_does_not_come_back() {
    let mut ledger = begun();
    act(&mut ledger, note("a")).unwrap();
    undo(&mut ledger).unwrap();
    act(&mut ledger, note("b")).unwrap();
    assert_eq!(redo(&mut ledger), Err(Refused::NotUndoable));
    assert_eq!(texts(&ledger), ["b"]);
}

#[test]
fn undoing_a_change_and_a_removal_gives_the_words_back() {
    let mut ledger = begun();
    act(&mut ledger, note("first")).unwrap();
    let id = ledger.review().annotations[0].id.clone();
    let changed = Action::NoteChanged {
        id: id.clone(),
        text: "second".to_owned(),
        tags: vec!["b".to_owned(), " a ".to_owned(), "b".to_owned()],
    };
    act(&mut ledger, changed).unwrap();
    assert_eq!(ledger.review().annotations[0].tags, ["a", "b"]);
    act(&mut ledger, Action::NoteRemoved { id }).unwrap();
    assert_eq!(texts(&ledger), [""; 0]);
    undo(&mut ledger).unwrap();
    assert_eq!(texts(&ledger), ["second"]);
    undo(&mut ledger).unwrap();
    assert_eq!(texts(&ledger), ["first"]);
}

#[test]
fn only_the_last_act_is_undone() {
    let mut ledger = begun();
    act(&mut ledger, note("a")).unwrap();
    act(&mut ledger, note("b")).unwrap();
    assert_eq!(act(&mut ledger, Action::Undone { seq: 2 }), Err(Refused::NotUndoable));
    assert_eq!(act(&mut ledger, Action::Undone { seq: 99 }), Err(Refused::NotUndoable));
}

#[test]
fn the_last_decision_about_a_record_counts() {
    let mut ledger = begun();
    act(&mut ledger, decided("1-10", DecisionValue::Accepted)).unwrap();
    act(&mut ledger, decided("7", DecisionValue::Rejected)).unwrap();
    let value = |ledger: &Ledger, record| {
        ledger
            .review()
            .decision_on(record)
            .map(|decision: &Decision| decision.value)
    };
    assert_eq!(value(&ledger, 6), Some(DecisionValue::Accepted));
    assert_eq!(value(&ledger, 7), Some(DecisionValue::Rejected));
    assert_eq!(value(&ledger, 11), None);
    undo(&mut ledger).unwrap();
    assert_eq!(value(&ledger, 7), Some(DecisionValue::Accepted));
}

#[test]
fn a_decision_needs_a_reason_and_a_note_needs_words_or_tags() {
    let mut ledger = begun();
    let Action::Decided { target, value, .. } = decided("1", DecisionValue::Accepted) else {
        panic!("a decision");
    };
    let without = Action::Decided {
        target,
        value,
        reason: " ".to_owned(),
    };
    assert_eq!(act(&mut ledger, without), Err(Refused::Missing("the reason")));
    assert_eq!(act(&mut ledger, note(" ")), Err(Refused::Missing("the text")));
    assert_eq!(ledger.entries().len(), 1);
}

#[test]
fn an_act_needs_a_name() {
    let nobody = Stamp { actor: " ", ..stamp() };
    assert_eq!(
        begun().next(nobody, note("a")),
        Err(Refused::Missing("the name of the person"))
    );
}

#[test]
fn a_note_goes_from_draft_to_released_and_each_role_signs_in_its_turn() {
    let mut ledger = begun();
    assert_eq!(
        sign(&mut ledger, Role::Preparer),
        Err(Refused::Missing("the conclusion"))
    );
    act(&mut ledger, concluded()).unwrap();
    assert_eq!(sign(&mut ledger, Role::Reviewer), Err(Refused::Status(Status::Draft)));
    for (role, status) in [
        (Role::Preparer, Status::Prepared),
        (Role::Reviewer, Status::Reviewed),
        (Role::Approver, Status::Released),
    ] {
        sign(&mut ledger, role).unwrap();
        assert_eq!(ledger.review().status, status);
        assert!(sign(&mut ledger, role).is_err());
    }
}

#[test]
fn what_was_signed_off_stays_and_the_next_person_adds_notes_of_her_own() {
    let mut ledger = begun();
    act(&mut ledger, note("preparer's")).unwrap();
    act(&mut ledger, concluded()).unwrap();
    sign(&mut ledger, Role::Preparer).unwrap();
    assert_eq!(act(&mut ledger, concluded()), Err(Refused::Status(Status::Prepared)));
    assert_eq!(undo(&mut ledger), Err(Refused::NotUndoable));
    assert_eq!(
        act(&mut ledger, Action::NoteRemoved { id: "n2".to_owned() }),
        Err(Refused::SignedOff)
    );
    act(&mut ledger, note("reviewer's")).unwrap();
    let own = ledger.review().annotations[1].id.clone();
    act(&mut ledger, Action::NoteRemoved { id: own }).unwrap();
    assert_eq!(texts(&ledger), ["preparer's"]);
}

#[test]
fn a_released_note_takes_nothing_but_a_reason_to_open_it_again() {
    let mut ledger = begun();
    act(&mut ledger, concluded()).unwrap();
    for role in [Role::Preparer, Role::Reviewer, Role::Approver] {
        sign(&mut ledger, role).unwrap();
    }
    assert_eq!(act(&mut ledger, note("late")), Err(Refused::Status(Status::Released)));
    let reopened = |reason: &str| Action::Reopened {
        reason: reason.to_owned(),
    };
    assert_eq!(act(&mut ledger, reopened("")), Err(Refused::Missing("the reason")));
    act(&mut ledger, reopened("A record was missing.")).unwrap();
    act(&mut ledger, note("late")).unwrap();
    assert_eq!(ledger.review().version, 2);
    assert_eq!(ledger.review().signoffs, []);
}

#[test]
fn an_earlier_version_is_kept_whole_and_marked() {
    let mut ledger = begun();
    act(&mut ledger, note("old")).unwrap();
    act(&mut ledger, concluded()).unwrap();
    sign(&mut ledger, Role::Preparer).unwrap();
    let old = ledger.review().clone();
    act(
        &mut ledger,
        Action::Reopened {
            reason: "Wrong period.".to_owned(),
        },
    )
    .unwrap();
    act(
        &mut ledger,
        Action::NoteChanged {
            id: "n2".to_owned(),
            text: "new".to_owned(),
            tags: Vec::new(),
        },
    )
    .unwrap();
    let superseded: &Superseded = &ledger.review().versions[0];
    assert_eq!((superseded.version, superseded.status), (1, Status::Prepared));
    assert_eq!(superseded.signoffs, old.signoffs);
    let kept = ledger.as_of(superseded.last_seq).unwrap();
    assert_eq!(kept.review(), &old);
    assert_eq!(kept.last().unwrap().sha256, superseded.last_sha256);
}

#[test]
fn a_sign_off_over_something_else_is_refused() {
    let mut ledger = begun();
    act(&mut ledger, concluded()).unwrap();
    let stale = signed(&ledger, Role::Preparer);
    act(&mut ledger, note("after the digest was made")).unwrap();
    assert_eq!(act(&mut ledger, stale), Err(Refused::Inconsistent("the sign-off")));
}

#[test]
fn a_checklist_is_answered_and_an_answer_can_be_opened_again() {
    let mut ledger = begun();
    let template = checklist::built_in(Ecosystem::NexArt).unwrap();
    let item = template.items[0].item.clone();
    act(&mut ledger, Action::ChecklistChosen { template }).unwrap();
    let answered = |item: &str, value| Action::ChecklistAnswered {
        item: item.to_owned(),
        value,
        remark: String::new(),
        evidence_refs: Vec::new(),
    };
    act(&mut ledger, answered(&item, Some(AnswerValue::Yes))).unwrap();
    let answer = ledger.review().checklist[0].answer.as_ref().unwrap();
    assert_eq!((answer.value, answer.author.as_str()), (AnswerValue::Yes, "A. Auditor"));
    act(&mut ledger, answered(&item, None)).unwrap();
    assert_eq!(ledger.review().checklist[0].answer, None);
    assert_eq!(
        act(&mut ledger, answered("nothing", None)),
        Err(Refused::Absent("question"))
    );
}

#[test]
fn exceptions_get_names_and_are_changed_and_removed_by_them() {
    let mut ledger = begun();
    let exception = Exception {
        id: String::new(),
        severity: Severity::NotAssessed,
        description: "One record differs.".to_owned(),
        cause: String::new(),
        effect: String::new(),
        alternative_explanations: Vec::new(),
        follow_up: String::new(),
        owner: String::new(),
        due: String::new(),
        check: None,
        reason_code: None,
        count: None,
    };
    let added = Action::ExceptionsAdded {
        exceptions: vec![exception.clone(), exception],
    };
    act(&mut ledger, added).unwrap();
    let mut second = ledger.review().exceptions[1].clone();
    assert_eq!(second.id, "e2.2");
    second.severity = Severity::High;
    act(&mut ledger, Action::ExceptionChanged { exception: second }).unwrap();
    act(&mut ledger, Action::ExceptionRemoved { id: "e2.1".to_owned() }).unwrap();
    assert_eq!(ledger.review().exceptions.len(), 1);
    assert_eq!(ledger.review().exceptions[0].severity, Severity::High);
}

#[test]
fn replaying_the_history_gives_the_same_note() {
    let mut ledger = begun();
    act(&mut ledger, note("a")).unwrap();
    act(&mut ledger, decided("1-3", DecisionValue::Accepted)).unwrap();
    undo(&mut ledger).unwrap();
    undo(&mut ledger).unwrap();
    redo(&mut ledger).unwrap();
    act(&mut ledger, concluded()).unwrap();
    sign(&mut ledger, Role::Preparer).unwrap();
    act(&mut ledger, note("b")).unwrap();
    undo(&mut ledger).unwrap();
    verify_chain(ledger.entries()).unwrap();
    assert_eq!(Ledger::replay(ledger.entries().to_vec()).unwrap(), ledger);
}

#[test]
fn a_history_that_could_not_have_happened_is_refused_at_its_place() {
    let mut ledger = begun();
    act(&mut ledger, concluded()).unwrap();
    sign(&mut ledger, Role::Preparer).unwrap();
    let mut entries = ledger.entries().to_vec();
    let forged = Entry::after(entries.last(), stamp(), concluded());
    entries.push(forged);
    verify_chain(&entries).unwrap();
    assert_eq!(
        Ledger::replay(entries).unwrap_err(),
        (4, Refused::Status(Status::Prepared))
    );
}

#[test]
fn a_note_that_was_removed_and_came_back_can_be_changed_also_on_replay() {
    let mut ledger = begun();
    act(&mut ledger, note("a")).unwrap();
    act(&mut ledger, Action::NoteRemoved { id: "n2".to_owned() }).unwrap();
    undo(&mut ledger).unwrap();
    let changed = Action::NoteChanged {
        id: "n2".to_owned(),
        text: "b".to_owned(),
        tags: Vec::new(),
    };
    act(&mut ledger, changed).unwrap();
    assert_eq!(texts(&ledger), ["b"]);
    assert_eq!(Ledger::replay(ledger.entries().to_vec()).unwrap(), ledger);
}
