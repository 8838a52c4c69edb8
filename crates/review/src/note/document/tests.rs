use super::super::ledger::tests::{act, concluded, note, stamp};
use super::super::{
    Action, AnswerValue, Contradicting, Custody, DecisionValue, Engagement, Population, Procedure, Retention, Role,
    SignOff, Target, checklist, covers, prefill, records_target, sample,
};
use super::*;
use crate::case_file::CaseFile;
use crate::fixture;
use evidence::{Ecosystem, Recorder};

pub(in crate::note) fn spool() -> Spool {
    let mut spool = Spool::new().unwrap();
    for record in fixture::records() {
        spool.record(record).unwrap();
    }
    spool
}

fn case() -> CaseFile {
    let report = fixture::report();
    let mut case = CaseFile::temporary(&report.input).unwrap();
    let mut writer = case.writer().unwrap();
    for record in fixture::records() {
        writer.record(record).unwrap();
    }
    writer.finish(&report).unwrap();
    case
}

/// A note about the report made by hand, with something of everything.
pub(crate) fn ledger() -> Ledger {
    let case = case();
    let report = fixture::report();
    let mut ledger = Ledger::default();
    let started = Action::Started {
        pack: crate::note::notebook::pack_ref(&report.input).unwrap(),
        tool: "0.1.0".to_owned(),
        rules: evidence::RULES.to_owned(),
    };
    let mut all = vec![started];
    all.extend(stated());
    all.push(Action::NoteAdded {
        target: record_two(),
        text: "Asked the sender.".to_owned(),
        tags: vec!["open".to_owned()],
    });
    all.push(Action::Decided {
        target: records_target(&case, &"1,3".parse().unwrap()).unwrap(),
        value: DecisionValue::Accepted,
        reason: "Looked at.".to_owned(),
    });
    let population = Population::of_case(&case).unwrap();
    let drawn =
        sample::draw::<Box<dyn std::error::Error>>(sample::Method::AllFailures, "s", 1, &population, |number| {
            Ok(case.record(number)?.map(|record| record.id))
        });
    all.push(Action::SampleDrawn { sample: drawn.unwrap() });
    all.push(Action::ExceptionsAdded {
        exceptions: prefill::exceptions(&case.check_groups().unwrap()),
    });
    all.push(concluded());
    for action in all {
        act(&mut ledger, action).unwrap();
    }
    ledger
}

fn record_two() -> Target {
    let record = &fixture::records()[1];
    Target::Record {
        reference: record.id.clone(),
        number: 2,
        content_sha256: Some(Digest::of(b"its bytes")),
    }
}

fn stated() -> Vec<Action> {
    let template = checklist::built_in(Ecosystem::NexArt).unwrap();
    let item = template.items[0].item.clone();
    vec![
        Action::EngagementStated {
            engagement: Engagement {
                client: "Client".to_owned(),
                control_refs: vec!["C-1".to_owned()],
                ..Engagement::default()
            },
        },
        Action::CustodyStated {
            custody: vec![Custody {
                input: "pack.zip".to_owned(),
                received_from: "B. Sender".to_owned(),
                ..Custody::default()
            }],
        },
        Action::ProcedureStated {
            procedure: Procedure {
                objective: "Whether the records are whole.".to_owned(),
                ..Procedure::default()
            },
        },
        Action::ChecklistChosen { template },
        Action::ChecklistAnswered {
            item,
            value: Some(AnswerValue::Yes),
            remark: String::new(),
            evidence_refs: vec!["manifest.json".to_owned()],
        },
        Action::ContradictingStated {
            contradicting: vec![Contradicting {
                text: "One record differs.".to_owned(),
                refs: vec!["2".to_owned()],
            }],
        },
        Action::RetentionStated {
            retention: Retention {
                until: "2033-12-31".to_owned(),
                basis: "Seven years.".to_owned(),
            },
        },
    ]
}

/// The same, signed off by name in that role, over that body.
pub(crate) fn sign(ledger: &mut Ledger, role: Role, body_sha256: Digest) {
    let history_sha256 = ledger.last().unwrap().sha256;
    let pack = fixture::report().input.sha256.unwrap();
    let signoff = Box::new(SignOff {
        role,
        name: "A. Auditor".to_owned(),
        title: String::new(),
        at: stamp().at.to_owned(),
        statement: "Done.".to_owned(),
        body_sha256,
        history_sha256,
        covers_sha256: covers(body_sha256, history_sha256, pack),
        signature: None,
    });
    act(ledger, Action::SignedOff { signoff }).unwrap();
}

pub(crate) fn body_sha256() -> Digest {
    spool().body_sha256(&fixture::report()).unwrap()
}

pub(in crate::note) fn written(ledger: &Ledger) -> (String, Written) {
    let mut out = Vec::new();
    let written = write(spool(), &fixture::report(), &Session::default(), ledger, &mut out).unwrap();
    (String::from_utf8(out).unwrap(), written)
}

/// The text of a note that its preparer signed off.
pub(in crate::note) fn finished() -> String {
    let mut ledger = ledger();
    sign(&mut ledger, Role::Preparer, body_sha256());
    written(&ledger).0
}

#[test]
fn the_text_is_its_own_canonical_form_with_the_reports_body() {
    let (text, written) = written(&ledger());
    assert_eq!(serde_json_canonicalizer::pipe(&text).unwrap(), text);
    assert_eq!(written.body_sha256, body_sha256());
    let document: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(document["schema"], SCHEMA);
    assert_eq!(document["bodySha256"], written.body_sha256.to_hex());
}

#[test]
fn the_published_schema_holds_for_every_state_of_a_note() {
    let schema: Value = serde_json::from_str(&json_schema().unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let check = |ledger: &Ledger| {
        let document: Value = serde_json::from_str(&written(ledger).0).unwrap();
        let faults: Vec<String> = validator
            .iter_errors(&document)
            .map(|fault| format!("{}: {fault}", fault.instance_path()))
            .collect();
        assert_eq!(faults, [""; 0]);
    };
    let mut ledger = ledger();
    check(&ledger);
    act(&mut ledger, note("About the pack.")).unwrap();
    sign(&mut ledger, Role::Preparer, body_sha256());
    check(&ledger);
    let reopened = Action::Reopened {
        reason: "More came.".to_owned(),
    };
    act(&mut ledger, reopened).unwrap();
    check(&ledger);
}

#[test]
fn the_published_schema_refuses_a_status_and_a_member_of_another_kind() {
    let schema: Value = serde_json::from_str(&json_schema().unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let mut document: Value = serde_json::from_str(&written(&ledger()).0).unwrap();
    document["review"]["status"] = "perfect".into();
    assert!(!validator.is_valid(&document));
    document["review"]["status"] = "draft".into();
    document["review"]["score"] = 5.into();
    assert!(!validator.is_valid(&document));
}

#[test]
fn who_signed_off_another_result_is_named() {
    let mut ledger = ledger();
    sign(&mut ledger, Role::Preparer, Digest::of(b"another result"));
    assert_eq!(written(&ledger).1.stale, ["A. Auditor"]);
}
