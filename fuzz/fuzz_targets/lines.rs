//! Streams of JSON cut apart: lines, elements, members; none may lose or invent bytes.
#![no_main]

use evidence::json::stream::{Members, Nested, Place, StreamBounds, Values};
use evidence::json::{Bounds, parse};
use libfuzzer_sys::fuzz_target;

/// Bounds small enough to be met.
const BOUNDS: StreamBounds = StreamBounds {
    value: 4096,
    line: 512,
    lines: 1000,
};

fuzz_target!(|input: &[u8]| {
    for values in [Values::new(input, &BOUNDS), Values::lines(input, &BOUNDS)] {
        for chunk in values.flatten() {
            let at = usize::try_from(chunk.offset).expect("an offset");
            assert_eq!(
                &input[at..at + chunk.text.len()],
                chunk.text,
                "other bytes than are there"
            );
            if let Place::Line(_) = chunk.place {
                assert!(!chunk.text.contains(&b'\n'));
            }
            // Whatever it says, it ends.
            let _ = parse(&chunk.text, &Bounds::default());
        }
    }
    for piece in Members::new(input, &BOUNDS, &["events", "records"]).flatten() {
        let at = usize::try_from(piece.chunk.offset).expect("an offset");
        assert_eq!(&input[at..at + piece.chunk.text.len()], piece.chunk.text);
    }
    for piece in Nested::new(input, "events", 512) {
        if piece.is_err() {
            break;
        }
    }
});
