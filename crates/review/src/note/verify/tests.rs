use super::super::document::tests::{body_sha256, ledger, sign, written};
use super::super::key::ReviewerKey;
use super::super::ledger::tests::{act, note, stamp};
use super::super::{Action, Ledger, Note, Role, SignOffForm};
use super::*;
use crate::case_file::CaseFile;
use crate::fixture;
use serde_json::Value;
use tempfile::TempDir;

/// The key of RFC 8410.
const KEY: &str = "-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
-----END PRIVATE KEY-----
";

fn key() -> ReviewerKey {
    ReviewerKey::read(KEY.as_bytes(), None).unwrap()
}

fn trust() -> NoteTrust {
    NoteTrust {
        reviewers: vec![entry()],
        bare: Vec::new(),
    }
}

fn entry() -> ReviewerEntry {
    ReviewerEntry {
        name: "A. Auditor".to_owned(),
        public_key: key().public().unwrap(),
        source: "her card".to_owned(),
        confirmed_by: "B. Colleague".to_owned(),
        confirmed_how: "inPerson".to_owned(),
        confirmed_at: "2026-11-25T09:00:00Z".to_owned(),
        valid_from: None,
        valid_to: None,
        revoked_at: None,
        revoked_reason: None,
    }
}

/// The note about the report made by hand, signed off with the key.
fn signed() -> Ledger {
    let mut ledger = ledger();
    let mut unsigned = ledger.clone();
    sign(&mut unsigned, Role::Preparer, body_sha256());
    let mut signoff = unsigned.review().signoffs[0].clone();
    let pack = ledger.review().pack.clone().unwrap();
    let statement = super::super::dsse::statement(&pack, &signoff);
    let (public_key, envelope) = super::super::dsse::sign(&statement, key()).unwrap();
    signoff.signature = Some(super::super::Signature {
        alg: "Ed25519".to_owned(),
        public_key,
        envelope,
    });
    act(
        &mut ledger,
        Action::SignedOff {
            signoff: Box::new(signoff),
        },
    )
    .unwrap();
    ledger
}

fn verified_text(text: &str, pack: Option<Digest>, trust: &NoteTrust) -> Result<NoteReport, NotRead> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pack.zip.review.json");
    std::fs::write(&path, text).unwrap();
    verify(&path, pack, trust)
}

fn verified(ledger: &Ledger, trust: &NoteTrust) -> NoteReport {
    verified_text(&written(ledger).0, None, trust).unwrap()
}

/// The outcome of a check, the worst where there are several.
fn outcome(report: &NoteReport, id: NoteCheckId) -> NoteOutcome {
    roll_up(
        report
            .checks
            .iter()
            .filter(|check| check.id == id)
            .map(|check| check.outcome),
    )
}

/// The note with one alteration, and the one check that must fail for it.
fn altered(alter: impl FnOnce(&mut Value)) -> NoteReport {
    let mut document: Value = serde_json::from_str(&written(&signed()).0).unwrap();
    alter(&mut document);
    let report = verified_text(&document.to_string(), None, &trust()).unwrap();
    assert_eq!(report.verdict, Verdict::Failed);
    report
}

fn failing(report: &NoteReport) -> Vec<(NoteCheckId, NoteReason)> {
    let failed = report.checks.iter().filter_map(|check| match check.outcome {
        NoteOutcome::Fail(reason) => Some((check.id, reason)),
        NoteOutcome::Pass | NoteOutcome::Undetermined(_) | NoteOutcome::Skipped(_) => None,
    });
    failed.collect()
}

#[test]
fn a_note_signed_by_a_known_person_is_verified() {
    let report = verified(&signed(), &trust());
    assert_eq!(failing(&report), []);
    assert_eq!(report.verdict, Verdict::Verified);
    assert_eq!(report.status, Status::Prepared);
    assert_eq!(outcome(&report, NoteCheckId::Sample), NoteOutcome::Pass);
    assert_eq!(
        report.signers[0].confirmed.as_deref(),
        Some("key of A. Auditor, confirmed by B. Colleague (inPerson)")
    );
}

#[test]
fn the_same_by_an_unknown_person_is_undecided() {
    let report = verified(&signed(), &NoteTrust::default());
    assert_eq!(report.verdict, Verdict::Indeterminate);
    assert_eq!(
        report.questions[&Question::FromWhom],
        NoteOutcome::Undetermined(NoteReason::KeyNotConfirmed)
    );
    assert_eq!(report.questions[&Question::Unchanged], NoteOutcome::Pass);
}

