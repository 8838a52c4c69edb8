//! One JSON document: what is accepted is JSON to another reader, and its canonical form is another writer's, and stable.
#![no_main]

use evidence::canonical;
use evidence::json::{Bounds, Parsed, parse};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let Ok(parsed) = parse(input, &Bounds::default()) else {
        return;
    };
    let Ok(written) = canonical::bytes(&parsed.root) else {
        return;
    };
    let again = parse(&written, &Bounds::default()).expect("the canonical form is JSON");
    assert_eq!(
        canonical::bytes(&again.root).as_deref(),
        Ok(written.as_slice()),
        "it is not stable"
    );
    if parsed.flaws.is_empty() {
        peers(input, &parsed, &written);
    }
});

/// The peers recurse 128 deep at most, and keep nothing of what we flag.
fn peers(input: &[u8], parsed: &Parsed<'_>, written: &[u8]) {
    if parsed.root.depth() >= 120 {
        return;
    }
    let value: serde_json::Value = serde_json::from_slice(input).expect("the peer reads what we accept");
    let theirs = serde_json_canonicalizer::to_vec(&value).expect("the peer writes it");
    assert_eq!(
        String::from_utf8_lossy(&theirs),
        String::from_utf8_lossy(written),
        "two canonical forms"
    );
}
