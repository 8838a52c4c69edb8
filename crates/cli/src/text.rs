//! A report for people.

use std::fmt::Write;

use evidence::{Record, Report};
use review::case_file::CheckGroup;
use review::visible::visible_line;

/// The report as text. A verdict is always a word; colour only repeats it.
pub(crate) fn render(
    report: &Report,
    groups: &[CheckGroup],
    failing: &[(u64, Record)],
    key_book: &str,
    color: bool,
) -> String {
    let mut text = String::new();
    let verdict = report.verdict.as_str();
    let verdict = if color {
        format!("\u{1b}[1m{verdict}\u{1b}[0m")
    } else {
        verdict.to_owned()
    };
    // Writing into a string cannot fail.
    let _ = writeln!(text, "{}: {verdict}", visible_line(&report.input.name));
    let _ = writeln!(text, "  key book: {}", visible_line(key_book));
    let counts = &report.counts;
    let _ = writeln!(
        text,
        "  records: {} verified, {} failed, {} undecided of {}",
        counts.verified, counts.failed, counts.indeterminate, counts.records
    );
    for group in groups {
        let reason = group.outcome.reason().map_or("", |reason| reason.as_str());
        let _ = writeln!(
            text,
            "  {} {} {reason} ({})",
            group.outcome.as_str(),
            group.id.as_str(),
            group.count
        );
    }
    for (number, record) in failing {
        let _ = writeln!(
            text,
            "  record {number}: {} {}",
            record.verdict.as_str(),
            visible_line(&record.source.path)
        );
    }
    text
}
