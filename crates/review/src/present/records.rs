//! The table of records.

use evidence::{Counts, Ecosystem, Record, Report, Verdict};

use strum::IntoEnumIterator as _;

use crate::case_file::{Field, Mark, Value};
use crate::sequence::{Kind, populations};
use crate::view::{
    ColumnView, FilterView, NumberedRow, NumberedView, RecordRow, RecordsView, ValueRow, ValuesView, VerdictCount,
};
use crate::words::sentence::{count, length, number};
use crate::words::{record_type, record_verdict};

use super::groups::record_label;
use super::hex::short_hex;
use super::text::{label, local_time, time, visible};
use super::verdict_view;

/// Which columns the table has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// The records of runs (NexArt).
    Runs,
    /// What every kind of record has.
    Mixed,
    /// The rows of one organisation's log.
    Log,
    /// The rows of several organisations' logs.
    Logs,
    /// The entries of one chain.
    Chain,
    /// The entries of several chains.
    Chains,
    /// The rows of exports without a chain.
    Exports,
}

impl Layout {
    /// The layout for a report: that of a log or a chain where nothing else is in the pack.
    #[must_use]
    pub fn of(report: &Report) -> Layout {
        let only = |ecosystem| {
            let mut parts = report.parts.iter();
            parts.all(|part| part.native.ecosystem == Some(ecosystem))
        };
        if only(Ecosystem::NexArt) {
            return Layout::Runs;
        }
        if !report.parts.is_empty() && only(Ecosystem::Keel) {
            let chains = populations(report).filter(|population| population.of == Kind::Chain);
            return match chains.count() {
                0 => Layout::Exports,
                1 => Layout::Chain,
                _ => Layout::Chains,
            };
        }
        match super::population::organisations(report).len() {
            0 => Layout::Mixed,
            _ if !only(Ecosystem::Invoance) => Layout::Mixed,
            1 => Layout::Log,
            _ => Layout::Logs,
        }
    }

    /// Keys of the columns, for sorting, in the order of a row's cells.
    #[must_use]
    pub fn columns(self) -> &'static [&'static str] {
        match self {
            Layout::Runs | Layout::Mixed => &["number", "executionId", "type", "time", "app", "hash", "verdict"],
            Layout::Log => &["seq", "time", "action", "actor", "target", "verdict"],
            Layout::Logs => &["seq", "time", "action", "actor", "target", "scope", "verdict"],
            Layout::Chain => &["seq", "time", "action", "decision", "target", "verdict"],
            Layout::Chains => &["seq", "time", "action", "decision", "target", "scope", "verdict"],
            Layout::Exports => &["number", "type", "executionId", "time", "decision", "verdict"],
        }
    }

    /// Whether it shows rows of a signed export.
    fn is_export(self) -> bool {
        matches!(self, Layout::Chain | Layout::Chains | Layout::Exports)
    }

    fn filters(self) -> &'static [Field] {
        match self {
            Layout::Runs | Layout::Mixed => &[Field::Type, Field::App],
            Layout::Log | Layout::Logs => &[Field::Action, Field::Actor, Field::Target, Field::Scope],
            Layout::Chain | Layout::Chains | Layout::Exports => {
                &[Field::Action, Field::Decision, Field::Policy, Field::Scope, Field::Type]
            }
        }
    }
}

