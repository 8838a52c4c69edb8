//! Pages being filled from top to bottom.

use super::face::{Face, Fonts};
use super::lines::{Ink, Line, Style, lines};
use super::tags::{Leaf, Part, Place, Tags};
use crate::view::OutcomeView;

/// A4, in points; the text also fits a Letter page, which is wider and less high.
pub(super) const WIDTH: f32 = 595.28;
pub(super) const HEIGHT: f32 = 841.89;
pub(super) const LEFT: f32 = 51.0;
pub(super) const RIGHT: f32 = WIDTH - 51.0;
const TOP: f32 = 54.0;
pub(super) const BOTTOM: f32 = HEIGHT - 66.0;

/// The sign beside a verdict or outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Outcome(OutcomeView),
    Unknown,
    Error,
}

/// Something on a page. Heights grow downwards; a text stands on its `y`.
pub(super) enum Item {
    /// A line of text; without a leaf it is no content (a heading that is repeated, a page number).
    Text {
        x: f32,
        y: f32,
        line: Line,
        leaf: Option<Leaf>,
    },
    /// A filled rectangle: rules are thin ones.
    Fill {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
        ink: Ink,
    },
    /// A sign; the word beside it says the same.
    Sign {
        x: f32,
        y: f32,
        size: f32,
        sign: Sign,
        ink: Ink,
    },
}

/// Where a section begins.
pub(super) struct Mark {
    pub(super) title: String,
    pub(super) page: usize,
    pub(super) y: f32,
}

/// What came of it all.
pub(super) struct Laid {
    pub(super) pages: Vec<Vec<Item>>,
    pub(super) tags: Tags,
    pub(super) marks: Vec<Mark>,
}

/// The pages so far and the place where the next thing goes.
pub(super) struct Flow<'f> {
    pub(super) fonts: &'f Fonts,
    pub(super) tags: Tags,
    pub(super) under: Place,
    pub(super) y: f32,
    pages: Vec<Vec<Item>>,
    marks: Vec<Mark>,
}

const BODY: Style = Style::of(Face::Regular, 9.5, Ink::Black);
const LEADING: f32 = 13.5;

