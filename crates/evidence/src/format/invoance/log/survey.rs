//! The first pass over an artifact: what it is, and what travels in it beside rows (`specs/invoance.md` 6).
//!
//! A file of ordinary size is looked through whole. Of a large one only the beginning is, or its outermost members: its
//! rows pass once, in the second pass.

use std::collections::BTreeSet;
use std::io::Read;

use super::kind::{Kind, kind_of_keys, recognise, was_event};
use super::surveyed::{Csv, Form, Surveyed, role_of, role_of_companion};
use super::watched::Watched;
use crate::container::{Limits, is_limit, named_as_lines};
use crate::format::invoance::proofs::Proof;
use crate::json::stream::{Chunk, Nested, Piece, StreamBounds, Values};
use crate::json::{self, Fault, Node};
use crate::pack::{Pack, Refusal};
use crate::reason::ReasonCode;
use crate::report::Finding;
use crate::run::Progress;

/// Decoded bytes up to which a file is looked through whole.
pub(super) const SMALL: u64 = 4 << 20;

/// Looks at one artifact.
pub(super) fn survey(pack: &Pack, index: usize, progress: &Progress) -> Surveyed {
    let path = super::path_of(pack, index);
    let mut surveyed = Surveyed {
        index,
        within: pack.within().clone(),
        ..Surveyed::default()
    };
    if progress.is_cancelled() {
        return surveyed;
    }
    let reader = match pack.reader(index) {
        Ok(reader) => reader,
        Err(refusal) => {
            surveyed.refusals.push(refusal);
            return surveyed;
        }
    };
    let mut watched = Watched::new(reader, progress);
    let mut head = Vec::new();
    let read = (&mut watched).take(SMALL + 1).read_to_end(&mut head);
    surveyed.large = u64::try_from(head.len()).is_ok_and(|length| length > SMALL);
    if surveyed.large {
        surveyed.beginning(path, &head, &mut watched);
    } else {
        surveyed.whole(path, &head);
    }
    if surveyed.form.is_some() && (surveyed.large || read.is_err()) {
        // It is read once more, row by row, and answers for its end then.
        return surveyed;
    }
    let size = pack.artifacts.get(index).map_or(0, |artifact| artifact.size);
    progress.expect_bytes(size.saturating_sub(SMALL));
    if std::io::copy(&mut watched, &mut std::io::sink()).is_err() && progress.is_cancelled() {
        return surveyed;
    }
    match watched.reader.finish() {
        Ok(end) => {
            surveyed.digest = Some(end.digest);
            surveyed.size = end.size;
            let warnings = end.warnings.into_iter();
            surveyed
                .findings
                .extend(warnings.map(|code| Finding::new(code, path, "")));
        }
        Err(refusal) => surveyed.refusals = vec![refusal],
    }
    surveyed
}

impl Surveyed {
    /// A file of ordinary size.
    fn whole(&mut self, path: &str, bytes: &[u8]) {
        if utf16(path, bytes) {
            self.claim("invoance.log");
            self.remarks.add(path, ReasonCode::UnsupportedEncoding, String::new);
            return;
        }
        let text = json::without_bom(bytes);
        if text.trim_ascii().is_empty() {
            if named_as_lines(path) {
                self.claim("invoance.log");
                self.remarks.add(path, ReasonCode::EmptyFile, String::new);
                self.note_bom(path, bytes);
            }
        } else if !is_json(path, text) {
            self.csv = csv(path, text);
        } else {
            match json::parse(text, &json::Bounds::default()) {
                Ok(parsed) => self.document(path, &parsed.root, text),
                Err(fault) if is_limit(fault.code) && !is_several(text) => self.cut_apart(path, &fault, text),
                Err(_) => self.lines(path, text),
            }
            if self.role.is_some() && self.form.is_none() {
                self.note_bom(path, bytes);
            }
        }
    }

