//! What the events of an export say: plain counts that lead to their rows, apart from whether the evidence is sound.

use evidence::{Ecosystem, Report};

use super::text::label;
use crate::case_file::{CaseFile, Conclusion, Field, Value};
use crate::events::Histogram;
use crate::view::{ContentGroup, ContentRow, ContentView, LinkedRows, PeriodRow, PeriodsView};
use crate::words::sentence::{first_upper, number};

/// Values of a column that are counted by themselves.
const SHOWN: usize = 6;

/// What the rows of signed exports say; none where they decide nothing.
#[must_use]
pub fn content(report: &Report, case_file: &CaseFile) -> Option<ContentView> {
    let mut ecosystems = report.parts.iter().map(|part| part.native.ecosystem);
    if !ecosystems.any(|one| one == Some(Ecosystem::Keel)) {
        return None;
    }
    let decisions = case_file.values(Field::Decision);
    if decisions.is_empty() {
        return None;
    }
    let approval = |value: &&Value| value.text.contains("approv");
    let events = case_file.values(Field::Action);
    let approvals: Vec<Value> = events.iter().filter(approval).cloned().collect();
    let decided = case_file.decided();
    let groups = [
        values("Decisions and outcomes", Field::Decision, &decisions),
        values("Policies", Field::Policy, &case_file.values(Field::Policy)),
        values("Approvals", Field::Action, &approvals),
        decided.events.then(|| conclusions(case_file)),
    ];
    Some(ContentView {
        groups: groups.into_iter().flatten().collect(),
        periods: decided.histogram.as_ref().and_then(periods),
    })
}

/// The most frequent values of a column.
fn values(title: &str, field: Field, all: &[Value]) -> Option<ContentGroup> {
    let rows: Vec<ContentRow> = all
        .iter()
        .take(SHOWN)
        .map(|value| ContentRow {
            label: label(&value.text),
            from_evidence: true,
            count: number(value.count),
            link: Some(LinkedRows {
                column: <&str>::from(field).to_owned(),
                value: value.id,
                label: label(&value.text),
            }),
        })
        .collect();
    let more = all.len().saturating_sub(rows.len());
    (!rows.is_empty()).then(|| ContentGroup {
        title: title.to_owned(),
        rows,
        note: match more {
            0 => String::new(),
            more => format!("and {more} more, in the filter of the records"),
        },
    })
}

/// What follows from several rows about one permit.
fn conclusions(case_file: &CaseFile) -> ContentGroup {
    let row = |value: u32, conclusion: Conclusion, words: &str| {
        let rows = case_file.concluded(conclusion);
        ContentRow {
            label: words.to_owned(),
            from_evidence: false,
            count: number(rows),
            link: (rows > 0).then(|| LinkedRows {
                column: "concluded".to_owned(),
                value,
                label: words.to_owned(),
            }),
        }
    };
    ContentGroup {
        title: "Across the rows of a permit".to_owned(),
        rows: vec![
            row(0, Conclusion::AllowedNotClosed, "Allowed, no closure here"),
            row(1, Conclusion::DeniedYetExecuted, "Denied, executed all the same"),
        ],
        note: "Counted within this evidence. A closure may lie in another export, before or after this one.".to_owned(),
    }
}

/// Decisions over time, the empty periods left out.
fn periods(histogram: &Histogram) -> Option<PeriodsView> {
    let head = |series: &crate::events::Series| match &series.action {
        Some((text, _)) => label(text),
        None => format!("{} others", histogram.others),
    };
    let rows = (0..histogram.slots).filter_map(|slot| row(histogram, slot)).collect();
    let unit = histogram.unit.word();
    (histogram.slots > 0).then(|| PeriodsView {
        caption: format!("Decisions and outcomes by {unit}, UTC, as claimed"),
        unit: first_upper(&unit),
        heads: histogram.series.iter().map(head).collect(),
        rows,
    })
}

fn row(histogram: &Histogram, slot: usize) -> Option<PeriodRow> {
    let counts: Vec<u64> = histogram
        .series
        .iter()
        .map(|series| series.counts.get(slot).copied().unwrap_or_default())
        .collect();
    if counts.iter().all(|count| *count == 0) {
        return None;
    }
    let label = histogram.unit.label(histogram.start + i64::try_from(slot).ok()?);
    Some(PeriodRow {
        counts: counts.into_iter().map(number).collect(),
        link: LinkedRows {
            column: "period".to_owned(),
            value: u32::try_from(slot).ok()?,
            label: format!("{} from {label}", histogram.unit.word()),
        },
        label,
    })
}
