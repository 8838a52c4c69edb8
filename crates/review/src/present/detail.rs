//! One group of checks opened at one of its subjects.

use evidence::{Check, CheckId, Exhibit, Outcome, Seal};

use crate::view::{CheckDetailView, Fact, SealedView, SegmentKind};
use crate::words::sentence::first_upper;
use crate::words::{check as check_words, outcome as outcome_word, reason};

use super::groups::{CheckGroup, CheckSubject, group_key};
use super::hex::{comparison, differing, sha256_digits};
use super::text::{Layout, cut, local_time, push, time, visible};
use super::work::has_work;

/// The longest sealed text shown, in bytes.
const SEALED_SHOWN: usize = 16_384;

/// A group opened at the subject on `position`; `exhibit` is the subject's record taken apart, where that was possible.
///
/// Its sentence to copy lacks the input, the tool and the time: [`workpaper`](super::workpaper) adds them.
#[must_use]
pub fn check_detail(
    group: &CheckGroup,
    subject: &CheckSubject,
    position: u64,
    exhibit: Option<&Exhibit>,
) -> CheckDetailView {
    let check = &subject.check;
    let words = check_words(check.id);
    CheckDetailView {
        key: group_key(group.id, group.outcome, group.required),
        did: words.did.to_owned(),
        found: found(check),
        means: meaning(check),
        next: next(check.outcome).to_owned(),
        check: check.id.as_str().to_owned(),
        codes: check.reasons().map(|code| code.as_str().to_owned()).collect(),
        subjects: group.count,
        position,
        subject: subject_label(subject),
        path: visible(&check.subject),
        record: subject.record,
        comparison: check
            .expected
            .as_deref()
            .zip(check.found.as_deref())
            .map(|(expected, found)| comparison(expected, found)),
        sealed: exhibit.and_then(|exhibit| seal(exhibit, check.id)).map(sealed),
        details: details(check),
        copy_sentence: copy_sentence(subject),
        has_work: has_work(check, exhibit),
    }
}

fn subject_label(subject: &CheckSubject) -> String {
    if subject.label.is_empty() {
        subject.short()
    } else {
        subject.label.clone()
    }
}

/// What was found, in sentences, further reasons included.
pub(crate) fn found(check: &Check) -> String {
    let mut text = match check.outcome.reason() {
        None => check_words(check.id).passed.to_owned(),
        Some(code) => reason(code).found.to_owned(),
    };
    if let Some(count) = differing_digits(check) {
        text.push_str(&format!(" {count} of 64 characters differ, as after any change."));
    }
    for code in &check.also {
        text.push_str(" Also: ");
        text.push_str(&crate::words::sentence::first_lower(reason(*code).plain));
    }
    text
}

fn differing_digits(check: &Check) -> Option<u64> {
    let expected = sha256_digits(check.expected.as_deref()?)?;
    let found = sha256_digits(check.found.as_deref()?)?;
    Some(differing(&expected, &found)).filter(|count| *count > 0)
}

fn meaning(check: &Check) -> String {
    match check.outcome.reason() {
        None => check_words(check.id).means.to_owned(),
        Some(code) => reason(code).meaning(),
    }
}

fn next(outcome: Outcome) -> &'static str {
    outcome.reason().map_or("Nothing to do.", |code| reason(code).next)
}

/// The bytes that a check hashed or whose signature it verified.
pub(super) fn seal(exhibit: &Exhibit, check: CheckId) -> Option<&Seal> {
    exhibit.seals.iter().find(|seal| seal.check == check)
}

/// Sealed bytes as text.
pub(super) fn sealed(seal: &Seal) -> SealedView {
    let whole = String::from_utf8_lossy(&seal.bytes);
    let (shown, cut) = cut(&whole, SEALED_SHOWN);
    let mut text = Vec::new();
    push(&mut text, shown, SegmentKind::Covered, Layout::Source);
    SealedView {
        title: first_upper(&visible(&seal.form)),
        check: seal.check.as_str().to_owned(),
        bytes: crate::words::sentence::length(seal.bytes.len()),
        sha256: evidence::Digest::of(&seal.bytes).to_hex(),
        text,
        cut,
    }
}

/// The technical details of a check, with words for the labels that are known.
fn details(check: &Check) -> Vec<Fact> {
    check
        .details
        .iter()
        .map(|(name, value)| Fact {
            label: detail_label(name),
            value: match *name {
                "signedAt" => format!("{}, claimed", time(value)),
                "keySource" => key_source(value),
                "time" => time(value),
                _ => in_words(name, value),
            },
            from_evidence: !is_ours(name),
            hint: if matches!(*name, "signedAt" | "time") {
                local_time(value)
            } else {
                String::new()
            },
        })
        .collect()
}