    fn note_bom(&mut self, path: &str, bytes: &[u8]) {
        if json::without_bom(bytes).len() < bytes.len() {
            self.remarks.add(path, ReasonCode::Utf8Bom, String::new);
        }
    }

    /// A file that is one JSON document.
    fn document(&mut self, path: &str, root: &Node<'_>, text: &[u8]) {
        match recognise(root) {
            Kind::Event if is_one_line(text) => self.log(Form::Lines, "invoance.log"),
            Kind::Event => self.log(Form::Whole, "invoance.log"),
            Kind::Page => self.log(Form::Nested, "invoance.page"),
            Kind::Proof(proof) => {
                self.log(Form::Whole, role_of(proof));
                self.proof = Some(proof);
            }
            Kind::Unknown if root.is_array() => self.elements(path, root, text),
            kind @ (Kind::Integrity
            | Kind::VerifyResponse
            | Kind::KeyDocument
            | Kind::PerhapsKeys
            | Kind::Job
            | Kind::Unknown) => {
                self.companion(path, kind, root, text);
            }
        }
    }

    fn elements(&mut self, path: &str, root: &Node<'_>, text: &[u8]) {
        self.empty_list = root.items().is_empty();
        let mut rows = None;
        for item in root.items() {
            let kind = recognise(item);
            let text = text.get(item.span.range()).unwrap_or_default();
            if !self.companion(path, kind, item, text) {
                rows = rows.or(role_of_rows(kind));
            }
        }
        if let Some(role) = rows {
            self.log(Form::Nested, role);
        }
    }

