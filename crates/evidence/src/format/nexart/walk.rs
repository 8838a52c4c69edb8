//! One parsed document of the first pass: every value in it for what it is (`specs/nexart.md` 1).

use super::doubt::{fatal_within, is_fatal, within};
use super::found::{Broken, Found, Item, ReceiptSeen, RecordSeen, StepSeen, Surveyed};
use super::hash::normalise;
use super::keyset::KeySet;
use super::kind::{Kind, is_placeholder, recognise};
use super::layer::push_new;
use super::manifest::ManifestSeen;
use super::record_type::RecordType;
use super::snapshot::SnapshotSeen;
use super::subject::Subject;

use crate::digest::Digest;
use crate::json::stream::Place;
use crate::json::{self, Flaw, Node, Span};
use crate::pack::Refusal;
use crate::reason::ReasonCode;

/// One parsed document, line or element on its way into the survey.
pub(super) struct Walk<'s, 't> {
    /// Where findings go.
    pub(super) surveyed: &'s mut Surveyed,
    /// The document, line or element.
    pub(super) place: Place,
    /// Its offset and length in the decoded artifact.
    pub(super) span: (u64, u64),
    /// Its text.
    pub(super) text: &'t [u8],
    /// What makes it doubtful.
    pub(super) flaws: &'t [Flaw],
}

impl Walk<'_, '_> {
    /// Takes a value, or every element of a list, for what it is.
    pub(super) fn value(&mut self, value: &Node<'_>, pointer: &str, path: &str) {
        if value.is_array() {
            for (position, item) in value.items().iter().enumerate() {
                self.value(item, &format!("{pointer}/{position}"), path);
            }
            return;
        }
        match recognise(value) {
            Kind::Package => self.record("nexart.package", format!("{pointer}/cer"), value.get("cer"), value.span),
            Kind::Lookup => self.record(
                "nexart.lookup",
                format!("{pointer}/bundle"),
                value.get("bundle"),
                value.span,
            ),
            Kind::Project => self.record("nexart.project", pointer.to_owned(), Some(value), value.span),
            Kind::Cer => self.record("nexart.cer", pointer.to_owned(), Some(value), value.span),
            Kind::Steps => self.steps(value, pointer),
            Kind::Renderer => {
                let record = RecordSeen {
                    renderer: true,
                    ..RecordSeen::default()
                };
                self.push("nexart.renderer", pointer, Found::Record(record));
            }
            Kind::KeySet => self.key_set(value, pointer, path),
            Kind::Manifest => self.manifest(value, pointer, path),
            Kind::Snapshot => self.usable("nexart.snapshot", value, pointer, path, |value| {
                Some(Found::Snapshot(Box::new(SnapshotSeen::read(value))))
            }),
            Kind::AuditReport => self.usable("nexart.auditReport", value, pointer, path, |value| {
                Some(Found::Snapshot(Box::new(SnapshotSeen::of_audit_report(value))))
            }),
            Kind::ProjectExport => self.surveyed.claim("nexart.projectExport"),
            Kind::Receipt | Kind::BareReceipt => self.receipt(value, pointer),
            Kind::Placeholder => self.surveyed.claim("nexart.placeholder"),
            Kind::Unknown => {
                let name = path.rsplit('/').next().unwrap_or(path);
                if name.starts_with("reviewer-notes") {
                    self.surveyed.claim("reviewerNotes");
                } else {
                    self.unknown(pointer);
                }
            }
        }
    }

    fn unknown(&mut self, pointer: &str) {
        let place = self.place;
        self.surveyed.unknown.add(|| match place {
            Place::Whole => pointer.to_owned(),
            Place::Line(line) => format!("line {line} {pointer}").trim_end().to_owned(),
            Place::Element(element) => format!("element {element} {pointer}").trim_end().to_owned(),
        });
    }

    fn push(&mut self, role: &'static str, pointer: &str, found: Found) {
        let item = Item {
            place: self.place,
            span: self.span,
            pointer: pointer.to_owned(),
            found,
        };
        self.surveyed.add(role, item);
    }

