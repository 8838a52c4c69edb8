//! A time-stamp response: nothing but the seeds' own signed content can pass.
#![no_main]

use evidence::Outcome;
use libfuzzer_sys::fuzz_target;

const ROOTS: &[&[u8]] = &[
    include_bytes!("../../tests/fixtures/time-stamp/root.pem"),
    include_bytes!("../../tests/fixtures/time-stamp/rsa.pem"),
];
const DATA: &[u8] = include_bytes!("../../tests/fixtures/time-stamp/data.bin");

fuzz_target!(|input: &[u8]| {
    let outcome = evidence::fuzzing::time_stamp(input, b"other data than was ever stamped", ROOTS);
    assert_ne!(outcome, Outcome::Pass, "a token about other data passed");
    let _ = evidence::fuzzing::time_stamp(input, DATA, ROOTS);
    // As a certificate, too.
    let _ = evidence::fuzzing::time_stamp(&[], DATA, &[input]);
});
