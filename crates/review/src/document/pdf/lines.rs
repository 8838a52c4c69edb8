//! Where lines break: at blanks, then after signs inside a long word, then anywhere.

use std::rc::Rc;

use super::face::{Face, Fonts, Shaped};

/// How dark, or in which of the three shades of a verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    Black,
    Quiet,
    Faint,
    Pass,
    Fail,
    Open,
    White,
}

/// How text looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Style {
    pub(super) face: Face,
    pub(super) size: f32,
    pub(super) ink: Ink,
}

impl Style {
    pub(super) const fn of(face: Face, size: f32, ink: Ink) -> Style {
        Style { face, size, ink }
    }
}

/// A run of text in one font.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) face: Face,
    pub(super) text: String,
    pub(super) shaped: Rc<Shaped>,
}

/// One line.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) style: Style,
    pub(super) pieces: Vec<Piece>,
    width: f32,
}

impl Line {
    fn empty(style: Style) -> Line {
        Line {
            style,
            pieces: Vec::new(),
            width: 0.0,
        }
    }

    /// Its width in points.
    pub(super) fn width(&self) -> f32 {
        self.width
    }

    fn push(&mut self, pieces: Vec<Piece>) {
        self.width += width(&pieces) * self.style.size;
        self.pieces.extend(pieces);
    }
}

fn width(pieces: &[Piece]) -> f32 {
    pieces.iter().map(|piece| piece.shaped.width).sum()
}

/// Longest stretch that is looked at to find where a word without blanks breaks.
const STRETCH: usize = 240;

/// Breaks a text into lines of at most `width` points.
pub(super) fn lines(fonts: &Fonts, text: &str, style: Style, width: f32) -> Vec<Line> {
    let text = printable(fonts, text, style.face);
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let mut breaking = Breaking {
            fonts,
            width,
            line: Line::empty(style),
            done: Vec::new(),
        };
        for word in paragraph.split_inclusive(' ') {
            breaking.word(word);
        }
        lines.append(&mut breaking.finish());
    }
    lines
}

/// One line whatever its width.
pub(super) fn line(fonts: &Fonts, text: &str, style: Style) -> Line {
    let text = printable(fonts, text, style.face).replace('\n', " ");
    let mut line = Line::empty(style);
    line.push(pieces(fonts, style.face, &text));
    line
}

/// Characters that no font has, by their number.
fn printable(fonts: &Fonts, text: &str, face: Face) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' => shown.push('\n'),
            '\t' => shown.push_str("    "),
            other if fonts.having(face, other).is_some() => shown.push(other),
            other => shown.push_str(&format!("[U+{:04X}]", u32::from(other))),
        }
    }
    shown
}

/// Whether the fonts lack one of the characters.
pub(super) fn lacks(fonts: &Fonts, text: &str) -> bool {
    let lacking = |c: char| !matches!(c, '\n' | '\t') && fonts.having(Face::Regular, c).is_none();
    text.chars().any(lacking)
}

struct Breaking<'f> {
    fonts: &'f Fonts,
    width: f32,
    line: Line,
    done: Vec<Line>,
}

impl Breaking<'_> {
    fn word(&mut self, word: &str) {
        if self.fits(word) {
            return self.take(word);
        }
        if self.line.width > 0.0 && self.alone(word) {
            self.next_line();
            return self.take(word);
        }
        // Longer than a whole line: after signs where that helps, and anywhere where it does not.
        for part in word.split_inclusive(['/', '\\', '_', '-', '.', ',', ':', ';', '@', '=', '&', '?', '|', '+']) {
            if self.fits(part) {
                self.take(part);
            } else if self.alone(part) {
                self.next_line();
                self.take(part);
            } else {
                self.anywhere(part);
            }
        }
    }

    /// Fills line after line with as much of the part as each holds.
    fn anywhere(&mut self, mut rest: &str) {
        while !rest.is_empty() {
            let end = rest.floor_char_boundary(STRETCH);
            let stretch = rest.get(..end).filter(|text| !text.is_empty()).unwrap_or(rest);
            let fitting = self.fitting(stretch);
            let (now, later) = match fitting {
                0 if self.line.width > 0.0 => {
                    self.next_line();
                    continue;
                }
                // A column narrower than one character still gets it.
                0 => rest.split_at(rest.chars().next().map_or(rest.len(), char::len_utf8)),
                fitting => rest.split_at(fitting),
            };
            self.take(now);
            rest = later;
            if fitting < stretch.len() && !rest.is_empty() {
                self.next_line();
            }
        }
    }

    /// How many bytes of the stretch the line still holds, between clusters.
    fn fitting(&self, stretch: &str) -> usize {
        let room = self.width - self.line.width;
        let (mut used, mut before) = (0.0, 0);
        for piece in pieces(self.fonts, self.line.style.face, stretch) {
            for glyph in &piece.shaped.glyphs {
                used += glyph.x_advance * self.line.style.size;
                if used > room {
                    return before + glyph.text_range.start;
                }
            }
            before += piece.text.len();
        }
        stretch.len()
    }

    fn measured(&self, word: &str) -> f32 {
        // A blank at the end of a line takes no room.
        width(&pieces(self.fonts, self.line.style.face, word.trim_end_matches(' '))) * self.line.style.size
    }

    fn fits(&self, word: &str) -> bool {
        self.line.width + self.measured(word) <= self.width
    }

    fn alone(&self, word: &str) -> bool {
        self.measured(word) <= self.width
    }

    fn take(&mut self, word: &str) {
        self.line.push(pieces(self.fonts, self.line.style.face, word));
    }

    fn next_line(&mut self) {
        let style = self.line.style;
        self.done.push(std::mem::replace(&mut self.line, Line::empty(style)));
    }

    fn finish(mut self) -> Vec<Line> {
        self.next_line();
        self.done
    }
}

/// The text in runs, each in a font that has its characters.
fn pieces(fonts: &Fonts, wanted: Face, text: &str) -> Vec<Piece> {
    let mut runs: Vec<(Face, String)> = Vec::new();
    for character in text.chars() {
        let face = fonts.having(wanted, character).unwrap_or(wanted);
        match runs.last_mut() {
            Some((last, run)) if *last == face => run.push(character),
            _ => runs.push((face, character.to_string())),
        }
    }
    runs.into_iter()
        .map(|(face, text)| Piece {
            face,
            shaped: fonts.shaped(face, &text),
            text,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const STYLE: Style = Style::of(Face::Regular, 10.0, Ink::Black);

    fn broken(text: &str, width: f32) -> Vec<String> {
        let fonts = Fonts::new().unwrap();
        let found = lines(&fonts, text, STYLE, width);
        assert!(found.iter().all(|line| line.width <= width + 3.0), "a line is too wide");
        let text = |line: &Line| line.pieces.iter().map(|piece| piece.text.as_str()).collect();
        found.iter().map(text).collect()
    }

    #[test]
    fn lines_break_at_blanks_first_and_inside_paths_after_their_signs() {
        assert_eq!(broken("one two three", 40.0), ["one two ", "three"]);
        assert_eq!(
            broken("a records/of-run/cer.json", 60.0),
            ["a records/of-", "run/cer.json"]
        );
    }

    #[test]
    fn nothing_of_a_long_word_is_lost() {
        let long = "x".repeat(40_000);
        assert_eq!(broken(&long, 100.0).concat(), long);
    }

    #[test]
    fn what_no_font_has_is_printed_by_its_number() {
        assert_eq!(broken("名 a", 200.0), ["[U+540D] a"]);
    }
}