    /// A file that is no JSON as a whole: line by line.
    fn lines(&mut self, path: &str, text: &[u8]) {
        let mut rows = None;
        let mut broken = None;
        for line in text.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii) {
            match json::parse(line, &json::Bounds::default()) {
                Ok(parsed) => {
                    let kind = recognise(&parsed.root);
                    if !self.companion(path, kind, &parsed.root, line) {
                        rows = rows.or(role_of_rows(kind));
                    }
                }
                Err(fault) if was_event(&fault.names) => rows = rows.or(Some("invoance.log")),
                Err(fault) if fault.code != ReasonCode::JsonEmpty => broken = Some(fault),
                Err(_) => {}
            }
        }
        match (rows, broken) {
            (Some(role), _) => self.log(Form::Lines, role),
            (None, Some(fault)) if self.role.is_some() => self.broken(path, &fault),
            (None, _) => {}
        }
    }

    /// A document that a limit keeps from being read whole: piece by piece, as a large one.
    fn cut_apart(&mut self, path: &str, fault: &Fault, text: &[u8]) {
        self.large = true;
        self.beginning(path, text, std::io::empty());
        if self.form.is_none() {
            self.broken(path, fault);
        }
    }

    /// A file of companions alone that breaks off accuses no row.
    fn broken(&mut self, path: &str, fault: &Fault) {
        let detail = format!("line {}, column {}", fault.line, fault.column);
        self.refuse(Refusal::new(fault.code, path, detail));
    }

    /// A large file, by its beginning.
    fn beginning(&mut self, path: &str, head: &[u8], rest: impl Read) {
        if utf16(path, head) {
            self.claim("invoance.log");
            self.remarks.add(path, ReasonCode::UnsupportedEncoding, String::new);
            return;
        }
        let text = json::without_bom(head);
        let first = text.iter().find(|byte| !byte.is_ascii_whitespace());
        let form = match first {
            Some(b'[') => Form::Nested,
            Some(b'{') if !begins_with_a_whole_line(text) => return self.large_object(path, head, rest),
            _ if is_json(path, text) => Form::Lines,
            _ => {
                self.csv = csv(path, text);
                return;
            }
        };
        let role = rows_in(form, head).or_else(|| self.large_values(path, form, head.chain(rest)));
        if let Some(role) = role {
            self.log(form, role);
        }
    }

    /// The values of a large file up to the first row. What travels beside rows is taken, unless there are rows: then it
    /// comes again with them.
    fn large_values(&mut self, path: &str, form: Form, stream: impl Read) -> Option<&'static str> {
        let mut beside = Surveyed {
            index: self.index,
            within: self.within.clone(),
            large: self.large,
            ..Surveyed::default()
        };
        let role = beside.up_to_rows(path, values(form, stream, &self.within));
        if role.is_none() {
            *self = beside;
        }
        role
    }

    /// Takes values one by one, and ends at the first row with its role. What cannot be read is told.
    fn up_to_rows(&mut self, path: &str, values: impl Iterator<Item = Value>) -> Option<&'static str> {
        let mut unread = None;
        for (position, value) in values.enumerate() {
            match value.and_then(|text| self.value(path, &text, position)) {
                Ok(None) => {}
                Ok(Some(role)) => return Some(role),
                Err(fault) => {
                    unread.get_or_insert(fault);
                }
            }
        }
        // A reader that failed answers for itself when it is finished; what is no JSON may be of any kind.
        let (code, at) = unread.filter(|(code, _)| *code != ReasonCode::IoReadFailed)?;
        if self.role.is_some() || is_limit(code) {
            self.refuse(Refusal::new(code, path, at));
        }
        None
    }

    /// Takes one value of a large file; the role if it is a row.
    fn value(&mut self, path: &str, text: &[u8], position: usize) -> Result<Option<&'static str>, NotRead> {
        match json::parse(text.trim_ascii(), &super::bounds(&self.within)) {
            Ok(parsed) => {
                let kind = recognise(&parsed.root);
                let taken = self.companion(path, kind, &parsed.root, text);
                Ok(role_of_rows(kind).filter(|_| !taken))
            }
            Err(fault) if was_event(&fault.names) => Ok(Some("invoance.log")),
            Err(fault) if fault.code == ReasonCode::JsonEmpty => Ok(None),
            Err(fault) => Err((fault.code, format!("value {}, column {}", position + 1, fault.column))),
        }
    }

    /// One large object, by the names of its members, or lines the first of which breaks off.
    fn large_object(&mut self, path: &str, head: &[u8], rest: impl Read) {
        let mut members = Members::default();
        for piece in Nested::new(head.chain(rest), EVENTS, self.within.line_length) {
            match piece {
                Ok(Piece::Member(name, value)) => members.add(name, value.as_deref()),
                Ok(_) => {}
                Err(fault) => return self.broken_object(path, &fault, members.elements, head),
            }
        }
        match members.kind() {
            Kind::Event => self.log(Form::Whole, "invoance.log"),
            Kind::Page => self.log(Form::Nested, "invoance.page"),
            Kind::Proof(proof) => {
                self.log(Form::Whole, role_of(proof));
                self.proof = Some(proof);
            }
            kind @ (Kind::Integrity
            | Kind::VerifyResponse
            | Kind::KeyDocument
            | Kind::PerhapsKeys
            | Kind::Job
            | Kind::Unknown) => {
                if let Some(role) = role_of_companion(kind) {
                    self.claim(role);
                    self.refuse(Refusal::new(ReasonCode::LimitEntrySize, path, ""));
                }
            }
        }
    }

    /// A page that breaks off is read as far as it goes; an object behind which another follows is a line.
    fn broken_object(&mut self, path: &str, fault: &Fault, elements: bool, head: &[u8]) {
        let several = fault.code == ReasonCode::JsonTrailingData;
        let page = elements.then_some("invoance.page");
        let lines = || rows_in(Form::Lines, head);
        match (several, page) {
            (false, Some(page)) => self.log(Form::Nested, page),
            (true, Some(page)) => self.log(Form::Lines, page),
            (_, None) => match lines() {
                Some(role) => self.log(Form::Lines, role),
                // Only its beginning was looked at.
                None if several => self.refuse(Refusal::new(ReasonCode::LimitEntrySize, path, "")),
                None => {}
            },
        }
    }
}

