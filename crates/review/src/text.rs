//! A report as text for the command line: the same words as in the window.

mod wrap;

use evidence::{Finding, Outcome, Question, RULES, ReasonCode, Record, Recorder, Report, Verdict};
use strum::IntoEnumIterator;

use crate::present::{
    CheckGroup, Groups, NoteCount, TOOL, about, banner, counts, does_not_show, group_title, items, outcome_view, place,
    raised, record_label, records_line, shows, stated, tally, tile, visible, worst_first,
};
use crate::words::sentence::{length, number};
use crate::words::{key_state, outcome, reason, record_verdict};

use wrap::Page;

/// How many records that did not pass are listed.
const LISTED: usize = 20;

/// Keeps what the text needs while records go by: groups, notes, and the first records that did not pass.
#[derive(Debug, Default)]
pub struct Gathered {
    groups: Groups,
    open: Vec<OpenRecord>,
    open_total: u64,
    records: u64,
}

/// One record that did not pass.
#[derive(Debug, Clone, PartialEq, Eq)]
struct OpenRecord {
    label: String,
    path: String,
    verdict: Verdict,
    reasons: Vec<ReasonCode>,
}

impl Gathered {
    /// Adds the next record.
    pub fn add(&mut self, record: &Record) {
        self.records += 1;
        self.groups.record(record);
        if record.verdict == Verdict::Verified {
            return;
        }
        self.open_total += 1;
        if self.open.len() < LISTED {
            self.open.push(OpenRecord {
                label: record_label(self.records, record),
                path: place(record),
                verdict: record.verdict,
                reasons: record.reason_codes.clone(),
            });
        }
    }

    /// The text of the report whose records were added. `key_book` is the key book in one line, e.g. "Audit desk (14 keys)".
    #[must_use]
    pub fn render(self, report: &Report, key_book: &str, color: bool) -> String {
        let (groups, notes) = self.groups.finish(report);
        let mut page = Page::new(color);
        verdict(&mut page, report, &groups, key_book);
        questions(&mut page, report, &groups);
        tallies(&mut page, report, &groups);
        points(&mut page, report, &groups);
        records(&mut page, &self.open, self.open_total);
        remarks(&mut page, report, &notes);
        keys(&mut page, report);
        statements(&mut page, report);
        page.finish()
    }
}

impl Recorder for Gathered {
    fn record(&mut self, record: Record) -> std::io::Result<()> {
        self.add(&record);
        Ok(())
    }
}

fn verdict(page: &mut Page, report: &Report, groups: &[CheckGroup], key_book: &str) {
    let banner = banner(report, groups);
    page.line(&format!("{}: {}", visible(&report.input.name), about(report)));
    page.blank();
    page.verdict(report.verdict, &banner.word);
    page.text(0, &banner.sentence);
    page.text(
        0,
        &format!(
            "Checked against key book {}, rules {RULES}, {TOOL}{}{}.",
            visible(key_book),
            stated(report),
            raised(report)
        ),
    );
    if let Some(digest) = report.input.sha256 {
        page.line(&format!("SHA-256 {digest}"));
    }
}

fn questions(page: &mut Page, report: &Report, groups: &[CheckGroup]) {
    if matches!(report.verdict, Verdict::NotEvidence | Verdict::Error) {
        return;
    }
    for question in Question::iter() {
        let tile = tile(report, groups, question);
        page.blank();
        page.outcome(tile.outcome, &format!("{} {}", tile.question, tile.lead));
        page.text(2, &tile.text);
        page.text(2, &format!("{}{}.", tile.link, tile.rest));
    }
}

fn tallies(page: &mut Page, report: &Report, groups: &[CheckGroup]) {
    page.heading("Counts");
    page.text(2, &format!("{}.", records_line(&report.counts)));
    let counts = counts(&tally(groups));
    let outcomes: Vec<&str> = counts.outcomes.iter().map(|count| count.text.as_str()).collect();
    page.text(2, &format!("{}: {}.", counts.total, outcomes.join(", ")));
}

