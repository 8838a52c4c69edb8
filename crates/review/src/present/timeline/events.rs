//! When the events happened, by action.

use jiff::{Timestamp, tz::TimeZone};

use crate::events::{Events, Histogram, Series, Unit};
use crate::view::{ActionView, EventsView, SlotView};
use crate::words::sentence::{count, length, number};

use super::super::text::label;

/// The most places on the line of time.
const SLOTS: i64 = 62;

/// The actions that stand by themselves.
const ACTIONS: usize = 6;

/// The times under the line, about so many.
const TICKS: usize = 6;

/// What is said of the times in any case.
const CLAIMED: &str =
    "These times are claimed: the sender's system states them, and nothing here proves them independently.";

/// The events of one sequence.
#[must_use]
pub fn events(events: &Events) -> EventsView {
    match events.histogram(SLOTS, ACTIONS) {
        Some(histogram) => shown(events, &histogram),
        None => EventsView {
            sentence: match events.count() {
                0 => "No events.".to_owned(),
                some => format!("{} without a time that can be read.", count(some, "event", "events")),
            },
            claimed: String::new(),
            unit: String::new(),
            highest: 0,
            scale: String::new(),
            slots: Vec::new(),
            actions: Vec::new(),
        },
    }
}

fn shown(events: &Events, histogram: &Histogram) -> EventsView {
    let counts = histogram.series.iter().flat_map(|series| &series.counts);
    let highest = counts.max().copied().unwrap_or_default();
    let unit = histogram.unit.word();
    EventsView {
        sentence: sentence(events, histogram),
        claimed: CLAIMED.to_owned(),
        scale: format!(
            "The highest bar is {} in one {unit}.",
            count(highest, "event", "events")
        ),
        highest,
        slots: slots(histogram),
        actions: histogram
            .series
            .iter()
            .map(|series| action(series, histogram.others))
            .collect(),
        unit,
    }
}

/// "48,213 events from 2026-01-01 00:00 to 2026-01-31 23:12 UTC, by day."
fn sentence(events: &Events, histogram: &Histogram) -> String {
    let (from, to) = (minute(histogram.span.0), minute(histogram.span.1));
    let span = if from == to {
        format!("at {from} UTC")
    } else {
        format!("from {from} to {to} UTC")
    };
    let timeless = match histogram.timeless {
        0 => String::new(),
        some => format!(
            " {} without a time that can be read.",
            count(some, "event is", "events are")
        ),
    };
    let all = count(events.count(), "event", "events");
    format!("{all} {span}, by {}.{timeless}", histogram.unit.word())
}

fn minute(micros: i64) -> String {
    Timestamp::from_microsecond(micros)
        .map(|instant| instant.to_zoned(TimeZone::UTC).strftime("%Y-%m-%d %H:%M").to_string())
        .unwrap_or_default()
}

fn slots(histogram: &Histogram) -> Vec<SlotView> {
    let every = histogram.slots.div_ceil(TICKS).max(1);
    (0..histogram.slots)
        .zip(histogram.start..)
        .map(|(place, slot)| {
            let label = histogram.unit.label(slot);
            let total = histogram
                .series
                .iter()
                .filter_map(|series| series.counts.get(place))
                .sum();
            SlotView {
                tick: if place % every == 0 {
                    tick(histogram.unit, &label)
                } else {
                    String::new()
                },
                label,
                total: number(total),
            }
        })
        .collect()
}

/// Within days, the year goes without saying.
fn tick(unit: Unit, label: &str) -> String {
    match unit {
        Unit::Minutes(_) => label.get(5..).unwrap_or(label).to_owned(),
        Unit::Days(_) | Unit::Months(_) => label.to_owned(),
    }
}

fn action(series: &Series, others: usize) -> ActionView {
    let name = match &series.action {
        Some((action, _)) if action.is_empty() => "no action stated".to_owned(),
        Some((action, _)) => label(action),
        None => count(length(others), "other action", "other actions"),
    };
    ActionView {
        label: name,
        value: series
            .action
            .as_ref()
            .filter(|(action, _)| !action.is_empty())
            .map(|(_, place)| *place),
        total: number(series.total),
        texts: series.counts.iter().map(|count| number(*count)).collect(),
        counts: series.counts.clone(),
    }
}
