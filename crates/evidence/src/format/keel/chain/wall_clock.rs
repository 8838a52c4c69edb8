//! The time of an entry as it is hashed: its wall clock, the zone dropped without conversion (`specs/keel.md` 5.2).

use jiff::civil::Date;

/// A time in the one form that is hashed, `YYYY-MM-DDTHH:MM:SS.ffffff`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct WallClock {
    /// The form.
    pub(super) text: [u8; 26],
    /// Whether it names an offset other than UTC's, which the hash does not see.
    pub(super) elsewhere: bool,
}

impl WallClock {
    /// Reads `YYYY-MM-DD`, `T` or a blank, `HH:MM:SS`, perhaps decimals, and `Z`, an offset `±HH:MM` or nothing. Digits
    /// after the sixth decimal are cut.
    pub(super) fn read(text: &str) -> Option<WallClock> {
        let (clock, rest) = text.trim().as_bytes().split_first_chunk::<19>()?;
        if !is_clock(clock) {
            return None;
        }
        let mut out = *b"0000-00-00T00:00:00.000000";
        let (head, tail) = out.split_at_mut(clock.len());
        head.copy_from_slice(clock);
        if let Some(separator) = head.get_mut(10) {
            *separator = b'T';
        }
        let mut zone = rest;
        if let Some(fraction) = rest.strip_prefix(b".") {
            let count = fraction.iter().take_while(|byte| byte.is_ascii_digit()).count();
            let (digits, after) = fraction
                .split_at_checked(count)
                .filter(|(digits, _)| !digits.is_empty())?;
            for (place, digit) in tail.iter_mut().skip(1).zip(digits) {
                *place = *digit;
            }
            zone = after;
        }
        let elsewhere = is_elsewhere(zone)?;
        Some(WallClock { text: out, elsewhere })
    }
}

/// Whether this is a date and a time of day that exist.
fn is_clock(clock: &[u8; 19]) -> bool {
    let shape = b"dddd-dd-ddTdd:dd:dd";
    let fits = clock.iter().zip(shape).all(|(byte, kind)| match kind {
        b'd' => byte.is_ascii_digit(),
        b'T' => matches!(byte, b'T' | b' '),
        _ => byte == kind,
    });
    fits && exists(clock).unwrap_or(false)
}

fn exists(clock: &[u8; 19]) -> Option<bool> {
    let text = std::str::from_utf8(clock).ok()?;
    let part = |from: usize, to: usize| text.get(from..to)?.parse::<i8>().ok();
    let year: i16 = text.get(..4)?.parse().ok()?;
    let date = Date::new(year, part(5, 7)?, part(8, 10)?).is_ok();
    Some(date && year > 0 && part(11, 13)? < 24 && part(14, 16)? < 60 && part(17, 19)? < 60)
}

/// Whether a zone differs from UTC; none when it is no zone.
fn is_elsewhere(zone: &[u8]) -> Option<bool> {
    match zone {
        [] | b"Z" => Some(false),
        [b'+' | b'-', h1, h2, b':', m1, m2] => {
            let digits = [h1, h2, m1, m2].map(|digit| digit.is_ascii_digit().then_some(digit - b'0'));
            let [Some(h1), Some(h2), Some(m1), Some(m2)] = digits else {
                return None;
            };
            let (hours, minutes) = (10 * h1 + h2, 10 * m1 + m2);
            (hours < 24 && minutes < 60).then_some(hours != 0 || minutes != 0)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(&str, bool)>) {
        let read = WallClock::read(text);
        let found = read
            .as_ref()
            .map(|clock| (std::str::from_utf8(&clock.text).expect("ASCII"), clock.elsewhere));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn every_spelling_of_a_wall_clock_becomes_one_form() {
        let form = Some(("2026-05-07T12:00:00.250000", false));
        check("2026-05-07T12:00:00.25Z", form);
        check("2026-05-07 12:00:00.250000+00:00", form);
        check("2026-05-07T12:00:00.250", form);
        check("2026-05-07T12:00:00Z", Some(("2026-05-07T12:00:00.000000", false)));
    }

    #[test]
    fn an_offset_is_dropped_and_told() {
        check("2026-05-07T12:00:00+05:00", Some(("2026-05-07T12:00:00.000000", true)));
    }

    #[test]
    fn what_follows_the_sixth_decimal_is_cut_not_rounded() {
        check(
            "2026-05-07T12:00:00.1234569Z",
            Some(("2026-05-07T12:00:00.123456", false)),
        );
    }

    #[test]
    fn other_spellings_are_unreadable() {
        for text in [
            "",
            "20260507T120000Z",
            "2026-W19-4T12:00:00",
            "2026-05-07",
            "2026-05-07T12:00Z",
            "2026-05-07T12:00:00.Z",
            "2026-05-07T12:00:00z",
            "2026-05-07T12:00:00+0500",
            "2026-05-07T12:00:00+24:00",
            "2026-02-30T12:00:00Z",
            "2026-05-07T24:00:00Z",
            "2026-05-07T12:00:60Z",
            "0000-05-07T12:00:00Z",
            "2026-05-07T12:00:00Ä",
        ] {
            check(text, None);
        }
    }
}