/// The member of a page that holds rows.
pub(super) const EVENTS: &str = "events";

/// Why a value was not read, and where.
pub(super) type NotRead = (ReasonCode, String);

/// A value of a large file.
pub(super) type Value = Result<Vec<u8>, NotRead>;

/// What is kept of the members of a large object: those by which it is recognised.
#[derive(Default)]
struct Members {
    names: BTreeSet<String>,
    /// Its rows are cut apart.
    elements: bool,
    /// Its list of keys is one of another ecosystem.
    keys_of_others: bool,
}

impl Members {
    fn add(&mut self, name: String, value: Option<&[u8]>) {
        self.elements |= name == EVENTS && value.is_none();
        if name == "keys"
            && let Some(Ok(parsed)) = value.map(|value| json::parse(value, &json::Bounds::default()))
        {
            self.keys_of_others |= kind_of_keys(&parsed.root).is_none();
        }
        if NAMES.contains(&name.as_str()) {
            self.names.insert(name);
        }
    }

    /// As for an object that is parsed whole, by the names alone.
    fn kind(&self) -> Kind {
        let has = |name: &str| self.names.contains(name);
        let names: Vec<String> = self.names.iter().cloned().collect();
        if was_event(&names) {
            Kind::Event
        } else if has("composite_hash") && self.elements {
            Kind::Proof(Proof::Trace)
        } else if has("attestation_id") && has("signed_payload") {
            Kind::Proof(Proof::Attestation)
        } else if has("document_hash") && has("signature_b64") {
            Kind::Proof(Proof::Anchor)
        } else if has("event_id") && has("event_type") && has("payload") {
            Kind::Proof(Proof::Ledger)
        } else if self.elements {
            Kind::Page
        } else if has("last_seq") && has("contiguous") {
            Kind::Integrity
        } else if has("valid") && has("key_source") {
            Kind::VerifyResponse
        } else if has("public_key") && (has("domain") || has("algorithm")) || has("keys") && !self.keys_of_others {
            Kind::KeyDocument
        } else if has("format") && (has("status") || has("filters")) {
            Kind::Job
        } else {
            Kind::Unknown
        }
    }
}

/// The names by which an object is recognised.
const NAMES: [&str; 24] = [
    "org_id",
    "seq",
    "action",
    "actor",
    "composite_hash",
    "attestation_id",
    "signed_payload",
    "document_hash",
    "signature_b64",
    "event_id",
    "event_type",
    "payload",
    EVENTS,
    "last_seq",
    "contiguous",
    "valid",
    "key_source",
    "keys",
    "public_key",
    "domain",
    "algorithm",
    "format",
    "status",
    "filters",
];

/// The role of the first row in the beginning of a large file.
fn rows_in(form: Form, head: &[u8]) -> Option<&'static str> {
    let role = |text: Vec<u8>| match json::parse(text.trim_ascii(), &json::Bounds::default()) {
        Ok(parsed) => role_of_rows(recognise(&parsed.root)),
        Err(fault) => was_event(&fault.names).then_some("invoance.log"),
    };
    if form == Form::Nested {
        let pieces = Nested::new(head, EVENTS, StreamBounds::default().line);
        return pieces.filter_map(|piece| element(piece)?.ok()).find_map(role);
    }
    let lines = Values::lines(head, &StreamBounds::default());
    lines.filter_map(|line| Some(line.ok()?.text)).find_map(role)
}

/// The values of a file of this form, one by one.
pub(super) fn values<'s>(form: Form, stream: impl Read + 's, within: &Limits) -> Box<dyn Iterator<Item = Value> + 's> {
    if form == Form::Nested {
        return Box::new(Nested::new(stream, EVENTS, within.line_length).filter_map(element));
    }
    let text = |line: Result<Chunk, Fault>| match line {
        Ok(chunk) => Ok(chunk.text),
        Err(fault) => Err((fault.code, format!("line {}", fault.line))),
    };
    Box::new(Values::lines(stream, &within.stream()).map(text))
}