fn points(page: &mut Page, report: &Report, groups: &[CheckGroup]) {
    let open: Vec<&CheckGroup> = worst_first(groups)
        .into_iter()
        .filter(|group| matches!(group.outcome, Outcome::Fail(_) | Outcome::Undetermined(_)))
        .collect();
    if open.is_empty() {
        return;
    }
    let mismatch = open.iter().any(|group| matches!(group.outcome, Outcome::Fail(_)));
    page.heading(if mismatch {
        "What did not pass"
    } else {
        "What is missing"
    });
    for group in open {
        let weight = if group.required {
            ""
        } else {
            " The verdict does not need it."
        };
        page.outcome(
            outcome_view(group.outcome),
            &format!("{} {}.{weight}", group_title(group), outcome(group.outcome)),
        );
        if let Some(code) = group.outcome.reason() {
            explain(page, code);
        }
        list_items(page, &items(report, group));
    }
}

fn explain(page: &mut Page, code: ReasonCode) {
    let words = reason(code);
    page.text(4, &format!("{} ({code})", words.plain));
    page.text(4, &words.meaning());
    page.text(4, &format!("Next: {}", words.next));
}

fn list_items(page: &mut Page, items: &[&Finding]) {
    for item in items.iter().take(LISTED) {
        let detail = if item.detail.is_empty() {
            String::new()
        } else {
            format!(": {}", visible(&item.detail))
        };
        page.text(4, &format!("Item {}{detail}", visible(&item.subject)));
    }
    and_more(page, items.len(), length(items.len()));
}

/// "and 12 more", when fewer than `total` are listed.
fn and_more(page: &mut Page, held: usize, total: u64) {
    match total.saturating_sub(length(held.min(LISTED))) {
        0 => {}
        more => page.line(&format!("  and {} more", number(more))),
    }
}

fn records(page: &mut Page, open: &[OpenRecord], total: u64) {
    if open.is_empty() {
        return;
    }
    page.heading("Records that are not verified");
    for record in open {
        let verdict = record_verdict(record.verdict);
        page.text(2, &format!("{}: {verdict}, {}", record.label, record.path));
        for code in &record.reasons {
            page.text(4, &format!("{} ({code})", reason(*code).plain));
        }
    }
    and_more(page, open.len(), total);
}

fn remarks(page: &mut Page, report: &Report, notes: &[NoteCount]) {
    let remarks = crate::present::remarks(report, notes);
    if remarks.is_empty() {
        return;
    }
    page.heading("Reservations and remarks, which decide nothing");
    for remark in remarks {
        let subject = if remark.subject.is_empty() {
            String::new()
        } else {
            format!("{}: ", remark.subject)
        };
        page.text(2, &format!("{subject}{} ({})", remark.text, remark.code));
    }
}

fn keys(page: &mut Page, report: &Report) {
    let mut keys = report.parts.iter().flat_map(|part| &part.keys).peekable();
    if keys.peek().is_none() {
        return;
    }
    page.heading("Keys");
    for key in keys {
        let id = key
            .key_id
            .as_deref()
            .map_or_else(|| "without a key id".to_owned(), visible);
        let (source, state) = (visible(&key.source), key_state(key.state).short);
        page.text(2, &format!("Key {id}, from {source}: {state}"));
        if let Some(fingerprint) = &key.fingerprint {
            page.line(&format!("    Fingerprint {fingerprint}"));
        }
        if let Some(confirmed) = &key.confirmed {
            page.text(4, &format!("Confirmed: {}", visible(&confirmed.to_string())));
        }
    }
}

fn statements(page: &mut Page, report: &Report) {
    for (title, sentences) in [
        ("What this shows", shows(report)),
        ("What this does not show", does_not_show(report)),
    ] {
        if sentences.is_empty() {
            continue;
        }
        page.heading(title);
        for sentence in sentences {
            page.item(&sentence);
        }
    }
}

#[cfg(test)]
mod tests;
