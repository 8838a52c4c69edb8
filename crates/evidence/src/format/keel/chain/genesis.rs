//! The hash before the first entry of a chain: three values are known, and the issuer may choose (`specs/keel.md` 5.3).

use super::result::End;
use super::sequence::Sequence;
use crate::digest::Digest;

/// A value that is known to stand before the first entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "camelCase")]
pub(super) enum Genesis {
    /// SHA-256 of `keel-audit-chain-genesis-v1`.
    Constant,
    /// 64 zeros.
    Zeros,
    /// SHA-256 of nothing.
    Nothing,
    /// Another one.
    Unknown,
}

/// What stands before the entry with number 1; none when the window does not begin with it.
pub(super) fn of(first: &End) -> Option<Genesis> {
    if first.sequence != Sequence::Small(1) {
        return None;
    }
    let stated = first.prev_hash.and_then(super::HashText::digest);
    let known = [
        (Genesis::Constant, Digest::of(b"keel-audit-chain-genesis-v1")),
        (Genesis::Zeros, Digest::from_bytes([0; 32])),
        (Genesis::Nothing, Digest::of(b"")),
    ];
    let found = known.iter().find(|(_, digest)| stated == Some(*digest));
    Some(found.map_or(Genesis::Unknown, |(genesis, _)| *genesis))
}

/// Whether the window begins with number 1 and a value that is not known stands before it.
pub(super) fn is_unknown(first: &End) -> bool {
    of(first) == Some(Genesis::Unknown)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::keel::chain::{HashText, Seat};

    fn end(sequence: i64, prev_hash: &str) -> End {
        End {
            sequence: Sequence::Small(sequence),
            prev_hash: Some(HashText::of(prev_hash)),
            record_hash: None,
            seat: Seat { array: 0, row: 1 },
        }
    }

    #[test]
    fn the_published_constant_zeros_and_the_hash_of_nothing_are_known() {
        let constant = "b4f9ddb0e1cfb80310d7203a4bad5bc1ff29e931b21918c2fc4b01b26035d7c6";
        assert_eq!(of(&end(1, constant)), Some(Genesis::Constant));
        assert_eq!(of(&end(1, &"0".repeat(64))), Some(Genesis::Zeros));
        assert_eq!(of(&end(1, &Digest::of(b"").to_hex())), Some(Genesis::Nothing));
    }

    #[test]
    fn only_number_one_has_a_genesis() {
        assert!(is_unknown(&end(1, "GENESIS")));
        assert_eq!(of(&end(2, "GENESIS")), None);
    }
}