#[test]
fn a_key_given_for_the_run_counts_for_the_run() {
    let trust = NoteTrust {
        bare: vec![key().public().unwrap()],
        ..NoteTrust::default()
    };
    assert_eq!(verified(&signed(), &trust).verdict, Verdict::Verified);
}

#[test]
fn a_typed_name_alone_and_no_name_at_all_are_undecided() {
    let mut named = ledger();
    let from_whom = |ledger: &Ledger| verified(ledger, &trust()).questions[&Question::FromWhom];
    assert_eq!(from_whom(&named), NoteOutcome::Undetermined(NoteReason::NotSignedOff));
    sign(&mut named, Role::Preparer, body_sha256());
    assert_eq!(from_whom(&named), NoteOutcome::Undetermined(NoteReason::NoteNotSigned));
}

#[test]
fn a_revoked_key_and_one_outside_its_period_fail() {
    let with = |change: fn(&mut ReviewerEntry)| {
        let mut trust = trust();
        change(&mut trust.reviewers[0]);
        outcome(&verified(&signed(), &trust), NoteCheckId::Signature)
    };
    assert_eq!(
        with(|entry| entry.revoked_at = Some("2027-01-01T00:00:00Z".to_owned())),
        NoteOutcome::Fail(NoteReason::NoteKeyRevoked)
    );
    assert_eq!(
        with(|entry| entry.valid_to = Some("2026-01-01T00:00:00Z".to_owned())),
        NoteOutcome::Fail(NoteReason::NoteKeyOutsideWindow)
    );
    assert_eq!(
        with(|entry| entry.valid_from = Some("2026-01-01T00:00:00Z".to_owned())),
        NoteOutcome::Pass
    );
}

#[test]
fn a_changed_result_is_seen_and_so_is_that_it_was_not_signed() {
    let report = altered(|document| document["body"]["verdict"] = "VERIFIED".into());
    assert_eq!(
        failing(&report),
        [
            (NoteCheckId::Result, NoteReason::NoteResultChanged),
            (NoteCheckId::SignedResult, NoteReason::NoteSignedOther)
        ]
    );
}

#[test]
fn a_changed_result_with_its_digest_made_anew_is_not_what_was_signed() {
    let report = altered(|document| {
        document["body"]["verdict"] = "VERIFIED".into();
        let body = serde_json_canonicalizer::to_vec(&document["body"]).unwrap();
        document["bodySha256"] = Digest::of(&body).to_hex().into();
    });
    assert_eq!(
        failing(&report),
        [(NoteCheckId::SignedResult, NoteReason::NoteSignedOther)]
    );
}

#[test]
fn a_changed_word_in_the_history_is_seen_at_its_entry() {
    let report = altered(|document| document["review"]["history"][2]["actor"] = "Somebody".into());
    assert_eq!(
        failing(&report)[0],
        (NoteCheckId::History, NoteReason::NoteEntryChanged)
    );
    let check = report
        .checks
        .iter()
        .find(|check| check.id == NoteCheckId::History)
        .unwrap();
    assert_eq!(check.subject, "entry 3");
}

#[test]
fn a_missing_entry_is_seen() {
    let report = altered(|document| {
        document["review"]["history"].as_array_mut().unwrap().remove(3);
    });
    assert_eq!(
        failing(&report)[0],
        (NoteCheckId::History, NoteReason::NoteHistoryBroken)
    );
}

#[test]
fn a_changed_word_that_the_history_does_not_have_is_seen() {
    let report = altered(|document| document["review"]["conclusion"]["text"] = "Perfect.".into());
    assert_eq!(
        failing(&report),
        [(NoteCheckId::Content, NoteReason::NoteContentDiffers)]
    );
}

/// Makes the history anew from an entry on, as somebody would who knows the format and has no key.
fn rechained(document: &mut Value, from: usize) {
    let history = document["review"]["history"].as_array_mut().unwrap();
    for index in from..history.len() {
        if index > 0 {
            history[index]["prevSha256"] = history[index - 1]["sha256"].clone();
        }
        if history[index]["action"] == "signedOff" {
            history[index]["detail"]["signoff"]["historySha256"] = history[index]["prevSha256"].clone();
            let signoff = &history[index]["detail"]["signoff"];
            let hex = |name: &str| Digest::from_hex(signoff[name].as_str().unwrap()).unwrap();
            let pack = fixture::report().input.sha256.unwrap();
            let covered = super::super::covers(hex("bodySha256"), hex("historySha256"), pack);
            history[index]["detail"]["signoff"]["coversSha256"] = covered.to_hex().into();
        }
        history[index].as_object_mut().unwrap().remove("sha256");
        let digest = Digest::of(&serde_json_canonicalizer::to_vec(&history[index]).unwrap());
        history[index]["sha256"] = digest.to_hex().into();
    }
}

