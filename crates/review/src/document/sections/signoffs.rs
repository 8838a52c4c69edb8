//! Who signed off what, and which versions there were.

use evidence::Digest;

use super::{fact, not_written};
use crate::document::block::{Block, Value};
use crate::document::gathered::Gathered;
use crate::document::note_rows::at;
use crate::document::table::{Row, Table};
use crate::note::{Ledger, Review, SignOff, Superseded};
use crate::present::time;
use crate::words::note::{role, status};
use crate::words::sentence::{first_upper, length, number};

/// Sign-offs, versions, history.
pub(super) fn signoffs(gathered: &Gathered<'_>) -> Vec<Block> {
    let Some((ledger, review)) = gathered.material.note.zip(gathered.review()) else {
        return vec![not_written(gathered, "sign-offs")];
    };
    let mut blocks = vec![Block::Facts(state(ledger, review))];
    blocks.push(if review.signoffs.is_empty() {
        Block::paragraph("Nobody has signed off this version yet.")
    } else {
        let rows = review.signoffs.iter();
        let rows = rows.map(|signoff| signed(signoff, gathered.body_sha256)).collect();
        let columns = [
            ("Role", 13),
            ("Name", 22),
            ("When", 21),
            ("Statement", 38),
            ("Signature", 44),
            ("Signed result", 16),
        ];
        Block::Table(Table::all("Sign-offs", ["sign-off", "sign-offs"], &columns, rows))
    });
    if review.signoffs.iter().any(|signoff| signoff.signature.is_some()) {
        blocks.push(Block::paragraph(
            "This report does not check signatures. \"sealcheck note verify\", or dropping the finished note on Sealcheck, does.",
        ));
    }
    blocks.push(Block::heading("Earlier versions"));
    blocks.push(if review.versions.is_empty() {
        Block::paragraph("There is no earlier version.")
    } else {
        let columns = [
            ("Version", 10),
            ("It was", 14),
            ("Why it was reopened", 48),
            ("Who", 22),
            ("When", 22),
        ];
        let rows = review.versions.iter().map(superseded).collect();
        Block::Table(Table::all("Versions", ["version", "versions"], &columns, rows))
    });
    blocks
}

fn state(ledger: &Ledger, review: &Review) -> Vec<(crate::document::Words, Value)> {
    let mut known = vec![
        ("Version".into(), Value::Number(review.version)),
        ("Status".into(), Value::words(status(review.status).word)),
        (
            "Entries of the history".into(),
            Value::words(number(length(ledger.entries().len()))),
        ),
    ];
    known.extend(fact(
        "SHA-256 of its last entry",
        Value::digest(ledger.last().map(|entry| entry.sha256)),
    ));
    known.extend(fact("Kept until", Value::words(&review.retention.until)));
    known.extend(fact("Kept under", Value::words(&review.retention.basis)));
    known
}

fn signed(signoff: &SignOff, body_sha256: Digest) -> Row {
    let name = match signoff.title.as_str() {
        "" => signoff.name.clone(),
        title => format!("{}, {title}", signoff.name),
    };
    let signature = match &signoff.signature {
        None => Value::words("Typed name, no key"),
        Some(signature) => Value::words(format!(
            "{} with the key of fingerprint {}",
            signature.alg,
            grouped(&signature.public_key.fingerprint().to_hex())
        )),
    };
    let result = if signoff.body_sha256 == body_sha256 {
        "The result of this report"
    } else {
        "Another result than this report's"
    };
    vec![
        Value::words(first_upper(role(signoff.role))),
        Value::words(name),
        Value::words(time(&signoff.at)),
        Value::words(&signoff.statement),
        signature,
        Value::words(result),
    ]
}

fn superseded(version: &Superseded) -> Row {
    vec![
        Value::Number(version.version),
        Value::words(status(version.status).word),
        Value::words(&version.reason),
        Value::words(&version.author),
        at(&version.at),
    ]
}

/// Hex digits in groups of eight.
fn grouped(digits: &str) -> String {
    let digits: Vec<char> = digits.chars().collect();
    let groups: Vec<String> = digits.chunks(8).map(|group| group.iter().collect()).collect();
    groups.join(" ")
}
