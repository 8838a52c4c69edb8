//! Rows of tables: side by side, over the foot of a page where they must.

use super::face::Face;
use super::flow::{Flow, Item, LEFT, RIGHT, Sign, baseline};
use super::lines::{Ink, Line, Style, lines};
use super::tags::{Part, Place};
use crate::document::block::{Value, Words};
use crate::document::table::{Column, Row, Table};
use crate::view::OutcomeView;
use crate::words::sentence::number;

const SIZE: f32 = 8.0;
const LEADING: f32 = 11.0;
const PAD: f32 = 3.0;
const BETWEEN: f32 = 7.0;

/// A cell before it has found its page.
pub(super) struct CellText {
    pub(super) x: f32,
    pub(super) lines: Vec<Line>,
    pub(super) sign: Option<(OutcomeView, Ink)>,
    pub(super) part: Place,
}

/// Where a column lies.
#[derive(Clone, Copy)]
pub(super) struct Track {
    pub(super) x: f32,
    pub(super) width: f32,
}

/// Columns side by side over the whole width: each as wide as its longest word at least, and the rest by their shares.
pub(super) fn tracks(columns: &[(u16, f32)]) -> Vec<Track> {
    let whole: f32 = columns.iter().map(|(share, _)| f32::from(*share)).sum();
    let least: f32 = columns.iter().map(|(_, least)| least + BETWEEN).sum();
    let spare = (RIGHT - LEFT - least).max(0.0);
    // Where the longest words have no room side by side, they break.
    let squeeze = ((RIGHT - LEFT) / least.max(1.0)).min(1.0);
    let mut x = LEFT;
    let mut tracks = Vec::new();
    for (share, least) in columns {
        let width = (least + BETWEEN) * squeeze + spare * f32::from(*share) / whole.max(1.0);
        tracks.push(Track {
            x,
            width: (width - BETWEEN).max(4.0),
        });
        x += width;
    }
    tracks
}

