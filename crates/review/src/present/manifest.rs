//! Declared against found, and the sender's results against ours.

use evidence::{CheckId, EntryState, Manifest, ManifestEntry, Report, SnapshotRow, Source};

use crate::view::{
    ManifestListView, ManifestPage, ManifestRow, ManifestView, OutcomeView, SnapshotPage, SnapshotRowView,
};
use crate::words::sentence::{count, first_upper, length, number};
use crate::words::{check, reason};

use super::population::organisations;
use super::statements::statements;
use super::summary::claim;
use super::text::{label, local_time, time, visible};
use super::{hex::short_hex, outcome_view};

/// Every manifest and every saved result, in one look.
#[must_use]
pub fn manifest(report: &Report) -> ManifestView {
    let lists: Vec<ManifestListView> = lists(report).map(|list| list_view(report, list)).collect();
    let rows = length(snapshots(report).count());
    let differing = length(snapshots(report).filter(|row| !row.agrees).count());
    ManifestView {
        empty: if lists.is_empty() { empty(report) } else { String::new() },
        lists,
        statements: statements(report),
        snapshot_sentence: snapshot_sentence(rows, differing),
        snapshot_rows: rows,
        snapshot_differing: differing,
    }
}

/// What to do without a list. A log never has one: its signed numbers tell what is missing.
fn empty(report: &Report) -> String {
    if !super::signed::signed(report).is_empty() {
        return "The manifest of a signed export lists no records. It states the fingerprint of the export file; what its \
                signature proves and what it only claims stands on the summary."
            .to_owned();
    }
    if organisations(report).is_empty() {
        let absent = reason(evidence::ReasonCode::ManifestAbsent);
        return format!("{} {}", absent.means, absent.next);
    }
    "An audit log comes without one. Its rows carry signed numbers, and these show what is missing between the first \
     and the last."
        .to_owned()
}

fn lists(report: &Report) -> impl Iterator<Item = &Manifest> {
    report.parts.iter().flat_map(|part| &part.manifests)
}

fn snapshots(report: &Report) -> impl Iterator<Item = &SnapshotRow> {
    report.parts.iter().flat_map(|part| &part.snapshot_comparison)
}

fn snapshot_sentence(rows: u64, differing: u64) -> String {
    let values = count(rows, "value", "values");
    match (rows, differing) {
        (0, _) => "The sender included no saved result.".to_owned(),
        (_, 0) => format!("The sender's saved results: {values} compared, none differs."),
        (_, 1) => format!("The sender's saved results: {values} compared, 1 differs."),
        (_, many) => format!(
            "The sender's saved results: {values} compared, {} differ.",
            number(many)
        ),
    }
}

fn list_view(report: &Report, list: &Manifest) -> ManifestListView {
    ManifestListView {
        path: visible(&list.path),
        sentence: list_sentence(list, list_outcome(report, list)),
        outcome: list_outcome(report, list),
        claims: list.claims.iter().map(|(name, value)| claim(name, value)).collect(),
        entries: length(list.entries.len()),
    }
}

/// The outcome of the manifest check of the part that holds the list.
fn list_outcome(report: &Report, list: &Manifest) -> OutcomeView {
    report
        .parts
        .iter()
        .find(|part| part.manifests.contains(list))
        .and_then(|part| part.checks.iter().find(|check| check.id == CheckId::Manifest))
        .map_or(OutcomeView::Skipped, |check| outcome_view(check.outcome))
}

/// "Lists 3 records, says 3. 2 are in the pack, 1 is missing."
fn list_sentence(list: &Manifest, outcome: OutcomeView) -> String {
    let of = |state: EntryState| length(list.entries.iter().filter(|entry| entry.state == state).count());
    let says = list
        .declared
        .map_or_else(String::new, |declared| format!(", says {}", number(declared)));
    let mut text = format!("Lists {}{says}. ", count(list.listed, "record", "records"));
    let is = |value: u64| if value == 1 { "is" } else { "are" };
    text.push_str(&format!("{} {} in the pack", number(list.found), is(list.found)));
    for (value, words) in [
        (of(EntryState::Missing), missing(outcome).1),
        (of(EntryState::Unlisted), "in the pack but not listed"),
        (of(EntryState::Differs), "listed with another label"),
    ] {
        if value > 0 {
            text.push_str(&format!(", {} {} {words}", number(value), is(value)));
        }
    }
    text + "."
}

/// What a record is that the list names and nobody met: missing for sure only where everything was read.
fn missing(list: OutcomeView) -> (OutcomeView, &'static str) {
    if list == OutcomeView::Undetermined {
        (OutcomeView::Undetermined, "not in what was read")
    } else {
        (OutcomeView::Fail, "missing")
    }
}

/// A page of one list; `record_of` finds the number of the record at a place.
#[must_use]
pub fn manifest_page(
    report: &Report,
    list: u32,
    start: u64,
    rows: u32,
    differing: bool,
    record_of: impl Fn(&Source) -> Option<u64>,
) -> ManifestPage {
    let list = usize::try_from(list).ok().and_then(|list| lists(report).nth(list));
    let entries = list.map_or(&[][..], |list| &list.entries);
    let outcome = list.map_or(OutcomeView::Skipped, |list| list_outcome(report, list));
    let wanted = |entry: &&ManifestEntry| !differing || entry.state != EntryState::Present;
    ManifestPage {
        start,
        matching: length(entries.iter().filter(wanted).count()),
        rows: page(entries.iter().filter(wanted), start, rows)
            .map(|entry| entry_row(entry, outcome, &record_of))
            .collect(),
    }
}

