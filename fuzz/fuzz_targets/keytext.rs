//! Text that a reviewer supplies as a key: what is accepted is one point, whatever its spelling.
#![no_main]

use data_encoding::{BASE64, HEXLOWER};
use evidence::keytext::{read_base64, read_hex, read_key_text};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let text = String::from_utf8_lossy(input);
    for read in [read_key_text(&text), read_hex(&text), read_base64(&text)] {
        let Ok(read) = read else { continue };
        let raw = read.key.as_bytes();
        for respelt in [HEXLOWER.encode(raw), BASE64.encode(raw)] {
            let again = read_key_text(&respelt).expect("its plain spellings are accepted");
            assert_eq!(again.key.as_bytes(), raw);
        }
        assert!(read.key.verify(input, &[0; 64]).is_err(), "nothing was signed");
    }
});
