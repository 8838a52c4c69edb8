//! The checks of a note, one function per check.

use evidence::{Digest, Verdict};

use super::read::{Fault, ReadNote, ReadResult};
use super::{NoteCheck, NoteCheckId, NoteOutcome, NoteReason, NoteTrust, signer};
use crate::note::ledger::Ledger;
use crate::note::population::{Lines, Population};
use crate::note::review::Review;
use crate::note::signoff::SignOff;
use crate::note::target::Target;

/// Every check of a note.
pub(super) fn all(read: &ReadNote, pack: Option<Digest>, trust: &NoteTrust) -> Vec<NoteCheck> {
    let review = read.shown();
    let mut checks = vec![result(read), history(read), content(read)];
    checks.extend(signed_results(read, review));
    checks.extend(signatures(review, trust));
    checks.push(end(read, review));
    checks.push(same_pack(read, review));
    checks.push(pack_at_hand(review, pack));
    checks.push(targets(read, review));
    checks.push(sample(read, review));
    checks
}

fn check(id: NoteCheckId, subject: impl Into<String>, outcome: NoteOutcome) -> NoteCheck {
    NoteCheck {
        id,
        subject: subject.into(),
        outcome,
        expected: None,
        found: None,
    }
}

fn compared(mut check: NoteCheck, expected: impl ToString, found: impl ToString) -> NoteCheck {
    check.expected = Some(expected.to_string());
    check.found = Some(found.to_string());
    check
}

/// The report has the digest that is stated.
fn result(read: &ReadNote) -> NoteCheck {
    let of = |outcome| check(NoteCheckId::Result, "", outcome);
    match &read.result {
        None => of(NoteOutcome::Skipped(NoteReason::NotInCaseFile)),
        Some(result) => {
            let outcome = if result.stated == result.computed {
                NoteOutcome::Pass
            } else {
                NoteOutcome::Fail(NoteReason::NoteResultChanged)
            };
            compared(of(outcome), result.stated, result.computed)
        }
    }
}

/// Each entry matches its digest and continues the one before, and could have been made at its place.
fn history(read: &ReadNote) -> NoteCheck {
    let at = |seq: u64, outcome| check(NoteCheckId::History, format!("entry {seq}"), outcome);
    match read.broken {
        Some(Fault::Entry(seq)) => return at(seq, NoteOutcome::Fail(NoteReason::NoteEntryChanged)),
        Some(Fault::Link(seq)) => return at(seq, NoteOutcome::Fail(NoteReason::NoteHistoryBroken)),
        None => {}
    }
    let whole = |outcome| check(NoteCheckId::History, "", outcome);
    match Ledger::replay(read.entries.clone()) {
        _ if read.newer => whole(NoteOutcome::Undetermined(NoteReason::NoteNewer)),
        _ if read.entries.is_empty() => whole(NoteOutcome::Undetermined(NoteReason::NotPresent)),
        Err((seq, _)) => at(seq, NoteOutcome::Fail(NoteReason::NoteHistoryImpossible)),
        Ok(_) => whole(NoteOutcome::Pass),
    }
}

/// What is shown is what the history comes to.
fn content(read: &ReadNote) -> NoteCheck {
    let of = |outcome| check(NoteCheckId::Content, "", outcome);
    let Some(shown) = &read.shown else {
        return of(NoteOutcome::Skipped(NoteReason::NotInCaseFile));
    };
    if read.newer {
        return of(NoteOutcome::Undetermined(NoteReason::NoteNewer));
    }
    let replayed = Ledger::replay(read.entries.clone())
        .ok()
        .and_then(|ledger| serde_json::to_value(ledger.review()).ok());
    if replayed.as_ref() == Some(shown) {
        of(NoteOutcome::Pass)
    } else {
        of(NoteOutcome::Fail(NoteReason::NoteContentDiffers))
    }
}

/// Each sign-off of this version is about this result.
fn signed_results(read: &ReadNote, review: &Review) -> Vec<NoteCheck> {
    let Some(result) = &read.result else {
        return Vec::new();
    };
    let signoffs = review.signoffs.iter();
    signoffs
        .map(|signoff| {
            let outcome = if signoff.body_sha256 == result.computed {
                NoteOutcome::Pass
            } else {
                NoteOutcome::Fail(NoteReason::NoteSignedOther)
            };
            let of = check(NoteCheckId::SignedResult, &signoff.name, outcome);
            compared(of, signoff.body_sha256, result.computed)
        })
        .collect()
}

/// One per sign-off of this version, and those of earlier versions that do not fit; without any sign-off, that is what there
/// is to say.
fn signatures(review: &Review, trust: &NoteTrust) -> Vec<NoteCheck> {
    let nobody = || NoteOutcome::Undetermined(NoteReason::NotSignedOff);
    let Some(pack) = &review.pack else {
        return vec![check(NoteCheckId::Signature, "", nobody())];
    };
    let of = |signoff: &SignOff| {
        check(
            NoteCheckId::Signature,
            &signoff.name,
            signer::outcome(pack, signoff, trust),
        )
    };
    let mut checks: Vec<NoteCheck> = review.signoffs.iter().map(of).collect();
    if checks.is_empty() {
        checks.push(check(NoteCheckId::Signature, "", nobody()));
    }
    let earlier = review.versions.iter().flat_map(|version| &version.signoffs).map(of);
    let unfit = NoteOutcome::Fail(NoteReason::NoteSignatureInvalid);
    checks.extend(earlier.filter(|check| check.outcome == unfit));
    checks
}

