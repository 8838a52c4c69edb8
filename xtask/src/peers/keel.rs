//! The vendor's keel-verify beside the built program: exit code and first reason, on our fixtures and the vectors.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::difference::Differences;
use super::{ask, files_below};
use crate::command::command;
use crate::places;
use crate::tally::Tally;

/// What both are given.
struct Case {
    /// As the list of differences names it.
    place: String,
    /// What keel-verify is called with.
    theirs: Vec<String>,
    /// What our program is called with.
    ours: Vec<String>,
}

/// Compares case by case.
///
/// # Errors
/// When one of the two could not be run.
pub(super) fn compare(python: &Path) -> Result<Tally> {
    let mut cases = fixtures()?;
    let vectors = vectors()?;
    let with_vectors = !vectors.is_empty();
    if !with_vectors {
        println!("skipped: the shared vectors are not on this machine");
    }
    cases.extend(vectors);
    let tasks: Vec<&Vec<String>> = cases.iter().map(|case| &case.theirs).collect();
    let answers = ask(python, "keel_answers.py", &json!({"tasks": tasks}))?;
    let answers = answers.as_array().context("a list of answers")?;
    ensure!(answers.len() == cases.len(), "an answer for every case");
    let mut differences = Differences::default();
    for (case, theirs) in cases.iter().zip(answers) {
        let theirs = theirs.as_str().context("an answer is text")?;
        differences.count(&case.place, theirs, &ours(case, theirs)?);
    }
    println!("{} exports, bundles and checkpoints", cases.len());
    let list = places::root().join("tests/peers/keel.txt");
    differences.against(&list, |place| with_vectors || !place.starts_with("vectors/"))
}

/// Our answer in keel-verify's form: `0`, or `1` with its reason where that is among ours, else with all of ours.
fn ours(case: &Case, theirs: &str) -> Result<String> {
    let report = report(&case.ours).with_context(|| case.place.clone())?;
    // Of one part alone the report says the same of the pack as a whole, and lists no parts.
    let native = ["/body/parts/0/native", "/body/native"]
        .into_iter()
        .find_map(|place| report.pointer(place))
        .with_context(|| format!("{}: nothing was recognised", case.place))?;
    let status = native
        .get("status")
        .and_then(Value::as_str)
        .context("a native status")?;
    if status.starts_with("verified") {
        return Ok("0".to_owned());
    }
    let codes = native.get("reasonCodes").and_then(Value::as_array);
    let codes: Vec<&str> = codes.into_iter().flatten().filter_map(Value::as_str).collect();
    Ok(match theirs.split_once(' ') {
        Some((_, code)) if codes.contains(&code) => format!("1 {code}"),
        _ => format!("1 {}", codes.join(" ")),
    })
}

/// The report of the built program.
fn report(words: &[String]) -> Result<Value> {
    let mut verify = command(places::built("sealcheck"));
    verify
        .args(["verify", "--quiet", "--together", "--format", "json"])
        .args(words);
    let output = verify.output().context("sealcheck cannot be started")?;
    let code = output.status.code();
    ensure!(
        matches!(code, Some(0 | 1 | 3 | 4)),
        "sealcheck ended with {code:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).context("no report")
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

fn names<'c>(case: &'c Value, member: &str) -> Vec<&'c str> {
    let list = case.get(member).and_then(Value::as_array).into_iter().flatten();
    list.filter_map(Value::as_str).collect()
}

/// Every option once for each of its values.
fn each(option: &str, values: impl IntoIterator<Item = String>) -> impl Iterator<Item = String> {
    let option = option.to_owned();
    values.into_iter().flat_map(move |value| [option.clone(), value])
}

