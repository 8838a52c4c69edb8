//! Times as Keel's files state them: ISO 8601, UTC where no offset is named (`specs/keel.md` 3.3).

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// Reads a time; none when it cannot be read.
pub(super) fn moment(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if let Ok(timestamp) = text.parse::<Timestamp>() {
        return Some(timestamp);
    }
    let local: DateTime = text.parse().ok()?;
    Some(local.to_zoned(TimeZone::UTC).ok()?.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_without_an_offset_is_utc() {
        assert_eq!(moment("2026-05-07T12:00:00"), moment("2026-05-07T14:00:00+02:00"));
        assert!(moment("2026-05-07 12:00:00.5+00:00").is_some());
        assert_eq!(moment("yesterday"), None);
    }
}
