//! Pages onto paper.

use krilla::color::rgb;
use krilla::configure::{Accessibility, Archival, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::error::KrillaError;
use krilla::geom::{Path, PathBuilder, Point, Rect, Size};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule, LineCap, LineJoin, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, SpanTag};
use krilla::{Document as File, SerializeSettings};

use super::face::{Face, Fonts};
use super::flow::{BOTTOM, HEIGHT, Item, LEFT, Laid, Mark, RIGHT, Sign, WIDTH};
use super::lines::{Ink, Line, Style, line};
use super::tags::Drawn;
use crate::document::Document;
use crate::document::write::ReportError;
use crate::view::OutcomeView;

fn refused(error: impl std::fmt::Display) -> ReportError {
    ReportError::Form(error.to_string())
}

/// The file's bytes.
pub(super) fn file(document: &Document<'_>, laid: Laid, fonts: &Fonts) -> Result<Vec<u8>, ReportError> {
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A2_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|_| refused("PDF/A-2 and PDF/UA-1 do not go together"))?;
    let mut file = File::new_with(SerializeSettings {
        configuration,
        ..SerializeSettings::default()
    });
    let size = Size::from_wh(WIDTH, HEIGHT).ok_or_else(|| refused("the page has no size"))?;
    let mut drawn = Drawn::default();
    let total = laid.pages.len();
    let foot = document.foot();
    for (number, items) in (1..).zip(&laid.pages) {
        let mut page = file.start_page_with(PageSettings::new(size));
        let mut surface = page.surface();
        for item in items {
            draw(item, &mut surface, fonts, &mut drawn);
        }
        draw_foot(&foot, (number, total), &mut surface, fonts);
        surface.finish();
        page.finish();
    }
    file.set_tag_tree(laid.tags.tree(&mut drawn));
    file.set_outline(outline(&laid.marks));
    file.set_metadata(
        Metadata::new()
            .title(document.title.as_str().to_owned())
            .description(format!("Result (body) SHA-256 {}", document.body_sha256))
            .creator(crate::present::TOOL.to_owned())
            .producer(crate::present::TOOL.to_owned())
            .document_id(document.body_sha256.to_hex())
            .language("en".to_owned())
            .creation_date(moment(&document.dated())),
    );
    file.finish().map_err(|error| {
        if let KrillaError::Validation(broken) = &error {
            let rules: Vec<String> = broken.iter().map(|(rule, _)| format!("{rule:?}")).collect();
            return refused(rules.join(", "));
        }
        refused(error)
    })
}

fn moment(at: &jiff::Zoned) -> DateTime {
    let part = |value: i8| u8::try_from(value).unwrap_or_default();
    DateTime::new(u16::try_from(at.year()).unwrap_or_default())
        .month(part(at.month()))
        .day(part(at.day()))
        .hour(part(at.hour()))
        .minute(part(at.minute()))
        .second(part(at.second()))
        .utc_offset_hour(0)
        .utc_offset_minute(0)
}

fn outline(marks: &[Mark]) -> Outline {
    let mut outline = Outline::new();
    for mark in marks {
        let place = XyzDestination::new(mark.page, Point::from_xy(LEFT, mark.y));
        outline.push_child(OutlineNode::new(mark.title.clone(), place));
    }
    outline
}

fn draw(item: &Item, surface: &mut Surface<'_>, fonts: &Fonts, drawn: &mut Drawn) {
    match item {
        Item::Text { x, y, line, leaf } => {
            let Some(leaf) = leaf else {
                return besides(surface, ArtifactType::PaginationOther, |surface| {
                    draw_line(*x, *y, line, surface, fonts);
                });
            };
            let identifier = surface.start_tagged(ContentTag::Span(SpanTag::empty()));
            draw_line(*x, *y, line, surface, fonts);
            surface.end_tagged();
            drawn.put(*leaf, identifier);
        }
        Item::Fill {
            x,
            y,
            width,
            height,
            ink,
        } => {
            let rectangle = Rect::from_xywh(*x, *y, *width, *height);
            let path = rectangle.and_then(|rectangle| {
                let mut path = PathBuilder::new();
                path.push_rect(rectangle);
                path.finish()
            });
            besides(surface, ArtifactType::Layout, |surface| fill(path, *ink, surface));
        }
        Item::Sign { x, y, size, sign, ink } => besides(surface, ArtifactType::Layout, |surface| {
            Pen {
                x: *x,
                y: *y,
                unit: *size / 16.0,
                ink: *ink,
                surface,
            }
            .sign(*sign);
        }),
    }
}

