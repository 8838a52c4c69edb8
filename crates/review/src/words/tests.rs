//! The rules of wording, over every text of the table.

use std::fmt::Write as _;

use evidence::{CheckId, KeyState, Outcome, Question, ReasonCode, StatementKey, Verdict};
use strum::IntoEnumIterator;

use super::*;
use crate::sequence::State;

const BANNED: [&str; 18] = [
    "safe",
    "genuine",
    "authentic",
    "legitimate",
    "trustworthy",
    "trusted",
    "proven true",
    "guaranteed",
    "certified",
    "tamper-proof",
    "tampered",
    "fully verified",
    "looks good",
    "hacked",
    "fraud",
    "forged",
    "valid",
    "invalid",
];

const KEY_STATES: [KeyState; 6] = [
    KeyState::Confirmed,
    KeyState::SuppliedBySender,
    KeyState::Conflict,
    KeyState::OutsideWindow,
    KeyState::Revoked,
    KeyState::Malformed,
];

fn verdict_texts() -> Vec<String> {
    Verdict::iter()
        .flat_map(|one| [verdict(one), record_verdict(one)])
        .chain(Question::iter().map(question))
        .chain(Question::iter().flat_map(|one| [tile_lead(one, Outcome::Pass)]))
        .map(str::to_owned)
        .collect()
}

fn reason_texts(code: ReasonCode) -> Vec<String> {
    let words = reason(code);
    [words.plain, words.found, words.means, words.next]
        .into_iter()
        .chain(words.lead)
        .map(str::to_owned)
        .chain(words.typical_causes())
        .collect()
}

fn all() -> Vec<String> {
    let mut texts = verdict_texts();
    texts.extend(ReasonCode::iter().flat_map(reason_texts));
    for id in CheckId::iter() {
        let words = check(id);
        texts.extend([words.one, words.many, words.did, words.passed, words.means].map(str::to_owned));
    }
    texts.extend(KEY_STATES.map(|state| key_state(state).sentence.to_owned()));
    for key in StatementKey::iter() {
        let words = statements::words(key);
        texts.extend([words.template, words.plain].map(str::to_owned));
    }
    texts.extend(
        SCOPES
            .iter()
            .flat_map(|one| [scope(*one).lead, scope(*one).text].map(str::to_owned)),
    );
    texts.extend(State::iter().flat_map(|one| {
        let words = state(one);
        [words.word, words.one, words.many, words.note].map(str::to_owned)
    }));
    texts.extend(GLOSSARY.iter().map(|term| term.text.to_owned()));
    texts
}

/// The sentences of a text: split after a full stop or question mark with a blank.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(['.', '?'])
        .flat_map(|part| part.split(". "))
        .map(str::trim)
        .filter(|sentence| !sentence.is_empty())
}

#[test]
fn no_text_has_a_banned_word() {
    for text in all() {
        let lower = text.to_lowercase();
        for banned in BANNED {
            let found = lower.match_indices(banned).any(|(at, _)| {
                let before = lower[..at].chars().next_back();
                let after = lower[at + banned.len()..].chars().next();
                !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
            });
            assert!(!found, "{banned:?} in {text:?}");
        }
    }
}

#[test]
fn no_sentence_has_more_than_twenty_words() {
    for text in all() {
        for sentence in sentences(&text) {
            let words = sentence.split_whitespace().count();
            assert!(words <= 20, "{words} words: {sentence:?}");
        }
    }
}

#[test]
fn typical_causes_accuse_nobody() {
    for code in ReasonCode::iter() {
        let causes = reason(code).typical_causes().unwrap_or_default();
        for accusing in ["made to", "mislead", "altered", "hidden", "fake", "attack"] {
            assert!(!causes.contains(accusing), "{code}: {causes}");
        }
    }
}

#[test]
fn every_text_ends_as_a_sentence() {
    for code in ReasonCode::iter() {
        let words = reason(code);
        for text in [words.plain, words.found, words.means, words.next] {
            assert!(text.ends_with('.'), "{code}: {text:?}");
            assert!(text.starts_with(char::is_uppercase), "{code}: {text:?}");
        }
    }
}

#[test]
fn no_text_of_a_reason_has_a_placeholder() {
    for code in ReasonCode::iter() {
        for text in reason_texts(code) {
            assert!(!text.contains(['{', '}']), "{code}: {text:?}");
        }
    }
    for key in StatementKey::iter() {
        assert!(!statements::words(key).plain.contains('{'), "{key:?}");
    }
}

#[test]
fn a_check_question_starts_small_and_ends_as_a_question() {
    for id in CheckId::iter() {
        for text in [check(id).one, check(id).many] {
            assert!(text.ends_with('?') && text.starts_with(char::is_lowercase), "{text:?}");
        }
    }
}

#[test]
fn the_glossary_is_in_order_and_without_repeats() {
    let terms: Vec<String> = GLOSSARY.iter().map(|term| term.term.to_lowercase()).collect();
    let mut sorted = terms.clone();
    sorted.sort();
    sorted.dedup();
    assert_eq!(terms, sorted);
}

#[test]
fn a_refusal_says_what_happened_to_which_item_and_what_to_do() {
    let cases = [
        (ReasonCode::ZipEncrypted, "pack.zip"),
        (ReasonCode::ZipEocdInvalid, "picture.zip"),
        (ReasonCode::PackEmpty, "empty.zip"),
        (ReasonCode::JsonEmpty, "cer.json"),
        (ReasonCode::JsonSyntax, "cer.json"),
        (ReasonCode::GzTruncated, "export.jsonl.gz"),
        (ReasonCode::PathTraversal, "../../Startup/run.cmd"),
        (ReasonCode::IoPermission, "pack.zip"),
        (ReasonCode::IoNotFound, "pack.zip"),
        (ReasonCode::IoChangedWhileReading, "pack.zip"),
    ];
    let text: Vec<String> = cases.iter().map(|(code, subject)| refusal(*code, subject)).collect();
    insta::assert_snapshot!(text.join("\n"));
}

#[test]
fn the_whole_table() {
    let mut table = String::new();
    for code in ReasonCode::iter() {
        let words = reason(code);
        let _ = writeln!(
            table,
            "{code}\n  is:    {}\n  found: {}\n  means: {}\n  next:  {}",
            words.plain,
            words.found,
            words.meaning(),
            words.next
        );
        if let Some(lead) = words.lead {
            let _ = writeln!(table, "  lead:  {lead}");
        }
        if let Some(missing) = words.missing {
            let _ = writeln!(table, "  needs: {missing}");
        }
    }
    for id in CheckId::iter() {
        let words = check(id);
        let _ = writeln!(
            table,
            "{} ({})\n  one:   {}\n  many:  {}\n  did:   {}\n  found: {}\n  means: {}",
            id.as_str(),
            words.name,
            words.one,
            words.many,
            words.did,
            words.passed,
            words.means
        );
    }
    for key in StatementKey::iter() {
        let _ = writeln!(table, "{}: {}", <&str>::from(key), statements::words(key).template);
    }
    for state in KEY_STATES {
        let _ = writeln!(
            table,
            "{state:?}: {} / {}",
            key_state(state).short,
            key_state(state).sentence
        );
    }
    insta::assert_snapshot!(table);
}
