//! What the page may ask for. Each command names packs by token; none takes a path.
//!
//! A command that waits for a file or the disk is `(async)`: it runs beside the window's thread, never on it.

pub(crate) mod checks;
pub(crate) mod exports;
pub(crate) mod files;
pub(crate) mod handed_notes;
pub(crate) mod keys;
pub(crate) mod my_review;
pub(crate) mod note;
pub(crate) mod opening;
pub(crate) mod packs;
pub(crate) mod records;
pub(crate) mod running;
pub(crate) mod signing;
pub(crate) mod timeline;
pub(crate) mod words;