/// What the table needs once; `distinct` tells how many different values a column has.
#[must_use]
pub fn records(report: &Report, distinct: impl Fn(Field) -> usize) -> RecordsView {
    let counts = &report.counts;
    let layout = Layout::of(report);
    let one = |verdict: Verdict, count| VerdictCount {
        verdict: verdict_view(verdict),
        label: record_verdict(verdict).to_owned(),
        count,
    };
    RecordsView {
        sentence: records_line(counts),
        total: counts.records,
        verdicts: vec![
            one(Verdict::Failed, counts.failed),
            one(Verdict::Indeterminate, counts.indeterminate),
            one(Verdict::Verified, counts.verified),
            one(Verdict::NotEvidence, counts.not_evidence),
        ],
        columns: layout.columns().iter().map(|key| column(layout, key)).collect(),
        sort: layout.columns().first().copied().unwrap_or_default().to_owned(),
        filters: filters(layout, distinct),
        go_to: match layout {
            Layout::Runs | Layout::Mixed | Layout::Exports => format!("Number, 1 to {}", number(counts.records)),
            Layout::Log | Layout::Logs | Layout::Chain | Layout::Chains => {
                "Sequence number or record number".to_owned()
            }
        },
    }
}

/// A column with one value, or none, has nothing to choose from.
fn filters(layout: Layout, distinct: impl Fn(Field) -> usize) -> Vec<FilterView> {
    let view = |field: &Field| FilterView {
        column: <&str>::from(*field).to_owned(),
        label: field_label(layout, *field).to_owned(),
        distinct: length(distinct(*field)),
    };
    layout
        .filters()
        .iter()
        .map(view)
        .filter(|filter| filter.distinct > 1)
        .collect()
}

fn field_label(layout: Layout, field: Field) -> &'static str {
    match field {
        Field::Type if layout.is_export() => "Section",
        Field::Action if layout.is_export() => "Event",
        Field::Scope if layout.is_export() => "Chain",
        Field::Type => "Type",
        Field::App => "App or surface",
        Field::Scope => "Organisation",
        Field::Action => "Action",
        Field::Decision => "Decision or outcome",
        Field::Policy => "Policy",
        Field::Actor => "Actor",
        Field::Target => "Target",
    }
}

/// The values of a column to choose from, the most frequent first: those that have `search` in them.
#[must_use]
pub fn values(field: Field, all: &[Value], search: &str) -> ValuesView {
    const SHOWN: usize = 100;
    let wanted = search.trim().to_lowercase();
    let shown = |value: &Value| match field {
        Field::Type => record_type(&value.text),
        Field::App | Field::Scope | Field::Action | Field::Decision | Field::Policy | Field::Actor | Field::Target => {
            value.text.to_string()
        }
    };
    let matching: Vec<(&Value, String)> = all
        .iter()
        .map(|value| (value, shown(value)))
        .filter(|(_, text)| wanted.is_empty() || text.to_lowercase().contains(&wanted))
        .collect();
    let hidden = length(matching.len().saturating_sub(SHOWN));
    ValuesView {
        rows: matching
            .iter()
            .take(SHOWN)
            .map(|(value, text)| ValueRow {
                value: value.id,
                label: label(text),
                count: count(value.count, "record", "records"),
            })
            .collect(),
        note: match (matching.len(), hidden) {
            (0, _) => "No value has this text in it.".to_owned(),
            (_, 0) => String::new(),
            (_, hidden) => format!("{} more. Type to narrow them down.", number(hidden)),
        },
    }
}

/// The filter by what the reviewer did.
#[must_use]
pub fn review_filter() -> FilterView {
    FilterView {
        column: "review".to_owned(),
        label: "My review".to_owned(),
        distinct: length(Mark::iter().count()),
    }
}

/// What that filter can choose; `marked` counts the records of each.
#[must_use]
pub fn review_values(marked: impl Fn(Mark) -> u64) -> ValuesView {
    let row = |(value, mark): (u32, Mark)| ValueRow {
        value,
        label: match mark {
            Mark::Noted => "With a note",
            Mark::Decided => "Decided",
            Mark::NotDecided => "Not decided",
        }
        .to_owned(),
        count: count(marked(mark), "record", "records"),
    };
    ValuesView {
        rows: (0..).zip(Mark::iter()).map(row).collect(),
        note: String::new(),
    }
}