#[test]
fn a_note_forged_throughout_fails_at_its_signature_alone() {
    let report = altered(|document| {
        let concluded = document["review"]["history"]
            .as_array()
            .unwrap()
            .iter()
            .position(|entry| entry["action"] == "concluded")
            .unwrap();
        document["review"]["history"][concluded]["detail"]["conclusion"]["text"] = "Perfect.".into();
        document["review"]["conclusion"]["text"] = "Perfect.".into();
        rechained(document, concluded);
        let last = document["review"]["history"]
            .as_array()
            .unwrap()
            .last()
            .unwrap()
            .clone();
        document["review"]["signoffs"][0] = last["detail"]["signoff"].clone();
    });
    assert_eq!(
        failing(&report),
        [(NoteCheckId::Signature, NoteReason::NoteSignatureInvalid)]
    );
}

#[test]
fn an_act_that_was_not_possible_is_seen_though_the_chain_is_whole() {
    let report = altered(|document| {
        let history = document["review"]["history"].as_array_mut().unwrap();
        let mut late = history
            .iter()
            .find(|entry| entry["action"] == "concluded")
            .unwrap()
            .clone();
        late["seq"] = (history.len() + 1).into();
        let from = history.len();
        history.push(late);
        rechained(document, from);
    });
    assert_eq!(
        failing(&report)[0],
        (NoteCheckId::History, NoteReason::NoteHistoryImpossible)
    );
}

#[test]
fn an_act_of_a_newer_program_is_undecided_and_accuses_nobody() {
    let mut document: Value = serde_json::from_str(&written(&signed()).0).unwrap();
    let history = document["review"]["history"].as_array_mut().unwrap();
    let mut newer = history.last().unwrap().clone();
    newer["seq"] = (history.len() + 1).into();
    newer["action"] = "sealedWithWax".into();
    newer["detail"] = serde_json::json!({});
    let from = history.len();
    history.push(newer);
    rechained(&mut document, from);
    let report = verified_text(&document.to_string(), None, &trust()).unwrap();
    assert_eq!(report.verdict, Verdict::Indeterminate);
    assert_eq!(
        outcome(&report, NoteCheckId::History),
        NoteOutcome::Undetermined(NoteReason::NoteNewer)
    );
}

#[test]
fn the_pack_at_hand_is_compared() {
    let text = written(&signed()).0;
    let same = fixture::report().input.sha256;
    let report = verified_text(&text, same, &trust()).unwrap();
    assert_eq!(outcome(&report, NoteCheckId::PackAtHand), NoteOutcome::Pass);
    let report = verified_text(&text, Some(Digest::of(b"another")), &trust()).unwrap();
    assert_eq!(report.verdict, Verdict::Failed);
    assert_eq!(failing(&report), [(NoteCheckId::PackAtHand, NoteReason::NoteOtherPack)]);
}

#[test]
fn what_came_after_the_last_sign_off_is_counted_and_covered_by_nobody() {
    let mut ledger = signed();
    act(&mut ledger, note("The reviewer's question.")).unwrap();
    let report = verified(&ledger, &trust());
    assert_eq!((report.verdict, report.after_last_signoff), (Verdict::Indeterminate, 1));
    assert_eq!(
        outcome(&report, NoteCheckId::End),
        NoteOutcome::Undetermined(NoteReason::NoteUnsignedEnd)
    );
}

#[test]
fn a_signature_of_an_earlier_version_must_fit_as_well() {
    let mut ledger = signed();
    let reopened = Action::Reopened {
        reason: "More came.".to_owned(),
    };
    act(&mut ledger, reopened).unwrap();
    assert_eq!(verified(&ledger, &trust()).verdict, Verdict::Indeterminate);
    let mut document: Value = serde_json::from_str(&written(&ledger).0).unwrap();
    let history = document["review"]["history"].as_array_mut().unwrap();
    let signed_at = history.len() - 2;
    history[signed_at]["detail"]["signoff"]["name"] = "Somebody".into();
    document["review"]["versions"][0]["signoffs"][0]["name"] = "Somebody".into();
    rechained(&mut document, signed_at);
    let last = document["review"]["history"][signed_at]["sha256"].clone();
    document["review"]["versions"][0]["lastSha256"] = last;
    let report = verified_text(&document.to_string(), None, &trust()).unwrap();
    assert_eq!(
        failing(&report),
        [(NoteCheckId::Signature, NoteReason::NoteSignatureInvalid)]
    );
}