impl Flow<'_> {
    /// A table with its heading on each page.
    pub(super) fn table(&mut self, table: &Table) {
        if table.listed().is_empty() {
            return self.aside(&table.line());
        }
        let shown: Vec<(usize, &Column)> = table.on_page().collect();
        let least = |(at, column): &(usize, &Column)| (column.share, self.least(table, *at, column));
        let mut columns: Vec<(u16, f32)> = shown.iter().map(least).collect();
        if table.tally {
            // A few numbers read better close to their words.
            columns.push((120, 0.0));
        }
        let tracks = tracks(&columns);
        let rows = small(table.listed().len().min(8)) + 1.0;
        self.need(if table.tally {
            rows * (LEADING + 2.0 * PAD)
        } else {
            70.0
        });
        self.within(Part::Table, |flow| {
            if !table.tally {
                flow.within(Part::Caption, |flow| flow.caption(&table.line()));
            }
            let heads: Vec<&Words> = shown.iter().map(|(_, column)| &column.label).collect();
            flow.within(Part::Head, |flow| flow.head(&heads, &tracks, true));
            flow.within(Part::Body, |flow| {
                for row in table.listed() {
                    flow.within(Part::Row, |flow| {
                        let cells = flow.cells(&shown, row, &tracks);
                        flow.row(cells, LEADING, &mut |flow| flow.head(&heads, &tracks, false));
                    });
                }
            });
        });
        self.gap(8.0);
    }

    /// What a column needs so that no heading, result or number breaks inside a word.
    fn least(&self, table: &Table, at: usize, column: &Column) -> f32 {
        let bold = Style::of(Face::Bold, SIZE, Ink::Black);
        let wide = |text: &str, style| super::lines::line(self.fonts, text, style).width();
        let longest = |text: &str| text.split([' ', '\n']).map(|word| wide(word, bold)).fold(0.0, f32::max);
        let code = Style::of(Face::Mono, SIZE - 0.6, Ink::Black);
        let values = table.listed().iter().filter_map(|row| row.get(at));
        let of_values = values.map(|value| match value {
            Value::Mark(_, words) => longest(words.as_str()).min(90.0) + SIGN,
            Value::Number(value) => wide(&number(*value), bold),
            Value::Hash(_) if column.short => wide("00000000", code),
            Value::Hash(_) => wide("00000000 00000000", code),
            Value::Words(_) | Value::Code(_) | Value::None => 0.0,
        });
        of_values.fold(longest(column.label.as_str()), f32::max) + 0.5
    }

    fn caption(&mut self, text: &str) {
        let style = Style::of(Face::Regular, SIZE, Ink::Quiet);
        for line in lines(self.fonts, text, style, RIGHT - LEFT) {
            let (y, part) = (self.y + baseline(LEADING, SIZE), self.under);
            self.text(LEFT, y, line, part);
            self.y += LEADING;
        }
    }

    /// The heading; where it is repeated it is no content of the table.
    fn head(&mut self, heads: &[&Words], tracks: &[Track], first: bool) {
        let style = Style::of(Face::Bold, SIZE, Ink::Black);
        let (mut rows, outer, top) = (0, self.under, self.y);
        let row = first.then(|| self.tags.part(outer, Part::Row));
        for (words, track) in heads.iter().zip(tracks) {
            let cell = row.map(|row| self.tags.part(row, Part::ColumnHead));
            let broken = lines(self.fonts, words.as_str(), style, track.width);
            rows = rows.max(broken.len());
            let mut y = top + baseline(LEADING, SIZE);
            for line in broken {
                let leaf = cell.map(|cell| self.tags.leaf(cell));
                let x = track.x;
                self.put(Item::Text { x, y, line, leaf });
                y += LEADING;
            }
        }
        self.y = top + LEADING * small(rows) + 2.0;
        self.rule(0.9, Ink::Black);
        self.y += 0.9;
    }

    fn cells(&mut self, shown: &[(usize, &Column)], row: &Row, tracks: &[Track]) -> Vec<CellText> {
        let under = self.under;
        let mut cells = Vec::new();
        for ((at, column), track) in shown.iter().zip(tracks) {
            let value = row.get(*at).unwrap_or(&Value::None);
            let part = self.tags.part(under, Part::Cell);
            cells.push(self.cell(value, column.short, *track, part));
        }
        cells
    }

    /// A value in a column.
    fn cell(&self, value: &Value, short: bool, track: Track, part: Place) -> CellText {
        let plain = Style::of(Face::Regular, SIZE, Ink::Black);
        let code = Style::of(Face::Mono, SIZE - 0.6, Ink::Black);
        let mut cell = CellText {
            x: track.x,
            lines: Vec::new(),
            sign: None,
            part,
        };
        cell.lines = match value {
            Value::None => Vec::new(),
            Value::Words(words) => lines(self.fonts, words.as_str(), plain, track.width),
            Value::Code(words) => lines(self.fonts, words.as_str(), code, track.width),
            Value::Number(value) => lines(self.fonts, &number(*value), plain, track.width),
            Value::Hash(digits) if short => {
                let text = crate::present::short_hex(digits);
                lines(self.fonts, &text, code, track.width)
            }
            Value::Hash(digits) => self.hash(digits, code, track.width),
            Value::Mark(outcome, words) => {
                let ink = ink_of(*outcome);
                cell.sign = Some((*outcome, ink));
                cell.x += SIGN;
                let style = Style::of(Face::Bold, SIZE, ink);
                lines(self.fonts, words.as_str(), style, track.width - SIGN)
            }
        };
        cell
    }

    /// Groups of eight, as many on a line as fit evenly.
    pub(super) fn hash(&self, digits: &str, style: Style, width: f32) -> Vec<Line> {
        let digits: Vec<char> = digits.chars().collect();
        let groups: Vec<String> = digits.chunks(8).map(|group| group.iter().collect()).collect();
        let fits = |many: &usize| {
            let text = groups.get(..*many).unwrap_or_default().join(" ");
            super::lines::line(self.fonts, &text, style).width() <= width
        };
        let many = [4, 2, 1].into_iter().find(fits).unwrap_or(1);
        let rows = groups.chunks(many).map(|row| row.join(" "));
        lines(self.fonts, &rows.collect::<Vec<_>>().join("\n"), style, width)
    }

    /// Values beside their labels.
    pub(super) fn facts(&mut self, facts: &[(Words, Value)]) {
        let [label, rest] = [LEFT, LEFT + 138.0];
        let value_track = Track {
            x: rest,
            width: RIGHT - rest,
        };
        self.need(24.0);
        self.rule(0.4, Ink::Faint);
        self.within(Part::Table, |flow| {
            for (name, value) in facts {
                flow.within(Part::Row, |flow| {
                    let under = flow.under;
                    let head = flow.tags.part(under, Part::RowHead);
                    let cell = flow.tags.part(under, Part::Cell);
                    let style = Style::of(Face::Regular, SIZE + 0.5, Ink::Quiet);
                    let name = CellText {
                        x: label,
                        lines: lines(flow.fonts, name.as_str(), style, rest - label - BETWEEN),
                        sign: None,
                        part: head,
                    };
                    let value = flow.fact(value, value_track, cell);
                    flow.row(vec![name, value], LEADING + 1.0, &mut |_| {});
                });
            }
        });
        self.gap(6.0);
    }

    fn fact(&self, value: &Value, track: Track, part: Place) -> CellText {
        let mut cell = self.cell(value, false, track, part);
        let larger = |face| Style::of(face, SIZE + 0.5, Ink::Black);
        let width = track.width;
        match value {
            Value::Words(words) => cell.lines = lines(self.fonts, words.as_str(), larger(Face::Regular), width),
            Value::Code(words) => cell.lines = lines(self.fonts, words.as_str(), larger(Face::Mono), width),
            Value::Hash(digits) => cell.lines = self.hash(digits, larger(Face::Mono), width),
            Value::Number(_) | Value::Mark(..) | Value::None => {}
        }
        cell
    }

    /// Places cells side by side. A row that fits on no page goes on over the next, under a repeated heading.
    pub(super) fn row(&mut self, mut cells: Vec<CellText>, leading: f32, again: &mut dyn FnMut(&mut Self)) {
        let height = |cells: &[CellText]| {
            let most = cells.iter().map(|cell| cell.lines.len()).max().unwrap_or_default();
            leading * small(most.max(1)) + 2.0 * PAD
        };
        const WORTH_STARTING: f32 = 160.0;
        let whole = height(&cells);
        if whole > self.room() && (whole < 560.0 || self.room() < WORTH_STARTING) {
            self.next_page();
            again(self);
        }
        loop {
            let lines = ((self.room() - 2.0 * PAD) / leading).floor();
            let top = self.y + PAD;
            let mut most = 0;
            for cell in &mut cells {
                let taken = fitting(lines).min(cell.lines.len());
                self.cell_lines(cell, taken, top, leading);
                most = most.max(taken);
            }
            self.y = top + leading * small(most.max(1)) + PAD;
            if cells.iter().all(|cell| cell.lines.is_empty()) {
                break;
            }
            self.next_page();
            again(self);
        }
        self.rule(0.4, Ink::Faint);
    }

    /// The first lines of a cell; they are then no longer in it.
    fn cell_lines(&mut self, cell: &mut CellText, taken: usize, top: f32, leading: f32) {
        if let Some((outcome, ink)) = cell.sign.take() {
            self.put(Item::Sign {
                x: cell.x - SIGN,
                y: top + (leading - 7.6) / 2.0,
                size: 7.6,
                sign: Sign::Outcome(outcome),
                ink,
            });
        }
        let mut y = top;
        for line in cell.lines.drain(..taken) {
            let stands = y + baseline(leading, line.style.size);
            let leaf = Some(self.tags.leaf(cell.part));
            let x = cell.x;
            self.put(Item::Text {
                x,
                y: stands,
                line,
                leaf,
            });
            y += leading;
        }
    }
}

/// Room for a sign before its word.
const SIGN: f32 = 11.0;

pub(super) fn ink_of(outcome: OutcomeView) -> Ink {
    match outcome {
        OutcomeView::Pass => Ink::Pass,
        OutcomeView::Fail => Ink::Fail,
        OutcomeView::Undetermined => Ink::Open,
        OutcomeView::Skipped => Ink::Quiet,
    }
}

/// A number of lines, of which no page has many.
pub(super) fn small(lines: usize) -> f32 {
    u16::try_from(lines).map_or(f32::MAX, f32::from)
}

/// How many lines a height holds: at least one, so that there is an end.
fn fitting(lines: f32) -> usize {
    (1..100).take_while(|many| small(*many) <= lines).last().unwrap_or(1)
}