/// What is no content: rules, signs beside their words, repeated headings, the foot.
fn besides(surface: &mut Surface<'_>, kind: ArtifactType, draw: impl FnOnce(&mut Surface<'_>)) {
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(kind)));
    draw(surface);
    surface.end_tagged();
}

fn draw_line(x: f32, y: f32, line: &Line, surface: &mut Surface<'_>, fonts: &Fonts) {
    let size = line.style.size;
    surface.set_fill(Some(paint(line.style.ink)));
    surface.set_stroke(None);
    let mut x = x;
    for piece in &line.pieces {
        surface.draw_glyphs(
            Point::from_xy(x, y),
            &piece.shaped.glyphs,
            fonts.font(piece.face),
            &piece.text,
            size,
            false,
        );
        x += piece.shaped.width * size;
    }
}

fn draw_foot(foot: &str, (number, total): (usize, usize), surface: &mut Surface<'_>, fonts: &Fonts) {
    let style = Style::of(Face::Regular, 7.5, Ink::Quiet);
    let said = line(fonts, foot, style);
    let page = line(fonts, &format!("Page {number} of {total}"), style);
    let y = BOTTOM + 28.0;
    besides(surface, ArtifactType::Footer, |surface| {
        let x = RIGHT - page.width();
        draw_line(LEFT, y, &said, surface, fonts);
        draw_line(x, y, &page, surface, fonts);
    });
}

fn colour(ink: Ink) -> rgb::Color {
    match ink {
        Ink::Black => rgb::Color::new(0x16, 0x16, 0x16),
        Ink::Quiet => rgb::Color::new(0x52, 0x52, 0x52),
        Ink::Faint => rgb::Color::new(0xb5, 0xb5, 0xb5),
        Ink::Pass => rgb::Color::new(0x0e, 0x60, 0x27),
        Ink::Fail => rgb::Color::new(0xa2, 0x19, 0x1f),
        Ink::Open => rgb::Color::new(0x7a, 0x4a, 0x00),
        Ink::White => rgb::Color::new(0xff, 0xff, 0xff),
    }
}

fn paint(ink: Ink) -> Fill {
    Fill {
        paint: colour(ink).into(),
        opacity: NormalizedF32::ONE,
        rule: FillRule::default(),
    }
}

fn fill(path: Option<Path>, ink: Ink, surface: &mut Surface<'_>) {
    let Some(path) = path else { return };
    surface.set_stroke(None);
    surface.set_fill(Some(paint(ink)));
    surface.draw_path(&path);
}

/// Draws signs in a square of sixteen units.
struct Pen<'p, 's> {
    x: f32,
    y: f32,
    unit: f32,
    ink: Ink,
    surface: &'p mut Surface<'s>,
}

