//! The result's first page.

mod banner;
mod finish;
mod parts;
mod points;
mod rail;
mod remarks;
mod sequence;
mod tiles;

use evidence::{Ecosystem, Part, Question, RULES, Report, Verdict};
use strum::IntoEnumIterator;

use crate::view::{Fact, FooterView, SummaryView, Target, ViewName};
use crate::words::sentence::{count, length};
use crate::words::{format_name, statement};

use super::groups::{CheckGroup, NoteCount, tally};
use super::records::records_line;
use super::text::{label, local_time, time, time_to_the_second, visible};
use super::{TOOL, checks, verdict_view};

pub use banner::{Banner, banner};
pub(crate) use points::items;
pub(crate) use remarks::remarks;
pub use tiles::tile;

/// What the first page needs beside the report.
#[derive(Debug, Clone, Copy, Default)]
pub struct Context<'a> {
    /// The pack's handle.
    pub token: u32,
    /// What the reviewer calls the key book.
    pub key_book: &'a str,
    /// How many keys it has.
    pub key_book_keys: u64,
    /// Where the case file is, or why there is none: one line.
    pub case_file: &'a str,
    /// Whether the pack is a built-in sample.
    pub sample: bool,
    /// How often each note stands on records.
    pub notes: &'a [NoteCount],
}

/// The first page. Its sentence to copy lacks the input, the tool and the time: [`workpaper`] adds them. What the events
/// say is added by [`content`](super::content), from the records.
#[must_use]
pub fn summary(report: &Report, groups: &[CheckGroup], context: &Context) -> SummaryView {
    let banner = banner(report, groups);
    SummaryView {
        token: context.token,
        name: visible(&report.input.name),
        about: about(report),
        verdict: verdict_view(report.verdict),
        checked_against: checked_against(report, context),
        copy_sentence: format!("{} {}", banner.word, banner.sentence),
        word: banner.word,
        sentence: banner.sentence,
        next: banner.next,
        tiles: Question::iter()
            .map(|question| tile(report, groups, question))
            .collect(),
        records_line: records_line(&report.counts),
        counts: checks::counts(&tally(groups)),
        parts_title: parts::title(report),
        parts: parts::parts(report),
        parts_more: parts::more(report),
        points: points::points(report, groups),
        finish: finish::finish(report, groups),
        scope: super::scope(report),
        raise: super::raise::raise(report),
        remarks: remarks(report, context.notes),
        says: says(report),
        signed: super::signed::signed(report),
        checkpoints: super::checkpoints::checkpoints(report),
        content: None,
        shows: shows(report),
        does_not_show: does_not_show(report),
        rail: rail::rail(report, groups),
        footer: footer(report, context),
        sample: context.sample,
    }
}

/// "NexArt evidence pack, 3 records".
#[must_use]
pub fn about(report: &Report) -> String {
    let known = !matches!(report.verdict, Verdict::NotEvidence | Verdict::Error);
    if known {
        return format!(
            "{}, {}",
            visible(&format_name(&report.format.id)),
            count(report.counts.records, "record", "records")
        );
    }
    let kind = match report.input.kind.as_str() {
        "folder" => "Folder",
        "file" | "gz" => "Single file",
        "files" => "Single files",
        "zip" => "ZIP archive",
        "tar" | "tar.gz" => "TAR archive",
        _ => "File",
    };
    match length(report.files.len()) {
        0 => kind.to_owned(),
        files => format!("{kind}, {}", count(files, "entry", "entries")),
    }
}

/// "Checked against key book Audit desk (14 keys), rules 2026.11".
fn checked_against(report: &Report, context: &Context) -> String {
    let reference = report
        .policy
        .reference_time
        .as_deref()
        .map_or_else(String::new, |at| format!(", reference time {}", time(at)));
    format!(
        "Checked against key book {} ({}), rules {RULES}{reference}{}{}",
        visible(context.key_book),
        count(context.key_book_keys, "key", "keys"),
        super::scope::stated(report),
        super::raise::raised(report)
    )
}

/// A sentence as it stands in a workpaper: with the input, the tool, the rules and the time of the run (RFC 3339).
#[must_use]
pub fn workpaper(sentence: &str, report: &Report, started_at: &str) -> String {
    let digest = report
        .input
        .sha256
        .map_or_else(|| "SHA-256 not known".to_owned(), |digest| format!("SHA-256 {digest}"));
    format!(
        "{sentence} Input {}, {digest}; checked with {TOOL}, rules {RULES}, on {}.",
        visible(&report.input.name),
        time_to_the_second(started_at)
    )
}

/// What the sender states about the pack: claims of its manifests.
fn says(report: &Report) -> Vec<Fact> {
    const SHOWN: usize = 8;
    stated_labels(report).into_iter().take(SHOWN).collect()
}

/// All of them, for what is handed over.
pub(crate) fn stated_labels(report: &Report) -> Vec<Fact> {
    // The labels of a signed export stand beside what its signature proves.
    let other = |part: &&Part| part.native.ecosystem != Some(Ecosystem::Keel);
    report
        .parts
        .iter()
        .filter(other)
        .flat_map(|part| &part.manifests)
        .flat_map(|manifest| &manifest.claims)
        .map(|(name, value)| claim(name, value))
        .collect()
}

/// A label of the sender as a fact, with a word of ours for the names that the spec knows.
pub(in crate::present) fn claim(name: &str, value: &str) -> Fact {
    let hint = if name == "exportedAt" {
        local_time(value)
    } else {
        String::new()
    };
    let (known, value) = match name {
        "exportedAt" => ("Exported", super::text::claimed_time(value)),
        "exportedBy" => ("Exported by", visible(value)),
        "exportScope" => ("Scope", visible(value)),
        "recordCount" => ("Records, as stated", visible(value)),
        "verificationTool" => ("Software named", visible(value)),
        _ => ("", visible(value)),
    };
    Fact {
        label: if known.is_empty() {
            label(name)
        } else {
            known.to_owned()
        },
        value,
        from_evidence: true,
        hint,
    }
}

/// The sentences of *What this shows*, without repeats.
pub(crate) fn shows(report: &Report) -> Vec<String> {
    unique(report.parts.iter().flat_map(|part| &part.proves).map(statement))
}

/// The sentences of *What this does not show*, without repeats.
pub(crate) fn does_not_show(report: &Report) -> Vec<String> {
    unique(report.parts.iter().flat_map(|part| &part.does_not_prove).map(statement))
}

fn unique(sentences: impl Iterator<Item = String>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for sentence in sentences {
        if !kept.contains(&sentence) {
            kept.push(sentence);
        }
    }
    kept
}

fn footer(report: &Report, context: &Context) -> FooterView {
    let bytes = count(report.input.size, "byte", "bytes");
    FooterView {
        name: visible(&report.input.name),
        size: match length(report.files.len()) {
            0 | 1 => bytes,
            files => format!("{bytes} in {}", count(files, "file", "files")),
        },
        sha256: report.input.sha256.map(|digest| digest.to_hex()),
        tool: format!("{TOOL}, rules {RULES}"),
        case_file: context.case_file.to_owned(),
    }
}

/// A link to a view.
pub(super) fn view(view: ViewName) -> Target {
    Target {
        view,
        check: None,
        record: None,
        key: None,
    }
}
