//! Documents by the ten thousand, the same ones at each run.

use serde_json::Value;

/// A sequence of documents that its seed determines (the SplitMix64 generator).
pub(super) struct Generator(u64);

/// Pieces of names and strings: what sorts oddly, what must be escaped, what must not.
const PIECES: [&str; 24] = [
    "", "a", "A", "b", "10", "9", "_", " ", "\"", "\\", "/", "\u{0}", "\u{8}", "\t", "\n", "\u{1F}", "\u{7F}", "é",
    "e\u{301}", "\u{2028}", "\u{D7FF}", "\u{E000}", "\u{FB33}", "😀",
];

impl Generator {
    pub(super) fn new(seed: u64) -> Generator {
        Generator(seed)
    }

    /// A document nested at most four deep.
    pub(super) fn document(&mut self, depth: usize) -> Value {
        match self.below(if depth < 4 { 8 } else { 5 }) {
            0 => Value::Null,
            1 => Value::from(self.below(2) == 0),
            2 => Value::from(self.string()),
            3 => Value::from(self.double()),
            4 => Value::from(self.next().cast_signed() >> self.below(64)),
            5 => (0..self.below(5)).map(|_| self.document(depth + 1)).collect(),
            _ => (0..self.below(7))
                .map(|_| (self.string(), self.document(depth + 1)))
                .collect(),
        }
    }

    fn string(&mut self) -> String {
        (0..self.below(4))
            .map(|_| PIECES[usize::try_from(self.below(24)).expect("small")])
            .collect()
    }

    /// Any bit pattern that is a number, or a number of ordinary size.
    fn double(&mut self) -> f64 {
        let any = f64::from_bits(self.next());
        if any.is_finite() && self.below(2) == 0 {
            return any;
        }
        let digits = u32::try_from(self.below(1_000_000)).expect("small");
        f64::from(digits) / [1.0, 10.0, 1e4, 1e-16][usize::try_from(self.below(4)).expect("small")]
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }
}
