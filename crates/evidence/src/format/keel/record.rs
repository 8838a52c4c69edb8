//! A row of a payload as a record: it takes hash and signature from its export (`design.md` 4).

use super::payload::{At, Trouble};
use crate::check::{Check, CheckId, Outcome};
use crate::reason::ReasonCode;
use crate::report::{Ecosystem, Native, Record, Source};
use crate::verdict::{Verdict, roll_up, verdict};

/// What every row of an export takes from it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Inherited {
    hash: Outcome,
    signature: Outcome,
}

impl Inherited {
    /// Where nothing is known of the envelope.
    pub(super) fn undecided() -> Inherited {
        let open = Outcome::Undetermined(ReasonCode::NotAttested);
        Inherited {
            hash: open,
            signature: open,
        }
    }

    /// From the checks of the export: one that did not pass leaves the row undecided.
    pub(super) fn from(hash: &Check, signature: &Check) -> Inherited {
        Inherited {
            hash: inherited(hash),
            signature: inherited(signature),
        }
    }
}

fn inherited(check: &Check) -> Outcome {
    match check.outcome {
        Outcome::Pass => Outcome::Pass,
        Outcome::Fail(code) | Outcome::Undetermined(code) | Outcome::Skipped(code) => Outcome::Undetermined(code),
    }
}

/// Everything of a row beside what it inherits.
#[derive(Default)]
pub(super) struct RowRecord {
    pub(super) id: Option<String>,
    pub(super) source: Source,
    pub(super) fields: std::collections::BTreeMap<String, serde_json::Value>,
    /// Its own checks.
    pub(super) checks: Vec<Check>,
    pub(super) notes: Vec<ReasonCode>,
}

impl RowRecord {
    /// The judged record.
    pub(super) fn judge(self, inherited: Inherited) -> Record {
        let id = self.id.unwrap_or_else(|| place(&self.source));
        let mut checks = vec![
            Check::new(CheckId::ContentHash, &id, inherited.hash),
            Check::new(CheckId::Signature, &id, inherited.signature),
        ];
        checks.extend(self.checks);
        let rolled = roll_up(&checks);
        let verdict = verdict(&rolled);
        let codes = checks.iter().filter(|check| is_open(check)).flat_map(Check::reasons);
        Record {
            native: Native {
                status: status(verdict, !self.notes.is_empty()).into(),
                reason_codes: codes.map(|code| code.as_str().to_owned()).collect(),
                notes: self.notes.iter().map(|code| code.as_str().to_owned()).collect(),
                ..Native::default()
            },
            id,
            source: self.source,
            ecosystem: Ecosystem::Keel,
            verdict,
            fields: self
                .fields
                .into_iter()
                .map(|(name, value)| (name.into(), value))
                .collect(),
            reason_codes: rolled.reasons,
            notes: self.notes,
            checks,
            attached: Vec::new(),
        }
    }
}

fn is_open(check: &Check) -> bool {
    matches!(check.outcome, Outcome::Fail(_) | Outcome::Undetermined(_))
}

fn status(verdict: Verdict, warned: bool) -> &'static str {
    match verdict {
        Verdict::Verified if warned => "verified_with_warnings",
        Verdict::Verified => "verified",
        Verdict::Failed => "failed",
        Verdict::Indeterminate | Verdict::NotEvidence | Verdict::Error => "unverifiable",
    }
}

/// A row that could not be used, or must not be.
pub(super) fn trouble(trouble: &Trouble, id: &str) -> Check {
    Check::new(CheckId::Container, id, trouble.outcome()).detail("cause", trouble.detail.clone())
}

impl Trouble {
    /// A name that stands twice refuses what holds it; all else only could not be read.
    pub(super) fn outcome(&self) -> Outcome {
        if self.code == ReasonCode::DuplicateJsonKey {
            Outcome::Fail(self.code)
        } else {
            Outcome::Undetermined(self.code)
        }
    }
}

/// Where a row lies.
pub(super) fn source(path: &str, at: At, span: (u64, u64)) -> Source {
    let (line, element, pointer) = match at {
        At::Line(line) => (Some(line), None, String::new()),
        At::Record(index) | At::Element(index) => (None, Some(index), String::new()),
        At::Entry(index) => (None, None, format!("/chain_entries/{index}")),
        At::Whole => (None, None, String::new()),
    };
    Source {
        path: path.to_owned(),
        line,
        element,
        pointer,
        span: Some(span),
    }
}

/// A place as text, for a row without an id.
fn place(source: &Source) -> String {
    match (source.line, source.element) {
        (Some(line), _) => format!("{} line {line}", source.path),
        (None, Some(element)) => format!("{} record {}{}", source.path, element.saturating_add(1), source.pointer),
        (None, None) => format!("{}{}", source.path, source.pointer),
    }
}
