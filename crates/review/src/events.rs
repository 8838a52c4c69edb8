//! When events happened, by action: from a million times to a few places on a line.
//!
//! The times are what the events state; nothing here makes them more than that.

use std::sync::Arc;

mod unit;

pub use unit::Unit;

/// The times of many events, with what they were.
#[derive(Debug, Clone, Default)]
pub struct Events {
    actions: Vec<Arc<str>>,
    totals: Vec<u64>,
    /// Which action, and when: microseconds since 1970.
    times: Vec<(u32, i64)>,
    timeless: u64,
}

/// Events by action, in places of equal length.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Histogram {
    /// How long a place is.
    pub unit: Unit,
    /// The first place, as the unit counts them.
    pub start: i64,
    /// How many places.
    pub slots: usize,
    /// The earliest and the latest time: microseconds since 1970.
    pub span: (i64, i64),
    /// The most frequent actions, then all others together where there are more.
    pub series: Vec<Series>,
    /// How many other actions stand together in the last one; 0 for none.
    pub others: usize,
    /// How many events state no time that can be read.
    pub timeless: u64,
}

/// The events of one action, or of all others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// The action, as the events state it and by its number; `None` for all others together.
    pub action: Option<(Arc<str>, u32)>,
    /// How many events, those without a time included.
    pub total: u64,
    /// How many in each place.
    pub counts: Vec<u64>,
}

impl Events {
    /// No events yet, of actions that are known by their number.
    #[must_use]
    pub fn of(actions: &[Arc<str>]) -> Events {
        Events {
            totals: vec![0; actions.len()],
            actions: actions.to_vec(),
            ..Events::default()
        }
    }

    /// Adds an event by its action's number; `time` in microseconds since 1970.
    pub fn push(&mut self, action: u32, time: Option<i64>) {
        if let Some(total) = self.totals.get_mut(index(action)) {
            *total += 1;
        }
        match time {
            Some(time) => self.times.push((action, time)),
            None => self.timeless += 1,
        }
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.totals.iter().sum()
    }

    /// In at most `slots` places, by the `most` most frequent actions. `None` where no event states a time.
    #[must_use]
    pub fn histogram(&self, slots: i64, most: usize) -> Option<Histogram> {
        let times = || self.times.iter().map(|(_, time)| *time);
        let span = (times().min()?, times().max()?);
        let unit = Unit::of(span, slots);
        let (start, end) = (unit.slot(span.0), unit.slot(span.1));
        let slots = usize::try_from(end - start + 1).unwrap_or(1);
        let ranked = self.ranked();
        let named = if ranked.len() <= most + 1 { ranked.len() } else { most };
        let mut series: Vec<Series> = ranked
            .iter()
            .take(named)
            .map(|place| self.empty(Some(*place), slots))
            .collect();
        let others = ranked.len() - named;
        if others > 0 {
            series.push(self.empty(None, slots));
        }
        let mut row_of = vec![named; self.actions.len()];
        for (row, place) in ranked.iter().take(named).enumerate() {
            if let Some(entry) = row_of.get_mut(index(*place)) {
                *entry = row;
            }
        }
        for (action, time) in &self.times {
            let row = row_of.get(index(*action)).and_then(|row| series.get_mut(*row));
            let slot = usize::try_from(unit.slot(*time) - start).unwrap_or_default();
            if let Some(count) = row.and_then(|row| row.counts.get_mut(slot)) {
                *count += 1;
            }
        }
        for rest in ranked.iter().skip(named) {
            if let (Some(row), Some(total)) = (series.get_mut(named), self.totals.get(index(*rest))) {
                row.total += total;
            }
        }
        Some(Histogram {
            unit,
            start,
            slots,
            span,
            series,
            others,
            timeless: self.timeless,
        })
    }

    /// The actions that occur, by how frequent they are, then by name.
    fn ranked(&self) -> Vec<u32> {
        let totals = (0..).zip(&self.totals);
        let mut ranked: Vec<u32> = totals
            .filter(|(_, total)| **total > 0)
            .map(|(place, _)| place)
            .collect();
        let total = |place: u32| self.totals.get(index(place)).copied().unwrap_or_default();
        let name = |place: u32| self.actions.get(index(place));
        ranked.sort_by(|a, b| total(*b).cmp(&total(*a)).then_with(|| name(*a).cmp(&name(*b))));
        ranked
    }

    fn empty(&self, action: Option<u32>, slots: usize) -> Series {
        let named = |place: u32| Some((self.actions.get(index(place)).cloned()?, place));
        Series {
            total: action
                .and_then(|place| self.totals.get(index(place)).copied())
                .unwrap_or_default(),
            action: action.and_then(named),
            counts: vec![0; slots],
        }
    }
}

fn index(place: u32) -> usize {
    usize::try_from(place).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const DAY: i64 = 86_400_000_000;

    fn some(actions: &[(&str, Option<i64>)]) -> Events {
        let mut names: Vec<Arc<str>> = actions.iter().map(|(name, _)| (*name).into()).collect();
        names.sort();
        names.dedup();
        names.push("never".into());
        let mut events = Events::of(&names);
        for (name, day) in actions {
            let place = names.iter().position(|one| **one == **name).unwrap();
            events.push(u32::try_from(place).unwrap(), day.map(|day| day * DAY));
        }
        events
    }

    fn name(series: &Series) -> Option<&str> {
        series.action.as_ref().map(|(name, _)| name.as_ref())
    }

    #[test]
    fn events_are_counted_by_action_and_day() {
        let days = [("b", 0), ("a", 0), ("a", 0), ("a", 40), ("c", 41)].map(|(name, day)| (name, Some(day)));
        let events = some(&[&days[..], &[("b", None)]].concat());
        let found = events.histogram(60, 2).unwrap();
        assert_eq!((found.unit, found.slots, found.timeless), (Unit::Days(1), 42, 1));
        let rows: Vec<_> = found
            .series
            .iter()
            .map(|row| (name(row), row.total, row.counts[0]))
            .collect();
        assert_eq!(rows, [(Some("a"), 3, 2), (Some("b"), 2, 1), (Some("c"), 1, 0)]);
        assert_eq!(found.series[2].counts[41], 1);
    }

    #[test]
    fn what_is_beyond_the_most_frequent_stands_together() {
        let found = some(&["a", "a", "b", "c", "d"].map(|name| (name, Some(0))))
            .histogram(60, 2)
            .unwrap();
        assert_eq!((found.series.len(), found.others), (3, 2));
        assert_eq!((name(&found.series[2]), found.series[2].total), (None, 2));
    }

    #[test]
    fn without_a_time_there_is_no_line() {
        let events = some(&[("a", None)]);
        assert_eq!(events.histogram(60, 6), None);
        assert_eq!(events.count(), 1);
    }

    proptest! {
        #[test]
        fn whatever_the_times_every_event_has_a_place(
            times in prop::collection::vec((0..20_u32, -377_705_023_201_000_000..253_402_207_200_000_000_i64), 1..50)
        ) {
            let names: Vec<Arc<str>> = (0..20).map(|place| place.to_string().into()).collect();
            let mut events = Events::of(&names);
            for (action, time) in &times {
                events.push(*action, Some(*time));
            }
            let found = events.histogram(60, 6).unwrap();
            prop_assert!(found.slots <= 60, "{} slots of {:?}", found.slots, found.unit);
            let placed: u64 = found.series.iter().flat_map(|row| &row.counts).sum();
            prop_assert_eq!(placed, events.count());
        }
    }
}
