use proptest::prelude::*;

use super::*;
use crate::container::Limits;
use crate::digest::Digest;
use crate::json::{Bounds, Node, parse};
use crate::report::Finding;

/// An entry by its fields; the record hash is computed over the nine texts.
#[derive(Debug, Clone)]
struct Row {
    scope: &'static str,
    sequence: i64,
    prev_hash: String,
    severity: &'static str,
    record_hash: String,
}

fn row(scope: &'static str, sequence: i64, prev_hash: &str) -> Row {
    let nine =
        format!("e|t|||||{sequence}").replace("|||||", &format!("||||info|2026-05-07T12:00:00.000000|{prev_hash}|"));
    Row {
        scope,
        sequence,
        prev_hash: prev_hash.to_owned(),
        severity: "info",
        record_hash: Digest::of(nine.as_bytes()).to_hex(),
    }
}

/// A sound chain of this many entries.
fn chain(scope: &'static str, count: i64) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for sequence in 1..=count {
        let prev_hash = rows
            .last()
            .map_or_else(|| "0".repeat(64), |row| row.record_hash.clone());
        rows.push(row(scope, sequence, &prev_hash));
    }
    rows
}

fn text(row: &Row) -> String {
    serde_json::json!({
        "event_id": "e", "event_type": "t", "severity": row.severity, "chain_scope": row.scope,
        "sequence_number": row.sequence, "prev_hash": row.prev_hash, "record_hash": row.record_hash,
        "created_at": "2026-05-07T12:00:00Z", "chain_format_version": "v1",
    })
    .to_string()
}

fn read(text: &str, shape: Shape) -> Entry {
    let parsed = parse(text.as_bytes(), &Bounds::default()).expect("JSON");
    Entry::read(&parsed.root, shape)
}

/// Walks texts that stand in arrays.
fn walk_texts(shape: Shape, arrays: &[Vec<String>]) -> WalkResult {
    let mut walk = Walk::new(shape, [], &Limits::default());
    for (array, texts) in (u32::from(arrays.len() > 1)..).zip(arrays) {
        for (row, text) in (1..).zip(texts) {
            walk.add(Seat { array, row }, read(text, shape));
        }
    }
    walk.finish("payload", true)
}

fn walk(rows: &[Row]) -> WalkResult {
    walk_texts(Shape::JsonLines, &[rows.iter().map(text).collect()])
}

fn codes(result: &WalkResult) -> Vec<(ReasonCode, u64)> {
    result
        .failures
        .iter()
        .map(|failure| (failure.code, failure.seat.row))
        .collect()
}

fn warned(result: &WalkResult) -> Vec<ReasonCode> {
    result.warnings.iter().map(|warning: &Finding| warning.code).collect()
}

#[test]
fn a_sound_chain_passes_both_checks() {
    let result = walk(&chain("a", 5));
    assert!(result.checks.iter().all(|check| check.outcome == Outcome::Pass));
    assert_eq!((result.entries, result.scopes[0].links), (5, 4));
    assert!(result.warnings.is_empty());
}

#[test]
fn every_failure_is_listed_with_its_row() {
    let mut rows = chain("a", 9);
    rows[1].severity = "high";
    rows[5].severity = "high";
    rows.remove(7);
    let result = walk(&rows);
    assert_eq!(
        codes(&result),
        [
            (ReasonCode::WalkRecordHashMismatch, 2),
            (ReasonCode::WalkRecordHashMismatch, 6),
            (ReasonCode::WalkPrevHashDiscontinuity, 8),
        ]
    );
    assert_eq!(warned(&result), [ReasonCode::SequenceGap]);
}

#[test]
fn swapped_neighbours_are_an_inversion_and_nothing_else() {
    let mut rows = chain("a", 6);
    rows.swap(2, 3);
    assert_eq!(codes(&walk(&rows)), [(ReasonCode::WalkSequenceInversion, 4)]);
}

#[test]
fn a_repeated_entry_is_an_inversion_and_nothing_else() {
    let mut rows = chain("a", 4);
    rows.insert(2, rows[1].clone());
    assert_eq!(codes(&walk(&rows)), [(ReasonCode::WalkSequenceInversion, 3)]);
}

