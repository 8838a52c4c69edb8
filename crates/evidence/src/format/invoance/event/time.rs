//! The two signed times of a row in the one form that is signed (`specs/invoance.md` 3.2).

use jiff::SignedDuration;
use jiff::civil::{DateTime, date};

/// A time as it is signed: in UTC, with exactly three digits below the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) struct Moment(DateTime);

const EPOCH: DateTime = date(1970, 1, 1).at(0, 0, 0, 0);

impl Moment {
    /// Reads `YYYY-MM-DDThh:mm:ss[.fraction](Z|±hh:mm)`; none for anything else, and for what no calendar has.
    ///
    /// Digits below the millisecond are cut off, never rounded. Years run from 1 to 9999, here and after conversion.
    pub(in super::super) fn read(text: &str) -> Option<Moment> {
        let mut reader = Reader(text.trim_ascii().as_bytes());
        let year = reader.number(4)?;
        reader.expect(b"-")?;
        let month = reader.number(2)?;
        reader.expect(b"-")?;
        let day = reader.number(2)?;
        reader.expect(b"Tt")?;
        let hour = reader.number(2)?;
        reader.expect(b":")?;
        let minute = reader.number(2)?;
        reader.expect(b":")?;
        let second = reader.number(2)?;
        let millisecond = reader.fraction()?;
        let offset = reader.offset()?;
        let small = |value: u16| i8::try_from(value).ok();
        let local = DateTime::new(
            i16::try_from(year).ok()?,
            small(month)?,
            small(day)?,
            small(hour)?,
            small(minute)?,
            small(second)?,
            i32::from(millisecond).checked_mul(1_000_000)?,
        );
        let utc = local.ok()?.checked_sub(offset).ok()?;
        (reader.0.is_empty() && year > 0 && utc.year() > 0).then_some(Moment(utc))
    }

    /// Milliseconds since 1970 in UTC.
    pub(in super::super) fn milliseconds(self) -> i64 {
        // Years 1 to 9999 are some 10^14 milliseconds.
        i64::try_from(self.0.duration_since(EPOCH).as_millis()).unwrap_or(i64::MAX)
    }

    /// `YYYY-MM-DDThh:mm:ss.mmmZ`.
    pub(in super::super) fn text(self) -> String {
        String::from_utf8_lossy(&self.ascii()).into_owned()
    }

    /// The same as bytes.
    pub(super) fn ascii(self) -> [u8; 24] {
        let time = self.0;
        let mut text = *b"0000-00-00T00:00:00.000Z";
        let parts = [
            (0, 4, i32::from(time.year())),
            (5, 2, i32::from(time.month())),
            (8, 2, i32::from(time.day())),
            (11, 2, i32::from(time.hour())),
            (14, 2, i32::from(time.minute())),
            (17, 2, i32::from(time.second())),
            (20, 3, time.subsec_nanosecond() / 1_000_000),
        ];
        for (start, length, value) in parts {
            write_digits(text.get_mut(start..start + length).unwrap_or_default(), value);
        }
        text
    }
}

/// Writes a number with leading zeros.
fn write_digits(place: &mut [u8], mut value: i32) {
    for digit in place.iter_mut().rev() {
        *digit = b'0' + u8::try_from(value % 10).unwrap_or(0);
        value /= 10;
    }
}

/// What of a time text is still to be read.
struct Reader<'t>(&'t [u8]);

