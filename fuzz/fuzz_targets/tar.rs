//! A tar archive; sums of headers are put right first, so that what they guard is reached.
#![no_main]

use evidence::fuzzing::dropped;
use libfuzzer_sys::fuzz_target;

const BLOCK: usize = 512;
const SUM: std::ops::Range<usize> = 148..156;
const MAGIC: std::ops::Range<usize> = 257..262;

fuzz_target!(|input: &[u8]| {
    let mut bytes = input.to_vec();
    for block in bytes.chunks_exact_mut(BLOCK) {
        if &block[MAGIC] != b"ustar" {
            continue;
        }
        block[SUM].fill(b' ');
        let sum: u32 = block.iter().map(|byte| u32::from(*byte)).sum();
        block[SUM].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    }
    let pack = dropped("pack.tar", bytes).expect("nobody cancels");
    fuzz::read_all(&pack);
});
