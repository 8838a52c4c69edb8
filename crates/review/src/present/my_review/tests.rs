use super::*;
use crate::case_file::CaseFile;
use crate::fixture;
use crate::note::{
    Answer, AnswerValue, Conclusion, Decision, DecisionValue, Numbers, Population, Reliance, Role, SignOff, Superseded,
    Target, checklist::built_in, covers, sample,
};
use evidence::{Digest, Ecosystem, Recorder};

fn groups() -> Vec<CheckGroup> {
    let report = fixture::report();
    let mut case = CaseFile::temporary(&report.input).unwrap();
    let mut writer = case.writer().unwrap();
    for record in fixture::records() {
        writer.record(record).unwrap();
    }
    writer.finish(&report).unwrap();
    case.check_groups().unwrap()
}

fn page(review: &Review) -> ReviewPage {
    super::page(review, &fixture::report(), &groups(), true)
}

fn state<'p>(page: &'p ReviewPage, id: &str) -> &'p str {
    let item = page.outline.iter().find(|item| item.id == id).unwrap();
    &item.state
}

fn concluded() -> Review {
    Review {
        conclusion: Some(Conclusion {
            text: "Not used.".to_owned(),
            reliance: Reliance::DoNotRely,
            limits: Vec::new(),
        }),
        ..Review::default()
    }
}

fn signed(role: Role) -> SignOff {
    let digest = Digest::of(b"");
    SignOff {
        role,
        name: "Anna\u{202E}".to_owned(),
        title: "Manager".to_owned(),
        at: "2026-11-25T09:00:00Z".to_owned(),
        statement: "So it is.".to_owned(),
        body_sha256: digest,
        history_sha256: digest,
        covers_sha256: covers(digest, digest, digest),
        signature: None,
    }
}

#[test]
fn an_empty_note_names_every_section_and_says_that_none_is_stated() {
    let page = page(&Review::default());
    let sections: Vec<&str> = page.outline.iter().map(|item| item.id.as_str()).collect();
    assert_eq!(
        sections,
        [
            "engagement",
            "custody",
            "procedure",
            "sample",
            "checklist",
            "decisions",
            "exceptions",
            "contradicting",
            "conclusion",
            "retention",
            "signing"
        ]
    );
    assert!(
        page.outline
            .iter()
            .all(|item| !item.stated && item.state.ends_with(" yet"))
    );
}

#[test]
fn a_note_that_is_not_a_draft_or_cannot_be_written_is_not_edited() {
    assert!(page(&Review::default()).editable);
    let prepared = Review {
        status: Status::Prepared,
        ..Review::default()
    };
    assert!(!page(&prepared).editable);
    let read_only = super::page(&Review::default(), &fixture::report(), &groups(), false);
    assert!(!read_only.editable && !read_only.signing.reopen);
    assert_eq!(read_only.signing.missing, "The note cannot be written here.");
}

#[test]
fn the_checklist_of_the_packs_ecosystem_is_suggested_first() {
    let templates = page(&Review::default()).checklist.templates;
    let ids: Vec<&str> = templates.iter().map(|choice| choice.id.as_str()).collect();
    assert_eq!(ids, ["nexart", "keel", "invoance"]);
}

#[test]
fn answers_are_counted_and_signed_with_a_name() {
    let template = built_in(Ecosystem::NexArt).unwrap();
    let mut review = Review {
        checklist_template: Some(template.reference()),
        checklist: template.open(),
        ..Review::default()
    };
    review.checklist[0].answer = Some(Answer {
        value: AnswerValue::No,
        remark: "Asked.".to_owned(),
        evidence_refs: vec!["e-mail".to_owned()],
        author: "Anna".to_owned(),
        at: "2026-11-25T09:00:00Z".to_owned(),
    });
    let page = page(&review);
    assert_eq!(state(&page, "checklist"), "1 of 13 answered");
    assert_eq!(page.checklist.items[0].by, "Anna, 2026-11-25 09:00:00 UTC");
    assert_eq!(page.checklist.items[1].value, None);
}

#[test]
fn what_failed_is_proposed_once() {
    let mut review = Review::default();
    let section = page(&review).exceptions;
    assert_eq!(section.proposed, 1);
    assert!(
        section.proposal.starts_with("1 kind of check failed"),
        "{}",
        section.proposal
    );
    review.exceptions = proposed(&review, &groups());
    let section = page(&review).exceptions;
    assert_eq!((section.proposed, section.proposal.as_str()), (0, ""));
    let target = section.rows[0].target.as_ref().unwrap();
    assert_eq!(
        target.check.as_deref(),
        Some("bundleIntegrity.FAIL.BUNDLE_HASH_MISMATCH.required")
    );
}

