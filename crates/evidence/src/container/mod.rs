//! The container: a zip, tar, folder or files, opened as a set of artifacts (`notes/hostile-input.md`).
//!
//! Everything that reads a file is in here. Nothing is unpacked to disk, nothing outside what was dropped is read, and
//! what two readers could read differently is refused and not guessed.

mod fault;
mod file;
mod folder;
mod gz;
mod inflate;
mod kind;
mod limits;
mod listing;
#[cfg(feature = "fuzzing")]
mod memory;
mod names;
mod notes;
mod number;
mod open;
mod reader;
mod single;
mod store;
mod tar;
mod zip;

pub(crate) use kind::{named_as_lines, named_as_text};
pub use limits::{Limits, NotRaised, RaisedLimit};
pub(crate) use limits::{is_limit, is_unread};
#[cfg(feature = "fuzzing")]
pub(crate) use memory::{folder_in_memory, in_memory};
pub(crate) use open::{Opened, inside, open};
pub use reader::{ArtifactReader, ReadEnd};
pub(crate) use reader::{Nested, refusal};
pub(crate) use single::ALONE;
pub(crate) use store::{Place, Store};
