//! The native result: what the published rules say, from checks and warnings (`specs/keel.md` 12).

use std::collections::BTreeMap;

use crate::check::{Check, CheckId, Outcome};
use crate::reason::ReasonCode;
use crate::report::{Ecosystem, Finding, Native, Word};

/// Codes of the product that stand before the spec's own and are not part of it.
const PRODUCT: [ReasonCode; 9] = [
    ReasonCode::KeyNotConfirmed,
    ReasonCode::KeyConflict,
    ReasonCode::KeyNotFound,
    ReasonCode::NotAttested,
    ReasonCode::SigNotStrict,
    ReasonCode::SigInvalid,
    ReasonCode::SigMalformed,
    ReasonCode::KeyWeak,
    ReasonCode::Blocked,
];

/// The native result of one part.
///
/// The first `envelope` checks are hash and signature; `broken` is the first failure of the walk. `standing` are notices that no reader can detect, said of every export and never a reservation.
pub(super) fn native(
    checks: &[Check],
    envelope: usize,
    broken: Option<ReasonCode>,
    warnings: &[Finding],
    standing: &[ReasonCode],
) -> Native {
    let mut failed = Vec::new();
    let mut open = Vec::new();
    let mut warned: Vec<ReasonCode> = Vec::new();
    let first = checks.get(..envelope).unwrap_or_default();
    let fails = |check: &Check| matches!(check.outcome, Outcome::Fail(_));
    // Under a broken envelope what lies deeper is information.
    let counted = if first.iter().any(fails) { first } else { checks };
    for check in counted.iter().filter(|check| check.required) {
        // Beside the spec's own code for a token the common one is a detail.
        let told = if check.id == CheckId::Timestamp { 1 } else { usize::MAX };
        for code in check.reasons().take(told).filter(|code| !PRODUCT.contains(code)) {
            let chain = matches!(check.id, CheckId::RecordHashes | CheckId::ChainLinks);
            match check.outcome {
                Outcome::Fail(_) if chain => add(&mut failed, broken.unwrap_or(code)),
                Outcome::Fail(_) => add(&mut failed, code),
                // An unknown signer fails natively, and leaves the product undecided.
                Outcome::Undetermined(_) if code == ReasonCode::TrustRootUnresolvable => add(&mut failed, code),
                Outcome::Undetermined(_) if code == ReasonCode::SelfAssertedKey => add(&mut warned, code),
                Outcome::Undetermined(_) => add(&mut open, code),
                Outcome::Pass | Outcome::Skipped(_) => {}
            }
        }
    }
    for warning in warnings {
        add(&mut warned, warning.code);
    }
    let (status, codes) = if !failed.is_empty() {
        ("failed", failed)
    } else if !open.is_empty() {
        ("unverifiable", open)
    } else if !warned.is_empty() {
        ("verified_with_warnings", warned.clone())
    } else {
        ("verified", Vec::new())
    };
    let text = |codes: Vec<ReasonCode>| codes.into_iter().map(|code| code.as_str().to_owned()).collect();
    Native {
        ecosystem: Some(Ecosystem::Keel),
        status: status.into(),
        grade: None,
        checks: words(checks),
        reason_codes: text(codes),
        notes: text(warned.iter().chain(standing).copied().collect()),
        coverage: Vec::new(),
    }
}

fn add(codes: &mut Vec<ReasonCode>, code: ReasonCode) {
    if !codes.contains(&code) {
        codes.push(code);
    }
}

/// The worst word of each check id, in the claims' own words.
fn words(checks: &[Check]) -> BTreeMap<Word, Word> {
    let rank = |outcome: Outcome| match outcome {
        Outcome::Fail(_) => (3, "disproved"),
        Outcome::Undetermined(_) => (2, "insufficient_evidence"),
        Outcome::Pass => (1, "supported"),
        Outcome::Skipped(_) => (0, "unverifiable_scope"),
    };
    let mut worst: BTreeMap<&'static str, (u8, &'static str)> = BTreeMap::new();
    for check in checks {
        let ranked = rank(check.outcome);
        let kept = worst.entry(check.id.as_str()).or_insert(ranked);
        *kept = ranked.max(*kept);
    }
    worst
        .into_iter()
        .map(|(id, (_, word))| (id.into(), word.into()))
        .collect()
}
