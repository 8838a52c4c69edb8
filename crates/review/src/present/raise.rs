//! Limits that were met and can be raised for this file, and those that were.

use std::collections::BTreeSet;

use evidence::{Limits, RaisedLimit, ReasonCode, Report};

use crate::view::RaiseView;
use crate::words::{limit, limit_value};

/// The codes of the limits that kept something of the pack out.
pub fn met(report: &Report) -> BTreeSet<ReasonCode> {
    let hits = report.limits.iter().map(|hit| hit.code);
    hits.chain(report.reason_codes.iter().copied()).collect()
}

/// The offer to check again within higher limits, where one was met that goes higher.
pub(super) fn raise(report: &Report) -> Option<RaiseView> {
    let limits = Limits::raised_to(&report.raised);
    let higher: Vec<RaisedLimit> = met(report).into_iter().flat_map(|code| limits.raisable(code)).collect();
    if higher.is_empty() {
        return None;
    }
    Some(RaiseView {
        title: "A limit of this program was met".to_owned(),
        sentence: "The limits keep a file that was made to overload a computer from doing so. If you expected this from the \
                   sender, raise them for this file alone, and check again."
            .to_owned(),
        limits: higher.into_iter().map(up_to).collect(),
        warning: "That can take long and several gigabytes of memory. You can cancel at any time. Reports say what was raised."
            .to_owned(),
        button: "Raise and check again".to_owned(),
    })
}

/// "Unpacked size of one file up to 64 GiB".
fn up_to(raised: RaisedLimit) -> String {
    let words = format!("{} up to {}", limit(raised.name), limit_value(raised));
    crate::words::sentence::first_upper(&words)
}

/// ", limits raised: unpacked size of one file up to 64 GiB", where somebody did.
pub(crate) fn raised(report: &Report) -> String {
    if report.raised.is_empty() {
        return String::new();
    }
    format!(", limits raised: {}", raised_limits(report))
}

/// "unpacked size of one file up to 64 GiB, files in the pack up to 2,000,000"; empty where nobody raised any.
pub(crate) fn raised_limits(report: &Report) -> String {
    let raised = report.raised.iter();
    let words: Vec<String> = raised
        .map(|raised| format!("{} up to {}", limit(raised.name), limit_value(*raised)))
        .collect();
    words.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::present::fixtures;

    #[test]
    fn a_limit_that_goes_higher_is_offered_until_it_is_as_high_as_it_goes() {
        let mut report = fixtures::over_a_limit().report;
        let offer = raise(&report).unwrap();
        assert_eq!(offer.limits, ["Unpacked size of the whole pack up to 1 TiB"]);
        assert_eq!(raised(&report), "");

        let mut limits = Limits::default();
        limits.raise_behind(ReasonCode::LimitTotalSize);
        report.raised = limits.raised();
        assert_eq!(raise(&report), None);
        assert_eq!(
            raised(&report),
            ", limits raised: unpacked size of the whole pack up to 1 TiB"
        );
    }

    #[test]
    fn where_no_limit_was_met_none_is_offered() {
        assert_eq!(raise(&fixtures::empty().report), None);
    }
}
