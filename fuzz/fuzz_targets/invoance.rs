//! Invoance logs and documents, as a folder: see `fuzz::folder`.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let pack = evidence::fuzzing::folder(&fuzz::folder(input)).expect("nobody cancels");
    fuzz::check_without_keys(&pack);
});