#[test]
fn a_file_laid_out_anew_is_the_same_note() {
    let document: Value = serde_json::from_str(&written(&signed()).0).unwrap();
    let report = verified_text(&format!("{document:#}"), None, &trust()).unwrap();
    assert_eq!(report.verdict, Verdict::Verified);
}

#[test]
fn members_of_others_are_ignored_by_their_mark_and_refused_without_it() {
    let mut document: Value = serde_json::from_str(&written(&signed()).0).unwrap();
    document["x_filing"] = "7".into();
    let report = verified_text(&document.to_string(), None, &trust()).unwrap();
    assert_eq!(report.verdict, Verdict::Verified);
    document["filing"] = "7".into();
    assert!(matches!(
        verified_text(&document.to_string(), None, &trust()),
        Err(NotRead::Malformed(_))
    ));
}

#[test]
fn a_name_that_occurs_twice_is_refused() {
    let text = written(&signed())
        .0
        .replacen("\"client\":", "\"client\":\"Other\",\"client\":", 1);
    assert!(
        matches!(verified_text(&text, None, &trust()), Err(NotRead::Malformed(why)) if why.contains("JSON_DUPLICATE_KEY"))
    );
}

#[test]
fn a_dropped_note_is_recognised_whatever_it_comes_to() {
    let folder = tempfile::tempdir().unwrap();
    let recognised = |text: &str| {
        let path = folder.path().join("dropped.json");
        std::fs::write(&path, text).unwrap();
        is_note(&path)
    };
    let text = written(&signed()).0;
    assert!(recognised(&text));
    assert!(recognised(&text.replace("Sound.", "Perfect.")));
    assert!(recognised(&text.replace("sealcheck.review/1", "sealcheck.review/2")));
    assert!(!recognised(&text.replace("sealcheck.review/1", "sealcheck.report/1")));
    assert!(!recognised("{}"));
}

#[test]
fn what_is_no_note_is_told_from_a_cut_and_from_a_newer_one() {
    let text = written(&signed()).0;
    assert!(matches!(verified_text("{}", None, &trust()), Err(NotRead::NotANote)));
    assert!(matches!(verified_text("hello", None, &trust()), Err(NotRead::NotANote)));
    assert!(matches!(
        verified_text(&text[..text.len() / 2], None, &trust()),
        Err(NotRead::Malformed(_))
    ));
    let newer = text.replace("sealcheck.review/1", "sealcheck.review/2");
    assert!(
        matches!(verified_text(&newer, None, &trust()), Err(NotRead::Newer(schema)) if schema == "sealcheck.review/2")
    );
}

fn case_with(ledger: impl FnOnce(&mut Note)) -> (TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pack.zip.sealnote");
    let input = fixture::report().input;
    drop(CaseFile::create(&path, &input).unwrap());
    let mut opened = Note::open(&path, &input, "").unwrap();
    ledger(&mut opened);
    (folder, path)
}

#[test]
fn a_case_file_is_checked_as_far_as_it_goes() {
    let (_folder, path) = case_with(|opened| {
        opened
            .act(stamp(), super::super::ledger::tests::concluded(), None)
            .unwrap();
        let form = SignOffForm {
            role: Role::Preparer,
            name: "A. Auditor".to_owned(),
            title: String::new(),
            statement: "Done.".to_owned(),
        };
        opened.sign_off(stamp(), form, body_sha256(), Some(key())).unwrap();
    });
    assert!(is_note(&path));
    let report = verify(&path, fixture::report().input.sha256, &trust()).unwrap();
    assert_eq!((report.kind, report.verdict), (NoteKind::CaseFile, Verdict::Verified));
    assert_eq!(
        outcome(&report, NoteCheckId::Result),
        NoteOutcome::Skipped(NoteReason::NotInCaseFile)
    );
}

#[test]
fn a_case_file_changed_by_hand_fails() {
    let (_folder, path) = case_with(|opened| {
        opened.act(stamp(), note("before"), None).unwrap();
    });
    rusqlite::Connection::open(&path)
        .unwrap()
        .execute(
            "UPDATE review_history SET entry = replace(entry, 'before', 'after')",
            [],
        )
        .unwrap();
    let report = verify(&path, None, &trust()).unwrap();
    assert_eq!(failing(&report), [(NoteCheckId::History, NoteReason::NoteEntryChanged)]);
}

#[test]
fn the_text_for_people_says_it_in_the_documented_order() {
    let text = text::render(&verified(&signed(), &NoteTrust::default()));
    insta::assert_snapshot!(text);
}
