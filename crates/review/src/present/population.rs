//! What the numbers of each organisation's log come to, read from the report's population.

use evidence::Report;
use serde::Deserialize;

use crate::words::sentence::{count, length, number};

/// One organisation's log.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Organisation {
    #[serde(rename = "org_id")]
    pub(crate) org_id: String,
    /// The spec's word.
    pub(crate) completeness: String,
    /// What the export is taken to cover.
    pub(crate) scope: String,
    /// `auditor`, `exportJob` or `nobody`.
    pub(crate) scope_stated_by: String,
    pub(crate) integrity: Integrity,
    #[serde(rename = "first_seq")]
    pub(crate) first_seq: Option<i64>,
    #[serde(rename = "unverified_seq")]
    pub(crate) unverified_seq: Vec<Range>,
    pub(crate) limits: Vec<String>,
    pub(crate) statement: Option<Statement>,
}

/// Our answer in the form of the service's.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(crate) struct Integrity {
    pub(crate) org_id: serde_json::Value,
    pub(crate) from: serde_json::Value,
    pub(crate) to: serde_json::Value,
    pub(crate) last_seq: serde_json::Value,
    pub(crate) count: serde_json::Value,
    pub(crate) expected: serde_json::Value,
    pub(crate) contiguous: serde_json::Value,
    pub(crate) gaps: Vec<Range>,
    pub(crate) gaps_truncated: serde_json::Value,
    pub(crate) note: serde_json::Value,
}

/// Numbers from one to another, both included.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(crate) struct Range {
    pub(crate) from: i64,
    pub(crate) to: i64,
    pub(crate) count: u64,
}

/// The service's own answer about this log.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(crate) struct Statement {
    pub(crate) path: String,
    pub(crate) integrity: serde_json::Map<String, serde_json::Value>,
    pub(crate) whole_log: bool,
    pub(crate) agrees: std::collections::BTreeMap<String, bool>,
}

impl Organisation {
    /// The last number, where there is one.
    pub(crate) fn last_seq(&self) -> Option<i64> {
        self.integrity.last_seq.as_i64()
    }

    /// Whether nothing in the file shows where the log ends.
    pub(crate) fn tail_open(&self) -> bool {
        self.limits.iter().any(|limit| limit == "tail_not_provable")
    }
}

/// The logs of a report, in its order.
pub(crate) fn organisations(report: &Report) -> Vec<Organisation> {
    let all = report.parts.iter().flat_map(|part| &part.population);
    all.filter(|entry| entry.get("of").and_then(|of| of.as_str()) == Some("organisation"))
        .filter_map(|entry| Organisation::deserialize(entry).ok())
        .collect()
}

/// "7, 12 to 14 and 3 more ranges".
pub(crate) fn ranges(ranges: &[Range]) -> String {
    const SHOWN: usize = 4;
    let one = |range: &Range| {
        if range.from == range.to {
            plain(range.from)
        } else {
            format!("{} to {}", plain(range.from), plain(range.to))
        }
    };
    let mut shown: Vec<String> = ranges.iter().take(SHOWN).map(one).collect();
    match length(ranges.len().saturating_sub(SHOWN)) {
        0 => {}
        more => shown.push(count(more, "more range", "more ranges")),
    }
    match shown.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, before)) => format!("{} and {last}", before.join(", ")),
        None => String::new(),
    }
}

/// How many numbers the ranges hold.
pub(crate) fn held(ranges: &[Range]) -> u64 {
    ranges.iter().map(|range| range.count).fold(0, u64::saturating_add)
}

/// A number as people read it.
pub(crate) fn plain(value: i64) -> String {
    u64::try_from(value).map_or_else(|_| value.to_string(), number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(from: i64, to: i64) -> Range {
        let count = u64::try_from(to - from + 1).unwrap();
        Range { from, to, count }
    }

    #[test]
    fn ranges_are_read_as_a_list_that_ends() {
        assert_eq!(ranges(&[range(7, 7)]), "7");
        assert_eq!(ranges(&[range(7, 7), range(1_200, 1_299)]), "7 and 1,200 to 1,299");
        let many: Vec<Range> = (0..9).map(|at| range(at * 10, at * 10)).collect();
        assert_eq!(ranges(&many), "0, 10, 20, 30 and 5 more ranges");
    }

    #[test]
    fn numbers_in_ranges_are_counted() {
        assert_eq!(held(&[range(7, 7), range(12, 14)]), 4);
    }
}
