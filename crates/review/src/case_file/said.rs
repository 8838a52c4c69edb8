//! What follows from several rows about one permit: allowed and never closed, denied and executed all the same.
//!
//! It is what the evidence says, not whether it is sound: nothing here reaches a verdict.

use std::collections::BTreeSet;
use std::collections::HashMap;

use evidence::{Ecosystem, Record};

use super::columns::{DECISIONS, first};

/// What the rows say of permits.
#[derive(Debug, Default)]
pub(super) struct Said {
    permits: HashMap<Box<str>, Permit>,
    /// Whether any row is an event: permits alone say nothing of what followed.
    events: bool,
}

/// The first rows, by their places from 0, that say something of one permit.
#[derive(Debug, Default)]
struct Permit {
    allowed: Option<usize>,
    denied: Option<usize>,
    executed: Option<usize>,
    closed: bool,
}

/// A conclusion from several rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, strum::EnumIter)]
pub enum Conclusion {
    /// Permits that are allowed, and whose closure is not in this evidence.
    AllowedNotClosed,
    /// Permits that are denied, and that were executed all the same.
    DeniedYetExecuted,
}

/// Events that only an executed permit has.
const EXECUTED: [&str; 5] = [
    "permit.binding_sealed_on_first_dispatch",
    "dispatch.egress_bound",
    "provider.response.received",
    "client.response.delivered",
    "execution.completed",
];

impl Said {
    /// Takes the row at a place.
    pub(super) fn add(&mut self, at: usize, record: &Record) {
        if record.ecosystem != Ecosystem::Keel {
            return;
        }
        let event = first(record, &["event_type"]);
        self.events |= !event.is_empty();
        let Some(id) = permit_id(record, event) else { return };
        let permit = self.permits.entry(id.into()).or_default();
        if event == "permit.closed" {
            permit.closed = true;
        } else if EXECUTED.contains(&event) {
            permit.executed.get_or_insert(at);
        } else {
            match first(record, &DECISIONS).to_ascii_lowercase().as_str() {
                "allow" | "allowed" => drop(permit.allowed.get_or_insert(at)),
                "deny" | "denied" => drop(permit.denied.get_or_insert(at)),
                _ => {}
            }
        }
    }

    /// The rows that a conclusion is drawn from, by their places: the decision, or what followed it.
    pub(super) fn rows(&self, conclusion: Conclusion) -> BTreeSet<usize> {
        let permits = self.permits.values();
        match conclusion {
            Conclusion::AllowedNotClosed if !self.events => BTreeSet::new(),
            Conclusion::AllowedNotClosed => permits
                .filter(|permit| !permit.closed)
                .filter_map(|permit| permit.allowed)
                .collect(),
            Conclusion::DeniedYetExecuted => permits
                .filter(|permit| permit.denied.is_some() && permit.allowed.is_none())
                .filter_map(|permit| permit.executed)
                .collect(),
        }
    }

    /// Whether any row is an event.
    pub(super) fn has_events(&self) -> bool {
        self.events
    }
}

/// The permit that a row is about.
fn permit_id<'r>(record: &'r Record, event: &str) -> Option<&'r str> {
    let resource = match first(record, &["resource_type"]) {
        "permit" => first(record, &["resource_id"]),
        _ => "",
    };
    // A row that is no event and decides something is the permit itself.
    let itself = if event.is_empty() && record.fields.contains_key("decision") {
        first(record, &["id"])
    } else {
        ""
    };
    [first(record, &["permit_id"]), resource, itself]
        .into_iter()
        .find(|id| !id.is_empty())
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;
    use std::collections::BTreeMap;

    use evidence::{Native, Source, Verdict};

    use super::*;

    fn said(rows: &[&[(&str, &str)]]) -> Said {
        let mut said = Said::default();
        for (at, fields) in rows.iter().enumerate() {
            let fields: BTreeMap<_, _> = fields
                .iter()
                .map(|(name, text)| (Cow::Owned((*name).to_owned()), serde_json::Value::from(*text)))
                .collect();
            said.add(at, &record(fields));
        }
        said
    }

    fn record(fields: BTreeMap<Cow<'static, str>, serde_json::Value>) -> Record {
        Record {
            id: String::new(),
            source: Source::default(),
            ecosystem: Ecosystem::Keel,
            verdict: Verdict::Verified,
            native: Native::default(),
            fields,
            reason_codes: Vec::new(),
            notes: Vec::new(),
            checks: Vec::new(),
            attached: Vec::new(),
        }
    }

    const ALLOWED: &[(&str, &str)] = &[
        ("event_type", "permit.created"),
        ("permit_id", "1"),
        ("outcome", "allow"),
    ];
    const DENIED: &[(&str, &str)] = &[
        ("event_type", "permit.created"),
        ("permit_id", "1"),
        ("outcome", "deny"),
    ];
    const SENT: &[(&str, &str)] = &[("event_type", "dispatch.egress_bound"), ("permit_id", "1")];
    const CLOSED: &[(&str, &str)] = &[
        ("event_type", "permit.closed"),
        ("resource_type", "permit"),
        ("resource_id", "1"),
    ];

    fn rows(said: &Said, conclusion: Conclusion) -> Vec<usize> {
        said.rows(conclusion).into_iter().collect()
    }

    #[test]
    fn a_permit_that_is_closed_is_not_open() {
        assert_eq!(rows(&said(&[ALLOWED, SENT]), Conclusion::AllowedNotClosed), [0]);
        assert!(rows(&said(&[CLOSED, ALLOWED]), Conclusion::AllowedNotClosed).is_empty());
    }

    #[test]
    fn what_was_denied_and_sent_is_told_by_the_row_that_says_it_was_sent() {
        assert_eq!(rows(&said(&[DENIED, SENT]), Conclusion::DeniedYetExecuted), [1]);
        assert!(rows(&said(&[DENIED, CLOSED]), Conclusion::DeniedYetExecuted).is_empty());
        assert!(rows(&said(&[DENIED, ALLOWED, SENT]), Conclusion::DeniedYetExecuted).is_empty());
    }

    #[test]
    fn permits_without_events_say_nothing_of_closures() {
        let permit: &[(&str, &str)] = &[("id", "1"), ("decision", "allow")];
        assert!(rows(&said(&[permit]), Conclusion::AllowedNotClosed).is_empty());
    }
}
