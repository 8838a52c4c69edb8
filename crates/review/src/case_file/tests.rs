//! Facts about the case file as a whole.

use evidence::{Attached, Check, CheckId, Ecosystem, Outcome, ReasonCode, Record, Recorder, Source};

use super::*;
use crate::fixture;
use crate::view::{RecordFilter, RecordQuery, VerdictView};

fn query() -> RecordQuery {
    RecordQuery {
        request: 1,
        start: 0,
        count: 100,
        search: String::new(),
        verdict: None,
        filters: Vec::new(),
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
    assert_eq!(case.record_count(), 0);
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
        assert_eq!(case.record_count(), 3);
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
        record.fields.insert("executionTimestamp".into(), time.into());
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
        ("schema", "invoance.audit/1".into()),
    ]
    .map(|(name, value): (&str, serde_json::Value)| (name.into(), value))
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
fn a_group_is_found_in_both_directions_however_its_records_lie() {
    let records: Vec<Record> = [1, 3, 2, 1, 1, 2, 3, 3, 1]
        .into_iter()
        .map(|kind: usize| {
            let mut record = fixture::records().remove(kind - 1);
            // The third kind carries its first check twice.
            if kind == 3 {
                record.checks.push(record.checks[0].clone());
            }
            record
        })
        .collect();
    let expected = records.clone();
    let case = holding(records);
    for group in case.check_groups().unwrap() {
        let at = |position| case.check_subject(&group, position).unwrap();
        let seen: Vec<_> = (0..).map_while(|position| Some(at(position)?.record)).collect();
        let wanted: Vec<Option<u64>> = (1..)
            .zip(&expected)
            .flat_map(|(number, record)| record.checks.iter().map(move |check| (number, check)))
            .filter(|(_, check)| (check.id, check.outcome) == (group.id, group.outcome))
            .map(|(number, _)| Some(number))
            .collect();
        if group.id == CheckId::Manifest {
            assert_eq!(seen, [None]);
            continue;
        }
        assert_eq!(seen, wanted, "{group:?}");
        for number in 1..=9 {
            let first = (0..).zip(&wanted).find(|(_, record)| **record == Some(number));
            let found = case.position_of(&group, number).unwrap();
            assert_eq!(found, first.map(|(place, _)| place), "{group:?} {number}");
        }
    }
}

/// Three events of one log and one of another.
fn log() -> CaseFile {
    let mut events = vec![event(3), event(2), event(2), event(1)];
    let mut set = |at: usize, name: &str, value: &str| events[at].fields.insert(name.to_owned().into(), value.into());
    set(1, "org_id", "aorg_2");
    set(1, "action", "user.signed_out");
    set(2, "targets", "document:d2");
    set(3, "actor_name", "Bea");
    set(3, "event_id", "aevt_X");
    holding(events)
}

fn filtered(case: &CaseFile, column: Field, text: &str) -> Vec<u64> {
    let value = case
        .values(column)
        .into_iter()
        .find(|value| &*value.text == text)
        .unwrap();
    let filters = vec![RecordFilter {
        column: <&str>::from(column).to_owned(),
        value: value.id,
    }];
    numbers(case, &RecordQuery { filters, ..query() })
}

#[test]
fn a_filter_keeps_the_records_with_its_value() {
    let case = log();
    assert_eq!(filtered(&case, Field::Action, "user.signed_out"), [2]);
    assert_eq!(filtered(&case, Field::Scope, "aorg_1"), [1, 3, 4]);
    assert_eq!(filtered(&case, Field::Actor, "Bea (usr_1)"), [4]);
}

#[test]
fn a_record_with_two_targets_is_found_by_each_of_them() {
    let case = log();
    assert_eq!(filtered(&case, Field::Target, "document:d1"), [1, 2, 4]);
    assert_eq!(filtered(&case, Field::Target, "document:d2"), [1, 2, 3, 4]);
}

#[test]
fn distinct_values_stand_most_frequent_first_with_their_counts() {
    let values = log().values(Field::Target);
    let seen: Vec<(&str, u64)> = values.iter().map(|value| (&*value.text, value.count)).collect();
    assert_eq!(seen, [("document:d2", 4), ("document:d1", 3)]);
}

#[test]
fn numbers_sort_within_their_organisation() {
    let by_number = RecordQuery {
        sort: "seq".to_owned(),
        ..query()
    };
    assert_eq!(numbers(&log(), &by_number), [4, 3, 1, 2]);
}

#[test]
fn a_search_finds_words_of_the_columns_and_of_the_text() {
    let case = log();
    let search = |text: &str| {
        numbers(
            &case,
            &RecordQuery {
                search: text.to_owned(),
                ..query()
            },
        )
    };
    assert_eq!(search("SIGNED_OUT"), [2]);
    assert_eq!(search("bea aevt_x"), [4]);
    assert_eq!(search("aorg_2 bea"), [0_u64; 0]);
    assert_eq!(search("audit event"), [1, 2, 3, 4]);
}

#[test]
fn a_sequence_number_may_stand_on_several_records() {
    let case = log();
    let found: Vec<(u64, String)> = case
        .numbered(2, 10)
        .into_iter()
        .map(|(number, scope)| (number, scope.to_string()))
        .collect();
    assert_eq!(found, [(2, "aorg_2".to_owned()), (3, "aorg_1".to_owned())]);
    assert_eq!(case.numbered(2, 1).len(), 1);
}

#[test]
fn a_record_knows_its_place_in_the_list() {
    let case = three();
    let by_app = RecordQuery {
        sort: "app".to_owned(),
        ..query()
    };
    assert_eq!(case.place_of(&by_app, 3).unwrap(), Some(0));
    let failed = RecordQuery {
        verdict: Some(VerdictView::Failed),
        ..query()
    };
    assert_eq!(case.place_of(&failed, 3).unwrap(), None);
}

/// Not a test of speed, which this machine may not have: it prints the numbers that `cargo test --release` is run for.
#[test]
fn a_million_audit_events_stay_usable() {
    let many: u32 = if cfg!(debug_assertions) { 2_000 } else { 1_000_000 };
    let folder = tempfile::tempdir().unwrap();
    let report = fixture::report();
    let mut case = CaseFile::create(&folder.path().join("log.sealnote"), &report.input).unwrap();
    let mut writer = case.writer().unwrap();
    let mut spent = std::time::Duration::ZERO;
    for number in 1..=many {
        let record = generated(number);
        let started = std::time::Instant::now();
        writer.record(record).unwrap();
        spent += started.elapsed();
    }
    let started = std::time::Instant::now();
    writer.finish(&report).unwrap();
    eprintln!("written: {many} events in {spent:?} and {:?}", started.elapsed());
    let size = std::fs::metadata(case.path().unwrap()).unwrap().len();
    eprintln!("case file: {} MB", size / 1_000_000);
    let timed = |what: &str, asked: RecordQuery| {
        let started = std::time::Instant::now();
        let (matching, _) = case.page(&asked).unwrap();
        eprintln!("{what}: {matching} in {:?}", started.elapsed());
        matching
    };
    for sort in ["seq", "time", "action", "actor", "target", "verdict"] {
        let sort = sort.to_owned();
        timed(&format!("sort by {sort}"), RecordQuery { sort, ..query() });
    }
    for field in [Field::Action, Field::Actor, Field::Target] {
        let started = std::time::Instant::now();
        let values = case.values(field);
        eprintln!("{} values of {field:?} in {:?}", values.len(), started.elapsed());
        let column = <&str>::from(field).to_owned();
        let filters = vec![RecordFilter {
            column,
            value: values[0].id,
        }];
        let found = timed(&format!("filter by {field:?}"), RecordQuery { filters, ..query() });
        assert_eq!(found, values[0].count);
    }
    for search in ["signed", "aevt_00000000000000000000000777", "nothing here"] {
        let search = search.to_owned();
        timed(&format!("search {search:?}"), RecordQuery { search, ..query() });
    }
    assert_eq!(case.record_count(), u64::from(many));
}

/// An event as the engine hands it over: fields, two checks with what they compared.
fn generated(number: u32) -> Record {
    let hash = evidence::Digest::of(&number.to_be_bytes()).to_hex();
    let id = format!("aevt_{number:026}");
    let mixed = number.wrapping_mul(2_654_435_761);
    let action = match mixed % 4 {
        0 => "user.signed_in",
        1 => "user.signed_out",
        2 => "document.signed",
        _ => "login.failed",
    };
    let fields: [(&str, serde_json::Value); 13] = [
        ("org_id", "aorg_4N0C3XTK75MGVXQBH0HF7J2SP4".into()),
        ("event_id", id.clone().into()),
        ("seq", number.into()),
        ("action", action.into()),
        (
            "occurred_at",
            format!("2026-01-{:02}T06:56:02.614Z", mixed % 28 + 1).into(),
        ),
        ("ingested_at", "2026-01-27T06:56:02.953Z".into()),
        ("actor_type", "user".into()),
        ("actor_id", format!("user_{}", mixed % 5_000).into()),
        ("actor_name", format!("Person {}", mixed % 5_000).into()),
        (
            "targets",
            format!("team:t_{}|invoice:t_{}", mixed % 300, mixed % 20_000).into(),
        ),
        ("location", "203.0.113.7".into()),
        ("payload_hash", hash.clone().into()),
        ("schema", "invoance.audit/1".into()),
    ];
    let key = "bd694574fa7435e8825b99595733ab969801247342f4824f803f4f61860c49c0";
    let mut record = event(1);
    record.source = Source {
        path: "log.ndjson".to_owned(),
        line: Some(u64::from(number)),
        span: Some((u64::from(number) * 728, 727)),
        ..Source::default()
    };
    record.native.checks.clear();
    record.native.coverage.clear();
    record.native.grade = None;
    record.native.status = "PASS".into();
    record.fields = fields.map(|(name, value)| (name.into(), value)).into();
    record.checks = vec![
        Check::new(CheckId::PayloadHash, id.as_str(), Outcome::Pass)
            .expected(Some(hash.clone()))
            .found(Some(hash)),
        Check::new(CheckId::Signature, id.as_str(), Outcome::Pass)
            .detail("publicKey", key)
            .detail("signature", [key, key].concat())
            .detail("keySource", "pinned"),
    ];
    record.id = id;
    record
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
    assert_eq!(case.record_count(), many);
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
        .insert("executionId".into(), format!("exec-{number}").into());
    record.fields.insert("certificateHash".into(), record.id.clone().into());
    record
        .fields
        .insert("app".into(), format!("app {}", number % 17).into());
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

#[test]
fn what_the_reviewer_did_filters_the_table_as_soon_as_it_is_known() {
    let case = three();
    let by = |value| RecordQuery {
        filters: vec![RecordFilter {
            column: "review".to_owned(),
            value,
        }],
        ..query()
    };
    assert_eq!(numbers(&case, &by(2)), [1, 2, 3]);
    case.mark(Marks {
        noted: "2".parse().unwrap(),
        decided: "1,3".parse().unwrap(),
    });
    assert_eq!(
        [0, 1, 2].map(|value| numbers(&case, &by(value))),
        [vec![2], vec![1, 3], vec![2]]
    );
    assert_eq!(
        [Mark::Noted, Mark::Decided, Mark::NotDecided].map(|mark| case.marked(mark)),
        [1, 2, 1]
    );
    assert_eq!(case.matching(&by(1)).unwrap().to_string(), "1,3");
}
