//! A zip: its structure is examined, then every entry is read.
#![no_main]

use evidence::fuzzing::dropped;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let pack = dropped("pack.zip", input.to_vec()).expect("nobody cancels");
    fuzz::read_all(&pack);
    assert!(!pack.refused_whole || pack.artifacts.is_empty());
});
