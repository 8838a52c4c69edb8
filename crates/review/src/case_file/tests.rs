//! Facts about the case file as a whole.

use evidence::{Attached, Check, CheckId, Ecosystem, Outcome, ReasonCode, Record, Recorder, Source, Verdict};

use super::*;
use crate::fixture;
use crate::view::{RecordQuery, VerdictView};

fn query() -> RecordQuery {
    RecordQuery {
        request: 1,
        start: 0,
        count: 100,
        search: String::new(),
        verdict: None,
        sort: String::new(),
        descending: false,
    }
}

/// A case file of three records: the second fails, the third is undecided.
fn three() -> CaseFile {
    holding(fixture::records())
}

fn holding(records: Vec<Record>) -> CaseFile {
    let report = fixture::report();
    let mut case = CaseFile::temporary(&report.input).unwrap();
    let mut writer = case.writer().unwrap();
    for record in records {
        writer.record(record).unwrap();
    }
    writer.finish(&report).unwrap();
    case
}

fn numbers(case: &CaseFile, query: &RecordQuery) -> Vec<u64> {
    case.page(query)
        .unwrap()
        .1
        .into_iter()
        .map(|(number, _)| number)
        .collect()
}

#[test]
fn a_record_comes_back_as_it_went_in() {
    let mut record = fixture::records().remove(1);
    record.attached.push(Attached {
        role: "receipt",
        source: Source {
            path: "receipt.json".to_owned(),
            line: Some(3),
            element: Some(0),
            pointer: "/a~1b".to_owned(),
            span: Some((5, 9)),
        },
    });
    record.checks.push(
        Check::new(
            CheckId::NodeSignature,
            "r",
            Outcome::Undetermined(ReasonCode::KeyNotConfirmed),
        )
        .not_required()
        .expected(Some("a".to_owned()))
        .found(Some(String::new()))
        .detail("keyId", "k\u{0}1"),
    );
    let report = fixture::report();
    let mut case = CaseFile::temporary(&report.input).unwrap();
    let mut writer = case.writer().unwrap();
    writer.record(record.clone()).unwrap();
    writer.finish(&report).unwrap();
    assert_eq!(case.record(1).unwrap(), Some(record));
    assert_eq!(case.record(2).unwrap(), None);
}

#[test]
fn a_run_that_was_not_finished_keeps_nothing() {
    let mut case = CaseFile::temporary(&fixture::report().input).unwrap();
    let mut writer = case.writer().unwrap();
    for record in fixture::records() {
        writer.record(record).unwrap();
    }
    drop(writer);
    assert_eq!(case.record_count().unwrap(), 0);
}

#[test]
fn a_second_run_replaces_the_first() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pack.zip.sealnote");
    let report = fixture::report();
    for _ in 0..2 {
        let mut case = CaseFile::create(&path, &report.input).unwrap();
        let mut writer = case.writer().unwrap();
        for record in fixture::records() {
            writer.record(record).unwrap();
        }
        writer.finish(&report).unwrap();
        assert_eq!(case.record_count().unwrap(), 3);
    }
}

#[test]
fn a_file_that_is_something_else_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pack.zip.sealnote");
    std::fs::write(
        &path,
        "a reviewer's own text, longer than a header of a database would be, to be sure",
    )
    .unwrap();
    let refused = CaseFile::create(&path, &fixture::report().input);
    assert!(matches!(refused, Err(CaseError::Foreign(_))), "{refused:?}");
    assert!(
        std::fs::read_to_string(&path)
            .unwrap()
            .starts_with("a reviewer's own text")
    );
}

#[test]
fn a_file_of_a_newer_version_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pack.zip.sealnote");
    drop(CaseFile::create(&path, &fixture::report().input).unwrap());
    Connection::open(&path)
        .unwrap()
        .pragma_update(None, "user_version", 99)
        .unwrap();
    assert!(matches!(
        CaseFile::create(&path, &fixture::report().input),
        Err(CaseError::Newer(_))
    ));
}

#[test]
fn the_header_names_the_kind_of_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pack.zip.sealnote");
    drop(CaseFile::create(&path, &fixture::report().input).unwrap());
    assert_eq!(std::fs::read(&path).unwrap()[68..72], *b"SEAL");
}

#[test]
fn groups_stand_worst_first_and_count_their_checks() {
    let groups = three().check_groups().unwrap();
    let seen: Vec<_> = groups
        .iter()
        .map(|group| (group.id, group.outcome.as_str(), group.count))
        .collect();
    assert_eq!(
        seen,
        [
            (CheckId::BundleIntegrity, "FAIL", 1),
            (CheckId::NodeSignature, "UNDETERMINED", 1),
            (CheckId::Manifest, "SKIPPED", 1),
            (CheckId::BundleIntegrity, "PASS", 2),
            (CheckId::NodeSignature, "PASS", 2),
        ]
    );
}

