//! Incident bundles: what their list names, and the brackets around their events (`specs/keel.md` 8).

mod brackets;
mod list;
mod members;

pub(super) use brackets::brackets;
pub(super) use list::{judge, stray};
pub(super) use members::Members;

#[cfg(test)]
mod tests;
