//! One row of an audit log, judged by itself (`specs/invoance.md` 4).

pub(super) mod canonical;
pub(super) mod checks;
pub(super) mod doubts;
mod fields;
mod notes;
pub(super) mod row;
mod steps;
pub(super) mod time;

use std::sync::Arc;

use super::keys::{Keys, Level};
use crate::check::Check;
use crate::digest::Digest;
use crate::json::Node;
use crate::reason::ReasonCode;
use crate::report::{Ecosystem, KeyState, Record, Source};
use crate::signature::{Claim, PublicKey};
use crate::verdict::{roll_up, verdict};

use doubts::Doubts;
use row::Row;
use steps::{Sealed, Steps};
use time::Moment;

/// One row, judged by itself: what the sequence and the report need of it.
#[derive(Debug, Clone)]
pub(super) struct Judged {
    /// The report's record, complete.
    pub(super) record: Record,
    /// The place in a sequence that it claims, verifying or not.
    pub(super) seat: Option<Seat>,
    /// Whether it verifies by the rules of section 4.
    pub(super) valid: bool,
    /// Why it does not: the first reason by the order of the steps.
    pub(super) reason: Option<ReasonCode>,
    /// What the key that verified it comes to; for a row that does not verify, `Mismatch` for another signer's row, else
    /// who supplies keys for its organisation.
    pub(super) level: Level,
    /// What is known of the key that it was held against.
    pub(super) key_state: KeyState,
    /// The key that verified it.
    pub(super) key: Option<PublicKey>,
    /// The key on the row, if it can be read.
    pub(super) row_key: Option<PublicKey>,
    /// The recomputed payload hash.
    pub(super) hash: Option<Digest>,
    /// The signed id (`id`, else `event_id`); may be empty.
    pub(super) id: String,
    /// `occurred_at` in milliseconds since 1970, where it can be normalised.
    pub(super) occurred_ms: Option<i64>,
    /// `ingested_at` likewise.
    pub(super) ingested_ms: Option<i64>,
}

impl Judged {
    /// Why nothing of it was read, where that says nothing about the evidence.
    pub(super) fn unread(&self) -> Option<ReasonCode> {
        let read = self.hash.is_some();
        self.reason.filter(|reason| !read && !checks::is_of_the_spec(*reason))
    }
}

/// A place in the sequence of an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Seat {
    /// The organisation.
    pub(super) org: Arc<str>,
    /// The number.
    pub(super) seq: i64,
}

/// A row that is read, and whose signature is not looked at yet: that is done for many rows at once.
#[derive(Debug)]
pub(super) struct Opened<'n, 'a> {
    row: Row<'n, 'a>,
    sealed: Result<Sealed, ReasonCode>,
}

impl<'n, 'a> Opened<'n, 'a> {
    /// A row that is parsed, alone or inside a page or an array, with what was found doubtful in it.
    pub(super) fn of(node: &'n Node<'a>, doubts: Doubts, keys: &Keys) -> Opened<'n, 'a> {
        let row = Row::of(node);
        let sealed = steps::sealed(node, &row, doubts, keys);
        Opened { row, sealed }
    }

    /// Its signature as one by its own key.
    pub(super) fn claim(&self) -> Option<Claim<'_>> {
        self.sealed.as_ref().ok()?.claim()
    }

    /// Judges it; `fits_row_key` says that the claim is known to be valid.
    pub(super) fn judge(self, fits_row_key: bool, source: Source, keys: &Keys) -> Judged {
        let steps = steps::steps(&self.row, self.sealed, fits_row_key, keys);
        judged(&self.row, steps, source, keys)
    }
}

/// Judges one row by itself.
pub(super) fn judge_node(node: &Node<'_>, source: Source, keys: &Keys) -> Judged {
    Opened::of(node, Doubts::about(node), keys).judge(false, source, keys)
}

