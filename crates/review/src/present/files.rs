//! The list of files, and one file as text.

use evidence::{FileRow, Report, Verdict};

use crate::view::{FilePage, FileView, FilesView, OutcomeView, SegmentKind, SourceView};
use crate::words::sentence::{count, length, number};
use crate::words::{cover, file_role};

use super::manifest::page;
use super::record::{RAW_SHOWN, shown_note};
use super::text::{Layout, cut, push, visible};

/// Whether a file was refused while the pack was opened.
pub(super) fn is_refused(file: &FileRow) -> bool {
    file.role == "refused"
}

fn is_unknown(file: &FileRow) -> bool {
    file.role == "notRecognised"
}

fn is_ignored(file: &FileRow) -> bool {
    file.role == "ignored"
}

/// What the list of files needs once.
#[must_use]
pub fn files(report: &Report) -> FilesView {
    let of = |test: fn(&FileRow) -> bool| length(report.files.iter().filter(|file| test(file)).count());
    let total = length(report.files.len());
    let (unknown, ignored, refused) = (of(is_unknown), of(is_ignored), of(is_refused));
    let mut sentence = format!(
        "{}, {} recognised",
        count(total, "file", "files"),
        number(total.saturating_sub(unknown + ignored + refused))
    );
    for (value, words) in [(unknown, "not recognised"), (ignored, "not read"), (refused, "refused")] {
        if value > 0 {
            sentence.push_str(&format!(", {} {words}", number(value)));
        }
    }
    FilesView {
        sentence: sentence + ".",
        total,
    }
}

/// A page of files whose path holds the search text, in any letter case.
#[must_use]
pub fn file_page(report: &Report, start: u64, rows: u32, search: &str) -> FilePage {
    let search = search.to_lowercase();
    let matching = || {
        report
            .files
            .iter()
            .enumerate()
            .filter(|(_, file)| file.path.to_lowercase().contains(&search))
    };
    FilePage {
        start,
        matching: length(matching().count()),
        rows: page(matching(), start, rows)
            .map(|(at, file)| file_view(length(at), file))
            .collect(),
    }
}

fn file_view(handle: u64, file: &FileRow) -> FileView {
    let unread = is_refused(file) || is_ignored(file);
    let outcome = match (is_refused(file), file.verdict) {
        (true, _) | (false, Some(Verdict::Indeterminate | Verdict::Error)) => OutcomeView::Undetermined,
        (false, Some(Verdict::Verified)) => OutcomeView::Pass,
        (false, Some(Verdict::Failed)) => OutcomeView::Fail,
        (false, Some(Verdict::NotEvidence) | None) => OutcomeView::Skipped,
    };
    FileView {
        file: handle,
        path: visible(&file.path),
        size: count(file.size, "byte", "bytes"),
        sha256: file.sha256.map(|digest| digest.to_hex()),
        role: visible(&file_role(&file.role)),
        cover: cover(&file.role, file.verdict).to_owned(),
        outcome,
        has_text: !unread,
        has_page: !unread && file.is_page(),
    }
}

/// A file's content as text: the beginning of it, hidden characters made visible.
#[must_use]
pub fn file_text(path: &str, bytes: &[u8]) -> SourceView {
    let window = bytes.get(..RAW_SHOWN.saturating_add(4)).unwrap_or(bytes);
    let text = String::from_utf8_lossy(window);
    let (shown, _) = cut(&text, RAW_SHOWN);
    let mut segments = Vec::new();
    push(&mut segments, shown, SegmentKind::Plain, Layout::Source);
    let cut = bytes.len() > RAW_SHOWN;
    SourceView {
        path: visible(path),
        segments,
        cut,
        note: shown_note(length(bytes.len()), cut),
    }
}