/// The rows of a page.
pub(super) fn page<T>(all: impl Iterator<Item = T>, start: u64, rows: u32) -> impl Iterator<Item = T> {
    const LARGEST: u32 = 200;
    all.skip(usize::try_from(start).unwrap_or(usize::MAX))
        .take(usize::try_from(rows.min(LARGEST)).unwrap_or_default())
}

fn entry_row(entry: &ManifestEntry, list: OutcomeView, record_of: impl Fn(&Source) -> Option<u64>) -> ManifestRow {
    let (outcome, state) = match entry.state {
        EntryState::Present => (OutcomeView::Pass, "In both"),
        EntryState::Missing => missing(list),
        EntryState::Unlisted => (OutcomeView::Undetermined, "Not listed"),
        EntryState::Differs => (OutcomeView::Undetermined, "Label differs"),
    };
    ManifestRow {
        outcome,
        state: first_upper(state),
        id: label(&entry.id),
        digest: short_hex(&entry.digest),
        label: label(&entry.label),
        path: entry
            .source
            .as_ref()
            .map(|source| visible(&source.path))
            .unwrap_or_default(),
        record: entry.source.as_ref().and_then(record_of),
    }
}

/// A page of the sender's results beside ours; `number_of` finds the record that states a hash.
#[must_use]
pub fn snapshot_page(
    report: &Report,
    start: u64,
    rows: u32,
    differing: bool,
    number_of: impl Fn(&str) -> Option<u64>,
) -> SnapshotPage {
    let wanted = |row: &&SnapshotRow| !differing || !row.agrees;
    SnapshotPage {
        start,
        matching: length(snapshots(report).filter(wanted).count()),
        rows: page(snapshots(report).filter(wanted), start, rows)
            .map(|row| snapshot_row(row, &number_of))
            .collect(),
    }
}

/// Every row of the sender's results beside ours, for what is handed over.
pub(crate) fn snapshot_rows(
    report: &Report,
    number_of: impl Fn(&str) -> Option<u64>,
) -> impl Iterator<Item = SnapshotRowView> {
    snapshots(report).map(move |row| snapshot_row(row, &number_of))
}

fn snapshot_row(row: &SnapshotRow, number_of: impl Fn(&str) -> Option<u64>) -> SnapshotRowView {
    let outcome = match (row.agrees, row.cause) {
        (true, _) => OutcomeView::Pass,
        (false, Some(code)) if code != evidence::ReasonCode::SnapshotContradicted => OutcomeView::Undetermined,
        (false, _) => OutcomeView::Fail,
    };
    SnapshotRowView {
        outcome,
        subject: match (row.record.as_str(), number_of(&row.record)) {
            ("", _) => "Pack".to_owned(),
            (_, Some(record)) => format!("Record {}", number(record)),
            (hash, None) => short_hex(hash),
        },
        path: visible(&row.path),
        check: row
            .check
            .parse::<CheckId>()
            .map_or_else(|_| plain_name(&row.check), |id| check(id).name.to_owned()),
        theirs: visible(&row.theirs),
        ours: visible(&row.ours),
        when: row.verified_at.as_deref().map(time).unwrap_or_default(),
        hint: row.verified_at.as_deref().map(local_time).unwrap_or_default(),
        cause: match (row.agrees, row.cause) {
            (true, _) => String::new(),
            (false, Some(code)) => reason(code).plain.to_owned(),
            (false, None) => "The sender's word and this check's word differ.".to_owned(),
        },
    }
}

fn plain_name(name: &str) -> String {
    match name {
        "status" => "Overall result".to_owned(),
        "reasonCodes" => "Reason codes".to_owned(),
        other => label(other),
    }
}

#[cfg(test)]
mod tests {
    use evidence::{Outcome, ReasonCode};

    use super::*;
    use crate::present::fixtures;

    #[test]
    fn a_record_is_missing_for_sure_only_where_everything_was_read() {
        let shown = |outcome: Outcome| {
            let mut report = fixtures::verified().report;
            let part = &mut report.parts[0];
            part.manifests[0].entries[1].state = EntryState::Missing;
            part.checks
                .iter_mut()
                .filter(|check| check.id == CheckId::Manifest)
                .for_each(|check| check.outcome = outcome);
            let page = manifest_page(&report, 0, 0, 10, true, |_| None);
            let row = &page.rows[0];
            (
                row.outcome,
                row.state.clone(),
                manifest(&report).lists[0].sentence.clone(),
            )
        };
        let (outcome, state, sentence) = shown(Outcome::Fail(ReasonCode::ManifestRecordMissing));
        assert_eq!((outcome, state.as_str()), (OutcomeView::Fail, "Missing"));
        assert!(sentence.ends_with(", 1 is missing."), "{sentence}");
        let (outcome, state, sentence) = shown(Outcome::Undetermined(ReasonCode::ZipEncrypted));
        assert_eq!(
            (outcome, state.as_str()),
            (OutcomeView::Undetermined, "Not in what was read")
        );
        assert!(sentence.ends_with(", 1 is not in what was read."), "{sentence}");
    }
}
