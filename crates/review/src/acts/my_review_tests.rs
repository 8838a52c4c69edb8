use super::*;
use crate::fixture;
use crate::note::{AnswerValue, Conclusion, Engagement, Ledger, Reliance, Severity, Stamp};
use evidence::{Progress, Recorder};

/// Calls `test` with the report made by hand, its records and its checks.
fn with_case<T>(test: impl FnOnce(&Case<'_>) -> T) -> T {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pack.json");
    std::fs::write(&path, "{}").unwrap();
    let pack = Pack::open(&[path], &Progress::default()).unwrap();
    let report = fixture::report();
    let mut case_file = CaseFile::temporary(&report.input).unwrap();
    let mut writer = case_file.writer().unwrap();
    for record in fixture::records() {
        writer.record(record).unwrap();
    }
    writer.finish(&report).unwrap();
    let groups = case_file.check_groups().unwrap();
    test(&Case {
        pack: &pack,
        report: &report,
        case_file: &case_file,
        groups: &groups,
    })
}

fn action(act: Act) -> Result<Action, ActError> {
    with_case(|case| case.action(act, &Review::default()))
}

fn exception(id: &str) -> Exception {
    Exception {
        id: id.to_owned(),
        severity: Severity::High,
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
    }
}

#[test]
fn what_is_stated_goes_into_the_note_as_it_was_typed() {
    let engagement = Engagement {
        client: "Client".to_owned(),
        ..Engagement::default()
    };
    let done = action(Act::StateEngagement {
        engagement: engagement.clone(),
    });
    assert_eq!(done.unwrap(), Action::EngagementStated { engagement });
    let conclusion = Conclusion {
        text: "Not used.".to_owned(),
        reliance: Reliance::DoNotRely,
        limits: vec!["x".to_owned()],
    };
    let done = action(Act::Conclude {
        conclusion: conclusion.clone(),
    });
    assert_eq!(done.unwrap(), Action::Concluded { conclusion });
}

#[test]
fn a_built_in_checklist_is_chosen_by_its_ecosystem_and_no_other_is_there() {
    let chosen = action(Act::ChooseChecklist { id: "keel".to_owned() }).unwrap();
    assert!(matches!(chosen, Action::ChecklistChosen { template } if template.id == "sealcheck.keel"));
    let none = action(Act::ChooseChecklist {
        id: "../keel".to_owned(),
    });
    assert_eq!(none.unwrap_err().code(), "NOT_THERE");
}

#[test]
fn an_answer_names_its_question() {
    let done = action(Act::AnswerItem {
        item: "key".to_owned(),
        value: Some(AnswerValue::No),
        remark: "By mail only.".to_owned(),
        evidence_refs: vec!["letter".to_owned()],
    });
    let expected = Action::ChecklistAnswered {
        item: "key".to_owned(),
        value: Some(AnswerValue::No),
        remark: "By mail only.".to_owned(),
        evidence_refs: vec!["letter".to_owned()],
    };
    assert_eq!(done.unwrap(), expected);
}

fn drawn(seed: &str) -> Sample {
    let act = Act::DrawSample {
        method: Method::Random,
        size: 2,
        seed: seed.to_owned(),
    };
    let Action::SampleDrawn { sample } = action(act).unwrap() else {
        panic!("a sample");
    };
    sample
}

#[test]
fn the_same_seed_draws_the_same_records_and_a_missing_one_is_made() {
    assert_eq!(drawn("2026-Q3"), drawn(" 2026-Q3 "));
    let (first, second) = (drawn(""), drawn(""));
    assert_ne!(first.seed, second.seed);
    assert!(first.is_repeatable() && first.seed.len() == 32);
}

#[test]
fn a_sample_of_nothing_says_so() {
    let act = Act::DrawSample {
        method: Method::Random,
        size: 0,
        seed: "s".to_owned(),
    };
    let refused = action(act).unwrap_err();
    assert_eq!(
        (refused.code(), refused.to_string().as_str()),
        ("SAMPLE_REFUSED", "the sample would be empty")
    );
}

#[test]
fn exceptions_are_proposed_once() {
    let stamp = Stamp {
        actor: "Anna",
        at: "2026-11-25T09:00:00Z",
    };
    with_case(|case| {
        let mut ledger = Ledger::default();
        let started = Action::Started {
            pack: crate::note::PackRef {
                name: "pack".to_owned(),
                kind: "zip".to_owned(),
                size: 1,
                sha256: case.report.input.sha256.unwrap(),
            },
            tool: "0".to_owned(),
            rules: "0".to_owned(),
        };
        for action in [
            started,
            case.action(Act::ProposeExceptions, &Review::default()).unwrap(),
        ] {
            let entry = ledger.next(stamp, action).unwrap();
            ledger.push(entry).unwrap();
        }
        assert_eq!(ledger.review().exceptions.len(), 1);
        let again = case.action(Act::ProposeExceptions, ledger.review());
        assert_eq!(again.unwrap_err().code(), "NOT_THERE");
    });
}

#[test]
fn an_exception_of_ones_own_gets_its_id_from_the_history() {
    let added = action(Act::AddException {
        exception: exception("e1.1"),
    });
    assert_eq!(
        added.unwrap(),
        Action::ExceptionsAdded {
            exceptions: vec![exception("")]
        }
    );
    let changed = action(Act::ChangeException {
        exception: exception("e1.1"),
    });
    assert_eq!(
        changed.unwrap(),
        Action::ExceptionChanged {
            exception: exception("e1.1")
        }
    );
}
