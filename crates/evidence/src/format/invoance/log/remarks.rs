//! What was seen about the files as a whole: one remark per file and kind, however often it was met.

use std::collections::{BTreeMap, BTreeSet};

use crate::reason::ReasonCode;
use crate::report::Finding;

/// Remarks by file and kind.
#[derive(Debug, Default)]
pub(super) struct Remarks {
    seen: BTreeMap<(String, ReasonCode), Seen>,
}

#[derive(Debug, Default)]
struct Seen {
    count: u64,
    first: String,
}

impl Remarks {
    /// Counts one more; `at` says where, and is kept of the first.
    pub(super) fn add(&mut self, subject: &str, code: ReasonCode, at: impl FnOnce() -> String) {
        if let Some(seen) = self.seen.get_mut(&(subject.to_owned(), code)) {
            seen.count += 1;
            return;
        }
        let first = Seen { count: 1, first: at() };
        self.seen.insert((subject.to_owned(), code), first);
    }

    /// Adds those of another part of the run.
    pub(super) fn extend(&mut self, others: Remarks) {
        for (key, other) in others.seen {
            let seen = self.seen.entry(key).or_default();
            if seen.count == 0 {
                seen.first = other.first;
            }
            seen.count += other.count;
        }
    }

    /// Whether this was met in any file.
    pub(super) fn has(&self, code: ReasonCode) -> bool {
        self.seen.keys().any(|(_, seen)| *seen == code)
    }

    /// The files where this was met.
    pub(super) fn subjects(&self, code: ReasonCode) -> impl Iterator<Item = &str> {
        let of = self.seen.keys().filter(move |(_, seen)| *seen == code);
        of.map(|(subject, _)| subject.as_str())
    }

    /// Which kinds were met.
    pub(super) fn codes(&self) -> BTreeSet<ReasonCode> {
        self.seen.keys().map(|(_, code)| *code).collect()
    }

    /// The report's findings.
    pub(super) fn into_findings(self) -> Vec<Finding> {
        let finding = |((subject, code), seen): ((String, ReasonCode), Seen)| {
            let detail = match seen.count {
                0 | 1 => seen.first,
                count if seen.first.is_empty() => format!("{count} times"),
                count => format!("{count} times, first at {}", seen.first),
            };
            Finding::new(code, subject, detail)
        };
        self.seen.into_iter().map(finding).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_remark_is_told_once_with_its_number_and_first_place() {
        let mut remarks = Remarks::default();
        for line in 3..6 {
            remarks.add("a.ndjson", ReasonCode::Crlf, || format!("line {line}"));
        }
        remarks.add("a.ndjson", ReasonCode::Utf8Bom, String::new);
        let details: Vec<_> = remarks
            .into_findings()
            .into_iter()
            .map(|finding| finding.detail)
            .collect();
        assert_eq!(details, ["", "3 times, first at line 3"]);
    }
}