#[test]
fn a_group_knows_its_subjects_by_position() {
    let case = three();
    let groups = case.check_groups().unwrap();
    let passed = groups
        .iter()
        .find(|group| group.id == CheckId::NodeSignature && group.count == 2)
        .unwrap();
    let second = case.check_subject(passed, 1).unwrap().unwrap();
    assert_eq!((second.record, second.label.as_str()), (Some(2), "Record 2, exec-2"));
    assert_eq!(second.check.id, CheckId::NodeSignature);
    assert_eq!(case.position_of(passed, 2).unwrap(), Some(1));
    assert_eq!(case.position_of(passed, 3).unwrap(), None);
    assert_eq!(case.check_subject(passed, 2).unwrap(), None);
}

#[test]
fn a_check_of_the_pack_belongs_to_no_record() {
    let case = three();
    let groups = case.check_groups().unwrap();
    let manifest = groups.iter().find(|group| group.id == CheckId::Manifest).unwrap();
    let first = manifest.first.as_ref().unwrap();
    assert_eq!((first.record, first.label.as_str()), (None, "manifest.json"));
}

#[test]
fn a_search_looks_for_each_word_without_regard_to_case() {
    let case = three();
    let search = |text: &str| {
        numbers(
            &case,
            &RecordQuery {
                search: text.to_owned(),
                ..query()
            },
        )
    };
    assert_eq!(search("EXEC-2"), [2]);
    assert_eq!(search("records exec"), [1, 2, 3]);
    assert_eq!(search("bundle_hash"), [2]);
    assert_eq!(search("exec-1 exec-2"), [0_u64; 0]);
    assert_eq!(search("%"), [0_u64; 0]);
}

#[test]
fn a_list_sorts_both_ways_and_filters_by_verdict() {
    let case = three();
    let by_app = RecordQuery {
        sort: "app".to_owned(),
        ..query()
    };
    assert_eq!(numbers(&case, &by_app), [3, 1, 2]);
    assert_eq!(
        numbers(
            &case,
            &RecordQuery {
                descending: true,
                ..by_app.clone()
            }
        ),
        [2, 1, 3]
    );
    let worst = RecordQuery {
        sort: "verdict".to_owned(),
        ..query()
    };
    assert_eq!(numbers(&case, &worst), [2, 3, 1]);
    let undecided = RecordQuery {
        verdict: Some(VerdictView::Undecided),
        ..by_app
    };
    assert_eq!(numbers(&case, &undecided), [3]);
}

#[test]
fn a_page_is_cut_from_the_whole_list() {
    let case = three();
    let page = RecordQuery {
        start: 1,
        count: 1,
        ..query()
    };
    let (matching, lines) = case.page(&page).unwrap();
    assert_eq!((matching, lines.len(), lines[0].0), (3, 1, 2));
    assert_eq!(case.number_at(&RecordQuery { start: 2, ..query() }).unwrap(), Some(3));
    assert_eq!(case.number_at(&RecordQuery { start: 3, ..query() }).unwrap(), None);
}

#[test]
fn notes_are_counted_with_the_first_record_that_carries_each() {
    let mut records = fixture::records();
    records[1].notes = vec![ReasonCode::HashOnly];
    records[2].notes = vec![ReasonCode::HashOnly, ReasonCode::LegacyStamp];
    let case = holding(records);
    let notes: Vec<_> = case
        .notes()
        .unwrap()
        .into_iter()
        .map(|note| (note.code, note.count, note.first))
        .collect();
    assert_eq!(
        notes,
        [
            (ReasonCode::HashOnly, 2, Some(2)),
            (ReasonCode::LegacyStamp, 1, Some(3))
        ]
    );
}

#[test]
fn times_sort_as_times_whatever_their_spelling() {
    let mut records = fixture::records();
    for (record, time) in records.iter_mut().zip([
        "2026-01-01T00:00:01.5Z",
        "2026-01-01T00:00:01Z",
        "2026-01-01T02:00:00+02:00",
    ]) {
        record.fields.insert("executionTimestamp".to_owned(), time.into());
    }
    let by_time = RecordQuery {
        sort: "time".to_owned(),
        ..query()
    };
    assert_eq!(numbers(&holding(records), &by_time), [3, 2, 1]);
}

#[test]
fn a_record_is_found_by_its_place() {
    let case = three();
    let second = fixture::records().remove(1);
    assert_eq!(case.record_by_source(&second.source).unwrap(), Some(2));
    assert_eq!(case.record_by_source(&Source::default()).unwrap(), None);
}

