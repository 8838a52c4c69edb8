//! One look at every record, before anything is written: the digest of the body, and which rows a page lists.

use evidence::{Digest, Record, Recorder as _, Report, Verdict};

use super::Material;
use super::rows::RecordTable;
use super::table::{LISTED, Row};
use super::write::ReportError;
use crate::note::Review;
use crate::present::{CheckGroup, NoteCount};
use crate::report_json::Spool;
use crate::sequence::{Sequences, Thread};

/// What the sections are made from.
#[derive(Debug, Clone)]
pub(super) struct Gathered<'a> {
    pub(super) material: Material<'a>,
    pub(super) report: &'a Report,
    pub(super) groups: Vec<CheckGroup>,
    pub(super) notes: Vec<NoteCount>,
    pub(super) sequences: Sequences,
    pub(super) body_sha256: Digest,
    /// The records that a page lists.
    pub(super) listed: Vec<Row>,
}

impl<'a> Gathered<'a> {
    pub(super) fn of(material: Material<'a>) -> Result<Gathered<'a>, ReportError> {
        let Material { report, case_file, .. } = material;
        let (listed, body_sha256) = look(material)?;
        // Where the file cannot be read, the graver answer holds.
        let differing = |thread: Thread<'_>, number| case_file.differing(thread, number).unwrap_or(true);
        Ok(Gathered {
            material,
            report,
            groups: case_file.check_groups()?,
            notes: case_file.notes()?,
            sequences: Sequences::of(report, &case_file.claims(), differing),
            body_sha256,
            listed,
        })
    }

    /// The reviewer's work, where there is any.
    pub(super) fn review(&self) -> Option<&'a Review> {
        self.material.note.map(crate::note::Ledger::review)
    }
}

/// Which rows come first on a page.
const RANKS: usize = 4;

fn rank(record: &Record, number: u64, review: Option<&Review>) -> usize {
    match record.verdict {
        Verdict::Failed => 0,
        Verdict::Indeterminate | Verdict::NotEvidence | Verdict::Error => 1,
        Verdict::Verified if review.is_some_and(|review| is_noted(review, number)) => 2,
        Verdict::Verified => 3,
    }
}

fn is_noted(review: &Review, number: u64) -> bool {
    let sampled = review.sample.as_ref();
    review.decision_on(number).is_some()
        || review.notes_on(number).next().is_some()
        || sampled.is_some_and(|sample| sample.selected.contains(number))
}

fn look(material: Material<'_>) -> Result<(Vec<Row>, Digest), ReportError> {
    let review = material.note.map(crate::note::Ledger::review);
    let table = RecordTable::of(material.report, review);
    let mut spool = Spool::new()?;
    let mut ranked: [Vec<Row>; RANKS] = Default::default();
    material.case_file.each_record(|number, record| {
        if let Some(rows) = ranked.get_mut(rank(&record, number, review))
            && rows.len() < LISTED
        {
            rows.push(table.row(number, &record));
        }
        Ok::<(), ReportError>(spool.record(record)?)
    })?;
    let body_sha256 = spool.body_sha256(material.report)?;
    Ok((ranked.into_iter().flatten().take(LISTED).collect(), body_sha256))
}
