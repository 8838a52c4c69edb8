//! The rows of a payload in their order, parsed on all cores, with memory for a few batches only.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use rayon::prelude::*;

use super::document::LISTS;
use super::{Layout, Text, Trouble, bounds};
use crate::container::ArtifactReader;
use crate::json::Fault;
use crate::json::stream::{Chunk, Members, Place, Values};
use crate::reason::ReasonCode;
use crate::run::{Progress, Stopped};

/// Where a row stands in its payload, from 0 but for lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum At {
    /// A line, from 1.
    Line(u64),
    /// An element of `records`.
    Record(u64),
    /// An element of the document's own `chain_entries`.
    Entry(u64),
    /// An element of the outermost array.
    Element(u64),
    /// The document itself.
    Whole,
}

/// One row, cut out.
pub(in super::super) struct Row {
    /// Its exact bytes.
    pub(in super::super) text: Vec<u8>,
    /// Their offset in the decoded text.
    pub(in super::super) offset: u64,
    /// Its place.
    pub(in super::super) at: At,
    /// Whether something before it could not be cut out.
    pub(in super::super) behind_fault: bool,
}

/// Rows of one batch, and bytes: few enough that allocators give a batch back without tidying up.
const BATCH: usize = 128;
const BATCH_BYTES: usize = 4 << 20;
/// Batches that wait to be parsed.
const WAITING: usize = 2;

type Batch = Vec<Result<Row, Fault>>;

/// Gives every row: `read` parses it, on all cores; `take` gets it back in order. What the text as a whole suffers from
/// is the result.
pub(in super::super) fn each<R: Send>(
    text: &Text<'_>,
    layout: &Layout,
    progress: &Progress,
    read: impl Fn(&Row) -> R + Sync,
    mut take: impl FnMut(Row, R) -> Result<(), Stopped>,
) -> Result<Vec<Trouble>, Stopped> {
    std::thread::scope(|scope| {
        let (sender, receiver) = sync_channel(WAITING);
        let producer = scope.spawn(move || produce(text, layout, progress, &sender));
        let mut troubles = consume(&receiver, progress, &read, &mut take)?;
        drop(receiver);
        match producer.join() {
            Ok(end) => troubles.extend(end),
            Err(panic) => std::panic::resume_unwind(panic),
        }
        Ok(troubles)
    })
}

fn consume<R: Send>(
    receiver: &Receiver<Batch>,
    progress: &Progress,
    read: &(impl Fn(&Row) -> R + Sync),
    take: &mut impl FnMut(Row, R) -> Result<(), Stopped>,
) -> Result<Vec<Trouble>, Stopped> {
    let mut troubles = Vec::new();
    let mut faulted = false;
    while let Ok(batch) = receiver.recv() {
        if progress.is_cancelled() {
            return Err(Stopped::Cancelled);
        }
        let rows: Vec<Result<(Row, R), Fault>> = batch
            .into_par_iter()
            .map(|row| {
                row.map(|row| {
                    let read = read(&row);
                    (row, read)
                })
            })
            .collect();
        for row in rows {
            match row {
                Ok((mut row, read)) => {
                    row.behind_fault = faulted;
                    take(row, read)?;
                }
                Err(fault) => {
                    faulted = true;
                    if troubles.len() < TROUBLES {
                        troubles.push(Trouble::fault(&fault));
                    }
                }
            }
        }
    }
    Ok(troubles)
}

/// Faults of the text that are kept.
const TROUBLES: usize = 100;