#[test]
fn scopes_may_interleave_and_each_has_its_own_state() {
    let (a, b) = (chain("a", 4), chain("b", 4));
    let mut rows: Vec<Row> = a.into_iter().zip(b).flat_map(|(a, b)| [b, a]).collect();
    assert!(codes(&walk(&rows)).is_empty());
    rows.remove(4);
    let result = walk(&rows);
    assert_eq!(codes(&result), [(ReasonCode::WalkPrevHashDiscontinuity, 6)]);
    assert_eq!(result.failures[0].scope.as_deref(), Some("b"));
}

#[test]
fn arrays_of_a_bundle_may_overlap_in_time() {
    let rows = chain("a", 5);
    let pick = |numbers: &[usize]| numbers.iter().map(|index| text(&rows[*index])).collect::<Vec<_>>();
    let result = walk_texts(Shape::Bundle, &[pick(&[0, 1, 4]), pick(&[2, 3])]);
    assert!(codes(&result).is_empty(), "{:?}", result.failures);
    let result = walk_texts(Shape::Bundle, &[pick(&[0, 4, 1]), pick(&[2, 3])]);
    assert_eq!(codes(&result), [(ReasonCode::WalkSequenceInversion, 3)]);
}

#[test]
fn an_unknown_format_leaves_the_walk_undetermined() {
    let mut texts: Vec<String> = chain("a", 3).iter().map(text).collect();
    texts[1] = texts[1].replace("\"v1\"", "\"v2\"");
    let result = walk_texts(Shape::JsonLines, &[texts]);
    let unknown = Outcome::Undetermined(ReasonCode::WalkUnknownChainFormat);
    assert!(result.checks.iter().all(|check| check.outcome == unknown));
}

#[test]
fn no_entries_are_undetermined_when_asked_for_and_else_skipped() {
    let none = |required| {
        Walk::new(Shape::Bundle, [], &Limits::default())
            .finish("payload", required)
            .checks[0]
            .outcome
    };
    assert_eq!(none(true), Outcome::Undetermined(ReasonCode::WalkNoEvaluableSubjects));
    assert_eq!(none(false), Outcome::Skipped(ReasonCode::WalkNoEvaluableSubjects));
}

#[test]
fn a_missing_scope_is_the_projects() {
    let rows = chain("a", 3);
    let bare: Vec<String> = rows
        .iter()
        .map(|row| text(row).replace("\"chain_scope\":\"a\",", ""))
        .collect();
    let named = bare[2].replacen('{', "{\"project_id\":\"p\",", 1);
    let result = walk_texts(Shape::JsonLines, &[vec![bare[0].clone(), bare[1].clone(), named]]);
    assert!(codes(&result).is_empty());
    assert_eq!(result.scopes.len(), 1);
    assert_eq!(result.scopes[0].scope.as_deref(), Some("project:p"));
}

#[test]
fn a_scope_named_before_and_after_the_project_is_known_is_one() {
    let rows = chain("project:p", 3);
    let mut texts: Vec<String> = rows.iter().map(text).collect();
    texts[1] = texts[1].replace("\"chain_scope\":\"project:p\",", "");
    texts[2] = texts[2].replacen('{', "{\"project_id\":\"p\",", 1);
    let result = walk_texts(Shape::JsonLines, &[texts]);
    assert!(codes(&result).is_empty(), "{:?}", result.failures);
    assert_eq!(result.scopes.len(), 1);
}

#[test]
fn more_scopes_than_are_followed_leave_the_links_undetermined() {
    let mut walk = Walk::new(Shape::JsonLines, [], &Limits::default());
    let one = text(&chain("a", 1)[0]);
    for row in 1..=50_001 {
        let named = one.replace("\"chain_scope\":\"a\"", &format!("\"chain_scope\":\"{row}\""));
        walk.add(Seat { array: 0, row }, read(&named, Shape::JsonLines));
    }
    let result = walk.finish("payload", true);
    assert_eq!(result.scopes.len(), 50_000);
    assert_eq!(
        result.checks[1].outcome,
        Outcome::Undetermined(ReasonCode::LimitRecordCount)
    );
}