#[test]
fn a_sample_says_how_it_was_drawn_and_that_it_can_be_drawn_again() {
    let population = Population::of(fixture::records().iter().map(|record| (&record.id, record.verdict)));
    let drawn = sample::draw::<sample::SampleError>(sample::Method::AllFailures, "s", 1, &population, |number| {
        Ok(Some(number.to_string()))
    });
    let review = Review {
        sample: Some(drawn.unwrap()),
        ..Review::default()
    };
    let shown = page(&review).sample.drawn.unwrap();
    assert_eq!(
        shown.sentence,
        "2 of 3 records: 1 that failed and 1 of the others at random."
    );
    assert_eq!(shown.population_sha256, population.sha256.to_hex());
}

#[test]
fn a_record_of_the_sample_shows_the_decision_that_counts() {
    let decision = |value| Decision {
        target: Target::Records {
            reference: "1-2".parse::<Numbers>().unwrap(),
            count: 2,
            content_sha256: Digest::of(b""),
        },
        value,
        reason: "Seen.".to_owned(),
        author: "Anna".to_owned(),
        at: "2026-11-25T09:00:00Z".to_owned(),
    };
    let review = Review {
        decisions: vec![
            decision(DecisionValue::Accepted),
            decision(DecisionValue::AcceptedWithException),
        ],
        ..Review::default()
    };
    let row = sample_row(&review, 2, &fixture::records()[1]);
    assert_eq!(
        (row.word.as_str(), row.decision.as_str()),
        ("Mismatch", "Accepted with exception")
    );
    assert_eq!(sample_row(&review, 3, &fixture::records()[2]).decision, "");
}

#[test]
fn nobody_signs_before_there_is_a_conclusion_and_each_waits_for_the_one_before() {
    let turns = |review: &Review| -> Vec<bool> { page(review).signing.roles.iter().map(|row| row.turn).collect() };
    let mut review = Review::default();
    assert_eq!(turns(&review), [false; 3]);
    assert_eq!(page(&review).signing.roles[0].waits, "State the conclusion first.");
    review = concluded();
    assert_eq!(turns(&review), [true, false, false]);
    review.status = Status::Prepared;
    review.signoffs = vec![signed(Role::Preparer)];
    assert_eq!(turns(&review), [false, true, false]);
    assert_eq!(page(&review).signing.roles[2].waits, "after the reviewer has signed");
    review.status = Status::Released;
    assert!(page(&review).signing.reopen);
}

#[test]
fn a_pack_without_a_fingerprint_cannot_be_signed_off() {
    let mut report = fixture::report();
    report.input.sha256 = None;
    let signing = super::page(&concluded(), &report, &groups(), true).signing;
    assert!(signing.missing.contains("no fingerprint") && !signing.roles[0].turn);
}

#[test]
fn a_name_with_hidden_characters_shows_them() {
    let review = Review {
        status: Status::Prepared,
        signoffs: vec![signed(Role::Preparer)],
        ..concluded()
    };
    let row = page(&review).signing.roles[0].signed.clone().unwrap();
    assert_eq!((row.name.as_str(), row.how.as_str()), ("Anna[U+202E]", "typed name"));
}

#[test]
fn an_earlier_version_says_that_it_is_superseded_and_why() {
    let review = Review {
        version: 2,
        versions: vec![Superseded {
            version: 1,
            status: Status::Reviewed,
            signoffs: vec![signed(Role::Preparer)],
            last_seq: 9,
            last_sha256: Digest::of(b""),
            reason: "The sender sent more.".to_owned(),
            author: "Ben".to_owned(),
            at: "2026-11-26T09:00:00Z".to_owned(),
        }],
        ..Review::default()
    };
    let page = page(&review);
    let version = &page.versions[0];
    assert_eq!(version.title, "Version 1, reviewed, superseded");
    assert_eq!(version.reason, "The sender sent more.");
    assert_eq!(version.signed.len(), 1);
    assert!(page.standing.starts_with("Draft of version 2."));
}

#[test]
fn a_hand_over_begins_with_the_name_of_the_pack() {
    let page = page(&Review::default());
    assert_eq!(page.new_custody.input, fixture::report().input.name);
    assert!(page.received.iter().any(|fact| fact.label == "SHA-256"));
    assert!(page.performed[0].value.contains("rules"));
}
