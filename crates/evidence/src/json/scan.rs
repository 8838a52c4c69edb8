//! Finding the bytes that matter in a string, eight at a time.

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// How far a string runs without anything that needs a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PlainRun {
    /// Bytes before the first quote, backslash or control character.
    pub(crate) length: usize,
    /// Whether all of them are ASCII.
    pub(crate) ascii: bool,
}

/// Measures the run of bytes from the start of `bytes` that are no quote, no backslash and no control character.
pub(crate) fn plain_run(bytes: &[u8]) -> PlainRun {
    let (words, rest) = bytes.as_chunks::<8>();
    let mut high = 0;
    let mut length = 0;
    for word in words {
        let word = u64::from_le_bytes(*word);
        let special = special(word);
        if special != 0 {
            // The lowest mark is exact; a borrow can only spoil those above it.
            let before = (special & special.wrapping_neg()) - 1;
            length += before_mark(special);
            let ascii = (high | (word & before)) & HIGH == 0;
            return PlainRun { length, ascii };
        }
        high |= word;
        length += 8;
    }
    let mut ascii = high & HIGH == 0;
    for byte in rest {
        if matches!(byte, b'"' | b'\\' | 0..0x20) {
            break;
        }
        ascii &= byte.is_ascii();
        length += 1;
    }
    PlainRun { length, ascii }
}

/// Whole bytes below the lowest mark.
fn before_mark(marks: u64) -> usize {
    usize::try_from(marks.trailing_zeros() / 8).unwrap_or(0)
}

/// The high bit of each byte that is a quote, a backslash or a control character.
fn special(word: u64) -> u64 {
    let quote = zero(word ^ (ONES * 0x22));
    let backslash = zero(word ^ (ONES * 0x5C));
    let control = word.wrapping_sub(ONES * 0x20) & !word;
    (quote | backslash | control) & HIGH
}

fn zero(word: u64) -> u64 {
    word.wrapping_sub(ONES) & !word
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slowly(bytes: &[u8]) -> PlainRun {
        let run = bytes.iter().take_while(|byte| !matches!(byte, b'"' | b'\\' | 0..0x20));
        PlainRun {
            length: run.clone().count(),
            ascii: run.clone().all(u8::is_ascii),
        }
    }

    #[test]
    fn each_byte_ends_a_run_at_each_place_as_it_should() {
        for place in 0..20 {
            for byte in 0..=255 {
                for filler in [b'!', b'#', b'[', b']', 0x20, 0x7F, 0x80, 0xFF] {
                    let mut bytes = vec![filler; 21];
                    bytes[place] = byte;
                    assert_eq!(plain_run(&bytes), slowly(&bytes), "{byte} at {place} among {filler}");
                }
            }
        }
    }
}