    /// A companion whose text must not be ambiguous: with a doubled member it is not used.
    fn usable(
        &mut self,
        role: &'static str,
        value: &Node<'_>,
        pointer: &str,
        path: &str,
        read: impl Fn(&Node<'_>) -> Option<Found>,
    ) {
        self.surveyed.claim(role);
        if let Some(code) = fatal_within(self.flaws, value.span) {
            let refusal = Refusal::new(code, path.to_owned(), format!("in {role}"));
            self.surveyed.refusals.push(refusal);
        } else if let Some(found) = read(value) {
            self.push(role, pointer, found);
        }
    }

    fn manifest(&mut self, value: &Node<'_>, pointer: &str, path: &str) {
        let most = self.surveyed.within.record_count();
        if value.get("records").map_or(0, |records| records.items().len()) > most {
            self.surveyed.claim("nexart.manifest");
            self.surveyed.refusals.push(Refusal {
                limit: u64::try_from(most).ok(),
                ..Refusal::new(
                    ReasonCode::LimitRecordCount,
                    path,
                    format!("lists more than {most} records"),
                )
            });
            return;
        }
        self.usable("nexart.manifest", value, pointer, path, |value| {
            Some(Found::Manifest(Box::new(ManifestSeen::read(value))))
        });
    }

    fn key_set(&mut self, value: &Node<'_>, pointer: &str, path: &str) {
        self.usable("nexart.keySet", value, pointer, path, |value| {
            KeySet::read(value).map(|set| Found::KeySet(Box::new(set)))
        });
    }

    /// A record; `guard` is the text whose ambiguity would touch it.
    fn record(&mut self, role: &'static str, pointer: String, cer: Option<&Node<'_>>, guard: Span) {
        let Some(cer) = cer else { return };
        let subject = Subject::alone(cer);
        let mut seen = RecordSeen {
            hash: subject.stated_hash().and_then(normalise),
            step: step_of(&subject),
            ..RecordSeen::default()
        };
        if let Some(code) = fatal_within(self.flaws, guard) {
            seen.broken = Some(Broken {
                code,
                at: String::new(),
                not_read: false,
            });
        }
        for flaw in self
            .flaws
            .iter()
            .filter(|flaw| !is_fatal(flaw.code) && within(flaw, guard))
        {
            push_new(&mut seen.doubts, flaw.code);
        }
        self.push(role, &pointer, Found::Record(seen));
    }

    /// The node's listing: each step answers for itself; a doubt outside every step touches them all.
    fn steps(&mut self, value: &Node<'_>, pointer: &str) {
        let steps = value.get("steps").map(Node::items).unwrap_or_default();
        let outside = self
            .flaws
            .iter()
            .any(|flaw| is_fatal(flaw.code) && !steps.iter().any(|step| within(flaw, step.span)));
        for (position, step) in steps.iter().enumerate() {
            let guard = if outside { value.span } else { step.span };
            match step.pointer("/proof/proofJson") {
                Some(cer) => {
                    let pointer = format!("{pointer}/steps/{position}/proof/proofJson");
                    self.record("nexart.steps", pointer, Some(cer), guard);
                }
                // A step that comes without its proof.
                None => self.unknown(&format!("{pointer}/steps/{position}")),
            }
        }
    }

    fn receipt(&mut self, value: &Node<'_>, pointer: &str) {
        let inner = value.get("receipt").unwrap_or(value);
        if is_placeholder(inner) {
            self.surveyed.claim("nexart.placeholder");
            return;
        }
        let hash = match inner.as_str() {
            Some(text) => hash_in_text(text, &self.surveyed.within.json()),
            None => hash_in(inner),
        };
        let alone = self.place == Place::Whole && pointer.is_empty();
        let text = (!alone).then(|| self.text.get(value.span.range()).unwrap_or_default().into());
        self.push("nexart.receipt", pointer, Found::Receipt(ReceiptSeen { hash, text }));
    }
}

fn hash_in(receipt: &Node<'_>) -> Option<Digest> {
    let stated = receipt
        .pointer("/payload/certificateHash")
        .or_else(|| receipt.get("certificateHash"))?;
    stated.as_str().and_then(normalise)
}

fn hash_in_text(text: &str, bounds: &json::Bounds) -> Option<Digest> {
    hash_in(&json::parse(text.as_bytes(), bounds).ok()?.root)
}

fn step_of(subject: &Subject<'_, '_>) -> Option<Box<StepSeen>> {
    if subject.record_type() != Some(RecordType::GovernedStep) {
        return None;
    }
    let parents = subject
        .cer
        .pointer("/step/parentStepIds")
        .map(Node::items)
        .unwrap_or_default();
    Some(Box::new(StepSeen {
        run: subject.text("bundleId")?.to_owned(),
        id: subject.at("/step/stepId")?.to_owned(),
        parents: parents.iter().filter_map(Node::as_str).map(str::to_owned).collect(),
    }))
}
