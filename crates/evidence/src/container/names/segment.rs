//! The rules for one segment of a path.

use crate::container::limits::Limits;
use crate::reason::ReasonCode;

/// Applies the rules to what stands between two separators; gives a remark where it is only unusual.
pub(super) fn check(segment: &str, limits: &Limits) -> Result<Option<ReasonCode>, ReasonCode> {
    if segment.is_empty() {
        return Err(ReasonCode::PathEmpty);
    }
    if segment == "." {
        return Err(ReasonCode::PathDotSegment);
    }
    if segment.len() > limits.segment_length {
        return Err(ReasonCode::PathTooLong);
    }
    if segment.contains(['<', '>', ':', '"', '|', '?', '*']) {
        return Err(ReasonCode::PathForbiddenChar);
    }
    if segment.ends_with(['.', ' ']) {
        return Err(ReasonCode::PathTrailingDotSpace);
    }
    match reserved(segment) {
        Reserved::Yes => Err(ReasonCode::PathWindowsReserved),
        Reserved::Unusual => Ok(Some(ReasonCode::PathWindowsReserved)),
        Reserved::No => Ok(None),
    }
}

enum Reserved {
    Yes,
    /// `COM0` and `LPT0`: not reserved by the manual, though some systems treat them so.
    Unusual,
    No,
}

/// Whether Windows takes the name for a device, whatever extension follows.
fn reserved(segment: &str) -> Reserved {
    let stem = segment.split('.').next().unwrap_or_default().trim_end_matches(' ');
    if stem.len() > "CONOUT$".len() {
        return Reserved::No;
    }
    let stem = stem.to_ascii_uppercase();
    if matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$") {
        return Reserved::Yes;
    }
    let port = stem.strip_prefix("COM").or_else(|| stem.strip_prefix("LPT"));
    match port {
        Some("1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³") => Reserved::Yes,
        Some("0") => Reserved::Unusual,
        Some(_) | None => Reserved::No,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(segment: &str) -> Result<Option<ReasonCode>, ReasonCode> {
        check(segment, &Limits::default())
    }

    #[test]
    fn devices_are_refused_with_any_extension() {
        for segment in [
            "CON",
            "nul.json",
            "NUL .json",
            "com¹.json",
            "LPT9",
            "CONIN$",
            "aux.tar.gz",
        ] {
            assert_eq!(outcome(segment), Err(ReasonCode::PathWindowsReserved), "{segment}");
        }
    }

    #[test]
    fn near_devices_pass_or_are_remarked() {
        assert_eq!(outcome("COM0"), Ok(Some(ReasonCode::PathWindowsReserved)));
        assert_eq!(outcome("console.json"), Ok(None));
        assert_eq!(outcome("COM10"), Ok(None));
    }

    #[test]
    fn a_dot_or_blank_at_the_end_is_refused() {
        assert_eq!(outcome("..."), Err(ReasonCode::PathTrailingDotSpace));
        assert_eq!(outcome("a "), Err(ReasonCode::PathTrailingDotSpace));
        assert_eq!(outcome("."), Err(ReasonCode::PathDotSegment));
    }
}
