//! What population the rows of an organisation are, in the shape of the service's own answer (`specs/invoance.md` 13), so
//! that the two can be laid side by side.

use serde_json::{Value, json};

use super::checks::Organisation;
use super::completeness::Word;
use super::ranges::{KEPT, Range, Ranges};
use super::scope::{self, StatedBy};
use super::sequence::Order;
use super::statement::Statement;
use crate::format::invoance::keys::Level;
use crate::reason::ReasonCode;

/// One organisation's population.
pub(super) fn population(organisation: &Organisation<'_>, level: Level) -> Value {
    let Organisation {
        id,
        figures,
        stated,
        statement,
        completeness,
    } = organisation;
    let order: &'static str = Order::into(figures.order);
    let by: &'static str = StatedBy::into(stated.by);
    let keys = figures.keys.iter().map(|key| data_encoding::HEXLOWER.encode(key));
    json!({
        "of": "organisation",
        "org_id": **id,
        "completeness": completeness.result.as_str(),
        "check": completeness.word.as_str(),
        "scope": scope::word(stated.scope),
        "scopeStatedBy": by,
        "integrity": integrity(organisation),
        "first_seq": figures.first_seq,
        "rows": figures.valid + figures.invalid,
        "valid": figures.valid,
        "invalid": figures.invalid,
        "unverified_seq": ranges(&figures.unverified),
        "duplicates": figures.duplicates,
        "duplicate_seq": figures.duplicate_seq,
        "seq_conflicts": figures.seq_conflicts,
        "id_conflicts": figures.id_conflicts,
        "order": order,
        "keys": keys.collect::<Vec<String>>(),
        "key_trust": level.as_str(),
        "limits": completeness.limit.map(lower_case).into_iter().collect::<Vec<String>>(),
        "statement": statement.map(|statement| compared(statement, organisation)),
    })
}

/// A code in the spec's spelling.
pub(super) fn lower_case(code: ReasonCode) -> String {
    code.as_str().to_ascii_lowercase()
}

fn integrity(organisation: &Organisation<'_>) -> Value {
    let figures = &organisation.figures;
    json!({
        "org_id": *organisation.id,
        "from": Value::Null,
        "to": Value::Null,
        "last_seq": figures.last_seq,
        "count": figures.count,
        "expected": figures.expected(),
        "contiguous": figures.is_contiguous(),
        "gaps": ranges(&figures.gaps),
        "gaps_truncated": figures.gaps.is_truncated() || figures.unverified.is_truncated(),
        "note": note(organisation),
    })
}

fn ranges(ranges: &Ranges) -> Vec<Value> {
    let range = |range: &Range| json!({"from": range.from, "to": range.to, "count": range.count()});
    ranges.kept().iter().map(range).collect()
}

/// What is shown and what is not, ending with what no calculation on rows can tell.
fn note(organisation: &Organisation<'_>) -> String {
    let figures = &organisation.figures;
    let shown = if organisation.completeness.word == Word::NotEvaluable {
        "A filter leaves holes that mean nothing, so the numbers were not judged."
    } else if figures.has_conflict() {
        "One number or one id stands for different signed rows."
    } else if !figures.gaps.is_empty() {
        "Numbers are missing between the first and the last."
    } else if !figures.unverified.is_empty() {
        "Some numbers are claimed only by rows that do not verify."
    } else {
        "Every number from the first to the last is there once or more, and its row verifies."
    };
    let kept = if figures.gaps.is_truncated() || figures.unverified.is_truncated() {
        format!(" The first {KEPT} ranges of each list are given.")
    } else {
        String::new()
    };
    format!(
        "{shown} Expected counts from the first number.{kept} That nothing came after the last number is not shown."
    )
}

fn compared(statement: &Statement, organisation: &Organisation<'_>) -> Value {
    let figures = &organisation.figures;
    let count = i64::try_from(figures.count).ok();
    json!({
        "path": statement.path,
        "integrity": statement.shown,
        "whole_log": statement.whole_log,
        "agrees": {
            "last_seq": statement.last_seq == figures.last_seq,
            "count": statement.count == count,
            // The service counts from 1.
            "expected": statement.expected == figures.last_seq,
            "contiguous": statement.contiguous == Some(figures.is_contiguous()),
        },
    })
}
