//! in-toto's own library beside the built program: signatures of review notes, whole and altered.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::ask;
use crate::command::{cargo, command, must_succeed};
use crate::places;
use crate::tally::Tally;

/// Alters a signature.
type Alter = fn(&mut Value);

/// What is altered in a sign-off before both are asked.
const ALTERED: &[(&str, Alter)] = &[
    ("as it was signed", |_| {}),
    ("another payload", |signature| {
        replace(signature, "/envelope/payload", |text| text.replacen('e', "f", 1));
    }),
    ("another signature", |signature| {
        replace(signature, "/envelope/signatures/0/sig", |text| {
            let other = if text.starts_with('A') { "B" } else { "A" };
            format!("{other}{}", text.get(1..).unwrap_or_default())
        });
    }),
    ("another type", |signature| {
        replace(signature, "/envelope/payloadType", |_| "application/json".to_owned());
    }),
    ("another key", |signature| {
        // The public key of RFC 8032's first test.
        let other = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
        replace(signature, "/publicKey", |_| other.to_owned());
    }),
];

/// Compares sign-off by sign-off.
///
/// # Errors
/// When one of the two could not be run.
pub(super) fn compare(python: &Path) -> Result<Tally> {
    let note = signed_note()?;
    let text = fs::read_to_string(&note).with_context(|| note.display().to_string())?;
    let note: Value = serde_json::from_str(&text)?;
    let pack = note.pointer("/body/input/sha256").cloned().unwrap_or_default();
    let mut cases = Vec::new();
    for (place, signoff) in signoffs(&note)?.iter().enumerate() {
        for (name, alter) in ALTERED {
            let mut signature = signoff.get("signature").cloned().context("a signature")?;
            alter(&mut signature);
            cases.push((place, *name, signature));
        }
    }
    let tasks: Vec<Value> = cases.iter().map(|(_, _, signature)| task(signature)).collect();
    let answers = ask(python, "dsse_answers.py", &json!({"tasks": tasks}))?;
    let answers = answers.as_array().context("a list of answers")?;
    ensure!(answers.len() == cases.len(), "an answer for every envelope");
    let mut tally = Tally::default();
    for ((place, name, signature), theirs) in cases.iter().zip(answers) {
        let ours = if fits(&note, *place, signature)? {
            pack.clone()
        } else {
            json!("refused")
        };
        let meant = (*name == "as it was signed") == (ours == pack);
        if ours == *theirs && meant {
            tally.add(Tally::PASSED);
        } else {
            println!("sign-off {place}, {name}: theirs {theirs}, ours {ours}");
            tally.add(Tally::FAILED);
        }
    }
    println!("{} envelopes of review notes", cases.len());
    Ok(tally)
}

/// A note with two sign-offs, made with the library as anybody would.
fn signed_note() -> Result<PathBuf> {
    let folder = places::out().join("signed-note");
    fs::create_dir_all(&folder)?;
    let mut example = cargo();
    example.args([
        "run",
        "--locked",
        "--quiet",
        "--package",
        "review",
        "--example",
        "signed_note",
        "--",
    ]);
    must_succeed(example.arg(&folder))?;
    Ok(folder.join("failed.zip.review.json"))
}

fn signoffs(note: &Value) -> Result<&Vec<Value>> {
    let signoffs = note.pointer("/review/signoffs").and_then(Value::as_array);
    signoffs.context("a note with sign-offs")
}

fn task(signature: &Value) -> Value {
    json!({
        "envelope": signature.get("envelope"),
        "keyid": signature.pointer("/envelope/signatures/0/keyid"),
        "publicKey": signature.get("publicKey"),
    })
}

/// Whether our program takes the signature, put in the place of the note's own.
fn fits(note: &Value, place: usize, signature: &Value) -> Result<bool> {
    let mut altered = note.clone();
    let there = altered.pointer_mut(&format!("/review/signoffs/{place}/signature"));
    *there.context("a signature")? = signature.clone();
    let path = places::out().join("signed-note/altered.json");
    fs::write(&path, serde_json::to_vec(&altered)?)?;
    let mut verify = command(places::built("sealcheck"));
    verify.args(["note", "verify", "--format", "json"]).arg(&path);
    let output = verify.output().context("sealcheck cannot be started")?;
    let report: Value = serde_json::from_slice(&output.stdout).context("sealcheck note verify answers in JSON")?;
    let checks = report.get("checks").and_then(Value::as_array).context("checks")?;
    let mut signatures = checks
        .iter()
        .filter(|check| check.get("id") == Some(&json!("signature")));
    let check = signatures.nth(place).context("a check of the signature")?;
    Ok(check.get("outcome") != Some(&json!("FAIL")))
}

fn replace(value: &mut Value, pointer: &str, with: impl FnOnce(&str) -> String) {
    if let Some(member) = value.pointer_mut(pointer) {
        *member = with(member.as_str().unwrap_or_default()).into();
    }
}
