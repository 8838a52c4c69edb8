//! The rows of an export: walked, shown, and handed over (`specs/keel.md` 4, 5 and 6).

mod bundle;
mod csv;
mod lines;
mod unread;

use std::collections::BTreeMap;

use serde_json::json;

use super::chain::{EntrySeen, WalkResult, Watched};
use super::closure::BindingKeys;
use super::manifest::Manifest;
use super::output::Output;
use super::payload::{Layout, Row, RowRead, SECTION_KEYS, Section, Text, Trouble};
use super::record::{RowRecord, source};
use super::workflow::Permits;
use crate::check::{Check, CheckId};
use crate::reason::ReasonCode;
use crate::report::Finding;
use crate::run::{Progress, Stopped};
use crate::told::Told;

/// What is asked of a payload.
pub(super) struct Asked<'a> {
    /// The chain is required.
    pub(super) chain: bool,
    /// Closures are required.
    pub(super) closures: bool,
    /// Keys of closures.
    pub(super) binding: &'a BindingKeys,
    /// Entries that checkpoints name.
    pub(super) watched: &'a [Watched],
    /// How far the run is.
    pub(super) progress: &'a Progress,
}

/// What the rows of a payload came to.
#[derive(Default)]
pub(super) struct Content {
    pub(super) checks: Vec<Check>,
    /// Reservations.
    pub(super) warnings: Vec<Finding>,
    /// Remarks.
    pub(super) findings: Vec<Finding>,
    pub(super) population: Vec<serde_json::Value>,
    pub(super) walk: Option<WalkResult>,
    /// Rows, where the issuer's counting rule is known: of a document's `records`, or lines.
    pub(super) counted: Option<u64>,
    /// All rows.
    pub(super) rows: u64,
    /// Rows that are chain entries.
    pub(super) entries: u64,
    /// Projects that the payload names: the document's, or those of its rows.
    pub(super) projects: Vec<String>,
    /// What shape the bytes have.
    pub(super) shape: Shown,
    /// What is there and not evaluated: (what, whether its issuer requires it).
    pub(super) not_evaluated: Vec<(&'static str, bool)>,
    /// Permits that carry a workflow state.
    pub(super) workflow: Permits,
    sections: Sections,
    troubles: Vec<Trouble>,
    told: Told,
}

/// The shape of a payload, for its labels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Shown {
    /// Not known.
    #[default]
    Unknown,
    Lines,
    Governance,
    Bundle,
    Evidence,
    Document,
    Csv,
    Zip,
}

/// Projects that are told apart.
const PROJECTS: usize = 100;
/// Remarks of one code kept of one payload.
const REMARKS: u64 = 10_000;

impl Content {
    /// Reads a text that is no zip.
    pub(super) fn read(
        text: &Text<'_>,
        manifest: Option<&Manifest>,
        asked: &Asked<'_>,
        output: &mut Output<'_, '_>,
    ) -> Result<Content, Stopped> {
        let layout = match text.layout(manifest) {
            Ok(layout) => layout,
            Err(trouble) => return Ok(Content::unread(text, trouble, asked)),
        };
        Content::of_layout(text, &layout, asked, output)
    }

    /// The same where the shape is known.
    pub(super) fn of_layout(
        text: &Text<'_>,
        layout: &Layout,
        asked: &Asked<'_>,
        output: &mut Output<'_, '_>,
    ) -> Result<Content, Stopped> {
        match layout {
            Layout::Lines | Layout::OneLine | Layout::Array => lines::read(text, layout, asked, output),
            Layout::Document(document) if document.is_bundle() => bundle::read(text, layout, document, asked, output),
            Layout::Document(document) => lines::document(text, layout, document, asked, output),
            Layout::Csv => csv::read(text, asked, output),
            Layout::Zip | Layout::Opaque => Ok(Content::without_chain(
                text.path,
                ReasonCode::ExportStructureInvalid,
                asked,
            )),
        }
    }

    /// Takes what a member of a zip came to; only the chain of the one that is walked counts.
    pub(super) fn absorb(&mut self, member: Content, walked: bool) {
        let counts = |check: &Check| walked || check.id == CheckId::Container;
        self.checks.extend(member.checks.into_iter().filter(counts));
        self.warnings.extend(member.warnings);
        self.findings.extend(member.findings);
        self.population.extend(member.population);
        self.rows = self.rows.saturating_add(member.rows);
        self.workflow.absorb(member.workflow);
        for (what, required) in member.not_evaluated {
            self.declare(what, required);
        }
        if walked {
            self.walk = member.walk;
            self.entries = member.entries;
        }
    }

