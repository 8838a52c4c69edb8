//! What makes lines of JSON doubtful as lines (`notes/hostile-input.md`, gz and NDJSON).

use super::found::Surveyed;
use crate::container::Limits;
use crate::container::named_as_lines;
use crate::json::stream::{Chunk, Place, StreamBounds};
use crate::json::{Fault, Node};
use crate::reason::ReasonCode;

impl Surveyed {
    /// A line that ends as on Windows: the same to a reader, another hash. Said once, of the first.
    pub(super) fn line_end(&mut self, path: &str, chunk: &Chunk) {
        if let (Place::Line(line), Some(b'\r'), false) = (chunk.place, chunk.text.last(), self.has_crlf) {
            self.has_crlf = true;
            self.remark(ReasonCode::NdjsonCrlf, path, format!("from line {line} on"));
        }
    }

    /// A line that holds no object.
    pub(super) fn line_value(&mut self, path: &str, place: Place, value: &Node<'_>) {
        if !named_as_lines(path) {
            return;
        }
        match place {
            Place::Line(line) if !value.is_object() => {
                self.refuse(ReasonCode::NdjsonNotObject, path, format!("line {line}"));
            }
            Place::Element(_) => self.is_array = true,
            Place::Whole => self.is_array |= !value.is_object(),
            Place::Line(_) => {}
        }
    }

    /// One value where lines were promised; records in it are judged all the same.
    pub(super) fn after_lines(&mut self, path: &str) {
        if self.is_array && self.role.is_none() {
            let detail = "one value and not a line for each".to_owned();
            self.refuse(ReasonCode::NdjsonNotObject, path, detail);
        }
    }
}

/// Where lines are promised, one value is no longer than a line may be: nobody looks further for the end of the first.
pub(super) fn bounds(limits: &Limits, path: &str) -> StreamBounds {
    let bounds = limits.stream();
    if named_as_lines(path) {
        StreamBounds {
            value: bounds.line,
            ..bounds
        }
    } else {
        bounds
    }
}

/// The limit by the name that it has for lines.
pub(super) fn too_long(mut fault: Fault, path: &str) -> Fault {
    if fault.code == ReasonCode::LimitEntrySize && named_as_lines(path) {
        fault.code = ReasonCode::LimitLineLength;
    }
    fault
}

/// The last line breaks off: a copy that did not finish, more likely than bad JSON.
pub(super) fn cut_off(mut fault: Fault, chunk: &Chunk, last: bool) -> Fault {
    let to_its_end = fault.offset >= chunk.text.trim_ascii_end().len();
    if last && to_its_end && fault.code == ReasonCode::JsonSyntax && matches!(chunk.place, Place::Line(_)) {
        fault.code = ReasonCode::NdjsonTruncated;
    }
    fault
}

#[cfg(test)]
mod tests {
    use std::fs;

    use crate::keybook::KeyBook;
    use crate::pack::Pack;
    use crate::reason::ReasonCode;
    use crate::run::{Policy, Progress};
    use crate::verdict::Verdict;

    fn said(name: &str, text: &str) -> (Verdict, Vec<(ReasonCode, String)>) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        let progress = Progress::default();
        let pack = Pack::open(&[path], &progress).unwrap();
        let (book, policy) = (KeyBook::default(), Policy::default());
        let report = crate::verify(&pack, &book, &policy, &progress, &mut Vec::new()).unwrap();
        let findings = report
            .findings
            .into_iter()
            .map(|finding| (finding.code, finding.detail));
        let own = |code: ReasonCode| code != ReasonCode::UnrecognisedFile;
        (report.verdict, findings.filter(|(code, _)| own(*code)).collect())
    }

    #[test]
    fn lines_that_end_as_on_windows_are_remarked_once() {
        let found = said("a.ndjson", "{\"a\":1}\r\n{\"a\":2}\r\n");
        assert_eq!(found.1, [(ReasonCode::NdjsonCrlf, "from line 1 on".to_owned())]);
        assert_eq!(found.0, Verdict::NotEvidence);
    }

    #[test]
    fn a_line_without_an_object_is_refused_with_its_number() {
        let (verdict, found) = said("a.ndjson", "{\"a\":1}\n42\n");
        assert_eq!(found, [(ReasonCode::NdjsonNotObject, "line 2".to_owned())]);
        assert_ne!(verdict, Verdict::NotEvidence);
        assert_eq!(said("a.json", "{\"a\":1}\n42\n").1, []);
    }

    #[test]
    fn an_array_where_lines_were_promised_is_refused() {
        assert_eq!(
            said("a.jsonl", "[{\"a\":1},{\"a\":2}]").1[0].0,
            ReasonCode::NdjsonNotObject
        );
        assert_eq!(said("a.json", "[{\"a\":1},{\"a\":2}]").1, []);
    }

    #[test]
    fn a_single_line_that_is_too_long_is_told_as_a_line() {
        let long = format!("{{\"a\":\"{}\"}}\n", "x".repeat(17 << 20));
        assert_eq!(said("a.ndjson", &long).1[0].0, ReasonCode::LimitLineLength);
    }

    #[test]
    fn a_last_line_that_breaks_off_is_cut_and_not_bad() {
        let cut = said("a.ndjson", "{\"a\":1}\n{\"a").1;
        assert_eq!(cut, [(ReasonCode::NdjsonTruncated, "line 2, column 4".to_owned())]);
        let bad = said("a.ndjson", "{\"a\":1}\n{\"a\n{\"a\":2}\n").1;
        assert_eq!(bad[0].0, ReasonCode::JsonSyntax);
    }
}
