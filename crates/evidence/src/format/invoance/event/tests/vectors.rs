//! Rows against the shared vectors.

use serde_json::{Value, json};

use super::*;
use crate::vectors;

const FOLDER: &str = "invoance";

#[test]
fn the_official_vectors_reproduce_byte_for_byte() {
    let Some(golden) = vectors::json(&format!("{FOLDER}/real/golden_vectors.json")) else {
        return;
    };
    let vectors = golden["vectors"].as_array().expect("vectors");
    assert_eq!(vectors.len(), 15);
    for vector in vectors {
        let name = &vector["name"];
        let mut event = vector["event"].clone();
        let canonical = canonical_of(event.to_string().as_bytes()).expect("canonical bytes");
        assert_eq!(
            String::from_utf8_lossy(&canonical),
            vector["canonical_utf8"].as_str().unwrap(),
            "{name}"
        );
        event["payload_hash"] = vector["payload_hash_sha256"].clone();
        event["signature"] = vector["signature_ed25519"].clone();
        event["signing_public_key"] = vector["public_key"].clone();
        let judged = judged_text(&event.to_string(), &nothing_pinned());
        assert_eq!(judged.reason, None, "{name}");
        assert_eq!(
            judged.hash.map(|hash| hash.to_hex()).as_deref(),
            vector["payload_hash_sha256"].as_str()
        );
    }
}

#[test]
fn the_cases_of_the_other_kits_reproduce() {
    let Some(cases) = vectors::json(&format!("{FOLDER}/real/sdk_canonical_cases.json")) else {
        return;
    };
    for case in cases["cases"].as_array().expect("cases") {
        let canonical = canonical_of(case["event"].to_string().as_bytes()).expect("canonical bytes");
        assert_eq!(
            String::from_utf8_lossy(&canonical),
            case["canonical_utf8"].as_str().unwrap()
        );
        assert_eq!(Digest::of(&canonical).to_hex(), case["payload_hash"].as_str().unwrap());
    }
    for pair in cases["timestamps"].as_array().expect("pairs") {
        let moment = Moment::read(pair[0].as_str().unwrap()).map(Moment::text);
        assert_eq!(moment.as_deref(), pair[1].as_str());
    }
}

/// Rows of a vector in their order: exact text and place, as far as rows are cut out of its form.
fn rows(file: &str, bytes: &[u8], keys: &Keys) -> Vec<Judged> {
    let whole = json::without_bom(bytes);
    let source = |line: u64| Source {
        path: file.to_owned(),
        line: Some(line),
        ..Source::default()
    };
    if let Ok(parsed) = json::parse(whole, &Bounds::default()) {
        return of_value(&parsed.root, &source(1), keys);
    }
    let mut found = Vec::new();
    for (index, line) in whole.split(|byte| *byte == b'\n').enumerate() {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.trim_ascii().is_empty() {
            continue;
        }
        let source = source(u64::try_from(index).unwrap() + 1);
        match json::parse(line, &Bounds::default()) {
            Ok(parsed) => found.extend(of_value(&parsed.root, &source, keys)),
            Err(_) => found.push(judge(line, source, keys, &Bounds::default())),
        }
    }
    found
}

/// The rows of an array, a page, or of one event alone.
fn of_value(node: &Node<'_>, source: &Source, keys: &Keys) -> Vec<Judged> {
    let list = node.get("events").unwrap_or(node);
    if list.is_array() {
        list.items()
            .iter()
            .map(|item| judge_node(item, source.clone(), keys))
            .collect()
    } else {
        vec![judge_node(node, source.clone(), keys)]
    }
}

fn book_of(options: &Value) -> KeyBook {
    let texts = options["pinned_keys"].as_array().expect("keys");
    let key = |text: &Value| {
        crate::keytext::read_key_text(text.as_str().unwrap())
            .expect("a key")
            .key
    };
    KeyBook {
        bare: texts.iter().map(key).collect(),
        ..KeyBook::default()
    }
}

#[test]
fn every_row_of_every_generated_vector_has_its_reason_and_its_notes() {
    let Some(expected) = vectors::json(&format!("{FOLDER}/generated/expected.json")) else {
        return;
    };
    let mut checked = 0;
    for (name, case) in expected.as_object().expect("cases") {
        // A comma-separated file and one in UTF-16 have no rows to judge.
        if name.ends_with(".csv") || name.contains("utf16") {
            continue;
        }
        let path = vectors::path(&format!("{FOLDER}/generated/{name}")).expect("the vector");
        let mut files = Vec::new();
        if path.is_dir() {
            files.extend(vectors::files(&format!("{FOLDER}/generated/{name}")));
        } else {
            files.push((name.clone(), std::fs::read(&path).expect("a vector")));
        }
        let (events, others): (Vec<_>, Vec<_>) = files
            .into_iter()
            .partition(|(file, _)| file == name || file.starts_with("events"));
        let documents: Vec<_> = others.into_iter().filter(|(file, _)| file.starts_with("key")).collect();
        let (keys, findings) = Keys::new(&book_of(&case["options"]), &documents);
        assert_eq!(findings, [], "{name}");
        let judged: Vec<Judged> = events
            .iter()
            .flat_map(|(file, bytes)| rows(file, bytes, &keys))
            .collect();
        assert_eq!(json!(judged.len()), case["records"], "{name}");
        compare(name, case, &judged);
        checked += 1;
    }
    assert!(checked > 90, "{checked}");
}

fn compare(name: &str, case: &Value, judged: &[Judged]) {
    let lower = |codes: &[ReasonCode]| codes.iter().copied().map(checks::in_lower_case).collect::<Vec<_>>();
    let place = |(position, row): (usize, &Judged)| json!({"file": row.record.source.path, "line": row.record.source.line, "record": position + 1});
    let mut problems = Vec::new();
    let mut notes = Vec::new();
    for (position, row) in judged.iter().enumerate() {
        let mut entry = place((position, row));
        if let Some(reason) = row.reason {
            entry["reason"] = json!(checks::in_lower_case(reason));
            problems.push(entry);
            assert_eq!(row.record.native.status, "FAIL", "{name}");
            assert_ne!(row.record.verdict, Verdict::Verified, "{name}");
        } else if !row.record.notes.is_empty() {
            entry["notes"] = json!(lower(&row.record.notes));
            notes.push(entry);
        }
    }
    assert_eq!(Value::from(problems), case["problems"], "{name}");
    assert_eq!(Value::from(notes), case["record_notes"], "{name}");
    levels(name, case, judged);
}

/// What the keys come to over all rows that verify, or are another signer's.
fn levels(name: &str, case: &Value, judged: &[Judged]) {
    let telling = judged.iter().filter(|row| row.valid || row.level == Level::Mismatch);
    let worst = telling
        .map(|row| row.level)
        .min()
        .or(judged.iter().map(|row| row.level).min());
    assert_eq!(worst.unwrap_or(Level::None).as_str(), case["key_trust"], "{name}");
}
