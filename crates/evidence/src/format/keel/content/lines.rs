//! Rows one by one: lines, arrays, and documents with a list of records.

use super::unread::{chain_layer, closure_layer};
use super::{Asked, Content, Shown, chain_checks, row_record};
use crate::check::Outcome;
use crate::format::keel::chain::{EntrySeen, Seat, Shape, Walk};
use crate::format::keel::output::Output;
use crate::format::keel::payload::{At, Document, Layout, Reading, Row, RowRead, Text, each, row_bounds};
use crate::reason::ReasonCode;
use crate::run::Stopped;

/// Lines, or the elements of one array.
pub(super) fn read(
    text: &Text<'_>,
    layout: &Layout,
    asked: &Asked<'_>,
    output: &mut Output<'_, '_>,
) -> Result<Content, Stopped> {
    let walked = !matches!(layout, Layout::Array);
    let reading = Reading {
        shape: walked.then_some(Shape::JsonLines),
        all_entries: false,
        binding: None,
        shown: true,
        bounds: row_bounds(text.pack.within()),
    };
    let walk = walked.then(|| Walk::new(Shape::JsonLines, asked.watched.iter().cloned(), text.pack.within()));
    let mut content = rows(text, layout, &reading, walk, asked, output)?;
    content.shape = if walked { Shown::Lines } else { Shown::Document };
    content.counted = walked.then_some(content.rows);
    content.close(text.path, asked);
    Ok(content)
}

/// A document that is no bundle.
pub(super) fn document(
    text: &Text<'_>,
    layout: &Layout,
    document: &Document,
    asked: &Asked<'_>,
    output: &mut Output<'_, '_>,
) -> Result<Content, Stopped> {
    let governance = document.is_governance();
    let reading = Reading {
        shape: governance.then_some(Shape::GovernanceEvents),
        all_entries: governance,
        binding: None,
        shown: true,
        bounds: row_bounds(text.pack.within()),
    };
    let mut walk = governance.then(|| {
        Walk::new(
            Shape::GovernanceEvents,
            asked.watched.iter().cloned(),
            text.pack.within(),
        )
    });
    if let (Some(walk), Some(project)) = (&mut walk, &document.project_id) {
        walk.project(project);
    }
    let mut content = rows(text, layout, &reading, walk, asked, output)?;
    content.shape = if governance {
        Shown::Governance
    } else if document.is_evidence() {
        Shown::Evidence
    } else {
        Shown::Document
    };
    of_document(&mut content, document, text.path);
    content.close(text.path, asked);
    Ok(content)
}

/// What a document says beside its rows.
pub(super) fn of_document(content: &mut Content, document: &Document, path: &str) {
    content.counted = document.records;
    if let Some(project) = &document.project_id {
        content.projects = vec![project.clone()];
    }
    if document.scope_proof {
        content.declare("proof about what a filter left out", false);
    }
    if document.slots {
        content.declare("further signatures on a permit", true);
    }
    if document.lone_surrogate {
        content.warn(crate::report::Finding::new(
            ReasonCode::LoneSurrogate,
            path,
            "in the document's own members",
        ));
    }
}

fn rows(
    text: &Text<'_>,
    layout: &Layout,
    reading: &Reading<'_>,
    mut walk: Option<Walk>,
    asked: &Asked<'_>,
    output: &mut Output<'_, '_>,
) -> Result<Content, Stopped> {
    let mut content = Content::default();
    let take = |row: Row, mut read: RowRead| {
        let mut checks = content.note(&row, &mut read, text);
        let mut notes = Vec::new();
        let entry = read.entry.take().zip(seat(row.at)).zip(walk.as_mut());
        if let Some(((entry, seat), walk)) = entry {
            content.entries = content.entries.saturating_add(1);
            let mut seen = walk.add(seat, entry.entry);
            if row.behind_fault || !content.troubles.is_empty() {
                after_trouble(&mut seen);
            }
            checks.extend(chain_checks(entry.id.as_deref().unwrap_or(text.path), &seen));
            if let Some(scope) = seen.scope.filter(|_| !read.fields.contains_key("chain_scope")) {
                read.fields.insert("chain_scope".to_owned(), scope.into());
            }
            notes = seen.notes;
        }
        let mut record = row_record(text.path, &row, read, checks);
        record.notes.extend(notes);
        output.row(record)
    };
    let troubles = each(text, layout, asked.progress, |row| reading.row(row), take)?;
    for trouble in troubles {
        content.trouble(trouble);
    }
    finish(&mut content, walk, text.path, asked);
    Ok(content)
}

/// The result of the walk, or that there was nothing to walk.
fn finish(content: &mut Content, walk: Option<Walk>, path: &str, asked: &Asked<'_>) {
    match walk {
        Some(walk) if content.entries > 0 || content.rows == 0 => {
            let result = walk.finish(path, asked.chain);
            content.take_walk(path, result);
        }
        Some(_) => content
            .checks
            .extend(chain_layer(path, asked, ReasonCode::WalkNoChainEntries)),
        None => content
            .checks
            .extend(chain_layer(path, asked, ReasonCode::WalkNoChainEntries)),
    }
    content
        .checks
        .extend(closure_layer(path, asked, ReasonCode::ClosureNotInThisShape));
}

/// Behind a line that could not be read, a link that does not fit proves nothing.
fn after_trouble(seen: &mut EntrySeen) {
    if seen.link == Outcome::Fail(ReasonCode::WalkPrevHashDiscontinuity) {
        seen.link = Outcome::Undetermined(ReasonCode::PayloadUnreadable);
    }
}

fn seat(at: At) -> Option<Seat> {
    let row = match at {
        At::Line(line) => line,
        At::Record(index) | At::Entry(index) => index.saturating_add(1),
        At::Element(_) | At::Whole => return None,
    };
    Some(Seat { array: 0, row })
}