fn judged(row: &Row<'_, '_>, steps: Steps, source: Source, keys: &Keys) -> Judged {
    let id = row.signed_id().and_then(Node::as_str).unwrap_or_default().to_owned();
    let subject = if id.is_empty() { place(&source) } else { id.clone() };
    let checks = checks::checks(&steps, row, &subject);
    let Steps { reason, content } = steps;
    let hash = content.as_ref().map(|content| content.hash);
    let fields = fields::fields(row, hash);
    let answer = content.as_ref().map(|content| &content.answer);
    let level = match (reason, answer) {
        (None, Some(answer)) | (Some(ReasonCode::KeyMismatch), Some(answer)) => answer.level,
        _ => keys.level(row.org()),
    };
    let notes = content
        .as_ref()
        .filter(|_| reason.is_none())
        .map(|content| notes::notes(row, content));
    let notes = notes.unwrap_or_default();
    let mixed_order = content.as_ref().is_some_and(|content| content.row_key.is_mixed_order());
    let mut record = record(subject, source, checks, reason, level, notes);
    record.fields = fields;
    if mixed_order {
        record.notes.push(ReasonCode::KeyMixedOrder);
    }
    Judged {
        record,
        seat: row
            .org()
            .zip(row.number())
            .map(|(org, seq)| Seat { org: org.into(), seq }),
        valid: reason.is_none(),
        reason,
        level,
        key_state: answer.map_or(KeyState::SuppliedBySender, |answer| answer.state),
        key: answer
            .filter(|_| reason.is_none())
            .and_then(|answer| answer.result.clone().ok()),
        row_key: content.as_ref().and_then(|content| content.row_key.key().cloned()),
        hash,
        id,
        occurred_ms: row.occurred.map(Moment::milliseconds),
        ingested_ms: row.ingested.map(Moment::milliseconds),
    }
}

/// A row that could not be cut out or parsed, for a reason of the reader or of the container.
///
/// What the spec has a word for fails the row; a limit of ours, or a file that can no longer be read, proves nothing.
pub(super) fn unreadable(source: Source, code: ReasonCode, detail: String) -> Judged {
    let reason = reason_of(code);
    let subject = place(&source);
    let mut checks: Vec<Check> = checks::ended(reason, &subject).into();
    if let Some(check) = checks.first_mut() {
        check.details.push(("cause", detail));
    }
    Judged {
        record: record(subject, source, checks, Some(reason), Level::Embedded, Vec::new()),
        seat: None,
        valid: false,
        reason: Some(reason),
        level: Level::Embedded,
        key_state: KeyState::SuppliedBySender,
        key: None,
        row_key: None,
        hash: None,
        id: String::new(),
        occurred_ms: None,
        ingested_ms: None,
    }
}

/// The spec's word for a reason of the reader; limits and the container's own reasons stay what they are.
fn reason_of(code: ReasonCode) -> ReasonCode {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "all other codes of the whole product stay as they are"
    )]
    match code {
        ReasonCode::JsonNotUtf8 => ReasonCode::InvalidUtf8,
        ReasonCode::JsonSyntax
        | ReasonCode::JsonTrailingData
        | ReasonCode::JsonEmpty
        | ReasonCode::JsonBom
        | ReasonCode::NdjsonTruncated => ReasonCode::ParseError,
        ReasonCode::NdjsonNotObject => ReasonCode::NotAnEvent,
        ReasonCode::JsonDuplicateKey => ReasonCode::DuplicateKey,
        ReasonCode::JsonLoneSurrogate => ReasonCode::CanonicalizationFailed,
        other => other,
    }
}

fn record(
    id: String,
    source: Source,
    checks: Vec<Check>,
    reason: Option<ReasonCode>,
    level: Level,
    notes: Vec<ReasonCode>,
) -> Record {
    let rolled = roll_up(&checks);
    Record {
        id,
        source,
        ecosystem: Ecosystem::Invoance,
        verdict: verdict(&rolled),
        native: checks::native(reason, level, &notes),
        fields: std::collections::BTreeMap::new(),
        reason_codes: rolled.reasons,
        notes,
        checks,
        attached: Vec::new(),
    }
}

/// The exact bytes that a row's hash and signature are over, where they can be made.
pub(super) fn canonical_bytes(node: &Node<'_>) -> Option<Vec<u8>> {
    canonical::bytes(&Row::of(node)).ok()
}

/// A row's place in words: path, line or position, pointer.
pub(super) fn place(source: &Source) -> String {
    let mut text = source.path.clone();
    if let Some(line) = source.line {
        text.push_str(&format!(", line {line}"));
    }
    if let Some(element) = source.element {
        text.push_str(&format!(", element {element}"));
    }
    if !source.pointer.is_empty() {
        text.push_str(&format!(" at {}", source.pointer));
    }
    text
}

/// Whether a value is an event: an object with `action` and (`actor` or `seq`) (section 6).
pub(super) fn is_event(node: &Node<'_>) -> bool {
    node.get("action").is_some() && (node.get("actor").is_some() || node.get("seq").is_some())
}

#[cfg(test)]
pub(super) mod tests;
