//! How to repeat it, and what the words mean.

use evidence::KeySeen;

use super::fact;
use crate::document::block::{Block, Value, Words};
use crate::document::gathered::Gathered;
use crate::document::table::Table;
use crate::words::GLOSSARY;

/// Full fingerprints, method, steps, glossary.
pub(super) fn appendix(gathered: &Gathered<'_>) -> Vec<Block> {
    let name = &gathered.report.input.name;
    let glossary = GLOSSARY
        .iter()
        .map(|term| vec![Value::words(term.term), Value::words(term.text)])
        .collect();
    vec![
        Block::heading("Fingerprints in full"),
        Block::Facts(fingerprints(gathered)),
        Block::heading("Method"),
        Block::List(METHOD.iter().map(Words::of).collect()),
        Block::heading("To repeat this with ordinary tools"),
        Block::Steps(steps(name)),
        Block::heading("Glossary"),
        Block::Table(Table::all(
            "Glossary",
            ["term", "terms"],
            &[("Term", 22), ("Meaning", 80)],
            glossary,
        )),
        Block::heading("Parts of the program"),
        Block::paragraph(
            "The list of the software that Sealcheck is built from (software bill of materials) is published with each \
             version, beside the SHA-256 of its files.",
        ),
    ]
}

fn fingerprints(gathered: &Gathered<'_>) -> Vec<(Words, Value)> {
    let mut known: Vec<(Words, Value)> = Vec::new();
    known.extend(fact("Evidence", Value::digest(gathered.report.input.sha256)));
    known.push(("Result (body)".into(), Value::Hash(gathered.body_sha256.to_hex())));
    let last = gathered.material.note.and_then(crate::note::Ledger::last);
    known.extend(fact(
        "Last entry of the review note",
        Value::digest(last.map(|entry| entry.sha256)),
    ));
    let keys = gathered.report.parts.iter().flat_map(|part| &part.keys);
    for key in keys.filter(|key| key.signatures > 0) {
        let label = format!("Key {}", named(key));
        known.extend(fact(
            &label,
            key.fingerprint.as_deref().map_or(Value::None, Value::code),
        ));
    }
    known
}

fn named(key: &KeySeen) -> &str {
    let names = [&key.key_id, &key.signs_for];
    names
        .into_iter()
        .flatten()
        .next()
        .map_or("without a name", String::as_str)
}

const METHOD: [&str; 5] = [
    "Fingerprints are SHA-256 (FIPS 180-4), signatures Ed25519 (RFC 8032), checked strictly.",
    "Content is hashed and its signatures are checked over the bytes that arrived, or over the standard form that its \
     format names.",
    "The standard form of the result is RFC 8785: members sorted, no blanks, one spelling for each number and text.",
    "The SHA-256 of the result is over the member \"body\" of the full report (JSON) in that form. It depends on the \
     evidence, the rules, the keys and what was stated for the run, and on nothing else.",
    "The verdict is the gravest of the required checks: mismatch before undecided before verified.",
];

fn steps(name: &str) -> Vec<Words> {
    [
        format!("Compare the evidence with what was checked here: sha256sum \"{name}\""),
        format!("Check it again with the same keys: sealcheck verify --format json --output report.json \"{name}\""),
        "Compare \"bodySha256\" in that file with the SHA-256 of the result above. The member \"body\" stands in the file \
         in its standard form: its bytes, hashed by themselves, give the same value."
            .to_owned(),
        "To repeat one check by hand, open it in Sealcheck and choose \"Repeat by hand\": it writes the exact bytes and \
         the commands of sha256sum and openssl."
            .to_owned(),
        "To check the review note: sealcheck note verify with the case file or the finished note.".to_owned(),
    ]
    .map(Words::from)
    .into()
}