fn element(piece: Result<Piece, Fault>) -> Option<Value> {
    match piece {
        Ok(Piece::Element(chunk)) => Some(Ok(chunk.text)),
        Ok(Piece::TooLong { element, .. }) => Some(Err((ReasonCode::LimitLineLength, format!("element {element}")))),
        Ok(Piece::Member(..)) => None,
        Err(fault) => Some(Err((fault.code, format!("line {}", fault.line)))),
    }
}

/// Whether a text goes on after its first value.
fn is_several(text: &[u8]) -> bool {
    let after = |piece: Result<Piece, Fault>| piece.is_err_and(|fault| fault.code == ReasonCode::JsonTrailingData);
    Nested::new(text, EVENTS, StreamBounds::default().line).any(after)
}

fn role_of_rows(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Event | Kind::Page => Some("invoance.log"),
        Kind::Proof(proof) => Some(role_of(proof)),
        Kind::Integrity | Kind::VerifyResponse | Kind::KeyDocument | Kind::PerhapsKeys | Kind::Job | Kind::Unknown => {
            None
        }
    }
}

/// Whether the first line is a value from beginning to end. It may be a long one.
fn begins_with_a_whole_line(text: &[u8]) -> bool {
    let mut lines = text.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
    let first = lines.find(|line| !line.is_empty()).unwrap_or_default();
    first.len() < text.len() && json::parse(first, &json::Bounds::default()).is_ok()
}

fn is_one_line(text: &[u8]) -> bool {
    !text.trim_ascii().contains(&b'\n')
}

/// The file's name, without folders and `.gz`, in lower case.
fn name_of(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    name.strip_suffix(".gz").map(str::to_owned).unwrap_or(name)
}

/// By its first byte or its name.
fn is_json(path: &str, text: &[u8]) -> bool {
    let first = text.iter().find(|byte| !byte.is_ascii_whitespace());
    matches!(first, Some(b'{' | b'[')) || named_as_lines(path) || name_of(path).ends_with(".json")
}

/// UTF-16 by its mark: a log by its name, or by what the text begins with.
fn utf16(path: &str, bytes: &[u8]) -> bool {
    let little = bytes.starts_with(b"\xff\xfe");
    if !little && !bytes.starts_with(b"\xfe\xff") {
        return false;
    }
    let unit = |pair: &[u8]| match pair {
        [a, b] if little => u16::from_le_bytes([*a, *b]),
        [a, b] => u16::from_be_bytes([*a, *b]),
        _ => 0,
    };
    let units: Vec<u16> = bytes.chunks_exact(2).take(4096).map(unit).collect();
    let text = String::from_utf16_lossy(&units);
    named_as_lines(path) || (text.contains("\"action\"") && text.contains("\"seq\""))
}

