//! A key's period against the signed time (`specs/nexart.md` 5.4).

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

/// Where a signed time lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Placed {
    /// In the period, or nothing says otherwise: limits and times that cannot be read are no limits.
    Inside,
    /// Before its start.
    Before,
    /// After its end.
    After,
}

/// Places a signed time in a period.
pub(super) fn place(signed: Option<&str>, from: Option<&str>, to: Option<&str>) -> Placed {
    let Some(signed) = signed.and_then(|text| moment(text, Edge::First)) else {
        return Placed::Inside;
    };
    let end = to.and_then(|text| moment(text, Edge::Last));
    let start = from.and_then(|text| moment(text, Edge::First));
    if end.is_some_and(|end| signed > end) {
        Placed::After
    } else if start.is_some_and(|start| signed < start) {
        Placed::Before
    } else {
        Placed::Inside
    }
}

/// Which moment of a day a date without a time stands for.
#[derive(Clone, Copy)]
enum Edge {
    First,
    Last,
}

/// An ISO 8601 time; UTC where it names no offset.
fn moment(text: &str, edge: Edge) -> Option<Timestamp> {
    let text = text.trim();
    if let Ok(timestamp) = text.parse::<Timestamp>() {
        return Some(timestamp);
    }
    let date_alone = !text.contains(['T', 't', ' ']);
    let local = match (date_alone, edge) {
        (true, Edge::Last) => text.parse::<Date>().ok()?.at(23, 59, 59, 999_999_999),
        (true, Edge::First) | (false, _) => text.parse::<DateTime>().ok()?,
    };
    Some(local.to_zoned(TimeZone::UTC).ok()?.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_alone_is_a_limit_and_its_whole_day_counts() {
        let placed = |signed| place(Some(signed), Some("2026-01-01"), Some("2026-06-30"));
        assert_eq!(placed("2025-12-31T23:59:59.999Z"), Placed::Before);
        assert_eq!(placed("2026-06-30T23:00:00Z"), Placed::Inside);
        assert_eq!(placed("2026-07-01T00:00:00Z"), Placed::After);
    }

    #[test]
    fn a_time_without_offset_is_utc() {
        let placed = place(Some("2026-06-30T12:00:01"), None, Some("2026-06-30T12:00:00Z"));
        assert_eq!(placed, Placed::After);
    }

    #[test]
    fn what_cannot_be_read_limits_nothing() {
        assert_eq!(
            place(Some("2026-06-30T12:00:00Z"), Some("soon"), Some("")),
            Placed::Inside
        );
        assert_eq!(place(Some("yesterday"), None, Some("2020-01-01")), Placed::Inside);
    }
}
