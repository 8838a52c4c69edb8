//! What the table of records is sorted by and searched through. The cells themselves are made from the record, by
//! [`present::record_row`](crate::present::record_row).

use evidence::{Ecosystem, Record, Verdict};
use jiff::Timestamp;

/// The fields that state when a record's event happened; the first that says something counts.
const TIMES: [&str; 5] = [
    "executionTimestamp",
    "createdAt",
    "attestedAt",
    "occurred_at",
    "created_at",
];

/// The sortable columns of a record: the same choice of fields as in its row.
#[derive(Debug)]
pub(super) struct Columns<'r> {
    pub(super) verdict: u8,
    pub(super) execution_id: &'r str,
    /// The type as stated; shown in words.
    pub(super) kind: &'r str,
    /// Microseconds; a time that cannot be read sorts before all others.
    pub(super) time: Option<i64>,
    pub(super) app: &'r str,
    pub(super) hash: &'r str,
    /// What the record's number counts within: an organisation, a chain; empty where records have no numbers.
    pub(super) scope: &'r str,
    /// Its number there, as it states it.
    pub(super) seq: Option<i64>,
    /// Whether it fills the place of its number: by its spec's rules it verifies, whoever signed it.
    pub(super) fills: bool,
    pub(super) action: &'r str,
    /// "Ada Lovelace (usr_1)": two people of one name stay two.
    pub(super) actor: String,
    /// Every target, as `type:id`, joined by `|`.
    pub(super) target: &'r str,
}

impl<'r> Columns<'r> {
    pub(super) fn of(record: &'r Record) -> Columns<'r> {
        let time = first(record, &TIMES);
        Columns {
            verdict: verdict_rank(record.verdict),
            execution_id: first(record, &["executionId", "event_id", "attestation_id", "trace_id"]),
            kind: first(record, &["bundleType", "schema", "proof"]),
            time: time.parse::<Timestamp>().ok().map(Timestamp::as_microsecond),
            app: first(record, &["app", "surface"]),
            hash: first(record, &["certificateHash", "payload_hash"]),
            scope: first(record, &["org_id"]),
            seq: record.fields.get("seq").and_then(serde_json::Value::as_i64),
            fills: fills(record),
            action: first(record, &["action"]),
            actor: actor(record),
            target: first(record, &["targets"]),
        }
    }
}

fn fills(record: &Record) -> bool {
    match record.ecosystem {
        Ecosystem::Invoance => matches!(record.native.status.as_str(), "PASS" | "WARN"),
        Ecosystem::NexArt | Ecosystem::Keel => record.verdict != Verdict::Failed,
    }
}

fn actor(record: &Record) -> String {
    match (first(record, &["actor_name"]), first(record, &["actor_id"])) {
        ("", id) => id.to_owned(),
        (name, "") => name.to_owned(),
        (name, id) => format!("{name} ({id})"),
    }
}

/// The first of these fields that states something.
fn first<'r>(record: &'r Record, names: &[&str]) -> &'r str {
    names
        .iter()
        .filter_map(|name| record.fields.get(*name)?.as_str())
        .find(|text| !text.is_empty())
        .unwrap_or_default()
}

/// Fields whose texts repeat from record to record: a search finds them in the columns in memory.
const REPEATING: [&str; 9] = [
    "app",
    "bundleType",
    "schema",
    "org_id",
    "action",
    "actor_id",
    "actor_name",
    "targets",
    "ingested_at",
];

/// What a search looks through beside the columns in memory, in lower case: identity, other stated texts, reasons.
pub(super) fn searchable(record: &Record) -> String {
    let mut text = String::with_capacity(256);
    let mut push = |part: &str| {
        let start = text.len();
        if part.is_ascii() {
            text.push_str(part);
            if let Some(added) = text.get_mut(start..) {
                added.make_ascii_lowercase();
            }
        } else {
            text.extend(part.chars().flat_map(char::to_lowercase));
        }
        text.push('\n');
    };
    push(&record.id);
    for (name, value) in &record.fields {
        if REPEATING.contains(&name.as_str()) {
            continue;
        }
        if let Some(value) = value.as_str().filter(|value| *value != record.id) {
            push(value);
        }
    }
    for code in record.reason_codes.iter().chain(&record.notes) {
        push(code.as_str());
    }
    text
}

/// Worst first, so that sorting by verdict shows what needs attention.
pub(super) fn verdict_rank(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Failed => 0,
        Verdict::Error => 1,
        Verdict::Indeterminate => 2,
        Verdict::NotEvidence => 3,
        Verdict::Verified => 4,
    }
}
