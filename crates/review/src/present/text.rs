//! Text from the evidence, made harmless for display: hidden characters visible, long text cut, times in one form.

use std::borrow::Cow;
use std::sync::OnceLock;

use jiff::{Timestamp, tz::TimeZone};

use crate::view::{Segment, SegmentKind};

/// Whether a character would be invisible or change the direction of its neighbours.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{00AD}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{180E}' | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}'
            | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

/// Where text stands: a value on a line of its own, a source whose lines and tabs are kept, or a quoted cell of a table,
/// whose line ends are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    Value,
    Source,
    Cell,
}

impl Layout {
    fn keeps(self, c: char) -> bool {
        match self {
            Layout::Value => false,
            Layout::Source => matches!(c, '\n' | '\t'),
            Layout::Cell => matches!(c, '\n' | '\r' | '\t'),
        }
    }
}

/// Appends text to segments in the given role; hidden characters become [`SegmentKind::Control`] segments.
pub(super) fn push(segments: &mut Vec<Segment>, text: &str, kind: SegmentKind, layout: Layout) {
    for c in text.chars() {
        if is_hidden(c) && !layout.keeps(c) {
            append(segments, &mark(c), SegmentKind::Control);
        } else {
            append(segments, c.encode_utf8(&mut [0; 4]), kind);
        }
    }
}

/// Appends text, joining it with the segment before it when both have the same role.
pub(super) fn append(segments: &mut Vec<Segment>, text: &str, kind: SegmentKind) {
    match segments.last_mut() {
        Some(last) if last.kind == kind => last.text.push_str(text),
        _ => segments.push(Segment {
            text: text.to_owned(),
            kind,
        }),
    }
}

/// `[U+202E]`
fn mark(c: char) -> String {
    format!("[U+{:04X}]", u32::from(c))
}

/// A value from the evidence in segments.
#[must_use]
pub fn visible_segments(text: &str) -> Vec<Segment> {
    let mut segments = Vec::new();
    push(&mut segments, text, SegmentKind::Plain, Layout::Value);
    segments
}

/// A value from the evidence as one text, hidden characters made visible.
#[must_use]
pub fn visible(text: &str) -> String {
    visible_segments(text).into_iter().map(|segment| segment.text).collect()
}

/// A source from the evidence as one text: lines and tabs stay, other hidden characters are made visible.
#[must_use]
pub fn visible_source(text: &str) -> String {
    let mut segments = Vec::new();
    push(&mut segments, text, SegmentKind::Plain, Layout::Source);
    segments.into_iter().map(|segment| segment.text).collect()
}

/// A value as a cell of a table that a program reads: what is hidden is made visible, line ends and tabs stay.
pub(crate) fn visible_cell(text: &str) -> Cow<'_, str> {
    if !text.contains(|c| is_hidden(c) && !Layout::Cell.keeps(c)) {
        return Cow::Borrowed(text);
    }
    let mut segments = Vec::new();
    push(&mut segments, text, SegmentKind::Plain, Layout::Cell);
    segments.into_iter().map(|segment| segment.text).collect()
}

/// The beginning of a text, at most `limit` bytes, and whether something was cut.
pub(super) fn cut(text: &str, limit: usize) -> (&str, bool) {
    let end = text.floor_char_boundary(limit);
    (text.get(..end).unwrap_or(text), end < text.len())
}

/// A short label from the evidence: visible and at most 60 characters.
pub(crate) fn label(text: &str) -> String {
    const LONGEST: usize = 60;
    let shown: String = text.chars().take(LONGEST).collect();
    let ellipsis = if shown.len() < text.len() { "…" } else { "" };
    visible(&shown) + ellipsis
}

/// An RFC 3339 time as `2026-08-03 09:15:02 UTC`; anything else as it is, made visible.
///
/// A fraction of a second stays when there is one.
#[must_use]
pub fn time(text: &str) -> String {
    text.parse::<Timestamp>().map_or_else(
        |_| visible(text),
        |instant| {
            instant
                .to_zoned(TimeZone::UTC)
                .strftime("%Y-%m-%d %H:%M:%S%.f UTC")
                .to_string()
        },
    )
}

