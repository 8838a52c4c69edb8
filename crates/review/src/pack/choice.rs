//! Which records of a pack go along, noted while the records of a run pass by.

use std::sync::Arc;

use evidence::{Attached, Digest, Ecosystem, Record, Recorder, Source, Verdict};

use crate::export::Selection;

/// Every record of a pack, chosen or not: as much of it as a pack of the chosen ones needs.
#[derive(Debug, Default)]
pub struct Choice {
    pub(super) items: Vec<Item>,
    chosen: u64,
    /// The organisation of the row before: most rows share it.
    org: Option<Arc<str>>,
}

/// One record.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) chosen: bool,
    pub(super) id: String,
    pub(super) source: Source,
    pub(super) verdict: Verdict,
    pub(super) of: Of,
}

/// What its ecosystem's writer needs.
#[derive(Debug)]
pub(super) enum Of {
    NexArt(Box<Cer>),
    Invoance(Row),
    Keel,
}

/// A NexArt record.
#[derive(Debug)]
pub(super) struct Cer {
    pub(super) execution_id: Option<String>,
    pub(super) hash: Option<String>,
    pub(super) created_at: Option<String>,
    pub(super) project: Option<String>,
    pub(super) status: String,
    pub(super) grade: String,
    /// The spec's checks by name.
    pub(super) checks: Vec<(String, String)>,
    pub(super) codes: Vec<String>,
    pub(super) attached: Vec<Attached>,
}

/// A row of an Invoance log, or another of its proofs.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) org: Option<Arc<str>>,
    pub(super) number: Option<i64>,
    pub(super) hash: Option<Digest>,
    /// It is no row of a log.
    pub(super) is_proof: bool,
}

impl Choice {
    /// Notes the next record of the report.
    pub fn take(&mut self, record: &Record, chosen: bool) {
        self.chosen += u64::from(chosen);
        self.items.push(Item {
            chosen,
            id: record.id.clone(),
            source: record.source.clone(),
            verdict: record.verdict,
            of: match record.ecosystem {
                Ecosystem::NexArt => Of::NexArt(Box::new(Cer::of(record))),
                Ecosystem::Invoance => Of::Invoance(Row::of(record, &mut self.org)),
                Ecosystem::Keel => Of::Keel,
            },
        });
    }

    /// How many records were chosen.
    #[must_use]
    pub fn chosen(&self) -> u64 {
        self.chosen
    }

    /// How many there are.
    #[must_use]
    pub fn records(&self) -> u64 {
        u64::try_from(self.items.len()).unwrap_or(u64::MAX)
    }
}

impl Item {
    /// The NexArt record.
    pub(super) fn cer(&self) -> Option<&Cer> {
        match &self.of {
            Of::NexArt(cer) => Some(cer),
            Of::Invoance(_) | Of::Keel => None,
        }
    }

    /// The Invoance row or proof.
    pub(super) fn row(&self) -> Option<&Row> {
        match &self.of {
            Of::Invoance(row) => Some(row),
            Of::NexArt(_) | Of::Keel => None,
        }
    }
}

impl Cer {
    fn of(record: &Record) -> Cer {
        let field = |name| text(record, name);
        let native = &record.native;
        Cer {
            execution_id: field("executionId"),
            hash: field("certificateHash"),
            created_at: field("createdAt"),
            project: field("project"),
            status: native.status.to_string(),
            grade: native.grade.as_deref().unwrap_or_default().to_owned(),
            checks: native
                .checks
                .iter()
                .map(|(name, value)| (name.to_string(), value.to_string()))
                .collect(),
            codes: native.reason_codes.clone(),
            attached: record.attached.clone(),
        }
    }

    /// An entry of a list whose record is not there: nothing of it can be written but its name.
    pub(super) fn is_missing(&self) -> bool {
        self.grade == "NOT_FOUND"
    }

    /// Whether its JSON may be unreadable or ambiguous.
    pub(super) fn may_be_broken(&self) -> bool {
        self.codes.iter().any(|code| code == "BUNDLE_CORRUPTED")
    }
}

impl Row {
    fn of(record: &Record, before: &mut Option<Arc<str>>) -> Row {
        let number = record.fields.get("seq");
        let org = text(record, "org_id");
        if before.as_deref() != org.as_deref() {
            *before = org.map(Arc::from);
        }
        Row {
            org: before.clone(),
            number: number.and_then(|number| number.as_i64().or_else(|| number.as_str()?.parse().ok())),
            hash: text(record, "payload_hash").and_then(|hash| Digest::from_hex(&hash)),
            is_proof: record.fields.contains_key("proof"),
        }
    }
}

fn text(record: &Record, name: &str) -> Option<String> {
    let text = record.fields.get(name)?.as_str()?;
    (!text.is_empty()).then(|| text.to_owned())
}

/// Chooses by the scopes of a selection while a run goes on.
#[derive(Debug)]
pub struct Choosing {
    selection: Selection,
    /// What was chosen so far.
    pub choice: Choice,
}

impl Choosing {
    /// Starts with no record.
    #[must_use]
    pub fn by(selection: Selection) -> Choosing {
        Choosing {
            selection,
            choice: Choice::default(),
        }
    }
}

impl Recorder for Choosing {
    fn record(&mut self, record: Record) -> std::io::Result<()> {
        let chosen = self.selection.holds(&record);
        self.choice.take(&record, chosen);
        Ok(())
    }
}
