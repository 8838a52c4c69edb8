//! The table from layers to checks, row by row.

use super::super::envelope::EnvelopeResult;
use super::super::envelope_forms::Form;
use super::super::receipt::Receipts;
use super::*;

/// What the layers of one record came to; what is not named was not there.
#[derive(Default)]
struct Found {
    integrity: Layer,
    steps: Steps,
    ended: bool,
    signature: Layer,
    consistency: Layer,
    envelope: Layer,
    form: Option<Form>,
    notes: Vec<ReasonCode>,
}

impl Found {
    fn judgement(self) -> Judgement {
        let integrity = Integrity {
            layer: self.integrity,
            steps: self.steps,
            ended: self.ended,
            ..Integrity::default()
        };
        let receipts = Receipts {
            signature: self.signature,
            consistency: self.consistency,
            ..Receipts::default()
        };
        let envelope = EnvelopeResult {
            layer: self.envelope,
            form: self.form,
            ..EnvelopeResult::default()
        };
        Judgement::of(integrity, receipts, envelope, self.notes)
    }

    /// Outcome and further codes of the checks: integrity, receipts, signature, envelope.
    fn checks(self) -> [(Outcome, Vec<ReasonCode>); 4] {
        let checks = checks(&self.judgement(), "a.json").into_iter();
        let outcomes: Vec<_> = checks.map(|check| (check.outcome, check.also)).collect();
        outcomes.try_into().expect("four checks")
    }

    fn verdict(self) -> Verdict {
        verdict(&roll_up(&checks(&self.judgement(), "a.json")))
    }
}

/// A signature that fits a key from there.
fn signed_by(key_source: KeySource) -> Layer {
    Layer {
        key_source,
        ..Layer::pass()
    }
}

/// A layer that failed with these codes.
fn failing(codes: &[ReasonCode]) -> Layer {
    Layer {
        state: State::Fail,
        codes: codes.to_vec(),
        ..Layer::default()
    }
}

/// Everything in order, by a confirmed key.
fn sound() -> Found {
    Found {
        integrity: Layer::pass(),
        signature: signed_by(KeySource::Pinned),
        consistency: Layer::pass(),
        ..Found::default()
    }
}

fn without_more(outcome: Outcome) -> (Outcome, Vec<ReasonCode>) {
    (outcome, Vec::new())
}

#[test]
fn integrity_passes_fails_or_is_left_open_by_a_step_or_a_newer_format() {
    let outcome = |integrity: Layer, steps: Steps| {
        let found = Found {
            integrity,
            steps,
            ..sound()
        };
        let [integrity, ..] = found.checks();
        integrity
    };
    let open = |code| without_more(Outcome::Undetermined(code));
    let step = ReasonCode::ProjectStepFailed;
    assert_eq!(outcome(Layer::pass(), Steps::Hold), without_more(Outcome::Pass));
    assert_eq!(outcome(Layer::pass(), Steps::Undecided), open(step));
    assert_eq!(outcome(Layer::fail(step), Steps::Undecided), open(step));
    assert_eq!(
        outcome(Layer::fail(step), Steps::Fail),
        without_more(Outcome::Fail(step))
    );
    let newer = ReasonCode::SchemaVersionUnsupported;
    assert_eq!(outcome(Layer::fail(newer), Steps::Hold), open(newer));
    let wrong = ReasonCode::BundleHashMismatch;
    for (codes, steps) in [([wrong, step], Steps::Undecided), ([wrong, newer], Steps::Hold)] {
        assert_eq!(outcome(failing(&codes), steps), (Outcome::Fail(wrong), vec![codes[1]]));
    }
    let corrupted = without_more(Outcome::Fail(ReasonCode::BundleCorrupted));
    assert_eq!(outcome(failing(&[]), Steps::Hold), corrupted);
    let skipped = without_more(Outcome::Skipped(ReasonCode::NotAnswerable));
    assert_eq!(outcome(Layer::default(), Steps::Hold), skipped);
}

#[test]
fn a_step_that_nobody_could_answer_keeps_its_project_from_being_verified() {
    assert_eq!(sound().verdict(), Verdict::Verified);
    let open = Found {
        steps: Steps::Undecided,
        ..sound()
    };
    assert_eq!(open.verdict(), Verdict::Indeterminate);
}

