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

#[cfg(test)]
mod tests {
    use super::*;

    const PASS: Outcome = Outcome::Pass;
    const WALK: Outcome = Outcome::Fail(ReasonCode::WalkRecordHashMismatch);
    const UNKNOWN_SIGNER: Outcome = Outcome::Undetermined(ReasonCode::TrustRootUnresolvable);

    fn check(id: CheckId, outcome: Outcome) -> Check {
        Check::new(id, "manifest.json", outcome)
    }

    /// The status and codes of these checks, the first two being hash and signature.
    fn result(checks: &[Check], broken: Option<ReasonCode>, warnings: &[Finding]) -> (String, Vec<String>) {
        let native = native(checks, 2, broken, warnings, &[]);
        (native.status.into_owned(), native.reason_codes)
    }

    fn envelope(hash: Outcome, signature: Outcome, more: &[Check]) -> Vec<Check> {
        let mut checks = vec![check(CheckId::ContentHash, hash), check(CheckId::Signature, signature)];
        checks.extend_from_slice(more);
        checks
    }

    fn told(status: &str, codes: &[&str]) -> (String, Vec<String>) {
        (status.to_owned(), codes.iter().map(|code| (*code).to_owned()).collect())
    }

    #[test]
    fn the_status_is_the_worst_that_was_met() {
        let sound = envelope(PASS, PASS, &[]);
        assert_eq!(result(&sound, None, &[]), told("verified", &[]));
        let warning = [Finding::new(
            ReasonCode::ExportScopeProjectIdMismatch,
            "manifest.json",
            "",
        )];
        let warned = told("verified_with_warnings", &["EXPORT_SCOPE_PROJECT_ID_MISMATCH"]);
        assert_eq!(result(&sound, None, &warning), warned);
        let own = envelope(PASS, Outcome::Undetermined(ReasonCode::SelfAssertedKey), &[]);
        let warned = told("verified_with_warnings", &["SELF_ASSERTED_KEY"]);
        assert_eq!(result(&own, None, &[]), warned);
        let open = Outcome::Undetermined(ReasonCode::WalkUnknownChainFormat);
        let open = envelope(PASS, PASS, &[check(CheckId::ChainLinks, open)]);
        let unverifiable = told("unverifiable", &["WALK_UNKNOWN_CHAIN_FORMAT"]);
        assert_eq!(result(&open, None, &warning), unverifiable);
        let unknown = envelope(PASS, UNKNOWN_SIGNER, &open[2..]);
        let failed = told("failed", &["TRUST_ROOT_UNRESOLVABLE"]);
        assert_eq!(result(&unknown, None, &[]), failed);
    }

    #[test]
    fn under_a_broken_envelope_what_lies_deeper_is_not_counted() {
        let deeper = [check(CheckId::RecordHashes, WALK)];
        let mismatch = Outcome::Fail(ReasonCode::ContentHashMismatch);
        let broken = envelope(mismatch, PASS, &deeper);
        assert_eq!(result(&broken, None, &[]), told("failed", &["CONTENT_HASH_MISMATCH"]));
        let sound = envelope(PASS, UNKNOWN_SIGNER, &deeper);
        let both = told("failed", &["TRUST_ROOT_UNRESOLVABLE", "WALK_RECORD_HASH_MISMATCH"]);
        assert_eq!(result(&sound, None, &[]), both);
    }

    #[test]
    fn a_chain_is_told_by_its_first_failure_and_each_code_once() {
        let first = ReasonCode::WalkPrevHashDiscontinuity;
        for id in [CheckId::RecordHashes, CheckId::ChainLinks] {
            let checks = envelope(PASS, PASS, &[check(id, WALK), check(id, WALK)]);
            let told = told("failed", &["WALK_PREV_HASH_DISCONTINUITY"]);
            assert_eq!(result(&checks, Some(first), &[]), told);
        }
        let other = envelope(PASS, PASS, &[check(CheckId::ClosureDigests, WALK)]);
        let told = told("failed", &["WALK_RECORD_HASH_MISMATCH"]);
        assert_eq!(result(&other, Some(first), &[]), told);
    }

    #[test]
    fn what_is_the_products_own_or_not_required_is_not_told() {
        let mut conflict = check(CheckId::Signature, Outcome::Fail(ReasonCode::KeyConflict));
        conflict.also = vec![ReasonCode::ManifestPublicKeyMismatch];
        let checks = [check(CheckId::ContentHash, PASS), conflict];
        let told_ = told("failed", &["MANIFEST_PUBLIC_KEY_MISMATCH"]);
        assert_eq!(result(&checks, None, &[]), told_);
        let labels = check(CheckId::Labels, Outcome::Fail(ReasonCode::ExportScopeProjectIdMismatch)).not_required();
        assert_eq!(
            result(&envelope(PASS, PASS, &[labels]), None, &[]),
            told("verified", &[])
        );
        // Of a token the first code is the spec's own.
        let mut token = check(
            CheckId::Timestamp,
            Outcome::Fail(ReasonCode::CheckpointTsaImprintMismatch),
        );
        token.also = vec![ReasonCode::TsaImprintMismatch];
        let told = told("failed", &["CHECKPOINT_TSA_IMPRINT_MISMATCH"]);
        assert_eq!(result(&envelope(PASS, PASS, &[token]), None, &[]), told);
    }

    #[test]
    fn each_kind_of_check_has_its_worst_word() {
        let skipped = Outcome::Skipped(ReasonCode::NotPresent);
        let rising = [skipped, PASS, UNKNOWN_SIGNER, WALK];
        let expected = ["unverifiable_scope", "supported", "insufficient_evidence", "disproved"];
        for (place, word) in expected.into_iter().enumerate() {
            let mut checks: Vec<Check> = rising[..=place]
                .iter()
                .map(|outcome| check(CheckId::RecordHashes, *outcome))
                .collect();
            for _ in 0..2 {
                checks.reverse();
                let words = words(&checks);
                assert_eq!(words.len(), 1);
                assert_eq!(words[CheckId::RecordHashes.as_str()], word);
            }
        }
        let native = native(
            &envelope(PASS, skipped, &[]),
            2,
            None,
            &[],
            &[ReasonCode::ExportScopeProjectIdMismatch],
        );
        assert_eq!(native.checks.len(), 2);
        assert_eq!(native.notes, ["EXPORT_SCOPE_PROJECT_ID_MISMATCH"]);
    }
}
