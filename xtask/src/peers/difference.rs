//! Where two answers about the same evidence differ, and the list of the places where they are meant to.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::tally::Tally;

/// A difference: where, what the vendor's software says, and what ours says.
pub(super) type Place = (String, String, String);

/// How many rows differ so.
#[derive(Default)]
pub(super) struct Differences(BTreeMap<Place, usize>);

impl Differences {
    /// Counts one row where the answers differ; equal ones are no difference.
    pub(super) fn count(&mut self, place: &str, theirs: &str, ours: &str) {
        if theirs != ours {
            let key = (place.to_owned(), theirs.to_owned(), ours.to_owned());
            *self.0.entry(key).or_default() += 1;
        }
    }

    /// Compares with the list of what is meant. Lines about places that were not looked at are not judged.
    ///
    /// # Errors
    /// When the list cannot be read.
    pub(super) fn against(&self, list: &Path, looked_at: impl Fn(&str) -> bool) -> Result<Tally> {
        let listed = read(list)?;
        let mut tally = Tally::default();
        for (place, count) in &self.0 {
            match listed.get(place) {
                Some(meant) if meant == count => tally.add(Tally::PASSED),
                _ => {
                    println!("not listed: {}", line(place, *count));
                    tally.add(Tally::FAILED);
                }
            }
        }
        for (place, count) in listed {
            if looked_at(&place.0) && self.0.get(&place) != Some(&count) {
                println!("listed, and not so: {}", line(&place, count));
                tally.add(Tally::FAILED);
            }
        }
        Ok(tally)
    }
}

fn line((place, theirs, ours): &Place, count: usize) -> String {
    format!("{place} | {count} | {theirs} | {ours}")
}

/// `place | rows | theirs | ours | why`, one per line; `#` starts a remark.
fn read(list: &Path) -> Result<BTreeMap<Place, usize>> {
    let text = fs::read_to_string(list).with_context(|| list.display().to_string())?;
    let mut listed = BTreeMap::new();
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let words: Vec<&str> = line.split('|').map(str::trim).collect();
        let [place, count, theirs, ours, why] = words.as_slice() else {
            bail!("{}: not five columns: {line}", list.display());
        };
        if why.is_empty() {
            bail!("{}: no reason: {line}", list.display());
        }
        let key = (place.to_string(), theirs.to_string(), ours.to_string());
        if listed
            .insert(key, count.parse().with_context(|| line.to_owned())?)
            .is_some()
        {
            bail!("{}: twice: {line}", list.display());
        }
    }
    Ok(listed)
}
