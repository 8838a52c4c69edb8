//! Doors for the fuzz targets (`fuzz/`): what is otherwise reached through files only. No program turns them on.

use crate::check::Outcome;
use crate::container::{self, Limits};
use crate::pack::Pack;
use crate::run::{Progress, Stopped};
use crate::time_stamp::{Roots, Stamped, judge};

/// A file of that name and these bytes, as if it had been dropped.
///
/// # Errors
/// Never in fact: nobody cancels.
pub fn dropped(name: &str, bytes: Vec<u8>) -> Result<Pack, Stopped> {
    let limits = Limits::default();
    let progress = Progress::default();
    let opened = container::in_memory(name, bytes, &limits, &progress)?;
    Pack::of(opened, &limits, &progress)
}

/// These files, as if their folder had been dropped.
///
/// # Errors
/// Never in fact: nobody cancels.
pub fn folder(files: &[(String, Vec<u8>)]) -> Result<Pack, Stopped> {
    let limits = Limits::default();
    Pack::of(
        container::folder_in_memory(files, &limits),
        &limits,
        &Progress::default(),
    )
}

/// Judges a time-stamp response over `data`; `roots` are certificates, DER or PEM, that the reviewer trusts.
#[must_use]
pub fn time_stamp(response: &[u8], data: &[u8], roots: &[&[u8]]) -> Outcome {
    let mut trusted = Roots::default();
    for root in roots {
        // What is no certificate is not trusted.
        let _ = trusted.add(root);
    }
    judge(response, Stamped::Data(data), &trusted).outcome
}
