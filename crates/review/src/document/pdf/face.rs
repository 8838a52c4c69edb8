//! The fonts, which characters they have, and the shape of a word.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use krilla::text::{Font, GlyphId, KrillaGlyph};
use rustybuzz::{Direction, UnicodeBuffer};

const REGULAR: &[u8] = include_bytes!("../../../fonts/IBMPlexSans-Regular.ttf");
const BOLD: &[u8] = include_bytes!("../../../fonts/IBMPlexSans-SemiBold.ttf");
const MONO: &[u8] = include_bytes!("../../../fonts/IBMPlexMono-Regular.ttf");

/// One of the fonts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Face {
    /// For reading.
    Regular,
    /// For headings.
    Bold,
    /// For what is compared.
    Mono,
}

/// A font, ready to be measured and to be drawn with.
struct Loaded {
    shaper: rustybuzz::Face<'static>,
    font: Font,
}

impl Loaded {
    fn of(bytes: &'static [u8]) -> Option<Loaded> {
        Some(Loaded {
            shaper: rustybuzz::Face::from_slice(bytes, 0)?,
            font: Font::new(bytes.into(), 0)?,
        })
    }
}

/// A word in one font.
#[derive(Debug, Clone)]
pub(super) struct Shaped {
    pub(super) glyphs: Vec<KrillaGlyph>,
    /// In parts of the font size.
    pub(super) width: f32,
}

/// Words that were shaped before; a report says the same ones many times.
type Known = HashMap<(Face, String), Rc<Shaped>>;

/// The fonts.
pub(super) struct Fonts {
    regular: Loaded,
    bold: Loaded,
    mono: Loaded,
    known: RefCell<Known>,
}

impl Fonts {
    pub(super) fn new() -> Option<Fonts> {
        Some(Fonts {
            regular: Loaded::of(REGULAR)?,
            bold: Loaded::of(BOLD)?,
            mono: Loaded::of(MONO)?,
            known: RefCell::default(),
        })
    }

    fn loaded(&self, face: Face) -> &Loaded {
        match face {
            Face::Regular => &self.regular,
            Face::Bold => &self.bold,
            Face::Mono => &self.mono,
        }
    }

    pub(super) fn font(&self, face: Face) -> Font {
        self.loaded(face).font.clone()
    }

    /// The font that has the character: the wanted one, or one of the others.
    pub(super) fn having(&self, wanted: Face, character: char) -> Option<Face> {
        // Characters of private use mean something else in each font.
        if matches!(character, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..) {
            return None;
        }
        let has = |face: &Face| {
            let glyph = self.loaded(*face).shaper.glyph_index(character);
            glyph.is_some_and(|glyph| glyph.0 != 0)
        };
        [wanted, Face::Regular, Face::Mono].into_iter().find(has)
    }

    /// The glyphs of a text of which that font has every character.
    pub(super) fn shaped(&self, face: Face, text: &str) -> Rc<Shaped> {
        let key = (face, text.to_owned());
        if let Some(shaped) = self.known.borrow().get(&key) {
            return Rc::clone(shaped);
        }
        let shaped = Rc::new(self.shape(face, text));
        self.known.borrow_mut().insert(key, Rc::clone(&shaped));
        shaped
    }

    fn shape(&self, face: Face, text: &str) -> Shaped {
        let shaper = &self.loaded(face).shaper;
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        buffer.set_direction(Direction::LeftToRight);
        let output = rustybuzz::shape(shaper, &[], buffer);
        let em = units(shaper.units_per_em());
        let infos = output.glyph_infos();
        let mut glyphs = Vec::with_capacity(infos.len());
        let mut width = 0.0;
        for (at, (info, position)) in infos.iter().zip(output.glyph_positions()).enumerate() {
            let start = start_of(info.cluster);
            let later = infos.get(at + 1..).unwrap_or_default().iter();
            let end = later
                .map(|next| start_of(next.cluster))
                .find(|next| *next > start)
                .unwrap_or(text.len());
            let advance = units(position.x_advance) / em;
            width += advance;
            glyphs.push(KrillaGlyph::new(
                GlyphId::new(info.glyph_id),
                advance,
                units(position.x_offset) / em,
                units(position.y_offset) / em,
                0.0,
                start..end,
                None,
            ));
        }
        Shaped { glyphs, width }
    }
}

fn start_of(cluster: u32) -> usize {
    usize::try_from(cluster).unwrap_or_default()
}

/// Units of a font as a fraction's part; no glyph of ours is wider than such a number holds.
fn units(value: i32) -> f32 {
    i16::try_from(value).map_or(0.0, f32::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_scripts_are_there_and_others_are_not() {
        let fonts = Fonts::new().unwrap();
        for character in "Añ ŻŹŁőß Ж щ Ω ώ €→…".chars() {
            assert!(fonts.having(Face::Mono, character).is_some(), "{character}");
        }
        assert_eq!(fonts.having(Face::Mono, 'Ω'), Some(Face::Regular));
        for character in "中א\u{e000}\u{1f600}".chars() {
            assert_eq!(fonts.having(Face::Regular, character), None, "{character}");
        }
    }

    #[test]
    fn digits_of_the_monospaced_font_have_one_width() {
        let fonts = Fonts::new().unwrap();
        assert_eq!(
            fonts.shaped(Face::Mono, "1111").width,
            fonts.shaped(Face::Mono, "0f8e").width
        );
    }
}
