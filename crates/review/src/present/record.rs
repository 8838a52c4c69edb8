//! One record in full.

use evidence::{
    CheckId, Cover, Ecosystem, Exhibit, ExhibitField, Outcome, Question, Record, Refusal, Verdict, question,
};

use crate::view::{
    Fact, FieldGroup, FieldView, RecordCheckView, RecordView, RemarkView, Segment, SegmentKind, SourceView,
};
use crate::words::sentence::{count, first_upper, length, number};
use crate::words::{check as check_words, outcome, reason, record_verdict, refusal};

use super::detail::{found, sealed};
use super::groups::{group_key, record_label};
use super::other_tools::other_tools;
use super::text::{Layout, cut, is_time, local_time, push, visible};
use super::{outcome_view, verdict_view};

/// The longest value shown, in bytes.
const VALUE_SHOWN: usize = 2_000;
/// The most fields shown in a group.
const FIELDS_SHOWN: usize = 500;
/// The longest raw text shown, in bytes.
pub(super) const RAW_SHOWN: usize = 65_536;

/// One record; `exhibit` is the record taken apart, or why it could not be.
///
/// The position of each check in its group is 0: whoever holds the index of checks fills it in.
#[must_use]
pub fn record(number: u64, record: &Record, exhibit: Result<&Exhibit, &Refusal>) -> RecordView {
    let label = record_label(number, record);
    let sentence = sentence(record);
    let word = record_verdict(record.verdict);
    RecordView {
        record: number,
        copy_sentence: format!("{label}: {word}. {sentence}"),
        title: label,
        verdict: verdict_view(record.verdict),
        word: word.to_owned(),
        sentence,
        path: place(record),
        checks: record.checks.iter().map(check_view).collect(),
        remarks: remarks(record),
        groups: exhibit.map(|exhibit| groups(record, exhibit)).unwrap_or_default(),
        sealed: exhibit
            .map(|exhibit| exhibit.seals.iter().map(sealed).collect())
            .unwrap_or_default(),
        raw: exhibit.map_or_else(|_| raw(record, &Exhibit::default()), |exhibit| raw(record, exhibit)),
        native: native(record),
        other_tools: exhibit.ok().and_then(|exhibit| other_tools(record, exhibit)),
        unreadable: exhibit
            .err()
            .map(|refused| refusal(refused.code, &visible(&refused.subject))),
    }
}

/// The record's result in one sentence.
fn sentence(record: &Record) -> String {
    match record.verdict {
        Verdict::Verified => "Every required check of this record passed.".to_owned(),
        Verdict::Failed | Verdict::Indeterminate | Verdict::Error => record.reason_codes.first().map_or_else(
            || "No required check of this record could be made.".to_owned(),
            |code| reason(*code).plain.to_owned(),
        ),
        Verdict::NotEvidence => "This record never carried a seal, so there is nothing to check.".to_owned(),
    }
}

/// "records/one/cer.json", "log.ndjson, line 12", "list.json, element 4, /proof/proofJson".
pub(crate) fn place(record: &Record) -> String {
    let source = &record.source;
    let mut text = visible(&source.path);
    if let Some(line) = source.line {
        text.push_str(&format!(", line {}", number(line)));
    }
    if let Some(element) = source.element {
        text.push_str(&format!(", item {}", number(element.saturating_add(1))));
    }
    if !source.pointer.is_empty() {
        text.push_str(&format!(", {}", visible(&source.pointer)));
    }
    text
}

fn check_view(check: &evidence::Check) -> RecordCheckView {
    RecordCheckView {
        outcome: outcome_view(check.outcome),
        outcome_word: outcome(check.outcome).to_owned(),
        title: first_upper(check_words(check.id).one),
        text: found(check),
        key: group_key(check.id, check.outcome, check.required),
        position: 0,
    }
}

fn remarks(record: &Record) -> Vec<RemarkView> {
    record
        .notes
        .iter()
        .map(|code| RemarkView {
            code: code.as_str().to_owned(),
            text: reason(*code).plain.to_owned(),
            subject: String::new(),
            target: None,
        })
        .collect()
}

fn groups(record: &Record, exhibit: &Exhibit) -> Vec<FieldGroup> {
    let unchanged = question(&record.checks, Question::Unchanged).outcome;
    [Cover::Sealed, Cover::Unsealed, Cover::Seal]
        .into_iter()
        .filter_map(|cover| group(record, cover, unchanged, exhibit))
        .collect()
}

/// What covers the fields of a group, and what to know about it.
fn heading(record: &Record, cover: Cover) -> (&'static str, &'static str) {
    let entry = outcome_of(record, CheckId::RecordHashes).is_some();
    match (record.ecosystem, cover) {
        (Ecosystem::Keel, Cover::Sealed) if entry => ("Covered by the record hash", ""),
        (Ecosystem::Keel, Cover::Sealed) => ("Covered by the signature over the export", under_signature(record)),
        (Ecosystem::Keel, Cover::Unsealed) => ("Not covered by the record hash", under_signature(record)),
        (Ecosystem::Keel, Cover::Seal) => ("The record hash itself", ""),
        (Ecosystem::NexArt | Ecosystem::Invoance, Cover::Sealed) => ("Covered by the seal", ""),
        (Ecosystem::NexArt | Ecosystem::Invoance, Cover::Unsealed) => (
            "Not covered by the seal",
            "Anyone could have added or changed these. Do not rely on them alone.",
        ),
        (Ecosystem::NexArt | Ecosystem::Invoance, Cover::Seal) => ("The seal itself", ""),
    }
}