impl<'f> Flow<'f> {
    pub(super) fn new(fonts: &'f Fonts) -> Flow<'f> {
        Flow {
            fonts,
            tags: Tags::new(),
            under: Tags::root(),
            y: TOP,
            pages: vec![Vec::new()],
            marks: Vec::new(),
        }
    }

    pub(super) fn finish(self) -> Laid {
        Laid {
            pages: self.pages,
            tags: self.tags,
            marks: self.marks,
        }
    }

    pub(super) fn put(&mut self, item: Item) {
        if let Some(page) = self.pages.last_mut() {
            page.push(item);
        }
    }

    pub(super) fn next_page(&mut self) {
        self.pages.push(Vec::new());
        self.y = TOP;
    }

    /// How much room is left on this page.
    pub(super) fn room(&self) -> f32 {
        BOTTOM - self.y
    }

    /// Whether nothing is on this page yet.
    pub(super) fn at_top(&self) -> bool {
        self.y <= TOP
    }

    /// Goes to the next page unless there is that much room.
    pub(super) fn need(&mut self, height: f32) {
        if self.room() < height && !self.at_top() {
            self.next_page();
        }
    }

    /// Leaves room, except at the head of a page.
    pub(super) fn gap(&mut self, height: f32) {
        if !self.at_top() {
            self.y += height;
        }
    }

    pub(super) fn rule(&mut self, thickness: f32, ink: Ink) {
        let y = self.y;
        self.put(Item::Fill {
            x: LEFT,
            y,
            width: RIGHT - LEFT,
            height: thickness,
            ink,
        });
    }

    /// Something under a new part of the tree.
    pub(super) fn within<T>(&mut self, part: Part, fill: impl FnOnce(&mut Flow<'f>) -> T) -> T {
        let outer = self.under;
        self.under = self.tags.part(outer, part);
        let filled = fill(self);
        self.under = outer;
        filled
    }

    /// Places one line at `x`, standing on `y`.
    pub(super) fn text(&mut self, x: f32, y: f32, line: Line, part: Place) {
        let leaf = Some(self.tags.leaf(part));
        self.put(Item::Text { x, y, line, leaf });
    }

    /// The document's title.
    pub(super) fn title(&mut self, text: &str) {
        let style = Style::of(Face::Bold, 20.0, Ink::Black);
        self.heading_lines(text, 1, style, 25.0, LEFT);
        self.gap(8.0);
    }

    /// A section's heading, under a rule.
    pub(super) fn section(&mut self, number: u8, title: &str) {
        self.gap(20.0);
        self.need(90.0);
        self.rule(1.4, Ink::Black);
        let (page, y) = (self.pages.len().saturating_sub(1), self.y);
        let title = format!("{number}  {title}");
        self.y += 7.0;
        self.heading_lines(&title, 2, Style::of(Face::Bold, 13.0, Ink::Black), 17.0, LEFT);
        self.marks.push(Mark { title, page, y });
        self.gap(5.0);
    }

    /// A heading inside a section.
    pub(super) fn heading(&mut self, text: &str) {
        self.gap(9.0);
        self.need(64.0);
        self.heading_lines(text, 3, Style::of(Face::Bold, 10.0, Ink::Black), 13.5, LEFT);
        self.gap(3.0);
    }

    fn heading_lines(&mut self, text: &str, level: u16, style: Style, leading: f32, x: f32) {
        let lines = lines(self.fonts, text, style, RIGHT - x);
        let part = Part::Heading(level, text.to_owned());
        self.within(part, |flow| flow.lines(lines, x, leading));
    }

    /// A paragraph.
    pub(super) fn paragraph(&mut self, text: &str) {
        let lines = lines(self.fonts, text, BODY, RIGHT - LEFT);
        self.within(Part::Paragraph, |flow| flow.lines(lines, LEFT, LEADING));
        self.gap(4.0);
    }

    /// A paragraph in smaller, quieter letters.
    pub(super) fn aside(&mut self, text: &str) {
        let style = Style::of(Face::Regular, 8.0, Ink::Quiet);
        let lines = lines(self.fonts, text, style, RIGHT - LEFT);
        self.within(Part::Paragraph, |flow| flow.lines(lines, LEFT, 11.0));
        self.gap(4.0);
    }

    /// Somebody's own words, with a bar beside them.
    pub(super) fn quote(&mut self, by: &str, text: &str) {
        self.need(40.0);
        let x = LEFT + 12.0;
        let by = lines(self.fonts, by, Style::of(Face::Regular, 8.0, Ink::Quiet), RIGHT - x);
        let words = lines(self.fonts, text, BODY, RIGHT - x);
        self.within(Part::Quote, |flow| {
            for (lines, leading) in [(by, 12.0), (words, LEADING)] {
                flow.within(Part::Paragraph, |flow| {
                    for line in lines {
                        flow.need(leading);
                        let y = flow.y;
                        flow.put(Item::Fill {
                            x: LEFT,
                            y,
                            width: 2.0,
                            height: leading,
                            ink: Ink::Faint,
                        });
                        flow.lines(vec![line], x, leading);
                    }
                });
            }
        });
        self.gap(5.0);
    }

    /// A list, with dots or numbers.
    pub(super) fn list(&mut self, items: &[&str], numbered: bool) {
        self.within(Part::List(numbered), |flow| {
            for (number, item) in (1_usize..).zip(items) {
                flow.item(
                    item,
                    if numbered {
                        format!("{number}.")
                    } else {
                        "•".to_owned()
                    },
                );
            }
        });
        self.gap(3.0);
    }

    fn item(&mut self, text: &str, label: String) {
        let x = LEFT + 15.0;
        let words = lines(self.fonts, text, BODY, RIGHT - x);
        self.need(LEADING * if words.len() > 1 { 2.0 } else { 1.0 });
        self.within(Part::Item, |flow| {
            let label = lines(flow.fonts, &label, BODY, 15.0);
            let y = flow.y + baseline(LEADING, BODY.size);
            flow.within(Part::ItemLabel, |flow| {
                for line in label {
                    let part = flow.under;
                    flow.text(LEFT + 2.0, y, line, part);
                }
            });
            flow.within(Part::ItemBody, |flow| flow.lines(words, x, LEADING));
        });
        self.gap(2.0);
    }

    /// Lines under the present part, over as many pages as they need.
    fn lines(&mut self, lines: Vec<Line>, x: f32, leading: f32) {
        if lines.len() > 1 {
            // One line alone at the foot of a page reads badly.
            self.need(leading * 2.0);
        }
        for line in lines {
            self.need(leading);
            let (y, part) = (self.y + baseline(leading, line.style.size), self.under);
            self.text(x, y, line, part);
            self.y += leading;
        }
    }
}

/// Where letters stand in a line of that height.
pub(super) fn baseline(leading: f32, size: f32) -> f32 {
    (leading - size) / 2.0 + size * 0.86
}