/// The same without a fraction of a second: for times of this program's own, which nobody compares.
#[must_use]
pub fn time_to_the_second(text: &str) -> String {
    let shown = time(text);
    match shown.rsplit_once('.') {
        Some((second, fraction)) if fraction.ends_with(" UTC") => format!("{second} UTC"),
        _ => shown,
    }
}

/// A time that somebody states, with the word that says so.
#[must_use]
pub fn claimed_time(text: &str) -> String {
    format!("{}, claimed", time(text))
}

/// The zone of this computer, once the window has said which.
static ZONE: OnceLock<TimeZone> = OnceLock::new();

/// States the zone in which times are repeated for the reader; without it they are shown in UTC only.
pub fn local_zone(zone: TimeZone) {
    // The first statement holds: a zone that changed while times were shown would make two of one.
    let _ = ZONE.set(zone);
}

/// An RFC 3339 time in the time of this computer, with its offset; empty when either is not known.
#[must_use]
pub fn local_time(text: &str) -> String {
    match (ZONE.get(), text.parse::<Timestamp>()) {
        (Some(zone), Ok(instant)) => in_zone(instant, zone),
        (None, _) | (_, Err(_)) => String::new(),
    }
}

fn in_zone(instant: Timestamp, zone: &TimeZone) -> String {
    let there = instant.to_zoned(zone.clone());
    format!("{} on this computer", there.strftime("%Y-%m-%d %H:%M:%S%.f %:z"))
}

/// Whether a value is an RFC 3339 time.
pub(super) fn is_time(text: &str) -> bool {
    text.parse::<Timestamp>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_direction_character_is_made_visible() {
        assert_eq!(visible("invoice\u{202E}fdp.exe"), "invoice[U+202E]fdp.exe");
    }

    #[test]
    fn hidden_characters_stand_in_segments_of_their_own() {
        let kinds: Vec<SegmentKind> = visible_segments("a\u{200B}b").iter().map(|s| s.kind).collect();
        assert_eq!(kinds, [SegmentKind::Plain, SegmentKind::Control, SegmentKind::Plain]);
    }

    #[test]
    fn a_source_keeps_its_lines_and_shows_its_carriage_returns() {
        let mut segments = Vec::new();
        push(&mut segments, "a\r\nb", SegmentKind::Plain, Layout::Source);
        let text: String = segments.into_iter().map(|segment| segment.text).collect();
        assert_eq!(text, "a[U+000D]\nb");
    }

    #[test]
    fn times_are_shown_in_utc() {
        assert_eq!(time("2026-08-03T11:15:02+02:00"), "2026-08-03 09:15:02 UTC");
        assert_eq!(time("2026-08-03T09:15:02.250Z"), "2026-08-03 09:15:02.25 UTC");
        assert_eq!(time("last Tuesday"), "last Tuesday");
        assert_eq!(
            time_to_the_second("2026-08-03T09:15:02.250Z"),
            "2026-08-03 09:15:02 UTC"
        );
        assert_eq!(time_to_the_second("2026-08-03T09:15:02Z"), "2026-08-03 09:15:02 UTC");
        assert_eq!(time_to_the_second("v1.2"), "v1.2");
    }

    #[test]
    fn the_time_of_this_computer_says_its_offset() {
        let instant: Timestamp = "2026-08-03T09:15:02Z".parse().unwrap();
        let zone = TimeZone::fixed(jiff::tz::offset(2));
        assert_eq!(in_zone(instant, &zone), "2026-08-03 11:15:02 +02:00 on this computer");
    }

    #[test]
    fn text_is_cut_between_characters() {
        assert_eq!(cut("aé", 2), ("a", true));
        assert_eq!(cut("aé", 3), ("aé", false));
    }
}
