//! The document's blocks, placed one after the other.

use evidence::Verdict;

use super::face::Face;
use super::flow::{Flow, Item, LEFT, RIGHT, Sign, baseline};
use super::lines::{Ink, Style, lacks, lines};
use super::row::{ink_of, small, tracks};
use super::tags::Part;
use crate::document::block::{Answer, Block, Words};
use crate::document::{Document, Section};
use crate::view::OutcomeView;

/// Places everything.
pub(super) fn place(document: &Document<'_>, flow: &mut Flow<'_>) {
    flow.title(document.title.as_str());
    for section in &document.sections {
        flow.within(Part::Section, |flow| place_section(section, flow));
    }
    if said(document).any(|text| lacks(flow.fonts, text)) {
        flow.gap(10.0);
        flow.aside(
            "The fonts of this file have Latin, Cyrillic and Greek letters. A character that they lack is printed by its \
             number, as [U+4E2D]; the HTML and XLSX files carry the character itself.",
        );
    }
}

fn place_section(section: &Section, flow: &mut Flow<'_>) {
    flow.section(section.number, section.title);
    for block in &section.blocks {
        match block {
            Block::Heading(text) => flow.heading(text.as_str()),
            Block::Paragraph(text) => flow.paragraph(text.as_str()),
            Block::Quote { by, text } => flow.quote(by.as_str(), text.as_str()),
            Block::Banner {
                verdict,
                word,
                sentence,
            } => banner(*verdict, word, sentence, flow),
            Block::Answers(all) => answers(all, flow),
            Block::Facts(facts) => flow.facts(facts),
            Block::List(items) => list(items, false, flow),
            Block::Steps(items) => list(items, true, flow),
            Block::Table(table) => flow.table(table),
        }
    }
}

fn list(items: &[Words], numbered: bool, flow: &mut Flow<'_>) {
    let items: Vec<&str> = items.iter().map(Words::as_str).collect();
    flow.list(&items, numbered);
}

/// The verdict in a frame with a heavy side: sign, word and sentence.
fn banner(verdict: Verdict, word: &Words, sentence: &Words, flow: &mut Flow<'_>) {
    let (ink, sign) = match verdict {
        Verdict::Verified => (Ink::Pass, Sign::Outcome(OutcomeView::Pass)),
        Verdict::Failed => (Ink::Fail, Sign::Outcome(OutcomeView::Fail)),
        Verdict::Indeterminate => (Ink::Open, Sign::Outcome(OutcomeView::Undetermined)),
        Verdict::NotEvidence => (Ink::Quiet, Sign::Unknown),
        Verdict::Error => (Ink::Quiet, Sign::Error),
    };
    let x = LEFT + 48.0;
    let width = RIGHT - x - 12.0;
    let mut told = lines(flow.fonts, word.as_str(), Style::of(Face::Bold, 12.5, ink), width);
    told.extend(lines(
        flow.fonts,
        sentence.as_str(),
        Style::of(Face::Regular, 10.5, Ink::Black),
        width,
    ));
    let height = 16.0 * small(told.len()) + 18.0;
    flow.need(height + 10.0);
    let top = flow.y;
    for (x, y, width, height) in [
        (LEFT, top, 5.0, height),
        (LEFT, top, RIGHT - LEFT, 0.7),
        (LEFT, top + height - 0.7, RIGHT - LEFT, 0.7),
        (RIGHT - 0.7, top, 0.7, height),
    ] {
        flow.put(Item::Fill {
            x,
            y,
            width,
            height,
            ink,
        });
    }
    flow.put(Item::Sign {
        x: LEFT + 16.0,
        y: top + 10.0,
        size: 22.0,
        sign,
        ink,
    });
    flow.within(Part::Paragraph, |flow| {
        let mut y = top + 9.0;
        for line in told {
            let (stands, part) = (y + baseline(16.0, line.style.size), flow.under);
            flow.text(x, stands, line, part);
            y += 16.0;
        }
    });
    flow.y = top + height;
    flow.gap(10.0);
}

/// The three questions side by side.
fn answers(all: &[Answer], flow: &mut Flow<'_>) {
    let tracks = tracks(&vec![(1, 0.0); all.len()]);
    let plain = |size, ink| Style::of(Face::Regular, size, ink);
    let mut columns = Vec::new();
    for (answer, track) in all.iter().zip(&tracks) {
        let width = track.width - 10.0;
        let mut told = lines(flow.fonts, answer.question.as_str(), plain(8.0, Ink::Quiet), width);
        let lead = Style::of(Face::Bold, 9.5, ink_of(answer.outcome));
        let before = told.len();
        told.extend(lines(flow.fonts, answer.lead.as_str(), lead, width - 14.0));
        let lead = before..told.len();
        told.extend(lines(flow.fonts, answer.text.as_str(), plain(8.5, Ink::Black), width));
        told.extend(lines(
            flow.fonts,
            answer.counted.as_str(),
            plain(7.5, Ink::Quiet),
            width,
        ));
        columns.push((told, lead, answer.outcome));
    }
    let most = columns.iter().map(|(told, ..)| told.len()).max().unwrap_or_default();
    let height = 12.5 * small(most) + 6.0;
    flow.need(height);
    let top = flow.y;
    for ((told, lead, outcome), track) in columns.into_iter().zip(&tracks) {
        flow.put(Item::Fill {
            x: track.x,
            y: top,
            width: track.width - 4.0,
            height: 1.2,
            ink: ink_of(outcome),
        });
        flow.within(Part::Paragraph, |flow| {
            let mut y = top + 5.0;
            for (at, line) in told.into_iter().enumerate() {
                let mut x = track.x;
                if lead.contains(&at) {
                    if lead.start == at {
                        flow.put(Item::Sign {
                            x,
                            y: y + 1.6,
                            size: 9.4,
                            sign: Sign::Outcome(outcome),
                            ink: ink_of(outcome),
                        });
                    }
                    x += 14.0;
                }
                let (stands, part) = (y + baseline(12.5, line.style.size), flow.under);
                flow.text(x, stands, line, part);
                y += 12.5;
            }
        });
    }
    flow.y = top + height;
    flow.gap(8.0);
}

/// Every text of the document that a page shows.
fn said<'d>(document: &'d Document<'_>) -> impl Iterator<Item = &'d str> {
    let blocks = document.sections.iter().flat_map(|section| &section.blocks);
    let of_blocks = blocks.flat_map(|block| block.texts());
    std::iter::once(document.title.as_str()).chain(of_blocks)
}
