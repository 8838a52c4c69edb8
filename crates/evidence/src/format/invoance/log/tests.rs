//! What a limit or a file that cannot be read keeps out of a pack that is otherwise in order.

use std::io::Write as _;

use serde_json::{Value, json};

use crate::check::{Check, CheckId, Outcome};
use crate::container::Limits;
use crate::format::invoance::event::tests::{event, key, public, sign};
use crate::keybook::KeyBook;
use crate::pack::Pack;
use crate::reason::ReasonCode;
use crate::report::{Record, Report};
use crate::run::{Policy, Progress, Scope};
use crate::verdict::Verdict;

/// A row of the log, before it is signed.
fn unsigned(seq: i64) -> Value {
    let mut row = event();
    row["seq"] = json!(seq);
    row["id"] = json!(format!("aevt_{seq}"));
    row
}

fn row(seq: i64) -> Value {
    sign(unsigned(seq), &key(1))
}

fn with_note(seq: i64, note: Value) -> Value {
    let mut row = unsigned(seq);
    row["metadata"]["note"] = note;
    sign(row, &key(1))
}

/// A row that nests so many arrays.
fn deep(seq: i64, arrays: usize) -> Value {
    with_note(seq, (0..arrays).fold(Value::Null, |inner, _| json!([inner])))
}

fn lines(rows: &[Value]) -> String {
    rows.iter().map(|row| format!("{row}\n")).collect()
}

fn statement(last_seq: i64) -> String {
    json!({"org_id": "aorg_1", "from": null, "to": null, "last_seq": last_seq, "count": last_seq, "contiguous": true})
        .to_string()
}

fn gz(text: &str) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::none());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

struct Checked {
    report: Report,
    records: Vec<Record>,
}

impl Checked {
    /// Whether the log is complete, with a second reason.
    fn completeness(&self) -> (Outcome, Option<ReasonCode>) {
        let mut checks = self.report.parts.iter().flat_map(|part| &part.checks);
        let check: &Check = checks.find(|check| check.id == CheckId::Completeness).unwrap();
        (check.outcome, check.also.first().copied())
    }

    fn has(&self, code: ReasonCode) -> bool {
        self.report.reason_codes.contains(&code)
    }
}

fn check_with(files: &[(&str, &[u8])], limits: &Limits, book: &KeyBook) -> Checked {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    let progress = Progress::default();
    let pack = Pack::open_within(&[folder.path().to_owned()], limits, &progress).unwrap();
    let policy = Policy {
        scope: Some(Scope::Full),
        ..Policy::default()
    };
    let mut records = Vec::new();
    let report = crate::verify(&pack, book, &policy, &progress, &mut records).unwrap();
    Checked { report, records }
}

/// The whole log of an organisation whose key is confirmed.
fn check(files: &[(&str, &[u8])], limits: &Limits) -> Checked {
    let book = KeyBook {
        bare: vec![public(&key(1))],
        ..KeyBook::default()
    };
    check_with(files, limits, &book)
}

fn depth(json_depth: u64) -> Limits {
    Limits {
        json_depth,
        ..Limits::default()
    }
}

#[test]
fn a_row_that_a_limit_keeps_from_being_read_is_not_missing() {
    let text = lines(&[row(1), deep(2, 8), row(3)]);
    let files: &[(&str, &[u8])] = &[("events.ndjson", text.as_bytes())];
    let checked = check(files, &depth(6));
    assert_eq!(checked.report.verdict, Verdict::Indeterminate);
    let limit = Outcome::Undetermined(ReasonCode::LimitJsonDepth);
    assert_eq!(checked.completeness(), (limit, Some(ReasonCode::Gaps)));
    assert_eq!(check(files, &Limits::default()).report.verdict, Verdict::Verified);
}

#[test]
fn a_row_that_was_read_and_is_none_leaves_a_gap() {
    let text = format!("{}\n{{\"seq\":2,\"action\"\n{}\n", row(1), row(3));
    let checked = check(&[("events.ndjson", text.as_bytes())], &Limits::default());
    assert_eq!(checked.report.verdict, Verdict::Failed);
    assert_eq!(checked.completeness(), (Outcome::Fail(ReasonCode::Gaps), None));
}

