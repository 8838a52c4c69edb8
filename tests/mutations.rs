//! Good packs of every format, changed in one bit or one field: none of them is verified with other content, and what may
//! change unpunished is shown as not sealed.
//!
//! `cargo xtask mutate` runs many more of the same.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops where something is not as it says"
)]

#[path = "mutations/base.rs"]
mod base;
#[path = "mutations/chance.rs"]
mod chance;
#[path = "mutations/change.rs"]
mod change;
#[path = "mutations/judge.rs"]
mod judge;
#[path = "mutations/unread.rs"]
mod unread;
#[path = "files/zipped.rs"]
mod zipped;

use std::collections::BTreeMap;

use base::Base;
use chance::Chance;
use judge::Answer;
use rayon::prelude::*;

/// Changes of an ordinary run of the tests.
const FEW: u64 = 3_000;

/// A number from the environment.
fn asked(name: &str, otherwise: u64) -> u64 {
    let text = std::env::var(name).ok();
    text.map_or(otherwise, |text| text.parse().unwrap())
}

#[test]
fn no_change_to_what_is_sealed_is_verified() {
    let bases = base::all();
    let count = asked("SEALCHECK_MUTATIONS", FEW);
    let seed = asked("SEALCHECK_MUTATION_SEED", 7);
    let answers: Vec<(&str, Answer)> = (0..count)
        .into_par_iter()
        .map(|number| {
            let mut chance = Chance::new(seed, number);
            let base = &bases[chance.below(bases.len())];
            (base.ecosystem(), one(base, &mut chance, number))
        })
        .collect();
    let mut sums: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    let mut wrong = Vec::new();
    for (ecosystem, answer) in &answers {
        *sums.entry((ecosystem, answer.name())).or_default() += 1;
        if let Answer::Wrong(told) = answer {
            wrong.push(told.as_str());
        }
    }
    println!("{count} changes to {} good packs, seed {seed}", bases.len());
    for ((ecosystem, name), sum) in &sums {
        println!("  {ecosystem:9} {name:60} {sum:7}");
    }
    wrong.sort_unstable();
    assert!(wrong.is_empty(), "{} are wrong:\n{}", wrong.len(), wrong.join("\n"));
    let refused = |(_, name): &&(&str, &str)| **name == *Answer::NOT_VERIFIED;
    let refused: u64 = sums.iter().filter(|(key, _)| refused(key)).map(|(_, sum)| sum).sum();
    assert!(refused > count / 2, "only {refused} of {count} were noticed");
}

fn one(base: &Base, chance: &mut Chance, number: u64) -> Answer {
    let Some(change) = change::of(base, chance) else {
        return Answer::Nothing;
    };
    judge::answer(base, &change, number)
}

#[test]
fn what_cannot_be_read_is_not_verified_and_accuses_nobody() {
    let bases = base::all();
    let tried: Vec<Vec<String>> = bases.par_iter().filter_map(unread::wrong).collect();
    assert!(tried.len() > 100, "only {} good packs were tried as a zip", tried.len());
    let mut wrong = tried.concat();
    wrong.sort_unstable();
    assert!(wrong.is_empty(), "{} are wrong:\n{}", wrong.len(), wrong.join("\n"));
}
