//! Numbers of records as text: stretches, lists of stretches, counts by state.

use strum::IntoEnumIterator as _;

use crate::sequence::{State, Totals};
use crate::words::sentence::{count, number};
use crate::words::state as words;

/// A number that may be negative, with commas between thousands.
pub(super) fn signed(value: i64) -> String {
    let digits = number(value.unsigned_abs());
    if value < 0 { format!("-{digits}") } else { digits }
}

/// "30,410 to 30,425"; one number alone.
pub(super) fn stretch(first: i64, last: i64) -> String {
    if first == last {
        signed(first)
    } else {
        format!("{} to {}", signed(first), signed(last))
    }
}

/// "12,077, 30,410 to 30,425 and 37 more stretches": at most `most` of them in full.
pub(super) fn stretches(all: impl Iterator<Item = (i64, i64)>, most: usize) -> String {
    let mut shown = Vec::new();
    let mut more = 0;
    for (first, last) in all {
        if shown.len() < most {
            shown.push(stretch(first, last));
        } else {
            more += 1;
        }
    }
    if more > 0 {
        shown.push(count(more, "more stretch", "more stretches"));
    }
    joined(&shown)
}

/// "a, b and c".
fn joined(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [before @ .., last] => format!("{} and {last}", before.join(", ")),
    }
}

/// "16 missing".
pub(super) fn counted(totals: &Totals, state: State) -> String {
    let many = totals.of(state);
    let words = words(state);
    format!("{} {}", number(many), if many == 1 { words.one } else { words.many })
}

/// Every state that numbers are in, the gravest first: "14 missing, 1,986 present".
pub(super) fn states(totals: &Totals) -> String {
    listed(totals, |_| true)
}

/// The same without what is in order; "nothing missing" where all is.
pub(super) fn troubles(totals: &Totals) -> String {
    let found = listed(totals, State::needs_attention);
    if found.is_empty() {
        "nothing missing".to_owned()
    } else {
        found
    }
}

fn listed(totals: &Totals, wanted: impl Fn(State) -> bool) -> String {
    let states = State::iter()
        .rev()
        .filter(|state| wanted(*state) && totals.of(*state) > 0);
    states
        .map(|state| counted(totals, state))
        .collect::<Vec<_>>()
        .join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_any_size_are_written_out() {
        assert_eq!(signed(i64::MIN), "-9,223,372,036,854,775,808");
        assert_eq!(stretch(1, 48_230), "1 to 48,230");
        assert_eq!(stretch(7, 7), "7");
    }

    #[test]
    fn a_long_list_says_how_much_it_leaves_out() {
        let all = [(1, 1), (3, 5), (9, 9), (11, 12)];
        assert_eq!(stretches(all.into_iter(), 4), "1, 3 to 5, 9 and 11 to 12");
        assert_eq!(stretches(all.into_iter(), 2), "1, 3 to 5 and 2 more stretches");
        assert_eq!(stretches(all.into_iter(), 3), "1, 3 to 5, 9 and 1 more stretch");
    }
}