/// What the signature over the whole export does for a row of it.
fn under_signature(record: &Record) -> &'static str {
    match (
        outcome_of(record, CheckId::ContentHash),
        outcome_of(record, CheckId::Signature),
    ) {
        (Some(Outcome::Pass), Some(Outcome::Pass)) => {
            "The signature over the export covers every byte of this row, these fields included."
        }
        (Some(Outcome::Pass), _) => {
            "Only a signature over the export could protect these fields, and who signed it is not confirmed here."
        }
        _ => {
            "Only the signature over the export could protect these fields, and the export is not shown to be the one \
             that was signed."
        }
    }
}

fn outcome_of(record: &Record, id: CheckId) -> Option<Outcome> {
    let found = record.checks.iter().find(|check| check.id == id);
    found.map(|check| check.outcome)
}

fn group(record: &Record, cover: Cover, unchanged: Outcome, exhibit: &Exhibit) -> Option<FieldGroup> {
    let fields = || exhibit.fields.iter().filter(|field| field.cover == cover);
    let total = fields().count();
    if total == 0 {
        return None;
    }
    let (heading, note) = heading(record, cover);
    // The links and the export are other questions: here the record's own hash counts.
    let unchanged = outcome_of(record, CheckId::RecordHashes).unwrap_or(unchanged);
    let warning = match (cover, unchanged) {
        (Cover::Sealed, Outcome::Fail(_)) => "does not match",
        (Cover::Sealed, Outcome::Undetermined(_) | Outcome::Skipped(_)) => "not checked",
        (Cover::Sealed, Outcome::Pass) | (Cover::Unsealed | Cover::Seal, _) => "",
    };
    let beginning = if total > FIELDS_SHOWN {
        format!("The first {} are shown.", number(length(FIELDS_SHOWN)))
    } else {
        String::new()
    };
    Some(FieldGroup {
        kind: kind(cover),
        heading: heading.to_owned(),
        count: count(length(total), "field", "fields"),
        warning: warning.to_owned(),
        note: format!("{note} {beginning}").trim().to_owned(),
        fields: fields().take(FIELDS_SHOWN).map(field_view).collect(),
    })
}

fn kind(cover: Cover) -> SegmentKind {
    match cover {
        Cover::Sealed => SegmentKind::Covered,
        Cover::Unsealed => SegmentKind::NotCovered,
        Cover::Seal => SegmentKind::Seal,
    }
}

fn field_view(field: &ExhibitField) -> FieldView {
    let (shown, cut) = cut(&field.value, VALUE_SHOWN);
    let mut value = Vec::new();
    push(&mut value, shown, SegmentKind::Plain, Layout::Value);
    FieldView {
        name: dotted(&field.pointer),
        pointer: field.pointer.clone(),
        value,
        claim: if is_time(&field.value) { "claimed" } else { "" }.to_owned(),
        hint: local_time(&field.value),
        cut,
    }
}

/// A JSON pointer as a dotted path.
fn dotted(pointer: &str) -> String {
    let parts: Vec<String> = pointer
        .split('/')
        .skip(1)
        .map(|part| visible(&part.replace("~1", "/").replace("~0", "~")))
        .collect();
    parts.join(".")
}

/// The record's own text, each field marked by its cover.
fn raw(record: &Record, exhibit: &Exhibit) -> SourceView {
    let end = exhibit.record.end.min(exhibit.text.len());
    let start = exhibit.record.start.min(end);
    let shown_end = end.min(start.saturating_add(RAW_SHOWN));
    let cut = shown_end < end;
    let mut segments: Vec<Segment> = Vec::new();
    let mut at = start;
    let mut fields: Vec<&ExhibitField> = exhibit.fields.iter().collect();
    fields.sort_by_key(|field| field.span.start);
    for field in fields {
        let from = field.span.start.clamp(at, shown_end);
        let to = field.span.end.clamp(from, shown_end);
        piece(&mut segments, exhibit, at..from, SegmentKind::Plain);
        piece(&mut segments, exhibit, from..to, kind(field.cover));
        at = to;
    }
    piece(&mut segments, exhibit, at..shown_end, SegmentKind::Plain);
    SourceView {
        path: place(record),
        segments,
        cut,
        note: shown_note(length(end - start), cut),
    }
}

/// "12,345 bytes, the first 65,536 shown".
pub(super) fn shown_note(bytes: u64, cut: bool) -> String {
    let bytes = count(bytes, "byte", "bytes");
    if cut {
        format!("{bytes}, the first {} shown", number(length(RAW_SHOWN)))
    } else {
        bytes
    }
}

fn piece(segments: &mut Vec<Segment>, exhibit: &Exhibit, range: std::ops::Range<usize>, kind: SegmentKind) {
    let bytes = exhibit.text.get(range).unwrap_or_default();
    push(segments, &String::from_utf8_lossy(bytes), kind, Layout::Source);
}

/// The ecosystem's own words.
fn native(record: &Record) -> Vec<Fact> {
    let native = &record.native;
    let fact = |label: &str, value: String| Fact {
        label: label.to_owned(),
        value: visible(&value),
        from_evidence: false,
        hint: String::new(),
    };
    let checks = native
        .checks
        .iter()
        .map(|(name, value)| format!("{name} {value}"))
        .collect::<Vec<_>>();
    [
        ("Status", native.status.to_string()),
        ("Grade", native.grade.as_deref().unwrap_or_default().to_owned()),
        ("Checks", checks.join(", ")),
        ("Reason codes", native.reason_codes.join(", ")),
        ("Notes", native.notes.join(", ")),
        ("Fields covered", native.coverage.join(", ")),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .map(|(label, value)| fact(label, value))
    .collect()
}