impl Pen<'_, '_> {
    fn sign(&mut self, sign: Sign) {
        match sign {
            Sign::Outcome(OutcomeView::Pass) => {
                self.circle([8.0, 8.0], 7.0, 1.5);
                self.stroke(&[[4.6, 8.3], [7.0, 10.7], [11.4, 5.7]], 1.7, self.ink);
            }
            Sign::Outcome(OutcomeView::Fail) => {
                let octagon = [
                    [5.0, 0.9],
                    [11.0, 0.9],
                    [15.1, 5.0],
                    [15.1, 11.0],
                    [11.0, 15.1],
                    [5.0, 15.1],
                    [0.9, 11.0],
                    [0.9, 5.0],
                ];
                self.filled(&octagon);
                self.stroke(&[[5.3, 5.3], [10.7, 10.7]], 1.8, Ink::White);
                self.stroke(&[[10.7, 5.3], [5.3, 10.7]], 1.8, Ink::White);
            }
            Sign::Outcome(OutcomeView::Undetermined) => {
                self.closed(&[[8.0, 0.8], [15.2, 8.0], [8.0, 15.2], [0.8, 8.0]], 1.5);
                let hook = [
                    [6.2, 6.5],
                    [6.5, 5.2],
                    [8.0, 4.7],
                    [9.5, 5.2],
                    [9.7, 6.6],
                    [8.2, 8.0],
                    [8.0, 9.3],
                ];
                self.stroke(&hook, 1.4, self.ink);
                self.dot([8.0, 11.3]);
            }
            Sign::Outcome(OutcomeView::Skipped) => {
                self.circle([8.0, 8.0], 7.0, 1.2);
                self.stroke(&[[4.8, 8.0], [11.2, 8.0]], 1.6, self.ink);
            }
            Sign::Unknown => {
                self.closed(&[[3.0, 1.0], [10.0, 1.0], [13.0, 4.0], [13.0, 15.0], [3.0, 15.0]], 1.4);
                self.stroke(&[[2.0, 14.0], [14.0, 2.0]], 1.4, self.ink);
            }
            Sign::Error => {
                self.closed(&[[1.0, 1.0], [15.0, 1.0], [15.0, 15.0], [1.0, 15.0]], 1.4);
                self.stroke(&[[8.0, 4.0], [8.0, 9.0]], 1.7, self.ink);
                self.dot([8.0, 11.7]);
            }
        }
    }

    fn path(&self, points: &[[f32; 2]], close: bool) -> Option<Path> {
        let mut path = PathBuilder::new();
        for (at, [x, y]) in points.iter().enumerate() {
            let (x, y) = (self.x + x * self.unit, self.y + y * self.unit);
            if at == 0 {
                path.move_to(x, y);
            } else {
                path.line_to(x, y);
            }
        }
        if close {
            path.close();
        }
        path.finish()
    }

    fn filled(&mut self, points: &[[f32; 2]]) {
        fill(self.path(points, true), self.ink, self.surface);
    }

    fn dot(&mut self, [x, y]: [f32; 2]) {
        let half = 0.85;
        self.filled(&[
            [x - half, y - half],
            [x + half, y - half],
            [x + half, y + half],
            [x - half, y + half],
        ]);
    }

    fn stroke(&mut self, points: &[[f32; 2]], width: f32, ink: Ink) {
        let path = self.path(points, false);
        self.stroked(path, width, ink);
    }

    fn closed(&mut self, points: &[[f32; 2]], width: f32) {
        let path = self.path(points, true);
        self.stroked(path, width, self.ink);
    }

    fn circle(&mut self, [x, y]: [f32; 2], radius: f32, width: f32) {
        // How far the handles of a quarter lie out (the usual approximation of a circle by four curves).
        let handle = radius * 0.552_284_8;
        let at = |dx: f32, dy: f32| (self.x + (x + dx) * self.unit, self.y + (y + dy) * self.unit);
        let mut path = PathBuilder::new();
        let (sx, sy) = at(radius, 0.0);
        path.move_to(sx, sy);
        for [a, b, c] in [
            [(radius, handle), (handle, radius), (0.0, radius)],
            [(-handle, radius), (-radius, handle), (-radius, 0.0)],
            [(-radius, -handle), (-handle, -radius), (0.0, -radius)],
            [(handle, -radius), (radius, -handle), (radius, 0.0)],
        ] {
            let ((ax, ay), (bx, by), (cx, cy)) = (at(a.0, a.1), at(b.0, b.1), at(c.0, c.1));
            path.cubic_to(ax, ay, bx, by, cx, cy);
        }
        path.close();
        let path = path.finish();
        self.stroked(path, width, self.ink);
    }

    fn stroked(&mut self, path: Option<Path>, width: f32, ink: Ink) {
        let Some(path) = path else { return };
        self.surface.set_fill(None);
        self.surface.set_stroke(Some(Stroke {
            paint: colour(ink).into(),
            width: width * self.unit,
            line_cap: LineCap::Round,
            line_join: LineJoin::Round,
            ..Stroke::default()
        }));
        self.surface.draw_path(&path);
        self.surface.set_stroke(None);
    }
}
