//! A scope of the chain as the report tells it (`Part.population`).

use serde_json::{Value, json};

use super::genesis;
use super::hash_text::HashText;
use super::result::{End, ScopeResult};
use super::scope::Settled;
use super::thread::Gap;

impl ScopeResult {
    /// One object for `Part.population`; `path` is the file that holds the chain. Numbers are text, since they may be
    /// larger than a double holds.
    pub(in super::super) fn population(&self, path: &str) -> Value {
        let genesis: Option<&str> = self.first.as_ref().and_then(genesis::of).map(Into::into);
        let order = match self.settled {
            Settled::AsTheyCame => "ascending",
            Settled::Sorted => "sorted",
            Settled::NotSorted => "notSorted",
        };
        let gaps_kept = u64::try_from(self.gaps.len()).unwrap_or(u64::MAX);
        json!({
            "of": "chainScope",
            "path": path,
            "scope": self.scope,
            "count": self.count,
            "first": self.first.as_ref().map(end),
            "last": self.last.as_ref().map(end),
            "order": order,
            "links": self.links,
            "breaks": self.breaks,
            "repeats": self.repeats,
            "gaps": self.gaps.iter().map(gap).collect::<Vec<_>>(),
            "gapCount": self.gap_count,
            "gapsTruncated": gaps_kept < self.gap_count,
            "missing": self.missing.map(|missing| missing.to_string()),
            "genesis": genesis,
        })
    }
}

fn end(end: &End) -> Value {
    json!({
        "sequence": end.sequence.to_string(),
        "prevHash": end.prev_hash.map(HashText::shown),
        "recordHash": end.record_hash.map(HashText::shown),
        "array": end.seat.array,
        "row": end.seat.row,
    })
}

fn gap(gap: &Gap) -> Value {
    json!({
        "after": gap.after.to_string(),
        "before": gap.before.to_string(),
        "count": gap.after.between(&gap.before).map(|count| count.to_string()),
    })
}
