//! The report as one HTML file: no script, nothing that loads, escaped throughout, and good on paper.

use std::io::Write;

use evidence::Verdict;

use super::block::{Answer, Block, Value, Words};
use super::table::Table;
use super::{Document, Section};
use crate::view::OutcomeView;

const STYLE: &str = include_str!("html/report.css");

/// Signs as drawings, so that no font decides whether they are there.
const SIGNS: &str = include_str!("html/signs.svg");

/// Writes the whole file.
///
/// # Errors
/// When it cannot be written.
pub fn write_html(document: &Document<'_>, out: &mut dyn Write) -> std::io::Result<()> {
    let title = escaped(document.title.as_str());
    write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src \
         data:\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n<style>\n\
         {STYLE}@page {{ @bottom-left {{ content: \"{}\" }} }}\n</style>\n</head>\n<body>\n{SIGNS}<main>\n<h1>{title}</h1>\n",
        // Words of ours and hex digits: nothing that could end the string.
        document.foot()
    )?;
    for section in &document.sections {
        write_section(section, out)?;
    }
    write!(
        out,
        "</main>\n<footer><p>{}</p></footer>\n</body>\n</html>\n",
        escaped(&document.foot())
    )
}

fn write_section(section: &Section, out: &mut dyn Write) -> std::io::Result<()> {
    let number = section.number;
    write!(
        out,
        "<section id=\"s{number}\">\n<h2><span class=\"no\">{number}</span> {}</h2>\n",
        escaped(section.title)
    )?;
    for block in &section.blocks {
        write_block(block, out)?;
    }
    out.write_all(b"</section>\n")
}

fn write_block(block: &Block, out: &mut dyn Write) -> std::io::Result<()> {
    match block {
        Block::Heading(text) => writeln!(out, "<h3>{}</h3>", shown(text)),
        Block::Paragraph(text) => writeln!(out, "<p>{}</p>", shown(text)),
        Block::Quote { by, text } => writeln!(
            out,
            "<figure><figcaption>{}</figcaption><blockquote>{}</blockquote></figure>",
            shown(by),
            shown(text)
        ),
        Block::Banner {
            verdict,
            word,
            sentence,
        } => writeln!(
            out,
            "<div class=\"banner {0}\">{1}<p><strong>{2}</strong> {3}</p></div>",
            class(*verdict),
            sign_of(*verdict),
            shown(word),
            shown(sentence)
        ),
        Block::Answers(answers) => write_answers(answers, out),
        Block::Facts(facts) => {
            out.write_all(b"<dl>\n")?;
            for (label, value) in facts {
                writeln!(
                    out,
                    "<div><dt>{}</dt><dd>{}</dd></div>",
                    shown(label),
                    cell(value, false)
                )?;
            }
            out.write_all(b"</dl>\n")
        }
        Block::List(items) => write_list("ul", items, out),
        Block::Steps(items) => write_list("ol", items, out),
        Block::Table(table) => write_table(table, out),
    }
}

fn write_list(tag: &str, items: &[Words], out: &mut dyn Write) -> std::io::Result<()> {
    writeln!(out, "<{tag}>")?;
    for item in items {
        writeln!(out, "<li>{}</li>", shown(item))?;
    }
    writeln!(out, "</{tag}>")
}

fn write_answers(answers: &[Answer], out: &mut dyn Write) -> std::io::Result<()> {
    out.write_all(b"<div class=\"answers\">\n")?;
    for answer in answers {
        writeln!(
            out,
            "<div><h3>{}</h3><p class=\"lead {}\">{}{}</p><p>{}</p><p class=\"of\">{}</p></div>",
            shown(&answer.question),
            shade(answer.outcome),
            sign(answer.outcome),
            shown(&answer.lead),
            shown(&answer.text),
            shown(&answer.counted)
        )?;
    }
    out.write_all(b"</div>\n")
}

fn write_table(table: &Table, out: &mut dyn Write) -> std::io::Result<()> {
    if table.listed().is_empty() {
        return writeln!(out, "<p class=\"of\">{}</p>", escaped(&table.line()));
    }
    let shares: u32 = table.on_page().map(|(_, column)| u32::from(column.share)).sum();
    if table.tally {
        out.write_all(b"<table class=\"tally\">\n<colgroup>")?;
    } else {
        writeln!(
            out,
            "<table>\n<caption>{}</caption>\n<colgroup>",
            escaped(&table.line())
        )?;
    }
    for (_, column) in table.on_page() {
        let percent = u32::from(column.share) * 100 / shares.max(1);
        write!(out, "<col style=\"width:{percent}%\">")?;
    }
    out.write_all(b"</colgroup>\n<thead><tr>")?;
    for (_, column) in table.on_page() {
        write!(out, "<th scope=\"col\">{}</th>", shown(&column.label))?;
    }
    out.write_all(b"</tr></thead>\n<tbody>\n")?;
    for row in table.listed() {
        out.write_all(b"<tr>")?;
        for (at, column) in table.on_page() {
            let value = row.get(at).unwrap_or(&Value::None);
            let class = if matches!(value, Value::Number(_)) {
                " class=\"n\""
            } else {
                ""
            };
            write!(out, "<td{class}>{}</td>", cell(value, column.short))?;
        }
        out.write_all(b"</tr>\n")?;
    }
    out.write_all(b"</tbody>\n</table>\n")
}

fn cell(value: &Value, short: bool) -> String {
    match value {
        Value::Words(words) => shown(words),
        Value::Code(words) => format!("<code>{}</code>", shown(words)),
        Value::Number(number) => crate::words::sentence::number(*number),
        Value::Hash(digits) if short => format!("<code>{}</code>", escaped(&crate::present::short_hex(digits))),
        Value::Hash(digits) => hash(digits),
        Value::Mark(outcome, words) => {
            let class = shade(*outcome);
            format!("<span class=\"mark {class}\">{}{}</span>", sign(*outcome), shown(words))
        }
        Value::None => String::new(),
    }
}

/// Groups of eight that wrap between groups and are copied without blanks.
fn hash(digits: &str) -> String {
    let digits: Vec<char> = digits.chars().collect();
    let groups = digits.chunks(8).map(|group| {
        let group: String = group.iter().collect();
        format!("<span>{}</span>", escaped(&group))
    });
    format!(
        "<code class=\"hash\">{}</code>",
        groups.collect::<Vec<_>>().join("<wbr>")
    )
}

fn class(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Verified => "pass",
        Verdict::Failed => "fail",
        Verdict::Indeterminate => "open",
        Verdict::NotEvidence | Verdict::Error => "none",
    }
}

fn shade(outcome: OutcomeView) -> &'static str {
    match outcome {
        OutcomeView::Pass => "pass",
        OutcomeView::Fail => "fail",
        OutcomeView::Undetermined => "open",
        OutcomeView::Skipped => "none",
    }
}

fn sign_of(verdict: Verdict) -> String {
    let name = match verdict {
        Verdict::Verified => "pass",
        Verdict::Failed => "fail",
        Verdict::Indeterminate => "undetermined",
        Verdict::NotEvidence => "unknown",
        Verdict::Error => "error",
    };
    drawing(name)
}

fn sign(outcome: OutcomeView) -> String {
    drawing(match outcome {
        OutcomeView::Pass => "pass",
        OutcomeView::Fail => "fail",
        OutcomeView::Undetermined => "undetermined",
        OutcomeView::Skipped => "skipped",
    })
}

/// The word stands beside it, so the drawing itself says nothing to a screen reader.
fn drawing(name: &str) -> String {
    format!("<svg class=\"sign\" aria-hidden=\"true\"><use href=\"#sign-{name}\"/></svg>")
}

/// Text with its line ends.
fn shown(words: &Words) -> String {
    escaped(words.as_str()).replace('\n', "<br>")
}

/// Text that cannot begin or end anything.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_wraps_between_groups_and_is_copied_whole() {
        let text = hash(&"0f".repeat(32));
        assert_eq!(text.matches("<wbr>").count(), 7);
        assert!(!text.contains(' ') || text.starts_with("<code class"));
    }

    #[test]
    fn markup_in_a_text_is_text() {
        assert_eq!(
            shown(&Words::of("<b a='\"'>&\nx")),
            "&lt;b a=&#39;&quot;&#39;&gt;&amp;<br>x"
        );
    }
}