/// Cuts the rows out of the text and sends them in batches, as long as somebody takes them.
fn produce(text: &Text<'_>, layout: &Layout, progress: &Progress, sender: &SyncSender<Batch>) -> Option<Trouble> {
    let reader = match text.pack.reader(text.index) {
        Ok(reader) => reader,
        Err(refusal) => return Some(Trouble::refused(&refusal)),
    };
    let mut batches = Batches {
        sender,
        progress,
        batch: Vec::new(),
        bytes: 0,
    };
    match layout {
        Layout::Lines => {
            let mut values = Values::lines(reader, &bounds(text.pack.within()));
            let rows = values.by_ref().filter_map(line);
            batches.send_all(rows);
            end(values.into_reader())
        }
        Layout::Array => {
            let mut values = Values::new(reader, &bounds(text.pack.within()));
            let rows = values.by_ref().map(|value| value.map(|chunk| row(chunk, At::Whole)));
            batches.send_all(rows);
            end(values.into_reader())
        }
        Layout::Document(document) if document.records.is_some() || document.entries.is_some() => {
            let mut members = Members::new(reader, &bounds(text.pack.within()), LISTS);
            let rows = members.by_ref().filter_map(|piece| match piece {
                Ok(piece) => match piece.chunk.place {
                    Place::Element(index) if piece.name == "records" => Some(Ok(row(piece.chunk, At::Record(index)))),
                    Place::Element(index) => Some(Ok(row(piece.chunk, At::Entry(index)))),
                    Place::Whole | Place::Line(_) => None,
                },
                Err(fault) => Some(Err(fault)),
            });
            batches.send_all(rows);
            end(members.into_reader())
        }
        Layout::Document(_) | Layout::OneLine => {
            let at = if matches!(layout, Layout::OneLine) {
                At::Line(1)
            } else {
                At::Whole
            };
            let mut values = Values::new(reader, &bounds(text.pack.within()));
            let rows = values.by_ref().map(|value| value.map(|chunk| row(chunk, at)));
            batches.send_all(rows);
            end(values.into_reader())
        }
        Layout::Csv | Layout::Zip | Layout::Opaque => None,
    }
}

/// A line that is not blank, without the CR before its end.
fn line(value: Result<Chunk, Fault>) -> Option<Result<Row, Fault>> {
    let mut chunk = match value {
        Ok(chunk) => chunk,
        Err(fault) => return Some(Err(fault)),
    };
    if chunk.text.trim_ascii().is_empty() {
        return None;
    }
    if chunk.text.last() == Some(&b'\r') {
        chunk.text.pop();
    }
    Some(Ok(row(chunk, At::Whole)))
}

fn row(chunk: Chunk, otherwise: At) -> Row {
    let at = match chunk.place {
        Place::Line(number) => At::Line(number),
        Place::Element(index) if otherwise == At::Whole => At::Element(index),
        Place::Element(_) | Place::Whole => otherwise,
    };
    Row {
        text: chunk.text,
        offset: chunk.offset,
        at,
        behind_fault: false,
    }
}

/// Reads to the end: a check value may stand behind everything.
fn end(reader: ArtifactReader<'_>) -> Option<Trouble> {
    reader.finish().err().map(|refusal| Trouble::refused(&refusal))
}

struct Batches<'s> {
    sender: &'s SyncSender<Batch>,
    progress: &'s Progress,
    batch: Batch,
    bytes: usize,
}

impl Batches<'_> {
    fn send_all(&mut self, rows: impl Iterator<Item = Result<Row, Fault>>) {
        for row in rows {
            // The cause of a failed read is told by the reader's end.
            if row.as_ref().is_err_and(|fault| fault.code == ReasonCode::IoReadFailed) {
                break;
            }
            self.bytes = self.bytes.saturating_add(row.as_ref().map_or(0, |row| row.text.len()));
            self.batch.push(row);
            if (self.batch.len() >= BATCH || self.bytes >= BATCH_BYTES) && !self.flush() {
                return;
            }
        }
        self.flush();
    }

    /// Whether anybody still takes batches.
    fn flush(&mut self) -> bool {
        self.bytes = 0;
        let batch = std::mem::take(&mut self.batch);
        !self.progress.is_cancelled() && (batch.is_empty() || self.sender.send(batch).is_ok())
    }
}
