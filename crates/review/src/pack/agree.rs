//! A draft is checked before it is kept: taken out of its pack no record may come to another result. Whatever this
//! program forgot to take along is found here, and not by whoever gets the pack.

use std::collections::BTreeMap;
use std::path::Path;

use evidence::{KeyBook, Limits, Pack, Policy, Progress, Record, Recorder, Verdict};

use super::error::PackError;

/// Path, and line where a file holds a record per line.
type Place = (String, Option<u64>);

/// What every record of the new pack must come to, by its place there.
#[derive(Debug, Default)]
pub(super) struct Expected(BTreeMap<Place, Vec<Verdict>>);

impl Expected {
    /// One more record at a place.
    pub(super) fn add(&mut self, path: &str, line: Option<u64>, verdict: Verdict) {
        self.0.entry((path.to_owned(), line)).or_default().push(verdict);
    }
}

/// How a draft is checked.
pub(super) struct Run<'a> {
    pub(super) book: &'a KeyBook,
    pub(super) policy: &'a Policy,
    /// The records come from one pack. Of several, one may bring what another lacked: then only what is proven wrong
    /// must stay what it was.
    pub(super) strict: bool,
    /// How much of the draft is taken: as much as of the packs they come from.
    pub(super) limits: Limits,
    /// A pack they come from fails.
    pub(super) may_fail: bool,
}

/// The verdict of the draft.
///
/// # Errors
/// When a record comes to another result than in its own pack, or the draft fails and nothing it was made of did.
pub(super) fn check(
    draft: &Path,
    expected: &Expected,
    run: &Run<'_>,
    progress: &Progress,
) -> Result<Verdict, PackError> {
    let pack = Pack::open_within(&[draft.to_owned()], &run.limits, progress)?;
    let mut met = Met {
        expected,
        found: BTreeMap::new(),
    };
    let report = evidence::verify(&pack, run.book, run.policy, progress, &mut met)?;
    for (place, before) in &expected.0 {
        let after = met.found.remove(place).unwrap_or_default();
        if run.strict {
            compare(place, sorted(before.clone()), sorted(after))?;
        } else {
            compare(place, failed(before), failed(&after))?;
        }
    }
    if let Some((place, more)) = met.found.into_iter().next().filter(|_| run.strict) {
        compare(&place, Vec::new(), more)?;
    }
    let fails = expected.0.values().flatten().any(|verdict| *verdict == Verdict::Failed);
    if report.verdict == Verdict::Failed && !fails && !run.may_fail {
        compare(&("the new pack".to_owned(), None), Vec::new(), vec![Verdict::Failed])?;
    }
    Ok(report.verdict)
}

fn compare(place: &Place, before: Vec<Verdict>, after: Vec<Verdict>) -> Result<(), PackError> {
    if before == after {
        return Ok(());
    }
    let words = |verdicts: &[Verdict]| match verdicts {
        [] => "no record".to_owned(),
        several => {
            let words: Vec<&str> = several.iter().map(|verdict| verdict.as_str()).collect();
            words.join(", ")
        }
    };
    Err(PackError::Disagrees {
        place: match place {
            (path, Some(line)) => format!("{path}, line {line}"),
            (path, None) => path.clone(),
        },
        before: words(&before),
        after: words(&after),
    })
}

fn sorted(mut verdicts: Vec<Verdict>) -> Vec<Verdict> {
    verdicts.sort_by_key(|verdict| verdict.as_str());
    verdicts
}

fn failed(verdicts: &[Verdict]) -> Vec<Verdict> {
    let failed = verdicts.iter().copied();
    failed.filter(|verdict| *verdict == Verdict::Failed).collect()
}

/// What the records of the draft came to, by the places that are expected.
struct Met<'e> {
    expected: &'e Expected,
    found: BTreeMap<Place, Vec<Verdict>>,
}

impl Recorder for Met<'_> {
    fn record(&mut self, record: Record) -> std::io::Result<()> {
        let mut place = (record.source.path, record.source.line);
        if !self.expected.0.contains_key(&place) {
            // One of several in a document that was taken whole.
            place.1 = None;
        }
        self.found.entry(place).or_default().push(record.verdict);
        Ok(())
    }
}