#[test]
fn a_tail_that_was_not_read_is_not_missing() {
    let text = lines(&[row(1), row(2), with_note(3, json!("x".repeat(4000)))]);
    let statement = statement(3);
    let whole = gz(&text);
    let cut = whole.get(..whole.len() - 1000).unwrap();
    let short = Limits {
        line_length: 2000,
        ..Limits::default()
    };
    for (name, bytes, limits, code) in [
        ("events.ndjson", text.as_bytes(), &short, ReasonCode::LimitLineLength),
        ("events.ndjson.gz", cut, &Limits::default(), ReasonCode::GzTruncated),
    ] {
        let checked = check(&[(name, bytes), ("integrity.json", statement.as_bytes())], limits);
        assert_eq!(checked.report.verdict, Verdict::Indeterminate, "{code}");
        let open = (Outcome::Undetermined(code), Some(ReasonCode::TailMissing));
        assert_eq!(checked.completeness(), open);
    }
    let two = lines(&[row(1), row(2)]);
    let files: &[(&str, &[u8])] = &[
        ("events.ndjson", two.as_bytes()),
        ("integrity.json", statement.as_bytes()),
    ];
    let missing = (Outcome::Fail(ReasonCode::TailMissing), None);
    assert_eq!(check(files, &Limits::default()).completeness(), missing);
}

#[test]
fn a_file_that_cannot_be_read_may_hold_what_is_missing() {
    let text = lines(&[row(1), row(3)]);
    let other = gz(&lines(&[row(2)]));
    let damaged = other.get(..other.len() - 200).unwrap();
    let checked = check(&[("a.ndjson", text.as_bytes()), ("b.gz", damaged)], &Limits::default());
    assert_eq!(checked.report.verdict, Verdict::Indeterminate);
    assert!(checked.has(ReasonCode::GzTruncated));
    let checked = check(
        &[("a.ndjson", text.as_bytes()), ("b.gz", b"\x1f\x8b\x07")],
        &Limits::default(),
    );
    let (outcome, also) = checked.completeness();
    assert!(matches!(outcome, Outcome::Undetermined(_)), "{outcome:?}");
    assert_eq!(also, Some(ReasonCode::Gaps));
    let checked = check(
        &[("a.ndjson", text.as_bytes()), ("b.txt", b"hello")],
        &Limits::default(),
    );
    assert_eq!(checked.completeness(), (Outcome::Fail(ReasonCode::Gaps), None));
    assert_eq!(checked.records.len(), 2);
}

/// Rows with this among them, in a file that is too large to be looked through beforehand: blanks that no hash covers.
fn large(rows: &[Value], among: &str) -> String {
    let blanks = format!("{{{}", " ".repeat(5 << 20));
    let (last, rest) = rows.split_last().unwrap();
    let last = last.to_string().replacen('{', &blanks, 1);
    format!("{}{among}{last}\n", lines(rest))
}

#[test]
fn companions_beyond_the_limit_among_the_rows_of_a_large_log_are_told() {
    let one = format!("{}\n", statement(2));
    let rows = [row(1), row(2)];
    let told = |count: usize| {
        let text = large(&rows, &one.repeat(count));
        check(&[("events.ndjson", text.as_bytes())], &Limits::default())
    };
    let most = super::surveyed::COMPANIONS;
    assert_eq!(told(most).report.verdict, Verdict::Verified);
    let checked = told(most + 1);
    assert_eq!(checked.report.verdict, Verdict::Indeterminate);
    let hit = checked.report.limits.first().map(|hit| (hit.code, hit.value));
    assert_eq!(hit, Some((ReasonCode::LimitRecordCount, 1000)));
    // The one that was not used may name a later row.
    let (outcome, _) = checked.completeness();
    assert_eq!(outcome, Outcome::Undetermined(ReasonCode::LimitRecordCount));
}

