//! What the numbers of a log say: which are missing, and what cannot be seen.

use evidence::{Outcome, ReasonCode, Report};

use crate::present::population::{Organisation, Range, held, organisations, plain, ranges};
use crate::present::text::label;
use crate::words::reason;
use crate::words::sentence::{count, length};

/// The tile's text, where the pack holds a log.
pub(super) fn told(report: &Report, outcome: Outcome) -> Option<String> {
    let logs = organisations(report);
    if logs.is_empty() {
        return None;
    }
    match outcome {
        Outcome::Pass => Some(passed(&logs)),
        Outcome::Fail(code) => told_of(&logs, code).map(|fact| match reason(code).typical_causes() {
            Some(causes) => format!("{fact} {causes}"),
            None => fact,
        }),
        Outcome::Undetermined(code) => told_of(&logs, code).map(|fact| format!("{fact} {}", reason(code).means)),
        Outcome::Skipped(code) => Some(format!("{} {}", reason(code).plain, first_sentence(code))),
    }
}

/// The first sentence of what a reason means.
fn first_sentence(code: ReasonCode) -> String {
    let means = reason(code).means;
    let first = means.split_inclusive(". ").next().unwrap_or(means);
    first.trim_end().to_owned()
}

/// "Numbers 1 to 25 are all present, once each.", then what cannot be seen.
fn passed(logs: &[Organisation]) -> String {
    let fact = match logs {
        [only] => match (only.first_seq, only.last_seq()) {
            (Some(first), Some(last)) => {
                format!(
                    "Numbers {} to {} are all present, once each.",
                    plain(first),
                    plain(last)
                )
            }
            _ => "All numbers are present, once each.".to_owned(),
        },
        many => format!(
            "The numbers of {} are all present, once each.",
            count(length(many.len()), "organisation", "organisations")
        ),
    };
    match tail_of(logs) {
        Some(tail) => format!("{fact} {tail}"),
        None => fact,
    }
}

/// What must be said wherever the numbers of a log are shown as complete.
fn tail_of(logs: &[Organisation]) -> Option<String> {
    let open: Vec<&Organisation> = logs.iter().filter(|log| log.tail_open()).collect();
    match (open.as_slice(), logs.len()) {
        ([], _) => None,
        ([log], 1) if log.last_seq().is_some() => Some(format!(
            "The end cannot be confirmed: records removed after number {} would leave no gap.",
            log.last_seq().map(plain).unwrap_or_default()
        )),
        _ => Some("The end cannot be confirmed: records removed after the last number would leave no gap.".to_owned()),
    }
}

/// The numbers of the first organisation that came to this, and how many more did.
fn told_of(logs: &[Organisation], code: ReasonCode) -> Option<String> {
    let concerned: Vec<&Organisation> = logs.iter().filter(|log| log.completeness == code.as_str()).collect();
    let (first, others) = concerned.split_first()?;
    let fact = fact(first, code)?;
    let whose = if logs.len() > 1 {
        format!("{}: ", label(&first.org_id))
    } else {
        String::new()
    };
    let more = match length(others.len()) {
        0 => String::new(),
        more => format!(" So do {}.", count(more, "more organisation", "more organisations")),
    };
    Some(format!("{whose}{fact}{more}"))
}

/// What an organisation's numbers show, where a reason is about numbers.
fn fact(log: &Organisation, code: ReasonCode) -> Option<String> {
    let gaps = [
        ReasonCode::Gaps,
        ReasonCode::GapsInTimeRange,
        ReasonCode::GapsUnexplained,
    ];
    if gaps.contains(&code) {
        absent(log)
    } else if code == ReasonCode::UnverifiedInSequence {
        Some(unmatched(&log.unverified_seq))
    } else if code == ReasonCode::ContiguousRange {
        let (first, last) = ends(log)?;
        Some(format!(
            "Numbers {first} to {last} are all present, and 1 is not among them."
        ))
    } else if code == ReasonCode::TailMissing {
        let theirs = log.statement.as_ref()?.integrity.get("last_seq")?.as_i64()?;
        let (_, last) = ends(log)?;
        let theirs = plain(theirs);
        Some(format!(
            "The file ends at number {last}, the service's statement at {theirs}."
        ))
    } else {
        None
    }
}

fn ends(log: &Organisation) -> Option<(String, String)> {
    Some((plain(log.first_seq?), plain(log.last_seq()?)))
}

/// "Numbers 7 and 12 to 14 are absent between 1 and 25 (4 records)."
fn absent(log: &Organisation) -> Option<String> {
    let gaps = &log.integrity.gaps;
    let (first, last) = ends(log)?;
    let (noun, verb) = if held(gaps) == 1 {
        ("Number", "is")
    } else {
        ("Numbers", "are")
    };
    Some(format!(
        "{noun} {} {verb} absent between {first} and {last} ({}).",
        ranges(gaps),
        count(held(gaps), "record", "records")
    ))
}

/// "Number 7 has no row that matches."
fn unmatched(open: &[Range]) -> String {
    let (noun, verb) = if held(open) == 1 {
        ("Number", "has")
    } else {
        ("Numbers", "have")
    };
    format!("{noun} {} {verb} no row that matches.", ranges(open))
}
