//! Lengths of time into which a line is divided, in UTC.

use jiff::civil::Date;
use jiff::{Timestamp, tz::TimeZone};

const MINUTE: i64 = 60_000_000;
const DAY: i64 = 24 * 60 * MINUTE;

/// The length of one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// So many minutes; they divide a day.
    Minutes(i64),
    /// So many days; weeks begin on Monday.
    Days(i64),
    /// So many calendar months; years begin in January.
    Months(i64),
}

/// From the shortest to the longest: the last holds all times that can be written.
const UNITS: [Unit; 14] = [
    Unit::Minutes(1),
    Unit::Minutes(5),
    Unit::Minutes(15),
    Unit::Minutes(60),
    Unit::Minutes(360),
    Unit::Days(1),
    Unit::Days(7),
    Unit::Months(1),
    Unit::Months(3),
    Unit::Months(12),
    Unit::Months(120),
    Unit::Months(600),
    Unit::Months(1200),
    Unit::Months(12_000),
];

impl Unit {
    /// The shortest of which at most `slots` cover a span.
    #[must_use]
    pub fn of((earliest, latest): (i64, i64), slots: i64) -> Unit {
        let fits = |unit: &&Unit| unit.slot(latest) - unit.slot(earliest) < slots;
        UNITS.iter().find(fits).copied().unwrap_or(Unit::Months(12_000))
    }

    /// The place that a time lies in.
    #[must_use]
    pub fn slot(self, micros: i64) -> i64 {
        match self {
            Unit::Minutes(many) => micros.div_euclid(many * MINUTE),
            // 1970 began on a Thursday.
            Unit::Days(7) => (micros.div_euclid(DAY) + 3).div_euclid(7),
            Unit::Days(many) => micros.div_euclid(many * DAY),
            Unit::Months(many) => date(micros).map_or(0, months).div_euclid(many),
        }
    }

    /// When a place begins, as it is written: "2026-01-20 11:00", "2026-01-20", "2026-01".
    #[must_use]
    pub fn label(self, slot: i64) -> String {
        match self {
            Unit::Minutes(many) => written(slot.saturating_mul(many * MINUTE), "%Y-%m-%d %H:%M"),
            Unit::Days(7) => written((slot.saturating_mul(7) - 3).saturating_mul(DAY), "%Y-%m-%d"),
            Unit::Days(many) => written(slot.saturating_mul(many * DAY), "%Y-%m-%d"),
            Unit::Months(many) => {
                let month = slot.saturating_mul(many);
                let year = month.div_euclid(12);
                match many {
                    1 | 3 => format!("{year:04}-{:02}", month.rem_euclid(12) + 1),
                    _ => format!("{year:04}"),
                }
            }
        }
    }

    /// What one place is called: "hour", "6 hours", "day", "week".
    #[must_use]
    pub fn word(self) -> String {
        match self {
            Unit::Minutes(1) => "minute".to_owned(),
            Unit::Minutes(60) => "hour".to_owned(),
            Unit::Minutes(many) if many % 60 == 0 => format!("{} hours", many / 60),
            Unit::Minutes(many) => format!("{many} minutes"),
            Unit::Days(1) => "day".to_owned(),
            Unit::Days(7) => "week".to_owned(),
            Unit::Days(many) => format!("{many} days"),
            Unit::Months(1) => "month".to_owned(),
            Unit::Months(12) => "year".to_owned(),
            Unit::Months(many) if many % 12 == 0 => format!("{} years", many / 12),
            Unit::Months(many) => format!("{many} months"),
        }
    }
}

fn date(micros: i64) -> Option<Date> {
    let instant = Timestamp::from_microsecond(micros).ok()?;
    Some(instant.to_zoned(TimeZone::UTC).date())
}

fn months(date: Date) -> i64 {
    i64::from(date.year()) * 12 + i64::from(date.month()) - 1
}

fn written(micros: i64, form: &str) -> String {
    Timestamp::from_microsecond(micros)
        .map(|instant| instant.to_zoned(TimeZone::UTC).strftime(form).to_string())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn micros(text: &str) -> i64 {
        text.parse::<Timestamp>().unwrap().as_microsecond()
    }

    #[track_caller]
    fn check(from: &str, to: &str, word: &str, label: &str) {
        let span = (micros(from), micros(to));
        let unit = Unit::of(span, 60);
        assert_eq!(
            (unit.word().as_str(), unit.label(unit.slot(span.1)).as_str()),
            (word, label)
        );
    }

    #[test]
    fn the_length_follows_from_the_span() {
        check(
            "2026-01-01T00:00:10Z",
            "2026-01-01T00:40:00Z",
            "minute",
            "2026-01-01 00:40",
        );
        check(
            "2026-01-01T00:00:00Z",
            "2026-01-02T05:59:00Z",
            "hour",
            "2026-01-02 05:00",
        );
        check("2026-01-01T00:00:00Z", "2026-01-31T12:00:00Z", "day", "2026-01-31");
        check("2026-01-01T00:00:00Z", "2026-12-31T12:00:00Z", "week", "2026-12-28");
        check("2020-01-01T00:00:00Z", "2024-05-31T12:00:00Z", "month", "2024-05");
        check("1971-01-01T00:00:00Z", "2026-05-31T12:00:00Z", "year", "2026");
        check("-009999-01-03T00:00:00Z", "9999-05-31T12:00:00Z", "1000 years", "9000");
    }

    #[test]
    fn times_before_1970_have_their_own_days() {
        let day = Unit::Days(1);
        assert_eq!(day.label(day.slot(micros("1969-12-31T23:59:59Z"))), "1969-12-31");
        let week = Unit::Days(7);
        assert_eq!(week.label(week.slot(micros("1970-01-01T00:00:00Z"))), "1969-12-29");
    }
}
