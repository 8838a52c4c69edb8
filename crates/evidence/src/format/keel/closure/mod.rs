//! Closures: signed statements about what became of a permit (`specs/keel.md` 6).
//!
//! [`read`] takes from one chain entry what closures need and checks a closure's hash and signature; it is pure, so that
//! batches are read on all cores. [`Closures`] then joins closures, events and permits through an index by permit id.

mod digests;
mod index;
mod keys;
mod read;
mod result;
mod signed;

pub(super) use index::Closures;
pub(super) use keys::{BindingKey, BindingKeys};
pub(super) use read::{Carried, read};

#[cfg(test)]
mod tests;