#[test]
fn a_statement_among_rows_that_two_readers_could_read_differently_is_not_used() {
    let twice = statement(9).replacen('{', "{\"last_seq\":2,", 1);
    let text = large(&[row(1), row(2)], &format!("{twice}\n"));
    let checked = check(&[("events.ndjson", text.as_bytes())], &Limits::default());
    assert_eq!(checked.completeness(), (Outcome::Pass, None));
    assert_eq!(checked.report.verdict, Verdict::Indeterminate);
    assert!(checked.has(ReasonCode::DuplicateKeyInWrapper));
}

#[test]
fn saved_answers_beyond_the_limit_are_told() {
    let answers = "{\"id\":\"aevt_1\",\"valid\":true,\"key_source\":\"event\"}\n{\"id\":\"aevt_2\",\"valid\":true,\"key_source\":\"event\"}\n";
    let text = large(&[row(1), row(2)], answers);
    let files: &[(&str, &[u8])] = &[("events.ndjson", text.as_bytes())];
    let few = Limits {
        records: 1,
        ..Limits::default()
    };
    assert_eq!(check(files, &Limits::default()).report.verdict, Verdict::Verified);
    let checked = check(files, &few);
    assert_eq!(checked.report.verdict, Verdict::Indeterminate);
    assert!(checked.has(ReasonCode::LimitRecordCount));
    assert_eq!(checked.completeness(), (Outcome::Pass, None));
}

#[test]
fn members_around_the_rows_that_are_not_told_apart_are_told() {
    let page = |members: usize| {
        let members: String = (0..members).map(|number| format!("\"m{number}\":0,")).collect();
        format!(
            "{{{members}\"events\":[{}],\"next_cursor\":null,\"events\":[{}]}}",
            row(1),
            row(2)
        )
    };
    let checked = check(&[("page.json", page(3).as_bytes())], &Limits::default());
    assert!(checked.has(ReasonCode::DuplicateKeyInWrapper));
    let checked = check(&[("page.json", page(10_000).as_bytes())], &Limits::default());
    assert_eq!(checked.report.verdict, Verdict::Indeterminate);
    assert!(checked.has(ReasonCode::LimitJsonNodes));
}

#[test]
fn files_beside_an_anchor_that_were_not_read_are_told() {
    let document = b"the document";
    let anchor = json!({
        "event_id": "e_1", "document_ref": "z.dat", "signature_b64": "",
        "document_hash": crate::Digest::of(document).to_hex(),
    })
    .to_string();
    let names: Vec<String> = (0..20).map(|number| format!("f{number}.dat")).collect();
    let mut files: Vec<(&str, &[u8])> = vec![("anchor.json", anchor.as_bytes())];
    files.extend(names.iter().map(|name| (name.as_str(), &b"something"[..])));
    files.push(("z.dat", document));
    let checked = check(&files, &Limits::default());
    assert!(checked.has(ReasonCode::LimitRecordCount));
    let hit = checked
        .report
        .limits
        .first()
        .map(|hit| (hit.code, hit.value, hit.subject.as_str()));
    assert_eq!(hit, Some((ReasonCode::LimitRecordCount, 20, "anchor.json")));
    files.remove(1);
    let checked = check(&files, &Limits::default());
    assert!(!checked.has(ReasonCode::LimitRecordCount));
    assert_eq!(checked.records[0].checks[0].outcome, Outcome::Pass);
}

#[test]
fn an_anchored_gz_is_compared_as_it_was_shipped() {
    let shipped = gz("seq,total\n1,2\n");
    let anchor = json!({
        "event_id": "e_1", "document_ref": "table.dat.gz", "signature_b64": "",
        "document_hash": crate::Digest::of(&shipped).to_hex(),
    })
    .to_string();
    let files: &[(&str, &[u8])] = &[("anchor.json", anchor.as_bytes()), ("table.dat.gz", &shipped)];
    let checked = check(files, &Limits::default());
    assert_eq!(checked.records[0].checks[0].outcome, Outcome::Pass);
    assert_eq!(checked.report.verdict, Verdict::Indeterminate);
}

