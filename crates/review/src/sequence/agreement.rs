//! The runs agree with what the engine says of the same numbers, on every log at hand.

use std::path::{Path, PathBuf};

use evidence::{KeyBook, Pack, Policy, Progress};
use serde_json::Value;

use super::{Population, Sequences, State};
use crate::case_file::CaseFile;

fn logs() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = [
        root.join("../../tests/fixtures/invoance"),
        root.join("../../../shared/vectors/invoance/generated"),
        root.join("../../../shared/vectors/invoance/real"),
    ];
    let mut found = Vec::new();
    for folder in folders {
        match std::fs::read_dir(&folder) {
            Ok(entries) => found.extend(entries.map(|entry| entry.unwrap().path())),
            Err(_) => eprintln!("skipped: {} is not at hand", folder.display()),
        }
    }
    found
}

/// The stretches of a list of the report.
fn listed(value: &Value) -> Vec<(i64, i64)> {
    let range = |one: &Value| match one.as_i64() {
        Some(number) => (number, number),
        None => (one["from"].as_i64().unwrap(), one["to"].as_i64().unwrap()),
    };
    let mut joined: Vec<(i64, i64)> = Vec::new();
    for (first, last) in value.as_array().unwrap().iter().map(range) {
        match joined.last_mut() {
            Some(before) if before.1 + 1 == first => before.1 = last,
            _ => joined.push((first, last)),
        }
    }
    joined
}

fn agrees(population: &Population, sequences: &Sequences, path: &Path) {
    let found = sequences.all().iter().find(|one| one.sequence.name == population.name);
    let Some(found) = found else {
        assert!(population.get("first_seq").is_null(), "{}", path.display());
        return;
    };
    let runs = |wanted: &[State]| -> Vec<(i64, i64)> {
        let runs = found.sequence.runs().iter().filter(|run| wanted.contains(&run.state));
        runs.map(|run| (run.first, run.last)).collect()
    };
    let name = path.display();
    assert_eq!(
        runs(&[State::Missing]),
        listed(population.integrity("gaps")),
        "gaps of {name}"
    );
    assert_eq!(
        runs(&[State::Unverified]),
        listed(population.get("unverified_seq")),
        "unverified of {name}"
    );
    assert_eq!(
        runs(&[State::Conflict]),
        listed(population.get("seq_conflicts")),
        "conflicts of {name}"
    );
    let totals = found.sequence.totals();
    let count = totals.all() - totals.of(State::Missing) - totals.of(State::Unverified);
    assert_eq!(Some(count), population.integrity("count").as_u64(), "count of {name}");
    assert_eq!(
        Some(found.sequence.whole().first),
        population.get("first_seq").as_i64(),
        "{name}"
    );
    assert_eq!(
        Some(found.sequence.whole().last),
        population.integrity("last_seq").as_i64(),
        "{name}"
    );
}

#[test]
fn what_the_ribbon_shows_is_what_the_report_says() {
    let mut checked = 0;
    for path in logs() {
        let progress = Progress::default();
        let Ok(pack) = Pack::open(std::slice::from_ref(&path), &progress) else {
            continue;
        };
        let mut case = CaseFile::temporary(&pack.input).unwrap();
        let mut writer = case.writer().unwrap();
        let report = evidence::verify(&pack, &KeyBook::default(), &Policy::default(), &progress, &mut writer).unwrap();
        writer.finish(&report).unwrap();
        let sequences = Sequences::of(&report, &case.claims(), |scope, number| {
            case.differing(scope, number).unwrap()
        });
        for population in super::populations(&report) {
            agrees(&population, &sequences, &path);
            checked += 1;
        }
    }
    assert!(checked > 20, "{checked} organisations");
}