#[test]
fn a_signature_counts_by_the_key_that_it_fits() {
    let outcome = |signature: Layer| {
        let [_, _, signature, _] = Found { signature, ..sound() }.checks();
        signature
    };
    assert_eq!(outcome(signed_by(KeySource::Pinned)), without_more(Outcome::Pass));
    for unconfirmed in [KeySource::Pack, KeySource::None] {
        let open = Outcome::Undetermined(ReasonCode::KeyNotConfirmed);
        assert_eq!(outcome(signed_by(unconfirmed)), without_more(open));
    }
    // A missing key proves nothing.
    for code in [ReasonCode::NodeKeyUnavailable, ReasonCode::NodeKeyNotFound] {
        let open = Outcome::Undetermined(ReasonCode::KeyNotFound);
        assert_eq!(outcome(Layer::fail(code)), (open, vec![code]));
    }
    let unsupported = ReasonCode::ReceiptFormatUnsupported;
    let open = without_more(Outcome::Undetermined(unsupported));
    assert_eq!(outcome(Layer::fail(unsupported)), open);
    // Nor does what lies in the reviewer's own key file; elsewhere the same codes accuse.
    for code in [
        ReasonCode::NodeKeyMalformed,
        ReasonCode::NodeKeyAmbiguous,
        ReasonCode::EnvelopeMalformed,
    ] {
        let own = Layer {
            accuses_nobody: true,
            ..Layer::fail(code)
        };
        assert_eq!(outcome(own), without_more(Outcome::Undetermined(code)));
        assert_eq!(outcome(Layer::fail(code)), without_more(Outcome::Fail(code)));
    }
    let invalid = ReasonCode::NodeSignatureInvalid;
    let own = Layer {
        accuses_nobody: true,
        ..failing(&[ReasonCode::NodeKeyAmbiguous, invalid])
    };
    let accused = (Outcome::Fail(ReasonCode::NodeKeyAmbiguous), vec![invalid]);
    assert_eq!(outcome(own), accused);
    assert_eq!(outcome(Layer::fail(invalid)), without_more(Outcome::Fail(invalid)));
    let both = failing(&[ReasonCode::NodeKeyUnavailable, invalid]);
    let accused = (Outcome::Fail(ReasonCode::NodeKeyUnavailable), vec![invalid]);
    assert_eq!(outcome(both), accused);
    let conflict = Layer {
        key_conflict: true,
        ..Layer::fail(invalid)
    };
    assert_eq!(
        outcome(conflict),
        (Outcome::Fail(ReasonCode::KeyConflict), vec![invalid])
    );
}

#[test]
fn a_conflict_beside_a_missing_key_accuses_nobody() {
    let signature = Layer {
        key_conflict: true,
        ..Layer::fail(ReasonCode::NodeKeyUnavailable)
    };
    let [_, _, signature, _] = Found { signature, ..sound() }.checks();
    assert_eq!(signature.0, Outcome::Undetermined(ReasonCode::KeyNotFound));
}

#[test]
fn what_is_not_there_is_skipped_and_a_signature_that_is_not_there_is_missed() {
    let found = Found {
        integrity: Layer::pass(),
        ..Found::default()
    };
    let absent = without_more(Outcome::Skipped(ReasonCode::NotPresent));
    let missed = without_more(Outcome::Undetermined(ReasonCode::NotAttested));
    assert_eq!(found.checks()[1..], [absent.clone(), missed, absent.clone()]);
    // The envelope vouches by itself, unless it is a summary.
    let enveloped = |form| Found {
        integrity: Layer::pass(),
        envelope: signed_by(KeySource::Pinned),
        form,
        ..Found::default()
    };
    assert_eq!(enveloped(None).checks()[2], absent);
    assert_eq!(enveloped(None).verdict(), Verdict::Verified);
    let [_, _, signature, _] = enveloped(Some(Form::Summary)).checks();
    assert_eq!(signature.0, Outcome::Undetermined(ReasonCode::NotAttested));
    // A record that ended with its shape was looked at no further.
    let ended = Found {
        integrity: Layer::fail(ReasonCode::BundleCorrupted),
        ended: true,
        ..Found::default()
    };
    let blocked = without_more(Outcome::Skipped(ReasonCode::Blocked));
    assert_eq!(ended.checks()[1..], [blocked.clone(), blocked.clone(), blocked]);
}

#[test]
fn an_envelope_that_cannot_be_put_together_again_is_skipped_for_that() {
    let code = ReasonCode::EnvelopeNotReconstructible;
    let found = |envelope: Layer| Found {
        envelope,
        notes: vec![code],
        ..sound()
    };
    assert_eq!(
        found(Layer::default()).checks()[3],
        without_more(Outcome::Skipped(code))
    );
    let absent = without_more(Outcome::Skipped(ReasonCode::NotPresent));
    assert_eq!(sound().checks()[3], absent);
    let invalid = ReasonCode::EnvelopeSignatureInvalid;
    let failed = without_more(Outcome::Fail(invalid));
    assert_eq!(found(Layer::fail(invalid)).checks()[3], failed);
}

