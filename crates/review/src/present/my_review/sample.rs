//! The sample of *My review*.

use evidence::{Record, Report};
use strum::IntoEnumIterator;

use crate::note::Review;
use crate::note::sample::{Method, Sample};
use crate::present::{record_label, verdict_view};
use crate::view::{DrawnSample, MethodChoice, SampleRow, SampleSection, Target, ViewName};
use crate::words;
use crate::words::sentence::{count, number};

/// The sample, and how one is drawn.
pub(super) fn section(review: &Review, report: &Report) -> SampleSection {
    let counts = &report.counts;
    SampleSection {
        population: match counts.records {
            0 => "There is no record to draw from.".to_owned(),
            records => format!(
                "Drawn from {} in the order of the report; {} failed.",
                count(records, "record", "records"),
                number(counts.failed)
            ),
        },
        records: counts.records,
        failed: counts.failed,
        methods: Method::iter().map(choice).collect(),
        drawn: review.sample.as_ref().map(drawn),
    }
}

fn choice(method: Method) -> MethodChoice {
    let (label, about) = words::method(method);
    MethodChoice {
        id: method,
        label: label.to_owned(),
        about: about.to_owned(),
    }
}

/// How far it is, for the outline.
pub(super) fn state(review: &Review) -> String {
    review
        .sample
        .as_ref()
        .map_or_else(String::new, |sample| count(sample.size, "record", "records"))
}

fn drawn(sample: &Sample) -> DrawnSample {
    let how = match sample.method {
        Method::Random => "drawn at random".to_owned(),
        Method::Interval => "drawn at an interval".to_owned(),
        Method::AllFailures => {
            let failed = sample.failed.count();
            format!(
                "{} that failed and {} of the others at random",
                number(failed),
                number(sample.size.saturating_sub(failed))
            )
        }
    };
    DrawnSample {
        sentence: format!(
            "{} of {}: {how}.",
            number(sample.size),
            count(sample.population_count, "record", "records")
        ),
        method: sample.method,
        seed: sample.seed.clone(),
        asked: sample.asked,
        population_sha256: sample.population_sha256.to_hex(),
        size: sample.size,
        numbers: sample.selected.to_string(),
        repeat: "The same seed, method and number draw the same records on any computer.".to_owned(),
    }
}

/// A record of the sample, with what was decided about it.
#[must_use]
pub fn sample_row(review: &Review, number: u64, record: &Record) -> SampleRow {
    let decision = review.decision_on(number);
    SampleRow {
        number,
        label: record_label(number, record),
        verdict: verdict_view(record.verdict),
        word: words::record_verdict(record.verdict).to_owned(),
        decision: decision.map_or_else(String::new, |decision| {
            words::note::decision(decision.value).word.to_owned()
        }),
        target: Target {
            view: ViewName::Records,
            check: None,
            record: Some(number),
            key: None,
        },
    }
}
