//! A gz stream: what is accepted is what another reader gives.
#![no_main]

use std::io::Read as _;

use evidence::fuzzing::dropped;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let pack = dropped("events.ndjson.gz", input.to_vec()).expect("nobody cancels");
    fuzz::read_all(&pack);
    let alone = pack.input.kind == "gz" && pack.artifacts.len() == 1;
    if let (true, Ok(content)) = (alone, pack.read(0)) {
        let mut peer = Vec::new();
        flate2::read::MultiGzDecoder::new(input)
            .read_to_end(&mut peer)
            .expect("the peer reads what we accept");
        assert_eq!(content.bytes, peer);
    }
});