#[test]
fn receipts_that_do_not_agree_fail() {
    let outcome = |consistency: Layer| {
        let [_, receipts, ..] = Found { consistency, ..sound() }.checks();
        receipts
    };
    let mismatch = ReasonCode::ReceiptHashMismatch;
    assert_eq!(outcome(Layer::pass()), without_more(Outcome::Pass));
    assert_eq!(outcome(failing(&[])), without_more(Outcome::Fail(mismatch)));
    // What was not read accuses nobody, and takes nothing from what is proven beside it.
    let mut unread = Layer::pass();
    unread.cannot_read(ReasonCode::LimitJsonDepth);
    let open = without_more(Outcome::Undetermined(ReasonCode::LimitJsonDepth));
    assert_eq!(outcome(unread.clone()), open);
    unread.add(mismatch);
    let proven = (Outcome::Fail(mismatch), vec![ReasonCode::LimitJsonDepth]);
    assert_eq!(outcome(unread), proven);
    let other = failing(&[ReasonCode::ReceiptFormatUnsupported, mismatch]);
    let failed = (Outcome::Fail(ReasonCode::ReceiptFormatUnsupported), vec![mismatch]);
    assert_eq!(outcome(other), failed);
}

#[test]
fn a_sender_s_result_is_contradicted_only_by_what_is_proven_with_the_same_key() {
    let is = |found: Found| comparable(&found.judgement());
    assert!(is(sound()));
    let invalid = |code, key_conflict| Layer {
        key_conflict,
        ..Layer::fail(code)
    };
    let by = |signature: Layer| Found { signature, ..sound() };
    assert!(!is(by(Layer::fail(ReasonCode::NodeKeyUnavailable))), "incomplete");
    assert!(
        !is(by(Layer::fail(ReasonCode::NodeKeyNotFound))),
        "failed, and nothing proven"
    );
    let node = ReasonCode::NodeSignatureInvalid;
    assert!(is(by(invalid(node, false))));
    assert!(!is(by(invalid(node, true))), "the sender had another key");
    let envelope = |key_conflict| Found {
        envelope: invalid(ReasonCode::EnvelopeSignatureInvalid, key_conflict),
        ..sound()
    };
    assert!(is(envelope(false)));
    assert!(!is(envelope(true)));
    // What is proven without any key stands whatever key the sender had.
    let changed = Found {
        integrity: Layer::fail(ReasonCode::BundleHashMismatch),
        signature: invalid(node, true),
        ..sound()
    };
    assert!(is(changed));
}

#[test]
fn a_check_carries_what_its_layer_states_and_found() {
    let integrity = Layer {
        expected: Some("stated".to_owned()),
        found: Some("recomputed".to_owned()),
        details: vec![("step", "s1".to_owned())],
        ..Layer::pass()
    };
    let judgement = Found { integrity, ..sound() }.judgement();
    let check = checks(&judgement, "a.json").swap_remove(0);
    assert_eq!((check.id, check.subject.as_str()), (CheckId::BundleIntegrity, "a.json"));
    assert_eq!(check.expected.as_deref(), Some("stated"));
    assert_eq!(check.found.as_deref(), Some("recomputed"));
    assert_eq!(check.details, [("step", "s1".to_owned())]);
}

#[test]
fn the_grade_is_the_first_row_of_the_table_that_fits() {
    let grade = |found: Found| found.judgement().grade;
    let with = |notes: &[ReasonCode]| Found {
        notes: notes.to_vec(),
        ..sound()
    };
    let by = |signature: Layer| Found { signature, ..sound() };
    let unavailable = ReasonCode::NodeKeyUnavailable;
    assert_eq!(grade(by(Layer::fail(unavailable))), Grade::Incomplete);
    assert_eq!(
        grade(by(Layer::fail(ReasonCode::ReceiptFormatUnsupported))),
        Grade::Incomplete
    );
    let both = [unavailable, ReasonCode::ReceiptFormatUnsupported];
    assert_eq!(grade(by(failing(&both))), Grade::Failed);
    assert_eq!(grade(by(Layer::fail(ReasonCode::NodeKeyNotFound))), Grade::Failed);
    // A layer that failed without a code, and a code of a layer that passed.
    assert_eq!(grade(by(failing(&[]))), Grade::Failed);
    let coded = Layer {
        codes: vec![ReasonCode::NodeSignatureInvalid],
        ..Layer::pass()
    };
    assert_eq!(grade(by(coded)), Grade::Failed);
    let unsigned = Found {
        integrity: Layer::pass(),
        ..Found::default()
    };
    assert_eq!(grade(unsigned), Grade::Sealed);
    let enveloped = Found {
        integrity: Layer::pass(),
        envelope: Layer::pass(),
        ..Found::default()
    }
    .judgement();
    assert_eq!(enveloped.grade, Grade::VerifiedSupplemental);
    assert_eq!(enveloped.notes, [ReasonCode::EnvelopeOnly]);
    for note in [ReasonCode::HashOnly, ReasonCode::KeySelfAsserted] {
        assert_eq!(grade(with(&[note])), Grade::VerifiedSupplemental, "{note}");
    }
    assert_eq!(grade(with(&[ReasonCode::LegacyStamp])), Grade::Verified);
    assert_eq!(grade(sound()), Grade::Verified);
}