#[test]
fn an_array_with_one_row_too_deep_is_read_row_by_row() {
    let deepest = crate::json::DEPTH_CEILING;
    let rows = [row(1).to_string(), row(2).to_string()];
    // Text, since nothing of ours reads or writes it.
    let deep = format!(
        "{{\"org_id\":\"aorg_1\",\"seq\":3,\"action\":\"a\",\"metadata\":{}{}}}",
        "[".repeat(deepest),
        "]".repeat(deepest)
    );
    let [one, two] = &rows;
    for text in [
        format!("[{one},{two},{deep}]"),
        format!("[\n{one},\n{two},\n{deep}\n]"),
        format!("{{\"events\":[\n{one},\n{deep},\n{two}\n]}}"),
        format!("{one}\n{two}\n{deep}\n"),
        format!("{deep}\n{one}\n{two}\n"),
    ] {
        let checked = check(&[("events.json", text.as_bytes())], &Limits::default());
        assert_eq!(checked.report.verdict, Verdict::Indeterminate, "{text}");
        let counts = &checked.report.counts;
        assert_eq!((counts.verified, counts.indeterminate), (2, 1), "{text}");
        assert!(checked.has(ReasonCode::LimitJsonDepth));
    }
    let alone = deep.replacen('{', "{\n", 1);
    let checked = check(&[("event.json", alone.as_bytes())], &Limits::default());
    assert_eq!(checked.report.verdict, Verdict::Indeterminate);
    assert!(checked.has(ReasonCode::LimitJsonDepth));
}

/// So much that a file is not looked through whole.
fn padding() -> String {
    " ".repeat(5 << 20)
}

#[test]
fn a_large_key_document_is_told_and_contradicts_no_row() {
    let document = |seed: u8, padding: &str| {
        format!(
            "{{\n\"keys\":[{padding}{{\"public_key\":\"{}\"}}]}}",
            public(&key(seed)).to_hex()
        )
    };
    let (small, large, log) = (document(2, ""), document(1, &padding()), lines(&[row(1), row(2)]));
    let none = KeyBook::default();
    let mut files: Vec<(&str, &[u8])> = vec![("events.ndjson", log.as_bytes()), ("small.json", small.as_bytes())];
    let checked = check_with(&files, &Limits::default(), &none);
    assert_eq!(checked.report.verdict, Verdict::Failed);
    files.push(("large.json", large.as_bytes()));
    let checked = check_with(&files, &Limits::default(), &none);
    assert_eq!(checked.report.verdict, Verdict::Indeterminate);
    assert!(checked.has(ReasonCode::LimitEntrySize) && !checked.has(ReasonCode::KeyMismatch));
    let role = checked.report.files.iter().find(|file| file.path == "large.json");
    assert_eq!(role.map(|file| file.role.as_str()), Some("invoance.keys"));
}

