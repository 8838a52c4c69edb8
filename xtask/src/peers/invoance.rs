//! The Invoance SDK for Python: every row of every log, one by one, and rows that the SDK made canonical itself.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::difference::Differences;
use super::{ask, files_below};
use crate::command::{command, must_succeed};
use crate::places;
use crate::tally::Tally;

/// One log that both answer.
struct Log {
    /// Where it lies, as the list of differences names it.
    place: String,
    file: PathBuf,
    keys: Vec<PathBuf>,
}

/// Compares row by row.
///
/// # Errors
/// When one of the two could not be run.
pub(super) fn compare(python: &Path) -> Result<Tally> {
    let mut tally = signed_by_the_sdk(python)?;
    let mut logs = fixtures()?;
    let vectors = vectors()?;
    let with_vectors = !vectors.is_empty();
    if !with_vectors {
        println!("skipped: the shared vectors are not on this machine");
    }
    logs.extend(vectors);
    let files: Vec<Value> = logs
        .iter()
        .map(|log| json!({"path": log.file, "keys": log.keys}))
        .collect();
    let answers = ask(python, "invoance_rows.py", &json!({"files": files}))?;
    let answers = answers.as_array().context("a list of answers")?;
    ensure!(answers.len() == logs.len(), "an answer for every file");
    let mut differences = Differences::default();
    let mut rows = 0;
    for (log, theirs) in logs.iter().zip(answers) {
        let theirs: Vec<&str> = theirs
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let ours = answers_of_ours(log)?;
        rows += ours.len();
        if theirs.len() != ours.len() {
            differences.count(
                &log.place,
                &format!("{} rows", theirs.len()),
                &format!("{} rows", ours.len()),
            );
            continue;
        }
        for (theirs, ours) in theirs.iter().zip(&ours) {
            differences.count(&log.place, theirs, ours);
        }
    }
    println!("{} logs, {rows} rows", logs.len());
    let list = places::root().join("tests/peers/invoance.txt");
    tally.add(differences.against(&list, |place| with_vectors || !place.starts_with("vectors/"))?);
    Ok(tally)
}

/// The logs of our fixtures.
fn fixtures() -> Result<Vec<Log>> {
    let folder = places::root().join("tests/fixtures/invoance");
    let mut logs = Vec::new();
    for (name, path) in files_below(&folder)? {
        let Some(case) = name.strip_suffix("/case.json") else {
            continue;
        };
        let value: Value = serde_json::from_slice(&fs::read(&path)?)?;
        let keys = value.get("keys").and_then(Value::as_array).into_iter().flatten();
        let keys: Vec<PathBuf> = keys
            .filter_map(Value::as_str)
            .map(|key| folder.join("keys").join(key))
            .collect();
        for (file, path) in files_below(&folder.join(case))? {
            if is_log(&file) {
                logs.push(Log {
                    place: format!("fixtures/{case}/{file}"),
                    file: path,
                    keys: keys.clone(),
                });
            }
        }
    }
    Ok(logs)
}

/// The logs of the shared vectors; none where they are not there.
fn vectors() -> Result<Vec<Log>> {
    let folder = places::root().join("../shared/vectors/invoance/generated");
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let expected: Value = serde_json::from_slice(&fs::read(folder.join("expected.json"))?)?;
    let mut logs = Vec::new();
    for (file, path) in files_below(&folder)? {
        let name = file.split('/').next().unwrap_or_default();
        let pinned = expected
            .get(name)
            .and_then(|vector| vector.pointer("/options/pinned_keys"));
        if !is_log(&file) || pinned.is_none() {
            continue;
        }
        let pinned = pinned.and_then(Value::as_array).into_iter().flatten();
        logs.push(Log {
            place: format!("vectors/{file}"),
            file: path,
            keys: pinned.filter_map(Value::as_str).map(key_file).collect::<Result<_>>()?,
        });
    }
    Ok(logs)
}

/// A key document for one key, among what is left behind by building.
fn key_file(hex: &str) -> Result<PathBuf> {
    let folder = places::target().join("peer-keys");
    fs::create_dir_all(&folder)?;
    let path = folder.join(format!("{}.json", hex.get(..16).unwrap_or(hex)));
    fs::write(&path, json!({"public_key": hex, "algorithm": "ed25519"}).to_string())?;
    Ok(path)
}

/// Whether a file of a pack is one that rows come from; what is said beside a log is not, nor is another proof.
fn is_log(file: &str) -> bool {
    let name = file.rsplit('/').next().unwrap_or_default();
    let beside = [
        "case.json",
        "key.json",
        "keys.json",
        "export.json",
        "integrity.json",
        "verify.ndjson",
        "raw.json",
        "attestation.json",
        "anchor.json",
        "ledger.json",
        "trace.json",
    ];
    let form = [".ndjson", ".jsonl", ".json", ".gz"];
    form.iter().any(|end| name.ends_with(end)) && !beside.contains(&name)
}

/// What the built program says of each row of one file, in order.
fn answers_of_ours(log: &Log) -> Result<Vec<String>> {
    let report = report(&log.file, &log.keys)?;
    let records = report.pointer("/body/records").and_then(Value::as_array);
    Ok(records
        .into_iter()
        .flatten()
        .map(|record| {
            let codes = record.pointer("/native/reasonCodes").and_then(Value::as_array);
            match codes.and_then(|codes| codes.first()).and_then(Value::as_str) {
                None => "valid",
                // What the SDK never sees, because the parser before it refuses.
                Some("parse_error" | "invalid_utf8") => "unreadable",
                Some(reason) => reason,
            }
            .to_owned()
        })
        .collect())
}

/// The report of the built program.
fn report(pack: &Path, keys: &[PathBuf]) -> Result<Value> {
    let mut verify = command(places::built("sealcheck"));
    verify.args(["verify", "--quiet", "--format", "ndjson", "--scope", "full"]);
    for key in keys {
        verify.arg("--keys").arg(key);
    }
    let output = verify.arg(pack).output().context("sealcheck cannot be started")?;
    let code = output.status.code();
    ensure!(
        matches!(code, Some(0 | 1 | 3 | 4 | 5)),
        "sealcheck ended with {code:?} on {}: {}",
        pack.display(),
        String::from_utf8_lossy(&output.stderr)
    );
    if output.stdout.is_empty() {
        return Ok(Value::Null);
    }
    serde_json::from_slice(&output.stdout).with_context(|| format!("no report about {}", pack.display()))
}

/// Rows that the SDK made canonical and PyNaCl signed: every one has to verify.
fn signed_by_the_sdk(python: &Path) -> Result<Tally> {
    let folder = places::target().join("peer-keys");
    fs::create_dir_all(&folder)?;
    let (rows, key) = (folder.join("events.ndjson"), folder.join("key.json"));
    must_succeed(command(python).arg("tests/peers/invoance_sign.py").args([&rows, &key]))?;
    let report = report(&rows, std::slice::from_ref(&key))?;
    let figure = |pointer: &str| report.pointer(pointer).cloned().unwrap_or_default();
    let counts = [figure("/body/counts/records"), figure("/body/counts/verified")];
    if counts == [json!(500), json!(500)] && figure("/body/verdict") == "VERIFIED" {
        return Ok(Tally::PASSED);
    }
    println!("of 500 rows signed with the SDK ours reads and verifies {counts:?}");
    Ok(Tally::FAILED)
}