/// Whether a detail is told by this program, not copied from the evidence.
fn is_ours(name: &str) -> bool {
    matches!(
        name,
        "keySource"
            | "keyState"
            | "keyTrust"
            | "profile"
            | "form"
            | "coverage"
            | "laxerRule"
            | "asDocumented"
            | "recomputed"
            | "completeness"
            | "rows"
            | "rowsThatVerify"
            | "hashed"
            | "trust"
            | "commonCode"
            | "entries"
            | "closures"
            | "digestsCompared"
            | "items"
            | "tokens"
            | "revocation"
    )
}

fn detail_label(name: &str) -> String {
    match name {
        "keyId" => "Key id",
        "publicKey" => "Public key",
        "signature" => "Signature",
        "form" => "Form of the signed content",
        "signedAt" => "Signed",
        "nodeId" => "Node",
        "keySource" => "Key taken from",
        "keyState" => "The key",
        "keyTrust" => "Keys of the rows",
        "coverage" => "Fields covered",
        "profile" => "Standard form",
        "laxerRule" => "A looser rule accepts it",
        "algorithm" => "Method of the signature",
        "asDocumented" => "Signature as the service describes it",
        "recomputed" => "Recomputed",
        "differs" => "Differs",
        "document" => "Compared with",
        "event" => "Event in the trace",
        "rows" => "Rows",
        "rowsThatVerify" => "Rows that verify",
        "completeness" => "Completeness",
        "hashed" => "What was hashed",
        "cause" => "Cause",
        "signedBytes" => "Signed text",
        "trust" => "About the key",
        "commonCode" => "General code",
        "statedTime" => "Stated time, not signed",
        "entries" => "Entries followed",
        "firstFailure" => "First of them",
        "closures" => "Closures checked",
        "digestsCompared" => "Fingerprints compared",
        "recordsWithoutEntries" => "Records without chain entries",
        "listVersion" => "Version of the bundle's list",
        "declared" => "Declared and not checked here",
        "item" => "Item",
        "items" => "Number of items",
        "tokens" => "Time-stamp tokens",
        "token" | "seen" => "Seen",
        "time" => "Stamped time",
        "authority" => "Time-stamp service",
        "root" => "Root certificate",
        "serial" => "Serial number of the token",
        "revocation" => "Revocation of the certificate",
        other => other,
    }
    .to_owned()
}

fn key_source(value: &str) -> String {
    match value {
        "pinned" => "your key book",
        "pack" => "the pack",
        "row" => "the row itself",
        "none" => "nowhere: not at hand",
        other => other,
    }
    .to_owned()
}

/// Values that the engine writes as one word.
fn in_words(name: &str, value: &str) -> String {
    match (name, value) {
        ("asDocumented", "fits") => "fits",
        ("asDocumented", "doesNotFit") => "does not fit",
        ("revocation", "notCheckedOffline") => "not checked: that needs a network",
        ("keyState", "revoked") => "is marked as withdrawn in your key book",
        ("keyState", "outsideWindow") => "was not in use at that time, says your key book",
        ("laxerRule", "SIG_NOT_STRICT") => "yes: other software may accept this signature",
        ("keyTrust", "PINNED") => "in your key book",
        ("keyTrust", "PACK_KEY") => "came with the pack",
        ("keyTrust", "EMBEDDED") => "stand on the rows only",
        ("keyTrust", "MISMATCH") => "differ from your key book",
        ("keyTrust", "NONE") => "not at hand",
        ("listVersion", "none") => "no list in the bundle",
        _ => return visible(value),
    }
    .to_owned()
}

/// One workpaper sentence: item, check, result, reason, values.
fn copy_sentence(subject: &CheckSubject) -> String {
    let check = &subject.check;
    let words = check_words(check.id);
    let code = check
        .outcome
        .reason()
        .map_or_else(String::new, |code| format!(" ({code})"));
    let values = match (&check.expected, &check.found) {
        (Some(expected), Some(found)) if expected != found => {
            format!(" Recorded: {}. Recomputed: {}.", visible(expected), visible(found))
        }
        _ => String::new(),
    };
    format!(
        "{}: {}: {}{code}. {}{values}",
        subject_label(subject),
        words.name,
        outcome_word(check.outcome),
        found(check),
    )
}
