//! How fast the JSON reader, the stream cutter and the canonical writer are on this machine.
//!
//! `cargo run --release -p evidence --example json_speed`
#![expect(clippy::print_stdout, reason = "an example reports on the terminal")]

use std::fmt::Write;
use std::hint::black_box;
use std::time::Instant;

use evidence::canonical;
use evidence::json::stream::{StreamBounds, Values};
use evidence::json::{Bounds, parse};

const RECORDS: usize = 60_000;
const HOSTILE: usize = 4_900_000;

fn main() {
    let lines: Vec<String> = (0..RECORDS).map(record).collect();
    let text = lines.join("\n");
    let array = format!("[{}]", lines.join(","));
    let bounds = Bounds::default();
    println!("{RECORDS} records of about {} bytes", text.len() / RECORDS);

    measure("parse", text.len(), || {
        for line in &lines {
            black_box(parse(line.as_bytes(), &bounds).is_ok());
        }
    });
    measure("serde_json Value", text.len(), || {
        for line in &lines {
            black_box(serde_json::from_str::<serde_json::Value>(line).is_ok());
        }
    });
    let trees: Vec<_> = lines.iter().flat_map(|line| parse(line.as_bytes(), &bounds)).collect();
    measure("canonical bytes of parsed records", text.len(), || {
        for tree in &trees {
            black_box(canonical::bytes(&tree.root).is_ok());
        }
    });
    measure("cut into lines", text.len(), || drain(&text));
    measure("cut into elements", array.len(), || drain(&array));
    for (what, text) in [("names", hostile_names()), ("repeated names", hostile_repeats())] {
        measure(&format!("parse {HOSTILE} {what}"), text.len(), || {
            black_box(parse(text.as_bytes(), &bounds).is_ok());
        });
    }
}

fn drain(text: &str) {
    let values = Values::new(text.as_bytes(), &StreamBounds::default());
    black_box(values.flatten().map(|chunk| chunk.text.len()).sum::<usize>());
}

fn measure(what: &str, bytes: usize, mut run: impl FnMut()) {
    let start = Instant::now();
    run();
    let seconds = start.elapsed().as_secs_f64();
    let megabytes = f64::from(u32::try_from(bytes / 1_000).unwrap_or(u32::MAX)) / 1_000.0;
    println!("{what}: {:.0} MB/s ({seconds:.2} s)", megabytes / seconds);
}

/// A record as packs hold them: short names, hashes, a prompt, a few numbers.
fn record(index: usize) -> String {
    let hash = format!("sha256:{index:064x}");
    format!(
        r#"{{"bundleType":"cer.ai.execution.v1","version":"0.1","createdAt":"2026-01-02T03:04:05.678Z","certificateHash":"{hash}","snapshot":{{"type":"ai.execution.v1","protocolVersion":"1.2.0","executionSurface":"ai","executionId":"exec_{index:012}","timestamp":"2026-01-02T03:04:05.678Z","provider":"openai","model":"gpt-4o","modelVersion":null,"prompt":"Decide the application: is the applicant’s income sufficient?\nAnswer in one sentence.","input":{{"applicant":{index},"income":52000.5,"debts":[1200,350.25,0],"employed":true}},"inputHash":"{hash}","parameters":{{"temperature":0.2,"maxTokens":512,"topP":1,"seed":null}},"output":"Approved: the income covers the payments.","outputHash":"{hash}","sdkVersion":"0.14.0","appId":"loans"}},"meta":{{"source":"loans","tags":["pilot","q1"],"attestation":{{"attestationId":"att_{index:012}","attestedAt":"2026-01-02T03:04:06.001Z","kid":"k1","nodeId":"node-1"}}}}}}"#
    )
}

fn hostile_names() -> String {
    let mut text = String::from("{\"N\":0");
    for index in 0..HOSTILE {
        write!(text, ",\"n{index}\":0").ok();
    }
    text + "}"
}

fn hostile_repeats() -> String {
    format!("{{\"é\":0{}}}", ",\"É\":0".repeat(HOSTILE))
}