/// Our fixtures that keel-verify has a command for.
fn fixtures() -> Result<Vec<Case>> {
    let folder = places::root().join("tests/fixtures/keel");
    let mut cases = Vec::new();
    for (name, path) in files_below(&folder)? {
        let Some(name) = name.strip_suffix("/case.json") else {
            continue;
        };
        let case: Value = serde_json::from_slice(&fs::read(&path)?)?;
        let Some(peer) = case.get("peer").and_then(Value::as_str) else {
            continue;
        };
        let pack = folder.join(name).join("pack");
        let key = |name: &str| text(&folder.join("keys").join(name));
        let trust = [names(&case, "keys"), names(&case, "authorities")].concat();
        let ours = each("--keys", trust.into_iter().map(key))
            .chain(each(
                "--require",
                names(&case, "require").into_iter().map(str::to_owned),
            ))
            .chain([text(&pack)]);
        cases.push(Case {
            place: format!("fixtures/{name}"),
            theirs: words(&case, peer, &pack, key)?,
            ours: ours.collect(),
        });
    }
    Ok(cases)
}

/// What keel-verify is called with for a fixture.
fn words(case: &Value, peer: &str, pack: &Path, key: impl Fn(&str) -> String) -> Result<Vec<String>> {
    let payload = case.get("payload").and_then(Value::as_str);
    let payload = pack.join(payload.context("a case names its payload")?);
    let manifest = pack.join("manifest.json");
    let mut words = vec![peer.to_owned(), text(&payload)];
    words.extend(manifest.is_file().then(|| text(&manifest)));
    match names(case, "keys").as_slice() {
        [] => words.push("--self-attested".to_owned()),
        [keys, pinned @ ..] => {
            words.extend(["--key-manifest".to_owned(), key(keys)]);
            words.extend(each("--trust-root", pinned.iter().map(|name| key(name))));
        }
    }
    words.push("--json".to_owned());
    let options = names(case, "require").into_iter().map(|layer| match layer {
        "chain" => "--walk-events",
        _ => "--verify-closure",
    });
    words.extend(options.map(str::to_owned));
    Ok(words)
}

/// The shared vectors; none where they are not there.
fn vectors() -> Result<Vec<Case>> {
    let folder = places::root().join("../shared/vectors/keel");
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let folder = folder.canonicalize()?;
    let expected: Value = serde_json::from_slice(&fs::read(folder.join("expected.json"))?)?;
    let cases = expected
        .get("cases")
        .and_then(Value::as_array)
        .context("a list of cases")?;
    cases.iter().map(|case| vector(&folder, case)).collect()
}

fn vector(folder: &Path, case: &Value) -> Result<Case> {
    let member = |name: &str| case.get(name).and_then(Value::as_str);
    let id = member("id").context("a case has an id")?;
    let checks = names(case, "checks");
    let trust = ["trust_root", "pinned_root", "tsa_root"].into_iter().filter_map(member);
    let layers = checks.iter().map(|check| match *check {
        "walk" => "chain".to_owned(),
        _ => "closures".to_owned(),
    });
    let dir = folder.join(member("dir").context("a case has a folder")?);
    let files = names(case, "files").into_iter().map(|file| text(&dir.join(file)));
    let ours = each("--keys", trust.map(|name| text(&folder.join(name))))
        .chain(each("--require", layers))
        .chain(files);
    Ok(Case {
        place: format!("vectors/{id}"),
        theirs: call(folder, case, &checks).with_context(|| format!("{id} has no call"))?,
        ours: ours.collect(),
    })
}

/// The call of keel-verify that asks for the same checks, with files where they lie.
fn call(folder: &Path, case: &Value, checks: &[&str]) -> Option<Vec<String>> {
    let calls = case.get("keel_verify")?.as_array()?.iter();
    let calls = calls.filter_map(|call| call.get("command")?.as_str());
    let asks = |call: &&str| {
        let same = |option: &str, check: &str| call.contains(option) == checks.contains(&check);
        same("--walk-events", "walk") && same("--verify-closure", "closure")
    };
    let words = calls
        .clone()
        .find(asks)
        .or_else(|| calls.clone().next())?
        .split(' ')
        .skip(1);
    let placed = |word: &str| {
        let file: PathBuf = folder.join(word);
        if file.is_file() { text(&file) } else { word.to_owned() }
    };
    Some(words.map(placed).collect())
}
