//! The clock, which only the faces have.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan, Unit};

/// Now, or what `SOURCE_DATE_EPOCH` says for reproducible output.
pub(crate) fn now() -> Timestamp {
    std::env::var("SOURCE_DATE_EPOCH")
        .ok()
        .and_then(|seconds| seconds.parse().ok())
        .and_then(|seconds| Timestamp::from_second(seconds).ok())
        .unwrap_or_else(Timestamp::now)
}

/// RFC 3339, UTC, whole seconds: what a session and a key book hold.
pub(crate) fn text(time: Timestamp) -> String {
    time.round(Unit::Second).unwrap_or(time).to_string()
}

/// UTC with milliseconds: what the seeds' exports hold.
pub(crate) fn milliseconds(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()
}

/// A time, or the first moment of a day (UTC).
pub(crate) fn first_moment(text: &str) -> Result<Timestamp, String> {
    moment(text, |day| day)
}

/// A time, or the last moment of a day (UTC).
pub(crate) fn last_moment(text: &str) -> Result<Timestamp, String> {
    moment(text, |day| {
        day.checked_add(24.hours())
            .and_then(|next| next.checked_sub(1.nanosecond()))
            .unwrap_or(day)
    })
}

fn moment(text: &str, of_day: impl Fn(Timestamp) -> Timestamp) -> Result<Timestamp, String> {
    if let Ok(time) = text.parse() {
        return Ok(time);
    }
    let expected = |_| "expected a time like 2026-11-25T09:00:00Z or a day like 2026-11-25".to_owned();
    let day: Date = text.parse().map_err(expected)?;
    let start = day.to_zoned(TimeZone::UTC).map_err(expected)?;
    Ok(of_day(start.timestamp()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_stands_for_its_first_or_last_moment() {
        assert_eq!(first_moment("2026-11-25").unwrap().to_string(), "2026-11-25T00:00:00Z");
        assert_eq!(
            last_moment("2026-11-25").unwrap().to_string(),
            "2026-11-25T23:59:59.999999999Z"
        );
        assert_eq!(
            last_moment("2026-11-25T01:00:00Z").unwrap().to_string(),
            "2026-11-25T01:00:00Z"
        );
        assert!(first_moment("November").is_err());
    }

    #[test]
    fn milliseconds_are_always_three() {
        let time: Timestamp = "2026-11-25T09:00:00Z".parse().unwrap();
        assert_eq!(milliseconds(time), "2026-11-25T09:00:00.000Z");
    }
}
