//! What the table of records is sorted by and searched through. The cells themselves are made from the record, by
//! [`present::record_row`](crate::present::record_row).

use evidence::{CheckId, Ecosystem, Outcome, Record, Verdict};
use jiff::civil::DateTime;
use jiff::{Timestamp, tz::TimeZone};

use crate::sequence::thread;

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
    /// Where that is: its scope, and of a chain in which file, since two exports may show the same numbers.
    pub(super) thread: String,
    /// Whether it fills the place of its number: by its spec's rules it verifies, whoever signed it.
    pub(super) fills: bool,
    /// Whether it continues the record before it; what cannot be told does.
    pub(super) linked: bool,
    pub(super) action: &'r str,
    /// What was decided, or what came of it (Keel).
    pub(super) decision: &'r str,
    /// By which policy (Keel).
    pub(super) policy: &'r str,
    /// "Ada Lovelace (usr_1)": two people of one name stay two.
    pub(super) actor: String,
    /// Every target, as `type:id`, joined by `|`.
    pub(super) target: &'r str,
}

impl<'r> Columns<'r> {
    pub(super) fn of(record: &'r Record) -> Columns<'r> {
        match record.ecosystem {
            Ecosystem::Keel => Columns::of_keel(record),
            Ecosystem::NexArt | Ecosystem::Invoance => Columns {
                verdict: verdict_rank(record.verdict),
                execution_id: first(record, &["executionId", "event_id", "attestation_id", "trace_id"]),
                kind: first(record, &["bundleType", "schema", "proof"]),
                time: micros(first(record, &TIMES)),
                app: first(record, &["app", "surface"]),
                hash: first(record, &["certificateHash", "payload_hash"]),
                scope: first(record, &["org_id"]),
                thread: thread(first(record, &["org_id"]), None),
                seq: whole(record, "seq"),
                fills: fills(record),
                linked: true,
                action: first(record, &["action"]),
                decision: "",
                policy: "",
                actor: actor(record),
                target: first(record, &["targets"]),
            },
        }
    }

    /// A row of an export. Of its resource the type alone: as a column of few values it costs little.
    fn of_keel(record: &'r Record) -> Columns<'r> {
        let entry = is_entry(record);
        let scope = if entry { first(record, &["chain_scope"]) } else { "" };
        Columns {
            verdict: verdict_rank(record.verdict),
            execution_id: first(record, &["event_id", "id", "permit_id"]),
            kind: first(record, &["section"]),
            time: micros(first(record, &TIMES)),
            app: "",
            hash: first(record, &["record_hash"]),
            scope,
            thread: thread(scope, entry.then_some(record.source.path.as_str())),
            seq: whole(record, "sequence_number").filter(|_| entry),
            fills: outcome(record, CheckId::RecordHashes) == Some(Outcome::Pass),
            linked: !matches!(outcome(record, CheckId::ChainLinks), Some(Outcome::Fail(_))),
            action: first(record, &["event_type"]),
            decision: first(record, &DECISIONS),
            policy: first(record, &["policy_id"]),
            actor: first(record, &["actor_id"]).to_owned(),
            target: first(record, &["resource_type"]),
        }
    }
}

/// The fields that say what was decided; the first that says something counts.
pub(super) const DECISIONS: [&str; 2] = ["decision", "outcome"];

/// Whether a row was walked as an entry of a chain.
fn is_entry(record: &Record) -> bool {
    outcome(record, CheckId::RecordHashes).is_some()
}

fn outcome(record: &Record, id: CheckId) -> Option<Outcome> {
    let found = record.checks.iter().find(|check| check.id == id);
    found.map(|check| check.outcome)
}

fn whole(record: &Record, name: &str) -> Option<i64> {
    record.fields.get(name).and_then(serde_json::Value::as_i64)
}

/// Microseconds since 1970; a time without an offset is UTC.
fn micros(text: &str) -> Option<i64> {
    let instant = text.parse::<Timestamp>().ok();
    let instant = instant.or_else(|| Some(text.parse::<DateTime>().ok()?.to_zoned(TimeZone::UTC).ok()?.timestamp()));
    instant.map(Timestamp::as_microsecond)
}

fn fills(record: &Record) -> bool {
    match record.ecosystem {
        Ecosystem::Invoance => matches!(record.native.status.as_ref(), "PASS" | "WARN"),
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
pub(super) fn first<'r>(record: &'r Record, names: &[&str]) -> &'r str {
    names
        .iter()
        .filter_map(|name| record.fields.get(*name)?.as_str())
        .find(|text| !text.is_empty())
        .unwrap_or_default()
}

/// Fields whose texts repeat from record to record: a search finds them in the columns in memory.
const REPEATING: [&str; 14] = [
    "app",
    "bundleType",
    "schema",
    "org_id",
    "action",
    "actor_id",
    "actor_name",
    "targets",
    "ingested_at",
    "event_type",
    "resource_type",
    "chain_scope",
    "policy_id",
    "section",
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
        if REPEATING.contains(&name.as_ref()) {
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