    /// Notes what a row says about the payload as a whole; what is wrong with it becomes a check of its own.
    fn note(&mut self, row: &Row, read: &mut RowRead, text: &Text<'_>) -> Vec<Check> {
        let path = text.path;
        self.rows = self.rows.saturating_add(1);
        let project = read.project_id.take().filter(|id| !self.projects.contains(id));
        self.projects.extend(project.filter(|_| self.projects.len() < PROJECTS));
        self.sections.add(&read.sections);
        if read.lone_surrogate {
            self.warn(Finding::new(ReasonCode::LoneSurrogate, path, at_text(row)));
        }
        if read.slots {
            self.declare("further signatures on a permit", true);
        }
        if let Some(range) = &read.workflow {
            let permit = row.text.get(range.clone()).unwrap_or_default();
            self.workflow.keep(permit, text.pack.within());
        }
        let Some(trouble) = &read.trouble else {
            return Vec::new();
        };
        let trouble = Trouble {
            detail: format!("{}: {}", at_text(row), trouble.detail),
            ..trouble.clone()
        };
        let check = super::record::trouble(&trouble, path);
        self.trouble(trouble);
        vec![check]
    }

    fn warn(&mut self, finding: Finding) {
        if self.told.keeps(finding.code, REMARKS) {
            self.warnings.push(finding);
        }
    }

    fn declare(&mut self, what: &'static str, required: bool) {
        if !self.not_evaluated.iter().any(|(there, _)| *there == what) {
            self.not_evaluated.push((what, required));
        }
    }

    fn trouble(&mut self, trouble: Trouble) {
        if self.troubles.len() < 1_000 {
            self.troubles.push(trouble);
        }
    }

    /// The population by section, and the checks of what could not be read.
    fn close(&mut self, path: &str, asked: &Asked<'_>) {
        self.population
            .extend(std::mem::take(&mut self.sections).population(path, self.rows));
        self.close_troubles(path, asked);
        let told = std::mem::take(&mut self.told);
        self.findings.extend(told.truncated(REMARKS, path));
    }
}

/// Where a row stands, in words.
fn at_text(row: &Row) -> String {
    use super::payload::At;
    match row.at {
        At::Line(line) => format!("line {line}"),
        At::Record(index) | At::Element(index) => format!("record {}", index.saturating_add(1)),
        At::Entry(index) => format!("chain entry {}", index.saturating_add(1)),
        At::Whole => "the document".to_owned(),
    }
}

/// The record of a row, without its chain checks.
fn row_record(path: &str, row: &Row, read: RowRead, checks: Vec<Check>) -> RowRecord {
    let length = u64::try_from(row.text.len()).unwrap_or(u64::MAX);
    let mut fields = read.fields;
    if let Some(section) = read.sections.into_iter().next() {
        fields.entry("section".to_owned()).or_insert(section.value.into());
    }
    let notes = read.lone_surrogate.then_some(ReasonCode::LoneSurrogate);
    RowRecord {
        id: read.id,
        source: source(path, row.at, (row.offset, length)),
        fields,
        checks,
        notes: notes.into_iter().collect(),
    }
}

/// The chain checks of one entry.
fn chain_checks(id: &str, seen: &EntrySeen) -> Vec<Check> {
    let hash = Check::new(CheckId::RecordHashes, id, seen.hash)
        .expected(seen.stated.clone())
        .found(seen.found.clone());
    vec![hash, Check::new(CheckId::ChainLinks, id, seen.link)]
}

/// The values of the members that sort rows into sections (4).
#[derive(Default)]
struct Sections {
    /// Rows by key, and by value; no more values than anybody could read.
    counts: BTreeMap<&'static str, (u64, BTreeMap<String, u64>)>,
}

impl Sections {
    fn add(&mut self, sections: &[Section]) {
        for section in sections {
            let (all, values) = self.counts.entry(section.key).or_default();
            *all = all.saturating_add(1);
            if values.len() < 1_000 || values.contains_key(&section.value) {
                let count = values.entry(section.value.clone()).or_default();
                *count = count.saturating_add(1);
            }
        }
    }

    /// The first key that every row has.
    fn population(self, path: &str, rows: u64) -> Option<serde_json::Value> {
        let mut counts = self.counts;
        let found = SECTION_KEYS.into_iter().find_map(|key| {
            let (all, values) = counts.remove(key)?;
            (all == rows && rows > 0).then_some((key, values))
        });
        let (key, sections) = found?;
        Some(json!({"of": "sections", "path": path, "key": key, "rows": rows, "sections": sections}))
    }
}