impl Reader<'_> {
    /// Exactly so many ASCII digits.
    fn number(&mut self, digits: usize) -> Option<u16> {
        let (number, rest) = self.0.split_at_checked(digits)?;
        let value = number.iter().try_fold(0_u16, |value, digit| {
            let digit = digit.is_ascii_digit().then(|| u16::from(digit - b'0'))?;
            Some(value * 10 + digit)
        })?;
        self.0 = rest;
        Some(value)
    }

    fn expect(&mut self, one_of: &[u8]) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        one_of.contains(first).then(|| {
            self.0 = rest;
            *first
        })
    }

    /// The first three digits behind a point, as milliseconds; 0 where there is no point.
    fn fraction(&mut self) -> Option<u16> {
        if self.expect(b".").is_none() {
            return Some(0);
        }
        let count = self.0.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (digits, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        let kept = digits.iter().copied().chain(std::iter::repeat(b'0')).take(3);
        (count > 0).then(|| kept.fold(0, |value, digit| value * 10 + u16::from(digit - b'0')))
    }

    fn offset(&mut self) -> Option<SignedDuration> {
        let sign = self.expect(b"Zz+-")?;
        if matches!(sign, b'Z' | b'z') {
            return Some(SignedDuration::ZERO);
        }
        let hours = self.number(2).filter(|hours| *hours < 24)?;
        self.expect(b":")?;
        let minutes = self.number(2).filter(|minutes| *minutes < 60)?;
        let offset = SignedDuration::from_mins(i64::from(hours) * 60 + i64::from(minutes));
        Some(if sign == b'-' { -offset } else { offset })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(Moment::read(text).map(Moment::text).as_deref(), expected, "{text:?}");
    }

    #[test]
    fn the_form_and_the_zone_do_not_matter_and_milliseconds_are_cut_off() {
        check("2026-01-02T03:04:05Z", Some("2026-01-02T03:04:05.000Z"));
        check("2026-01-02t03:04:05.1z", Some("2026-01-02T03:04:05.100Z"));
        check(
            "2026-01-02T03:04:05.9999999999999999Z",
            Some("2026-01-02T03:04:05.999Z"),
        );
        check("2026-01-02T00:30:00-05:30", Some("2026-01-02T06:00:00.000Z"));
        check(" \t2026-01-01T00:30:00+01:00\r\n", Some("2025-12-31T23:30:00.000Z"));
        check("2024-02-29T00:00:00-00:00", Some("2024-02-29T00:00:00.000Z"));
    }

    #[test]
    fn the_first_and_the_last_year_are_whole() {
        check("0001-01-01T00:00:00Z", Some("0001-01-01T00:00:00.000Z"));
        check("9999-12-31T23:59:59.9999Z", Some("9999-12-31T23:59:59.999Z"));
        check("9999-12-31T23:59:59-00:01", None);
        check("0001-01-01T00:00:00+00:01", None);
        check("0000-06-01T00:00:00Z", None);
    }

    #[test]
    fn what_no_calendar_and_no_clock_has_is_refused() {
        for text in [
            "2026-02-29T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-00-01T00:00:00Z",
            "2026-01-00T00:00:00Z",
            "2026-01-01T24:00:00Z",
            "2026-01-01T00:60:00Z",
            "2026-01-01T23:59:60Z",
            "2026-01-01T00:00:00+24:00",
            "2026-01-01T00:00:00+00:60",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn another_form_is_refused() {
        for text in [
            "",
            "2026-01-01",
            "2026-01-01 00:00:00Z",
            "2026-01-01T00:00:00",
            "2026-01-01T00:00:00.Z",
            "2026-01-01T00:00:00,5Z",
            "2026-01-01T00:00Z",
            "2026-01-01T00:00:00+0100",
            "2026-01-01T00:00:00+01:0",
            "2026-01-01T00:00:00ZZ",
            "2026-01-01T00:00:00Z x",
            "+2026-01-01T00:00:00Z",
            "26-01-01T00:00:00Z",
            "２026-01-01T00:00:00Z",
            "2026-01-01T00:00:00\u{2212}01:00",
            "\u{a0}2026-01-01T00:00:00Z",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn milliseconds_count_from_1970() {
        let milliseconds = |text| Moment::read(text).map(Moment::milliseconds);
        assert_eq!(milliseconds("1970-01-01T00:00:00.001Z"), Some(1));
        assert_eq!(milliseconds("1969-12-31T23:59:59.999Z"), Some(-1));
        assert_eq!(milliseconds("2026-01-01T00:00:00Z"), Some(1_767_225_600_000));
    }
}
