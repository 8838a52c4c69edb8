//! The shared vectors of hostile zip and gz files, run whole.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a vector that cannot be read fails the test; a skip says so"
)]

use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use evidence::{ArtifactState, KeyBook, Pack, Policy, Progress, ReasonCode, Verdict};
use serde_json::Value;

/// What opening and reading everything came to.
#[derive(Debug, Default)]
struct Outcome {
    refused: Vec<String>,
    remarked: Vec<String>,
}

impl Outcome {
    /// Whether it is what `expected` says: `verdict`, `reason` and the codes in `also`.
    fn agrees(&self, expected: &Value) -> bool {
        let also = expected["also"].as_array().into_iter().flatten();
        let codes: Vec<&str> = also.chain([&expected["reason"]]).filter_map(Value::as_str).collect();
        let known = |code: &String| codes.contains(&code.as_str());
        match expected["verdict"].as_str() {
            Some("accept") => self.refused.is_empty() && self.remarked.is_empty(),
            Some("warn") => {
                self.refused.is_empty() && self.remarked.iter().any(known) && self.remarked.iter().all(known)
            }
            Some("refuse") => self.refused.iter().any(known),
            other => panic!("unknown verdict {other:?}"),
        }
    }
}

fn outcome(path: &Path) -> Outcome {
    let pack = Pack::open(&[path.to_owned()], &Progress::default()).unwrap();
    let mut outcome = Outcome::default();
    outcome
        .refused
        .extend(pack.refusals.iter().map(|refusal| refusal.code.to_string()));
    outcome
        .remarked
        .extend(pack.findings.iter().map(|finding| finding.code.to_string()));
    for (index, artifact) in pack.artifacts.iter().enumerate() {
        if artifact.state != ArtifactState::Readable {
            continue;
        }
        match pack.reader(index).and_then(|reader| reader.finish()) {
            Ok(end) => outcome.remarked.extend(end.warnings.iter().map(ToString::to_string)),
            Err(refusal) => outcome.refused.push(refusal.code.to_string()),
        }
    }
    outcome
}

/// The folder of vectors, where it is there.
fn vectors(name: &str) -> Option<PathBuf> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/vectors/common")).join(name);
    let present = folder.is_dir();
    if !present {
        println!("skipped: no shared vectors at {}", folder.display());
    }
    present.then_some(folder)
}

/// What a check of it says of the lines.
fn checked(path: &Path) -> Outcome {
    let progress = Progress::default();
    let pack = Pack::open(&[path.to_owned()], &progress).unwrap();
    let (book, policy) = (KeyBook::default(), Policy::default());
    let report = evidence::verify(&pack, &book, &policy, &progress, &mut Vec::new()).unwrap();
    let codes = report.findings.iter().map(|finding| finding.code);
    // Nothing in them is evidence, whatever its lines are like.
    let codes = codes.filter(|code| *code != ReasonCode::UnrecognisedFile);
    let codes = codes.map(|code| code.to_string()).collect();
    let mut outcome = Outcome::default();
    if report.verdict == Verdict::NotEvidence {
        outcome.remarked = codes;
    } else {
        outcome.refused = codes;
    }
    outcome
}

fn run(folder: &Path, outcome: fn(&Path) -> Outcome, names: impl Fn(&str) -> bool) {
    let expected: BTreeMap<String, Value> =
        serde_json::from_slice(&fs::read(folder.join("expected.json")).unwrap()).unwrap();
    let scratch = tempfile::tempdir().unwrap();
    let mut wrong = Vec::new();
    let mut seen = 0;
    for (name, expected) in expected.iter().filter(|(name, _)| names(name)) {
        seen += 1;
        let outcome = outcome(&unpacked(folder, name, scratch.path()));
        if !outcome.agrees(expected) {
            wrong.push(format!("{name}: {expected} but {outcome:?}"));
        }
    }
    assert!(seen > 0);
    assert!(
        wrong.is_empty(),
        "{} of {seen} differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// The vector's path, decoded first where it was only compressed to be stored.
fn unpacked(folder: &Path, name: &str, scratch: &Path) -> PathBuf {
    let path = folder.join(name);
    let Some(inner) = name.strip_suffix(".gz").filter(|inner| inner.contains('.')) else {
        return path;
    };
    let mut bytes = Vec::new();
    flate2::read::MultiGzDecoder::new(fs::File::open(path).unwrap())
        .read_to_end(&mut bytes)
        .unwrap();
    let path = scratch.join(inner);
    fs::write(&path, bytes).unwrap();
    path
}

#[test]
fn every_zip_comes_out_as_expected() {
    if let Some(folder) = vectors("zip") {
        run(&folder, outcome, |_| true);
    }
}

#[test]
fn every_gz_comes_out_as_expected() {
    if let Some(folder) = vectors("gz") {
        run(&folder, outcome, |name| name.starts_with("gz-"));
    }
}

#[test]
fn every_file_of_lines_comes_out_as_expected() {
    if let Some(folder) = vectors("gz") {
        run(&folder, checked, |name| name.starts_with("nd-"));
    }
}
