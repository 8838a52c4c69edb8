//! How often each remark and refusal was met: of each code the first ones are kept, since a pack may hold the same one
//! fifty million times.

use std::collections::BTreeMap;

use crate::reason::ReasonCode;
use crate::report::Finding;

/// Counts by code, to keep the first ones only.
#[derive(Debug, Default)]
pub(crate) struct Told(BTreeMap<ReasonCode, u64>);

impl Told {
    /// Counts one more of this code, and says whether it is among the `most` that are kept.
    pub(crate) fn keeps(&mut self, code: ReasonCode, most: u64) -> bool {
        let count = self.0.entry(code).or_default();
        *count = count.saturating_add(1);
        *count <= most
    }

    /// The codes of which not all were kept, with their number.
    pub(crate) fn truncated(self, most: u64, subject: &str) -> impl Iterator<Item = Finding> {
        let over = self.0.into_iter().filter(move |(_, count)| *count > most);
        over.map(move |(code, count)| {
            let detail = format!("{code}: {count} in all, the first {most} are listed");
            Finding::new(ReasonCode::FindingsTruncated, subject, detail)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_ones_are_kept_and_the_rest_is_counted() {
        let mut told = Told::default();
        let kept: Vec<bool> = (0..3).map(|_| told.keeps(ReasonCode::NdjsonBlankLine, 2)).collect();
        assert_eq!(kept, [true, true, false]);
        assert!(told.keeps(ReasonCode::JsonSyntax, 2));
        let truncated: Vec<Finding> = told.truncated(2, "a.ndjson").collect();
        assert_eq!(truncated.len(), 1);
        assert_eq!(
            truncated[0].detail,
            "NDJSON_BLANK_LINE: 3 in all, the first 2 are listed"
        );
    }
}