#[test]
fn more_entries_than_can_be_sorted_accuse_nobody() {
    let rows = chain("a", 6);
    let walked = |records: u64, order: [usize; 6]| {
        let within = Limits {
            records,
            ..Limits::default()
        };
        let mut walk = Walk::new(Shape::Bundle, [], &within);
        for (place, index) in order.into_iter().enumerate() {
            let array = u32::try_from(place / 3 + 1).unwrap();
            let seat = Seat {
                array,
                row: u64::try_from(place % 3 + 1).unwrap(),
            };
            walk.add(seat, read(&text(&rows[index]), Shape::Bundle));
        }
        walk.finish("payload", true)
    };
    // 1, 3, 5 in one record and 2, 4, 6 in another: sorted they are a chain.
    let interleaved = [0, 2, 4, 1, 3, 5];
    assert_eq!(walked(6, interleaved).checks[1].outcome, Outcome::Pass);
    let unsorted = walked(5, interleaved);
    assert_eq!(codes(&unsorted), []);
    let open = Outcome::Undetermined(ReasonCode::LimitRecordCount);
    assert_eq!(unsorted.checks[1].outcome, open);
}

#[test]
fn a_watched_entry_is_met() {
    let rows = chain("a", 3);
    let watched = Watched {
        scope: "a".to_owned(),
        sequence: Sequence::Small(2),
    };
    let mut walk = Walk::new(Shape::JsonLines, [watched], &Limits::default());
    for (row, text) in (1..).zip(rows.iter().map(text)) {
        walk.add(Seat { array: 0, row }, read(&text, Shape::JsonLines));
    }
    let result = walk.finish("payload", true);
    let met = &result.scopes[0].watched[&Sequence::Small(2)];
    assert_eq!(*met, rows[1].record_hash);
}

/// The cases of a folder of the shared vectors whose payload is lines or a governance document: expected codes and ours.
#[test]
fn the_shared_chain_vectors_agree() {
    let Some(expected) = crate::vectors::json("keel/expected.json") else {
        return;
    };
    let mut seen = 0;
    for case in expected["cases"].as_array().expect("cases") {
        let id = case["id"].as_str().expect("an id");
        let walked = case["checks"]
            .as_array()
            .is_some_and(|checks| checks.iter().any(|check| check == "walk"));
        let Some((shape, rows, project)) = rows_of(case).filter(|_| walked) else {
            continue;
        };
        seen += 1;
        let result = walk_case(shape, &rows, project.as_deref());
        check_case(id, &case["expected"], &result);
    }
    assert!(seen > 40, "only {seen} cases");
}

fn walk_case(shape: Shape, rows: &[Vec<Vec<u8>>], project: Option<&str>) -> WalkResult {
    let mut walk = Walk::new(shape, [], &Limits::default());
    project.into_iter().for_each(|project| walk.project(project));
    for (array, texts) in (u32::from(rows.len() > 1)..).zip(rows) {
        for (row, text) in (1..).zip(texts) {
            let parsed = parse(text, &Bounds::default()).expect("JSON");
            walk.add(Seat { array, row }, Entry::read(&parsed.root, shape));
        }
    }
    walk.finish("payload", true)
}

/// Codes that other modules find.
const OF_OTHERS: [&str; 12] = [
    "PAYLOAD_NOT_IN_RECORD_HASH",
    "UNSIGNED_FIELD_NOT_ATTESTED",
    "LONE_SURROGATE",
    "DUPLICATE_JSON_KEY",
    "MANIFEST_SIGNATURE_MISSING",
    "PAYLOAD_UNREADABLE",
    "EXPORT_STRUCTURE_INVALID",
    "UNSUPPORTED_SCHEMA_VERSION",
    "CHAIN_ENTRIES_MISSING",
    "WALK_NO_CHAIN_ENTRIES",
    "CLOSURE_NOT_IN_THIS_SHAPE",
    "CLOSURE_ORPHAN",
];

fn check_case(id: &str, expected: &serde_json::Value, result: &WalkResult) {
    let mine = |code: &&str| code.starts_with("WALK_") && !code.contains("CLOSURE") || WARNINGS.contains(code);
    let wanted: Vec<&str> = expected["codes"]
        .as_array()
        .expect("codes")
        .iter()
        .filter_map(|code| code.as_str())
        .collect();
    if wanted.iter().any(|code| OF_OTHERS.contains(code)) {
        return;
    }
    let failed = result.failures.iter().map(|failure| failure.code.as_str());
    let reasons = result
        .checks
        .iter()
        .flat_map(|check| check.reasons().map(ReasonCode::as_str));
    let mut found: Vec<&str> = failed
        .chain(reasons)
        .chain(result.warnings.iter().map(|warning| warning.code.as_str()))
        .collect();
    found.sort_unstable();
    found.dedup();
    for code in wanted.iter().filter(|code| mine(code)) {
        assert!(found.contains(code), "{id}: {code} is not among {found:?}");
    }
    if !wanted.iter().any(mine) {
        let unwanted: Vec<&str> = found.iter().copied().filter(|code| *code != "SEQUENCE_GAP").collect();
        assert!(unwanted.is_empty(), "{id}: {unwanted:?}");
    }
}