/// The records that a typed number can mean: a sequence number first, then a place in the report.
#[must_use]
pub fn numbered(
    asked: u64,
    total: u64,
    seats: &[(u64, std::sync::Arc<str>)],
    find: impl Fn(u64) -> Option<Record>,
) -> NumberedView {
    let mut rows: Vec<NumberedRow> = seats
        .iter()
        .map(|(record, scope)| NumberedRow {
            record: *record,
            label: format!("Sequence number {}", number(asked)),
            about: [label(scope), about(find(*record).as_ref())].join(", "),
        })
        .collect();
    if (1..=total).contains(&asked) {
        rows.push(NumberedRow {
            record: asked,
            label: format!("Record {} of {}", number(asked), number(total)),
            about: find(asked).map_or_else(String::new, |record| record_about(asked, &record)),
        });
    }
    NumberedView {
        note: if rows.is_empty() {
            "There is no record with this number.".to_owned()
        } else {
            String::new()
        },
        rows,
    }
}

/// "login.failed, 2026-01-27 06:56:02.614 UTC".
fn about(record: Option<&Record>) -> String {
    let Some(record) = record else { return String::new() };
    let action = field(record, "action").or(field(record, "event_type"));
    let parts = [action.map(label), stated_time(record).map(time)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn record_about(place: u64, record: &Record) -> String {
    match about(Some(record)) {
        text if text.is_empty() => record_label(place, record),
        text => text,
    }
}

fn column(layout: Layout, key: &str) -> ColumnView {
    let (label, mono, numeric, width) = match key {
        "number" => ("Number", false, true, 8),
        "executionId" if layout == Layout::Runs => ("Execution id", true, false, 24),
        "executionId" => ("Id", true, false, 24),
        "type" if layout.is_export() => ("Section", false, false, 18),
        "type" => ("Type", false, false, 14),
        "time" => ("Time UTC, claimed", false, false, 22),
        "app" => ("App or surface", true, false, 14),
        "hash" => ("Fingerprint", true, false, 19),
        "seq" => ("Number", false, true, 9),
        "action" if layout.is_export() => ("Event", true, false, 24),
        "action" => ("Action", true, false, 20),
        "decision" => ("Decision", true, false, 12),
        "actor" => ("Actor", false, false, 16),
        "target" if layout.is_export() => ("Resource", true, false, 20),
        "target" => ("Targets", true, false, 20),
        "scope" if layout.is_export() => ("Chain", true, false, 18),
        "scope" => ("Organisation", true, false, 18),
        "verdict" => ("Result", false, false, 12),
        other => (other, false, false, 12),
    };
    ColumnView {
        key: key.to_owned(),
        label: label.to_owned(),
        mono,
        numeric,
        width,
    }
}

/// "48,211 of 48,213 records verified, 2 with a mismatch".
#[must_use]
pub fn records_line(counts: &Counts) -> String {
    if counts.records == 0 {
        return "No records".to_owned();
    }
    let mut line = format!(
        "{} of {} verified",
        number(counts.verified),
        count(counts.records, "record", "records")
    );
    for (value, words) in [
        (counts.failed, "with a mismatch"),
        (counts.indeterminate, "undecided"),
        (counts.not_evidence, "not recognised"),
    ] {
        if value > 0 {
            line.push_str(&format!(", {} {words}", number(value)));
        }
    }
    line
}

/// One row of the table.
#[must_use]
pub fn record_row(place: u64, record: &Record, layout: Layout) -> RecordRow {
    RecordRow {
        record: place,
        verdict: verdict_view(record.verdict),
        word: record_verdict(record.verdict).to_owned(),
        cells: layout
            .columns()
            .iter()
            .map(|key| cell(key, place, record, SHORT))
            .collect(),
        hint: stated_time(record).map_or_else(String::new, local_time),
        review: None,
    }
}

/// The same values in full, for what is handed over.
pub(crate) fn full_cells(place: u64, record: &Record, layout: Layout) -> Vec<String> {
    let full = |key: &&str| cell(key, place, record, FULL);
    layout.columns().iter().map(full).collect()
}

/// How values stand in a cell.
#[derive(Debug, Clone, Copy)]
struct Manner {
    text: fn(&str) -> String,
    hash: fn(&str) -> String,
}

const SHORT: Manner = Manner {
    text: label,
    hash: short_hex,
};

const FULL: Manner = Manner {
    text: visible,
    hash: visible,
};

fn cell(key: &str, place: u64, record: &Record, manner: Manner) -> String {
    let label = manner.text;
    let shown = |names: &[&str]| {
        names
            .iter()
            .find_map(|name| field(record, name))
            .map_or_else(String::new, label)
    };
    match key {
        "number" => number(place),
        "executionId" => match shown(&["executionId", "event_id", "attestation_id", "trace_id", "permit_id"]) {
            text if text.is_empty() => shown(&["id", "request_id"]),
            text => text,
        },
        "type" => kind(record, label),
        "time" => stated_time(record).map_or_else(String::new, time_cell),
        "app" => shown(&["app", "surface", "org_id"]),
        "hash" => ["certificateHash", "payload_hash"]
            .iter()
            .find_map(|name| field(record, name))
            .map_or_else(String::new, manner.hash),
        "seq" => seq(record, label),
        "decision" => shown(&["decision", "outcome"]),
        "action" => match shown(&["action", "event_type"]) {
            // Another proof among the rows of a log, a permit among the entries of a chain.
            text if text.is_empty() => kind(record, label),
            text => text,
        },
        "actor" => shown(&["actor_name", "actor_id"]),
        "target" if record.ecosystem == Ecosystem::Keel => resource(record, label),
        "target" => match field(record, "targets") {
            Some(targets) => label(&targets.replace('|', ", ")),
            None => "none".to_owned(),
        },
        "scope" => shown(&["org_id", "chain_scope"]),
        "verdict" => record_verdict(record.verdict).to_owned(),
        _ => String::new(),
    }
}

/// What kind of record it is.
fn kind(record: &Record, label: fn(&str) -> String) -> String {
    let stated = ["bundleType", "schema", "proof"];
    if record.ecosystem == Ecosystem::Keel {
        return field(record, "section").map_or_else(String::new, |section| label(&record_type(section)));
    }
    let stated = stated.iter().find_map(|name| field(record, name));
    stated.map_or_else(String::new, |kind| label(&record_type(kind)))
}

/// "permit permit-1".
fn resource(record: &Record, label: fn(&str) -> String) -> String {
    let parts = [field(record, "resource_type"), field(record, "resource_id")];
    label(&parts.into_iter().flatten().collect::<Vec<_>>().join(" "))
}

/// The number that the record states, as people read it; a negative one as it stands.
fn seq(record: &Record, label: fn(&str) -> String) -> String {
    let stated = ["seq", "sequence_number"]
        .iter()
        .find_map(|name| record.fields.get(*name));
    match stated.map(|stated| (stated.as_u64(), stated)) {
        Some((Some(seq), _)) => number(seq),
        Some((None, serde_json::Value::String(text))) => label(text),
        Some((None, other)) => other.to_string(),
        None => String::new(),
    }
}

fn stated_time(record: &Record) -> Option<&str> {
    [
        "executionTimestamp",
        "createdAt",
        "attestedAt",
        "occurred_at",
        "created_at",
    ]
    .iter()
    .find_map(|name| field(record, name))
}

/// A time without its zone, which stands in the column's heading.
fn time_cell(text: &str) -> String {
    let shown = time(text);
    shown.strip_suffix(" UTC").map(str::to_owned).unwrap_or(shown)
}

fn field<'a>(record: &'a Record, name: &str) -> Option<&'a str> {
    record.fields.get(name)?.as_str().filter(|text| !text.is_empty())
}
