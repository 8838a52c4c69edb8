//! The vendor's keel-verify on our Keel fixtures: exit code and first reason beside what each case expects of ours.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::difference::Differences;
use super::{ask, files_below};
use crate::places;
use crate::tally::Tally;

/// One export or checkpoint.
struct Case {
    /// As the list of differences names it.
    place: String,
    /// What keel-verify is called with.
    words: Vec<String>,
    expected: Value,
}

/// Compares case by case.
///
/// # Errors
/// When keel-verify could not be run.
pub(super) fn compare(python: &Path) -> Result<Tally> {
    let cases = fixtures()?;
    let tasks: Vec<&Vec<String>> = cases.iter().map(|case| &case.words).collect();
    let answers = ask(python, "keel_answers.py", &json!({"tasks": tasks}))?;
    let answers = answers.as_array().context("a list of answers")?;
    ensure!(answers.len() == cases.len(), "an answer for every case");
    let mut differences = Differences::default();
    for (case, theirs) in cases.iter().zip(answers) {
        let theirs = theirs.as_str().context("an answer is text")?;
        differences.count(&case.place, theirs, &ours(&case.expected, theirs));
    }
    println!("{} exports and checkpoints", cases.len());
    differences.against(&places::root().join("tests/peers/keel.txt"), |_| true)
}

/// Our answer in keel-verify's form: `0`, or `1` with its reason where that is among ours, else with all of ours.
fn ours(expected: &Value, theirs: &str) -> String {
    let status = expected.pointer("/native/status").and_then(Value::as_str);
    if !matches!(status, Some("failed" | "unverifiable")) {
        return "0".to_owned();
    }
    let codes = expected.pointer("/native/reasonCodes").and_then(Value::as_array);
    let codes: Vec<&str> = codes.into_iter().flatten().filter_map(Value::as_str).collect();
    match theirs.split_once(' ') {
        Some((_, code)) if codes.contains(&code) => format!("1 {code}"),
        _ => format!("1 {}", codes.join(" ")),
    }
}

fn fixtures() -> Result<Vec<Case>> {
    let folder = places::root().join("tests/fixtures/keel");
    let mut cases = Vec::new();
    for (name, path) in files_below(&folder)? {
        let Some(name) = name.strip_suffix("/case.json") else {
            continue;
        };
        let case: Value = serde_json::from_slice(&fs::read(&path)?)?;
        cases.push(Case {
            place: name.to_owned(),
            words: words(&folder, name, &case)?,
            expected: case.get("expect").cloned().unwrap_or_default(),
        });
    }
    Ok(cases)
}

/// What keel-verify is called with for a case.
fn words(folder: &Path, name: &str, case: &Value) -> Result<Vec<String>> {
    let text = |path: PathBuf| path.to_string_lossy().into_owned();
    let names = |member: &str| {
        let list = case.get(member).and_then(Value::as_array).into_iter().flatten();
        list.filter_map(Value::as_str).collect::<Vec<_>>()
    };
    let pack = folder.join(name).join("pack");
    let payload = case
        .get("payload")
        .and_then(Value::as_str)
        .context("a case names its payload")?;
    let mut words = vec!["export".to_owned(), text(pack.join(payload))];
    if pack.join("manifest.json").is_file() {
        words.push(text(pack.join("manifest.json")));
    } else {
        "checkpoint".clone_into(words.first_mut().context("the command")?);
    }
    match names("keys").first() {
        Some(key) => words.extend(["--key-manifest".to_owned(), text(folder.join("keys").join(key))]),
        None => words.push("--self-attested".to_owned()),
    }
    words.push("--json".to_owned());
    for layer in names("require") {
        let option = if layer == "chain" {
            "--walk-events"
        } else {
            "--verify-closure"
        };
        words.push(option.to_owned());
    }
    Ok(words)
}
