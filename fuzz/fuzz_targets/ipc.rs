//! What the page asks: the answers of the window's commands to any arguments.
#![no_main]

use std::path::Path;
use std::sync::LazyLock;

use evidence::{KeyBook, Pack, Policy, Progress, Report};
use libfuzzer_sys::fuzz_target;
use review::case_file::CaseFile;
use review::present::{self, CheckGroup, Layout};
use review::sequence::Sequences;
use serde::Deserialize;

/// A review as the window holds it.
struct Review {
    report: Report,
    case_file: CaseFile,
    groups: Vec<CheckGroup>,
    sequences: Sequences,
}

static REVIEWS: LazyLock<Vec<Review>> = LazyLock::new(|| {
    [
        "nexart/pack-of-two/pack",
        "invoance/row_twice",
        "keel/bundle/pack",
        "keel/row_repeated/pack",
    ]
    .map(|name| {
        review(
            &Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("../tests/fixtures")
                .join(name),
        )
    })
    .into()
});

fn review(path: &Path) -> Review {
    let progress = Progress::default();
    let pack = Pack::open(&[path.to_owned()], &progress).expect("nobody cancels");
    assert!(!pack.refused_whole, "{}", path.display());
    let mut case_file = CaseFile::temporary(&pack.input).expect("a temporary file");
    let mut writer = case_file.writer().expect("a case file");
    let report = evidence::verify(&pack, &KeyBook::default(), &Policy::default(), &progress, &mut writer)
        .expect("nobody cancels");
    writer.finish(&report).expect("a case file");
    let sequences = Sequences::of(&report, &case_file.claims(), |_, _| true);
    let groups = case_file.check_groups().expect("a case file");
    Review {
        report,
        case_file,
        groups,
        sequences,
    }
}

fuzz_target!(|input: &[u8]| {
    let [command, which, arguments @ ..] = input else {
        return;
    };
    let review = &REVIEWS[usize::from(*which) % REVIEWS.len()];
    asked(review, *command, arguments);
});

/// The arguments of a command, as JSON.
fn read<'a, T: Deserialize<'a>>(arguments: &'a [u8]) -> Option<T> {
    serde_json::from_slice(arguments).ok()
}

fn asked(review: &Review, command: u8, arguments: &[u8]) -> Option<()> {
    let (report, case_file) = (&review.report, &review.case_file);
    match command % 12 {
        0 => {
            let query = read::<review::view::RecordQuery>(arguments)?;
            let (matching, rows) = case_file.page(&query).ok()?;
            assert!(rows.len() <= 200 && u64::try_from(rows.len()).ok()? <= matching);
            for (number, record) in &rows {
                let _ = present::record_row(*number, record, Layout::of(report));
            }
        }
        1 => {
            let query = read::<review::view::RecordQuery>(arguments)?;
            if let Some(number) = case_file.number_at(&query).ok()? {
                assert!((1..=case_file.record_count()).contains(&number));
            }
        }
        2 => {
            let (query, record) = read::<(review::view::RecordQuery, u64)>(arguments)?;
            let place = case_file.place_of(&query, record).ok()?;
            assert!(place.is_none_or(|place| place < case_file.record_count()));
        }
        3 => {
            let query = read::<review::view::SequenceQuery>(arguments)?;
            assert!(present::sequence_page(report, &review.sequences, &query).rows.len() <= 200);
        }
        4 => {
            present::ribbon(&review.sequences, &read(arguments)?)?;
        }
        5 => {
            present::run_page(report, &review.sequences, &read(arguments)?, |thread, number| {
                case_file.seat(thread, number).ok().flatten()
            })?;
        }
        6 => {
            let (key, position) = read::<(String, u64)>(arguments)?;
            let (id, outcome, required) = present::parse_group_key(&key)?;
            let group = review
                .groups
                .iter()
                .find(|group| (group.id, group.outcome, group.required) == (id, outcome, required))?;
            let subject = case_file.check_subject(group, position).ok()??;
            let _ = present::check_detail(group, &subject, position, None);
            let _ = present::work(&subject, None);
        }
        7 => {
            let (start, rows, search) = read::<(u64, u32, String)>(arguments)?;
            let _ = present::file_page(report, start, rows, &search);
        }
        8 => {
            let (list, start, count, differing) = read::<(u32, u64, u32, bool)>(arguments)?;
            let _ = present::manifest_page(report, list, start, count, differing, |source| {
                case_file.record_by_source(source).ok().flatten()
            });
            let _ = present::snapshot_page(report, start, count, differing, |hash| {
                case_file.record_by_hash(hash).ok().flatten()
            });
        }
        9 => {
            let (ours, given) = read::<(String, String)>(arguments)?;
            let _ = present::compare(&ours, &given);
        }
        10 => {
            let (column, search) = read::<(String, String)>(arguments)?;
            let field = column.parse().ok()?;
            let _ = present::values(field, &case_file.values(field), &search);
        }
        _ => {
            let path = String::from_utf8_lossy(arguments.get(..16).unwrap_or_default());
            let _ = present::file_text(&path, arguments);
            let text = String::from_utf8_lossy(arguments);
            assert!(!present::visible(&text).contains('\u{1b}'));
            let page = review::summary_page::document(arguments);
            assert!(!page.to_ascii_lowercase().contains("<script"));
        }
    }
    Some(())
}