#[test]
fn keys_among_the_rows_of_a_large_log_stand_beside_other_key_documents() {
    let document = |seed: u8| format!("{{\"keys\":[{{\"public_key\":\"{}\"}}]}}", public(&key(seed)).to_hex());
    let other = document(2);
    let told = |among: &str, beside: &[(&'static str, &[u8])], limits: &Limits| {
        let text = large(&[row(1), row(2)], among);
        let mut files: Vec<(&str, &[u8])> = vec![("events.ndjson", text.as_bytes())];
        files.extend(beside);
        check_with(&files, limits, &KeyBook::default())
    };
    let not_used = |checked: &Checked| {
        let mut findings = checked.report.parts.iter().flat_map(|part| &part.findings);
        findings.any(|finding| finding.code == ReasonCode::BadKeyDocument)
    };
    let beside: &[(&str, &[u8])] = &[("keys.json", other.as_bytes())];
    let standard = Limits::default();
    let checked = told("", beside, &standard);
    assert_eq!(checked.report.verdict, Verdict::Failed);
    let own = format!("{}\n", document(1));
    let checked = told(&own, beside, &standard);
    assert_eq!(checked.report.verdict, Verdict::Indeterminate);
    assert!(!checked.has(ReasonCode::KeyMismatch) && !not_used(&checked));
    assert_eq!(checked.report.counts.failed, 0);
    let array = format!("[{}]", large(&[row(1), row(2)], &own).trim_end().replace('\n', ","));
    let files: &[(&str, &[u8])] = &[("events.json", array.as_bytes()), beside[0]];
    let checked = check_with(files, &standard, &KeyBook::default());
    assert_eq!((checked.records.len(), checked.report.counts.failed), (2, 0));
    // A row that is a file by itself has nothing beside it, however long its line is.
    let alone = format!("{{\n{}", row(1).to_string().replacen('{', &" ".repeat(17 << 20), 1));
    let files: &[(&str, &[u8])] = &[("event.json", alone.as_bytes()), beside[0]];
    let checked = check_with(files, &standard, &KeyBook::default());
    assert_eq!(checked.report.verdict, Verdict::Failed);
    // Alone, they are told and not used; one that cannot be read leaves it open whether it lists the key.
    let checked = told(&own, &[], &standard);
    assert!(not_used(&checked) && checked.report.counts.failed == 0);
    let deep = format!("{}{}\n", "[".repeat(80), "]".repeat(80));
    let checked = told(&deep, beside, &standard);
    assert_eq!(checked.report.counts.failed, 0);
    assert!(checked.has(ReasonCode::LimitJsonDepth) && !checked.has(ReasonCode::KeyMismatch));
}

#[test]
fn a_saved_answer_that_cannot_be_read_is_told() {
    let answer = "{\"id\":\"aevt_1\",\"valid\":true,\"key_source\":\"event\"}";
    let log = lines(&[row(1), row(2)]);
    let told = |answers: &str, limits: &Limits| {
        let files: &[(&str, &[u8])] = &[("events.ndjson", log.as_bytes()), ("verify.ndjson", answers.as_bytes())];
        let checked = check(files, limits);
        (checked.report.verdict, checked.report.reason_codes)
    };
    let whole = format!("{answer}\n{}\n{answer}\n", padding());
    assert_eq!(told(&whole, &Limits::default()), (Verdict::Verified, Vec::new()));
    let deep = format!("{}{}", "[".repeat(80), "]".repeat(80));
    let long = Limits {
        line_length: 6 << 20,
        ..Limits::default()
    };
    for (text, code) in [
        (format!("{whole}{{\"id\":\n"), ReasonCode::JsonSyntax),
        (format!("{whole}{deep}\n"), ReasonCode::LimitJsonDepth),
        (
            format!("{whole}{}{}\n", padding(), padding()),
            ReasonCode::LimitLineLength,
        ),
    ] {
        let (verdict, codes) = told(&text, &long);
        assert_eq!(verdict, Verdict::Indeterminate, "{code}");
        assert!(codes.contains(&code), "{code}: {codes:?}");
    }
}

#[test]
fn rows_behind_whatever_stands_before_them_in_a_large_file_are_read() {
    let log = lines(&[row(1), row(2)]);
    let answer = "{\"id\":\"aevt_9\",\"valid\":true,\"key_source\":\"event\"}\n";
    for before in ["{\"a\":1}\n", answer] {
        let text = format!("{}{}\n{log}", before.repeat(1001), padding());
        let checked = check(&[("events.ndjson", text.as_bytes())], &Limits::default());
        assert_eq!(checked.report.counts.verified, 2, "{before}");
    }
    // Names beyond any number do not hide what an object is.
    let members: String = (0..2000).map(|number| format!("\"m{number}\":0,\n")).collect();
    let text = format!("{{\n{members}{}{}", padding(), &row(1).to_string()[1..]);
    let checked = check(&[("event.json", text.as_bytes())], &Limits::default());
    assert_eq!(checked.report.counts.verified, 1);
}