const WARNINGS: [&str; 4] = [
    "SEQUENCE_GAP",
    "GENESIS_NOT_RECOGNISED",
    "NON_UTC_TIMESTAMP",
    "SEPARATOR_IN_HASHED_FIELD",
];

/// The entries of a case's payload, by array, as texts.
type Rows = (Shape, Vec<Vec<Vec<u8>>>, Option<String>);

fn rows_of(case: &serde_json::Value) -> Option<Rows> {
    let file = case["files"]
        .as_array()?
        .iter()
        .filter_map(|file| file.as_str())
        .find(|file| *file != "manifest.json")?;
    let name = format!("keel/{}/{file}", case["dir"].as_str()?);
    let bytes = crate::vectors::bytes(&name)?;
    let text = if bytes.starts_with(b"\x1f\x8b") {
        let mut text = Vec::new();
        std::io::Read::read_to_end(&mut flate2::read::MultiGzDecoder::new(&bytes[..]), &mut text).ok()?;
        text
    } else {
        bytes
    };
    if let Ok(parsed) = parse(&text, &Bounds::default()) {
        return document(&text, &parsed.root);
    }
    let lines: Vec<Vec<u8>> = text
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.trim_ascii().is_empty())
        .map(<[u8]>::to_vec)
        .collect();
    let entries = |line: &Vec<u8>| {
        parse(line, &Bounds::default()).is_ok_and(|parsed| crate::format::keel::survey::is_entry(&parsed.root))
    };
    lines
        .iter()
        .all(entries)
        .then_some((Shape::JsonLines, vec![lines], None))
}

fn document(text: &[u8], root: &Node<'_>) -> Option<Rows> {
    let cut = |node: &Node<'_>| text[node.span.range()].to_vec();
    let list = |node: &Node<'_>| node.items().iter().map(cut).collect::<Vec<_>>();
    let project = root.get("project_id").and_then(Node::as_str).map(str::to_owned);
    if crate::format::keel::survey::is_entry(root) {
        return Some((Shape::JsonLines, vec![vec![cut(root)]], None));
    }
    if root.get("schema").and_then(Node::as_str) == Some("keel.governance_events/v1") {
        return Some((Shape::GovernanceEvents, vec![list(root.get("records")?)], project));
    }
    if root.get("schema_version").and_then(Node::as_u64) != Some(2) {
        return None;
    }
    if let Some(entries) = root.get("chain_entries") {
        return Some((Shape::Bundle, vec![list(entries)], None));
    }
    let records = root.get("records")?.items();
    let arrays = records
        .iter()
        .map(|record| record.get("chain_entries").map(list))
        .collect::<Option<_>>()?;
    Some((Shape::Bundle, arrays, None))
}

proptest! {
    /// Whatever one digit of one hashed field becomes, a sound chain is one no more.
    #[test]
    fn any_changed_digit_of_a_hash_is_found(index in 0_usize..8, digit in 0_usize..64, which in any::<bool>()) {
        let mut rows = chain("a", 8);
        let hash = if which { &mut rows[index].prev_hash } else { &mut rows[index].record_hash };
        let old = hash.as_bytes()[digit];
        let new = if old == b'0' { "1" } else { "0" };
        hash.replace_range(digit..=digit, new);
        prop_assert!(!walk(&rows).failures.is_empty());
    }

    /// In whatever order the entries of a sound chain stand in the lists of records, they are one chain.
    #[test]
    fn a_chain_spread_over_arrays_is_whole(places in prop::collection::vec(0_usize..4, 12)) {
        let rows = chain("a", 12);
        let mut arrays = vec![Vec::new(); 4];
        for (row, place) in rows.iter().zip(&places) {
            arrays[*place].push(text(row));
        }
        let result = walk_texts(Shape::Bundle, &arrays);
        prop_assert!(result.failures.is_empty(), "{:?}", result.failures);
        prop_assert_eq!(result.scopes[0].links, 11);
        prop_assert_eq!(result.scopes[0].gap_count, 0);
    }
}
