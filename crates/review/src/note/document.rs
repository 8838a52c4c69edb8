//! The finished note as a file: `sealcheck.review/1` (`notes/product.md` 2.2). `body` and `bodySha256` are the report's,
//! `review` is the reviewer's work with its whole history.

use std::io::Write;

use evidence::{Digest, Report};
use serde::Serialize;
use serde_json::Value;

use super::history::Entry;
use super::ledger::Ledger;
use super::review::Review;
use crate::report_json::{JSON_SCHEMA as REPORT_SCHEMA, Session, Spool};

/// The schema name of a finished note.
pub const SCHEMA: &str = "sealcheck.review/1";

/// What the published schema adds to the report's.
const ADDED: &str = include_str!("review.schema.json");

/// The file's `review` member.
#[derive(Serialize)]
struct Member<'a> {
    #[serde(flatten)]
    review: &'a Review,
    history: &'a [Entry],
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Digest of `body`.
    pub body_sha256: Digest,
    /// Who signed off another result than this one; such a note does not verify.
    pub stale: Vec<String>,
}

/// Writes the note. `spool` holds the records of the report.
///
/// # Errors
/// When it cannot be written.
pub fn write(
    spool: Spool,
    report: &Report,
    session: &Session,
    ledger: &Ledger,
    out: &mut dyn Write,
) -> std::io::Result<Written> {
    let member = Member {
        review: ledger.review(),
        history: ledger.entries(),
    };
    let body_sha256 = spool.write_note(report, session, &member, out)?;
    let signoffs = ledger.review().signoffs.iter();
    Ok(Written {
        body_sha256,
        stale: signoffs
            .filter(|signoff| signoff.body_sha256 != body_sha256)
            .map(|signoff| signoff.name.clone())
            .collect(),
    })
}

/// The JSON Schema of a finished note, whole: the report's with the reviewer's work added.
///
/// # Errors
/// Never in a build whose tests pass.
pub fn json_schema() -> Result<String, serde_json::Error> {
    let mut schema: Value = serde_json::from_str(REPORT_SCHEMA)?;
    merge(&mut schema, serde_json::from_str(ADDED)?);
    Ok(format!("{schema:#}\n"))
}

/// Members of `added` are put into `base`: objects are joined, all else is replaced.
fn merge(base: &mut Value, added: Value) {
    match (base, added) {
        (Value::Object(base), Value::Object(added)) => {
            for (name, value) in added {
                merge(base.entry(name).or_insert(Value::Null), value);
            }
        }
        (base, added) => *base = added,
    }
}

#[cfg(test)]
pub(crate) mod tests;