/// A table by its header, or by its name.
fn csv(path: &str, text: &[u8]) -> Option<Csv> {
    let header = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let header = String::from_utf8_lossy(header.get(..4096).unwrap_or(header)).to_ascii_lowercase();
    let has = |name: &str| {
        header
            .split([',', ';', '\t'])
            .any(|column| column.trim().trim_matches('"') == name)
    };
    if has("payload_hash") && has("signature") {
        Some(Csv::Log)
    } else if name_of(path).ends_with(".csv") {
        Some(Csv::Named)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(path: &str, text: &str) -> Surveyed {
        let mut surveyed = Surveyed::default();
        surveyed.whole(path, text.as_bytes());
        surveyed
    }

    fn large(path: &str, text: &str, rest: &str) -> Surveyed {
        let mut surveyed = Surveyed::default();
        surveyed.beginning(path, text.as_bytes(), rest.as_bytes());
        surveyed
    }

    const ROW: &str = r#"{"org_id":"o","seq":1,"action":"a"}"#;

    #[test]
    fn the_form_follows_the_bytes_and_not_the_name() {
        let form = |text: &str| whole("a.txt", text).form;
        assert_eq!(form(ROW), Some(Form::Lines));
        assert_eq!(form("{\n\"seq\":1,\"action\":\"a\"}"), Some(Form::Whole));
        assert_eq!(form(&format!("{ROW}\n{ROW}")), Some(Form::Lines));
        assert_eq!(form(&format!("[{ROW},\n{ROW}]")), Some(Form::Nested));
        assert_eq!(form(&format!("{{\"events\":[{ROW}]}}")), Some(Form::Nested));
        assert_eq!(
            form(&format!("{{\"events\":[{ROW}]}}\n{{\"events\":[]}}")),
            Some(Form::Lines)
        );
    }

    #[test]
    fn what_is_no_row_is_not_claimed() {
        for text in [
            "{}",
            "[]",
            "[1,2]",
            "{\"a\":1}\n{\"b\":2}",
            "no json",
            "{\"events\":{}}",
            "{\"keys\":[]}",
        ] {
            let surveyed = whole("a.ndjson", text);
            assert_eq!((surveyed.role, surveyed.form), (None, None), "{text}");
        }
    }

    #[test]
    fn a_row_that_breaks_off_is_still_a_row() {
        let surveyed = whole("a.json", r#"{"org_id":"o","seq":1,"action":"a","ac"#);
        assert_eq!(surveyed.form, Some(Form::Lines));
    }

    #[test]
    fn empty_lines_are_a_log_by_name_alone() {
        assert_eq!(whole("a.ndjson", " \n").role, Some("invoance.log"));
        assert_eq!(whole("b/a.JSONL.gz", "").role, Some("invoance.log"));
        assert_eq!(whole("a.json", " ").role, None);
    }

    #[test]
    fn a_large_file_is_known_by_its_beginning() {
        let form = |text: &str, rest: &str| large("a", text, rest).form;
        assert_eq!(form(&format!("{ROW}\n{ROW}\n"), ROW), Some(Form::Lines));
        assert_eq!(form(&format!("{{\"cut\n{ROW}\n"), ROW), Some(Form::Lines));
        assert_eq!(form(&format!("[{ROW},\n"), ROW), Some(Form::Nested));
        assert_eq!(
            form(&format!("{{\"events\":[{ROW},\n"), &format!("{ROW}]}}")),
            Some(Form::Nested)
        );
        assert_eq!(form("{\"events\":[1],", "\"composite_hash\":\"\"}"), Some(Form::Whole));
        assert_eq!(form("{\"a\":[1],", "\"b\":\"\"}"), None);
    }

    #[test]
    fn many_verify_responses_are_taken_one_by_one() {
        let response = r#"{"id":"a","valid":true,"key_source":"event"}"#;
        assert_eq!(
            large("a", &format!("{response}\n{response}\n"), response)
                .responses
                .len(),
            3
        );
        assert_eq!(
            large("a", &format!("[{response},"), &format!("{response}]"))
                .responses
                .len(),
            2
        );
    }

    #[test]
    fn a_table_is_an_audit_log_by_its_header() {
        let csv = |path: &str, text: &str| whole(path, text).csv;
        assert_eq!(csv("a.txt", "seq,\"payload_hash\",signature\r\n1,a,b"), Some(Csv::Log));
        assert_eq!(csv("a.csv", "a,b\n1,2"), Some(Csv::Named));
        assert_eq!(csv("a.txt", "a,b\n1,2"), None);
    }

    #[test]
    fn a_statement_that_two_readers_could_read_differently_is_not_used() {
        let surveyed = whole("i.json", r#"{"last_seq":1,"last_seq":9,"contiguous":true}"#);
        assert!(surveyed.statements.is_empty());
        assert_eq!(
            surveyed.refusals.first().map(|refusal| refusal.code),
            Some(ReasonCode::JsonDuplicateKey)
        );
    }
}