/// A history can be cut off or added to at its end without a trace, but not before a sign-off, which names the entry it
/// stands on.
fn end(read: &ReadNote, review: &Review) -> NoteCheck {
    let signed = read.entries.last().is_some_and(|entry| entry.action.ends_stage());
    let outcome = match (review.signoffs.is_empty(), signed) {
        (true, _) => NoteOutcome::Undetermined(NoteReason::NotSignedOff),
        (false, false) => NoteOutcome::Undetermined(NoteReason::NoteUnsignedEnd),
        (false, true) => NoteOutcome::Pass,
    };
    check(NoteCheckId::End, "", outcome)
}

/// The history's beginning, the report and the note name one pack.
fn same_pack(read: &ReadNote, review: &Review) -> NoteCheck {
    let of = |outcome| check(NoteCheckId::SamePack, "", outcome);
    let begun = read.entries.first().and_then(|entry| entry.action.began_for());
    let (Some(shown), Some(begun)) = (&review.pack, begun) else {
        return of(NoteOutcome::Undetermined(NoteReason::NotPresent));
    };
    let result = read.result.as_ref().map(|result| result.pack);
    if shown.sha256 != begun.sha256 || result.is_some_and(|result| result != Some(shown.sha256)) {
        let found = result.flatten().unwrap_or(begun.sha256);
        return compared(of(NoteOutcome::Fail(NoteReason::NotePackDiffers)), shown.sha256, found);
    }
    of(NoteOutcome::Pass)
}

/// The pack at hand is the one the note is about.
fn pack_at_hand(review: &Review, pack: Option<Digest>) -> NoteCheck {
    let of = |outcome| check(NoteCheckId::PackAtHand, "", outcome);
    match (pack, &review.pack) {
        (None, _) => of(NoteOutcome::Skipped(NoteReason::PackNotGiven)),
        (Some(_), None) => of(NoteOutcome::Undetermined(NoteReason::NotPresent)),
        (Some(found), Some(named)) if found == named.sha256 => compared(of(NoteOutcome::Pass), named.sha256, found),
        (Some(found), Some(named)) => compared(of(NoteOutcome::Fail(NoteReason::NoteOtherPack)), named.sha256, found),
    }
}

/// Every record that is named is the one the report has in that place.
fn targets(read: &ReadNote, review: &Review) -> NoteCheck {
    let of = |subject: &str, outcome| check(NoteCheckId::Targets, subject, outcome);
    let Some(result) = &read.result else {
        return of("", NoteOutcome::Skipped(NoteReason::NotInCaseFile));
    };
    let notes = review.annotations.iter().map(|note| &note.target);
    let all = notes.chain(review.decisions.iter().map(|decision| &decision.target));
    for target in all {
        if let Some(subject) = amiss(target, result) {
            return of(&subject, NoteOutcome::Fail(NoteReason::NoteTargetsDiffer));
        }
    }
    of("", NoteOutcome::Pass)
}

/// What the target names and the report does not have.
fn amiss(target: &Target, result: &ReadResult) -> Option<String> {
    let is = |number: u64, id: &str| id_of(result, number) == Some(id);
    match target {
        Target::Pack { content_sha256, .. } => (result.pack != Some(*content_sha256)).then(|| "the pack".to_owned()),
        Target::Record { reference, number, .. } => (!is(*number, reference)).then(|| format!("record {number}")),
        Target::Field { record, number, .. } => (!is(*number, record)).then(|| format!("record {number}")),
        Target::Check { number, .. } => number
            .filter(|number| id_of(result, *number).is_none())
            .map(|number| format!("record {number}")),
        Target::Records {
            reference,
            content_sha256,
            ..
        } => {
            let mut lines = Lines::default();
            for number in reference.iter().take(result.records.len() + 1) {
                lines.add(number, id_of(result, number).unwrap_or_default());
            }
            let (count, digest) = lines.finish();
            (count != reference.count() || digest != *content_sha256).then(|| format!("records {reference}"))
        }
    }
}

fn id_of(result: &ReadResult, number: u64) -> Option<&str> {
    let index = usize::try_from(number.checked_sub(1)?).ok()?;
    result.records.get(index).map(String::as_str)
}

/// The sample is of this report's records, and drawing it again gives the same items.
fn sample(read: &ReadNote, review: &Review) -> NoteCheck {
    let of = |outcome| check(NoteCheckId::Sample, "", outcome);
    let Some(sample) = &review.sample else {
        return of(NoteOutcome::Skipped(NoteReason::NotPresent));
    };
    let differs = of(NoteOutcome::Fail(NoteReason::NoteSampleDiffers));
    if !sample.is_repeatable() {
        return differs;
    }
    let Some(result) = &read.result else {
        return of(NoteOutcome::Skipped(NoteReason::NotInCaseFile));
    };
    let verdicts = result
        .verdicts
        .iter()
        .map(|verdict| verdict.parse().unwrap_or(Verdict::Error));
    let population = Population::of(result.records.iter().zip(verdicts));
    let ids = sample.selected.iter().map(|number| id_of(result, number));
    let named = sample.selected_ids.iter().map(|id| Some(id.as_str()));
    if population.sha256 == sample.population_sha256 && population.count == sample.population_count && ids.eq(named) {
        of(NoteOutcome::Pass)
    } else {
        compared(differs, sample.population_sha256, population.sha256)
    }
}