/// An audit event's own fields, as the engine states them.
fn event(seq: i64) -> Record {
    let mut record = fixture::records().remove(0);
    record.ecosystem = Ecosystem::Invoance;
    record.fields = [
        ("org_id", "aorg_1".into()),
        ("seq", seq.into()),
        ("action", "user.signed_in".into()),
        ("actor_id", "usr_1".into()),
        ("actor_name", "Ada".into()),
        ("targets", "document:d1|document:d2".into()),
        ("occurred_at", "2026-01-01T00:00:01.000Z".into()),
    ]
    .map(|(name, value): (&str, serde_json::Value)| (name.to_owned(), value))
    .into();
    record
}

#[test]
fn an_event_has_its_seat_and_its_words_in_columns() {
    let case = holding(vec![event(7)]);
    let row: (String, i64, String, String, String, i64) = case
        .lock()
        .query_row(
            "SELECT scope, seq, action, actor, target, time FROM record",
            [],
            |row| {
                Ok((
                    row.get(0)?,
                    row.get(1)?,
                    row.get(2)?,
                    row.get(3)?,
                    row.get(4)?,
                    row.get(5)?,
                ))
            },
        )
        .unwrap();
    let words = ["aorg_1", "user.signed_in", "Ada (usr_1)", "document:d1|document:d2"].map(str::to_owned);
    let [scope, action, actor, target] = words;
    assert_eq!(row, (scope, 7, action, actor, target, 1_767_225_601_000_000));
}

#[test]
fn verdicts_are_counted() {
    assert_eq!(
        three().verdict_counts().unwrap(),
        [
            (Verdict::Failed, 1),
            (Verdict::Indeterminate, 1),
            (Verdict::Verified, 1)
        ]
    );
}

/// Not a test of speed, which this machine may not have: it prints the numbers that `cargo test --release` is run for.
#[test]
fn a_hundred_thousand_records_stay_usable() {
    let many = if cfg!(debug_assertions) { 2_000 } else { 100_000 };
    let folder = tempfile::tempdir().unwrap();
    let report = fixture::report();
    let mut case = CaseFile::create(&folder.path().join("large.sealnote"), &report.input).unwrap();
    let started = std::time::Instant::now();
    let mut writer = case.writer().unwrap();
    for number in 0..many {
        writer.record(large(number)).unwrap();
    }
    writer.finish(&report).unwrap();
    eprintln!("written: {many} records in {:?}", started.elapsed());
    let size = std::fs::metadata(case.path().unwrap()).unwrap().len();
    eprintln!("case file: {} MB", size / 1_000_000);
    for (search, sort) in [
        ("", ""),
        ("exec-77", ""),
        ("exec-77", "app"),
        ("", "time"),
        ("nothing here", "hash"),
    ] {
        let started = std::time::Instant::now();
        let asked = RecordQuery {
            search: search.to_owned(),
            sort: sort.to_owned(),
            ..query()
        };
        let (matching, _) = case.page(&asked).unwrap();
        eprintln!(
            "search {search:?}, sort {sort:?}: {matching} in {:?}",
            started.elapsed()
        );
    }
    let started = std::time::Instant::now();
    let groups = case.check_groups().unwrap();
    let last = groups
        .iter()
        .filter_map(|group| case.check_subject(group, group.count - 1).unwrap())
        .count();
    eprintln!("{last} groups, first and last subject of each: {:?}", started.elapsed());
    assert_eq!(case.record_count().unwrap(), many);
}

fn large(number: u64) -> Record {
    let mut record = fixture::records().remove(0);
    record.id = format!("sha256:{:064x}", number.wrapping_mul(0x9E37_79B9_7F4A_7C15));
    record.source = Source {
        path: "records.ndjson".to_owned(),
        line: Some(number + 1),
        element: None,
        pointer: String::new(),
        span: Some((number * 3000, 2999)),
    };
    record
        .fields
        .insert("executionId".to_owned(), format!("exec-{number}").into());
    record
        .fields
        .insert("certificateHash".to_owned(), record.id.clone().into());
    record
        .fields
        .insert("app".to_owned(), format!("app {}", number % 17).into());
    record.checks = [
        CheckId::BundleIntegrity,
        CheckId::NodeSignature,
        CheckId::ReceiptConsistency,
        CheckId::VerificationEnvelope,
    ]
    .into_iter()
    .map(|id| {
        Check::new(id, record.id.as_str(), Outcome::Pass)
            .expected(Some(record.id.clone()))
            .found(Some(record.id.clone()))
            .detail("keyId", "k1")
            .detail(
                "publicKey",
                "bd694574fa7435e8825b99595733ab969801247342f4824f803f4f61860c49c0",
            )
            .detail("form", "certificate hash over bundleType, createdAt, snapshot, version")
    })
    .collect();
    record.ecosystem = Ecosystem::NexArt;
    record
}
